"""A line of cells → the row of the form that its labels name, with the whole path of labels as evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cache, lru_cache

from parsers.form import Heading, load_forms
from parsers.form_label import fold_label, read_label
from parsers.form_terms import terms
from parsers.tables.cells import Cell

LONGEST_PATH = 80  # characters of a cell that holds a heading and the label below it
SHORTEST_LABEL = 4  # characters of one that may differ from the form's
FEW = 3  # characters by which its length may differ
ALIKE = 0.7  # likeness of two labels that mean the same …
APART = 0.25  # … and how much less that of all others is
NEAR = 5  # rows: a label such as 其他 or 总计 is believed only so soon after the row before it


@dataclass(slots=True)
class Rows:
    """The rows of one table in the order in which they are met."""

    table: str
    met: list[Heading] = field(default_factory=list)
    serial: str = ""  # that a table with numbered rows prints before the last label

    def copy(self) -> "Rows":
        return Rows(self.table, [*self.met], self.serial)

    def find(self, line: Sequence[Cell]) -> tuple[int, Heading | None, str] | None:
        """Where the labels end, the row, and the reason why it is not certain; None for a line without a label."""
        end, named, path, label = _labels(self.table, line)
        if not named:
            return None
        if line[0].numeric and not self._counts_on(line[0], named):
            return end, None, "a number before the label"
        if end < len(line) and _is_numbered_label(line[end]):
            return end, None, "a label below it that the form does not know"
        row = self._choose(named, path, read_label(label).number)
        if row is None:
            return end, None, "the label alone does not tell the row"
        self.met.append(row)
        if not row.has_figures:
            return end, row, "figures beside a heading"
        return end, row, ""

    def _counts_on(self, cell: Cell, named: Sequence[Heading]) -> bool:
        """Whether a row's first cell is its label's own number, or what a page break left of a label above it
        (三 of 三、本年度办理结果), or counts the rows."""
        before, self.serial = self.serial, cell.text.strip()
        return _numbers(cell, [*named, *_above(self.table, named)]) or self.serial in (
            "1",
            before,
            str(int(before) + 1) if before.isdecimal() else "1",
        )

    def _choose(self, named: Sequence[Heading], path: Sequence[Heading], number: str) -> Heading | None:
        if len(named) == 1 and not named[0].generic:
            return named[0]
        above = path[-1].key if path else None
        for row in named:
            if above is not None and row.parent == above and number in ("", row.number):
                return row
        others = {row.number for row in _every_row(self.table) if row.parent == named[0].parent}
        miscounted = len(named) == 1 and number not in others  # （八）总计, behind a row that was added
        candidates = [row for row in named if miscounted or number in ("", row.number)]
        if number and above is None and len(candidates) == 1 and self._goes_on(candidates[0]):
            return candidates[0]
        if above is not None and not number:
            return None
        return max((row for row in candidates if self._follows(row)), key=self._last_relative, default=None)

    def _goes_on(self, row: Heading) -> bool:
        """Whether the row comes after the one before it, however many are left out."""
        order = _order(self.table)
        return bool(self.met) and order[row.key] > order[self.met[-1].key]

    def _follows(self, row: Heading) -> bool:
        if not self.met or self._last_relative(row) < 0:
            return False
        order = _order(self.table)
        return 0 <= order[row.key] - order[self.met[-1].key] <= NEAR

    def _last_relative(self, row: Heading) -> int:
        """When the row's heading, or a row under the same heading, was last met; -1 for never."""
        return max((i for i, met in enumerate(self.met) if row.parent in (met.key, met.parent)), default=-1)


def row_term(table: str, line: Sequence[Cell]) -> Heading | None:
    """The row that a line's last label names, ambiguous or not."""
    _, named, _, _ = _labels(table, line)
    return named[0] if named else None


def _labels(table: str, line: Sequence[Cell]) -> tuple[int, Sequence[Heading], list[Heading], str]:
    """Where the labels end, what the innermost may name, the rows that those above it name, and the innermost."""
    end, path, label = 0, list[Heading](), ""
    named: Sequence[Heading] = ()
    for index, cell in enumerate(line):
        if cell.quantity is not None:
            if cell.quantity.number is None:
                continue
            following = next((_row_terms(table, other.text) for other in line[index + 1 :] if other.text), ())
            if following and (index == 0 or _numbers(cell, [*following, *_above(table, following)])):
                continue
            break
        found = _row_terms(table, cell.text)
        if found:
            end = index + 1
            if any(row.parent == found[0].key for row in named):  # a parent that a broken span pushed behind
                path.append(found[0])
                continue
            if named and named != found:  # the same again is a span printed as as many cells
                path.append(named[0])
            named, label = found, cell.text
    return end, named, path, label


