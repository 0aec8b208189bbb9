"""An HTML tree → lines and tables, in page order, and the containers in which they stand.

libxslt walks the tree (flow.xsl) and gives one string with marks in it; here it is taken apart by its marks. A page has
thousands of elements, and visiting each of them from Python costs more than three times the parsing.
A table that only arranges the page is no table: its cells are containers.
"""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element

from parsers.blocks import Grid
from parsers.characters import simplify
from parsers.data_files import read_toml
from parsers.documents.grid import Cell, Layout, largest_area, lay_out
from parsers.documents.styles import rename_by_style
from parsers.report import UnreadableDocument

LINE, OPEN, CLOSE, TABLE, TABLE_END, GROUP, ROW, CELL, CELL_TEXT, CELL_END = map(chr, range(0xFDD0, 0xFDDA))
LINK, LINK_END, BOLD, BOLD_END, NUMBER, HIDDEN, HIDDEN_END, BOUNDARY, GRID = map(chr, range(0xFDDA, 0xFDE3))
SHOWN = chr(0xFDE4)

TO_MARKS = etree.XSLT(etree.fromstring(files("parsers").joinpath("data/flow.xsl").read_bytes()))
NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # of XML
LABELS = re.compile("|".join(read_toml("body")["table_labels"]["words"]))
TABLES = re.compile(f"([{TABLE}{TABLE_END}])")
PLACES = re.compile(f"([{OPEN}{CLOSE}{HIDDEN}{HIDDEN_END}]|{GRID}[0-9]+{GRID})")
NESTED = re.compile(f"{GRID}([0-9]+){GRID}")
NUMBERED = re.compile(f"{NUMBER}([0-9]*){NUMBER}")
CELL_SPANS = re.compile(f"{CELL}[^{CELL_TEXT}]*{CELL_TEXT}")
ENDS = (LINE, OPEN, CLOSE, HIDDEN, HIDDEN_END, CELL_END, GROUP)  # of lines, inside a cell
WORDLESS = re.compile(f"{SHOWN}([^{SHOWN}]*){SHOWN}")
INLINE = re.compile(f"([{LINK}{LINK_END}{BOLD}{BOLD_END}])")
ONE_LINK = re.compile(f"{LINK}[^\ufdd0-\ufdef]*[^\ufdd0-\ufdef\\s]{LINK_END}")
# Where a line of the source ends within a word: a full one, or the first of a title. Labels and their values are shorter.
WRAPPED = re.compile(
    "\n(?=[\u3400-\u9fff])(?:(?<=[^\n:：\ufdd0-\ufdef]{19}[\u3400-\u9fff，、]\n)"
    + "".join(
        f"|(?<=[\ufdd0-\ufdef][一二三四五六七八九十]、[\u3400-\u9fff、]{{{n}}}\n)" for n in range(1, 18)
    )
    + ")"
)
INDENTED = re.compile(  # where a paragraph begins, though nothing but white space says so
    "[\u3000\xa0\n](?:(?<=\n)|[\u3000\xa0])\\s{0,20}(?=[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十][）)])"
)
ANY_MARK = re.compile("[\ufdd0-\ufdef]")
NUMBERED_TITLE = re.compile(
    "(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[\u3400-\u9fff、]{2,30}[。：:]?"
)
SENTENCE = re.compile("[\u3400-\u9fff\\d《“].{9}")
MOST_MARKS = 10_000  # a long report on a portal's page has two thousand
MOST_CELLS = 500  # of a table whose layout is kept in mind; a statutory one has three hundred
DEEPEST_TABLE = 40  # tables in tables; those below are containers
LARGEST_CELL = 300  # characters; a table with a longer one arranges the page, unless it has the form's labels


class Line(NamedTuple):
    """What stands between two breaks."""

    text: str  # with BOUNDARY between inline elements, white space as in the markup
    heading: bool  # all of it is bold
    linked: bool  # all of it is links


