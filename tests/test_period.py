"""The period that a text states, by its words."""

import pytest

from parsers.period import read_period
from parsers.report import Section


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("统计期限为2023年1月1日至12月31日。", ("2023-01-01", "2023-12-31")),
        ("数据自2020年1月1日起至2020年12月31日止。", ("2020-01-01", "2020-12-31")),
        ("统计时限从２０１９年1月1日到12月31日止。", ("2019-01-01", "2019-12-31")),
        ("统计期限：二〇二三年一月一日至十二月三十一日。", ("2023-01-01", "2023-12-31")),
        ("统计期限为2022.1.1—2022.12.31。", ("2022-01-01", "2022-12-31")),
        ("统计期限自2023年 1 月 1 日起，至2023年12月31日止。", ("2023-01-01", "2023-12-31")),
        ("统计期限为2022年1月1日至2022年12月3\n1日。", ("2022-01-01", "2022-12-31")),
        ("统计期限为202211日至20221231日。", (None, None)),
        ("统计期限为20211月1日至12月31日。", (None, None)),
        ("统计期限为2022年1月1日至2022年1231日。", (None, None)),
        ("统计期限为2022年2月30日至12月31日。", (None, None)),
        ("我局成立于2001年。", (None, None)),
    ],
)
def test_period(text: str, period: tuple[str | None, str | None]) -> None:
    assert read_period([Section(1, None, "preamble", "", text)]) == period


def test_a_period_with_its_hours_in_either_script() -> None:
    told = Section(1, None, "preamble", "", "數據統計期限從2024年1月1日0時起至2024年12月31日24時止。")
    assert read_period([told]) == ("2024-01-01", "2024-12-31")
