"""The forms' data, tested like code."""

import pytest

from parsers.form import Form, FormTable, load_forms
from parsers.form_terms import terms

TABLES = [(form, table) for form in load_forms() for table in form.tables]
IDS = [f"{form.id}-{table.key}" for form, table in TABLES]


def test_cells_of_the_forms() -> None:
    counts = {(form.id, table.key): len(list(table.cells())) for form, table in TABLES}
    assert counts == {
        ("2014", "statistics_2014"): 58,
        ("2019", "disclosure"): 22,
        ("2019", "requests"): 161,
        ("2019", "litigation"): 15,
        ("2021", "disclosure"): 10,
        ("2021", "requests"): 175,
        ("2021", "litigation"): 15,
    }


@pytest.mark.parametrize(("form", "table"), TABLES, ids=IDS)
def test_keys_are_unique_and_parents_exist(form: Form, table: FormTable) -> None:
    rows = [row.key for row in table.rows]
    columns = [column.key for column in (*table.columns, *table.groups)]
    assert len(rows) == len(set(rows))
    assert len(columns) == len(set(columns))
    assert {row.parent for row in table.rows} <= {*rows, None}
    assert {column.parent for column in (*table.columns, *table.groups)} <= {*columns, None}
    assert form.notice.startswith("国办")


@pytest.mark.parametrize(("form", "table"), TABLES, ids=IDS)
def test_relations_name_rows_only_or_columns_only(form: Form, table: FormTable) -> None:
    rows = {row.key for row in table.rows if row.has_figures}
    columns = {column.key for column in table.columns}
    for relation in table.relations + table.relations_across_years:
        assert relation.keys <= (rows if relation.between_rows else columns), relation.rule


@pytest.mark.parametrize(("form", "table"), TABLES, ids=IDS)
def test_each_label_is_one_row(form: Form, table: FormTable) -> None:
    """Only rows marked as generic may share their label with others; those are told apart by their parents."""
    for row in table.rows:
        named = {
            (term.key, term.heading.parent)
            for term in terms(row.label)
            if term.kind == "row" and term.table == table.key and term.form == form.id
        }
        assert (row.key, row.parent) in named
        assert len(named) == 1 or row.generic, row.label
        assert len({parent for _, parent in named}) == len(named)


def test_the_two_answer_sums_name_all_answers() -> None:
    for form in load_forms():
        if table := form.table("requests"):
            answers = {r.key for r in table.rows if r.has_figures and r.parent} - {"result_total"}
            (second,) = (relation for relation in table.relations if relation.rule == "R2")
            assert {term.key for term in second.right} == answers
