"""Is it a report, of whom, and for which year? In odd dress too."""

from pathlib import Path

import pytest

from parsers.blocks import Document, Grid, Paragraph
from parsers.characters import fold
from parsers.documents import read_document
from parsers.header import read_header
from parsers.read import read_report
from parsers.recognise import Subject, classify, recognise
from parsers.report import Attachment, NotAReport
from tests.subjects import PERIOD, SECTIONS, TITLE, subject

SHARED = Path(__file__).parents[2] / "shared"


@pytest.mark.parametrize(
    "front",
    [
        (TITLE,),
        ("苍溪县水利局", "2022年政府信息公开工作年度报告"),
        ("苍溪县水利局2022年", "政府信息公开工作年度报告"),
        ("苍溪县水利局", "2022年度政府信息公开", "工作年度报告"),
        (TITLE + TITLE,),
        (TITLE, TITLE),
        ("2022年苍溪县水利局政府信息公开年报",),
        ("政府信息公开工作年度报告（苍溪县水利局）", "2022年度"),
        ("苍溪县水利局关于2022年政府信息公开工作情况的报告",),
        ("苍溪县水利局2022年政府信息公开年度工作报告（文字版）",),
        ("苍溪县水利局2022年政府信息公开工作年…", "名称：" + TITLE),
        (TITLE.replace("信息公开", "資訊公開"),),
        (TITLE + " 发布时间：2023-01-20 来源：县水利局 浏览次数：3",),
    ],
)
def test_titles_in_every_shape(front: tuple[str, ...]) -> None:
    found = subject(*front, body=(PERIOD, *SECTIONS))
    assert (found.issuer, found.year) == ("苍溪县水利局", 2022)


@pytest.mark.parametrize(
    "front",
    [
        ("市市场监督", "管理局2022年政府信息公开工作年度报告"),
        ("市市场", "监督管理局2022年", "政府信息公开工作年度报告"),
        ("市市场監督", "管理局关於2022年度政府信息公開工作情況的報告"),
    ],
)
def test_titles_torn_within_the_name(front: tuple[str, ...]) -> None:
    assert fold(subject(*front, place="青河市").issuer) == "青河市市场监督管理局"


def test_links_to_other_reports_say_nothing_of_this_one() -> None:
    links = [f"苍溪县审计局{year}年政府信息公开工作年度报告" for year in (2021, 2020, 2019)]
    found = subject("相关信息", *links, "苍溪县水利局政府信息公开工作年度报告", body=(PERIOD, *SECTIONS))
    assert (found.issuer, found.year) == ("苍溪县水利局", 2022)
    found = subject(TITLE, "相关信息", *links, title=TITLE)
    assert (found.issuer, found.year) == ("苍溪县水利局", 2022)


def test_the_banner_of_the_site_is_no_part_of_the_title() -> None:
    found = subject(
        "苍溪县人民政府",
        "2022年政府信息公开工作年度报告",
        body=(*SECTIONS, "苍溪县水利局"),
        metas={"sitename": "苍溪县人民政府"},
    )
    assert found == Subject("苍溪县水利局", 2022, "2022年政府信息公开工作年度报告")


@pytest.mark.parametrize("above", ["走进荆州", "荆政办〔2022〕4号"])
def test_a_link_or_a_number_above_a_title_is_no_body(above: str) -> None:
    title = "2022年政府信息公开工作年度报告"
    found = subject(above, title, metas={"contentsource": "荆州市财政局"})
    assert (found.title, found.issuer) == (title, "荆州市财政局")


def test_titles_outside_the_text() -> None:
    assert subject(metas={"articletitle": TITLE}) == Subject("苍溪县水利局", 2022, TITLE)
    assert subject(title=TITLE + "_苍溪县人民政府") == Subject("苍溪县水利局", 2022, TITLE)
    assert subject("首页 > 政府信息公开 > " + TITLE).year == 2022


def test_headings_in_other_words_prove_a_report() -> None:
    headings = ("一、主动公开政府信息的情况", "二、依申请公开政府信息的情况", "三、行政复议、行政诉讼的情况")
    told = "现公布苍溪县水利局2018年度政府信息公开年度报告。"
    assert subject(body=(told, *headings)) == Subject("苍溪县水利局", 2018, "")


