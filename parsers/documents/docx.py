"""DOCX → blocks, in the order of the document.

A DOCX is a ZIP of which one part, word/document.xml, holds paragraphs and tables. That part alone is unpacked, so that
pictures cost nothing and a ZIP that unpacks to gigabytes is refused by the sizes it declares; and, for the numbers of
headings, those of styles and numbering. Headers and footers are not text of the document and are left out.
"""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from parsers.blocks import Block, Document, Grid, Paragraph
from parsers.body import split_body
from parsers.characters import RAISED
from parsers.decode import readable, without_surrogates
from parsers.documents.joining import join_lines
from parsers.documents.numbering import print_numbers, value_of
from parsers.documents.rectangle import rectangle
from parsers.documents.stream import is_value
from parsers.report import Unread, UnreadableDocument

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LARGEST_PART = 20_000_000  # bytes of XML; a report of 30 pages has 0.5 MB
MOST_COLUMNS = 100
# What zipfile raises for damaged bytes; ValueError: an offset before the file's beginning.
_BROKEN_ZIP = (
    zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
    struct.error, zlib.error, lzma.LZMAError, etree.XMLSyntaxError,
)  # fmt: skip
_MAIN_PART = re.compile(r"word[/\\]document\d*\.xml", re.IGNORECASE)
_HEADING = re.compile(r"heading \d|title", re.IGNORECASE)
_AROUND_RUNS = re.compile(
    "hyperlink|ins|moveTo|smartTag|customXml|sdt|sdtContent|fldSimple|dir|bdo|oMathPara|oMath"
)
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    start: int
    end: int
    goes_on: bool  # merged into the cell above


