"""NFCMS 南方网 (Guangdong's portals): articles …/content/post_<id>.html, pages index.html, index_2.html, index_3.html.

Portals: gz.gov.cn, lw.gov.cn. Known not to work: columns that only a 目录平台 of the same host lists (see gkmlpt).
"""

import re
from collections.abc import Iterator

from crawler.families import Link, ListPage
from crawler.families.pagers import next_links, numbered, total_pages

NAME = "nfcms"


def recognises(page: ListPage) -> bool:
    """The vendor's metas, or its articles."""
    return bool(page.meta("NFCMS_SITE_ID")) or len(re.findall(r"/content/m?post_\d+\.html", page.text)) >= 2


def links(page: ListPage) -> Iterator[Link]:
    """The following page: there is no index_1."""
    following = list(next_links(page))
    yield from following or numbered(page, total_pages(page), first=1)
