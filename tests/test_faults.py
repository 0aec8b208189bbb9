"""Portals with a fault, one test each: what is stored, what is told, and how the crawler behaves towards them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from shutil import copytree

import pytest
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.middlewares import Refused, fails_always
from tests.portals import FAULTS, Running, running_portals
from tests.portals.crawling import (
    crawl,
    overlapping,
    pages_asked,
    rows,
    run_of,
    stored,
    trapped,
)
from tests.portals.faults import ARCHIVES


@dataclass(frozen=True)
class Crawled:
    """One run over all fault portals at once: what befalls one must not touch another."""

    folder: Path
    running: dict[str, Running]
    status: int
    output: str

    def years(self, name: str) -> set[int]:
        return {year for _, year in stored(self.folder, name).values()}

    def expected(self, name: str) -> set[int]:
        return {filing.year for filing in self.running[name].portal.reports.values()}

    def asked(self, name: str, year: int) -> int:
        return sum(e.target.endswith(f"/{year}.html") for e in self.running[name].log.exchanges)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("faults")
    with running_portals(FAULTS) as running:
        done = crawl(folder, running.values(), DOWNLOAD_TIMEOUT=2)
        yield Crawled(folder, running, done.returncode, done.stdout + done.stderr)


def test_a_run_that_met_faults_ends_and_says_so(crawled: Crawled) -> None:
    assert "Traceback" not in crawled.output
    assert all(run_of(crawled.folder, name) for name in crawled.running)


@pytest.mark.parametrize(
    "name", ["challenge-412", "challenge-521", "challenge-later", "waf-200", "captcha", "forbidden"]
)
def test_a_block_is_a_stop_sign(crawled: Crawled, name: str) -> None:
    told = run_of(crawled.folder, name)
    assert told["outcome"] == "blocked"
    assert told["reason"]
    first_refusal = {"challenge-later": 6, "captcha": 5}.get(name, 1)
    asked = len(pages_asked(crawled.running[name]))
    assert asked <= first_refusal + 3  # one more look at most, and no attempt to get round it
    assert not any("cookie" in e.headers for e in crawled.running[name].log.exchanges)


def test_a_cookie_that_the_host_sets_is_returned_once_it_asks(crawled: Crawled) -> None:
    portal = crawled.running["own-cookie"]
    assert crawled.years("own-cookie") == crawled.expected("own-cookie")
    assert sum(exchange.status == 302 for exchange in portal.log.exchanges) == 1
    others = (one for name, one in crawled.running.items() if name != "own-cookie")
    assert not any("cookie" in exchange.headers for one in others for exchange in one.log.exchanges)


@pytest.mark.parametrize("name", ["busy-503", "limited-429"])
def test_a_busy_portal_is_given_time(crawled: Crawled, name: str) -> None:
    assert crawled.years(name) == crawled.expected(name)
    log = crawled.running[name].log.exchanges
    waits = [
        later.begin - earlier.end
        for place, earlier in enumerate(log)
        if earlier.status in (429, 503)
        for later in log[place + 1 : place + 2]
    ]
    assert waits
    assert min(waits) >= (0.95 if name == "busy-503" else 0.1)


@pytest.mark.parametrize("name", ["resets", "slow"])
def test_a_bad_line_costs_nothing_but_time(crawled: Crawled, name: str) -> None:
    assert crawled.years(name) == crawled.expected(name)


def test_a_page_without_end_is_given_up(crawled: Crawled) -> None:
    assert crawled.years("stalled") == crawled.expected("stalled")
    assert 1 <= crawled.asked("stalled", 2021) <= 3


def test_a_soft_404_is_no_report(crawled: Crawled) -> None:
    assert crawled.years("soft-404") == crawled.expected("soft-404")


def test_redirect_loops_end(crawled: Crawled) -> None:
    assert crawled.years("loops") == crawled.expected("loops")
    assert crawled.asked("loops", 2020) <= 20


def test_redirects_out_of_the_portal_are_not_followed(crawled: Crawled) -> None:
    assert crawled.years("leads-away") == crawled.expected("leads-away")
    assert crawled.asked("leads-away", 2019) == 1


def test_floods_are_cut_off(crawled: Crawled) -> None:
    assert crawled.years("flood") == crawled.expected("flood")
    assert crawled.asked("flood", 2020) <= 3


def test_what_fails_always_is_not_asked_for_again_the_next_night(crawled: Crawled, tmp_path: Path) -> None:
    failing = {"loops": 2020, "leads-away": 2019, "flood": 2020}
    asked = [crawled.asked(name, year) for name, year in failing.items()]
    copytree(crawled.folder, tmp_path, dirs_exist_ok=True)
    crawl(tmp_path, [crawled.running[name] for name in failing])
    assert [crawled.asked(name, year) for name, year in failing.items()] == asked


def test_what_may_come_tomorrow_is_asked_for_again() -> None:
    assert fails_always(IgnoreRequest("max redirections reached")) == 302
    assert fails_always(Refused("address: another port")) == 302
    assert not fails_always(Refused("robots: disallowed"))
    assert not fails_always(HttpError(Response("http://a.gov.cn/", status=500)))


def test_files_that_nothing_reads_are_known(crawled: Crawled) -> None:
    assert crawled.years("unread-files") == {2021, 2024}  # whose pages have at least a title and a header
    column = crawled.running["unread-files"].base + "/zfxxgk/zfxxgknb/"
    found = rows(
        crawled.folder,
        "SELECT replace(url, ?, ''), issuer, year, media_type, replace(page, ?, '') FROM file_only_reports"
        " ORDER BY year",
        column,
        column,
    )
    assert found == [
        ("2017.wps", ARCHIVES, 2017, "application/msword", None),
        ("2018.ofd", ARCHIVES, 2018, "application/ofd", None),
        ("2019.doc", ARCHIVES, 2019, "application/msword", None),
        ("2020.jpg", ARCHIVES, 2020, "image/jpeg", None),
        ("2021.doc", ARCHIVES, 2021, "application/msword", "2021.html"),
        ("2022.doc", ARCHIVES, 2022, "application/msword", "2022.html"),
        ("2023.pdf", ARCHIVES, 2023, "application/pdf", "2023.html"),
        ("2024.pdf", ARCHIVES, 2024, "application/pdf", None),
    ]
    assert run_of(crawled.folder, "unread-files")["unreadable"] == 6
    assert "6 unreadable (see file_only_reports)" in crawled.output


@pytest.mark.parametrize("name", ["robots-all", "robots-503", "robots-column"])
def test_a_closed_portal_is_not_visited(crawled: Crawled, name: str) -> None:
    assert trapped(crawled.running[name]) == []
    assert crawled.years(name) == set()
    assert run_of(crawled.folder, name)["outcome"] == "robots"


def test_crawl_delay_is_kept(crawled: Crawled) -> None:
    assert crawled.years("robots-delay") == crawled.expected("robots-delay")
    begun = [exchange.begin for exchange in pages_asked(crawled.running["robots-delay"])]
    # counted from the answer, so that the host sees the whole of it however late our question comes through
    assert min(later - earlier for earlier, later in pairwise(begun)) >= 0.5


# The log cannot tell when a visitor turned away from an answer that was still being sent.
WHOLE = [name for name in FAULTS if name not in ("stalled", "flood")]


@pytest.mark.parametrize("name", WHOLE)
def test_never_two_requests_at_once(crawled: Crawled, name: str) -> None:
    assert overlapping(crawled.running[name]) == []
