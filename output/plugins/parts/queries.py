"""Asking the database of reports: read-only, through Datasette, within its time limit."""

from typing import Any

from datasette.utils.asgi import NotFound


async def reports_database(datasette: Any) -> Any:
    """The database that a crawl writes. Raises NotFound, in words, when there is none yet, or only an empty file."""
    database = datasette.databases.get("reports")
    if database is None or not await database.table_exists("reports"):
        raise NotFound("There is no database yet: make demo, or scrapy crawl 还没有数据库，请先采集")
    return database


async def rows(database: Any, sql: str, **values: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in (await database.execute(sql, values)).rows]


async def first(database: Any, sql: str, **values: Any) -> dict[str, Any] | None:
    return next(iter(await rows(database, sql, **values)), None)
