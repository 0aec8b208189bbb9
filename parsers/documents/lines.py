"""Printed characters → visual lines → paragraphs."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from parsers.characters import RAISED
from parsers.documents.joining import join_lines
from parsers.documents.printed import Char, Printed
from parsers.documents.stream import has_outline_mark, is_value

_PAGE_NUMBER = re.compile(
    r"[-—–─·\s]*(?:第?\s*\d{1,3}\s*页?(?:\s*[,，/（(]?\s*共?\s*\d{1,3}\s*页?[)）]?)?|Page \d+)[-—–─·\s]*"
)
# What a browser prints at the edges: 11/24/23, 9:30 AM 标题, and https://… 1/4.
_BROWSER = re.compile(
    r"(?:https?|file)://\S+ ?\d{1,3}/\d{1,3}|\d{1,4}/\d{1,2}/\d{1,4},? ?\d{1,2}:\d{2}(?: ?[AP]M)?\b.*"
)
_CONTENTS_ENTRY = re.compile(r".*[.．·…]{3,}\s*\d{1,3}")  # of a list of contents
_WIDE_GAP = 1.2  # of the font's size, between two words that do not belong together
_WORD_GAP = 0.25
_LABEL_GAP = 0.25  # more than is usual in the line, between the labels of two cells
_CELL_GAP = 0.4  # between what two cells print; justified text has less between its characters
_BELOW = 0.6  # of a character's size, from its middle to that of one in the line under it
_PRINTED_OVER = 0.4  # of its width, by the digit before it
_NOTE = 0.9  # of the size of the number beside which it stands, raised by a tenth of that
_FLAT = 0.62  # of the usual height: 一, a point, the number of a note


class Word(Printed):
    """What stands together in one line."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Line(Printed):
    """One line as printed."""

    size: float
    page: int
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """The text's column: its margins, the usual size of its letters, and the usual distance of its lines."""

    left: float
    right: float
    size: float
    pitch: float


def visual_lines(chars: Sequence[Char], page: int) -> list[Line]:
    """The lines, from top to bottom; what is far apart in one line is kept apart by a space."""
    return [_line(row, page) for row in _rows(chars) if any(not char.text.isspace() for char in row)]


def cell_text(chars: Sequence[Char], width: float) -> str:
    """The text of one cell, so many points wide: its lines joined, without the gaps that justified lines have.

    Numbers under each other are one number only where the first fills the cell; else they stay apart, unread.
    """
    rows = _rows(chars)
    lines = [_text(row, wide_gaps=False) for row in rows]
    if len(lines) > 1 and not _fill(rows, width) and all(map(is_value, lines)):
        return " ".join(lines)
    return join_lines(lines)


def runs(chars: Iterable[Char]) -> list[list[Char]]:
    """Numbers whole, all else character by character."""
    found: list[list[Char]] = []
    for char in chars:
        last = found[-1][-1] if found else None
        if (
            last is not None
            and char.text in "0123456789.,"
            and last.text in "0123456789.,"
            and abs(char.middle - last.middle) < 0.3 * char.size
            and -0.2 * char.size < char.x0 - last.x1 < 0.15 * char.size
        ):
            found[-1].append(char)
        else:
            found.append([char])
    return found


def values_apart(chars: Sequence[Char], width: float) -> int:
    """How many rows' or columns' texts a cell, so many points wide, prints: values beside or below each other that are
    no lines of one, or a value below a label."""
    rows = [[char for char in row if not char.text.isspace()] for row in _rows(chars)]
    words = [_word(word).text for row in rows if row for word in _split(row)]
    values = sum(map(is_value, words))
    if values == len(words) == len(rows) and _fill(rows, width):
        return 1
    return max(values, 2) if words and is_value(words[-1]) and not is_value(words[0]) else values


def _fill(rows: Sequence[Sequence[Char]], width: float) -> bool:
    """Whether the lines before the last have no room left in a cell so many points wide."""
    return all(
        row[-1].x1 - row[0].x0 > width - 2 * max(char.size for char in row) for row in rows[:-1] if row
    )


