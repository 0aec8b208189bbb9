"""HTML → Document: the body is found by what it says, not by the ids and classes of a vendor."""

import contextlib
import json
import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from lxml import etree
from lxml.etree import _Element

from parsers.blocks import Block, Document, Grid, Paragraph
from parsers.body import find_body, find_evidence, is_prose, is_title, table_kind
from parsers.decode import decode_to_utf8, strip_invisible
from parsers.documents.markup import BOUNDARY, Flow, Line, Piece, RawTable, flow_of, text_of
from parsers.documents.text import BOX_DRAWING, tables_in
from parsers.report import Attachment, Unread, UnreadableDocument

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "wps": "application/vnd.ms-works",
    "ofd": "application/ofd",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "et": "application/vnd.ms-excel",
    "rtf": "application/rtf",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
}
FILE_NAME = re.compile(rf"[^/\\?&=#]*\.({'|'.join(MEDIA_TYPES)})$", re.IGNORECASE)
# What a vendor's download script is called when the address does not end with a file name.
DOWNLOAD = re.compile(
    r"downfile\.jsp|/download\.jsp|downloadattach|/attachment/|/filedownload|/downloadfile", re.IGNORECASE
)
POSSIBLE_FILE = re.compile(rf"\.(?:{'|'.join(MEDIA_TYPES)})\b|{DOWNLOAD.pattern}", re.IGNORECASE)
SIGNS_OF_FILES = [*(f".{suffix}" for suffix in MEDIA_TYPES), "downfile", "download", "/attachment/"]
ADDRESS = {
    "a": "href",
    "iframe": "src",
    "frame": "src",
    "embed": "src",
    "object": "data",
}  # element → attribute
DECORATION = re.compile(
    r"icon|logo|qrcode|erweima|ewm|wx|weixin|share|print|banner|btn|button|arrow|bg|\.gif$|spacer|head",
    re.IGNORECASE,
)
ASSIGNMENT = re.compile(r"\b(window\.[A-Za-z_$][\w$]*)\s*=\s*(?=[{\[])")
MARK_ENTITY = re.compile(rb"&#(?:x0*fd[de][0-9a-f]|0*(?:649[789]\d|6500[0-7]))(?![0-9a-f]);?", re.IGNORECASE)
INLINE_TAG = re.compile(
    r"</?(?:font|span|b|strong|i|u|em|a|o:p|big|small|label|sup|sub)\b[^<>]*>", re.IGNORECASE
)
BLOCK_TAG = re.compile(r"</?(?:div|center|blockquote|section|article|ul|ol|dl|form)\b[^<>]*>", re.IGNORECASE)
INVISIBLE_ENTITY = re.compile(rb"&(?:#|zw|shy|lrm|rlm|NoBreak|ZeroWidth)")
MARKUP = re.compile(r"<(?:p|div|table|br|span)\b", re.IGNORECASE)
NAMED_RECORD = re.compile(r"([A-Za-z_$][\w$]*)[\"']?\s*:\s*(?={)")
WRITTEN_ROW = re.compile(r"(?:本年新收|行政许可|行政处罚|信息内容).*[|\s]")
MOST_RECORDS = 20  # that are tried
DEEPEST_ARTICLE = 4  # levels of the JSON in which the article is looked for
SHORTEST_ARTICLE = 500  # characters
LONGEST_SHELL = 200  # characters of a page that has no text of its own
MOST_FILES = 500
NEAR = 8  # pieces before and after the body in which a link to a file still belongs to the report


