"""Plain text → blocks."""

from pathlib import Path

import pytest

from parsers.blocks import Grid, Paragraph
from parsers.documents.text import text_blocks

SEED = Path(__file__).parents[2] / "shared" / "seed" / "hangzhou-mzzj-2020.txt"


def rows(text: str) -> list[list[str]]:
    """The one table of a text, padding left out."""
    (grid,) = [block for block in text_blocks(text) if isinstance(block, Grid)]
    return [
        [cell for x, cell in enumerate(row) if (y, x) not in grid.padding] for y, row in enumerate(grid.rows)
    ]


TABLE = [
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "0", "0"],
    ["行政规范性文件", "1", "", "26"],
]


def test_a_pipe_ends_a_cell_and_does_not_begin_another() -> None:
    lines = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 0 | 0 | 0 |\n行政规范性文件 | 1 | | 26 |"
    assert rows(lines) == TABLE


def test_markdown_with_leading_pipes_and_a_ruler() -> None:
    lines = (
        "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n|---|:---:|---:|---|\n"
        "| 规章 | 0 | 0 | 0 |\n| 行政规范性文件 | 1 | | 26 |"
    )
    assert rows(lines) == TABLE


def test_an_empty_column_in_front_is_dropped() -> None:
    assert rows("| | 规章 | 0 | 0 |\n| | 行政规范性文件 | 1 | 2 |") == [
        ["规章", "0", "0"],
        ["行政规范性文件", "1", "2"],
    ]


def test_cells_past_the_end_of_a_short_line_are_padding_and_printed_empty_cells_are_not() -> None:
    (grid,) = text_blocks("规章 | 0 | |\n收费 | 5")
    assert isinstance(grid, Grid)
    assert grid.rows == (("规章", "0", ""), ("收费", "5", ""))
    assert grid.padding == {(1, 2)}


def test_pipes_on_lines_of_their_own() -> None:
    cells = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "0", "0", "0"]
    text = "前文。\n" + "\n|\n".join(cells) + "\n|\n行政规范性文件\n|\n1\n|\n|\n26\n|\n后文写到这里为止。"
    assert rows(text) == TABLE
    assert [block.text for block in text_blocks(text) if isinstance(block, Paragraph)] == [
        "前文。",
        "后文写到这里为止。",
    ]


def test_one_cell_a_line_with_its_pipe() -> None:
    assert rows("| 规章\n| 0\n| 1\n| 行政规范性文件\n| 2\n| 3") == [
        ["规章", "0", "1"],
        ["行政规范性文件", "2", "3"],
    ]


def test_tabs_with_a_block_head_between_them() -> None:
    lines = (
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n行政规范性文件\t1\t\t26\n"
        "第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t5\n三、收到和处理政府信息公开申请情况"
    )
    assert rows(lines) == [
        *TABLE,
        ["第二十条第（五）项"],
        ["信息内容", "本年处理决定数量"],
        ["行政许可", "5"],
    ]


@pytest.mark.parametrize("separator", ["\n", " ", "　", "\n\n"])
def test_a_table_flattened_to_words(separator: str) -> None:
    words = (
        "第二十条第（一）项 信息内容 本年制发件数 本年废止件数 现行有效件数 规章 0 0 0 行政规范性文件 1 4 26"
    )
    text = f"上文。\n{words.replace(' ', separator)}\n三、收到和处理政府信息公开申请情况\n正文。"
    assert rows(text) == [["第二十条第（一）项"], *TABLE[:2], ["行政规范性文件", "1", "4", "26"]]


def test_columns_held_apart_by_many_spaces() -> None:
    gap = " " * 30
    head = [gap.join(["行政复议", "行政诉讼"]), gap.join(["未经复议直接起诉", "复议后起诉"])]
    labels = gap.join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3)
    numbers = [str(number) for number in range(15)]
    assert rows("\n".join([*head, labels, gap.join(numbers)]))[-1] == numbers


