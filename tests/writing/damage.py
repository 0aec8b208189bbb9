"""Damage to the tables of a page, with what a careful clerk may still read there.

Each number cell carries the key of its figure wherever the damage takes it: a reader may give the figure, or list the
number as unread, and nothing else. Where the damage leaves every cell a place below one label and beside another, the
page is not broken but says something else, and the truth is changed with it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from tests.writing import forms
from tests.writing.forms import Key
from tests.writing.markup import Cell, Sheet
from tests.writing.page import Page
from tests.writing.tables import has_numbers
from tests.writing.truth import Value

Rows = list[list[Cell]]
Damage = Callable[[Rows, Random, dict[Key, Value]], None]  # changes rows, and the truth of what stays whole
DAMAGES: dict[str, Damage] = {}


class Unfit(Exception):
    """The table has no place for this damage."""


def damage(function: Damage) -> Damage:
    """Enter a kind of damage under its function's name."""
    DAMAGES[function.__name__] = function
    return function


def damaged(page: Page, name: str, rng: Random) -> Page:
    """The page with one of its tables damaged.

    Raises Unfit when none of them has a place for it.
    """
    places = [place for place, piece in enumerate(page.pieces) if isinstance(piece, Sheet) and piece.name]
    rng.shuffle(places)
    for place in places:
        sheet = page.pieces[place]
        assert isinstance(sheet, Sheet)
        rows, figures = [list(row) for row in sheet.rows], dict(page.truth.figures)
        try:
            DAMAGES[name](rows, rng, figures)
        except Unfit:
            continue
        pieces = list(page.pieces)
        pieces[place] = Sheet(sheet.name, tuple(tuple(row) for row in rows if row))
        return replace(page, pieces=tuple(pieces), truth=replace(page.truth, figures=figures))
    raise Unfit(name)


def numbers_in(text: str) -> list[str]:
    return [token for token in text.replace("|", " ").split() if any(c.isdigit() for c in token)]


# Places


def _body(rows: Rows, least: int = 1) -> list[int]:
    """Rows that print so many numbers."""
    found = [y for y, row in enumerate(rows) if sum(bool(cell.key) for cell in row) >= least]
    if not found:
        raise Unfit
    return found


def _head(rows: Rows) -> list[int]:
    found = [y for y, row in enumerate(rows) if not has_numbers(tuple(row)) and len(row) > 1]
    if not found:
        raise Unfit
    return found


def _number(row: Sequence[Cell], rng: Random, neighbours: int = 0) -> int:
    """A number cell that has so many number cells to its right."""
    found = [x for x in range(len(row) - neighbours) if all(cell.key for cell in row[x : x + neighbours + 1])]
    if not found:
        raise Unfit
    return rng.choice(found)


def _label(row: Sequence[Cell], rng: Random) -> int:
    found = [x for x, cell in enumerate(row) if not cell.key and any(c.isalpha() for c in cell.text)]
    if not found:
        raise Unfit
    return rng.choice(found)


# Cells and rows that are missing, or one too many


@damage
def a_number_cell_dropped(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(_body(rows))]
    del row[_number(row, rng)]


@damage
def a_label_cell_dropped(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(_body(rows))]
    del row[_label(row, rng)]


@damage
def a_head_cell_dropped(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(_head(rows))]
    del row[_label(row, rng)]


