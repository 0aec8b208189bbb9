"""Grids → the figures of the statutory forms; whatever finds no place there is listed as unread, with the reason.

A grid is known by its labels, never by where it stands. Its rows are found by their whole label path, its columns by
the labels of its own head; numbers are placed in order only when their count is exactly right.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain

from parsers.blocks import Grid
from parsers.cells import Cell, printed_cells
from parsers.characters import narrow, squeeze
from parsers.columns import Column, form_columns, read_columns, unplaced
from parsers.form import Heading, load_forms
from parsers.form_label import read_label
from parsers.lexicon import telling, terms
from parsers.numbers import NOTHING, convert, read_quantity
from parsers.placing import Misplaced, place
from parsers.report import Figure, Section, Table, Unread
from parsers.rows import Rows, row_term
from parsers.ruins import ruins
from parsers.sections import PlacedGrid
from parsers.side_by_side import apart

YEAR = re.compile(r"\(?20\d\d年?度?\)?")
CELL = tuple[str, str, str]  # table, row, column


@dataclass(frozen=True, slots=True)
class Reading:
    """What the tables of one report say.

    `template` is the form that most blocks of table 2 follow, or table 3 where table 2 does not tell; a report may mix
    forms, and its figures then keep the columns that each block prints. `forms` tells the form of each table.
    """

    template: str  # "2021", "2019", "2014" or "none"
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    unread: tuple[Unread, ...]
    forms: tuple[tuple[str, str], ...] = ()  # table key, form id


def read_figures(placed_grids: Sequence[PlacedGrid], sections: Sequence[Section] = ()) -> Reading:
    """The figures of all statutory tables among the grids."""
    reader = _Reader()
    for placed in placed_grids:
        for grid in apart(placed.grid):
            reader.read(grid, placed.caption)
    reader.settle_other_handling()
    read = {key[0] for key in reader.figures} | {unread.table or "" for unread in reader.unread}
    reader.unread += ruins([*(section.text.split("\n") for section in sections), reader.lines], read)
    template, forms = reader.template()
    return Reading(
        template=template,
        tables=tuple(Table(p.section, p.caption, p.grid.rows) for p in placed_grids),
        figures=tuple(reader.figures.values()),
        unread=tuple(reader.unread),
        forms=forms,
    )


@dataclass(slots=True)
class _Reader:
    """The state that a table split over grids needs: head, rows and figures so far."""

    figures: dict[CELL, Figure] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    columns: dict[str, tuple[Column, ...] | None] = field(default_factory=dict)  # by table: the last head
    rows: dict[str, Rows] = field(default_factory=dict)
    votes: list[tuple[str, str]] = field(default_factory=list)  # (table, form)
    widest: int = 0  # cells of this grid's longest row that prints empty ones beside its label
    lines: list[str] = field(default_factory=list)  # cells of text in grids that are no statutory table

    def read(self, grid: Grid, caption: str | None) -> None:
        lines = printed_cells(grid)
        title = caption if caption and not terms(caption) else None
        present = _tables_of(grid, lines) or self._continued(lines)
        if not present:
            self.lines += [cell.text for line in lines for cell in line if cell.quantity is None]
            return
        self.columns = {key: columns and unplaced(columns) for key, columns in self.columns.items()}
        current = next((table for line in lines if (table := _table_of(line, present))), min(present))
        blanks_stay = not grid.copies <= grid.padding or any(map(_has_inner_blank, lines))
        self.widest = 0
        header: list[list[Cell]] = []
        for line in lines:
            if not any(cell.text for cell in line) and not (header and _is_across(current)):
                continue  # empty, and not the one row of numbers left blank
            if title and {cell.text for cell in line if cell.text} == {title}:
                continue
            table = _table_of(line, present) or current
            is_header = _is_header(table, line)
            if header and (table != current or not is_header):
                self._read_header(current, header)
                header = []
            current = table
            if is_header:
                header.append(line)
            else:
                self._read_row(table, line, blanks_stay)
        if header:
            self._read_header(current, header)

    def _continued(self, lines: Sequence[Sequence[Cell]]) -> set[str]:
        """A table whose head stands in the grid before: nothing here but its next rows."""
        if self.columns.get("litigation") and not any(key[0] == "litigation" for key in self.figures):
            numbers = [line for line in lines if any(cell.quantity is not None for cell in line)]
            if len(numbers) == 1 and all(cell.quantity is not None for cell in numbers[0]):
                return {"litigation"}
        found: set[str] = set()
        for table in ("disclosure", "requests"):
            if self.columns.get(table):
                labels = {row.key for line in lines if (row := row_term(table, line))}
                filled = {key[1] for key in self.figures if key[0] == table}
                if (
                    labels
                    and not labels & filled
                    and all(row_term(table, line) for line in lines if _has_number(line))
                ):
                    found.add(table)
        return found if len(found) == 1 else set()

    def _read_header(self, table: str, header: Sequence[Sequence[Cell]]) -> None:
        columns = read_columns(table, header)
        self.columns[table] = columns
        if columns is None:
            text = " | ".join(cell.text for line in header for cell in line if cell.text)
            self.unread.append(Unread(table, text, "the labels do not tell the columns apart"))
            return
        labels = [column.label for column in columns if column.keys]
        keys = [column.keys[1] for column in columns if column.keys]
        if table == "disclosure" and (form := _form_of_block(labels, keys)):
            self.votes.append((table, form))

    def _read_row(self, table: str, line: Sequence[Cell], blanks_stay: bool) -> None:
        columns = self.columns[table] if table in self.columns else form_columns(table)
        if table not in self.rows:
            self.rows[table] = Rows(table)
        rows = self.rows[table]
        if _is_across(table) and not row_term(table, line):
            label_end, row = 0, None
            if not _has_number(line) and not _all_blank_values(line, columns):
                self._keep(table, line, "no row of figures")
                return
        else:
            found = rows.find(line)
            if found is None:
                if not _is_title(table, line):
                    self._keep(table, line, "no such row in the form")
                return
            label_end, row, reason = found
            if reason:
                if not all(cell.blank for cell in line[label_end:]):
                    self._keep(table, line, reason)
                return
            if label_end == len(line):
                return  # a heading on a line of its own
        if columns is None:
            self._keep(table, line, "the columns have no labels that the form knows")
            return
        if row is not None and _is_across(table):
            columns = tuple(c for c in columns if c.keys is None or c.keys[0] in (None, row.key))
        if len(line) - label_end > len(columns):
            self.widest = max(self.widest, len(line))
        try:
            found_cells = place(line, label_end, columns, blanks_stay, len(line) < self.widest)
        except Misplaced as misplaced:
            self._keep(table, line, str(misplaced))
            return
        labels, unit, row_key = line[:label_end], "", row.key if row else ""
        for column, cell in found_cells:
            keys = column.keys if column else None
            if column is None or keys is None:
                if cell.text and not cell.blank:
                    self._keep_cell(
                        table,
                        cell,
                        f"the form has no column {column.label}" if column else "more cells than columns",
                    )
                continue
            if keys[1] == "unit":
                unit = read_label(f"({cell.text})").unit or cell.text
                continue
            self._read_cell((table, keys[0] or row_key, keys[1]), cell, column, unit, labels)

    def _read_cell(self, key: CELL, cell: Cell, column: Column, unit: str, labels: Sequence[Cell]) -> None:
        table = key[0]
        heading = _cells().get(key)
        quantity = cell.quantity
        if heading is None:
            if cell.text and not (quantity and quantity.number is None):
                self._keep_cell(table, cell, f"the form has no column {column.label} in this row")
            return
        if quantity is None and heading.signed and squeeze(narrow(cell.text)) == "0/0":
            quantity = NOTHING
        if quantity is None:
            self._keep_cell(table, cell, "not a number")
            return
        if key in self.figures:
            self._keep(table, (*labels, cell), "printed a second time")
            return
        if quantity.number is not None:
            if cell.figure:
                self.figures.pop(cell.figure, None)
                self._keep_cell(table, cell, "one number for several cells of the form")
                return
            cell.figure = key
        if heading.money:
            unit = column.unit or unit or next((u for c in labels if (u := read_label(c.text).unit)), "")
        try:
            self.figures[key] = _figure(key, cell.text, unit if heading.money else "")
        except ValueError as unfit:
            self._keep_cell(table, cell, str(unfit))

    def settle_other_handling(self) -> None:
        """其他处理 is a row of the 2019 form, and the heading of three rows in the 2021 form: there it has no figures."""
        parts = {row.key for row in _other_parts()}
        if not any(key[0] == "requests" and key[1] in parts for key in self.figures):
            return
        for key in [key for key in self.figures if key[:2] == ("requests", "other")]:
            figure = self.figures.pop(key)
            if figure.value is not None:
                self.unread.append(Unread("requests", figure.raw, "figures beside a heading"))

    def template(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        rows = {key[1] for key in self.figures if key[0] == "requests"}
        if rows & {row.key for row in _other_parts()}:
            self.votes.append(("requests", "2021"))
        elif "other" in rows:
            self.votes.append(("requests", "2019"))
        forms: dict[str, str] = {}
        for table in dict.fromkeys(table for table, _ in self.votes):
            cast = [form for voted, form in self.votes if voted == table]
            forms[table] = max(dict.fromkeys(cast), key=cast.count)
        if any(key[0] == "statistics_2014" for key in self.figures):
            forms["statistics_2014"] = "2014"
        template = forms.get("disclosure") or forms.get("requests") or forms.get("statistics_2014") or "none"
        return template, tuple(forms.items())

    def _keep(self, table: str, line: Sequence[Cell], reason: str) -> None:
        text = " | ".join(cell.text for cell in line)
        if text.strip(" |"):
            self.unread.append(Unread(table, text, reason))

    def _keep_cell(self, table: str, cell: Cell, reason: str) -> None:
        self.unread.append(Unread(table, cell.text, reason))


def _tables_of(grid: Grid, lines: Sequence[Sequence[Cell]]) -> set[str]:
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
    if count("requests", "column") >= 4:
        found.add("requests")
    if count("litigation", "column") >= 2 and count("litigation", "row"):
        found.add("litigation")
    if count("statistics_2014", "row") >= 5 and count("statistics_2014", "row") > count("requests", "row"):
        found.add("statistics_2014")
    return found


@lru_cache(maxsize=16384)
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


def _table_of(line: Sequence[Cell], present: set[str]) -> str:
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


def _is_header(table: str, line: Sequence[Cell]) -> bool:
    kinds = {"column", "group"} | ({"row"} if _is_across(table) else set())
    if _has_number(line):
        return False
    if any(telling(table, cell.text) & kinds for cell in line if cell.text):
        return True
    return any(telling(table, cell.text) == {"corner"} for cell in line if cell.text)


def _is_title(table: str, line: Sequence[Cell]) -> bool:
    """The article above a block, the section's title repeated inside the table, or the year below it."""
    texts = {cell.text for cell in line if cell.text}
    words = "".join(read_label(text).words for text in texts)
    if len(texts) != 1 or len(words) > 40:
        return False
    return (
        "二十条" in words
        or bool(YEAR.fullmatch(narrow(next(iter(texts)))))
        or any(
            title in words
            for form in load_forms()
            for t in form.tables
            if t.key == table and (title := read_label(t.title).words)
        )
    )


