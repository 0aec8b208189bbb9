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
from parsers.characters import fold, narrow, squeeze
from parsers.dates import read_date
from parsers.header_labels import DATES, FIELDS, TELLING, Label, find_label, vocabulary
from parsers.regions import place

CHINESE = re.compile(r"[\u3400-\u9fff]")
UNKNOWN = re.compile(r"[\u3400-\u9fff]{2,8}")  # a label that we do not know, before its colon
BEFORE_LABEL = frozenset(" |;,、[(<>»·•*-●■◆▪")
GLUED = frozenset(("ignored", "published_on", "issued_by"))  # fields of the line below a title
BULLET = re.compile(r"^[-•·●◆■▪*\s]+")
SET_OFF = re.compile(r"[:：︰∶\]】﹞〕\s]")  # without any of these a line has no label inside
PIPE = re.compile(r"[|｜│︱]")  # all that narrow() makes a pipe
DIVIDED = re.compile(rf"{SET_OFF.pattern}|{PIPE.pattern}")
DATED = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日? \d{1,2}:\d{2}(?::\d{2})?(?= |$)")
SENTENCE = re.compile(r"[。！？!?]")
LONGEST_LINE = 2000  # characters; what is longer is prose
LONGEST_LABEL = 10  # characters, spaces not counted
NEIGHBOURS = 6  # blocks: as far as the parts of one metadata header stand from each other


@dataclass(frozen=True, slots=True)
class Pair:
    """One label and what stands at its value's place."""

    label: str  # as printed, spaces and colon dropped
    name: Label | None  # None: a label that header.toml does not have
    value: str  # as printed; "" where there is none
    sure: bool  # the label is set off by a colon or brackets
    block: int  # position of its block


@dataclass(frozen=True, slots=True)
class _Mark:
    """A label found in a line."""

    start: int
    end: int
    label: str
    name: Label | None
    sure: bool


def read_pairs(blocks: Sequence[Block]) -> tuple[Pair, ...]:
    """All pairs in page order; what stands alone and only might be a label is dropped."""
    pairs: list[Pair] = []
    waiting: Pair | None = None
    whole = 0  # lines so far, one after the other, with a label and its value: there an empty value is empty
    for position, block in enumerate(blocks):
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        if waiting and isinstance(block, Paragraph) and _follows(waiting, block, following, whole > 1):
            pairs[-1] = replace(waiting, value=_tidy(block.text), block=position)
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


def before_labels(text: str) -> str:
    """The line up to its first label: the title, where it shares a line with the date and the source."""
    marks = _marks(text)
    return text[: marks[0].start].rstrip(" |｜[【(（") if marks else text


def _together(pairs: list[Pair]) -> Iterator[Pair]:
    """Those that are near a label which only a metadata header prints, or go on from one without a break."""
    telling = {pair.block for pair in pairs if pair.name and pair.name.field in TELLING and _believed(pair)}
    fields = [
        pair.block for pair in pairs if pair.name and pair.name.field in FIELDS and not pair.name.fallback
    ]
    for block in fields:
        if not telling.isdisjoint(
            (block - 1, block - 2)
        ):  # the line before, or the value there and its label
            telling.add(block)
    near = {block + step for block in telling for step in range(-NEIGHBOURS, NEIGHBOURS + 1)}
    return (pair for pair in pairs if pair.block in near)


def _believed(pair: Pair) -> bool:
    if pair.sure or not pair.name:
        return pair.sure
    return not pair.name.fallback and fits(pair.name, pair.value)


def fits(name: Label, value: str) -> bool:
    """Whether the value, found by nothing but its place, can be one of this field."""
    folded = fold(value)
    if not folded or len(folded) > 40 or SENTENCE.search(value):
        return False
    if name.field in DATES:
        return read_date(value) is not None and len(folded) <= 24
    if name.field == "index_number":
        return bool(re.fullmatch(r"[0-9A-Za-z/\-()\[\]._]*\d[0-9A-Za-z/\-()\[\]._]*", folded))
    if name.field == "document_number":
        return bool(re.search(r"\[\d{4}\]|\d号$", folded))
    if name.field == "disclosure_method":
        return "公开" in folded and len(folded) <= 8
    if name.field == "validity":
        return bool(
            re.fullmatch(
                r"是|否|有效|失效|废止|无效|现行有效|长期有效|长期|已?修改|已废止|已失效|尚未生效", folded
            )
        )
    if name.field == "issued_by":
        return len(folded) <= 25 and bool(CHINESE.search(folded)) and "信息公开" not in folded
    if name.field in ("catalogue", "genre") and re.fullmatch(
        r"(?:政府)?(?:信息公开)?(?:工作)?(?:年度报告|年报)", folded
    ):
        return True
    # What may follow an empty value instead: the title, or the body in its first line.
    title = r"\d{4}年|>" if name.field == "keywords" else r"\d{4}年|年度报告|>"
    return name.field == "title" or not (re.search(title, folded) or place(folded).names)


