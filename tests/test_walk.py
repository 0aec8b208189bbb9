"""A walk over one portal: what is asked for next, and what is given up."""

import re

import pytest

from crawler.families import Link, ListPage
from crawler.navigation.navigate import Promise
from crawler.navigation.taking import SETTLED, one_version, years_shown_settled
from crawler.navigation.visit import Visit
from crawler.navigation.walk import Walk
from crawler.portals import Portal

COLUMN_PAGE = ListPage("http://www.a.gov.cn/zfxxgk/zfxxgknb/", "<title>政府信息公开年报</title>")
HOME = ListPage("http://www.a.gov.cn/", "<title>某县人民政府</title>")


def walk() -> Walk:
    one = Walk(Portal("a", "某县人民政府", "", "county", "auto", "http://www.a.gov.cn/"))
    one.begin()
    return one


def visit_of(one: Walk) -> Visit:
    visit = one.take()
    assert visit
    return visit


def page(visit: Visit, body: str, title: str = "") -> ListPage:
    return ListPage(visit.link.url, f"<title>{title}</title><body>{body}</body>")


def test_the_most_promising_link_is_followed_first_and_once() -> None:
    one = walk()
    home = "<a href='/zwgk/'>政务公开</a><a href='/nb/'>政府信息公开年报</a><a href='/nb/index.html'>年报</a><a href='/b/'>要闻</a>"
    one.learn(visit_of(one), page(Visit(Link("http://www.a.gov.cn/"), None), home))  # type: ignore[arg-type]
    assert [visit.link.url for visit in iter(one.take, None)] == [
        "http://www.a.gov.cn/nb/",
        "http://www.a.gov.cn/zwgk/",
    ]


def test_a_pager_that_repeats_itself_ends() -> None:
    one = walk()
    start = visit_of(one)
    rows = "<li><a href='/1.html'>甲局2023年政府信息公开工作年度报告</a></li>"
    one.learn(start, page(start, rows + "<a href='/?page=2'>下一页</a>", "政府信息公开年报"))
    report, pager = visit_of(one), visit_of(one)
    assert (report.promise.role, pager.link.kind) == ("report", "next")
    one.learn(pager, page(pager, rows + "<a href='/?page=3'>下一页</a>", "政府信息公开年报"))
    assert one.take() is None


def test_a_pager_that_goes_on_without_rows_ends() -> None:
    one = walk()
    start = visit_of(one)
    beside = "<ul class='hot'><li><a href='/hot/{0}.html'>今日天气</a></li><li><a href='/hot/{0}9.html'>招生</a></li></ul>"
    rows = "<ul><li><a href='/1.html'>甲局2023年政府信息公开工作年度报告</a></li></ul>"
    following = "<a href='/?page={0}'>下一页</a>"
    one.learn(start, page(start, rows + following.format(2) + beside.format(1), "政府信息公开年报"))
    _, pager = visit_of(one), visit_of(one)
    one.learn(pager, page(pager, following.format(3) + beside.format(2), "政府信息公开年报"))
    assert one.take() is None


def test_a_list_whose_first_rows_bring_nothing_is_given_up() -> None:
    one = walk()
    start = visit_of(one)
    rows = "".join(f"<li><a href='/jg/{n}/'>{chr(0x4E00 + n)}镇人民政府</a></li>" for n in range(30))
    one.learn(start, page(start, f"<ul>{rows}</ul>", "政府信息公开年报"))
    visits = []
    while visit := one.take():
        visits.append(visit)
        one.learn(visit, page(visit, "<p>暂无信息</p>"))
    assert 1 <= len(visits) <= 8


def test_once_reports_came_nothing_else_is_wandered_through() -> None:
    one = walk()
    start = visit_of(one)
    home = "<a href='/nb/'>政府信息公开年报</a><a href='/zwgk/'>政务公开</a><a href='/map.html'>网站地图</a>"
    one.learn(start, page(start, home))
    column = visit_of(one)
    one.learn(
        column, page(column, "<a href='/1.html'>甲局2023年政府信息公开工作年度报告</a>", "政府信息公开年报")
    )
    assert visit_of(one).promise.role == "report"
    one.reports += 1
    assert one.take() is None


