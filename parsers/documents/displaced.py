"""Values printed beside their cells: the rules and the text of a page may come from two hands, one of them a little aside.

A value that has room in its cell, and yet reaches over a side of it, is astride. Where there is one way only to move all
values of the table, or else of the row, sideways by one distance so that each has a cell of its own, they are moved;
where there is none, or more than one, nobody knows whose value that is: the rule through it stays in its text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from parsers.documents.lines import Word, runs, visual_lines
from parsers.documents.pdf_page import Char, Printed
from parsers.documents.stream import is_value

_ASTRIDE = 0.1  # of a value's width, over the side of its cell
_TOUCHING = 0.1  # of its height: a value in its own cell reaches no further over the side
_STEP = 1.5  # points
_RULE = "│"
_MOST_WORK = 1_000_000  # cells times characters; a statutory table has 300 and 1,500


class Box(NamedTuple):
    """A cell's sides."""

    x0: float
    x1: float
    top: float
    bottom: float


class _Value(NamedTuple):
    """A value, and the cells at its height, from left to right."""

    word: Word
    level: Sequence[Box]

    @property
    def home(self) -> Box:
        """The cell in which its centre is, or the one nearest to it."""
        return next((box for box in self.level if _centre(self.word) <= box.x1), self.level[-1])

    @property
    def is_astride(self) -> bool:
        """Whether that may not be its own."""
        return is_astride(self.word.x0, self.word.x1, self.home)


class _Way(NamedTuple):
    """The cells of values, and the distance that moves them there."""

    cells: tuple[Box, ...]
    aside: float


def is_astride(x0: float, x1: float, box: Box) -> bool:
    """Whether a value that stands from x0 to x1 reaches out of this cell, in which there is room for it."""
    over = _ASTRIDE * (x1 - x0)
    return x1 - x0 <= box.x1 - box.x0 and (x0 < box.x0 - over or x1 > box.x1 + over)


def put_back(boxes: Sequence[Box], chars: Sequence[Char]) -> dict[Char, tuple[Char, ...]]:
    """What stands instead of the characters of displaced values, in the cells to which they belong."""
    if len(boxes) * len(chars) > _MOST_WORK:
        return {}
    rows = [
        [_Value(word, level) for word in line.words if is_value(word.text) and (level := _level(boxes, word))]
        for line in visual_lines(chars, 0)
    ]
    values = [value for row in rows for value in row]
    labelled = _labelled(values, chars)
    if way := _only_way(values, labelled):
        within = _within_labels(boxes, chars, values, labelled, way)
        return _moved([*zip(values, way.cells, strict=True), *within], chars)
    moved: dict[Char, tuple[Char, ...]] = {}
    for row in rows:
        astride = [value for value in row if value.is_astride]
        if astride and (way := _only_way(row, labelled)):
            moved |= _moved(list(zip(row, way.cells, strict=True)), chars)
        else:
            moved |= _with_rule(astride, chars)
    return moved


def _level(boxes: Sequence[Box], word: Word) -> tuple[Box, ...]:
    return tuple(sorted(box for box in boxes if box.top <= word.middle <= box.bottom))


def _labelled(values: Sequence[_Value], chars: Sequence[Char]) -> set[Box]:
    """The cells at the height of values that print anything else."""
    boxes = {box for value in values for box in value.level}
    others = [char for char in chars if not any(_holds(value.word, char) for value in values)]
    return {
        box
        for box in boxes
        if any(
            box.x0 < _centre(char) < box.x1 and box.top < char.middle < box.bottom
            for char in others
            if not char.text.isspace()
        )
    }


def _only_way(values: Sequence[_Value], labelled: set[Box]) -> _Way | None:
    """How all values are moved by one distance; None where that is impossible, or not the only way."""
    steps: dict[tuple[Box, ...], list[float]] = {}
    reach = round(min((value.home.x1 - value.home.x0 for value in values), default=0) / _STEP)
    for step in range(-reach, reach + 1):
        cells = [_cell(value, labelled, step * _STEP) for value in values]
        own = tuple(cell for cell in cells if cell is not None)
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


def _within_labels(
    boxes: Sequence[Box], chars: Sequence[Char], values: Sequence[_Value], labelled: set[Box], way: _Way
) -> Iterator[tuple[_Value, Box]]:
    """The numbers printed into labels which the same way moves into cells that have none yet, below those of others."""
    columns = {cell.x0 for cell in way.cells}
    for run in runs(chars):
        word = Word(run[0].text, run[0].x0, run[-1].x1, run[0].top, run[0].bottom)
        if word.text.isdigit() and not any(_holds(value.word, run[0]) for value in values):
            value = _Value(word, _level(boxes, word))
            cell = _cell(value, labelled, way.aside)
            if cell and cell.x0 in columns and cell not in way.cells:
                yield value, cell


def _moved(placed: Sequence[tuple[_Value, Box]], chars: Sequence[Char]) -> dict[Char, tuple[Char, ...]]:
    """The characters of values in the middle of their cells."""
    moved: dict[Char, tuple[Char, ...]] = {}
    for value, box in placed:
        aside = (box.x0 + box.x1) / 2 - _centre(value.word)
        for char in chars:
            if _holds(value.word, char):
                moved[char] = (replace(char, x0=char.x0 + aside, x1=char.x1 + aside),)
    return moved


def _with_rule(astride: Sequence[_Value], chars: Sequence[Char]) -> dict[Char, tuple[Char, ...]]:
    """The characters of values in the middle of the cells nearest to them, a rule in all cells that may be theirs."""
    moved = _moved([(value, value.home) for value in astride], chars)
    for value in astride:
        last = next(char for char in reversed(list(moved)) if _holds(value.word, char))
        cells = {box for box in value.level if box.x0 < value.word.x1 and value.word.x0 < box.x1}
        moved[last] += tuple(
            replace(last, text=_RULE, x0=cell.x1 - 1, x1=cell.x1 - 1) for cell in cells | {value.home}
        )
    return moved


def _holds(word: Word, char: Char) -> bool:
    return word.x0 <= _centre(char) <= word.x1 and word.top <= char.middle <= word.bottom


def _centre(printed: Printed) -> float:
    return (printed.x0 + printed.x1) / 2
