"""The export as JSON lines: each line whole, each sighting once, whatever kills the crawl."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exporters import JsonLinesItemExporter
from scrapy.extensions.feedexport import FileFeedStorage

from crawler.runs import cannot_store, stopped
from crawler.store.database import StoreError
from parsers.report import Report, to_line

Line = tuple[str, str]  # final address and fingerprint: what tells a line from others
TAIL = 1 << 24  # bytes at the end of a feed that a killed crawl may not have noted as written


class ReportLines(JsonLinesItemExporter):
    """The contract's record, one object a line; a page whose line is there already is left out."""

    def __init__(self, file: Any, crawler: Crawler, **options: Any) -> None:
        super().__init__(file, **options)
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler, file: Any, **options: Any) -> "ReportLines":
        return cls(file, crawler, **options)

    def export_item(self, item: object) -> None:
        if not isinstance(item, Report) or stopped(self.crawler):
            return
        rest = memoryview(to_line(item) + b"\n")
        try:
            while rest:  # a disk that is nearly full takes a part
                rest = rest[self.file.write(rest) :]
        except OSError as error:
            cannot_store(self.crawler, StoreError(f"{self.file.name}: {error.strerror}"))


class UnbufferedFile(FileFeedStorage):
    """A line is in the file when it is written, not when a buffer is full."""

    def open(self, spider: Spider) -> IO[bytes]:
        path = Path(self.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open(self.write_mode, buffering=0)


def feed_files(feeds: dict[str, Any]) -> Iterator[Path]:
    """The JSON lines on this machine to which the crawl appends."""
    for address, options in feeds.items():
        plain = "://" not in str(address) and "%(" not in str(address)
        if plain and options.get("format") == "jsonlines" and not options.get("overwrite"):
            yield Path(address)


def mend_feed(path: Path) -> list[Line]:
    """Cut off a last line that a kill left unfinished; what the last lines are. A missing file has none."""
    if not path.exists():
        return []
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        start = file.seek(max(0, size - TAIL))
        tail = file.read()
        whole = tail.rfind(b"\n") + 1
        if whole < len(tail):
            file.truncate(start + whole)
    lines = tail[:whole].splitlines()
    return [line for text in (lines[1:] if start else lines) if (line := _line(text))]


def _line(text: bytes) -> Line | None:
    try:
        record = json.loads(text)
        return record["source"]["url"], record["fingerprint"]
    except (ValueError, KeyError, TypeError):
        return None  # somebody else's line: `scrapy load` will name it


def note_exported(db: sqlite3.Connection, lines: Iterable[Line]) -> None:
    """Within a transaction: these lines stand in the export."""
    db.executemany(
        "UPDATE sightings SET exported = 1 WHERE url = ? AND exported = 0"
        " AND revision IN (SELECT id FROM revisions WHERE fingerprint = ?)",
        lines,
    )


def is_exported(db: sqlite3.Connection, report: Report) -> bool:
    return bool(
        db.execute(
            "SELECT exported FROM sightings JOIN revisions ON revisions.id = revision"
            " WHERE url = ? AND fingerprint = ? ORDER BY exported DESC LIMIT 1",
            (report.source.url, report.fingerprint),
        ).fetchone()[0]
    )


def forget_unexported(db: sqlite3.Connection) -> None:
    """Within a transaction: ask in full for pages whose line a killed run did not come to write."""
    db.execute(
        "DELETE FROM pages WHERE url IN"
        " (SELECT requested_url FROM sightings WHERE exported = 0 AND run IS NOT NULL)"
    )
