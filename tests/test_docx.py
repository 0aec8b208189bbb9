"""DOCX → blocks."""

import io
import zipfile

import pytest

from parsers.blocks import Document, Grid, Paragraph
from parsers.documents.docx import LARGEST_PART, read_docx
from parsers.documents.html import read_html
from parsers.report import UnreadableDocument
from tests.writing import render_body, write_truth
from tests.writing.docx import docx_file, docx_paragraph, printed_docx
from tests.writing.markup import pieces


def blocks(body: str, **parts: str) -> list[Paragraph | Grid]:
    return all_blocks(read_docx(docx_file(body, **parts), "", ""))


def all_blocks(document: Document) -> list[Paragraph | Grid]:
    return [*document.front, *document.body, *document.back]


def texts(document: Document) -> list[str]:
    return [block.text for block in all_blocks(document) if isinstance(block, Paragraph)]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{docx_paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


@pytest.mark.parametrize(("form", "year"), [("2019", 2020), ("2021", 2023)])
def test_a_report_reads_like_its_markup(form: str, year: int) -> None:
    truth = write_truth("湖滨市农业农村局", year, form, seed=3, volume=60)
    written = all_blocks(read_docx(printed_docx(truth.title, pieces(truth)), "", ""))
    marked_up = all_blocks(read_html(f"<h1>{truth.title}</h1>{render_body(truth)}".encode(), "", ""))
    assert [block for block in written if isinstance(block, Grid)] == [
        block for block in marked_up if isinstance(block, Grid)
    ]
    assert [block.text for block in written if isinstance(block, Paragraph)] == [
        block.text for block in marked_up if isinstance(block, Paragraph)
    ]


def test_runs_are_one_paragraph_and_line_breaks_divide_it() -> None:
    runs = "<w:r><w:t>本年</w:t></w:r><w:hyperlink><w:r><w:t>度</w:t></w:r></w:hyperlink><w:r><w:br/><w:t>报告</w:t></w:r>"
    assert blocks(f"<w:p>{runs}</w:p>") == [Paragraph("本年度"), Paragraph("报告")]


def test_what_word_asks_for_in_an_empty_field_is_not_read() -> None:
    prompt = "<w:sdtContent><w:r><w:t>单击此处输入文字。</w:t></w:r></w:sdtContent>"
    field = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{prompt}</w:sdt>"
    assert blocks(f"<w:p><w:r><w:t>收到</w:t></w:r>{field}</w:p>") == [Paragraph("收到")]


@pytest.mark.parametrize("taken_back", ["vanish", "strike", "dstrike"])
def test_deleted_hidden_and_struck_text_is_not_read(taken_back: str) -> None:
    assert blocks(
        "<w:p><w:r><w:t>收到</w:t></w:r><w:del><w:r><w:delText>3</w:delText></w:r></w:del><w:ins><w:r><w:t>5</w:t></w:r></w:ins>"
        f"<w:r><w:rPr><w:{taken_back}/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>件</w:t></w:r></w:p>"
    ) == [Paragraph("收到5件")]


@pytest.mark.parametrize(
    "properties",
    ['<w:pPr><w:outlineLvl w:val="0"/></w:pPr>', '<w:pPr><w:pStyle w:val="2"/></w:pPr>'],
)
def test_headings_by_outline_level_and_by_the_name_of_their_style(properties: str) -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:styleId="2"><w:name w:val="heading 1"/></w:style></w:styles>'
    )
    (block,) = blocks(f"<w:p>{properties}<w:r><w:t>一、总体情况</w:t></w:r></w:p>", styles=styles)
    assert block == Paragraph("一、总体情况", heading=True)


def test_a_figure_in_a_frame_of_its_own_is_in_its_cell() -> None:
    framed = f"<w:tc>{table(cell('7'))}<w:p/></w:tc>"
    (grid,) = blocks(table(cell("规章") + cell("5"), cell("行政规范性文件") + framed))
    assert isinstance(grid, Grid)
    assert grid.rows == (("规章", "5"), ("行政规范性文件", "7"))


def test_all_bold_is_a_heading_and_partly_bold_is_not() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>（一）主动公开。</w:t></w:r>"
    off = '<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>全年发布。</w:t></w:r>'
    whole, part = blocks(f"<w:p>{bold}</w:p><w:p>{bold}{off}</w:p>")
    assert (whole, part) == (
        Paragraph("（一）主动公开。", True),
        Paragraph("（一）主动公开。全年发布。", False),
    )