def test_the_labels_of_a_flattened_row_are_its_path_and_the_head_is_not() -> None:
    text = (
        "申请人情况\n自然人 法人或其他组织 总计\n商业企业 其他\n一、本年新收政府信息公开申请数量 3 0 0 3\n"
        "三、本年度办理结果 （三）不予公开 1. 属于国家秘密 0 0 0 0"
    )
    assert rows(text) == [
        ["申请人情况"],
        ["自然人", "法人或其他组织", "总计"],
        ["商业企业", "其他"],
        ["一、本年新收政府信息公开申请数量", "3", "0", "0", "3"],
        ["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密", "0", "0", "0", "0"],
    ]


def test_a_row_without_a_label_does_not_take_a_column_label_for_one() -> None:
    text = "行政复议 行政诉讼\n结果维持 其他结果 总计 结果维持 其他结果 总计\n1 0 1 0 2 2"
    assert rows(text)[-1] == ["1", "0", "1", "0", "2", "2"]


def test_blank_cells_at_the_ends_of_a_row_without_a_label_are_not_counted_on() -> None:
    """A pipe after a pipe is a blank cell or the end of a row: nobody can tell, so the row comes out short."""
    cells = [
        "行政复议",
        "结果维持",
        "其他结果",
        "总计",
        "结果维持",
        "其他结果",
        "总计",
        "",
        "",
        "3",
        "4",
        "5",
        "6",
        "7",
        "",
    ]
    assert rows("\n|\n".join(cells) + "\n|")[-1] == ["3", "4", "5", "6", "7"]


def test_what_a_converter_printed_once_for_each_column_is_a_copy() -> None:
    (grid,) = text_blocks(
        "信息内容 | 本年处理决定数量 | 本年处理决定数量\n行政许可 | 5 | 5\n信息内容 | 甲 | 乙\n规章 | 5 | 5"
    )
    assert isinstance(grid, Grid)
    assert grid.copies == {(0, 2), (1, 2)}


@pytest.mark.parametrize(
    "line",
    [
        "规章000行政规范性文件1126",
        "首页 | 政府信息公开年报",
        "2020年共收到申请 3 件 ， 其中 2 件已办结。",
        "\t一、总体情况",
    ],
)
def test_what_stays_a_paragraph(line: str) -> None:
    assert text_blocks(line) == [Paragraph(" ".join(line.split()))]


@pytest.mark.skipif(not SEED.exists(), reason="the real report lies beside the project, not in it")
def test_the_real_report_has_its_header_and_three_tables() -> None:
    blocks = text_blocks(SEED.read_text(encoding="utf-8"))
    grids = [block for block in blocks if isinstance(block, Grid)]
    assert [(len(grid.rows), len(grid.rows[0])) for grid in grids] == [(3, 4), (18, 4), (26, 10), (4, 15)]
    assert grids[0].rows[1] == ("文号:", "公开日期:", "2021-01-11", "")
    assert grids[1].rows[-1] == ("政府集中采购", "10", "429148元", "")
    assert len([block for block in blocks if isinstance(block, Paragraph)]) == 22


def test_a_header_of_which_only_the_pipes_are_left_takes_no_line_with_it() -> None:
    assert Paragraph("某局年度报告") in text_blocks("||||||\n||||\n某局年度报告\n正文。")


def test_a_pipe_at_the_end_of_a_few_rows_has_a_blank_cell_after_it() -> None:
    assert rows("信息内容 | 制发 | 废止\n规章 | 0 |\n行政规范性文件 | 1 | 26") == [
        ["信息内容", "制发", "废止"],
        ["规章", "0", ""],
        ["行政规范性文件", "1", "26"],
    ]


def test_commas_that_may_stand_between_thousands_part_no_cells_beside_a_blank_one() -> None:
    lines = "信息内容,采购项目数量,采购总金额,\n政府集中采购,1,234,\n规章,1,2"
    assert not any(isinstance(block, Grid) for block in text_blocks(lines))


def test_a_sentence_with_commas_is_no_row() -> None:
    lines = "规章,本年没有制作,2份草案在审。\n规章,0,1,2"
    assert text_blocks(lines)[0] == Paragraph("规章,本年没有制作,2份草案在审。")
