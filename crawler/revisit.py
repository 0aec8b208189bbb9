"""What need not be fetched again: decided from what the database remembers of an address, before any request."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable
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

    def spares(self, page: str, link: Link, promise: Promise, earlier: Iterable[str] = ()) -> str | None:
        """The kind of a page that need not be fetched, known and not due as it is; None for any other.

        `page` and the `earlier` pages of its listing by the names under which they are remembered. Lists of reports
        are always asked for; weekly only what leads to them, or goes on with a list to which nothing has come.
        """
        known = known_page(self.db, page)
        if known is None or (promise.role == "start" and known.kind != "listing"):
            return None
        now = datetime.now(UTC)
        if known.kind == "listing":
            quiet = is_way(promise, unpack(known.links or "[]")) or self._is_settled(known, earlier)
            return (
                "listing" if quiet and not due(replace(known, year=now.year), None, now, self.mode) else None
            )
        if known.links is not None and not is_dated(link) and not _is_latest(known, now):
            return None  # a column that is a report itself gets a new year
        if known.kind == "neither" and (promise.role == "column" or known.status >= 300):
            known = replace(known, year=now.year)  # an empty column fills one day, and a dead link is mended
        return None if due(known, link.date, now, self.mode) else known.kind

    def _is_settled(self, known: KnownPage, earlier: Iterable[str]) -> bool:
        """Nothing can have come to this page of a list: those before it show what they showed when it was read.

        So it is where rows grow older from page to page, since what is new, or put there again, comes first. A page
        that can be asked for conditionally is asked: that costs next to nothing.
        """
        pages = [page for page in (known_page(self.db, page) for page in earlier) if page]
        if not pages or known.etag or known.last_modified:
            return False
        as_it_was = (page.rows_since and page.rows_since <= known.checked_at for page in pages)
        return all(as_it_was) and _goes_back(pages[-1], known)

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
    return _year(link) is not None


def _year(link: Link) -> re.Match[str] | None:
    tail = link.url.rstrip("/").rsplit("/", 1)[-1]
    return re.search(YEAR, link.title) or re.search(r"(?<!\d)20\d\d(?!\d)", tail)


def _is_latest(known: KnownPage, now: datetime) -> bool:
    """The report on the page, with those of other years beside it, is for the last year that has ended.

    Where a year comes twice the page lists other bodies, whose reports come when they come.
    """
    years = [found[0] for link, _ in unpack(known.links or "[]") if (found := _year(link))]
    return known.year == now.year - 1 and len(years) == len(set(years))


def _goes_back(first: KnownPage, further: KnownPage) -> bool:
    """What is new stands on the first page rather than on the further one, or is late by a year at least.

    No row of the further page is dated later than one of the first, or all are of years before its newest: where a
    list is sorted by year and body, the dates of one year come in any order.
    """
    here, there = (_rows(unpack(one.links or "[]")) for one in (first, further))
    if not here or not there:
        return False
    dates, later = [link.date or "" for link in here], [link.date or "" for link in there]
    if all([*dates, *later]) and max(later) <= min(dates) and min(later) < max(dates):
        return True
    return all(map(_listed_in, there)) and max(map(_listed_in, there)) < max(map(_listed_in, here))


def _listed_in(link: Link) -> str:
    """The year in which it was published, as far as the row tells; of a report the one after its own."""
    said = re.search(r"20\d\d", link.title)
    return link.date[:4] if link.date else str(int(said[0]) + 1) if said else ""


DECLARED = re.compile(r"(?:共|总|total|count|createPage)\D{0,20}(\d+)|(\d+)\s*(?:条|页|篇|项)", re.IGNORECASE)


def rows_hash(text: str, taken: list[tuple[Link, Promise]]) -> str:
    """A hash of what a list shows: its rows in their order, and how many rows and pages it declares to have."""
    shown = [(link.url, link.title, link.date, link.index_number) for link in _rows(taken)]
    return hashlib.sha256(json.dumps([shown, DECLARED.findall(text)]).encode()).hexdigest()[:16]


def _rows(taken: list[tuple[Link, Promise]]) -> list[Link]:
    """What a list lists, without the portal's navigation around it, which is taken up on one page or the other."""
    return [
        link for link, promise in taken if link.kind != "next" and (link.date or promise.role == "report")
    ]


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
