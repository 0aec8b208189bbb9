"""The relations between figures that the forms state (勾稽关系), evaluated. Nothing is repaired.

R1 to R4 and R10 are hard; R6 compares prose with table; R8 and R9 are hints; R5, R7, R8 and R11 need two years.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter

from parsers.figures import Reading
from parsers.form import load_forms
from parsers.relation import Cell, Number, Relation, Sum, Values, add, printed
from parsers.report import Check, Figure, Mention, Section

_Tables = Mapping[str, Values]  # by table
# A relation, the column or row in which it is looked at, and its two sides.
_Printed = tuple[Relation, str, Sum, Sum]


def check(
    reading: Reading, mentions: Sequence[Mention] = (), sections: Sequence[Section] = ()
) -> tuple[Check, ...]:
    """All checks that one report allows, table by table, then prose.

    `scope` is the column for a relation between rows, the row for a relation between columns, "row.column" for R6 and
    for each figure that fails R10; R10 is one check with scope "*" for a table in which all pass.
    """
    tables = _by_table(reading.figures)
    checks: list[Check] = []
    for key, values in tables.items():
        for relation, scope, left, right in _sums(key, dict(reading.forms).get(key), tuple(values)):
            checks.append(_compare(key, relation, scope, add(left, values, {}), add(right, values, {})))
    checks += _whole_numbers(reading.figures, tables)
    checks += _prose(mentions, tables)
    checks += _fees(tables.get("disclosure", {}), sections)
    return tuple(checks)


def check_years(previous: Sequence[Figure], figures: Sequence[Figure]) -> tuple[Check, ...]:
    """The relations between one body's figures of two successive years: R5, R7, R8, R11."""
    before, now = _by_table(previous), _by_table(figures)
    checks: list[Check] = []
    for key, values in now.items():
        old = before.get(key, {})
        for relation, scope, left, right in _printed(_relations_across_years(key), values, old):
            checks.append(_compare(key, relation, scope, add(left, values, old), add(right, values, old)))
    return tuple(checks)


def _by_table(figures: Sequence[Figure]) -> dict[str, dict[Cell, Number | None]]:
    tables: dict[str, dict[Cell, Number | None]] = {}
    for key, group in groupby(figures, attrgetter("table")):
        tables.setdefault(key, {}).update({(figure.row, figure.column): figure.value for figure in group})
    return tables


@lru_cache(maxsize=1024)  # most reports print the same cells
def _sums(key: str, followed: str | None, cells: tuple[Cell, ...]) -> tuple[_Printed, ...]:
    """What the relations within one report compare, when a table has these cells."""
    return tuple(_printed(_relations(key, followed), dict.fromkeys(cells), ()))


@cache
def _relations(key: str, followed: str | None) -> tuple[Relation, ...]:
    """The relations of the form that the table follows; of all forms where it follows none, or mixes them.

    Table 2 (disclosure) mixes forms block by block, and its relations need their own columns anyway.
    """
    forms = [form for form in reversed(load_forms()) if key == "disclosure" or followed in (None, form.id)]
    tables = [table for form in forms if (table := form.table(key))]
    return tuple(dict.fromkeys(relation for table in tables for relation in table.relations))


@cache
def _relations_across_years(key: str) -> tuple[Relation, ...]:
    tables = [table for form in reversed(load_forms()) if (table := form.table(key))]
    return tuple(dict.fromkeys(relation for table in tables for relation in table.relations_across_years))


def _printed(
    relations: Sequence[Relation], now: Collection[Cell], before: Collection[Cell]
) -> Iterator[_Printed]:
    """Each relation in each column or row in which both sides, and both years, have a figure."""
    for relation in relations:
        for scope in dict.fromkeys(column if relation.between_rows else row for row, column in now):
            left, right = relation.sums(scope)
            if printed(left, right, now, before):
                yield relation, scope, left, right


def _compare(key: str, relation: Relation, scope: str, left: Number | None, right: Number | None) -> Check:
    passed = None if left is None or right is None else relation.holds(left, right)
    return Check(relation.rule, key, scope, left, right, passed)


def _whole_numbers(figures: Sequence[Figure], tables: Collection[str]) -> list[Check]:
    """R10: figures are whole and not negative, but for changes (增/减) and money."""
    checks = []
    odd = [f for f in figures if not isinstance(f.value, int) or f.value < 0]
    wrong = [f for f in odd if not _is_fit(f)]
    for table in tables:
        unfit = [f for f in wrong if f.table == table]
        checks += [Check("R10", table, f"{f.row}.{f.column}", f.value, None, False) for f in unfit]
        if not unfit:
            checks.append(Check("R10", table, "*", None, None, True))
    return checks


def _is_fit(figure: Figure) -> bool:
    value = figure.value
    money = figure.unit.endswith("元")
    signed = figure.column == "change"
    return value is None or ((money or isinstance(value, int)) and (signed or value >= 0))


def _prose(mentions: Sequence[Mention], tables: _Tables) -> list[Check]:
    """R6: a number in the prose is the number in the table. A key ending in `litigation.suit.total` is both suits."""
    checks: dict[tuple[str, Number], Check] = {}
    for mention in mentions:
        table, row, column = mention.key.split(".")
        rows = ("suit_direct", "suit_after_review") if row == "suit" else (row,)
        values = tables.get(table, {})
        keys = [(one, column) for one in rows]
        if not all(key in values for key in keys):
            continue
        terms = [values[key] for key in keys]
        stated = None if None in terms else sum(term for term in terms if term is not None)
        passed = None if stated is None else mention.value == stated
        checks.setdefault(
            (mention.key, mention.value), Check("R6", table, f"{row}.{column}", mention.value, stated, passed)
        )
    return list(checks.values())


def _fees(values: Values, sections: Sequence[Section]) -> list[Check]:
    """R9: who takes fees, or speaks of 信息处理费, says in the last section whether he charged it (2021 form)."""
    others = [section.text for section in sections if section.key == "other_matters"]
    amount = values.get(("fees", "amount"))
    spoken = any("信息处理费" in section.text for section in sections)
    if not others or ("fees", "amount") not in values or not (amount or spoken):
        return []
    said = any(text.strip("。． .") not in ("", "无", "没有") for text in others)
    return [Check("R9", "disclosure", "fees.amount", amount, None, said)]
