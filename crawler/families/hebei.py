"""Hebei 集约化: /columns/<uuid>/index.html, articles /columns/<uuid>/202201/20/<uuid>.html.

Rows come from GET /columns/<id>/templates/<uuid>/blocks/<uuid>?page=N as a fragment. Portals: www.sjz.gov.cn;
a second has not been seen. Known not to work: departments that run another system on the same hosts.
"""

import re
from collections.abc import Iterator

from crawler.families import BEFORE, Link, ListPage
from crawler.families.generic import shows_rows
from crawler.families.pagers import further_pages
from crawler.navigation.anchors import page_anchors

NAME = "hebei"
BLOCK = re.compile(BEFORE + r"/columns/[\w-]+/templates/[\w-]+/blocks/[\w-]+")


def recognises(page: ListPage) -> bool:
    """The block of the list, or columns named by uuid."""
    return bool(
        BLOCK.search(page.url)
        or BLOCK.search(page.text)
        or re.search(r"/columns/[0-9a-f]{8}-[0-9a-f]{4}-", page.url)
    )


def links(page: ListPage) -> Iterator[Link]:
    """The pages of the block one by one: each says that there may be another by having rows."""
    if BLOCK.search(page.url):
        number = re.search(r"\bpage=(\d+)", page.url)
        if number and any(page_anchors(page)):
            yield _page(page, page.url.split("?")[0], int(number[1]) + 1)
    elif block := BLOCK.search(page.scripts) or BLOCK.search(page.text):
        yield _page(page, page.urljoin(block[0]), 2 if shows_rows(page) else 1)
    else:
        yield from further_pages(page)


def _page(page: ListPage, block: str, number: int) -> Link:
    return Link(f"{block}?page={number}", str(number), "next", headers=(("Referer", page.origin),))
