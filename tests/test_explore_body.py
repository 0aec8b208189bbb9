"""The page of a body: its years, charts, checks from year to year, and repeated text."""

import re
import sys
from urllib.parse import quote

import pytest
from lxml import html

pytest.importorskip("datasette", reason="the explorer's tests need the extra [explore]")

from tests.explore import OUTPUT, Site
from tests.known_reports import BODY, OTHER, TRUTHS, known_site, words

sys.path += [str(OUTPUT / "plugins"), str(OUTPUT / "plugins" / "parts")]

from body_page import in_time
from repeated_text import repeated


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return known_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def body(site: Site) -> html.HtmlElement:
    return html.fromstring(site.get(f"/body/{quote('浙江省/杭州市/民政局')}"))


def test_a_body_is_found_by_its_key_and_by_its_name(site: Site, body: html.HtmlElement) -> None:
    assert words(body.xpath("//h1")[0]) == BODY
    assert words(html.fromstring(site.get(f"/body/{quote(BODY)}")).xpath("//h1")[0]) == BODY


def test_every_year_has_its_line_and_a_missing_one_too(body: html.HtmlElement) -> None:
    lines = {
        words(line.xpath("./th")[0]): words(line)
        for line in body.xpath("//section[@aria-labelledby='years']//tbody/tr")
    }
    assert {str(year) for year in range(2017, 2025)} <= set(lines)
    assert "none was seen" in lines["2018"]
    assert "days late" in lines["2024"] or "in time" in lines["2024"]


def test_lateness_is_counted_from_the_legal_date() -> None:
    report = {"year": 2020, "published_on": "2021-02-03"}
    late = in_time([report, {"year": 2022, "published_on": None}], "-01-31", "2024-01-31")
    assert [(line["year"], line["days"], line["report"] is None) for line in late] == [
        (2022, None, False),
        (2021, None, True),
        (2020, 3, False),
    ]
    assert in_time([report], "-01-31", "2022-02-01")[0]["year"] == 2021, "due yesterday"


def test_charts_and_numbers_say_the_same(body: html.HtmlElement) -> None:
    total = TRUTHS[2023].figures["requests", "new_received", "total"]
    applications = body.xpath("//*[@class='chart']")[0]
    assert f"received 新收, 2023: {total}" in applications.xpath(".//title/text()")
    table = body.xpath("//section[@aria-labelledby='figures']//table")[0]
    line = next(row for row in table.xpath(".//tbody/tr") if words(row.xpath("./th")[0]) == "2023")
    shown = [words(one) for one in line.xpath("./td")]
    figures = TRUTHS[2023].figures
    refused = sum(
        value or 0
        for (table, row, column), value in figures.items()
        if row.startswith("deny_") and column == "total"
    )
    assert shown[:4] == [
        str(total),
        str(figures["requests", "granted", "total"]),
        str(figures["requests", "partial", "total"]),
        str(refused),
    ]
    assert shown[7] == str(figures["litigation", "review", "upheld"])


def test_r5_and_r7_are_held_across_years(body: html.HtmlElement) -> None:
    lines = {
        words(line.xpath("./th")[0]): words(line)
        for line in body.xpath("//section[@aria-labelledby='across']//tbody/tr")
    }
    assert "R5: 7" in lines["2023"], "what was carried out is carried in, in all seven columns"
    assert "R7 规章" in lines["2024"]
    assert "2019" not in lines, "the year before is missing"


def test_a_copied_text_is_found_with_its_share_and_passages(site: Site) -> None:
    shown = html.fromstring(site.get(f"/body/{quote(OTHER)}"))
    repeated_of = words(shown.xpath("//section[@aria-labelledby='repeated']")[0])
    found = re.search(r"([0-9]+)% stands in 见于 杭州市民政局 2023", repeated_of)
    assert found
    assert int(found[1]) > 80
    assert shown.xpath("//ul[@class='nb-passages']/li")


def test_repeated_text() -> None:
    from crawler.store.shingles import shingles

    text = "".join(chr(0x4E00 + place) for place in range(100))
    assert repeated("短", set()) is None
    whole = repeated(text, set(shingles(text)))
    assert whole
    assert (whole.share, whole.passages) == (1.0, (text,))
    half = repeated(text, set(shingles(text[:50])))
    assert half
    assert half.passages == (text[:50],)
    nothing = repeated(text, set())
    assert nothing
    assert (nothing.share, nothing.passages) == (0.0, ())
