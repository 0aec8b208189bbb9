"""/dashboards: what all reports together say, drawn in the server; every number can be taken as CSV or JSON."""

import sys
from collections.abc import Sequence
from pathlib import Path

from datasette import NotFound, Response, hookimpl
from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted
from datasette.utils.asgi import BadRequest, Request
from markupsafe import Markup

from parsers.regions import by_code

sys.path.append(str(Path(__file__).parent / "parts"))  # Datasette runs each file by itself, in any order

from charts import key
from dashboard_panels import DASHBOARDS
from dashboard_parts import LEVELS, Asking, Parameters
from dashboard_queries import DEFAULT_LEVEL, LAST_YEAR

PROVINCES = {code: region.name for number in range(11, 83) if (region := by_code(code := f"{number}0000"))}


@hookimpl
def register_routes() -> list[tuple[str, object]]:
    return [(r"^/dashboards/?(?P<name>[a-z]*)$", dashboard)]


async def dashboard(datasette: Datasette, request: Request) -> Response:
    """The page of one dashboard. 404 for a name that there is none of, 400 for a filter that means nothing."""
    name = request.url_vars["name"]
    if name not in DASHBOARDS:
        raise NotFound(f"There is no dashboard {name!r}: see /dashboards")
    database = await _database(datasette)
    await datasette.ensure_permissions(request.actor, [("view-database", database.name), "view-instance"])
    found = DASHBOARDS[name]
    asking = Asking(datasette, database, _parameters(request))
    trouble, panels = "", []
    try:
        await _complete(asking, found.filters, name)
        panels = await found.panels(asking)
    except QueryInterrupted:
        trouble = "This took too long, perhaps because a crawl is writing. Try again, or choose a level. 查询超时，请重试或选择层级。"
    context = {
        "title": found.title,
        "name": name,
        "dashboards": [
            (asking.link(other) if other else datasette.urls.path("dashboards"), one.title, other == name)
            for other, one in DASHBOARDS.items()
        ],
        "filters": found.filters,
        "chosen": asking.parameters,
        "levels": LEVELS,
        "provinces": PROVINCES,
        "all_levels": name != "requests",
        "panels": [
            {
                "panel": panel,
                "chart": Markup(panel.chart),  # made of escaped text by charts.py
                "key": Markup(key(panel.names, panel.dashed)) if panel.names else "",
                "queries": [(query, asking.query(query)) for query in panel.queries],
            }
            for panel in panels
        ],
        "trouble": trouble,
    }
    page = await datasette.render_template("dashboards.html", context, request=request)
    return Response.html(page, status=503 if trouble else 200)


async def _database(datasette: Datasette) -> Database:
    """The first database of ours; raises NotFound when there is none."""
    for name, database in datasette.databases.items():
        if not name.startswith("_") and await database.table_exists("report_totals"):
            return database
    raise NotFound("No database with reports is open. Make one: make demo, or scrapy crawl annual_reports")


def _parameters(request: Request) -> Parameters:
    """The filters as asked for, "" for all. Raises BadRequest for what means nothing."""
    asked = {name: request.args.get(name) or "" for name in ("level", "province", "region", "year")}
    if asked["level"] not in ("", *LEVELS):
        raise BadRequest("level: none of " + ", ".join(LEVELS))
    if asked["province"] not in ("", *PROVINCES):
        raise BadRequest("province: six digits, as 330000")
    for name, digits in (("region", 6), ("year", 4)):
        if asked[name] and not (
            asked[name].isascii() and asked[name].isdigit() and len(asked[name]) == digits
        ):
            raise BadRequest(f"{name}: {digits} digits")
    return asked


async def _complete(asking: Asking, filters: Sequence[str], name: str) -> None:
    """What is not asked for: the last year there is; and where figures are added up, the level that has most reports."""
    chosen = asking.parameters
    if "year" in filters and not chosen["year"]:
        chosen["year"] = str((await asking.database.execute(LAST_YEAR)).single_value() or "")
    if name == "requests" and not chosen["level"]:
        chosen["level"] = str(next(iter((await asking.database.execute(DEFAULT_LEVEL)).rows), (*LEVELS,))[0])
