"""Pagers that submit a form: javascript:next(3), goPage(3), whose page number is a field of it; ASP.NET's __doPostBack."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from parsel import Selector

from crawler.families import Link, ListPage

SCRIPTED = re.compile(
    r"(?:javascript:|onclick\s*=\s*['\"])\s*(?:return\s+)?\w+\(\s*['\"]?(\d+)", re.IGNORECASE
)
# AspNetPager gives the number, GridView Page$2 or Page$Next, a button of its own nothing.
POST_BACK = re.compile(r"__doPostBack\(\s*(['\"])(?P<target>[^'\"]+)\1\s*,\s*(['\"])(?P<argument>[^'\"]*)\3")
FURTHER = re.compile(r"下一?页|下页|后一?页|next|[>›»]{1,2}", re.IGNORECASE)
NUMBER_FIELD = re.compile(r"(?:current_?|cur_?)?page_?(?:no|num|index|number)?", re.IGNORECASE)


def submitted(page: ListPage) -> Iterator[Link]:
    """The page after this one, where a scripted link names its number and a form carries the present one."""
    numbers = {int(number) for number in SCRIPTED.findall(page.text)}
    for form in page.selector.xpath("//form") if numbers else ():
        for name in form.xpath(".//input[@name]/@name").getall():
            value = form.xpath(f".//input[@name='{name}']/@value").get("1")
            if NUMBER_FIELD.fullmatch(name) and value.isdigit() and int(value) + 1 in numbers:
                yield _submit(page, form, str(int(value) + 1), {name: str(int(value) + 1)})
                return
    yield from _posted_back(page)


def _posted_back(page: ListPage) -> Iterator[Link]:
    """The page after this one of an ASP.NET list: the link that says so, or that bears the next number."""
    asked = dict(parse_qsl(page.body, keep_blank_values=True)).get("__EVENTARGUMENT", "")
    number = int(found[0]) if (found := re.search(r"\d+$", asked)) else 1
    named: dict[str, re.Match[str]] = {}
    for link in page.selector.xpath("//a[contains(@href, '__doPostBack')]"):
        label = "".join(link.xpath(".//text() | @title").getall()).strip(" []")
        if call := POST_BACK.search(unquote(link.attrib["href"])):
            named.setdefault("next" if FURTHER.fullmatch(label) else label, call)
    call = named.get("next") or named.get(str(number + 1))
    if call:
        form = page.selector.xpath("//form[.//input[@name='__VIEWSTATE']]")[:1]
        event = {"__EVENTTARGET": call["target"], "__EVENTARGUMENT": call["argument"]}
        yield from (_submit(page, one, str(number + 1), event) for one in form)


def _submit(page: ListPage, form: Selector, number: str, changed: Mapping[str, str]) -> Link:
    fields = {
        field.attrib["name"]: field.attrib.get("value", "")
        for field in form.xpath(".//input[@name][not(@type='submit' or @type='button' or @type='image')]")
    } | dict(changed)
    url = page.urljoin(form.attrib.get("action", "") or page.url)
    if form.attrib.get("method", "get").lower() == "post":
        headers = (("Content-Type", "application/x-www-form-urlencoded"), ("Referer", page.origin))
        return Link(url, number, "next", "POST", urlencode(fields), headers)
    parts = urlsplit(url)
    query = urlencode({**dict(parse_qsl(parts.query)), **fields})
    return Link(urlunsplit((*parts[:3], query, "")), number, "next")