def read_docx(body: bytes, content_type: str, url: str) -> Document:
    """The document that a DOCX holds.

    Raises UnreadableDocument: a broken ZIP, no document in it, or one that unpacks to more than any report needs.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            root = _part(package, _main_part(package))
            styles = _heading_styles(package)
            title = _title(package)
            if "word/numbering.xml" in package.namelist():
                named = _part(package, "word/styles.xml") if "word/styles.xml" in package.namelist() else None
                print_numbers(root, _part(package, "word/numbering.xml"), named)
    except UnreadableDocument:
        raise
    except _BROKEN_ZIP as error:
        raise UnreadableDocument(f"broken DOCX: {error}") from error
    for prompt in root.iterfind(".//{*}showingPlcHdr/../..//{*}t"):
        prompt.text = ""  # 单击此处输入文字: Word's own words, in a field that nobody filled in
    blocks = list(_blocks(root, styles))
    front, middle, back = split_body(blocks)
    return Document(
        front=front,
        body=middle,
        back=back,
        media_type=MEDIA_TYPE,
        title=title,
        unread=(*_embedded(root), *(_pictures_only(root) if not blocks else ())),
    )


def _main_part(package: zipfile.ZipFile) -> str:
    """Usually word/document.xml; word/document2.xml from Word in the browser, a backslash from careless packers."""
    names = (name for name in package.namelist() if _MAIN_PART.fullmatch(name))
    return next(names, "word/document.xml")


def _part(package: zipfile.ZipFile, name: str) -> etree._Element:
    size = package.getinfo(name).file_size
    if size > LARGEST_PART:
        raise UnreadableDocument(
            f"DOCX with {size} bytes in {name}, more than the {LARGEST_PART} that are read"
        )
    content = package.read(name)
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:  # of damaged text libxml2 would keep what is no character
        content = without_surrogates(content.decode("utf-8", "replace")).encode()
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    if root is None:
        raise UnreadableDocument(f"broken DOCX: {name} is no XML")
    return root


def _heading_styles(package: zipfile.ZipFile) -> frozenset[str]:
    """Ids of the styles that are headings by name: WPS gives them ids such as 2."""
    if "word/styles.xml" not in package.namelist():
        return frozenset()
    return frozenset(
        value_of(style, "styleId")
        for style in _part(package, "word/styles.xml").iter("{*}style")
        if any(_HEADING.match(value_of(name)) for name in style.iterchildren("{*}name"))
    )


def _title(package: zipfile.ZipFile) -> str:
    if "docProps/core.xml" not in package.namelist():
        return ""
    title = _part(package, "docProps/core.xml").find("{*}title")
    return " ".join((title.text or "").split()) if title is not None else ""


def _pictures_only(root: etree._Element) -> tuple[Unread, ...]:
    if next(root.iter("{*}drawing", "{*}pict", "{*}object"), None) is None:
        return ()
    return (Unread(table=None, text="the whole document", reason="a scan: pictures without text"),)


def _embedded(root: etree._Element) -> Iterator[Unread]:
    """Other documents that this one only names: Word unpacks them when it opens it."""
    if next(root.iter("{*}altChunk"), None) is not None:
        yield Unread(table=None, text="altChunk", reason="a document inside the document")


def _blocks(parent: etree._Element, styles: frozenset[str]) -> Iterator[Block]:
    """Paragraphs and tables below an element, through content controls and tracked insertions."""
    for child in parent.iterchildren("{*}*"):
        name = _name(child)
        if name == "p":
            yield from _paragraphs(child, styles)
        elif name == "tbl":
            yield from _table(child, styles)
        elif name in ("body", "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from _blocks(child, styles)


def _paragraphs(paragraph: etree._Element, styles: frozenset[str]) -> Iterator[Block]:
    """The lines of one paragraph, each a block of its own; text boxes anchored in it follow."""
    heading = _is_heading(paragraph, styles)
    for line in _lines(paragraph):
        if folded := " ".join(line.split()):
            yield Paragraph(folded, heading)
    for box in _text_boxes(paragraph):
        yield from _blocks(box, styles)


def _lines(paragraph: etree._Element) -> list[str]:
    """The text between line breaks, without what is hidden or struck out and without that of text boxes."""
    text: list[str] = []
    for run in _runs(paragraph):
        if any(_is_on(run, name) for name in ("vanish", "strike", "dstrike")):
            continue
        for child in run.iterchildren("{*}*"):
            name = _name(child)
            if name == "t":
                raised = (child.text or "").isdigit() and _is_raised(run)  # a footnote's number is no digit
                text.append((child.text or "").translate(RAISED) if raised else child.text or "")
            elif name == "tab":
                text.append(" ")
            elif name == "noBreakHyphen":
                text.append("-")
            elif name in ("br", "cr"):
                text.append("" if value_of(child, "type") == "page" else "\n")
    return readable("".join(text)).split("\n")


def _runs(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent.iterchildren("{*}*"):
        name = _name(child)
        if name == "r":
            yield child
        elif _AROUND_RUNS.fullmatch(name):
            yield from _runs(child)


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Text boxes, once: Word writes each a second time for older readers, under Fallback."""
    for box in paragraph.iter("{*}txbxContent"):
        outer = [_name(ancestor) for ancestor in box.iterancestors("{*}*")]
        within = outer[: outer.index("p")] if "p" in outer else outer
        if "Fallback" not in within and box.getparent() is not None and _anchor(box) is paragraph:
            yield box


def _anchor(box: etree._Element) -> etree._Element | None:
    return next(box.iterancestors("{*}p"), None)


def _is_heading(paragraph: etree._Element, styles: frozenset[str]) -> bool:
    properties = paragraph.find("{*}pPr")
    if properties is not None:
        style = properties.find("{*}pStyle")
        if properties.find("{*}outlineLvl") is not None or (style is not None and value_of(style) in styles):
            return True
    inked = [
        run for run in _runs(paragraph) if any((text.text or "").strip() for text in run.iterchildren("{*}t"))
    ]
    return bool(inked) and all(_is_on(run, "b") for run in inked)


def _is_on(run: etree._Element, name: str) -> bool:
    """Whether a run has a property that is switched on by its mere presence."""
    found = run.find(f"{{*}}rPr/{{*}}{name}")
    return found is not None and value_of(found) not in _OFF


