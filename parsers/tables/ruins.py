"""What is left of a statutory table that lost its cells: lines of labels and digits with nothing between them."""

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from parsers.blocks import Grid
from parsers.form import load_forms
from parsers.form_terms import telling
from parsers.report import Unread
from parsers.tables.cells import printed_cells
from parsers.tables.rows import row_term


def ruins(texts: Sequence[Sequence[str]], read: Collection[str]) -> Iterator[Unread]:
    """The lines of each text, a section's or those of a grid, that are such ruins; of tables that are not `read`."""
    for table, words in _labels().items():
        if table in read:
            continue
        for lines in texts:
            found = [
                (line, sum(word in line for word in words))
                for line in lines
                if "。" not in line and any(c.isdigit() for c in line)
            ]
            if sum(labels for _, labels in found) >= 2:
                for line, labels in found:
                    if labels:
                        yield Unread(table, line, "a table that lost its cells")


def unlabelled(
    grids: Sequence[tuple[str | None, Grid]],
    figures: Collection[tuple[str, str, str]],
    read: Collection[str],
) -> Iterator[Unread]:
    """The rows of numbers of grids that are no statutory table, where they can be nothing else but what is left of one:
    each grid with the key of the section in which it stands. Nothing is said of rows that are read elsewhere."""
    for table, grid in grids:
        if table not in ("disclosure", "requests", "litigation"):
            continue
        lines = printed_cells(grid)
        named = any(
            telling(table, cell.text) & {"column", "group", "corner"} for line in lines for cell in line
        )
        answered = {row for key, row, _ in figures if key == table}
        # figures of which others are missing belong to the table that misses them
        wanting = (
            table not in read if table == "litigation" else answered and _rows_of_all_forms(table) - answered
        )
        for line in lines:
            numbers = sum(cell.numeric for cell in line)
            row = row_term(table, line)
            bare = wanting and numbers > 3 and all(cell.quantity for cell in line)
            if numbers and (row.key not in answered if row else named or bare):
                yield Unread(table, " | ".join(cell.text for cell in line), "a table that lost its labels")


@cache
def _rows_of_all_forms(table: str) -> frozenset[str]:
    """The rows of figures that the table has in whatever form it is in."""
    forms = [one for form in load_forms() for one in form.tables if one.key == table]
    return frozenset.intersection(
        *(frozenset(row.key for row in one.rows if row.has_figures) for one in forms)
    )


@cache
def _labels() -> dict[str, tuple[str, ...]]:
    """By table: labels of rows that nobody writes in prose."""
    return {
        table.key: tuple(dict.fromkeys(row.words[0] for row in table.rows if row.has_figures))
        for form in load_forms()
        for table in form.tables
        if table.key in ("disclosure", "requests")
    }
