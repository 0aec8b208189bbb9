"""python -m tests.benchmarks.loading [--reports 1000000] [--keep FOLDER]: what the loading machine of many workers does.

JSON lines of reports of our own writing, under many bodies and ten years, are merged as `scrapy load` does; then the panel
is asked. The time is the processor's, since the machine is shared; by default it takes some minutes.
"""

import argparse
import json
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from itertools import islice
from pathlib import Path

from crawler.commands.load import TOGETHER
from crawler.store import open_database, save_all
from parsers.read import read_report
from parsers.report import Report, from_line, to_json
from tests.benchmarks.store_speed import page_body

STEPS = (1_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
BATCH = 1_000  # the last reports before a step, whose cost is told
PROTOTYPES = 40
YEARS = 10
QUESTIONS = {
    "one report, ms": "SELECT * FROM report_panel WHERE report_id = (SELECT max(report_id) FROM reports)",
    "a year's first 100, ms": "SELECT * FROM report_panel WHERE year = 2020 LIMIT 100",
    "sums by year from the panel, ms": "SELECT year, count(*), sum(requests_new_received_total) FROM report_panel GROUP BY year",
    "from the totals, ms": "SELECT year, count(*), sum(new_received) FROM report_totals GROUP BY year",
}


def lines(reports: int) -> Iterator[str]:
    """So many lines of an export: each body with a report for every year of ten."""
    templates = [_template(read_report(page_body(number))) for number in range(PROTOTYPES)]
    for number in range(reports):
        yield _filled(templates[number // YEARS % PROTOTYPES], number)


def _template(report: Report) -> str:
    """A line with marks where reports differ: cheaper than a report of its own for each, and the loader sees no difference."""
    record = to_json(report)
    issuer = f"第@body@号{report.issuer[-3:]}"
    record |= {
        "report_id": "@report_id@",
        "fingerprint": "@fingerprint@",
        "issuer": issuer,
        "year": "@year@",
        "title": f"{issuer}@year@年政府信息公开工作年度报告",
    }
    record["source"] |= {
        "url": "@url@",
        "requested_url": "@url@",
        "fetched_at": "2026-11-24T08:00:00+00:00",
        "portal": "@portal@",
        "body_sha256": "@fingerprint@" * 2,
    }
    return json.dumps(record, ensure_ascii=False).replace('"year": "@year@"', '"year": @year@')


def _filled(template: str, number: int) -> str:
    body = number // YEARS
    values = {
        "report_id": sha256(f"report {number}".encode()).hexdigest()[:20],
        "fingerprint": sha256(f"words {number}".encode()).hexdigest()[:32],
        "body": body,
        "year": 2015 + number % YEARS,
        "url": f"http://www.example.gov.cn/art/{number}.html",
        "portal": f"p{body // YEARS}",
    }
    for name, value in values.items():
        template = template.replace(f"@{name}@", str(value))
    return template


def measure(path: Path, reports: int) -> Iterator[tuple[str, ...]]:
    """A row for each step: the cost of a report while the database grows, its size, and what questions take."""
    steps = [step for step in STEPS if step <= reports]
    read = (from_line(line) for line in lines(max(steps)))
    with closing(open_database(path)) as db:
        spent, done = 0.0, 0
        began = time.process_time()
        while batch := list(islice(read, TOGETHER)):
            save_all(db, batch)
            done += len(batch)
            if done > steps[0] - BATCH:
                spent += time.process_time() - began
            began = time.process_time()
            if done == steps[0]:
                steps.pop(0)
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                size = path.stat().st_size / done / 1024
                yield (f"{done:,}", f"{1000 * spent / BATCH:.2f}", f"{size:.1f}", *_asked(db))
                spent, began = 0.0, time.process_time()


def _asked(db: sqlite3.Connection) -> list[str]:
    """Milliseconds of the clock for each question, asked the second time."""
    found = []
    for question in QUESTIONS.values():
        db.execute(question).fetchall()
        began = time.perf_counter()
        db.execute(question).fetchall()
        found.append(f"{1000 * (time.perf_counter() - began):.1f}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.loading", description=__doc__)
    parser.add_argument(
        "--reports", type=int, default=20_000, help=f"at least {STEPS[0]}, at most {STEPS[-1]}"
    )
    parser.add_argument("--keep", type=Path, help="folder for the database, which stays there")
    options = parser.parse_args()
    headings = ("reports", "ms a report", "KB a report", *QUESTIONS)
    print(f"| {' | '.join(headings)} |\n|{'---:|' * len(headings)}")
    with tempfile.TemporaryDirectory() as folder:
        for row in measure((options.keep or Path(folder)) / "reports.db", options.reports):
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