def _is_numbered_label(cell: Cell) -> bool:
    label = read_label(cell.text)
    return not cell.numeric and bool(label.number) and not label.words.isascii()


def _numbers(cell: Cell, rows: Sequence[Heading]) -> bool:
    """Whether a cell holds the number of the label in the next one: 1 | 属于国家秘密. The first cell of a row always does."""
    return any(row.number == cell.text.strip("、.．") for row in rows)


def _above(table: str, rows: Sequence[Heading]) -> list[Heading]:
    """The headings above these rows, those above them too, that are numbered in Chinese: the others' numbers count rows."""
    every = _every_row(table)
    above: list[Heading] = []
    keys = {row.parent for row in rows}
    while parents := [row for row in every if row.key in keys and row not in above]:
        above += parents
        keys = {row.parent for row in parents}
    return [row for row in above if row.number and not row.number.isascii()]


@lru_cache(maxsize=1024)
def _row_terms(table: str, text: str) -> tuple[Heading, ...]:
    """The rows that a label may name, one of each key: 其他处理 has figures in one form, and is a heading in the next."""
    named = [term.heading for term in terms(text) if term.table == table and term.kind == "row"]
    if not any(row.has_figures for row in named):
        named = _below_heading(table, text) or named or _nearest(text, tuple(_rows(table).values()))
    return tuple({row.key: row for row in sorted(named, key=lambda row: row.has_figures)}.values())


def _below_heading(table: str, text: str) -> list[Heading]:
    """The row of a cell that holds its headings too: 行政诉讼（复议后起诉）, 三、本年度办理结果-（三）不予公开-1.属于国家秘密."""
    folded = fold_label(text)
    if len(folded) > LONGEST_PATH:
        return []
    rows = _every_row(table)
    for heading in rows:
        start = -1 if heading.has_figures else folded.find(heading.words[0], 0, len(heading.words[0]) + 4)
        if start < 0:
            continue
        rest = folded[start + len(heading.words[0]) :].strip("(),:-—、/>")
        words = read_label(rest).words
        children = {(row.key, row.has_figures): row for row in rows if row.parent == heading.key}.values()
        named = [row for row in children if words in row.words]
        if below := _below_heading(table, rest) or named or _nearest(rest, tuple(children)):
            return [replace(row, generic=False) for row in below]
    return []


def _nearest(text: str, rows: Sequence[Heading]) -> list[Heading]:
    """The row whose label has nearly these words (属于国家机密, 本单位不掌握相关政府信息), where those of all others are far."""
    label = read_label(text)
    if not SHORTEST_LABEL <= len(label.words) <= LONGEST_PATH:
        return []
    ranked = sorted(((_likeness(label.words, row), place) for place, row in enumerate(rows)), reverse=True)
    (best, place), (next_best, _) = [*ranked, (0, 0), (0, 0)][:2]
    if best < ALIKE or best - next_best < APART or label.number not in ("", rows[place].number):
        return []
    return [rows[place]]


def _likeness(words: str, row: Heading) -> float:
    """Between 0 and 1; 0 for a part of the label, which is a piece of one torn in two, and for two labels in one."""
    if any(words in known for known in row.words):
        return 0
    alike = (known for known in row.words if abs(len(known) - len(words)) <= FEW)
    return max((SequenceMatcher(None, words, known, autojunk=False).ratio() for known in alike), default=0)


@cache
def _every_row(table: str) -> tuple[Heading, ...]:
    """The rows of all forms."""
    return tuple(row for form in load_forms() if (found := form.table(table)) for row in found.rows)


@cache
def _rows(table: str) -> dict[str, Heading]:
    """Rows of all forms by their keys."""
    return {row.key: row for row in _every_row(table)}


@cache
def _order(table: str) -> dict[str, int]:
    """Rows of all forms in one order."""
    order: dict[str, int] = {}
    for form in reversed(load_forms()):
        if found := form.table(table):
            for row in found.rows:
                order.setdefault(row.key, len(order))
    return order
