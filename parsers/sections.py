"""Blocks of the body → sections, each table with the section in which it stands."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.blocks import Block, Grid, Paragraph
from parsers.body import contents_list
from parsers.characters import simplify
from parsers.heading import NUMERALS, Heading, key_of, read_heading
from parsers.numbers import read_quantity
from parsers.report import Section

CAPTION = re.compile(
    r"^\s*(?:附?表\s*[\d一二三四五六七八九十]|[（(]?\s*(?:计量|金额|数据)?单位\s*[：:])|(?:统计|情况|明细|汇总|数据)表\s*$"
)

PAGE_NUMBER = re.compile(
    r"[-—–─]+\s*\d{1,3}\s*[-—–─]+|第\s*\d{1,3}\s*页(?:\s*[,，/（(]?\s*共\s*\d{1,3}\s*页[)）]?)?"
)
GLUED = re.compile(r"[。)）；;]\s*([一二三四五六]\s*、[^。；;，,]{2,30})$")
OUTER = ("part", "comma")  # styles of numbers that only sections have

# Index of the paragraph → level and heading, outer one first.
Headings = dict[int, tuple[tuple[int, Heading], ...]]
Chains = dict[int, tuple[Heading, ...]]  # the same before their levels are known
LONGEST_IN_OTHER_WORDS = 30  # characters of a title
FEWEST_BARE = 2  # titles of the form without numbers: then others may have none
FEWEST_PARTS = 3  # titles of the form numbered 第一部分: then 一、 numbers what they have inside
FEWEST_OLD = 3  # sections in other words, of a report older than the forms
TITLE_ENDS = ("情况", "事项", "概述", "概况", "措施", "打算")


@dataclass(frozen=True, slots=True)
class PlacedGrid:
    """A table of the body and where it stands."""

    grid: Grid
    section: str | None  # number of the enclosing level-1 section
    caption: str | None
    above: str = ""  # its caption and the short line before that, which may tell of what year it is


def split_sections(blocks: Sequence[Block]) -> tuple[tuple[Section, ...], tuple[PlacedGrid, ...]]:
    """The sections in page order, and the tables with the numbers of their level-1 sections."""
    blocks = [part for block in blocks for part in _parted(block)]
    headings = _headings(blocks)
    # a section's fields, its paragraphs last
    opened: list[tuple[int, str | None, str | None, str, list[str]]] = []
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
            caption = _caption(blocks, index, headings)
            above = _line_above(blocks, index, headings)
            placed.append(PlacedGrid(block, number, caption, " ".join(filter(None, (above, caption)))))
            continue
        found = headings.get(index, ())
        for level, heading in found:
            key = heading.key if level == 1 else None
            opened.append((level, heading.number, key, heading.title, []))
            number = heading.number if level == 1 else number
        text = found[-1][1].rest if found else block.text
        if not text or PAGE_NUMBER.fullmatch(text):
            continue
        if not opened:
            opened.append((1, None, "preamble", "", []))
        opened[-1][-1].append(text)
    sections = (Section(level, own, key, title, "\n".join(text)) for level, own, key, title, text in opened)
    return tuple(sections), tuple(placed)


def _parted(block: Block) -> Iterator[Block]:
    """A section's title at the end of the paragraph before it is a paragraph of its own."""
    if isinstance(block, Paragraph) and (glued := GLUED.search(block.text)):
        heading = read_heading(glued[1])
        if heading and heading.key and not heading.rest:
            yield Paragraph(block.text[: glued.start(1)].rstrip())
            block = Paragraph(glued[1])
    yield block


def _headings(blocks: Sequence[Block]) -> Headings:
    """Index of the paragraph → the headings with which it begins, each with its level; usually one."""
    contents = contents_list(blocks)
    found = {
        index: chain
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph) and index not in contents and (chain := tuple(_chain(block.text)))
    }
    found = _with_titles_in_other_words(found, blocks, contents)
    style = _level_one_style(found)
    known = sum(bool(h.key and h.style and not h.rest) for chain in found.values() for h in chain)
    outer = {h.key for chain in found.values() for h in chain if h.key and h.style in OUTER}
    taken = {h.number for chain in found.values() for h in chain if h.statutory and h.style == style}
    headings: Headings = {}
    for index, chain in found.items():
        levels = tuple(
            (level, heading if level > 1 or heading.key else replace(heading, key=key_of(heading.title)))
            for heading in chain
            if (level := _level(heading, style, known >= 3, outer, taken)) is not None
        )
        if levels:
            headings[index] = levels if len(levels) == len(chain) else levels[:1]
    return _numbered(headings)


