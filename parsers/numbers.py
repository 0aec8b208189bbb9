"""A cell's text → the number it prints, exactly, with its unit; or the certainty that it prints none."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from parsers.characters import narrow, simplify, squeeze


class Quantity(NamedTuple):
    """What a number cell prints."""

    number: Decimal | None  # None: the cell is blank
    unit: str  # "万元", "件"; "" when none is printed


MOST_DIGITS = 15  # before the point; no count has more, and no float holds more
NOTHING = Quantity(Decimal(0), "")
ONE = "一"  # or a dash
_BLANK = frozenset(["", "-", "--", "---", "----", "─", "──", "/", "//", "\\", "无", "空"])  # narrowed
_FOOTNOTE = r"(?:[*※†‡#]+|[①-⑳⓪➀-➉¹²³⁰-⁹]+)"
_NUMBER = re.compile(
    r"(?P<sign>[+\-]|增加?|减少?)?"
    r"(?P<number>(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*)(?:\.\d+)?|[零〇○一二两三四五六七八九十百千万]+)"
    r"(?P<scale>[百千万亿]*)"
    r"(?P<unit>元|件次|件|条|项|个|份|宗|起|次|人次|人|篇)?"
    rf"(?:{_FOOTNOTE}|[(\[〔][^()\[\]〔〕]*[)\]〕]{_FOOTNOTE}?)?"
)
# Two lines of a cell, or the halves of one that was torn; but 1 320 is set off by thousands.
_TWO_NUMBERS = re.compile(r"(?![1-9]\d{0,2}(?:\s\d{3})+(?!\s?\d))[^(\[]*\d\s+\d")
_UNIT_IN_BRACKETS = re.compile(r"\(((?:[百千万亿]?元)|件|条|项|个|份|次|人次|人|篇)\)")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_DIGITS = dict(zip("零〇○一二两三四五六七八九", (0, 0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))


@lru_cache(maxsize=1024)
def read_quantity(raw: str) -> Quantity | None:
    """The number and the unit of a cell; None when the cell prints something else: a range, a date, leading zeros.

    A lone 一 is refused: it stands for 1 as often as for a dash; so are digits with white space between them, but for thousands.

    >>> read_quantity("42.91万元"), read_quantity("/"), read_quantity("22（其中修订16件）").number
    (Quantity(number=Decimal('42.91'), unit='万元'), Quantity(number=None, unit=''), Decimal('22'))
    >>> [int(read_quantity(raw).number) for raw in ("1,024", "０", "减4", "十二")], read_quantity("1-10")
    ([1024, 0, -4, 12], None)
    """
    narrowed = narrow(raw)
    text = squeeze(simplify(narrowed))
    if text in _BLANK:
        return Quantity(None, "")
    if _TWO_NUMBERS.match(narrowed):
        return None
    text = text.rstrip(";。、") or text
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS and (text == "0" or text[0] != "0"):
        return Quantity(Decimal(text), "")
    printed = _NUMBER.fullmatch(text)
    if printed is None or text == ONE or len(printed["number"]) > 2 * MOST_DIGITS:
        return None
    number = _read_digits(printed["number"].replace(",", ""))
    scale, unit = printed["scale"], printed["unit"] or ""
    if not unit and (bracketed := _UNIT_IN_BRACKETS.search(text)):
        unit = bracketed[1]
    if number is None or scale not in _SCALES:
        return None
    if unit == "元" and scale in ("万", "亿"):
        unit = scale + unit
    else:
        number *= _SCALES[scale]
    if (printed["sign"] or "+")[0] not in "+增":
        number = -number
    return Quantity(number, unit) if abs(number) < 10**MOST_DIGITS else None


def plain(number: Decimal) -> int | float:
    """The number as JSON knows it: whole numbers as int.

    >>> plain(Decimal("477.35") * 10000), plain(Decimal("96171.6"))
    (4773500, 96171.6)
    """
    return int(number) if number == number.to_integral_value() else float(number)


def _read_digits(text: str) -> Decimal | None:
    return Decimal(text) if text[0].isascii() else read_chinese(text)


def read_chinese(text: str) -> Decimal | None:
    """The whole number that Chinese numerals write, in either manner, or None when they write none.

    >>> [int(read_chinese(t)) for t in ("十二", "二〇二四", "一百零五", "三千万", "一万二千")]
    [12, 2024, 105, 30000000, 12000]
    >>> read_chinese("百十"), read_chinese("三四")
    (None, None)
    """
    if text in ("零", "〇", "○"):
        return Decimal(0)
    if all(character in _DIGITS for character in text):
        if len(text) == 1:
            return Decimal(_DIGITS[text])
        spoken = len(text) < 3 and not set(text) & set("零〇○")  # 三四: three or four
        return None if spoken else Decimal("".join(str(_DIGITS[character]) for character in text))
    high, separator, low = text.rpartition("万")
    if not separator:
        thousands = _below_ten_thousand(text)
        return None if thousands is None else Decimal(thousands)
    upper, lower = _below_ten_thousand(high), _below_ten_thousand(low) if low else 0
    return None if upper is None or lower is None else Decimal(upper * 10_000 + lower)


_BELOW_TEN_THOUSAND = re.compile(
    r"(?:([一二两三四五六七八九])千)?零?(?:([一二两三四五六七八九])百)?零?(?:([一二三四五六七八九]?)(十))?零?([一二三四五六七八九])?"
)


def _below_ten_thousand(text: str) -> int | None:
    if (
        not text
        or text[0] in "零〇"
        or text[-1] in "零〇"
        or not (parts := _BELOW_TEN_THOUSAND.fullmatch(text))
    ):
        return None
    thousands, hundreds, tens, ten, ones = parts.groups()
    return (
        _DIGITS.get(thousands or "", 0) * 1000
        + _DIGITS.get(hundreds or "", 0) * 100
        + (_DIGITS[tens] * 10 if tens else 10 if ten else 0)
        + _DIGITS.get(ones or "", 0)
    )


_YUAN = {"元": 1, "百元": 100, "千元": 1000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}


@lru_cache(maxsize=1024)
def convert(quantity: Quantity, label_unit: str, unit: str) -> int | float:
    """The number in the form's unit. The cell's own unit goes before the label's, that before the form's.

    >>> convert(Quantity(Decimal("477.35"), ""), "万元", "元")
    4773500

    Raises ValueError when the cell prints money where the form counts, or counts where it wants money.
    """
    assert quantity.number is not None
    printed = quantity.unit or label_unit or unit
    if (printed in _YUAN) != (unit in _YUAN):
        if quantity.unit:
            raise ValueError(f"{printed} where the form wants {unit}")
        return plain(quantity.number)
    if unit not in _YUAN or printed == unit:
        return plain(quantity.number)
    return plain(quantity.number * _YUAN[printed] / _YUAN[unit])
