"""Crawl demo portals by the real spider and settings, in a process and a folder of their own."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from tests.portals import Running, registry_csv
from tests.portals.server import Exchange

ROOT = Path(__file__).parents[2]
SHORTENED: Mapping[str, object] = {"DOWNLOAD_DELAY": 0.01, "BACKOFF": 0.2}


def crawl(
    folder: Path, running: Iterable[Running], *arguments: str, **settings: object
) -> subprocess.CompletedProcess[str]:
    """`scrapy crawl annual_reports` in that folder, which keeps database, feed and archive from crawl to crawl."""
    registry = folder / "portals.csv"
    registry.write_text(registry_csv(running), encoding="utf-8")
    changed = {"PORTALS_FILE": registry, "LOG_LEVEL": "WARNING", **SHORTENED, **settings}
    command = [sys.executable, "-m", "scrapy", "crawl", "annual_reports", *arguments]
    for name, value in changed.items():
        command += ["-s", f"{name}={value}"]
    done = _run(folder, command)
    assert (folder / "output" / "reports.db").exists(), done.stderr
    return done


def reparse(folder: Path) -> subprocess.CompletedProcess[str]:
    """`scrapy reparse` of what was crawled in that folder."""
    return _run(folder, [sys.executable, "-m", "scrapy", "reparse"])


def _run(folder: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=400,  # a busy machine is no crawl that hangs
        check=False,
    )


def rows(folder: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Of the folder's database."""
    with closing(sqlite3.connect(folder / "output" / "reports.db")) as db:
        return db.execute(sql, values).fetchall()


def stored(folder: Path, portal: str) -> dict[str, tuple[str, int]]:
    """What the database holds of a portal: address → body and year."""
    found = rows(
        folder,
        "SELECT sightings.url, revisions.issuer, reports.year FROM sightings"
        " JOIN revisions ON revisions.id = sightings.revision JOIN reports ON reports.id = revisions.report"
        " JOIN portals ON portals.id = sightings.portal WHERE portals.portal = ?",
        portal,
    )
    return {str(url): (str(issuer), int(str(year))) for url, issuer, year in found}


def figures(folder: Path, url: str) -> dict[tuple[str, str, str], object]:
    """The figures of the revision seen there last: table, row and column → value."""
    found = rows(
        folder,
        'SELECT cells."table", cells.row, cells."column", figure_values.value FROM figure_values'
        " JOIN cells ON cells.id = figure_values.cell WHERE figure_values.revision ="
        " (SELECT revision FROM sightings WHERE url = ? ORDER BY last_seen DESC, id DESC LIMIT 1)",
        url,
    )
    return {(str(table), str(row), str(column)): value for table, row, column, value in found}


def run_of(folder: Path, portal: str) -> dict[str, object]:
    """What the last run noted of a portal."""
    with closing(sqlite3.connect(folder / "output" / "reports.db")) as db:
        db.row_factory = sqlite3.Row
        row = db.execute(
            "SELECT * FROM run_portals WHERE run = (SELECT max(id) FROM runs)"
            " AND portal = (SELECT id FROM portals WHERE portals.portal = ?)",
            (portal,),
        ).fetchone()
        return dict(row) if row else {}


def records(folder: Path) -> list[dict[str, object]]:
    """The lines of the feed."""
    text = (folder / "output" / "reports.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def pages_asked(running: Running) -> list[Exchange]:
    return [exchange for exchange in running.log.exchanges if exchange.target != "/robots.txt"]


def received(exchanges: Iterable[Exchange]) -> int:
    """Bytes of the bodies that were sent: an answer 304 has none."""
    return sum(exchange.size for exchange in exchanges if exchange.status != 304)


def trapped(running: Running) -> list[str]:
    """Targets of the log that nobody should have asked for."""
    return [
        exchange.target
        for exchange in running.log.exchanges
        if any(re.search(trap, exchange.target) for trap in running.portal.traps)
    ]


def overlapping(running: Running) -> list[tuple[str, str]]:
    """Requests that were begun before the one before them, to the same host, had been answered."""
    found = []
    for host in {exchange.host for exchange in running.log.exchanges}:
        log = sorted(
            (e for e in running.log.exchanges if e.host == host), key=lambda exchange: exchange.begin
        )
        found += [(one.target, other.target) for one, other in pairwise(log) if other.begin < one.end]
    return found
