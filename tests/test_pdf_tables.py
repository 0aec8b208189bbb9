"""Tables of printed pages, ruled in other ways than with a line round each cell, or not at all."""

import pytest

from parsers.blocks import Document, Grid
from parsers.documents.pdf import read_pdf
from tests.writing import write_truth
from tests.writing.markup import pieces
from tests.writing.pdf import Dotted, Printer, printed_pdf


def grids(document: Document) -> list[Grid]:
    return [block for block in (*document.front, *document.body, *document.back) if isinstance(block, Grid)]


def report(printer: Printer, form: str = "2021") -> bytes:
    truth = write_truth("湖滨市农业农村局", 2023, form, seed=2, volume=400)
    return printed_pdf((truth.title,), pieces(truth), printer=printer)


def test_dotted_rules_are_rules() -> None:
    dotted, ruled = (read_pdf(report(printer), "", "") for printer in (Dotted(), Printer()))
    assert not dotted.unread
    assert grids(dotted) == grids(ruled)


@pytest.mark.parametrize(
    ("attributes", "opening"),
    [
        *((f"/Rotate {turned}/MediaBox[0 0 595 842]", "") for turned in (90, 180, 270)),
        ("/MediaBox[0 0 842 595]", "0 1 -1 0 842 0 cm"),
    ],
)
def test_a_page_shown_sideways_is_turned_by_its_text(attributes: str, opening: str) -> None:
    turned, upright = (
        read_pdf(report(printer), "", "") for printer in (Printer(attributes, opening), Printer())
    )
    assert (turned.front, turned.body) == (upright.front, upright.body)


def test_a_watermark_is_in_no_cell_and_no_line() -> None:
    text = "内部参考".encode("utf-16-be").hex()
    opening = f"q .82 .57 -.57 .82 150 300 cm BT /F 90 Tf 0 0 Td <{text}> Tj ET Q"
    marked, plain = (read_pdf(report(Printer(opening=o)), "", "") for o in (opening, ""))
    assert (marked.front, marked.body) == (plain.front, plain.body)
