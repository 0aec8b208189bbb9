"""What a revision says, and in which order a report's revisions were published."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import chain

from crawler.store.database import Cell, Database, insert_rows
from crawler.store.panel import number
from crawler.store.search import forget_revision, index_revision
from crawler.store.shingles import forget_shingles, keep_shingles
from parsers.report import Figure, Report, Section

Row = tuple[object, ...]
Told = tuple[int, str | None, str | None, str | None]  # trust, published_on, first_seen, last_seen

TEXT_WORTH_COMPARING = 200  # characters; shorter reports are alike by their nature


def text_hash(report: Report) -> str | None:
    """One value for one prose under whatever body's name; None for a text too short to tell anything."""
    text = re.sub(r"\s", "", "".join(section.text for section in report.sections)).replace(report.issuer, "")
    if len(text) < TEXT_WORTH_COMPARING:
        return None
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write_content(db: sqlite3.Connection, revision: int, sighting: int, report: Report) -> None:
    """Let the revision say what this sighting's record says, instead of what stood there."""
    written = db.execute("SELECT source FROM revisions WHERE id = ?", (revision,)).fetchone()[0] is not None
    if written:
        forget_revision(db, revision)
        forget_shingles(db, revision)
    db.execute(
        "UPDATE revisions SET source = ?, issuer = ?, issuer_code = ?, region_code = ?, title = ?, template = ?,"
        " period_start = ?, period_end = ?, text_hash = ? WHERE id = ?",
        (
            *(sighting, report.issuer, report.issuer_code, report.region_code, report.title, report.template),
            *(report.period_start, report.period_end, text_hash(report), revision),
        ),
    )
    for table, columns, rows in _content(db, report):
        if written:
            db.execute(f"DELETE FROM {table} WHERE revision = ?", (revision,))
        placed = [(revision, position, *row) for position, row in enumerate(rows)]
        insert_rows(db, table, ("revision", "position", *columns), placed)
    index_revision(db, revision, report)
    keep_shingles(db, revision, report)


def _content(db: sqlite3.Connection, report: Report) -> Iterator[tuple[str, tuple[str, ...], Iterable[Row]]]:
    """Each table of a revision's content: its name, its own columns, its rows."""
    sections = ("level", "number", "key", "title", "text", "path")
    yield "sections", sections, section_rows(report.sections)
    yield "figure_values", ("cell", "value", "raw"), _figure_rows(db, report.figures)
    tables = ((one.section, one.caption, json.dumps(one.rows, ensure_ascii=False)) for one in report.tables)
    yield "tables", ("section", "caption", "rows"), tables
    checks = ((c.rule, c.table, c.scope, number(c.left), number(c.right), c.passed) for c in report.checks)
    yield "checks", ("rule", '"table"', "scope", "left", "right", "passed"), checks
    mentions = ((one.key, number(one.value), one.quote, one.section) for one in report.mentions)
    yield "mentions", ("key", "value", "quote", "section"), mentions
    yield "unread", ('"table"', "text", "reason"), (astuple(unread) for unread in report.unread)
    yield "attachments", ("url", "name", "media_type"), (astuple(file) for file in report.attachments)


def section_rows(sections: Sequence[Section]) -> Iterator[Row]:
    """The rows of the sections, each with its path: 一（二） is （二） below 一; a path met again is marked."""
    met: dict[str, int] = {}
    above = ""
    for section in sections:
        name = section.number or section.key or section.title
        above = name if section.level == 1 else above
        path = name if section.level == 1 else above + name
        met[path] = met.get(path, 0) + 1
        path += f" #{met[path]}" if met[path] > 1 else ""
        yield section.level, section.number, section.key, section.title, section.text, path


def _figure_rows(db: sqlite3.Connection, figures: Sequence[Figure]) -> list[Row]:
    """Cell, value, raw; raw is left out where it prints the value and nothing else, as nearly everywhere."""
    cells = _cells(db)
    rows: list[Row] = []
    for figure in figures:
        value, raw = figure.value, figure.raw
        name = (figure.table, figure.row, figure.column, figure.unit)
        cell = cells.get(name) or _new_cell(db, name)
        plain = type(value) is int and raw == str(value) and -(2**63) < value < 2**63
        rows.append((cell, value, None) if plain else (cell, number(value), raw))
    return rows