def _is_raised(run: etree._Element) -> bool:
    upright = run.find("{*}rPr/{*}vertAlign")
    return upright is not None and value_of(upright) == "superscript"


def _name(element: etree._Element) -> str:
    """An element's local name: transitional and strict documents have different namespaces, broken ones any."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


# Tables


def _table(table: etree._Element, styles: frozenset[str]) -> Iterator[Block]:
    """A grid; a table that holds tables, or a single cell, only arranges what is in it. One line in a frame of its own,
    as a table of one cell, is no table."""
    rows = list(_children(table, "tr"))
    cells = [list(_children(row, "tc")) for row in rows]
    if sum(map(len, cells)) == 1 or any(
        next(islice(inner.iter("{*}tc", "{*}p"), 2, None), None) is not None
        for row in cells
        for cell in row
        for inner in cell.iter("{*}tbl")
    ):
        for row in cells:
            for cell in row:
                yield from _blocks(cell, styles)
        return
    grid = _grid([_row(row, tcs, styles) for row, tcs in zip(rows, cells, strict=True)])
    if grid.rows and grid.rows[0]:
        yield grid


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those in content controls; not those whose deletion is tracked."""
    for child in parent.iterchildren("{*}*"):
        found = _name(child)
        if found == name:
            if child.find("{*}trPr/{*}del") is None and child.find("{*}tcPr/{*}cellDel") is None:
                yield child
        elif found in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _children(child, name)


def _row(row: etree._Element, cells: Sequence[etree._Element], styles: frozenset[str]) -> list[_Cell]:
    at = _number(row.find("{*}trPr/{*}gridBefore"), 0)
    placed: list[_Cell] = []
    for cell in cells:
        if at >= MOST_COLUMNS:
            break
        end = min(at + max(_number(cell.find("{*}tcPr/{*}gridSpan"), 1), 1), MOST_COLUMNS)
        level = cell.find("{*}tcPr/{*}hMerge")
        if placed and level is not None and value_of(level) != "restart":
            before = placed.pop()
            placed.append(_Cell(before.text, before.start, end, before.goes_on))
        else:
            upright = cell.find("{*}tcPr/{*}vMerge")
            goes_on = upright is not None and value_of(upright) != "restart"
            placed.append(_Cell(_cell_text(cell, styles), at, end, goes_on))
        at = end
    return placed


def _number(element: etree._Element | None, default: int) -> int:
    text = value_of(element) if element is not None else ""
    return min(int(text), MOST_COLUMNS) if text.isascii() and text.isdigit() else default


def _cell_text(cell: etree._Element, styles: frozenset[str]) -> str:
    lines = [block.text for block in _blocks(cell, styles) if isinstance(block, Paragraph)]
    return " ".join(lines) if len(lines) > 1 and all(map(is_value, lines)) else join_lines(lines)


def _grid(rows: Sequence[Sequence[_Cell]]) -> Grid:
    """The rectangle: what no cell covers is padding, what a merged cell covers repeats its text."""
    filled: list[list[str]] = []
    copies: set[tuple[int, int]] = set()
    hanging: set[tuple[int, int]] = set()
    gaps: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        line: list[str] = []
        for cell in row:
            gaps.update((y, x) for x in range(len(line), cell.start))
            line.extend([""] * (cell.start - len(line)))
            above = filled[y - 1] if y and cell.goes_on else []
            goes_on = cell.start < len(above) and not cell.text
            line.extend([above[cell.start] if goes_on else cell.text] * (cell.end - cell.start))
            copies.update((y, x) for x in range(cell.start + (not goes_on), cell.end))
            if goes_on:
                hanging.update((y, x) for x in range(cell.start, cell.end))
        filled.append(line)
    squared = rectangle(filled, frozenset(copies | gaps))
    return Grid(squared.rows, squared.copies, squared.padding | gaps, frozenset(hanging))
