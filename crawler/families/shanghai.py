"""Shanghai: sections /nw12344/index.html, further pages index_2.html …, articles /nw12344/20240131/<32hex>.html.

The number of pages stands in $('.pagination').pagination({totalPage: N}). Portals: www.shanghai.gov.cn; a second has not been seen.
Known not to work: districts that are single-page applications (奉贤).
"""

import re
from collections.abc import Iterator

from crawler.families import Link, ListPage
from crawler.families.pagers import next_links, numbered, total_pages

NAME = "shanghai"


def recognises(page: ListPage) -> bool:
    """Its section numbers /nw<n>/."""
    return bool(re.search(r"/nw\d{4,6}/", page.url) or len(re.findall(r"/nw\d{4,6}/", page.text)) >= 3)


def links(page: ListPage) -> Iterator[Link]:
    """The following page, counted from 1."""
    total = total_pages(page)
    yield from numbered(page, total, first=1) if total else next_links(page)
