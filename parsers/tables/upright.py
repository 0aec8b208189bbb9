"""Tables printed otherwise than the form has them → upright: rows below each other, columns beside each other.

Some offices print the rows of tables 3 and 4 as columns. Some print table 4 with one label beside or above each number,
and some join there the labels that the form prints above each other: 行政复议结果维持.
"""

from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from parsers.blocks import Grid
from parsers.form import FormTable, Heading, load_forms
from parsers.form_label import read_label, whole_words
from parsers.form_terms import Kind, telling
from parsers.numbers import ONE, read_quantity

TURNED = ("requests", "litigation")  # tables that some offices turn on their side
SHORTEST = 4  # numbers in a row that such a table has to answer, of the form's five
FEWEST = 2  # rows of the form in a table that is turned
LONGEST = 20  # lines of labels in such a table
WIDEST = 6  # columns of labels, units and numbers; or rows, where the labels stand above


class _Name(NamedTuple):
    """What the text of a cell names: a row of the form, a column, or both."""

    row: Heading | None
    column: Heading | None


Answer = tuple[Heading, Heading, str]  # row, column, the cell


def upright(grid: Grid) -> Grid:
    """The same numbers below labels as the form prints them; any other grid as it is."""
    if not grid.rows:
        return grid
    height, width = len(grid.rows), len(grid.rows[0])
    answers: list[Answer] = []
    if width <= WIDEST and height >= SHORTEST:
        blank = _blank_columns(grid)
        lines = [_printed(grid, y, blank) for y in range(height) if any(grid.rows[y])]
        answers = _answers(_without_serials(lines))
    elif height <= WIDEST and SHORTEST <= width <= LONGEST and any(map(_is_joined, grid.rows[0])):
        printed = [row for row in grid.rows if any(row)]
        answers = _answers([column for column in zip(*printed, strict=True) if any(column)])
    if answers:
        return _as_printed_in_the_form(answers)
    below = _below_title(grid)
    return _transposed(below) if _is_turned(below) and _keeps_its_blanks(below) else grid


def _below_title(grid: Grid) -> Grid:
    """The grid without the lines above its labels that print one text across."""
    first = next((y for y, row in enumerate(grid.rows) if len(set(row)) > 1), 0)
    return grid.part(first, 0, len(grid.rows[0])) if first else grid


def _is_turned(grid: Grid) -> bool:
    """Whether the first row prints labels of the form's rows, and the first column those of its columns."""
    above = grid.rows[0][1:]
    table = next((one for one in TURNED if _tells(one, above, "row") >= FEWEST), None)
    if table is None or _tells(table, above, "column"):
        return False
    beside = [row[0] for row in grid.rows[1:]]
    return _tells(table, beside, "column") >= SHORTEST and not _tells(table, beside, "row")


def _keeps_its_blanks(grid: Grid) -> bool:
    """Whether no blank cell was pushed to the end of its row, where its numbers would stand below another's label."""
    if grid.padding:
        return False
    numbers = [row for row in grid.rows if any("column" in telling(table, row[0]) for table in TURNED)]
    if not any(text for row in numbers for text in row[1:]):
        return True  # nothing but blanks
    return all(row[-1] for row in grid.rows) or any(
        "" in row[1 : max(x for x, text in enumerate(row) if text)] for row in grid.rows if any(row)
    )


def _tells(table: str, texts: Sequence[str], kind: Kind) -> int:
    return len({text for text in texts if kind in telling(table, text)})


