"""A table of plain text whose columns are held in their places by runs of spaces → grid."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from parsers.blocks import Grid
from parsers.documents.lines import Word
from parsers.documents.stream import is_value
from parsers.documents.unruled import unruled_table

_WORD = re.compile(r"\S+")
_WIDE_GAP = re.compile(r"\S(?:\s\s+|\u3000)\S")  # wider than what only parts words
_NARROW, _HEIGHT = 5.0, 10.0  # of a Latin letter; a Chinese one is as wide as it is high


def aligned_table(lines: Sequence[str]) -> Grid | None:
    """The table in these lines, blank cells where they are; None when their words are only parted, not aligned."""
    if not any(map(_WIDE_GAP.search, lines)):
        return None
    rows = [_words(line, number) for number, line in enumerate(lines)]
    gaps = [
        round((right.x0 - left.x1) / _NARROW)
        for row in rows
        if row and is_value(row[-1].text)
        for left, right in pairwise(row)
    ]
    # what only parts words is one gap everywhere, or several of it where a cell is blank
    if not gaps or median(gaps) < 2 or all(gap % min(gaps) == 0 for gap in gaps):
        return None
    return unruled_table(rows)


def _words(line: str, number: int) -> list[Word]:
    """The words of one line with their places, as in a font whose letters are all of one width, or of two."""
    places = [0.0]
    for char in line:
        places.append(places[-1] + _NARROW * (2 if unicodedata.east_asian_width(char) in "WFA" else 1))
    top = number * _HEIGHT
    return [
        Word(word[0], places[word.start()], places[word.end()], top, top + _HEIGHT)
        for word in _WORD.finditer(line)
    ]
