"""Search finds Chinese: recall and precision against a plain look at the texts, ranks, snippets, plain words."""

import html
import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest

pytest.importorskip("datasette", reason="the explorer's tests need the extra [explore]")

from crawler.store import save
from crawler.store.search import match_expression
from parsers.report import Report
from tests.explore import Site, folder, read
from tests.records import checked_database, report
from tests.writing import write_truth

TEXTS = {
    "杭州市民政局": "宗教活动场所信息3件。行政复议维持。",
    "杭州市宗教事务局": "本年收到申请30件，政府网站 Datasette 已开通。",
    "杭州市教育局": "行政，政复议论不是一个词。宗 教 分开写。",
    "杭州市财政局": "行政許可與行政複議，２０２４年公開。",
    "杭州市卫生局": "向社會公開 OR 结果；行政复议决定3 件。",
}


def written(issuer: str, text: str, year: int = 2020) -> Report:
    return report(issuer, year, url=f"http://www.hangzhou.gov.cn/{quote(issuer)}/{year}.html", text=text)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    reports = [written(issuer, text) for issuer, text in TEXTS.items()]
    return Site(folder(tmp_path_factory.mktemp("site"), reports))


def found(site: Site, query: str) -> list[str]:
    """The bodies on the page of results, in its order."""
    page = site.get(f"/search?q={quote(query)}")
    return [html.unescape(name) for name in re.findall(r'<a href="/body/[^"]*">([^<]*)</a> · 2020', page)]


def in_box(site: Site, query: str, table: str = "current_reports") -> set[str]:
    """The bodies that Datasette's own search box finds."""
    page = site.get(f"/reports/{table}.json?_shape=array&_search={quote(query)}")
    return {row["issuer"] for row in json.loads(page)}


@pytest.mark.parametrize(
    ("query", "bodies"),
    [
        ("宗教", {"杭州市民政局", "杭州市宗教事务局"}),  # two characters; 宗 教 with a space is not the word
        (
            "行政复议",
            {"杭州市民政局", "杭州市财政局", "杭州市卫生局"},
        ),  # not across a comma; Traditional folded
        ("行政复议决定", {"杭州市卫生局"}),
        ("行政许可与行政复议", {"杭州市财政局"}),  # long
        ("宗教 行政复议", {"杭州市民政局"}),  # all words
        ("3件", {"杭州市民政局", "杭州市卫生局"}),  # mixed: a whole number, not 30件
        ("本年收到申请30件", {"杭州市宗教事务局"}),  # mixed within
        ("2024年公开", {"杭州市财政局"}),  # full-width digits
        ("datasette", {"杭州市宗教事务局"}),  # English, in any case
        ("data", set()),  # whole words only
        ("OR", {"杭州市卫生局"}),  # no operators
        ("宗教 OR 财政", set()),
        ('"网站 Datasette"', {"杭州市宗教事务局"}),  # one phrase
        ("杭州市卫生局", {"杭州市卫生局"}),  # a body
        ("工作年度报告", set(TEXTS)),  # every title
        (
            "议",
            {"杭州市民政局", "杭州市教育局", "杭州市财政局", "杭州市卫生局"},
        ),  # one character, within words too
        ("不存在的词", set()),
    ],
)
def test_both_searches_find_what_the_texts_say_and_nothing_else(
    site: Site, query: str, bodies: set[str]
) -> None:
    assert set(found(site, query)) == bodies
    assert in_box(site, query) == bodies


def test_every_pair_of_characters_of_every_text_is_found(site: Site) -> None:
    runs = [run for text in TEXTS.values() for run in re.findall("[\u4e00-\u9fff]{2,}", text)]
    pairs = {run[place : place + 2] for run in runs[:8] for place in range(len(run) - 1)}
    for pair in pairs:
        assert {issuer for issuer, text in TEXTS.items() if pair in text} <= in_box(site, pair), pair


def test_any_stretch_of_any_report_finds_what_holds_it(tmp_path: Path) -> None:
    """Recall and precision over whole reports: what a plain look at their texts finds, no more and no less."""
    truths = [write_truth(f"{city}市{office}局", year) for year in (2020, 2023) for city, office in OFFICES]
    records = [read(truth, f"http://www.example.gov.cn/{place}.html") for place, truth in enumerate(truths)]
    texts = {
        (one.issuer, one.year): "\n".join(
            (one.title, *(part for section in one.sections for part in (section.title, section.text)))
        )
        for one in records
    }
    site = Site(folder(tmp_path, records))
    rng = Random(6)
    for _ in range(40):
        run = rng.choice(re.findall("[\u4e00-\u9fff]{2,}", rng.choice(list(texts.values()))))
        start = rng.randrange(len(run) - 1)
        query = run[start : start + rng.randint(2, 8)]
        page = site.get(f"/reports/current_reports.json?_shape=array&_size=max&_search={quote(query)}")
        listed = {(row["issuer"], row["year"]) for row in json.loads(page)}
        assert listed == {key for key, text in texts.items() if query in text}, query