def _follows(waiting: Pair, block: Paragraph, following: Block | None, is_apart: bool) -> bool:
    """Whether a line is the value of the label above it; `is_apart`: where other labels have theirs beside them, only an
    index number."""
    assert waiting.name
    if is_apart and waiting.name.field != "index_number":
        return False
    if find_label(block.text) or any(mark.name for mark in _marks(block.text)):
        return False
    if waiting.name.field == "summary" and isinstance(following, Paragraph) and find_label(following.text):
        return not block.heading and fits(
            Label("title"), _tidy(block.text)
        )  # not that of the page: more labels follow
    return (not block.heading or waiting.name.field == "title") and fits(waiting.name, _tidy(block.text))


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
                yield Pair(_label_text(label), find_label(label), _tidy(value), True, position)
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
        and not any(find_label(cell) or any(_marks(cell)) for cell in following)
        and all(following)
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
        if name or (colon and UNKNOWN.fullmatch(_label_text(cell))):
            found = [Pair(_label_text(cell), name, "", colon or bool(label_columns), position)]
        elif waiting and not any(pair.name and pair.label for pair in inside):
            found, waiting = [replace(waiting, value=_tidy(cell))], None
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
    marks = _marks(text)
    if not any(mark.name for mark in marks):
        if name := find_label(text):
            yield Pair(_label_text(text), name, "", narrow(text).rstrip().endswith(":"), position)
        elif len(marks) == 1 and len(text) <= 60 and not BULLET.sub("", text[: marks[0].start]):
            yield Pair(marks[0].label, None, _tidy(text[marks[0].end :]), True, position)
        return
    lead = _tidy(text[: marks[0].start])
    if dated := DATED.match(lead):  # and, perhaps, who published it
        lead = dated[0]
    if lead[:4].isdigit() and fits(Label("published_on"), lead):
        yield Pair("", Label("published_on", fallback=True), lead, dated is not None, position)
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        value = _tidy(text[mark.end : following.start if following else len(text)])
        yield from _with_method(Pair(mark.label, mark.name, value, mark.sure, position))


def _with_method(pair: Pair) -> Iterator[Pair]:
    """主动公开 may follow the value of another field, without a label of its own."""
    value, _space, last = pair.value.rpartition(" ")
    if value and last in vocabulary().methods and pair.name and pair.name.field != "disclosure_method":
        yield replace(pair, value=value)
        yield Pair("", Label("disclosure_method", fallback=True), last, False, pair.block)
    else:
        yield pair


# the lines near the title are asked for their labels, and then for what stands before them
@lru_cache(maxsize=256)
def _marks(text: str) -> tuple[_Mark, ...]:
    """The labels of one line, in order."""
    if len(text) > LONGEST_LINE or not SET_OFF.search(text):
        return ()
    narrowed = narrow(text)
    marks: list[_Mark] = []
    for colon in re.finditer(r":|(?<=\])", narrowed):
        mark = _before(narrowed, colon.start(), marks[-1].end if marks else 0)
        if mark:
            marks.append(mark if mark.end >= colon.end() else _Mark(mark.start, colon.end(), *_rest(mark)))
    if SENTENCE.search(text):
        named = [mark for mark in marks if mark.name and mark.name.field != "ignored"]
        return tuple(named[:1]) if named and not _tidy(text[: named[0].start]) else ()
    bare = _bare(narrowed, marks)
    return tuple(sorted([*marks, *bare], key=lambda mark: mark.start))


def _rest(mark: _Mark) -> tuple[str, Label | None, bool]:
    return mark.label, mark.name, mark.sure


