"""What a label's value is: dates in all printed forms, publishers, modes of disclosure; and what is none."""

import pytest

from tests.header_blocks import header, lines, table


@pytest.mark.parametrize("value", ["", "无", "—", "-", "〔〕号", "号", "第号", "暂无", "/"])
def test_values_that_mean_nothing(value: str) -> None:
    assert header(*lines(f"索引号：A/2021-1 文号：{value} 发布日期：2021-01-02")) == {
        "index_number": "A/2021-1",
        "published_on": "2021-01-02",
    }


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2021- 01- 28 09: 55: 47", "2021-01-28"),
        ("2025-01-15 15: 00", "2025-01-15"),
        ("[2021-01-28]", "2021-01-28"),
        ("2024年01月26日", "2024-01-26"),
        ("2024 年 1 月 6 日", "2024-01-06"),
        ("2018/3/26", "2018-03-26"),
        ("2026.01.13", "2026-01-13"),
        ("２０２１－０１－２８", "2021-01-28"),
        ("20210128", "2021-01-28"),
        ("二〇二一年一月二十八日", "2021-01-28"),
        ("2021-01-28T09:55:47+08:00", "2021-01-28"),
    ],
)
def test_dates(printed: str, iso: str) -> None:
    assert header(*table(f"索引号 | A/1 | 公开日期 | {printed}"))["published_on"] == iso


@pytest.mark.parametrize("printed", ["2021-02-30", "2021-13-01", "0000-00-00", "2021-1"])
def test_impossible_dates_are_kept_as_printed(printed: str) -> None:
    read = header(*table(f"索引号 | A/1 | 公开日期 | {printed}"), metas={"pubdate": "2021-03-01"})
    assert "published_on" not in read
    assert read["other"] == {"公开日期": printed}


def test_counters_and_buttons_are_no_values() -> None:
    line = "发布日期：2024-01-31 来源：某市民政局 浏览次数：12 字号：[ 大 中 小 ] 【打印】 【关闭】"
    assert header(*lines(line)) == {
        "issued_by": "某市民政局",
        "published_on": "2024-01-31",
        "other": {"来源": "某市民政局"},
    }
    line = "日期：2024-01-31 16:22 来源：某市民政局 打印页面 关闭页面"
    assert header(*lines(line))["issued_by"] == "某市民政局"


@pytest.mark.parametrize(
    "line",
    [
        "【编辑日期:2024-01-31】  【来源:某市民政局】    【 关 闭 】",
        "[上传时间：2024-01-31] [来源：某市民政局] [打印]",
        "（发布时间：2024-01-31  来源：某市民政局）",
        "日期：2024-01-31 来源：某市民政局 【 关 闭 】",
        "【来源】某市民政局 【日期】2024-01-31",
    ],
)
def test_the_bracket_that_closes_behind_a_value_is_no_part_of_it(line: str) -> None:
    read = header(*lines(line))
    assert (read["published_on"], read["issued_by"]) == ("2024-01-31", "某市民政局")
    assert (
        header(*lines("发布机构：市民委（宗教局） 发布日期：2024-01-31"))["issued_by"] == "市民委（宗教局）"
    )


@pytest.mark.parametrize("label", ["[ {} ]", "[{}]", "【 {} 】", "【{}】"])
def test_labels_in_brackets(label: str) -> None:
    printed = {"索引号": "115002300086/2021-00012", "发布机构": "区科技局", "发布日期": "2021-01-21"}
    parts = [f"{label.format(name)} {value}" for name, value in printed.items()]
    expected = {
        "index_number": "115002300086/2021-00012",
        "issued_by": "区科技局",
        "published_on": "2021-01-21",
    }
    assert header(*lines(*parts)) == header(*lines(" ".join(parts))) == expected


def test_publisher_goes_before_source() -> None:
    read = header(*lines("来源：某网 发布机构：市统计局 公开日期：2021-01-02"))
    assert (read["issued_by"], read["other"]) == ("市统计局", {"来源": "某网"})


