"""TRS search back ends that serve as a column's list: IGS and IRS answer JSON, WAS5 answers XML.

IGS: GET /igs/front/search.jhtml?code=…&pageNumber=N. IRS: POST /irs/front/search, JSON that may be restricted to one
column by its channel_id. WAS5: POST /was5/web/search with a channelid that is the column. Code and channel stand in
the column's script. Portals: 民航局 (channelid 278090), those of 吉林 and 海南.
Known not to work: pages of search results, which are for words and not for a column; they are not asked for.
"""

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.families import BEFORE, Link, ListPage
from crawler.families.generic import asked_elsewhere, shows_rows
from crawler.families.records import xml_rows

NAME = "trs_search"
CALL = re.compile(BEFORE + r"/(?:igs/front/search\.jhtml|irs/front/search|was5/web/search)(?:\?[^'\"\s]*)?")
ROWS = 50
IGS = ("code", "siteId", "searchWord", "position", "orderBy", "timeOrder", "pageNumber", "pageSize")
WAS5 = ("channelid", "searchword", "extrasql", "prepage")
IRS = (
    "code", "dataTypeId", "configCode", "codes", "tenantId", "searchWord", "granularity", "beginDateTime",
    "endDateTime",
)  # fmt: skip
CHANNEL = re.compile(r"channel_id['\"]?[^{}]*?value['\"]?\s*:\s*['\"]?(\d+)")


def recognises(page: ListPage) -> bool:
    """Its answers, and columns without rows of their own whose script asks it; a box to search in is on every page."""
    if CALL.search(page.url):
        return True
    return bool(_call(page)) and not shows_rows(page)


def links(page: ListPage) -> Iterator[Link]:
    """The first request of the column; the rows of an answer, and the request for the next."""
    if not CALL.search(page.url):
        yield from _first(page, _call(page))
    else:
        yield from xml_rows(page)
        yield from asked_elsewhere(page)


def _call(page: ListPage) -> str:
    """The address that the column's script asks, where code or channel stand beside it."""
    call = CALL.search(page.scripts)
    told = call and re.search(r"\b(?:code|channelid)['\"]?\s*[:=]\s*['\"]?\w", page.scripts)
    return call[0] if call and told else ""


def _first(page: ListPage, call: str) -> Iterator[Link]:
    parts = urlsplit(page.urljoin(call))
    url, given = urlunsplit((*parts[:3], "", "")), dict(parse_qsl(parts.query, keep_blank_values=True))
    if "/igs/" in url:
        fields = {"pageNumber": "1", "pageSize": str(ROWS), **_told(page, IGS)}
        # where none stands, a variable does
        fields |= {name: value for name, value in given.items() if value}
        yield page.asks(f"{url}?{urlencode(fields)}")
    elif "/was5/" in url:
        fields = {"searchword": "", "extrasql": "", "prepage": str(ROWS), **_told(page, WAS5), **given}
        yield page.asks(url, body=urlencode({**fields, "page": "1"}))
    else:
        asked: dict[str, object] = {"searchWord": "", "orderBy": "time", "searchBy": "title"}
        asked |= {"granularity": "ALL", "pageNo": 1, "pageSize": ROWS, "filters": []}
        asked |= {**_told(page, IRS), **given}
        if channel := CHANNEL.search(page.scripts):
            one = {"property": "channel_id", "operator": "eq", "value": channel[1]}
            asked["customFilter"] = {"operator": "and", "properties": [one]}
        yield page.asks(url, body=json.dumps(asked, ensure_ascii=False))


def _told(page: ListPage, names: tuple[str, ...]) -> dict[str, str]:
    """What the script says of each name; of a variable beside it nothing."""
    found = {
        name: re.search(rf"\b{name}['\"]?\s*[:=]\s*(?:['\"]([^'\"+\n]*)['\"]|(\d\w*))", page.scripts)
        for name in names
    }
    return {name: (one[1] or one[2] or "") for name, one in found.items() if one}
