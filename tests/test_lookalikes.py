"""Pages that resemble a report are refused with the reason; those that only stand beside one are not taken for it."""

import pytest

from parsers.blocks import Document, Grid, Paragraph
from parsers.header import read_header
from parsers.read import read_report
from parsers.recognise import recognise
from parsers.report import NotAReport
from tests.subjects import PERIOD, SECTIONS, TITLE, subject

NOTICE = "各单位要在规定时间内完成编制，并报县政府办公室。" * 20
NEWS = "记者获悉，去年全县新收政府信息公开申请1234件，年度报告显示予以公开的占六成，行政复议3件。" * 5


@pytest.mark.parametrize("body", ["", "内容正在更新中，敬请期待。", "发布时间：2023-01-20"])
def test_a_date_below_a_title_is_no_report(body: str) -> None:
    page = f"<h1>{TITLE}</h1><p>发布日期：2023-01-20 来源：本局</p><div id='zoom'>{{}}<p>{body}</p></div>"
    with pytest.raises(NotAReport, match="title without a report"):
        read_report(page.format("").encode(), "text/html; charset=utf-8", "")
    pictured = page.format("<img src='/pic/1.png'>").encode()
    assert read_report(pictured, "text/html; charset=utf-8", "").year == 2022
    said = page.format("<p>本局全年主动公开信息12条，没有收到申请。</p>").encode()
    assert read_report(said, "text/html; charset=utf-8", "").year == 2022


def test_a_draft_is_no_report() -> None:
    with pytest.raises(NotAReport, match="draft"):
        subject(f"{TITLE}（征求意见稿）", body=("全年工作如下。" * 40,))


@pytest.mark.parametrize(
    ("title", "body", "reason"),
    [
        ("2022年政府网站工作年度报表", ("网站名称", "苍溪县人民政府门户网站"), "website"),
        ("苍溪县民政局2022年法治政府建设年度报告", ("一、主要举措", "二、存在的问题", NOTICE), "rule of law"),
        ("苍溪县水利局2022年度部门决算", ("收支情况。" * 50,), "budget"),
        ("苍溪县2022年统计年鉴", ("人口。" * 50,), "statistics"),
        ("苍溪县供水有限公司2022年信息公开年度报告", ("供水信息。" * 50,), "enterprise"),
        ("苍溪县第一中学事业单位法人年度报告", ("宗旨。" * 50,), "enterprise"),
        (f"《{TITLE}》解读", (NEWS,), "interpretation"),
        (f"一图读懂{TITLE}", ("见图。" * 50,), "interpretation"),
        ("苍溪县2022年政府信息公开第三方评估报告", (*SECTIONS, PERIOD), "evaluation"),
        ("苍溪县2022年政务公开工作要点", ("突出重点。" * 50,), "plan"),
        ("苍溪县2022年政务公开工作总结", ("一年来。" * 50,), "plan"),
        ("苍溪县政府信息公开指南", ("依申请公开的方式。" * 50,), "guide"),
        ("关于做好2022年政府信息公开工作年度报告编制工作的通知", (NOTICE,), "notice"),
        ("苍溪县公布2022年政府信息公开工作年度报告", (NEWS,), "neither"),
        ("我县去年受理信息公开申请1234件", (NEWS,), "neither"),
        ("苍溪县人民政府2019年、2020年政府信息公开年报", ("年报。" * 100,), "several years"),
        ("页面不存在", ("您访问的页面不存在或已删除，三秒后返回首页。",), "error"),
        ("", ("Checking your browser before accessing", "请开启JavaScript"), "error"),
        ("", (), "empty"),
    ],
)
def test_refused_with_the_reason(title: str, body: tuple[str, ...], reason: str) -> None:
    with pytest.raises(NotAReport, match=reason):
        subject(*([title] if title else []), "发布日期：2023-01-20", body=body, place="苍溪县")


