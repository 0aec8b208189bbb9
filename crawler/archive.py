"""The archive: every fetched report page as WARC records, and the way back from them to pages.

A page is three gzip members written at once: metadata (what the crawl knew of it, as JSON), request, response. The
request holds only the lines that matter for replay. Bodies are stored as read, so a Content-Encoding of the wire is
kept under another name. A file being written is called *.warc.gz.open; a killed run's is mended by the next.
"""

import fcntl
import json
import mmap
import os
import zlib
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.items import Page

MAX_SIZE = 256 * 1024 * 1024  # bytes of a file, after which the next is begun: one that is easily copied
LEVEL = 6  # of compression: warcio's own 9 takes nearly twice the time for 2 % less
GZIP = 31  # "wbits" of a gzip member
CHUNK = 1 << 16  # bytes unpacked at once
OPEN = ".open"
WIRE = ("content-encoding", "transfer-encoding", "content-length")  # of the answer as sent, not as stored
KEPT = "x-archive-orig-"  # before the names of these
KNOWN_TO_THE_CRAWL = (
    *("portal", "family", "requested_url", "fetched_at"),
    *("listed_title", "listed_date", "listed_index_number"),
)


class DamagedArchive(ValueError):
    """A closed file of which not all can be read; the message says where."""


class Archive:
    """The WARC files of one run, in one directory. Raises OSError: no room, no right to write."""

    def __init__(self, directory: Path, run: str, agent: str, max_size: int = MAX_SIZE) -> None:
        self.directory = directory
        self.run = run  # begins the files' names: must not be that of another run
        self.agent = agent  # User-Agent of the crawl
        self.max_size = max_size
        self.number = 0
        self.file: IO[bytes] | None = None
        directory.mkdir(parents=True, exist_ok=True)
        mend_archive(directory)

    def write(self, page: Page) -> str:
        """Where the page's response now is: "<file>#<offset>". A shell is written before its page."""
        if self.file is None or self.file.tell() >= self.max_size:
            self._next_file()
        assert self.file is not None
        offset = _write_page(self.file, page, self.agent)
        return f"{self._name()}#{offset}"

    def close(self) -> None:
        if self.file is not None:
            self.file.close()
            (self.directory / (self._name() + OPEN)).rename(self.directory / self._name())
            self.file = None

    def _name(self) -> str:
        return f"{self.run}-{self.number:05}.warc.gz"

    def _next_file(self) -> None:
        self.close()
        self.number += 1
        self.file = (self.directory / (self._name() + OPEN)).open("xb")
        fcntl.flock(self.file, fcntl.LOCK_EX)  # tells the next run that this one is alive
        writer = WARCWriter(self.file, gzip=True)
        info = {"software": self.agent, "format": "WARC File Format 1.0", "isPartOf": self.run}
        writer.write_record(writer.create_warcinfo_record(self._name(), info))


def _write_page(file: IO[bytes], page: Page, agent: str) -> int:
    """Append the page's members in one go, so that a kill leaves all of it or a tail that can be cut off."""
    records = [
        _records(one, agent, {"is_shell": one is not page, "has_shell": one.shell is not None})
        for one in reversed(page.chain)
    ]
    *before_it, response = (member for members in records for member in members)
    before = b"".join(before_it)
    offset = file.tell() + len(before)
    file.write(before + response)
    file.flush()
    return offset


def _records(page: Page, agent: str, more: dict[str, object]) -> tuple[bytes, bytes, bytes]:
    moment = page.fetched_at[:19] + "Z"
    known = {name: getattr(page, name) for name in KNOWN_TO_THE_CRAWL} | more
    target = urlsplit(page.url)
    path = (target.path or "/") + (f"?{target.query}" if target.query else "")
    asked = StatusAndHeaders(
        f"{path} HTTP/1.1",
        [("Host", target.netloc), ("User-Agent", agent)],
        protocol="GET",
        is_http_request=True,
    )
    headers = {
        (KEPT + name if name in WIRE else name): " ".join(value.split())
        for name, value in page.headers.items()
    } | {"content-length": str(len(page.body))}
    answered = StatusAndHeaders(
        f"{page.status} {_phrase(page.status)}", list(headers.items()), protocol="HTTP/1.1"
    )
    facts = json.dumps(known, ensure_ascii=False).encode()
    return (
        _record("metadata", page.url, moment, facts, content_type="application/json"),
        _record("request", page.url, moment, b"", asked),
        _record("response", page.url, moment, page.body, answered),
    )


def _record(
    kind: str,
    url: str,
    moment: str,
    payload: bytes,
    http: StatusAndHeaders | None = None,
    content_type: str = "",
) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=False)
    record = writer.create_warc_record(
        url,
        kind,
        payload=BytesIO(payload),
        length=len(payload),
        http_headers=http,
        warc_content_type=content_type,
        warc_headers_dict={"WARC-Date": moment},
    )
    writer.write_record(record)
    return zlib.compress(out.getvalue(), LEVEL, GZIP)


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Unknown"


