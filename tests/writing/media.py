"""Reports of our own as plain text, DOCX and PDF: the same pieces, written without a browser in mind."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random

from tests.writing.docx import printed_docx
from tests.writing.headers import SIX, choose
from tests.writing.markup import Cell, Sheet
from tests.writing.page import Page, dialect
from tests.writing.pdf import Printer

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
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    written = printed_docx(page.truth.title, page.pieces)
    return replace(page, truth=replace(page.truth, header={}), written=written, content_type=kind)


@dialect("media")
def pdf(page: Page, rng: Random) -> Page:
    document = Printer()
    document.title(page.truth.title)
    for piece in page.pieces:
        if isinstance(piece, Sheet):
            document.sheet(piece)
        else:
            document.paragraph(piece.text)
    truth = replace(page.truth, header={})
    return replace(page, truth=truth, written=document.bytes(), content_type="application/pdf")