def _before(text: str, end: int, floor: int) -> _Mark | None:
    """The label that ends at `end`, just before its colon or with its closing bracket."""
    bracketed = text[end : end + 1] != ":"
    position = end - 1
    characters: list[int] = []
    while position >= floor and len(characters) < LONGEST_LABEL:
        character = text[position]
        if CHINESE.match(character):
            characters.append(position)
        elif character != " " and (characters or character not in "])"):
            break
        position -= 1
    for start in reversed(characters):
        printed = text[start:end]
        name = find_label(printed)
        if name and _begins(text, start, floor, name, bracketed):
            return _Mark(start, end, _label_text(printed), name, True)
    if bracketed:
        return None
    floor = max(floor, end - 2 * LONGEST_LABEL)
    word = re.search(r"(?:^|[ |;,\[(])([\u3400-\u9fff]{2,8}) ?$", text[floor:end])
    return _Mark(floor + word.start(1), end, word[1], None, True) if word else None


def _begins(text: str, start: int, floor: int, name: Label, bracketed: bool) -> bool:
    before = text[start - 1] if start > floor else ""
    if bracketed:
        return before == "["
    if not before or before in BEFORE_LABEL or before.isdigit():
        return True
    value = text[floor:start].strip()  # right behind the value of the label before: 来源:县政府浏览次数:
    return bool(floor and name.field in GLUED and not BEFORE_LABEL.intersection(value))


def _bare(text: str, marks: list[_Mark]) -> list[_Mark]:
    """Labels without a colon: words of their own in a line that has other labels, or begins with one and its value."""
    words = list(_words(text))
    if len(words) > 1 and not marks:
        label, value = text[slice(*words[0])], text[words[1][0] :]
        name = find_label(label)
        several = len(words) > 2  # of which only keywords are
        if name and (not several or name.field == "keywords") and _is_paired(name, label, value):
            return [_Mark(*words[0], squeeze(label), name, False)]
    found = []
    for start, end in words:
        name = find_label(text[start:end])
        taken = any(mark.start <= start < mark.end for mark in marks)
        # 解读: a word of navigation too
        short = name is not None and name.field == "other" and end - start < 4
        if name and name.field != "ignored" and not short and not name.fallback and not taken:
            found.append(_Mark(start, end, squeeze(text[start:end]), name, False))
    if len(found) == 1 and not marks:
        only = found[0]
        value = text[only.end :]
        assert only.name
        return found if only.start == 0 and only.name.field in TELLING and fits(only.name, value) else []
    return found


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a line begin and end: characters with spaces between them are one, or labels and what is between."""
    for found in re.finditer(r"(?:[\u3400-\u9fff] +)+[\u3400-\u9fff](?![^ ])|[^ ]+", text):
        begin, end = found.span()
        characters = (
            [match.start() for match in re.finditer(r"[^ ]", text[begin:end])] if " " in found[0] else []
        )
        while characters:
            at = begin + characters.pop(0)
            ends = [begin + other + 1 for other in characters if find_label(text[at : begin + other + 1])]
            if ends:
                if text[begin:at].strip():
                    yield begin, at
                yield at, ends[-1]
                characters = [place - (ends[-1] - begin) for place in characters if begin + place >= ends[-1]]
                begin = ends[-1]
        if text[begin:end].strip():
            yield begin, end


def _is_paired(name: Label, label: str, value: str) -> bool:
    """Whether a line of two words is a label and its value: 公开时限 长期公开. Short ones are words of navigation too."""
    known = (
        name.field != "ignored" and not name.fallback and (name.field != "other" or len(squeeze(label)) >= 4)
    )
    # 内容概述 repeats the title more often than not
    is_title = name.field == "summary" and len(squeeze(label)) >= 4 and fits(Label("title"), value)
    return known and name.field not in TELLING and not find_label(value) and (is_title or fits(name, value))


def _label_text(text: str) -> str:
    return squeeze(BULLET.sub("", text)).strip(":：[]【】<>()（）")


def _tidy(text: str) -> str:
    """The value without separators and the buttons behind it."""
    text = BULLET.sub("", text.strip(" \t|｜:：;；,，>")) if text.strip(" -") else text.strip()
    while text:
        head, _space, last = text.rpartition(" ")
        if squeeze(narrow(last)).strip("[]()<>|") not in vocabulary().buttons and last.strip(
            "[]【】()（）|｜"
        ):
            break
        text = head.rstrip(" |｜[【(（")
    if text[:1] + text[-1:] in ("[]", "【】"):
        text = text[1:-1].strip()
    text = text.rstrip(" 【[")  # of the label that follows
    return text.rstrip("】") if "【" not in text else text