def read_html(body: bytes, content_type: str, url: str, nested: bool = False) -> Document:
    """The page as blocks; of an application that draws its text from its own JSON, that text (`nested`).

    Raises UnreadableDocument when there is no markup to read.
    """
    _, page, encoding = decode_to_utf8(body, content_type)
    has_entities = INVISIBLE_ENTITY.search(page) is not None
    root, fold = _parse(MARK_ENTITY.sub(b"", page) if has_entities else page), _Fold(has_entities)
    title, metas, embedded = _title(root, fold), _metas(root, fold), _embedded(root)
    files, pictures = _files(root, url), list(root.iter("img"))
    flow = flow_of(root, [*files, *pictures], page)
    blocks = [fold.closed_up(piece) for piece in flow.pieces]
    if nothing := {i for i, block in enumerate(blocks) if isinstance(block, Paragraph) and not block.text}:
        flow, blocks = _without(nothing, flow, blocks)
    chrome = _chrome(flow)
    evidence = find_evidence(blocks, chrome)
    if flow.hidden:
        flow, blocks = _without_hidden_copies(flow, blocks, evidence)
        chrome = _chrome(flow)
        evidence = find_evidence(blocks, chrome)
    if not any(kind.startswith("table:") for kind in evidence.values()):
        flow, blocks = _with_written_tables(flow, blocks)
        chrome = _chrome(flow)
        evidence = find_evidence(blocks, chrome)
    if not evidence and not nested and (article := _embedded_article(embedded)):
        inside = read_html(article.encode(), "text/html; charset=utf-8", url, nested=True)
        return replace(inside, encoding=encoding, title=title, metas=metas, embedded=embedded)
    start, end = find_body(blocks, evidence, _container(flow, blocks, evidence, chrome), chrome)
    return Document(
        front=tuple(
            fold.spaced(piece, block) for piece, block in zip(flow.pieces[:start], blocks, strict=False)
        ),
        body=tuple(blocks[start:end]),
        back=tuple(fold.spaced(p, b) for p, b in zip(flow.pieces[end:], blocks[end:], strict=True)),
        media_type="text/html",
        encoding=encoding,
        title=title,
        metas=metas,
        embedded=embedded,
        attachments=tuple(_attachments(files, flow, (start, end))),
        shell="" if evidence else _shell(root, blocks),
        unread=tuple(_pictures(pictures, len(files), flow, blocks, (start, end))),
    )


def _parse(page: bytes) -> _Element:
    """The tree. The parser is told the encoding of the bytes it gets, so no label in the page can mislead it.

    libxml2 drops what is nested too deeply, and unclosed <font> does that to whole reports: they are read again
    without such tags. Raises UnreadableDocument when that does not help.
    """
    root, too_deep = _tree(page)
    if too_deep:
        root, too_deep = _tree(BLOCK_TAG.sub("<br>", INLINE_TAG.sub("", page.decode())).encode())
    if root is None or too_deep:
        raise UnreadableDocument("the markup is nested too deeply" if too_deep else "no HTML in the page")
    return root


