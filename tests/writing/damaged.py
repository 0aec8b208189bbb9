"""Damaged pages, and what became of the numbers on them."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from random import Random

from parsers.report import Report
from tests.writing import forms
from tests.writing.damage import DAMAGES, Unfit, damaged, numbers_in
from tests.writing.forms import APPLICANTS, Key
from tests.writing.markup import Cell, Sheet
from tests.writing.page import GROUPS, Page, apply, plain_page
from tests.writing.truth import Truth, Value
from tests.writing.variants import random_truth

_GROUPS = (
    "arrangement",
    "labels",
    "values",
    "cells",
    "paragraphs",
)  # dialects that a damaged page may be written in


def damaged_variant(seed: int) -> tuple[Page, tuple[str, ...]]:
    """A page in random dialects with one or two kinds of damage, and their names; none when no table had a place for it."""
    rng = Random(f"damage {seed}")
    truth = random_truth(rng, seed)
    if rng.random() < 0.65:
        truth = with_distinct_numbers(truth, rng)
    page = plain_page(truth)
    for group in _GROUPS:
        name = rng.choice(sorted(GROUPS[group]))
        if rng.random() > 0.6:
            page = apply(page, name, rng)
    done = []
    for name in rng.sample(sorted(DAMAGES), rng.choice((1, 1, 1, 1, 2))):
        with suppress(Unfit):
            page = damaged(page, name, rng)
            done.append(name)
    return page, tuple(done)


def with_distinct_numbers(truth: Truth, rng: Random) -> Truth:
    """The report with another number in (nearly) every cell, and all sums right: a number that moves is seen to move."""
    numbers = rng.sample(range(1000, 10000), len(truth.figures))
    figures: dict[Key, Value] = dict(zip(truth.figures, numbers, strict=True))
    if truth.form in forms.REQUESTS:
        rows = [row.key for row in forms.REQUESTS[truth.form]]
        for row in rows:
            figures["requests", row, "total"] = 0
        for column in APPLICANTS:
            results = [figures["requests", row, column] or 0 for row in rows if row not in forms.NOT_RESULTS]
            out, carried = (
                figures["requests", "carried_out", column],
                figures["requests", "carried_in", column],
            )
            figures["requests", "result_total", column] = sum(results)
            figures["requests", "new_received", column] = sum(results) + (out or 0) - (carried or 0)
        for row in rows:
            figures["requests", row, "total"] = sum(figures["requests", row, c] or 0 for c in APPLICANTS)
        for row in forms.PROCEDURES:
            parts = [figures["litigation", row, outcome] or 0 for outcome in forms.OUTCOMES[:-1]]
            figures["litigation", row, "total"] = sum(parts)
    return replace(truth, figures=figures)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the numbers of a damaged page: each list names the cells."""

    right: int
    unread: int
    wrong: tuple[str, ...]  # a number where the page has another, or none
    blanked: tuple[str, ...]  # null where the page prints a number, or prints no cell at all
    lost: tuple[str, ...]  # printed, and neither a figure nor unread

    @property
    def faults(self) -> tuple[str, ...]:
        return self.wrong + self.blanked + self.lost


def judge(page: Page, report: Report) -> Verdict:
    """Each printed number is a figure under its own key, or it is unread."""
    printed: dict[Key, list[str]] = {}
    for cell in _cells(page):
        if cell.key:
            printed.setdefault(cell.key, []).append(cell.text)
    wrong, blanked, right = [], [], 0
    left = Counter(token for text in _tokens(page) for token in text)
    for figure in report.figures:
        key = (figure.table, figure.row, figure.column)
        value = page.truth.figures.get(key)
        told = Counter(numbers_in(figure.raw))
        if key not in printed or len(set(printed[key])) > 1:
            (wrong if figure.value is not None else blanked).append(
                f"{'.'.join(key)}: {figure.value}, not printed"
            )
        elif figure.value == value:
            right += 1
            left -= told
        elif figure.value is None:
            blanked.append(f"{'.'.join(key)}: null for {value}")
        else:
            wrong.append(f"{'.'.join(key)}: {figure.value} for {value}")
            left -= told
    unread = Counter(token for one in report.unread for token in numbers_in(one.text))
    lost = left - unread
    return Verdict(right, (left & unread).total(), tuple(wrong), tuple(blanked), tuple(lost.elements()))


def _cells(page: Page) -> Iterator[Cell]:
    for piece in page.pieces:
        if isinstance(piece, Sheet) and piece.name:
            for row in piece.rows:
                yield from row


def _tokens(page: Page) -> Iterator[list[str]]:
    """The numbers that the page prints in its tables; a row printed twice is one for each number in it."""
    seen: set[Key] = set()
    for cell in _cells(page):
        if cell.key in seen:
            continue
        if cell.key:
            seen.add(cell.key)
            if page.truth.figures[cell.key] is None:
                continue
            yield numbers_in(cell.text)
