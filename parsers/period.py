"""The period that a report's text states (统计期限)."""

import re
from collections.abc import Sequence

from parsers.dates import NUMERALS, calendar_number, iso_date
from parsers.report import Section

# 2023年1月1日至12月31日, 自二〇二〇年一月一日起至二〇二〇年十二月三十一日止, 2023.1.1-2023.12.31, 2023-01-01至2023-12-31
DIGIT = f"[0-9{NUMERALS}十]"
DAY = (
    rf"(?<!{DIGIT})({DIGIT}{{4}})\s*[年./-]\s*({DIGIT}{{1,3}})\s*[月./-]\s*({DIGIT}{{1,3}})(?!{DIGIT})\s*日?"
)
LAST_DAY = rf"(?:({DIGIT}{{4}})\s*[年./-]\s*)?({DIGIT}{{1,3}})\s*[月./-]\s*({DIGIT}{{1,3}})(?!{DIGIT})"
PERIOD = re.compile(rf"{DAY}\s*(?:[零0][时時])?\s*起?\s*[，,]?\s*(?:[至到]|[-—–~～－]+)\s*{LAST_DAY}")
PERIOD_TOLD = re.compile("期限|[时時][限间間]|[统統][计計]|[数數][据據]|期[间間]|[报報]告")
CUT_LINE = re.compile(r"(?<=\w)\n(?=\w)")  # of a text pasted as it was printed, line by line
NARROW = str.maketrans("０１２３４５６７８９．／－", "0123456789./-")


def read_period(sections: Sequence[Section]) -> tuple[str | None, str | None]:
    """First and last day (ISO) of the period that the text states (统计期限); (None, None) when none is readable."""
    for section in sections:
        for sentence in re.split(r"[。\n]", CUT_LINE.sub("", section.text.translate(NARROW))):
            if PERIOD_TOLD.search(sentence) and (period := _period(sentence)):
                return period
    return None, None


def _period(sentence: str) -> tuple[str, str] | None:
    match = PERIOD.search(sentence)
    if not match:
        return None
    numbers = [calendar_number(one) if one else None for one in match.groups()]
    year, month, day, last_year, last_month, last_day = numbers
    start = iso_date(year, month, day)
    end = iso_date(last_year or year, last_month, last_day)
    return (start, end) if start and end and start <= end else None
