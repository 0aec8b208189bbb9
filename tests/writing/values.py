"""Dialects of the printed numbers: blanks, separators, signs, units, notes."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.writing.forms import Key
from tests.writing.markup import Cell
from tests.writing.page import Page, dialect
from tests.writing.tables import change_cells
from tests.writing.truth import Value

MONEY = (("disclosure", "procurement", "amount"), ("disclosure", "fees", "amount"))


def reprint(page: Page, write: Callable[[Key, Value], str]) -> Page:
    """The same figures, printed otherwise."""

    def change(cell: Cell) -> Cell:
        return replace(cell, text=write(cell.key, page.truth.figures[cell.key])) if cell.key else cell

    return change_cells(page, change)


def blank(page: Page, choose: Callable[[Key, Value], bool], mark: str) -> Page:
    """The page with some cells printed as `mark`, which means nothing: they become None in the truth."""
    figures = {key: None if choose(key, value) else value for key, value in page.truth.figures.items()}
    gone = {key for key in figures if figures[key] is None}
    page = replace(page, truth=replace(page.truth, figures=figures))
    return change_cells(page, lambda cell: replace(cell, text=mark) if cell.key in gone else cell)


MARKS = {
    "": "empty",
    "\u00a0": "nbsp",
    "-": "hyphen",
    "—": "dash",
    "/": "slash",
    "无": "word",
    "——": "long_dash",
    "　": "wide",
}


def _enter_blanks(mark: str, name: str) -> None:
    def function(page: Page, rng: Random) -> Page:
        return blank(page, lambda key, value: value == 0, mark)

    function.__name__ = f"zeros_left_{name}"
    dialect("values")(function)


for _mark, _name in MARKS.items():
    _enter_blanks(_mark, _name)


@dialect("values")
def totals_left_empty(page: Page, rng: Random) -> Page:
    return blank(
        page, lambda key, value: key[0] == "requests" and key[2] == "total" and key[1] != "result_total", ""
    )


@dialect("values")
def some_cells_left_empty(page: Page, rng: Random) -> Page:
    gone = set(rng.sample(sorted(page.truth.figures), 20))
    return blank(page, lambda key, value: key in gone, "")


@dialect("values")
def every_cell_left_empty_in_one_row(page: Page, rng: Random) -> Page:
    row = rng.choice(("carried_in", "partial", "np_repeat", "rules"))
    return blank(page, lambda key, value: key[1] == row, "")


@dialect("values")
def thousands_separated(page: Page, rng: Random) -> Page:
    separator = rng.choice((",", "，"))
    figures = {
        key: value * 1117 if isinstance(value, int) and key not in MONEY else value
        for key, value in page.truth.figures.items()
    }
    page = replace(page, truth=replace(page.truth, figures=figures))
    return reprint(page, lambda key, value: f"{value:,}".replace(",", separator))


@dialect("values")
def full_width_digits(page: Page, rng: Random) -> Page:
    wide = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
    return reprint(page, lambda key, value: str(value).translate(wide))


@dialect("values")
def with_units(page: Page, rng: Random) -> Page:
    def write(key: Key, value: Value) -> str:
        if key == ("disclosure", "procurement", "amount"):
            return f"{value}元"
        if key == ("disclosure", "fees", "amount"):
            return f"{value}万元"
        return str(value)

    return reprint(page, write)


@dialect("values")
def money_in_the_other_unit(page: Page, rng: Random) -> Page:
    def write(key: Key, value: Value) -> str:
        if value and key == ("disclosure", "procurement", "amount"):
            return f"{value / 10000:.4f}万元"
        if value and key == ("disclosure", "fees", "amount"):
            return f"{round(value * 10000)}元"
        return str(value)

    return reprint(page, write)


@dialect("values")
def counts_with_units(page: Page, rng: Random) -> Page:
    return reprint(
        page, lambda key, value: str(value) if key in MONEY or key[0] != "requests" else f"{value}件"
    )


@dialect("values")
def signs_in_words(page: Page, rng: Random) -> Page:
    more, less = rng.choice((("增", "减"), ("+", "-"), ("+", "－"), ("增加", "减少")))

    def write(key: Key, value: Value) -> str:
        if key[2] != "change" or not value:
            return str(value)
        return f"{more if value > 0 else less}{abs(value)}"

    return reprint(page, write)


@dialect("values")
def with_notes(page: Page, rng: Random) -> Page:
    """22（其中修订16件）"""

    def write(key: Key, value: Value) -> str:
        if key[1] == "normative_docs" and value:
            return f"{value}（其中修订{max(1, int(value) // 2)}件）"
        return str(value)

    return reprint(page, write)


@dialect("values")
def with_blanks_around(page: Page, rng: Random) -> Page:
    return reprint(page, lambda key, value: f" {value}\u00a0")


@dialect("values")
def zero_as_a_circle(page: Page, rng: Random) -> Page:
    return reprint(page, lambda key, value: "〇" if value == 0 else str(value))


@dialect("values")
def a_sentence_in_a_cell(page: Page, rng: Random) -> Page:
    key = ("disclosure", "rules", "made")
    if key not in page.truth.figures:
        return page
    page = replace(
        page,
        truth=replace(
            page.truth, doubtful=page.truth.doubtful | {key}, figures={**page.truth.figures, key: None}
        ),
    )
    return change_cells(
        page, lambda cell: replace(cell, text="本单位没有制定规章") if cell.key == key else cell
    )


@dialect("values")
def large_numbers(page: Page, rng: Random) -> Page:
    figures = {
        key: value * 7919 if isinstance(value, int) and key[0] == "disclosure" and key not in MONEY else value
        for key, value in page.truth.figures.items()
    }
    page = replace(page, truth=replace(page.truth, figures=figures))
    return reprint(page, lambda key, value: str(value))
