"""Markup → blocks: layout tables, hidden copies, chrome, links to files; and what hostile markup costs."""

import contextlib
import json
from pathlib import Path

import pytest

from parsers.blocks import Grid, Paragraph
from parsers.documents.html import read_html
from parsers.period import read_period
from parsers.report import UnreadableDocument
from parsers.sections import split_sections
from tests.html_pages import DISCLOSURE, FIRST, REPORT, body_is_the_report, read, table, texts
from tests.timing import least_seconds

SHANGHAI = Path(__file__).parent.parent.parent / "shared/real/shanghai-2019.html"


# ---------------------------------------------------------------- container and chrome


@pytest.mark.parametrize(
    "page",
    [
        f"<h1>某局2023年年报</h1><div id=zoom>{REPORT}</div>",
        f"<div><h1>某局2023年年报</h1><p>来源：某局 浏览次数：3</p>{REPORT}<p>分享到：<a href=#>微信</a></p></div>",
        f"<table><tr><td><ul><li><a href=1>新闻</a></ul></td><td>某局2023年年报<br>{REPORT}</td></tr></table>",
        f"<table><tr><td><table><tr><td><table><tr><td>{REPORT}</td></tr></table></td></tr></table></td></tr></table>",
        f"<div class=pc>{REPORT}</div><div class=mobile>{REPORT}</div>",
        f"<div class=print style='display: none'>{REPORT}</div><div>{REPORT}</div>",
        f"<div hidden>{REPORT.replace('30条', '99条')}</div><div>{REPORT}</div>",
        f"<div>{REPORT}</div><div class=side><h3>公开统计</h3><table><tr><td>栏目</td><td>数量</td></tr></table></div>",
        f"<!-- {REPORT} --><script>'{REPORT}'</script><template>{REPORT}</template><div>{REPORT}</div>",
        f"<div>{REPORT}</div><div><a href=1>上一篇</a></div><div>版权所有：某局　备案号</div>",
        f"<div>{REPORT.replace('<p>', '<div><p>').replace('</p>', '</p></div>')}</div>",
        f"<div>{REPORT.replace('<p>', '').replace('</p>', '<br>')}</div>",
        f"<form><textarea>一、总体情况</textarea><select><option>三、其他</option></select></form>{REPORT}",
        f"{'<font>' * 5000}{REPORT}",
    ],
)
def test_the_report_is_the_body_and_nothing_else(page: str) -> None:
    assert body_is_the_report(read(f"<html><body>{page}</body></html>"))


def test_titles_on_the_buttons_that_fold_parts_up_are_read_and_other_buttons_are_not() -> None:
    page = REPORT.replace("<p>二、主动公开政府信息情况</p>", "<button>二、主动公开政府信息情况</button>")
    page = page.replace("<p>六、其他需要报告的事项</p>", "<button>六、其他需要报告的事项</button>")
    assert body_is_the_report(read(f"<div>{page}</div><button>打印本页</button>"))


def test_a_line_of_the_source_that_ends_within_a_word_does_not_part_it() -> None:
    page = "<p>一、总体\n情况</p><p>过去一年来，我局按照条例的规定及时、准确地主动公\n开信息\n30条。</p><p>二、主动公开政府信息情况</p>"
    assert texts(read(page).body) == [
        "一、总体情况",
        "过去一年来，我局按照条例的规定及时、准确地主动公开信息 30条。",
        "二、主动公开政府信息情况",
    ]


def test_lines_of_the_source_with_labels_and_values_stay_apart() -> None:
    header = "<div>发布机构：\n湖滨市农业农村局\n成文日期：\n2024-01-20\n主题分类\n农业\n有效性\n有效</div>"
    paragraphs = texts(read(header + REPORT).front)
    assert paragraphs == ["发布机构： 湖滨市农业农村局 成文日期： 2024-01-20 主题分类 农业 有效性 有效"]


def test_paragraphs_that_only_white_space_parts() -> None:
    printed = (
        "根据条例，现公布本报告。",
        "一、总体情况",
        "（一）主动公开。公开信息30条，",
        "六、其他需要报告的事项",
    )
    page = f"<div>{'　　'.join(printed[:3])}\n {printed[3]}</div>"
    assert texts(read(page).body) == [*printed]