def _with_titles_in_other_words(found: Chains, blocks: Sequence[Block], contents: range) -> Chains:
    """A line counts as a title of the form, though it has other words, where no title of the form opens its section: one
    that the markup sets off (主动公开情况) or that stands alone as the titles of the form do, or that is numbered 1.
    (1.基本情况) where nothing is 一、; so does any that stands alone where only such open the usual sections."""
    headings = [heading for chain in found.values() for heading in chain]
    proper = {heading.key for heading in headings if heading.statutory}
    counted = any(heading.style in OUTER for heading in headings)
    bare = not counted and len({h.key for h in headings if h.statutory and not h.style}) >= FEWEST_BARE
    lone = {
        index: (heading, block.heading)
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph)
        and index not in contents
        and _is_title(heading := found.get(index, (_unnumbered(block),))[0])
    }
    plain = (key_of(heading.title) for heading, _bold in lone.values() if not heading.style)
    old = not counted and "requests" not in proper and len({*plain} - {None}) >= FEWEST_OLD
    titles = dict(found)
    for index, (heading, bold) in lone.items():
        is_apart = not counted if heading.style == "digit" else not heading.style and (bold or bare or old)
        key = key_of(heading.title) if is_apart else None
        if is_apart and key not in proper and (key or (old and not heading.style)):
            titles[index] = (replace(heading, key=key, statutory=True),)
    return titles


def _unnumbered(block: Paragraph) -> Heading:
    return Heading("", None, None, block.text.rstrip("：:。 "), "", False)


def _is_title(heading: Heading) -> bool:
    return (
        not heading.rest
        and len(heading.title) <= LONGEST_IN_OTHER_WORDS
        and simplify(heading.title).endswith(TITLE_ENDS)
    )


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
    """The style that numbers most of the statutory titles: some publishers print （一）总体情况, or 1. 总体情况; or all."""
    keys: dict[str, set[str | None]] = {}
    for chain in found.values():
        for heading in chain:
            if heading.statutory:
                keys.setdefault(heading.style, set()).add(heading.key)
    numbered = {style: len(of_style) for style, of_style in keys.items() if style in ("bracket", "digit")}
    if len(keys.get("part", ())) >= FEWEST_PARTS:
        return "part"
    best = max(numbered, key=numbered.__getitem__, default="comma")
    outer = max(len(keys.get(style, ())) for style in (*OUTER, ""))
    styles = [heading.style for chain in found.values() for heading in chain]
    if styles.count("bracket") >= 3 and set(styles) <= {"bracket", "digit"} and not numbered.get("digit"):
        return "bracket"
    return best if numbered.get(best, 0) >= 3 and numbered[best] > outer else "comma"


def _level(
    heading: Heading,
    level_one_style: str,
    is_known: bool,
    outer: Collection[str | None],
    taken: Collection[str | None],
) -> int | None:
    """1, 2, or None: not a heading after all. `outer`: which of the usual sections are numbered 一、: then 1. numbers none,
    and the title of one of those without a number is that of an item. `taken`: the numbers that titles of the form have;
    another title with one of them, numbered alike, is an item's."""
    if heading.style == "bullet":
        return 2
    if level_one_style in ("bracket", "digit"):
        if heading.style in OUTER and heading.statutory:
            return 1  # （四）…, 五、…
        if heading.style == level_one_style and (heading.statutory or heading.number not in taken):
            return 1
        return 2 if heading.style == "bracket" else None
    if heading.style == "bracket" or (heading.style == "comma" and level_one_style == "part"):
        return 2
    if heading.style == "digit":
        return 1 if heading.statutory and not outer else None
    if heading.statutory:
        return 1 if heading.style or heading.key not in outer else None
    if heading.style == "lost":
        return 1 if heading.key and not heading.rest else None
    # In a report with the usual sections, a long paragraph that begins with 一、 is an item of a list.
    if not heading.title or (is_known and heading.rest and heading.key is None):
        return None
    return 1


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


def _line_above(blocks: Sequence[Block], index: int, headings: Collection[int]) -> str:
    """The short line before a table and its caption, where that is no heading."""
    above = _caption_lines(blocks, index, headings).start - 1
    line = blocks[above] if above >= 0 and above not in headings else None
    return line.text if isinstance(line, Paragraph) and len(line.text) <= 40 and "。" not in line.text else ""


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
