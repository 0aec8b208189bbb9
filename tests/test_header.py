"""The metadata header, in every arrangement that pages print it."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

import parsers
from parsers.blocks import Block, Document, Grid
from parsers.characters import fold, narrow
from parsers.header import read_header
from parsers.header_labels import FIELDS
from parsers.header_pairs import PIPE
from tests.header_blocks import header, lines, table

FOUR_COLUMNS = table(
    "索引号： | 002489401/2020-248029 | 公开方式： | 主动公开",
    "文号： | 〔2020〕3号 | 公开日期： | 2020-03-10",
    "发布单位： | 市政府办公厅 | 主题分类： | 综合政务、监察",
)
FULL = {
    "index_number": "002489401/2020-248029",
    "document_number": "〔2020〕3号",
    "issued_by": "市政府办公厅",
    "published_on": "2020-03-10",
    "topic": "综合政务、监察",
    "disclosure_method": "主动公开",
}


@pytest.mark.parametrize(
    "front",
    [
        FOUR_COLUMNS,
        table("索引号 | 002489401/2020-248029", "公开方式 | 主动公开", "文号 | 〔2020〕3号", "公开日期 | 2020-03-10",
              "发布单位 | 市政府办公厅", "主题分类 | 综合政务、监察"),
        table("索引号 | 002489401/2020-248029 | 公开方式 | 主动公开 | 文号 | 〔2020〕3号",
              "公开日期 | 2020-03-10 | 发布单位 | 市政府办公厅 | 主题分类 | 综合政务、监察"),
        table("索引号：002489401/2020-248029 | 公开方式：主动公开", "文号：〔2020〕3号 | 公开日期：2020-03-10",
              "发布单位：市政府办公厅 | 主题分类：综合政务、监察"),
        table("索引号 | 公开方式 | 文号 | 公开日期 | 发布单位 | 主题分类",
              "002489401/2020-248029 | 主动公开 | 〔2020〕3号 | 2020-03-10 | 市政府办公厅 | 综合政务、监察"),
        lines("索引号：002489401/2020-248029", "公开方式：主动公开", "文号：〔2020〕3号", "公开日期：2020-03-10",
              "发布单位：市政府办公厅", "主题分类：综合政务、监察"),
        lines("索引号：", "002489401/2020-248029", "公开方式：", "主动公开", "文号：", "〔2020〕3号", "公开日期：", "2020-03-10",
              "发布单位：", "市政府办公厅", "主题分类：", "综合政务、监察"),
        lines("索 引 号", "002489401/2020-248029", "公开方式", "主动公开", "文 号", "〔2020〕3号", "公开日期", "2020-03-10",
              "发布单位", "市政府办公厅", "主题分类", "综合政务、监察"),
        lines("• 索引号：", "• 002489401/2020-248029", "• 公开方式：", "• 主动公开", "• 文号：", "• 〔2020〕3号", "• 公开日期：",
              "• 2020-03-10", "• 发布单位：", "• 市政府办公厅", "• 主题分类：", "• 综合政务、监察"),
        lines("索引号: 002489401/2020-248029 公开方式: 主动公开", "文号: 〔2020〕3号 公开日期: 2020-03-10",
              "发布单位: 市政府办公厅 主题分类: 综合政务、监察"),
        lines("索引号：002489401/2020-248029 | 公开方式：主动公开 | 文号：〔2020〕3号 | 公开日期：2020-03-10 | "
              "发布单位：市政府办公厅 | 主题分类：综合政务、监察 |"),
        lines("| 索引号: | 002489401/2020-248029 | 公开方式: | 主动公开 |", "文号: | 〔2020〕3号 | 公开日期: | 2020-03-10 |",
              "发布单位: | 市政府办公厅 | 主题分类: | 综合政务、监察 |"),
        lines("【索引号】 002489401/2020-248029 【公开方式】 主动公开 【文号】 〔2020〕3号 【公开日期】 2020-03-10 "
              "【发布单位】 市政府办公厅 【主题分类】 综合政务、监察"),
        lines("索引號：002489401/2020-248029 公開方式：主动公开 文　號：〔2020〕3号 公開日期：2020-03-10 發佈單位：市政府办公厅 "
              "主題分類：综合政务、监察"),
        lines("- 索引号 :002489401/2020-248029", "- 公开方式 :主动公开", "- 文号 :〔2020〕3号", "- 公开日期 :2020-03-10",
              "- 发布单位 :市政府办公厅", "- 主题分类 :综合政务、监察"),
    ],
)  # fmt: skip
def test_every_arrangement_reads_the_same(front: tuple[Block, ...]) -> None:
    assert header(*front) == FULL


def test_swallowed_cells_leave_nothing() -> None:
    front = table(
        "文号: | 公开日期: | 2020-03-10 | | ",
        "发布机构 | 发布日期 | 2022-01-12 17:24:09 |",
        "文 号 | 有 效 性 | ",
    )
    assert header(*front) == {"published_on": "2020-03-10", "other": {"发布日期": "2022-01-12 17:24:09"}}


def test_first_value_swallowed() -> None:
    front = table("索引号 | wq/2022-01075 | 效力属性 | ", "成文日期 | 发布日期 | 2022-04-06 | ")
    assert header(*front) == {"index_number": "wq/2022-01075", "published_on": "2022-04-06"}


def test_empty_last_value_does_not_take_the_title() -> None:
    front = lines(
        "文号：", "公开日期：", "2021-01-11", "主题分类：", "某市民政局2020年政府信息公开工作年度报告"
    )
    assert header(*front) == {"published_on": "2021-01-11"}


def test_empty_label_is_not_filled_by_what_follows_the_header() -> None:
    torn = lines(
        "索引号：", "A/2021-1", "主题分类：", "眉山市东坡区崇礼镇人民政府", "2020年政府信息公开工作年度报告"
    )
    assert header(*torn) == {"index_number": "A/2021-1"}
    line = lines("发文机构：某市某局 主题分类：", "市鼓楼区卫", "生健康局2024年政府信息公开工作年度报告")
    assert header(*line) == {"issued_by": "某市某局"}
    cells = table("索引号：A/2021-1 | 文号： | 发布时间：2020.03.05")
    assert header(*cells) == {"index_number": "A/2021-1", "published_on": "2020-03-05"}


def test_flattened_without_colons() -> None:
    assert header(*lines("索引號 000014349/2024-00600 文      號")) == {
        "index_number": "000014349/2024-00600"
    }
    assert header(*lines("信息索引号 发布时间 2022-01-30")) == {"published_on": "2022-01-30"}


def test_value_spans_the_row() -> None:
    row = ("标 题", "某某公告", "某某公告", "某某公告")
    grid = Grid((row, ("索引号", "A/2021-1", "文 号", "")), copies=frozenset({(0, 2), (0, 3)}))
    assert header(grid) == {"title": "某某公告", "index_number": "A/2021-1"}


def test_labels_glued_to_the_value_before() -> None:
    assert header(*lines("发布时间：2024-01-31浏览次数：12"))["published_on"] == "2024-01-31"


def test_unlabelled_parts_of_a_source_line() -> None:
    assert header(*lines("2021-01-28 09:55 来源：市审计局"))["published_on"] == "2021-01-28"
    assert header(*lines("索引号：YP-2021 主动公开")) == {
        "index_number": "YP-2021",
        "disclosure_method": "主动公开",
    }


def test_unknown_labels_of_the_block_are_kept() -> None:
    front = table("索引号 | A/2021-1 | 统一编码 | ZJ-7", "公开范围 | 面向社会 | 经办科室 | 综合科")
    assert header(*front)["other"] == {"统一编码": "ZJ-7", "公开范围": "面向社会", "经办科室": "综合科"}


def test_labels_within_sentences_are_words() -> None:
    prose = "我局按主题分类，做好名称：规范的信息发布。来源：各处室报送的信息均经审核。"
    assert header(*lines(prose, "政务公开 主题分类 体裁分类 机构概况", "主题分类", "机构职能")) == {}


def test_navigation_and_search_forms_are_no_header() -> None:
    assert (
        header(*lines("当前位置：首页 > 政务公开", "热门搜索：公积金 社保", "标题：", "分类：", "全部")) == {}
    )


def test_metas_stand_below_what_is_printed() -> None:
    metas = {"articletitle": "某局2020年报", "pubdate": "2021-01-05 09:00", "contentsource": "某市某局"}
    assert header(metas=metas) == {
        "title": "某局2020年报",
        "published_on": "2021-01-05",
        "issued_by": "某市某局",
    }
    assert header(*lines("公开日期：2021-01-02"), metas=metas)["published_on"] == "2021-01-02"


def test_record_in_a_script() -> None:
    detail = {
        "title": "2020年政府信息公开工作年度报告",
        "identifier": "114403006955506492/2021-00426",
        "document_number": "",
        "publisher": "深圳市某局",
        "date": 1611792000,
        "display_publish_time": "2021-01-29 10:00:00",
        "classify_main_name": "年报",
        "keywords": None,
    }
    assert header(embedded={"_CONFIG": {"SID": 755001, "DETAIL": detail}}) == {
        "title": "2020年政府信息公开工作年度报告",
        "index_number": "114403006955506492/2021-00426",
        "issued_by": "深圳市某局",
        "written_on": "2021-01-28",
        "published_on": "2021-01-29",
        "catalogue": "年报",
    }


def test_nothing_from_nothing() -> None:
    assert header() == {}
    assert header(*lines("::::", "： ： ：", "【】", "|||", "索引号"), embedded={"a": [1, {"b": None}]}) == {}


def test_each_synonym_names_one_field_only() -> None:
    data = tomllib.loads((Path(parsers.__file__).parent / "data" / "header.toml").read_text("utf-8"))
    words = [
        word
        for field in (*FIELDS, "other", "ignored")
        for kind in ("labels", "fallback")
        for word in data[field].get(kind, [])
    ]
    assert [word for word, count in Counter(words).items() if count > 1] == []
    assert [word for word in words if fold(word) != word] == []
    assert set(data) == {*FIELDS, "other", "ignored", "values"}


def test_a_label_and_its_value_in_two_words_without_a_colon() -> None:
    given = header(*lines("索引号 K45899617/2026-00221", "公开时限 长期公开", "作者 张三"))
    assert given["other"] == {"公开时限": "长期公开"}
    given = header(*lines("索引号 K45899617/2026-00221", "关键词 信息公开 年报", "主题分类 按部门 按年份"))
    assert given["keywords"] == "信息公开 年报"
    assert "topic" not in given


def test_a_header_goes_on_past_its_empty_fields() -> None:
    named = ["索引号", "bgs01/2022-05239", "名称", "某某", "主题分类", "综合政务", "体裁分类", "报告"]
    assert header(*lines(*named, "公开方式", "有效性", "有效", "文号"))["validity"] == "有效"


def test_the_name_of_the_column_below_its_label() -> None:
    given = header(*lines("索引号：", "bgs01/2023-00011", "信息分类：", "年度报告"))
    assert given["catalogue"] == "年度报告"
    title = "苍溪县水利局2022年政府信息公开工作年度报告"
    assert "catalogue" not in header(*lines("索引号：", "bgs01/2023-00011", "信息分类：", title))


def test_every_sign_that_is_folded_to_a_pipe_divides() -> None:
    signs = [sign for sign in map(chr, range(0x10000)) if narrow(sign) == "|"]
    assert signs
    assert all(PIPE.fullmatch(sign) for sign in signs)


def test_spaced_labels_beside_words_of_one_character() -> None:
    given = header(*lines("索引号 bgs01/2023-00011 文 号 无 有 效 性 有效 主 题 分 类 综合政务"))
    assert given == {"index_number": "bgs01/2023-00011", "validity": "有效", "topic": "综合政务"}
    given = header(*lines("索引号 bgs01/2023-00011 文号 无 服务对象分类 公民 公开方式 主动公开"))
    assert (given.pop("other"), given.pop("disclosure_method")) == ({"服务对象分类": "公民"}, "主动公开")
    assert given == {"index_number": "bgs01/2023-00011"}
    given = header(*lines("索引号 bgs01/2023-00011", "关键词 政府信息公开;年度报告"))
    assert given["keywords"] == "政府信息公开;年度报告"


@pytest.mark.parametrize(
    "path",
    [
        "您当前所在位置：首页",
        "您现在的具体位置：首页",
        "当前页面：首页",
        "目前位置：首页",
        "您现在的位置是：首页",
    ],
)
def test_where_a_reader_is_in_the_site_is_no_field(path: str) -> None:
    read = header(
        *lines(path, "> 政务公开 > 年报", "索引号：A/2023-1", "发布来源：某局 公开日期：2023-01-20")
    )
    assert read["other"] == {"发布来源": "某局"}
    assert header(*lines("办公位置：三楼", "索引号：A/2023-1"))["other"] == {"办公位置": "三楼"}


def test_labels_may_stand_right_behind_the_value_before() -> None:
    read = header(*lines("日期：2020-01-16 18:03信息来源：江汉区人民政府字体：[ ]"))
    assert (read["published_on"], read["issued_by"]) == ("2020-01-16", "江汉区人民政府")
    read = header(*lines("来源：县政府办公室发布时间：2020-01-16浏览次数：3"))
    assert (read["published_on"], read["issued_by"]) == ("2020-01-16", "县政府办公室")


def test_an_unknown_label_among_those_above_their_values() -> None:
    given = header(
        *table(
            "责任科室 | 索引号 | 公开时间 | 主题分类", "法规科 | 184839707/2025-07989 | 2025/03/11 | 综合政务"
        )
    )
    assert given.pop("other") == {"责任科室": "法规科"}
    assert given == {
        "index_number": "184839707/2025-07989",
        "published_on": "2025-03-11",
        "topic": "综合政务",
    }


def test_a_header_below_the_text() -> None:
    body, back = (
        lines("一、总体情况"),
        lines("索引号：002489401/2021-00003", "公开方式：主动公开", "版权所有"),
    )
    read = read_header(Document((), body, back, "text/html"))
    assert (read.index_number, read.disclosure_method) == ("002489401/2021-00003", "主动公开")
    above = lines("索引号：749492940/2022-00466")  # that below is another document's
    assert read_header(Document(above, body, back, "text/html")).disclosure_method is None


def test_a_header_without_an_index_number_right_below_the_text() -> None:
    def read(*back: Block) -> str | None:
        return read_header(Document((), lines("一、总体情况"), back, "text/html")).published_on

    own = table("发布机构 | 宁江市民政局 | 发布日期 | 2017-03-02", "语 种 | 中文 | 生成日期 | 2017-03-01")
    others = table("标题 | 发布机构 | 发布日期", "宁江市民政局2015年年度报告 | 宁江市民政局 | 2016-03-02")
    item = "宁江市民政局2015年年度报告 发布机构：宁江市民政局 发布日期：2016-03-0"
    assert read(*own) == "2017-03-02"
    assert read(*lines("相关信息"), *others) is None
    assert read(*lines(f"{item}2", f"{item}3")) is None


def test_an_index_number_below_its_label_after_lines_with_their_values() -> None:
    given = lines(
        "发布时间：2024-03-26", "来源：某局", "阅读：15", "索引号：", "bgs01/2023-00011", "公开方式："
    )
    assert header(*given)["index_number"] == "bgs01/2023-00011"


def test_a_long_list_whose_telling_labels_come_last() -> None:
    words = (
        "关键词",
        "年报",
        "有效性",
        "有效",
        "体裁分类",
        "报告",
        "主题分类",
        "综合政务",
        "成文日期",
        "2020-02-21",
    )
    assert header(*lines(*words, "索引号", "A/2020-1"))["keywords"] == "年报"