def archive_files(directory: Path) -> list[Path]:
    """Every WARC file, oldest first; one that is being written is among them."""
    names = [*directory.glob("*.warc.gz"), *directory.glob("*.warc.gz" + OPEN)]
    return sorted(names, key=lambda path: path.name.removesuffix(OPEN))


def read_archive(path: Path) -> Iterator[tuple[Page, str]]:
    """The pages of one file with their places "<file>#<offset>".

    A page cut off at the end of a file that nobody closed is left out. Raises DamagedArchive after the last page, when
    others of a closed file could not be read.
    """
    shell: Page | None = None
    known: dict[str, Any] | None = None
    for kind, url, http, payload, offset in _read_records(path):
        if kind == "damage":  # what follows may be the rest of another page
            shell = known = None
        elif kind == "metadata":
            known = json.loads(payload)
        elif kind == "response" and known is not None:
            page = _page(known, url, http, payload)
            page = replace(page, shell=shell if known.get("has_shell") else None)
            if known.get("is_shell"):
                shell = page
                continue
            yield page, f"{path.name.removesuffix(OPEN)}#{offset}"
            shell = known = None


def _read_records(path: Path) -> Iterator[tuple[str, str, StatusAndHeaders | None, bytes, int]]:
    """Kind, address, HTTP headers, payload, place; "damage" where records are missing before the next whole one."""
    damaged = []
    with path.open("rb") as file:
        for start, _, member in _members(file):
            if member is None:
                damaged.append(str(start))
                yield "damage", "", None, b"", start
                continue
            try:
                for record in ArchiveIterator(BytesIO(member)):
                    url = record.rec_headers.get_header("WARC-Target-URI") or ""
                    yield record.rec_type, url, record.http_headers, record.content_stream().read(), start
            except (
                ArchiveLoadFailed,
                AttributeError,
            ):  # no record; the latter is what warcio raises for half a one
                damaged.append(str(start))
                yield "damage", "", None, b"", start
    if damaged and path.suffix != OPEN:
        places = ", ".join(damaged)
        raise DamagedArchive(f"{path.name}: damaged after byte {places}; the pages around it were read")


def _members(file: IO[bytes], start: int = 0) -> Iterator[tuple[int, int, bytes | None]]:
    """Where each gzip member begins and ends, and what it holds: None for one that is not whole, to its last bit."""
    if not os.fstat(file.fileno()).st_size:
        return
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        while 0 <= start < len(data):
            member, content, end = zlib.decompressobj(GZIP), b"", start
            try:
                while not member.eof and end < len(data):
                    content += member.decompress(data[end : end + CHUNK])
                    end = min(end + CHUNK, len(data)) - len(member.unused_data)
            except zlib.error:
                pass
            if member.eof:
                yield start, end, content
                start = end
            else:
                yield start, end, None
                start = _next_record(data, start + 1)


def _next_record(data: mmap.mmap, start: int) -> int:
    """Where the next gzip member that holds a WARC record begins; -1 for none."""
    while (start := data.find(b"\x1f\x8b\x08", start)) >= 0:
        try:
            if zlib.decompressobj(GZIP).decompress(data[start : start + 512], 5) == b"WARC/":
                break
        except zlib.error:
            pass
        start += 1
    return start


def _page(known: dict[str, Any], url: str, http: StatusAndHeaders, body: bytes) -> Page:
    headers = {name.removeprefix(KEPT): value for name, value in http.headers if name not in WIRE}
    return Page(
        url=url,
        status=int(http.get_statuscode()),
        content_type=headers.get("content-type", ""),
        body=body,
        headers=headers,
        **{name: known[name] for name in KNOWN_TO_THE_CRAWL},
    )


def archived_page(directory: Path, place: str) -> Page:
    """The page at "<file>#<offset>", without its shell. Raises OSError, or ValueError when no page is there."""
    name, _, offset = place.partition("#")
    path = next((path for path in archive_files(directory) if path.name.removesuffix(OPEN) == name), None)
    if path is None:
        raise FileNotFoundError(f"{name}: not in the archive")
    with path.open("rb") as file:
        _, _, member = next(_members(file, int(offset)), (0, 0, None))
    for record in ArchiveIterator(BytesIO(member or b"")):
        if record.rec_type == "response":
            known = dict.fromkeys(KNOWN_TO_THE_CRAWL, "")
            url = record.rec_headers.get_header("WARC-Target-URI")
            return _page(known, url, record.http_headers, record.content_stream().read())
    raise ValueError(f"{place}: no response there")


def mend_archive(directory: Path) -> None:
    """Close the files that killed runs left open: cut off a member that is not whole. Those being written stay."""
    for path in directory.glob("*.warc.gz" + OPEN):
        with path.open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            ends = [end for _, end, member in _members(file) if member is not None]
            os.truncate(file.fileno(), max(ends, default=0))
        path.rename(path.with_name(path.name.removesuffix(OPEN)))
