"""Header rows of a statutory grid → its columns, named by their own labels."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from parsers.form import FormTable, load_forms
from parsers.form_label import read_label
from parsers.form_terms import Term, terms
from parsers.tables.cells import Cell

DEEPEST = 40  # rows of a head, many times those of a form's: of labels without an end, none is one
Keys = tuple[str | None, str]  # row (where the rows' labels stand above the columns) and column


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a printed table."""

    label: str  # as printed
    keys: Keys | None  # None: the form has no such column
    unit: str = ""  # that the label prints
    start: int | None = None  # grid columns that it covers; None where cells are not below their labels
    end: int | None = None


@dataclass(frozen=True, slots=True)
class _Leaf:
    """The lowest label above a column, and the labels above it from the top."""

    cell: Cell
    path: tuple[Cell, ...]


def read_columns(table: str, header: Sequence[Sequence[Cell]]) -> tuple[Column, ...] | None:
    """The columns below these header rows, from the first that the form knows to the last that has a label.

    None when their order or meaning is not certain.
    """
    if len(header) > DEEPEST:
        return None
    return _read(table, tuple(tuple((c.text, c.row, c.start, c.end) for c in line) for line in header))


@lru_cache(maxsize=1024)  # the same few heads stand on all pages of a portal
def _read(table: str, shape: tuple[tuple[tuple[str, int, int, int], ...], ...]) -> tuple[Column, ...] | None:
    cells = {printed: Cell(*printed) for line in shape for printed in line}
    header = [[cells[printed] for printed in line] for line in shape]
    leaves, placed = _recut(table, [_whole(table, leaf) for leaf in _aligned_leaves(table, header)]), True
    keys = _resolve(table, leaves) if _are_below_their_groups(table, leaves) else None
    if keys is None:
        leaves, placed = _recut(table, _expand(table, header)), False
        keys = _resolve(table, leaves)
    if keys is None:
        return None
    placed = placed and all(leaf.cell.end > leaf.cell.start for leaf in leaves)
    return tuple(
        Column(
            label=leaf.cell.text,
            keys=key,
            unit=read_label(leaf.cell.text).unit,
            start=leaf.cell.start if placed else None,
            end=leaf.cell.end if placed else None,
        )
        for leaf, key in zip(leaves, keys, strict=True)
    )


