"""Grids → the figures of the statutory forms; whatever finds no place there is listed as unread, with the reason.

A grid is known by its labels, never by where it stands. Its rows are found by their whole label path, its columns by
the labels of its own head; numbers are placed in order only when their count is exactly right.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from parsers.blocks import Grid
from parsers.form import Heading
from parsers.form_label import read_label
from parsers.form_terms import terms
from parsers.numbers import read_quantity
from parsers.report import Figure, Section, Table, Unread
from parsers.sections import PlacedGrid
from parsers.tables.arrangement import as_in_the_form
from parsers.tables.cells import Cell, printed_cells
from parsers.tables.columns import Column, form_columns, read_columns, unplaced
from parsers.tables.exemplar import LARGEST, Place, exemplar, numbers_a_label, spanned_counts
from parsers.tables.grid_lines import (
    all_blank_values,
    has_inner_blank,
    has_number,
    heads_the_row,
    is_across,
    is_header,
    is_row_left_blank,
    is_title,
    lacks_a_label,
    table_of,
    tables_of,
)
from parsers.tables.ledger import CELL, Ledger
from parsers.tables.placing import Misplaced, Placed, extent, one_over_two, place, two_below_one
from parsers.tables.rows import Rows, row_term
from parsers.tables.ruins import ruins, unlabelled
from parsers.tables.strangers import strangers, unread_rows
from parsers.tables.which_form import form_of_block, forms_followed, template_of

Blank = tuple[list[CELL], Sequence[Cell]]  # the figures that a row leaves blank, and its labels


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


def read_figures(
    placed_grids: Sequence[PlacedGrid], sections: Sequence[Section] = (), year: int = 0
) -> Reading:
    """The figures of all statutory tables among the grids, but for those that are none of the report's own."""
    reader, others = _Reader(), []
    keys = {section.number: section.key for section in reversed(sections) if section.level == 1}
    left_out = strangers(placed_grids, keys, year)
    for position, placed in enumerate(placed_grids):
        if position in left_out:
            continue
        for grid in as_in_the_form(placed.grid):
            if not reader.add(grid, placed.caption):
                others.append((keys.get(placed.section), grid))
    ledger = reader.ledger
    ledger.settle_other_handling()
    ledger.settle_ones()
    for table in reader.headless:
        ledger.check_order(table)
    unread = [kept.unread() for kept in ledger.unread]
    read = {key[0] for key in ledger.figures} | {one.table or "" for one in unread}
    unread += ruins([*(section.text.split("\n") for section in sections), reader.lines], read)
    unread += unlabelled(others, ledger.figures, read)
    for position, reason in left_out.items():
        unread += unread_rows(placed_grids[position].grid, reason)
    forms = forms_followed(reader.followed, ledger.figures)
    return Reading(
        template=template_of(forms),
        tables=tuple(Table(p.section, p.caption, p.grid.rows) for p in placed_grids),
        figures=tuple(ledger.figures.values()),
        unread=tuple(unread),
        forms=tuple(forms.items()),
    )


