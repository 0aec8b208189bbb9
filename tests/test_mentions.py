"""Numbers in prose."""

import pytest

from parsers.mentions import read_mentions
from parsers.report import Section


def stated(text: str) -> dict[str, list[int | float]]:
    found: dict[str, list[int | float]] = {}
    for mention in read_mentions([Section(1, "一", "overview", "总体情况", text)]):
        found.setdefault(mention.key, []).append(mention.value)
    return found


NEW = "requests.new_received.total"
REVIEW, SUIT = "litigation.review.total", "litigation.suit.total"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2020年，我局共收到网络依申请公开申请3件，均已答复。", 3),
        ("全年受理政府信息公开申请859件。", 859),
        ("全年受理政府信息公开申请 １，２３４ 件。", 1234),
        ("本年新收政府信息公开申请十二件。", 12),
        ("新收政府信息公开申请1,203件、上年结转47件。", 1203),
        ("年内收到政府信息公开申请共15件（其中：自然人12件，企业3件）。", 15),
        ("我局共收到5件政府信息公开申请。", 5),
        ("依申请公开方面。全年共收到申请7件。", 7),
        ("全年未收到政府信息公开申请。", 0),
        ("收到政府信息公开申请48件（1999年、2019年为35件）。", 48),
        ("没有收到公民、法人或其他组织的政府信息公开申请。", 0),
        ("收到公民、法人和其他组织政府信息公开申请8件。", 8),
        ("本年度共收到依申请公开17条，按时答复。", 17),
        ("受理政府信息依申请公开81件，均已办结。", 81),
        ("新受理依申请政府信息公开3件。", 3),
        ("共收到群众依申请信息公开件52件。", 52),
        ("收到申请政府信息公开事项3件。", 3),
        ("共计收到2条政府信息公开申请。", 2),
        ("全年收到政府信息公开申请0次。", 0),
        ("通过网络平台、信函等方式收到信息公开申请6件。", 6),
        ("共收到来自公民、法人或者其他组织对依申请公开政府信息的申请2件。", 2),
        ("新收依申请公开申请9件，上年结转1件。", 9),
        ("共收到并依法处理依申请公开信息13件。", 13),
        ("2022年，我局未收到依申请公开事项.", 0),
        ("依申请公开情况。2022年无政府信息公开申请，也无行政复议。", 0),
        ("2022年我局未收到申请公开事项。", 0),
        ("依申请公开情况。我局未发生依申请公开信息。", 0),
        ("共收到政府信息公开申请情况2件。", 2),
        ("依申请公开。我镇未接到群众主动要求公开政府信息的申请。", 0),
        ("我办未收到任何形式的申请公开信息要求。", 0),
        ("依申请公开情况。我局未接到公民、法人或其他组织申请。", 0),
    ],
)
def test_new_requests(text: str, value: int) -> None:
    assert stated(text)[NEW] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "2021年收到政府信息公开申请3件，2022年、2022年、2022年。"[:18] + "。2022年以来，2022年工作有序。",
        "依申请公开工作有序。较上年收到的政府信息公开申请3件有所增加。",
        "收到政府信息公开申请600余件。",
        "申请按时答复率100%，其中收到信函政府信息公开申请2件。",
        "我局推进政府信息公开。收到人大建议3件。",
        "全市共收到申请；信息公开栏目发布12件。",
        "信息公开申请已收到。3件办结。",
        "没有收到自然人的政府信息公开申请。",
        "受理依申请公开62件（其中上年结转3件）。",
        "受理依申请公开申请62件，其中3件为上年度结转。",
        "推进政府信息公开。主动公开信息62条，依申请公开信息3条。",
        "收到信函政府信息公开申请2件。",
        "我局未收到依申请公开办理超期的投诉。",
        "依申请公开收费情况：无依申请公开收费。",
        "推进政府信息公开。未收到公众申请材料不全的情况。",
    ],
)
def test_no_new_requests(text: str) -> None:
    assert NEW not in stated(text)


def test_several_numbers_of_one_sentence() -> None:
    found = stated(
        "全年新收政府信息公开申请21件，上年结转2件，予以公开10件，部分公开1件，结转下年度继续办理4件。"
    )
    assert found == {
        NEW: [21],
        "requests.carried_in.total": [2],
        "requests.granted.total": [10],
        "requests.partial.total": [1],
        "requests.carried_out.total": [4],
    }


def test_denials_are_not_grants() -> None:
    assert "requests.granted.total" not in stated("依申请公开中，不予公开3件。")
    assert not stated("依申请公开中，予以公开及部分公开258件。")


def test_review_and_suit() -> None:
    found = stated("因政府信息公开被申请行政复议3件，被提起行政诉讼两起。")
    assert found == {REVIEW: [3], SUIT: [2]}


def test_review_and_suit_together_have_one_number_only() -> None:
    assert not stated("因政府信息公开工作被申请行政复议、提起行政诉讼3件。")
    assert stated("未发生因政府信息公开申请行政复议、提起行政诉讼的情况。") == {REVIEW: [0], SUIT: [0]}
    assert stated("未发生因信息公开引起的行政复议、行政诉讼和申诉事件。") == {REVIEW: [0], SUIT: [0]}
    none = "未发生针对本单位信息公开事务的行政复议案、行政诉讼案和有关的申诉案。"
    assert stated(none) == {REVIEW: [0], SUIT: [0]}


def test_reviews_of_other_matters_are_none() -> None:
    assert not stated("全年办理行政复议案件359件。")


def test_the_same_number_in_two_sections_is_two_mentions() -> None:
    sections = [
        Section(1, number, None, "依申请公开", "收到政府信息公开申请3件。") for number in ("二", "三")
    ]
    assert [(m.value, m.section) for m in read_mentions(sections)] == [(3, "二"), (3, "三")]


def test_the_quote_is_as_printed() -> None:
    (mention,) = read_mentions(
        [Section(1, "三", "requests", "", "今年，共收到 政府信息公开申请 ３ 件，已答复。")]
    )
    assert mention.quote == "共收到 政府信息公开申请 ３ 件"


def test_a_mention_in_a_subsection_stands_in_its_section() -> None:
    sections = [
        Section(1, "一", "overview", "总体情况", ""),
        Section(2, "二", None, "依申请公开", "全年新收政府信息公开申请3件。"),
    ]
    assert [(m.value, m.section) for m in read_mentions(sections)] == [(3, "一")]


def test_what_goes_over_to_the_next_year_is_no_result() -> None:
    text = "全年收到政府信息公开申请276件，上年结转7件，公开答复274件，转下年度办理9件。"
    found = stated(text)
    assert found["requests.carried_out.total"] == [9]
    assert "requests.result_total.total" not in found


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("2024年新收依申请公开220件，全部办结。", NEW, 220),
        ("2024年未收到依申请公开政府信息的申请，全年未收费。", NEW, 0),
        ("本年度无政府信息公开行政复议和行政诉讼案件。", REVIEW, 0),
        ("本年度无政府信息公开行政复议和行政诉讼案件。", SUIT, 0),
    ],
)
def test_words_that_leave_out_a_verb(text: str, key: str, value: int) -> None:
    assert stated(text)[key] == [value]


def test_reviews_that_the_body_decides_are_not_those_against_it() -> None:
    assert not stated("信息公开申请均已答复，审理行政复议案件55件。")