@pytest.mark.parametrize("label", ["来源", "发布者"])
@pytest.mark.parametrize("value", ["admin", "本站", "本网", "本站原创", "本网原创稿"])
def test_whoever_posted_the_page_is_no_publisher(label: str, value: str) -> None:
    read = header(*lines(f"{label}：{value} 发布时间：2021-01-02"))
    assert read == {"published_on": "2021-01-02", "other": {label: value}}
    assert header(*lines(f"{label}：本溪市统计局 发布时间：2021-01-02"))["issued_by"] == "本溪市统计局"


def test_a_date_without_a_label_below_the_title() -> None:
    title = "苍溪县水利局2022年政府信息公开工作年度报告"
    assert header(*lines(title, "[2023-01-28 09:30]"))["published_on"] == "2023-01-28"
    assert header(*lines(title, "2023-01-28 字号：大 中 小 打印本页"))["published_on"] == "2023-01-28"
    assert header(*lines(title, "2023-01-28 星期六")) == {}  # today's
    assert header(*lines(title, "（2023年1月28日）")) == {}  # the day of the text
    assert header(*lines("2019-12-03", *["首页"] * 9, title)) == {}  # a banner's
    line = "某市政府门户网站 www.example.gov.cn 2023年1月28日 来源：市水利局"
    assert header(*lines(title, line))["published_on"] == "2023-01-28"
    assert header(*lines(title, "某市政府门户网站 www.example.gov.cn")) == {}
    assert header(*lines("[2023-01-28]", "发布日期：2023-02-01"))["published_on"] == "2023-02-01"


def test_a_mode_without_a_label_beside_the_index_number() -> None:
    assert header(*lines("主动公开", "索引号：bgs01/2023-00011"))["disclosure_method"] == "主动公开"
    navigation = lines("主动公开", "索引号：bgs01/2023-00011", "依申请公开")
    assert "disclosure_method" not in header(*navigation)
    assert "disclosure_method" not in header(*lines("主动公开", "首页", "索引号：bgs01/2023-00011"))
    tabs = lines("政府信息公开年报", "依申请公开", "索引号：bgs01/2023-00011", "公开方式：")
    assert "disclosure_method" not in header(*tabs)


def test_how_and_where_it_is_disclosed() -> None:
    assert (
        header(*lines("索引号：bgs01/2023-00011", "信息公开方式：主动公开"))["disclosure_method"]
        == "主动公开"
    )
    given = header(*lines("索引号：bgs01/2023-00011", "公开形式：网站", "公开方式：依申请公开"))
    assert (given["disclosure_method"], given["other"]) == ("依申请公开", {"公开形式": "网站"})
    assert "disclosure_method" not in header(*lines("索引号：bgs01/2023-00011", "公开形式：网站、公示栏"))
    assert header(*lines("索引号：bgs01/2023-00011", "公开形式：主动公开"))["disclosure_method"] == "主动公开"


def test_the_value_of_a_label_is_no_bare_date() -> None:
    title = "苍溪县水利局2022年政府信息公开工作年度报告"
    front = lines(title, "索引号：", "bgs01/2023-00011", "成文日期：", "2023.01.03", "2023年01月20日")
    given = header(*front, metas={"pubdate": "2023-01-20 09:30"})
    assert (given["written_on"], given["published_on"]) == ("2023-01-03", "2023-01-20")


def test_a_time_may_stand_right_behind_the_date() -> None:
    assert header(*lines("2021-03-2918:26", "来源：", "字体："))["published_on"] == "2021-03-29"
    assert header(*lines("发布日期：2021-03-2909:26 来源：某局"))["published_on"] == "2021-03-29"


def test_the_day_of_the_visit_is_no_date_and_a_bracket_no_part_of_a_name() -> None:
    given = header(*lines("今天是2019年12月3日 星期二 天气：晴", "公开方式：主动公开", "【责任编辑：张三】"))
    assert "published_on" not in given
    assert isinstance(given["other"], dict)
    assert given["other"]["责任编辑"] == "张三"


