"""Headings by their numbers and titles."""

import pytest

from parsers.heading import read_heading


@pytest.mark.parametrize(
    ("printed", "number", "key", "title", "rest"),
    [
        ("一、总体情况", "一", "overview", "总体情况", ""),
        ("一、 总体情况：", "一", "overview", "总体情况", ""),
        ("六、其他需要报告的情况", "六", "other_matters", "其他需要报告的情况", ""),
        ("其他需要报告的情况", None, "other_matters", "其他需要报告的情况", ""),
        ("1．总体情况", "一", "overview", "总体情况", ""),
        ("5、存在的主要问题和改进措施", "五", "problems", "存在的主要问题和改进措施", ""),
        ("㈡依申请公开。全年收到申请3件。", "二", None, "依申请公开", "全年收到申请3件。"),
        ("第一部分 总体情况", "一", "overview", "总体情况", ""),
        ("总体情况 :", None, "overview", "总体情况", ""),
        ("总体情况。全年公开信息30条。", None, "overview", "总体情况", "全年公开信息30条。"),
        ("、主动公开政府信息情况", None, "disclosure", "主动公开政府信息情况", ""),
        ("二、主動公開政府信息情況", "二", "disclosure", "主動公開政府信息情況", ""),
        (
            "三、收到和处理政府信息公开申请情况见下表。",
            "三",
            "requests",
            "收到和处理政府信息公开申请情况",
            "见下表。",
        ),
        (
            "一、总体情况2023年，我局共公开信息30条。",
            "一",
            "overview",
            "总体情况",
            "2023年，我局共公开信息30条。",
        ),
        ("五、存在的主要问题和下一步改进打算", "五", "problems", "存在的主要问题和下一步改进打算", ""),
        ("二、主动公开政府信息公开基本情况", "二", "disclosure", "主动公开政府信息公开基本情况", ""),
        ("二、主动政府信息公开情况", "二", "disclosure", "主动政府信息公开情况", ""),
        ("一、基本概况", "一", "overview", "基本概况", ""),
        ("七、重点工作推进情况", "七", None, "重点工作推进情况", ""),
        ("（二）依申请公开。全年收到申请3件。", "二", None, "依申请公开", "全年收到申请3件。"),
        (
            "（三）2023年，全局共组织培训2次，参加120人次。",
            "三",
            None,
            "",
            "2023年，全局共组织培训2次，参加120人次。",
        ),
        (
            "（一）主动公开政府信息的数量。今年公开信息5条。",
            "一",
            "disclosure",
            "主动公开政府信息的数量",
            "今年公开信息5条。",
        ),
        (
            "（二）主动公开政府信息形式。以网站为主。",
            "二",
            "disclosure",
            "主动公开政府信息形式",
            "以网站为主。",
        ),
        ("（三）主动公开情况2023年，公开信息5条。", "三", None, "主动公开情况", "2023年，公开信息5条。"),
        ("（四）“5.15”政务公开日活动。接受咨询。", "四", None, "“5.15”政务公开日活动", "接受咨询。"),
        (")积极做好回应", None, None, "积极做好回应", ""),
        ("二)强化监督", "二", None, "强化监督", ""),
    ],
)
def test_a_heading(printed: str, number: str | None, key: str | None, title: str, rest: str) -> None:
    heading = read_heading(printed)
    assert heading is not None
    assert (heading.number, heading.key, heading.title, heading.rest) == (number, key, title, rest)


@pytest.mark.parametrize(
    "printed",
    [
        "全文包括总体情况、主动公开政府信息情况等六个部分。",
        "本报告由一、总体情况；二、主动公开政府信息情况等部分组成。",
        "一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况。",
        "一、本年新收政府信息公开申请数量 3 0 0 0 0 0 3",
        "（一）予以公开 1 0 0 0 0 0 1",
        "总体情况良好，群众满意。",
        "一是加强学习。",
        "2023年，我局公开信息30条。",
    ],
)
def test_no_heading(printed: str) -> None:
    assert read_heading(printed) is None
