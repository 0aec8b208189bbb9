"""Grids without spans, whose merged cells are printed once for each place that they cover → grids with spans."""

import itertools

from parsers.blocks import Grid
from parsers.documents.stream import BLOCK_HEAD, is_value
from parsers.form_terms import is_label, kinds, terms
from parsers.numbers import read_quantity


def with_spans(grid: Grid) -> Grid:
    """The grid, in which what a merged cell prints again is a copy: a label beside itself, a figure or a blank one
    beside itself under such a label, and in a table that does so, with no place empty at the end, a label under itself.

    A head that stands alone in its row, though it covers it all, shows that merged cells were printed once; and so does
    the word with which two labels begin (本年新, 本年新), that each of them has a column.
    """
    if not grid.copies <= grid.padding or any(
        BLOCK_HEAD.fullmatch(row[0]) and not any(row[1:]) for row in grid.rows if len(row) > 1
    ):
        return grid
    copies: set[tuple[int, int]] = set()
    hanging: set[tuple[int, int]] = set()
    heads: dict[int, tuple[int, int]] = {}  # column → its last label
    columns: dict[int, tuple[int, int]] = {}  # column → the last that names it
    for y, row in enumerate(grid.rows):
        for x, cell in enumerate(row):
            if cell and not _is_number(cell):
                heads[x] = (y, x)
                if "column" in kinds(cell):
                    columns[x] = (y, x)
                elif "row" not in kinds(cell):
                    columns.pop(x, None)
            if (
                x > 0
                and cell == row[x - 1]
                and (_is_whole(cell) if heads.get(x) == (y, x) else columns.get(x) in copies)
            ):
                copies.add((y, x))
    if copies and not grid.padding and all(row[-1] or any(map(_is_number, row)) for row in grid.rows):
        for y, (above, row) in enumerate(itertools.pairwise(grid.rows), start=1):
            hanging.update((y, x) for x, cell in enumerate(row) if cell == above[x] and not _is_number(cell))
    hanging -= copies
    return Grid(grid.rows, grid.copies | copies | hanging, grid.padding, frozenset(hanging))


def _is_number(cell: str) -> bool:
    return is_value(cell) or read_quantity(cell) is not None


def _is_whole(label: str) -> bool:
    """Whether a label is one of the form's or another text, but not a beginning that several of the form's share."""
    return is_label(label) or len({term.key for term in terms(label)}) < 2
