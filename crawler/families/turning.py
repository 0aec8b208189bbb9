"""The pages of an interface's answer: what was asked for, and the same with another page's number in it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from crawler.families import Kind, Link, ListPage
from crawler.families.pagers import total_pages
from crawler.families.records import number_of

PAGE = re.compile(
    r"(?:cur_?|current_?|[cnp])?page_?(?:no|num|index|number)?|current(?:_?page)?|p[ni]?", re.IGNORECASE
)
START = re.compile(r"offset|skip|start(?:_?(?:row|index))?", re.IGNORECASE)  # of a page: rows before it
SIZE = re.compile(r"_?(?:page_?)?size|limit|length|rows|p(?:er|re)_?page", re.IGNORECASE)
COUNTS = re.compile(f"{PAGE.pattern}|{START.pattern}|{SIZE.pattern}", re.IGNORECASE)
XML_PAGES = re.compile(r"<(?:page_?count|total_?pages?)>\s*(\d+)", re.IGNORECASE)
LAST = re.compile(r'"has_?(?:more|next)\w*"\s*:\s*false|"is_?(?:last|end)\w*"\s*:\s*true', re.IGNORECASE)
XML_ROWS = re.compile(r"<(?:record|row|total)_?count>\s*(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to an interface: where to, and what it sends in its address, its form or its JSON."""

    url: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    method: str = "GET"
    as_json: bool = False
    query: str = ""  # of a GET, as the script writes it

    def link(self, page: ListPage, title: str = "", kind: Kind = "listing") -> Link:
        """The link with this request."""
        if self.method == "GET":
            parts = urlsplit(page.url if page.url == self.url else page.urljoin(self.url))
            query = self.query or urlencode(_as_form(self.fields))
            return page.asks(urlunsplit((*parts[:3], query, "")), title, kind)
        fields = _numbers(self.fields) if self.as_json else _as_form(self.fields)
        body = json.dumps(fields, ensure_ascii=False) if self.as_json else urlencode(fields)
        return page.asks(page.urljoin(self.url), title, kind, body)


def _as_form(fields: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in fields.items()
    }


def _numbers(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers of pages and rows are such; what counts nothing, as a column's 003006, stays as it was written."""
    counts = {n for n, v in fields.items() if COUNTS.fullmatch(n) and str(v).isdigit()}
    return {name: int(value) if name in counts else value for name, value in fields.items()}


def asked_for(page: ListPage) -> Asked:
    """The request that brought this answer."""
    if page.method == "POST":
        as_json = page.body.startswith("{")
        fields = json.loads(page.body) if as_json else page.sent
        return Asked(page.url, fields, "POST", as_json)
    return Asked(urlunsplit((*urlsplit(page.url)[:3], "", "")), page.query)


def _counted(fields: Mapping[str, Any], names: re.Pattern[str]) -> tuple[str, ...]:
    """The way to the first field of such a name that holds a number, also within JSON that a field holds."""
    for name, value in fields.items():
        if names.fullmatch(name) and str(value).isdigit():
            return (name,)
    for name, value in fields.items():
        inner = _inner(value)
        if inner and (way := _counted(inner, names)):
            return (name, *way)
    return ()


def _inner(value: Any) -> dict[str, Any] | None:
    if isinstance(value, str) and value.startswith("{"):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    return value if isinstance(value, dict) else None


def _number(fields: Mapping[str, Any], way: tuple[str, ...]) -> int | None:
    value: Any = fields
    for name in way:
        value = (_inner(value) or value)[name]
    return int(value) if way else None


def _with(fields: Mapping[str, Any], way: tuple[str, ...], number: int) -> dict[str, Any]:
    name, *rest = way
    value = fields[name]
    if rest:
        changed: Any = _with(_inner(value) or {}, tuple(rest), number)
        written = json.dumps(changed, ensure_ascii=False, separators=(",", ":"))
        return {**fields, name: written if isinstance(value, str) else changed}
    return {**fields, name: str(number) if isinstance(value, str) else number}


def _way(asked: Asked) -> tuple[str, ...]:
    """The way to the field that says which page is asked for."""
    return _counted(asked.fields, PAGE) or _counted(asked.fields, START)


def page_number(asked: Asked) -> int | None:
    """Which page was asked for, or which row it begins with; None where no field says so."""
    return _number(asked.fields, _way(asked))


def counts_rows(asked: Asked) -> bool:
    """The pages have no number: what is asked for is the rows from one on."""
    return START.fullmatch("".join(_way(asked)[-1:])) is not None


def is_first(page: ListPage) -> bool:
    """No number in its address says that it is a later page of its list."""
    return page.method == "GET" and (page_number(asked_for(page)) or 1) <= 1


def turned(asked: Asked, number: int, size: int = 0) -> Asked:
    """The same request for another page."""
    fields = _with(asked.fields, _way(asked), number)
    if size and (way := _counted(fields, SIZE)):
        fields = _with(fields, way, size)
    return replace(asked, fields=fields, query="")


def following_answer(page: ListPage, rows: int) -> Iterator[Link]:
    """The request for the next page of an answer, unless the answer says that there is none."""
    asked = asked_for(page)
    number = page_number(asked)
    if number is None or not rows:
        return
    told = _number(asked.fields, _counted(asked.fields, SIZE))
    first = number <= 1
    size = min(told or rows, rows) if first else told or rows  # a server may give fewer than were asked for
    pages, count = _totals(page)
    step = rows if counts_rows(asked) else 1
    if step > 1:
        pages = None if count is None else count - rows
    elif pages is not None:
        size = 0  # the server counts its pages by what it gives: it is asked for as many as before
    elif count is not None:
        pages = -(-count // max(size, 1))
    if number < pages if pages is not None else goes_on(rows, size, first) and not LAST.search(page.text):
        yield turned(asked, number + step, size).link(page, page.title, "next")


def goes_on(rows: int, size: int, first: bool) -> bool:
    """Whether a list that does not count its rows may have another page: until one has fewer than were asked for.

    The first may have fewer because a server gives no more at once, which it does by the ten or the dozen.

    >>> goes_on(20, 50, first=True), goes_on(7, 50, first=True), goes_on(20, 20, False), goes_on(12, 20, False)
    (True, False, True, False)
    """
    return rows >= size or (first and rows >= 5 and (rows % 5 == 0 or rows % 4 == 0))


def _totals(page: ListPage) -> tuple[int | None, int | None]:
    """How many pages, and how many rows, the answer says that there are."""
    if page.json is None:
        pages, rows = (
            int(found[1]) if (found := told.search(page.text)) else None for told in (XML_PAGES, XML_ROWS)
        )
        return pages or total_pages(page) or None, rows
    pages = number_of(page.json, "totalPage", "totalPages", "pageCount", "pages")
    return pages, number_of(
        page.json, "total", "totalCount", "count", "totalElements", "allRow", "totalRecord", "recordCount"
    )
