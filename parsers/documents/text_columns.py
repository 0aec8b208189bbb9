"""A text printed in two columns → its lines in the order in which they are read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.documents.lines import Line, visual_lines
from parsers.documents.printed import Char
from parsers.documents.stream import is_value

_FEWEST_LINES = 2  # of each column that fill it
_FEWEST_STOPS = 3  # commas and full stops in each: the words of a table have none
_MOST_WORDS = 3  # of a line of text, those of both columns; a table's have more
_STEP = 3.0  # points from one place that is tried to the next
_FILLED = 0.6  # of the column's width, by most of its lines


def gutter(lines: Sequence[Line]) -> float | None:
    """Where the empty strip between two columns of text is; None for a text in one column."""
    if not lines:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    place = left + 0.35 * (right - left)
    found: list[float] = []
    while place < left + 0.65 * (right - left):
        whole = [line for line in lines if not _crosses(line, place)]
        sides = (
            [w for line in whole for w in line.words if (w.x0 >= place) == after] for after in (False, True)
        )
        widths = (place - left, right - place)
        if all(
            sum(word.x1 - word.x0 > _FILLED * width for word in words) >= _FEWEST_LINES
            and sum(word.text.count(stop) for word in words for stop in "，。") >= _FEWEST_STOPS
            for words, width in zip(sides, widths, strict=True)
        ):
            found.append(place)
        place += _STEP
    return found[len(found) // 2] if found else None


def in_reading_order(chars: Sequence[Char], place: float, cuts: Sequence[float], page: int) -> Iterator[Line]:
    """The lines of one page: where none crosses the gutter, the left column's and then the right one's, which is moved
    to where the left one is. `cuts` are the heights at which tables interrupt the text."""
    run: list[Line] = []
    for line in visual_lines(chars, page):
        crosses = _crosses(line, place)
        if run and (crosses or any(run[-1].top < cut <= line.top for cut in cuts)):
            yield from _columns(chars, run, place, page)
            run = []
        if crosses:
            yield line
        else:
            run.append(line)
    if run:
        yield from _columns(chars, run, place, page)


def _crosses(line: Line, place: float) -> bool:
    """Whether a line is one from margin to margin: printed through the gutter, or a table's."""
    words = line.words
    return len(words) > _MOST_WORDS or any(word.x0 < place < word.x1 or is_value(word.text) for word in words)


def _columns(chars: Sequence[Char], run: Sequence[Line], place: float, page: int) -> Iterator[Line]:
    top, bottom = min(line.top for line in run), max(line.bottom for line in run)
    inside = [char for char in chars if top <= char.middle <= bottom]
    first = visual_lines([char for char in inside if char.x0 < place], page)
    second = visual_lines([char for char in inside if char.x0 >= place], page)
    yield from first
    aside = min((line.x0 for line in second), default=0.0) - min((line.x0 for line in first), default=0.0)
    yield from (replace(line, x0=line.x0 - aside, x1=line.x1 - aside) if first else line for line in second)
