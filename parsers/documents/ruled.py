"""Rules and characters of a printed page → tables, merged cells included."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from parsers.blocks import Grid
from parsers.documents.displaced import Box, put_back_values
from parsers.documents.lines import cell_text, runs, values_apart
from parsers.documents.overhanging import put_back_labels
from parsers.documents.printed import PICTURE, Char, PrintedPage, Rule

MOST_RULES = 400  # of one direction on one page; the 25 rows of a statutory table have about 60
_SAME_LINE = 1.0  # points
_SNAP = 3.5  # points within which two rules are one: the two sides of a double one
_REACH = 4.0  # points that a rule may fall short of the one it meets
_OVER = 0.3  # of a character's size, between the end of a table and what it prints there


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and the lines of the lattice between which it stands: columns [x0, x1), rows [y0, y1)."""

    x0: int
    x1: int
    y0: int
    y1: int
    text: str


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table as ruled on one page, or joined from several."""

    xs: tuple[float, ...]
    top: float
    bottom: float
    height: int  # rows of the lattice
    cells: tuple[Cell, ...]
    crowded: bool = False  # its rules leave several rows, or several columns, in one
    beside: frozenset[Char] = frozenset()  # values of its cells that are printed beside it

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.xs[0]

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.xs[-1]


@dataclass(frozen=True, slots=True)
class _Lattice:
    xs: list[float]
    ys: list[float]
    vertical: list[Rule]
    horizontal: list[Rule]


def ruled_tables(page: PrintedPage) -> list[RuledTable]:
    """The tables of one page, from top to bottom, single boxes among them."""
    rules = page.rules
    vertical = _merged((rule for rule in rules if not rule.horizontal), _SAME_LINE)
    horizontal = _merged((rule for rule in rules if rule.horizontal), _SAME_LINE)
    if len(vertical) > MOST_RULES or len(horizontal) > MOST_RULES:
        return []
    tables = [_table(lattice, page.chars, page.pictures) for lattice in _lattices(vertical, horizontal)]
    return sorted(tables, key=lambda table: table.top)


def grid(table: RuledTable) -> Grid:
    """The rectangle: a merged cell's text in every place that it covers."""
    rows = [[""] * (len(table.xs) - 1) for _ in range(table.height)]
    copies, hanging = set(), set()
    for cell in table.cells:
        for y in range(cell.y0, cell.y1):
            for x in range(cell.x0, cell.x1):
                rows[y][x] = cell.text
                copies.add((y, x))
                if y > cell.y0:
                    hanging.add((y, x))
        copies.discard((cell.y0, cell.x0))
    return Grid(rows=tuple(map(tuple, rows)), copies=frozenset(copies), hanging=frozenset(hanging))


# Rules → lattices


def _merged(rules: Iterable[Rule], snap: float = _SNAP) -> list[Rule]:
    """Rules at one place as one: borders drawn twice, dashes, a border drawn anew in each cell."""
    by_place: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        last = by_place[-1] if by_place else [rule]
        if by_place and rule.at - last[-1].at <= snap and rule.at - last[0].at <= 2 * snap:
            by_place[-1].append(rule)
        else:
            by_place.append([rule])
    merged: list[Rule] = []
    for group in by_place:
        at = sum(rule.at for rule in group) / len(group)
        spans: list[list[float]] = []
        for rule in sorted(group, key=lambda rule: rule.start):
            if spans and rule.start - spans[-1][1] <= _REACH:
                spans[-1][1] = max(spans[-1][1], rule.end)
            else:
                spans.append([rule.start, rule.end])
        merged.extend(
            Rule(group[0].horizontal, at, start, end) for start, end in spans if end - start > _REACH
        )
    return merged