def test_skipped_columns_are_padding() -> None:
    skip = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    (grid,) = blocks(table(cell("规章") + cell("0") + cell("1"), skip + cell("2")))
    assert isinstance(grid, Grid)
    assert (grid.rows, grid.padding) == ((("规章", "0", "1"), ("", "2", "")), {(1, 0), (1, 2)})


def test_a_merged_cell_below_nothing_keeps_its_place() -> None:
    (grid,) = blocks(table(cell("规章", "<w:vMerge/>") + cell("0")))
    assert isinstance(grid, Grid)
    assert grid.rows == (("规章", "0"),)


def test_two_numbers_in_one_cell_stay_two() -> None:
    two = f"<w:tc>{docx_paragraph('1')}{docx_paragraph('0')}</w:tc>"
    (grid,) = blocks(table(cell("规章") + two))
    assert isinstance(grid, Grid)
    assert grid.rows == (("规章", "1 0"),)


def test_a_table_that_holds_a_table_only_arranges_it() -> None:
    inner = table(cell("规章") + cell("0"))
    found = blocks(table(f"<w:tc>{docx_paragraph('二、主动公开')}{inner}</w:tc>" + cell("旁注")))
    assert found == [Paragraph("二、主动公开"), Grid((("规章", "0"),)), Paragraph("旁注")]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{docx_paragraph('框里的话')}</w:txbxContent>"
    alternate = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert blocks(f"<w:p><w:r><w:t>正文</w:t></w:r><w:r>{alternate}</w:r></w:p>") == [
        Paragraph("正文"),
        Paragraph("框里的话"),
    ]


def test_pictures_without_text_are_reported() -> None:
    document = read_docx(docx_file("<w:p><w:r><w:drawing/></w:r></w:p>"), "", "")
    assert [unread.reason for unread in document.unread] == ["a scan: pictures without text"]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnreadableDocument, match="more than the"):
        read_docx(docx_file(" " * (LARGEST_PART + 1)), "", "")


def test_entities_are_not_expanded() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(
            "word/document.xml",
            '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
            '<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>',
        )
    assert all_blocks(read_docx(file.getvalue(), "", "")) == []


def test_references_to_no_character_spoil_nothing_else() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(
            "word/document.xml",
            '<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&#xD800;&#57343;总体情况</w:t></w:r></w:p>',
        )
    assert all_blocks(read_docx(file.getvalue(), "", "")) == [Paragraph("总体情况")]


@pytest.mark.parametrize("cut", [30, 200, -30])
def test_a_broken_zip_is_said_to_be_broken(cut: int) -> None:
    with pytest.raises(UnreadableDocument, match="broken DOCX"):
        read_docx(docx_file(docx_paragraph("正文"))[:cut], "", "")


def numbered(level: int, text: str) -> str:
    properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_numbers_that_word_adds_to_headings_are_read() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, text in ((0, "%1、"), (1, "（%2）"))
    )
    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    body = [
        numbered(0, "总体情况"),
        numbered(1, "主动公开"),
        numbered(1, "依申请公开"),
        numbered(0, "主动公开情况"),
    ]
    document = read_docx(docx_file("".join(body), numbering=numbering), "", "")
    assert texts(document) == ["一、总体情况", "（一）主动公开", "（二）依申请公开", "二、主动公开情况"]


def test_the_number_of_a_footnote_is_no_digit() -> None:
    note = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    document = read_docx(docx_file(f"<w:p><w:r><w:t>22</w:t></w:r>{note}</w:p>"), "", "")
    assert texts(document) == ["22¹"]


def test_rows_and_cells_whose_deletion_is_tracked_are_not_read() -> None:
    gone = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{cell("规章")}{cell("9")}</w:tr>'
    kept = f"<w:tr>{cell('规章')}{cell('8', '<w:cellDel/>')}{cell('7')}</w:tr>"
    document = read_docx(docx_file(f"<w:tbl>{gone}{kept}</w:tbl>"), "", "")
    assert [block.rows for block in (*document.front, *document.body) if isinstance(block, Grid)] == [
        (("规章", "7"),)
    ]


def test_the_document_under_another_name() -> None:
    package = docx_file(docx_paragraph("总体情况")).replace(b"word/document.xml", b"word/document.XML")
    assert texts(read_docx(package, "", "")) == ["总体情况"]
