"""Values printed beside their cells: the rules and the text of a page may come from two hands, one of them a little aside.

A value that has room in its cell, and yet reaches over a side of it, is astride. Where there is one way only to move all
values of the table, or else of the row, sideways by one distance so that each has a cell of its own, they are moved;
where there is none, or more than one, nobody knows whose value that is: the rule through it stays in its text, and where
several of a row are astride, in all of its cells. The same goes for values on the rule between two rows, and for a row whose
values are all off the middle of their cells by one distance.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import groupby, takewhile
from statistics import median
from typing import NamedTuple

from parsers.documents.lines import Line, Word, runs, visual_lines
from parsers.documents.printed import Char
from parsers.documents.stream import is_value

_ASTRIDE = 0.1  # of a value's width, over the side of its cell
_SLIPPED = 0.2  # of its height, over the top or the bottom of it
_OFF = 0.2  # of a cell's width, from its middle to that of a value
_ONE_PLACE = 1.5  # points within which values are aligned
_FEWEST_OFF = 3
_APART = 0.8  # of its size, between a label and a number in its cell that is no part of it
_TOUCHING = 0.1  # of its height: a value in its own cell reaches no further over the side
_IN_DOUBT = 3  # one of so many values astride: the others may be in a wrong cell too
_STEP = 1.5  # points
_FARTHEST = 60.0  # points that a value stands aside
_RULE = "│"
_MOST_WORK = 250_000  # cells times characters; those of a statutory table are 200 and 600


class Box(NamedTuple):
    """A cell's sides."""

    x0: float
    x1: float
    top: float
    bottom: float


Placed = tuple[Sequence[Char], Box]  # a number, or else one character, and the cell in which its centre is


class _Value(NamedTuple):
    """A value, and the cells at its height, from left to right."""

    word: Word
    level: Sequence[Box]

    @property
    def home(self) -> Box:
        """The cell in which its centre is, or the one nearest to it."""
        return next((box for box in self.level if self.word.centre <= box.x1), self.level[-1])

    @property
    def is_astride(self) -> bool:
        """Whether it reaches out of that at a side, in which there is room for it."""
        return _reaches_out(self.word.x0, self.word.x1, self.home.x0, self.home.x1, _ASTRIDE)

    @property
    def has_slipped(self) -> bool:
        """Whether it reaches out of that at the top or the bottom."""
        return _reaches_out(self.word.top, self.word.bottom, self.home.top, self.home.bottom, _SLIPPED)


class _Way(NamedTuple):
    """The cells of values, and the distance that moves them there."""

    cells: tuple[Box, ...]
    aside: float


def _are_displaced(placed: Sequence[Placed]) -> bool:
    """Whether some number reaches out of its cell, or stands in that of a label, far behind it, or a row is off."""
    rows: defaultdict[tuple[float, float], list[_Value]] = defaultdict(list)
    ends: dict[Box, float] = {}
    for run, box in placed:
        if run[0].text.isdigit():
            rows[_height(box)].append(_Value(_number(run), (box,)))
        elif not run[0].text.isspace() and run[0].x1 > ends.get(box, 0.0):
            ends[box] = run[0].x1
    return any(_are_off(row) or any(_is_displaced(value, ends) for value in row) for row in rows.values())


def _is_displaced(value: _Value, ends: Mapping[Box, float]) -> bool:
    behind = value.word.x0 - ends.get(value.home, value.word.x0)
    return value.is_astride or value.has_slipped or behind > _APART * (value.word.bottom - value.word.top)


def _number(run: Sequence[Char]) -> Word:
    return Word(run[0].text, run[0].x0, run[-1].x1, run[0].top, run[0].bottom)


def _reaches_out(start: float, end: float, low: float, high: float, share: float) -> bool:
    over = share * (end - start)
    return end - start <= high - low and (start < low - over or end > high + over)


