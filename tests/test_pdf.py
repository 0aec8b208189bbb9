"""PDF → blocks: printed pages whose content is known, and a real one."""

import zlib
from pathlib import Path

import pytest

from parsers.blocks import Document, Grid, Paragraph
from parsers.documents.html import read_html
from parsers.documents.lines import Column, Line, paragraphs, visual_lines
from parsers.documents.pdf import MOST_PAGES, read_pdf
from parsers.documents.pdf_page import MOST_CHARACTERS
from parsers.documents.printed import Char
from parsers.report import UnreadableDocument
from tests.writing import render_body, write_truth
from tests.writing.markup import Cell, Sheet, pieces
from tests.writing.pdf import Printer, pdf_file, printed_pdf

REAL = Path(__file__).parents[2] / "shared" / "real" / "huaian-2024.pdf"


def grids(document: Document) -> list[Grid]:
    return [block for block in (*document.front, *document.body, *document.back) if isinstance(block, Grid)]


def texts(document: Document) -> list[str]:
    return [
        block.text
        for block in (*document.front, *document.body, *document.back)
        if isinstance(block, Paragraph)
    ]


def table(printer: Printer, *rows: tuple[str, ...], columns: tuple[float, ...] = (150, 60, 60)) -> None:
    printer.sheet(Sheet("disclosure", tuple(tuple(map(Cell, row)) for row in rows)), columns)


@pytest.mark.parametrize("head", [0, 3])
@pytest.mark.parametrize(("form", "year", "seed"), [("2019", 2020, 1), ("2021", 2023, 2), ("2021", 2024, 7)])
def test_a_printed_report_reads_like_its_markup(form: str, year: int, seed: int, head: int) -> None:
    """Tables across pages, with and without their head printed again; labels that a page break cuts in two."""
    truth = write_truth("湖滨市农业农村局", year, form, seed=seed, volume=400)
    title = (truth.issuer, truth.title.removeprefix(truth.issuer))
    printed = read_pdf(printed_pdf(title, pieces(truth), head), "", "")
    marked_up = read_html(f"<h1>{truth.title}</h1>{render_body(truth)}".encode(), "", "")
    assert [grid.rows for grid in grids(printed)] == [grid.rows for grid in grids(marked_up)]
    assert [grid.copies for grid in grids(printed)] == [grid.copies for grid in grids(marked_up)]
    assert texts(printed) == texts(marked_up)


def test_a_row_label_torn_into_single_characters_is_whole_again() -> None:
    printer = Printer()
    rows = (
        (Cell("三、本年度", rowspan=5), Cell("（一）予以公开"), Cell("0")),
        *((Cell(f"（{number}）部分公开"), Cell("1")) for number in "二三四五"),
    )
    printer.sheet(Sheet("requests", rows), (15, 200, 40))
    (grid,) = grids(read_pdf(printer.bytes(), "", ""))
    assert [row[0] for row in grid.rows] == ["三、本年度"] * 5


def test_numbers_under_each_other_in_one_cell_are_not_run_together() -> None:
    printer = Printer()
    table(printer, ("规章", "1", "2"), ("写满一行又换了一行的行政规范性文件", "3", "4"))
    printer.text(74 + 150 + 3, printer.y + 28 + 7, "5", 9)  # a second line in the cell that prints 3
    (grid,) = grids(read_pdf(printer.bytes(), "", ""))
    assert [row[1] for row in grid.rows] == ["1", "3 5"]


def test_a_number_that_the_cell_breaks_is_whole_again() -> None:
    printer = Printer()
    table(printer, ("许可", "3985758", "2"), columns=(60, 24, 60))  # room for four figures
    (grid,) = grids(read_pdf(printer.bytes(), "", ""))
    assert grid.rows == (("许可", "3985758", "2"),)


def test_a_number_wider_than_its_cell_stays_whole() -> None:
    printer = Printer()
    table(printer, ("许可", "", "2"), columns=(60, 24, 60))
    printer.text(74 + 60 + 2, printer.y + 28 + 7, "3985758", 9)  # 31 points in a cell of 24
    (grid,) = grids(read_pdf(printer.bytes(), "", ""))
    assert grid.rows == (("许可", "3985758", "2"),)


