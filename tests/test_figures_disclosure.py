"""Figures of table 2, what was disclosed: block by block, in the columns of either form."""

import pytest

from tests.grids import (
    BLOCK,
    HEAD,
    Spec,
    read,
    request_rows,
    values,
)


@pytest.mark.parametrize("split", [False, True])
def test_disclosure_2021(split: bool) -> None:
    blocks = [BLOCK["2021"], BLOCK["2021 rest"]]
    reading = read(*blocks) if split else read(blocks[0] + blocks[1])
    assert values(reading, "disclosure") == {
        ("rules", "made"): 1,
        ("rules", "repealed"): 0,
        ("rules", "in_force"): 11,
        ("normative_docs", "made"): 8,
        ("normative_docs", "repealed"): 26,
        ("normative_docs", "in_force"): 66,
        ("licensing", "decisions"): 447228,
        ("penalty", "decisions"): 3985758,
        ("coercion", "decisions"): 88283,
        ("fees", "amount"): 96171.6,
    }
    assert reading.template == "2021"
    assert not reading.unread


def test_disclosure_2019() -> None:
    reading = read(BLOCK["2019"] + BLOCK["2019 rest"])
    found = values(reading, "disclosure")
    assert len(found) == 22
    assert found["licensing", "change"] == 4
    assert found["other_services", "change"] == -3
    assert found["penalty", "change"] == -71
    assert found["coercion", "change"] == 0
    assert found["procurement", "amount"] == 4773500
    amount = next(f for f in reading.figures if f.row == "procurement" and f.column == "amount")
    assert (amount.raw, amount.unit) == ("477.35", "元")
    assert reading.template == "2019"


def test_mixed_forms_keep_the_columns_that_they_print() -> None:
    reading = read(BLOCK["2021"] + BLOCK["2019 rest"], HEAD + request_rows("2021"))
    found = values(reading, "disclosure")
    assert found["rules", "repealed"] == 0
    assert found["licensing", "items_last_year"] == 2
    assert reading.template == "2019"
    assert dict(reading.forms) == {"disclosure": "2019", "requests": "2021"}
    assert not reading.unread


@pytest.mark.parametrize(
    "labels",
    [
        ["本年新", "本年新", "对外公开总数量"],
        ["本年新 制作数量", "本年新 公开数量", "对外公开 总数量"],
        ["本年（2020）新制作数量", "2020年新公开数量", "對外公開總數量"],
        ["本年度新制作数量（件）", "本年度新公开数量", "对外公开总数"],
        ["本年新制作数量", "本年新制作数量", "对外公开总数量"],
    ],
)
def test_column_labels_broken_cut_or_extended(labels: list[Spec]) -> None:
    block = BLOCK["2019"]
    reading = read([block[0], ["信息内容", *labels], *block[2:]])
    assert values(reading, "disclosure")["rules", "made"] == 13
    assert values(reading, "disclosure")["rules", "published"] == 12
    assert len(reading.figures) == 6


def test_cut_labels_in_an_uncertain_order_are_unread() -> None:
    block = BLOCK["2019"]
    reading = read(
        [block[0], ["信息内容", "本年新", "本年新"], ["规章", "13", "12"], ["规范性文件", "1", "2"]]
    )
    assert not reading.figures
    assert reading.unread


