"""The panel: one wide row per report, all statutory figures as columns. The columns follow from the forms' data."""

import sqlite3
from collections.abc import Iterator
from functools import cache

from parsers.form import FormTable, Heading, load_forms
from parsers.report import Report

Cell = tuple[str, str, str]  # keys of table, row, column


@cache
def panel_columns() -> dict[Cell, str]:
    """The name of each cell's column: requests_new_received_natural; statistics_2014_received has one column only."""
    return {
        cell: _name(cell)
        for form in load_forms()
        for table in form.tables
        for row, column in table.cells()
        for cell in [(table.key, row.key, column.key)]
    }


def _name(cell: Cell) -> str:
    """
    >>> _name(("requests", "carried_in", "total")), _name(("statistics_2014", "received", "value"))
    ('requests_carried_in_total', 'statistics_2014_received')
    """
    return "_".join(cell).removesuffix("_value")


@cache
def panel_descriptions() -> dict[str, str]:
    """Column of the panel → what it is: the newest form's words where several have it."""
    described: dict[str, str] = {}
    names = panel_columns()
    for form in load_forms():
        for table in form.tables:
            for row, column in table.cells():
                name = names[table.key, row.key, column.key]
                unit = row.unit or column.unit
                described[name] = f"{_words(table, row, column)}, {unit}; source: {form.notice}"
    return {name: described[name] for name in names.values()}


def _words(table: FormTable, row: Heading, column: Heading) -> str:
    """Key and label of the row with its parent's, and of the column where there is more than one."""
    parent = next((one.label for one in table.rows if one.key == row.parent), "")
    keys = f"{row.key.replace('_', ' ')}, {column.key.replace('_', ' ')}"
    return f"{keys} · {parent}{row.label} × {column.label}"


def panel_schema() -> Iterator[str]:
    """The statements that make the table and its view."""
    names = list(panel_columns().values())
    columns = "\n    ,".join(f"{name} NUMERIC  -- {words}" for name, words in panel_descriptions().items())
    yield (
        "CREATE TABLE panel (  -- 面板: figures of the current revisions, kept for speed; read it as report_panel\n"
        f"    report INTEGER PRIMARY KEY REFERENCES reports (id)  -- whose figures\n    ,{columns}\n)"
    )
    yield (
        "CREATE VIEW report_panel AS\n"
        "-- 年报面板: one row per report, its figures as columns: table_row_column, keys as in the forms\n"
        "SELECT reports.report_id, issuers.name AS issuer, issuers.code AS issuer_code, revisions.region_code,\n"
        "    reports.year, revisions.title, revisions.template, revisions.published_on, sightings.url,\n"
        "    (SELECT count(*) FROM checks WHERE checks.revision = revisions.id AND passed = 0) AS failed_checks,\n"
        "    (SELECT count(*) FROM unread WHERE unread.revision = revisions.id) AS unread_cells,\n"
        "    (SELECT count(*) FROM revisions AS r WHERE r.report = reports.id) AS revisions,\n    "
        + ",\n    ".join(f"panel.{name}" for name in names)
        + "\nFROM reports LEFT JOIN issuers ON issuers.id = reports.issuer\n"
        "LEFT JOIN revisions ON revisions.id = reports.current LEFT JOIN sightings ON sightings.id = revisions.source\n"
        "LEFT JOIN panel ON panel.report = reports.id"  # LEFT: SQLite leaves out what a query does not need
    )
    yield (
        "CREATE VIEW year_over_year AS\n"
        "-- 跨年核对: R5 上年结转 equals last year's 结转下年度; R7 现行有效 follows from last year's; where both are printed.\n"
        "-- They warn: bodies merge and correct themselves\n" + "\nUNION ALL\n".join(_across_years())
    )


def _across_years() -> Iterator[str]:
    """One query for each figure that follows from the year before; each finds its first rows at once."""
    for table, row, column in panel_columns():
        if (table, row) == ("requests", "carried_in"):
            yield _comparison(
                "R5", column, f"new.requests_carried_in_{column}", f"old.requests_carried_out_{column}"
            )
        elif (table, column) == ("disclosure", "in_force"):
            last, made, repealed = (
                f"{year}.disclosure_{row}_{name}"
                for year, name in (("old", "in_force"), ("new", "made"), ("new", "repealed"))
            )
            yield _comparison("R7", row, f"new.disclosure_{row}_in_force", f"{last} + {made} - {repealed}")


def _comparison(rule: str, scope: str, stated: str, expected: str) -> str:
    return (
        f"SELECT issuers.name AS issuer, n.year, '{rule}' AS rule, '{scope}' AS scope, {stated} AS stated,\n"
        f"    {expected} AS expected, {stated} = {expected} AS passed\n"
        "FROM reports AS n JOIN reports AS o ON o.issuer = n.issuer AND o.year = n.year - 1\n"
        "JOIN panel AS new ON new.report = n.id JOIN panel AS old ON old.report = o.id\n"
        "LEFT JOIN issuers ON issuers.id = n.issuer\n"
        f"WHERE {stated} IS NOT NULL AND {expected} IS NOT NULL"
    )


def write_panel(db: sqlite3.Connection, report: int) -> None:
    """Renew the report's row from its current revision."""
    figures = db.execute(
        'SELECT "table", row, "column", value FROM reports JOIN figure_values ON revision = current'
        " JOIN cells ON cells.id = cell WHERE reports.id = ? ORDER BY position",
        (report,),
    )
    _write(db, report, {(table, row, column): value for table, row, column, value in figures})


def write_panel_of(db: sqlite3.Connection, report: int, said: Report) -> None:
    """The same, from the record that the current revision was just written from."""
    _write(db, report, {(f.table, f.row, f.column): number(f.value) for f in said.figures})


def _write(db: sqlite3.Connection, report: int, figures: dict[Cell, int | float | None]) -> None:
    columns = panel_columns()
    values = map(figures.get, columns)
    db.execute(f"INSERT OR REPLACE INTO panel VALUES (?{', ?' * len(columns)})", (report, *values))


def number(value: int | float | None) -> int | float | None:
    """What SQLite can hold: a number of more than 18 digits, which no office counts to, loses its last ones."""
    return float(value) if type(value) is int and not -(2**63) < value < 2**63 else value
