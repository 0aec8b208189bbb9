"""eportal 慧兰: columns /eportal/ui?pageId=…, articles …/<17 to 19 digits>/index.shtml.

Pages by currentPage and moduleId, in a link or by javascript:next(N): over a form that says what is sent, or over the
page's own number and that of the module that holds the list, where the function is the vendor's.
Portals: www.zlq.gov.cn, www.xwq.gov.cn. Known not to work: lists built by /portlet/…!queryList alone.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.families import Link, ListPage
from crawler.families.pagers import further_pages, total_pages

NAME = "eportal"
PARAMETER = r"\b{}['\"]?(?:\s*[:=]\s*|[^<>]{{0,40}}\bvalue=)['\"]?(\w{{4,40}})"


def recognises(page: ListPage) -> bool:
    """The product's path, or its user-interface library."""
    return "/eportal/ui" in page.url or "/eportal/" in page.text or "huilan-jquery-ui" in page.text


def links(page: ListPage) -> Iterator[Link]:
    """The following page; nothing after the declared last, which the servers answer with the last again."""
    current, total = _current(page), total_pages(page)
    if total and current >= total:
        return
    yield from further_pages(page) or _of_module(page, current + 1)


def _of_module(page: ListPage, number: int) -> Iterator[Link]:
    called = re.search(rf"\bnext\(\s*['\"]?{number}\b", page.text)
    told = [re.search(PARAMETER.format(name), f"{page.url} {page.text}") for name in ("pageId", "moduleId")]
    if called and all(told):
        shown, module = (one[1] for one in told if one)
        address = f"/eportal/ui?pageId={shown}&currentPage={number}&moduleId={module}&staticRequest=yes"
        yield Link(page.urljoin(address), str(number), "next")


def _current(page: ListPage) -> int:
    for text in (page.body, urlsplit(page.url).query):
        if found := re.search(r"currentPage=(\d+)", text):
            return int(found[1])
    value = page.selector.xpath("//input[@name='currentPage']/@value").get("1")
    return int(value) if value.isdigit() else 1
