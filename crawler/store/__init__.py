"""Keeping reports: one immediate transaction each, and an answer of one word."""

import hashlib
import ipaddress
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import astuple, fields
from typing import Literal
from urllib.parse import urlsplit

from crawler.portals import Portal
from crawler.store.database import open_database, transaction
from crawler.store.issuers import judge_issuer, note_issuer
from crawler.store.panel import write_panel, write_panel_of
from crawler.store.revisions import order_revisions, write_content
from crawler.store.totals import write_totals
from parsers.report import Header, Report, to_line

__all__ = ["open_database", "save", "save_all", "store_portals"]

Answer = Literal["new", "revised", "duplicate", "unchanged"]


def save(db: sqlite3.Connection, report: Report, run: int | None = None) -> Answer:
    """Keep what a page said: the whole of it, or nothing.

    new: the first revision of this report_id. revised: another fingerprint than any before. duplicate: a known
    revision at another URL, or on a mirror. unchanged: a known revision at a known URL; its last_seen moves.

    The order in which the same records arrive makes no difference to what is stored. Raises StoreError.
    """
    with transaction(db):
        return keep(db, report, run)


def save_all(db: sqlite3.Connection, reports: Iterable[Report]) -> list[Answer]:
    """`save` for many in one transaction, all or none of them: a fifth of the bytes written, four fifths of the time.

    Raises StoreError.
    """
    with transaction(db):
        return [keep(db, report) for report in reports]


def keep(db: sqlite3.Connection, report: Report, run: int | None = None, renew: bool = False) -> Answer:
    """`save` within a transaction of the caller's. `renew`: a later reading of a fetch takes the place of an earlier."""
    issuer = note_issuer(db, report)
    report_row, is_new = _row(
        db, "reports", {"report_id": report.report_id}, {"issuer": issuer, "year": report.year}
    )
    key = {"report": report_row, "fingerprint": report.fingerprint}
    told = {"issuer": report.issuer, "title": report.title, "template": report.template}
    revision, is_revision = _row(db, "revisions", key, told)
    sighting, is_sighting, is_first = _sighting_row(db, report, revision, run, renew)
    written = is_first and _is_source(db, revision, sighting)
    if written:
        write_content(db, revision, sighting, report)
    if order_revisions(db, report_row) or written:
        if written and _is_current(db, report_row, revision):
            write_panel_of(db, report_row, report)
        else:
            write_panel(db, report_row)
        judge_issuer(db, issuer)
    write_totals(db, report_row)
    if is_new:
        return "new"
    if is_revision:
        return "revised"
    return "duplicate" if is_sighting else "unchanged"


def _is_current(db: sqlite3.Connection, report_row: int, revision: int) -> bool:
    return bool(
        db.execute("SELECT current FROM reports WHERE id = ?", (report_row,)).fetchone()[0] == revision
    )


def _sighting_row(
    db: sqlite3.Connection, report: Report, revision: int, run: int | None, renew: bool
) -> tuple[int, bool, bool]:
    """The row, whether it is new, and whether it now tells of this record: the evidence is that of the first fetch."""
    url, moment = report.source.url, report.source.fetched_at
    record = hashlib.sha256(to_line(report)).hexdigest()[:16]
    told = {"first_seen": moment, "record": record, **_provenance(db, report)}
    row = db.execute(
        "SELECT id, first_seen, last_seen, record FROM sightings WHERE revision = ? AND url = ?",
        (revision, url),
    ).fetchone()
    if row is None:
        values = {"revision": revision, "url": url, "last_seen": moment, "run": run, **told}
        return _insert(db, "sightings", values), True, True
    sighting, first_seen, last_seen, stored = row
    if moment and (not last_seen or moment > last_seen):
        db.execute("UPDATE sightings SET last_seen = ? WHERE id = ?", (moment, sighting))
    if moment == first_seen:
        is_first = renew or record > stored
    else:
        is_first = first_seen is None or (moment is not None and moment < first_seen)
    if is_first:
        assignments = ", ".join(f"{name} = ?" for name in told)
        db.execute(f"UPDATE sightings SET {assignments} WHERE id = ?", (*told.values(), sighting))
    return sighting, False, is_first


