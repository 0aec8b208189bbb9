"""Portals that change between two runs: nothing is missed, and what did not change is hardly asked for."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawler.portals import load_portals
from crawler.runs import Account
from tests.portals import Running, running_portals
from tests.portals.changing import LIST
from tests.portals.crawling import ROOT, crawl, figures, rows, run_of, stored
from tests.portals.faults import BODY


@dataclass(frozen=True)
class Run:
    """One of three runs over portals that show another edition each time."""

    status: int
    output: str
    stored: dict[str, dict[str, tuple[str, int]]]  # portal → address → body and year
    told: dict[str, dict[str, object]]  # portal → its row of the run


@dataclass(frozen=True)
class Changing:
    folder: Path
    running: dict[str, Running]
    runs: list[Run]


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Changing]:
    folder = tmp_path_factory.mktemp("changing")
    with running_portals(["editions", "at-report"]) as running:
        runs = []
        for edition, arguments in enumerate(((), ("-a", "revisit=all"), ())):
            for portal in running.values():
                portal.edition = edition
            done = crawl(folder, running.values(), *arguments)
            found = {name: stored(folder, name) for name in running}
            told = {name: run_of(folder, name) for name in running}
            runs.append(Run(done.returncode, done.stdout + done.stderr, found, told))
        yield Changing(folder, running, runs)


def test_a_correction_is_a_revision(changing: Changing) -> None:
    assert changing.runs[1].told["editions"]["revised"] == 1
    found = rows(
        changing.folder,
        "SELECT reports.year, count(*) FROM revisions JOIN reports ON reports.id = revisions.report"
        " WHERE revisions.issuer = ? AND reports.year IN (2022, 2023) GROUP BY reports.year",
        BODY,
    )
    assert found == [(2022, 2), (2023, 1)]
    portal = changing.running["editions"]
    for target, filing in portal.portal.corrected.items():
        assert figures(changing.folder, portal.base + target) == dict(filing.truth.figures)


def test_what_is_gone_is_kept_and_noted(changing: Changing) -> None:
    column = changing.running["editions"].base + "/zfxxgk/zfxxgknb/"
    assert set(rows(changing.folder, "SELECT url, evidence FROM absences")) == {
        (f"{column}2019.html", "404"),
        (f"{column}2020.html", "410"),
        (f"{column}2021.html", "soft 404"),
    }
    assert {year for _, year in changing.runs[1].stored["editions"].values()} == set(range(2019, 2026))


def test_a_new_year_is_found_behind_an_unchanged_start_page(changing: Changing) -> None:
    portal = changing.running["at-report"]
    old = {(filing.issuer, filing.year) for filing in portal.portal.reports.values()}
    new = {(filing.issuer, filing.year) for filing in portal.portal.corrected.values()}
    assert set(changing.runs[0].stored["at-report"].values()) == old
    assert set(changing.runs[1].stored["at-report"].values()) == old | new


def test_a_portal_that_falls_silent_is_reported(changing: Changing) -> None:
    assert [run.status for run in changing.runs] == [0, 0, 1]
    assert "editions: gave reports before" in changing.runs[2].output
    assert "at-report: gave" not in changing.runs[2].output


MOMENT = "strftime('%Y-%m-%dT%H:%M:%S+00:00', {}, '{}')"


class Site:
    """A portal that is crawled edition by edition into one database."""

    def __init__(self, folder: Path, running: Running) -> None:
        self.folder, self.running = folder, running

    def crawl(self, edition: int) -> list[tuple[str, int]]:
        """What this run asked for: targets and bytes, robots.txt and pages that answered 304 left out."""
        self.running.edition = edition
        before = len(self.running.log.exchanges)
        done = crawl(self.folder, [self.running])
        assert done.returncode == 0, done.stdout + done.stderr
        log = self.running.log.exchanges[before:]
        return [(e.target, e.size) for e in log if e.status != 304 and e.target != "/robots.txt"]

    def lists(self, edition: int) -> list[str]:
        """Pages of the list that this run asked for."""
        return [target.removeprefix(LIST) for target, _ in self.crawl(edition) if target.startswith(LIST)]

    @property
    def stored(self) -> set[tuple[str, int]]:
        return set(stored(self.folder, self.running.portal.id).values())

    @property
    def told(self) -> dict[str, object]:
        return run_of(self.folder, self.running.portal.id)

    def let_pass(self, days: int) -> None:
        """As if every page had been asked for so many days earlier."""
        self.execute(f"UPDATE pages SET checked_at = {MOMENT.format('checked_at', f'-{days} days')}")

    def execute(self, sql: str) -> None:
        with closing(sqlite3.connect(self.folder / "output" / "reports.db")) as db, db:
            db.execute(sql)


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[Site]:
    with running_portals(["growing"]) as running:
        yield Site(tmp_path, running["growing"])


@pytest.fixture
def newest(tmp_path: Path) -> Iterator[Site]:
    with running_portals(["newest-shown"]) as running:
        yield Site(tmp_path, running["newest-shown"])


@pytest.fixture
def by_year(tmp_path: Path) -> Iterator[Site]:
    with running_portals(["body-and-year"]) as running:
        yield Site(tmp_path, running["body-and-year"])


def subjects(filings: object) -> set[tuple[str, int]]:
    return {(filing.issuer, filing.year) for filing in filings}  # type: ignore[attr-defined]


def test_of_a_long_list_the_first_page_is_asked_for_alone(growing: Site) -> None:
    first = growing.crawl(0)
    assert growing.stored == subjects(growing.running.portal.reports.values())
    again = growing.crawl(0)
    assert [target for target, _ in again] == [f"{LIST}?page=1"]
    assert sum(size for _, size in again) < 0.05 * sum(size for _, size in first)
    growing.let_pass(40)
    assert growing.lists(0) == [f"?page={number}" for number in (1, 2, 3, 4)]


def test_what_comes_to_a_list_is_found_at_once(growing: Site) -> None:
    growing.crawl(0)
    assert growing.lists(1) == [f"?page={number}" for number in (1, 2, 3, 4)]
    assert growing.told["new"] == 1
    assert growing.lists(2) == [f"?page={number}" for number in (1, 2, 3, 4)]
    assert growing.told["revised"] == 1
    removed = growing.lists(3)
    assert (removed, growing.told["gone"]) == (["?page=1"], 0)
    assert growing.lists(4) == [f"?page={number}" for number in (1, 2, 3, 4)]
    assert growing.told["new"] == 1
    growing.crawl(5)  # the first page is what it was, but a list that begins with the oldest grows at its end
    assert growing.told["new"] == 1
    everything = growing.running.portal.reports | growing.running.portal.corrected
    assert growing.stored == subjects(everything.values())


def test_a_run_that_was_killed_after_the_first_page_leaves_the_others_to_the_next(growing: Site) -> None:
    growing.crawl(0)
    later = MOMENT.format("checked_at", "+1 minute")
    growing.execute(f"UPDATE pages SET rows_since = {later} WHERE url LIKE '%page=1'")
    assert growing.lists(0) == [f"?page={number}" for number in (1, 2, 3, 4)]


def test_a_page_that_is_the_newest_report_waits_for_the_next_year(newest: Site) -> None:
    newest.crawl(0)
    assert newest.stored == subjects(newest.running.portal.reports.values())
    asked = [target for target, _ in newest.crawl(0)]
    first, second = (f"/public/column/{organ}?type=3&nav=5&sub=1" for organ in (5741, 5742))
    assert first not in asked
    assert second in asked
    newest.crawl(1)
    assert newest.told["new"] == 1
    newest.let_pass(40)
    newest.crawl(2)
    assert newest.told["revised"] == 1


def test_lists_of_past_years_are_asked_for_as_rarely_as_their_reports(by_year: Site) -> None:
    first = by_year.crawl(0)
    assert by_year.stored == subjects(by_year.running.portal.reports.values())
    again = by_year.crawl(0)
    assert sum(size for _, size in again) < 0.05 * sum(size for _, size in first)
    last = date.today().year - 1
    assert {target for target, _ in again} == {LIST, f"{LIST}?dept=1", f"{LIST}?dept=1&year={last}"}
    by_year.crawl(1)
    assert by_year.told["new"] == 1
    by_year.let_pass(8)
    assert by_year.lists(1) == ["", "?dept=0", "?dept=1", "?dept=2"]
    by_year.let_pass(190)
    by_year.crawl(2)
    assert by_year.told["new"] == 1
    everything = by_year.running.portal.reports | by_year.running.portal.corrected
    assert by_year.stored == subjects(everything.values())


def test_a_portal_of_which_nothing_is_due_is_reached() -> None:
    account = Account(portal=load_portals(ROOT / "crawler" / "portals.csv")[0], spared=3)
    assert account.outcome == "reached"
    account.refused("unreachable: nobody answers")
    assert account.outcome == "unreachable"


def test_a_clock_that_went_back_fetches_nothing_and_pages_of_tomorrow_are_asked_for(tmp_path: Path) -> None:
    database = tmp_path / "output/reports.db"
    tomorrow = (datetime.now(UTC) + timedelta(hours=20)).isoformat(timespec="seconds")
    with running_portals(["editions"]) as running:
        portal = running["editions"]
        assert crawl(tmp_path, [portal]).returncode == 0
        before = len(portal.log.exchanges)
        with closing(sqlite3.connect(database)) as db, db:
            db.execute("UPDATE runs SET ended_at = '2099-01-01T00:00:00+00:00'")
        refused = crawl(tmp_path, [portal])
        assert len(portal.log.exchanges) == before
        with closing(sqlite3.connect(database)) as db, db:
            db.execute("UPDATE runs SET ended_at = ?", (tomorrow,))
            db.execute("UPDATE pages SET checked_at = ?", (tomorrow,))
        done = crawl(tmp_path, [portal], LOG_LEVEL="INFO")
        asked = {exchange.target for exchange in portal.log.exchanges[before:]}
    assert refused.returncode == 1
    told = "output/reports.db: an earlier run was at 2099-01-01T00:00:00+00:00, and the clock here says "
    assert refused.stderr.startswith(told)
    assert ": set the clock, or, if the database is wrong, move it away and rebuild it" in refused.stderr
    assert set(portal.portal.reports) <= asked
    assert "INFO: Spider opened" in done.stderr
    assert "INFO: Overridden" not in done.stderr
    assert done.returncode == 0
