"""Cells merged, and spans that are wrong."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.writing.damage.kinds import Rows, Unfit, damage
from tests.writing.damage.places import number_cell, numbers_in, rows_of_numbers
from tests.writing.forms import Key
from tests.writing.markup import Cell
from tests.writing.tables import has_numbers
from tests.writing.truth import Value


def _merge(rows: Rows, rng: Random, join: Callable[[str, str], str]) -> None:
    row = rows[rng.choice(rows_of_numbers(rows, 2))]
    x = number_cell(row, rng, 1)
    first, second = row[x : x + 2]
    if not (numbers_in(first.text) and numbers_in(second.text)):
        raise Unfit  # a merged blank is blank in both columns
    row[x : x + 2] = [Cell(join(first.text, second.text), first.colspan + second.colspan)]


@damage
def two_numbers_merged_and_both_printed(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    _merge(rows, rng, lambda first, second: f"{first} {second}")


@damage
def two_numbers_merged_into_one(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    """Nobody knows whether it stands for the first, the second or both."""
    _merge(rows, rng, lambda first, second: first)


@damage
def two_numbers_in_one_cell(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    """Without a span: the row is a cell short."""
    _merge(rows, rng, lambda first, second: f"{first} {second}")
    for row in rows:
        row[:] = [
            replace(c, colspan=1) if not c.key and " " in c.text and has_numbers(tuple(row)) else c
            for c in row
        ]


@damage
def numbers_of_two_rows_merged(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    y = rng.choice(rows_of_numbers(rows))
    if y + 1 not in rows_of_numbers(rows):
        raise Unfit
    upper, lower = ([x for x, cell in enumerate(row) if cell.key] for row in rows[y : y + 2])
    if len(upper) != len(lower):
        raise Unfit
    place = rng.randrange(len(upper))
    if not numbers_in(rows[y][upper[place]].text):
        raise Unfit
    rows[y][upper[place]] = replace(rows[y][upper[place]], rowspan=2, key=None)
    del rows[y + 1][lower[place]]


@damage
def label_and_number_merged(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(rows_of_numbers(rows))]
    x = next((x for x in range(1, len(row)) if row[x].key and not row[x - 1].key), 0)
    if not x or not row[x - 1].text:
        raise Unfit
    label, number = row[x - 1 : x + 1]
    row[x - 1 : x + 1] = [
        replace(label, text=f"{label.text} {number.text}", colspan=label.colspan + number.colspan)
    ]


@damage
def a_row_in_one_cell(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(rows_of_numbers(rows, 2))]
    first = next(x for x, cell in enumerate(row) if cell.key)
    texts = " ".join(cell.text for cell in row[first:])
    row[first:] = [Cell(texts, sum(cell.colspan for cell in row[first:]))]


def _span(rows: Rows, rng: Random, of: Callable[[Cell], bool], down: int, across: int) -> None:
    found = [(y, x) for y, row in enumerate(rows) for x, cell in enumerate(row) if of(cell)]
    if not found:
        raise Unfit
    y, x = rng.choice(found)
    cell = rows[y][x]
    rows[y][x] = replace(cell, rowspan=max(1, cell.rowspan + down), colspan=max(1, cell.colspan + across))


@damage
def a_label_that_spans_too_many_rows(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    _span(rows, rng, lambda cell: not cell.key, rng.choice((1, 1, 2, 5)), 0)


@damage
def a_label_that_spans_too_few_rows(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    _span(rows, rng, lambda cell: not cell.key and cell.rowspan > 1, rng.choice((-1, -1, -2, -9)), 0)


@damage
def a_label_that_spans_too_many_columns(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    _span(rows, rng, lambda cell: not cell.key, 0, rng.choice((1, 1, 2)))


@damage
def a_label_that_spans_too_few_columns(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    _span(rows, rng, lambda cell: not cell.key and cell.colspan > 1, 0, rng.choice((-1, -1, -2, -9)))


@damage
def a_number_that_spans_too_many_rows(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    """The numbers of the row below are pushed to the right."""
    _span(rows, rng, lambda cell: bool(cell.key), 1, 0)


@damage
def a_number_that_spans_too_many_columns(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    _span(rows, rng, lambda cell: bool(cell.key), 0, 1)


@damage
def all_spans_lost(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    rows[:] = [[replace(cell, rowspan=1, colspan=1) for cell in row] for row in rows]


@damage
def all_rowspans_lost(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    rows[:] = [[replace(cell, rowspan=1) for cell in row] for row in rows]
