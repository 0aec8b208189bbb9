"""The dashboards: their numbers, their charts, what they refuse, and that what reports print stays text."""

import asyncio
import doctest
import importlib
import re
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from datasette.app import Datasette

from crawler.store import save
from crawler.store.crawl_log import PortalVisit, begin_run, end_run, note_portal
from crawler.store.database import open_database
from parsers.report import Check, Figure, Report
from tests.explore import OUTPUT
from tests.records import report

sys.path.append(str(OUTPUT / "plugins" / "parts"))

import charts

SVG = "{http://www.w3.org/2000/svg}"
PAGES = ("", "/requests", "/rates", "/checks", "/coverage", "/coverage?region=330100", "/lateness", "/crawl")


def outcomes(one: Report, **counts: int | None) -> Report:
    """The report with these cells in the column 总计 of 申请, and of the review block where named review_…"""
    figures = tuple(
        Figure("litigation", "review", name.removeprefix("review_"), value, "", "件")
        if name.startswith("review_")
        else Figure("requests", name, "total", value, "", "件")
        for name, value in counts.items()
    )
    return replace(one, figures=figures)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = open_database(tmp_path / "reports.db")
    yield opened
    opened.close()


def explore(folder: Path) -> Datasette:
    return Datasette(
        [str(path) for path in folder.glob("*.db")],
        plugins_dir=str(OUTPUT / "plugins"),
        template_dir=str(OUTPUT / "templates"),
    )


def get(folder: Path, address: str, status: int = 200) -> str:
    """The page at an address below /dashboards."""

    async def ask() -> str:
        response = await explore(folder).client.get(f"/dashboards{address}")
        assert response.status_code == status, response.text
        return str(response.text)

    return asyncio.run(ask())


def rows(page: str, panel: int = 1) -> list[list[str]]:
    """The cells of a panel's table, as text; its headings first."""
    section = page.split(f'id="panel-{panel}"')[1].split("</section>")[0]
    lines = re.findall(r"<tr>(.*?)</tr>", section, re.DOTALL)
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines)
    return [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in line] for line in cells]


def test_applications_are_added_up_within_one_level(db: sqlite3.Connection, tmp_path: Path) -> None:
    save(db, outcomes(report("杭州市人民政府", 2022), new_received=1000, granted=400, deny_law=7))
    save(db, outcomes(report("杭州市民政局", 2022), new_received=3, granted=1))
    save(db, outcomes(report("宁波市民政局", 2022), new_received=5, granted=2, deny_law=1, deny_process=2))
    save(db, outcomes(report("宁波市民政局", 2021), new_received=4, granted=None))
    by_year = rows(get(tmp_path, "/requests?level=city+department&year=2022"), 2)
    names = [name.split()[-1] for name in by_year[0]]
    assert names[4:8] == ["予以公开", "部分公开", "不予公开", "无法提供"]
    assert [row[:5] + row[6:7] for row in by_year[1:]] == [
        ["2021", "1", "4", "–", "–", "–"],
        ["2022", "2", "8", "–", "3", "3"],
    ]
    assert rows(get(tmp_path, "/requests?level=city+government"), 2)[1][2] == "1,000"


def test_the_level_with_most_reports_is_shown_first(db: sqlite3.Connection, tmp_path: Path) -> None:
    for name in ("杭州市人民政府", "杭州市民政局", "宁波市民政局"):
        save(db, outcomes(report(name, 2022), new_received=3))
    assert "city departments 市级部门</h2>" in get(tmp_path, "/requests")


def test_a_region_leads_from_province_to_city_to_bodies(db: sqlite3.Connection, tmp_path: Path) -> None:
    save(db, outcomes(report("杭州市民政局", 2022), new_received=3))
    save(db, outcomes(report("杭州市西湖区民政局", 2022), new_received=5))
    page = get(tmp_path, "/coverage")
    assert [row[0] for row in rows(page)[1:]] == ["浙江省"]
    assert "province=330000" in page
    page = get(tmp_path, "/coverage?province=330000")
    assert [row[0] for row in rows(page)[1:]] == ["浙江省杭州市", "浙江省杭州市西湖区"]
    assert "region=330106" in page


