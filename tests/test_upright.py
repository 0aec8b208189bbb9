"""Table 4 turned on its side or with joined labels: read as the form prints it, or left as it is."""

import pytest

from parsers.figures import Reading, read_figures
from tests.grids import OUTCOMES, Spec, flat, grid, placed, request_rows

RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
WAYS = ["行政复议", "未经复议直接起诉", "复议后起诉"]
ROWS = ["review", "suit_direct", "suit_after_review"]
APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
REQUESTS = ["natural", "business", "research", "welfare", "legal", "other_org", "total"]
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


def test_serial_numbers_before_joined_labels() -> None:
    labels = [way + result for way in WAYS for result in RESULTS]
    numbered = enumerate(zip(labels, COUNTS, strict=True), 1)
    reading = read([["序号", "项目", "数量"], *([str(n), label, count] for n, (label, count) in numbered)])
    assert values(reading) == EXPECTED
    assert not reading.unread


def test_results_below_each_other_and_ways_beside_each_other() -> None:
    rows = [[result, *COUNTS[x::5]] for x, result in enumerate(RESULTS)]
    reading = read([["结果", *WAYS], *rows])
    assert values(reading) == EXPECTED
    assert not reading.unread
    head: list[list[Spec]] = [[("结果", 1, 2), ("行政复议", 1, 2), ("行政诉讼", 2)], list(WAYS[1:])]
    assert values(read([*head, *rows])) == EXPECTED


PAIRS = ["", "2", "", "", "2", *"11002", "", "", "", "", ""]


def test_three_pairs_of_columns_beside_each_other() -> None:
    rows: list[list[Spec]] = [
        [spec for y in range(3) for spec in (RESULTS[x], PAIRS[5 * y + x])] for x in range(5)
    ]
    reading = read([[(way, 2) for way in WAYS], *rows])
    printed = {key: int(PAIRS[place]) if PAIRS[place] else None for key, place in EXPECTED.items()}
    assert values(reading) == printed
    assert not reading.unread


def test_two_columns_of_results_without_ways_are_unread() -> None:
    rows: list[list[Spec]] = [[result, "1", result, "2"] for result in RESULTS]
    assert not values(read([[("行政复议", 4)], *rows]))


def test_a_table_on_its_side_left_blank() -> None:
    reading = read([["结果", *WAYS], *([result, "", "", ""] for result in RESULTS)])
    assert values(reading) == dict.fromkeys(EXPECTED)


def turned(numbers: dict[str, list[str]]) -> list[list[Spec]]:
    """Table 3 with the applicants below each other."""
    labels: list[list[Spec]] = [["项目", *APPLICANTS]]
    rows = flat([*labels, *(row[-8:] for row in request_rows("2021", numbers))], 8)
    return [list(column) for column in zip(*rows, strict=True)]


def test_applicants_below_each_other() -> None:
    reading = read(turned({}))
    assert {key: value for key, value in values(reading).items() if key[0] == "new_received"} == {
        ("new_received", column): x for x, column in enumerate(REQUESTS)
    }
    assert len(reading.figures) == 175


def test_a_turned_table_whose_blanks_may_have_moved_is_unread() -> None:
    table = turned({})
    table[3] = [*table[3][:4], *table[3][5:], ""]
    assert not values(read(table))


def test_a_title_above_a_table_on_its_side() -> None:
    turned = [["", "行政复议", "未经复议直接起诉", "复议后起诉"]]
    turned += [[outcome, str(3 * y), str(3 * y + 1), str(3 * y + 2)] for y, outcome in enumerate(OUTCOMES)]
    plain = values(read(turned))
    assert len(plain) == 15
    assert values(read([[("四、政府信息公开行政复议、行政诉讼情况", 4)], *turned])) == plain
