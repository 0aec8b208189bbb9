"""From a page to the pages worth asking next: the same for every family."""
