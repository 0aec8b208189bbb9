"""The relations between figures that the forms state (勾稽关系), evaluated. Nothing is repaired.

R1 to R4 and R10 are hard; R6 compares prose with table; R8 and R9 are hints; R5, R7, R8 and R11 need two years.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from parsers.figures import Reading
from parsers.form import FormTable, load_forms
from parsers.relation import Number, Relation, add
from parsers.report import Check, Figure, Mention, Section

Values = Mapping[tuple[str, str, str], Number | None]  # by table, row, column


def check(
    reading: Reading, mentions: Sequence[Mention] = (), sections: Sequence[Section] = ()
) -> tuple[Check, ...]:
    """All checks that one report allows, in the order of the rules' tables.

    `scope` is the column for a relation between rows, the row for a relation between columns, "row.column" for R6 and
    for each figure that fails R10; R10 is one check with scope "*" for a table in which all pass.
    """
    values = {(f.table, f.row, f.column): f.value for f in reading.figures}
    checks: list[Check] = []
    for table, relations in _relations(reading):
        for relation in relations:
            checks += _evaluate(table, relation, values, {})
    checks += _whole_numbers(reading.figures)
    checks += _prose(mentions, values)
    checks += _fees(values, sections)
    return tuple(checks)


def check_years(previous: Sequence[Figure], figures: Sequence[Figure]) -> tuple[Check, ...]:
    """The relations between one body's figures of two successive years: R5, R7, R8, R11."""
    before = {(f.table, f.row, f.column): f.value for f in previous}
    now = {(f.table, f.row, f.column): f.value for f in figures}
    checks: list[Check] = []
    for table in dict.fromkeys(key[0] for key in now):
        for form_table, relation in _across_years(table):
            checks += _evaluate(form_table, relation, now, before)
    return tuple(checks)


def _relations(reading: Reading) -> list[tuple[FormTable, list[Relation]]]:
    """For each printed table its relations: those of the form that it follows, of all forms where these agree."""
    followed = dict(reading.forms)
    found: dict[str, tuple[FormTable, list[Relation]]] = {}
    for key in dict.fromkeys(figure.table for figure in reading.figures):
        for form in reversed(load_forms()):
            table = form.table(key)
            if table is None or (key != "disclosure" and followed.get(key, form.id) != form.id):
                continue  # disclosure mixes forms block by block, and a relation needs its own columns anyway
            _, relations = found.setdefault(key, (table, []))
            relations += [relation for relation in table.relations if relation not in relations]
    return list(found.values())


@cache
def _across_years(key: str) -> tuple[tuple[FormTable, Relation], ...]:
    found: dict[Relation, FormTable] = {}
    for form in reversed(load_forms()):
        if table := form.table(key):
            for relation in table.relations_across_years:
                found.setdefault(relation, table)
    return tuple((table, relation) for relation, table in found.items())


def _evaluate(table: FormTable, relation: Relation, now: Values, before: Values) -> list[Check]:
    """One check for each column or row in which at least one figure of each needed year was printed."""
    terms = [term.removeprefix("previous.") for term in relation.terms]
    between_rows = set(terms) <= {row.key for row in table.rows}
    checks = []
    for scope in dict.fromkeys(key[2] if between_rows else key[1] for key in now if key[0] == table.key):

        def look(term: str, scope: str = scope) -> Number | None:
            values = before if term.startswith("previous.") else now
            term = term.removeprefix("previous.")
            return values.get((table.key, term, scope) if between_rows else (table.key, scope, term))

        def printed(term: str, scope: str = scope) -> bool:
            values = before if term.startswith("previous.") else now
            term = term.removeprefix("previous.")
            return ((table.key, term, scope) if between_rows else (table.key, scope, term)) in values

        sides = [[term for _, term in side] for side in (relation.left, relation.right)]
        sides += [terms for terms in ([t for t in relation.terms if t.startswith("previous.")],) if terms]
        if not all(any(map(printed, side)) for side in sides):
            continue
        left, right = add(relation.left, look), add(relation.right, look)
        passed = None if left is None or right is None else relation.holds(left, right)
        checks.append(Check(relation.rule, table.key, scope, left, right, passed))
    return checks


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


def _prose(mentions: Sequence[Mention], values: Values) -> list[Check]:
    """R6: a number in the prose is the number in the table. A key ending in `litigation.suit.total` is both suits."""
    checks: dict[tuple[str, Number], Check] = {}
    for mention in mentions:
        table, row, column = mention.key.split(".")
        rows = ("suit_direct", "suit_after_review") if row == "suit" else (row,)
        keys = [(table, one, column) for one in rows]
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
    amount = values.get(("disclosure", "fees", "amount"))
    spoken = any("信息处理费" in section.text for section in sections)
    if not others or ("disclosure", "fees", "amount") not in values or not (amount or spoken):
        return []
    said = any(text.strip("。． .") not in ("", "无", "没有") for text in others)
    return [Check("R9", "disclosure", "fees.amount", amount, None, said)]
