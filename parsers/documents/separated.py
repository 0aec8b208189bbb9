"""Tables written with a comma or a semicolon between their cells, as spreadsheets export them → rows."""

import csv
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from parsers.documents.stream import BLOCK_HEAD, is_value
from parsers.form_terms import is_label

_MARKS = (",", ";", "，", "；")
_ANY_MARK = re.compile("[,;，；]")
_LONGEST_CELL, _LONGEST_ROW = 100, 1000  # characters
_MOST_HEADS = 20  # lines before the first figures
_THOUSANDS = re.compile(r"\d{1,3}")


def end_of_separated(lines: Sequence[str], at: int) -> int:
    """The line after a table that begins here, `at` itself where none does: a head or a label of the forms, and figures.

    Where a comma may as well stand between the thousands of one number, and a blank cell makes up for it, the rows have
    to be of one length.
    """
    mark = _mark(lines[at]) or _mark(lines[at + 1] if at + 1 < len(lines) else "")
    if not mark or not any(_count(line, mark)[1] for line in lines[at : at + _MOST_HEADS]):
        return at
    if not _begins(lines[at], mark):
        return at
    end, figures = at, 0
    for y in range(at, len(lines)):
        cells, values = _count(lines[y], mark)
        if cells > 1:
            end, figures = y + 1, figures + values
        elif not cells:
            break
    rows = separated_rows(lines[at:end])
    certain = len({len(row) for row in rows}) == 1 or not any(map(_may_be_thousands, rows))
    return end if figures > 2 and certain else at


def separated_rows(lines: Sequence[str]) -> list[list[str]]:
    """The cells of each line."""
    mark = next(filter(None, map(_mark, lines)), ",")
    return [list(_cells(line, mark)) or [line.strip()] for line in lines if line.strip()]


def _mark(line: str) -> str:
    """What stands between the cells of the line: the mark that it has most of."""
    if len(line) > _LONGEST_ROW or not _ANY_MARK.search(line):
        return ""
    return max(_MARKS, key=line.count)


@lru_cache(maxsize=1024)
def _begins(line: str, mark: str) -> bool:
    """Whether a table begins with this line, for all it says."""
    return _is_head(line) or any(map(is_label, _cells(line, mark)))


@lru_cache(maxsize=1024)  # the lines below one that begins no table are looked at again from the next
def _count(line: str, mark: str) -> tuple[int, int]:
    """How many cells a line has, and how many of them are values; one where it stands alone in a table, none elsewhere."""
    cells = _cells(line, mark)
    return len(cells) or int(not line.strip() or _is_head(line)), sum(map(is_value, cells))


def _cells(line: str, mark: str) -> tuple[str, ...]:
    """The cells of one line; none of a sentence."""
    if mark not in line or "。" in line or len(line) > _LONGEST_ROW:
        return ()
    parts = next(csv.reader([line], delimiter=mark), []) if '"' in line else _split(line, mark)
    cells = tuple(" ".join(part.split()) for part in parts)
    return cells if max(map(len, cells), default=0) <= _LONGEST_CELL else ()


def _split(line: str, mark: str) -> list[str]:
    """The line's parts between the marks that stand in no brackets.

    >>> _split("部分公开（区分处理的，只计这一情形），0，1", "，")
    ['部分公开（区分处理的，只计这一情形）', '0', '1']
    """
    parts, start = [], 0
    for found in re.finditer(rf"[（(][^（）()]*[）)]|{mark}", line):
        if found[0] == mark:
            parts.append(line[start : found.start()])
            start = found.end()
    return [*parts, line[start:]]


def _is_head(line: str) -> bool:
    return BLOCK_HEAD.fullmatch(line.strip()) is not None


def _may_be_thousands(row: Sequence[str]) -> bool:
    return "" in row and any(
        _THOUSANDS.fullmatch(one) and len(other) == 3 and other.isdecimal() for one, other in pairwise(row)
    )
