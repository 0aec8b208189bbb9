"""A printed label → what the forms mean by it: rows, columns, groups and corners of their tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from parsers.form import FormTable, Heading, load_forms
from parsers.form_label import read_label, whole_words

Kind = Literal["row", "column", "group", "corner"]
LONGEST_TAIL = 8  # characters that may follow a stem beyond the form's own label: more is a note, not a label


@dataclass(frozen=True, slots=True)
class Term:
    """One meaning of a label."""

    kind: Kind
    form: str
    table: str
    heading: Heading

    @property
    def key(self) -> str:
        return self.heading.key


@lru_cache(maxsize=1024)
def terms(text: str) -> tuple[Term, ...]:
    """All meanings of a printed label; none for any other text.

    A whole label or synonym goes before a beginning that is enough, and that before a label cut off in print
    (本年新 may be either of two columns).

    >>> {term.key for term in terms("规 章")}, {term.key for term in terms("3.危及国家安全等")}
    ({'rules'}, {'deny_security'})
    >>> sorted({term.key for term in terms("本年新")}), terms("其他主动公开文件")
    (['made', 'published'], ())
    """
    if text.isascii():
        return ()  # a number
    words = read_label(text).words
    lexicon = _lexicon()
    if not words:
        return ()
    if found := lexicon.joined.get(whole_words(text)) or lexicon.exact.get(words):
        return found
    if found := lexicon.exact.get(words.removesuffix("情况")):
        return found
    if len(words) < 3:
        return ()
    stemmed = [
        term
        for stem, term in lexicon.stems
        if words.startswith(stem) and len(words) <= len(term.heading.words[0]) + LONGEST_TAIL
    ]
    if stemmed:
        return tuple(stemmed)
    cut = [
        term
        for term in lexicon.all
        if term.heading.words[0].startswith(words) and (len(words) > 3 or term.kind == "column")
    ]
    return tuple(cut)


@lru_cache(maxsize=1024)
def is_label(text: str) -> bool:
    """Whether a text is a whole label of the forms, or a synonym of one.

    >>> is_label("1.属于国家秘密"), is_label("商业")
    (True, False)
    """
    return read_label(text).words in _lexicon().exact


@lru_cache(maxsize=1024)
def kinds(text: str) -> frozenset[Kind]:
    """What a whole label is in the forms' tables; nothing for any other text.

    >>> sorted(kinds("总计")), sorted(kinds("信息内容"))
    (['column', 'row'], ['corner'])
    """
    return frozenset(term.kind for term in _lexicon().exact.get(read_label(text).words, ()))


@lru_cache(maxsize=1024)
def is_only_column(text: str) -> bool:
    """Whether a label is that of a column which is the only one of its rows in the form.

    >>> is_only_column("本年处理决定数量"), is_only_column("处理决定数量")
    (True, False)
    """
    words = read_label(text).words
    return any(
        words in block.columns[0].words
        for form in load_forms()
        for table in form.tables
        for block in table.blocks
        if len(block.columns) == 1
    )


@lru_cache(maxsize=1024)
def telling(table: str, text: str) -> frozenset[Kind]:
    """The one kind that a label has in this table: the label tells what its row of the grid is; or none."""
    kinds = {term.kind for term in terms(text) if term.table == table}
    return frozenset(kinds) if len(kinds) == 1 else frozenset()


@cache
def units() -> frozenset[str]:
    """What a column of units prints: 件, 万元."""
    tables = [table for form in load_forms() for table in form.tables if _units_column(table)]
    return frozenset(row.unit for table in tables for row in table.rows if row.unit)


@cache
def head_with_units() -> re.Pattern[str]:
    """The head of a table that prints the unit of each row before its only figure: 统计指标 单位 统计数."""
    heads = [
        (
            table.corner,
            column.words,
            [words for one in table.columns if one.has_figures for words in one.words],
        )
        for form in load_forms()
        for table in form.tables
        if (column := _units_column(table))
    ]
    return re.compile("|".join("".join(f"({'|'.join(words)})" for words in head) for head in heads))


def _units_column(table: FormTable) -> Heading | None:
    return next((column for column in table.columns if not column.has_figures), None)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    exact: Mapping[str, tuple[Term, ...]]
    # of tables with the rows' labels above each other, both in one: 行政诉讼（复议后起诉）
    joined: Mapping[str, tuple[Term, ...]]
    stems: tuple[tuple[str, Term], ...]
    all: tuple[Term, ...]


@cache
def _lexicon() -> _Lexicon:
    every = tuple(
        term for form in load_forms() for table in form.tables for term in _terms_of(form.id, table)
    )
    exact: dict[str, list[Term]] = {}
    for term in every:
        for words in dict.fromkeys(term.heading.words):
            exact.setdefault(words, []).append(term)
    joined = {
        above + words: (Term("row", form.id, table.key, row),)
        for form in load_forms()
        for table in form.tables
        if table.across
        for row in table.rows
        for heading in table.rows
        if heading.key == row.parent
        for above in heading.words
        for words in row.words
    }
    stems = [(stem, term) for term in every for stem in term.heading.stems]
    stems.sort(key=lambda pair: len(pair[0]), reverse=True)
    return _Lexicon({words: tuple(found) for words, found in exact.items()}, joined, tuple(stems), every)


def _terms_of(form: str, table: FormTable) -> list[Term]:
    found = [Term("row", form, table.key, row) for row in table.rows]
    found += [
        Term("column", form, table.key, column)
        for column in {(c.key, c.label): c for block in table.blocks for c in block.columns}.values()
    ]
    found += [Term("group", form, table.key, group) for group in table.groups]
    found += [Term("corner", form, table.key, Heading("corner", words, (words,))) for words in table.corner]
    return found
