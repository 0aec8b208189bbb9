"""Dates and white space as portals print them."""

import re
from datetime import UTC, datetime, timedelta

SPACES = re.compile(r"[\s\u00a0\u3000\u200b]+")
HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")


def read_date(text: str) -> str | None:
    """The first date of the text, ISO.

    >>> read_date("[2024-1-5]"), read_date("2024年01月05日"), read_date("5 files")
    ('2024-01-05', '2024-01-05', None)
    """
    found = DATE.search(text)
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found else None


def day_of(moment: object) -> str | None:
    """The day in China of a moment in seconds or milliseconds of the epoch, as interfaces give it.

    >>> day_of(1705622400), day_of("1705622400000"), day_of(2024), day_of(None)
    ('2024-01-19', '2024-01-19', None, None)
    """
    if not re.fullmatch(r"1\d{9}(?:\d{3})?", str(moment)):
        return None
    return (datetime.fromtimestamp(int(str(moment)[:10]), UTC) + timedelta(hours=8)).date().isoformat()