def _tree(page: bytes) -> tuple[_Element | None, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        root = etree.fromstring(page, parser)
    except etree.XMLSyntaxError:
        root = None
    return root, any("depth" in error.message for error in parser.error_log.filter_from_errors())


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
        return " ".join((strip_invisible(text) if self.hides_invisible else text).split())


@lru_cache(maxsize=4096)  # the navigation of a portal stands on all its pages
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


def _with_written_tables(flow: Flow, blocks: list[Block]) -> tuple[Flow, list[Block]]:
    """Statutory tables that lines of text print, with pipes or white space between their cells, as grids."""
    lines = [block.text.translate(BOX_DRAWING) if isinstance(block, Paragraph) else "" for block in blocks]
    if not any(WRITTEN_ROW.search(line) for line in lines):
        return flow, blocks
    dropped: set[int] = set()
    for first, end, grid in tables_in(lines):
        if table_kind(grid):
            blocks[first] = grid
            dropped.update(range(first + 1, end))
    return _without(dropped, flow, blocks)


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


def _embedded(root: _Element) -> Mapping[str, object]:
    """The JSON that scripts assign to the window: {"window._CONFIG": {…}}. What is no JSON is left alone."""
    embedded: dict[str, object] = {}
    for script in root.iter("script"):
        text = script.text or ""
        if "window." not in text:
            continue
        for match in ASSIGNMENT.finditer(text):
            try:
                value, _ = json.JSONDecoder().raw_decode(text, match.end())
            except (ValueError, RecursionError):
                value = _records(text, match.end())
            if value:
                embedded.setdefault(match[1], value)
    return embedded


def _records(text: str, start: int) -> Mapping[str, object]:
    """The objects that are JSON within one that is none: window._CONFIG = {SID: '1', DETAIL: {"title": …}}."""
    records: dict[str, object] = {}
    position = start
    for _ in range(MOST_RECORDS):
        if not (found := NAMED_RECORD.search(text, position)):
            break
        position = found.end()
        with contextlib.suppress(ValueError, RecursionError):
            records[found[1]], position = json.JSONDecoder().raw_decode(text, position)
    return records


def _embedded_article(embedded: Mapping[str, object]) -> str | None:
    """The longest text with markup among the values of the JSON."""
    level: list[object] = list(embedded.values())
    texts: list[str] = []
    for _depth in range(DEEPEST_ARTICLE):
        texts += [value for value in level if isinstance(value, str) and MARKUP.search(value)]
        level = [
            value
            for item in level
            for value in (
                item.values() if isinstance(item, Mapping) else item if isinstance(item, list) else ()
            )
        ]
    article = max(texts, key=len, default="")
    return article if len(article) >= SHORTEST_ARTICLE else None


def _shell(root: _Element, blocks: Sequence[Block]) -> str:
    if sum(len(block.text) for block in blocks if isinstance(block, Paragraph)) > LONGEST_SHELL:
        return ""
    if root.find(".//input[@type='password']") is not None:
        return "a page to log in"
    if not blocks and root.find(".//script") is not None:
        return "nothing but a script: a challenge page, or an application that a browser must run"
    return ""


def _files(root: _Element, url: str) -> dict[_Element, Attachment]:
    """Links to files, and files that are shown in a frame, in page order."""
    files: dict[_Element, Attachment] = {}
    elements = list(root.iter(*ADDRESS))
    addresses = [element.get(ADDRESS[element.tag], "") for element in elements]
    together = "\n".join(addresses).lower()
    if not any(sign in together for sign in SIGNS_OF_FILES):
        return files
    for element, address in zip(elements, addresses, strict=True):
        if not POSSIBLE_FILE.search(address):
            continue
        name = element.get("title") or text_of(element)
        if file := _attachment(address, " ".join(strip_invisible(name).split()), url):
            files[element] = file
        if len(files) == MOST_FILES:
            break
    return files


def _attachments(
    files: Mapping[_Element, Attachment], flow: Flow, body: tuple[int, int]
) -> Iterator[Attachment]:
    """The files that are linked to in or near the body (anywhere if there is none), or shown in a frame."""
    start, end = body
    seen: set[str] = set()
    for number, (element, file) in enumerate(files.items()):
        place = flow.numbered.get(number)
        is_near = place is not None and (start == end or start - NEAR <= place <= end + NEAR)
        if (is_near or element.get("href") is None) and file.url not in seen:
            seen.add(file.url)
            yield file


def _attachment(address: str, name: str, url: str) -> Attachment | None:
    try:
        parts = urlsplit(urljoin(url, address.strip()))
        parameters = [value for values in parse_qs(parts.query).values() for value in values]
    except ValueError:
        return None
    if parts.scheme not in ("http", "https", "file", ""):
        return None
    for candidate in (parts.path, *parameters, name):
        if file := FILE_NAME.search(unquote(candidate).strip()):
            shown_in_viewer = candidate in parameters and "viewer" in parts.path.lower()
            target = urljoin(parts.geturl(), candidate) if shown_in_viewer else parts.geturl()
            return Attachment(target, name or unquote(file[0]), MEDIA_TYPES[file[1].lower()])
    if DOWNLOAD.search(address):
        return Attachment(parts.geturl(), name, None)
    return None


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
        source = element.get("src") or ""
        place = flow.numbered.get(number, -1)
        if start <= place <= end and source and not DECORATION.search(source.rpartition("/")[2]):
            yield Unread(None, source[:200], "picture: what it shows is not read")