def _transposed(grid: Grid) -> Grid:
    def turned(places: frozenset[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        return frozenset((x, y) for y, x in places)

    rows = tuple(zip(*grid.rows, strict=True))
    return Grid(
        rows, turned(grid.copies), turned(grid.padding), turned(grid.copies - grid.padding - grid.hanging)
    )


def _without_serials(lines: list[Sequence[str]]) -> list[Sequence[str]]:
    """The lines without the numbers 1, 2, … that stand before their labels."""
    serials = [line[0] for line in lines if len(line) > 2 and line[0].isdecimal()]
    if len(serials) < SHORTEST or serials != [str(number) for number in range(1, len(serials) + 1)]:
        return lines
    return [line[1:] if line and line[0].isdecimal() else line for line in lines]


def _blank_columns(grid: Grid) -> Collection[int]:
    """The columns that print nothing, where another prints numbers; in a table left blank one is that of the numbers."""
    columns = list(zip(*grid.rows, strict=True))
    after = columns[1:]  # in the first 1, 2, … may stand
    if not any(_is_number(text) for column in after for text in column):
        return ()
    return {x for x, column in enumerate(columns) if not any(column)}


def _printed(grid: Grid, y: int, blank: Collection[int]) -> Sequence[str]:
    """A row without `blank` columns and the copies that a span to its left makes: one number over two places is one."""
    return [
        text
        for x, text in enumerate(grid.rows[y])
        if x not in blank and ((y, x) not in grid.copies or (y, x) in grid.hanging)
    ]


def _answers(lines: Sequence[Sequence[str]]) -> list[Answer]:
    """The cell of each label, where every line that prints a number says which; nothing where a doubt is left."""
    answers: list[Answer] = []
    row: Heading | None = None
    for line in lines:
        *labels, last = line if len(line) > 1 else [*line, ""]  # a label over both columns has no number
        names = [name for text in labels if (name := _name(text))]
        if not names:
            if answers or any(map(_is_number, line)):
                return []
            continue  # a title, or the words above the labels
        if len(names) < sum(bool(text) and text not in ("件", "宗") for text in labels):
            return []
        row = next((name.row for name in reversed(names) if name.row), row)
        columns = [name.column for name in names if name.column]
        if not columns:
            if _is_number(last):
                return []
            row = (named.row if (named := _name(last)) else None) or row
            continue  # a heading on a line of its own, or beside a word such as 件数
        no_count = read_quantity(last) is None and last != ONE
        if len(columns) > 1 or row is None or not row.has_figures or no_count:
            return []
        answers.append((row, columns[0], last))
    return answers if _is_certain(answers) else []


def _is_number(text: str) -> bool:
    quantity = read_quantity(text)
    return quantity is not None and quantity.number is not None


def _is_certain(answers: Sequence[Answer]) -> bool:
    """Whether each row of the form that is met has its columns once, in the form's order, and is met once."""
    order = {column.key: place for place, column in enumerate(_form().columns)}
    met: dict[str, list[int]] = {}
    for row, column, _ in answers:
        met.setdefault(row.key, []).append(order[column.key])
    runs = [row.key for row, column, _ in answers if order[column.key] == met[row.key][0]]
    return (
        bool(met)
        and len(runs) == len(met)
        and all(len(places) >= SHORTEST and places == sorted(set(places)) for places in met.values())
        and [row.key for row, _, _ in answers] == [key for key in met for _ in met[key]]
    )


def _as_printed_in_the_form(answers: Sequence[Answer]) -> Grid:
    rows = tuple(row.label for row, _, _ in answers)
    spanned = frozenset((0, x) for x in range(1, len(rows)) if rows[x] == rows[x - 1])
    columns = tuple(column.label for _, column, _ in answers)
    return Grid((rows, columns, tuple(cell for _, _, cell in answers)), copies=spanned)


def _is_joined(text: str) -> bool:
    name = _name(text)
    return bool(name and name.row and name.column)


@lru_cache(maxsize=1024)
def _name(text: str) -> _Name | None:
    """What a label of table 4 names, alone or joined.

    >>> [heading.key for heading in _name("行政诉讼（复议后起诉）结果维持")], _name("复议机构")
    (['suit_after_review', 'upheld'], None)
    """
    if len(text) > 40:
        return None
    return _names().get(whole_words(text)) or _names().get(read_label(text).words)


@cache
def _names() -> dict[str, _Name]:
    """Every label and every two that the form prints above each other, by their words."""
    form = _form()
    headings = {row.key: row for row in form.rows}
    rows: dict[str, Heading] = {}
    for row in form.rows:
        for words in row.words:
            rows[words] = row
            if row.parent:
                rows |= {above + words: row for above in headings[row.parent].words}
    columns = {words: column for column in form.columns for words in column.words}
    names = {words: _Name(row, None) for words, row in rows.items()}
    names |= {words: _Name(None, column) for words, column in columns.items()}
    return names | {
        above + words: _Name(row, column) for above, row in rows.items() for words, column in columns.items()
    }


@cache
def _form() -> FormTable:
    return next(table for form in reversed(load_forms()) for table in form.tables if table.across)
