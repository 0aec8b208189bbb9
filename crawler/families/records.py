"""Rows of JSON answers, whatever the vendor calls their fields."""

import html
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from parsel import Selector

from crawler.families import Link, ListPage
from crawler.navigation.anchors import fragment_anchors
from crawler.navigation.printed import DATE, SPACES, day_of, read_date
from crawler.navigation.script_rows import ADDRESS, CHINESE, PATH
from parsers.decode import without_surrogates

URLS = (
    "url", "infourl", "visiturl", "linkurl", "link", "url_comp", "post_url", "docpuburl", "puburl", "href",
)  # fmt: skip
TITLES = ("realtitle", "title", "name", "doctitle", "infotitle", "subtitle", "text")
DATES = (
    "publishedtimestr", "published_time_format", "published_time_formated", "infodate", "pubdate", "pubtime",
    "createdate", "trs_time", "docreltime", "date", "time", "publishtime",
)  # fmt: skip
URL_ENDS = ("url", "link", "href", "path", "uri")  # docUrl, contentPath …
NO_URLS = re.compile(r"im(?:g|age)|pic|icon|thumb|logo|cover|video", re.IGNORECASE)
TITLE_ENDS = ("title", "subject", "caption")
INDEX_NUMBERS = ("identifier", "indexnumber", "c_syh", "index_number")


def json_rows(page: ListPage, value: Any = None) -> Iterator[Link]:
    """Every object of the answer that has an address and a title, in its order."""
    value = page.json if value is None else value
    if isinstance(value, list):
        for item in value:
            yield from json_rows(page, item if item is not None else {})
    elif isinstance(value, dict):
        fields = {str(name).lower(): field for name, field in value.items()}
        url = (
            _first(fields, URLS)
            or _composed(page.title, fields)
            or _ending(fields, URL_ENDS, ADDRESS)
            or _alone(fields, PATH)
        )
        title = (
            _title(fields)
            or _ending(fields, TITLE_ENDS, CHINESE)
            or _whose_and_when(fields)
            or _alone(fields, CHINESE)
        )
        if url and title and re.search(r"[/.]", url):
            yield Link(
                page.urljoin(url),
                SPACES.sub(" ", re.sub(r"<[^>]*>", "", html.unescape(title))).strip(),
                date=read_date(_first(fields, DATES) or _ending(fields, ("date", "time"), DATE))
                or _day(fields),
                index_number=_first(_with_details(fields), INDEX_NUMBERS) or None,
                group="json",
            )
            return
        for field in value.values():
            if isinstance(field, list | dict):
                yield from json_rows(page, field)


def json_markup(page: ListPage, value: Any = None) -> Iterator[Link]:
    """The anchors of an answer that holds its rows as markup, wherever in it."""
    value = page.json if value is None else value
    if isinstance(value, str) and "<a" in value:
        yield from fragment_anchors(Selector(text=value, type="html"), page)
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from json_markup(page, part or "")


ISLAND = re.compile(r"<xml\b[^>]*>(.*?)</xml>", re.IGNORECASE | re.DOTALL)


def xml_rows(page: ListPage) -> Iterator[Link]:
    """The same for a page that is XML, as RSS is, and for islands of XML within a page."""
    is_xml = re.match(r"\ufeff?\s*<(?:\?xml|rss|feed)\b", page.text) and not re.search(r"<html\b", page.text)
    for text in [page.text] if is_xml else ISLAND.findall(page.text):
        rows = re.sub(r"^\ufeff?\s*<\?xml.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", "", text, flags=re.DOTALL)
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
        markup = f"<rows>{without_surrogates(rows)}</rows>".encode()
        for element in etree.fromstring(markup, parser).iter(etree.Element):
            children = element.iterchildren(etree.Element)
            told = {
                child.get("name") or _local(child.tag): str(child.xpath("string()")).strip()
                for child in children
            }
            fields = {**{_local(name): value for name, value in element.attrib.items()}, **told}
            yield from json_rows(page, fields)


