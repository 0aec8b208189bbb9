"""Dialects of what stands around a report: navigation, sidebars, copies, hidden blocks, and how it becomes bytes."""

from dataclasses import replace
from html import escape
from random import Random

from tests.writing.markup import render_body
from tests.writing.page import Page, dialect, render_article
from tests.writing.traditional import TRADITIONAL
from tests.writing.truth import write_truth

NAVIGATION = (
    '<div class="nav"><ul>'
    + "".join(
        f'<li><a href="/{path}/">{name}</a></li>'
        for path, name in (
            ("xwzx", "新闻中心"),
            ("zwgk", "政务公开"),
            ("zwfw", "政务服务"),
            ("hdjl", "互动交流"),
            ("zfxxgkzn", "政府信息公开指南"),
            ("zfxxgkzd", "政府信息公开制度"),
            ("fdzdgknr", "法定主动公开内容"),
            ("zfxxgknb", "政府信息公开年报"),
        )
    )
    + "</ul></div>"
)
FOOTER = (
    '<div class="foot"><p>主办单位：宁江市人民政府办公室　承办：宁江市数据局</p><p>网站标识码：3301000001　'
    "备案号：浙ICP备00000000号</p><p><a href='/wzdt'>网站地图</a>|<a href='/lxwm'>联系我们</a></p></div>"
)
POSITION = (
    '<div class="dqwz">您现在的位置：<a href="/">首页</a>&gt;<a href="/zfxxgk">政府信息公开</a>&gt;'
    '<a href="/zfxxgk/nb">政府信息公开年报</a>&gt;正文</div>'
)


def titles_of_other_years(page: Page) -> str:
    rows = "".join(
        f'<li><a href="/art/{year}.html" title="{escape(page.truth.issuer)}{year}年政府信息公开工作年度报告">'
        f"{escape(page.truth.issuer)}{year}年政府信息公开工作年度报告</a><span>{year + 1}-01-20</span></li>"
        for year in range(page.truth.year - 1, page.truth.year - 5, -1)
    )
    return f"<div class='related'><h3>相关信息</h3><ul>{rows}</ul></div>"


@dialect("surroundings")
def navigation_and_footer(page: Page, rng: Random) -> Page:
    return replace(page, before=NAVIGATION + POSITION, after=FOOTER)


@dialect("surroundings")
def related_reports_below(page: Page, rng: Random) -> Page:
    tail = (
        titles_of_other_years(page)
        + f'<p>上一篇：<a href="1.html">{escape(page.truth.issuer)}{page.truth.year - 1}年政府信息公开工作年度报告</a></p><p>下一篇：没有了</p>'
    )
    return replace(page, before=POSITION, after=tail + FOOTER)


@dialect("surroundings")
def related_reports_beside(page: Page, rng: Random) -> Page:
    return replace(page, before=NAVIGATION + titles_of_other_years(page), after=FOOTER)


@dialect("surroundings")
def sidebar_with_a_table(page: Page, rng: Random) -> Page:
    side = (
        '<div class="side"><h3>公开统计</h3><table><tr><th>栏目</th><th>本月</th><th>累计</th></tr>'
        "<tr><td>行政许可</td><td>12</td><td>3456</td></tr><tr><td>行政处罚</td><td>7</td><td>890</td></tr>"
        "<tr><td>依申请公开</td><td>3</td><td>41</td></tr></table></div>"
    )
    if rng.random() < 0.5:
        return replace(page, before=NAVIGATION + side, after=FOOTER)
    return replace(page, before=NAVIGATION, after=side + FOOTER)


@dialect("surroundings")
def page_of_layout_tables(page: Page, rng: Random) -> Page:
    before = (
        f'<table width="1002"><tr><td colspan="2">{NAVIGATION}</td></tr><tr><td width="200" valign="top">'
        '<table><tr><td><a href="/a">机构概况</a></td></tr><tr><td><a href="/b">通知公告</a></td></tr></table>'
        '</td><td valign="top">'
    )
    return replace(page, before=before, after=f"</td></tr><tr><td colspan=2>{FOOTER}</td></tr></table>")


@dialect("surroundings")
def share_and_print_below(page: Page, rng: Random) -> Page:
    tail = (
        '<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a><a href="#">QQ空间</a></div>'
        '<div><a href="javascript:window.print()">【打印本页】</a><a href="javascript:close()">【关闭窗口】</a></div>'
        '<div>扫一扫在手机打开当前页</div><div class="pj">您对本页面的评价：满意 一般 不满意</div>'
    )
    return replace(page, before=NAVIGATION + POSITION, after=tail + FOOTER)


