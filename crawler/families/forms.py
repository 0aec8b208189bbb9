"""Pagers that submit a form: javascript:next(3), goPage(3), whose page number is a field of it; ASP.NET's __doPostBack."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from parsel import Selector

from crawler.families import Link, ListPage

SCRIPTED = re.compile(
    r"(?:javascript:|onclick\s*=\s*['\"])\s*(?:return\s+)?\w+\(\s*['\"]?(\d+)", re.IGNORECASE
)
# AspNetPager gives the number, GridView Page$2 or Page$Next, a button of its own nothing.
POST_BACK = re.compile(r"__doPostBack\(\s*(['\"])(?P<target>[^'\"]+)\1\s*,\s*(['\"])(?P<argument>[^'\"]*)\3")
TARGET, ARGUMENT = "__EVENTTARGET", "__EVENTARGUMENT"
STATEFUL = "//form[.//input[@name='__VIEWSTATE']]"
FURTHER = re.compile(r"下一?页|下页|后一?页|next|[>›»]{1,2}", re.IGNORECASE)
# A vote, a letter, a login: no way through a list.
FILLED_IN = ".//textarea or .//input[@type='radio' or @type='checkbox' or @type='password' or @type='file']"
NUMBER_FIELD = re.compile(r"(?:current_?|cur_?|[cnp])?page_?(?:no|num|index|number)?", re.IGNORECASE)


def submitted(page: ListPage) -> Iterator[Link]:
    """The page after this one, where a scripted link names its number and a form carries the present one."""
    numbers = {int(number) for number in SCRIPTED.findall(page.text)}
    for form in page.selector.xpath(f"//form[not({FILLED_IN})]") if numbers else ():
        for name in filter(NUMBER_FIELD.fullmatch, form.xpath(".//input/@name").getall()):
            value = form.xpath(f".//input[@name='{name}']/@value").get("1")
            if value.isdigit() and int(value) + 1 in numbers:
                yield _submit(page, form, str(int(value) + 1), {name: str(int(value) + 1)})
                return
    yield from _picked(page)
    yield from _posted_back(page)


def _picked(page: ListPage) -> Iterator[Link]:
    """The page after this one, where a picker of pages sends its form."""
    for form in page.selector.xpath("//form[.//select[@name][contains(@onchange, 'submit')]]"):
        for picker in form.xpath(".//select[@name]"):
            numbers = picker.xpath(".//option/@value").getall()
            shown = picker.xpath(".//option[@selected]/@value").get("1")
            following = str(int(shown) + 1) if shown.isdigit() else ""
            if NUMBER_FIELD.fullmatch(picker.attrib["name"]) and following in numbers:
                yield _submit(page, form, following, {picker.attrib["name"]: following})


def _posted_back(page: ListPage) -> Iterator[Link]:
    """The page after this one of an ASP.NET list: the link that says so, or that bears the next number."""
    shown = re.search(r"\d+$", page.sent.get(ARGUMENT, ""))
    following = str(int(shown[0]) + 1) if shown else "2"
    named: dict[str, dict[str, str]] = {}
    for link, event in _events(page):
        label = "".join(link.xpath(".//text() | @title").getall()).strip(" []")
        named.setdefault("next" if FURTHER.fullmatch(label) else label, event)
    if turns := named.get("next") or named.get(following):
        yield from (_submit(page, form, following, turns) for form in page.selector.xpath(STATEFUL)[:1])


def chosen(page: ListPage, shows_rows: bool) -> Iterator[Link]:
    """What a form lists for each option of its picker, if none is blank and stands for all; and for what a link sends.

    Where nothing is listed yet, a blank option only asks to choose.

    Whether it is a year or a body that can be chosen, or something else, its words tell.
    """
    for form in page.selector.xpath(f"//form[.//select[@name]][not({FILLED_IN})]"):
        for picker in form.xpath(".//select[@name][not(@onchange) or contains(@onchange, 'submit')]"):
            if NUMBER_FIELD.fullmatch(picker.attrib["name"]):
                continue
            options = picker.xpath(
                ".//option[@value]" if shows_rows else ".//option[normalize-space(@value)]"
            )
            values = [option.attrib["value"].strip() for option in options]
            if len(values) > 1 and not any(not value or "/" in value for value in values):
                for option, value in zip(options, values, strict=True):
                    yield _row(page, form, option, {picker.attrib["name"]: value})
    yield from _written_and_sent(page)
    yield from _posted_rows(page)


def _posted_rows(page: ListPage) -> Iterator[Link]:
    """Nodes of an ASP.NET tree; the page that one of them brings shows them again, and its own below it."""
    form = page.selector.xpath(STATEFUL)[:1]
    above = page.sent.get(TARGET, "") + page.sent.get(ARGUMENT, "")
    below = re.compile(re.escape(above) + r"[\W_]" if above else "")
    if page.method != "GET" and not above:
        return
    for link, event in _events(page) if form else ():
        label = "".join(link.xpath(".//text()").getall()).strip(" []")
        turns = label.isdigit() or FURTHER.fullmatch(label)
        if below.match(event[TARGET] + event[ARGUMENT]) and not turns:
            yield _row(page, form[0], link, event)


def _events(page: ListPage) -> Iterator[tuple[Selector, dict[str, str]]]:
    """Links that post back, with what they send."""
    for link in page.selector.xpath("//a[contains(@href, '__doPostBack')]"):
        if call := POST_BACK.search(unquote(link.attrib["href"])):
            yield link, {TARGET: call["target"], ARGUMENT: call["argument"]}


# function setYear(y) { document.yf.year.value = y; document.yf.submit(); }
SENDS = re.compile(
    r"function\s+(?P<name>\w+)\s*\(\s*(?P<argument>\w+)[^)]*\)\s*\{(?P<body>[^{}]*\.submit\([^{}]*)"
)
WRITES = re.compile(r"(?P<field>\w+)['\"]?\s*[\])]?\.(?:value\s*=|val\()\s*(?P<argument>\w+)")


def _written_and_sent(page: ListPage) -> Iterator[Link]:
    """Links that call a function with a word, which it writes into a field of a form."""
    for function in SENDS.finditer(page.scripts):
        written = WRITES.search(function["body"])
        if (
            not written
            or written["argument"] != function["argument"]
            or NUMBER_FIELD.fullmatch(written["field"])
        ):
            continue
        field = written["field"]
        form = page.selector.xpath(f"//form[.//input[@name='{field}' or @id='{field}']]")[:1]
        name = form.xpath(f".//input[@name='{field}' or @id='{field}']/@name").get(field)
        call = re.compile(rf"\b{function['name']}\(\s*['\"]?([\w-]+)['\"]?\s*[,)]")
        for link in page.selector.xpath("//*[@onclick or starts-with(@href, 'javascript:')]") if form else ():
            if said := call.search(f"{link.attrib.get('href', '')} {link.attrib.get('onclick', '')}"):
                yield _row(page, form[0], link, {name: said[1]})


def _row(page: ListPage, form: Selector, chosen: Selector, changed: Mapping[str, str]) -> Link:
    label = "".join(chosen.xpath(".//text()").getall()).strip()
    return replace(_submit(page, form, label, changed), kind="report", group="form")


def _submit(page: ListPage, form: Selector, number: str, changed: Mapping[str, str]) -> Link:
    fields = {
        field.attrib["name"]: field.attrib.get("value", "")
        for field in form.xpath(".//input[@name][not(@type='submit' or @type='button' or @type='image')]")
    }
    fields |= {
        picker.attrib["name"]: (
            picker.xpath(".//option[@selected]/@value") or picker.xpath(".//option/@value")
        ).get("")
        for picker in form.xpath(".//select[@name]")
    }
    fields |= changed
    url = page.urljoin(form.attrib.get("action", "") or page.url)
    if form.attrib.get("method", "get").lower() == "post":
        headers = (("Content-Type", "application/x-www-form-urlencoded"), ("Referer", page.origin))
        return Link(url, number, "next", "POST", urlencode(fields), headers)
    parts = urlsplit(url)
    query = urlencode({**dict(parse_qsl(parts.query)), **fields})
    return Link(urlunsplit((*parts[:3], query, "")), number, "next")
