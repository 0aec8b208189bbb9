"""What a report's tables say, number by number: each is a figure of a form, or unread with the reason, and never lost."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from parsers.blocks import Grid
from parsers.characters import narrow, squeeze
from parsers.form import Heading, load_forms
from parsers.form_label import read_label
from parsers.form_terms import terms
from parsers.numbers import NOTHING, ONE, convert, read_chinese, read_quantity
from parsers.report import Figure, Unread
from parsers.tables.cells import Cell
from parsers.tables.columns import Column

CELL = tuple[str, str, str]  # table, row, column


class Kept(NamedTuple):
    """Cells that found no place."""

    table: str
    cells: tuple[Cell, ...]
    reason: str

    def unread(self) -> Unread:
        return Unread(self.table, " | ".join(cell.text for cell in self.cells), self.reason)

    def printed_in(self, grid: Grid) -> "Kept":
        """The same cells of another grid."""
        cells = (Cell(grid.rows[cell.row][cell.start], cell.row, cell.start, cell.end) for cell in self.cells)
        return self._replace(cells=tuple(cells))


@dataclass(slots=True)
class Ledger:
    """The figures and the unread of one report."""

    figures: dict[CELL, Figure] = field(default_factory=dict)
    places: dict[CELL, tuple[int, int, str]] = field(default_factory=dict)  # row, column, unit of the labels
    unread: list[Kept] = field(default_factory=list)
    twice: bool = False  # a cell of the form is printed more than once: it matters whether the numbers agree
    contested: set[CELL] = field(default_factory=set)  # printed as different numbers, or as a text
    ones: dict[CELL, Kept] = field(default_factory=dict)  # a lone 一 in the place of a count
    # of rows with a label only: they say nothing against numbers elsewhere
    empty: set[CELL] = field(default_factory=set)

    def enter(
        self, key: CELL, cell: Cell, column: Column, unit: str, labels: Sequence[Cell], empty: bool = False
    ) -> None:
        """The cell as the figure of that row and column; `unit` and `labels` are what its row prints before it, and
        `empty` a row that prints nothing else."""
        table, heading = key[0], form_cells().get(key)
        quantity = cell.quantity
        if heading is None or (heading.money and not _is_sum_of(heading, column)):
            if not cell.blank:
                self.keep(table, [cell], f"the form has no column {column.label} in this row")
            return
        if quantity is None and heading.signed and squeeze(narrow(cell.text)) == "0/0":
            quantity = NOTHING
        if quantity is None:
            self.keep(table, [cell], "not a number")
            first = key not in self.figures and key not in self.contested
            if cell.text == ONE and first and not heading.money:
                self.ones[key] = self.unread[-1]
            self.contested.add(key)
            return
        if quantity.number is not None:
            if cell.figure:
                self.figures.pop(cell.figure, None)
                self.places.pop(cell.figure, None)
                self.keep(table, [cell], "one number for several cells of the form")
                return
            cell.figure = key
        if heading.money:
            unit = column.unit or unit or next((u for c in labels if (u := read_label(c.text).unit)), "")
        unit = unit if heading.money else ""
        try:
            figure = _figure(key, cell.text, unit)
        except ValueError as unfit:
            self.keep(table, [cell], str(unfit))
            return
        before = self.figures.get(key)
        self.twice = self.twice or before is not None
        if key not in self.contested and (before is None or key in self.empty):
            self.figures[key], self.places[key] = figure, (cell.row, cell.start, unit)
            (self.empty.add if empty else self.empty.discard)(key)
        elif before and before.value == figure.value:
            self.keep(table, (*labels, cell) if cell.text else (), "printed a second time")
        elif not empty:
            self.contested.add(key)
            self.ones.pop(key, None)
            self.withdraw([key], "printed twice, with different numbers")
            self.keep(table, (*labels, cell) if cell.text else (), "printed twice, with different numbers")

    def adopt(self, other: "Ledger", grid: Grid) -> None:
        """What stands in this grid where the other ledger has places of its exemplar."""
        for key, (row, column, unit) in other.places.items():
            self.figures[key] = _figure(key, grid.rows[row][column], unit)
        self.empty |= other.empty
        self.contested |= other.contested
        printed = {id(kept): kept.printed_in(grid) for kept in other.unread}
        self.unread += printed.values()
        self.ones |= {key: printed[id(kept)] for key, kept in other.ones.items()}

    def withdraw(self, keys: Sequence[CELL], reason: str) -> None:
        """Figures that are not believed after all."""
        for key in keys:
            figure, (row, column, _) = self.figures.pop(key, None), self.places.pop(key, (0, 0, ""))
            if figure and figure.raw:
                self.unread.append(Kept(key[0], (Cell(figure.raw, row, column, column + 1),), reason))

    def contest(self, keys: Sequence[CELL]) -> None:
        """Cells of which something else is printed, nobody knows what."""
        self.contested |= set(keys)
        self.twice = True
        self.withdraw(keys, "printed twice, with different numbers")

    def distrust(self, keys: Sequence[CELL], labels: Sequence[Cell]) -> None:
        """A row with a label only, above or below one of numbers only: they may belong together."""
        blank = [key for key in keys if key in self.figures and self.figures[key].value is None]
        for key in blank:
            del self.figures[key], self.places[key]
        if blank:
            reason = "nothing beside the label, and numbers without one in the next row"
            self.keep(blank[0][0], labels, reason)

    def check_order(self, table: str) -> None:
        """The figures of a table that prints no head are those of the form's columns, unless another column than the
        form's is the sum of all others in most rows: then nobody knows the order."""
        rows: dict[str, dict[str, float]] = {}
        for (key, row, column), figure in self.figures.items():
            if key == table and figure.value is not None:
                rows.setdefault(row, {})[column] = figure.value
        sums = Counter(
            column
            for values in rows.values()
            for column, value in values.items()
            if len(values) > 2 and value > 0 and 2 * value == sum(values.values())
        )
        printed = any("total" in values for values in rows.values())
        if printed and sums and max(sums, key=sums.__getitem__) != "total":
            reason = "no label tells the order of the columns, and the sums speak against the form's"
            self.withdraw([key for key in self.figures if key[0] == table], reason)

    def keep(self, table: str, line: Sequence[Cell], reason: str) -> None:
        if any(cell.text.strip(" |") for cell in line):
            self.unread.append(Kept(table, tuple(line), reason))

    def settle_other_handling(self) -> None:
        """其他处理 is a row of the 2019 form, and the heading of three rows in the 2021 form: there it has no figures."""
        one_row, three_rows = other_handling()
        if not self.figures.keys().isdisjoint(three_rows):
            heading = [key for key in self.figures if key in one_row]
            blank = [key for key in heading if self.figures[key].value is None]
            for key in blank:
                del self.figures[key]
            self.withdraw(heading, "figures beside a heading")

    def settle_ones(self) -> None:
        """A lone 一 is a number in a table that writes other counts in words too; in others it may be a dash."""
        if not self.ones:
            return
        worded = {
            key[0]
            for key, figure in self.figures.items()
            if figure.value is not None and figure.value > 1 and read_chinese(squeeze(figure.raw))
        }
        for key, kept in self.ones.items():
            if key[0] in worded:
                self.figures[key] = Figure(*key, 1, ONE, form_cells()[key].unit)
                self.unread.remove(kept)