def test_a_summary_that_repeats_the_title_in_its_line() -> None:
    title = "湛江市信访局2022年政府信息公开工作年度报告"
    found = header(*lines("索引号 433336802/2023-00012", "发布机构 湛江市信访局", f"内容概述 {title}"))
    assert found["summary"] == title


def test_a_summary_that_repeats_the_title_below_its_label() -> None:
    title = "湛江市信访局2022年政府信息公开工作年度报告"
    given = lines("索引号：", "bgs01/2023-00011", "内容概述：", title, "公开方式：", "主动公开")
    assert header(*given)["summary"] == title
    below = lines("索引号：", "bgs01/2023-00011", "内容概述：", title, "发布机构：湛江市信访局")
    assert "summary" not in header(*below)  # empty, and then the title of the page


def test_brackets_of_the_label_that_follows_are_not_the_value_s() -> None:
    given = header(*lines("【信息来源：某局】【信息时间：2024-01-10 阅读次数：】【我要打印】【关闭】"))
    assert given["issued_by"] == "某局"


def test_a_time_in_words_without_a_label_before_the_name_and_the_counter() -> None:
    given = lines("某局2023年政府信息公开工作年度报告", "2024年01月15日 10:20 某县民政局 点击：[]")
    assert header(*given)["published_on"] == "2024-01-15"


def test_values_below_their_labels_with_an_empty_one() -> None:
    given = header(
        *table("索引号： | 发布机构： | 文号： | 发布日期：", "bgs01/2023-00011 | 某县水利局 | | 2023-01-20")
    )
    assert given == {
        "index_number": "bgs01/2023-00011",
        "issued_by": "某县水利局",
        "published_on": "2023-01-20",
    }


def test_a_date_right_behind_the_source() -> None:
    given = header(*lines("信息来源：阜新市水利局 2022-01-12 16:15:47"))
    assert (given["issued_by"], given["published_on"]) == ("阜新市水利局", "2022-01-12")


def test_labels_that_come_behind_a_dash() -> None:
    given = header(
        *lines(
            "索引号：",
            "bgs01/2023-00011",
            "文件编号：",
            "—",
            "名称：",
            "某局年报",
            "主题词：",
            "年报",
            "载体类型：",
            "纸质",
        )
    )
    assert given["other"] == {"载体类型": "纸质"}


def test_a_path_of_columns_is_a_catalogue() -> None:
    given = header(
        *lines("索引号：", "bgs01/2023-00011", "信息分类：", "法定主动公开内容 > 政府信息公开年报")
    )
    assert given["catalogue"] == "法定主动公开内容 > 政府信息公开年报"


def test_the_form_of_disclosure_between_other_labels_without_colons() -> None:
    given = header(*lines("服务对象分类 公民 公开形式 主动公开 索引号 bgs01/2023-00011 发布日期 2023-01-20"))
    assert (given["disclosure_method"], given["other"]) == ("主动公开", {"服务对象分类": "公民"})


def test_a_date_behind_the_buttons_for_the_size_of_the_letters() -> None:
    given = header(*lines("信息来源：某市水利局 字号：[ 大 中 小 ] 2020-03-09 16:37:22 浏览次数： 5"))
    assert given["published_on"] == "2020-03-09"
    given = header(*lines("来源：某市水利局 浏览次数： … 次 2021-02-21 16:34:50"))
    assert given["published_on"] == "2021-02-21"
    assert "published_on" not in header(*lines("今天是：星期二 2019-12-03 天气：晴", "公开方式：主动公开"))


@pytest.mark.parametrize("printed", ["[ 2024-01-26 09:55 ]", "[2024-01-26]", "【2024-01-26】", "2024-01-26"])
def test_a_date_before_the_counter(printed: str) -> None:
    assert header(*lines(f"{printed} 浏览次数：63 次"))["published_on"] == "2024-01-26"
    assert "published_on" not in header(*lines("2024-01-26 访问量：630211"))


def test_a_label_above_the_entries_of_a_menu_has_no_value() -> None:
    menu = lines("公开目录", "政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报")
    assert "catalogue" not in header(*menu, *lines("索引号：A/2021-1 发布日期：2021-01-02"))
