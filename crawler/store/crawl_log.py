"""What the crawls met: runs, portals, addresses, and reports that are no longer there."""

import sqlite3
from dataclasses import asdict, astuple, dataclass, fields
from typing import Literal

from crawler.store import portal_row
from crawler.store.database import transaction
from parsers.identity import report_id
from parsers.report import Address, Moment


def begin_run(db: sqlite3.Connection, started_at: str, arguments: str) -> int:
    """A new run; `arguments` are the spider's. Raises StoreError."""
    with transaction(db):
        insert = "INSERT INTO runs (started_at, arguments) VALUES (?, ?)"
        run = db.execute(insert, (started_at, arguments)).lastrowid
        assert run
        return run


def last_moment(db: sqlite3.Connection) -> str:
    """When a run last began or ended; "" before the first."""
    query = "SELECT coalesce(max(max(started_at, coalesce(ended_at, ''))), '') FROM runs"
    return str(db.execute(query).fetchone()[0])


def end_run(db: sqlite3.Connection, run: int, ended_at: str, outcome: str) -> None:
    """A run that was killed has no end: that is how one tells. Raises StoreError."""
    with transaction(db):
        db.execute("UPDATE runs SET ended_at = ?, outcome = ? WHERE id = ?", (ended_at, outcome, run))


@dataclass(frozen=True, slots=True)
class PortalVisit:
    """What a run met on one portal: a row of run_portals."""

    portal: str  # id in the registry
    outcome: Literal["reached", "blocked", "unreachable", "robots", "failed"]
    reason: str | None = None  # what blocked it, in words
    family: str | None = None
    requests: int = 0
    listings: int = 0
    pages: int = 0
    not_reports: int = 0
    unreadable: int = 0
    new: int = 0
    revised: int = 0
    duplicate: int = 0
    unchanged: int = 0
    gone: int = 0
    errors: int = 0
    seconds: float = 0.0


def note_portal(db: sqlite3.Connection, run: int, visit: PortalVisit) -> None:
    """Write or renew the run's row for the portal, with how much was read and not read. Raises StoreError."""
    names = [field.name for field in fields(PortalVisit)]
    with transaction(db):
        portal = portal_row(db, visit.portal)
        seen = "FROM sightings JOIN {} AS t USING (revision) WHERE sightings.portal = ? AND sightings.run = ?"
        read = [
            db.execute(f"SELECT count(*) {seen.format(table)}", (portal, run)).fetchone()[0]
            for table in ("figure_values", "unread")
        ]
        db.execute(
            f"INSERT OR REPLACE INTO run_portals (run, {', '.join(names)}, cells, unread)"
            f" VALUES (?{', ?' * len(names)}, ?, ?)",
            (run, portal, *astuple(visit)[1:], *read),
        )


@dataclass(frozen=True, slots=True)
class KnownPage:
    """What the last answer of an address said of itself."""

    url: str  # as requested
    checked_at: str  # UTC, ISO
    status: int
    kind: Literal["report", "listing", "neither"]
    etag: str | None = None
    last_modified: str | None = None
    listed_date: str | None = None  # what the listing printed beside the link
    links: str | None = None  # of a listing: what was taken up from it, for an answer 304
    family: str | None = None  # of a listing
    rows_hash: str | None = None  # of a listing: what it showed and declared, as crawler.revisit hashes it
    year: int | None = None  # of the report that stands there; not written, read from its revision
    rows_since: str | None = None  # of a listing: since when it shows the same; not written, as the year


def known_page(db: sqlite3.Connection, url: str) -> KnownPage | None:
    row = db.execute(
        "SELECT url, checked_at, status, kind, etag, last_modified, listed_date, links, family, rows_hash,"
        " (SELECT reports.year FROM revisions JOIN reports ON reports.id = revisions.report"
        " WHERE revisions.id = pages.revision), rows_since FROM pages WHERE url = ?",
        (url,),
    ).fetchone()
    return KnownPage(*row) if row else None


def report_pages(db: sqlite3.Connection, portal: str, since: int) -> list[str]:
    """Addresses that gave the portal's reports as pages of their own, but for those that said they are gone."""
    rows = db.execute(
        "SELECT DISTINCT pages.url FROM portals JOIN sightings AS s ON s.portal = portals.id"
        " JOIN pages ON pages.url = s.requested_url JOIN revisions AS r ON r.id = s.revision"
        " JOIN reports ON reports.id = r.report"
        " WHERE portals.portal = ? AND year >= ? AND media_type = 'text/html' AND pages.links IS NULL",
        (portal, since),
    )
    return [url for (url,) in rows]


