"""What is learnt from one table about the places of another one's figures: never more than that one's own reading."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.blocks import Grid
from parsers.figures import Reading, _read_alone, read_figures
from parsers.numbers import read_quantity
from parsers.read import read_report
from parsers.report import NotAReport, UnreadableDocument, to_line
from parsers.tables.exemplar import COUNT, exemplar
from tests.benchmarks.read_speed import forget_other_pages
from tests.grids import BLOCK, FORMS, HEAD, LITIGATION, Spec, grid, placed, request_rows
from tests.writing.page import render_page
from tests.writing.variants import variant

TABLES: list[list[list[Spec]]] = [
    HEAD + request_rows("2019"),
    HEAD + request_rows("2021"),
    BLOCK["2021"] + BLOCK["2021 rest"],
    [*LITIGATION, [str(number) for number in range(15)]],
]
COUNTS = ("0", "1", "7", "12", "345", "6789", "2023", "3.5", "-39", "+4", "1,024", "1,234.50", "2023.5")
OTHERS: tuple[Spec, ...] = (
    ("", 1, 1), ("-", 1, 1), ("注", 1, 1), ("0/0", 1, 1), ("其他", 1, 1), ("总计", 1, 1), ("规章", 1, 1), ("结果维持", 1, 1),
    ("5", 3, 1), ("5", 1, 2), ("5", 2, 2), ("本年新收政府信息公开申请数量", 1, 1), ("6.属于四类内部事务信息", 1, 1), ("信息内容", 1, 1),
)  # fmt: skip


@given(
    st.lists(st.sampled_from(TABLES), min_size=1, max_size=3), st.integers(0, 6), st.integers(0, 2**32 - 1)
)
@settings(max_examples=200, deadline=None)
def test_a_table_is_read_alike_whatever_was_read_before(
    tables: list[list[list[Spec]]], damage: int, seed: int
) -> None:
    random = Random(seed)
    tables = [damaged(table, damage, random) for table in tables]
    pages = [[with_odd_spans(recounted(grid(table), random), random) for table in tables] for _ in range(3)]
    expected = [read_for_itself(page) for page in pages]
    assert [read_figures(placed(*page)) for page in pages] == expected
    assert [read_figures(placed(*page)) for page in reversed(pages)] == expected[::-1]


def damaged(table: list[list[Spec]], times: int, random: Random) -> list[list[Spec]]:
    """Some cells print something else, or are missing, or are there twice."""
    rows = [list(row) for row in table]
    for _ in range(times):
        row = random.choice(rows)
        if row:
            place = random.randrange(len(row))
            row[place : place + 1] = random.choice([[random.choice(OTHERS)], [], [row[place]] * 2])
    return [row for row in rows if row] or table


def recounted(one: Grid, random: Random) -> Grid:
    """The same table with other numbers; where one cell covers several places it prints one number."""
    numbers: dict[tuple[int, int], str] = {}
    for y, row in enumerate(one.rows):
        for x, text in enumerate(row):
            source = (y - 1, x) if (y, x) in one.hanging else (y, x - 1) if (y, x) in one.copies else None
            if text.isdecimal():
                numbers[y, x] = numbers.get(source or (-1, -1)) or random.choice(COUNTS)
    rows = [tuple(numbers.get((y, x), text) for x, text in enumerate(row)) for y, row in enumerate(one.rows)]
    return replace(one, rows=tuple(rows))


def with_odd_spans(one: Grid, random: Random) -> Grid:
    """Now and then another number in a place that a span claims: what damaged files have."""
    rows = [list(row) for row in one.rows]
    for y, x in sorted(one.copies):
        if rows[y][x] in COUNTS and random.random() < 0.1:
            rows[y][x] = random.choice(COUNTS)
    return replace(one, rows=tuple(map(tuple, rows)))


def read_for_itself(grids: list[Grid]) -> Reading:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("parsers.figures._read_alone", lambda *_: None)
        return read_figures(placed(*grids))


def test_a_page_is_read_alike_whatever_was_read_before() -> None:
    pages = [render_page(variant(seed)) for seed in range(40)]
    alone = []
    for page in pages:
        forget_other_pages()
        alone.append(said(page))
    assert [said(page) for page in pages] == alone
    assert [said(page) for page in reversed(pages)] == alone[::-1]


def said(page: bytes) -> str:
    try:
        return to_line(read_report(page))
    except (NotAReport, UnreadableDocument) as reason:
        return repr(reason)


@pytest.mark.parametrize("table", TABLES)
def test_tables_as_the_forms_print_them_need_no_reading_of_their_own(table: list[list[Spec]]) -> None:
    """What is slow for these is slow for nearly every report."""
    assert _read_alone(exemplar(grid(table)), None) is not None


def test_an_exemplar_has_no_counts_but_all_else() -> None:
    one = grid([["规章", "-39", "0.5", ("7,000", 2)], ["", "-", "2023", "3.5万元", "007"]])
    assert exemplar(one) == replace(
        one, rows=(("规章", COUNT, COUNT, COUNT, COUNT), ("", "-", "2023", "3.5万元", "007"))
    )


@given(st.from_regex(r"\A[+-]?\d{1,5}(,\d{1,3}){0,2}(\.\d{1,3})?\Z"))
def test_what_counts_as_a_number_is_read_as_one_without_a_unit(text: str) -> None:
    if exemplar(Grid(((text,),))).rows == ((COUNT,),):
        quantity = read_quantity(text)
        assert quantity is not None
        assert quantity.number is not None
        assert not quantity.unit


def test_no_word_of_a_form_begins_with_a_digit() -> None:
    """Else a count could be a label, and its value would matter."""
    headings = [h for f in FORMS.values() for t in f.tables for h in (*t.rows, *t.columns, *t.groups)]
    words = [word for heading in headings for word in (*heading.words, *heading.stems)]
    assert not [word for word in words if word[:1].isdigit()]