def test_a_banner_of_one_year_does_not_hide_the_platform() -> None:
    one = walk()
    start = visit_of(one)
    one.learn(start, page(start, "<a href='/b/'>2019年政府信息公开年报</a><a href='/zwgk/'>政务公开</a>"))
    banner = visit_of(one)
    one.learn(banner, page(banner, "<a href='/1.html'>甲局2019年政府信息公开工作年度报告</a>"))
    assert visit_of(one).promise.role == "report"
    one.reports += 1
    assert visit_of(one).link.url.endswith("/zwgk/")


def test_another_spelling_is_tried_where_the_made_up_column_does_not_exist() -> None:
    one = walk()
    start = visit_of(one)
    one.learn(start, page(start, "<a href='/public/column/57?type=4&action=list'>甲局</a>", "政府信息公开"))
    made_up = visit_of(one)
    assert made_up.link.url.endswith("/57?type=3&action=list")
    one.failed(made_up)
    own = visit_of(one)
    assert own.link.url.endswith("/57?type=4&action=list")
    one.learn(own, page(own, "<a href='/public/column/57?type=3'>政府信息公开年报</a>"))
    assert visit_of(one).link.url.endswith("/57?type=3")


def test_static_pages_serve_where_the_interface_gives_no_rows() -> None:
    column = (
        "<li><a href='/c1/202401/{0}.shtml'>甲局2023年政府信息公开工作年度报告</a></li>"
        "<script>createPageHTML('page_div', 2, 1, 'common_list', 'shtml', 2);"
        "get('/common/search/{0}?_isJson=true&page=1')</script>"
    ).format("0" * 32)
    for answers in (True, False):
        one = walk()
        start = visit_of(one)
        one.learn(start, page(start, column, "政府信息公开年报"))
        visits = []
        while visit := one.take():
            visits.append(visit)
            if answers and visit.link.kind == "listing":
                rows = '{"data": {"results": [{"title": "乙局2023年政府信息公开工作年度报告", "url": "/c1/2.shtml"}]}}'
                one.learn(visit, ListPage(visit.link.url, rows))
        assert any(visit.link.url.endswith("common_list_2.shtml") for visit in visits) is not answers


def test_a_start_at_one_bodys_page_looks_at_the_front_page_too() -> None:
    one = Walk(Portal("a", "某县人民政府", "", "county", "auto", "http://www.a.gov.cn/jyj/nb/"))
    one.begin()
    start = visit_of(one)
    one.learn(
        start,
        page(start, "<a href='1.html'>某县教育局2023年政府信息公开工作年度报告</a>", "政府信息公开年报"),
    )
    assert visit_of(one).promise.role == "report"
    one.reports += 1
    home = visit_of(one)
    assert home.link.url == "http://www.a.gov.cn/"
    one.learn(home, page(home, "<a href='/nb/'>政府信息公开年报</a><a href='/b/'>要闻</a>"))
    assert visit_of(one).link.url == "http://www.a.gov.cn/nb/"
    assert one.take() is None


def test_a_start_at_the_list_of_all_bodies_is_enough() -> None:
    one = Walk(Portal("a", "某县人民政府", "", "county", "auto", "http://www.a.gov.cn/nb/"))
    one.begin()
    start = visit_of(one)
    rows = "".join(
        f"<li><a href='{n}.html'>某县{name}局2023年政府信息公开工作年度报告</a></li>"
        for n, name in enumerate(("教育", "公安", "民政"))
    )
    one.learn(start, page(start, rows, "政府信息公开年报"))
    assert [visit.promise.role for visit in iter(one.take, None)] == ["report"] * 3


def test_reports_before_the_year_asked_for_are_not_fetched() -> None:
    one = walk()
    one.since = 2022
    start = visit_of(one)
    rows = "".join(f"<a href='/{y}.html'>甲局{y}年政府信息公开工作年度报告</a>" for y in range(2019, 2025))
    one.learn(start, page(start, rows + "<a href='/2018/'>2018年</a>", "政府信息公开年报"))
    assert sorted(visit.link.url[-9:-5] for visit in iter(one.take, None)) == ["2022", "2023", "2024"]


def report_rows(*bodies: str, year: int = 2023) -> str:
    return "".join(
        f"<li><a href='/r/{year}/{body}.html'>{body}{year}年政府信息公开工作年度报告</a></li>"
        for body in bodies
    )


