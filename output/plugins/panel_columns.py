"""What the figures of the panel mean, in the words of the forms: Chinese labels, keys, units."""

from typing import Any

from datasette import hookimpl

from crawler.store.panel import panel_descriptions

# Columns that metadata.yaml describes; named here so that they are shown before 300 figures
FIRST = (
    *(
        "report_id",
        "issuer",
        "issuer_code",
        "region_code",
        "year",
        "title",
        "template",
        "published_on",
        "url",
    ),
    *("failed_checks", "unread_cells", "revisions"),
)


@hookimpl
def get_metadata(key: str | None) -> dict[str, Any]:
    """Merged by Datasette into metadata.yaml; a copy each time, since it writes into what it gets.

    Datasette asks for "tables" to look for permissions, once for every table, and copies all of the answer: nothing.
    """
    if key == "tables":
        return {}
    panel = {"columns": dict(panel_descriptions())}
    report_panel = {"columns": dict.fromkeys(FIRST, "") | panel_descriptions()}
    return {"databases": {"reports": {"tables": {"panel": panel, "report_panel": report_panel}}}}
