"""Figures of statutory grids: true to the cell, or listed as unread."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.figures import read_figures
from parsers.report import Section
from parsers.sections import PlacedGrid
from tests.grids import (
    BLOCK,
    COLUMNS,
    FLAT_HEAD,
    FORMS,
    HEAD,
    LITIGATION,
    Spec,
    expected_requests,
    flat,
    grid,
    placed,
    read,
    request_rows,
    values,
)

SHARED = Path(__file__).parents[2] / "shared"


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_requests_with_spans(form: str) -> None:
    reading = read(HEAD + request_rows(form))
    assert values(reading, "requests") == expected_requests(form)
    assert reading.template == form
    assert not reading.unread


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_requests_without_spans(form: str) -> None:
    reading = read(flat([*FLAT_HEAD, *request_rows(form)]))
    assert values(reading, "requests") == expected_requests(form)
    assert not reading.unread


def test_rows_printed_as_one_with_line_breaks() -> None:
    known: list[Spec] = ["一、本年新收政府信息公开申请数量", "", *"1234567"]
    labels = "1.信访举报投诉类申请 2.重复申请 3.要求提供公开出版物"
    one: list[Spec] = ["（五）不予处理", labels, *(f"{number} 0 {10 + number}" for number in range(7))]
    reading = read([["", "", "自然人", *HEAD[2], "总计"], known, one])
    found = values(reading, "requests")
    assert [found["np_petition", column] for column in COLUMNS] == [*range(7)]
    assert [found["np_repeat", column] for column in COLUMNS] == [0] * 7
    assert [found["np_publication", column] for column in COLUMNS] == [*range(10, 17)]
    assert not reading.unread
    reading = read([["", "", "自然人", *HEAD[2], "总计"], known, [*one[:-1], "6 16"]])
    assert len(reading.figures) == 7
    assert len(reading.unread) == 1


def test_requests_without_a_head() -> None:
    assert values(read(request_rows("2021")), "requests") == expected_requests("2021")


@pytest.mark.parametrize("at", range(1, 25, 4))
def test_requests_split_by_a_page_break(at: int) -> None:
    rows = request_rows("2021")
    reading = read(HEAD + rows[:at], rows[at:])
    assert values(reading, "requests") == expected_requests("2021")
    assert not reading.unread


def test_requests_with_the_head_repeated_in_the_middle() -> None:
    rows = request_rows("2019")
    reading = read(flat([*FLAT_HEAD, *rows[:11], *FLAT_HEAD, *rows[11:]]))
    assert values(reading, "requests") == expected_requests("2019")
    assert not reading.unread


def test_parents_whose_spans_are_broken() -> None:
    """Without the rowspans the labels of later rows move to the left, numbers and all."""
    rows: list[list[Spec]] = [
        [spec if isinstance(spec, str) else (spec[0], spec[1]) for spec in row]
        for row in request_rows("2021")
    ]
    assert values(read(HEAD + rows), "requests") == expected_requests("2021")


def test_a_parent_that_reaches_too_far_down() -> None:
    rows = request_rows("2021")
    rows[2][0] = ("三、本年度办理结果", 1, 30)
    assert values(read(HEAD + rows), "requests") == expected_requests("2021")


def test_a_lone_one_is_a_number_where_other_counts_are_written_in_words() -> None:
    words = request_rows("2019", {"granted": ["一", "三", "零", "〇", "零", "零", "四"]})
    assert [values(read(HEAD + words), "requests")["granted", column] for column in COLUMNS] == [
        *(1, 3, 0, 0, 0, 0, 4)
    ]
    dashes = request_rows("2019", {"granted": ["一", "3", "零", "一", "一", "一", "3"]})
    reading = read(HEAD + dashes)
    found = values(reading, "requests")
    assert ("granted", "natural") not in found
    assert [found["granted", "business"], found["granted", "research"]] == [3, 0]
    assert [one.text for one in reading.unread] == ["一"] * 4


def test_a_lone_one_printed_again_as_another_number_is_unread() -> None:
    words = request_rows("2019", {"granted": ["一", "三", "零", "零", "零", "零", "四"]})
    again = request_rows("2019", {"granted": ["二", "三", "零", "零", "零", "零", "五"]})
    found = values(read(HEAD + words, HEAD + again), "requests")
    assert ("granted", "natural") not in found
    assert found["granted", "business"] == 3


def test_other_handling_as_one_row_of_the_newer_form() -> None:
    rows = [row for row in request_rows("2021") if "逾期" not in str(row)]
    rows = [row for row in rows if row[0] != ("3.其他", 1)]
    rows[-2:-2] = [[("（六）其他处理", 2), *"1000001"]]
    reading = read(BLOCK["2021"], HEAD + rows)
    assert values(reading, "requests")["other", "total"] == 1
    assert reading.template == "2021"


def test_numbers_beside_a_heading_are_unread() -> None:
    rows = [*flat([*FLAT_HEAD, *request_rows("2021")])]
    rows.insert(6, ["（三）不予公开", "9", "0", "0", "0", "0", "0", "9", "", ""])
    reading = read(rows)
    assert values(reading, "requests") == expected_requests("2021")
    assert [unread.reason for unread in reading.unread] == ["figures beside a heading"]


def test_other_below_another_heading_is_unread() -> None:
    """The form has 其他 below 其他处理 only."""
    rows = request_rows("2019")
    rows[12:12] = [["9.其他", *"1234567"]]
    rows[2][0] = ("三、本年度办理结果", 1, 21)
    rows[4][0] = ("（三）不予公开", 1, 9)
    reading = read(HEAD + rows)
    assert ("other_rest", "total") not in values(reading, "requests")
    assert values(reading, "requests") == expected_requests("2019")


def test_all_tables_in_one_grid() -> None:
    numbers: list[Spec] = [str(n) for n in range(15)]
    reading = read(BLOCK["2021"] + BLOCK["2021 rest"] + HEAD + request_rows("2021") + LITIGATION + [numbers])
    assert len(reading.figures) == 200
    assert not reading.unread


def printed_spans(rows: list[list[Spec]]) -> list[list[Spec]]:
    """Each span printed as as many cells."""
    return [list(row) for row in grid(rows).rows]


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_spans_printed_as_as_many_cells(form: str) -> None:
    assert values(read(printed_spans(HEAD + request_rows(form))), "requests") == expected_requests(form)


def test_the_caption_inside_the_table_is_no_unread_row() -> None:
    table = grid([[("单位：件", 10)], *HEAD, *request_rows("2021")])
    reading = read_figures([PlacedGrid(table, "三", "单位：件")])
    assert values(reading, "requests") == expected_requests("2021")
    assert not reading.unread


@pytest.mark.parametrize(
    "table",
    [
        [["指标", "数量"], ["网站总访问量", "300"], ["信息发布总数", "20"]],
        [["序号", "行政许可", "行政处罚"], ["1", "3", "4"]],
        [["年度", "新收", "办结"], ["2022", "3", "4"], ["2023", "5", "6"]],
        [["事项", "公开主体"], ["行政许可", "办公室"], ["行政处罚", "法规科"]],
    ],
)
def test_other_tables_are_not_statutory(table: list[list[Spec]]) -> None:
    reading = read(table)
    assert (reading.template, reading.figures, reading.unread) == ("none", (), ())
    assert len(reading.tables) == 1


def test_statistics_2014() -> None:
    table = FORMS["2014"].table("statistics_2014")
    assert table is not None
    rows: list[list[Spec]] = [["统计指标", "单位", "统计数"]]
    rows += [
        [row.label, row.unit, str(y)] if row.has_figures else [row.label, "——", ""]
        for y, row in enumerate(table.rows)
    ]
    reading = read(rows)
    expected = {(row.key, "value"): y for y, row in enumerate(table.rows) if row.has_figures}
    assert values(reading, "statistics_2014") == expected
    assert reading.template == "2014"
    reading = read(flat([*rows, ["", "", "", ""]], 4))  # an empty column behind
    assert values(reading, "statistics_2014") == expected


def test_statistics_2014_over_a_page_break_with_counts_left_blank() -> None:
    """Beside its unit a count cannot be another's."""
    table = FORMS["2014"].table("statistics_2014")
    assert table is not None
    rows: list[list[Spec]] = [[row.label, row.unit, ""] for row in table.rows if row.has_figures]
    rows[-1][-1] = "7"
    reading = read([["统计指标", "单位", "统计数"], *rows[:20]], rows[20:])
    found = values(reading, "statistics_2014")
    assert not reading.unread
    assert len(found) == len(rows)
    assert [value for value in found.values() if value is not None] == [7]
    assert not reading.unread
    assert {f.unit for f in reading.figures if f.row == "budget"} == {"万元"}


