"""Static pages of no known vendor: rows as ordinary anchors, a 下一页 link or page numbers below them.

Also the last resort of the others. Portals that need nothing more: hengnan.gov.cn, cnjg.gov.cn.
Known not to work: lists that a browser builds from a vendor's closed interface.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.anchors import fragment_anchors
from crawler.families import Link, ListPage
from crawler.families.called import called, following_answer
from crawler.families.forms import submitted
from crawler.families.records import json_rows

NAME = "generic"
SCRIPTED = re.compile(r"['\"](?P<stem>[\w./-]*_)['\"]\s*\+\s*\w+\s*\+\s*['\"]\.(?P<suffix>\w+)['\"]")
TOTALS = (
    (re.compile(r"(?:共|/)\s*(\d{1,4})\s*页"), "text"),
    (
        re.compile(
            r"\b(?:totalPages?|pageCount|countPage|all_pages|totalpage)['\"]?\s*[:=]\s*['\"]?(\d{1,4})"
        ),
        "script",
    ),
    (re.compile(r"(?<![\d/])\d{1,3}\s*/\s*(\d{1,3})(?![\d/])"), "text"),
)
NUMBER = re.compile(r"\[?第?([1-9]\d?)页?\]?")
NEXT = re.compile(r"[\[<«]?(?:下一?页|下页|后一?页|后页|next(?:page)?|[>›»]{1,2})[\]>›»]*", re.IGNORECASE)


def recognises(page: ListPage) -> bool:
    """No vendor's mark: any page."""
    return True


def links(page: ListPage) -> Iterator[Link]:
    """The following page: by its link, its number, or the address that a script puts together; and rows in JSON."""
    if page.json is not None:
        rows = list(json_rows(page))
        yield from rows
        yield from following_answer(page, len(rows))
        return
    yield from json_endpoints(page)
    if not shows_rows(page):
        yield from called(page)
    following = list(next_links(page)) or list(submitted(page))
    if not following and (stem := SCRIPTED.search(page.scripts)):
        following = list(_scripted(page, stem["stem"], stem["suffix"]))
    yield from following


def next_links(page: ListPage) -> Iterator[Link]:
    """Pager links of a page that have an address."""
    found = list(fragment_anchors(page.selector, page))
    following = [link for link in found if NEXT.fullmatch(link.title.replace(" ", ""))]
    if not following:
        groups: dict[str, dict[int, Link]] = {}
        for link in found:
            if number := NUMBER.fullmatch(link.title.replace(" ", "")):
                groups.setdefault(link.group, {}).setdefault(int(number[1]), link)
        # A calendar has the numbers of all days; those of a vote begin elsewhere, or come alone.
        pagers = [pager for pager in groups.values() if pager.keys() & {2, 3} and len(pager) < 28]
        following = [
            link for pager in pagers for number, link in pager.items() if number > 1
        ]  # we came by the first
    for link in following:
        yield Link(link.url, link.title, "next")


def _scripted(page: ListPage, stem: str, suffix: str) -> Iterator[Link]:
    """All further pages whose address a script puts together: as fragments they would not lead on by themselves."""
    current = re.search(rf"{re.escape(stem)}(\d+)\.\w+$", page.url)
    for number in range(int(current[1]) + 1 if current else 2, min(total_pages(page), 300) + 1):
        yield Link(page.urljoin(f"{stem}{number}.{suffix}"), str(number), "next")


def total_pages(page: ListPage) -> int:
    """How many pages the listing declares to have; 0 where it does not say."""
    text = " ".join(page.selector.xpath("//body//text()[not(ancestor::script or ancestor::style)]").getall())
    for words, where in TOTALS:
        if found := words.search(text if where == "text" else page.scripts):
            return int(found[1])
    return 0


def numbered(page: ListPage, total: int, first: int, stem: str = "", suffix: str = "") -> Iterator[Link]:
    """The page after this one, where page 1 is <stem>.<suffix> and page k is <stem>_<k>.<suffix>, up to `total`."""
    own = re.search(r"/(?P<stem>[\w.-]+?)(?:_\d+)?\.(?P<suffix>\w+)$", urlsplit(page.url).path)
    stem = stem or (own["stem"] if own else "index")
    suffix = suffix or (own["suffix"] if own else "html")
    current = re.search(rf"/{re.escape(stem)}_(\d+)\.\w+$", urlsplit(page.url).path)
    following = (int(current[1]) if current else first) + 1
    if following <= total:
        yield Link(page.urljoin(f"{stem}_{following}.{suffix}"), str(following), "next")


def json_endpoints(page: ListPage) -> Iterator[Link]:
    """Files of rows that the page's script loads: $.getJSON('./zfxxgknb.json', …)."""
    for found in re.finditer(r"['\"]([^'\"\s]+\.json(?:\?[^'\"\s]*)?)['\"]", page.scripts):
        yield Link(page.urljoin(found[1]), "", "listing", headers=(("Referer", page.origin),))


def shows_rows(page: ListPage) -> bool:
    """Some anchor stands beside a date: the list is in the page, and not only behind its endpoint."""
    return any(link.date for link in fragment_anchors(page.selector, page))
