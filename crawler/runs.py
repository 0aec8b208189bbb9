"""The account of a run: what was met on each portal, told while it runs, at its end, and to the database."""

import asyncio
import logging
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Literal

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.logformatter import LogFormatter

from crawler.items import Page, Unreadable, now
from crawler.portals import AUTO, Portal
from crawler.reading import unread_file
from crawler.revisit import Memory, known_as
from crawler.store.crawl_log import (
    PortalVisit,
    begin_run,
    end_run,
    note_page,
    note_portal,
    note_unread_file,
)
from crawler.store.database import StoreError, open_database
from crawler.terminal import table
from parsers.documents.file_types import sniff

logger = logging.getLogger(__name__)
_closing: set[asyncio.Future[None]] = set()  # asyncio itself keeps no task alive
Outcome = Literal["reached", "blocked", "unreachable", "robots", "failed"]
WORDS = ("new", "revised", "duplicate", "unchanged", "not_reports", "unreadable")
HEADINGS = (
    "portal", "outcome", "requests", "listings", "new", "revised", "unchanged", "unreadable", "errors", "seconds",
)  # fmt: skip


@dataclass(slots=True)
class Account:
    """What one run met on one portal."""

    portal: Portal
    requests: int = 0
    listings: int = 0
    pages: int = 0
    spared: int = 0  # known reports that were not asked for again
    unchanged: int = 0  # reports that answered 304
    gone: int = 0
    errors: int = 0
    came: int = 0  # answers that were read
    reason: str | None = None
    families: Counter[str] = field(default_factory=Counter)
    began: float = 0.0
    ended: float = 0.0

    def refused(self, reason: str) -> None:
        """A request was not made, or its answer was a stop sign."""
        if reason.startswith("blocked") or (
            self.reason is None and reason.startswith(("robots", "unreachable"))
        ):
            self.reason = reason
        elif reason.startswith("address"):
            self.errors += 1

    @property
    def outcome(self) -> Outcome:
        reason = self.reason or ""
        if reason.startswith("blocked"):
            return "blocked"
        closed = reason.startswith("robots") and not (self.pages or self.spared or self.unchanged)
        if self.came and not closed:  # where robots.txt closes the column, what lies around it does not count
            return "reached"
        if self.spared and not reason:  # nothing was due
            return "reached"
        for word in ("robots", "unreachable"):
            if reason.startswith(word):
                return word
        return "failed"

    @property
    def family(self) -> str | None:
        """The family that most of its pages belong to, another than generic where there is one."""
        told = [name for name, _ in self.families.most_common() if name != "generic"]
        return told[0] if told else next(iter(self.families), None)

    def visit(self, counts: dict[str, int]) -> PortalVisit:
        """As a row of run_portals; `counts` are those of the pipelines."""
        outcome = self.outcome
        return PortalVisit(
            portal=self.portal.id,
            outcome=outcome,
            reason=self.reason if outcome != "reached" else None,
            family=self.family,
            requests=self.requests,
            listings=self.listings,
            pages=self.pages,
            not_reports=counts["not_reports"],
            unreadable=counts["unreadable"],
            new=counts["new"],
            revised=counts["revised"],
            duplicate=counts["duplicate"],
            unchanged=counts["unchanged"] + self.unchanged + self.spared,
            gone=self.gone,
            errors=self.errors,
            seconds=round((self.ended or time.monotonic()) - self.began, 1) if self.began else 0.0,
        )

    def attention(self, gave_before: bool, visit: PortalVisit) -> str | None:
        """Why a person must look at the portal, or None."""
        gives = visit.new + visit.revised + visit.duplicate + visit.unchanged
        if gives or not self.ended:
            return None
        named = self.portal.family
        if self.came and named not in (AUTO, "generic") and named not in self.families:
            return f"{self.portal.id}: its pages no longer look like the family {named}"
        if gave_before:
            why = self.reason or ("its pages show none" if self.came else self.outcome)
            return f"{self.portal.id}: gave reports before and none now ({why})"
        return None


