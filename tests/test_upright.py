"""Table 4 turned on its side or with joined labels: read as the form prints it, or left as it is."""

import pytest

from parsers.figures import Reading, read_figures
from tests.grids import Spec, grid, placed

RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
WAYS = ["行政复议", "未经复议直接起诉", "复议后起诉"]
ROWS = ["review", "suit_direct", "suit_after_review"]
COLUMNS = ["upheld", "corrected", "other", "pending", "total"]
EXPECTED = {(row, column): 5 * y + x for y, row in enumerate(ROWS) for x, column in enumerate(COLUMNS)}


def read(table: list[list[Spec]]) -> Reading:
    return read_figures(placed(grid(table)))


def values(reading: Reading) -> dict[tuple[str, str], int | float | None]:
    return {(figure.row, figure.column): figure.value for figure in reading.figures}


def lines(numbers: list[str]) -> list[list[Spec]]:
    """Each label with its number in a row of its own; ways and suits span their rows."""
    table: list[list[Spec]] = [[result, number] for result, number in zip(RESULTS * 3, numbers, strict=True)]
    table[0] = [("行政复议", 2, 5), *table[0]]
    table[5] = [("行政诉讼", 1, 10), ("未经复议直接起诉", 1, 5), *table[5]]
    table[10] = [("复议后起诉", 1, 5), *table[10]]
    return table


COUNTS = [str(number) for number in range(15)]


def test_a_turned_table() -> None:
    reading = read(lines(COUNTS))
    assert values(reading) == EXPECTED
    assert not reading.unread


def test_a_turned_table_left_blank() -> None:
    assert values(read(lines([""] * 15))) == dict.fromkeys(EXPECTED)


@pytest.mark.parametrize("suit", ["", "行政诉讼", "行政诉讼："])
def test_joined_labels(suit: str) -> None:
    ways = [WAYS[0], suit + WAYS[1], suit + WAYS[2]]
    labels = [way + result for way in ways for result in RESULTS]
    across = read([[*labels], [*COUNTS]])
    assert values(across) == EXPECTED
    down = read([["项目", "数量"], *([label, count] for label, count in zip(labels, COUNTS, strict=True))])
    assert values(down) == EXPECTED
    assert not across.unread
    assert not down.unread


def test_a_label_twice_tells_nothing_apart() -> None:
    table = lines(COUNTS)
    table[6] = ["结果维持", "6"]
    assert not values(read(table))


def test_two_numbers_beside_a_label_are_not_chosen_from() -> None:
    table: list[list[Spec]] = [[*line, "9"] for line in lines(COUNTS)]
    assert not values(read(table))
