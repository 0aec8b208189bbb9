"""Rows of JSON answers, whatever the vendor calls their fields."""

import html
import re
from collections.abc import Iterator
from typing import Any

from crawler.anchors import SPACES, read_date
from crawler.families import Link, ListPage

URLS = (
    "url",
    "infourl",
    "visiturl",
    "linkurl",
    "link",
    "url_comp",
    "post_url",
    "docpuburl",
    "puburl",
    "href",
)
TITLES = ("title", "realtitle", "name", "doctitle", "infotitle", "subtitle")
DATES = (
    "publishedtimestr", "published_time_format", "published_time_formated", "infodate", "pubdate", "pubtime",
    "createdate", "trs_time", "docreltime", "date", "time", "publishtime",
)  # fmt: skip
INDEX_NUMBERS = ("identifier", "indexnumber", "c_syh", "index_number")


def json_rows(page: ListPage, value: Any = None) -> Iterator[Link]:
    """Every object of the answer that has an address and a title, in its order."""
    value = page.json if value is None else value
    if isinstance(value, list):
        for item in value:
            yield from json_rows(page, item if item is not None else {})
    elif isinstance(value, dict):
        fields = {str(name).lower(): field for name, field in value.items()}
        url, title = _first(fields, URLS) or _composed(page.title, fields), _title(fields)
        if url and title and re.search(r"[/.]", url):
            yield Link(
                page.urljoin(url),
                SPACES.sub(" ", re.sub(r"<[^>]*>", "", html.unescape(title))).strip(),
                date=read_date(_first(fields, DATES)),
                index_number=_first(_with_details(fields), INDEX_NUMBERS) or None,
                group="json",
            )
            return
        for field in value.values():
            if isinstance(field, list | dict):
                yield from json_rows(page, field)


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
