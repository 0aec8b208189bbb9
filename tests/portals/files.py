"""Reports as files: a DOCX and a PDF with ruled tables, written by hand so that nothing of ours reads what it wrote."""

import io
import zipfile
from collections.abc import Iterator
from html import escape

from tests.writing import Truth
from tests.writing.markup import Cell, Line, Sheet, pieces

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)


def docx(truth: Truth) -> bytes:
    """The report as Word writes it: spans as gridSpan and vMerge. The same bytes for the same truth."""
    parts = [_paragraph(truth.title)]
    for piece in pieces(truth):
        parts.append(_table(piece) if isinstance(piece, Sheet) else _paragraph(piece.text))
    document = f'<w:document xmlns:w="{WORD}"><w:body>{"".join(parts)}<w:sectPr/></w:body></w:document>'
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", RELATIONS),
            ("word/document.xml", document),
        ):
            entry = zipfile.ZipInfo(name, (2024, 1, 2, 8, 0, 0))
            archive.writestr(entry, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}')
    return package.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t xml:space='preserve'>{escape(text)}</w:t></w:r></w:p>"


def _table(sheet: Sheet) -> str:
    rows = ""
    for row in layout(sheet):
        cells = ""
        for cell, starts in row:
            span = f"<w:gridSpan w:val='{cell.colspan}'/>" if cell.colspan > 1 else ""
            merge = (
                f"<w:vMerge{' w:val=' + chr(34) + 'restart' + chr(34) if starts else ''}/>"
                if cell.rowspan > 1
                else ""
            )
            cells += f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{_paragraph(cell.text if starts else '')}</w:tc>"
        rows += f"<w:tr>{cells}</w:tr>"
    grid = "<w:gridCol/>" * sum(cell.colspan for cell, _ in layout(sheet)[0])
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def layout(sheet: Sheet) -> list[list[tuple[Cell, bool]]]:
    """Each row as it lies: the cells that stand in it, and whether they begin there or come down from above."""
    held: dict[int, tuple[Cell, int]] = {}  # column → cell from above, rows that it still takes
    laid: list[list[tuple[Cell, bool]]] = []
    for row in sheet.rows:
        waiting, line, column = list(row), [], 0
        while waiting or column in held:
            if column in held:
                cell, left = held.pop(column)
                line.append((cell, False))
                if left > 1:
                    held[column] = (cell, left - 1)
            else:
                cell = waiting.pop(0)
                line.append((cell, True))
                if cell.rowspan > 1:
                    held[column] = (cell, cell.rowspan - 1)
            column += cell.colspan
        laid.append(line)
    return laid


WIDTH, HEIGHT, MARGIN, SIZE = 595, 842, 40, 9
LEADING = 14
Drawing = list[str]


def pdf(truth: Truth) -> bytes:
    """The report as an office program prints it: text lines and ruled tables, several pages. The same bytes each time."""
    pages: list[Drawing] = [[]]
    top = HEIGHT - MARGIN
    for piece in (Line(truth.title), *pieces(truth)):
        if isinstance(piece, Sheet):
            needed = LEADING * 2 * len(piece.rows)
            if top - needed < MARGIN:
                pages.append([])
                top = HEIGHT - MARGIN
            pages[-1].extend(_ruled(piece, top))
            top -= needed + LEADING
            continue
        for line in _lines(piece.text):
            if top < MARGIN + LEADING:
                pages.append([])
                top = HEIGHT - MARGIN
            pages[-1].append(_text(MARGIN, top - SIZE, line))
            top -= LEADING
    return _file(pages)


def scan() -> bytes:
    """A page that a copier made: a picture, here of one grey dot, and no text."""
    return _file([["q 515 0 0 762 40 40 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q"]])


def _lines(text: str, width: int = 54) -> list[str]:
    return [text[first : first + width] for first in range(0, len(text), width)]


def _text(x: float, y: float, text: str, size: float = SIZE) -> str:
    return f"BT /F1 {size:g} Tf {x:.1f} {y:.1f} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def _ruled(sheet: Sheet, top: float) -> Iterator[str]:
    rows = layout(sheet)
    columns = sum(cell.colspan for cell, _ in rows[0])
    width, height = (WIDTH - 2 * MARGIN) / columns, LEADING * 2
    for number, row in enumerate(rows):
        column = 0
        for cell, starts in row:
            if starts:
                x, y = MARGIN + column * width, top - (number + cell.rowspan) * height
                wide, high = cell.colspan * width, cell.rowspan * height
                yield f"{x:.1f} {y:.1f} {wide:.1f} {high:.1f} re S"
                size = 5.0
                fit = max(1, int((wide - 4) / size))
                for place, line in enumerate(_lines(cell.text, fit)):
                    yield _text(x + 2, y + high - 6 - place * 5.5, line, size)
            column += cell.colspan


def _file(pages: list[Drawing]) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(pages)))}]>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
        b"/Ascent 880/Descent -120/CapHeight 880/StemV 93>>/DW 1000>>",
        _stream(_to_unicode()),
    ]
    for number, drawing in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {7 + 2 * number} 0 R>>".encode()
        )
        objects.append(_stream(("0.5 w\n" + "\n".join(drawing)).encode()))
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)


def _to_unicode() -> bytes:
    """Each code is its own character."""
    ranges = "\n".join(f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256))
    blocks = ranges.splitlines()
    text = "".join(
        f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange\n"
        for part in (blocks[first : first + 100] for first in range(0, len(blocks), 100))
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{text}endcmap end end"
    ).encode()
