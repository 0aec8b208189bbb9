"""VSB 博达: a column <name>.htm, its further pages <name>/<k>.htm where k counts down; articles /info/<tree>/<id>.htm.

The count-down is not computed: the page links to the one that follows it. Portals: fg.gov.cn, www.gangu.gov.cn.
Known not to work: nothing so far.
"""

import re
from collections.abc import Iterator

from crawler.families import Link, ListPage
from crawler.families.pagers import further_pages

NAME = "vsb"


def recognises(page: ListPage) -> bool:
    """Articles below /info/, or the vendor's containers."""
    return bool(
        re.search(r"v_news_content|vsb_content|_vsl/|_sitegray", page.text)
        or len(re.findall(r"info/\d{3,5}/\d+\.htm\b", page.text)) >= 2
    )


def links(page: ListPage) -> Iterator[Link]:
    """The following page."""
    yield from further_pages(page)