def without_page_numbers(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages' lines without page numbers and without the heads and feet that most pages repeat."""
    repeated = _running_texts(pages)
    kept: list[list[Line]] = []
    for lines in pages:
        rest = list(lines)
        for edge in (0, -1):
            while rest and (
                _PAGE_NUMBER.fullmatch(rest[edge].text)
                or _BROWSER.fullmatch(rest[edge].text)
                or _digitless(rest[edge].text) in repeated
            ):
                rest.pop(edge)
        kept.append(rest)
    return kept


def paragraphs(lines: Sequence[Line], column: Column) -> list[str]:
    """Lines joined into paragraphs.

    A line goes on with the one before when that one reaches the right margin, or has no room left for the number or
    Latin word with which this one begins, and this one begins at the left one: a new paragraph is indented, or comes after a short line, a wider gap, or letters of another size. The lines of a
    title, large and centred, are one paragraph however short.
    """
    joined: list[list[str]] = []
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        if before is not None and (_continues(before, line, column) or _is_one_title(before, line, column)):
            joined[-1].append(line.text)
        else:
            joined.append([line.text])
    return [join_lines(parts) for parts in joined]


def text_column(lines: Sequence[Line]) -> Column:
    """The column that the document's text fills."""
    if not lines:
        return Column(0.0, 0.0, 0.0, 0.0)
    starts = Counter(round(line.x0 / 4) for line in lines)
    leftmost = min(start for start, count in starts.items() if count * 30 >= len(lines))
    ends = sorted(line.x1 for line in lines)
    sizes = sorted(line.size for line in lines)
    pitches = sorted(
        _pitch(*pair) for pair in pairwise(lines) if 0 < _pitch(*pair) < 4 * sizes[len(sizes) // 2]
    )
    return Column(
        left=min(line.x0 for line in lines if round(line.x0 / 4) == leftmost),
        right=ends[int(len(ends) * 0.9)] if len(ends) > 1 else ends[0],
        size=sizes[len(sizes) // 2],
        pitch=pitches[len(pitches) // 3] if pitches else 2 * sizes[0],
    )


def _continues(before: Line, line: Line, column: Column) -> bool:
    size = max(before.size, line.size)
    unbroken = size * len(list(takewhile(_is_latin, line.text))) / 2
    if line.x0 - column.left > 1.5 * size or before.x1 < column.right - 2 * size - unbroken:
        return False
    if abs(before.size - line.size) > 0.2 * size or _CONTENTS_ENTRY.fullmatch(before.text):
        return False
    if before.text[-1] in "。：:" and has_outline_mark(line.text):
        return False
    return line.page != before.page or _pitch(before, line) < 1.25 * column.pitch * size / column.size


def _is_one_title(before: Line, line: Line, column: Column) -> bool:
    size = max(before.size, line.size)
    return (
        min(before.size, line.size) > 1.1 * column.size
        and abs(before.size - line.size) < 0.1 * size
        and all(abs((part.x0 + part.x1) - (column.left + column.right)) < 3 * size for part in (before, line))
        and 0 < _pitch(before, line) < 2.5 * size
    )


def _pitch(before: Line, line: Line) -> float:
    """From line to line; nothing across pages."""
    return line.middle - before.middle if line.page == before.page else 0.0


def _rows(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters whose centres are at one height, from left to right.

    Some fonts tell only where there is ink: 一 and a point are as flat as a dash, and stand in the row that they are within.
    """
    if not chars:
        return []
    usual = sorted(char.size for char in chars)[3 * len(chars) // 4]
    rows = _rows_of_one_height([char for char in chars if char.size >= _FLAT * usual])
    spans = [(min(char.top for char in row), max(char.bottom for char in row)) for row in rows]
    alone: list[Char] = []
    for char in chars:
        if char.size >= _FLAT * usual:
            continue
        within = [at for at, (top, end) in enumerate(spans) if top <= char.middle <= end]
        at = min(within, key=lambda at: abs(sum(spans[at]) / 2 - char.middle), default=None)
        (alone if at is None else rows[at]).append(char)
    rows = sorted([*rows, *_rows_of_one_height(alone)], key=lambda row: row[0].middle) if alone else rows
    return [sorted(row, key=lambda char: char.x0) for row in rows]


def _rows_of_one_height(chars: Sequence[Char]) -> list[list[Char]]:
    rows: list[list[Char]] = []
    height = 0.0
    for char in sorted(chars, key=lambda char: char.middle):
        aside = char.middle - height
        if (
            rows
            and aside < 0.5 * min(char.size, rows[-1][0].size)
            and not (aside > 0.2 * char.size and _is_below(char, rows[-1]))
        ):
            rows[-1].append(char)
            height += (char.middle - height) / len(rows[-1])
        else:
            rows.append([char])
            height = char.middle
    return rows


def _is_below(char: Char, row: Sequence[Char]) -> bool:
    """Whether a character stands under one of the row: the lines of labels beside each other need not be at one height."""
    return any(
        other.x0 < char.centre < other.x1 and char.middle - other.middle > _BELOW * char.size for other in row
    )


def _line(row: Sequence[Char], page: int) -> Line:
    inked = [char for char in row if not char.text.isspace()]
    square = [char.x1 - char.x0 for char in inked if not _is_latin(char.text)]  # as wide as the font's size
    sizes = sorted(square or [char.size for char in inked])
    return Line(
        text=_text(row, wide_gaps=True),
        x0=inked[0].x0,
        x1=max(char.x1 for char in inked),
        top=min(char.top for char in inked),
        bottom=max(char.bottom for char in inked),
        size=sizes[len(sizes) // 2],
        page=page,
        words=tuple(map(_word, _split(inked))),
    )


def _split(inked: Sequence[Char]) -> Iterator[list[Char]]:
    """The characters of one line, taken apart where one cell ends and the next begins."""
    gaps = sorted(
        char.x0 - before.x1
        for before, char in pairwise(inked)
        if not (_is_latin(before.text) or _is_latin(char.text))
    )
    usual = max(gaps[len(gaps) // 2], 0.0) if gaps else 0.0
    word: list[Char] = []
    for char in inked:
        if word:
            latin = _is_latin(word[-1].text), _is_latin(char.text)
            size = max(char.size, char.x1 - char.x0)
            gap = _WORD_GAP if all(latin) else _CELL_GAP
            widest = gap * size if any(latin) else min(gap * size, usual + _LABEL_GAP * size)
            if char.x0 - word[-1].x1 > widest:
                yield word
                word = []
        word.append(char)
    yield word


def _word(chars: Sequence[Char]) -> Word:
    top, bottom = min(char.top for char in chars), max(char.bottom for char in chars)
    return Word(_text(chars, wide_gaps=False), chars[0].x0, max(char.x1 for char in chars), top, bottom)


def _text(row: Sequence[Char], *, wide_gaps: bool) -> str:
    """A space stands between Latin words, and at gaps too wide for a sentence. Next to a Chinese character it is
    only typesetting: 2024 年 is 2024年. The small, raised number of a note is no digit, and two digits in one place are
    nothing that can be read."""
    text, last, spaced = "", None, False
    tallest = max((char for char in row if _is_latin(char.text)), key=lambda char: char.size, default=None)
    for char in row:
        if char.text.isspace():
            spaced = True
            continue
        if last is not None:
            if char.text == last.text and char.x0 - last.x0 < 0.25 * char.size:
                continue  # printed twice, a little aside, to look bold
            gap, size = char.x0 - last.x1, max(char.size, char.x1 - char.x0)
            latin = _is_latin(last.text) and _is_latin(char.text)
            if -gap > _PRINTED_OVER * (char.x1 - char.x0) and last.text.isdigit() and char.text.isdigit():
                text += "\ufffd"
            if (latin and (spaced or gap > _WORD_GAP * size)) or (wide_gaps and gap > _WIDE_GAP * size):
                text += " "
        is_raised = tallest and char.size < _NOTE * tallest.size < 10 * (tallest.middle - char.middle)
        text += char.text.translate(RAISED) if is_raised else char.text
        last, spaced = char, False
    return text


def _is_latin(char: str) -> bool:
    return ord(char) < 0x2000


def _running_texts(pages: Sequence[Sequence[Line]]) -> set[str]:
    """What stands at the edge of most pages, three at least, or at one place of half of them, two at least."""
    edges: dict[str, list[Line]] = {}
    for lines in pages:
        for text, line in {_digitless(line.text): line for line in (*lines[:1], *lines[-1:])}.items():
            edges.setdefault(text, []).append(line)
    return {text for text, found in edges.items() if text and _runs_through(found, len(pages))}


def _runs_through(lines: Sequence[Line], pages: int) -> bool:
    if len(lines) >= 2 and _are_at_one_place(lines):
        return 2 * len(lines) >= pages
    return len(lines) >= 3 and 2 * len(lines) > pages


def _are_at_one_place(lines: Sequence[Line]) -> bool:
    return all(abs(one.top - other.top) < 1 and abs(one.x0 - other.x0) < 1 for one, other in pairwise(lines))


def _digitless(text: str) -> str:
    return re.sub(r"[\d\s]+", "", text)
