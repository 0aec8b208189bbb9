"""TrueCMS: first rows as a <datastore> in #initData, the others from /truecms/messageController/getMessage.do as JSONP.

Portals: those of 南通 and 如皋. Known not to work: 连云港, whose interface answers 404.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

from crawler.families import Link, ListPage
from crawler.families.hanweb import RECORD, TOTAL, records
from crawler.families.pagers import further_pages

NAME = "truecms"
CALL = re.compile(r"[\w:/.-]*/messageController/getMessage\.do", re.IGNORECASE)
ROWS = 50  # of one answer: the servers give no more


def recognises(page: ListPage) -> bool:
    """Its interface or its element."""
    return bool(CALL.search(page.url) or CALL.search(page.text)) or 'id="initData"' in page.text


def links(page: ListPage) -> Iterator[Link]:
    """Rows of the page or of the answer, and the request for those after them."""
    text = str(page.json.get("result", "")) if isinstance(page.json, dict) else page.text
    yield from records(page, text)
    shown, found = len(RECORD.findall(text)), TOTAL.search(text) or TOTAL.search(page.scripts)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}
    start = int(asked.get("startrecord", 1)) if CALL.search(page.url) else 1
    if not shown and CALL.search(page.url):
        return
    column = asked.get("columnId") or _column(page)
    call = CALL.search(page.url) or CALL.search(page.scripts)
    if not call or not column:
        yield from further_pages(page)
    elif not found or start - 1 + shown < int(next(filter(None, found.groups()))):
        first = start + shown
        fields = {
            "startrecord": first,
            "endrecord": first + ROWS - 1,
            "perpage": ROWS,
            "columnId": column,
            "callback": "cb",
        }
        headers = (("Referer", page.origin), ("X-Requested-With", "XMLHttpRequest"))
        yield Link(f"{page.urljoin(call[0])}?{urlencode(fields)}", "", "next", headers=headers)


def _column(page: ListPage) -> str:
    found = re.search(r"columnId['\"]?\s*[:=]\s*['\"]([\w-]+)", page.scripts)
    return found[1] if found else ""
