"""Readings renewed: what today's readers see in the same bytes takes the place of what earlier ones saw.

A revision is what a body published, and is never deleted; what a reader misread was never published.
"""

import sqlite3
from collections import Counter

from crawler.store import keep
from crawler.store.database import transaction
from crawler.store.issuers import judge_issuer
from crawler.store.panel import write_panel
from crawler.store.revisions import order_revisions
from crawler.store.search import forget_revision
from crawler.store.shingles import forget_shingles
from crawler.store.totals import write_totals
from parsers.report import Report

CONTENT = {
    "sections": "level, number, key, title, text",
    "figure_values": "cell, value, raw",
    "tables": "section, caption, rows",
    "checks": 'rule, "table", scope, left, right, passed',
    "mentions": "key, value, quote, section",
    "unread": '"table", text, reason',
    "attachments": "url, name, media_type",
    "revisions": "issuer, issuer_code, region_code, title, template, period_start, period_end",
}
Content = dict[str, Counter[tuple[object, ...]]]


def reread(db: sqlite3.Connection, report: Report) -> str:
    """Store the new reading of an archived page; "" when nothing changed, else what did: "figures 3, checks 1".

    Raises StoreError.
    """
    with transaction(db):
        before = _shown(db, report)
        answer = keep(db, report, renew=True)
        stale = _withdraw(db, report.source.url, report.source.body_sha256, report)
        if before is None:
            return "read differently" if stale else answer
        changes = _differences(before, _shown(db, report) or {})
        return ", ".join(filter(None, ("read differently" if stale else "", changes)))


def withdraw(db: sqlite3.Connection, url: str, body_sha256: str) -> bool:
    """Take back what was read from these bytes, since today's readers see no report in them; True if anything was.

    Raises StoreError.
    """
    with transaction(db):
        return _withdraw(db, url, body_sha256, None)


def _shown(db: sqlite3.Connection, report: Report) -> Content | None:
    """The stored content of the revision that the report is, row by row; None when it is not stored."""
    row = db.execute(
        "SELECT revisions.id FROM revisions JOIN reports ON reports.id = report"
        " WHERE report_id = ? AND fingerprint = ?",
        (report.report_id, report.fingerprint),
    ).fetchone()
    if row is None:
        return None
    content: Content = {}
    for table, columns in CONTENT.items():
        key = "id" if table == "revisions" else "revision"
        content[table] = Counter(db.execute(f"SELECT {columns} FROM {table} WHERE {key} = ?", row))
    return content


def _differences(before: Content, after: Content) -> str:
    """How many rows of each kind are other than before: "figures 3, checks 1"."""
    counts = {
        table: max((before[table] - after[table]).total(), (after[table] - before[table]).total())
        for table in CONTENT
    }
    names = {"figure_values": "figures", "revisions": "description"}
    return ", ".join(f"{names.get(table, table)} {count}" for table, count in counts.items() if count)


def _withdraw(db: sqlite3.Connection, url: str, body_sha256: str, report: Report | None) -> bool:
    """Delete sightings of these bytes as anything but this report, and what is left without a sighting."""
    stale = db.execute(
        "SELECT sightings.id, revisions.id, reports.id, sightings.last_seen FROM sightings"
        " JOIN revisions ON revisions.id = sightings.revision JOIN reports ON reports.id = revisions.report"
        " WHERE url = ? AND body_sha256 = ? AND NOT (report_id = ? AND fingerprint = ?)",
        (url, body_sha256, *((report.report_id, report.fingerprint) if report else ("", ""))),
    ).fetchall()
    for sighting, revision, report_row, last_seen in stale:
        if report:  # what was seen again without being fetched again, stays seen
            db.execute(
                "UPDATE sightings SET last_seen = ? WHERE url = ? AND body_sha256 = ? AND last_seen < ? AND id <> ?",
                (last_seen, url, body_sha256, last_seen, sighting),
            )
        db.execute("DELETE FROM sightings WHERE id = ?", (sighting,))
        db.execute(
            "UPDATE revisions SET source = (SELECT id FROM sightings WHERE revision = ?"
            " ORDER BY trusted DESC, first_seen IS NULL, first_seen, url LIMIT 1) WHERE source = ?",
            (revision, sighting),
        )
        _tidy(db, revision, report_row)
    return bool(stale)


def _tidy(db: sqlite3.Connection, revision: int, report_row: int) -> None:
    if not db.execute("SELECT 1 FROM sightings WHERE revision = ?", (revision,)).fetchone():
        forget_revision(db, revision)
        forget_shingles(db, revision)
        for table in CONTENT:
            if table != "revisions":
                db.execute(f"DELETE FROM {table} WHERE revision = ?", (revision,))
        db.execute("UPDATE revisions SET previous = NULL WHERE previous = ?", (revision,))
        db.execute("DELETE FROM revisions WHERE id = ?", (revision,))
    if db.execute("SELECT 1 FROM revisions WHERE report = ?", (report_row,)).fetchone():
        order_revisions(db, report_row)
        write_panel(db, report_row)
        write_totals(db, report_row)
        judge_issuer(db, db.execute("SELECT issuer FROM reports WHERE id = ?", (report_row,)).fetchone()[0])
        return
    db.execute("DELETE FROM panel WHERE report = ?", (report_row,))
    db.execute("DELETE FROM report_totals WHERE report = ?", (report_row,))
    db.execute("DELETE FROM reports WHERE id = ?", (report_row,))
    db.execute("DELETE FROM issuer_names WHERE issuer NOT IN (SELECT issuer FROM reports)")
    db.execute("DELETE FROM issuers WHERE id NOT IN (SELECT issuer FROM reports)")