@pytest.mark.parametrize(
    "labels",
    [
        ["本年新制作数量"] * 3,
        ["本年新制作数量", "本年新制作数量"],
        ["本年新制作数量", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["对外公开总数量", "对外公开总数量", "本年新公开数量"],
    ],
)
def test_a_label_printed_twice_where_the_others_are_not_in_their_places(labels: list[Spec]) -> None:
    reading = read([BLOCK["2019"][0], ["信息内容", *labels], ["规章", *"1234"[: len(labels)]]])
    assert not reading.figures
    assert reading.unread


def test_spans_that_an_editor_filled_are_one_cell_each() -> None:
    rows: list[list[Spec]] = [
        ["信息内容", *["本年处理决定数量"] * 3],
        ["行政处罚", "7", "7", "7"],
        ["行政强制", "", "", ""],
        ["信息内容", "采购项目数量", "采购总金额", "采购总金额"],
        ["政府集中采购", "34", "231元", "231元"],
    ]
    reading = read(rows)
    assert values(reading, "disclosure") == {
        ("penalty", "decisions"): 7,
        ("coercion", "decisions"): None,
        ("procurement", "projects"): 34,
        ("procurement", "amount"): 231,
    }
    assert not reading.unread
    differing = read([rows[0], ["行政处罚", "7", "8", "7"]])
    assert not differing.figures
    assert differing.unread
    # a label misprinted for its neighbour's, over figures that happen to be the same
    labels: list[Spec] = ["本年新制作数量", "本年新制作数量", "对外公开总数量"]
    misprinted = read([BLOCK["2019"][0], ["信息内容", *labels], ["规章", "0", "0", "4"]])
    assert [figure.value for figure in misprinted.figures] == [0, 0, 4]


def test_a_missing_column_leaves_the_others_in_place() -> None:
    reading = read(
        [["信息内容", "本年制发件数", "现行有效件数"], ["规章", "1", "11"], ["行政规范性文件", "8", "66"]]
    )
    assert values(reading, "disclosure") == {
        ("rules", "made"): 1,
        ("rules", "in_force"): 11,
        ("normative_docs", "made"): 8,
        ("normative_docs", "in_force"): 66,
    }


def test_rows_that_the_form_does_not_have_are_unread() -> None:
    block = BLOCK["2019"]
    extra: list[Spec] = ["其他主动公开文件（通知、公告等）", "1", "2", "3"]
    note: list[Spec] = [("说明：以上数据不含涉密文件", 4)]
    reading = read([*block, extra, note])
    assert len(reading.figures) == 6
    assert [unread.text for unread in reading.unread] == [
        "其他主动公开文件（通知、公告等） | 1 | 2 | 3",
        "说明：以上数据不含涉密文件",
    ]


def test_text_in_a_number_cell_is_unread() -> None:
    block = BLOCK["2021"]
    reading = read([*block[:2], ["规章", ("本单位未制作规章", 3)], block[3]])
    assert len(reading.figures) == 3
    assert "本单位未制作规章" in " ".join(unread.text for unread in reading.unread)


def test_one_text_cell_does_not_spoil_its_row() -> None:
    block = BLOCK["2021"]
    reading = read([*block[:2], ["规章", "未制作", "0", "11"], block[3]])
    assert values(reading, "disclosure")["rules", "in_force"] == 11
    assert [(unread.text, unread.reason) for unread in reading.unread] == [("未制作", "not a number")]


def test_the_section_title_inside_the_table_is_no_figure() -> None:
    reading = read([[("二、主动公开政府信息情况", 4)], *BLOCK["2021"]])
    assert len(reading.figures) == 6
    assert not reading.unread


def test_a_stray_empty_cell_behind_a_number_that_spans_three_columns_of_another_block() -> None:
    rows = [["行政许可", ("447228", 3), ""] if row[0] == "行政许可" else row for row in BLOCK["2021 rest"]]
    found = values(read([*BLOCK["2021"], *rows]), "disclosure")
    assert found["licensing", "decisions"] == 447228
    rows = [["行政许可", "447228", ""] if row[0] == "行政许可" else row for row in BLOCK["2021 rest"]]
    found = values(read([*BLOCK["2021"], *rows]), "disclosure")
    assert found["licensing", "decisions"] == 447228


def test_dashes_beyond_the_only_column_are_no_figures() -> None:
    rest = [["信息内容", "本年处理决定数量", "", ""], ["行政许可", "216", "/", "/"]]
    reading = read([*BLOCK["2021"], [("第二十条第（五）项", 4)], *rest])
    assert values(reading, "disclosure")["licensing", "decisions"] == 216
    assert not reading.unread


def test_the_unit_of_the_counts_in_a_row_of_its_own_is_no_figure() -> None:
    assert not read([[("单位：件", 4)], *BLOCK["2021"]]).unread
