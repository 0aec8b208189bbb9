"""Bytes → Document: one reader for each media type, chosen by what the bytes are, then by what they are said to be."""

import re
from dataclasses import replace

from parsers.blocks import Document
from parsers.documents.answer import as_page
from parsers.documents.text import read_text
from parsers.report import Unread, UnreadableDocument

LARGEST_PAGE = 1_500_000  # bytes of HTML or text without inline pictures: 500,000 characters
LARGEST_FILE = 50_000_000
MOST_ATTRIBUTES = 2_000  # of one element: libxml2 compares each new one with all before it

_LARGE_PAGE = 100_000  # bytes; in less there is no room for attributes enough to do harm

_INLINE_PICTURE = re.compile(rb"data:(?:image|font|application)/[^\"'()<>\s]{1000,}")
_TAG = re.compile(
    rb"<(?:!doctype|html|head|body|meta|title|script|style|link|div|p|table|tbody|tr|td|br|span|a|ul|li|h[1-6]|font|"
    rb"center|section|article|iframe|datastore|recordset)(?=[\s/>])",
    re.IGNORECASE,
)
_LARGE_TAG = re.compile(rb"<[a-zA-Z](?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
)
_OLE_STREAMS = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
_ZIP_MEMBERS = (
    (b"word/document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"word\\document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"OFD.xml", "application/ofd"),
    (b"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
)
_NAMES = {
    "application/vnd.rar": "RAR archive",
    "application/x-7z-compressed": "7z archive",
    "application/gzip": "gzip archive",
    "application/zip": "ZIP archive",
    "application/rtf": "RTF document",
    "application/msword": "Word 97 document (.doc or .wps)",
    "application/vnd.ms-excel": "Excel 97 workbook",
    "application/vnd.ms-powerpoint": "PowerPoint 97 presentation",
    "application/x-ole-storage": "OLE file",
    "application/ofd": "OFD document",
}


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
    if media_type == _ZIP_MEMBERS[0][1]:
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


def sniff(body: bytes, content_type: str = "", url: str = "") -> str:
    """The media type: the bytes' own marks before the label, the label before the suffix.

    >>> sniff(b"%PDF-1.7 ...", "text/html"), sniff(b"<p>x</p>", "text/plain"), sniff("规章 | 0".encode(), "text/html")
    ('application/pdf', 'text/html', 'text/plain')
    """
    for magic, media_type in _MAGIC:
        if body.startswith(magic):
            return media_type
    if b"%PDF-" in body[:1024] and b"%%EOF" in body[-2048:]:
        return "application/pdf"
    if body.startswith(b"PK\x03\x04"):
        return next((media_type for member, media_type in _ZIP_MEMBERS if member in body), "application/zip")
    if body.startswith(_OLE):
        return next(
            (m for name, m in _OLE_STREAMS if name.encode("utf-16-le") in body), "application/x-ole-storage"
        )
    if body.startswith(b"RIFF") and body[8:12] == b"WEBP":
        return "image/webp"
    if body.startswith(b"BM") and body[6:10] == b"\x00\x00\x00\x00":
        return "image/bmp"
    return _sniff_text(body, content_type, url)


def _sniff_text(body: bytes, content_type: str, url: str) -> str:
    head = body[:65536]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    elif head.count(b"\x00") * 20 > len(head):
        return "application/octet-stream"
    said_plain = content_type.lower().startswith("text/plain") or (
        not content_type and url.lower().endswith(".txt")
    )
    found = _TAG.search(head.removeprefix(b"\xef\xbb\xbf").lstrip()) if not said_plain else None
    if said_plain:  # a report in plain text may quote a tag, or a title in angle brackets
        found = _TAG.match(head.removeprefix(b"\xef\xbb\xbf").lstrip())
    return "text/html" if found or head.lstrip().startswith(b"<?xml") else "text/plain"


def _unread(media_type: str, url: str) -> Document:
    name = url.rpartition("/")[2].partition("?")[0]
    kind = _NAMES.get(
        media_type, f"picture ({media_type})" if media_type.startswith("image/") else media_type
    )
    return Document(
        front=(),
        body=(),
        back=(),
        media_type=media_type,
        unread=(Unread(table=None, text=name or kind, reason=f"{kind}: not a file type that is read"),),
    )
