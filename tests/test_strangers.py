"""Tables that are not the report's own: last year's beside this year's, other statistics with labels of the forms."""

import pytest

from parsers.blocks import Block, Paragraph
from parsers.figures import Reading, read_figures
from parsers.sections import split_sections
from tests.grids import HEAD, Spec, grid, request_rows
from tests.test_figures import expected_requests, values

LAST = "附：2022年收到和处理政府信息公开申请情况（供对照）"
OLD = request_rows("2021", {"new_received": ["9"] * 7})


def read(*blocks: Block) -> Reading:
    _, placed = split_sections((Paragraph("三、收到和处理政府信息公开申请情况"), *blocks))
    return read_figures(placed, (), 2023)


@pytest.mark.parametrize("lines", [(LAST,), (LAST, "单位：件")])
def test_a_table_of_last_year_is_no_figure_of_this_one(lines: tuple[str, ...]) -> None:
    this, last = grid(HEAD + request_rows("2021")), grid(HEAD + OLD)
    reading = read(Paragraph("表一"), this, *map(Paragraph, lines), last)
    assert values(reading, "requests") == expected_requests("2021")
    assert {one.reason for one in reading.unread} == {"a table of an earlier year"}
    assert len(reading.unread) == 25


def test_last_year_alone_is_not_taken_for_this_one() -> None:
    assert not read(Paragraph(LAST), grid(HEAD + OLD)).figures


def test_last_year_may_be_told_in_the_first_row() -> None:
    title: list[list[Spec]] = [[("2022年政府信息公开申请情况", 10)]]
    assert not read(grid(title + HEAD + OLD)).figures


@pytest.mark.parametrize(
    "line", ["按国办公开办函〔2021〕30号填报", "填报日期：2022年1月5日", "2022年、2023年"]
)
def test_other_years_above_a_table_are_not_its_own(line: str) -> None:
    reading = read(Paragraph(line), grid(HEAD + request_rows("2021")))
    assert values(reading, "requests") == expected_requests("2021")


OTHER = grid([["事项", "上一年项目数量", "本年项目数量"], ["行政许可", "81", "90"], ["行政处罚", "12", "40"]])
BLOCK = grid(
    [
        [("第二十条第（五）项", 2)],
        ["信息内容", "本年处理决定数量"],
        ["行政许可", "7"],
    ]
)


@pytest.mark.parametrize("before", [True, False])
def test_other_statistics_in_other_sections_are_no_figures(before: bool) -> None:
    own = [Paragraph("二、主动公开政府信息情况"), BLOCK]
    other = [Paragraph("一、总体情况" if before else "五、存在的主要问题及改进情况"), OTHER]
    sections, placed = split_sections([*other, *own] if before else [*own, *other])
    reading = read_figures(placed, sections, 2023)
    assert values(reading, "disclosure") == {("licensing", "decisions"): 7}
    assert [one.text for one in reading.unread] == ["行政许可 | 81 | 90", "行政处罚 | 12 | 40"]


def test_a_table_that_stands_in_another_section_alone_is_the_forms() -> None:
    sections, placed = split_sections(
        [Paragraph("二、主动公开政府信息情况"), Paragraph("五、存在的主要问题及改进情况"), BLOCK]
    )
    assert values(read_figures(placed, sections, 2023), "disclosure") == {("licensing", "decisions"): 7}
