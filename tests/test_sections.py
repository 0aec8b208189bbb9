"""Sections by their headings, and tables by the section in which they stand."""

from pathlib import Path

import pytest

from parsers.blocks import Block, Grid, Paragraph
from parsers.period import read_period
from parsers.sections import split_sections

GRID = Grid((("规章", "0"),))
SEED = Path(__file__).parent.parent.parent / "shared/seed/hangzhou-mzzj-2020.txt"


def blocks(*texts: str | Grid) -> list[Block]:
    return [text if isinstance(text, Grid) else Paragraph(text) for text in texts]


def outline(*texts: str | Grid) -> list[tuple[int, str | None, str | None, str, str]]:
    sections, _ = split_sections(blocks(*texts))
    return [(s.level, s.number, s.key, s.title, s.text) for s in sections]


def test_text_of_each_section_is_its_own() -> None:
    assert outline("编制说明。", "一、总体情况", "总的来说。", "（一）主动公开", "公开30条。", "又公开2条。", "二、主动公开政府信息情况", GRID, "见上表。") == [
        (1, None, "preamble", "", "编制说明。"),
        (1, "一", "overview", "总体情况", "总的来说。"),
        (2, "一", None, "主动公开", "公开30条。\n又公开2条。"),
        (1, "二", "disclosure", "主动公开政府信息情况", "见上表。"),
    ]  # fmt: skip


def test_two_headings_in_one_paragraph() -> None:
    assert outline("一、总体情况（一）主动公开。公开30条。") == [
        (1, "一", "overview", "总体情况", ""),
        (2, "一", None, "主动公开", "公开30条。"),
    ]


def test_bracketed_numbers_are_the_first_level_when_they_number_the_statutory_titles() -> None:
    found = outline(
        "（一）总体情况",
        "好。",
        "（二）主动公开情况",
        "（三）收到和处理政府信息公开申请情况",
        "（四）其他需要报告的事项",
        "无。",
    )
    assert [(level, number, key) for level, number, key, _, _ in found] == [
        (1, "一", "overview"),
        (1, "二", "disclosure"),
        (1, "三", "requests"),
        (1, "四", "other_matters"),
    ]  # fmt: skip


def test_titles_in_other_words_numbered_by_digits_open_sections() -> None:
    found = outline("1.基本情况", "好。", "2.主动公开情况", "好。", "3.依申请公开情况", "好。")
    assert [(level, number, key) for level, number, key, _, _ in found] == [
        (1, "一", "overview"),
        (1, "二", "disclosure"),
        (1, "三", "requests"),
    ]


def test_a_title_in_other_words_that_the_markup_sets_off_opens_its_section() -> None:
    blocks = [
        Paragraph("总体情况", True),
        Paragraph("好。"),
        Paragraph("主动公开情况", True),
        Paragraph("好。"),
        Paragraph("收到和处理政府信息公开申请情况", True),
        Paragraph("依申请公开情况", True),  # that section has its title
        Paragraph("好。"),
    ]
    sections, _ = split_sections(blocks)
    assert [section.key for section in sections] == ["overview", "disclosure", "requests"]


def test_a_title_in_other_words_among_titles_without_numbers_opens_its_section() -> None:
    found = outline(
        "基本情况",
        "好。",
        "主动公开政府信息情况",
        "好。",
        "其他需要报告的事项",
        "无。",
        "存在的主要问题和改进措施",
        "多。",
    )
    assert [key for _, _, key, _, _ in found] == ["overview", "disclosure", "other_matters", "problems"]


def test_items_numbered_as_the_sections_are_stay_items() -> None:
    found = outline(
        "（一）总体情况",
        "（一）主动公开",
        "好。",
        "（二）依申请公开",
        "好。",
        "（三）监督保障",
        "好。",
        "（二）主动公开政府信息情况",
        "（三）收到和处理政府信息公开申请情况",
        "（四）存在的主要问题及改进情况",
    )
    assert [(level, key) for level, _, key, _, _ in found] == [
        (1, "overview"),
        (2, None),
        (2, None),
        (2, None),
        (1, "disclosure"),
        (1, "requests"),
        (1, "problems"),
    ]