OFFICES = (("杭州", "民政"), ("杭州", "财政"), ("宁波", "教育"), ("苏州", "宗教事务"), ("武汉", "卫生健康"))


def test_the_other_tables_search_too(site: Site) -> None:
    assert site.get(f"/reports/revisions.json?_shape=array&_search={quote('宗教活动')}").count('"id"') == 1
    assert site.get(f"/reports/reports.json?_shape=array&_search={quote('宗教活动')}").count('"id"') == 1


def test_a_word_in_the_title_goes_first(site: Site) -> None:
    assert found(site, "宗教")[0] == "杭州市宗教事务局"


def test_the_passage_is_shown_and_marked(site: Site) -> None:
    page = site.get(f"/search?q={quote('行政复议 维持')}")
    assert "<mark>行政复议</mark><mark>维持</mark>" in page
    page = site.get(f"/search?q={quote('行政复议')}")
    assert "<mark>行政複議</mark>" in page, "as printed, although found in another script"


def test_one_character_is_told_plainly(site: Site) -> None:
    assert "One character (议)" in site.get(f"/search?q={quote('议')}")
    assert "One character" not in site.get(f"/search?q={quote('行政复议')}")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "。，",
        '"',
        '""',
        '" "',
        "*",
        "宗教*",
        "(",
        "NEAR(",
        "title:",
        "a AND",
        "-",
        "^",
        "\x00",
        "宗\x00教",
        "'",
        "<b>",
        "行" * 5000,
        "复议 " * 500,
    ],
)
def test_no_query_is_an_error(site: Site, query: str) -> None:
    site.get(f"/search?q={quote(query)}")
    site.get(f"/reports/current_reports?_search={quote(query[:600])}")


@pytest.mark.parametrize("more", ["&page=0", "&page=-1", "&page=x", "&page=999999", "&year=x", "&year=99999"])
def test_no_address_is_an_error(site: Site, more: str) -> None:
    site.get(f"/search?q={quote('宗教')}{more}")


def test_a_year_narrows(site: Site) -> None:
    assert "<b>0</b> reports" in site.get(f"/search?q={quote('宗教')}&year=2019")
    assert "<b>2</b> reports" in site.get(f"/search?q={quote('宗教')}&year=2020")


def test_queries_and_texts_are_shown_as_text(tmp_path: Path) -> None:
    hostile = replace(written("杭州市民政局", "宗教<script>alert(1)</script>"), title="<b>宗教</b>")
    page = Site(folder(tmp_path, [hostile])).get(f"/search?q={quote('宗教<script>')}")
    assert "<script>" not in page.split("</head>")[1].split("<footer")[0]
    page = Site(tmp_path).get(f"/search?q={quote('宗教')}")
    assert "&lt;b&gt;<mark>宗教</mark>&lt;/b&gt;" in page


# The index follows what `save` does


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with checked_database(tmp_path / "reports.db") as opened:
        yield opened


def matches(db: sqlite3.Connection, query: str) -> list[int]:
    sql = "SELECT rowid FROM revisions_fts WHERE revisions_fts MATCH ? ORDER BY rowid"
    return [row[0] for row in db.execute(sql, (match_expression(query),))]


def test_every_revision_is_indexed_once(db: sqlite3.Connection) -> None:
    first, second = written("杭州市民政局", "宗教场所"), written("杭州市民政局", "养老场所")
    for one in (first, second, first, replace(first, source=replace(first.source, url="http://b.gov.cn/"))):
        save(db, one)
    assert matches(db, "宗教") == [1]
    assert matches(db, "场所") == [1, 2]


def test_what_is_written_anew_is_found_by_its_new_words_only(db: sqlite3.Connection) -> None:
    """A sighting fetched earlier comes later: the revision then says what that record says."""
    record = written("杭州市民政局", "宗教场所")
    save(db, record)
    earlier = replace(
        record, title="旧题目二〇一九", source=replace(record.source, fetched_at="2020-01-01T00:00:00+00:00")
    )
    save(db, earlier)
    assert matches(db, "旧题目") == [1]
    assert matches(db, "工作年度报告") == []
    assert matches(db, "宗教场所") == [1]
    kept = db.execute("SELECT count(*) FROM shingles").fetchone()
    save(db, replace(earlier, source=replace(earlier.source, fetched_at="2019-01-01T00:00:00+00:00")))
    assert db.execute("SELECT count(*) FROM shingles").fetchone() == kept