def test_a_blank_cell_is_blank() -> None:
    printer = Printer()
    table(printer, ("规章", "", "2"), ("文件", "0", ""))
    (grid,) = grids(read_pdf(printer.bytes(), "", ""))
    assert (grid.rows, grid.padding) == ((("规章", "", "2"), ("文件", "0", "")), frozenset())


def test_a_frame_round_a_text_is_no_table() -> None:
    printer = Printer()
    table(printer, ("本报告由办公室编制",), columns=(400,))
    document = read_pdf(printer.bytes(), "", "")
    assert (grids(document), texts(document)) == ([], ["本报告由办公室编制"])


def test_two_tables_with_a_heading_between_them_stay_two() -> None:
    printer = Printer()
    table(printer, ("规章", "0", "2"))
    printer.new_page()
    printer.paragraph("三、收到和处理")
    table(printer, ("新收", "0", "2"))
    assert [grid.rows[0][0] for grid in grids(read_pdf(printer.bytes(), "", ""))] == ["规章", "新收"]


def test_page_numbers_and_running_heads_are_dropped() -> None:
    printer = Printer()
    written = [f"第{number}段写在这一页上，{'写得很长，' * 9}写到这里为止。" for number in "一二三四"]
    for number, paragraph in enumerate(written, start=1):
        printer.text(200, 810, f"某市某局年度报告 {number}/4", 9)
        printer.paragraph(paragraph)
        printer.new_page()
    assert texts(read_pdf(printer.bytes(), "", "")) == written


@pytest.mark.parametrize(("pages", "with_head"), [(2, (0, 1)), (4, (1, 3))])
def test_a_running_head_of_two_pages_stands_at_one_place_on_both(
    pages: int, with_head: tuple[int, int]
) -> None:
    printer = Printer()
    written = [f"第{number}页上写的是这一段。" for number in "一二三四"[:pages]]
    for number in range(pages):
        if number:
            printer.new_page()
        if number in with_head:
            printer.text(74, 810, "政府信息公开工作年度报告", 9)
        printer.paragraph(written[number])
    assert "".join(texts(read_pdf(printer.bytes(), "", ""))) == "".join(written)


BY_BROWSERS = ["https://www.example.gov.cn/a.html 1/2", "1/24/23, 9:30 AM 某局年度报告"]


@pytest.mark.parametrize(
    "last", ["- 4 -", "—4—", "4", "第4页", "第 4 页 共 12 页", "4/12", "第4页/共12页", *BY_BROWSERS]
)
def test_printed_page_numbers(last: str) -> None:
    printer = Printer()
    printer.paragraph("正文。")
    printer.text(290, 40, last, 12)
    assert texts(read_pdf(printer.bytes(), "", "")) == ["正文。"]


def line(text: str, x0: float, x1: float, y: float, size: float = 16, page: int = 0) -> Line:
    return Line(text, x0, x1, y, y + size, size, page)


def test_what_makes_a_new_paragraph() -> None:
    column = Column(left=70, right=520, size=16, pitch=28)
    lines = [
        line("一行写满", 102, 520, 0),
        line("再写满", 70, 520, 28),
        line("短。", 70, 110, 56),
        line("顶格的新段", 70, 520, 84),
        line("缩进的新段", 102, 520, 112),
        line("隔得远", 70, 520, 170),
        line("下一页接着写，自", 70, 460, 10, page=1),
        line("2024年1月1日起", 70, 300, 38, page=1),
    ]
    assert paragraphs(lines, column) == [
        "一行写满再写满短。",
        "顶格的新段",
        "缩进的新段",
        "隔得远下一页接着写，自2024年1月1日起",
    ]


def test_an_entry_of_a_list_of_contents_is_a_paragraph() -> None:
    column = Column(left=70, right=520, size=16, pitch=28)
    lines = [
        line("一、总体情况……………………………1", 70, 520, 0),
        line("二、主动公开情况……………………2", 70, 520, 28),
    ]
    assert len(paragraphs(lines, column)) == 2


