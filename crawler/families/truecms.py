"""TrueCMS: first rows as a <datastore> in #initData, the others from /truecms/messageController/getMessage.do as JSONP.

Portals: those of 南通 and 如皋. Known not to work: 连云港, whose interface answers 404.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from crawler.families import BEFORE, Kind, Link, ListPage
from crawler.families.hanweb import RECORD, TOTAL, records
from crawler.families.pagers import further_pages

NAME = "truecms"
CALL = re.compile(BEFORE + r"/messageController/getMessage\.do", re.IGNORECASE)
ROWS = 50  # of one answer: the servers give no more, and some of them no more than the page shows

PER_PAGE = re.compile(r"perpage['\"]?\s*[:=]\s*(\d{1,3})", re.IGNORECASE)


def recognises(page: ListPage) -> bool:
    """Its interface or its element."""
    return bool(CALL.search(page.url) or CALL.search(page.text)) or 'id="initData"' in page.text


def links(page: ListPage) -> Iterator[Link]:
    """Rows of the page or of the answer, and the request for those after them.

    Of the first request a second version asks for as many rows as the page shows, if the first is not answered.
    """
    text = str(page.json.get("result", "")) if isinstance(page.json, dict) else page.text
    yield from records(page, text)
    shown, found = len(RECORD.findall(text)), TOTAL.search(text) or TOTAL.search(page.scripts)
    asked = page.query
    start = int(asked.get("startrecord") or 1) if CALL.search(page.url) else 1
    if not shown and CALL.search(page.url):
        return
    column = asked.get("columnId") or _column(page)
    call = CALL.search(page.url) or CALL.search(page.scripts)
    if not call or not column:
        yield from further_pages(page)
    elif not found or start - 1 + shown < int(next(filter(None, found.groups()))):
        size = int(asked.get("perpage") or ROWS)
        yield _request(page, call[0], column, start + shown, size, "next" if asked else "listing")
        told = PER_PAGE.search(page.scripts)
        if not asked and told:
            yield _request(page, call[0], column, start + shown, int(told[1]), "next")


def _request(page: ListPage, call: str, column: str, first: int, size: int, kind: Kind) -> Link:
    rows = {"startrecord": first, "endrecord": first + size - 1, "perpage": size}
    query = urlencode({**rows, "columnId": column, "callback": "cb"})
    return page.asks(f"{page.urljoin(call)}?{query}", kind=kind)


def _column(page: ListPage) -> str:
    found = re.search(r"columnId['\"]?\s*[:=]\s*['\"]([\w-]+)", page.scripts)
    return found[1] if found else ""
