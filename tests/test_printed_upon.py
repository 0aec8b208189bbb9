"""What people add to a printed table: corrections, notes, typed figures, pictures of figures."""

import pytest

from parsers.documents.pdf import read_pdf
from tests.grids import grids_of
from tests.writing.markup import Cell, Sheet
from tests.writing.pdf import LEFT, Printer


class Table(Printer):
    """One row of two cells, the second of them blank: from x to x + 80, its text's line at y."""

    def __init__(self, attributes: str = "") -> None:
        super().__init__(attributes)
        self.x, self.base = LEFT + 100, self.y - 12
        self.sheet(Sheet("disclosure", ((Cell("规章"), Cell("")),)), (100, 80))

    def value(self) -> str:
        (grid,) = grids_of(read_pdf(self.bytes(), "", ""))
        return grid.rows[0][1]


def test_what_is_struck_out_is_taken_back() -> None:
    table = Table()
    table.text(table.x + 10, table.base, "75", 9)
    table.rule(table.x + 10, table.base + 3.4, table.x + 19, table.base + 3.4)
    table.text(table.x + 19, table.base, "632", 9)
    assert table.value() == "632"


def test_a_rule_that_goes_on_strikes_nothing_out() -> None:
    table = Table()
    table.text(table.x + 10, table.base, "75", 9)
    for x in (10, 19):
        table.rule(table.x + x, table.base + 3.4, table.x + x + 9, table.base + 3.4)
    assert table.value() == "75"


@pytest.mark.parametrize("aside", [-1.5, 0, 1.5])
def test_numbers_in_one_place_are_none(aside: float) -> None:
    table = Table()
    table.text(table.x + 10, table.base, "12", 9)
    table.text(table.x + 10 + aside, table.base, "38", 9)
    assert "\ufffd" in table.value()


@pytest.mark.parametrize("size", [5, 7.5])
@pytest.mark.parametrize("text", ["12", "--"])
def test_the_raised_number_of_a_note_is_no_digit(text: str, size: float) -> None:
    table = Table()
    table.text(table.x + 10, table.base, text, 9)
    table.text(table.x + 19, table.base + 3, "1", size)
    assert table.value() == f"{text}¹"


def test_figures_in_italics_are_read() -> None:
    table = Table()
    table.pages[-1].append(f"BT /F 9 Tf 1 0 .3 1 {table.x + 10} {table.base} Tm <00310032> Tj ET")
    assert table.value() == "12"


def test_a_cell_that_holds_a_picture_is_not_blank() -> None:
    table = Table()
    table.pages[-1].append(f"q 9 0 0 9 {table.x + 10} {table.base} cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q")
    assert table.value() == "\ufffc"


@pytest.mark.parametrize(
    ("kind", "height", "value"), [("FreeText", 12, "12"), ("Stamp", 12, ""), ("Widget", 90, "")]
)
def test_what_was_typed_upon_a_page_is_read_and_its_seals_are_not(kind: str, height: int, value: str) -> None:
    x, y = Table().x + 10, Table().base - 2
    note = f"<</Type/Annot/Subtype/{kind}/F 4/Rect[{x} {y} {x + 40} {y + height}]/AP<</N 8 0 R>>>>"
    table = Table(f"/MediaBox[0 0 595 842]/Annots[{note}]")
    form = f"/Type/XObject/Subtype/Form/BBox[0 0 40 {height}]/Resources<</Font<</F 3 0 R>>>>"
    content = "BT /F 9 Tf 1 2 Td <00310032> Tj ET"
    table.further = [f"<<{form}/Length {len(content)}>>stream\n{content}\nendstream".encode()]
    assert table.value() == value
