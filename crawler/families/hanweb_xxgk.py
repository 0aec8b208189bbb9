"""Hanweb's disclosure module: rows from POST /module/xxgk/search.jsp, a report by body and year from xxgkAnnualReport.jsp.

The answer is a fragment (tr.tr_main_value_odd, or li) with a pager 共N页; class, site and body are parameters in the
column's script. Portals: cgj.taian.gov.cn, www.zoucheng.gov.cn.
Known not to work: lists whose parameters only tree.jsp knows.
"""

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.families import BEFORE, Link, ListPage
from crawler.families.pagers import total_pages

NAME = "hanweb_xxgk"
SEARCH = re.compile(BEFORE + r"/module/xxgk/search\.jsp[^'\"\s]*")
FORM = ("infotypeId", "jdid", "area", "divid", "unit", "keyWord", "requestUrl", "standardXxgk")
QUERY = (
    "standardXxgk=1&isAllList=1&texttype=0&fbtime=-1&vc_all=&vc_filenumber=&vc_title=&vc_number=&currpage=1"
    "&sortfield=,compaltedate:0"
)


def recognises(page: ListPage) -> bool:
    """Addresses below /module/xxgk/."""
    return (
        "/module/xxgk/" in page.url
        or bool(SEARCH.search(page.scripts))
        or "xxgkAnnualReport.jsp" in page.text
    )


def links(page: ListPage) -> Iterator[Link]:
    """From the column the request for its rows; from a fragment the request for the next."""
    if "/module/xxgk/search.jsp" in page.url:
        yield from _following(page)
    elif call := SEARCH.search(page.scripts):
        yield _first(page, html.unescape(call[0]))


def _first(page: ListPage, call: str) -> Link:
    parts = urlsplit(page.urljoin(call))
    given = dict(parse_qsl(parts.query or QUERY, keep_blank_values=True))
    fields = {name: _parameter(name, page.scripts) for name in FORM}
    form = {name: value for name, value in fields.items() if value is not None and name not in given}
    if "divid" not in form and (column := re.search(r"/col/?(?:col)?(\d+)", page.url)):
        form["divid"] = f"div{column[1]}"
    query = urlencode({**given, "currpage": "1"}, safe=",:")
    return page.asks(urlunsplit((*parts[:3], query, "")), body=urlencode(form))


def _following(page: ListPage) -> Iterator[Link]:
    current = re.search(r"\bcurrpage=(\d+)", page.url) or re.search(r"\bcurrpage=(\d+)", page.body)
    number = int(current[1]) if current else 1
    if number < total_pages(page):
        url, body = (
            re.sub(r"\bcurrpage=\d+", f"currpage={number + 1}", text) for text in (page.url, page.body)
        )
        yield page.asks(url, kind="next", body=body)


def _parameter(name: str, scripts: str) -> str | None:
    found = re.search(rf"\b{name}['\"]?\s*[:=]\s*['\"]?([\w,:./-]*)", scripts)
    return found[1] if found else None
