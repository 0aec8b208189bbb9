"""Cells and rows that are missing, or one too many."""

from dataclasses import replace
from random import Random

from tests.writing.damage.kinds import Rows, damage
from tests.writing.damage.places import head_rows, label_cell, number_cell, rows_of_numbers
from tests.writing.forms import Key
from tests.writing.markup import Cell
from tests.writing.tables import has_numbers
from tests.writing.truth import Value


@damage
def a_number_cell_dropped(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(rows_of_numbers(rows))]
    del row[number_cell(row, rng)]


@damage
def a_label_cell_dropped(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(rows_of_numbers(rows))]
    del row[label_cell(row, rng)]


@damage
def a_head_cell_dropped(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(head_rows(rows))]
    del row[label_cell(row, rng)]


@damage
def a_row_dropped(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    del rows[rng.choice(rows_of_numbers(rows))]


@damage
def a_head_row_dropped(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    del rows[rng.choice(head_rows(rows))]


@damage
def the_whole_head_dropped(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    rows[:] = [row for row in rows if has_numbers(tuple(row))]
    rows_of_numbers(rows)


@damage
def a_row_doubled(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    y = rng.choice(rows_of_numbers(rows))
    rows.insert(y, list(rows[y]))


@damage
def a_row_doubled_with_other_numbers(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    y = rng.choice(rows_of_numbers(rows))
    other = [replace(cell, text=str(rng.randint(10000, 99999))) if cell.key else cell for cell in rows[y]]
    rows.insert(y + rng.choice((0, 1)), other)


@damage
def a_number_cell_doubled(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(rows_of_numbers(rows))]
    x = number_cell(row, rng)
    row.insert(x, row[x])


@damage
def an_empty_cell_put_in(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(rows_of_numbers(rows))]
    row.insert(number_cell(row, rng), Cell(""))


@damage
def an_empty_cell_put_into_the_head(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(head_rows(rows))]
    row.insert(rng.randint(0, len(row)), Cell(""))


@damage
def a_dash_put_in(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(rows_of_numbers(rows))]
    row.insert(number_cell(row, rng), Cell("-"))


@damage
def an_empty_row_put_in(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    y = rng.choice(rows_of_numbers(rows))
    rows.insert(y, [Cell("") for _ in rows[y]])


@damage
def a_row_without_labels(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(rows_of_numbers(rows))]
    row[:] = [cell for cell in row if cell.key]
