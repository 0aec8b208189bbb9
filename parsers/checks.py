"""The relations between figures that the forms state (勾稽关系), evaluated. Nothing is repaired.

R1 to R4 and R10 are hard; R6 compares prose with table; R8 and R9 are hints; R5, R7, R8 and R11 need two years.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from parsers.figures import Reading
from parsers.form import load_forms
from parsers.relation import Number, Relation, Values, add, printed
from parsers.report import Check, Figure, Mention, Section

_Tables = Mapping[str, Values]  # by table


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
        for relation in _relations(key, dict(reading.forms).get(key)):
            checks += _evaluate(key, relation, values, {})
    checks += _whole_numbers(reading.figures)
    checks += _prose(mentions, tables)
    checks += _fees(tables.get("disclosure", {}), sections)
    return tuple(checks)


def check_years(previous: Sequence[Figure], figures: Sequence[Figure]) -> tuple[Check, ...]:
    """The relations between one body's figures of two successive years: R5, R7, R8, R11."""
    before, now = _by_table(previous), _by_table(figures)
    return tuple(
        one
        for key, values in now.items()
        for relation in _relations_across_years(key)
        for one in _evaluate(key, relation, values, before.get(key, {}))
    )


def _by_table(figures: Sequence[Figure]) -> dict[str, dict[tuple[str, str], Number | None]]:
    tables: dict[str, dict[tuple[str, str], Number | None]] = {}
    for figure in figures:
        tables.setdefault(figure.table, {})[figure.row, figure.column] = figure.value
    return tables


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


def _evaluate(key: str, relation: Relation, now: Values, before: Values) -> Iterator[Check]:
    """One check for each column or row in which both sides, and both years, have a figure."""
    for scope in dict.fromkeys(column if relation.between_rows else row for row, column in now):
        if printed(relation, scope, now, before):
            left = add(relation, relation.left, scope, now, before)
            right = add(relation, relation.right, scope, now, before)
            passed = None if left is None or right is None else relation.holds(left, right)
            yield Check(relation.rule, key, scope, left, right, passed)


def _whole_numbers(figures: Sequence[Figure]) -> list[Check]:
    """R10: figures are whole and not negative, but for changes (增/减) and money."""
    checks = []
    for table in dict.fromkeys(figure.table for figure in figures):
        wrong = [f for f in figures if f.table == table and f.value is not None and not _is_fit(f)]
        checks += [Check("R10", table, f"{f.row}.{f.column}", f.value, None, False) for f in wrong]
        if not wrong:
            checks.append(Check("R10", table, "*", None, None, True))
    return checks


def _is_fit(figure: Figure) -> bool:
    value = figure.value
    money = figure.unit.endswith("元")
    signed = figure.column == "change"
    return (money or isinstance(value, int)) and (signed or value is None or value >= 0)


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
