"""Figures of grids that lost or gained cells, labels and spans: in their place, or unread."""

import pytest

from parsers.blocks import Grid
from parsers.documents.rectangle import rectangle
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
    OUTCOMES,
    Spec,
    flat,
    grid,
    placed,
    read,
    request_rows,
    values,
)


def test_a_grid_that_lost_its_columns_is_unread() -> None:
    lines = ["一、本年新收政府信息公开申请数量5 0 5", "1.属于国家秘密0 0 0", "栏目"]
    reading = read([[line] for line in lines])
    assert [unread.text for unread in reading.unread] == lines[:2]


def test_a_head_torn_into_pieces_names_no_columns() -> None:
    """Printed without rules, the second lines of its labels became columns of their own: 总计 and 其他 moved."""
    head = [
        "申请人情况",
        "法人或其他组织",
        "自然",
        "商业企科研机",
        "社会公益组法律服务机",
        "总计",
        "人",
        "其他",
        "业",
        "构",
        "织",
        "构",
    ]
    rows = [
        ["一、本年新收政府信息公开申请数量", "12", "6", "20", "2", "1", "3", "44"],
        ["二、上年结转政府信息公开申请数量", "1", "0", "0", "0", "0", "0", "1"],
    ]
    reading = read_figures([PlacedGrid(rectangle([head, *rows]), "三", None)])
    assert not any(figure.value is not None for figure in reading.figures)
    assert len(reading.unread) >= len(rows)


@pytest.mark.parametrize("torn", [["三"], ["、", "三"], ["三", "（五）不予处理"]])
def test_what_a_page_break_left_of_the_label_above_is_no_number(torn: list[str]) -> None:
    row = [*torn, "2.重复申请", *map(str, range(1, 7)), "21"]
    reading = read([*HEAD, row])
    assert values(reading, "requests")["np_repeat", "natural"] == 1
    assert not reading.unread


def test_a_row_below_a_heading_whose_label_is_damaged_is_not_the_headings() -> None:
    row = ["（六）其他处理", "1.申请人无正当理由逾补正、行政机关不再处", *map(str, range(1, 7)), "21"]
    reading = read([*HEAD, row])
    assert not values(reading, "requests")
    assert [unread.reason for unread in reading.unread] == ["a label below it that the form does not know"]


def test_two_halves_side_by_side() -> None:
    table = FORMS["2014"].table("statistics_2014")
    assert table is not None
    rows = [row for row in table.rows if row.has_figures]
    printed: list[list[Spec]] = [[row.label, "件", str(number)] for number, row in enumerate(rows)]
    half = len(printed) // 2
    head: list[Spec] = ["统计指标", "单位", "统计数"]
    halves = [head + head] + [a + b for a, b in zip(printed[:half], printed[half:], strict=False)]
    found = values(read(halves), "statistics_2014")
    assert found["published", "value"] == 0
    assert found[rows[half].key, "value"] == half
    numbered: list[list[Spec]] = [["序号", *head], *([str(n + 1), *row] for n, row in enumerate(printed))]
    assert values(read(numbered), "statistics_2014")["people_trained", "value"] == len(rows) - 1


def test_blocks_side_by_side() -> None:
    left, right = (
        BLOCK["2021"],
        [["第二十条第（五）项", ""], ["信息内容", "本年处理决定数量"], ["行政许可", "5"], ["", ""]],
    )
    found = values(read([a + b for a, b in zip(left, right, strict=True)]), "disclosure")
    assert found["normative_docs", "in_force"] == 66
    assert found["licensing", "decisions"] == 5


def test_a_parent_pushed_behind_its_rows_by_a_broken_span() -> None:
    """A row was deleted, and the span that covered it was not cut: the next parent stands one column further right."""
    rows: list[list[Spec]] = [
        *HEAD,
        [
            ("三、本年度办理结果", 1, 4),
            ("（五）不予处理", 1, 2),
            "5.要求行政机关确认或重新出具已获取信息",
            *"1000001",
        ],
        [
            ("（六）其他处理", 1, 3),
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            *"2000002",
        ],
        ["2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", *"3000003"],
        ["3.其他", *"4000004"],
    ]
    found = values(read(rows), "requests")
    assert found["other_fee_unpaid", "natural"] == 3
    assert found["other_rest", "total"] == 4


