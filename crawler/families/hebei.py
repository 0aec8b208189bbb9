"""Hebei 集约化: /columns/<uuid>/index.html, articles /columns/<uuid>/202201/20/<uuid>.html.

Rows come from GET /columns/<id>/templates/<uuid>/blocks/<uuid>?page=N as a fragment. Portals: www.sjz.gov.cn,
www.hengshui.gov.cn. Known not to work: departments that run another system on the same hosts.
"""

import re
from collections.abc import Iterator

from crawler.anchors import fragment_anchors
from crawler.families import Link, ListPage
from crawler.families.generic import next_links, total_pages

NAME = "hebei"
BLOCK = re.compile(r"[\w:/.-]*/columns/[\w-]+/templates/[\w-]+/blocks/[\w-]+")


def recognises(page: ListPage) -> bool:
    """The block of the list, or columns named by uuid."""
    return bool(
        BLOCK.search(page.url)
        or BLOCK.search(page.text)
        or re.search(r"/columns/[0-9a-f]{8}-[0-9a-f]{4}-", page.url)
    )


def links(page: ListPage) -> Iterator[Link]:
    """The further pages of the block, all at once where their number is told."""
    if BLOCK.search(page.url):
        yield from _following(page)
    elif block := BLOCK.search(page.scripts) or BLOCK.search(page.text):
        told = re.search(r"data-total=['\"](\d+)|loadPage\([^)]*?,\s*(\d+)\s*\)", page.text)
        total = total_pages(page) or (int(told[1] or told[2]) if told else 2)
        for number in range(2, min(total, 300) + 1):
            yield Link(
                f"{page.urljoin(block[0])}?page={number}",
                str(number),
                "next",
                headers=(("Referer", page.origin),),
            )
    else:
        yield from next_links(page)


def _following(page: ListPage) -> Iterator[Link]:
    """Asked for only where nobody told the number of pages: the next but one is the first that this leads to."""
    number = re.search(r"\bpage=(\d+)", page.url)
    if number and int(number[1]) == 1 and any(fragment_anchors(page.selector, page)):
        yield Link(
            re.sub(r"\bpage=\d+", "page=2", page.url), "2", "next", headers=(("Referer", page.origin),)
        )
