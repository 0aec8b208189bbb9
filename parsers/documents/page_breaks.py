"""Tables that go on after a page break → one table: rows, labels and heads that the break cut are whole again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from parsers.documents.joining import join_lines
from parsers.documents.ruled import Cell, RuledTable, grid
from parsers.documents.stream import has_outline_mark, is_value
from parsers.form_terms import is_label

_SAME_COLUMN = 6.0  # points by which a column may shift from one page to the next


def goes_on(table: RuledTable, below: RuledTable) -> bool:
    """Whether a table at the foot of a page and one at the head of the next are one: their columns agree."""
    if abs(table.left - below.left) > _SAME_COLUMN or abs(table.right - below.right) > _SAME_COLUMN:
        return False
    few, many = sorted((table.xs, below.xs), key=len)
    return all(any(abs(x - other) <= _SAME_COLUMN for other in many) for x in few)


def joined(table: RuledTable, below: RuledTable) -> RuledTable:
    """Both as one: a head printed again is left out, a cell that the page break cut is one again."""
    xs = max(table.xs, below.xs, key=len)
    upper, lower = _on_columns(table, xs), _on_columns(below, xs)
    return _stacked(upper, _without_repeated_head(upper, lower))


def _on_columns(table: RuledTable, xs: Sequence[float]) -> RuledTable:
    """The table on the columns of the other part, which has as many or more."""
    nearest = [min((abs(place - x), at) for at, place in enumerate(xs))[1] for x in table.xs]
    cells = tuple(replace(cell, x0=nearest[cell.x0], x1=nearest[cell.x1]) for cell in table.cells)
    return replace(table, xs=tuple(xs), cells=cells)


def _without_repeated_head(upper: RuledTable, lower: RuledTable) -> RuledTable:
    """The lower part without the first rows that the upper one begins with too, as long as they hold no figures."""
    repeated = 0
    for above, below in zip(grid(upper).rows, grid(lower).rows, strict=False):
        if above != below or not any(above) or any(map(is_value, above)):
            break
        repeated += 1
    kept = [cell for cell in lower.cells if cell.y1 > repeated]
    cells = tuple(replace(cell, y0=max(cell.y0 - repeated, 0), y1=cell.y1 - repeated) for cell in kept)
    return replace(lower, height=lower.height - repeated, cells=cells)


def _stacked(upper: RuledTable, lower: RuledTable) -> RuledTable:
    """Both parts under each other; a row that the page break cut is one again, and so is a label beside several rows."""
    cut_row = _is_cut_row(upper, lower)
    cut_head = not any(is_value(cell.text) for cell in upper.cells if cell.y1 == upper.height)
    offset = upper.height - cut_row
    above = {(cell.x0, cell.x1): cell for cell in upper.cells if cell.y1 == upper.height}
    first_value = 0 if _is_below_head(above, lower) else _first_value_column((upper, lower))
    replaced: dict[Cell, Cell] = {}
    added = []
    for cell in sorted(lower.cells, key=lambda cell: cell.x0):
        placed = replace(cell, y0=cell.y0 + offset, y1=cell.y1 + offset)
        over = above.get((cell.x0, cell.x1)) if cell.y0 == 0 else None
        if over is None or not (
            cut_row
            or (cut_head and _is_torn(over, cell))
            or (cell.x1 <= first_value and _goes_on_below(over, cell))
        ):
            added.append(placed)
            if cell.y0 == 0:
                # Beside a label of its own no other goes on: 件, then none.
                first_value = min(first_value, cell.x0)
        else:
            same = cell.text == over.text and not is_value(cell.text)
            text = over.text if same else join_lines([over.text, cell.text])
            replaced[over] = replace(over, y1=placed.y1, text=text)
    cells = (*(replaced.get(cell, cell) for cell in upper.cells), *added)
    return replace(upper, bottom=lower.bottom, height=offset + lower.height, cells=cells)


def _is_below_head(above: Mapping[tuple[int, int], Cell], lower: RuledTable) -> bool:
    """Whether the lower part begins with figures under labels: no label reaches down beside these."""
    below = [(above.get((cell.x0, cell.x1)), cell) for cell in lower.cells if cell.y0 == 0]
    return any(over and over.text and is_value(cell.text) and not is_value(over.text) for over, cell in below)


def _is_cut_row(upper: RuledTable, lower: RuledTable) -> bool:
    """Whether the upper part's last row and the lower part's first are one, cut by the page break: the label goes on
    without an outline number of its own, and only one of the two has figures; or no label stands before
    the lower figures, which are the rest of those above."""
    last = [cell for cell in upper.cells if cell.y1 == upper.height]
    first = [cell for cell in lower.cells if cell.y0 == 0]
    first_value = _first_value_column((upper, lower))
    if {(cell.x0, cell.x1) for cell in last} != {(cell.x0, cell.x1) for cell in first}:
        return False
    pairs = [(over, cell) for over in last for cell in first if over.x0 == cell.x0]
    labels = [(over, cell) for over, cell in pairs if cell.x1 <= first_value]
    figures = [[cell.text for cell in row if cell.x0 >= first_value and cell.text] for row in (last, first)]
    if not labels or not any(figures) or any(has_outline_mark(cell.text) for _, cell in labels):
        return False
    over, leaf = labels[-1]
    if not leaf.text:
        return all(_is_rest(over.text, cell.text) for over, cell in pairs if over.x0 >= first_value)
    return (has_outline_mark(over.text) or _is_torn(over, leaf)) and not all(figures)


def _is_rest(number: str, rest: str) -> bool:
    """Whether a number that was broken into two lines, for its cell was narrow, may go on with these digits."""
    return not (number and rest) or (
        (number + rest).isdigit() and number[0] != "0" and len(rest) <= len(number)
    )


def _is_torn(over: Cell, cell: Cell) -> bool:
    """Whether the page break cut a label of the form in two."""
    if not cell.text or is_label(cell.text) or is_value(cell.text):
        return False
    return is_label(join_lines([over.text, cell.text]))


def _goes_on_below(over: Cell, cell: Cell) -> bool:
    """Whether a label at the foot of a page and the one under it are one: the lower is empty, the same, or a rest
    without an outline number beside several rows."""
    if not over.text:
        return False
    if cell.text in ("", over.text):
        return True
    several_rows = cell.y1 - cell.y0 > 1 or over.y1 - over.y0 > 1
    return several_rows and has_outline_mark(over.text) and not has_outline_mark(cell.text)


def _first_value_column(tables: Sequence[RuledTable]) -> int:
    """The first column that holds figures anywhere."""
    return min(
        (
            cell.x0
            for table in tables
            for cell in table.cells
            if any(map(str.isdigit, cell.text)) and is_value(cell.text)
        ),
        default=0,
    )
