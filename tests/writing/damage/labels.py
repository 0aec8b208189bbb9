"""Labels that are blank, cut, broken or moved."""

from dataclasses import replace
from random import Random

from tests.writing.damage.kinds import Rows, Unfit, damage
from tests.writing.damage.places import head_rows, label_cell, rows_of_numbers
from tests.writing.forms import Key
from tests.writing.markup import Cell
from tests.writing.truth import Value


@damage
def a_label_left_blank(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(rows_of_numbers(rows))]
    x = label_cell(row, rng)
    row[x] = replace(row[x], text="")


@damage
def a_head_label_left_blank(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(head_rows(rows))]
    x = label_cell(row, rng)
    row[x] = replace(row[x], text="")


@damage
def a_character_lost_in_a_label(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.randrange(len(rows))]
    x = label_cell(row, rng)
    place = rng.randrange(len(row[x].text))
    row[x] = replace(row[x], text=row[x].text[:place] + row[x].text[place + 1 :])


@damage
def a_label_cut_short(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.randrange(len(rows))]
    x = label_cell(row, rng)
    row[x] = replace(row[x], text=row[x].text[: rng.randint(1, len(row[x].text))])


@damage
def two_head_labels_in_one_cell(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    """审结总计: one cell over both columns, or over one with the others moved."""
    row = rows[rng.choice(head_rows(rows))]
    x = rng.randrange(len(row) - 1)
    first, second = row[x : x + 2]
    width = rng.choice((first.colspan + second.colspan, first.colspan))
    row[x : x + 2] = [replace(first, text=first.text + rng.choice(("", " ")) + second.text, colspan=width)]


@damage
def a_head_label_that_runs_into_the_next(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    """尚未 | 审结总计"""
    row = rows[rng.choice(head_rows(rows))]
    x = rng.randrange(len(row) - 1)
    cut = rng.randint(0, max(0, len(row[x].text) - 1))
    row[x + 1] = replace(row[x + 1], text=row[x].text[cut:] + row[x + 1].text)
    row[x] = replace(row[x], text=row[x].text[:cut])


@damage
def two_row_labels_in_one_cell(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    y = rng.choice(rows_of_numbers(rows))
    if y + 1 not in rows_of_numbers(rows):
        raise Unfit
    upper, lower = (
        [x for x, cell in enumerate(row) if not cell.key and cell.text] for row in rows[y : y + 2]
    )
    if not upper or not lower:
        raise Unfit
    first, second = rows[y][upper[-1]], rows[y + 1][lower[-1]]
    fused = first.text + second.text
    if rng.random() < 0.5:
        rows[y][upper[-1]] = replace(first, text=fused, rowspan=2)
        del rows[y + 1][lower[-1]]
    else:
        rows[y][upper[-1]] = replace(first, text=fused)
        rows[y + 1][lower[-1]] = replace(second, text="")


@damage
def a_label_over_two_cells(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(rows_of_numbers(rows))]
    _split_label(row, label_cell(row, rng), rng)


@damage
def a_head_label_over_two_cells(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(head_rows(rows))]
    _split_label(row, label_cell(row, rng), rng)


def _split_label(row: list[Cell], x: int, rng: Random) -> None:
    cell = row[x]
    cut = rng.randint(1, max(1, len(cell.text) - 1))
    row[x : x + 1] = [
        replace(cell, text=cell.text[:cut], colspan=max(1, cell.colspan - 1)),
        replace(cell, text=cell.text[cut:], colspan=1),
    ]


@damage
def a_label_over_two_rows(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    """The rest of the label stands in a row of its own below."""
    y = rng.choice(rows_of_numbers(rows))
    x = label_cell(rows[y], rng)
    cell = rows[y][x]
    cut = rng.randint(1, max(1, len(cell.text) - 1))
    below = [replace(other, text="", key=None) for other in rows[y]]
    below[x] = replace(cell, text=cell.text[cut:])
    rows[y][x] = replace(cell, text=cell.text[:cut])
    rows.insert(y + 1, below)


@damage
def a_label_behind_its_numbers(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(rows_of_numbers(rows))]
    row.append(row.pop(label_cell(row, rng)))
