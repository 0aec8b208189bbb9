"""Where the report begins and ends in a flat sequence of blocks."""

import pytest

from parsers.blocks import Block, Grid, Paragraph
from parsers.body import evidence_of, split_body
from parsers.documents import read_document

HEADER = Grid((("索引号:", "002490015/2021-258336"), ("公开日期:", "2021-01-11")))
DISCLOSURE = Grid((("第二十条第（一）项", ""), ("规章", "0")))


def split(*blocks: str | Grid) -> tuple[list[object], list[object], list[object]]:
    front, body, back = split_body([b if isinstance(b, Grid) else Paragraph(b) for b in blocks])
    return _plain(front), _plain(body), _plain(back)


def _plain(blocks: tuple[Block, ...]) -> list[object]:
    return [block.text if isinstance(block, Paragraph) else block for block in blocks]


def test_metadata_title_and_source_line_are_front_and_the_signature_is_body() -> None:
    front, body, back = split(
        "您的位置：首页 > 政府信息公开 > 年报",
        HEADER,
        "某市水利局2020年政府信息公开工作年度报告",
        "时间:2021-01-11 10:00 来源:某市水利局 浏览次数:",
        "根据条例规定，现公布本报告。",
        "一、总体情况",
        "全年公开信息30条。",
        "六、其他需要报告的事项",
        "无。",
        "某市水利局",
        "2021年1月11日",
        "【打印】【关闭】",
        "版权所有：某市水利局",
    )
    assert front[1] is HEADER
    assert len(front) == 4
    assert body == [
        "根据条例规定，现公布本报告。",
        "一、总体情况",
        "全年公开信息30条。",
        "六、其他需要报告的事项",
        "无。",
        "某市水利局",
        "2021年1月11日",
    ]
    assert back == ["【打印】【关闭】", "版权所有：某市水利局"]


def test_an_introduction_before_the_first_section_is_body() -> None:
    _, body, _ = split(
        "某局2020年年报",
        "引言",
        "本报告依据条例编制。",
        "名词解释",
        "主动公开，是指自行公开。",
        "一、总体情况",
        "好。",
    )
    assert body[0] == "引言"
    assert len(body) == 6


def test_a_sentence_that_names_the_title_is_no_title() -> None:
    sentence = "根据条例，现公布某局2020年政府信息公开工作年度报告。"
    assert split(sentence, "一、总体情况", "好。")[1][0] == sentence


def test_metadata_in_traditional_characters() -> None:
    front, body, _ = split(
        "某局2020年年報", "時間:2021-01-11 來源:某局 瀏覽次數:", "本報告依條例編制。", "一、總體情況"
    )
    assert (len(front), body) == (2, ["本報告依條例編制。", "一、總體情況"])


@pytest.mark.parametrize(
    "line", ["更新日期：2021-01-11 信息来源：某局 浏览：", "上网日期:2021-01-11,来源:某局,浏览3次"]
)
def test_a_line_of_fields_is_front_whatever_field_begins_it(line: str) -> None:
    front, body, _ = split("某局2020年年报", line, "现将有关情况报告如下：", "一、总体情况", "好。")
    assert (len(front), body[0]) == (2, "现将有关情况报告如下：")


def test_a_preamble_may_end_with_a_colon_and_hold_an_address() -> None:
    preamble = ["根据条例要求，现公布本报告。", "联系电话：0571-00000000", "现将有关情况报告如下："]
    front, body, _ = split("某局2020年年报", "时间：2021-01-11 来源：某局", *preamble, "一、总体情况", "好。")
    assert (len(front), body[:3]) == (2, preamble)


def test_prose_that_speaks_of_attachments_is_no_end() -> None:
    long = (
        "附件下载功能全年使用三百余次，群众反映良好，我局将继续完善网站检索、下载和打印等服务。全年无投诉。"
    )
    assert split("一、总体情况", long, "附件：2020年统计表.pdf")[1:] == (
        ["一、总体情况", long],
        ["附件：2020年统计表.pdf"],
    )


def test_a_report_of_tables_only() -> None:
    assert split(HEADER, "某局2020年年报", DISCLOSURE, "上一篇：没有了") == (
        [HEADER, "某局2020年年报"],
        [DISCLOSURE],
        ["上一篇：没有了"],
    )


def test_prose_without_headings() -> None:
    front, body, back = split(
        "首页", "某局2010年政府信息公开年度报告", "2010年，我局公开信息30条。", "特此报告。", "责任编辑：某某"
    )
    assert (len(front), body, back) == (2, ["2010年，我局公开信息30条。", "特此报告。"], ["责任编辑：某某"])


def test_a_header_below_the_text_is_back() -> None:
    _, body, back = split("一、总体情况", "好。", "六、其他需要报告的事项", "无。", HEADER)
    assert (body[-1], back) == ("无。", [HEADER])


def test_an_annexed_table_is_body_and_a_list_of_files_is_not() -> None:
    table = Grid((("科室", "公开条数"), ("办公室", "20")))
    report = ("一、总体情况", "好。", "二、主动公开政府信息情况", "无。")
    assert split(*report, "附件：各科室公开情况", table)[1][-2:] == ["附件：各科室公开情况", table]
    assert split(*report, "附件：统计表.xls", "版权所有")[1][-1] == "无。"


