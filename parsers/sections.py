"""Blocks of the body → sections, each table with the section in which it stands; the period that the text states.

Headings are known by their numbers (一、 （一）) and by the titles of the statutory forms; publishers drop, repeat and
restart the numbers, and glue the heading to its paragraph, so neither alone is enough.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files

from parsers.blocks import Block, Grid, Paragraph
from parsers.characters import simplify
from parsers.numbers import read_quantity
from parsers.report import Section

DATA = tomllib.loads(files("parsers").joinpath("data/sections.toml").read_text("utf-8"))
NOT_HEADINGS = tuple(DATA["not_headings"])

NUMERALS = "一二三四五六七八九十"
ENCLOSED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
SEPARATOR = r"[、.．,，:：\s]"
# The styles in which a heading is numbered, outermost first.
STYLES = {
    "part": re.compile(rf"第\s*([{NUMERALS}]{{1,3}})\s*(?:部分|章|节){SEPARATOR}*"),
    "comma": re.compile(rf"([{NUMERALS}]{{1,3}})\s*[、.．,，:：]{SEPARATOR}*|([{NUMERALS}]{{1,3}})\s+(?=\w)"),
    "lost": re.compile(r"()[、．]\s*(?=\w)"),
    "bracket": re.compile(
        rf"[（(]\s*([{NUMERALS}]{{1,3}})\s*[）)]?{SEPARATOR}*|([{NUMERALS}]{{0,3}})\s*[）)]{SEPARATOR}*(?=\w)"
        rf"|([{ENCLOSED}]){SEPARATOR}*"
    ),
    "digit": re.compile(r"(\d{1,2})\s*(?:[、．]|\.(?!\d))\s*"),
}
SENTENCE = re.compile(r"[。；;！!？?]")
PUNCTUATION = frozenset(' \u3000\u00a0、，,。.．：:；;（）()《》“”"')
CAPTION = re.compile(
    r"^\s*(?:附?表\s*[\d一二三四五六七八九十]|[（(]?\s*(?:计量|金额)?单位\s*[：:])|(?:统计|情况|明细|汇总|数据)表\s*$"
)
LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """The beginning of a section, as one paragraph prints it."""

    style: str  # how it is numbered; "" for not at all
    number: str | None  # "一", whatever the style
    key: str | None
    title: str
    rest: str  # what is glued to the title
    statutory: bool  # the title is one of the form's, in full


Headings = dict[
    int, tuple[tuple[int, Heading], ...]
]  # index of the paragraph → level and heading, outer one first


@dataclass(frozen=True, slots=True)
class PlacedGrid:
    """A table of the body and where it stands."""

    grid: Grid
    section: str | None  # number of the enclosing level-1 section
    caption: str | None


def split_sections(blocks: Sequence[Block]) -> tuple[tuple[Section, ...], tuple[PlacedGrid, ...]]:
    """The sections in page order, and the tables with the numbers of their level-1 sections."""
    headings = _headings(blocks)
    opened: list[
        tuple[int, str | None, str | None, str, list[str]]
    ] = []  # a section's fields, its paragraphs last
    placed: list[PlacedGrid] = []
    number: str | None = None
    captions = {
        line
        for index, block in enumerate(blocks)
        if isinstance(block, Grid)
        for line in _caption_lines(blocks, index, headings)
    }
    for index, block in enumerate(blocks):
        if index in captions:
            continue
        if isinstance(block, Grid):
            opening = _title_row(block)
            if opening and opening.key not in {key for _, _, key, _, _ in opened}:
                opened.append((1, opening.number, opening.key, opening.title, []))
                number = opening.number
            placed.append(PlacedGrid(block, number, _caption(blocks, index, headings)))
            continue
        found = headings.get(index, ())
        for level, heading in found:
            opened.append((level, heading.number, heading.key, heading.title, []))
            number = heading.number if level == 1 else number
        text = found[-1][1].rest if found else block.text
        if not text:
            continue
        if not opened:
            opened.append((1, None, "preamble", "", []))
        opened[-1][-1].append(text)
    sections = (Section(level, own, key, title, "\n".join(text)) for level, own, key, title, text in opened)
    return tuple(sections), tuple(placed)


@lru_cache(maxsize=2048)  # asked of each paragraph where the body is found, and again where it is split
def read_heading(text: str) -> Heading | None:
    """The heading with which a paragraph begins, or None.

    >>> heading = read_heading("一、总体情况2023年，我局主动公开信息。")
    >>> heading.number, heading.key, heading.title, heading.rest
    ('一', 'overview', '总体情况', '2023年，我局主动公开信息。')
    """
    if simplify(text[:1]) not in BEGINNINGS:
        return None
    style, number, rest = _numbering(text)
    simplified = simplify(rest[: 2 * LONGEST_TITLE])
    if simplified.startswith(NOT_HEADINGS) and "。" not in rest:
        return None
    if found := _statutory_title(simplified):
        key, length = found
        title, glued = rest[:length], rest[length:]
        if re.match(r"\s*[、；;，,]", glued) or (not style and glued.strip(" ：:。")):
            return None
        if _runs_on(glued):
            return Heading(style, number, _key(simplified), rest.rstrip(" ：:。"), "", False)
        return Heading(style, number, key, title, glued.lstrip(" ：:。.—-"), True)
    if not style:
        return None
    title, glued = _cut(rest)
    if style == "digit" and (glued or not _key(simplify(title))):
        return None
    named = _key(simplify(title)) if title and style != "bracket" else None
    return Heading(style, number, named, title, glued, False)


def _numbering(text: str) -> tuple[str, str | None, str]:
    """Style, number in Chinese numerals (None: lost) and what follows."""
    for style, pattern in STYLES.items():
        if match := pattern.match(text):
            printed: str | None = next((group for group in match.groups() if group), None)
            number = _numeral(int(printed)) if printed and printed.isdecimal() else printed
            if number and number in ENCLOSED:
                number = NUMERALS[ENCLOSED.index(number)]
            rest = text[match.end() :].lstrip("、.． ")
            return (
                style,
                number,
                rest.removeprefix(match[0].strip()).lstrip("、.． "),
            )  # （二）（二）: printed twice
    return "", None, text


def _numeral(number: int) -> str | None:
    return NUMERALS[number - 1] if 1 <= number <= 10 else None


def _statutory_titles() -> dict[str, str]:
    return {
        "".join(c for c in title if c not in PUNCTUATION): section["key"]
        for section in DATA["section"]
        for title in section["titles"]
    }


TITLES = _statutory_titles()
LONGEST_STATUTORY = max(map(len, TITLES))
FIRST_CHARACTERS = frozenset(title[0] for title in TITLES)
BEGINNINGS = FIRST_CHARACTERS | frozenset(f"{NUMERALS}{ENCLOSED}0123456789第、．（()） ")


def _statutory_title(text: str) -> tuple[str, int] | None:
    """Key and printed length of the longest statutory title with which the text begins, punctuation set aside."""
    if text[:1] not in FIRST_CHARACTERS:
        return None
    best: tuple[str, int] | None = None
    bare = ""
    for index, character in enumerate(text[: 2 * LONGEST_STATUTORY]):
        if character in PUNCTUATION:
            continue
        bare += character
        if bare in TITLES:
            best = TITLES[bare], index + 1
    return best


def _runs_on(glued: str) -> bool:
    """Whether the title goes on where the statutory one ends, as in 总体情况及主要特点."""
    return bool(re.match(r"[及和与的]", glued)) and len(glued) <= 20 and not SENTENCE.search(glued)


def _key(title: str) -> str | None:
    """The key whose words a level-1 title contains."""
    for section in DATA["section"]:
        if any(all(word in title for word in words) for words in section["words"]):
            return str(section["key"])
    return None


def _cut(text: str) -> tuple[str, str]:
    """Title and glued paragraph of a numbered one: the title ends with its first sentence, if that can be a title."""
    text = text.strip()
    if not SENTENCE.search(text):
        head, _colon, tail = _partition(text, r"[：:]")
        if tail and len(head) <= 30 and not re.search(r"\d", head):
            return head, tail
        if len(text) <= LONGEST_TITLE:
            return text.rstrip("：: "), ""
        return "", text
    head, mark, tail = _partition(text, r"[。：:]|\s+(?=\S)")
    if mark and len(head) <= 30 and not re.search(r"\d|[；;！？?!]", head):
        return head, tail
    return "", text


def _partition(text: str, pattern: str) -> tuple[str, str, str]:
    match = re.search(pattern, text)
    if not match:
        return text, "", ""
    return text[: match.start()].rstrip(), match[0], text[match.end() :].lstrip()


def _headings(blocks: Sequence[Block]) -> Headings:
    """Index of the paragraph → the headings with which it begins, each with its level; usually one."""
    found = {
        index: chain
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph) and (chain := tuple(_chain(block.text)))
    }
    style = _level_one_style(found)
    statutory = sum(heading.statutory for chain in found.values() for heading in chain)
    headings: Headings = {}
    for index, chain in found.items():
        levels = tuple(
            (level, heading)
            for heading in chain
            if (level := _level(heading, style, statutory >= 3)) is not None
        )
        if levels:
            headings[index] = levels if len(levels) == len(chain) else levels[:1]
    return _numbered(_without_contents_list(headings))


def _chain(text: str) -> Iterator[Heading]:
    """一、总体情况（一）主动公开：… begins two sections at once."""
    heading = read_heading(text)
    if heading is None:
        return
    following = read_heading(heading.rest) if heading.rest else None
    if following is not None and heading.style in ("comma", "part", "") and following.style == "bracket":
        yield replace(heading, rest="")
        yield following
    else:
        yield heading


def _level_one_style(found: dict[int, tuple[Heading, ...]]) -> str:
    """The style that numbers most of the statutory titles: some publishers print （一）总体情况, or 1. 总体情况."""
    keys: dict[str, set[str | None]] = {}
    for chain in found.values():
        for heading in chain:
            if heading.statutory:
                keys.setdefault(heading.style, set()).add(heading.key)
    numbered = {style: len(of_style) for style, of_style in keys.items() if style in ("bracket", "digit")}
    best = max(numbered, key=numbered.__getitem__, default="comma")
    outer = max(len(keys.get(style, ())) for style in ("part", "comma", ""))
    return best if numbered.get(best, 0) >= 3 and numbered[best] > outer else "comma"


def _level(heading: Heading, level_one_style: str, is_statutory: bool) -> int | None:
    """1, 2, or None: not a heading after all."""
    if level_one_style in ("bracket", "digit"):
        if heading.style == level_one_style:
            return 1 if heading.statutory or heading.key or level_one_style == "bracket" else None
        return 2 if heading.style == "bracket" else None
    if heading.style == "bracket":
        return 2
    if heading.statutory:
        return 1
    if heading.style == "digit":
        return None
    if heading.style == "lost":
        return 1 if heading.key and not heading.rest else None
    # In a report with the statutory sections, a long paragraph that begins with 一、 is an item of a list.
    if not heading.title or (is_statutory and heading.rest and heading.key is None):
        return None
    return 1


def _without_contents_list(headings: Headings) -> Headings:
    """A list of contents prints the titles one after the other, and they all come again."""
    ones = [(index, chain[0][1]) for index, chain in sorted(headings.items()) if chain[0][0] == 1]
    listed: list[tuple[int, Heading]] = []
    for index, heading in ones:
        follows = not listed or index == listed[-1][0] + 1
        if not follows or heading.rest or heading.title in {other.title for _, other in listed}:
            break
        listed.append((index, heading))
    later = {(h.number, h.key) for _, h in ones[len(listed) :]}
    if len(listed) < 3 or sum((h.number, h.key) in later for _, h in listed) < len(listed) - 1:
        return headings
    dropped = {index for index, h in listed if (h.number, h.key) in later}
    return {index: chain for index, chain in headings.items() if index not in dropped}


def _numbered(headings: Headings) -> Headings:
    """A level-1 number that was lost between 一 and 三 is 二. Others stay lost."""
    ones = [index for index, chain in sorted(headings.items()) if chain[0][0] == 1]
    numbers = [headings[index][0][1].number for index in ones]
    for place, index in enumerate(ones):
        if numbers[place] is not None:
            continue
        before = 0 if place == 0 else _rank(numbers[place - 1])
        after = _rank(numbers[place + 1]) if place + 1 < len(ones) else None
        (level, heading), *rest = headings[index]
        ends_the_report = place + 1 == len(ones) and heading.style == "lost"
        if before is not None and (after == before + 2 or ends_the_report) and before < len(NUMERALS):
            headings[index] = ((level, replace(heading, number=NUMERALS[before])), *rest)
    return headings


def _rank(number: str | None) -> int | None:
    return NUMERALS.index(number) + 1 if number and number in NUMERALS else None


def _caption_lines(blocks: Sequence[Block], index: int, headings: Collection[int]) -> range:
    """The lines right before a table that belong to it: 表1 …, 单位：件."""
    first = index
    while first and first - 1 not in headings:
        before = blocks[first - 1]
        if not isinstance(before, Paragraph) or len(before.text) > 40 or not CAPTION.search(before.text):
            break
        first -= 1
    return range(first, index)


def _caption(blocks: Sequence[Block], index: int, headings: Collection[int]) -> str | None:
    """The lines right before the table, or its full-width first row; no label of the form, no section's title."""
    lines = [blocks[line] for line in _caption_lines(blocks, index, headings)]
    if lines:
        return " ".join(line.text for line in lines if isinstance(line, Paragraph))
    grid = blocks[index]
    assert isinstance(grid, Grid)
    row = _full_width_row(grid)
    return None if row is None or "二十条" in simplify(row) or _title_row(grid) else row