@dataclass(slots=True)
class _Reader:
    """The state that a table split over grids needs: head, rows and figures so far."""

    ledger: Ledger = field(default_factory=Ledger)
    met: set[str] = field(default_factory=set)  # tables
    headed: set[str] = field(default_factory=set)  # those with labels of columns
    headless: set[str] = field(default_factory=set)  # those whose numbers came before any label of a column
    spanned: tuple[tuple[Place, Place], ...] = ()  # of an exemplar
    columns: dict[str, tuple[Column, ...] | None] = field(default_factory=dict)  # by table: the last head
    rows: dict[str, Rows] = field(default_factory=dict)
    followed: list[str] = field(default_factory=list)  # the forms of the blocks of table 2
    widest: int = 0  # cells of this grid's longest row that prints empty ones beside its label
    # the columns from and to which this grid's numbers reach, once that was asked
    extent: tuple[int, int] = (0, 0)
    spans: bool = False  # whether it keeps them: then its numbers stand below each other
    # whether a row of this block prints two numbers below one of these labels, once that was asked
    doubled: dict[tuple[Column, ...], bool] = field(default_factory=dict)
    blank: Blank | None = None  # the row before, if it has a label and nothing else
    stray: str | None = None  # the text before the numbers of the row before, where that tells no row
    grid: Sequence[Sequence[Cell]] = ()  # its lines
    below: Sequence[Sequence[Cell]] = ()  # those below the last head
    lines: list[str] = field(default_factory=list)  # cells of text in grids that are no statutory table

    def add(self, grid: Grid, caption: str | None) -> bool:
        """Read one more grid, if it is a statutory table: as another one like it was read, unless it may go on with a
        table met before."""
        title = caption if caption and _can_be_title(caption, grid) else None
        alone = _read_alone(exemplar(grid), title) if _is_of_usual_size(grid) else None
        fresh = alone is not None and not alone.met & self.met and (alone.met or not self.columns)
        if alone is not None and fresh and alone.tells_of(grid):
            self._adopt(alone, grid)
            return bool(alone.met)
        return self.read(grid, title)

    def tells_of(self, grid: Grid) -> bool:
        """Whether the grid, which has the exemplar read here, has the same numbers where that one has the same cell."""
        return all(grid.rows[y][x] == grid.rows[v][u] for (y, x), (v, u) in self.spanned)

    def _adopt(self, alone: "_Reader", grid: Grid) -> None:
        """Take the places from the reading of this grid's exemplar, and the numbers from the grid."""
        self.ledger.adopt(alone.ledger, grid)
        self.columns |= alone.columns
        self.rows |= {table: rows.copy() for table, rows in alone.rows.items()}
        self.followed += alone.followed
        self.lines += alone.lines
        self.met |= alone.met
        self.headed |= alone.headed

    def read(self, grid: Grid, title: str | None) -> bool:
        lines = printed_cells(grid)
        present = tables_of(grid, lines) or self._continued(lines)
        if not present:
            self.lines += [cell.text for line in lines for cell in line if cell.quantity is None]
            return False
        self.met |= present
        self._end_columns()
        current = next((table for line in lines if (table := table_of(line, present))), min(present))
        blanks_stay = not grid.copies <= grid.padding or any(map(has_inner_blank, lines))
        self.widest, self.extent, self.spans = 0, (0, 0), not grid.copies <= grid.padding
        self.blank, self.stray, self.grid, self.below, self.doubled = None, None, lines, lines, {}
        header: list[list[Cell]] = []
        for number, line in enumerate(lines):
            if not any(cell.text for cell in line) and not (
                header and is_across(current) and self._ends(current, header, lines[number + 1 :])
            ):
                continue  # empty, and not the row of numbers left blank
            if title and {cell.text for cell in line if cell.text} == {title}:
                continue
            table = table_of(line, present) or current
            is_head = is_header(table, line) and not is_row_left_blank(
                table, line, read_columns(table, header) if header else self.columns.get(table)
            )
            if header and (table != current or not is_head):
                self._read_header(current, header, lines[number:])
                header = []
            current = table
            if is_head:
                header.append(line)
            else:
                self._read_row(table, line, blanks_stay)
        if header:
            self._read_header(current, header, ())
        return True

    def _ends(self, table: str, header: Sequence[Sequence[Cell]], rest: Sequence[Sequence[Cell]]) -> bool:
        """Whether no number can follow below these labels: none does, or they are complete and others follow."""
        following = next((line for line in rest if any(cell.text for cell in line)), ())
        columns = read_columns(table, header) or ()
        complete = bool(columns) and all(column.keys for column in columns)
        return not any(map(has_number, rest)) or (complete and is_header(table, following))

    def _end_columns(self) -> None:
        """In the next grid, cells do not stand below the labels of this one."""
        self.columns = {key: columns and unplaced(columns) for key, columns in self.columns.items()}

    def _continued(self, lines: Sequence[Sequence[Cell]]) -> set[str]:
        """A table whose head stands in the grid before: nothing here but its next rows."""
        if self.columns.get("litigation") and not any(key[0] == "litigation" for key in self.ledger.figures):
            numbers = [line for line in lines if any(cell.quantity is not None for cell in line)]
            if len(numbers) == 1 and all(cell.quantity is not None for cell in numbers[0]):
                return {"litigation"}
        found: set[str] = set()
        for table in ("disclosure", "requests"):
            if self.columns.get(table):
                labels = {row.key for line in lines if (row := row_term(table, line))}
                filled = {key[1] for key in self.ledger.figures if key[0] == table}
                if (
                    labels
                    and not labels & filled
                    and all(row_term(table, line) for line in lines if has_number(line))
                ):
                    found.add(table)
        return found if len(found) == 1 else set()

    def _read_header(
        self, table: str, header: Sequence[Sequence[Cell]], below: Sequence[Sequence[Cell]]
    ) -> None:
        columns = read_columns(table, header)
        self.headed.add(table)
        self.columns[table] = columns
        self.below, self.doubled = below, {}
        if columns and columns[0].start is None and lacks_a_label(table, below, len(columns)):
            self.columns[table] = None
        if columns is None:
            printed = [cell for line in header for cell in line if cell.text]
            self.ledger.keep(table, printed, "the labels do not tell the columns apart")
            return
        labels = [column.label for column in columns if column.keys]
        keys = [column.keys[1] for column in columns if column.keys]
        if table == "disclosure" and (form := form_of_block(labels, keys)):
            self.followed.append(form)

    def _read_row(self, table: str, line: Sequence[Cell], blanks_stay: bool) -> None:
        if table not in self.columns:
            self.columns[table] = form_columns(table)
        if table not in self.headed and has_number(line):
            self.headless.add(table)
        stray, blank = self.stray, self.blank
        self.stray, self.blank = None, None
        if is_across(table) and line and heads_the_row(line[0].text):
            line = line[1:]
        unlabelled = is_across(table) and not row_term(table, line)
        found = self._unlabelled_row(table, line) if unlabelled else self._labelled_row(table, line, blank)
        if found is None:
            return
        label_end, row = found
        try:
            columns = self._columns_of_row(table, line, label_end, row)
        except Misplaced as misplaced:
            self.ledger.keep(table, line, str(misplaced))
            return
        try:
            short = len(line) < self.widest
            placed = place(line, label_end, columns, blanks_stay, short, self.extent)
        except Misplaced as misplaced:
            if label_end == 0:
                # a second row of numbers, or the first of two: nobody knows which is the report's
                keys = [(table, c.keys[0], c.keys[1]) for c in columns if c.keys and c.keys[0]]
                self.ledger.contest(keys)
            self.ledger.keep(table, line, str(misplaced))
            return
        self._enter(table, row, line[:label_end], placed)
        if label_end and all(cell.blank for _, cell in placed):
            self.blank = (
                [(table, row.key if row else "", c.keys[1]) for c in columns if c.keys],
                line[:label_end],
            )
            label = line[label_end - 1].text
            if stray is not None and (
                len(read_label(stray).words) < 2 or terms(stray + label) == terms(label)
            ):
                self.ledger.distrust(*self.blank)

    def _unlabelled_row(self, table: str, line: Sequence[Cell]) -> tuple[int, None] | None:
        """The row of figures of a table whose labels all stand above them; None when it is not that."""
        values = line if any(map(has_number, self.grid)) else line[bool(line and not line[0].quantity) :]
        if has_number(line) or all_blank_values(values, self.columns[table]):
            return 0, None
        if not is_title(table, line):
            self.ledger.keep(table, line, "no row of figures")
        return None

    def _labelled_row(
        self, table: str, line: Sequence[Cell], blank: Blank | None
    ) -> tuple[int, Heading | None] | None:
        """Where the label of a row of figures ends, and the form's row; None when there is nothing to read in it."""
        if table not in self.rows:
            self.rows[table] = Rows(table)
        found = self.rows[table].find(line)
        if found is None:
            if not is_title(table, line):
                texts = "".join(cell.text for cell in line if cell.quantity is None)
                self.stray = texts if has_number(line) else None
                if self.stray is not None and blank and len(read_label(texts).words) < 2:
                    self.ledger.distrust(*blank)
                self.ledger.keep(table, line, "no such row in the form")
            return None
        label_end, row, reason = found
        numbered = has_number(line[1:] if row else line)  # the row's serial number is no figure
        if reason and (numbered or not all(cell.blank for cell in line[label_end:])):
            self.ledger.keep(table, line, reason)
            words = [cell.text for cell in line if cell.text and cell.quantity is None]
            self.stray = words[-1] if numbered and words else None
        elif not reason and label_end == len(line) and numbered:
            self.ledger.keep(table, line, "numbers before the label")
        if reason or label_end == len(line):  # no row of the form, or a heading on a line of its own
            return None
        return label_end, row

    def _columns_of_row(
        self, table: str, line: Sequence[Cell], label_end: int, row: Heading | None
    ) -> tuple[Column, ...]:
        """The columns to which its cells can belong. Raises Misplaced where no number's column is certain."""
        columns = self.columns[table]
        if columns is None:
            raise Misplaced("the columns have no labels that the form knows")
        if row is not None and is_across(table):
            columns = tuple(c for c in columns if c.keys is None or c.keys[0] in (None, row.key))
        if len(columns) > 3 and columns[0].start is None and one_over_two(line[label_end:], self.grid):
            raise Misplaced("one number over two columns")
        if len(line) - label_end > len(columns):
            self.widest = max(self.widest, len(line))
            self.extent = self.extent if any(self.extent) else extent(table, self.grid, self.spans)
            if columns not in self.doubled:
                block = itertools.takewhile(lambda line: not is_header(table, line), self.below)
                self.doubled[columns] = two_below_one(columns, list(block))
            if self.doubled[columns]:
                raise Misplaced("one number below a label that has two in other rows")
        return columns

    def _enter(self, table: str, row: Heading | None, labels: Sequence[Cell], cells: Placed) -> None:
        unit, empty = "", bool(labels) and not any(cell.text for _, cell in cells)
        for column, cell in cells:
            keys = column.keys if column else None
            if column is None or keys is None:
                reason = f"the form has no column {column.label}" if column else "a cell in no column"
                if not cell.blank:
                    self.ledger.keep(table, [cell], reason)
            elif keys[1] != "unit":
                key = table, keys[0] or (row.key if row else ""), keys[1]
                self.ledger.enter(key, cell, column, unit, labels, empty)
            elif cell.numeric:
                self.ledger.keep(table, [cell], "a number in the column of units")
            else:
                unit = read_label(f"({cell.text})").unit or cell.text


@lru_cache(maxsize=256)  # the tables of a portal differ in nothing but their counts
def _read_alone(grid: Grid, title: str | None) -> _Reader | None:
    """What the places of an exemplar mean without a grid before it; None where that depends on the numbers. Not to be changed."""
    if numbers_a_label(grid):
        return None
    reader = _Reader(spanned=spanned_counts(grid))
    reader.read(grid, title)
    return None if reader.ledger.twice or reader.headless else reader


def _is_of_usual_size(grid: Grid) -> bool:
    return bool(grid.rows) and len(grid.rows) * len(grid.rows[0]) <= LARGEST


def _can_be_title(caption: str, grid: Grid) -> bool:
    """Whether a line of the grid may be nothing but its caption."""
    return not terms(caption) and read_quantity(caption) is None and any(caption in row for row in grid.rows)