def test_flattened_lines_of_prose_are_unread() -> None:
    ruins = Section(1, "二", "disclosure", "主动公开政府信息情况", "规章000行政规范性文件1126")
    reading = read_figures([], [ruins])
    assert [(u.table, u.text) for u in reading.unread] == [("disclosure", "规章000行政规范性文件1126")]


def test_tables_keep_what_is_printed() -> None:
    one = grid([["甲", ("乙", 2)], ["1", "2"]])
    assert read_figures(placed(one)).tables[0].rows == (("甲", "乙", "乙"), ("1", "2", ""))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real reports are not here")
@pytest.mark.parametrize(
    ("name", "media_type", "cells"),
    [
        ("seed/hangzhou-mzzj-2020.txt", "text/plain", 198),
        ("real/shanghai-2019.html", "text/html", 198),
        ("real/huaian-2024.pdf", "application/pdf", 200),
    ],
)
def test_real_reports(name: str, media_type: str, cells: int) -> None:
    from parsers.documents import read_document
    from parsers.sections import split_sections

    document = read_document((SHARED / name).read_bytes(), media_type, name)
    sections, grids = split_sections(document.body)
    reading = read_figures(grids, sections)
    assert len(reading.figures) == cells
    assert not reading.unread


WORDS = sorted({h.label for f in FORMS.values() for t in f.tables for h in (*t.rows, *t.columns, *t.groups)})
SPECS = st.tuples(
    st.sampled_from([*WORDS, "", "0", "12", "-", "本年新", "信息内容", "第二十条第（一）项", "注", "1-10"]),
    st.integers(1, 8),
    st.integers(1, 4),
)


