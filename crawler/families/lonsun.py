"""LonSun 龙讯 (Anhui): /public/column/<body>?type=N; type 3 is a body's annual reports, timeFrame chooses the year.

Lists are filled by /site/label/8888?…&labelName=publicInfoList&…&pageIndex=N, which answers a fragment; the number
of pages stands in the first page's script. Portals: lyj.chizhou.gov.cn, www.ahgc.gov.cn.
Known not to work: sites behind 加速乐, which are left alone.
"""

import html
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.families import BEFORE, Link, ListPage
from crawler.families.generic import shows_rows
from crawler.families.pagers import further_pages
from crawler.families.records import json_rows
from crawler.navigation.anchors import page_anchors

NAME = "lonsun"
LABEL = re.compile(BEFORE + r"/site/label/\d+\?[^'\"\s]{0,1000}?pageIndex=[^'\"\s]{0,1000}")
ORGAN = re.compile(r"/public/column/(\d+)")


def recognises(page: ListPage) -> bool:
    """The product's addresses or its labels."""
    return bool(
        re.search(r"/public/column/\d+|/site/label/\d+|/Openness(?:AnnualReport|Content|Info)/", page.url)
        or re.search(r"/public/column/\d+\?|/site/label/\d+\?|labelName|table_suoyin|/Openness(?:AnnualReport|Content)/", page.text)
    )  # fmt: skip


def links(page: ListPage) -> Iterator[Link]:
    """The annual reports of every body that the page names, and the further pages of its list."""
    if page.json is not None:
        yield from json_rows(page)
        return
    yield from _bodies(page)
    if call := LABEL.search(page.scripts):
        yield from _pages(page, page.urljoin(html.unescape(call[0])))
    elif "/site/label/" in page.url:
        yield from _following(page)
    else:
        yield from further_pages(page)


def _bodies(page: ListPage) -> Iterator[Link]:
    """type=3 in place of the type that the page links to, for bodies without such a link."""
    rows = [(ORGAN.search(urlsplit(link.url).path), link) for link in page_anchors(page)]
    found = [(organ[1], link) for organ, link in rows if organ]
    given = {organ for organ, link in found if re.search(r"\btype=3\b", link.url)}
    for organ, link in found:
        if organ not in given and re.search(r"\btype=\d+", link.url):
            given.add(organ)
            yield Link(re.sub(r"\btype=\d+", "type=3", link.url), link.title, "column", group="bodies")


def _pages(page: ListPage, call: str) -> Iterator[Link]:
    """All further pages, where the script tells how many; one by one where it does not."""
    total = re.search(r"pageCount['\"]?\s*[:=]\s*['\"]?(\d+)", page.scripts)
    last = min(int(total[1]), 300) if total else 2
    for number in range(2 if shows_rows(page) else 1, last + 1):
        yield _page(page, call, number)


def _following(page: ListPage) -> Iterator[Link]:
    rows = len(list(page_anchors(page)))
    size = re.search(r"pageSize=(\d+)", page.url)
    number = re.search(r"pageIndex=(\d+)", page.url)
    if size and number and rows >= int(size[1]):
        yield _page(page, page.url, int(number[1]) + 1)


def _page(page: ListPage, call: str, number: int) -> Link:
    return page.asks(re.sub(r"pageIndex=\d*", f"pageIndex={number}", call), str(number), "next")
