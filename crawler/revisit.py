"""What need not be fetched again: decided from what the database remembers of an address, before any request."""

import json
import re
import sqlite3
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from crawler.families import Link
from crawler.navigate import YEAR, Promise
from crawler.visits import KnownPage, known_page

Mode = Literal["due", "all", "none"]
MODES = ("due", "all", "none")
WEEKLY = timedelta(days=6)  # a little less than the week between two runs
SEASON_MONTHS = range(1, 7)  # reports are due on 31 January and 31 March, and come late or are corrected


def due(known: KnownPage, listed_date: str | None, now: datetime, mode: Mode = "due") -> bool:
    """Whether a known page is asked for again.

    The current season's reports weekly while it lasts, then monthly; the year before quarterly; older ones, and
    pages that were no report, twice a year. A listing that prints another date than before makes any page due.
    """
    if mode != "due":
        return mode == "all"
    if listed_date and known.listed_date and listed_date != known.listed_date:
        return True
    age = now - datetime.fromisoformat(known.checked_at)
    if known.year is not None and known.year >= now.year - 1:
        return age >= (WEEKLY if now.month in SEASON_MONTHS else timedelta(days=30))
    if known.year == now.year - 2:
        return age >= timedelta(days=90)
    return age >= timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Memory:
    """The database's memory of addresses, with the policy of this run."""

    db: sqlite3.Connection
    mode: Mode = "due"

    def spares(self, url: str, link: Link, promise: Promise) -> str | None:
        """The kind of a page that need not be fetched, known and not due as it is; None for any other.

        Lists of reports are always asked for; a page on the way to them weekly.
        """
        known = known_page(self.db, url) if link.method == "GET" else None
        if known is None or (promise.role == "start" and known.kind != "listing"):
            return None
        if known.kind == "listing":
            on_the_way = is_way(promise, unpack(known.links or "[]"))
            known = replace(known, year=datetime.now(UTC).year)
            return "listing" if on_the_way and not due(known, None, datetime.now(UTC), self.mode) else None
        if known.links is not None and not is_dated(link):  # a column that is a report itself gets a new year
            return None
        now = datetime.now(UTC)
        if known.kind == "neither" and (promise.role == "column" or known.status >= 300):
            known = replace(known, year=now.year)  # an empty column fills one day, and a dead link is mended
        return None if due(known, link.date, now, self.mode) else known.kind

    def conditions(self, url: str) -> dict[str, str]:
        """Headers that ask for the page only if it has changed; not where its links are wanted and not remembered."""
        known = known_page(self.db, url)
        if known is None or (known.kind == "listing" and known.links is None):
            return {}
        headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in headers.items() if value}

    def links(self, url: str) -> list[tuple[Link, Promise]]:
        """What was taken up from the page when it was last read."""
        known = known_page(self.db, url)
        return unpack(known.links) if known and known.links else []


def is_way(promise: Promise, taken: list[tuple[Link, Promise]]) -> bool:
    """A page that only leads to lists: outside the column to bodies and boards, in it to the vendor's interface."""
    if promise.role == "column":
        return bool(taken) and all(link.kind == "listing" for link, _ in taken)
    return bool(taken) and all(one.role != "report" and link.kind != "next" for link, one in taken)


def is_dated(link: Link) -> bool:
    """The link is to one year's report: its words or the end of its address say so.

    >>> is_dated(Link("http://a.gov.cn/xxgkAnnualReport.jsp?area=1137&fbtime=2022", "某局"))
    True
    """
    tail = link.url.rstrip("/").rsplit("/", 1)[-1]
    return bool(re.search(YEAR, link.title) or re.search(r"(?<!\d)20\d\d(?!\d)", tail))


def pack(taken: list[tuple[Link, Promise]]) -> str:
    """Links as one JSON text."""
    return json.dumps([(astuple(link), astuple(promise)) for link, promise in taken], ensure_ascii=False)


def unpack(text: str) -> list[tuple[Link, Promise]]:
    """The links that pack() wrote."""
    links = []
    for (url, title, kind, method, body, headers, *rest), promise in json.loads(text):
        pairs = tuple((name, value) for name, value in headers)
        links.append((Link(url, title, kind, method, body, pairs, *rest), Promise(*promise)))
    return links
