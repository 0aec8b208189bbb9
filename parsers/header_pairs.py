"""Labels and values of the metadata header, in whichever arrangement a page prints them.

Seen: tables of two, four and six columns; list items, definition lists, divs and spans; one line of text; a value in
the cell, bullet or line after its label. Empty cells are often swallowed, so that the next label stands in the value's
place: a label is therefore never a value.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from parsers.blocks import Block, Grid, Paragraph
from parsers.characters import narrow, squeeze
from parsers.header_labels import FIELDS, TELLING, Label, find_label, vocabulary
from parsers.header_marks import BULLET, LONGEST_LABEL, SET_OFF, fits, label_text, marks_of, tidy

UNKNOWN = re.compile(r"[\u3400-\u9fff]{2,8}")  # a label that we do not know, before its colon
PIPE = re.compile(r"[|｜│︱]")  # all that narrow() makes a pipe
DIVIDED = re.compile(rf"{SET_OFF.pattern}|{PIPE.pattern}")
DATED = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日? \d{1,2}:\d{2}(?::\d{2})?(?= |$)")
DATED_BODY = re.compile(r"(.+?)[ |]+(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?: ?\d{1,2}:\d{2}(?::\d{2})?)?)")
COUNTERS = ("浏览", "点击", "阅读")  # of the page; visits (访问) are the site's, beside the date of today
TODAY = ("今天", "欢迎", "日期", "天气")
NEIGHBOURS = 6  # blocks: as far as the parts of one metadata header stand from each other


@dataclass(frozen=True, slots=True)
class Pair:
    """One label and what stands at its value's place."""

    label: str  # as printed, spaces and colon dropped
    name: Label | None  # None: a label that header.toml does not have
    value: str  # as printed; "" where there is none
    sure: bool  # the label is set off by a colon or brackets
    block: int  # position of its block


def read_pairs(blocks: Sequence[Block]) -> tuple[Pair, ...]:
    """All pairs in page order; what stands alone and only might be a label is dropped."""
    pairs: list[Pair] = []
    waiting: Pair | None = None
    whole = 0  # lines so far, one after the other, with a label and its value: there an empty value is empty
    for position, block in enumerate(blocks):
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        if waiting and isinstance(block, Paragraph) and _follows(waiting, block, following, whole > 1):
            pairs[-1] = replace(waiting, value=tidy(block.text), block=position)
            waiting, whole = None, 0
            continue
        if isinstance(block, Paragraph) and _is_a_word(block.text):
            waiting, whole = None, 0
            continue
        found = list(_of_grid(block, position) if isinstance(block, Grid) else _of_line(block.text, position))
        pairs += found
        whole = 0 if len(found) != 1 else whole + 1 if found[0].value else whole
        alone = found[0] if isinstance(block, Paragraph) and len(found) == 1 and not found[0].value else None
        waiting = alone if alone and alone.name and alone.name.field != "ignored" else None
    pairs += _bare_method(blocks, {pair.block for pair in pairs if pair.sure and pair.name})
    return tuple(_together(pairs))


@lru_cache(maxsize=1024)
def _is_a_word(text: str) -> bool:
    """Whether a line has no place for a label, as most lines of the navigation."""
    return not DIVIDED.search(text) and not find_label(text)


def _bare_method(blocks: Sequence[Block], labelled: Collection[int]) -> list[Pair]:
    """主动公开 on a line of its own next to a label and its value; where other modes stand too, or the last of several short
    words stands above the labels, it is navigation."""
    lines = [
        (position, method)
        for position, block in enumerate(blocks)
        if isinstance(block, Paragraph) and (method := _method(block.text))
    ]
    if len(lines) != 1:
        return []
    (position, method) = lines[0]
    before = blocks[position - 1] if position else Paragraph("")
    listed = isinstance(before, Paragraph) and 0 < len(before.text) <= LONGEST_LABEL
    if position - 1 not in labelled and (listed or position + 1 not in labelled):
        return []
    return [Pair("", Label("disclosure_method", fallback=True), method, False, position)]


@lru_cache(maxsize=1024)  # asked of the words of a portal's navigation
def _method(text: str) -> str | None:
    """The mode of disclosure that a line prints and nothing else."""
    method = squeeze(text)
    return method if method in vocabulary().methods else None


def _together(pairs: list[Pair]) -> Iterator[Pair]:
    """Those that are near a label which only a metadata header prints, or go on from one without a break."""
    telling = {pair.block for pair in pairs if pair.name and pair.name.field in TELLING and _believed(pair)}
    fields = [
        pair.block for pair in pairs if pair.name and pair.name.field in FIELDS and not pair.name.fallback
    ]
    for block in (*fields, *reversed(fields)):
        # the line before or after, or the value there, which may mean nothing, and its label
        if not telling.isdisjoint(range(block - 3, block + 4)):
            telling.add(block)
    near = {block + step for block in telling for step in range(-NEIGHBOURS, NEIGHBOURS + 1)}
    return (pair for pair in pairs if pair.block in near)


def _believed(pair: Pair) -> bool:
    if pair.sure or not pair.name:
        return pair.sure
    return not pair.name.fallback and fits(pair.name, pair.value)