def test_the_first_section_is_no_title() -> None:
    found = subject(body=("一、落实政务公开工作要点情况", PERIOD, "本报告由苍溪县水利局编制。", *SECTIONS))
    assert found == Subject("苍溪县水利局", 2022, "")


def test_without_a_title() -> None:
    found = subject("索引号：A/2023-1 发布机构：苍溪县水利局", body=(PERIOD, *SECTIONS))
    assert found == Subject("苍溪县水利局", 2022, "")


def test_the_title_goes_before_the_period() -> None:
    assert subject(TITLE, body=("统计期限为2021年1月1日至2021年12月31日。", *SECTIONS)).year == 2022


def test_a_sentence_is_no_title() -> None:
    told = "按照条例，现将苍溪县水利局2022年政府信息公开工作情况报告如下："
    assert subject(body=(told, *SECTIONS)) == Subject("苍溪县水利局", 2022, "")


def test_a_date_of_publication_is_no_year() -> None:
    with pytest.raises(NotAReport, match="year"):
        subject("苍溪县水利局政府信息公开工作年度报告", "发布日期：2023-01-20")


def test_reports_without_sections_or_tables() -> None:
    assert subject("苍溪县水利局2009年政府信息公开工作年度报告", body=("全年工作如下。" * 40,)).year == 2009
    assert subject("苍溪县水利局2013年政府信息公开工作总结", body=("全年工作如下。" * 40,)).year == 2013


def test_a_report_that_is_only_attached() -> None:
    attached = (Attachment("/files/1.pdf", "报告.pdf", None),)
    assert subject(TITLE, body=("附件：报告.pdf",), attachments=attached).year == 2022
    with pytest.raises(NotAReport, match="title without a report"):
        subject(TITLE, body=())


def test_tables_prove_a_report_under_any_title() -> None:
    requests = Grid((("一、本年新收政府信息公开申请数量", "0"), ("四、结转下年度继续办理", "0")))
    document = Document(
        (Paragraph("苍溪县水利局2022年年报"),), (Paragraph(PERIOD), requests), (), "text/html"
    )
    with pytest.raises(NotAReport, match="names the reporting body"):
        recognise(document, read_header(document))
    signed = Document(document.front, (*document.body, Paragraph("苍溪县水利局")), (), "text/html")
    assert recognise(signed, read_header(signed)).issuer == "苍溪县水利局"


def test_a_title_that_names_nobody_goes_behind_one_that_does() -> None:
    found = subject("内容概述", "本机关年度信息公开工作报告", title=TITLE)
    assert found.title == TITLE


def test_a_second_report_on_the_page_is_not_mixed_with_the_first() -> None:
    def report(body: str, made: int) -> str:
        table = "<tr><td>第二十条第（一）项<tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数<tr><td>规章<td>%d<td>0<td>0"
        return f"<p>{body}2022年政府信息公开工作年度报告</p><p>一、总体情况</p><p>{f'{body}公开信息。' * 20}</p><table>{table % made}</table>"

    read = read_report((report("苍溪县水利局", 3) + report("苍溪县林业局", 4)).encode())
    assert read.issuer == "苍溪县水利局"
    assert [figure.value for figure in read.figures] == [3, 0, 0]
    assert [section.text for section in read.sections] == ["苍溪县水利局公开信息。" * 20]
    assert [(one.text, one.reason) for one in read.unread] == [
        ("规章 | 4 | 0 | 0", "a second report on the page")
    ]


def test_real_reports() -> None:
    if not SHARED.exists():
        pytest.skip("no real documents beside the project")
    expected = {
        "seed/hangzhou-mzzj-2020.txt": ("杭州市民族宗教局", 2020),
        "real/shanghai-2019.html": ("上海市人民政府办公厅", 2019),
        "real/huaian-2024.pdf": ("淮安市人民政府", 2024),
    }
    for name, (issuer, year) in expected.items():
        document = read_document((SHARED / name).read_bytes(), "", name)
        found = recognise(document, read_header(document))
        assert (found.issuer, found.year) == (issuer, year)


def html(title: str, body: str) -> bytes:
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>".encode()


