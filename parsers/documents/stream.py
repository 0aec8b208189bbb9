"""A statutory table without its lines: a stream of cells or words, taken apart into rows again.

What tells the rows apart is the order alone: labels, then the values of that row, then the next row's labels.
Values that were blank may have left no trace, so a row can come out short; it is never filled up by guessing.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from parsers.blocks import Grid
from parsers.characters import NARROW_SIGNS
from parsers.documents.rectangle import rectangle
from parsers.form_terms import head_with_units, is_label, units

_DASHES = "".join(sign for sign, plain in NARROW_SIGNS.items() if plain == "-")
_VALUE = re.compile(
    rf"(?:[+\-{_DASHES}]|增加?|减少?)?[\d０-９]+(?:[,，][\d０-９]{{3}})*(?:[.．][\d０-９]+)?(?:[万亿]?元|件|项|条|个)?(?:[（(][^（()）]*[)）])?"
)
_BLANK_VALUES = frozenset(("--", "——", "-", "/", "〇", "无", "無", "零", *_DASHES, *"／∕⁄"))
_OUTLINE_MARK = re.compile(r"[（(]?(?:[一二三四五六七八九十]+|[\d０-９]{1,2})(?:[)）、]|[.．](?![\d０-９]))")
BLOCK_HEAD = re.compile(r"第?二十条第?[（(].{1,2}[)）]项")
_TABLE_HEAD = re.compile(
    r"二十条第?[（(].{1,2}[)）]项|信息内容|申请人情况|勾稽关系|结果维持|未经复议|^行政复议行政诉讼$"
)
# Lines without a figure; the head of table 4 has 22 cells, each perhaps broken into three lines
_LONGEST_HEAD = 80
_LONGEST_CORNER = 12  # 统 计 指 标
_LINE_BEGINNINGS = frozenset({"信息内容", "自然人", "商业企业"})  # of the heads of tables 2 and 3
SECTION_HEADING = re.compile(  # and not one of table 3's rows, which are numbered likewise
    r"\s*[（(]?[一二三四五六七八九十]+[)）]?[、.．](?!\s*(?:本年|上年|结转)).*(?:情况|事项|问题|措施)[:：]?\s*"
    r"|\s*[一二三四五六七八九十][、.．](?!\s*(?:本年|上年|结转))\D{6,}"
)
SENTENCE = re.compile(r"[。；！？]|\S{60}")


def end_of_flattened_table(lines: Sequence[str], at: int) -> int:
    """The line after a statutory table of which only the words are left, `at` itself when none begins there.

    It goes from its head, or a first row of at least three figures, to its last row of figures.
    """
    with_units = _is_head_with_units(lines, at)
    if not (with_units or _is_table_head(lines, at) or _is_row(words_of(lines[at]), 3)):
        return at
    if not any(map(_values_in, lines[at : at + _LONGEST_HEAD + 2])):
        return at  # at once: a text of nothing but heads asks this of each line
    end, values = at, 0
    for y in range(at, len(lines)):
        found = _values_in(lines[y])
        if with_units and not found:
            found = _row_with_unit(lines[y])
        if found:
            values += found
            end = y + 1
        elif y - end > _LONGEST_HEAD or (y > at and found is None):
            break
    return end if values >= 3 else at


@lru_cache(maxsize=256)  # tables are looked for from line to line: each is asked for more than once
def _values_in(line: str) -> int | None:
    """The figures in a line of a table, 0 for one with labels only, None for a line that ends the table."""
    if "|" in line:
        return None  # of a table that kept its cells
    words = words_of(line)
    if _is_row(words, 1):
        return sum(map(is_value, words))
    return None if SECTION_HEADING.fullmatch(line) or SENTENCE.search(line) else 0


def flattened_table(lines: Sequence[str]) -> Grid:
    """The table in these lines."""
    return rectangle(rows_of_stream([word for line in lines for word in words_of(line)]))


def is_value(word: str) -> bool:
    """Whether a cell or word stands where a figure is expected.

    >>> [is_value(word) for word in ("1,024", "增10", "42.91万元", "22（其中修订16件）", "\u2011", "\u20113", "1.", "规章", "2021-01-11")]
    [True, True, True, True, True, True, False, False, False]
    """
    return word in _BLANK_VALUES or _VALUE.fullmatch(word) is not None


def has_outline_mark(label: str) -> bool:
    """Whether a label begins with its number in the form: 三、 or （一） or 1."""
    return _OUTLINE_MARK.match(label) is not None


def _is_head_with_units(lines: Sequence[str], at: int) -> bool:
    """Whether a line, or with the two that follow, is the head of a table that prints the units of its rows."""
    if len(lines[at]) > _LONGEST_CORNER:
        return bool(read_head_with_units(lines[at]))
    near = [line for line in lines[at : at + 6] if line.strip()]
    return any(read_head_with_units("".join(near[:count])) for count in (1, 3))


def _row_with_unit(line: str) -> int | None:
    """Of a line without a figure, in a table that prints the units of its rows: 1 for a row whose figure is blank, 0 for
    any other label or piece of one, None for a line that ends the table."""
    if words_of(line)[-1:] and words_of(line)[-1] in units():
        return 1
    return 0 if is_label(line) else _values_in(line)


def read_head_with_units(line: str) -> tuple[str, ...]:
    """The cells of the head of a table that prints the unit of each row before its figure; () for any other line.

    >>> read_head_with_units("统 计 指 标  单位  统计数")
    ('统计指标', '单位', '统计数')
    """
    head = head_with_units().fullmatch("".join(line.split()))
    return tuple(filter(None, head.groups())) if head else ()


def words_of(line: str) -> list[str]:
    """The words of one line; an outline number printed apart from its label is put before it again.

    >>> words_of("（三）不予公开 1. 属于国家秘密 0 0")
    ['（三）不予公开', '1.属于国家秘密', '0', '0']
    """
    words: list[str] = []
    for word in line.replace("|", " ").split():
        if words and _OUTLINE_MARK.fullmatch(words[-1]):
            words[-1] += word
        else:
            words.append(word)
    return words


def _is_table_head(lines: Sequence[str], at: int) -> bool:
    words = words_of(lines[at])
    if not words or len(words[0]) >= 60 or "。" in lines[at]:
        return False
    if words in (["行政复议"], ["行政", "行政"]):
        below = words_of(next((line for line in lines[at + 1 : at + 3] if line.strip()), ""))
        broken = len(words) == len(below)  # 行政 行政 above 复议 诉讼
        words = list(map("".join, zip(words, below, strict=True))) if broken else words + below
    return _TABLE_HEAD.search("".join(words[:3])) is not None


def _is_row(words: Sequence[str], values: int) -> bool:
    """Labels, if any, then at least so many values: the last word is one, and no sentence ends before it."""
    if not words or not is_value(words[-1]) or any("。" in word for word in words):
        return False
    return sum(map(is_value, words)) >= values


def rows_of_stream(cells: Sequence[str]) -> list[list[str]]:
    """The rows: a label after a value begins a new one.

    >>> rows_of_stream(["信息内容", "本年制发件数", "规章", "0", "1", "行政规范性文件", "", "2"])
    [['信息内容', '本年制发件数'], ['规章', '0', '1'], ['行政规范性文件', '', '2']]
    """
    if head := _head_with_units(cells):
        return _rows_with_units(cells, head)
    rows: list[list[str]] = []
    row: list[str] = []
    has_values = False
    for cell in _with_whole_labels(cells):
        if has_values and cell and not is_value(cell):
            rows.extend(_apart(row))
            row, has_values = [], False
        row.append(cell)
        has_values = has_values or is_value(cell)
    return rows + _apart(row)


def _head_with_units(cells: Sequence[str]) -> int:
    """How many of these cells or words are the head of a table that prints the unit of each row before its figure."""
    if not cells or len(cells[0]) > _LONGEST_CORNER:
        return 0
    ends = range(min(len(cells), _LONGEST_CORNER), 0, -1)
    return next((end for end in ends if read_head_with_units("".join(cells[:end]))), 0)


def _rows_with_units(cells: Sequence[str], head: int) -> list[list[str]]:
    """Each label begins a row: what follows is its unit, unless the row has none, and its figure.

    >>> rows_of_stream(["统计指标", "单位", "统计数", "二、回应解读情况", "3.政策解读稿件发布数", "篇", "2"])[1:]
    [['二、回应解读情况', '', ''], ['3.政策解读稿件发布数', '篇', '2']]
    """
    rows = [list(read_head_with_units("".join(cells[:head])))]
    for cell in _with_whole_labels(cells[head:]):
        if cell and not is_value(cell) and cell not in units():
            rows.append([cell])
        elif is_value(cell) and len(rows[-1]) == 1 and any(map(str.isdigit, cell)):
            rows[-1] += ["", cell]
        else:
            rows[-1].append(cell)
    return [row + [""] * (3 - len(row)) for row in rows]


def _with_whole_labels(cells: Sequence[str]) -> list[str]:
    """The cells with the labels put together that were printed in two or three lines (商业, 企业).

    Only what makes a whole label of the form is joined, and no two that are such labels by themselves.
    """
    whole: list[str] = []
    for cell in cells:
        whole.append(cell)
        for parts in (whole[-3:], whole[-2:]):
            if len(parts) < 2 or not all(parts) or any(map(is_value, parts)) or all(map(is_label, parts)):
                continue
            if is_label("".join(parts)):
                whole[-len(parts) :] = ["".join(parts)]
                break
    return whole


def _apart(row: list[str]) -> list[list[str]]:
    """Head lines and the labels of the first row follow each other in the stream: only the latter are the row's own."""
    first = next((x for x, cell in enumerate(row) if is_value(cell)), len(row))
    labels = [x for x, cell in enumerate(row[:first]) if cell]
    if not labels:
        return [row] if row else []
    start = _start_of_row_labels(row, labels) if first < len(row) else first
    own = row[start:]
    # where no label tells that this row begins, blank cells at its ends may not be its own
    if start > labels[-1]:
        own = own[next((x for x, cell in enumerate(own) if cell), 0) :]
        while own and not own[-1]:
            own.pop()
    return _heads(row[:start]) + ([own] if own else [])


def _start_of_row_labels(row: Sequence[str], labels: Sequence[int]) -> int:
    """The last label, and the parents before it, told by their outline numbers (三、…（一）…1.…).

    A word that the head has printed already (总计, 其他结果) is a column's: the row of table 4 has no label.
    """
    last = labels[-1]
    if row[last] in row[:last]:
        return last + 1
    start = last
    for x in reversed(labels[:-1]):
        if not has_outline_mark(row[x]):
            break
        start = x
    return start


def _heads(cells: Sequence[str]) -> list[list[str]]:
    """The lines of a head, told by the words with which they begin: 第二十条第（一）项 stands alone."""
    rows: list[list[str]] = []
    for cell in cells:
        before = rows[-1] if rows else []
        begins = cell in _LINE_BEGINNINGS or BLOCK_HEAD.fullmatch(cell) is not None
        # of table 4, in two lines
        begins = begins or (cell == "结果维持" and bool(before) and before[-1] != "总计")
        if not before or begins or (cell and BLOCK_HEAD.fullmatch(before[0])):
            rows.append([])
        rows[-1].append(cell)
    return [row for row in rows if any(row)]