def test_a_heading_above_the_title_says_nothing_of_the_page() -> None:
    title = "苍溪县水利局2016年政府信息公开工作年度报告"
    front = (Paragraph("信息公开目录", True), Paragraph("机构概况"), Paragraph(title, True))
    for blocks, parts in ((front, {}), (front[:2], {"title": title})):
        document = Document(blocks, (Paragraph(NOTICE),), (), "text/html", **parts)
        assert recognise(document, read_header(document)).year == 2016


def test_statistics_of_lawsuits_in_the_column_of_reports() -> None:
    table = Grid((("", "行政复议", "未经复议直接起诉", "复议后起诉"), ("结果维持", "3", "4", "1")))
    title = "2022年全县行政复议、行政诉讼案件统计分析报告"
    body = (Paragraph("一、总体情况"), table, Paragraph(NEWS))
    document = Document((Paragraph(title),), body, (), "text/html", metas={"columnname": "政府信息公开年报"})
    with pytest.raises(NotAReport, match="neither"):
        recognise(document, read_header(document), "苍溪县")


def test_a_title_beside_another_kind_of_document() -> None:
    front = (
        Paragraph("苍溪县民政局2020年政府信息公开工作年度报告"),
        Paragraph("苍溪县民政局2022年法治政府建设年度报告", heading=True),
    )
    document = Document(front, (Paragraph("一、主要举措"), Paragraph(NOTICE)), (), "text/html")
    with pytest.raises(NotAReport, match="rule of law"):
        recognise(document, read_header(document))


def test_a_listing_is_no_report() -> None:
    rows = tuple(
        f"苍溪县{name}局2022年政府信息公开工作年度报告" for name in ("水利", "审计", "民政", "财政", "教育")
    )
    with pytest.raises(NotAReport, match="listing"):
        subject("政府信息公开年报", body=rows)


def test_a_notice_that_carries_the_filled_report() -> None:
    head = "关于印发《苍溪县水利局2022年政府信息公开工作年度报告》的通知"
    labels = ("本年新收政府信息公开申请数量", "结转下年度继续办理", "未经复议直接起诉", "复议后起诉")
    for cells, accepted in (("0",), True), (("",), False):
        grid = Grid(tuple((label, *(cells * 12)) for label in labels))
        document = Document((Paragraph(head),), (*map(Paragraph, SECTIONS), grid), (), "text/html")
        if accepted:
            assert recognise(document, read_header(document)).issuer == "苍溪县水利局"
        else:
            with pytest.raises(NotAReport, match="notice"):
                recognise(document, read_header(document))


def test_a_page_that_is_only_a_shell_is_refused_as_what_it_is() -> None:
    with pytest.raises(NotAReport, match="log in"):
        subject("用户名", body=(), shell="a page to log in")


def test_a_notice_below_the_headings_of_a_sidebar() -> None:
    title = "关于做好2023年政府信息公开工作年度报告编制和发布工作的通知"
    head = f"<head><title>{title}_政府信息公开年报_某市人民政府</title></head>"
    sections = "".join(
        f"<p>{heading}</p>"
        for heading in ("（一）总体情况", "（二）主动公开政府信息情况", "（六）其他需要报告的事项")
    )
    page = f"{head}<h3>政府信息公开</h3><div>{title}</div><p>根据条例，现就有关事项通知如下。</p><p>一、内容</p>{sections}"
    with pytest.raises(NotAReport, match="notice"):
        read_report(page.encode(), "text/html; charset=utf-8")


def test_the_words_of_the_navigation_do_not_stand_for_the_title_of_another_report() -> None:
    sections = ("一、总体情况", "好。", "二、行政诉讼情况", "无。", "三、存在的主要问题", "无。")
    front = (
        Paragraph("某县人民政府 首页 政务公开 政府信息公开年报"),
        Paragraph("某县2020年度法治政府建设年度报告", True),
    )
    document = Document(front, tuple(map(Paragraph, sections)), (), "text/html")
    with pytest.raises(NotAReport, match="rule of law"):
        recognise(document, read_header(document))