def _lattices(vertical: Sequence[Rule], horizontal: Sequence[Rule]) -> list[_Lattice]:
    """Rules that meet each other, directly or through others, are one table's."""
    family = list(range(len(vertical) + len(horizontal)))
    for v, upright in enumerate(vertical):
        for h, level in enumerate(horizontal, start=len(vertical)):
            if _meet(upright, level):
                _unite(family, v, h)
    groups: defaultdict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for member, rule in enumerate((*vertical, *horizontal)):
        groups[_root(family, member)][rule.horizontal].append(rule)
    lattices = []
    for uprights, levels in groups.values():
        merged, crossing = _merged(uprights), _merged(levels)
        xs, ys = _places(merged, crossing), _places(crossing, merged)
        if len(xs) > 1 and len(ys) > 1:
            lattices.append(_Lattice(xs, ys, merged, crossing))
    return lattices


def _meet(upright: Rule, level: Rule) -> bool:
    return (
        level.start - _REACH <= upright.at <= level.end + _REACH
        and upright.start - _REACH <= level.at <= upright.end + _REACH
    )


def _places(rules: Sequence[Rule], crossing: Sequence[Rule]) -> list[float]:
    """Where the rules of one direction stand; a side that is left open ends where the crossing rules end."""
    if not rules or not crossing:
        return []
    places: list[float] = []
    for place in sorted({rule.at for rule in rules}):
        if not places or place - places[-1] > _SNAP:
            places.append(place)
    first, last = min(rule.start for rule in crossing), max(rule.end for rule in crossing)
    if first < places[0] - 2 * _REACH:
        places.insert(0, first)
    if last > places[-1] + 2 * _REACH:
        places.append(last)
    return places


# Lattice → cells


def _table(lattice: _Lattice, chars: Sequence[Char], pictures: Sequence[Char]) -> RuledTable:
    xs, ys = lattice.xs, lattice.ys
    ys[-1] = max(
        [ys[-1], *(char.bottom for char in chars if char.bottom > ys[-1] and _hangs_over(char, lattice))]
    )
    spans = _spans(lattice)
    texts, beside = _texts(chars, lattice, spans)
    # a line of the lattice at which no cell begins divides nothing
    rows = sorted({y0 for _, _, y0, _ in spans})
    row_of = {y: bisect_right(rows, y) - 1 for y in range(len(ys))}
    cells, values = [], list[tuple[int, int]]()
    for x0, x1, y0, y1 in spans:
        inside = [char for y in range(y0, y1) for x in range(x0, x1) for char in texts.get((x, y), ())]
        end = len(rows) if y1 == len(ys) - 1 else row_of[y1]
        width = xs[x1] - xs[x0]
        text = cell_text(inside, width)
        if not text and any(
            xs[x0] < one.x0 and one.x1 < xs[x1] and ys[y0] < one.middle < ys[y1] for one in pictures
        ):
            text = PICTURE  # perhaps of a figure
        cells.append(Cell(x0, x1, row_of[y0], end, text))
        values.append((y0, values_apart(inside, width)))
    return RuledTable(tuple(xs), ys[0], ys[-1], len(rows), tuple(cells), _is_crowded(values), beside)


def _hangs_over(char: Char, lattice: _Lattice) -> bool:
    """Whether a character stands where a table ends and no rule closes its cell: at the page's foot browsers end the
    rules in the midst of a label."""
    end = lattice.ys[-1]
    if char.top - _OVER * char.size >= end or not lattice.xs[0] < char.centre < lattice.xs[-1]:
        return False
    return not any(
        abs(rule.at - end) <= _SNAP and rule.start <= char.centre <= rule.end for rule in lattice.horizontal
    )


