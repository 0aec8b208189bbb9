"""Which lines name a report, and what they say of it."""

import pytest

from parsers.title import read_title
from tests.subjects import TITLE


def test_what_a_title_says() -> None:
    assert read_title("首页") is None
    title = read_title("解读《" + TITLE + "》")
    assert title
    assert not title.own


@pytest.mark.parametrize(
    "name", ["工作告年度报", "工作年度报", "年度工作报", "年度报告告", "工作年度报告报告"]
)
def test_the_last_characters_of_a_title_out_of_order_or_lost(name: str) -> None:
    title = read_title(f"西河县柳林镇2023年政府信息公开 {name}")
    assert title
    assert (title.body, title.year, title.own) == ("西河县柳林镇", 2023, True)


@pytest.mark.parametrize(
    "title", ["柳林镇2023年政府信息公开工作年度报送情况", "柳林镇2023年政府信息公开工作年度"]
)
def test_what_only_begins_like_the_name_of_a_report(title: str) -> None:
    assert read_title(title) is None


def test_a_title_that_says_openness_of_government() -> None:
    named = read_title("宣州区科技局2022年政务公开工作年度报告")
    assert named
    assert named.own
    assert (named.body, named.year) == ("宣州区科技局", 2022)
    assert read_title("宣州区科技局2022年政务公开工作要点") is None
