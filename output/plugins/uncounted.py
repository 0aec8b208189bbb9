"""Views of millions of rows open without a count: Datasette would count for a second, give up, and show them without."""

from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette

VIEWS = ("figures", "year_over_year")
LARGE = 300_000_000  # bytes of a database from which on counting them takes long

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    def wrap(app: App) -> App:
        async def uncounted(scope: Scope, receive: Any, send: Any) -> None:
            if scope["type"] == "http" and _costs_too_much(datasette, scope["path"]):
                query = scope.get("query_string", b"")
                scope = {**scope, "query_string": b"&".join(filter(None, (query, b"_nocount=1")))}
            await app(scope, receive, send)

        return uncounted

    return wrap


def _costs_too_much(datasette: Datasette, path: str) -> bool:
    database, _, view = path.strip("/").partition("/")
    if view.partition(".")[0] not in VIEWS or database not in datasette.databases:
        return False
    file = datasette.databases[database].path
    return file is not None and Path(file).stat().st_size > LARGE
