"""HTML → Document: the body is found by what it says, not by the ids and classes of a vendor."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from lxml.etree import _Element

from parsers.blocks import Block, Document, Grid, Paragraph
from parsers.body import find_body, find_evidence, is_prose, is_title, table_kind, without_loose_end
from parsers.decode import decode_to_utf8, readable
from parsers.documents.embedded import embedded_article, embedded_json
from parsers.documents.laid_out import laid_out_tables
from parsers.documents.linked_files import NEAR, attachments_of, linked_files
from parsers.documents.markup import BOUNDARY, Flow, Line, Piece, RawTable, flow_of, text_of
from parsers.documents.repeated import with_spans
from parsers.documents.text import BOX_DRAWING, tables_in
from parsers.documents.tree import take_tree
from parsers.form_terms import is_label
from parsers.heading import join_number, join_title
from parsers.report import Unread

DECORATION = re.compile(
    r"icon|logo|\bqr|qrcode|erweima|ewm|wx|weixin|share|print|banner|btn|button|arrow|bg|\.gif$|spacer|head",
    re.IGNORECASE,
)
QR_CODE = re.compile(r"\bqr|qrcode|erweima|ewm|share|weixin", re.IGNORECASE)
LOST_INDENT = re.compile(rb"(?:(?<=>)|(?<=\s))\?{2,}")  # ideographic spaces that a bad conversion made ????
INVISIBLE_ENTITY = re.compile(rb"&(?:#|zw|shy|lrm|rlm|NoBreak|ZeroWidth)")
WRITTEN_ROW = re.compile(r"(?:本年新收|行政许可|行政处罚|信息内容|统计指标|指标名称).*[|\s]")
# Each alone in its line, of a table laid out with divs.
HEADS_OF_CELLS = frozenset(
    {"信息内容", "总计", "自然人", "结果维持", "统计指标", "指标", "指标名称", "统计数"}
)
MOST_CELLS = 3_000  # of a written table, with what squares it; a statutory one has three hundred
FEWEST_LABELS = 3  # that tell a part of a table
LONGEST_NUMBER = 8  # characters, of a heading: PART 01.
LONGEST_FIRST_LINE = 30  # characters, of a heading in two lines
LONGEST_SHELL = 200  # characters of a page that has no text of its own


def read_html(body: bytes, content_type: str, url: str, nested: bool = False) -> Document:
    """The page as blocks; of an application that draws its text from its own JSON, that text (`nested`).

    Raises UnreadableDocument when there is no markup to read.
    """
    _, page, encoding = decode_to_utf8(body, content_type)
    if b"??" in page:
        page = LOST_INDENT.sub(b"", page)
    root, fold = take_tree(page), _Fold(INVISIBLE_ENTITY.search(page) is not None)
    title, metas, embedded = _title(root, fold), _metas(root, fold), embedded_json(root)
    files, pictures = linked_files(root, url), list(root.iter("img"))
    for picture in pictures:
        if _shows_something(picture):
            picture.set("shows", "[图片]")
    flow = flow_of(root, [*files, *pictures], page)
    blocks = [fold.closed_up(piece) for piece in flow.pieces]
    if nothing := {i for i, block in enumerate(blocks) if isinstance(block, Paragraph) and not block.text}:
        flow, blocks = _without(nothing, flow, blocks)
    chrome = _chrome(flow)
    if joined := _headings_in_two_lines(blocks, chrome):
        flow, blocks = _without(joined, flow, blocks)
        chrome = _chrome(flow)
    evidence = find_evidence(blocks, chrome)
    if flow.hidden:
        flow, blocks = _without_hidden_copies(flow, blocks, evidence)
        chrome = _chrome(flow)
        evidence = find_evidence(blocks, chrome)
    tables = any(kind.startswith("table:") for kind in evidence.values())
    if not tables or any(
        isinstance(block, Paragraph) and (block.text in HEADS_OF_CELLS or block.text[0] == "|")
        for block in blocks
    ):
        flow, blocks = _with_written_tables(flow, blocks)
        chrome = _chrome(flow)
        evidence = find_evidence(blocks, chrome)
    if not evidence and not nested and (article := embedded_article(embedded)):
        inside = read_html(article.encode(), "text/html; charset=utf-8", url, nested=True)
        return replace(inside, encoding=encoding, title=title, metas=metas, embedded=embedded)
    start, end = find_body(blocks, evidence, _container(flow, blocks, evidence, chrome), chrome)
    end = without_loose_end(blocks, evidence, end)
    return Document(
        front=tuple(
            fold.spaced(piece, block) for piece, block in zip(flow.pieces[:start], blocks, strict=False)
        ),
        body=tuple(with_spans(block) if isinstance(block, Grid) else block for block in blocks[start:end]),
        back=tuple(fold.spaced(p, b) for p, b in zip(flow.pieces[end:], blocks[end:], strict=True)),
        media_type="text/html",
        encoding=encoding,
        title=title,
        metas=metas,
        embedded=embedded,
        attachments=tuple(attachments_of(files, flow, (start, end))),
        shell="" if evidence else _shell(root, blocks),
        unread=tuple(_pictures(pictures, len(files), flow, blocks, (start, end))),
    )


class _Fold:
    """Text of the markup → text as printed: white space folded; invisible characters dropped where entities hid them."""

    def __init__(self, hides_invisible: bool) -> None:
        self.hides_invisible = hides_invisible

    def closed_up(self, piece: Piece) -> Block:
        """Words that inline elements break are put together again."""
        if isinstance(piece, Line):
            if piece.linked and not self.hides_invisible:
                return _paragraph(piece)
            return Paragraph(self.folded(piece.text.replace(BOUNDARY, "")), piece.heading)
        return self._grid(piece, "")

    def spaced(self, piece: Piece, block: Block) -> Block:
        """Inline elements are kept apart by spaces, since nothing else may tell a label from its value."""
        if isinstance(piece, Line):
            if BOUNDARY not in piece.text:
                return block
            return Paragraph(self.folded(piece.text.replace(BOUNDARY, " ")), piece.heading)
        return self._grid(piece, " ") if BOUNDARY in piece.rows else block

    def _grid(self, table: RawTable, boundary: str) -> Grid:
        return table.grid(boundary, self.folded if self.hides_invisible else None)

    def folded(self, text: str) -> str:
        return " ".join((readable(text) if self.hides_invisible else text).split())


@lru_cache(maxsize=1024)  # the navigation of a portal stands on all its pages
def _paragraph(line: Line) -> Paragraph:
    return Paragraph(" ".join(line.text.replace(BOUNDARY, "").split()), line.heading)


def _chrome(flow: Flow) -> frozenset[int]:
    return frozenset(i for i, piece in enumerate(flow.pieces) if isinstance(piece, Line) and piece.linked)


def _without_hidden_copies(
    flow: Flow, blocks: list[Block], kinds: Mapping[int, str]
) -> tuple[Flow, list[Block]]:
    """A stretch that is not displayed stays only if it proves nothing that is displayed: a tab, not a second copy."""
    hidden = {index for first, last in flow.hidden for index in range(first, last)}
    displayed = {kind for index, kind in kinds.items() if index not in hidden}
    dropped: set[int] = set()
    for first, last in flow.hidden:
        proved = {kinds[index] for index in range(first, last) if index in kinds}
        if not proved or proved & displayed:
            dropped.update(range(first, last))
    return _without(dropped, flow, blocks)


def _without(dropped: Collection[int], flow: Flow, blocks: list[Block]) -> tuple[Flow, list[Block]]:
    kept = [index for index in range(len(blocks)) if index not in dropped]
    moved = Flow(
        pieces=[flow.pieces[index] for index in kept],
        containers=[(bisect_left(kept, first), bisect_left(kept, last)) for first, last in flow.containers],
        hidden=[(bisect_left(kept, first), bisect_left(kept, last)) for first, last in flow.hidden],
        numbered={n: bisect_left(kept, index) for n, index in flow.numbered.items() if index not in dropped},
    )
    return moved, [blocks[index] for index in kept]


def _headings_in_two_lines(blocks: list[Block], chrome: Collection[int]) -> set[int]:
    """Where the number of a heading, or the beginning of its title, has a line of its own; from now on it stands before
    the rest."""
    first = set()
    above = ""
    for index, (block, rest) in enumerate(itertools.pairwise(blocks)):
        before, above = above, block.text if isinstance(block, Paragraph) else ""
        if (
            index not in chrome
            and isinstance(block, Paragraph)
            and isinstance(rest, Paragraph)
            and len(block.text) <= LONGEST_FIRST_LINE
            and (heading := _joined(before, block, rest))
        ):
            blocks[index + 1] = replace(rest, text=heading)
            first.add(index)
    return first


def _joined(before: str, block: Paragraph, rest: Paragraph) -> str | None:
    in_a_row = before.isdecimal()  # a number below another: of a table without <table>
    if len(block.text) <= LONGEST_NUMBER and not in_a_row and (heading := join_number(block.text, rest.text)):
        return heading
    if len(rest.text) > LONGEST_FIRST_LINE:
        return None
    return join_title(block.text, rest.text, block.heading and rest.heading)


def _with_written_tables(flow: Flow, blocks: list[Block]) -> tuple[Flow, list[Block]]:
    """Statutory tables that lines of text print, with pipes or white space between their cells, as grids."""
    lines = [block.text.translate(BOX_DRAWING) if isinstance(block, Paragraph) else "" for block in blocks]
    if HEADS_OF_CELLS.isdisjoint(lines) and not any(WRITTEN_ROW.search(line) for line in lines):
        return flow, blocks
    taken: set[int] = set()
    dropped: set[int] = set()
    for first, end, grid in (*laid_out_tables(flow.containers, lines), *tables_in(lines)):
        # more are the words of a whole page, taken for one table
        too_large = len(grid.rows) * len(grid.rows[0]) > MOST_CELLS
        if not too_large and taken.isdisjoint(range(first, end)) and _is_statutory(grid):
            blocks[first] = grid
            taken.update(range(first, end))
            dropped.update(range(first + 1, end))
    return _without(dropped, flow, blocks)


def _is_statutory(grid: Grid) -> bool:
    """Whether a table is one of the forms', or a part of one that a page break cut off."""
    return bool(table_kind(grid)) or sum(is_label(cell) for row in grid.rows for cell in row) >= FEWEST_LABELS


