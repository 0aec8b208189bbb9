"""iList.jsp: /info/iList.jsp?node_id=…&cat_id=…&cur_page=N (or /view/iList.jsp).

Portals: www.mz.gov.cn, kjt.shaanxi.gov.cn. Known not to work: nothing so far.
"""

import re
from collections.abc import Iterator

from crawler.families import Link, ListPage
from crawler.families.pagers import further_pages, total_pages

NAME = "ilist"


def recognises(page: ListPage) -> bool:
    """The page iList.jsp, which lists."""
    return "iList.jsp" in page.url or page.text.count("iList.jsp") >= 2


def links(page: ListPage) -> Iterator[Link]:
    """The following page: by its link, or by cur_page; beyond the last the servers repeat it."""
    current = re.search(r"cur_page=(\d+)", page.url)
    number, total = int(current[1]) if current else 1, total_pages(page)
    if total and number >= total:
        return
    following = further_pages(page)
    if following or not total or "iList.jsp" not in page.url:
        yield from following
    elif current:
        yield Link(re.sub(r"cur_page=\d+", f"cur_page={number + 1}", page.url), str(number + 1), "next")
    else:
        yield Link(f"{page.url}&cur_page=2", "2", "next")
