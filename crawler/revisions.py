"""What a revision says, and in which order a report's revisions were published."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple

from crawler.search import forget_revision, index_revision
from crawler.shingles import forget_shingles, keep_shingles
from parsers.report import Figure, Report, Section

Row = tuple[object, ...]

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
        " period_start = ?, period_end = ? WHERE id = ?",
        (
            *(sighting, report.issuer, report.issuer_code, report.region_code, report.title, report.template),
            *(report.period_start, report.period_end, revision),
        ),
    )
    for table, columns, rows in _content(db, report):
        if written:
            db.execute(f"DELETE FROM {table} WHERE revision = ?", (revision,))
        marks = ", ".join("?" * len(columns))
        db.executemany(
            f"INSERT INTO {table} (revision, position, {', '.join(columns)}) VALUES (?, ?, {marks})",
            ((revision, position, *row) for position, row in enumerate(rows)),
        )
    index_revision(db, revision)
    keep_shingles(db, revision)


def _content(db: sqlite3.Connection, report: Report) -> Iterator[tuple[str, tuple[str, ...], Iterable[Row]]]:
    """Each table of a revision's content: its name, its own columns, its rows."""
    sections = ("level", "number", "key", "title", "text", "path")
    yield "sections", sections, section_rows(report.sections)
    cells = _known_cells(db)
    figures = ((_cell(db, cells, figure), *_value(figure)) for figure in report.figures)
    yield "figure_values", ("cell", "value", "raw"), figures
    yield (
        "tables",
        ("section", "caption", "rows"),
        (
            (table.section, table.caption, json.dumps(table.rows, ensure_ascii=False))
            for table in report.tables
        ),
    )
    yield (
        "checks",
        ("rule", '"table"', "scope", "left", "right", "passed"),
        (
            (check.rule, check.table, check.scope, number(check.left), number(check.right), check.passed)
            for check in report.checks
        ),
    )
    yield (
        "mentions",
        ("key", "value", "quote", "section"),
        ((mention.key, number(mention.value), mention.quote, mention.section) for mention in report.mentions),
    )
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


def _known_cells(db: sqlite3.Connection) -> dict[Row, int]:
    return {
        (table, row, column, unit): cell
        for cell, table, row, column, unit in db.execute("SELECT * FROM cells")
    }


def _cell(db: sqlite3.Connection, cells: dict[Row, int], figure: Figure) -> int:
    key = (figure.table, figure.row, figure.column, figure.unit)
    if key not in cells:
        insert = 'INSERT INTO cells ("table", row, "column", unit) VALUES (?, ?, ?, ?)'
        cells[key] = db.execute(insert, key).lastrowid or 0
    return cells[key]


def _value(figure: Figure) -> tuple[int | float | None, str | None]:
    """Value and raw; raw is left out where it prints the value and nothing else, as nearly everywhere."""
    value = number(figure.value)
    return value, None if type(value) is int and figure.raw == str(value) else figure.raw


def number(value: int | float | None) -> int | float | None:
    """What SQLite can hold: a number of more than 18 digits, which no office counts to, loses its last ones."""
    return float(value) if isinstance(value, int) and abs(value) >= 2**63 else value


def order_revisions(db: sqlite3.Connection, report: int) -> bool:
    """Set what follows from the report's sightings: moments, trust, order, the current revision; True if it moved.

    Current is the revision published last, by the earliest 公开日期 that its sightings print; when equal, one that
    its page still shows; then the one first seen last. One seen on trusted hosts goes before any that was not.
    """
    db.execute(
        """
        UPDATE revisions SET (trusted, published_on, first_seen, last_seen) = (
            SELECT trusted, min(published_on), min(first_seen), max(last_seen) FROM sightings
            WHERE revision = revisions.id GROUP BY trusted ORDER BY trusted DESC LIMIT 1
        ) WHERE report = ?
        """,
        (report,),
    )
    order = [
        row[0]
        for row in db.execute(
            """
            SELECT id FROM revisions AS r WHERE report = ?
            ORDER BY trusted, coalesce(published_on, ''),
                EXISTS (
                    SELECT 1 FROM sightings AS shown WHERE shown.revision = r.id AND NOT EXISTS (
                        SELECT 1 FROM sightings AS later JOIN revisions AS other ON other.id = later.revision
                        WHERE later.url = shown.url AND other.report = r.report
                        AND later.last_seen > shown.last_seen
                    )
                ),
                coalesce(first_seen, ''), fingerprint
            """,
            (report,),
        )
    ]
    for previous, revision in zip((None, *order), order, strict=False):
        db.execute(
            "UPDATE revisions SET previous = ? WHERE id = ? AND previous IS NOT ?",
            (previous, revision, previous),
        )
    current = order[-1]
    moved = db.execute(
        "UPDATE reports SET current = ? WHERE id = ? AND current IS NOT ?", (current, report, current)
    )
    return bool(moved.rowcount)
