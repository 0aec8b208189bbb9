"""HTML → Document: the body is found by what it says, not by the ids and classes of a vendor."""

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from lxml import etree
from lxml.etree import _Element

from parsers.blocks import Block, Document, Grid, Paragraph
from parsers.body import evidence_of, find_body, is_prose, is_title
from parsers.decode import decode, strip_invisible
from parsers.documents.grid import make_grid
from parsers.documents.markup import BOUNDARY, Flow, Line, Piece, walk
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
DECORATION = re.compile(
    r"icon|logo|qrcode|erweima|ewm|wx|weixin|share|print|banner|btn|button|arrow|bg|\.gif$|spacer|head",
    re.IGNORECASE,
)
ASSIGNMENT = re.compile(r"\b(window\.[A-Za-z_$][\w$]*)\s*=\s*(?=[{\[])")
INVISIBLE_ENTITY = re.compile(r"&(?:#|zw|shy|lrm|rlm|NoBreak|ZeroWidth)")
NEAR = 8  # pieces before and after the body in which a link to a file still belongs to the report


def read_html(body: bytes, content_type: str, url: str) -> Document:
    """The page as blocks. Raises UnreadableDocument when there is no markup to read."""
    text, encoding = decode(body, content_type)
    root = _parse(text)
    flow = walk(root)
    fold = _Fold(INVISIBLE_ENTITY.search(text) is not None)
    blocks = [fold.closed_up(piece) for piece in flow.pieces]
    flow, blocks = _without_hidden_copies(flow, blocks)
    chrome = frozenset(i for i, piece in enumerate(flow.pieces) if isinstance(piece, Line) and piece.linked)
    start, end = find_body(blocks, _container(flow, blocks, chrome), chrome)
    attachments = tuple(_attachments(root, flow, url, (start, end)))
    return Document(
        front=tuple(
            fold.spaced(piece, block) for piece, block in zip(flow.pieces[:start], blocks, strict=False)
        ),
        body=tuple(blocks[start:end]),
        back=tuple(fold.spaced(p, b) for p, b in zip(flow.pieces[end:], blocks[end:], strict=True)),
        media_type="text/html",
        encoding=encoding,
        title=_title(root),
        metas=_metas(root),
        embedded=_embedded(root),
        attachments=attachments,
        unread=tuple(_pictures(flow, blocks, (start, end))),
    )


