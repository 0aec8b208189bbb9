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
    above: list[Cell | None] = [None] * (len(grid.rows[0]) if grid.rows else 0)
    copied = {y for y, _ in grid.copies}
    for y, row in enumerate(grid.rows):
        if y not in copied:
            lines.append([Cell(text, y, x, x + 1, read_quantity(text)) for x, text in enumerate(row)])
            above = list(lines[-1])
            continue
        line: list[Cell] = []
        owners: list[Cell | None] = []
        last: Cell | None = None
        for x, text in enumerate(row):
            if (y, x) not in grid.copies:
                last = Cell(text, y, x, x + 1, read_quantity(text))
                line.append(last)
            elif (y, x) in grid.padding:
                last = None
            elif last is not None and last.text == text and (last.row == y or above[x] is last):
                last.end = max(last.end, x + 1)
            else:
                up = above[x]
                last = (
                    up if up is not None and up.text == text else Cell(text, y, x, x + 1, read_quantity(text))
                )
                line.append(last)
            owners.append(last)
        lines.append(line)
        above = owners
    return lines
