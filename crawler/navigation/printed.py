"""Dates and white space as portals print them."""

import re

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