class RawTable(NamedTuple):
    """A table whose cells are not taken apart yet."""

    rows: str  # divided by ROW, cells by CELL, with BOUNDARY between inline elements
    groups: tuple[int, ...]  # rows at which a new row group begins

    def grid(self, boundary: str, fold: Callable[[str], str] | None = None) -> Grid:
        """The rectangle, white space folded, with this in place of the boundaries of inline elements."""
        spans, texts = self._taken_apart(boundary)
        layout = (_known_layout if len(texts) <= MOST_CELLS else _layout)(spans, self.groups)
        return layout.grid([fold(text) for text in texts] if fold else texts)

    def words(self) -> str:
        """What all cells print."""
        spans, texts = self._taken_apart(BOUNDARY)
        printed = (text for span, text in zip(spans.split(CELL), texts, strict=False) if span != ROW)
        return f" {' '.join(printed)} "

    def _taken_apart(self, boundary: str) -> tuple[str, list[str]]:
        """The spans of all cells and ROW where one begins, divided by CELL; and the text of each, with one for each ROW."""
        rows = self.rows.replace(BOUNDARY, boundary).replace(ROW, f"{CELL}{ROW}{CELL_TEXT}")
        _before, *parts = " ".join(rows.split()).replace(CELL_TEXT, CELL).split(CELL)
        return CELL.join(parts[::2]), [text.strip() for text in parts[1::2]]


Piece = Line | RawTable


@dataclass(slots=True)
class Flow:
    """The page as it flows: its pieces, and what is known about stretches of them (first, one past the last)."""

    pieces: list[Piece] = field(default_factory=list)
    containers: list[tuple[int, int]] = field(default_factory=list)
    # not displayed, and yet with a report's words
    hidden: list[tuple[int, int]] = field(default_factory=list)
    # number of a link or picture → the piece where it stands
    numbered: dict[int, int] = field(default_factory=dict)


def flow_of(root: _Element, numbered: Sequence[_Element], source: bytes) -> Flow:
    """Lines, tables and containers of a page, without scripts, controls and what is not displayed.

    `numbered`: links and pictures whose places in the page are wanted; they are renamed in the tree. `source`: the
    page's text, which tells cheaply what need not be looked for. Raises UnreadableDocument for nesting deeper than libxslt follows.
    """
    for number, element in enumerate(numbered):
        element.tag = "numbered"
        element.set("number", str(number))
    for element in root.iter("pre"):
        _keep_lines(element)
    rename_by_style(root, source)
    try:
        stream = INDENTED.sub(LINE, WRAPPED.sub("", str(TO_MARKS(root))))
    except etree.XSLTApplyError as error:
        raise UnreadableDocument(f"the markup cannot be followed: {error}") from None
    if sum(map(stream.count, (LINE, OPEN, CELL, LINK))) > MOST_MARKS:
        raise UnreadableDocument(f"more than {MOST_MARKS} lines, cells and links: no page that anyone wrote")
    tables: list[RawTable] = []
    return _pieces(WORDLESS.sub("", _without_tables(stream, tables)), tables)


def _keep_lines(preformatted: _Element) -> None:
    behind = [] if preformatted.tail else list(preformatted.itersiblings())
    if behind and behind[0].tag != "table":  # which the parser, as no browser does, puts behind the element
        behind = []
    for element in itertools.chain(preformatted.iter(), behind):
        if element.tag != "table":
            element.text = _lined(element.text)
        if element is not preformatted:
            element.tail = _lined(element.tail)


def _lined(text: str | None) -> str:
    """With marks in place of line feeds, and without what references such as &#1; put there: no tree takes it back."""
    return NO_CHARACTER.sub("", text or "").replace("\n", LINE)


def text_of(element: _Element) -> str:
    """All text inside of an element, as it stands."""
    return "".join(map(str, element.itertext()))


def _without_tables(stream: str, tables: list[RawTable]) -> str:
    """The stream with a mark for each table, which is read into `tables`; what only arranges became containers."""
    levels: list[list[str]] = [[]]
    too_deep = 0
    for part in TABLES.split(stream):
        if part == TABLE:
            if len(levels) > DEEPEST_TABLE:
                too_deep += 1
                levels[-1].append(OPEN)
            else:
                levels.append([])
        elif part != TABLE_END:
            levels[-1].append(part)
        elif too_deep:
            too_deep -= 1
            levels[-1].append(CLOSE)
        elif len(levels) > 1:
            inside = "".join(levels.pop())
            levels[-1].append(_table(inside, tables))
    return _as_containers("".join(part for level in levels for part in level))


