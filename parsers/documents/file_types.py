"""Which type of file bytes are: told by their own marks, which data/file_types.toml lists, before any label."""

import re

from parsers.data_files import read_toml

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TAG = re.compile(
    rb"<(?:!doctype|html|head|body|meta|title|script|style|link|div|p|table|tbody|tr|td|br|span|a|ul|li|h[1-6]|font|"
    rb"center|section|article|iframe|datastore|recordset)(?=[\s/>])",
    re.IGNORECASE,
)
_TYPES = read_toml("file_types")["type"]
NAMES = {one["media_type"]: one["name"] for one in _TYPES if "name" in one}
SUFFIXES = {suffix: one["media_type"] for one in _TYPES for suffix in one.get("suffixes", ())}  # → media type


def sniff(body: bytes, content_type: str = "", url: str = "") -> str:
    """The media type: the bytes' own marks before the label, the label before the suffix.

    >>> sniff(b"%PDF-1.7 ...", "text/html"), sniff(b"<p>x</p>", "text/plain"), sniff("规章 | 0".encode(), "text/html")
    ('application/pdf', 'text/html', 'text/plain')
    """
    for beginning, media_type in _BEGINNINGS:
        if body.startswith(beginning):
            return media_type
    if b"%PDF-" in body[:1024] and b"%%EOF" in body[-2048:]:
        return "application/pdf"
    if body.startswith(b"PK\x03\x04"):
        return next((media_type for member, media_type in _MEMBERS if member in body), "application/zip")
    if body.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return next(
            (media_type for name, media_type in _STREAMS if name in body), "application/x-ole-storage"
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
    # a report in plain text may quote a tag, or a title in angle brackets
    found = (_TAG.match if said_plain else _TAG.search)(head.removeprefix(b"\xef\xbb\xbf").lstrip())
    return "text/html" if found or head.lstrip().startswith(b"<?xml") else "text/plain"


def _marks(kind: str, encoding: str = "latin-1") -> tuple[tuple[bytes, str], ...]:
    """The marks of one kind, each with the type that has it."""
    return tuple((mark.encode(encoding), one["media_type"]) for one in _TYPES for mark in one.get(kind, ()))


_BEGINNINGS, _MEMBERS, _STREAMS = _marks("begins"), _marks("member"), _marks("stream", "utf-16-le")