def _container(
    flow: Flow, blocks: Sequence[Block], kinds: Mapping[int, str], chrome: frozenset[int]
) -> tuple[int, int]:
    """The innermost container that holds all there is of a report; the first of them where the page has copies."""
    statutory = {index: kind for index, kind in kinds.items() if not kind.startswith("number:")}
    if len(set(statutory.values())) >= 2:
        kinds = statutory
    if not kinds:
        return _prose_container(flow, blocks, chrome)
    indexes, wanted = sorted(kinds), set(kinds.values())
    full = {
        (first, last)
        for first, last in flow.containers
        if {kinds[i] for i in indexes[bisect_left(indexes, first) : bisect_left(indexes, last)]} == wanted
    }
    innermost = (a for a in full if not any(a != b and a[0] <= b[0] and b[1] <= a[1] for b in full))
    first, last = min(innermost, default=(0, len(blocks)))
    if {kind for index, kind in kinds.items() if index < first} == wanted:
        first, last = 0, first  # an earlier copy, without a container of its own
    return first, _before_sidebar(flow, blocks, kinds, first, last)


def _before_sidebar(
    flow: Flow, blocks: Sequence[Block], kinds: Mapping[int, str], first: int, last: int
) -> int:
    """Where a container without evidence, but with a table of its own, begins after the last evidence."""
    end = max((index for index in kinds if first <= index < last), default=last)
    return min(
        (
            opens
            for opens, closes in flow.containers
            if end < opens
            and closes <= last
            and any(isinstance(blocks[i], Grid) for i in range(opens, closes))
        ),
        default=last,
    )