def unplaced(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The same columns for the next grid of a table that a page break splits."""
    return tuple(c if c.start is None else replace(c, start=None, end=None) for c in columns)


@cache
def form_columns(table: str) -> tuple[Column, ...] | None:
    """The form's own order, for a table whose head is missing; None where blocks have columns of their own."""
    sequences = set(_form_sequences(table))
    if len(sequences) != 1:
        return None
    return tuple(Column("", keys) for keys in sequences.pop())


def _aligned_leaves(table: str, header: Sequence[Sequence[Cell]]) -> list[_Leaf]:
    """Labels that stand above their columns; empty when a column's label has another label below it.

    In a head without a gap the same label below it is its own copy: some editors print a span as as many cells.
    Other editors leave the places of a span empty: a group's label stands above the empty cells to its right, too.
    """
    lowest: dict[int, Cell] = {}
    paths: dict[int, list[Cell]] = {}
    for line in header:
        group: Cell | None = None
        for cell in line:
            if cell.text:
                group = cell if _children(table, cell) else None
            above = cell if cell.text else group
            if above is None:
                continue
            for x in range(cell.start, cell.end):
                path = paths.setdefault(x, [])
                if above not in path:
                    path.append(above)
                if above is cell:
                    lowest[x] = cell
    full = len({sum(bool(cell.text) * (cell.end - cell.start) for cell in line) for line in header}) == 1
    for line in header:
        for cell in line:
            if not _names_column(table, cell):
                continue
            below = [lowest[x] for x in range(cell.start, cell.end)]
            if any(other is not cell and not (full and other.text == cell.text) for other in below):
                return []
    if any(
        _lacks_a_label(table, cell, header) for line in header for cell in line if cell.end - cell.start > 1
    ):
        return []
    leaves: list[_Leaf] = []
    for x in sorted(lowest):
        if leaves and lowest[x] is leaves[-1].cell:
            continue
        if leaves or _names_column(table, lowest[x]):
            leaves.append(_Leaf(lowest[x], tuple(paths[x][: paths[x].index(lowest[x])])))
    return leaves


def _lacks_a_label(table: str, group: Cell, header: Sequence[Sequence[Cell]]) -> bool:
    """Whether a group has cells below it, but not one for each of its columns: its labels have moved aside."""
    if not group.text or not _children(table, group):
        return False
    for line in header:
        below = [
            cell
            for cell in line
            if cell.row > group.row and group.start <= cell.start and cell.end <= group.end
        ]
        if below and sum(cell.end - cell.start for cell in below) < group.end - group.start:
            return True
    return False


def _expand(table: str, header: Sequence[Sequence[Cell]]) -> list[_Leaf]:
    """Labels of rows that lost their spans: each row's labels belong to the groups left open by the row above."""
    leaves: list[_Leaf] = []
    for line in header:
        row = max((cell.row for cell in line), default=0)
        labels = [cell for cell in line if cell.text and cell.row == row]
        while labels and not leaves and not _means(table, labels[0], ("column", "group", "row")):
            labels.pop(0)  # the corner
        if not leaves:
            leaves = [_Leaf(cell, ()) for cell in labels]
            continue
        groups = [leaf for leaf in leaves if _children(table, leaf.cell)]
        counts = [len(labels)] if len(groups) == 1 else [_children(table, leaf.cell) for leaf in groups]
        if sum(counts) != len(labels):
            return []
        rest, widths, opened = iter(labels), iter(counts), []
        for leaf in leaves:
            if _children(table, leaf.cell):
                opened += [_Leaf(next(rest), (*leaf.path, leaf.cell)) for _ in range(next(widths))]
            else:
                opened.append(leaf)
        leaves = opened
    return leaves


def _are_below_their_groups(table: str, leaves: Sequence[_Leaf]) -> bool:
    """Whether each label has its group above it, where the head prints the groups: else some of them have moved aside."""
    form = _tables(table)[-1]
    kind = "row" if form.across else "group"
    above = [{term.key for cell in leaf.path for term in _means(table, cell, (kind,))} for leaf in leaves]
    printed = frozenset[str]().union(*above)
    if form.across:
        return not printed or all(above)
    return all(
        groups & parents
        for leaf, groups in zip(leaves, above, strict=True)
        if (parents := {t.heading.parent for t in _means(table, leaf.cell, ("column",))} & printed)
    )


def _whole(table: str, leaf: _Leaf) -> _Leaf:
    """The label, whole again where its lines stand in cells below each other: 其他 above 结果."""
    if not leaf.path or _names_column(table, leaf.cell):
        return leaf
    above, cell = leaf.path[-1], leaf.cell
    joined = Cell(above.text + cell.text, above.row, cell.start, cell.end)
    same = (above.start, above.end) == (cell.start, cell.end)
    return _Leaf(joined, leaf.path[:-1]) if same and _names_column(table, joined) else leaf


def _recut(table: str, leaves: list[_Leaf]) -> list[_Leaf]:
    """The labels where the text of two is printed in one cell, or runs on into the next: 尚未 | 审结总计.

    Where there are more labels than cells, and the cells do not cover as many columns, nobody knows their places.
    """
    at = 0
    while at < len(leaves):
        for end in range(min(at + 3, len(leaves)), at, -1):
            run = leaves[at:end]
            if all(_names_column(table, leaf.cell) for leaf in run):
                continue
            labels = _runs(table).get("".join(read_label(leaf.cell.text).words for leaf in run), ())
            if not labels or any(leaf.path != run[0].path for leaf in run):
                continue
            start, known = run[0].cell.start, run[-1].cell.end - run[0].cell.start == len(labels)
            row, width = run[0].cell.row, 1 if known else 0
            cells = [Cell(text, row, start + x, start + x + width) for x, text in enumerate(labels)]
            leaves = [*leaves[:at], *(_Leaf(cell, run[0].path) for cell in cells), *leaves[end:]]
            break
        at += 1
    return leaves


@cache
def _runs(table: str) -> dict[str, tuple[str, ...]]:
    """The words of labels that stand beside each other in a form → these labels."""
    return {
        "".join(column.words[0] for column in run): tuple(column.label for column in run)
        for form in _tables(table)
        for block in form.blocks
        for start, end in itertools.combinations(range(len(block.columns) + 1), 2)
        if len(run := block.columns[start:end]) > 1
    }


@cache
def _tables(table: str) -> tuple[FormTable, ...]:
    return tuple(found for form in load_forms() if (found := form.table(table)))


def _children(table: str, cell: Cell) -> int:
    """How many labels the form has directly below this one in the table's head."""
    for form in _tables(table):
        for term in terms(cell.text):
            if term.table != table:
                continue
            if term.kind == "group":
                below = [c for c in (*form.columns, *form.groups) if c.parent == term.key]
                return len(below)
            if term.kind == "row" and form.across:
                below = [row for row in form.rows if row.parent == term.key]
                return len(below) or len(form.columns)
    return 0


def _means(table: str, cell: Cell, kinds: Sequence[str]) -> list[Term]:
    return [term for term in terms(cell.text) if term.table == table and term.kind in kinds]


def _names_column(table: str, cell: Cell) -> bool:
    return bool(_means(table, cell, ("column",)))


def _candidates(table: str, leaf: _Leaf) -> frozenset[Keys]:
    """What the label may name, given the groups that stand above it."""
    form = _tables(table)[-1]
    named = _means(table, leaf.cell, ("column",))
    if form.across:
        above = [term.key for cell in leaf.path for term in _means(table, cell, ("row",))]
        if not above:
            return frozenset((None, term.key) for term in named)
        rows = [row.key for row in form.rows if above[-1] in (row.key, row.parent) and row.has_figures]
        return frozenset((row, term.key) for row in rows for term in named)
    groups = [term.heading for cell in leaf.path for term in _means(table, cell, ("group",))]
    parents = {group.key: group.parent for group in form.groups}
    outer = parents.get(groups[-1].key) if groups else None
    return frozenset((None, term.key) for term in named if outer is None or term.heading.parent != outer)


def _resolve(table: str, leaves: Sequence[_Leaf]) -> list[Keys | None] | None:
    """One meaning for each column: the only one, or the one that the form has in this place.

    None where most labels mean nothing to the form: they are pieces of torn ones, and the few others have moved.
    """
    candidates = [_candidates(table, leaf) for leaf in leaves]
    named = [keys for keys in candidates if keys]
    if not named or len(candidates) > 2 * len(named):
        return None
    if all(len(keys) == 1 for keys in named) and len(set(named)) == len(named):
        return [next(iter(keys)) if keys else None for keys in candidates]
    # A label printed twice over stands for itself and, where all others are in their places, for the one it displaced.
    twice = [leaf.cell.text == before.cell.text for before, leaf in itertools.pairwise(leaves)]
    again = [False, *twice] if sum(twice) == 1 and len(leaves) > 2 else [False] * len(leaves)
    in_place = {
        sequence
        for sequence in _form_sequences(table)
        if len(sequence) == len(candidates)
        and all(
            key in keys or (None, key[1]) in keys or repeated
            for key, keys, repeated in zip(sequence, candidates, again, strict=True)
        )
    }
    return list(in_place.pop()) if len(in_place) == 1 else None


def _form_sequences(table: str) -> Iterator[tuple[Keys, ...]]:
    """The columns of each block, as the forms order them."""
    for form in _tables(table):
        for block in form.blocks:
            rows = [row.key for row in block.rows if row.has_figures] if form.across else [None]
            yield tuple((row, column.key) for row in rows for column in block.columns)