def test_bracketed_numbers_are_the_first_level_where_there_are_no_others() -> None:
    found = outline("（一）概述", "好。", "（二）主动公开情况", "好。", "（三）依申请公开情况", "好。")
    assert [(level, number, key) for level, number, key, _, _ in found] == [
        (1, "一", "overview"),
        (1, "二", "disclosure"),
        (1, "三", "requests"),
    ]


def test_a_number_lost_between_two_others_is_known() -> None:
    numbers = [
        n
        for _, n, *_ in outline(
            "一、总体情况", "、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"
        )
    ]
    assert numbers == ["一", "二", "三"]
    assert [n for _, n, *_ in outline("总体情况", "主动公开政府信息情况")] == [None, None]


def test_restarted_and_repeated_numbers_stay_as_printed() -> None:
    found = outline(
        "一、总体情况",
        "二、主动公开政府信息情况",
        "二、收到和处理政府信息公开申请情况",
        "一、其他需要报告的事项",
    )
    assert [number for _, number, *_ in found] == ["一", "二", "二", "一"]


def test_items_of_a_list_are_text_in_a_report_with_statutory_sections() -> None:
    item = "二、加大培训力度。我局将组织全员培训，提高认识。"
    found = outline("一、总体情况", "二、主动公开政府信息情况", "五、存在的主要问题及改进情况", item)
    assert found[-1] == (1, "五", "problems", "存在的主要问题及改进情况", item)


def test_a_list_of_contents_opens_no_section() -> None:
    titles = ("一、总体情况", "二、主动公开政府信息情况", "三、其他需要报告的事项")
    found = outline("目录", *titles, titles[0], "好。", titles[1], titles[2], "无。")
    assert [(number, text) for _, number, _, _, text in found] == [
        (None, "目录\n一、总体情况\n二、主动公开政府信息情况\n三、其他需要报告的事项"),
        ("一", "好。"),
        ("二", ""),
        ("三", "无。"),
    ]


def test_tables_know_their_section_and_caption() -> None:
    wide = Grid((("年度数据", "年度数据"), ("a", "1")), frozenset({(0, 1)}))
    statutory = Grid((("第二十条第（一）项", "第二十条第（一）项"), ("规章", "1")), frozenset({(0, 1)}))
    sections, placed = split_sections(
        blocks(GRID, "二、主动公开政府信息情况", "表1 主动公开情况", "单位：件", GRID, "（一）其他", "数据如下。", wide, statutory)
    )  # fmt: skip
    assert [(p.section, p.caption) for p in placed] == [
        (None, None),
        ("二", "表1 主动公开情况 单位：件"),
        ("二", "年度数据"),
        ("二", None),
    ]
    assert "单位" not in "".join(section.text for section in sections)


@pytest.mark.parametrize("value", ["0", "3", "-"])
def test_a_row_of_the_same_numbers_is_no_caption(value: str) -> None:
    """The figures of table 4 after a page break: as a caption they were taken for a title, and lost."""
    _, placed = split_sections(blocks("四、行政复议、行政诉讼情况", Grid(((value,) * 15,))))
    assert [p.caption for p in placed] == [None]


def test_a_title_that_only_the_table_prints_opens_its_section() -> None:
    titled = Grid(
        (("二、主动公开政府信息情况", "二、主动公开政府信息情况"), ("规章", "1")), frozenset({(0, 1)})
    )
    sections, placed = split_sections(blocks("一、总体情况", "好。", titled, "六、其他需要报告的事项"))
    assert [s.key for s in sections] == ["overview", "disclosure", "other_matters"]
    assert [(p.section, p.caption) for p in placed] == [("二", None)]
    sections, _ = split_sections(blocks("二、主动公开政府信息情况", titled))
    assert [s.key for s in sections] == ["disclosure"]


