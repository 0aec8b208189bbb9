"""The statutory forms, read from data/form-*.toml: what a clerk knows about them, and nothing about pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from parsers.data_files import read_toml
from parsers.form_label import read_label
from parsers.relation import Relation, parse_relation

FORMS = ("2014", "2019", "2021")  # data/form-<id>.toml


@dataclass(frozen=True, slots=True)
class Heading:
    """Anything of a form that has a label: a row, a column, or a group above rows or columns."""

    key: str
    label: str  # as the form prints it
    words: tuple[str, ...]  # the label's words and their synonyms: see form_label.py
    stems: tuple[str, ...] = ()  # beginnings that are enough to know it
    number: str = ""  # "七" of （七）总计
    parent: str | None = None  # key of the row or group above
    unit: str = ""  # of its figures; a row's goes before its column's
    has_figures: bool = True
    generic: bool = False  # the label alone does not tell the row: 其他, 总计
    signed: bool = False  # an increase or decrease
    money: bool = False  # the unit may be converted, and the value need not be whole


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that share their columns, in the form's order."""

    article: str | None
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class FormTable:
    """One table of a form."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    groups: tuple[Heading, ...]  # headings above columns
    corner: tuple[str, ...]  # what may stand above the rows' labels
    across: bool  # the rows' labels stand above the columns too: one printed row answers all rows
    relations: tuple[Relation, ...]  # within one report
    relations_across_years: tuple[Relation, ...]

    @property
    def rows(self) -> tuple[Heading, ...]:
        return tuple(row for block in self.blocks for row in block.rows)

    @property
    def columns(self) -> tuple[Heading, ...]:
        return tuple({column.key: column for block in self.blocks for column in block.columns}.values())

    def cells(self) -> Iterator[tuple[Heading, Heading]]:
        """Every (row, column) that carries a figure."""
        for block in self.blocks:
            for row in block.rows:
                if row.has_figures:
                    yield from ((row, column) for column in block.columns if column.has_figures)


@dataclass(frozen=True, slots=True)
class Form:
    """One statutory form."""

    id: str  # "2021"
    notice: str  # the notice that prescribes it
    tables: tuple[FormTable, ...]

    def table(self, key: str) -> FormTable | None:
        return next((table for table in self.tables if table.key == key), None)


@cache
def load_forms() -> tuple[Form, ...]:
    """All forms, oldest first."""
    return tuple(load_form(form_id) for form_id in FORMS)


def load_form(form_id: str) -> Form:
    """One form.

    Raises KeyError, TypeError or ValueError when the data file says something that a form has no place for.
    """
    data = read_toml(f"form-{form_id}")
    tables = data.pop("table")
    return Form(**data, tables=tuple(_read_table(**table) for table in tables))


def _read_table(
    key: str,
    title: str,
    block: list[dict[str, Any]],
    groups: list[dict[str, Any]] | None = None,
    corner: list[str] | None = None,
    across: bool = False,
    relations: list[dict[str, Any]] | None = None,
) -> FormTable:
    blocks = tuple(_read_block(**one) for one in block)
    rows = frozenset(row.key for one in blocks for row in one.rows)
    stated = [_read_relation(rows, **relation) for relation in relations or []]
    return FormTable(
        key=key,
        title=title,
        blocks=blocks,
        groups=tuple(_read_heading(group) for group in groups or []),
        corner=tuple(filter(None, (read_label(text).words for text in corner or []))),
        across=across,
        relations=tuple(relation for relation, across_years in stated if not across_years),
        relations_across_years=tuple(relation for relation, across_years in stated if across_years),
    )


def _read_relation(
    rows: frozenset[str], rule: str, sum: str, across_years: bool = False
) -> tuple[Relation, bool]:
    return parse_relation(rule, sum, rows), across_years


def _read_block(
    rows: list[dict[str, Any]], columns: list[dict[str, Any]], article: str | None = None
) -> Block:
    return Block(article, tuple(map(_read_heading, rows)), tuple(map(_read_heading, columns)))


def _read_heading(data: dict[str, Any]) -> Heading:
    fields = dict(data)
    label = read_label(fields["label"])
    also = [read_label(text).words for text in fields.pop("also", ())]
    return Heading(
        words=(label.words, *also),
        stems=tuple(fields.pop("stems", ())),
        number=label.number,
        has_figures=not fields.pop("heading", False) and fields.get("unit", "-") != "",
        **fields,
    )
