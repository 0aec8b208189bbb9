"""The cells of one row → its columns; refused unless the placement is certain."""

from collections.abc import Sequence

from parsers.cells import Cell
from parsers.columns import Column

Placed = list[tuple[Column | None, Cell]]


class Misplaced(ValueError):
    """The cells of this row cannot be given to columns with certainty; the message says why."""


def place(
    line: Sequence[Cell],
    label_end: int,
    columns: Sequence[Column],
    blanks_stay: bool = True,
    short: bool = False,
) -> Placed:
    """Each column with its cell, and (None, cell) for those beyond the last column.

    In order, when there are exactly as many cells as columns (heads and rows of one table are often spanned
    differently); blank cells beyond them are what an editor left of spans. With a cell too few or too many, only
    cells that stand below the labels are certain. Converters to text push cells to the left, over blank ones, and fill
    up at the end: unless `blanks_stay`, or the labels stand above their cells, a row that ends empty is not believed.
    Nor is one that begins so, when it is `short`: its empty cell may stand for a label.

    Raises Misplaced.
    """
    values = list(line[label_end:])
    first = columns[0].start
    if first is not None:
        values = [cell for cell in values if cell.end > first or not cell.blank]
    count = len(columns)
    pushed = not blanks_stay and first is None
    if len(values) == count:
        if pushed and not values[-1].text and not all(cell.blank for cell in values):
            raise Misplaced("blank cells may have been pushed to the end")
        if short and first is None and not values[0].text and not all(cell.blank for cell in values):
            raise Misplaced("a cell short, and an empty one before the others")
        return list(zip(columns, values, strict=True))
    if len(values) > count:
        return _drop_blanks(values, columns, blanks_stay) or _below_labels(
            line, label_end, columns, len(values)
        )
    return _below_labels(line, label_end, columns, len(values))


def _drop_blanks(values: Sequence[Cell], columns: Sequence[Column], blanks_stay: bool) -> Placed | None:
    """The cells without the empty ones before or after them, if those are what is too much.

    A printed dash is a figure's own; and with empty cells at both ends nobody can tell which of them are too much.
    """
    count = len(columns)
    placed = columns[0].start is not None
    kept, rest = values[:count], values[count:]
    if not any(cell.text for cell in rest):
        aligned = placed and kept[0].start == columns[0].start
        if all(cell.blank for cell in kept) or (aligned and all(cell.text for cell in kept)):
            return list(zip(columns, kept, strict=True))
        if (kept[-1].text or blanks_stay or aligned) and (kept[0].text or aligned):
            return list(zip(columns, kept, strict=True))
        return None
    lead, kept = values[: len(values) - count], values[len(values) - count :]
    if (
        not placed
        and not any(cell.text for cell in lead)
        and kept[0].text
        and kept[-1].text
        and len(lead) <= 2
    ):
        return list(zip(columns, kept, strict=True))
    return None


def _below_labels(line: Sequence[Cell], label_end: int, columns: Sequence[Column], count: int) -> Placed:
    """Each column's cell is the one below its label; a blank cell may lie below several."""
    placed: Placed = []
    first = columns[0].start or 0
    if any(cell.end > first for cell in line[:label_end]) or any(
        cell.end <= first and not cell.blank for cell in line[label_end:]
    ):
        raise Misplaced(f"{count} cells for {len(columns)} columns, not below their labels")
    for column in columns:
        if column.start is None or column.end is None:
            raise Misplaced(f"{count} cells for {len(columns)} columns")
        below = [cell for cell in line if cell.start < column.end and cell.end > column.start]
        if sum(cell.end - cell.start for cell in below) < column.end - column.start:
            raise Misplaced(f"{count} cells for {len(columns)} columns")
        filled = [cell for cell in below if not cell.blank]
        if len(filled) > 1:
            raise Misplaced("several numbers below one label")
        placed.append((column, filled[0] if filled else below[0]))
    if any(cell.start >= (columns[-1].end or 0) and cell.text for cell in line):
        raise Misplaced("more cells than columns")
    return placed
