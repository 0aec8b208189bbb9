"""The files to which an HTML page links, or which it shows in a frame."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import SplitResult, parse_qs, unquote, urljoin, urlsplit

from lxml.etree import _Element

from parsers.decode import readable
from parsers.documents.file_types import SUFFIXES
from parsers.documents.markup import Flow, text_of
from parsers.report import Attachment

FILE_NAME = re.compile(rf"[^/\\?&=#]*\.({'|'.join(SUFFIXES)})$", re.IGNORECASE)
# What a vendor's download script is called when the address does not end with a file name.
DOWNLOAD = re.compile(
    r"downfile\.jsp|/download\.jsp|downloadattach|/attachment/|/filedownload|/downloadfile", re.IGNORECASE
)
POSSIBLE_FILE = re.compile(rf"\.(?:{'|'.join(SUFFIXES)})\b|{DOWNLOAD.pattern}", re.IGNORECASE)
SIGNS_OF_FILES = [*(f".{suffix}" for suffix in SUFFIXES), "downfile", "download", "/attachment/"]
# element → attribute
ADDRESS = {"a": "href", "iframe": "src", "frame": "src", "embed": "src", "object": "data"}
MOST_FILES = 500
NEAR = 8  # pieces before and after the body in which a link to a file still belongs to the report


def linked_files(root: _Element, url: str) -> dict[_Element, Attachment]:
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
        if file := _attachment(address, " ".join(readable(name).split()), url):
            files[element] = file
        if len(files) == MOST_FILES:
            break
    return files


def attachments_of(
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
    parts = _resolved(url, address.strip())
    if parts is None:
        return None
    parameters = [value for values in parse_qs(parts.query).values() for value in values]
    for candidate in (parts.path, *parameters, name):
        if file := FILE_NAME.search(unquote(candidate).strip()):
            shown_in_viewer = candidate in parameters and "viewer" in parts.path.lower()
            target = _resolved(parts.geturl(), candidate) if shown_in_viewer else parts
            return target and Attachment(target.geturl(), name or unquote(file[0]), SUFFIXES[file[1].lower()])
    if DOWNLOAD.search(address):
        return Attachment(parts.geturl(), name, None)
    return None


def _resolved(url: str, address: str) -> SplitResult | None:
    """Where the address leads from there; None where that is nowhere on the web, nor a file beside a saved page."""
    try:
        parts = urlsplit(urljoin(url, address))
    except ValueError:
        return None
    is_web = parts.scheme in ("http", "https") and parts.netloc
    return parts if is_web or not parts.scheme else None
