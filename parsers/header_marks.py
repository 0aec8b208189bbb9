"""The labels within one line of a metadata header, and the value that each may have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from parsers.characters import fold, narrow, squeeze
from parsers.dates import read_date
from parsers.header_labels import DATES, TELLING, Label, find_label, vocabulary
from parsers.regions import place

CHINESE = re.compile(r"[\u3400-\u9fff]")
BEFORE_LABEL = frozenset(" |;,、[(<>»·•*-●■◆▪")
GLUED = frozenset(("ignored", "published_on", "issued_by"))  # fields of the line below a title
BULLET = re.compile(r"^[-•·●◆■▪*\s]+")
SET_OFF = re.compile(r"[:：︰∶\]】﹞〕\s]")  # without any of these a line has no label inside
SENTENCE = re.compile(r"[。！？!?]")
# 市科技局】【打印】, 市科技局 【 关 闭 】: the bracket in which the label and its value stand, or the next one
UNOPENED = re.compile(r"[^\[\]【】()（）]+(?=[\]】)）]|\s[\[【]\s?\S \S(?:\s?[\]】])?$)")
LONGEST_LINE = 2000  # characters; what is longer is prose
LONGEST_LABEL = 10  # characters, spaces not counted


@dataclass(frozen=True, slots=True)
class Mark:
    """A label found in a line."""

    start: int
    end: int
    label: str
    name: Label | None
    sure: bool


# the lines near the title are asked for their labels, and then for what stands before them
@lru_cache(maxsize=256)
def marks_of(text: str) -> tuple[Mark, ...]:
    """The labels of one line, in order."""
    if len(text) > LONGEST_LINE or not SET_OFF.search(text):
        return ()
    narrowed = narrow(text)
    marks: list[Mark] = []
    for colon in re.finditer(r":|(?<=\])", narrowed):
        mark = _before(narrowed, colon.start(), marks[-1].end if marks else 0)
        if mark:
            marks.append(mark if mark.end >= colon.end() else replace(mark, end=colon.end()))
    if SENTENCE.search(text):
        named = [mark for mark in marks if mark.name and mark.name.field != "ignored"]
        return tuple(named[:1]) if named and not tidy(text[: named[0].start]) else ()
    bare = _bare(narrowed, marks)
    return tuple(sorted([*marks, *bare], key=lambda mark: mark.start))


def before_labels(text: str) -> str:
    """The line up to its first label: the title, where it shares a line with the date and the source."""
    marks = marks_of(text)
    return text[: marks[0].start].rstrip(" |｜[【(（") if marks else text


def _before(text: str, end: int, floor: int) -> Mark | None:
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
            return Mark(start, end, label_text(printed), name, True)
    if bracketed:
        return None
    floor = max(floor, end - 2 * LONGEST_LABEL)
    word = re.search(r"(?:^|[ |;,\[(])([\u3400-\u9fff]{2,8}) ?$", text[floor:end])
    return Mark(floor + word.start(1), end, word[1], None, True) if word else None


def _begins(text: str, start: int, floor: int, name: Label, bracketed: bool) -> bool:
    before = text[start - 1] if start > floor else ""
    if bracketed:
        return text[floor:start].rstrip()[-1:] == "["
    if not before or before in BEFORE_LABEL or before.isdigit():
        return True
    value = text[floor:start].strip()  # right behind the value of the label before: 来源:县政府浏览次数:
    return bool(floor and name.field in GLUED and not BEFORE_LABEL.intersection(value))


def _bare(text: str, marks: list[Mark]) -> list[Mark]:
    """Labels without a colon: words of their own in a line that has other labels, or begins with one and its value."""
    words = list(_words(text))
    if len(words) > 1 and not marks:
        label, value = text[slice(*words[0])], text[words[1][0] :]
        name = find_label(label)
        several = len(words) > 2  # of which only keywords are
        if name and (not several or name.field == "keywords") and _is_paired(name, label, value):
            return [Mark(*words[0], squeeze(label), name, False)]
    found = []
    for start, end in words:
        name = find_label(text[start:end])
        taken = any(mark.start <= start < mark.end for mark in marks)
        # 解读: a word of navigation too
        short = name is not None and name.field == "other" and end - start < 4
        vague = name is not None and name.fallback and name.field != "disclosure_method"
        if name and name.field != "ignored" and not short and not vague and not taken:
            found.append(Mark(start, end, squeeze(text[start:end]), name, False))
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
    title = {"keywords": r"\d{4}年|>", "catalogue": r"\d{4}年|年度报告|^首页"}.get(
        name.field, r"\d{4}年|年度报告|>"
    )
    return name.field == "title" or not (re.search(title, folded) or place(folded).names)


def label_text(text: str) -> str:
    return squeeze(BULLET.sub("", text)).strip(":：[]【】<>()（）")


def tidy(text: str) -> str:
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
    closed = UNOPENED.match(text)
    return closed[0].rstrip() if closed else text
