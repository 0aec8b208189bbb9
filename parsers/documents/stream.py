"""A statutory table without its lines: a stream of cells or words, taken apart into rows again.

What tells the rows apart is the order alone: labels, then the values of that row, then the next row's labels.
Values that were blank may have left no trace, so a row can come out short; it is never filled up by guessing.
"""

import re
from collections.abc import Sequence

_VALUE = re.compile(
    r"[+\-−－增减]?[\d０-９]+(?:[,，][\d０-９]{3})*(?:[.．][\d０-９]+)?(?:[万亿]?元|件|项|条|个)?(?:[（(][^（()）]*[)）])?"
)
_BLANK_VALUES = frozenset({"-", "--", "—", "——", "–", "－", "/", "／", "〇"})
_OUTLINE_MARK = re.compile(r"[（(]?(?:[一二三四五六七八九十]+|[\d０-９]{1,2})(?:[)）、]|[.．](?![\d０-９]))")
_BLOCK_HEAD = re.compile(r"第?二十条第?[（(].{1,2}[)）]项")
_TABLE_HEAD = re.compile(
    r"二十条第?[（(].{1,2}[)）]项|信息内容|申请人情况|勾稽关系|结果维持|未经复议|^行政复议行政诉讼$"
)


def is_table_head(line: str) -> bool:
    """Whether one of the statutory tables begins on this line."""
    words = words_of(line)
    return (
        bool(words)
        and _TABLE_HEAD.search("".join(words[:3])) is not None
        and len(words[0]) < 60
        and "。" not in line
    )


def is_value(word: str) -> bool:
    """Whether a cell or word stands where a figure is expected.

    >>> [is_value(word) for word in ("1,024", "增10", "42.91万元", "22（其中修订16件）", "—", "1.", "规章", "2021-01-11")]
    [True, True, True, True, True, False, False, False]
    """
    return word in _BLANK_VALUES or _VALUE.fullmatch(word) is not None


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


def rows_of_stream(cells: Sequence[str]) -> list[list[str]]:
    """The rows: a label after a value begins a new one.

    >>> rows_of_stream(["信息内容", "本年制发件数", "规章", "0", "1", "行政规范性文件", "", "2"])
    [['信息内容', '本年制发件数'], ['规章', '0', '1'], ['行政规范性文件', '', '2']]
    """
    rows: list[list[str]] = []
    row: list[str] = []
    has_values = False
    for cell in cells:
        if has_values and cell and not is_value(cell):
            rows.extend(_apart(row))
            row, has_values = [], False
        row.append(cell)
        has_values = has_values or is_value(cell)
    return rows + _apart(row)


def _apart(row: list[str]) -> list[list[str]]:
    """Head lines and the labels of the first row follow each other in the stream: only the latter are the row's own."""
    first = next((x for x, cell in enumerate(row) if is_value(cell)), len(row))
    labels = [x for x, cell in enumerate(row[:first]) if cell]
    if not labels:
        return [row] if row else []
    start = _start_of_row_labels(row, labels) if first < len(row) else first
    return _heads(row[:start]) + ([row[start:]] if start < len(row) else [])


def _start_of_row_labels(row: Sequence[str], labels: Sequence[int]) -> int:
    """The last label, and the parents before it, told by their outline numbers (三、…（一）…1.…).

    A word that the head has printed already (总计, 其他结果) is a column's: the row of table 4 has no label.
    """
    last = labels[-1]
    if row[last] in row[:last]:
        return last + 1
    start = last
    for x in reversed(labels[:-1]):
        if not _OUTLINE_MARK.match(row[x]):
            break
        start = x
    return start


def _heads(cells: Sequence[str]) -> list[list[str]]:
    """Head lines: 第二十条第（一）项 stands alone, 信息内容 begins the line of the column labels."""
    rows: list[list[str]] = []
    for cell in cells:
        if (
            not rows
            or _BLOCK_HEAD.fullmatch(cell)
            or cell == "信息内容"
            or (_BLOCK_HEAD.fullmatch(rows[-1][0]) and cell)
        ):
            rows.append([])
        rows[-1].append(cell)
    return [row for row in rows if any(row)]