def _prose_container(flow: Flow, blocks: Sequence[Block], chrome: frozenset[int]) -> tuple[int, int]:
    """The innermost container with most of the page's prose."""
    sums = [0]
    for index, block in enumerate(blocks):
        prose = isinstance(block, Paragraph) and index not in chrome and is_prose(block)
        sums.append(sums[-1] + (len(block.text) if prose and isinstance(block, Paragraph) else 0))
    most = [c for c in flow.containers if sums[c[1]] - sums[c[0]] > 0.6 * sums[-1]]
    return min(most, key=lambda c: c[1] - c[0], default=(0, len(blocks)))


def _title(root: _Element, fold: _Fold) -> str:
    title = next(root.iter("title"), None)
    return fold.folded(text_of(title)) if title is not None else ""


def _metas(root: _Element, fold: _Fold) -> Mapping[str, str]:
    """Names in lower case → contents, the first of each; elements that some vendors print in place of metas too."""
    metas: dict[str, str] = {}
    for element in root.iter("meta", "publishtime", "ucaptitle"):
        if element.tag == "meta":
            name, content = element.get("name") or element.get("property"), element.get("content")
        else:
            name, content = element.tag, text_of(element)
        if name and content is not None:
            metas.setdefault(name.strip().lower(), fold.folded(content))
    return metas


def _shell(root: _Element, blocks: Sequence[Block]) -> str:
    if sum(len(block.text) for block in blocks if isinstance(block, Paragraph)) > LONGEST_SHELL:
        return ""
    if root.find(".//input[@type='password']") is not None:
        return "a page to log in"
    if not blocks and root.find(".//script") is not None:
        return "nothing but a script: a challenge page, or an application that a browser must run"
    return ""


def _pictures(
    pictures: Sequence[_Element], first: int, flow: Flow, blocks: Sequence[Block], body: tuple[int, int]
) -> Iterator[Unread]:
    """Pictures where the tables should be: said, since nobody reads them. `first`: the number of the first picture."""
    start, end = body
    if any(isinstance(block, Grid) for block in blocks[start:end]):
        return
    if start == end:
        titles = [index for index, block in enumerate(blocks) if is_title(block)]
        start = titles[-1] if titles else len(blocks)
        end = start + NEAR
    for number, element in enumerate(pictures, first):
        place = flow.numbered.get(number, -1)
        if start <= place <= end and _shows_something(element):
            yield Unread(None, element.get("src", "")[:200], "picture: what it shows is not read")


def _shows_something(picture: _Element) -> bool:
    source, around = picture.get("src") or "", picture.getparent()
    named = source.rpartition("/")[2] + picture.get("alt", "")
    framed = around is not None and QR_CODE.search(around.get("class") or "")
    return bool(source) and not DECORATION.search(named) and not framed