def test_preformatted_text_keeps_its_lines_and_loses_what_is_no_character() -> None:
    page = (
        "<body><pre>一、总体情况&#1;\n全年<b>公开\n&#11;</b>&#65535;信息30条。\n<!-- a -- b --></pre></body>"
    )
    assert texts(read(page).body) == ["一、总体情况", "全年公开", "信息30条。"]


def test_preformatted_text_keeps_its_lines_behind_a_table() -> None:
    page = f"<div><pre>二、主动公开政府信息情况\n{DISCLOSURE}\n六、其他需要报告的事项\n无。\n</pre></div>"
    assert texts(read(page).body) == ["二、主动公开政府信息情况", "table", "六、其他需要报告的事项", "无。"]


def test_spans_set_out_as_lines_are_lines() -> None:
    printed = "一、总体情况", "全年公开信息30条。", "六、其他需要报告的事项", "无。"
    page = "".join(f'<span style="text-indent:2em;display: block">{line}</span>' for line in printed)
    assert texts(read(f"<div>{page}</div>").body) == list(printed)


def test_tabs_that_a_click_shows_belong_to_the_report() -> None:
    first, second = REPORT.split("<p>二、")
    assert body_is_the_report(read(f"<div>{first}</div><div style='display:none'><p>二、{second}</div>"))


