"""A statutory table without its numbers: one stands for all tables that differ in nothing else.

Where a figure belongs is told by labels, spans and which cells hold numbers, never by how large a number is. So what
is found out about the places of one table holds for each that has the same exemplar.
"""

import re
from functools import lru_cache
from itertools import pairwise

from parsers.blocks import Grid
from parsers.numbers import read_quantity

COUNT = "1"  # stands for any
Place = tuple[int, int]  # row, column
LARGEST = 1000  # places of a table that is worth an exemplar; the longest form has four hundred

# All that read_quantity reads of digits without a unit: also changes and sums of money. What may be a year stays: alone
# in its row it is a title.
_COUNT = re.compile(
    r"[+-]?(?!20\d\d(?:\D|$))(?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3}){1,4})(?:\.\d{1,9})?", re.ASCII
)


def exemplar(grid: Grid) -> Grid:
    """The grid with COUNT in place of each count.

    >>> exemplar(Grid((("规章", "12", "-39", "/"), ("本年", "2023", "3.5", "")))).rows
    (('规章', '1', '1', '/'), ('本年', '2023', '1', ''))
    """
    rows = tuple(tuple(map(_without_count, row)) for row in grid.rows)
    return Grid(rows, grid.copies, grid.padding, grid.hanging)


@lru_cache(maxsize=1024)
def _without_count(text: str) -> str:
    return COUNT if _COUNT.fullmatch(text) else text


def numbers_a_label(grid: Grid) -> bool:
    """Whether a count stands right before words: it may be their number in the form, and is told by its value."""
    return any(map(_numbers_a_label, grid.rows))


def spanned_counts(grid: Grid) -> tuple[tuple[Place, Place], ...]:
    """The copies of counts, each with the place beside or above it from where it is continued.

    Where the two differ in a grid, the span is not believed: that grid is none of this exemplar's.
    """
    copies = (place for place in grid.copies if grid.rows[place[0]][place[1]] == COUNT)
    sources = (((y, x), (y - 1, x) if (y, x) in grid.hanging else (y, x - 1)) for y, x in copies)
    return tuple((place, source) for place, source in sources if min(source) >= 0)


def _numbers_a_label(row: tuple[str, ...]) -> bool:
    printed = filter(None, row)
    return any(text == COUNT and read_quantity(following) is None for text, following in pairwise(printed))
