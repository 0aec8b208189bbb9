"""Dates as the headers of portals print them."""

import re
from datetime import date, datetime, timedelta, timezone

from parsers.characters import narrow

CHINA = timezone(timedelta(hours=8))
# 2021-01-28, 2021- 01- 28, 2018/3/26, 2026.01.13, 2024年01月26日, 2021-01-2818:26, and 20210128 standing alone
PRINTED = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?:\s*(?:年|[-/.])\s*(?P<month>\d{1,2})\s*(?:月|[-/.])\s*(?P<day>\d{1,2})(?!\d(?!\d:\d\d))\s*日?"
    r"|(?P<digits>\d{4})(?!\d))"
)
NUMERALS = "〇○零一二三四五六七八九"  # in years one for each digit: 二〇二三
CHINESE = re.compile(
    rf"(?P<year>[{NUMERALS}]{{4}})年(?P<month>[一二三四五六七八九十]{{1,2}})月(?P<day>[一二三四五六七八九十]{{1,3}})日"
)
CHINESE_DIGITS = str.maketrans(NUMERALS, "000123456789")


def read_date(text: str) -> str | None:
    """The first date that the text prints, as ISO; None where there is none, or none that the calendar has.

    >>> read_date("2021- 01- 28 09: 55: 47"), read_date("[2024年1月26日]"), read_date("2021-02-30")
    ('2021-01-28', '2024-01-26', None)
    >>> read_date("2021-03-2918:26"), read_date("2021-03-298")
    ('2021-03-29', None)
    """
    found = PRINTED.search(narrow(text))
    if not found:
        return _chinese_date(text)
    month, day = found["month"], found["day"]
    if found["digits"]:
        month, day = found["digits"][:2], found["digits"][2:]
    return iso_date(int(found["year"]), int(month), int(day))


def from_timestamp(seconds: float) -> str | None:
    """The day in China of a Unix time; None where it is out of any calendar's range.

    >>> from_timestamp(1611792000)
    '2021-01-28'
    """
    try:
        return datetime.fromtimestamp(seconds, CHINA).date().isoformat()
    except (OverflowError, OSError, ValueError):
        return None


def calendar_number(text: str) -> int | None:
    """A year by its digits, a month or day also by tens: 二〇二三, 十二, 三十一.

    >>> calendar_number("二〇二三"), calendar_number("十二"), calendar_number("三十一"), calendar_number("08")
    (2023, 12, 31, 8)
    """
    tens, ten, ones = text.translate(CHINESE_DIGITS).partition("十")
    if not ten:
        return int(tens)
    return 10 * int(tens or 1) + int(ones or 0) if "十" not in ones else None


def iso_date(*numbers: int | None) -> str | None:
    """Year, month and day as ISO; None where one is missing, or the calendar has no such day."""
    try:
        return date(*(number for number in numbers if number is not None)).isoformat()
    except (TypeError, ValueError):
        return None


def _chinese_date(text: str) -> str | None:
    found = CHINESE.search(text)
    return iso_date(*map(calendar_number, found.groups())) if found else None
