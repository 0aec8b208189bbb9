"""One walk over an HTML tree → lines and tables, in page order, and the containers in which they stand.

A table that only arranges the page is no table: its cells are containers. One loop over the elements, without
recursion and without queries per element: pages nest tags by the thousand, and the walk costs less than the parsing.
"""

import re
import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from typing import NamedTuple

from lxml.etree import _Element

from parsers.documents.grid import Cell

# The boundary of an inline element inside a line; no decoded text contains it.
BOUNDARY = "\x1f"

SKIPPED, LINE, CONTAINER, BREAK, TABLE, ROW, CELL, GROUP, ANCHOR, BOLD, HEADING, IMAGE = range(1, 13)
KINDS = (
    dict.fromkeys(
        (
            "script",
            "style",
            "noscript",
            "template",
            "title",
            "select",
            "textarea",
            "button",
            "svg",
            "math",
            "audio",
            "video",
            "canvas",
            "iframe",
            "object",
            "applet",
            "datalist",
        ),
        SKIPPED,
    )
    | dict.fromkeys(("p", "li", "dt", "dd", "pre", "hr", "legend", "summary", "caption", "figcaption"), LINE)
    | dict.fromkeys(("ucaptitle", "publishtime", "option", "head", "html"), LINE)
    | dict.fromkeys(
        ("div", "body", "section", "article", "main", "header", "footer", "nav", "aside"), CONTAINER
    )
    | dict.fromkeys(("form", "fieldset", "blockquote", "center", "ul", "ol", "dl", "address"), CONTAINER)
    | dict.fromkeys(("ucapcontent", "founder-content", "figure", "details"), CONTAINER)
    | dict.fromkeys(("tbody", "thead", "tfoot"), GROUP)
    | dict.fromkeys(("td", "th"), CELL)
    | dict.fromkeys(("strong", "b"), BOLD)
    | dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), HEADING)
    | {"br": BREAK, "table": TABLE, "tr": ROW, "a": ANCHOR, "img": IMAGE}
)
HIDDEN = (
    "//*[@hidden or contains(@style, 'none') or contains(@style, 'hidden') or contains(@style, 'NONE')"
    " or contains(@style, 'None')]"
)
HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
LABELS = re.compile(
    "|".join(
        tomllib.loads(files("parsers").joinpath("data/body.toml").read_text("utf-8"))["table_labels"]["words"]
    )
)
EVIDENCE = re.compile(
    "第二十条|本年新收|行政复议|总体情况|主动公开政府信息|收到和处理|改进情况|需要报告的事项"
)
SPACE = re.compile(r"\s+")


class Line(NamedTuple):
    """What stands between two breaks."""

    text: str  # with BOUNDARY between inline elements, white space as in the markup
    heading: bool
    linked: bool  # all of it is links


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table whose cells' texts are not folded yet."""

    rows: list[list[Cell]]
    groups: list[int]


Piece = Line | RawTable


@dataclass(slots=True)
class Flow:
    """The page as it flows: its pieces, and what is known about stretches of them (first, one past the last)."""

    pieces: list[Piece] = field(default_factory=list)
    containers: list[tuple[int, int]] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(
        default_factory=list
    )  # not displayed, and yet with a report's words
    links: list[tuple[int, _Element]] = field(
        default_factory=list
    )  # <a href> and <img>: the piece where it stands


class _OpenCell(NamedTuple):
    first: int
    last: int
    element: _Element


@dataclass(slots=True)
class _OpenTable:
    first: int
    containers: int
    rows: list[list[_OpenCell]] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    depth: int = 0  # cells that are open: broken markup has cells in cells


def walk(root: _Element) -> Flow:
    """Lines, tables and containers of a page, without scripts, forms' controls and what is not displayed."""
    return _Walk().run(root)


