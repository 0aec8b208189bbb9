"""The demo portals themselves: they can be trusted to be what the crawl tests take them for."""

import http.client
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from parsel import Selector

from crawler.portals import load_portals
from tests.portals import ALL, CHANGING, PORTALS, Running, registry_csv, running_portals
from tests.portals.server import Request, Response
from tests.portals.site import Portal

BASE = "http://127.0.0.99:4711"


@pytest.fixture(scope="module")
def running() -> Iterator[dict[str, Running]]:
    with running_portals(["trs", "gkmlpt", "editions", "resets", "flood"]) as running:
        yield running


def ask(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, dict(response.headers), response.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def pages(portal: Portal) -> Iterator[tuple[str, str]]:
    for target, page in portal.pages.items():
        request = Request("GET", target, {}, number=99)
        response = page if isinstance(page, Response) else page(request)
        if response.status == 200 and "html" in response.content_type and response.times == 1:
            encoding = "gb18030" if b"gb2312" in response.data else "utf-8"
            yield target, response.data.decode(encoding, "replace")


@cache
def shown(name: str) -> tuple[Portal, dict[str, str]]:
    """A portal and its pages as they come."""
    portal = ALL[name](BASE)
    return portal, dict(pages(portal))


def anchors(html: str) -> list[str]:
    selector = Selector(html)
    return selector.xpath(
        "//a/@href | //area/@href | //iframe/@src | //option/@value[contains(., '/') or contains(., '.')]"
    ).getall()


@pytest.mark.parametrize("name", ALL)
def test_no_page_leads_to_a_live_host(name: str) -> None:
    for target, html in shown(name)[1].items():
        for host in re.findall(r"(?:https?:)?//([a-z0-9-]+(?:[.][a-z0-9-]+)+)", html):
            assert host in {"127.0.0.99", "127.0.0.1"} or host.endswith(".invalid"), (target, host)


@pytest.mark.parametrize("name", PORTALS)
def test_links_lead_to_pages(name: str) -> None:
    portal, known = shown(name)
    open_ended = re.compile(
        "|".join((r"^/m/", r"/print", r"_app\.", r"/mpost_", r"page=\d", r"sort=", *portal.traps))
    )
    for target, html in known.items():
        if open_ended.search(target):
            continue
        for href in anchors(html):
            url = urlsplit(urljoin(BASE + target, href.strip().replace("\\", "/")))  # as browsers do
            goal = url.path + (f"?{url.query}" if url.query else "")
            if url.netloc == urlsplit(BASE).netloc and not open_ended.search(goal):
                answer = portal.answer(Request("GET", goal, {}))
                assert answer.status in (200, 301, 302), (target, href)


@pytest.mark.parametrize("name", PORTALS)
def test_a_portal_is_the_same_each_time(name: str) -> None:
    other = PORTALS[name](BASE)
    assert shown(name)[0].reports == other.reports
    assert shown(name)[1] == dict(pages(other))


@pytest.mark.parametrize("name", PORTALS)
def test_each_report_stands_where_the_truth_says(name: str) -> None:
    portal, known = shown(name)
    reports = {(filing.issuer, filing.year) for filing in portal.reports.values()}
    assert len(reports) == len(portal.reports) >= 6
    for target, html in known.items():
        if target in portal.reports and not target.endswith(".pdf"):
            assert portal.reports[target].title in html


def test_an_unchanged_page_is_not_sent_twice(running: dict[str, Running]) -> None:
    url = next(iter(running["trs"].reports))
    status, headers, body = ask(url)
    assert (status, len(body) > 1000) == (200, True)
    assert ask(url, **{"If-None-Match": headers["ETag"]})[::2] == (304, b"")
    assert ask(url, **{"If-Modified-Since": headers["Last-Modified"]})[::2] == (304, b"")
    assert ask(url, **{"If-None-Match": '"other"'})[0] == 200


def test_the_log_tells_who_asked_for_what(running: dict[str, Running]) -> None:
    portal = running["trs"]
    ask(portal.start_url, **{"User-Agent": "test"})
    last = portal.log.exchanges[-1]
    assert (last.method, last.target, last.status) == ("GET", portal.portal.home, 200)
    assert last.headers["user-agent"] == "test"
    assert last.begin <= last.end


def test_page_0_of_gkmlpt_repeats_page_1(running: dict[str, Running]) -> None:
    listing = running["gkmlpt"].base + "/gkmlpt/api/all/1188?sid=755099&page="
    assert ask(listing + "0")[2] == ask(listing + "1")[2] != ask(listing + "2")[2]


def test_an_edition_changes_what_stands_at_an_address(running: dict[str, Running]) -> None:
    portal = running["editions"]
    corrected, gone = "/zfxxgk/zfxxgknb/2022.html", "/zfxxgk/zfxxgknb/2019.html"
    before = ask(portal.base + corrected)[2]
    portal.edition = 1
    assert ask(portal.base + corrected)[2] != before
    assert ask(portal.base + gone)[0] == 404
    portal.edition = 0
    assert ask(portal.base + corrected)[2] == before


def test_a_reset_connection_breaks_in_the_middle(running: dict[str, Running]) -> None:
    url = running["resets"].base + "/zfxxgk/zfxxgknb/2020.html"
    with pytest.raises((ConnectionError, http.client.IncompleteRead)):
        ask(url)
    assert ask(url)[0] == 200


def test_the_registry_can_be_loaded(running: dict[str, Running], tmp_path: Path) -> None:
    file = tmp_path / "portals.csv"
    file.write_text(registry_csv(running.values()), encoding="utf-8")
    assert [portal.id for portal in load_portals(file)] == list(running)
    assert {portal.family for portal in load_portals(file)} == {"auto"}


def test_a_correction_keeps_body_and_year() -> None:
    portal = CHANGING["editions"](BASE)
    target = "/zfxxgk/zfxxgknb/2022.html"
    before, after = portal.reports[target], portal.corrected[target]
    assert replace(after, version=0) == before
    assert after.truth.figures != before.truth.figures
