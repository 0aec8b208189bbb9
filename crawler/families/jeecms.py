"""JEECMS: …/index.jhtml, index_2.jhtml, articles /c/www/<channel>/<id>.jhtml. The suffix is a setting of the owner's.

Portals: public.zhongyuan.gov.cn, sft.yn.gov.cn. Known not to work: nothing so far.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.families import Link, ListPage
from crawler.families.pagers import further_pages, numbered, total_pages

NAME = "jeecms"


def recognises(page: ListPage) -> bool:
    """The suffix .jhtml of its addresses."""
    return urlsplit(page.url).path.endswith(".jhtml") or len(re.findall(r"\.jhtml\b", page.text)) >= 2


def links(page: ListPage) -> Iterator[Link]:
    """The following page: by its link, or counted from 1 where only 1/N is printed."""
    following = further_pages(page)
    yield from following or numbered(page, total_pages(page), first=1)
