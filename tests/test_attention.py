"""What a maintainer must look at: blocked portals, portals gone silent, and forms that are read less well than before."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.store import save
from crawler.store.crawl_log import PortalVisit, begin_run, end_run, note_portal
from parsers.report import Unread
from tests.records import checked_database, report


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with checked_database(tmp_path / "reports.db") as opened:
        yield opened


def night(
    db: sqlite3.Connection, day: str, outcome: Any = "reached", reason: str | None = None, **counts: Any
) -> int:
    run = begin_run(db, f"{day}T17:15:00+00:00", "")
    note_portal(db, run, PortalVisit("hangzhou", outcome, reason, **counts))
    end_run(db, run, f"{day}T18:00:00+00:00", "finished")
    return run


def attention(db: sqlite3.Connection) -> list[tuple[str, str]]:
    return db.execute("SELECT why, evidence FROM needs_attention ORDER BY why").fetchall()


def test_a_portal_that_gives_what_it_gave_needs_nobody(db: sqlite3.Connection) -> None:
    save(db, report(year=2024), night(db, "2026-01-10", new=1))
    night(db, "2026-01-11", unchanged=1)
    assert attention(db) == []


def test_a_block_is_told_at_once_and_another_failure_the_second_night(db: sqlite3.Connection) -> None:
    night(db, "2026-01-10", unchanged=1)
    night(db, "2026-01-11", "unreachable", "unreachable: timeout")
    assert attention(db) == []
    night(db, "2026-01-12", "unreachable", "unreachable: timeout")
    assert attention(db) == [("not reached twice", "unreachable: timeout")]
    night(db, "2026-01-13", "blocked", "blocked: 412")
    assert attention(db) == [("blocked", "blocked: 412")]


def test_reports_that_no_longer_come(db: sqlite3.Connection) -> None:
    save(db, report(year=2024), night(db, "2026-01-10", new=1))
    night(db, "2026-01-11")
    assert attention(db) == [("gone silent", "gave reports up to 2024, and none at the last visit")]


def test_a_portal_that_never_gave_a_report(db: sqlite3.Connection) -> None:
    night(db, "2026-01-10", requests=12)
    assert attention(db) == [("no report found", "12 requests led to none")]


@pytest.mark.parametrize(
    ("day", "silent"), [("2026-05-20", False), ("2026-06-15", True)], ids=["in May", "in June"]
)
def test_no_report_for_the_last_year_two_months_after_it_was_due(
    db: sqlite3.Connection, day: str, silent: bool
) -> None:
    save(db, report(year=2024), night(db, "2026-01-10", new=1))
    night(db, day, unchanged=1)
    assert attention(db) == ([("gone silent", "its last report is for 2024")] if silent else [])


@pytest.mark.parametrize(("unread", "drifts"), [(1, False), (40, True)])
def test_the_share_of_unread_cells_rises(db: sqlite3.Connection, unread: int, drifts: bool) -> None:
    for number in range(30):
        one = report(f"杭州市第{number}局", 2023, url=f"http://www.hangzhou.gov.cn/{number}.html")
        save(db, replace(one, unread=()), 1 if number else night(db, "2025-01-10", new=30))
    run = begin_run(db, "2026-01-10T17:15:00+00:00", "")
    rows = tuple(Unread("requests", f"第{number}行", "no such row in the form") for number in range(unread))
    save(db, replace(report(year=2024), unread=rows), run)
    for visited in (1, run):  # the counts are taken when the run ends
        note_portal(db, visited, PortalVisit("hangzhou", "reached", new=1))
    night(db, "2026-01-11", unchanged=31)  # nothing new to read: what was told yesterday stands
    expected = [("template drift", f"{unread} of {unread + 4} cells unread; before, 0 of 120")]
    assert attention(db) == (expected if drifts else [])
