"""Hanweb JCMS (大汉版通): columns /col/col<n>/index.html, articles /art/2025/1/16/art_<column>_<id>.html.

The visible list is empty; its rows are CDATA records of a <datastore> in a script, which also carries, as <nextgroup>,
the ready-made request for the rows after them (/module/web/jpage/dataproxy.jsp). Some sites encrypt columnid and
unitid in it: it is used as given. Where there is no <nextgroup>, the pager's own parameters make the POST.
Portals: cgw.hangzhou.gov.cn, jxj.hangzhou.gov.cn.
Known not to work: sites whose dataproxy answers nothing (some of Shandong); their column page lists everything.
"""

import html
import re
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit, urlunsplit

from parsel import Selector

from crawler.families import BEFORE, Link, ListPage
from crawler.families.pagers import further_pages
from crawler.navigation.anchors import fragment_anchors

NAME = "hanweb"
RECORD = re.compile(r"<record>((?:(?!</?record>).)*+)</record>", re.DOTALL)
TOTAL = re.compile(r"totalRecord['\"]?\s*[:=]\s*['\"]?(\d+)|<totalrecord>(\d+)", re.IGNORECASE)
NEXT_GROUP = re.compile(r"<nextgroup>[^'\"]{0,200}?href=(['\"])([^'\"]{0,3000})\1")
ENDPOINT = re.compile(BEFORE + r"/(?:morecolumn)?dataproxy\.jsp[^'\"\s<>]*")
FORM = (
    "col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype",
)  # fmt: skip
POST_SIZE = 100  # rows asked for at once; above 300 the servers cut


def recognises(page: ListPage) -> bool:
    """A datastore, the pager's endpoint, or the vendor's addresses."""
    text = page.text
    return (
        "<datastore>" in text
        or "dataproxy.jsp" in text
        or "大汉版通" in text
        or bool(re.search(r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html|/col/col\d+/index\.html", text))
    )


def links(page: ListPage) -> Iterator[Link]:
    """Rows of the datastore, and the request for the rows that follow them."""
    rows = list(records(page, page.text))
    yield from rows
    if (call := paging(page)) and (rows or "<datastore>" not in page.text):
        yield call
    elif "<datastore>" not in page.text:
        yield from further_pages(page)


def records(page: ListPage, text: str) -> Iterator[Link]:
    """Each record is a piece of markup of its own, often broken."""
    for record in RECORD.findall(text):
        markup = record.strip().removeprefix("<![CDATA[").removesuffix("]]>")
        markup = html.unescape(markup) if "&lt;" in markup else markup
        for link in fragment_anchors(Selector(text=markup, type="html"), page):
            yield Link(
                link.url, link.title, date=link.date, index_number=link.index_number, group="datastore"
            )


def paging(page: ListPage) -> Link | None:
    """The request for the next group of rows; None at the declared end."""
    if page.method == "POST":
        return _following_post(page)
    if "dataproxy.jsp" in page.url:
        return _following_get(page)
    return _next_group(page) or _first_post(page)


def _next_group(page: ListPage) -> Link | None:
    group = NEXT_GROUP.search(page.text)
    return page.asks(page.urljoin(html.unescape(group[2])), kind="next") if group else None


def _following_get(page: ListPage) -> Link | None:
    if following := _next_group(page):
        return following
    fields = page.query
    number, total = int(fields.get("page", "0") or 0), re.search(r"<totalpage>(\d+)", page.text)
    if not total or number >= int(total[1]) or not RECORD.search(page.text):
        return None
    query = re.sub(r"\bpage=\d+", f"page={number + 1}", urlsplit(page.url).query)
    return page.asks(urlunsplit((*urlsplit(page.url)[:3], query, "")), kind="next")


def _first_post(page: ListPage) -> Link | None:
    """Rows after those of the column page, asked for with the parameters that its pager carries."""
    endpoint = ENDPOINT.search(page.scripts)
    total = TOTAL.search(page.text)
    if not endpoint or not total:
        return None
    shown = len(RECORD.findall(page.text))
    if shown >= int(total[1] or total[2]):
        return None
    fields = {name: _parameter(name, page.scripts) for name in FORM}
    fields["col"] = fields["col"] or "1"
    if not fields["columnid"]:
        column = re.search(r"/col(\d+)/", page.url)
        fields["columnid"] = column[1] if column else ""
    if not fields["unitid"]:
        return None
    per_page = _parameter("perPage", page.scripts) or _parameter("perpage", page.scripts) or "20"
    return _post(page, page.urljoin(html.unescape(endpoint[0])), fields, shown + 1, int(per_page))


def _following_post(page: ListPage) -> Link | None:
    start = int(page.query.get("startrecord") or 1)
    rows = len(RECORD.findall(page.text))
    total = re.search(r"<totalrecord>(\d+)", page.text)
    if not rows or not total or start - 1 + rows >= int(total[1]):
        return None
    url = urlunsplit((*urlsplit(page.url)[:3], "", ""))
    return _post(page, url, page.sent, start + rows, int(page.query.get("perpage") or 20))


def _post(page: ListPage, url: str, fields: dict[str, str], start: int, per_page: int) -> Link:
    # Old proxies do not know startrecord, and give page `page` of `perpage` rows.
    page_number = (start - 1) // per_page + 1
    end = start + POST_SIZE - 1
    query = urlencode({"startrecord": start, "endrecord": end, "perpage": per_page, "page": page_number})
    bare = urlunsplit((*urlsplit(url)[:3], query, ""))
    return page.asks(bare, kind="next", body=urlencode(fields))


def _parameter(name: str, scripts: str) -> str:
    found = re.search(rf"\b{name}['\"]?\s*[:=]\s*(?:['\"]([^'\"\n]*)['\"]|([^'\",&}}\s]*))", scripts)
    return (found[1] or found[2] or "") if found else ""
