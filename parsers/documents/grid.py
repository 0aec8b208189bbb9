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
    width = _usual_width(shapes)
    most, filled = largest_area(rows), 0
    lines: list[list[int]] = []
    copies: set[tuple[int, int]] = set()
    padding: set[tuple[int, int]] = set()
    hanging: set[tuple[int, int]] = set()
    ends: list[int] = []
    origins = 0
    reaching: dict[int, tuple[int, int]] = {}  # column → cell and rows left of what reaches down from above
    for index, (cells, shape) in enumerate(zip(rows, shapes, strict=True)):
        if index in groups:
            reaching.clear()
        if not cells:
            reaching = {
                column: (above, rows_left - 1)
                for column, (above, rows_left) in reaching.items()
                if rows_left > 1
            }
            continue
        if reaching and shape[0] == width:
            reaching.clear()
        row = len(lines)
        line: list[int] = []
        below: dict[int, tuple[int, int]] = {}
        spanned_at_most_in_front = max(reaching, default=-1) < len(reaching)
        if shape[1:] == (1, 1) and spanned_at_most_in_front:  # the row has no span of its own
            for _ in reaching:
                _copy_down(line, reaching, below, row, hanging)
            line += [cell.number for cell in cells]
            last, cells = len(line) - 1, ()
        for number, rowspan, colspan in cells:
            while len(line) in reaching:
                _copy_down(line, reaching, below, row, hanging)
            last = len(line)
            if colspan == rowspan == 1:
                line.append(number)
                continue
            if colspan > WIDEST_SPAN:
                colspan = max(1, width - sum(cell.colspan for cell in cells if cell.colspan <= WIDEST_SPAN))
            for column in range(last, last + colspan):
                if column > last:
                    if column in reaching:
                        break  # the first comer keeps the place
                    copies.add((row, column))
                if rowspan > 1:
                    below[column] = number, rowspan - 1
                line.append(number)
        origins = max(origins, last + 1)
        if reaching and max(reaching) >= len(line):
            for column in sorted(column for column in reaching if column >= len(line)):
                while len(line) < column:
                    padding.add((row, len(line)))
                    line.append(NOTHING)
                _copy_down(line, reaching, below, row, hanging)
        reaching = below
        ends.append(len(line))
        lines.append(line)
        filled += len(line)
        if filled > most:
            return lay_out([[Cell(cell.number) for cell in cells] for cells in rows])
    return _squared(lines, copies | hanging, padding, hanging, _width(ends, origins))


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


def _copy_down(
    line: list[int],
    reaching: dict[int, tuple[int, int]],
    below: dict[int, tuple[int, int]],
    row: int,
    hanging: set[tuple[int, int]],
) -> None:
    column = len(line)
    number, rows_left = reaching[column]
    hanging.add((row, column))
    line.append(number)
    if rows_left > 1:
        below[column] = number, rows_left - 1


def _width(ends: Sequence[int], origins: int) -> int:
    """Up to the last column in which a cell begins, and on to where at least half of the rows end."""
    return max(origins, sorted(ends)[len(ends) // 2]) if ends else 0


def _squared(
    lines: list[list[int]],
    copies: set[tuple[int, int]],
    padding: set[tuple[int, int]],
    hanging: set[tuple[int, int]],
    width: int,
) -> Layout:
    for row, line in enumerate(lines):
        if len(line) != width:
            padding.update((row, column) for column in range(len(line), width))
            line[:] = [*line[:width], *[NOTHING] * (width - len(line))]
    copies |= padding
    if any(column >= width for _, column in copies):
        copies = {place for place in copies if place[1] < width}
        hanging = {place for place in hanging if place[1] < width}
    return Layout(tuple(map(tuple, lines)), frozenset(copies), frozenset(padding), frozenset(hanging))
