"""The cells of one row → its columns; refused unless the placement is certain."""

import itertools
from collections.abc import Sequence

from parsers.form_terms import terms
from parsers.tables.cells import Cell
from parsers.tables.columns import Column
from parsers.tables.rows import row_term

Lines = Sequence[Sequence[Cell]]
Placed = list[tuple[Column | None, Cell]]


class Misplaced(ValueError):
    """The cells of this row cannot be given to columns with certainty; the message says why."""


def place(
    line: Sequence[Cell],
    label_end: int,
    columns: Sequence[Column],
    blanks_stay: bool = True,
    short: bool = False,
    extent: tuple[int, int] = (0, 0),
) -> Placed:
    """Each column with its cell, and (None, cell) for those that belong to none.

    In order, when there are exactly as many cells as columns (heads and rows of one table are often spanned
    differently); blank cells beyond them are what an editor left of spans. With a cell too few or too many, only
    cells that stand below the labels are certain. Converters to text push cells to the left, over blank ones, and fill
    up at the end: unless `blanks_stay`, or the labels stand above their cells, a row that ends empty is not believed.
    Nor is one that begins so, when it is `short`: its empty cell may stand for a label. No blank cell is let go
    within `extent`, the columns from and to which the other rows' numbers reach.

    Raises Misplaced.
    """
    first, values, beside = columns[0].start, line[label_end:], Placed()
    if first is not None and not (len(values) == len(columns) and _printed_from_the_first(values)):
        beside = [(None, cell) for cell in values if cell.end <= first and cell.quantity is None]
        values = [cell for cell in values if cell.end > first or cell.quantity]
        before = min(first, extent[0] or first) if len(values) > len(columns) else first
        values = list(itertools.dropwhile(lambda cell: cell.end <= before and not cell.text, values))
    if any(cell.quantity is None and terms(cell.text) for cell in values):
        raise Misplaced("a label among the numbers")
    if len(values) == len(columns) and not beside:
        _check_ends(values, first is None and not blanks_stay, first is None and short)
        return list(zip(columns, values, strict=True))
    if len(values) > len(columns):
        if not all(cell.quantity or _is_unit(cell, columns) for cell in values):
            raise Misplaced("a cell too many, and a text among the numbers")
        if any(cell.row < line[-1].row and cell.text for cell in values):
            raise Misplaced("a cell too many, and one that reaches down from the row above")
        if found := _drop_blanks(values, columns, blanks_stay, extent):
            return beside + found
    if first is not None and values and values[0].end <= first and len(values) > len(columns):
        raise Misplaced("a cell too many, and one that stands before the labels")
    return beside + _below_labels(line, label_end, columns, len(values))


def _is_unit(cell: Cell, columns: Sequence[Column]) -> bool:
    """Whether a text stands in the column that prints the unit of each row."""
    below = [c for c in columns if c.start is not None and c.start <= cell.start and c.end == cell.end]
    return any(column.keys and column.keys[1] == "unit" for column in below)


def _check_ends(values: Sequence[Cell], pushed: bool, short: bool) -> None:
    if not any(cell.text for cell in values if cell.quantity):
        return  # no number that may have moved
    if pushed and not values[-1].text:
        raise Misplaced("blank cells may have been pushed to the end")
    if short and not values[0].text:
        raise Misplaced("a cell short, and an empty one before the others")


def _printed_from_the_first(values: Sequence[Cell]) -> bool:
    """No cell of these stands for a label: the first prints something, or they all print nothing.

    So a row is read that lost its outer labels, where a page break or a span too short parts it from them.
    """
    if not values[0].text:
        return all(cell.blank for cell in values)
    return all(cell.quantity for cell in values)


def _drop_blanks(
    values: Sequence[Cell], columns: Sequence[Column], blanks_stay: bool, extent: tuple[int, int]
) -> Placed | None:
    """The cells without the empty ones before or after them, if those are what is too much.

    A printed dash is a figure's own; with empty cells at both ends nobody can tell which of them are too much; and
    where the labels stand above their cells, each has to stand below its own.
    """
    count = len(columns)
    placed = columns[0].start is not None
    kept, rest = values[:count], values[count:]
    if not any(cell.text for cell in rest):
        if all(cell.blank for cell in kept):
            return list(zip(columns, kept, strict=True))
        if placed:
            certain = _are_below(kept, columns)
        else:
            beyond = rest[0].start >= extent[1]
            certain = bool(beyond and kept[0].text and (kept[-1].text or blanks_stay))
        return list(zip(columns, kept, strict=True)) if certain else None
    lead, kept = values[: len(values) - count], values[len(values) - count :]
    if (
        not placed
        and not any(cell.text for cell in lead)
        and kept[0].text
        and kept[-1].text
        and len(lead) <= 2
        and lead[-1].start < extent[0]
    ):
        return list(zip(columns, kept, strict=True))
    return None


def _are_below(cells: Sequence[Cell], columns: Sequence[Column]) -> bool:
    return all(
        column.start is not None
        and column.end is not None
        and cell.start < column.end
        and cell.end > column.start
        for cell, column in zip(cells, columns, strict=True)
    )


def _below_labels(line: Sequence[Cell], label_end: int, columns: Sequence[Column], count: int) -> Placed:
    """Each column's cell is the one below its label; a blank cell may lie below several."""
    placed: Placed = []
    first = columns[0].start or 0
    if any(cell.end > first for cell in line[:label_end]) or any(
        cell.end <= first and cell.numeric for cell in line[label_end:]
    ):
        raise Misplaced(f"{count} cells for {len(columns)} columns, not below their labels")
    for column in columns:
        if column.start is None or column.end is None:
            raise Misplaced(f"{count} cells for {len(columns)} columns")
        below = [cell for cell in line if cell.start < column.end and cell.end > column.start]
        if sum(cell.end - cell.start for cell in below) < column.end - column.start:
            raise Misplaced(f"{count} cells for {len(columns)} columns")
        filled = [cell for cell in below if not cell.blank]
        if len(filled) > 1 and column.keys:
            raise Misplaced("several numbers below one label")
        placed += [(column, cell) for cell in filled or below[:1]]
    beyond = [cell for cell in line if cell.start >= (columns[-1].end or 0) and cell.text]
    if beyond and not (len(columns) == 1 and all(cell.blank for cell in beyond)):
        raise Misplaced("more cells than columns")
    found = {id(cell) for _, cell in placed}  # the others stand below no label
    return placed + [(None, cell) for cell in line[label_end:] if cell.end > first and id(cell) not in found]


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