def test_a_hidden_cell_or_span_is_not_printed() -> None:
    assert table("<table><tr><td>规章</td><td>1<span style='display:none'>9</span></td><td hidden>7</td></tr></table>") == (
        ("规章", "1"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "struck", ["text-decoration:line-through", "color:red; TEXT-DECORATION-LINE: underline line-through"]
)
def test_what_is_struck_out_is_taken_back(struck: str) -> None:
    assert table(f"<table><tr><td>规章</td><td><span style='{struck}'>3</span>5</td></tr></table>") == (
        ("规章", "5"),
    )


def test_front_keeps_the_boundaries_of_inline_elements_and_body_closes_them_up() -> None:
    document = read(f"<div><span>索引号：</span><span>YP-1</span></div><div>{REPORT}</div>")
    assert texts(document.front) == ["索引号： YP-1"]
    assert "全年公开信息30条。" in texts(document.body)


def test_lists_and_pairs_are_paragraphs_of_their_own_in_front() -> None:
    head = "<ul><li>索引号：</li><li>A1</li></ul><dl><dt>文号</dt><dd>无</dd></dl>"
    assert texts(read(f"{head}<div>{REPORT}</div>").front) == ["索引号：", "A1", "文号", "无"]


def test_a_metadata_table_is_a_grid_in_front() -> None:
    document = read(f"<table><tr><td>索引号：</td><td>A1</td></tr></table><div>{REPORT}</div>")
    assert document.front == (Grid((("索引号：", "A1"),)),)


def test_headings_are_what_the_markup_sets_off() -> None:
    blocks = read("<h2>一、总体情况</h2><p><b>二、</b><strong>其他</strong></p><p><b>三</b>、其他</p>").body
    assert [block.heading for block in blocks if isinstance(block, Paragraph)] == [True, True, False]


def test_invisible_characters_of_entities_are_dropped() -> None:
    assert texts(read("<p>一、总&#8203;体&zwnj;情况</p><p>&#8203;</p><p>好。</p>").body) == [
        "一、总体情况",
        "好。",
    ]


# ---------------------------------------------------------------- around the blocks


def test_title_metas_and_json_of_scripts() -> None:
    document = read(
        "<title> 某局年报\n</title><META CONTENT='2024-01-22' NAME='PubDate'><meta name=pubdate content=x>"
        '<script>window._CONFIG = {"SID": "2", "DETAIL": {"title": "年报"}};\nvar a = {b: 1};</script>'
        "<script>window.other = {not: 'json'}</script><publishtime>2024-01-23</publishtime>"
    )
    assert document.title == "某局年报"
    assert document.metas == {"pubdate": "2024-01-22", "publishtime": "2024-01-23"}
    assert document.embedded == {"window._CONFIG": {"SID": "2", "DETAIL": {"title": "年报"}}}


def test_attachments() -> None:
    document = read(
        "<div><p>附件：<a href='/attachment/1/2.PDF'>2023年年报.pdf</a></p>"
        "<a href='/module/download/downfile.jsp?classid=0&filename=2401.docx'>年报</a>"
        "<a href='./P020240101.doc'>下载</a><a href='/system/_content/download.jsp?id=3'>附件1</a>"
        "<a href='javascript:void(0)'>x.pdf</a><a href='/next.html'>下一篇</a>"
        "<iframe src='/pdfjs/web/viewer.html?file=/x/y.pdf'></iframe></div>"
    )
    assert [(a.url, a.name, a.media_type and a.media_type[-10:]) for a in document.attachments] == [
        ("http://www.example.gov.cn/attachment/1/2.PDF", "2023年年报.pdf", "cation/pdf"),
        (
            "http://www.example.gov.cn/module/download/downfile.jsp?classid=0&filename=2401.docx",
            "年报",
            "l.document",
        ),
        ("http://www.example.gov.cn/a/P020240101.doc", "下载", "ion/msword"),
        ("http://www.example.gov.cn/system/_content/download.jsp?id=3", "附件1", None),
        ("http://www.example.gov.cn/x/y.pdf", "y.pdf", "cation/pdf"),
    ]


def test_scripts_and_broken_addresses_are_no_attachments() -> None:
    viewer = "/pdfjs/web/viewer.html?file="
    addresses = (
        "javascript:alert(1).pdf",
        f"{viewer}javascript:alert(1).pdf",
        f"{viewer}//[x.pdf",
        "https:///x.pdf",
    )
    links = "".join(f"<a href='{address}'>附件</a>" for address in addresses)
    assert read(f"<div>{REPORT}{links}</div>").attachments == ()


def test_files_far_from_the_body_are_no_attachments() -> None:
    far = "<li><a href=1>x</a></li>" * 20
    page = f"<div>{REPORT}</div>{far}<li><a href='/browser.zip'>浏览器下载</a></li>"
    assert read(page).attachments == ()


def test_a_header_that_begins_with_a_label_of_no_field() -> None:
    front = "<span>公开程序:</span><span>经审核后公开</span><span>公开时间:</span><span>2023年3月12日</span><span>文号:</span>"
    assert body_is_the_report(read(f"<h1>某局2022年年报</h1><div>{front}</div><div>{REPORT}</div>"))


def test_a_code_to_scan_is_no_picture_of_a_report() -> None:
    assert read("<h1>某局2023年政府信息公开工作年度报告</h1><div><img src=/img/qr.png></div>").unread == ()


def test_the_number_of_a_heading_in_a_line_of_its_own() -> None:
    page = REPORT
    for number, title in (
        ("一、", "总体情况"),
        ("二、", "主动公开政府信息情况"),
        ("六、", "其他需要报告的事项"),
    ):
        page = page.replace(
            number + title, f"<section><b>{number}</b></section><section><b>{title}</b></section>"
        )
    assert texts(read(page).body) == texts(read(REPORT).body)
    assert "七、附表" in texts(read(f"{REPORT}<p><b>七、</b></p><p><b>附表。</b></p>").body)
    digits = REPORT.replace("一、总体情况", "01</p><p>总体情况").replace("二、主动", "PART 02</p><p>主动")
    assert texts(read(digits).body)[1] == "一、总体情况"
    assert texts(read(digits).body)[3] == "二、主动公开政府信息情况"


def test_a_heading_broken_in_two_lines_is_one() -> None:
    titles = [
        "三、收到和处理政府<br>信息公开申请情况",
        "<b>四、政府信息公开的<br>收费及减免情况</b>",
        "5、存在的主要问题<br>及改进情况",
    ]
    for title in titles:
        document = read(f"<p>一、总体情况</p><p>全年平稳。</p><p>{title}</p><p>无此类情况。</p>")
        whole = title.replace("<br>", "").replace("<b>", "").replace("</b>", "")
        assert texts(document.body)[2:] == [whole, "无此类情况。"]


def test_a_bold_title_glued_to_its_text_is_a_heading() -> None:
    document = read(
        "<p>一、总体情况</p><p><b>（一）主动</b><b>公开情况</b>2023年公开信息30条，其中财政信息12条。</p>"
        "<p><b>（二）强化</b>责任。</p><p>二、主动公开政府信息情况</p>" + DISCLOSURE
    )
    assert texts(document.body)[1:4] == [
        "（一）主动公开情况",
        "2023年公开信息30条，其中财政信息12条。",
        "（二）强化责任。",
    ]


def test_a_code_to_scan_told_by_its_frame() -> None:
    page = "<h1>某局2023年政府信息公开工作年度报告</h1><div class='ewm'><img src='q.png'><p>扫一扫在手机打开</p></div>"
    assert read(page).unread == ()


def test_a_table_of_pipes_beside_one_of_markup() -> None:
    pipes = "<p>| 行政复议 | 行政诉讼 |</p><p>| 结果维持 | 结果维持 |</p><p>| 行政许可 | 3 |</p>"
    assert texts(read(f"<div>{REPORT.replace('<p>六', f'{pipes}<p>六')}</div>").body).count("table") == 2


def test_pictures_in_place_of_tables_are_said() -> None:
    page = f"<h1>某局2023年年报</h1><div>{REPORT.replace(DISCLOSURE, '<p><img src=/P0202401.jpg></p>')}</div>"
    assert [(unread.text, unread.table) for unread in read(page).unread] == [("/P0202401.jpg", None)]
    assert read(f"<img src=/logo.jpg><div>{REPORT}<img src=/P02.jpg></div>").unread == ()


# ---------------------------------------------------------------- hostile markup


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000,
        "<table><tr><td>" * 100_000,
        "<table><tr>" + "<td rowspan=65000 colspan=1000>x" * 20 + "<tr><td>a" * 2000,
        "<table><tr>" + "<td>x" * 3000 + "<tr><td>a" * 3000,
        "<p>好。" + "\u3000" * 300_000,
        "<p>一、总体情况良好。</p>" * 100_000,
        "一、总体情况" * 200_000,
        "<p>\ufdd3\ufde2&#64979;&#xfde2;9&#65008;</td></table>",
        "<script>window.x=" + "[" * 100_000 + "</script>x",
    ],
)
def test_hostile_markup_is_cheap(markup: str) -> None:
    def work() -> None:
        with contextlib.suppress(UnreadableDocument):
            split_sections(read(markup).body)

    assert least_seconds(work, bound=2) < 2