def _title_row(grid: Grid) -> Heading | None:
    """A section's title printed as the first row of its table: often again, sometimes only there."""
    row = _full_width_row(grid)
    heading = read_heading(row) if row else None
    return heading if heading and heading.statutory and heading.style and not heading.rest else None


def _full_width_row(grid: Grid) -> str | None:
    first = grid.rows[0] if grid.rows else ()
    wide = [(0, column) in grid.copies or cell == first[0] for column, cell in enumerate(first) if column]
    if wide and first[0] and all(wide) and read_quantity(first[0]) is None:  # no row of the same numbers
        return first[0]
    return None


# 2023年1月1日至12月31日, 自二〇二〇年一月一日起至二〇二〇年十二月三十一日止, 2023.1.1-2023.12.31, 2023-01-01至2023-12-31
DIGIT = "[0-9〇○零一二三四五六七八九十]"
DAY = (
    rf"(?<!{DIGIT})({DIGIT}{{4}})\s*[年./-]\s*({DIGIT}{{1,3}})\s*[月./-]\s*({DIGIT}{{1,3}})(?!{DIGIT})\s*日?"
)
LAST_DAY = rf"(?:({DIGIT}{{4}})\s*[年./-]\s*)?({DIGIT}{{1,3}})\s*[月./-]\s*({DIGIT}{{1,3}})(?!{DIGIT})"
PERIOD = re.compile(rf"{DAY}\s*(?:零时|0时)?\s*起?\s*[，,]?\s*(?:[至到]|[-—–~～－]+)\s*{LAST_DAY}")
PERIOD_TOLD = re.compile("期限|[时時][限间間]|[统統][计計]|[数數][据據]|期[间間]|[报報]告")
NARROW = str.maketrans("０１２３４５６７８９．／－", "0123456789./-")
CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def read_period(sections: Sequence[Section]) -> tuple[str | None, str | None]:
    """First and last day (ISO) of the period that the text states (统计期限); (None, None) when none is readable."""
    for section in sections:
        for sentence in re.split(r"[。\n]", section.text.translate(NARROW)):
            if PERIOD_TOLD.search(sentence) and (period := _period(sentence)):
                return period
    return None, None


def _period(sentence: str) -> tuple[str, str] | None:
    match = PERIOD.search(sentence)
    if not match:
        return None
    year, month, day, last_year, last_month, last_day = match.groups()
    start = _iso(year, month, day)
    end = _iso(last_year or year, last_month, last_day)
    return (start, end) if start and end and start <= end else None


def _iso(*parts: str) -> str | None:
    numbers = [_integer(part) for part in parts]
    try:
        return date(*(number for number in numbers if number is not None)).isoformat()
    except (TypeError, ValueError):
        return None


def _integer(text: str) -> int | None:
    """A year by its digits, a month or day also by tens: 二〇二三, 十二, 三十一.

    >>> _integer("二〇二三"), _integer("十二"), _integer("三十一"), _integer("08")
    (2023, 12, 31, 8)
    """
    tens, ten, ones = text.translate(CHINESE_DIGITS).partition("十")
    if not ten:
        return int(tens)
    return 10 * int(tens or 1) + int(ones or 0) if "十" not in ones else None