@pytest.mark.parametrize(
    "line",
    [
        "（信息来源：办公室）",
        "【打印正文】",
        "下载Word版 下载PDF版",
        "校对：张三",
        "索引号：002489401/2021-00003",
    ],
)
def test_a_line_of_the_portal_ends_the_body(line: str) -> None:
    assert split("一、总体情况", "好。", "六、其他需要报告的事项", "无。", line)[1][-1] == "无。"


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["无。", "为您推荐", "满意 一般 不满意"], 1),
        (["无", "返回列表"], 1),
        (["无。", "无障碍阅读"], 1),
        (["无。", "苍溪县水利局", "栏目导航", "主管单位：苍溪县人民政府"], 2),
        (["无。", "苍溪县水利局", "2021年1月11日", "部门网站"], 3),
        (["无。", "特此报告", "苍溪县水利局", "二〇二一年一月", "部门网站"], 4),
        (["（一）收取费用", "无", "（二）其他", "无"], 4),
        (["本机关未收取信息处理费", "本机关无其他事项", "联系人：张三"], 3),
        (["现说明如下：", "没有收费", "备注：不含下属单位", "RSS订阅"], 3),
    ],
)
def test_short_words_below_the_text_are_the_portal_s(lines: list[str], kept: int) -> None:
    page = "".join(f"<p>{line}</p>" for line in ("一、总体情况", "好。", "六、其他需要报告的事项", *lines))
    body = read_document(f"<html><body>{page}</body></html>".encode(), "text/html", "").body
    assert _plain(body)[3:] == lines[:kept]


def test_a_first_section_in_other_words_is_body() -> None:
    lines = ("基本情况", "（一）主动公开", "全年公开信息30条。", "主动公开政府信息情况", "无。")
    assert split("某局2020年年报", *lines)[1] == list(lines)


def test_a_page_without_text_has_no_body() -> None:
    assert split("首页", "某局2010年年报", "附件：年报.pdf")[1] == []


def test_evidence() -> None:
    assert evidence_of(Paragraph("一、总体情况")) == "overview"
    assert evidence_of(Paragraph("（一）主动公开")) is None
    assert evidence_of(Paragraph("四、机构设置和经费")) == "number:四"
    assert evidence_of(DISCLOSURE) == "table:disclosure"
    assert evidence_of(HEADER) is None


def test_a_list_of_contents_with_page_numbers_is_no_body() -> None:
    titles = ("一、总体情况", "二、主动公开政府信息情况", "三、其他需要报告的事项")
    front, body, _ = split(
        "目录",
        *(f"{title}……………{page}" for page, title in enumerate(titles, start=3)),
        "某局2020年政府信息公开工作年度报告",
        "2020年12月31日止，本局公开信息30条。",
        *(line for title in titles for line in (title, "好。")),
    )
    assert len(front) == 5
    assert body[0] == "2020年12月31日止，本局公开信息30条。"


def test_a_sentence_that_begins_as_lines_of_the_portal_do() -> None:
    told = "微信公众号推送信息30条，阅读量2万次。"
    plain = "相关科室按职责分工落实。"
    page = f"<div><p>一、总体情况</p><p>平稳。</p><p>{told}</p><p>{plain}</p><p>扫一扫，在手机打开当前页。</p></div>"
    document = read_document(page.encode(), "text/html; charset=utf-8", "")
    assert [b.text for b in document.body if isinstance(b, Paragraph)] == [
        "一、总体情况",
        "平稳。",
        told,
        plain,
    ]


def test_a_table_that_asks_for_the_reader_s_opinion_is_back() -> None:
    asked = Grid((("您对本页内容是否满意", "满意", "不满意"), ("参与人数", "3", "1")))
    assert split("一、总体情况", "平稳。", asked)[2] == [asked]


def test_the_first_line_of_a_preamble_pasted_line_by_line_is_body() -> None:
    lines = [
        "根据《中华人民共和国政府信息公开条例》和省、市政府的部署要",
        "求，现公布2022年度报告。",
        "一、总体情况",
    ]
    assert split("某局2022年政府信息公开工作年度报告", *lines)[1] == lines


def test_the_body_to_which_a_report_is_made_is_named_in_it() -> None:
    lines = ["市政府办公室：", "根据条例规定，现公布本报告。", "一、总体情况"]
    assert split("某局2022年政府信息公开工作年度报告", *lines)[1] == lines


def test_a_preamble_that_was_pasted_line_by_line_begins_with_its_first_line() -> None:
    printed = "现将某某市水利局2020年度政府信息公开工作情", "况报告如下：", "一、总体情况", "好。"
    _, body, _ = split("某局2020年年报", *printed)
    assert body == [*printed]


@pytest.mark.parametrize("first", ["现将情况报告如下：", "2021年某某市水利局深入贯彻关于网络强国的"])
def test_the_first_line_of_a_preamble(first: str) -> None:
    _, body, _ = split(
        "某局2020年年报", first, "重要思想，以公开为常态、不公开为例外，取得成效。", "一、总体情况", "好。"
    )
    assert body[0] == first


def test_a_header_line_that_begins_with_a_vague_label_is_front() -> None:
    line = "语种：中文公开时限：长期公开公开属性：主动公开浏览次数："
    front, _, _ = split("某局2020年年报", line, "根据条例，现公布本报告。", "一、总体情况", "好。")
    assert front[-1] == line
