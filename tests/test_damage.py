"""Damaged tables: whatever is done to them, no number is given to a cell that is not its own, and none is lost."""

from collections import Counter

import pytest

from parsers.blocks import Grid
from parsers.documents import read_document
from parsers.figures import read_figures
from parsers.read import read_report
from parsers.report import UnreadableDocument
from parsers.sections import split_sections
from parsers.tables.cells import Cell, printed_cells
from tests.fuzz.seeds import seeds
from tests.writing.damaged import damaged_variant, judge
from tests.writing.page import render_page

PAGES = 500
FEW = 1  # of them: two kinds of damage that come together


def test_damaged_tables_are_read_right_or_not_at_all() -> None:
    faults: dict[int, tuple[str, ...]] = {}
    for seed in range(PAGES):
        page, damages = damaged_variant(seed)
        if damages:
            verdict = judge(page, read_report(render_page(page), "text/html", "", page.place))
            if verdict.faults:
                faults[seed] = (*damages, *verdict.faults[:3])
    assert len(faults) <= FEW, faults


@pytest.mark.parametrize("seed", seeds(), ids=lambda seed: seed.name)
def test_each_number_of_a_statutory_table_is_a_figure_or_unread(seed) -> None:  # type: ignore[no-untyped-def]
    """Exactly once: as many figures print a number as cells do, less those that are unread."""
    try:
        document = read_document(seed.body, seed.content_type, "")
    except UnreadableDocument:
        return
    sections, placed = split_sections(document.body)
    reading = read_figures(placed, sections)
    printed: Counter[str] = Counter()
    for grid in (one.grid for one in placed):
        if any(read_figures([one], sections).figures for one in placed if one.grid is grid):
            printed += Counter(cell.text for cell in _number_cells(grid))
    figures = Counter(figure.raw for figure in reading.figures if figure.value is not None)
    unread = Counter(text for one in reading.unread for text in one.text.split(" | "))
    assert not printed - figures - unread, "lost"
    every = Counter(cell.text for one in placed for cell in _number_cells(one.grid, before_texts=True))
    assert not figures - every, "a figure that no cell prints, or one cell given twice"


def _number_cells(grid: Grid, *, before_texts: bool = False) -> list[Cell]:
    """Each printed number once; by default not those before a text, which may be the number of the label there."""
    found: dict[int, Cell] = {}
    for line in printed_cells(grid):
        last = max((x for x, cell in enumerate(line) if cell.quantity is None), default=-1)
        found |= {id(cell): cell for cell in line[0 if before_texts else last + 1 :] if cell.numeric}
    return list(found.values())