def _provenance(db: sqlite3.Connection, report: Report) -> dict[str, object]:
    source, header = report.source, report.header
    portal = portal_row(db, source.portal) if source.portal else None
    printed = {field.name: getattr(header, field.name) for field in fields(Header)}
    return {
        "trusted": is_trusted(db, source.url),
        "portal": portal,
        "family": source.family,
        "requested_url": source.requested_url,
        "status": source.status,
        "encoding": source.encoding,
        "media_type": source.media_type,
        "body_sha256": source.body_sha256,
        "archive": source.archive,
        **printed,
        "other": json.dumps(dict(header.other), ensure_ascii=False),
    }


def is_trusted(db: sqlite3.Connection, url: str) -> bool:
    """Whether a government answers for the page: a host under gov.cn, one of the registry, or a bare number.

    Foreign mirrors keep lists of seized and copied pages; what they show is evidence, never the source of truth.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # no address at all
        return False
    host = parts.hostname or ""
    if host == "gov.cn" or host.endswith(".gov.cn") or parts.scheme not in ("http", "https"):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        places = f" {parts.netloc.lower()} ", f" {host} "
        known = "SELECT 1 FROM portals WHERE instr(' ' || hosts || ' ', ?) OR instr(' ' || hosts || ' ', ?)"
        return db.execute(known, places).fetchone() is not None
    return True


def portal_row(db: sqlite3.Connection, portal: str) -> int:
    return _row(db, "portals", {"portal": portal}, {})[0]


def _is_source(db: sqlite3.Connection, revision: int, sighting: int) -> bool:
    """Whether the sighting's record is the one to show: the first on a trusted host, whenever it arrives."""
    best = db.execute(
        "SELECT id FROM sightings WHERE revision = ? ORDER BY trusted DESC, first_seen IS NULL, first_seen, url LIMIT 1",
        (revision,),
    ).fetchone()
    return bool(best[0] == sighting)


def store_portals(db: sqlite3.Connection, portals: Iterable[Portal]) -> None:
    """Write the registry's rows into the database, for views and for trust in hosts. Raises StoreError."""
    with transaction(db):
        for portal in portals:
            values = dict(zip((field.name for field in fields(Portal)), astuple(portal), strict=True))
            values |= {"portal": values.pop("id"), "hosts": " ".join(portal.own_hosts)}
            del values["tls"]
            names = ", ".join(values)
            marks = ", ".join("?" * len(values))
            updates = ", ".join(f"{name} = excluded.{name}" for name in values)
            db.execute(
                f"INSERT INTO portals ({names}) VALUES ({marks}) ON CONFLICT (portal) DO UPDATE SET {updates}",
                tuple(values.values()),
            )


def stored_portals(db: sqlite3.Connection) -> dict[str, Portal]:
    """Every portal that a registry told of, by id: also those of a registry that is not today's."""
    rows = db.execute(
        "SELECT portal, name, coalesce(region_code, ''), level, family, start_url, hosts, status, coalesce(note, '')"
        " FROM portals WHERE start_url IS NOT NULL"
    )
    return {
        portal: Portal(
            portal, name, region, level, family, start_url, tuple(hosts.split()[1:]), "", status, note
        )
        for portal, name, region, level, family, start_url, hosts, status, note in rows
    }


def _row(
    db: sqlite3.Connection, table: str, key: Mapping[str, object], told: Mapping[str, object]
) -> tuple[int, bool]:
    """The row with this key, made with what else is told where there is none; and whether it is new."""
    where = " AND ".join(f"{name} = ?" for name in key)
    row = db.execute(f"SELECT id FROM {table} WHERE {where}", tuple(key.values())).fetchone()
    return (row[0], False) if row else (_insert(db, table, {**key, **told}), True)


def _insert(db: sqlite3.Connection, table: str, values: dict[str, object]) -> int:
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    row = db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values())).lastrowid
    assert row
    return row