def row(*cells: Spec) -> dict[tuple[str, str], int | float | None]:
    rows = [
        HEAD,
        [[("一、本年新收政府信息公开申请数量", 3), *cells], [("四、结转下年度继续办理", 3), *"0000000"]],
    ]
    found = values(read([line for part in rows for line in part]), "requests")
    return {key: value for key, value in found.items() if key[0] == "new_received"}


def test_a_cell_too_many_is_let_go_only_where_it_is_empty() -> None:
    assert row(*"1234567", "")["new_received", "total"] == 7
    assert row(*"12", "", *"3456", "-") == {}  # which of the blanks is too much, nobody can tell
    assert row("-", *"123", "", *"456") == {}


def test_a_head_that_lacks_a_label_is_not_believed() -> None:
    head: list[list[Spec]] = [*HEAD[:2], ["商业企业", "科研机构", "法律服务机构", "其他"]]
    rows: list[list[Spec]] = [
        [("一、本年新收政府信息公开申请数量", 3), *"1234567"],
        [("四、结转下年度继续办理", 3), *"0000000"],
    ]
    reading = read(head + rows)
    assert not reading.figures
    assert reading.unread


def test_the_empty_cell_of_a_label_is_no_figure_of_a_row_that_lost_one() -> None:
    """Pipes with a place for each column of labels: a row one cell short has as many cells as figures, and one is empty."""
    top = ["一、本年新收政府信息公开申请数量", "", "", *"1234567"]
    short = ["三、本年度办理结果", "（七）总计", "", *"234567", ""]
    full = ["三、本年度办理结果", "（一）予以公开", "", *"1234567"]
    head = flat([*FLAT_HEAD])
    table = grid([*head, *([*line] for line in (top, full, short))])
    last = frozenset({(len(head) + 2, 9)})
    lost = Grid(table.rows, last, last)
    found = values(read_figures(placed(lost)), "requests")
    assert found["granted", "natural"] == 1
    assert not any(row == "result_total" for row, _ in found)


def test_a_span_too_wide_in_the_head_moves_no_number() -> None:
    """其他结果 over two columns pushes the labels to its right out of their groups; the count still tells them."""
    wide = [*OUTCOMES[:2], ("其他结果", 2), *OUTCOMES[3:]]
    numbers = [str(number) for number in range(101, 116)]
    found = values(read([*LITIGATION[:2], [*wide, *OUTCOMES], numbers]), "litigation")
    assert [found[row, "total"] for row in ("review", "suit_direct", "suit_after_review")] == [105, 110, 115]


def test_a_label_over_two_cells_moves_no_number() -> None:
    """The rest of the label stands where the first number should, and the last cell is blank."""
    rows = request_rows("2019")
    rows[3] = ["（二）部分公开（区分处理的，只计这一", "情形）", *"123456", ""]
    rows[10] = ["7.属于行政执法", "案卷", *"123456", ""]  # a cell beyond the last column
    reading = read(HEAD + rows)
    found = values(reading, "requests")
    assert [found["partial", column] for column in COLUMNS] == [1, 2, 3, 4, 5, 6, None]
    assert [unread.text.split(" | ")[-8:] for unread in reading.unread] == [
        ["情形）"],
        ["案卷", *"123456", ""],
    ]


def test_labels_without_a_total_leave_the_numbers_unread() -> None:
    head: list[list[Spec]] = [
        [("", 3, 3), ("申请人情况", 7)],
        [("自然人", 1, 2), ("法人或其他组织", 5)],
        HEAD[2],
    ]
    reading = read(head + request_rows("2021"))
    assert not values(reading, "requests")
    assert len(reading.unread) == 25


