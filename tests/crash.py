"""Kill the crawl at random moments, let the next run end, and compare with a crawl that nobody disturbed.

python -m tests.crash --kills 20 [--seed 1]
"""

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from crawler.archive import archive_files, read_archive
from tests.portals import FRIENDLY, Running, registry_csv, running_portals
from tests.portals.crawling import ROOT, SHORTENED
from tests.records import assert_whole, content

KILLS_IN_A_ROW = 5  # before the crawl may end and is compared
MOMENTS = {  # columns of content() that tell when and in which file, which differ from crawl to crawl
    "revisions": (3, 4),
    "sightings": (6, 7, 12),
}


@dataclass(frozen=True, slots=True)
class Round:
    """Kills of one crawl, and what was asked for twice because of them."""

    kills: int
    refetched: int


def start(folder: Path, running: Collection[Running]) -> subprocess.Popen[bytes]:
    registry = folder / "portals.csv"
    registry.write_text(registry_csv(running), encoding="utf-8")
    settings = {"PORTALS_FILE": registry, "LOG_LEVEL": "ERROR", **SHORTENED}
    command = [sys.executable, "-m", "scrapy", "crawl", "annual_reports"]
    command += [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)}
    with (folder / "crawl.log").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)


def undisturbed(folder: Path, running: Collection[Running]) -> float:
    """Crawl in peace; how long it took. A second run finds nothing new: the reference is complete."""
    began = time.monotonic()
    assert start(folder, running).wait(120) == 0, (folder / "crawl.log").read_text()
    return time.monotonic() - began


def disturbed(
    folder: Path, running: Collection[Running], kills: int, seconds: float, rng: random.Random
) -> Round:
    """Crawl and kill, at most that many times, and once more to the end."""
    asked_before = _asked(running)
    killed = 0
    for _ in range(kills):
        crawl = start(folder, running)
        with suppress(subprocess.TimeoutExpired):
            assert crawl.wait(rng.uniform(0.1, 0.8 * seconds)) == 0, (folder / "crawl.log").read_text()
            break  # it was quicker than the undisturbed one, and leaves nothing to disturb
        crawl.kill()
        crawl.wait()
        killed += 1
        _assert_whole(folder)
    assert start(folder, running).wait(120) == 0, (folder / "crawl.log").read_text()
    asked = _asked(running) - asked_before
    assert asked, "no report was asked for: the log and the portals have drifted apart"
    return Round(killed, asked.total() - len(asked))


def _asked(running: Collection[Running]) -> Counter[tuple[str, str]]:
    """How often each report's page was asked for."""
    return Counter(
        (one.portal.name, exchange.target)
        for one in running
        for exchange in one.log.exchanges
        if exchange.target in one.portal.reports
    )


def _assert_whole(folder: Path) -> None:
    """Right after a kill: the database is sound, and no revision stands there without its content."""
    path = folder / "output" / "reports.db"
    if not path.exists():
        return
    with closing(sqlite3.connect(path)) as db:
        assert_whole(db)
        if db.execute("PRAGMA user_version").fetchone()[0]:
            half = "SELECT count(*) FROM revisions WHERE id NOT IN (SELECT revision FROM sections)"
            assert db.execute(half).fetchone() == (0,)


def assert_same(folder: Path, reference: Path) -> None:
    """Nothing lost, nothing half, nothing twice: in the database, in the export and in the archive."""
    with (
        closing(sqlite3.connect(folder / "output" / "reports.db")) as db,
        closing(sqlite3.connect(reference / "output" / "reports.db")) as other,
    ):
        assert_whole(db)
        found, expected = _timeless(content(db)), _timeless(content(other))
        for table in expected:
            assert found[table] == expected[table], table
        places = dict(db.execute("SELECT archive, body_sha256 FROM sightings"))
    lines, expected_lines = _lines(folder), _lines(reference)
    assert Counter(lines) == Counter(expected_lines)
    archived = {
        place: sha256(page.body).hexdigest()
        for file in archive_files(folder / "output" / "archive")
        for page, place in read_archive(file)
    }
    assert {place: archived.get(place) for place in places} == places


def _timeless(tables: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    return {
        name: sorted(
            (tuple(v for place, v in enumerate(row) if place not in MOMENTS.get(name, ())) for row in rows),
            key=repr,
        )
        for name, rows in tables.items()
    }


def _lines(folder: Path) -> list[tuple[str, str]]:
    """Address and fingerprint of each line; every line is whole."""
    text = (folder / "output" / "reports.jsonl").read_bytes()
    assert text.endswith(b"\n")
    records = [json.loads(line) for line in text.splitlines()]
    return [(record["source"]["url"], record["fingerprint"]) for record in records]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    rng = random.Random(options.seed)
    print(f"seed {options.seed}")
    with running_portals(FRIENDLY) as portals, tempfile.TemporaryDirectory() as folder:
        running = list(portals.values())
        reference = Path(folder, "undisturbed")
        reference.mkdir()
        seconds = undisturbed(reference, running)
        reports = len(_lines(reference))
        kills = rounds = 0
        while kills < options.kills:
            rounds += 1
            crawled = Path(folder, str(rounds))
            crawled.mkdir()
            result = disturbed(crawled, running, min(KILLS_IN_A_ROW, options.kills - kills), seconds, rng)
            assert_same(crawled, reference)
            assert result.refetched <= 2 * result.kills * len(running), result
            kills += result.kills
            print(
                f"{kills} kills: {reports} reports as in an undisturbed crawl; "
                f"{result.refetched} report pages fetched twice",
                flush=True,
            )


if __name__ == "__main__":
    main()