def _are_off(row: Sequence[_Value]) -> bool:
    """Whether all values of a row stand far aside of the middle of their cells, by one distance, though their lengths differ:
    so they are aligned at neither side."""
    if len(row) < _FEWEST_OFF:
        return False
    left, right = zip(
        *((word.x0 - box.x0, word.x1 - box.x1) for word, box in ((value.word, value.home) for value in row)),
        strict=True,
    )
    middle = [(one + other) / 2 for one, other in zip(left, right, strict=True)]
    aside = min(map(abs, middle)) / min(value.home.x1 - value.home.x0 for value in row)
    return aside > _OFF and _spread(middle) < _ONE_PLACE < min(_spread(left), _spread(right))


def _stand_apart(rows: Sequence[Sequence[_Value]]) -> bool:
    """Whether some rows are moved aside and others are not."""
    asides = [[value.word.centre - sum(value.home[:2]) / 2 for value in row] for row in rows if row]
    return _spread(list(map(median, asides))) > 2 * _ONE_PLACE


def _spread(places: Sequence[float]) -> float:
    return max(places) - min(places)


def put_back_values(boxes: Collection[Box], placed: Sequence[Placed]) -> dict[Char, tuple[Char, ...]]:
    """What stands instead of the characters of displaced values, in the cells to which they belong."""
    chars = [char for run, _ in placed for char in run]
    if len(boxes) * len(chars) > _MOST_WORK or not _are_displaced(placed):
        return {}
    rows: list[list[_Value]] = []
    owner: dict[Char, _Value] = {}
    for line in visual_lines(chars, 0):
        level = _level(boxes, line)
        rows.append([_Value(word, level) for word in line.words if level and is_value(word.text)])
        near = [char for char in chars if line.top <= char.middle <= line.bottom]
        owner |= {char: value for value in rows[-1] for char in near if _holds(value.word, char)}
    texts = [char for char in chars if char not in owner and not (char.text.isspace() or char.text.isdigit())]
    labelled = _labelled(boxes, texts)
    values = [value for row in rows for value in row]
    if any(fallen := [_has_fallen(value, texts) for value in values]):
        return _with_rule(
            owner, [v for v, down in zip(values, fallen, strict=True) if down or v.is_astride], boxes
        )
    off = [row for row in rows if _are_off(row)]
    if not (off and _stand_apart(rows)) and (way := _only_way(values, labelled)):
        cells = dict(zip(values, way.cells, strict=True))
        return _moved(owner, cells) | _out_of_labels(boxes, chars, owner, labelled, way)
    moved: dict[Char, tuple[Char, ...]] = {}
    for row in rows:
        astride = [value for value in row if row in off or value.is_astride]
        if astride and (way := _only_way(row, labelled)):
            moved |= _moved(owner, dict(zip(row, way.cells, strict=True)))
        elif len(astride) > 1 and _IN_DOUBT * len(astride) >= len(row):
            moved |= _with_rule(owner, row, row[0].level, set(row[0].level) - labelled)
        elif astride:
            moved |= _with_rule(owner, astride, astride[0].level)
    return moved


def _has_fallen(value: _Value, texts: Sequence[Char]) -> bool:
    """Whether a value is printed on the rule between two rows, and not beside a line of its label, printed there too."""
    home = value.home
    level = [char.middle for char in texts if home.top < char.middle < home.bottom]
    half = (value.word.bottom - value.word.top) / 2
    return value.has_slipped and not any(abs(middle - value.word.middle) < half for middle in level)


def _level(boxes: Collection[Box], printed: Line | Word) -> tuple[Box, ...]:
    return tuple(sorted(box for box in boxes if box.top <= printed.middle <= box.bottom))


def _labelled(boxes: Collection[Box], texts: Sequence[Char]) -> set[Box]:
    """The cells that print anything but values."""
    labelled: set[Box] = set()
    for (top, bottom), level in groupby(sorted(boxes, key=_height), key=_height):
        centres = [char.centre for char in texts if top < char.middle < bottom]
        labelled |= {box for box in level if any(box.x0 < centre < box.x1 for centre in centres)}
    return labelled


