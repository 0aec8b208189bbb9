"""Files that nothing reads, as lines of JSON: how a worker delivers them, and `scrapy load` merges them."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, fields
from pathlib import Path

import msgspec

from crawler.store.crawl_log import UnreadFile, note_unread_file
from crawler.store.database import open_database

MARK = "unread_file"  # the only key of such a line, which no record of a report has


def unread_lines(database: Path) -> Iterator[bytes]:
    """A line for each of the database's."""
    names = [field.name for field in fields(UnreadFile) if field.name not in ("portal", "at")]
    query = (
        f"SELECT portals.portal, last_seen, {', '.join(f'unread_files.{name}' for name in names)}"
        " FROM unread_files JOIN portals ON portals.id = unread_files.portal ORDER BY url"
    )
    with closing(open_database(database)) as db:
        for portal, at, *rest in db.execute(query):
            file = UnreadFile(portal=portal, at=at, **dict(zip(names, rest, strict=True)))
            yield json.dumps({MARK: asdict(file)}, ensure_ascii=False).encode() + b"\n"


def unread_file_of(line: bytes) -> UnreadFile | None:
    """What such a line tells; None for any other. Raises ValueError when it tells it wrongly."""
    if not line.startswith(b'{"' + MARK.encode()):
        return None
    try:
        file: UnreadFile = msgspec.json.decode(line, type=dict[str, UnreadFile])[MARK]
    except (msgspec.DecodeError, UnicodeError) as error:
        raise ValueError(f"{MARK}: {error}") from None
    return file


def merge_unread_file(db: sqlite3.Connection, file: UnreadFile) -> None:
    """Remember it, unless a report has been read at its address, or it was met later. Raises StoreError."""
    read = "SELECT 1 FROM sightings WHERE url = :url OR requested_url = :url"
    later = "SELECT 1 FROM unread_files WHERE url = :url AND last_seen > :at"
    if not db.execute(f"{read} UNION {later}", {"url": file.url, "at": file.at}).fetchone():
        note_unread_file(db, file, None)