@pytest.mark.skipif(not SHANGHAI.exists(), reason="the real page is not here")
def test_a_real_body() -> None:
    sections, placed = split_sections(read_html(SHANGHAI.read_bytes(), "text/html", SHANGHAI.name).body)
    assert [s.number for s in sections if s.level == 1] == [None, *"一二三四五六"]
    assert [s.number for s in sections if s.level == 2] == [*"一二三四五", *"一二"]
    assert [(p.section, len(p.grid.rows), len(p.grid.rows[0])) for p in placed] == [
        ("二", 18, 5),
        ("三", 26, 10),
        ("四", 4, 15),
    ]
    assert read_period(sections) == ("2019-01-01", "2019-12-31")


def test_a_footnote_mark_is_no_digit_and_struck_out_text_is_gone() -> None:
    row = "<tr><td>新收</td><td>821<sup>1</sup></td><td><del>12</del>15</td><td>7<sup>[2]</sup></td></tr>"
    assert table(f"<table>{row}</table>") == (("新收", "821¹", "15", "7[²]"),)


def test_a_report_that_stands_in_the_json_of_a_script() -> None:
    record = json.dumps({"DETAIL": {"title": "年报", "content": REPORT + "<p>补充。</p>" * 30}})
    document = read(f"<html><script>window._CONFIG = {record};</script><div id=app></div></html>")
    texts = [block.text for block in document.body if isinstance(block, Paragraph)]
    assert texts[0] == FIRST
    assert "六、其他需要报告的事项" in texts
    assert any(isinstance(block, Grid) for block in document.body)
    assert "window._CONFIG" in document.embedded
    loose = read(f"<html><script>window._CONFIG = {{SID: '1', {record[1:-1]}, TREE: []}};</script></html>")
    assert loose.body == document.body


def test_shells_say_what_they_are() -> None:
    assert "log in" in read("<form>用户名<input name=u><input type='password'></form>").shell
    assert "script" in read("<html><head><script src='/a.js'></script></head></html>").shell
    assert read(REPORT + "<script>1</script><input type='password'>").shell == ""


def test_spaces_that_became_question_marks_are_no_text() -> None:
    page = REPORT.replace("<p>", "<p>????")
    assert body_is_the_report(read(f"<div>{page}</div>"))


def test_what_a_portal_asks_its_readers_is_no_text() -> None:
    asked = "<div><p>您对该信息的满意度：</p><label>满意</label><label>不满意</label></div>"
    assert body_is_the_report(read(f"<div>{REPORT}{asked}</div>"))