def _as_containers(stream: str) -> str:
    """Cells became containers, rows became lines."""
    if CELL in stream:
        stream = CELL_SPANS.sub(OPEN, stream).replace(CELL_END, CLOSE)
    return stream.replace(ROW, LINE).replace(GROUP, LINE)


def _table(inside: str, tables: list[RawTable]) -> str:
    rows = [row.split(CELL) for row in inside.split(ROW)]
    if _arranges(inside, rows):
        return f"{OPEN}{_as_containers(inside)}{CLOSE}"
    beside = _beside(inside, rows)
    if GRID in inside:
        inside = NESTED.sub(lambda match: _words(tables[int(match[1])]), inside)
    if NUMBER in inside:
        inside = NUMBERED.sub("", inside)
    if SHOWN in inside:
        inside = _without_words(inside, rows)
    for mark in (LINK, LINK_END, BOLD, BOLD_END):
        inside = inside.replace(mark, BOUNDARY)
    tables.append(_raw_table(inside))
    return f"{LINE}{beside}{LINE}{GRID}{len(tables) - 1}{GRID}"


def _arranges(inside: str, rows: list[list[str]]) -> bool:
    """Whether a table only arranges the page: one column, or cells that hold tables or the text of a page.

    A table with labels of the statutory form in short cells of its own is one, whatever else its cells hold.
    """
    columns = max(len(row) for row in rows) - 1
    if columns * len(rows) > largest_area(rows):
        return True  # no table that anyone printed
    if columns > 1 and GRID not in inside and max(map(len, itertools.chain.from_iterable(rows))) <= 100:
        return False
    if columns > 1 and not any(_holds_much(cell) for row in rows for cell in row[1:]):
        return False
    if columns == 1 and (GRID in inside or "。" in inside):
        return True
    # The headings of the sections have the words of such labels too, and stand in the cells of a frame around tables.
    few = 6 if GRID in inside else 2
    return sum(_is_label(cell) for row in rows for cell in row[1:]) < few


def _holds_much(cell: str) -> bool:
    return GRID in cell or len(cell) > LARGEST_CELL or (len(cell) > 100 and cell.count(LINE) >= 8)


def _is_label(cell: str) -> bool:
    """Whether a cell prints a label of the statutory tables and little else."""
    return (
        len(cell) <= 100
        and LINK not in cell
        and LABELS.search(simplify(ANY_MARK.sub("", "".join(cell.split())))) is not None
    )


def _beside(inside: str, rows: list[list[str]]) -> str:
    """What a table prints outside its cells, such as its caption, and the places of the links inside."""
    outside = "".join(row[0] for row in rows).replace(GROUP, "")
    if NUMBER not in inside:
        return outside
    places = "".join(
        match[0] for row in rows for cell in row[1:] if NUMBER in cell for match in NUMBERED.finditer(cell)
    )
    return outside + places


def _without_words(inside: str, rows: list[list[str]]) -> str:
    """What cells show without a word stands for their text in a statutory table: they are not blank."""
    if not any(_is_label(cell) for row in rows for cell in row[1:]):
        return WORDLESS.sub("", inside)
    cells = (cell.partition(CELL_TEXT) for cell in inside.split(CELL))
    return CELL.join(
        span + mark + WORDLESS.sub("" if ANY_MARK.sub("", WORDLESS.sub("", text)).strip() else r"\1", text)
        for span, mark, text in cells
    )


def _raw_table(inside: str) -> RawTable:
    first, *rows = inside.split(ROW)
    groups = tuple(number for number, row in enumerate((first, *rows)) if GROUP in row)
    text = ROW.join(rows)
    for mark in ENDS:
        text = text.replace(mark, " ")
    return RawTable(text, groups)


