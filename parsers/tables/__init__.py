"""A grid and a statutory form → figures, and what finds no place in it. `parsers.figures` asks these in turn."""
