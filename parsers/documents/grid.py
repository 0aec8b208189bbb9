"""Cells with their spans → a rectangle, whatever the spans claim; where each cell goes has nothing to do with its text."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from parsers.blocks import Grid

WIDEST_SPAN = 50  # columns; statutory tables have fifteen, and a broken span claims thousands
NOTHING = -1  # in the place of a cell's number: no cell covers this place


class Cell(NamedTuple):
    """One cell as marked up."""

    number: int  # by which its text is found
    rowspan: int = 1
    colspan: int = 1


class Layout(NamedTuple):
    """Which cell stands in each place of the rectangle."""

    rows: tuple[tuple[int, ...], ...]  # numbers of cells, all rows of one length
    copies: frozenset[tuple[int, int]]
    padding: frozenset[tuple[int, int]]
    hanging: frozenset[tuple[int, int]]

    def grid(self, texts: Sequence[str]) -> Grid:
        """The rectangle of a table whose cells print these texts."""
        text_of = [*texts, ""].__getitem__
        rows = tuple(tuple(map(text_of, row)) for row in self.rows)
        return Grid(rows, self.copies, self.padding, self.hanging)


def lay_out(rows: Sequence[Sequence[Cell]], groups: Sequence[int] = ()) -> Layout:
    """The rectangle: a span fills its places with copies of its cell, short rows are padded with NOTHING.

    `groups` are the rows at which a new row group begins: as in browsers, no cell reaches out of its own. A span that
    reaches down into a row which is full without it is cut short there; rows and trailing columns that only
    overrunning spans fill are left out. Where the spans fill far more than the cells can, none is believed.
    """
    shapes = [_shape(cells) for cells in rows]
    rectangle = _Rectangle(_usual_width(shapes))
    most = largest_area(rows)
    for index, (cells, shape) in enumerate(zip(rows, shapes, strict=True)):
        if index in groups:
            rectangle.reaching.clear()
        if not cells:
            rectangle.pass_over_row()
            continue
        rectangle.add_row(cells, shape)
        if rectangle.filled > most:
            return lay_out([[Cell(cell.number) for cell in cells] for cells in rows])
    return rectangle.squared()


Places = set[tuple[int, int]]  # row and column
Reach = tuple[int, int]  # a cell's number, and how many rows further it reaches down


class _Rectangle:
    """The rows laid out so far, and the cells that reach down from them into the next."""

    def __init__(self, width: int) -> None:
        self.usual_width = width
        self.lines: list[list[int]] = []
        self.copies: Places = set()
        self.padding: Places = set()
        self.hanging: Places = set()
        self.origins = 0  # columns up to the last in which a cell begins
        self.filled = 0
        self.reaching: dict[int, Reach] = {}  # by column
        self.below: dict[int, Reach] = {}  # what will reach into the row after the one being laid out

    def pass_over_row(self) -> None:
        """A row without cells is none, but what spans it has a row less to go."""
        self.reaching = {
            column: (number, left - 1) for column, (number, left) in self.reaching.items() if left > 1
        }

    def add_row(self, cells: Sequence[Cell], shape: tuple[int, int, int]) -> None:
        if shape[0] == self.usual_width:
            self.reaching.clear()  # the row is full without them
        line: list[int] = []
        self.lines.append(line)
        self.below = {}
        reaches_in_front_only = max(self.reaching, default=-1) < len(self.reaching)
        if shape[1:] == (1, 1) and reaches_in_front_only:  # no span of its own: most rows, in one go
            for _ in self.reaching:
                self._copy_down(line)
            line += [cell.number for cell in cells]
            self.origins = max(self.origins, len(line))
        else:
            for cell in cells:
                while len(line) in self.reaching:
                    self._copy_down(line)
                self.origins = max(self.origins, len(line) + 1)
                self._place(line, cell, cells)
        self._copy_down_behind(line)
        self.reaching = self.below
        self.filled += len(line)

    def _place(self, line: list[int], cell: Cell, cells: Sequence[Cell]) -> None:
        number, rowspan, colspan = cell
        first, row = len(line), len(self.lines) - 1
        if colspan > WIDEST_SPAN:
            others = sum(cell.colspan for cell in cells if cell.colspan <= WIDEST_SPAN)
            colspan = max(1, self.usual_width - others)
        for column in range(first, first + colspan):
            if column > first:
                if column in self.reaching:
                    break  # the first comer keeps the place
                self.copies.add((row, column))
            if rowspan > 1:
                self.below[column] = number, rowspan - 1
            line.append(number)

    def _copy_down_behind(self, line: list[int]) -> None:
        """What reaches into the row behind its last cell, with nothing in the places between."""
        for column in sorted(column for column in self.reaching if column >= len(line)):
            while len(line) < column:
                self.padding.add((len(self.lines) - 1, len(line)))
                line.append(NOTHING)
            self._copy_down(line)

    def _copy_down(self, line: list[int]) -> None:
        column = len(line)
        number, left = self.reaching[column]
        self.hanging.add((len(self.lines) - 1, column))
        line.append(number)
        if left > 1:
            self.below[column] = number, left - 1

    def squared(self) -> Layout:
        """All rows of one length: up to the last column in which a cell begins, and on to where half of the rows end."""
        ends = sorted(map(len, self.lines))
        width = max(self.origins, ends[len(ends) // 2]) if ends else 0
        for row, line in enumerate(self.lines):
            if len(line) != width:
                self.padding.update((row, column) for column in range(len(line), width))
                line[:] = [*line[:width], *[NOTHING] * (width - len(line))]
        copies, hanging = self.copies | self.hanging | self.padding, self.hanging
        if ends and ends[-1] > width:
            copies, hanging = (
                {place for place in places if place[1] < width} for places in (copies, hanging)
            )
        rows = tuple(map(tuple, self.lines))
        return Layout(rows, frozenset(copies), frozenset(self.padding), frozenset(hanging))


def largest_area(rows: Sequence[Sequence[object]]) -> int:
    """The places that the cells of a table can reasonably fill: a span bomb fills a thousand times more."""
    return 1000 + 6 * sum(map(len, rows))


def _shape(cells: Sequence[Cell]) -> tuple[int, int, int]:
    """The columns that a row's cells fill, its longest rowspan and its widest colspan."""
    spans = [(down, across) for _, down, across in cells if down != 1 or across != 1]
    if not spans:
        return len(cells), 1, 1
    downs, acrosses = zip(*spans, strict=True)
    return len(cells) - len(spans) + sum(acrosses), max(downs), max(acrosses)


def _usual_width(shapes: Sequence[tuple[int, int, int]]) -> int:
    """The columns of most rows into which nothing reaches from above."""
    widths: Counter[int] = Counter()
    free_from = 0
    for number, (width, rowspan, colspan) in enumerate(shapes):
        if not width:
            continue
        if number >= free_from and colspan <= WIDEST_SPAN:
            widths[width] += 1
        free_from = max(free_from, number + rowspan)
    return max(widths, key=lambda width: (widths[width], width), default=0)
