"""Charts as SVG text: bars and lines over the years, drawn in the server, readable without colour and without a mouse.

Every chart stands beside a table of the same figures; here hovering or reading on gives each value in words. A value of
None is a gap, never a zero. No function here knows what the figures mean.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

Value = int | float | None
Series = tuple[str, Sequence[Value]]  # name, one value for each column

# Dark enough for white paper, told apart also by those who see no red or green (after Okabe and Ito).
COLOURS = ("#0b5fa5", "#d55e00", "#007a5a", "#a3478a", "#8a6d00", "#4a4a4a", "#2f9ec4", "#9a1f1f")
DASHES = ("", "7 3", "2 3", "9 3 2 3", "5 5", "1 4", "12 4", "3 1")
RIGHT, TOP, BOTTOM = 8, 22, 30  # margins: a bar's sum stands above it, the names of the columns below
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Paper:
    """What a chart is drawn on, in its own units: one that is shown small has few, so that its words stay legible."""

    width: int
    height: int
    left: int  # margin for the numbers of the axis

    def x(self, columns: Sequence[str], place: int) -> float:
        """The middle of a column."""
        return self.left + self.step(columns) * (place + 0.5)

    def y(self, value: float, top: float) -> float:
        return self.height - BOTTOM - (self.height - TOP - BOTTOM) * value / top

    def step(self, columns: Sequence[str]) -> float:
        """The width of a column."""
        return (self.width - self.left - RIGHT) / len(columns)


WIDE = Paper(640, 300, 64)
SMALL = Paper(400, 200, 44)


def stacked_bars(title: str, columns: Sequence[str], series: Sequence[Series], paper: Paper = WIDE) -> str:
    """One bar for each column, built of the series from the bottom up, with its sum on top; "" without any column."""
    if not columns:
        return ""
    sums = [_sum(values[place] for _name, values in series) for place in range(len(columns))]
    top = _nice(max((value for value in sums if value is not None), default=0))
    return _svg(title, _stack(paper, columns, series, sums, top), _axes(paper, columns, top, ""), paper)


def lines(title: str, columns: Sequence[str], series: Sequence[Series], unit: str = "") -> str:
    """One line for each series; a gap where there is no value. `unit` is written behind each number: "%"."""
    if not columns:
        return ""
    top = _nice(max((value for _name, values in series for value in values if value is not None), default=0))
    drawn = (part for order, one in enumerate(series) for part in _line(columns, one, order, top, unit))
    return _svg(title, drawn, _axes(WIDE, columns, top, unit), WIDE)


def key(names: Sequence[str], dashed: bool = False) -> str:
    """The legend as HTML: the colour of each series, and for lines its dashes, in the order of the chart."""
    items = (
        f'<li><svg width="28" height="12" aria-hidden="true"><line x1="0" y1="6" x2="28" y2="6"'
        f' stroke="{COLOURS[order % len(COLOURS)]}" stroke-width="{3 if dashed else 12}"'
        f' stroke-dasharray="{DASHES[order % len(DASHES)] if dashed else ""}"/></svg> {escape(_short(name))}</li>'
        for order, name in enumerate(names)
    )
    return f'<ul class="chart-key">{"".join(items)}</ul>'


def number(value: Value) -> str:
    """
    >>> number(1234567), number(0), number(2.5), number(None)
    ('1,234,567', '0', '2.5', '–')
    """
    if value is None:
        return "–"
    return f"{value:,.1f}" if isinstance(value, float) and value != int(value) else f"{int(value):,}"


def _stack(
    paper: Paper, columns: Sequence[str], series: Sequence[Series], sums: Sequence[Value], top: float
) -> Iterator[str]:
    step = paper.step(columns)
    for place, column in enumerate(columns):
        x, below = paper.x(columns, place) - step * 0.35, 0.0
        for order, (name, values) in enumerate(series):
            value = values[place]
            if not value:
                continue
            y = paper.y(below + value, top)
            yield (
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{step * 0.7:.1f}" height="{paper.y(below, top) - y:.1f}"'
                f' fill="{COLOURS[order % len(COLOURS)]}" stroke="#fff" stroke-width="0.7">'
                f"<title>{escape(_short(name))}, {escape(_short(column))}: {number(value)}</title></rect>"
            )
            below += value
        if sums[place] is not None:
            yield _text(paper.x(columns, place), paper.y(below, top) - 5, number(sums[place]), "middle")


def _line(columns: Sequence[str], one: Series, order: int, top: float, unit: str) -> Iterator[str]:
    name, values = one
    colour = COLOURS[order % len(COLOURS)]
    path, drawing = "", False
    for place, value in enumerate(values):
        if value is not None:
            path += f"{'L' if drawing else 'M'}{WIDE.x(columns, place):.1f} {WIDE.y(value, top):.1f}"
        drawing = value is not None
    yield (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2.5"'
        f' stroke-dasharray="{DASHES[order % len(DASHES)]}"/>'
    )
    for place, value in enumerate(values):
        if value is not None:
            yield (
                f'<circle cx="{WIDE.x(columns, place):.1f}" cy="{WIDE.y(value, top):.1f}" r="4" fill="{colour}">'
                f"<title>{escape(_short(name))}, {escape(_short(columns[place]))}: {number(value)}{escape(unit)}</title></circle>"
            )


def _axes(paper: Paper, columns: Sequence[str], top: float, unit: str) -> Iterator[str]:
    for part in range(5):
        value = top * part / 4
        y = paper.y(value, top)
        yield f'<line x1="{paper.left}" x2="{paper.width - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#d0d0d0"/>'
        yield _text(paper.left - 6, y + 5, number(value) + unit, "end")
    every = math.ceil(40 / paper.step(columns))  # a year and a space
    for place, column in enumerate(columns):
        if place % every == 0:
            yield _text(paper.x(columns, place), paper.height - 8, _short(column), "middle")


def _svg(title: str, drawn: Iterator[str], axes: Iterator[str], paper: Paper) -> str:
    label = escape(_short(title), quote=True)
    return (
        f'<svg class="chart" role="img" aria-label="{label}" viewBox="0 0 {paper.width} {paper.height}"'
        f' xmlns="http://www.w3.org/2000/svg"><title>{label}</title>{"".join(axes)}{"".join(drawn)}</svg>'
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="14" text-anchor="{anchor}" fill="#222">{escape(text)}</text>'


def _nice(value: float) -> float:
    """The end of an axis that four steps divide into round numbers.

    >>> _nice(0), _nice(3), _nice(9), _nice(87), _nice(100), _nice(1300)
    (4, 4, 12, 100, 100, 1600)
    """
    if value <= 12:
        return next(end for end in (4, 8, 12) if end >= value)
    size = 10.0 ** math.floor(math.log10(value))
    return next(
        end for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10) if (end := round(size * step)) >= value
    )


def _sum(values: Iterator[Value]) -> Value:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"