def _height(box: Box) -> tuple[float, float]:
    return box.top, box.bottom


def _only_way(values: Sequence[_Value], labelled: set[Box]) -> _Way | None:
    """How all values are moved by one distance; None where that is impossible, or not the only way."""
    steps: dict[tuple[Box, ...], list[float]] = {}
    reach = round(min([_FARTHEST, *(value.home.x1 - value.home.x0 for value in values)]) / _STEP)
    for step in range(-reach, reach + 1):
        cells = (_cell(value, labelled, step * _STEP) for value in values)
        own = tuple(cell for cell in takewhile(bool, cells) if cell)
        if len(set(own)) == len(values):
            steps.setdefault(own, []).append(step * _STEP)
    if len(steps) != 1:
        return None
    ((own, asides),) = steps.items()
    return _Way(own, asides[len(asides) // 2])


def _cell(value: _Value, labelled: set[Box], aside: float) -> Box | None:
    """The cell without a label into which this moves a value, if it does not reach out of it."""
    x0, x1 = value.word.x0 + aside, value.word.x1 + aside
    box = next((box for box in value.level if box.x0 <= (x0 + x1) / 2 <= box.x1), None)
    if box is None or box in labelled:
        return None
    touching = _TOUCHING * (value.word.bottom - value.word.top)
    too_wide = x1 - x0 > box.x1 - box.x0
    return box if too_wide or (box.x0 - touching <= x0 and x1 <= box.x1 + touching) else None


def _out_of_labels(
    boxes: Collection[Box], chars: Sequence[Char], owner: Mapping[Char, _Value], labelled: set[Box], way: _Way
) -> dict[Char, tuple[Char, ...]]:
    """The numbers printed into labels which the same way moves into cells that have none yet, below those of others."""
    columns = {cell.x0 for cell in way.cells}
    moved: dict[Char, tuple[Char, ...]] = {}
    for run in runs(chars):
        if run[0].text.isdigit() and run[0] not in owner:
            value = _Value(word := _number(run), _level(boxes, word))
            cell = _cell(value, labelled, way.aside)
            if cell and cell.x0 in columns and cell not in way.cells:
                moved |= _moved(dict.fromkeys(run, value), {value: cell})
    return moved


def _moved(owner: Mapping[Char, _Value], cells: Mapping[_Value, Box]) -> dict[Char, tuple[Char, ...]]:
    """The characters of values in the middle of their cells."""
    moved: dict[Char, tuple[Char, ...]] = {}
    for char, value in owner.items():
        if box := cells.get(value):
            aside = (box.x0 + box.x1) / 2 - value.word.centre
            moved[char] = (replace(char, x0=char.x0 + aside, x1=char.x1 + aside),)
    return moved


def _with_rule(
    owner: Mapping[Char, _Value],
    values: Sequence[_Value],
    boxes: Collection[Box],
    doubtful: AbstractSet[Box] = frozenset(),
) -> dict[Char, tuple[Char, ...]]:
    """The characters of values in the middle of the cells nearest to them, a rule in all cells that may be theirs."""
    moved = _moved(owner, {value: value.home for value in values})
    ruled: set[Box] = set()
    for value, last in {owner[char]: char for char in moved}.items():
        near = {box for box in boxes if _reaches_into(value.word, box)}
        for cell in (near | {value.home} | doubtful) - ruled:
            place = cell.x1 - 1, cell.x1 - 1, (cell.top + cell.bottom) / 2, (cell.top + cell.bottom) / 2
            moved[last] += (Char(_RULE, *place),)
            ruled.add(cell)
    return moved


def _reaches_into(word: Word, box: Box) -> bool:
    touching = _ASTRIDE * (word.bottom - word.top)
    beside = box.x0 < word.x1 and word.x0 < box.x1
    return beside and box.top < word.bottom - touching and word.top + touching < box.bottom


def _holds(word: Word, char: Char) -> bool:
    return word.top <= char.middle <= word.bottom and word.x0 <= char.centre <= word.x1