def _follows(waiting: Pair, block: Paragraph, following: Block | None, is_apart: bool) -> bool:
    """Whether a line is the value of the label above it; `is_apart`: where other labels have theirs beside them, only an
    index number."""
    assert waiting.name
    if is_apart and waiting.name.field != "index_number":
        return False
    if find_label(block.text) or any(mark.name for mark in marks_of(block.text)):
        return False
    if not waiting.sure and isinstance(following, Paragraph) and _is_entry(block) and _is_entry(following):
        return False  # 公开目录 above the entries of a menu
    if waiting.name.field == "summary" and isinstance(following, Paragraph) and find_label(following.text):
        # A title below the summary's label is not the page's own where more labels follow.
        return not block.heading and fits(Label("title"), tidy(block.text))
    return (not block.heading or waiting.name.field == "title") and fits(waiting.name, tidy(block.text))


def _is_entry(line: Paragraph) -> bool:
    return len(line.text) <= LONGEST_LABEL and "公开" in line.text and not find_label(line.text)


def _of_grid(grid: Grid, position: int) -> Iterator[Pair]:
    rows = [
        [cell for column, cell in enumerate(row) if (index, column) not in grid.copies]
        for index, row in enumerate(grid.rows)
    ]
    headed, columns = False, _label_columns(rows)
    for row, following in zip(rows, [*rows[1:], []], strict=False):
        if headed:
            headed = False
        elif _is_head(row, following):
            headed = True
            for label, value in zip(row, following, strict=True):
                yield Pair(label_text(label), find_label(label), tidy(value), True, position)
        else:
            yield from _of_row(row, position, columns)


def _is_head(row: list[str], following: list[str]) -> bool:
    """Labels in one row and their values in the next, as many; a few labels may be none that we know."""
    known = sum(find_label(cell) is not None for cell in row)
    return (
        len(row) >= 2
        and len(row) == len(following)
        and known >= max(2, len(row) - len(row) // 3)
        and all(find_label(cell) or UNKNOWN.fullmatch(squeeze(cell)) for cell in row)
        and not any(find_label(cell) or any(marks_of(cell)) for cell in following)
        and (all(following) if known < len(row) or known < 3 else any(following))
    )


def _label_columns(rows: list[list[str]]) -> frozenset[int]:
    return frozenset(column for row in rows for column, cell in enumerate(row) if find_label(cell))


def _of_row(
    cells: Sequence[str], position: int, label_columns: frozenset[int] = frozenset()
) -> Iterator[Pair]:
    waiting: Pair | None = None
    for column, cell in enumerate(cells):
        name, colon = find_label(cell), narrow(cell).rstrip().endswith(":")
        inside = [] if name else list(_of_line(cell, position))
        if name or (colon and UNKNOWN.fullmatch(label_text(cell))):
            found = [Pair(label_text(cell), name, "", colon or bool(label_columns), position)]
        elif waiting and not any(pair.name and pair.label for pair in inside):
            found, waiting = [replace(waiting, value=tidy(cell))], None
        elif not inside and column in label_columns and UNKNOWN.fullmatch(squeeze(cell)):
            found = [Pair(squeeze(cell), None, "", True, position)]
        else:
            found = inside
        if not found:
            continue
        if waiting:
            yield waiting
            waiting = None
        yield from found[:-1]
        if found[-1].value:
            yield found[-1]
        else:
            waiting = found[-1]
    if waiting:
        yield waiting


def _of_line(text: str, position: int) -> Iterator[Pair]:
    if "|" in narrow(text):
        yield from _of_row([cell.strip() for cell in PIPE.split(text)], position)
        return
    marks = marks_of(text)
    if not any(mark.name for mark in marks):
        if name := find_label(text):
            yield Pair(label_text(text), name, "", narrow(text).rstrip().endswith(":"), position)
        elif len(marks) == 1 and len(text) <= 60 and not BULLET.sub("", text[: marks[0].start]):
            yield Pair(marks[0].label, None, tidy(text[marks[0].end :]), True, position)
        return
    lead = tidy(text[: marks[0].start]).strip("[]【】() ")
    if dated := DATED.match(lead):  # and, perhaps, who published it
        lead = dated[0]
    if lead[:4].isdigit() and fits(Label("published_on"), lead):
        sure = dated is not None or marks[0].label[:2] in COUNTERS
        yield Pair("", Label("published_on", fallback=True), lead, sure, position)
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        value = tidy(text[mark.end : following.start if following else len(text)])
        yield from _with_more(Pair(mark.label, mark.name, value, mark.sure, position))


def _with_more(pair: Pair) -> Iterator[Pair]:
    """主动公开 may follow the value of another field, without a label of its own; the date that of the source or a counter."""
    before_date = pair.name and (
        pair.name.field == "issued_by" or (pair.name.field == "ignored" and pair.label[:2] not in TODAY)
    )
    if before_date and (dated := DATED_BODY.fullmatch(pair.value)):
        yield replace(pair, value=dated[1])
        yield Pair("", Label("published_on", fallback=True), dated[2], True, pair.block)
        return
    value, _space, last = pair.value.rpartition(" ")
    if value and last in vocabulary().methods and pair.name and pair.name.field != "disclosure_method":
        yield replace(pair, value=value)
        yield Pair("", Label("disclosure_method", fallback=True), last, False, pair.block)
    else:
        yield pair
