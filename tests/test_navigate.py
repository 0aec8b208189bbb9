"""What an anchor promises, where a walk goes and where it stops, and which addresses are one page."""

import pytest

from crawler.families import Link, ListPage
from crawler.families.pagers import next_links
from crawler.navigation.addresses import canonical, is_endless, key, why_not
from crawler.navigation.anchors import anchors
from crawler.navigation.navigate import Promise, is_column, is_lookalike, judge
from crawler.navigation.taking import SETTLED, one_version, with_bodies_between, years_shown_settled
from crawler.navigation.walk import Visit, Walk
from crawler.portals import Portal

COLUMN_PAGE = ListPage("http://www.a.gov.cn/zfxxgk/zfxxgknb/", "<title>政府信息公开年报</title>")
HOME = ListPage("http://www.a.gov.cn/", "<title>某县人民政府</title>")


def promise_of(title: str, inside: bool = False, url: str = "http://www.a.gov.cn/x/1.html") -> str | None:
    promise = judge(Link(url, title), COLUMN_PAGE if inside else HOME, inside)
    return promise.role if promise else None


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("政府信息公开年报", "column"),
        ("政府信息公开年度报告", "column"),
        ("信 息 公 开 年 报", "column"),
        ("历年年报", "column"),
        ("2023年年报", "column"),
        ("政府信息公开", "navigation"),
        ("政务公开", "navigation"),
        ("某县民政局2023年政府信息公开工作年度报告", "report"),
        ("二〇二三年某县水利局政府信息公开年报", "report"),
        ("某县审计局关于2020年度政府信息公开工作情况的报告", "report"),
        ("某县行政执法局2021年政务公开工作年度报告", "report"),
        ("某县财政局", None),
        ("2023年", None),
        ("新闻中心", None),
        ("信息公开年报专区", "column"),
        ("部门信息公开年报", "column"),
        ("公开年报（2008-2019）", "column"),
        ("政府信息公开年报2019年以前", "column"),
        ("某县教育局政府信息公开年度报告", "report"),
        ("某县政府信息公开（新版）", "navigation"),
        ("阳光政务", "navigation"),
        ("某县公开", "navigation"),
        ("统计年鉴2024", None),
    ],
)
def test_promises_outside_the_column(title: str, role: str | None) -> None:
    assert promise_of(title) == role


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("2023年", "column"),
        ("2023", "column"),
        ("二〇二三年度", "column"),
        ("某县财政局", "column"),
        ("城关镇人民政府", "column"),
        ("县政府部门", "column"),
        ("乡镇（街道）", "column"),
        ("县财政局2022年", "column"),
        ("县财政局2022年工作报告", "report"),
        ("12.县财政局", "column"),
        ("2008-2019年", "column"),
        ("①县财政局.pdf", "column"),
        ("〔2023〕县财政局", "column"),
        ("文旅局/体育局", "column"),
        ("县财政局年报", "report"),
        ("2023年度【PDF下载】", "report"),
        ("关于公布各部门2023年政府信息公开工作年度报告的通知", "column"),
        ("关于公布2023年政府信息公开工作年度报告考核结果的通知", None),
        ("2024-01-15", "report"),
        ("2023年度十大新闻", None),
        ("2024年公开课开讲", None),
        ("关于印发实施方案的通知", None),
        ("政府信息公开指南", None),
        ("走进某县", None),
        ("首页", None),
    ],
)
def test_promises_inside_the_column(title: str, role: str | None) -> None:
    assert promise_of(title, inside=True) == role


@pytest.mark.parametrize(
    "title",
    [
        "某县人民政府网站工作年度报表（2023年度）",
        "某县2023年法治政府建设情况年度报告",
        "某县财政局2022年度法治政府建设工作报告",
        "某某中心2023年事业单位法人年度报告",
        "关于做好2023年政府信息公开工作年度报告编制发布工作的通知",
        "一图读懂：某县2023年政府信息公开工作年度报告",
        "《某县2023年政府信息公开工作年度报告》解读",
        "2023年政务公开工作要点",
    ],
)
def test_look_alikes_are_not_followed(title: str) -> None:
    assert is_lookalike(title)
    assert promise_of(title, inside=True) is None


