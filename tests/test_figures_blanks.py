"""Blank cells, and rows with a cell or a number less or more than there are columns: null, or unread."""

import pytest

from tests.grids import (
    COLUMNS,
    FLAT_HEAD,
    HEAD,
    Spec,
    flat,
    read,
    request_rows,
    values,
)


@pytest.mark.parametrize(
    "cells",
    [
        ["1", "2", "3", "4", "5", "6"],  # a cell short
        [("1", 2), "2", "3", "4", "5", "6", "7", "8"],  # a cell long
        ["3000003"],  # run together
    ],
)
def test_rows_of_another_length_are_unread(cells: list[Spec]) -> None:
    rows = request_rows("2019")
    rows[5] = [rows[5][0], *cells]
    reading = read(HEAD + rows)
    found = values(reading, "requests")
    assert not any(row == "deny_law" for row, _ in found)
    assert len(found) == 154
    assert [unread.table for unread in reading.unread] == ["requests"]


def test_swallowed_blanks_are_not_believed() -> None:
    """Cells pushed to the left fill up at the end: nobody can tell which of the seven were blank."""
    rows = request_rows("2019")
    rows[1] = [rows[1][0], "18", "18"]
    reading = read(flat([*FLAT_HEAD, *rows]))
    assert ("carried_in", "natural") not in values(reading, "requests")
    assert [unread.text.replace(" ", "").strip("|") for unread in reading.unread] == [
        "二、上年结转政府信息公开申请数量|18|18"
    ]


def test_blanks_that_kept_their_places_are_believed() -> None:
    rows = request_rows("2019")
    rows[0] = [rows[0][0], "821", "35", "", "", "2", "1", ""]
    reading = read(flat([*FLAT_HEAD, *rows]))
    found = values(reading, "requests")
    assert [found["new_received", column] for column in COLUMNS] == [821, 35, None, None, 2, 1, None]


def test_blank_row_is_null_not_zero() -> None:
    rows = request_rows("2019")
    rows[3] = [*rows[3][:1], *[""] * 7]
    found = values(read(HEAD + rows), "requests")
    assert [found["partial", column] for column in COLUMNS] == [None] * 7


def test_a_merged_blank_covers_several_columns() -> None:
    rows = request_rows("2019")
    rows[3] = [rows[3][0], ("无", 7)]
    found = values(read(HEAD + rows), "requests")
    assert [found["partial", column] for column in COLUMNS] == [None] * 7


def test_a_merged_number_is_unread() -> None:
    rows = request_rows("2019")
    rows[3] = [rows[3][0], ("5", 2), "0", "0", "0", "0", "5"]
    reading = read(HEAD + rows)
    assert ("partial", "natural") not in values(reading, "requests")
    assert any("5" in unread.text for unread in reading.unread)


def test_a_number_over_two_rows_is_unread() -> None:
    reading = read(
        [
            [("第二十条第（六）项", 2)],
            ["信息内容", "本年处理决定数量"],
            ["行政处罚", ("12", 1, 2)],
            ["行政强制"],
        ]
    )
    assert not values(reading, "disclosure")
    assert "one number for several cells of the form" in {unread.reason for unread in reading.unread}
