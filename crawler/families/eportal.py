"""eportal 慧兰: columns /eportal/ui?pageId=…, articles …/<17 to 19 digits>/index.shtml.

Pages by currentPage and moduleId, in a link or by javascript:next(N) over a form that says what is sent.
Portals: www.zlq.gov.cn, www.xwq.gov.cn. Known not to work: lists built by /portlet/…!queryList alone.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from parsel import Selector

from crawler.families import Link, ListPage
from crawler.families.generic import next_links, total_pages

NAME = "eportal"
SCRIPTED = re.compile(r"javascript:\s*next\((\d+)\)")


def recognises(page: ListPage) -> bool:
    """The product's path, or its user-interface library."""
    return "/eportal/ui" in page.url or "/eportal/" in page.text or "huilan-jquery-ui" in page.text


def links(page: ListPage) -> Iterator[Link]:
    """The following page; nothing after the declared last, which the servers answer with the last again."""
    current, total = _current(page), total_pages(page)
    if total and current >= total:
        return
    following = list(next_links(page))
    if following:
        yield from following
    elif (numbers := [int(number) for number in SCRIPTED.findall(page.text)]) and current + 1 in numbers:
        form = page.selector.xpath("(//form[.//input[@name='currentPage']])[1]")
        if form:
            yield _submit(page, form[0], current + 1)


def _current(page: ListPage) -> int:
    for text in (page.body, urlsplit(page.url).query):
        if found := re.search(r"currentPage=(\d+)", text):
            return int(found[1])
    value = page.selector.xpath("//input[@name='currentPage']/@value").get("1")
    return int(value) if value.isdigit() else 1


def _submit(page: ListPage, form: Selector, number: int) -> Link:
    fields = {
        field.attrib["name"]: field.attrib.get("value", "")
        for field in form.xpath(".//input[@name][not(@type='submit' or @type='button')]")
    } | {"currentPage": str(number)}
    url = page.urljoin(form.attrib.get("action", "") or page.url)
    if form.attrib.get("method", "get").lower() == "post":
        headers = (("Content-Type", "application/x-www-form-urlencoded"), ("Referer", page.origin))
        return Link(url, str(number), "next", "POST", urlencode(fields), headers)
    parts = urlsplit(url)
    query = urlencode({**dict(parse_qsl(parts.query)), **fields})
    return Link(urlunsplit((*parts[:3], query, "")), str(number), "next")
