"""How long a piece of work takes, told apart from how busy the machine is."""

import sys
import time
from collections.abc import Callable

TRIES = 3


def least_seconds(work: Callable[[], object], bound: float) -> float:
    """Processor seconds that the work takes; tried again, with nothing remembered, when that is not below the bound.

    On a machine that others use, the same work takes twice as long for a while. What is too slow stays too slow.
    """
    taken = float("inf")
    for _ in range(TRIES):
        forget_other_pages()
        start = time.process_time()
        work()
        taken = min(taken, time.process_time() - start)
        if taken < bound:
            break
    return taken


def forget_other_pages() -> None:
    """Empty all bounded caches of the readers: the layouts of tables, the words of the navigation, numbers and labels."""
    for name, module in list(sys.modules.items()):
        for value in vars(module).values() if name.startswith("parsers.") else ():
            if hasattr(value, "cache_clear") and value.cache_parameters()["maxsize"]:
                value.cache_clear()
