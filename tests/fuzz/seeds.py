"""What is damaged: the saved pages, and reports of our own in every file type."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.writing import render_html, write_truth
from tests.writing.docx import printed_docx
from tests.writing.markup import Sheet, pieces
from tests.writing.pdf import printed_pdf

PAGES = Path(__file__).parents[1] / "pages"
CONTENT_TYPES = {"html": "text/html", "htm": "text/html", "txt": "text/plain", "pdf": "application/pdf"}


class Seed(NamedTuple):
    """A page as served."""

    name: str
    body: bytes
    content_type: str


@cache
def seeds() -> tuple[Seed, ...]:
    """The same in the same order every time."""
    saved = [
        Seed(str(path.relative_to(PAGES)), path.read_bytes(), CONTENT_TYPES.get(path.suffix[1:], ""))
        for path in sorted(PAGES.glob("**/*.*"))
        if path.suffix in (".html", ".htm", ".txt", ".pdf", ".docx")
    ]
    return (*saved, *_written())


def _written() -> list[Seed]:
    written = []
    for form, year in (("2014", 2016), ("2019", 2020), ("2021", 2023)):
        truth = write_truth("湖滨市农业农村局", year, form, seed=year, volume=60)
        lines = [
            "\n".join(" | ".join(cell.text for cell in row) + " |" for row in piece.rows)
            if isinstance(piece, Sheet)
            else piece.text
            for piece in pieces(truth)
        ]
        written += [
            Seed(f"written-{form}.html", render_html(truth).encode(), "text/html"),
            Seed(
                f"written-{form}-gbk.html", render_html(truth).encode("gb18030"), "text/html; charset=utf-8"
            ),
            Seed(f"written-{form}.txt", "\n".join([truth.title, *lines]).encode(), "text/plain"),
            Seed(f"written-{form}.docx", printed_docx(truth.title, pieces(truth)), ""),
        ]
        if form != "2014":
            written.append(
                Seed(f"written-{form}.pdf", printed_pdf((truth.title,), pieces(truth)), "application/pdf")
            )
    return written
