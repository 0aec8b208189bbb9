"""Static pages of no known vendor: rows as ordinary anchors, a 下一页 link or page numbers below them.

Also the last resort of the others. Portals that need nothing more: hengnan.gov.cn, cnjg.gov.cn.
Known not to work: lists that a browser builds from a vendor's closed interface.
"""

import re
from collections.abc import Iterator

from crawler.anchors import fragment_anchors
from crawler.families import Link, ListPage

NAME = "generic"
NEXT = re.compile(r"[\[<«]?(?:下一?页|下页|后一?页|后页|next(?:page)?|[>›»]{1,2})[\]>›»]*", re.IGNORECASE)


def recognises(page: ListPage) -> bool:
    """Any page."""
    return True


def links(page: ListPage) -> Iterator[Link]:
    """The following page, by its link; by the page numbers where there is no such link."""
    yield from next_links(page)


def next_links(page: ListPage) -> Iterator[Link]:
    """Pager links of a page that have an address."""
    found = list(fragment_anchors(page.selector, page))
    following = [link for link in found if NEXT.fullmatch(link.title.replace(" ", ""))]
    if not following:
        following = [link for link in found if re.fullmatch(r"\[?[1-9]\d?\]?", link.title)]
        numbers = {int(link.title.strip("[]")) for link in following}
        if not numbers & {2, 3}:  # a calendar's or a vote's numbers begin elsewhere, or come alone
            return
        if len(numbers) >= 28:
            return
    for link in following:
        yield Link(link.url, link.title, "next")


def page_links(page: ListPage, stem: str, suffix: str, numbers: range) -> Iterator[Link]:
    """The numbered pages <stem>_<number>.<suffix> beside this one."""
    for number in numbers:
        yield Link(page.urljoin(f"{stem}_{number}.{suffix}"), str(number), "next")
