"""Labels of rows and columns that are printed otherwise than in the form: which figure they name."""

import pytest

from tests.grids import (
    COLUMNS,
    FLAT_HEAD,
    HEAD,
    OUTCOMES,
    Spec,
    expected_requests,
    flat,
    read,
    request_rows,
    values,
)


def test_natural_persons_as_citizens() -> None:
    head = [
        *FLAT_HEAD[:-2],
        *([("公民" if cell == "自然人" else cell) for cell in row] for row in FLAT_HEAD[-2:]),
    ]
    reading = read(flat([*head, *request_rows("2021")]))
    assert values(reading, "requests") == expected_requests("2021")
    assert not reading.unread


def test_columns_are_found_by_their_labels() -> None:
    """Reordered, and with a sub-total that the form does not have."""
    head: list[list[Spec]] = [
        [("", 3, 2), ("总计", 1, 2), ("法人或其他组织", 6), ("自然人", 1, 2)],
        ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "小计"],
    ]
    new = [("一、本年新收政府信息公开申请数量", 3), "21", "1", "2", "3", "4", "5", "15", "6"]
    old = [("二、上年结转政府信息公开申请数量", 3), "0", "", "", "", "", "", "", "0"]
    reading = read([*head, new, old])
    found = values(reading, "requests")
    assert [found["new_received", column] for column in COLUMNS] == [6, 1, 2, 3, 4, 5, 21]
    assert [found["carried_in", column] for column in COLUMNS] == [0, None, None, None, None, None, 0]
    assert [(unread.text, unread.reason) for unread in reading.unread] == [
        ("15", "the form has no column 小计")
    ]


def test_a_sub_total_in_a_head_without_spans() -> None:
    head = [["申请人情况"], ["自然人", "法人或其他组织", "总计"], [*map(str, HEAD[2]), "合计"]]
    new = ["一、本年新收政府信息公开申请数量", "6", "1", "2", "3", "4", "5", "15", "21"]
    old = ["二、上年结转政府信息公开申请数量", *"00000000"]
    found = values(read(flat([*head, new, old], 11)), "requests")
    assert found["new_received", "total"] == 21
    assert ("new_received", "other_org") in found


def test_labels_in_other_writings() -> None:
    rows = flat([*FLAT_HEAD, *request_rows("2019")])
    for row in rows:
        row[0] = (
            str(row[0])
            .replace("信息", "信 息")
            .replace("“三安全一稳定”", '"三安全一穩定"')
            .replace("属于", "屬於")
        )
        row[0] = str(row[0]).replace("1.", "1、").replace("（一）", "(一)").replace("政府", "政 府")
    assert values(read(rows), "requests") == expected_requests("2019")


def test_numbers_of_labels_in_a_column_of_their_own() -> None:
    head: list[list[Spec]] = [[("", 4, 3), ("申请人情况", 7)], *HEAD[1:]]
    rows: list[list[Spec]] = [
        [("一、本年新收政府信息公开申请数量", 4), *"1000001"],
        [("三、本年度办理结果", 1, 3), ("（三）不予公开", 1, 2), "1", "属于国家秘密", *"2000002"],
        ["2", "其他法律行政法规禁止公开", *"3000003"],
        [("（六）其他处理", 1), "3.", "其他", *"4000004"],
    ]
    found = values(read(head + rows), "requests")
    assert found["deny_state_secret", "natural"] == 2
    assert found["deny_law", "total"] == 3
    assert found["other_rest", "natural"] == 4
    assert ("deny_state_secret", "other_org") in found


def test_a_heading_and_its_label_in_one_cell() -> None:
    rows: list[list[Spec]] = [
        [("", 1, 3), ("申请人情况", 7)],
        *HEAD[1:],
        ["一、本年新收政府信息公开申请数量", *"1000001"],
        ["（三）不予公开 1.属于国家秘密", *"2000002"],
        ["（六）其他处理 3.其他", *"3000003"],
    ]
    found = values(read(rows), "requests")
    assert found["deny_state_secret", "natural"] == 2
    assert found["other_rest", "total"] == 3
    suits = [["", *OUTCOMES], ["行政复议", *"10001"], ["行政诉讼（复议后起诉）", *"00303"]]
    assert values(read(suits), "litigation")["suit_after_review", "other"] == 3


def test_a_column_label_broken_into_cells_below_each_other_is_whole_again() -> None:
    """As a page break leaves it."""
    kinds: list[Spec] = [("行政复议", 5), ("未经复议直接起诉", 5), ("复议后起诉", 5)]
    upper: list[Spec] = ["结果", "结果", "其他", "尚未", "总计"] * 3
    lower: list[Spec] = ["维持", "纠正", "结果", "审结", ""] * 3
    numbers = [str(number) for number in range(101, 116)]
    found = values(read([kinds, upper, lower, numbers]), "litigation")
    assert [found["review", column] for column in ("other", "pending", "total")] == [103, 104, 105]
    assert len(found) == 15


@pytest.mark.parametrize(
    ("label", "row"),
    [
        ("1.属于国家机密", "deny_state_secret"),
        ("1.本单位不掌握相关信息", "na_not_held"),
        ("（四）无法提供3.补正后内容仍不明确", "na_unclear"),
        ("三、本年度办理结果—（三）不予公开—1.属于国家秘密", "deny_state_secret"),
        ("三、本年度办理结果 （一）予以公开", "granted"),
        ("三、本年度办理结果/（六）其他处理", "other"),
        ("（六）其他处理情况", "other"),
        ("类内部事务信息", None),  # the second half of one
        ("2.属于国家机密", None),  # the form's second is another
        ("1.不属于本机关公开", None),
        ("上年新收政府信息公开申请数量", None),  # as near to one as to the other
    ],
)
def test_a_label_in_nearly_the_form_s_words(label: str, row: str | None) -> None:
    numbers = [str(number) for number in range(7)]
    head = ["项目", *(str(spec) for spec in ("自然人", *HEAD[2], "总计"))]
    known = [["一、本年新收政府信息公开申请数量", *numbers], ["二、上年结转政府信息公开申请数量", *numbers]]
    reading = read([head, *known, [label, *numbers]])
    added = {key[0] for key in values(reading, "requests")} - {"new_received", "carried_in"}
    assert added == ({row} if row else set())
    assert bool(reading.unread) == (row is None)


def test_a_number_tells_a_row_where_others_are_left_out() -> None:
    numbers = [str(number) for number in range(7)]
    head = ["项目", *(str(spec) for spec in ("自然人", *HEAD[2], "总计"))]
    labels = ("一、本年新收政府信息公开申请数量", "（一）予以公开", "（七）总计", "四、结转下年度继续办理")
    reading = read([head, *([label, *numbers] for label in labels)])
    assert {key[0] for key in values(reading, "requests")} == {
        "new_received",
        "granted",
        "result_total",
        "carried_out",
    }


def test_a_total_with_a_number_that_no_other_row_has() -> None:
    rows = request_rows("2021")
    counted = [
        [("（八）总计", *cell[1:]) if cell[0] == "（七）总计" else cell for cell in row] for row in rows
    ]
    assert counted != rows
    reading = read([*HEAD, *counted])
    assert values(reading, "requests") == expected_requests("2021")
    assert not reading.unread
