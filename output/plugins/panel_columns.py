"""What the figures of the panel mean, in the words of the forms: Chinese labels, keys, units."""

from typing import Any

from datasette import hookimpl

from crawler.store.panel import panel_descriptions


@hookimpl
def get_metadata(key: str | None) -> dict[str, Any]:
    """Merged by Datasette into metadata.yaml; a copy each time, since it writes into what it gets.

    Datasette asks for "tables" to look for permissions, once for every table, and copies all of the answer: nothing.
    """
    if key == "tables":
        return {}
    tables = {name: {"columns": dict(panel_descriptions())} for name in ("report_panel", "panel")}
    return {"databases": {"reports": {"tables": tables}}}
