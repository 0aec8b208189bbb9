"""PDF → blocks: pdfium gives characters and rules with their places; tables are where rules meet.

No second PDF library is asked for the tables: one pass over the page is enough, takes 10 ms, and reads the encodings
of Chinese fonts that pure-Python readers do not know. A scan has no characters; it is reported and never guessed.
"""

import math
import re
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from parsers.blocks import Block, Document, Grid, Paragraph
from parsers.body import split_body
from parsers.documents.lines import (
    Line,
    Word,
    paragraphs,
    text_column,
    visual_lines,
    without_page_numbers,
)
from parsers.documents.page_breaks import goes_on, joined
from parsers.documents.pdf_page import read_page, with_what_was_typed
from parsers.documents.printed import Char, PrintedPage
from parsers.documents.ruled import RuledTable, grid, ruled_tables
from parsers.documents.stream import end_of_flattened_table, flattened_table
from parsers.documents.text_columns import gutter, in_reading_order
from parsers.documents.unruled import unruled_table
from parsers.report import Unread, UnreadableDocument

MOST_PAGES = 60  # the longest report seen has 24
MOST_CHARACTERS = 40_000  # of the whole document; 24 full pages have 36,000
PAGE = 100_000.0  # points; none is as high
LARGEST_STREAM = 64_000_000  # bytes, unpacked

_STREAM = re.compile(rb"stream\r?\n")
_PACKED_TWICE = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode)\s*/(?:FlateDecode|Fl|LZWDecode)\b")
_NOTE = re.compile(r"[1-9]\d?[\u3400-\u9fff]")  # at the foot of a page: its raised number and its text
_NOWHERE = "broken page: characters without a place"
_GARBAGE = "characters of an unknown encoding"
_HARDLY_ANY_TEXT = 20  # characters on a page: a stamp or a page number on a scan


def read_pdf(body: bytes, content_type: str, url: str) -> Document:
    """The document that a PDF prints.

    Raises UnreadableDocument: encrypted, broken, or unpacking to more than any report needs.
    """
    _refuse_bomb(body)
    try:
        pdf = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        locked = pdfium_c.FPDF_GetLastError() == pdfium_c.FPDF_ERR_PASSWORD or "assword" in str(error)
        raise UnreadableDocument("the PDF is encrypted" if locked else f"broken PDF: {error}") from error
    try:
        pages, unread = _read_pages(pdf)
        title = pdf.get_metadata_dict().get("Title", "")
    finally:
        pdf.close()
    front, middle, back = split_body(_blocks(pages))
    return Document(
        front=front,
        body=middle,
        back=back,
        media_type="application/pdf",
        title=" ".join(title.split()),
        unread=tuple(unread),
    )


def _refuse_bomb(body: bytes) -> None:
    """Streams that unpack a thousandfold are refused before anything unpacks them in earnest."""
    if _PACKED_TWICE.search(body):
        raise UnreadableDocument("PDF with streams packed twice")
    for match in _STREAM.finditer(body):
        if body[match.end() : match.end() + 1] not in (b"\x78", b"\x58", b"\x48", b"\x68"):
            continue
        if _unpacks_to(body, match.end(), LARGEST_STREAM) > LARGEST_STREAM:
            raise UnreadableDocument(f"PDF with a stream of more than {LARGEST_STREAM} bytes")


def _unpacks_to(body: bytes, start: int, limit: int) -> int:
    """The unpacked size of a deflated stream, as far as it matters: unsuspicious ones are not unpacked whole."""
    unpack = zlib.decompressobj()
    size, at = 0, start
    try:
        while not unpack.eof and at < len(body) and size <= limit:
            size += len(unpack.decompress(unpack.unconsumed_tail or body[at : at + 4096], 1_000_000))
            if not unpack.unconsumed_tail:
                at += 4096
            if size < 100 * (at - start):
                return size  # at this rate the whole file does not reach the limit
    except zlib.error:
        return size
    return size


def _read_pages(pdf: pdfium.PdfDocument) -> tuple[list[PrintedPage], list[Unread]]:
    pages: list[PrintedPage] = []
    unread: list[Unread] = []
    characters = 0
    for index in range(len(pdf)):
        if index >= MOST_PAGES or characters > MOST_CHARACTERS:
            unread.append(Unread(None, f"pages {index + 1}-{len(pdf)}", "longer than any report"))
            break
        try:
            page = read_page(with_what_was_typed(pdf, index))
        except pdfium.PdfiumError as error:
            unread.append(Unread(None, f"page {index + 1}", f"broken page: {error}"))
            continue
        characters += len(page.chars)
        if reason := _why_unread(page):
            unread.append(Unread(None, f"page {index + 1}", reason))
        pages.append(replace(page, chars=()) if reason in (_GARBAGE, _NOWHERE) else page)
    return pages, unread


def _why_unread(page: PrintedPage) -> str | None:
    if page.overfull:
        return "more on it than a page of a report has"
    if len(page.chars) < _HARDLY_ANY_TEXT and page.pictures:
        return "a scan: a picture without text"
    if not all(math.isfinite(char.x0 + char.x1 + char.top + char.bottom) for char in page.chars):
        return _NOWHERE
    unknown = sum(char.text == "\ufffd" or "\ue000" <= char.text <= "\uf8ff" for char in page.chars)
    foreign = sum("\x80" <= char.text < "\u0250" for char in page.chars)  # glyph numbers taken for letters
    if unknown > 0.3 * len(page.chars) or foreign > 0.15 * len(page.chars):
        return _GARBAGE
    return None