def test_a_flat_character_stands_in_the_line_of_whose_middle_it_is_nearest() -> None:
    """Lines of cells beside each other overlap: 一, of which the font tells the ink only, is within both."""
    chars = [
        *(Char(text, x, x + 10, 0.5, 10.5) for text, x in (("申", 100), ("请", 110))),
        *(Char(text, x, x + 10, 5.6, 15.6) for text, x in (("第", 0), ("项", 20))),
        Char("一", 10, 20, 10.0, 10.8),
    ]
    assert [line.text for line in visual_lines(chars, 0)] == ["申请", "第一项"]


def test_radicals_are_the_characters_that_they_look_like() -> None:
    printer = Printer()
    printer.paragraph("⼀、政府信息公开⼯作\uf98e\ufa01报告")
    assert texts(read_pdf(printer.bytes(), "", "")) == ["一、政府信息公开工作年度报告"]


def page(content: bytes, resources: bytes = b"") -> bytes:
    return pdf_file(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<%s>>/Contents 4 0 R>>" % resources,
            content,
        ]
    )


def test_a_scan_is_reported_and_not_guessed() -> None:
    picture = b"q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
    document = read_pdf(page(b"<</Length %d>>stream\n%s\nendstream" % (len(picture), picture)), "", "")
    assert (document.body, [unread.reason for unread in document.unread]) == (
        (),
        ["a scan: a picture without text"],
    )


def test_more_pages_than_any_report_has_are_reported() -> None:
    printer = Printer()
    for _ in range(MOST_PAGES + 2):
        printer.new_page()
    document = read_pdf(printer.bytes(), "", "")
    assert [unread.text for unread in document.unread] == [f"pages {MOST_PAGES + 1}-{MOST_PAGES + 3}"]


