"""Lists that a script POSTs for by page: /szinf/…/loadData (苏州), /u/search/list/<32hex> (新余).

The form's fields and the answer's (TITLE, URL, totalPage) are the vendor's. Portals: those of 苏州 and 新余.
Known not to work: forms whose fields the page's script does not name.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from crawler.families import BEFORE, Link, ListPage
from crawler.families.records import json_rows, number_of

NAME = "loaddata"
CALL = re.compile(BEFORE + r"/(?:interfacesWeb\w*/loadData|u/search/list/[0-9a-f]{32})")


def recognises(page: ListPage) -> bool:
    """An interface that a script posts to: loadData, or /u/search/list/."""
    return bool(CALL.search(page.url) or CALL.search(page.scripts))


def links(page: ListPage) -> Iterator[Link]:
    """The first POST; then the rows of each answer and the next one."""
    if page.method == "POST":
        rows = list(json_rows(page))
        yield from rows
        fields = page.sent
        name = "currentPage" if "currentPage" in fields else "pageIndex"
        number, size = int(fields.get(name, 1)), int(fields.get("number", 0)) or len(rows)
        if number == 1 and rows and "number" in fields:
            size = min(size, len(rows))  # a server that gives fewer than asked for counts its pages by that
            fields["number"] = str(size)
        total = number_of(page.json, "totalPage") or -(-(number_of(page.json, "allRow") or 0) // max(size, 1))
        if rows and number < total:
            yield page.asks(page.url, kind="next", body=urlencode({**fields, name: str(number + 1)}))
    elif call := CALL.search(page.scripts):
        yield page.asks(page.urljoin(call[0]), body=urlencode(_fields(page, call[0])))


def _fields(page: ListPage, call: str) -> dict[str, str]:
    if "/u/search/list/" in call:
        return {"keywords": "", "currentPage": "1", "number": "20"}
    channel = re.search(r"channel_?id['\"]?\s*[:=]\s*['\"](\w+)", page.scripts, re.IGNORECASE)
    return {"pageIndex": "1", "channel_id": channel[1] if channel else ""}