@given(st.lists(st.lists(SPECS, min_size=1, max_size=10), min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_any_grid_is_read_without_losing_a_number(rows: list[list[Spec]]) -> None:
    """Whatever is printed in a statutory grid stands in a figure or in unread; a figure stands in the grid."""
    one = grid(rows)
    reading = read_figures(placed(one))
    printed = {text for row in one.rows for text in row}
    assert {figure.raw for figure in reading.figures} <= printed
    keys = [(figure.table, figure.row, figure.column) for figure in reading.figures]
    assert len(keys) == len(set(keys))
    if reading.figures and any("12" in row for row in one.rows):
        said = [figure.raw for figure in reading.figures] + [unread.text for unread in reading.unread]
        assert any("12" in text for text in said)


def test_totals_alone() -> None:
    rows = [[*row[:-7], row[-1]] for row in request_rows("2021")]
    reading = read([[("项目", 3), "总计"], *rows])
    totals = {key: value for key, value in expected_requests("2021").items() if key[1] == "total"}
    assert values(reading, "requests") == totals
    assert not reading.unread


def test_statistics_2014_with_the_units_in_the_labels() -> None:
    table = FORMS["2014"].table("statistics_2014")
    assert table is not None
    rows: list[list[Spec]] = [["指标名称", "数值"]]
    rows += [
        [f"{row.label}（单位：{row.unit}）" if row.has_figures else row.label, str(y)]
        for y, row in enumerate(table.rows)
    ]
    expected = {(row.key, "value"): y for y, row in enumerate(table.rows) if row.has_figures}
    assert values(read(rows), "statistics_2014") == expected