def cannot_store(crawler: Crawler, error: StoreError) -> None:
    """End the crawl: what cannot be kept need not be fetched. Said once, in one line, which a command may repeat."""
    assert crawler.stats is not None
    if stopped(crawler):
        return
    logger.error("%s", error)
    crawler.stats.set_value("store/error", str(error))
    if crawler.engine is not None and crawler.engine.spider is not None:
        _closing.add(asyncio.ensure_future(crawler.engine.close_spider_async(reason="cannot store")))


def stopped(crawler: Crawler) -> bool:
    """Nothing more can be stored; the pages under way are let go."""
    assert crawler.stats is not None
    return crawler.stats.get_value("store/error") is not None


class RunExtension:
    """Opens the run before the first request, and closes it with the table."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        spider: Any = crawler.spider
        self.accounts: dict[str, Account] = spider.accounts
        self.db = open_database(crawler.settings["DATABASE"])
        arguments = " ".join(f"{name}={value}" for name, value in spider.arguments.items() if value)
        self.run = begin_run(self.db, now(), arguments)
        spider.run, spider.memory = self.run, Memory(self.db, spider.arguments.get("revisit") or "due")
        self.hosts = {
            host: account for account in self.accounts.values() for host in account.portal.own_hosts
        }
        self.live = sys.stderr.isatty()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RunExtension":
        if not hasattr(crawler.spider, "accounts"):
            raise NotConfigured
        extension = cls(crawler)
        crawler.signals.connect(extension.asked, signals.request_reached_downloader)
        crawler.signals.connect(extension.answered, signals.response_received)
        crawler.signals.connect(extension.dropped, signals.item_dropped)
        crawler.signals.connect(extension.closed, signals.spider_closed)
        return extension

    def asked(self, request: Request) -> None:
        account = self._account(request)
        if account is not None:
            account.requests += 1
            account.began = account.began or time.monotonic()

    def answered(self, request: Request) -> None:
        account = self._account(request)
        if account is not None and self.live:
            line = f"{account.portal.id}: {account.requests} requests, {account.pages + account.unchanged} reports"
            print(f"{line[:79]:<79}\r", end="", file=sys.stderr, flush=True)

    def dropped(self, item: Page, response: Response | None, exception: BaseException) -> None:
        """A page that looked like a report and is none: not asked for again soon, unless it is a list."""
        try:
            note_page(self.db, known_as(item, "listing" if item.links else "neither"))
            if isinstance(exception, Unreadable):
                self._note_file(item, exception.reason)
        except StoreError as error:
            cannot_store(self.crawler, error)

    def _note_file(self, page: Page, reason: str) -> None:
        media_type = sniff(page.body, page.content_type, page.url)
        if not media_type.startswith("text/"):
            file = unread_file(page, self.accounts[page.portal].portal, media_type, reason)
            note_unread_file(self.db, file, self.run)

    def closed(self, spider: Spider, reason: str) -> None:
        if self.live:
            print(file=sys.stderr)
        visits = {
            name: one.visit(self._counts(name))
            for name, one in self.accounts.items()
            if reason == "finished" or one.began or one.spared  # whose turn had not come has no visit
        }
        attention: list[str] = []
        needed: dict[str, int] = {}
        try:
            if reason == "finished":
                attention = self._attention(visits)
            for visit in visits.values():
                note_portal(self.db, self.run, visit)
            end_run(self.db, self.run, now(), reason)
            query = "SELECT why, count(*) FROM needs_attention GROUP BY why"
            needed = dict(self.db.execute(query).fetchall())
        except StoreError as error:
            cannot_store(self.crawler, error)
        self.db.close()
        print(account_table([*visits.values()]))
        print(account_line(self.run, reason, [*visits.values()], needed, attention))
        assert self.crawler.stats is not None
        self.crawler.stats.set_value("attention", attention)

    def _attention(self, visits: dict[str, PortalVisit]) -> list[str]:
        found = (
            account.attention(self._gave_before(name), visits[name])
            for name, account in self.accounts.items()
        )
        nowhere = bool(visits) and all(visit.outcome == "unreachable" for visit in visits.values())
        told = [f"none of {len(visits)} portals could be reached: is the network there?"] if nowhere else []
        return told + [why for why in found if why]

    def _account(self, request: Request) -> Account | None:
        walk = request.cb_kwargs.get("walk")
        return self.accounts[walk.portal.id] if walk else self.hosts.get(request.url.split("/")[2].lower())

    def _counts(self, portal: str) -> dict[str, int]:
        assert self.crawler.stats is not None
        return {word: self.crawler.stats.get_value(f"reports/{portal}/{word}", 0) for word in WORDS}

    def _gave_before(self, portal: str) -> bool:
        earlier = (
            "SELECT 1 FROM run_portals JOIN portals ON portals.id = run_portals.portal"
            " WHERE portals.portal = ? AND run < ? AND new + revised + duplicate + unchanged > 0 LIMIT 1"
        )
        return self.db.execute(earlier, (portal, self.run)).fetchone() is not None


def account_table(visits: list[PortalVisit]) -> str:
    """What the run met, a row for each portal; those that were not reached say why."""
    counts = attrgetter(*HEADINGS[2:])
    known = (replace(visit, unchanged=visit.duplicate + visit.unchanged) for visit in visits)
    return table([(one.portal, one.reason or one.outcome, *counts(one)) for one in known], HEADINGS)


def account_line(
    run: int, reason: str, visits: list[PortalVisit], needed: dict[str, int], lines: Sequence[str] = ()
) -> str:
    """The run in one line, for a mail; `needed` counts the rows of the view needs_attention by why.

    The view may know nothing yet of what the `lines` tell: one bad night is no row of it.

    >>> visit = PortalVisit("hangzhou", "reached", requests=12, new=3, unchanged=20)
    >>> account_line(7, "finished", [visit, PortalVisit("ningbo", "blocked")], {"blocked": 1})
    'Run 7 finished: 1 of 2 portals reached, 12 requests, 3 new, 0 revised, 20 known, 0 errors. Needs attention: 1 blocked.'
    """
    reached = sum(visit.outcome == "reached" for visit in visits)
    sums = {
        name: sum(getattr(visit, name) for visit in visits)
        for name in ("requests", "new", "revised", "unreadable", "errors")
    }
    known = sum(visit.duplicate + visit.unchanged for visit in visits)
    told = ", ".join(f"{count} {why}" for why, count in sorted(needed.items()))
    told = told or "; ".join((*lines[:1], *([f"{len(lines) - 1} more"] if lines[1:] else []))) or "nothing"
    unread = f" {sums['unreadable']} unreadable (see file_only_reports)," if sums["unreadable"] else ""
    return (
        f"Run {run} {reason}: {reached} of {len(visits)} portals reached, {sums['requests']} requests, {sums['new']} new,"
        f" {sums['revised']} revised, {known} known,{unread} {sums['errors']} errors. Needs attention: {told}."
    )


class QuietLogFormatter(LogFormatter):
    """Scrapy's own prints whole items, and ours carry the bytes of a page."""

    def scraped(self, item: Any, response: Any, spider: Spider) -> Any:
        return None

    def dropped(self, item: Any, exception: BaseException, response: Any, spider: Spider) -> Any:
        return {"level": logging.INFO, "msg": "%(why)s", "args": {"why": str(exception)}}

    def item_error(self, item: Any, exception: BaseException, response: Any, spider: Spider) -> Any:
        where = getattr(item, "url", None) or getattr(getattr(item, "page", None), "url", "")
        return {
            "level": logging.ERROR,
            "msg": "%(url)s: not stored: %(why)s",
            "args": {"url": where, "why": exception},
        }
