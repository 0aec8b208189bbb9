"""Labels that reach over a side of their cell: put back into the cell that has their middle."""

import pytest

from parsers.blocks import Grid
from parsers.documents.pdf import read_pdf
from tests.grids import grids_of
from tests.writing.markup import Cell, Sheet
from tests.writing.pdf import LEADING, LEFT, Printer

SIZE = 9


def printed_over_the_rules(*labels: str, aside: float, width: float = 40) -> Grid:
    """A row of cells as read, each label so far to the right of its middle."""
    printer = Printer()
    top = printer.y
    printer.sheet(Sheet("disclosure", (tuple(Cell("") for _ in labels),)), [width] * len(labels))
    base = top - 0.7 * (top - LEADING - printer.y)
    for number, label in enumerate(labels):
        x = LEFT + width * (number + 0.5) + aside - SIZE * len(label) / 2
        printer.text(x, base, label, SIZE)
    (grid,) = grids_of(read_pdf(printer.bytes(), "", ""))
    return grid


@pytest.mark.parametrize("aside", [-16, -14, 9, 14, 18])
def test_labels_all_printed_beside_their_cells_are_put_back(aside: float) -> None:
    labels = ("自然人", "其他", "总计", "尚未审结")
    assert printed_over_the_rules(*labels, aside=aside).rows == (labels,)


def test_a_label_too_wide_for_its_cell_keeps_its_last_character() -> None:
    assert printed_over_the_rules("等于第三项", "总计", aside=4).rows == (("等于第三项", "总计"),)


def test_labels_that_touch_each_other_at_the_rule_stay_apart() -> None:
    grid = printed_over_the_rules("社会公益", "法律服务", aside=0, width=4 * SIZE)
    assert grid.rows == (("社会公益", "法律服务"),)
