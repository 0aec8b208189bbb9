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
from crawler.items import Page
from crawler.navigation.addresses import canonical
from crawler.navigation.navigate import YEAR, YEAR_ONLY, Promise, body_named
from crawler.navigation.taking import listed
from crawler.store.crawl_log import KnownPage, known_page, report_pages

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

    def spares(
        self,
        page: str,
        link: Link,
        promise: Promise,
        earlier: Iterable[str] = (),
        body: str = "",
        parent: str = "",
    ) -> str | None:
        """The kind of a page that need not be fetched, known and not due as it is; None for any other.

        `page`, the `earlier` pages of its listing and its `parent` by the names under which they are remembered; `body`
        is that whose reports the way to it has promised. Lists to which a report may come are always asked for; weekly what
        leads to them, goes on with a list to which nothing has come, or shows a body's last report already; as rarely
        as its reports what belongs to one past year.
        """
        known = known_page(self.db, page)
        now = datetime.now(UTC)
        if known is None or (promise.role == "start" and known.kind != "listing"):
            return None
        if datetime.fromisoformat(known.checked_at) > now:
            return None  # by a clock that was wrong
        if known.kind == "listing":
            if promise.weak and self._repeats(known, parent):
                return None if due(replace(known, year=now.year), None, now, self.mode) else "listing"
            return "listing" if self._rests(known, link, promise, earlier, body, now) else None
        if known.links is not None and not is_dated(link) and not _is_latest(known, now):
            return None  # a column that is a report itself gets a new year
        last_year = str(now.year - 1)
        if known.kind == "neither" and promise.role == "column" and last_year in link.title:
            shown = [row.title for row, one in self.links(parent) if one.role == "report"]
            if not any(last_year in title for title in shown):
                return None  # the empty list of a body that is late
        if known.kind == "neither" and (promise.role == "column" or known.status >= 300):
            known = replace(known, year=now.year)  # an empty column fills one day, and a dead link is mended
        return None if due(known, link.date, now, self.mode) else known.kind

    def _repeats(self, known: KnownPage, parent: str) -> bool:
        """A tab of its parent that listed, when it was asked for last, just what the parent lists now."""
        rows = listed(unpack(known.links or "[]"))
        return bool(rows) and rows == listed(self.links(parent))

    def _rests(
        self,
        known: KnownPage,
        link: Link,
        promise: Promise,
        earlier: Iterable[str],
        body: str,
        now: datetime,
    ) -> bool:
        """A list need not be asked for. A page that can be asked for conditionally is: that costs next to nothing."""
        taken = unpack(known.links or "[]")
        if is_way(promise, taken):
            return not due(replace(known, year=now.year), None, now, self.mode)
        if known.etag or known.last_modified:
            return False
        if promise.role == "column" and (year := past_year(link, taken, now.year)):
            return not due(replace(known, year=year), None, now, self.mode)
        if self.mode == "due" and self._is_complete(taken, body, str(now.year - 1)):
            return now - datetime.fromisoformat(known.checked_at) < WEEKLY
        settled = self._is_settled(known, earlier)
        return settled and not due(replace(known, year=now.year), None, now, self.mode)

    def _is_complete(self, taken: list[tuple[Link, Promise]], body: str, last_year: str) -> bool:
        """The list shows one body's report for the last year that has ended: the next one comes in the next year.

        Its rows are reports, or years that lead to them.
        """
        if reports := [link for link, promise in taken if promise.role == "report"]:
            return is_of_one_body(reports, body) and any(last_year in link.title for link in reports)
        years = [link for link, _ in taken if YEAR_ONLY.fullmatch(link.title.strip())]
        last = next((link for link in years if last_year in link.title), None)
        known = known_page(self.db, canonical(last.url)) if last else None
        return known is not None and known.kind != "neither" and is_of_one_body(years, body)

    def _is_settled(self, known: KnownPage, earlier: Iterable[str]) -> bool:
        """Nothing can have come to this page of a list: those before it show what they showed when it was read.

        So it is where rows grow older from page to page, since what is new, or put there again, comes first.
        """
        pages = [page for page in (known_page(self.db, page) for page in earlier) if page]
        if not pages:
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

    def reports_of(self, portal: str, since: int) -> list[str]:
        """Where the portal's reports stood as pages of their own, but for those that are gone."""
        return report_pages(self.db, portal, since)

    def links(self, url: str) -> list[tuple[Link, Promise]]:
        """What was taken up from the page when it was last read."""
        known = known_page(self.db, url)
        return unpack(known.links) if known and known.links else []


def known_as(page: Page, kind: Literal["report", "listing", "neither"]) -> KnownPage:
    """What an answer said of itself, for the next request to its address."""
    validators = page.headers.get("etag"), page.headers.get("last-modified")
    answer = page.requested_url, page.fetched_at, page.status
    return KnownPage(*answer, kind, *validators, page.listed_date, page.links)


def is_way(promise: Promise, taken: list[tuple[Link, Promise]]) -> bool:
    """A page that only leads to lists: outside the column to bodies and boards, in it to the vendor's interface."""
    if promise.role == "column":
        return bool(taken) and all(link.kind == "listing" for link, _ in taken)
    return bool(taken) and all(one.role != "report" and link.kind != "next" for link, one in taken)


def past_year(link: Link, taken: list[tuple[Link, Promise]], this_year: int) -> int | None:
    """The year to which a list belongs, as its name says and its rows do not deny, if reports for it are long out.

    Folders are named for the year of the reports or for that in which they were published, the one after it.
    """
    said = re.fullmatch(rf"(20\d\d)(?!{YEAR})\D*", link.title.strip())
    if said is None or int(said[1]) > this_year - 2:
        return None
    shown = [link.title for link in _rows(taken) or [link for link, _ in taken]]
    rows = [title for title in shown if not YEAR_ONLY.fullmatch(title.strip())]
    years = [int(found[0]) for title in rows if (found := re.search(r"20\d\d", title))]
    return int(said[1]) if rows and all(abs(year - int(said[1])) <= 1 for year in years) else None


def is_of_one_body(rows: list[Link], body: str) -> bool:
    """The rows are one body's, each for a year of its own; a single one is, if the way led to its `body`.

    >>> rows = [Link("1.html", "某县教育局2025年政府信息公开年报"), Link("2.html", "2024年某县教育局政府信息公开年报")]
    >>> is_of_one_body(rows, ""), is_of_one_body(rows[:1], ""), is_of_one_body(rows[:1], "教育局")
    (True, False, True)
    """
    years = [found[0] if (found := re.search(r"20\d\d", link.title)) else "" for link in rows]
    names = {body_named(link.title) for link in rows}
    alone = len(names) == 1 and len(set(years)) == len(years)
    return alone and (len(rows) > 1 or (body != "" and names.pop().endswith(body)))


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
    for (url, title, kind, method, body, headers, date, number, group, *versions), promise in json.loads(
        text
    ):
        pairs = tuple((name, value) for name, value in headers)
        link = Link(url, title, kind, method, body, pairs, date, number, group, tuple(*versions))
        links.append((link, Promise(*promise)))
    return links
