"""python -m tests.benchmarks.explore_speed [--reports N]: the explorer's pages and dashboard queries over a large database.

The database is kept in output/bench/ and built again when the schema has moved on. Fails when a median is above 300 ms
or any answer above Datasette's limit of a second.
"""

import argparse
import asyncio
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import quote

from datasette.app import Datasette
from datasette.database import QueryInterrupted

from crawler.store.database import SCHEMA_VERSION
from tests import synthetic
from tests.explore import OUTPUT, folder

sys.path.append(str(OUTPUT / "plugins" / "parts"))

from dashboard_queries import QUERIES

BENCH = Path(__file__).parents[2] / "output" / "bench"
TIMES = 9
MEDIAN, MOST = 0.3, 1.0  # seconds
CHOICES = (
    {"level": "", "province": "", "region": "", "year": "2022"},
    {"level": "county department", "province": "330000", "region": "330106", "year": "2022"},
)


@dataclass(frozen=True, slots=True)
class Timed:
    """One page or query: how long it takes, in seconds."""

    name: str
    median: float
    longest: float
    work: float  # median of the processor's time, which tells more when others use the machine

    @property
    def slow(self) -> bool:
        return self.median > MEDIAN or self.longest > MOST


def pages(database: Path) -> list[str]:
    """Every kind of page, with a report that fails checks and the body whose it is."""
    with sqlite3.connect(database) as db:
        report, key = db.execute(
            "SELECT report_id, issuers.key FROM report_totals JOIN reports ON reports.id = report"
            " JOIN issuers ON issuers.id = report_totals.issuer WHERE failed > 2 AND report_totals.year = 2022 LIMIT 1"
        ).fetchone()
        views = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    filters = "level=county+department&province=330000"
    return [
        "/",
        "/search",
        *(f"/search?q={quote(words)}" for words in ("宗教", "行政复议", "杭州市教育局", "2022 public")),
        f"/report/{report}",
        f"/body/{quote(key)}",
        "/dashboards",
        *(f"/dashboards/{name}" for name in ("requests", "rates", "checks", "coverage", "lateness", "crawl")),
        *(
            f"/dashboards/{name}?{filters}"
            for name in ("requests", "rates", "checks", "coverage", "lateness")
        ),
        "/dashboards/coverage?region=330106",
        f"/reports/current_reports?_search={quote('行政复议')}",
        *(f"/reports/{name}" for name in ("reports", "issuers", "report_totals", *views)),
    ]


async def measure(ask: Callable[[], Awaitable[object]], name: str) -> Timed:
    """Raises QueryInterrupted for a query above Datasette's limit."""
    await ask()
    times, works = [], []
    for _ in range(TIMES):
        began, worked = time.perf_counter(), time.process_time()
        await ask()
        times.append(time.perf_counter() - began)
        works.append(time.process_time() - worked)
    return Timed(name, median(times), max(times), median(works))


async def timed(site: Path, database: Path) -> tuple[list[Timed], list[str]]:
    """The times, and the pages that gave no answer, with their status."""
    datasette = Datasette(config_dir=site)
    await datasette.invoke_startup()
    found, refused = [], []
    for page in pages(database):
        answer = await datasette.client.get(page)
        if answer.status_code == 200:
            found.append(await measure(lambda page=page: datasette.client.get(page), page))  # type: ignore[misc]
        else:
            refused.append(f"{page}: {answer.status_code}")
    reports = datasette.get_database("reports")
    for name, sql in QUERIES.items():
        for choice in CHOICES:
            label = f"query {name}" + (", one province" if choice["province"] else "")
            try:
                found.append(await measure(lambda s=sql, c=choice: reports.execute(s, c), label))  # type: ignore[misc]
            except QueryInterrupted:
                refused.append(f"{label}: above Datasette's limit")
    return found, refused


def database_of(reports: int) -> Path:
    path = BENCH / f"reports-{reports}.db"
    if path.exists():
        with sqlite3.connect(path) as db:
            if db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION:
                return path
    BENCH.mkdir(parents=True, exist_ok=True)
    print(f"Building {path.name}: some minutes, about {reports * 17 // 1000} MB …", flush=True)
    synthetic.build(path, reports)
    return path


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.explore_speed", description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    database = database_of(parser.parse_args().reports)
    with TemporaryDirectory() as home:
        site = folder(Path(home), [])
        (site / "reports.db").unlink()
        (site / "reports.db").symlink_to(database)
        found, refused = asyncio.run(timed(site, database))
    print("| page or query | median ms | max ms | processor ms |\n|---|---:|---:|---:|")
    for one in found:
        times = (f"{seconds * 1000:.0f}" for seconds in (one.median, one.longest, one.work))
        print(f"| {one.name} | {' | '.join(times)}{' ✗' if one.slow else ''} |")
    for line in refused:
        print(f"no answer: {line}")
    return bool(refused or any(one.slow for one in found))


if __name__ == "__main__":
    sys.exit(main())
