"""The statutory tables of one report, laid out as the form prints them. Labels and order come from the forms' data."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from parsers.form import Block, Form, FormTable, Heading, load_forms
from parsers.report import Check, Figure

Place = tuple[str, str]  # keys of row and column
Figures = Mapping[
    Place, Sequence[Figure]
]  # of one table; more than one figure where the page prints a cell twice


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the printed table: a heading, or a figure's place."""

    label: str = ""
    key: str = ""  # the contract's name of the row or column
    place: Place | None = None  # where a figure stands
    figures: tuple[Figure, ...] = ()  # empty at a place: the page has no such cell
    rowspan: int = 1
    colspan: int = 1
    depth: int = 0  # of a heading in a list


@dataclass(frozen=True, slots=True)
class Layout:
    """One table, ready to be printed."""

    table: str
    title: str
    notice: str  # the notice that prescribes the form
    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    others: tuple[Figure, ...] = field(default=())  # figures for which the form has no place


def lay_out(figures: Sequence[Figure], template: str) -> tuple[Layout, ...]:
    """The tables of a report, each in the form that has a place for most of its figures."""
    tables: dict[str, dict[Place, list[Figure]]] = {}
    for figure in figures:
        tables.setdefault(figure.table, {}).setdefault((figure.row, figure.column), []).append(figure)
    return tuple(_lay_out(key, tables[key], template) for key in sorted(tables, key=_rank))


def _rank(key: str) -> int:
    order = [table.key for form in reversed(load_forms()) for table in form.tables]
    return order.index(key) if key in order else len(order)


def _lay_out(key: str, figures: Figures, template: str) -> Layout:
    forms = [(form, table) for form in reversed(load_forms()) if (table := form.table(key))]
    if not forms:
        return Layout(key, key, "", (), (), tuple(one for some in figures.values() for one in some))
    form, table = max(forms, key=lambda pair: (_covered(pair[1], figures), pair[0].id == template))
    table = _with_other_blocks(table, [other for _, other in forms], figures)
    head, body = _rows(table, _corner(form.id, key))
    found = {cell.place for row in body for cell in row if cell.place}
    others = tuple(one for place, some in figures.items() if place not in found for one in some)
    filled = tuple(
        tuple(
            replace(cell, figures=tuple(figures.get(cell.place, ()))) if cell.place else cell for cell in row
        )
        for row in body
    )
    return Layout(key, table.title, form.notice, head, filled, others)


def _covered(table: FormTable, figures: Figures) -> int:
    return len({(row.key, column.key) for row, column in table.cells()} & figures.keys())


def _with_other_blocks(table: FormTable, others: Sequence[FormTable], figures: Figures) -> FormTable:
    """The table with the blocks of another form where the page printed those: publishers mix the forms by article."""
    if len(table.blocks) == 1:
        return table
    articles = dict.fromkeys(block.article for one in (table, *others) for block in one.blocks)
    chosen = []
    for article in articles:
        blocks = [block for one in (table, *others) for block in one.blocks if block.article == article]
        best = max(blocks, key=lambda block: len(_places(block) & figures.keys()))
        if best in table.blocks or _places(best) & figures.keys():
            chosen.append(best)
    return replace(table, blocks=tuple(chosen))


def _places(block: Block) -> frozenset[Place]:
    return frozenset((row.key, column.key) for row in block.rows for column in block.columns)


@cache
def _corner(form_id: str, key: str) -> str:
    """What the form prints above its rows' labels."""
    text = files("parsers.data").joinpath(f"form-{form_id}.toml").read_text(encoding="utf-8")
    tables = {table["key"]: table for table in tomllib.loads(text)["table"]}
    return next(iter(tables[key].get("corner", ())), "")


Rows = tuple[tuple[Cell, ...], ...]


def _rows(table: FormTable, corner: str) -> tuple[Rows, Rows]:
    if table.across:
        return _across(table)
    if len(table.blocks) > 1:
        return (), tuple(_blocks(table, corner))
    parents = {row.parent for row in table.rows}
    if any(row.key in parents and row.has_figures for row in table.rows):
        return _list(table, corner)
    return _matrix(table, corner)


def _across(table: FormTable) -> tuple[Rows, Rows]:
    """Table 4: the labels of the rows stand above the columns, and one row of figures answers all."""
    (block,) = table.blocks
    leaves = [row for row in block.rows if row.has_figures]
    chains = [_chain(row, block.rows) for row in leaves]
    depth = max(map(len, chains))
    width = len(block.columns)
    head = [
        *_head_rows(chains, depth, width),
        tuple(Cell(column.label, column.key) for _ in leaves for column in block.columns),
    ]
    body = tuple(Cell(place=(row.key, column.key)) for row in leaves for column in block.columns)
    return tuple(head), (body,)


