"""UTF-8 → the tree of an HTML page."""

import re

from lxml import etree
from lxml.etree import _Element

from parsers.report import UnreadableDocument

MARK_ENTITY = re.compile(rb"&#(?:x0*fd[de][0-9a-f]|0*(?:649[789]\d|6500[0-7]))(?![0-9a-f]);?", re.IGNORECASE)
INLINE_TAG = re.compile(
    r"</?(?:font|span|b|strong|i|u|em|a|o:p|big|small|label|sup|sub)\b[^<>]*>", re.IGNORECASE
)
BLOCK_TAG = re.compile(r"</?(?:div|center|blockquote|section|article|ul|ol|dl|form)\b[^<>]*>", re.IGNORECASE)
_shown: dict[bytes, _Element] = {}  # the page that was looked at last, and its tree


def show_tree(page: bytes) -> _Element:
    """The tree, to be looked at and not to be changed: the page may be read next, which then costs no parsing."""
    _shown.clear()
    return _shown.setdefault(page, _parsed(page))


def take_tree(page: bytes) -> _Element:
    """The tree, for the caller alone. Raises UnreadableDocument when there is no markup to read."""
    root = _shown.pop(page, None)
    return _parsed(page) if root is None else root


def _parsed(page: bytes) -> _Element:
    """The tree. The parser is told the encoding of the bytes it gets, so no label in the page can mislead it.

    libxml2 drops what is nested too deeply, and unclosed <font> does that to whole reports: they are read again
    without such tags. Raises UnreadableDocument when that does not help.
    """
    root, too_deep = _tree(MARK_ENTITY.sub(b"", page) if b"&#" in page else page)
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