def _texts(
    chars: Sequence[Char], lattice: _Lattice, spans: Sequence[tuple[int, int, int, int]]
) -> tuple[dict[tuple[int, int], list[Char]], frozenset[Char]]:
    """The characters by the place of the lattice to which they belong, and those among them that are printed beside
    the table."""
    xs, ys = lattice.xs, lattice.ys
    left, right = 2 * xs[0] - xs[1], 2 * xs[-1] - xs[-2]  # as far as the column at either side is wide
    near = [char for char in chars if ys[0] <= char.middle <= ys[-1] and left < char.x0 and char.x1 < right]
    boxes = {
        (x, y): Box(xs[x0], xs[x1], ys[y0], ys[y1])
        for x0, x1, y0, y1 in spans
        for y in range(y0, y1)
        for x in range(x0, x1)
    }
    beside: set[Char] = set()
    placed = _placed(near, xs, ys)
    for put_back in (put_back_labels, partial(put_back_values, frozenset(boxes.values()))):
        if moved := put_back([(run, boxes[place]) for run, place in placed]):
            beside |= {char for char in moved if not xs[0] <= char.x0 <= xs[-1]}
            near = [new for char in near for new in moved.get(char, (char,))]
            placed = _placed(near, xs, ys)
    places: defaultdict[tuple[int, int], list[Char]] = defaultdict(list)
    for run, place in placed:
        if run[0].x0 < xs[-1] and run[-1].x1 > xs[0]:
            places[place].extend(run)
    return places, frozenset(beside)


def _placed(
    chars: Sequence[Char], xs: Sequence[float], ys: Sequence[float]
) -> list[tuple[list[Char], tuple[int, int]]]:
    """Characters and the place of the lattice nearest to their centre; a number stays whole when it is too wide."""
    return [
        (
            run,
            (
                bisect_right(xs, (run[0].x0 + run[-1].x1) / 2, 1, len(xs) - 1) - 1,
                bisect_right(ys, run[0].middle, 1, len(ys) - 1) - 1,
            ),
        )
        for run in runs(chars)
    ]


def _is_crowded(values: Sequence[tuple[int, int]]) -> bool:
    """Whether some cell, of which the row and the count of its values are given, prints three or more values, or two
    cells of one row print two."""
    several = Counter(row for row, count in values if count > 1)
    return any(count > 2 for _, count in values) or any(cells > 1 for cells in several.values())


def _spans(lattice: _Lattice) -> list[tuple[int, int, int, int]]:
    """The cells as (x0, x1, y0, y1): places of the lattice between which no rule stands are one cell."""
    width, height = len(lattice.xs) - 1, len(lattice.ys) - 1
    family = list(range(width * height))
    walls, floors = (
        [[rule for rule in rules if abs(rule.at - line) <= _SNAP] for line in lines]
        for rules, lines in ((lattice.vertical, lattice.xs), (lattice.horizontal, lattice.ys))
    )
    for place in range(width * height):
        y, x = divmod(place, width)
        if x and not _covered(walls[x], lattice.ys[y], lattice.ys[y + 1]):
            _unite(family, place - 1, place)
        if y and not _covered(floors[y], lattice.xs[x], lattice.xs[x + 1]):
            _unite(family, place - width, place)
    members: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for place in range(width * height):
        members[_root(family, place)].append((place % width, place // width))
    spans = []
    for places in members.values():
        x0, x1 = min(x for x, _ in places), max(x for x, _ in places) + 1
        y0, y1 = min(y for _, y in places), max(y for _, y in places) + 1
        if (x1 - x0) * (y1 - y0) == len(places):
            spans.append((x0, x1, y0, y1))
        else:  # no rectangle: a rule is missing somewhere, so nothing is known to be merged
            spans.extend((x, x + 1, y, y + 1) for x, y in places)
    return sorted(spans, key=lambda span: (span[2], span[0]))


def _covered(walls: Sequence[Rule], start: float, end: float) -> bool:
    middle = (start + end) / 2
    return any(rule.start <= middle <= rule.end for rule in walls)


def _root(family: list[int], member: int) -> int:
    while family[member] != member:
        family[member] = family[family[member]]
        member = family[member]
    return member


def _unite(family: list[int], one: int, other: int) -> None:
    family[_root(family, one)] = _root(family, other)
