"""Last year's table beside this year's: its numbers are none of this report."""

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
