"""A database of many synthetic reports: the content of some hundred real ones of our own writing, under many bodies and years.

The prototypes go through the readers and `save`; their rows are then copied by SQL, so that 100,000 reports take
minutes, and every table, view and index is the real one.
"""

import csv
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from itertools import islice, product
from pathlib import Path
from random import Random

from crawler.portals import Portal
from crawler.store import save, store_portals
from crawler.store.database import open_database, transaction
from crawler.store.search import index_words
from crawler.store.totals import write_totals
from parsers.identity import canonical_name, report_id
from parsers.read import read_report
from parsers.regions import by_code
from tests.writing import Truth, render_html, write_truth

YEARS = range(2016, 2026)
BODIES = ("人民政府", "人民政府办公室", "教育局", "民政局", "财政局", "卫生健康委员会")
RUNS = 30
CONTENT = ("sections", "figure_values", "tables", "checks", "mentions", "unread", "attachments", "shingles")


def build(path: Path, reports: int, prototypes: int = 300) -> None:
    """Make the database anew; about 17 KB on disk for each report."""
    for old in path.parent.glob(path.name + "*"):
        old.unlink()
    db = open_database(path)
    db.execute("PRAGMA synchronous = OFF")
    portals = _portals()
    store_portals(db, portals)
    forms = _save_prototypes(db, prototypes)
    with transaction(db):
        first = db.execute("SELECT max(id) + 1 FROM reports").fetchone()[0]
        _copy_reports(db, reports, forms, portals)
        _copy_content(db)
        for report in range(first, first + reports):
            write_totals(db, report)
        _index(db)
        _write_runs(db, len(portals))
    db.execute("ANALYZE")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def _portals() -> list[Portal]:
    with (files("parsers") / "data" / "regions.csv").open(encoding="utf-8") as lines:
        codes = [row["code"] for row in csv.DictReader(lines) if row["status"] != "former"]
    return [
        Portal(
            id=f"p{code}",
            name=f"{''.join(region.path)}人民政府",
            region_code=code,
            level=("province", "city", "county")[region.level - 1],
            family="auto",
            start_url=f"http://www.p{code}.gov.cn/",
        )
        for code in codes
        if (region := by_code(code))
    ]


def _save_prototypes(db: sqlite3.Connection, wanted: int) -> dict[str, list[int]]:
    """Form → rows of revisions, whose content the others will have."""
    rng = Random(6)
    for number in range(wanted):
        form = ("2014", "2019", "2021")[number % 4 % 3]
        year = {"2014": 2017, "2019": 2020, "2021": 2023}[form]
        truth = write_truth(f"范例{number}县教育局", year, form, number, volume=rng.choice((3, 12, 60, 400)))
        page = render_html(_mistaken(truth, rng) if number % 3 == 0 else truth)
        if number % 10 == 0:
            page = page.replace("</table>", "<tr><td>备注</td><td>另附说明</td></tr></table>")
        url = f"http://www.example.gov.cn/{number}.html"
        save(db, read_report(page.encode(), "text/html; charset=utf-8", url))
    found: dict[str, list[int]] = {}
    for template, revision in db.execute("SELECT template, id FROM revisions"):
        found.setdefault(template, []).append(revision)
    return found


def _mistaken(truth: Truth, rng: Random) -> Truth:
    """The same with three cells misprinted, so that relations fail."""
    cells = rng.sample([cell for cell, value in truth.figures.items() if value is not None], 3)
    wrong = {cell: (truth.figures[cell] or 0) + rng.randint(1, 9) for cell in cells}
    return replace(truth, figures={**truth.figures, **wrong})