@pytest.mark.parametrize(
    "labels", [["结果维持", "结果纠正", "其他结果", "尚未", "审结总计"], [*OUTCOMES[:3], ("尚未审结总计", 2)]]
)
def test_labels_that_run_into_each_other(labels: list[Spec]) -> None:
    kinds: list[Spec] = [("行政复议", 5), ("未经复议直接起诉", 5), ("复议后起诉", 5)]
    numbers = [str(number) for number in range(101, 116)]
    found = values(read([kinds, [*labels, *OUTCOMES, *OUTCOMES], numbers]), "litigation")
    assert [found["review", column] for column in ("pending", "total")] == [104, 105]
    assert len(found) == 15


def test_a_head_that_lacks_a_label_moves_no_number() -> None:
    """Six labels, seven cells: the last is blank, and is not the one too many."""
    head: list[list[Spec]] = [HEAD[0], HEAD[1], [label for label in HEAD[2] if label != "科研机构"]]
    rows = request_rows("2019")
    reading = read(head + [[*row[:-1], ""] for row in rows[:-1]] + [rows[-1]])
    assert not values(reading, "requests")
    assert len(reading.unread) == 23


def test_without_a_head_another_order_is_noticed() -> None:
    numbers = {row.key: ["21", *"123456"] for row in FORMS["2021"].tables[1].rows if row.has_figures}
    reading = read(request_rows("2021", numbers))
    assert not reading.figures
    assert sum(unread.text == "21" for unread in reading.unread) == 25


def test_a_number_over_two_columns_is_of_neither() -> None:
    rows = request_rows("2019")
    rows[5] = [rows[5][0], "1", "2", ("3", 2), "5", "6"]
    head: list[list[Spec]] = [
        [("申请人情况", 10)],
        [("自然人", 1, 2), ("法人或其他组织", 5), ("总计", 1, 2)],
        HEAD[2],
    ]
    found = values(read(head + rows), "requests")
    assert not {column for row, column in found if row == "deny_law"}
    assert len(found) == 154


def test_a_label_over_two_rows_is_not_blank() -> None:
    """The numbers stand beside its first half, which is no label, and nothing beside its second."""
    rows = request_rows("2019")
    rows[8:9] = [["5.属于三", *"1234567"], ["类内部事务信息", *[""] * 7]]
    rows[2][0], rows[4][0] = ("三、本年度办理结果", 1, 21), ("（三）不予公开", 1, 9)
    reading = read(HEAD + rows)
    assert ("deny_internal", "natural") not in values(reading, "requests")


def test_numbers_before_their_label_are_unread() -> None:
    reading = read([*BLOCK["2021"], ["信息内容", ("本年处理决定数量", 3)], [("6", 3), "行政许可"]])
    assert ("licensing", "decisions") not in values(reading, "disclosure")
    assert [unread.text for unread in reading.unread] == ["6 | 行政许可"]


def test_numbers_of_a_table_that_lost_its_labels_are_unread() -> None:
    sections = (Section(1, "四", "litigation", "行政复议、行政诉讼情况", ""),)
    numbers = grid([[str(number) for number in range(15)]])
    reading = read_figures([PlacedGrid(numbers, "四", None)], sections)
    assert not reading.figures
    assert [unread.reason for unread in reading.unread] == ["a table that lost its labels"]


def test_numbers_that_the_rows_of_a_table_miss_are_unread_beside_them() -> None:
    """As where rules are drawn round the labels only: the numbers come as a grid of their own."""
    sections = (Section(1, "三", "requests", "收到和处理政府信息公开申请情况", ""),)
    whole = grid(HEAD + request_rows("2019"))
    cut = grid((HEAD + request_rows("2019"))[:-1])
    numbers = grid([[str(number) for number in range(7)]])

    def unread(first: Grid) -> list[str]:
        placed = [PlacedGrid(one, "三", None) for one in (first, numbers)]
        return [one.text for one in read_figures(placed, sections).unread]

    assert unread(whole) == []
    assert unread(cut) == ["0 | 1 | 2 | 3 | 4 | 5 | 6"]