@pytest.mark.skipif(not SEED.exists(), reason="the seed report is not here")
def test_the_seed_report() -> None:
    from parsers.documents import read_document

    sections, placed = split_sections(read_document(SEED.read_bytes(), "text/plain", SEED.name).body)
    ones = [section for section in sections if section.level == 1]
    assert [(s.number, s.key) for s in ones] == [
        (None, "preamble"),
        ("一", "overview"),
        ("二", "disclosure"),
        ("三", "requests"),
        ("四", "litigation"),
        ("五", "problems"),
        ("六", "other_matters"),
    ]
    assert [s.number for s in sections if s.level == 2] == list("一二三四五六七八")
    assert [p.section for p in placed] == ["二", "三", "四"]
    assert read_period(sections) == ("2020-01-01", "2020-12-31")


def test_numbers_in_digits_below_those_in_chinese_are_of_items() -> None:
    first = ("一、总体情况", "1.主动公开政府信息情况。全年公开30条。", "2、主动公开政府信息的数量：30条。")
    last = ("二、主动公开政府信息情况", "见表。")
    assert [(number, key) for _, number, key, _, _ in outline(*first, *last)] == [
        ("一", "overview"),
        ("二", "disclosure"),
    ]
    two = ("1.总体情况", "好。", "2.主动公开政府信息情况", "见表。")
    assert [key for _, _, key, _, _ in outline(*two)] == ["overview", "disclosure"]


def test_a_title_at_the_end_of_the_paragraph_before_begins_its_section() -> None:
    found = outline(
        "如有疑问，请来电（电话12345）。一、总体情况",
        "（一）主动公开政府信息情况",
        "好。",
        "二、主动公开政府信息情况",
        "见表。",
    )
    assert [(level, number, key, text) for level, number, key, _, text in found] == [
        (1, None, "preamble", "如有疑问，请来电（电话12345）。"),
        (1, "一", "overview", ""),
        (2, "一", None, "好。"),
        (1, "二", "disclosure", "见表。"),
    ]
    said = outline("一、总体情况", "按要求报送。二、主动公开政府信息情况良好，没有问题。")
    assert len(said) == 1


def test_the_title_of_a_numbered_section_without_its_number_is_an_item() -> None:
    item = "政府信息主动公开情况。全年公开30条。"
    found = outline(
        "一、总体情况", "好。", item, "主动公开政府信息情况", "二、主动公开政府信息情况", "见表。"
    )
    assert [(number, key) for _, number, key, _, _ in found] == [("一", "overview"), ("二", "disclosure")]
    lost = outline(
        "一、总体情况", "好。", "主动公开政府信息情况", "见表。", "三、收到和处理政府信息公开申请情况"
    )
    assert [number for _, number, _, _, _ in lost] == ["一", "二", "三"]


def test_items_numbered_as_sections_below_the_usual_ones_of_older_reports() -> None:
    items = (
        "好。一、健全机制。明确专人。",
        "二、建立制度。按季度统计；按要求报送。",
        "三、完善目录。及时更新。",
    )
    later = ("二、主动公开情况", "30条。", "三、依申请公开情况", "无。", "四、存在的不足", "有。")
    found = outline("一、概 述", *items, *later)
    assert [(number, key) for _, number, key, _, _ in found] == [
        ("一", "overview"),
        ("二", "disclosure"),
        ("三", "requests"),
        ("四", "problems"),
    ]


def test_titles_of_the_form_numbered_otherwise_than_those_before_open_sections() -> None:
    printed = [
        "（一）总体情况",
        "（二）主动公开政府信息情况",
        "（三）收到和处理政府信息公开申请情况",
        "四、存在的主要问题及改进情况",
    ]
    assert [number for level, number, *_ in outline(*printed) if level == 1] == ["一", "二", "三", "四"]


@pytest.mark.parametrize("number", ["4、", "四、", ""])
def test_fees_have_a_section_in_older_reports(number: str) -> None:
    others = {"4、": "123", "四、": "一二三", "": ""}[number]
    titles = ["概述", "主动公开政府信息情况", "依申请公开政府信息情况"]
    printed = [f"{others[n : n + 1]}{number[1:]}{title}" for n, title in enumerate(titles)]
    found = outline(*printed, f"{number}政府信息公开的收费及减免情况", "未收取费用。")
    assert found[-1][2:] == (None, "政府信息公开的收费及减免情况", "未收取费用。")


