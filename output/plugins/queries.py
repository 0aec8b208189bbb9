"""Asking the database of reports: read-only, through Datasette, within its time limit."""

from typing import Any

from datasette.utils.asgi import NotFound


def reports_database(datasette: Any) -> Any:
    """The database that a crawl writes. Raises NotFound, in words, when there is none yet."""
    if "reports" not in datasette.databases:
        raise NotFound("There is no database yet: make demo, or scrapy crawl 还没有数据库，请先采集")
    return datasette.get_database("reports")


async def rows(database: Any, sql: str, **values: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in (await database.execute(sql, values)).rows]


async def first(database: Any, sql: str, **values: Any) -> dict[str, Any] | None:
    return next(iter(await rows(database, sql, **values)), None)