class _Walk:
    def __init__(self) -> None:
        self.flow = Flow()
        self.texts: list[str] = []  # of the line that has begun
        self.plain = False  # some of it is neither heading nor bold
        self.unlinked = False  # some of it is no link
        self.bold = 0
        self.links = 0
        self.starts: list[int] = []  # of the containers and cells that are open
        self.tables: list[_OpenTable] = []
        self.panels: set[_Element] = set()

    def run(self, root: _Element) -> Flow:
        hidden, self.panels = _hidden(root)
        kind_of = KINDS.get
        opened: list[tuple[_Element, int]] = []
        left: list[int] = []  # children still to come, for each open element
        skipping = 0  # the depth at which a skipped element is open
        for element in root.iter():
            kind = kind_of(element.tag, 0)
            if not skipping:
                if kind == SKIPPED or (hidden and element in hidden):
                    skipping = len(left) + 1
                else:
                    if kind:
                        self._open(element, kind)
                    text = element.text
                    if text:
                        self._add(text)
            children = len(element)
            if children:
                opened.append((element, kind))
                left.append(children)
                continue
            while True:
                if not skipping:
                    if kind:
                        self._close(element, kind)
                elif skipping == len(left) + 1:
                    skipping = 0
                if not skipping:
                    tail = element.tail
                    if tail:
                        self._add(tail)
                if not left:
                    break
                left[-1] -= 1
                if left[-1]:
                    break
                left.pop()
                element, kind = opened.pop()
        self._flush()
        return self.flow

    def _add(self, text: str) -> None:
        self.texts.append(text)
        if (self.plain and self.unlinked) or text.isspace():
            return
        self.plain = self.plain or not self.bold
        self.unlinked = self.unlinked or not self.links

    def _flush(self) -> None:
        texts = self.texts
        if not texts:
            return
        text = texts[0] if len(texts) == 1 else BOUNDARY.join(texts)
        if not text.isspace():
            self.flow.pieces.append(Line(text, not self.plain, not self.unlinked))
        self.texts = []
        self.plain = self.unlinked = False

    def _open(self, element: _Element, kind: int) -> None:
        if kind == BOLD:
            self.bold += 1
            return
        if kind == ANCHOR:
            if element.get("href"):
                self.links += 1
                self.flow.links.append((len(self.flow.pieces), element))
            return
        if kind == IMAGE:
            self.flow.links.append((len(self.flow.pieces), element))
            return
        self._flush()
        if kind in (CELL, CONTAINER):
            self.starts.append(len(self.flow.pieces))
            if kind == CELL and self.tables:
                self.tables[-1].depth += 1
        elif kind == TABLE:
            self.tables.append(_OpenTable(len(self.flow.pieces), len(self.flow.containers)))
        elif kind == ROW and self.tables:
            self.tables[-1].rows.append([])
        elif kind == GROUP and self.tables:
            self.tables[-1].groups.append(len(self.tables[-1].rows))
        elif kind == HEADING:
            self.bold += 1

    def _close(self, element: _Element, kind: int) -> None:
        if kind == BOLD:
            self.bold -= 1
            return
        if kind == ANCHOR:
            self.links -= bool(element.get("href"))
            return
        if kind == IMAGE:
            return
        self._flush()
        if kind == CELL:
            self._close_cell(element)
        elif kind == CONTAINER:
            stretch = self.starts.pop(), len(self.flow.pieces)
            self.flow.containers.append(stretch)
            if self.panels and element in self.panels:
                self.flow.hidden.append(stretch)
        elif kind == TABLE:
            self._close_table(self.tables.pop())
        elif kind == HEADING:
            self.bold -= 1

    def _close_cell(self, element: _Element) -> None:
        first, last = self.starts.pop(), len(self.flow.pieces)
        if not self.tables:
            self.flow.containers.append((first, last))
            return
        table = self.tables[-1]
        table.depth -= 1
        if table.depth == 0 and table.rows:
            table.rows[-1].append(_OpenCell(first, last, element))

    def _close_table(self, table: _OpenTable) -> None:
        flow = self.flow
        cells = [cell for row in table.rows for cell in row]
        if _arranges(table, cells, flow.pieces):
            flow.containers.extend((cell.first, cell.last) for cell in cells)
            flow.containers.append((table.first, len(flow.pieces)))
            return
        rows = [[_cell(cell, flow.pieces) for cell in row] for row in table.rows]
        printed_in_cells = sum(cell.last - cell.first for cell in cells)
        beside = (
            _beside(table.first, cells, flow.pieces)
            if printed_in_cells < len(flow.pieces) - table.first
            else []
        )
        flow.pieces[table.first :] = [*beside, RawTable(rows, table.groups)]
        del flow.containers[table.containers :]
        flow.hidden = [stretch for stretch in flow.hidden if stretch[0] < table.first]
        for at in range(len(flow.links) - 1, -1, -1):
            index, element = flow.links[at]
            if index <= table.first:
                break
            flow.links[at] = table.first, element