@cache
def form_cells() -> dict[CELL, Heading]:
    """The forms' cells: the column's heading, with the row's unit where the row has one."""
    found: dict[CELL, Heading] = {}
    for form in load_forms():
        for table in form.tables:
            for row, column in table.cells():
                found[table.key, row.key, column.key] = row if row.unit else column
    return found


def _is_sum_of(heading: Heading, column: Column) -> bool:
    """Whether the column is headed by this very sum: the head of one block may have lost its own rows (采购总金额, 收费金额)."""
    named = [term.heading for term in terms(column.label) if term.heading.key == heading.key]
    return not named or any(one.unit == heading.unit for one in named)


@lru_cache(maxsize=4096)  # most cells are blank or print a small number: the same figures on every page
def _figure(key: CELL, raw: str, unit: str) -> Figure:
    """The figure of a number cell; `unit`: that of the labels, for money. Raises ValueError when the units do not agree."""
    heading, quantity = form_cells()[key], read_quantity(raw) or NOTHING  # 0/0 of an increase and a decrease
    value = None if quantity.number is None else convert(quantity, unit, heading.unit)
    return Figure(*key, value, raw, heading.unit)


@cache
def other_handling() -> tuple[frozenset[CELL], frozenset[CELL]]:
    """The cells of 其他处理: as the one row of the 2019 form, and as the three of the 2021 form."""
    tables = [table for form in load_forms() if (table := form.table("requests"))]
    parts = {row.key for table in tables for row in table.rows if row.parent == "other"}
    cells = [cell for cell in form_cells() if cell[0] == "requests"]
    return frozenset(c for c in cells if c[1] == "other"), frozenset(c for c in cells if c[1] in parts)
