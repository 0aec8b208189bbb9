"""What crawls met: conditional requests, and reports that are gone, as far as anybody saw it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.store import save
from crawler.store.crawl_log import (
    KnownPage,
    PortalVisit,
    begin_run,
    end_run,
    known_page,
    note_gone,
    note_page,
    note_portal,
    note_unchanged,
)
from tests.records import checked_database, report

URL = "http://www.hangzhou.gov.cn/art/1.html"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with checked_database(tmp_path / "reports.db") as opened:
        save(opened, report(url=URL, fetched_at=day(1)))
        note_page(opened, KnownPage(URL, day(1), 200, "report", '"etag"'))
        yield opened


def day(number: int) -> str:
    return f"2026-11-{number:02}T08:00:00+00:00"


def gone(db: sqlite3.Connection) -> list[tuple[object, ...]]:
    return db.execute("SELECT url, seen_until, gone_by, evidence FROM gone_reports").fetchall()


def test_a_page_is_known_by_its_last_answer(db: sqlite3.Connection) -> None:
    known = known_page(db, URL)
    assert known == KnownPage(URL, day(1), 200, "report", '"etag"', year=2020)
    assert known_page(db, "http://www.hangzhou.gov.cn/") is None


def test_not_modified_means_seen_again(db: sqlite3.Connection) -> None:
    note_unchanged(db, URL, day(5))
    assert db.execute("SELECT last_seen FROM sightings").fetchone() == (day(5),)
    assert db.execute("SELECT last_seen FROM revisions").fetchone() == (day(5),)
    known = known_page(db, URL)
    assert known is not None
    assert (known.checked_at, known.status) == (day(5), 200)


def test_a_report_is_gone_between_two_moments(db: sqlite3.Connection) -> None:
    note_unchanged(db, URL, day(3))
    note_gone(db, URL, day(7), "404")
    note_gone(db, URL, day(9), "404")
    assert gone(db) == [(URL, day(3), day(7), "404")]
    assert known_page(db, URL) is None  # the next request is not conditional


def test_a_report_that_comes_back_is_not_gone_and_may_go_again(db: sqlite3.Connection) -> None:
    note_gone(db, URL, day(7), "404")
    save(db, report(url=URL, fetched_at=day(8)))
    assert gone(db) == []
    note_gone(db, URL, day(9), "soft 404")
    assert gone(db) == [(URL, day(8), day(9), "soft 404")]
    assert db.execute("SELECT count(*) FROM absences").fetchone() == (2,)


def test_what_stood_in_a_reports_place_meanwhile_does_not_hide_that_it_is_gone(
    db: sqlite3.Connection,
) -> None:
    note_page(db, KnownPage(URL, day(3), 200, "neither"))
    note_gone(db, URL, day(7), "404")
    assert gone(db) == [(URL, day(1), day(7), "404")]


def test_an_address_that_never_showed_a_report_is_not_missed(db: sqlite3.Connection) -> None:
    note_gone(db, URL + "?of=nothing", day(7), "404")
    assert db.execute("SELECT count(*) FROM absences").fetchone() == (0,)


def test_a_portal_that_does_not_answer_says_nothing_of_its_reports(db: sqlite3.Connection) -> None:
    run = begin_run(db, day(7), "portal=hangzhou")
    note_portal(db, run, PortalVisit("hangzhou", "unreachable", "no answer"))
    end_run(db, run, day(7), "finished")
    assert gone(db) == []
    health = db.execute(
        "SELECT outcome, reason, reports FROM portal_health WHERE portal = 'hangzhou'"
    ).fetchall()
    assert health == [("unreachable", "no answer", 0)]


def test_a_run_that_was_killed_has_no_end(db: sqlite3.Connection) -> None:
    begin_run(db, day(7), "")
    assert db.execute("SELECT ended_at, outcome FROM runs").fetchall() == [(None, None)]