@pytest.mark.parametrize(
    "body", ["审计局", "行政执法局", "质量技术监督局", "就业服务中心", "预算编审中心", "信用中心"]
)
def test_a_body_with_a_look_alike_word_in_its_name_reports_too(body: str) -> None:
    assert promise_of(f"某县{body}2019年政府信息公开工作年度报告") == "report"


def test_a_page_says_that_it_is_the_column() -> None:
    assert is_column(COLUMN_PAGE)
    assert is_column(
        ListPage(HOME.url, "<meta name='columnname' content='政府信息公开年报'><title>某</title>")
    )
    assert is_column(ListPage(HOME.url, "<div class='crumbs'><a>首页</a> &gt; <a>信息公开年报</a></div>"))
    assert not is_column(
        ListPage(HOME.url, "<meta name='ColumnName' content='法治政府建设年度报告'><title>某</title>")
    )
    assert not is_column(HOME)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.gov.cn/x/../b/index.html", "https://a.gov.cn/b/"),
        ("http://a.gov.cn:80/b.html#top", "http://A.gov.cn/b.html"),
        ("http://a.gov.cn/b.jsp;jsessionid=0F3A?id=1", "http://a.gov.cn/b.jsp?id=1"),
        ("http://a.gov.cn/b.jsp?id=1&PHPSESSID=9a8b7c", "http://a.gov.cn/b.jsp?id=1"),
        ("http://a.gov.cn/b.jsp?id=1&t=1700000000000", "http://a.gov.cn/b.jsp?id=1"),
        ("http://a.gov.cn/202401/t20240113_1_app.shtml", "http://a.gov.cn/202401/t20240113_1.shtml"),
        ("http://a.gov.cn/content/mpost_1.html", "http://a.gov.cn/content/post_1.html"),
        ("http://a.gov.cn/b.html?print=1", "http://a.gov.cn/b.html"),
        ("http://m.a.gov.cn/b.html", "http://a.gov.cn/b.html"),
    ],
)
def test_twins_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.gov.cn/list.jsp?page=1", "http://a.gov.cn/list.jsp?page=2"),
        ("http://a.gov.cn/gkmlpt/index#1", "http://a.gov.cn/gkmlpt/index#2"),
        ("http://a.gov.cn/gkmlpt/api/all/1?sid=755001", "http://a.gov.cn/gkmlpt/api/all/1?sid=755002"),
        ("http://a.gov.cn/a/", "http://b.a.gov.cn/a/"),
        ("http://a.gov.cn/l.asp?lb=%C4%EA%B1%A8", "http://a.gov.cn/l.asp?lb=%D6%C6%B6%C8"),
    ],
)
def test_different_pages_have_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_query_that_loses_nothing_is_left_as_it_is() -> None:
    url = "http://a.gov.cn/module/web/jpage/dataproxy.jsp?page=1&path=/&webname=%25E6%259D"
    assert canonical(url) == url


def test_on_the_platform_what_is_annual_is_the_column() -> None:
    link = Link("http://www.a.gov.cn/x/", "本机关年报")
    promise = judge(link, HOME, False, on_platform=True)
    assert promise is not None
    assert promise.role == "column"
    assert judge(link, HOME, False) is None


@pytest.mark.parametrize(
    ("row", "script"),
    [
        (
            "<li data-id='7' onclick='view(this)'>{}</li>",
            "function view(o){{open('/r/'+$(o).data('id')+'.html')}}",
        ),
        ("<li data-link='/r/7.html'>{}</li>", ""),
        ("", "var nodes = [{{name: '{}', click: \"openUrl('/r/7.html')\"}}]"),
    ],
)
def test_rows_that_a_script_opens(row: str, script: str) -> None:
    title = "某县教育局2023年政府信息公开工作年度报告"
    text = f"{row.format(title)}<script>{script.format(title)}</script>"
    links = anchors(ListPage("http://a.gov.cn/nb/", text))
    assert ("http://a.gov.cn/r/7.html", title) in {(link.url, link.title) for link in links}


