"""Figures of table 4, reviews and suits: fifteen numbers in a row, or a row for each."""

import pytest

from tests.grids import (
    LITIGATION,
    OUTCOMES,
    Spec,
    flat,
    read,
    values,
)


def test_litigation_with_and_without_spans() -> None:
    numbers: list[Spec] = [str(n) for n in range(15)]
    rows = ("review", "suit_direct", "suit_after_review")
    columns = ("upheld", "corrected", "other", "pending", "total")
    expected = {(row, column): 5 * y + x for y, row in enumerate(rows) for x, column in enumerate(columns)}
    for table in ([*LITIGATION, numbers], flat([*LITIGATION, numbers], 15)):
        reading = read(table)
        assert values(reading, "litigation") == expected
        assert not reading.unread


def test_litigation_with_subtotals_for_totals() -> None:
    head = [[("小计" if cell == "总计" else cell) for cell in row] for row in flat(LITIGATION, 15)]
    reading = read([*head, [str(n) for n in range(15)]])
    assert values(reading, "litigation")["suit_after_review", "total"] == 14
    assert not reading.unread


def test_litigation_with_its_suits_first() -> None:
    head: list[list[Spec]] = [
        [("行政诉讼", 10), ("行政复议", 5)],
        [("未经复议直接起诉", 5), ("复议后起诉", 5), *((str(label), 1, 2) for label in OUTCOMES)],
        [*OUTCOMES, *OUTCOMES],
    ]
    found = values(read([*head, [str(n) for n in range(15)]]), "litigation")
    assert found["suit_direct", "upheld"] == 0
    assert found["review", "total"] == 14


def test_litigation_with_fourteen_numbers_is_unread() -> None:
    reading = read([*LITIGATION, [str(n) for n in range(14)]])
    assert not reading.figures
    assert len(reading.unread) == 1


def test_two_rows_of_litigation_are_unread() -> None:
    """Nobody can tell which of them is the report's."""
    reading = read([*LITIGATION, ["1"] * 15, ["2"] * 15])
    assert not reading.figures
    assert len(reading.unread) == 30


def test_blanks_pushed_to_the_end_are_not_believed() -> None:
    """Five, two and seven of fifteen cells, and no telling which."""
    reading = read(flat([*LITIGATION, ["5", "2", "7"]], 15))
    assert not reading.figures
    assert [unread.reason for unread in reading.unread] == ["blank cells may have been pushed to the end"]
    assert len(read([*LITIGATION, ["5", "", "", "2", "7", *[""] * 10]]).figures) == 15


def test_litigation_by_rows() -> None:
    reading = read(
        [["", *OUTCOMES], ["行政复议", *"10001"], ["未经复议直接起诉", *"02002"], ["复议后起诉", *"00303"]]
    )
    found = values(reading, "litigation")
    assert found["review", "total"] == 1
    assert found["suit_direct", "corrected"] == 2
    assert found["suit_after_review", "other"] == 3


def test_rows_of_litigation_left_blank() -> None:
    suits: list[Spec] = ["未经复议直接起诉", *[""] * 5]
    table: list[list[Spec]] = [[("", 2), *OUTCOMES], [("行政复议", 2), *[""] * 5]]
    reading = read([*table, [("行政诉讼", 1, 2), *suits], ["复议后起诉", *"00303"]])
    found = values(reading, "litigation")
    assert not reading.unread
    assert [found["review", "total"], found["suit_direct", "other"], found["suit_after_review", "other"]] == [
        None,
        None,
        3,
    ]


@pytest.mark.parametrize("dash", ["", "—"])
def test_a_labelled_row_of_litigation_left_blank(dash: str) -> None:
    corner: list[Spec] = [("", 1, 3), *LITIGATION[0]]
    reading = read([corner, *LITIGATION[1:], ["件数", *[dash] * 15]])
    assert set(values(reading, "litigation").values()) == {None}
    assert len(reading.figures) == 15


STACKED = ["行政复议", "行政诉讼（未经复议直接起诉）", "2.行政诉讼—复议后起诉"]


def test_blocks_of_litigation_below_each_other() -> None:
    """Each with the suit's label in one, the first of them left blank."""
    numbers = [[""] * 5, ["1", "", "", "", "1"], [*"00202"]]
    rows = [[[(name, 5)], [*OUTCOMES], [*line]] for name, line in zip(STACKED, numbers, strict=True)]
    reading = read([line for block in rows for line in block])
    found = values(reading, "litigation")
    assert not reading.unread
    assert len(found) == 15
    assert [
        found["review", "total"],
        found["suit_direct", "upheld"],
        found["suit_after_review", "total"],
    ] == [
        None,
        1,
        2,
    ]


def test_an_empty_line_above_the_numbers_is_none_of_theirs() -> None:
    found = values(read([*LITIGATION, [""] * 15, [str(n) for n in range(15)]]), "litigation")
    assert list(found.values()) == list(range(15))


@pytest.mark.parametrize("below", [False, True])
def test_joined_labels_of_litigation_with_an_empty_column_and_row_behind(below: bool) -> None:
    names = ("行政复议", "未经复议直接起诉", "复议后起诉")
    labels = [f"{name}{outcome}" for name in names for outcome in OUTCOMES]
    rows: list[list[Spec]] = [[*labels, ""], [*(str(n) for n in range(15)), ""], [""] * 16]
    reading = read([list(column) for column in zip(*rows, strict=True)] if below else rows)
    assert list(values(reading, "litigation").values()) == list(range(15))
    assert not reading.unread


@pytest.mark.parametrize(("lead", "unread"), [("数量（件）", 0), ("2023年", 0), ("涉及林权", 1)])
def test_a_word_before_the_only_row_of_figures(lead: str, unread: int) -> None:
    head: list[list[Spec]] = [[("类别", 1, 3), *LITIGATION[0]], *LITIGATION[1:]]
    reading = read([*head, [lead, *map(str, range(15))]])
    assert values(reading, "litigation")["suit_after_review", "total"] == 14
    assert len(reading.unread) == unread


def test_a_figure_like_a_year_is_no_word_before_the_row() -> None:
    reading = read([*LITIGATION, ["2016", *map(str, range(14))]])
    assert values(reading, "litigation")["review", "upheld"] == 2016


def test_a_word_before_the_only_row_of_figures_whose_labels_have_moved() -> None:
    head: list[list[Spec]] = [["类别", *LITIGATION[0]], *LITIGATION[1:]]
    reading = read([*head, ["数量", *map(str, range(15))]])
    assert values(reading, "litigation")["suit_after_review", "total"] == 14
