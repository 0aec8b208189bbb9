"""UCAP 开普云: columns …/c102429/common_list.shtml, articles …/c102429/202401/<32hex>.shtml.

Static pages by createPageHTML('page_div', <pages>, <current>, '<name>', 'shtml', <rows>): counted from 1, the second
is <name>_2. Where the page asks /common/search/<channelId> the list on the disk is stale, and the answer is used.
Portals: hrbdl.gov.cn, www.ningdu.gov.cn. Known not to work: calls that carry a token made by a browser (甘肃 after 412).
"""

import re
from collections.abc import Iterator
from typing import Any

from crawler.families import BEFORE, Link, ListPage
from crawler.families.pagers import further_pages, numbered
from crawler.families.records import json_rows, number_of

NAME = "ucap"
CALL = re.compile(
    r"createPageHTML\(\s*(['\"])[\w-]+\1\s*,\s*(?P<pages>\d+)\s*,\s*(?P<current>\d+)\s*,\s*(['\"])(?P<stem>[\w.-]+)\4"
    r"\s*,\s*(['\"])(?P<suffix>\w+)\6"
)
SEARCH = re.compile(BEFORE + r"/(?:common/search|searchList|search)/[0-9a-f]{32}[^'\"\s]*")
TREE = re.compile(BEFORE + r"/common/getChannelList\?[^'\"\s]+")
QUERY = "_isAgg=true&_isJson=true&_pageSize=50&_template=index&_rangeTimeGte=&_channelName=&page=1"


def recognises(page: ListPage) -> bool:
    """The pager that names its container, the channel's id, or the vendor's tags."""
    return bool(
        CALL.search(page.scripts)
        or SEARCH.search(page.url)
        or TREE.search(page.url)
        or re.fullmatch(r"[0-9a-f]{32}", page.meta("channelId"))
        or re.search(r"UCAPCONTENT|UCAP-CONTENT|UCAPTITLE", page.text, re.IGNORECASE)
        or len(re.findall(r"/c\d{5,6}[a-z]?/\d{6}/(?:[0-9a-f]{32}|c\d+_\d+)\.shtml", page.text)) >= 2
    )


def links(page: ListPage) -> Iterator[Link]:
    """Rows and next page of the interface; or the interface that the page asks; or its next static page."""
    if page.json is not None:
        yield from _answer(page)
        return
    call = _interface(page)
    if call:
        yield call
    if tree := TREE.search(page.scripts):
        yield Link(page.urljoin(tree[0]), "", "listing", headers=call.headers if call else ())
    if pager := CALL.search(page.scripts):
        yield from numbered(page, int(pager["pages"]), first=1, stem=pager["stem"], suffix=pager["suffix"])
    elif not call:
        yield from further_pages(page)


def _interface(page: ListPage) -> Link | None:
    if found := SEARCH.search(page.scripts):
        url, said = re.subn(r"\bpage=\d*", "page=1", page.urljoin(found[0]))
        return page.asks(url if said else f"{url.split('?')[0]}?{QUERY}")
    channel = page.meta("channelId")
    if re.fullmatch(r"[0-9a-f]{32}", channel) and re.search(r"common/search|_isJson", page.scripts):
        return page.asks(page.urljoin(f"/common/search/{channel}?{QUERY}"))
    return None


def _channels(page: ListPage, value: Any) -> Iterator[Link]:
    """The column's own columns, as years or bodies."""
    if isinstance(value, dict) and re.fullmatch(r"[0-9a-f]{32}", str(value.get("channelId", ""))):
        url = page.urljoin(f"/common/search/{value['channelId']}?{QUERY}")
        yield page.asks(url, str(value.get("displayName", "")), "column")
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _channels(page, part)


def _answer(page: ListPage) -> Iterator[Link]:
    if "getChannelList" in page.url:
        yield from _channels(page, page.json)
        return
    rows = list(json_rows(page))
    yield from rows
    total, number = number_of(page.json, "total") or 0, number_of(page.json, "page") or 1
    asked = re.search(r"_pageSize=(\d+)", page.url)
    size = number_of(page.json, "rows") or (int(asked[1]) if asked else len(rows))
    if rows and number * size < total:
        url = re.sub(r"\bpage=\d+", f"page={number + 1}", page.url)
        yield page.asks(url, str(number + 1), "next")
