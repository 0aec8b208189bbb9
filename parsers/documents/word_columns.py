"""Values printed without rules → the columns under whose labels they stand.

As many values as columns are read in order, where they stand below their labels, or all of a table's stand to the same
side of them. Fewer values are placed one by one, each aligned with a column's other values, or below one label. Nothing
else is certain: a column may have lost its label, or a value its place.
"""

import re
from collections.abc import Callable, Sequence
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from parsers.documents.lines import Word
from parsers.form_terms import is_only_column

FEWEST_ASIDE = 6  # values beside their labels that a table must have, all of them on one side
MOSTLY = 0.8  # of a column's values are aligned with each other
_ALIGNED = 0.35  # of a value's height
_COLLIDED = re.compile(r"0\d")  # two numbers, one printed into the other


class Row(NamedTuple):
    """The values of one row, and the labels beside them, the outer ones first."""

    values: Sequence[Word]
    labels: tuple[Word, ...]


class Head(NamedTuple):
    """The labels of columns, from left to right, and the rows below them."""

    columns: Sequence[Word]
    rows: Sequence[Row]


# an edge or the middle of words → where the columns have it
Anchors = list[tuple[Callable[[Word], float], list[float | None]]]


def place_values(heads: Sequence[Head], is_scan: bool = False) -> list[list[list[str] | None]]:
    """For each head of one table, and each row below it, a cell for each column; None where that is not certain."""
    aside = _agreed_side(heads)
    return [
        [
            None if is_scan and len(row.values) < len(head.columns) else _cells(head, row, aside, anchors)
            for row in head.rows
        ]
        for head in heads
        for anchors in [
            _anchors(_placed([one for one in heads if _has_same_columns(head, one)], aside), head)
        ]
    ]


def _has_same_columns(head: Head, other: Head) -> bool:
    return len(head.columns) == len(other.columns) and all(
        one.x0 < two.x1 and one.x1 > two.x0 for one, two in zip(head.columns, other.columns, strict=True)
    )


def _placed(heads: Sequence[Head], aside: str) -> list[tuple[int, Word]]:
    """The values whose columns tell how columns are aligned: of rows that have one for each; else those below labels."""
    full = [values for head in heads for values in _full(head, aside)]
    if full:
        return [pair for values in full for pair in enumerate(values)]
    return [
        pair
        for head in heads
        if _is_complete(head)
        for row in head.rows
        if (places := _below(row.values, head.columns))
        for pair in zip(places, row.values, strict=True)
    ]


def _cells(head: Head, row: Row, aside: str, anchors: Anchors) -> list[str] | None:
    columns, values = head.columns, row.values
    if not _is_complete(head) or any(_COLLIDED.match(value.text) for value in values):
        return None
    if any(label.x1 > min(columns[0].x0, values[0].x0) for label in row.labels):
        return None
    side = _side(values, columns) if len(values) == len(columns) else ""
    if side == "below" or (len(columns) == len(values) == 1 and is_only_column(columns[0].text)):
        return [value.text for value in values]
    if side not in ("", aside):
        return None
    places = _aligned(values, anchors)
    if places is None:
        return None
    cells = [""] * len(columns)
    for place, value in zip(places, values, strict=True):
        cells[place] = value.text
    return cells


def _is_complete(head: Head) -> bool:
    """Whether no row has more values than there are columns: else a label is missing, whatever the others look like."""
    return bool(head.columns) and all(len(row.values) <= len(head.columns) for row in head.rows)


def _full(head: Head, aside: str) -> list[Sequence[Word]]:
    return [
        row.values
        for row in head.rows
        if len(row.values) == len(head.columns)
        and _is_complete(head)
        and _side(row.values, head.columns) in ("below", aside)
    ]


def _side(values: Sequence[Word], columns: Sequence[Word]) -> str:
    """Where the values stand that are as many as the columns: below their labels, or each before or after its own."""
    under = [
        value.x0 < column.x1 and value.x1 > column.x0 for value, column in zip(values, columns, strict=True)
    ]
    if all(under):
        return "below"
    apart = max(value.bottom - value.top for value in values) / 2  # less is no side
    labels, middles = [column.centre for column in columns], [value.centre for value in values]
    for side, first, second in (("after", labels, middles), ("before", middles, labels)):
        beside = all(
            below or one + apart < other for one, other, below in zip(first, second, under, strict=True)
        )
        if beside and all(one < other for one, other in zip(second, first[1:], strict=False)):
            return side
    return "mixed"


def _agreed_side(heads: Sequence[Head]) -> str:
    """The side of their labels on which all values of the table stand that are not below them; "" for none."""
    counts = {"below": 0, "after": 0, "before": 0, "mixed": 0}
    for head in heads:
        for row in head.rows:
            if len(row.values) == len(head.columns):
                counts[_side(row.values, head.columns)] += len(row.values)
    after, before = counts["after"], counts["before"]
    if (after and before) or max(after, before) < FEWEST_ASIDE:
        return ""
    return "after" if after else "before"


def _anchors(placed: Sequence[tuple[int, Word]], head: Head) -> Anchors:
    """How the columns' values are aligned, and where: by their left ends, their middles or their right ends."""
    anchors: Anchors = []
    for edge in (attrgetter("x0"), attrgetter("centre"), attrgetter("x1")):
        found = [[edge(value) for at, value in placed if at == column] for column in range(len(head.columns))]
        places: list[float | None] = [median(ones) if ones else None for ones in found]
        aligned = [_is_at(places[at], edge(value), value) for at, value in placed]
        if aligned and sum(aligned) >= MOSTLY * len(aligned):
            anchors.append((edge, places))
    return anchors


def _aligned(values: Sequence[Word], anchors: Anchors) -> list[int] | None:
    """The columns with which these values are aligned, all of them in the same way; None when that is not one each."""
    for edge, places in anchors:
        found = [
            [at for at, place in enumerate(places) if _is_at(place, edge(value), value)] for value in values
        ]
        if all(len(ats) == 1 for ats in found) and len({ats[0] for ats in found}) == len(found):
            return [ats[0] for ats in found]
    return None


def _is_at(place: float | None, edge: float, value: Word) -> bool:
    return place is not None and abs(edge - place) <= _ALIGNED * (value.bottom - value.top)


def _below(values: Sequence[Word], columns: Sequence[Word]) -> list[int] | None:
    """The columns whose labels reach over these values, all of them to the same side or neither: two texts that overlap
    stand in one column, since each stands in its own cell. None where a value is below no label, or two, or two below one."""
    places: list[int] = []
    for value in values:
        found = [at for at, column in enumerate(columns) if value.x0 < column.x1 and value.x1 > column.x0]
        if len(found) != 1 or found[0] in places:
            return None
        places.append(found[0])
    asides = [value.centre - columns[at].centre for at, value in zip(places, values, strict=True)]
    apart = max((value.bottom - value.top for value in values), default=0.0) / 2  # less is no side
    return places if min(asides, default=0.0) >= -apart or max(asides, default=0.0) <= apart else None
