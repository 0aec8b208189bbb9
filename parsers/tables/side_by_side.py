"""Tables that stand beside each other in one grid: two halves of a long one, two blocks of table 2."""

import itertools
from collections.abc import Iterator
from functools import lru_cache

from parsers.blocks import Grid
from parsers.form_terms import terms


def apart(grid: Grid) -> tuple[Grid, ...]:
    """The tables of a grid from left to right, where the word above the rows' labels (统计指标, 信息内容) is printed more
    than once in a row; the grid itself where it is not, or where a cell stands across the border."""
    headed = (row for row in grid.rows if row and _is_corner(row[0]))
    starts = sorted({column for row in headed for column in _corners(row) if column})
    if any(_is_crossed(grid, start) for start in starts):
        return (grid,)
    if not starts:
        return (grid,)
    edges = [0, *starts, len(grid.rows[0])]
    return tuple(grid.part(0, left, right) for left, right in itertools.pairwise(edges))


def _corners(row: tuple[str, ...]) -> Iterator[int]:
    """Where a row that begins with the word prints it, when it prints it for more than one table."""
    found = [
        column
        for column, cell in enumerate(row)
        if _is_corner(cell) and (column == 0 or row[column - 1] != cell)
    ]
    return iter(found if len(found) > 1 else ())


@lru_cache(maxsize=1024)
def _is_corner(text: str) -> bool:
    return any(term.kind == "corner" for term in terms(text))


def _is_crossed(grid: Grid, start: int) -> bool:
    return any(
        (y, start) in grid.copies - grid.padding - grid.hanging and row[start] == row[start - 1] != ""
        for y, row in enumerate(grid.rows)
    )