def _chain(heading: Heading, headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """The headings above, and the heading itself."""
    above = next((one for one in headings if one.key == heading.parent), None)
    return (*(_chain(above, headings) if above else ()), heading)


def _head_rows(chains: Sequence[Sequence[Heading]], depth: int, width: int = 1) -> Iterator[tuple[Cell, ...]]:
    """Merged heads: a group spans its columns, a column without groups spans the rows below it."""
    for level in range(depth):
        cells: list[Cell] = []
        last: Heading | None = None
        for chain in chains:
            if level >= len(chain):
                continue
            heading = chain[level]
            if heading is last:
                cells[-1] = replace(cells[-1], colspan=cells[-1].colspan + width)
                continue
            last = heading
            rowspan = depth - level if level == len(chain) - 1 else 1
            cells.append(Cell(heading.label, heading.key, rowspan=rowspan, colspan=width))
        yield tuple(cells)


def _blocks(table: FormTable, corner: str) -> Iterator[tuple[Cell, ...]]:
    """Table 2: blocks below each other, each with its article and its own columns; the last column takes the rest."""
    width = 1 + max(len(block.columns) for block in table.blocks)
    for block in table.blocks:
        rest = width - len(block.columns)
        spans = [1] * (len(block.columns) - 1) + [rest]
        yield (Cell(block.article or "", colspan=width),)
        columns = [
            Cell(column.label, column.key, colspan=span)
            for column, span in zip(block.columns, spans, strict=True)
        ]
        yield (Cell(corner), *columns)
        for row in block.rows:
            cells = [
                Cell(place=(row.key, column.key), colspan=span)
                for column, span in zip(block.columns, spans, strict=True)
            ]
            yield (Cell(row.label, row.key), *cells)


def _list(table: FormTable, corner: str) -> tuple[Rows, Rows]:
    """The annex of 2014: one column of figures; what stands under a row is set in."""
    (block,) = table.blocks
    columns = [column for column in block.columns if column.has_figures]
    head = (Cell(corner), Cell("单位", "unit"), *(Cell(column.label, column.key) for column in columns))
    body: list[tuple[Cell, ...]] = []
    for row in block.rows:
        depth = len(_chain(row, block.rows)) - 1
        if not row.has_figures:
            body.append((Cell(row.label, row.key, colspan=len(head), depth=depth),))
            continue
        cells = [Cell(place=(row.key, column.key)) for column in columns]
        body.append((Cell(row.label, row.key, depth=depth), Cell(row.unit), *cells))
    return (head,), tuple(body)


def _matrix(table: FormTable, corner: str) -> tuple[Rows, Rows]:
    """Table 3: rows below their parents, columns below their groups."""
    (block,) = table.blocks
    chains = [_chain(row, block.rows) for row in block.rows if row.has_figures]
    width = max(map(len, chains))
    columns = [_chain(column, (*table.groups, *block.columns)) for column in block.columns]
    depth = max(map(len, columns))
    first, *others = _head_rows(columns, depth)
    above = Cell(corner, rowspan=depth, colspan=width)
    return ((above, *first), *others), tuple(_matrix_rows(chains, width, block.columns))


def _matrix_rows(
    chains: Sequence[tuple[Heading, ...]], width: int, columns: Sequence[Heading]
) -> Iterator[tuple[Cell, ...]]:
    met: set[str] = set()
    for chain in chains:
        cells = []
        for level, heading in enumerate(chain[:-1]):
            if heading.key not in met:
                met.add(heading.key)
                below = sum(len(one) > level and one[level] is heading for one in chains)
                cells.append(Cell(heading.label, heading.key, rowspan=below))
        leaf = chain[-1]
        cells.append(Cell(leaf.label, leaf.key, colspan=width - len(chain) + 1))
        yield (*cells, *(Cell(place=(leaf.key, column.key)) for column in columns))


def concerned(check: Check) -> tuple[list[Place], list[Place]]:
    """The places of the two sides of a check, by any form: not each of them need have a figure in the report."""
    if "." in check.scope:  # R6, R9, R10 name their cell
        row, column = check.scope.split(".", 1)
        rows = ("suit_direct", "suit_after_review") if row == "suit" else (row,)
        return [(one, column) for one in rows], []
    tables = [table for form in reversed(load_forms()) if (table := form.table(check.table or ""))]
    relations = [one for table in tables for one in table.relations if one.rule == check.rule]
    left, right = (
        dict.fromkeys(
            (term.key, check.scope) if relation.between_rows else (check.scope, term.key)
            for relation in relations
            for term in (relation.left, relation.right)[side]
        )
        for side in (0, 1)
    )
    return list(left), list(right)


def label_of(table: str, key: str) -> str:
    """The form's label of a row or column: the newest form's that has it; the key itself for what no form has.

    >>> label_of("requests", "carried_in"), label_of("requests", "natural")
    ('二、上年结转政府信息公开申请数量', '自然人')
    """
    return next((heading.label for heading in _headings(load_forms(), table) if heading.key == key), key)


def _headings(forms: Sequence[Form], key: str) -> Iterator[Heading]:
    for form in reversed(forms):
        if table := form.table(key):
            yield from (*table.rows, *table.columns)