@damage
def a_row_dropped(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    del rows[rng.choice(_body(rows))]


@damage
def a_head_row_dropped(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    del rows[rng.choice(_head(rows))]


@damage
def the_whole_head_dropped(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    rows[:] = [row for row in rows if has_numbers(tuple(row))]
    _body(rows)


@damage
def a_row_doubled(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    y = rng.choice(_body(rows))
    rows.insert(y, list(rows[y]))


@damage
def a_row_doubled_with_other_numbers(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    y = rng.choice(_body(rows))
    other = [replace(cell, text=str(rng.randint(10000, 99999))) if cell.key else cell for cell in rows[y]]
    rows.insert(y + rng.choice((0, 1)), other)


@damage
def a_number_cell_doubled(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(_body(rows))]
    x = _number(row, rng)
    row.insert(x, row[x])


@damage
def an_empty_cell_put_in(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(_body(rows))]
    row.insert(_number(row, rng), Cell(""))


@damage
def an_empty_cell_put_into_the_head(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(_head(rows))]
    row.insert(rng.randint(0, len(row)), Cell(""))


@damage
def a_dash_put_in(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(_body(rows))]
    row.insert(_number(row, rng), Cell("-"))


@damage
def an_empty_row_put_in(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    y = rng.choice(_body(rows))
    rows.insert(y, [Cell("") for _ in rows[y]])


@damage
def a_row_without_labels(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(_body(rows))]
    row[:] = [cell for cell in row if cell.key]


# Cells merged, and spans that are wrong


def _merge(rows: Rows, rng: Random, join: Callable[[str, str], str]) -> None:
    row = rows[rng.choice(_body(rows, 2))]
    x = _number(row, rng, 1)
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
    y = rng.choice(_body(rows))
    if y + 1 not in _body(rows):
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
    row = rows[rng.choice(_body(rows))]
    x = next((x for x in range(1, len(row)) if row[x].key and not row[x - 1].key), 0)
    if not x or not row[x - 1].text:
        raise Unfit
    label, number = row[x - 1 : x + 1]
    row[x - 1 : x + 1] = [
        replace(label, text=f"{label.text} {number.text}", colspan=label.colspan + number.colspan)
    ]


@damage
def a_row_in_one_cell(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(_body(rows, 2))]
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


# Labels


@damage
def a_label_left_blank(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(_body(rows))]
    x = _label(row, rng)
    row[x] = replace(row[x], text="")


@damage
def a_head_label_left_blank(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(_head(rows))]
    x = _label(row, rng)
    row[x] = replace(row[x], text="")


@damage
def a_character_lost_in_a_label(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.randrange(len(rows))]
    x = _label(row, rng)
    place = rng.randrange(len(row[x].text))
    row[x] = replace(row[x], text=row[x].text[:place] + row[x].text[place + 1 :])


@damage
def a_label_cut_short(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.randrange(len(rows))]
    x = _label(row, rng)
    row[x] = replace(row[x], text=row[x].text[: rng.randint(1, len(row[x].text))])


@damage
def two_head_labels_in_one_cell(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    """审结总计: one cell over both columns, or over one with the others moved."""
    row = rows[rng.choice(_head(rows))]
    x = rng.randrange(len(row) - 1)
    first, second = row[x : x + 2]
    width = rng.choice((first.colspan + second.colspan, first.colspan))
    row[x : x + 2] = [replace(first, text=first.text + rng.choice(("", " ")) + second.text, colspan=width)]


@damage
def a_head_label_that_runs_into_the_next(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    """尚未 | 审结总计"""
    row = rows[rng.choice(_head(rows))]
    x = rng.randrange(len(row) - 1)
    cut = rng.randint(0, max(0, len(row[x].text) - 1))
    row[x + 1] = replace(row[x + 1], text=row[x].text[cut:] + row[x + 1].text)
    row[x] = replace(row[x], text=row[x].text[:cut])


@damage
def two_row_labels_in_one_cell(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    y = rng.choice(_body(rows))
    if y + 1 not in _body(rows):
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
    row = rows[rng.choice(_body(rows))]
    _split_label(row, _label(row, rng), rng)


@damage
def a_head_label_over_two_cells(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(_head(rows))]
    _split_label(row, _label(row, rng), rng)


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
    y = rng.choice(_body(rows))
    x = _label(rows[y], rng)
    cell = rows[y][x]
    cut = rng.randint(1, max(1, len(cell.text) - 1))
    below = [replace(other, text="", key=None) for other in rows[y]]
    below[x] = replace(cell, text=cell.text[cut:])
    rows[y][x] = replace(cell, text=cell.text[:cut])
    rows.insert(y + 1, below)


@damage
def a_label_behind_its_numbers(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    row = rows[rng.choice(_body(rows))]
    row.append(row.pop(_label(row, rng)))


# Columns


def _last_numbers(rows: Rows) -> list[tuple[int, int]]:
    found = [
        (y, len(rows[y]) - 1) for y in _body(rows, 3) if rows[y][-1].key and rows[y][-1].key[2] == "total"
    ]  # type: ignore[index]
    if len(found) < 3:
        raise Unfit
    return found


def _total_labels(rows: Rows) -> list[tuple[int, int]]:
    found = [
        (y, x)
        for y in _head(rows)
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
    body = _body(rows, 2)
    key = rng.choice([cell.key for cell in rows[body[0]] if cell.key])
    for y in body:
        rows[y] = [cell for cell in rows[y] if not (cell.key and cell.key[2] == key[2])]


@damage
def two_columns_changed_with_their_labels(rows: Rows, rng: Random, truth: dict[Key, Value]) -> None:
    if not any(cell.key and cell.key[1] == "carried_out" for row in rows for cell in row):
        raise Unfit  # the rest of the table stands elsewhere
    heads = [y for y in _head(rows) if sum(c.text in forms.APPLICANT_LABELS for c in rows[y]) >= 5]
    if len(heads) != 1:
        raise Unfit
    head = rows[heads[0]]
    first, second = rng.sample([x for x, c in enumerate(head) if c.text in forms.APPLICANT_LABELS[1:6]], 2)
    names = {label: key for key, label in zip(forms.REQUEST_COLUMNS, forms.APPLICANT_LABELS, strict=True)}
    columns = [names[head[first].text], names[head[second].text]]
    head[first], head[second] = head[second], head[first]
    for y in _body(rows, 7):
        places = [x for column in columns for x, c in enumerate(rows[y]) if c.key and c.key[2] == column]
        if len(places) == 2:
            rows[y][places[0]], rows[y][places[1]] = rows[y][places[1]], rows[y][places[0]]


# Numbers in another cell: the table stays whole, and says something else


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
    x = _number(row, rng)
    key, number = row[x].key, rng.randint(100, 99999)
    assert key
    row[x], truth[key] = replace(row[x], text=str(number)), number


def _counts(rows: Rows) -> list[int]:
    """Rows of plain counts: nothing there hangs on units or signs."""
    found = [
        y for y in _body(rows, 3) if all(c.key[0] in ("requests", "litigation") for c in rows[y] if c.key)
    ]
    if not found:
        raise Unfit
    return found