def _local(name: object) -> str:
    """Without its namespace.

    >>> _local("{http://purl.org/dc}title")
    'title'
    """
    return str(name).rpartition("}")[2]


def _composed(way: str, fields: dict[str, Any]) -> str:
    """The address that the column's page would put together for a row: /detail/{id}.html, as its link's title says.

    >>> _composed("/detail/{id}.html", {"id": 7, "title": "某局年报"})
    '/detail/7.html'
    """
    said = re.fullmatch(r"([^\s{}]+)\{(\w+)\}([^\s{}]*)", way)
    value = fields.get(said[2].lower()) if said else None
    return f"{said[1]}{value}{said[3]}" if said and isinstance(value, str | int) else ""


def number_of(value: Any, *names: str) -> int | None:
    """The first number under one of these names, anywhere in the answer."""
    if isinstance(value, dict):
        for name in names:
            if str(value.get(name, "")).isdigit():
                return int(value[name])
        found = (number_of(field, *names) for field in value.values() if isinstance(field, dict))
        return next((number for number in found if number is not None), None)
    return None


def _title(fields: dict[str, Any]) -> str:
    """The first of its titles; the one beside it that goes on where that one is cut."""
    title = _first(fields, TITLES)
    start = title.rstrip(".… ")
    whole = (fields[name] for name in TITLES if isinstance(fields.get(name), str))
    return next(
        (one for one in whole if start != title and len(one) > len(title) and one.startswith(start)), title
    )


def _first(fields: dict[str, Any], names: tuple[str, ...]) -> str:
    return next(
        (str(fields[name]) for name in names if isinstance(fields.get(name), str) and fields[name].strip()),
        "",
    )


def _ending(fields: dict[str, Any], ends: tuple[str, ...], shape: re.Pattern[str]) -> str:
    """The first value of that shape under a name that ends so.

    >>> _ending({"imgurl": "/1.jpg", "docurl": "/nb/1.html"}, URL_ENDS, ADDRESS)
    '/nb/1.html'
    """
    named = (value for name, value in _texts(fields) if name.endswith(ends))
    return next((value for value in named if shape.search(value)), "")


def _alone(fields: dict[str, Any], shape: re.Pattern[str]) -> str:
    """The one value that begins with that shape, whatever its name.

    >>> _alone({"n": "县教育局", "u": "/nb/1.html", "i": 7}, CHINESE), _alone({"a": "/1.html", "b": "/2.html"}, PATH)
    ('县教育局', '')
    """
    found = [value for _, value in _texts(fields) if shape.match(value)]
    return found[0] if len(found) == 1 else ""


def _texts(fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields that hold text, but for addresses of pictures."""
    return ((n, value) for n, value in fields.items() if isinstance(value, str) and not NO_URLS.search(n))


def _day(fields: dict[str, Any]) -> str | None:
    days = (day_of(value) for name, value in fields.items() if name.endswith(("date", "time")))
    return next(filter(None, days), None)


def _whose_and_when(fields: dict[str, Any]) -> str:
    """Of a row without a title: the body that it names, and the year beside it.

    >>> _whose_and_when({"orgname": "县教育局", "nd": 2023, "filepath": "/1.pdf"})
    '县教育局2023年'
    """
    body = _ending(fields, ("name",), CHINESE)
    years = (str(value) for value in fields.values() if re.fullmatch(r"20[0-4]\d", str(value)))
    return f"{body}{year}年" if body and (year := next(years, "")) else body


def _with_details(fields: dict[str, Any]) -> dict[str, Any]:
    """UCAP keeps header fields as key/value pairs below domainMetaList."""
    details = fields.get("domainmetalist")
    pairs = [
        pair
        for entry in (details if isinstance(details, list) else [])
        for pair in (entry.get("resultList") or [] if isinstance(entry, dict) else [])
        if isinstance(pair, dict)
    ]
    return {**fields, **{str(pair.get("key", "")).lower(): pair.get("value") for pair in pairs}}