def _parse(text: str) -> _Element:
    """The tree. The parser is told the encoding of the bytes it gets, so no label in the page can mislead it."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument(f"no HTML: {error}") from None
    if root is None:
        raise UnreadableDocument("no HTML in the page")
    return root


class _Fold:
    """Text of the markup → text as printed: white space folded; invisible characters dropped where entities hid them."""

    def __init__(self, hides_invisible: bool) -> None:
        self.hides_invisible = hides_invisible

    def closed_up(self, piece: Piece) -> Block:
        """Words that inline elements break are put together again."""
        if isinstance(piece, Line):
            return Paragraph(self._closed(piece.text), piece.heading)
        return make_grid(piece.rows, piece.groups, self._closed)

    def spaced(self, piece: Piece, block: Block) -> Block:
        """Inline elements are kept apart by spaces, since nothing else may tell a label from its value."""
        if isinstance(piece, Line):
            return Paragraph(self._spaced(piece.text), piece.heading) if BOUNDARY in piece.text else block
        if any(BOUNDARY in cell.text for row in piece.rows for cell in row):
            return make_grid(piece.rows, piece.groups, self._spaced)
        return block

    def _closed(self, text: str) -> str:
        if BOUNDARY in text:
            text = text.replace(BOUNDARY, "")
        if self.hides_invisible:
            text = strip_invisible(text)
        return " ".join(text.split())

    def _spaced(self, text: str) -> str:
        return self._closed(text.replace(BOUNDARY, " "))


def _without_hidden_copies(flow: Flow, blocks: list[Block]) -> tuple[Flow, list[Block]]:
    """A stretch that is not displayed stays only if it proves more than what is displayed: a tab, not a second copy."""
    if not flow.hidden:
        return flow, blocks
    kinds = {index: kind for index, block in enumerate(blocks) if (kind := evidence_of(block))}
    hidden = {index for first, last in flow.hidden for index in range(first, last)}
    displayed = {kind for index, kind in kinds.items() if index not in hidden}
    dropped: set[int] = set()
    for first, last in flow.hidden:
        if {kinds[index] for index in range(first, last) if index in kinds} <= displayed:
            dropped.update(range(first, last))
    kept = [index for index in range(len(blocks)) if index not in dropped]
    moved = Flow(
        pieces=[flow.pieces[index] for index in kept],
        containers=[(bisect_left(kept, first), bisect_left(kept, last)) for first, last in flow.containers],
        links=[(bisect_left(kept, index), link) for index, link in flow.links if index not in dropped],
    )
    return moved, [blocks[index] for index in kept]


def _container(flow: Flow, blocks: Sequence[Block], chrome: frozenset[int]) -> tuple[int, int]:
    """The innermost container that holds all there is of a report; the first of them where the page has copies."""
    kinds = {
        index: kind
        for index, block in enumerate(blocks)
        if index not in chrome and (kind := evidence_of(block)) is not None
    }
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
    return min(innermost, default=(0, len(blocks)))


def _prose_container(flow: Flow, blocks: Sequence[Block], chrome: frozenset[int]) -> tuple[int, int]:
    """The innermost container with most of the page's prose."""
    sums = [0]
    for index, block in enumerate(blocks):
        prose = isinstance(block, Paragraph) and index not in chrome and is_prose(block)
        sums.append(sums[-1] + (len(block.text) if prose and isinstance(block, Paragraph) else 0))
    most = [c for c in flow.containers if sums[c[1]] - sums[c[0]] > 0.6 * sums[-1]]
    return min(most, key=lambda c: c[1] - c[0], default=(0, len(blocks)))


def _title(root: _Element) -> str:
    title = next(root.iter("title"), None)
    return " ".join(strip_invisible("".join(title.itertext())).split()) if title is not None else ""


def _metas(root: _Element) -> Mapping[str, str]:
    """Names in lower case → contents, the first of each; elements that some vendors print in place of metas too."""
    metas: dict[str, str] = {}
    for element in root.iter("meta", "publishtime", "ucaptitle"):
        if element.tag == "meta":
            name, content = element.get("name") or element.get("property"), element.get("content")
        else:
            name, content = element.tag, "".join(element.itertext())
        if name and content is not None:
            metas.setdefault(name.strip().lower(), " ".join(strip_invisible(content).split()))
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
                continue
            embedded.setdefault(match[1], value)
    return embedded


def _attachments(root: _Element, flow: Flow, url: str, body: tuple[int, int]) -> Iterator[Attachment]:
    """Files that the page links to in or near the body (anywhere if it has none), or shows in a frame."""
    start, end = body
    seen: set[str] = set()
    for index, element in flow.links:
        if element.tag != "a" or (start < end and not start - NEAR <= index <= end + NEAR):
            continue
        name = " ".join((element.get("title") or "".join(element.itertext())).split())
        found = _attachment(element.get("href") or "", name, url)
        if found and found.url not in seen:
            seen.add(found.url)
            yield found
    for element in root.iter("iframe", "embed", "object", "frame"):
        found = _attachment(element.get("src") or element.get("data") or "", "", url)
        if found and found.url not in seen:
            seen.add(found.url)
            yield found


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


def _pictures(flow: Flow, blocks: Sequence[Block], body: tuple[int, int]) -> Iterator[Unread]:
    """Pictures where the tables should be: said, since nobody reads them."""
    start, end = body
    if any(isinstance(block, Grid) for block in blocks[start:end]):
        return
    if start == end:
        titles = [index for index, block in enumerate(blocks) if is_title(block)]
        start = titles[-1] if titles else len(blocks)
        end = start + NEAR
    for index, element in flow.links:
        source = element.get("src") or ""
        if (
            element.tag == "img"
            and start <= index <= end
            and source
            and not DECORATION.search(source.rpartition("/")[2])
        ):
            yield Unread(None, source[:200], "picture: what it shows is not read")