def _copy_reports(
    db: sqlite3.Connection, wanted: int, prototypes: dict[str, list[int]], portals: list[Portal]
) -> None:
    rng = Random(49)
    first = {
        table: db.execute(f"SELECT ifnull(max(id), 0) + 1 FROM {table}").fetchone()[0]
        for table in ("issuers", "reports", "revisions", "sightings")
    }
    places = {
        portal: db.execute("SELECT id FROM portals WHERE portal = ?", (portal.id,)).fetchone()[0]
        for portal in portals
    }
    db.execute("CREATE TEMP TABLE copies (report INTEGER PRIMARY KEY, revision INTEGER, prototype INTEGER)")
    bodies = ((portal, body) for body, portal in product(BODIES, portals))
    every = (
        (place, portal, year) for place, portal in enumerate(bodies) for year in YEARS if rng.random() > 0.05
    )
    known: set[int] = set()
    for number, (issuer, (portal, body), year) in enumerate(islice(every, wanted)):
        name = portal.name.removesuffix("人民政府") + body
        if issuer not in known:
            known.add(issuer)
            row = (
                first["issuers"] + issuer,
                canonical_name(name),
                name,
                portal.region_code,
                f"%{'%'.join(name)}%",
            )
            db.execute("INSERT INTO issuers VALUES (?, ?, ?, ?, NULL, ?)", row)
            db.execute("INSERT INTO issuer_names VALUES (?, ?)", (row[0], name))
        report, revision, sighting = (
            first[table] + number for table in ("reports", "revisions", "sightings")
        )
        form = "2014" if year < 2019 else "2019" if year < 2021 else "2021"
        published = f"{year + 1}-{rng.choice((1, 1, 1, 1, 2, 3, 3, 4)):02}-{rng.randint(1, 28):02}"
        seen = f"2026-{rng.randint(1, 11):02}-{rng.randint(1, 28):02}T01:00:00+00:00"
        url = f"{portal.start_url}art/{year}/{issuer}.html"
        title = f"{name}{year}年政府信息公开工作年度报告"
        db.execute("INSERT INTO copies VALUES (?, ?, ?)", (report, revision, rng.choice(prototypes[form])))
        db.execute(
            "INSERT INTO reports VALUES (?, ?, ?, ?, ?)",
            (report, report_id(name, year), first["issuers"] + issuer, year, revision),
        )
        db.execute(
            "INSERT INTO revisions (id, report, fingerprint, source, trusted, published_on, first_seen, last_seen,"
            " issuer, region_code, title, template, text_hash) VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(
                    revision,
                    report,
                    f"{number:032x}",
                    sighting,
                    published,
                    seen,
                    seen,
                    name,
                    portal.region_code,
                ),
                *(title, form, f"{number:016x}"),
            ),
        )
        db.execute(
            "INSERT INTO sightings (id, revision, url, trusted, portal, family, requested_url, first_seen, last_seen,"
            " run, status, encoding, media_type, body_sha256, record, published_on, title, other)"
            " VALUES (?, ?, ?, 1, ?, 'generic', ?, ?, ?, NULL, 200, 'utf-8', 'text/html', ?, ?, ?, ?, '{}')",
            (
                *(sighting, revision, url, places[portal], url, seen, seen),
                *(f"{number:064x}", f"{number:016x}", published, title),
            ),
        )


def _copy_content(db: sqlite3.Connection) -> None:
    for table in CONTENT:
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        others = ", ".join(f'"{name}"' for name in columns if name not in ("id", "revision"))
        db.execute(
            f"INSERT INTO {table} (revision, {others}) SELECT copies.revision, {others} FROM copies"
            f" JOIN {table} AS t ON t.revision = copies.prototype ORDER BY copies.revision"
        )
    figures = ", ".join(row[1] for row in db.execute("PRAGMA table_info(panel)") if row[1] != "report")
    db.execute(
        f"INSERT INTO panel (report, {figures}) SELECT copies.report, {figures} FROM copies"
        " JOIN revisions ON revisions.id = prototype JOIN panel ON panel.report = revisions.report ORDER BY copies.report"
    )


def _index(db: sqlite3.Connection) -> None:
    """What `save` does for search, with the words of each prototype's sections taken once."""
    words: dict[int, str] = {}
    rows = db.execute(
        "SELECT copies.revision, prototype, issuer, title FROM copies JOIN revisions ON id = copies.revision"
    )
    for revision, prototype, issuer, title in rows.fetchall():
        if prototype not in words:
            query = "SELECT title, text FROM sections WHERE revision = ? ORDER BY position"
            parts = (part for section in db.execute(query, (prototype,)) for part in section)
            words[prototype] = index_words("\n".join(parts))
        values = (revision, index_words(f"{issuer}\n{title}"), words[prototype])
        db.execute("INSERT INTO revisions_fts (rowid, title, text) VALUES (?, ?, ?)", values)


def _write_runs(db: sqlite3.Connection, portals: int) -> None:
    rng = Random(7)
    outcomes = ("reached",) * 94 + ("blocked", "blocked", "unreachable", "unreachable", "robots", "failed")
    for run in range(1, RUNS + 1):
        night = f"2026-10-{run:02}"
        db.execute(
            "INSERT INTO runs VALUES (?, ?, ?, '', 'finished')",
            (run, f"{night}T17:15:00+00:00", f"{night}T21:40:00+00:00"),
        )
        rows: Iterator[tuple[object, ...]] = (
            (run, portal, outcome, None if outcome == "reached" else f"{outcome}: 403", "generic", 12, 3)
            + ((2, 0, 0, 0, 0, 0, 20) if outcome == "reached" else (0,) * 7)
            for portal in range(1, portals + 1)
            for outcome in (rng.choice(outcomes),)
        )
        db.executemany(
            "INSERT INTO run_portals (run, portal, outcome, reason, family, requests, listings, pages, not_reports,"
            f" unreadable, new, revised, duplicate, unchanged) VALUES (?{', ?' * 13})",
            rows,
        )