def test_a_rate_leaves_out_reports_that_leave_a_term_blank(db: sqlite3.Connection, tmp_path: Path) -> None:
    save(
        db,
        outcomes(
            report("杭州市民政局", 2022),
            granted=1,
            partial=2,
            result_total=4,
            review_corrected=1,
            review_upheld=4,
        ),
    )
    save(
        db,
        outcomes(
            report("宁波市民政局", 2022), granted=50, partial=None, result_total=60, review_corrected=None
        ),
    )
    page = get(tmp_path, "/rates")
    assert rows(page, 1)[1] == ["city departments 市级部门", "75.0 % (1)"]
    assert rows(page, 2)[1] == ["city departments 市级部门", "20.0 % (5)"]
    assert rows(page, 3)[1] == ["city departments 市级部门", "–"]


def test_failed_checks_by_rule_lead_to_their_list_and_to_the_report(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    failed = tuple(Check("R4", "litigation", block, 1, 2, False) for block in ("review", "suit_direct"))
    one = replace(report(year=2022), checks=failed)
    save(db, one)
    page = get(tmp_path, "/checks")
    assert rows(page)[1][1] == "2 (1)"
    assert "/failed_checks?rule=R4&amp;year=2022" in page
    assert rows(page, 2)[1] == ["杭州市民政局", "2", "1"]
    assert f"/report/{one.report_id}" in page


def test_coverage_marks_a_gap_after_the_first_year_only(db: sqlite3.Connection, tmp_path: Path) -> None:
    for name, years in (("杭州市民政局", (2019, 2021)), ("杭州市教育局", (2020,))):
        for year in years:
            save(db, report(name, year))
    table = rows(get(tmp_path, "/coverage?region=330100"))
    assert table[0][1:] == ["2019", "2020", "2021"]
    assert sorted(table[1:]) == [["杭州市教育局", "–", "●", "gap 缺"], ["杭州市民政局", "●", "gap 缺", "●"]]


def test_lateness_by_the_date_that_the_page_prints(db: sqlite3.Connection, tmp_path: Path) -> None:
    for name, day in (("杭州市民政局", "01-31"), ("杭州市教育局", "02-01"), ("杭州市财政局", "05-30")):
        save(db, report(name, 2022, published_on=f"2023-{day}"))
    page = get(tmp_path, "/lateness")
    assert rows(page)[1] == ["2022", "1", "1", "0", "0", "1", "0"]
    assert [row[::2] for row in rows(page, 2)[1:]] == [["杭州市财政局", "119"], ["杭州市教育局", "1"]]


def test_crawl_health_names_what_blocked_a_portal(db: sqlite3.Connection, tmp_path: Path) -> None:
    run = begin_run(db, "2026-01-10T17:15:00+00:00", "")
    note_portal(db, run, PortalVisit("hangzhou", "blocked", "blocked: 412 <script>"))
    end_run(db, run, "2026-01-10T18:00:00+00:00", "finished")
    page = get(tmp_path, "/crawl")
    assert rows(page, 1)[1] == ["hangzhou", "blocked 被拦截", "blocked: 412 <script>"]
    assert rows(page, 2)[1][:6] == ["1", "2026-01-10 17:15", "finished", "1", "0", "1"]
    assert rows(page, 3)[1] == ["hangzhou", "blocked: 412 <script>"]


@pytest.mark.parametrize("address", PAGES)
def test_hostile_text_is_text_and_nothing_is_fetched_from_elsewhere(
    db: sqlite3.Connection, tmp_path: Path, address: str
) -> None:
    hostile = "杭州市<script>alert(1)</script>\"'&" + "赌" * 10_000
    one = replace(
        report(year=2022, published_on="2023-09-01"), report_id="0" * 20, issuer=hostile, title=hostile
    )
    save(db, one)
    db.execute("UPDATE report_totals SET region_code = '330100'")
    page = get(tmp_path, address)
    assert "<script>alert" not in page
    assert not re.findall(r"(?:src|href)=[\"']?(?:https?:)?//(?!datasette\.io)", page)


@pytest.mark.parametrize("address", PAGES)
def test_pages_of_a_database_without_reports(db: sqlite3.Connection, tmp_path: Path, address: str) -> None:
    assert "<h1>" in get(tmp_path, address)


@pytest.mark.parametrize(
    "address", ["?level=x", "/rates?province=33", "/lateness?year=20x4", "/coverage?region=%27"]
)
def test_a_filter_that_means_nothing_is_refused(db: sqlite3.Connection, tmp_path: Path, address: str) -> None:
    get(tmp_path, address, 400)


def test_an_unknown_dashboard_and_no_database_are_told_in_words(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    assert "no dashboard" in get(tmp_path, "/nothing", 404)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "make demo" in get(empty, "", 404)


@pytest.mark.parametrize("address", PAGES)
def test_every_number_can_be_taken_as_json(db: sqlite3.Connection, tmp_path: Path, address: str) -> None:
    save(db, outcomes(report(year=2022), new_received=3))
    links = [unescape(link) for link in re.findall(r'href="(/reports\?sql=[^"]+)"', get(tmp_path, address))]
    assert links

    async def ask() -> list[int]:
        client = explore(tmp_path).client
        return [(await client.get(link.replace("/reports?", "/reports.json?"))).status_code for link in links]

    assert set(asyncio.run(ask())) == {200}


def test_a_missing_value_is_a_gap_in_the_line() -> None:
    svg = ElementTree.fromstring(charts.lines("rate", ["1", "2", "3", "4"], [("a", [1, None, 2, 3])], "%"))
    (path,) = svg.iter(f"{SVG}path")
    assert re.findall("[ML]", path.attrib["d"]) == ["M", "M", "L"]
    assert [circle[0].text for circle in svg.iter(f"{SVG}circle")] == ["a, 1: 1%", "a, 3: 2%", "a, 4: 3%"]


def test_bars_are_as_high_as_their_values_and_stand_on_each_other() -> None:
    svg = ElementTree.fromstring(
        charts.stacked_bars("sums", ["2020"], [("a", [30]), ("b", [60]), ("c", [None])])
    )
    lower, upper = ((float(bar.attrib["y"]), float(bar.attrib["height"])) for bar in svg.iter(f"{SVG}rect"))
    assert upper[1] == pytest.approx(2 * lower[1], abs=0.2)
    assert upper[0] + upper[1] == pytest.approx(lower[0], abs=0.2)
    assert "90" in [text.text for text in svg.iter(f"{SVG}text")]


def test_names_in_charts_are_text_and_short() -> None:
    name = "<b>&\"'" + "长" * 10_000
    for svg in (charts.lines(name, [name], [(name, [1])]), charts.stacked_bars(name, [name], [(name, [1])])):
        assert len(svg) < 5_000
        assert not list(ElementTree.fromstring(svg).iter("b"))
    assert "<b>" not in charts.key([name])


def test_a_column_without_any_value_has_no_bar_and_no_sum() -> None:
    svg = ElementTree.fromstring(charts.stacked_bars("sums", ["2020", "2021"], [("a", [None, 2])]))
    assert len(list(svg.iter(f"{SVG}rect"))) == 1
    assert charts.stacked_bars("sums", [], [("a", [])]) == charts.lines("sums", [], []) == ""


@pytest.mark.parametrize("name", ["charts", "dashboard_parts", "outcomes"])
def test_examples_in_the_plugins(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0
    assert found.failed == 0
