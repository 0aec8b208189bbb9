"""What the other rows of a grid say about the places of one row's cells."""

import itertools
from collections.abc import Sequence

from parsers.tables.cells import Cell
from parsers.tables.columns import Column
from parsers.tables.rows import row_term

Lines = Sequence[Sequence[Cell]]


def extent(table: str, lines: Lines, spans: bool) -> tuple[int, int]:
    """The columns in which the numbers of labelled rows begin and, if they stand below each other, end."""
    numbers = [
        cell
        for line in lines
        if row_term(table, line)
        for cell in itertools.takewhile(lambda cell: cell.quantity is not None, reversed(line))
        if cell.numeric
    ]
    return min((c.start for c in numbers), default=0), max(
        (c.end for c in numbers), default=0
    ) if spans else 0


def one_over_two(values: Sequence[Cell], lines: Lines) -> bool:
    """Whether a number covers places in which another row of the grid prints two."""
    wide = [cell for cell in values if cell.end - cell.start > 1 and cell.numeric]
    return any(_numbers_from(line, cell.start, cell.end) > 1 for cell in wide for line in lines)


def two_below_one(columns: Sequence[Column], lines: Lines) -> bool:
    """Whether a row prints two numbers below one label: last year's beside this year's, as it may be in all rows."""
    labels = [
        (one.start, one.end) for one in columns if one.keys and one.start is not None and one.end is not None
    ]
    starts_of_rows = {tuple(cell.start for cell in line if cell.numeric) for line in lines}
    return any(
        sum(start <= one < end for one in starts) > 1 for starts in starts_of_rows for start, end in labels
    )


def _numbers_from(line: Sequence[Cell], start: int, end: int) -> int:
    return sum(cell.numeric and start <= cell.start < end for cell in line)
