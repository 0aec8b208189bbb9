"""The demo portals crawled end to end by the real spider and settings, and held to the portals' own truth."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.portals import FRIENDLY, PORTALS, TWO_HOSTS, Running, running_portals
from tests.portals.crawling import (
    ROOT,
    crawl,
    figures,
    overlapping,
    pages_asked,
    received,
    records,
    rows,
    run_of,
    stored,
    trapped,
)

ALL = (*PORTALS, *TWO_HOSTS)
WAY = 6  # robots.txt, home, platform, and what else is looked into on the way


@dataclass(frozen=True)
class Crawled:
    """Two runs over all portals: what they left behind, and how many requests the first one took."""

    folder: Path
    running: dict[str, Running]
    first_run: dict[str, int]
    outputs: tuple[str, str]
    statuses: tuple[int, int]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("crawl")
    with running_portals(ALL) as running:
        first = crawl(folder, running.values())
        requests = {name: len(one.log.exchanges) for name, one in running.items()}
        second = crawl(folder, running.values())
        yield Crawled(
            folder,
            running,
            requests,
            (first.stdout + first.stderr, second.stdout + second.stderr),
            (first.returncode, second.returncode),
        )


def test_both_runs_end_well(crawled: Crawled) -> None:
    assert crawled.statuses == (0, 0), crawled.outputs
    assert "Traceback" not in "".join(crawled.outputs)


@pytest.mark.parametrize("name", ALL)
def test_every_report_is_found_and_nothing_else(crawled: Crawled, name: str) -> None:
    portal = crawled.running[name]
    truth = {(filing.issuer, filing.year) for filing in portal.reports.values()}
    found = stored(crawled.folder, name)
    assert set(found.values()) == truth
    for url, filing in portal.reports.items():
        assert found.get(url, (filing.issuer, filing.year)) == (filing.issuer, filing.year)


@pytest.mark.parametrize("name", ALL)
def test_figures_are_those_of_the_truth(crawled: Crawled, name: str) -> None:
    truth = {(filing.issuer, filing.year): filing.truth for filing in crawled.running[name].reports.values()}
    for url, subject in stored(crawled.folder, name).items():
        assert figures(crawled.folder, url) == dict(truth[subject].figures), url


@pytest.mark.parametrize("name", ALL)
def test_the_visit_was_polite(crawled: Crawled, name: str) -> None:
    portal = crawled.running[name]
    assert trapped(portal) == []
    assert overlapping(portal) == []
    assert portal.log.exchanges[0].target == "/robots.txt"
    agents = {exchange.headers.get("user-agent", "") for exchange in portal.log.exchanges}
    assert len(agents) == 1
    assert "nianbao" in agents.pop().lower()


@pytest.mark.parametrize("name", ALL)
def test_few_requests_lead_to_many_reports(crawled: Crawled, name: str) -> None:
    """One for each report and each listing, and a few for the way there."""
    portal = crawled.running[name]
    assert crawled.first_run[name] <= len(portal.reports) + portal.portal.listings + WAY


def test_a_page_that_is_one_file_for_all_articles_is_asked_for_twice(crawled: Crawled) -> None:
    targets = [exchange.target for exchange in crawled.running["epoint-shells"].log.exchanges]
    assert sum("/showinfo.html" in target for target in targets) == 2


def test_most_requests_bring_a_report(crawled: Crawled) -> None:
    large = [name for name, portal in crawled.running.items() if len(portal.reports) >= 20]
    reports = sum(len(crawled.running[name].reports) for name in large)
    assert reports / sum(crawled.first_run[name] for name in large) >= 0.65


@pytest.mark.parametrize("name", ALL)
def test_a_second_run_asks_for_listings_only(crawled: Crawled, name: str) -> None:
    portal = crawled.running[name]
    again = [e for e in portal.log.exchanges[crawled.first_run[name] :] if e.target != "/robots.txt"]
    targets = [(exchange.method, exchange.target) for exchange in again if exchange.method == "GET"]
    assert len(targets) == len(set(targets))
    assert [
        e.target for e in again if f"http://{e.host}{e.target}" in portal.reports and e.status == 200
    ] == []
    assert len(again) <= portal.portal.listings + WAY
    assert run_of(crawled.folder, name)["new"] == 0


@pytest.mark.parametrize("name", ALL)
def test_a_second_run_costs_next_to_nothing(crawled: Crawled, name: str) -> None:
    log, requests = crawled.running[name].log.exchanges, crawled.first_run[name]
    share = received(log[requests:]) / received(log[:requests])
    assert share < 0.05


@pytest.mark.parametrize("name", ALL)
def test_its_family_is_recognised(crawled: Crawled, name: str) -> None:
    sql = (
        "SELECT run_portals.family FROM run_portals JOIN portals ON portals.id = run_portals.portal"
        " WHERE portals.portal = ? ORDER BY run_portals.run LIMIT 1"
    )
    assert rows(crawled.folder, sql, name) == [(crawled.running[name].portal.family,)]


def test_a_word_file_beside_the_text_is_recorded_with_its_report(crawled: Crawled) -> None:
    sql = (
        "SELECT attachments.name, attachments.media_type, reports.year FROM attachments"
        " JOIN revisions ON revisions.id = attachments.revision JOIN reports ON reports.id = revisions.report"
        " JOIN sightings ON sightings.revision = revisions.id WHERE sightings.url = ?"
    )
    attached = crawled.running["attached"]
    whole = {url: filing for url, filing in attached.reports.items() if filing.issuer.endswith("财政局")}
    assert len(whole) == 2
    for url, filing in whole.items():
        (found,) = rows(crawled.folder, sql, url)
        assert found == (f"{filing.title}.doc", "application/msword", filing.year)
    assert rows(crawled.folder, "SELECT * FROM unread_files") == []


def test_the_feed_holds_what_the_database_holds(crawled: Crawled) -> None:
    told = {(record["issuer"], record["year"]) for record in records(crawled.folder)}
    kept = {entry for name in crawled.running for entry in stored(crawled.folder, name).values()}
    assert told == kept


def test_every_portal_was_reached(crawled: Crawled) -> None:
    assert {run_of(crawled.folder, name)["outcome"] for name in crawled.running} == {"reached"}
    assert all(pages_asked(portal) for portal in crawled.running.values())


def demo(folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "scrapy", "demo"]
    return subprocess.Popen(
        command,
        cwd=folder,
        env={**environment, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def test_the_demo_ends_with_a_table(tmp_path: Path) -> None:
    with demo(tmp_path) as process:
        printed, _ = process.communicate(timeout=120)
    assert process.returncode == 0, printed
    for name in FRIENDLY:
        portal = PORTALS[name]("http://127.0.0.1:1")
        row = next(line for line in printed.splitlines() if re.match(rf"{portal.name} +\d", line))
        assert row.split()[2] == str(len(portal.reports))
    assert "Traceback" not in printed
    assert printed.rstrip().endswith("make explore")
    assert (tmp_path / "output" / "reports.db").exists()
    assert (tmp_path / "output" / "reports.jsonl").exists()


def test_the_demo_can_be_stopped(tmp_path: Path) -> None:
    with demo(tmp_path) as process:
        assert process.stdout
        for line in process.stdout:
            if line.startswith("Crawling"):
                break
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
    assert process.returncode == 0
    assert rest.rstrip().splitlines()[-1].startswith("Stopped.")
    assert "Traceback" not in rest
