"""What the figures of the panel mean, in the words of the forms: Chinese labels, keys, units."""

from functools import cache
from typing import Any

from datasette import hookimpl

from crawler.store.panel import panel_columns
from parsers.form import FormTable, Heading, load_forms


@hookimpl
def get_metadata(key: str | None) -> dict[str, Any]:
    """Merged by Datasette into metadata.yaml; a copy each time, since it writes into what it gets.

    Datasette asks for "tables" to look for permissions, once for every table, and copies all of the answer: nothing.
    """
    if key == "tables":
        return {}
    tables = {name: {"columns": dict(panel_descriptions())} for name in ("report_panel", "panel")}
    return {"databases": {"reports": {"tables": tables}}}


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