@pytest.mark.parametrize(
    ("shown", "asked"),
    [
        ([("甲局", "乙局")] * 5, 2),  # whichever is chosen
        (
            [("甲局", "乙局"), ("丙镇",), ("甲局", "乙局"), ("丁镇",), ("戊镇",)],
            5,
        ),  # the first stands for all
    ],
)
def test_tabs_are_tried_until_two_have_shown_the_list_that_is_there_already(
    shown: list[tuple[str, ...]], asked: int
) -> None:
    one = walk()
    start = visit_of(one)
    names = ("全部", "区政府", "区直部门", "镇街", "园区")
    tabs = "".join(f"<a href='/nb/?of={n}'>{name}</a>" for n, name in enumerate(names))
    listed = f"<div>{tabs}</div><ul>{report_rows('甲局', '乙局')}</ul>"
    one.learn(start, page(start, listed, "政府信息公开年报"))
    tried = 0
    while visit := one.take():
        if visit.promise.role == "column":
            tried += 1
            part = report_rows(*shown[int(visit.link.url[-1])])
            one.learn(visit, page(visit, f"<div>{tabs}</div><ul>{part}</ul>", "政府信息公开年报"))
    assert tried == asked


@pytest.mark.parametrize(
    ("way", "body", "years"),
    [
        ("某县教育局", "某县教育局", []),  # its own page of a year can show nothing else
        ("某县教育局", "", ["2023年"]),  # nobody says whose the reports are
        ("", "某县人民政府", ["2023年"]),  # the column of all, in front of it the government's own
    ],
)
def test_a_bodys_page_of_a_year_is_not_asked_for_where_its_report_is_listed(
    way: str, body: str, years: list[str]
) -> None:
    reports = [
        (Link(f"http://www.a.gov.cn/1/{body}.html", f"{body}2023年政府信息公开年报"), Promise(95, "report"))
    ]
    year = [(Link("http://www.a.gov.cn/2023/", "2023年"), Promise(91, "column", weak=True))]
    taken = years_shown_settled([*reports, *year], way)
    assert [link.title for link, promise in taken if promise != SETTLED][1:] == years


def test_choices_among_rows_that_are_there_already_are_not_combined() -> None:
    """Years and bodies above a list ask its own address for less; of both together they ask nothing new."""
    one = walk()
    bodies, years = ("教育", "公安", "民政"), (2022, 2023, 2024)

    def shown(year: int = 0, body: int = 0) -> str:
        choices = "".join(f"<p><a href='/nb?nd={y}&jg={body}'>{y}年</a></p>" for y in years)
        choices += "".join(
            f"<dd><a href='/nb?nd={year}&jg={n}'>某县{name}局</a></dd>" for n, name in enumerate(bodies, 1)
        )
        return choices + "".join(
            f"<li><a href='/{y}/{n}.html'>某县{name}局{y}年政府信息公开工作年度报告</a></li>"
            for y in years
            for n, name in enumerate(bodies, 1)
            if year in (0, y) and body in (0, n)
        )

    start = visit_of(one)
    one.learn(start, page(start, shown(), "政府信息公开年报"))
    asked = []
    while visit := one.take():
        asked.append(visit.link.url)
        if chosen := re.search(r"nd=(\d+)&jg=(\d+)", visit.link.url):
            one.learn(visit, page(visit, shown(int(chosen[1]), int(chosen[2])), "政府信息公开年报"))
    assert sum("?" not in url for url in asked) == 9
    assert not [url for url in asked if re.search(r"nd=2\d+&jg=[1-9]", url)]


def test_of_a_report_in_two_files_the_one_is_asked_for_that_is_read_best() -> None:
    rows = [
        ("教育局", "1.pdf"),
        ("教育局", "1.docx"),
        ("民政局", "2.pdf"),
        ("民政局", "2.doc"),
        ("财政局", "3.doc"),
    ]
    # two years of one body are no two versions
    rows += [("水利局", "2022.pdf"), ("水利局", "2023.pdf"), ("水利局", "2023.docx")]
    taken = [(Link(f"http://www.a.gov.cn/{name}", title), Promise(88, "column")) for title, name in rows]
    kept = [link.url.rsplit("/", 1)[1] for link, _ in one_version(taken)]
    assert kept == ["1.docx", "2.pdf", "3.doc", "2022.pdf", "2023.pdf", "2023.docx"]