def _has_inner_blank(line: Sequence[Cell]) -> bool:
    """A blank between two numbers: whoever made this grid pushed no cells together."""
    marks = "".join("n" if cell.numeric else "b" if cell.blank else "t" for cell in line).strip("tb")
    return "b" in marks and "t" not in marks


def _has_number(line: Sequence[Cell]) -> bool:
    return any(cell.numeric for cell in line)


def _all_blank_values(line: Sequence[Cell], columns: Sequence[Column] | None) -> bool:
    return columns is not None and len(line) >= len(columns) and all(cell.blank for cell in line)


@cache
def _is_across(table: str) -> bool:
    return any(t.across for form in load_forms() for t in form.tables if t.key == table)


@cache
def _cells() -> dict[CELL, Heading]:
    """The form's cells: the column's heading, with the row's unit where the row has one."""
    found: dict[CELL, Heading] = {}
    for form in load_forms():
        for table in form.tables:
            for row, column in table.cells():
                found[table.key, row.key, column.key] = row if row.unit else column
    return found


@lru_cache(maxsize=16384)  # most cells are blank or print a small number: the same figures on every page
def _figure(key: CELL, raw: str, unit: str) -> Figure:
    """The figure of a number cell; `unit`: that of the labels, for money. Raises ValueError when the units do not agree."""
    heading, quantity = _cells()[key], read_quantity(raw) or NOTHING  # 0/0 of an increase and a decrease
    value = None if quantity.number is None else convert(quantity, unit, heading.unit)
    return Figure(*key, value, raw, heading.unit)


@cache
def _other_parts() -> tuple[Heading, ...]:
    return tuple(
        row
        for form in load_forms()
        if (table := form.table("requests"))
        for row in table.rows
        if row.parent == "other"
    )


@cache
def _form_of_labels(label: str) -> frozenset[str]:
    words = read_label(label).words
    return frozenset(
        term.form for term in terms(label) if words in term.heading.words and term.kind == "column"
    )


def _form_of_block(labels: Sequence[str], keys: Sequence[str]) -> str:
    """The form that has a block with these columns, told by their labels; "" when that is none or several."""
    shaped = {
        form.id
        for form in load_forms()
        if (table := form.table("disclosure"))
        for block in table.blocks
        if set(keys) <= {column.key for column in block.columns}
    }
    worded = frozenset.intersection(*map(_form_of_labels, labels)) if labels else frozenset()
    for told in (shaped & worded, shaped):
        if len(told) == 1:
            return next(iter(told))
    return ""
