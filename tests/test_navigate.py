"""What an anchor promises, and which pages are the column."""

import pytest

from crawler.families import Link, ListPage
from crawler.families.pagers import next_links
from crawler.navigation.anchors import anchors
from crawler.navigation.navigate import is_column, is_lookalike, judge
from crawler.navigation.taking import with_bodies_between

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
        ("内设机构", None),
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
