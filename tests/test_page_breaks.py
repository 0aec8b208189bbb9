"""Tables of printed pages that go on after a page break: what the break cut is whole again, and no more."""

import pytest

from parsers.documents.pdf import read_pdf
from tests.grids import grids_of
from tests.writing.markup import Cell, Sheet
from tests.writing.pdf import ROW, Printer


def test_a_blank_unit_after_a_page_break_is_not_the_one_above() -> None:
    printer = Printer()
    printer.y = 80 + 2 * ROW + 8  # room for two rows
    table = (("制发规范性文件总数", "件", "0"), ("（二）通过不同渠道和方式公开政府信息的情况", "", ""))
    rows = (("统计指标", "单位", "统计数"), *table, ("1.政府公报公开政府信息数", "条", "3"))
    printer.sheet(Sheet("statistics_2014", tuple(tuple(map(Cell, row)) for row in rows)), (300, 60, 88))
    (grid,) = grids_of(read_pdf(printer.bytes(), "", ""))
    assert grid.rows == rows


def test_a_blank_below_a_head_that_the_page_break_cut_off_is_no_part_of_it() -> None:
    printer = Printer()
    printer.y = 80 + ROW + 4  # room for the head
    rows = (("结果维持", "结果纠正", "其他结果"), ("", "9", ""))
    printer.sheet(Sheet("litigation", tuple(tuple(map(Cell, row)) for row in rows)), (100, 100, 100))
    (grid,) = grids_of(read_pdf(printer.bytes(), "", ""))
    assert grid.rows == rows


def test_labels_of_a_head_that_the_page_break_cut_are_whole_again() -> None:
    printer = Printer()
    printer.y = 80 + ROW + 4  # room for the first line of the head
    rows = (("结", "其", "复议后起诉"), ("果维持", "他结果", "总计"), ("1", "2", "3"))
    printer.sheet(Sheet("litigation", tuple(tuple(map(Cell, row)) for row in rows)), (100, 100, 100))
    (grid,) = grids_of(read_pdf(printer.bytes(), "", ""))
    assert grid.rows == (
        ("结果维持", "其他结果", "复议后起诉"),
        ("结果维持", "其他结果", "总计"),
        ("1", "2", "3"),
    )


def test_a_label_that_hangs_over_the_foot_of_its_page_is_in_its_cell() -> None:
    """As browsers print it: the cell is cut, its rules end in the midst of the label, and none closes it."""
    printer = Printer()
    for x in (74, 174, 274):
        printer.rule(x, 120, x, 160)
    printer.rule(74, 160, 274, 160)
    printer.rule(174, 120, 274, 120)
    for y, text in ((140, "自然"), (112, "人")):
        printer.text(100, y, text, 9)
    printer.text(200, 140, "法人或其他组织", 9)
    printer.new_page()
    printer.sheet(Sheet("requests", ((Cell("3"), Cell("5")),)), (100, 100))
    (grid,) = grids_of(read_pdf(printer.bytes(), "", ""))
    assert grid.rows == (("自然人", "法人或其他组织"), ("3", "5"))


def _over_the_break(*rows: tuple[str, ...], note: str = "") -> tuple[tuple[str, ...], ...]:
    """The last of these rows on a page of its own, with a note at the foot of the page before."""
    printer = Printer()
    for part, foot in ((rows[:-1], note), (rows[-1:], "")):
        printer.sheet(Sheet("requests", tuple(tuple(map(Cell, row)) for row in part)), (160, 60, 60))
        printer.text(80, 60, foot, 9)
        printer.new_page()
    (grid,) = grids_of(read_pdf(printer.bytes(), "", ""))
    return grid.rows


def test_a_figure_of_which_the_page_break_cut_the_last_digits_off_is_whole_again() -> None:
    rows = (("（一）予以公开", "119", "329"), ("1.属于国家秘密", "115", "115"), ("", "5", "115"))
    whole = (rows[0], ("1.属于国家秘密", "1155", "115115"))
    assert _over_the_break(*rows) == _over_the_break(*rows, note="1数据来源：本单位统计。") == whole


def test_figures_without_a_label_that_are_no_rest_of_those_above_are_a_row_of_their_own() -> None:
    rows = (("（一）予以公开", "119", "329"), ("1.属于国家秘密", "0", "1"), ("", "5", "1"))
    assert _over_the_break(*rows)[1][1:] == ("0", "1")


@pytest.mark.parametrize("label", ["行政规范性文件", "1.属于国家秘密"])
def test_a_row_whose_label_the_page_break_cut_is_whole_again(label: str) -> None:
    rows = (("规章", "1", "2"), (label[:3], "5", "7"), (label[3:], "", ""))
    assert _over_the_break(*rows) == (rows[0], (label, "5", "7"))