def test_a_number_beside_a_date_is_no_part_of_it() -> None:
    row = "<table><tr><td>1</td><td>2025-01-15</td><td><a href='1.html'>查看</a></td></tr></table>"
    (link,) = anchors(ListPage("http://a.gov.cn/nb/", row))
    assert link.date == "2025-01-15"


def test_a_page_between_pagers_goes_on_with_its_own() -> None:
    pagers = "<a href='/xw/2.html'>下一页</a><a href='/nb/index_1.html'>下一页</a>"
    links = next_links(ListPage("http://a.gov.cn/nb/", pagers))
    assert [link.url for link in links] == ["http://a.gov.cn/nb/index_1.html"]


def test_a_few_bodies_among_other_words_do_not_make_them_bodies() -> None:
    page = ListPage("http://a.gov.cn/nb/", "")
    names = ("县教育局", "县财政局", "县民政局", "要闻", "人事", "县情", "一中")
    menu = [Link(f"http://a.gov.cn/{n}", name, group="ul") for n, name in enumerate(names)]
    list_ = [Link(f"http://a.gov.cn/nb/{n}", name, group="dl") for n, name in enumerate((*names[:3], "一中"))]
    links = [*menu, *list_]
    taken = [(link, one) for link in links if (one := judge(link, page, True))]
    found = {link.url for link, _ in with_bodies_between(taken, links)} - {link.url for link, _ in taken}
    assert found == {"http://a.gov.cn/nb/3"}


def test_addresses_that_grow_are_endless() -> None:
    assert is_endless("http://a.gov.cn/" + "nb/" * 3)
    assert not is_endless("http://a.gov.cn/zwgk/zfxxgk/zfxxgknb_72026/202401/t20240118_1.html")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://www.b.gov.cn/", None),
        ("http://127.0.0.2:8001/x", None),
        ("http://127.0.0.2:8002/x", "a private address"),
        ("http://192.168.1.1/", "a private address"),
        ("http://2130706433/", "a private address"),
        ("http://[::1]/", "a private address"),
        ("http://localhost/", "a private address"),
        ("http://www.b.gov.cn:8080/", "another port"),
        ("http://www.gov.cn.evil.com/", "off site"),
        ("http://user@www.b.gov.cn/", "a user name in the address"),
        ("file:///etc/passwd", "not http"),
    ],
)
def test_where_a_crawl_may_go(url: str, reason: str | None) -> None:
    assert why_not(url, {"127.0.0.2:8001"}) == reason


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


def test_reports_before_the_year_asked_for_are_not_fetched() -> None:
    one = walk()
    one.since = 2022
    start = visit_of(one)
    rows = "".join(f"<a href='/{y}.html'>甲局{y}年政府信息公开工作年度报告</a>" for y in range(2019, 2025))
    one.learn(start, page(start, rows + "<a href='/2018/'>2018年</a>", "政府信息公开年报"))
    assert sorted(visit.link.url[-9:-5] for visit in iter(one.take, None)) == ["2022", "2023", "2024"]


@pytest.mark.parametrize(
    ("title", "url", "alike"),
    [
        ("2023年", "/szfyjs/zfxxgknb/2023/", False),  # 研究室, not 预决算
        ("某市政府研究室2023年政府信息公开工作年度报告", "/zwgk/yjs/7.html", False),
        ("2023年", "/zwgk/yjs/2023.html", True),
        ("2023年", "/zwgk/fzzfjsndbg/2023.html", True),
        ("某县突发事件预警信息发布中心2023年政府信息公开工作年度报告", "/nb/8.html", False),
    ],
)
def test_folders_warn_unless_the_words_or_a_folder_below_say_more(title: str, url: str, alike: bool) -> None:
    assert is_lookalike(title, url) == alike


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
