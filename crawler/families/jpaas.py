"""Hanweb JPaaS: articles /art/2024/art_<32hex>.html, rows from /api-gateway/jpaas-publish-server/…/build/unit.

The block's parameters stand in its attribute queryData (or querydata) or in the page's script, the page number only
inside paramJson.
A Referer is required. Portals: dxzzzx.gov.cn, tjj.jcs.gov.cn.
Known not to work: blocks whose parameters are put together by a script that is not in the page.
"""

import html
import json
import re
from collections.abc import Iterator
from urllib.parse import urlencode

from parsel import Selector

from crawler.families import Link, ListPage
from crawler.families.generic import shows_rows
from crawler.families.pagers import further_pages
from crawler.families.turning import goes_on
from crawler.navigation.anchors import fragment_anchors

NAME = "jpaas"
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
NEEDED = ("webId", "pageId", "tagId", "tplSetId")
FIXED = {"parseType": "bulidstatic", "pageType": "column", "editType": "null"}  # misspelt by the vendor
ROWS = 100


def recognises(page: ListPage) -> bool:
    """The interface, its block, or articles with 32 hexadecimal digits after the year."""
    return (
        "jpaas-publish-server" in page.text
        or "jpaas-publish-server" in page.url
        or bool(re.search(r"querydata=", page.text, re.IGNORECASE))
        or len(re.findall(r"/art/\d{4}/art_[0-9a-f]{32}\.html", page.text)) >= 2
    )


def links(page: ListPage) -> Iterator[Link]:
    """From the column its blocks; from the interface the rows and the next page."""
    if isinstance(page.json, dict):
        yield from _rows(page, page.json)
        return
    blocks = [_block(page, attributes) for attributes in _blocks(page)] or [_from_script(page)]
    yield from (block for block in blocks if block)
    if blocks == [None] or shows_rows(page):
        yield from further_pages(page)  # which the printed rows have, where the interface gives none


def _blocks(page: ListPage) -> list[dict[str, str]]:
    return [
        dict(element.attrib)
        for element in page.selector.xpath("//*[@querydata or @queryData]")
        if element.attrib.get("querydata") or element.attrib.get("queryData")
    ]


def _block(page: ListPage, attributes: dict[str, str]) -> Link | None:
    text = html.unescape(attributes.get("querydata") or attributes.get("queryData") or "")
    fields = dict(re.findall(r"['\"]?(\w+)['\"]?\s*:\s*['\"]([^'\"]*)['\"]", text))
    if not all(fields.get(name) for name in NEEDED):
        return None
    path = attributes.get("url") or UNIT
    return _request(page, page.urljoin(path if "build/unit" in path else UNIT), {**FIXED, **fields}, 1)


def _from_script(page: ListPage) -> Link | None:
    """The block whose parameters stand as literals in the page's script, the column's number also in a meta."""
    literal = r"\b{}['\"]?\s*[:=]\s*['\"]([^'\"]+)['\"]"
    found = {name: re.search(literal.format(name), page.scripts) for name in (*NEEDED, *FIXED)}
    fields = {"pageId": page.meta("ColId")} | {name: value[1] for name, value in found.items() if value}
    if not all(fields.get(name) for name in NEEDED):
        return None
    return _request(page, page.urljoin(UNIT), {**FIXED, **fields}, 1)


def _request(page: ListPage, url: str, fields: dict[str, str], number: int, rows: int = ROWS) -> Link:
    parameters = json.dumps({"pageNo": number, "pageSize": rows}, separators=(",", ":"))
    query = urlencode({**fields, "paramJson": parameters})
    return page.asks(f"{url.split('?')[0]}?{query}", kind="listing" if number == 1 else "next")


# oLayPageRender('page', {rows: "20", count: "585"})
LAID_OUT = re.compile(r"\b(count|rows)['\"]?\s*:\s*['\"]?(\d+)")


def _rows(page: ListPage, answer: dict[str, object]) -> Iterator[Link]:
    """Rows of the block, and the next page; a block that does not count its rows ends with a page that has none."""
    data = answer.get("data")
    text = str((data.get("html") if isinstance(data, dict) else data) or " ")
    fragment = Selector(text=text, type="html")
    rows = list(fragment_anchors(fragment, page))
    yield from rows
    pager = fragment.xpath("(//*[@count])[1]")
    told = {**dict(LAID_OUT.findall(text)), **(pager.attrib if pager else {})}
    fields = page.query
    asked = json.loads(fields.pop("paramJson", "{}"))
    number, size = int(asked.get("pageNo", 1)), int(asked.get("pageSize", ROWS))
    shown, count = int(told.get("rows") or 0) or min(size, len(rows)), int(told.get("count") or 0)
    if rows and (number * shown < count if count else goes_on(len(rows), size, number == 1)):
        yield _request(page, page.url, fields, number + 1, shown)