def note_page(db: sqlite3.Connection, page: KnownPage) -> None:
    """Remember a full answer, for the next conditional request. Raises StoreError."""
    with transaction(db):
        keep_page(db, page)


def keep_page(db: sqlite3.Connection, page: KnownPage) -> None:
    """`note_page` within a transaction of the caller's, with the revision that was last seen on the page."""
    db.execute(
        "INSERT OR REPLACE INTO pages"
        " (url, checked_at, status, kind, etag, last_modified, listed_date, links, family, rows_hash, rows_since, revision)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce((SELECT rows_since FROM pages WHERE url = ? AND rows_hash = ?), ?),"
        " (SELECT revision FROM sightings WHERE requested_url = ? AND ? = 'report' ORDER BY last_seen DESC LIMIT 1))",
        (
            *(*astuple(page)[:-2], page.url, page.rows_hash, page.checked_at if page.rows_hash else None),
            *(page.url, page.kind),
        ),
    )


def keep_shell(db: sqlite3.Connection, shell: KnownPage, file: str) -> None:
    """`keep_page` of a page that shows a file: it stands for the report that was read from there."""
    keep_page(db, shell)
    db.execute(
        "UPDATE pages SET revision = (SELECT revision FROM pages WHERE url = ?) WHERE url = ?",
        (file, shell.url),
    )


def note_unchanged(db: sqlite3.Connection, url: str, at: str) -> None:
    """The address answered 304: what stood there still does, so its last_seen moves. Raises StoreError."""
    with transaction(db):
        db.execute("UPDATE pages SET checked_at = ? WHERE url = ?", (at, url))
        db.execute(
            "UPDATE sightings SET last_seen = ? WHERE requested_url = ? AND last_seen < ?"
            " AND revision = (SELECT revision FROM pages WHERE url = ?)",
            (at, url, at, url),
        )
        db.execute(
            "UPDATE revisions SET last_seen = ? WHERE id = (SELECT revision FROM pages WHERE url = ?)"
            " AND last_seen < ?",
            (at, url, at),
        )


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that stands where a report should and that no reader opens: a row of unread_files."""

    url: Address
    portal: str  # id in the registry
    media_type: str
    size: int  # bytes
    body_sha256: str
    reason: str  # in words
    at: Moment  # UTC, ISO
    page: Address | None = None  # that links to it or shows it; None: a listing gives the file itself
    title: str | None = None  # as the listing prints it
    issuer: str | None = None
    year: int | None = None
    index_number: str | None = None
    listed_on: str | None = None


def note_unread_file(db: sqlite3.Connection, file: UnreadFile, run: int | None) -> None:
    """Remember it, so that the report is known to exist. Raises StoreError."""
    row = asdict(file)
    at = row.pop("at")
    row["report_id"] = report_id(file.issuer, file.year) if file.issuer and file.year else None
    row |= {"first_seen": at, "last_seen": at, "run": run}
    later = [name for name in row if name not in ("url", "first_seen", "run")]
    with transaction(db):
        row["portal"] = portal_row(db, file.portal)
        db.execute(
            f"INSERT INTO unread_files ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})"
            f" ON CONFLICT (url) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in later)}",
            row,
        )


def forget_unread_file(db: sqlite3.Connection, *urls: str) -> None:
    """A report was read at this address, within a transaction of the caller's."""
    db.executemany("DELETE FROM unread_files WHERE url = ?", [(url,) for url in urls])


def note_gone(
    db: sqlite3.Connection,
    url: str,
    at: str,
    evidence: Literal["404", "410", "soft 404"],
    run: int | None = None,
) -> None:
    """The address itself said that the page is not there. Silence, a block or an error is no such evidence.

    An absence lasts until the page is seen again; what vanishes afterwards is another absence. An address that never
    showed a report is none. Raises StoreError.
    """
    with transaction(db):
        seen = db.execute(
            "SELECT max(last_seen) FROM sightings WHERE url = ? OR requested_url = ?", (url, url)
        ).fetchone()[0]
        known = known_page(db, url)
        if seen is None and (known is None or known.kind != "report"):
            return
        # nothing to be conditional on; that the link is dead stays known
        db.execute("DELETE FROM pages WHERE url = ? AND status < 300", (url,))
        last = db.execute(
            "SELECT first_gone, last_gone FROM absences WHERE url = ? ORDER BY first_gone DESC LIMIT 1",
            (url,),
        ).fetchone()
        if last and (seen is None or seen <= last[1]):
            moment = max(at, last[1])
            db.execute(
                "UPDATE absences SET last_gone = ? WHERE url = ? AND first_gone = ?", (moment, url, last[0])
            )
            return
        db.execute("INSERT OR REPLACE INTO absences VALUES (?, ?, ?, ?, ?)", (url, at, at, evidence, run))