def test_a_page_with_more_text_than_a_whole_report_is_unread() -> None:
    printer = Printer()
    for line in range(MOST_CHARACTERS // 40 + 10):
        printer.text(50, line * 3, "公" * 40, 2)
    document = read_pdf(printer.bytes(), "", "")
    assert texts(document) == []
    assert [unread.reason for unread in document.unread] == ["more on it than a page of a report has"]


def test_a_page_with_characters_at_no_place_is_unread() -> None:
    printer = Printer()
    printer.text(50, 700, "规章")
    printer.text(150, 1e60, "7")
    document = read_pdf(printer.bytes(), "", "")
    assert texts(document) == []
    assert [unread.reason for unread in document.unread] == ["broken page: characters without a place"]


def test_a_stream_that_unpacks_without_end_is_refused() -> None:
    packed = zlib.compress(b" " * 80_000_000, 9)
    bomb = page(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
    with pytest.raises(UnreadableDocument, match="stream of more than"):
        read_pdf(bomb, "", "")


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7", b"%PDF-1.4\n1 0 obj\n<<", b"%PDF-1.7\n" + bytes(range(256)) * 40]
)
def test_a_broken_pdf_is_said_to_be_broken(body: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="broken PDF"):
        read_pdf(body, "", "")


@pytest.mark.skipif(not REAL.exists(), reason="the real report lies beside the project, not in it")
def test_the_real_report_reads_to_the_cell() -> None:
    """Held against the printed pages by eye: shaded heads, a label down the side, two tables over a page break."""
    document = read_pdf(REAL.read_bytes(), "application/pdf", "")
    disclosure, requests, litigation = grids(document)
    assert [(row[0], *row[1:]) for row in disclosure.rows if row[0] != row[1]] == [
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", "1", "0", "11"),
        ("行政规范性文件", "8", "26", "66"),
        ("信息内容", "本年处理决定数量", "本年处理决定数量", "本年处理决定数量"),
        ("行政许可", "447228", "447228", "447228"),
        ("信息内容", "本年处理决定数量", "本年处理决定数量", "本年处理决定数量"),
        ("行政处罚", "3985758", "3985758", "3985758"),
        ("行政强制", "88283", "88283", "88283"),
        (
            "信息内容",
            "本年收费金额（单位：万元）",
            "本年收费金额（单位：万元）",
            "本年收费金额（单位：万元）",
        ),
        ("行政事业性收费", "96171.6", "96171.6", "96171.6"),
    ]
    assert (4, 2) in disclosure.copies
    assert [" ".join(row[3:]) for row in requests.rows[3:]] == [
        "3001 53 0 0 61 4 3119",
        "34 0 0 0 0 0 34",
        "1288 21 0 0 50 3 1362",
        "447 7 0 0 0 0 454",
        "2 0 0 0 0 0 2",
        "30 1 0 0 0 0 31",
        "5 0 0 0 0 0 5",
        "6 0 0 0 0 0 6",
        "7 1 0 0 0 0 8",
        "12 0 0 0 0 0 12",
        "9 0 0 0 0 0 9",
        "105 0 0 0 0 0 105",
        "746 12 0 0 10 1 769",
        "11 0 0 0 0 0 11",
        "1 0 0 0 0 0 1",
        "56 6 0 0 0 0 62",
        "25 0 0 0 0 0 25",
        "0 0 0 0 0 0 0",
        "0 0 0 0 0 0 0",
        "1 0 0 0 0 0 1",
        "67 3 0 0 1 0 71",
        "6 0 0 0 0 0 6",
        "108 2 0 0 0 0 110",
        "2932 53 0 0 61 4 3050",
        "103 0 0 0 0 0 103",
    ]
    assert [row[1] for row in requests.rows[15:18]] == ["（四）无法提供"] * 3  # cut by the page break
    assert {row[0] for row in requests.rows[5:27]} == {"三、本年度办理结果"}
    assert " ".join(litigation.rows[3]) == "72 64 178 37 351 13 4 8 1 26 12 1 1 6 20"
    printed = texts(document)
    assert printed[0] == "淮安市人民政府2024年政府信息公开工作年度报告"
    assert len(printed) == 17
    assert printed[-1].endswith("信息处理费3940元。")


def test_characters_whose_boxes_hold_only_their_ink_stay_in_their_line() -> None:
    """As Chromium embeds Noto: the box of 一 is as flat as the stroke; as LibreOffice does, half as high as the others."""

    def char(text: str, x: float, top: float, bottom: float) -> Char:
        return Char(text, x, x + 11, top, bottom)

    heading = [char("一", 88, 105.7, 107.1), char("、", 99, 101, 113), char("总", 111, 101, 113)]
    below = [
        char("第", 88, 121, 133),
        char("一", 94, 121, 126.8),
        char("二", 99, 123, 131),
        char("—", 111, 126.4, 127),
        char("项", 123, 121, 133),
    ]
    lines = visual_lines([*heading, *below], 0)
    assert [line.text for line in lines] == ["一、总", "第一二—项"]


def test_lines_under_each_other_stay_apart_where_a_line_beside_them_is_between() -> None:
    chars = [Char("理", 50, 60, 0, 12), Char("1", 100, 105, 5.5, 17.5), Char("果", 50, 60, 11, 23)]
    assert [line.text for line in visual_lines(chars, 0)] == ["理 1", "果"]


def test_labels_of_two_cells_are_two_words_where_the_gap_is_wider_than_the_others() -> None:
    places = {"商": 0, "业": 10, "企": 20, "科": 32.8, "研": 42.8, "机": 52.8}
    (line,) = visual_lines([Char(text, x, x + 10, 0, 10) for text, x in places.items()], 0)
    assert [word.text for word in line.words] == ["商业企", "科研机"]
    (line,) = visual_lines(
        [Char(text, 12.8 * at, 12.8 * at + 10, 0, 10) for at, text in enumerate(places)], 0
    )
    assert len(line.words) == 1


def test_glyph_numbers_taken_for_letters_are_reported_and_not_read() -> None:
    """A font without a table of its characters: what comes out are Latin letters with accents."""
    printer = Printer()
    printer.paragraph("ªÃA pý³B, N þç Óo pý³ÃA¯ B, l pý³ÃA æÆ áÔB *æ Õz hB j¹")
    document = read_pdf(printer.bytes(), "", "")
    assert [(unread.text, unread.reason) for unread in document.unread] == [
        ("page 1", "characters of an unknown encoding")
    ]
    assert not texts(document)
