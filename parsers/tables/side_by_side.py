"""Tables that stand beside each other in one grid: two halves of a long one, two blocks of table 2, the three of table 4."""

import itertools
from collections.abc import Iterator
from functools import lru_cache

from parsers.blocks import Grid
from parsers.form_terms import telling, terms
from parsers.numbers import ONE, read_quantity

FEWEST = 4  # labels of table 4 below each other


def apart(grid: Grid) -> tuple[Grid, ...]:
    """The tables of a grid from left to right, where the word above the rows' labels (统计指标, 信息内容) is printed more
    than once in a row, or the labels of table 4's results in more than one column; the grid itself where they are not,
    or where a cell stands across the border."""
    headed = (row for row in grid.rows if row and _is_corner(row[0]))
    starts = sorted({column for row in headed for column in _corners(row) if column})
    if any(_is_crossed(grid, start) for start in starts):
        return (grid,)
    starts = starts or _columns_of_labels(grid)[1:]
    if not starts:
        return (grid,)
    edges = [0, *starts, len(grid.rows[0])]
    return tuple(grid.part(0, left, right) for left, right in itertools.pairwise(edges))


def _columns_of_labels(grid: Grid) -> list[int]:
    """The columns of labels, where each of table 4's results has its number at its right, and each column its own head."""
    if len(set(filter(_is_result, set(itertools.chain(*grid.rows))))) < FEWEST:
        return []
    columns = list(zip(*grid.rows, strict=True))
    found = [x for x, texts in enumerate(columns) if len(set(filter(_is_result, texts))) >= FEWEST]
    above = [[text for text in columns[x] if telling("litigation", text) == {"row"}][-1:] for x in found]
    paired = all(
        row[x + 1 : x + 2] and (read_quantity(row[x + 1]) is not None or row[x + 1] == ONE)
        for x in found
        for row in grid.rows
        if _is_result(row[x])
    )
    apart = all(above) and len({name for (name,) in above}) == len(found)
    return found if found[:1] == [0] and paired and apart else []


@lru_cache(maxsize=16384)
def _is_result(text: str) -> bool:
    return telling("litigation", text) == {"column"}


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