def test_a_line_that_begins_with_the_bracket_of_the_line_before_is_no_heading() -> None:
    printed = [
        "一、总体情况",
        "依照条例（国务院令第711号",
        "）和有关要求，编制本年度报告",
        "二、主动公开政府信息情况",
    ]
    assert [title for *_, title, _ in outline(*printed)] == ["总体情况", "主动公开政府信息情况"]


@pytest.mark.parametrize("line", ["- 8 -", "—12—", "第3页 共9页"])
def test_the_number_of_a_page_is_no_text(line: str) -> None:
    assert outline("一、总体情况", "全年平稳。", line) == [(1, "一", "overview", "总体情况", "全年平稳。")]


def test_bullets_in_the_place_of_bracketed_numbers() -> None:
    printed = [
        "一、总体情况",
        "●主动公开情况。公开信息30条。",
        "● 依申请公开",
        "收到申请3件。",
        "●公开信息30条。",
    ]
    assert [(level, title, text) for level, _, _, title, text in outline(*printed)][1:] == [
        (2, "主动公开情况", "公开信息30条。"),
        (2, "依申请公开", "收到申请3件。\n●公开信息30条。"),
    ]


def test_sections_without_numbers_in_reports_older_than_the_forms() -> None:
    titles = ["基本情况", "主动公开情况", "回应解读情況", "依申请公开情況", "存在问题及下一步打算"]
    found = outline(*(line for title in titles for line in (title, "全年工作平稳。")))
    assert [(level, title, text) for level, _, _, title, text in found] == [
        (1, title, "全年工作平稳。") for title in titles
    ]
    form = outline("总体情况", "主动公开情况", "回应解读情况", "收到和处理政府信息公开申请情况")
    assert "回应解读情况" not in [title for *_, title, _ in form]


def test_in_a_report_of_numbered_parts_the_numbers_inside_are_one_level_down() -> None:
    printed = outline(
        "第一部分 总体情况", "一、主动公开情况", "30条。", "二、依申请公开", "3件。",
        "第二部分 主动公开政府信息情况", "无。", "第三部分 收到和处理政府信息公开申请情况", "无。",
    )  # fmt: skip
    assert [(level, number) for level, number, *_ in printed] == [
        (1, "一"), (2, "一"), (2, "二"), (1, "二"), (1, "三"),
    ]  # fmt: skip


def test_a_title_in_other_words_has_the_number_that_the_titles_of_the_form_leave() -> None:
    printed = outline(
        "1.概述", "好。", "2.主动公开政府信息情况", "无。", "3.依申请公开政府信息情况", "无。",
        "4.收费及减免情况", "无。", "5.存在的主要问题及改进措施", "1.公开意识有待提高的问题", "有。",
    )  # fmt: skip
    assert [number for _, number, *_ in printed] == ["一", "二", "三", "四", "五"]


def test_a_contents_list_in_other_words_than_the_titles_below_is_told_by_their_numbers() -> None:
    contents = "一、概述", "二、主动公开情况", "三、依申请公开情况", "四、存在问题"
    titles = "一、基本情况", "二、信息公开的数量", "三、申请的办理情况", "四、主要问题和措施"
    printed = outline(*contents, *(line for title in titles for line in (title, "好。")))
    assert [(title, text) for *_, title, text in printed[1:]] == [(title[2:], "好。") for title in titles]


def test_titles_without_a_text_are_no_contents_list_where_items_below_are_counted() -> None:
    items = "（一）公开意识不强", "（二）内容不全", "（三）队伍不稳"
    printed = outline(
        "五、存在的主要问题及改进情况", *items, "六、其他需要报告的事项", "（一）收费情况", "（二）其他"
    )
    assert [title for _, _, _, title, _ in printed][1:4] == [item[3:] for item in items]
