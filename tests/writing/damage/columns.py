"""Columns that are missing or in another order."""

from random import Random

from tests.writing import forms
from tests.writing.damage.kinds import Rows, Unfit, damage
from tests.writing.damage.places import head_rows, rows_of_numbers
from tests.writing.forms import Key
from tests.writing.truth import Value


def _last_numbers(rows: Rows) -> list[tuple[int, int]]:
    found = [
        (y, len(rows[y]) - 1)
        for y in rows_of_numbers(rows, 3)
        if rows[y][-1].key and rows[y][-1].key[2] == "total"
    ]  # type: ignore[index]
    if len(found) < 3:
        raise Unfit
    return found


def _total_labels(rows: Rows) -> list[tuple[int, int]]:
    found = [
        (y, x)
        for y in head_rows(rows)
        for x, cell in enumerate(rows[y])
        if cell.text.replace(" ", "").strip() in ("总计", "合计")
    ]
    if len(found) != 1:
        raise Unfit
    return found


@damage
def totals_dropped_with_their_label(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    for y, x in (*_last_numbers(rows), *_total_labels(rows)):
        del rows[y][x]


@damage
def totals_dropped(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    for y, x in _last_numbers(rows):
        del rows[y][x]


@damage
def label_of_the_totals_dropped(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    for y, x in _total_labels(rows):
        del rows[y][x]


@damage
def a_column_of_numbers_dropped(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    """Its label stays."""
    body = rows_of_numbers(rows, 2)
    key = rng.choice([cell.key for cell in rows[body[0]] if cell.key])
    for y in body:
        rows[y] = [cell for cell in rows[y] if not (cell.key and cell.key[2] == key[2])]


@damage
def two_columns_changed_with_their_labels(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    if not any(cell.key and cell.key[1] == "carried_out" for row in rows for cell in row):
        raise Unfit  # the rest of the table stands elsewhere
    heads = [y for y in head_rows(rows) if sum(c.text in forms.APPLICANT_LABELS for c in rows[y]) >= 5]
    if len(heads) != 1:
        raise Unfit
    head = rows[heads[0]]
    first, second = rng.sample([x for x, c in enumerate(head) if c.text in forms.APPLICANT_LABELS[1:6]], 2)
    names = {label: key for key, label in zip(forms.REQUEST_COLUMNS, forms.APPLICANT_LABELS, strict=True)}
    columns = [names[head[first].text], names[head[second].text]]
    head[first], head[second] = head[second], head[first]
    for y in rows_of_numbers(rows, 7):
        places = [x for column in columns for x, c in enumerate(rows[y]) if c.key and c.key[2] == column]
        if len(places) == 2:
            rows[y][places[0]], rows[y][places[1]] = rows[y][places[1]], rows[y][places[0]]
