"""Grid → the cells that were printed: each with the columns that it covers, once."""

from dataclasses import dataclass

from parsers.blocks import Grid
from parsers.numbers import Quantity, read_quantity


@dataclass(slots=True, eq=False)
class Cell:
    """One printed cell; identity is the cell, for a cell over two rows stands in both."""

    text: str
    row: int  # first grid row
    start: int  # first grid column
    end: int  # column after the last
    quantity: Quantity | None = None  # what the text says as a number cell; None for any other text
    figure: tuple[str, str, str] | None = None  # table, row, column that it has answered

    @property
    def blank(self) -> bool:
        return self.quantity is not None and self.quantity.number is None

    @property
    def numeric(self) -> bool:
        return self.quantity is not None and self.quantity.number is not None


def printed_cells(grid: Grid) -> list[list[Cell]]:
    """For each grid row its cells from left to right, those that reach down from above included, padding left out."""
    lines: list[list[Cell]] = []
    copies: dict[int, list[int]] = {}  # row → columns
    for y, x in sorted(grid.copies):
        copies.setdefault(y, []).append(x)
    above: list[Cell | None] = []
    for y, row in enumerate(grid.rows):
        if y not in copies:
            line = [Cell(text, y, x, x + 1, read_quantity(text)) for x, text in enumerate(row)]
            lines.append(line)
            above = list(line)
            continue
        copied = copies[y]
        owners = [
            None if x in copied else Cell(text, y, x, x + 1, read_quantity(text))
            for x, text in enumerate(row)
        ]
        for x in copied:
            if (y, x) not in grid.padding:
                hangs = (y, x) in grid.hanging
                owners[x] = _owner(
                    row[x],
                    y,
                    x,
                    owners[x - 1] if x and not hangs else None,
                    above[x] if hangs and above else None,
                )
        lines.append(
            [cell for cell, last in zip(owners, [None, *owners], strict=False) if cell and cell is not last]
        )
        above = owners
    return lines


def _owner(text: str, y: int, x: int, last: Cell | None, up: Cell | None) -> Cell:
    """The cell that covers a copied place: the one above it or to its left, or one of which nothing else is left."""
    if up is not None and up.text == text:
        return up
    if last is not None and last.text == text and last.row == y:
        last.end = max(last.end, x + 1)
        return last
    return Cell(text, y, x, x + 1, read_quantity(text))