def _cells(db: sqlite3.Connection) -> dict[Cell, int]:
    """The rows of `cells`: remembered, since every report needs them all and nearly none adds one."""
    known = db.cells if isinstance(db, Database) else {}
    if not known:
        rows = db.execute('SELECT "table", row, "column", unit, id FROM cells')
        known.update({(table, row, column, unit): cell for table, row, column, unit, cell in rows})
    return known


def _new_cell(db: sqlite3.Connection, name: Cell) -> int:
    """One that is not remembered; another process may have stored it meanwhile."""
    db.execute('INSERT OR IGNORE INTO cells ("table", row, "column", unit) VALUES (?, ?, ?, ?)', name)
    select = 'SELECT id FROM cells WHERE "table" = ? AND row = ? AND "column" = ? AND unit = ?'
    cell: int = db.execute(select, name).fetchone()[0]
    _cells(db)[name] = cell
    return cell


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting, as far as the order of revisions depends on it."""

    url: str
    trusted: int
    published_on: str | None
    first_seen: str | None
    last_seen: str | None


def order_revisions(db: sqlite3.Connection, report: int) -> bool:
    """Set what follows from the report's sightings: moments, trust, order, the current revision; True if it moved.

    Current is the revision published last, by the earliest 公开日期 that its sightings print, or by the day on which it
    was first seen, where that date is misprinted for a later one, but not before what stood at its address until then;
    when equal, one that its page still shows; then the one first seen last. One seen on trusted hosts goes before any
    that was not.
    """
    stored: dict[int, tuple[object, ...]] = {}
    seen: dict[int, list[Seen]] = {}
    keys: dict[int, str] = {}
    for revision, fingerprint, *row in db.execute(
        "SELECT r.id, fingerprint, previous, r.trusted, r.published_on, r.first_seen, r.last_seen,"
        " s.url, s.trusted, s.published_on, s.first_seen, s.last_seen"
        " FROM revisions AS r JOIN sightings AS s ON s.revision = r.id WHERE report = ?",
        (report,),
    ):
        keys[revision], stored[revision] = fingerprint, tuple(row[:5])
        seen.setdefault(revision, []).append(Seen(*row[5:]))
    latest: dict[str, str] = {}
    for one in chain.from_iterable(seen.values()):
        latest[one.url] = max(latest.get(one.url, ""), one.last_seen or "")
    told = {revision: _told(sightings) for revision, sightings in seen.items()}
    days = _days(seen, told)

    def published(revision: int) -> tuple[object, ...]:
        trusted, _, first_seen, _ = told[revision]
        shown = any(one.last_seen is None or one.last_seen >= latest[one.url] for one in seen[revision])
        return trusted, days[revision], shown, first_seen or "", keys[revision]

    order = sorted(told, key=published)
    for previous, revision in zip((None, *order), order, strict=False):
        if stored[revision] != (values := (previous, *told[revision])):
            db.execute(
                "UPDATE revisions SET previous = ?, trusted = ?, published_on = ?, first_seen = ?, last_seen = ?"
                " WHERE id = ?",
                (*values, revision),
            )
    current = order[-1]
    moved = db.execute(
        "UPDATE reports SET current = ? WHERE id = ? AND current IS NOT ?", (current, report, current)
    )
    return bool(moved.rowcount)


def _days(seen: Mapping[int, Sequence[Seen]], told: Mapping[int, Told]) -> dict[int, str]:
    """When each revision was published, as far as that can be told; what takes another's place came after it."""
    days = {
        revision: min(published_on or "", (first_seen or "9")[:10])
        for revision, (_, published_on, first_seen, _) in told.items()
    }
    stood: dict[str, str] = {}  # the latest day at each address so far
    places = [(one.first_seen or "", days[row], one.url, row) for row, some in seen.items() for one in some]
    for _, _, url, revision in sorted(places):
        stood[url] = days[revision] = max(days[revision], stood.get(url, ""))
    return days


def _told(sightings: Sequence[Seen]) -> Told:
    """Trust, publication, first and last moment of a revision: by its trusted sightings, where there are any."""
    trusted = max(one.trusted for one in sightings)
    best = [one for one in sightings if one.trusted == trusted]
    return (
        trusted,
        min((one.published_on for one in best if one.published_on is not None), default=None),
        min((one.first_seen for one in best if one.first_seen is not None), default=None),
        max((one.last_seen for one in best if one.last_seen is not None), default=None),
    )
