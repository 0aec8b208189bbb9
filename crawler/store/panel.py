"""The panel: one wide row per report, all statutory figures as columns. The columns follow from the forms' data."""

import sqlite3
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from parsers.report import Report

Cell = tuple[str, str, str]  # keys of table, row, column


@cache
def panel_columns() -> dict[Cell, str]:
    """The name of each cell's column: requests_new_received_natural; statistics_2014_received has one column only."""
    forms = sorted(files("parsers.data").iterdir(), key=lambda file: file.name)
    return {
        cell: _name(cell)
        for file in forms
        if file.name.startswith("form-")
        for cell in _cells(tomllib.loads(file.read_text(encoding="utf-8")))
    }


def _cells(form: dict[str, Any]) -> Iterator[Cell]:
    for table in form["table"]:
        for block in table["block"]:
            rows = [row["key"] for row in block["rows"] if not row.get("heading")]
            columns = [column["key"] for column in block["columns"] if column["unit"]]
            yield from ((table["key"], row, column) for row in rows for column in columns)


def _name(cell: Cell) -> str:
    """
    >>> _name(("requests", "carried_in", "total")), _name(("statistics_2014", "received", "value"))
    ('requests_carried_in_total', 'statistics_2014_received')
    """
    return "_".join(cell).removesuffix("_value")


def panel_schema() -> Iterator[str]:
    """The statements that make the table and its view."""
    names = list(panel_columns().values())
    columns = "".join(f",\n    {name} NUMERIC" for name in names)
    yield (
        "CREATE TABLE panel (  -- 面板: figures of the current revisions, kept for speed; read it as report_panel\n"
        f"    report INTEGER PRIMARY KEY REFERENCES reports (id){columns}\n)"
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
