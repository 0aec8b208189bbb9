"""Pagers that submit a form: javascript:next(3), goPage(3), whose page number is a field of it."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from parsel import Selector

from crawler.families import Link, ListPage

SCRIPTED = re.compile(r"javascript:\s*\w+\(\s*['\"]?(\d+)")
NUMBER_FIELD = re.compile(r"(?:current_?|cur_?)?page_?(?:no|num|index|number)?", re.IGNORECASE)


def submitted(page: ListPage) -> Iterator[Link]:
    """The page after this one, where a scripted link names its number and a form carries the present one."""
    numbers = {int(number) for number in SCRIPTED.findall(page.text)}
    for form in page.selector.xpath("//form") if numbers else ():
        for name in form.xpath(".//input[@type='hidden']/@name").getall():
            value = form.xpath(f".//input[@name='{name}']/@value").get("1")
            if NUMBER_FIELD.fullmatch(name) and value.isdigit() and int(value) + 1 in numbers:
                yield _submit(page, form, name, int(value) + 1)
                return


def _submit(page: ListPage, form: Selector, name: str, number: int) -> Link:
    fields = {
        field.attrib["name"]: field.attrib.get("value", "")
        for field in form.xpath(".//input[@name][not(@type='submit' or @type='button')]")
    } | {name: str(number)}
    url = page.urljoin(form.attrib.get("action", "") or page.url)
    if form.attrib.get("method", "get").lower() == "post":
        headers = (("Content-Type", "application/x-www-form-urlencoded"), ("Referer", page.origin))
        return Link(url, str(number), "next", "POST", urlencode(fields), headers)
    parts = urlsplit(url)
    query = urlencode({**dict(parse_qsl(parts.query)), **fields})
    return Link(urlunsplit((*parts[:3], query, "")), str(number), "next")
