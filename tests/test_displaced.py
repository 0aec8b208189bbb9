"""Values printed beside their cells: put back where there is one way only."""

import pytest

from parsers.blocks import Grid
from parsers.documents.pdf import read_pdf
from parsers.documents.stream import is_value
from tests.grids import grids_of
from tests.writing.markup import Cell, Sheet
from tests.writing.pdf import LEADING, LEFT, Printer


def beside_their_cells(rows: dict[str, tuple[str, ...]], *asides: float, down: float = 0) -> Grid:
    """A table with columns of 40 points as read, each row's values so far to the right of their middles."""
    printer = Printer()
    top = printer.y
    labels = [(Cell(label), *(Cell("") for _ in values)) for label, values in rows.items()]
    printer.sheet(Sheet("disclosure", tuple(labels)), (100, *[40] * (len(labels[0]) - 1)))
    height = (top - LEADING - printer.y) / len(rows)
    for number, (values, aside) in enumerate(zip(rows.values(), asides, strict=True)):
        for column, value in enumerate(values):
            x = LEFT + 100 + 40 * (column + 0.5) + aside - 4.5 * len(value) / 2
            printer.text(x, top - (number + 0.7) * height - down, value, 9)
    (grid,) = grids_of(read_pdf(printer.bytes(), "", ""))
    return grid


@pytest.mark.parametrize("aside", [-32, -24, -12, 12, 24, 32])
def test_values_all_printed_beside_their_cells_are_put_back(aside: float) -> None:
    rows = {"规章": ("120", "3", "1517"), "许可": ("", "0", "8"), "处罚": ("2024", "", "3345")}
    rows["其他对外管理服务事项"] = ("512", "7", "")  # which the first may be printed into
    grid = beside_their_cells(rows, *[aside] * len(rows))
    assert grid.rows == tuple((label, *values) for label, values in rows.items())


def test_a_row_of_values_printed_beside_its_cells_is_put_back() -> None:
    grid = beside_their_cells({"规章": ("1", "2", "3"), "许可": ("1024", "0", "1517")}, 0, 18)
    assert grid.rows == (("规章", "1", "2", "3"), ("许可", "1024", "0", "1517"))


@pytest.mark.parametrize("aside", [-18, 18])
def test_a_value_that_may_belong_to_either_of_two_cells_belongs_to_none(aside: float) -> None:
    grid = beside_their_cells({"规章": ("1", "2", "3"), "许可": ("", "1517", "")}, 0, aside)
    assert [cell for cell in grid.rows[1] if is_value(cell)] == []
    assert sum(map(bool, grid.rows[1])) == 3  # the label, and a rule in both cells


def test_a_row_of_values_of_which_several_are_astride_is_read_nowhere() -> None:
    grid = beside_their_cells({"规章": ("1", "2", "3"), "许可": ("", "15", "17")}, 0, -18)
    assert [cell for cell in grid.rows[1] if is_value(cell) or not cell] == []


def test_a_row_of_which_every_value_stands_as_far_aside_is_read_nowhere() -> None:
    values = ("", "15", "1024", "7", "")
    grid = beside_their_cells({"规章": ("1", "2", "3", "4", "5"), "许可": values}, 0, 9)
    assert [cell for cell in grid.rows[1] if is_value(cell) or not cell] == []


@pytest.mark.parametrize("down", [-8, 8])
def test_values_on_the_rule_between_two_rows_are_read_in_neither(down: float) -> None:
    grid = beside_their_cells({"规章": ("120",), "许可": ("",), "处罚": ("2024",)}, 0, 0, 0, down=down)
    assert [row[1] for row in grid.rows if is_value(row[1])] == []