def _layout(spans: str, groups: tuple[int, ...]) -> Layout:
    rows: list[list[Cell]] = [[]]
    for number, printed in enumerate(spans.split(CELL)):
        rowspan, _, colspan = printed.partition(",")
        if printed == ROW:
            rows.append([])
        elif printed:
            rows[-1].append(Cell(number, _span(rowspan), _span(colspan)))
    return lay_out(rows, groups)


# Broken markup can put a table into many others, each of which asks for its words.
_words = lru_cache(maxsize=256)(RawTable.words)

# A portal's tables have the same cells on each of its pages: only what they print differs.
_known_layout = lru_cache(maxsize=256)(_layout)


def _span(attribute: str) -> int:
    """The number of a rowspan or colspan; 1 for what is none."""
    if not attribute:
        return 1
    if attribute.isdecimal() and len(attribute) < 6:
        return int(attribute) or 1
    digits = re.match(r"\s*\+?([0-9]{1,5})", attribute)
    return int(digits[1]) or 1 if digits else 1


def _pieces(stream: str, tables: list[RawTable]) -> Flow:
    flow = Flow()
    lines = _Lines(flow)
    opened: list[int] = []
    parts = PLACES.split(stream)
    for text, mark in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if text:
            lines.add(text)
        if mark in (OPEN, HIDDEN):
            opened.append(len(flow.pieces))
        elif mark[:1] == GRID:
            flow.pieces.append(tables[int(mark[1:-1])])
        elif mark and opened:
            stretch = opened.pop(), len(flow.pieces)
            (flow.containers if mark == CLOSE else flow.hidden).append(stretch)
    return flow


class _Lines:
    """The lines of the flow as they come, with the links and the bold type that are open from one to the next."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.links = 0
        self.bold = 0

    def add(self, text: str) -> None:
        for line in filter(None, map(str.strip, text.split(LINE))):
            if line[0] == LINK and not self.bold and (link := _link(line)):
                self.flow.pieces.append(link)
                continue
            if NUMBER in line:
                places = dict.fromkeys(map(int, NUMBERED.findall(line)), len(self.flow.pieces))
                self.flow.numbered.update(places)
                line = NUMBERED.sub("", line)
            chunks = INLINE.split(line)
            if len(chunks) > 1 or self.links or self.bold:
                self._add_marked(chunks)
            elif BOUNDARY not in line or not _is_blank(line):
                self.flow.pieces.append(Line(line, False, False))

    def _add_marked(self, chunks: list[str]) -> None:
        plain = unlinked = printed = False
        lead = 0  # where the bold beginning of the line ends
        for at, chunk in enumerate(chunks):
            if chunk == LINK:
                self.links += 1
            elif chunk == LINK_END:
                self.links -= 1
            elif chunk == BOLD:
                self.bold += 1
            elif chunk == BOLD_END:
                self.bold -= 1
            elif chunk and not _is_blank(chunk):
                if printed and not plain and not self.bold:
                    lead = at
                printed = True
                plain = plain or not self.bold
                unlinked = unlinked or not self.links
        if lead and _is_heading("".join(chunks[:lead:2]), "".join(chunks[lead::2])):
            self.flow.pieces.append(Line(BOUNDARY.join(chunks[:lead:2]), True, False))
            chunks = chunks[lead:]
        if printed:
            self.flow.pieces.append(Line(BOUNDARY.join(chunks[::2]), not plain, not unlinked))


def _is_heading(bold: str, text: str) -> bool:
    """Whether the bold beginning of a line is a title with its number, and the text goes on with a sentence."""
    return NUMBERED_TITLE.fullmatch("".join(bold.replace(BOUNDARY, "").split())) is not None and bool(
        SENTENCE.match("".join(text.replace(BOUNDARY, "").split()))
    )


@lru_cache(maxsize=1024)  # the navigation of a portal stands on all its pages
def _link(line: str) -> Line | None:
    """The line that is one link and nothing else."""
    return Line(line[1:-1], False, True) if ONE_LINK.fullmatch(line) else None


def _is_blank(text: str) -> bool:
    bare = text.replace(BOUNDARY, "")
    return not bare or bare.isspace()
