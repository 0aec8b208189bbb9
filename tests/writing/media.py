"""Reports of our own as plain text, DOCX and PDF: the same pieces, written without a browser in mind."""

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import escape
from random import Random

from tests.writing.headers import SIX, choose
from tests.writing.markup import Cell, Sheet
from tests.writing.page import Page, dialect
from tests.writing.pdf import Pdf

Raster = list[list[Cell | None]]  # None: covered by the cell to the left or above


def raster(sheet: Sheet) -> Raster:
    """The cells of a table on its grid, each in its first place."""
    covered: set[tuple[int, int]] = set()
    placed: dict[tuple[int, int], Cell] = {}
    for y, row in enumerate(sheet.rows):
        x = 0
        for cell in row:
            while (y, x) in covered:
                x += 1
            placed[y, x] = cell
            covered |= {
                (y + below, x + right) for below in range(cell.rowspan) for right in range(cell.colspan)
            }
            x += cell.colspan
    width = max(x for _, x in covered) + 1
    return [[placed.get((y, x)) for x in range(width)] for y in range(len(sheet.rows))]


def as_text(page: Page, table: Callable[[Sheet], Iterator[str]], header: Sequence[str]) -> bytes:
    lines = [*header, page.printed_title] if page.printed_title else [*header]
    for piece in page.pieces:
        lines += table(piece) if isinstance(piece, Sheet) else [piece.text]
    return "\n".join(lines).encode(page.encoding, errors="replace")


def piped(sheet: Sheet) -> Iterator[str]:
    """As copied from a browser: a spanned cell once, the places that it covers in its row at the end of the line."""
    for row in sheet.rows:
        rest = sum(cell.colspan - 1 for cell in row)
        yield " | ".join(cell.text for cell in row) + " |" + (" " + "|" * rest if rest else "")


def piped_on_the_grid(sheet: Sheet) -> Iterator[str]:
    """As a table of a markup language: every place of the grid, spanned ones empty."""
    rows = raster(sheet)
    for place, row in enumerate(rows):
        yield "| " + " | ".join(cell.text if cell else "" for cell in row) + " |"
        if place == 0:
            yield "|" + "---|" * len(row)


def tabbed(sheet: Sheet) -> Iterator[str]:
    for row in raster(sheet):
        yield "\t".join(cell.text if cell else "" for cell in row)


def _enter_text(name: str, table: Callable[[Sheet], Iterator[str]]) -> None:
    def function(page: Page, rng: Random) -> Page:
        if "disclosure_over_five_columns" in page.dialects:
            return page  # without the spans nobody can tell which label a number belongs to
        page = replace(page, truth=replace(page.truth, header={}), encoding="utf-8")
        header = []
        if rng.random() < 0.7:
            page, pairs = choose(page, rng, SIX)
            for place in range(0, len(pairs), 2):
                cells = [
                    text for label, value in pairs[place : place + 2] for text in (f"{label}:", value) if text
                ]
                header.append(" | ".join(cells) + " |" + " |" * (4 - len(cells)))
        page = replace(page, printed_title=page.truth.title)
        return replace(page, written=as_text(page, table, header), content_type="text/plain")

    function.__name__ = name
    dialect("media")(function)


_enter_text("text_piped", piped)
_enter_text("text_piped_on_the_grid", piped_on_the_grid)
_enter_text("text_tabbed", tabbed)


@dialect("media")
def word_document(page: Page, rng: Random) -> Page:
    body = [paragraph(page.truth.title)]
    for piece in page.pieces:
        body.append(word_table(raster(piece)) if isinstance(piece, Sheet) else paragraph(piece.text))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**PARTS, "word/document.xml": DOCUMENT.format("".join(body))}.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), XML + text, zipfile.ZIP_DEFLATED)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return replace(page, truth=replace(page.truth, header={}), written=written.getvalue(), content_type=kind)


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org"
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
}
DOCUMENT = f'<w:document xmlns:w="{OFFICE}/wordprocessingml/2006/main"><w:body>{{}}</w:body></w:document>'


def paragraph(text: str) -> str:
    """Broken into runs, as a word processor leaves it."""
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(text[place : place + 7])}</w:t></w:r>'
        for place in range(0, len(text), 7)
    )
    return f"<w:p>{runs}</w:p>"


def word_table(rows: Raster) -> str:
    grid = "<w:gridCol/>" * len(rows[0])
    lines = []
    above: dict[int, tuple[Cell, int]] = {}  # column → cell that reaches down, rows that it still covers
    for row in rows:
        cells, x = "", 0
        while x < len(row):
            cell = row[x]
            if cell is None and x in above:
                cell, left = above.pop(x)
                cells += word_cell(cell, "continue", "")
            elif cell is None:
                x += 1
                continue
            else:
                left = cell.rowspan
                cells += word_cell(cell, "restart" if left > 1 else "", cell.text)
            if left > 1:
                above[x] = (cell, left - 1)
            x += cell.colspan
        lines.append(f"<w:tr>{cells}</w:tr>")
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"


def word_cell(cell: Cell, merge: str, text: str) -> str:
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f"<w:tc><w:tcPr>{span}{merged}</w:tcPr>{paragraph(text)}</w:tc>"


@dialect("media")
def pdf(page: Page, rng: Random) -> Page:
    document = Pdf()
    document.paragraph(page.truth.title, size=18)
    for piece in page.pieces:
        if isinstance(piece, Sheet):
            document.table(raster(piece))
        else:
            document.paragraph(piece.text, indent=2)
    truth = replace(page.truth, header={})
    return replace(page, truth=truth, written=document.bytes(), content_type="application/pdf")
