"""Tables in whatever arrangement an editor gave them → tables as the form prints them."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from parsers.blocks import Grid
from parsers.form import load_forms
from parsers.form_label import read_label
from parsers.form_terms import is_label, kinds, terms
from parsers.numbers import read_quantity
from parsers.tables.upright import upright

NUMBERED = re.compile(r"\s+(?=\d{1,2}\s*[.、．])")  # 1.信访举报投诉类申请 2.重复申请


def as_in_the_form(grid: Grid) -> Iterator[Grid]:
    """The statutory tables of a grid, from left to right, each with its rows below each other and its spans as such."""
    return (upright(_respanned(part)) for part in _apart(_unstacked(grid)))


def _unstacked(grid: Grid) -> Grid:
    """The grid with a row for each label, where all cells beside several have as many numbers, or none."""
    lines = [_rows_stacked_in(row) for row in grid.rows]
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


def _rows_stacked_in(row: Sequence[str]) -> list[Sequence[str]]:
    """The rows that this one prints; none where it is one."""
    stacked = [x for x, text in enumerate(row) if len(text) > 8 and " " in text and _stacked_labels(text)]
    if not stacked:
        return []
    labels = _stacked_labels(row[stacked[0]])
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
def _stacked_labels(text: str) -> tuple[str, ...]:
    """The whole labels of the forms that a cell prints one after the other, at least two."""
    for parts in (NUMBERED.split(text), text.split()):
        if len(parts) > 1 and all(map(is_label, parts)):
            return tuple(parts)
    return ()


def _apart(grid: Grid) -> tuple[Grid, ...]:
    """The tables of a grid from left to right, where the word above the rows' labels (统计指标, 信息内容) is printed more
    than once in a row; the grid itself where it is not, or where a cell stands across the border."""
    headed = (row for row in grid.rows if row and _is_corner(row[0]))
    starts = sorted({column for row in headed for column in _corners(row) if column})
    if not starts or any(_is_crossed(grid, start) for start in starts):
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


def _respanned(grid: Grid) -> Grid:
    """The grid with a label of a column that is printed again right beside itself, and the cells below both, as one: where
    the head has all columns of its block, and the cells below are the same in each row, down to the next head.
    """
    repeats = {
        (line, at)
        for line, row in enumerate(grid.rows)
        for at in range(2, len(row))
        if row[at] == row[at - 1] and (line, at) not in grid.copies and _is_column(row[at])
    }
    if not repeats:
        return grid
    heads = [line for line, row in enumerate(grid.rows) if any(map(_is_column, row[1:]))]
    copies = {
        (line, column)
        for head, end in itertools.pairwise([*heads, len(grid.rows)])
        if _is_whole(grid.rows[head])
        for row, column in repeats
        if row == head and all(row[column] == row[column - 1] for row in grid.rows[head:end])
        for line in range(head, end)
    }
    return replace(grid, copies=grid.copies | copies) if copies else grid


def _is_column(text: str) -> bool:
    return not text.isascii() and "column" in kinds(text)


def _is_whole(head: tuple[str, ...]) -> bool:
    """Whether a head has the labels of all columns of a block."""
    labels = {read_label(text).words for text in head if _is_column(text)}
    blocks = (block.columns for form in load_forms() for table in form.tables for block in table.blocks)
    return any(
        len(block) == len(labels) and {words for one in block for words in one.words} >= labels
        for block in blocks
    )