def _hidden(root: _Element) -> tuple[set[_Element], set[_Element]]:
    """What is not displayed: for good, and the containers that a click may show (tabs with a report's words)."""
    hidden: set[_Element] = set()
    panels: set[_Element] = set()
    for element in root.xpath(HIDDEN):
        if element.get("hidden") is None and not HIDING_STYLE.search(element.get("style") or ""):
            continue
        is_panel = KINDS.get(element.tag) == CONTAINER and EVIDENCE.search("".join(element.itertext()))
        (panels if is_panel else hidden).add(element)
    return hidden, panels


def _arranges(table: _OpenTable, cells: list[_OpenCell], pieces: list[Piece]) -> bool:
    """Whether a table only arranges the page: one column, or cells that hold tables or the text of a page.

    A table with labels of the statutory form in short cells of its own is one, whatever else its cells hold.
    """
    if all(len(row) <= 1 for row in table.rows):
        return _labels(cells, pieces) < 2
    if not any(_holds_much(pieces[cell.first : cell.last]) for cell in cells if cell.last > cell.first):
        return False
    return _labels(cells, pieces) < 2


def _holds_much(pieces: list[Piece]) -> bool:
    if len(pieces) == 1 and isinstance(pieces[0], Line):
        return len(pieces[0].text) > 300
    if any(isinstance(piece, RawTable) for piece in pieces):
        return True
    length = sum(len(piece.text) for piece in pieces if isinstance(piece, Line))
    return length > 300 or (len(pieces) >= 4 and length > 100)


def _labels(cells: list[_OpenCell], pieces: list[Piece]) -> int:
    """How many of the cells print a label of the statutory tables and little else."""
    count = 0
    for cell in cells:
        own = [
            piece for piece in pieces[cell.first : cell.last] if isinstance(piece, Line) and not piece.linked
        ]
        text = SPACE.sub("", "".join(line.text for line in own))
        count += len(text) <= 50 and LABELS.search(text) is not None
    return count


def _cell(cell: _OpenCell, pieces: list[Piece]) -> Cell:
    if cell.last == cell.first:
        text = ""
    elif cell.last == cell.first + 1:
        text = _text(pieces[cell.first])
    else:
        text = " ".join(map(_text, pieces[cell.first : cell.last]))
    return Cell(text, _span(cell.element.get("rowspan")), _span(cell.element.get("colspan")))


def _text(piece: Piece) -> str:
    if isinstance(piece, Line):
        return piece.text
    return " ".join(cell.text for row in piece.rows for cell in row if cell.text)


def _span(attribute: str | None) -> int:
    """The number of a rowspan or colspan, 1 for what is none."""
    if attribute is None:
        return 1
    digits = re.match(r"\s*\+?([0-9]{1,5})", attribute)
    if digits is None:
        return 1
    return int(digits[1]) or 1


def _beside(first: int, cells: list[_OpenCell], pieces: list[Piece]) -> list[Piece]:
    """What a table prints outside its cells: its caption, and what broken markup put between them."""
    inside = {index for cell in cells for index in range(cell.first, cell.last)}
    return [pieces[index] for index in range(first, len(pieces)) if index not in inside]
