"""Bytes → Document: one reader for each media type, chosen by what the bytes are, then by what they are said to be."""

import re
from dataclasses import replace

from parsers.blocks import Document
from parsers.documents.answer import as_page
from parsers.documents.file_types import DOCX, NAMES, sniff
from parsers.documents.text import read_text
from parsers.report import Unread, UnreadableDocument

LARGEST_PAGE = 1_500_000  # bytes of HTML or text without inline pictures: 500,000 characters
LARGEST_FILE = 50_000_000
MOST_ATTRIBUTES = 2_000  # of one element: libxml2 compares each new one with all before it

_LARGE_PAGE = 100_000  # bytes; in less there is no room for attributes enough to do harm

_INLINE_PICTURE = re.compile(rb"data:(?:image|font|application)/[^\"'()<>\s]{1000,}")
_LARGE_TAG = re.compile(rb"<[a-zA-Z](?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_document(body: bytes, content_type: str, url: str) -> Document:
    """The document in these bytes.

    A file type that has no reader (.doc, .wps, .ofd, an archive, a picture) gives a Document without blocks whose
    `unread` names the type, so that a report which consists of such a file is still known to exist.

    Raises UnreadableDocument: nothing at all, too large, or broken beyond reading.
    """
    if not body.strip(b"\x00\r\n\t "):
        raise UnreadableDocument("the page is empty")
    if len(body) > LARGEST_FILE:
        raise UnreadableDocument(f"{len(body)} bytes are more than the {LARGEST_FILE} that are read")
    media_type = sniff(body, content_type, url)
    if media_type == "application/pdf":
        from parsers.documents.pdf import read_pdf  # here, not above: slow to import, and most pages are HTML

        return read_pdf(body, content_type, url)
    if media_type == DOCX:
        from parsers.documents.docx import read_docx

        return read_docx(body, content_type, url)
    if not media_type.startswith("text/"):
        return _unread(media_type, url)
    page = without_inline_pictures(body)
    if answer := as_page(page, content_type):
        from parsers.documents.html import read_html

        return replace(read_html(answer, "text/html; charset=utf-8", url), media_type="application/json")
    if media_type == "text/html":
        from parsers.documents.html import read_html

        return read_html(page, content_type, url)
    return read_text(page, content_type, url)


def without_inline_pictures(body: bytes) -> bytes:
    """The markup or text of a page, without the pictures that are written into it.

    Raises UnreadableDocument for more than any report has, and for what would keep the HTML parser busy for minutes.
    """
    if len(body) < _LARGE_PAGE:
        return body
    page = _INLINE_PICTURE.sub(b"", body)
    if len(page) > LARGEST_PAGE:
        raise UnreadableDocument(
            f"{len(page)} bytes of markup are more than the {LARGEST_PAGE} that are read"
        )
    plain = page.decode("utf-16", "ignore").encode() if page.startswith(_UTF_16) else page
    for tag in _LARGE_TAG.finditer(plain):
        if tag.end() - tag.start() > 2 * MOST_ATTRIBUTES and len(tag.group().split()) > MOST_ATTRIBUTES:
            raise UnreadableDocument(f"an element with more than {MOST_ATTRIBUTES} attributes")
    return page


def _unread(media_type: str, url: str) -> Document:
    name = url.rpartition("/")[2].partition("?")[0]
    kind = NAMES.get(media_type, f"picture ({media_type})" if media_type.startswith("image/") else media_type)
    return Document(
        front=(),
        body=(),
        back=(),
        media_type=media_type,
        unread=(Unread(table=None, text=name or kind, reason=f"{kind}: not a file type that is read"),),
    )
