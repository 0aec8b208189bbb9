"""What the lines of a grid are: of which statutory table, and whether a head, a title or a row of figures."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain, takewhile

from parsers.blocks import Grid
from parsers.characters import narrow, squeeze
from parsers.form import load_forms
from parsers.form_label import read_label
from parsers.form_terms import telling, terms
from parsers.heading import read_heading
from parsers.tables.cells import Cell
from parsers.tables.columns import Column
from parsers.tables.rows import Rows

MOST_ROWS = 10  # labels of the applications table: it may print nothing but their totals
ROW_OF_FIGURES = re.compile(r"(?:20\d\d年度?)?(?:数量|件数|数据|合计)?(?:\([件条]\))?")
NO_LABEL = re.compile(r"\(?(?:20\d\d年?度?|(?:计量|数据)?单位:[^元]{1,6})\)?")


def tables_of(grid: Grid, lines: Sequence[Sequence[Cell]]) -> set[str]:
    """The statutory tables in a grid: each needs labels that no other kind of table has."""
    told = frozenset().union(*map(_told, set(chain.from_iterable(grid.rows))))
    counts = Counter((table, kind) for table, kind, _ in told)

    def count(table: str, *kinds: str) -> int:
        return sum(counts[table, kind] for kind in kinds)

    found = set()
    if count("disclosure", "row") and count("disclosure", "column"):
        found.add("disclosure")
    if count("requests", "row") >= 2 and (count("requests", "column", "group") or _has_seven(lines)):
        found.add("requests")
    if count("requests", "column") >= 4 or count("requests", "row") >= MOST_ROWS:
        found.add("requests")
    if count("litigation", "column") >= 2 and count("litigation", "row"):
        found.add("litigation")
    if count("statistics_2014", "row") >= 5 and count("statistics_2014", "row") > count("requests", "row"):
        found.add("statistics_2014")
    return found


@lru_cache(maxsize=1024)
def _told(text: str) -> frozenset[tuple[str, str, str]]:
    """Table, kind and key of what a label means, where it tells the kind."""
    return frozenset((term.table, term.kind, term.key) for term in terms(text) if telling(term.table, text))


def _has_seven(lines: Sequence[Sequence[Cell]]) -> bool:
    """Most rows with a label of the table carry the seven numbers of the form."""
    counts = [
        sum(cell.quantity is not None for cell in line[found[0] :])
        for line in lines
        if (found := Rows("requests").find(line)) is not None
    ]
    return counts.count(7) * 2 > len(counts)


def table_of(line: Sequence[Cell], present: set[str]) -> str:
    """The table that a row's labels tell; "" when they tell none, or several."""
    if len(present) == 1:
        return next(iter(present))
    if "disclosure" in present and line and "二十条" in read_label(line[0].text).words:
        return "disclosure"
    told = {
        term.table
        for cell in line
        if cell.text
        for term in terms(cell.text)
        if term.table in present and telling(term.table, cell.text)
    }
    return told.pop() if len(told) == 1 else ""


def is_header(table: str, line: Sequence[Cell]) -> bool:
    kinds = {"column", "group"} | ({"row"} if is_across(table) else set())
    if has_number(line) or (is_across(table) and any(cell.blank and cell.text for cell in line)):
        return False  # a head prints no dashes
    if any(telling(table, cell.text) & kinds for cell in line if cell.text):
        return True
    return any(telling(table, cell.text) == {"corner"} for cell in line if cell.text) or _heads_totals(
        table, line
    )


def _heads_totals(table: str, line: Sequence[Cell]) -> bool:
    """Whether a line heads a column of totals and no other; 总计 alone may be a row's label too."""
    texts = [cell.text for cell in line if cell.text]
    return (
        len(texts) == 2
        and any(
            term.table == table and term.kind == "column" and term.key == "total" for term in terms(texts[1])
        )
        and not any(term.table == table and term.kind == "row" for term in terms(texts[0]))
    )


def is_title(table: str, line: Sequence[Cell]) -> bool:
    """The article above a block, the section's title repeated inside the table, the year below it, or the counts' unit."""
    texts = {cell.text for cell in line if cell.text}
    words = "".join(read_label(text).words for text in texts)
    if len(texts) != 1 or len(words) > 40:
        return False
    return (
        "二十条" in words
        or bool(NO_LABEL.fullmatch(squeeze(narrow(next(iter(texts))))))
        or any(
            title in words
            for form in load_forms()
            for t in form.tables
            if t.key == table and (title := read_label(t.title).words)
        )
        or any((heading := read_heading(text)) and heading.statutory and not heading.rest for text in texts)
    )


def heads_the_row(text: str) -> bool:
    """Whether a text before the figures of a table that has but one row of them says no more than that: 数量, 2023年."""
    return bool(text) and ROW_OF_FIGURES.fullmatch(squeeze(narrow(text))) is not None


def lacks_a_label(table: str, below: Sequence[Sequence[Cell]], columns: int) -> bool:
    """Whether several rows below a head print more values than it has labels, from their first figure to their last: a
    column has none, and where another row has a blank cell too few are left to tell which."""
    wider = 0
    for line in takewhile(lambda line: not is_header(table, line), below):
        values = list(takewhile(lambda cell: cell.quantity is not None, reversed(line)))
        figures = [at for at, cell in enumerate(values) if cell.numeric]
        wider += bool(figures) and figures[-1] - figures[0] >= columns
    return wider > 1


def has_inner_blank(line: Sequence[Cell]) -> bool:
    """A blank between two numbers: whoever made this grid pushed no cells together."""
    marks = "".join("n" if cell.numeric else "b" if cell.blank else "t" for cell in line).strip("tb")
    return "b" in marks and "t" not in marks


def has_number(line: Sequence[Cell]) -> bool:
    return any(cell.quantity is not None and cell.quantity.number is not None for cell in line)


def all_blank_values(line: Sequence[Cell], columns: Sequence[Column] | None) -> bool:
    return columns is not None and len(line) >= len(columns) and all(cell.blank for cell in line)


def is_row_left_blank(table: str, line: Sequence[Cell], columns: Sequence[Column] | None) -> bool:
    """Whether a line prints a row's label, and below each of the columns, which name no row, a blank cell."""
    if not columns or any(column.keys is None or column.keys[0] for column in columns):
        return False
    labels, values = line[: -len(columns)], line[-len(columns) :]
    return (
        all(cell.blank for cell in values)
        and any(telling(table, cell.text) == {"row"} for cell in labels)
        and all(telling(table, cell.text) == {"row"} for cell in labels if cell.text)
    )


@cache
def is_across(table: str) -> bool:
    return any(t.across for form in load_forms() for t in form.tables if t.key == table)
