"""Rows that an editor printed as one, their labels and numbers as lines of its cells → rows of their own."""

import re
from collections.abc import Sequence
from functools import lru_cache

from parsers.blocks import Grid
from parsers.form_terms import is_label
from parsers.numbers import read_quantity

NUMBERED = re.compile(r"\s+(?=\d{1,2}\s*[.、．])")  # 1.信访举报投诉类申请 2.重复申请


def unstacked(grid: Grid) -> Grid:
    """The grid with a row for each label, where all cells beside several have as many numbers, or none."""
    lines = [_lines(row) for row in grid.rows]
    if not any(lines):
        return grid
    rows: list[Sequence[str]] = []
    origin: list[tuple[int, bool]] = []  # row of the grid, and whether it is the first of its lines
    for y, row in enumerate(grid.rows):
        rows += lines[y] or [row]
        origin += [(y, not line) for line in range(len(lines[y]) or 1)]
    printed = [
        {(new, x) for new, (y, _first) in enumerate(origin) for x in range(len(rows[0])) if (y, x) in places}
        for places in (grid.copies, grid.padding, grid.hanging)
    ]
    # an outer label reaches down over the lines beside it
    outer = {
        (new, x)
        for new, (y, first) in enumerate(origin)
        if not first
        for x, text in enumerate(rows[new])
        if text == grid.rows[y][x] != ""
    }
    copies, padding, hanging = printed
    return Grid(
        tuple(map(tuple, rows)), frozenset(copies | outer), frozenset(padding), frozenset(hanging | outer)
    )


def _lines(row: Sequence[str]) -> list[Sequence[str]]:
    """The rows that this one prints; none where it is one."""
    stacked = [x for x, text in enumerate(row) if len(text) > 8 and " " in text and _labels(text)]
    if not stacked:
        return []
    labels = _labels(row[stacked[0]])
    outer, values = row[: stacked[0]], [text.split() for text in row[stacked[-1] + 1 :]]
    if not any(values) or any(
        found and (len(found) != len(labels) or None in map(read_quantity, found)) for found in values
    ):
        return []
    columns = [
        *([text] * len(labels) for text in outer),
        *(labels for _ in range(stacked[0], stacked[-1] + 1)),
        *(found or [""] * len(labels) for found in values),
    ]
    return list(zip(*columns, strict=True))


@lru_cache(maxsize=1024)
def _labels(text: str) -> tuple[str, ...]:
    """The whole labels of the forms that a cell prints one after the other, at least two."""
    for parts in (NUMBERED.split(text), text.split()):
        if len(parts) > 1 and all(map(is_label, parts)):
            return tuple(parts)
    return ()
