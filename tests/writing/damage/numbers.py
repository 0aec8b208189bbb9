"""Numbers in another cell: the table stays whole, and says something else."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from tests.writing.damage.kinds import Rows, Unfit, damage
from tests.writing.damage.places import number_cell, rows_of_numbers
from tests.writing.forms import Key
from tests.writing.markup import Cell
from tests.writing.truth import Value


def _put(row: list[Cell], texts: Sequence[str], truth: dict[Key, Value]) -> None:
    """Print these texts in the number cells of the row, and let the truth follow."""
    cells = [cell for cell in row if cell.key]
    values = {cell.text: truth[cell.key] for cell in cells if cell.key} | {"": None}
    rest = iter(texts)
    row[:] = [replace(cell, text=next(rest)) if cell.key else cell for cell in row]
    for cell in row:
        if cell.key:
            truth[cell.key] = values[cell.text]


@damage
def numbers_of_a_row_changed(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(_counts(rows))]
    texts = [cell.text for cell in row if cell.key]
    rng.shuffle(texts)
    _put(row, texts, truth)


@damage
def a_number_in_the_next_cell(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(_counts(rows))]
    texts = [cell.text for cell in row if cell.key]
    x = rng.randrange(len(texts) - 1)
    texts[x : x + 2] = ["", texts[x]]
    _put(row, texts, truth)


@damage
def a_wrong_number(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(_counts(rows))]
    x = number_cell(row, rng)
    key, number = row[x].key, rng.randint(100, 99999)
    assert key
    row[x], truth[key] = replace(row[x], text=str(number)), number


def _counts(rows: Rows) -> list[int]:
    """Rows of plain counts: nothing there hangs on units or signs."""
    found = [
        y
        for y in rows_of_numbers(rows, 3)
        if all(c.key[0] in ("requests", "litigation") for c in rows[y] if c.key)
    ]
    if not found:
        raise Unfit
    return found