@dialect("surroundings")
def banner_with_the_date_of_today(page: Page, rng: Random) -> Page:
    return replace(
        page, before=f"<div class='top'>2019年12月3日 星期二 多云 3~9℃</div>{NAVIGATION}", after=FOOTER
    )


@dialect("copies")
def mobile_copy(page: Page, rng: Random) -> Page:
    """The whole article a second time, for small screens."""
    article = render_article(page)
    return replace(page, after=f'<div class="mobile" style="display:none">{article}</div>{page.after}')


@dialect("copies")
def print_copy_in_front(page: Page, rng: Random) -> Page:
    return replace(
        page, before=f'{page.before}<div id="printArea" style="display: none;">{render_article(page)}</div>'
    )


@dialect("copies")
def mobile_copy_that_only_a_class_hides(page: Page, rng: Random) -> Page:
    return replace(
        page, after=f'<div class="visible-xs mobile-content">{render_article(page)}</div>{page.after}'
    )


@dialect("copies")
def hidden_report_of_last_year(page: Page, rng: Random) -> Page:
    other = write_truth(page.truth.issuer, page.truth.year - 1, "2021", rng.randint(0, 999))
    return replace(page, after=f'<div style="display:none">{render_body(other)}</div>{page.after}')


@dialect("copies")
def report_of_last_year_in_a_comment(page: Page, rng: Random) -> Page:
    other = write_truth(page.truth.issuer, page.truth.year - 1, "2021", rng.randint(0, 999))
    body = render_body(other).replace("--", "-")
    container = page.container
    return replace(page, container=lambda inner: container(f"<!-- {body} -->{inner}"))


@dialect("copies")
def report_of_last_year_in_a_template(page: Page, rng: Random) -> Page:
    other = write_truth(page.truth.issuer, page.truth.year - 1, "2021", rng.randint(0, 999))
    script = f'<script type="text/template">{render_body(other)}</script>'
    return replace(page, before=page.before + script)


@dialect("copies")
def scripts_and_styles_in_the_body(page: Page, rng: Random) -> Page:
    container = page.container
    noise = "<style>.MsoNormal{margin:0}</style><script>var hits=12; document.write('本页浏览'+hits+'次');</script>"
    return replace(page, container=lambda inner: container(noise + inner + noise))


# ---------------------------------------------------------------- bytes


def _enter_bytes(name: str, encoding: str, charset: str | None, content_type: str) -> None:
    def function(page: Page, rng: Random) -> Page:
        return replace(page, encoding=encoding, charset=charset, content_type=content_type)

    function.__name__ = name
    dialect("bytes")(function)


for _row in (
    ("utf_8_called_gb2312", "utf-8", "gb2312", "text/html; charset=gb2312"),
    ("utf_8_not_labelled", "utf-8", None, ""),
    ("utf_8_with_bom", "utf-8-sig", "gbk", "text/html"),
    ("gb18030_called_gb2312", "gb18030", "gb2312", "text/html;charset=GB2312"),
    ("gb18030_called_utf_8", "gb18030", "utf-8", "text/html; charset=utf-8"),
    ("gb18030_not_labelled", "gb18030", None, ""),
    ("gbk_called_latin_1", "gbk", "iso-8859-1", "text/html; charset=ISO-8859-1"),
    ("utf_16_with_bom", "utf-16", "utf-16", "text/html"),
):
    _enter_bytes(*_row)


@dialect("bytes")
def gb18030_after_a_long_ascii_head(page: Page, rng: Random) -> Page:
    script = "<script>" + "var a=0;/* filler */\n" * 1000 + "</script>"
    return replace(page, encoding="gb18030", charset=None, content_type="", scripts=script + page.scripts)


@dialect("bytes")
def characters_as_entities(page: Page, rng: Random) -> Page:
    if not page.scripts.isascii():
        return page  # in a script they would not be entities
    return replace(page, encoding="ascii", charset=None, content_type="text/html")


@dialect("bytes")
def traditional(page: Page, rng: Random) -> Page:
    return replace(page, rewrite=lambda markup: markup.translate(TRADITIONAL))


@dialect("bytes")
def traditional_in_big5(page: Page, rng: Random) -> Page:
    try:
        page.scripts.translate(TRADITIONAL).encode("big5")
    except UnicodeEncodeError:
        return page  # in a script entities would not be read
    return replace(
        page,
        rewrite=lambda markup: markup.translate(TRADITIONAL),
        encoding="big5",
        charset=rng.choice(("big5", None)),
        content_type="text/html",
    )