def _blocks(pages: Sequence[PrintedPage]) -> list[Block]:
    """Paragraphs and grids in printed order; what goes on after a page break is one block."""
    flow = _joined_tables(_printed_order(pages))
    scans = {number for number, page in enumerate(pages) if page.is_scan}
    parts: list[Grid | list[Line]] = []
    for is_line, items in groupby(flow, key=lambda item: isinstance(item, Line)):
        if is_line:
            parts += _apart([item for item in items if isinstance(item, Line)], scans)
        else:
            parts += [grid(item) for item in items if isinstance(item, RuledTable)]
    column = text_column([line for part in parts if isinstance(part, list) for line in part])
    blocks: list[Block] = []
    for part in parts:
        blocks += [part] if isinstance(part, Grid) else map(Paragraph, paragraphs(part, column))
    return blocks


def _printed_order(pages: Sequence[PrintedPage]) -> Iterator[list[Line | RuledTable]]:
    """What each page prints, in the order in which it is read, without page numbers."""
    tables = _without_frames([ruled_tables(page) for page in pages])
    chars = [_outside(page.chars, on_page) for page, on_page in zip(pages, tables, strict=True)]
    lines = [visual_lines(outside, number) for number, outside in enumerate(chars)]
    if (place := gutter([line for on_page in lines for line in on_page])) is not None:
        lines = [
            list(in_reading_order(outside, place, [table.top for table in on_page], number))
            for number, (outside, on_page) in enumerate(zip(chars, tables, strict=True))
        ]
    for on_page, printed in zip(tables, without_page_numbers(lines), strict=True):
        yield list(_with_tables(printed, on_page))


def _outside(chars: Sequence[Char], tables: Sequence[RuledTable]) -> list[Char]:
    return [
        char
        for char in chars
        if not any(_inside(char.x0, char.middle, table) or char in table.beside for table in tables)
    ]


def _with_tables(lines: Sequence[Line], tables: Sequence[RuledTable]) -> Iterator[Line | RuledTable]:
    """The lines of a page in their order, each table before the first that stands below its top."""
    waiting = list(tables)
    for line in lines:
        while waiting and waiting[0].top <= line.top:
            yield waiting.pop(0)
        yield line
    yield from waiting


def _without_frames(pages: Sequence[Sequence[RuledTable]]) -> list[list[RuledTable]]:
    """Without what rules alone do not tell: a single box is a frame round a text, and a table ruled between its rows
    only, or its columns only, is read by its words. A page break may have cut a table's first or last row off."""
    kept: list[list[RuledTable]] = []
    for number, tables in enumerate(pages):
        above = pages[number - 1][-1:] if number else ()
        below = pages[number + 1][:1] if number + 1 < len(pages) else ()
        kept.append([])
        for at, table in enumerate(tables):
            parts = [part for part in above if at == 0 and goes_on(part, table)]
            parts += [part for part in below if at == len(tables) - 1 and goes_on(table, part)]
            if any(len(part.xs) > 2 for part in (table, *parts)) and not any(
                part.crowded for part in (table, *parts)
            ):
                kept[-1].append(table)
    return kept


def _inside(x: float, y: float, table: RuledTable) -> bool:
    return table.left <= x <= table.right and table.top <= y <= table.bottom


def _joined_tables(pages: Iterator[list[Line | RuledTable]]) -> Iterator[Line | RuledTable]:
    """A table that ends one page and one that begins the next are one when their columns agree; the notes at the foot of
    the first come behind it."""
    waiting: RuledTable | None = None
    notes: list[Line] = []
    for items in pages:
        for at, item in enumerate(items):
            if at == 0 and waiting is not None and isinstance(item, RuledTable) and goes_on(waiting, item):
                waiting = joined(waiting, item)
                continue
            rest = [line for line in items[at:] if isinstance(line, Line)]
            if waiting is not None and len(rest) == len(items) - at and _NOTE.match(rest[0].text):
                notes += rest
                break
            if waiting is not None:
                yield waiting
                yield from notes
            waiting, notes = item if isinstance(item, RuledTable) else None, []
            if isinstance(item, Line):
                yield item
    if waiting is not None:
        yield waiting
    yield from notes


def _apart(lines: Sequence[Line], scans: Collection[int]) -> Iterator[Grid | list[Line]]:
    """Tables printed without rules, and the text around them."""
    texts = [" ".join(word.text for word in line.words) for line in lines]
    start = at = 0
    while at < len(lines):
        end = end_of_flattened_table(texts, at)
        if end == at:
            at += 1
            continue
        yield list(lines[start:at])
        words = [_words_below(line) for line in lines[at:end]]
        yield unruled_table(words, lines[at].page in scans) or flattened_table(texts[at:end])
        start = at = end
    yield list(lines[start:])


def _words_below(line: Line) -> list[Word]:
    """The line's words, where they stand when the pages are laid under each other."""
    down = line.page * PAGE
    return [replace(word, top=word.top + down, bottom=word.bottom + down) for word in line.words]