def test_a_head_with_a_label_in_two_columns_moves_no_number_over_a_blank() -> None:
    head: list[list[Spec]] = [
        [("项目", 3, 2), ("自然", 1, 2), ("人", 1, 2), ("法人或其他组织", 5), ("总计", 1, 2)],
        [*map(str, HEAD[2])],
    ]
    rows: list[list[Spec]] = [
        [("一、本年新收政府信息公开申请数量", 3), *"1234567"],
        [("二、上年结转政府信息公开申请数量", 3), "1", "", *"34567"],
        [("四、结转下年度继续办理", 3), *"1234567"],
    ]
    assert not read(head + rows).figures


def test_rows_that_lost_a_label_are_not_made_to_fit_by_their_first_blank() -> None:
    """They stand one column to the left, and the last of them has a cell too many: nobody can tell which."""
    rows = request_rows("2019")
    rows[2][0] = ("三、本年度办理结果", 1, 2)
    rows[4][0] = ("（三）不予公开", 1, 8)
    rows[5:7] = [["2.其他法律行政法规禁止公开", *"1234567"], ["3.危及“三安全一稳定”", "", *"2334567"]]
    reading = read(HEAD + rows)
    found = values(reading, "requests")
    assert [found["deny_law", column] for column in COLUMNS] == [1, 2, 3, 4, 5, 6, 7]
    assert "deny_security" not in {row for row, _ in found}
    assert [one.text for one in reading.unread if "危及" in one.text]


@pytest.mark.parametrize("turn", [False, True])
def test_a_second_row_of_litigation_that_is_short_is_still_a_second(turn: bool) -> None:
    rows: list[list[Spec]] = [["1"] * 15, ["2"] * 14]
    reading = read([*LITIGATION, *(rows[::-1] if turn else rows)])
    assert not reading.figures
    assert (
        sorted(" ".join(one.text for one in reading.unread).replace("| ", "").split())
        == ["1"] * 15 + ["2"] * 14
    )


@pytest.mark.parametrize(
    ("first", "second"), [("2.其他", "法律行政法规禁止公开"), ("2.", "其他法律行政法规禁止公开")]
)
def test_the_second_half_of_a_label_is_no_row_left_blank(first: str, second: str) -> None:
    rows = request_rows("2019")
    rows[5:6] = [[first, *"1234567"], [second, *[""] * 7]]
    rows[2][0], rows[4][0] = ("三、本年度办理结果", 1, 21), ("（三）不予公开", 1, 9)
    assert ("deny_law", "natural") not in values(read(HEAD + rows), "requests")


def test_rows_left_blank_below_the_sum_of_a_group() -> None:
    rows = request_rows("2019")
    rows.insert(12, ["小计", *"1234567"])
    rows[13] = [rows[13][0], rows[13][1], *[""] * 7]
    rows[2][0], rows[4][0] = ("三、本年度办理结果", 1, 21), ("（三）不予公开", 1, 9)
    reading = read(HEAD + rows)
    assert values(reading, "requests")["na_not_held", "natural"] is None
    assert [one.reason for one in reading.unread] == ["figures beside a heading"]


@pytest.mark.parametrize("blank", ["", "—"])
def test_last_years_number_beside_a_blank_of_this_year_is_not_taken(blank: str) -> None:
    """Each label over two columns: where both print a number nobody knows which is wanted, nor where one is blank."""
    head: list[list[Spec]] = [
        [("项目", 3), *((label, 2) for label in ("自然人", *map(str, HEAD[2]), "总计"))]
    ]
    rows: list[list[Spec]] = [
        [("一、本年新收政府信息公开申请数量", 3), *(number for n in "1234567" for number in (n, "9"))],
        [("四、结转下年度继续办理", 3), *(number for _ in range(7) for number in (blank, "8"))],
    ]
    assert not read(head + rows).figures


def test_rows_numbered_before_the_places_of_merged_labels() -> None:
    head = [["序号", "项目", "", "", *(str(label) for label in (HEAD[1][0][0], *HEAD[2], "总计"))]]
    rows: list[list[Spec]] = [*head]
    for number, row in enumerate(request_rows("2021"), 1):
        labels = [spec if isinstance(spec, str) else spec[0] for spec in row[:-7]]
        rows.append([str(number), *[""] * (3 - len(labels)), *labels, *row[-7:]])
    assert len(values(read(rows), "requests")) == 175