def test_a_page_is_read_alike_before_and_after_a_look_at_it() -> None:
    page = (Path(__file__).parent / "pages/copies/2023.html").read_bytes()
    alone = read_report(page, "text/html")
    classify(page, "text/html", "")
    assert read_report(page, "text/html") == read_report(page, "text/html") == alone


def test_classify() -> None:
    rows = "".join(
        f"<li><a href='/{year}.html'>苍溪县水利局{year}年政府信息公开工作年度报告</a></li>"
        for year in range(2015, 2024)
    )
    report = "".join(f"<p>{text}</p>" for text in SECTIONS)
    assert classify(html(TITLE, f"<h1>{TITLE}</h1>{report}"), "text/html", "") == "report"
    assert (
        classify(html(TITLE, f"<h1>{TITLE}</h1><p>附件</p><a href='1.pdf'>{TITLE}</a>"), "", "") == "report"
    )
    assert classify(html("政府信息公开年报", f"<ul>{rows}</ul>"), "text/html", "") == "listing"
    assert classify(html("年报", f"{report}<ul>{rows}</ul>"), "text/html", "") == "report"
    assert (
        classify(html("年报", "<script type='text/xml'><datastore><record/></datastore></script>"), "", "")
        == "listing"
    )
    assert classify(html("机构职能", "<p>主要职责。</p>"), "text/html", "") == "neither"
    assert classify(b"<?xml version='1.0' encoding='utf-8'?>" + html(TITLE, report), "", "") == "report"
    assert classify(b"", "text/html", "") == "neither"
    assert classify(b"%PDF-1.7 ...", "application/pdf", "") == "report"


@pytest.mark.parametrize(
    "title",
    [
        "苍溪县水利局2022年第三季度政府信息公开工作报告",
        "苍溪县水利局2022年上半年政府信息公开工作总结",
        "苍溪县水利局2022年10月份政府信息公开工作年报",
    ],
)
def test_a_part_of_the_year_is_no_year(title: str) -> None:
    with pytest.raises(NotAReport, match="quarter"):
        subject(title, body=(PERIOD, *SECTIONS))


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("新疆生产建设兵团第八师石河子市2022年政府信息公开工作年度报告", "新疆生产建设兵团第八师石河子市"),
        ("交通运输部2022年政府信息公开工作年度报告", "交通运输部"),
        ("江南大学2022年政府信息公开工作年度报告", "江南大学"),
        ("宣传部2022年政府信息公开工作年度报告", "杭州市宣传部"),
        (
            "国防动员办公室（人民防空办公室）2022年政府信息公开工作年度报告",
            "杭州市国防动员办公室（人民防空办公室）",
        ),
        ("水利局2022年度政府信息与政务公开工作年度报告", "杭州市水利局"),
        ("水利局2022年度政府信息主动公开工作年度报告", "杭州市水利局"),
    ],
)
def test_places_are_put_before_bodies_that_need_one(title: str, issuer: str) -> None:
    assert subject(title, place="杭州市").issuer == issuer


def test_a_named_title_goes_before_the_name_of_the_column() -> None:
    letter = "苍溪县水利局关于报送2022年度政府信息公开工作年度报告的报告"
    assert subject("政府信息公开年报", letter, body=(PERIOD, *SECTIONS)).title == letter


@pytest.mark.parametrize(("body", "is_listed"), [("某{}县民政局", True), ("某县民政局", False)])
def test_a_list_of_the_reports_of_several_bodies_with_a_file_is_no_report(body: str, is_listed: bool) -> None:
    rows = "".join(
        f"<tr><td><a href=/{year}>{body.format('甲乙丙丁戊'[year - 2015])}{year}年政府信息公开年报</a></td></tr>"
        for year in range(2015, 2020)
    )
    page = (
        "<meta name=ContentSource content=某县民政局><h1>2021年政府信息公开年报</h1>"
        f"<table>{rows}</table><p>附件：<a href=/1.pdf>年度报告.pdf</a></p>"
    )
    if is_listed:
        with pytest.raises(NotAReport, match="listing"):
            read_report(page.encode(), "text/html; charset=utf-8")
    else:
        assert read_report(page.encode(), "text/html; charset=utf-8").issuer == "某县民政局"
