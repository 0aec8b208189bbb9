"""Numbers of cells: read exactly, or refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.numbers import Quantity, convert, plain, read_chinese, read_quantity


def read_number(raw: str) -> int | float | None:
    """What the cell prints, None for a blank one."""
    quantity = read_quantity(raw)
    assert quantity is not None
    return None if quantity.number is None else plain(quantity.number)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("０", 0),
        ("１２３", 123),
        ("1,234", 1234),
        ("1，234", 1234),
        ("96171.6", 96171.6),
        ("3.0", 3),
        ("+4", 4),
        ("-71", -71),
        ("−5", -5),
        ("－5", -5),
        ("增10", 10),
        ("减4", -4),
        ("减少4项", -4),
        ("22（其中修订16件）", 22),
        ("55(含自然失效 29 件)", 55),
        ("3①", 3),
        ("3*", 3),
        ("3¹", 3),
        ("3；", 3),
        ("12件", 12),
        ("7（条）", 7),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("〇", 0),
        ("零", 0),
        ("3萬", 30000),
        ("1 320", 1320),
        ("1 320件", 1320),
        ("12\u00a0345 678", 12345678),
    ],
)
def test_number(raw: str, value: float) -> None:
    assert read_number(raw) == value
    assert type(read_number(raw)) is type(value)


@pytest.mark.parametrize(
    "raw", ["", " ", "\u3000", "\u00a0", "-", "—", "——", "–", "/", "／", "无", "無", "空"]
)
def test_blank(raw: str) -> None:
    assert read_number(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        "1-10",
        "3-4",
        "2023-01-01",
        "2023年1月",
        "000",
        "007",
        "1126项目5",
        "600余",
        "约10",
        "12%",
        "1,23",
        "本单位未制作规章",
        "不涉及",
        "一",
        "三四",
        "百十",
        "5/3",
        "1.2.3",
        "（3）",
        "3件5",
        "885 1",
        "0 320",
        "1 32",
        "1320 320",
        "12\u30003",
        "1,234,56",
        "N/A",
    ],
)
def test_refused(raw: str) -> None:
    assert read_quantity(raw) is None


@pytest.mark.parametrize(
    ("raw", "label_unit", "unit", "value"),
    [
        ("429148元", "", "元", 429148),
        ("42.91万元", "", "元", 429100),
        ("477.35", "万元", "元", 4773500),
        ("251000元", "万元", "元", 251000),
        ("1276.5534万元", "", "元", 12765534),
        ("35000", "元", "万元", 3.5),
        ("35000元", "", "万元", 3.5),
        ("1.2亿元", "", "万元", 12000),
        ("670.376375", "", "万元", 670.376375),
        ("12件", "", "件", 12),
    ],
)
def test_units(raw: str, label_unit: str, unit: str, value: float) -> None:
    quantity = read_quantity(raw)
    assert quantity is not None
    assert convert(quantity, label_unit, unit) == value


@pytest.mark.parametrize(("raw", "unit"), [("5万元", "件"), ("5件", "元")])
def test_units_that_do_not_fit(raw: str, unit: str) -> None:
    quantity = read_quantity(raw)
    assert quantity is not None
    with pytest.raises(ValueError, match="where the form wants"):
        convert(quantity, "", unit)


@given(st.integers(0, 10**9))
def test_whole_numbers_in_all_notations(value: int) -> None:
    wide = str(value).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert read_number(wide) == read_number(f"{value:,}") == read_number(f"{value} 件") == value


@given(st.integers(1, 9999))
def test_chinese_numerals(value: int) -> None:
    digits = "〇一二三四五六七八九"
    written, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // size % 10
        if digit:
            written += ("零" if gap and written else "") + digits[digit] + name
        gap = not digit
    assert read_chinese(written) == Decimal(value)


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(raw: str) -> None:
    assert read_quantity(raw) is None or isinstance(read_quantity(raw), Quantity)
