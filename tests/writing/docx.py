"""Prints reports of our own as DOCX, by hand."""

import io
import zipfile
from collections.abc import Iterable
from html import escape

from tests.writing.markup import Line, Sheet
from tests.writing.pdf import placed

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def printed_docx(title: str, pieces: Iterable[Line | Sheet]) -> bytes:
    """A report as a DOCX."""
    parts = [
        docx_table(piece) if isinstance(piece, Sheet) else docx_paragraph(piece.text) for piece in pieces
    ]
    return docx_file(docx_paragraph(title) + "".join(parts))


def docx_file(body: str, **parts: str) -> bytes:
    """A DOCX of the body's markup and other parts, by their names below word/ without suffix."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f"<w:document {_WORD}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def docx_paragraph(text: str) -> str:
    """A paragraph of one run."""
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def docx_table(sheet: Sheet) -> str:
    """A table; what a cell covers below itself is printed as cells merged into it."""
    columns = max(x + cell.colspan for _, x, cell in placed(sheet))
    cells: dict[tuple[int, int], str] = {}
    for y, x, cell in placed(sheet):
        span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
        merge = '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""
        cells[y, x] = f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{docx_paragraph(cell.text)}</w:tc>"
        for down in range(1, cell.rowspan):
            cells[y + down, x] = f"<w:tc><w:tcPr>{span}<w:vMerge/></w:tcPr><w:p/></w:tc>"
    rows = ["".join(cells[y, x] for x in range(columns) if (y, x) in cells) for y in range(len(sheet.rows))]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
