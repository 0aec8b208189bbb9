"""The only spider: walks each portal of the registry to its annual reports and yields their pages."""

import re
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.attachments import (
    further_part,
    has_text,
    is_collection,
    is_shell,
    leads_on,
    other_files,
    part_number,
    text_beside,
)
from crawler.families import Link, ListPage
from crawler.items import Page, now
from crawler.middlewares import Refused, fails_always, in_a_line
from crawler.navigation.addresses import key
from crawler.navigation.navigate import Promise
from crawler.navigation.visit import Visit, address, list_page, remembered_as
from crawler.navigation.walk import Walk
from crawler.politeness import Manners
from crawler.portals import Portal, load_portals, select
from crawler.revisit import Memory, pack, rows_hash
from crawler.runs import Account, cannot_store
from crawler.store.crawl_log import KnownPage, known_page, note_gone, note_page, note_unchanged
from crawler.store.database import StoreError
from parsers.documents.file_types import sniff
from parsers.recognise import classify

SOFT_404 = re.compile(r"找不到|不存在|已(?:被)?删除|not found|404", re.IGNORECASE)


class AnnualReports(Spider):
    """Arguments: portal=ID[,ID…], region=3301, family=…, since=YEAR, revisit=due|all|none."""

    name = "annual_reports"
    portals: tuple[Portal, ...]
    registry_hosts: frozenset[str]
    manners: Manners
    accounts: dict[str, Account]
    run: int
    memory: Memory

    def __init__(
        self, portal: str = "", region: str = "", family: str = "", since: str = "", revisit: str = ""
    ):
        super().__init__()
        self.arguments = {"portal": portal, "region": region, "family": family}
        self.arguments |= {"since": since, "revisit": revisit}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "AnnualReports":
        spider = super().from_crawler(crawler, *args, **kwargs)
        wanted = {name: spider.arguments[name] for name in ("portal", "region", "family")}
        spider.portals = select(load_portals(Path(crawler.settings["PORTALS_FILE"])), **wanted)
        spider.registry_hosts = frozenset(host for portal in spider.portals for host in portal.own_hosts)
        spider.manners = Manners(crawler.settings.getfloat("BACKOFF"))
        spider.accounts = {portal.id: Account(portal) for portal in spider.portals}
        return spider

    @property
    def db(self) -> sqlite3.Connection:
        return self.memory.db

    async def start(self) -> AsyncIterator[Request]:
        for portal in self.portals:
            walk = Walk(portal, int(self.arguments["since"] or 0), self.memory)
            walk.begin()
            if request := self._next(walk):
                yield request

    def came(self, response: Response, walk: Walk, visit: Visit) -> Iterator[Page | Request]:
        """A page came: yield it when it is a report, learn from it where it is not, and go on."""
        try:
            yield from self._read(response, walk, visit)
        except StoreError as error:
            cannot_store(self.crawler, error)
            return
        except Exception:  # a page that a family stumbles over must not end the walk through its portal
            self.logger.exception("%s: cannot be listed", response.url)
            self.accounts[walk.portal.id].errors += 1
        if request := self._next(walk):
            yield request

    def failed(self, failure: Failure) -> Iterator[Page | Request]:
        """No page came: note why, and go on."""
        request: Request = failure.request  # type: ignore[attr-defined]
        walk, visit = request.cb_kwargs["walk"], request.cb_kwargs["visit"]
        if _is_part(visit):
            yield visit.shell  # the report as far as it came
        try:
            self._came_not(failure.value, walk, visit)
        except StoreError as error:
            cannot_store(self.crawler, error)
            return
        if following := self._next(walk):
            yield following

    def _came_not(self, error: BaseException | None, walk: Walk, visit: Visit) -> None:
        account = self.accounts[walk.portal.id]
        if status := fails_always(error):
            self._dead(visit, status)
        if isinstance(error, Refused):
            account.refused(str(error))
        elif isinstance(error, HttpError):
            self._answered(error.response.status, account, walk, visit)
        else:
            account.errors += 1
            account.reason = account.reason or f"unreachable: {in_a_line(error)}"

    def _answered(self, status: int, account: Account, walk: Walk, visit: Visit) -> None:
        """An error status: a report that was there and is gone is noted as such, and so is a dead link."""
        if status in (401, 403) and visit.parent is None:
            account.refused(f"blocked: refused ({status})")
        else:
            account.came += 1
        account.errors += status not in (404, 410)
        if status in (404, 410):
            self._dead(visit, status)
            walk.failed(visit)
            self._gone(account, address(visit), "404" if status == 404 else "410")

    def _dead(self, visit: Visit, status: int) -> None:
        """A link of no known page leads to nothing that can be had: not asked for again before the week is over."""
        url = address(visit)
        known = known_page(self.db, url)
        if visit.link.method == "GET" and (known is None or known.status >= 300):
            note_page(self.db, KnownPage(url, now(), status, "neither", listed_date=visit.link.date))

    def _gone(self, account: Account, url: str, evidence: Literal["404", "410", "soft 404"]) -> None:
        account.gone += 1
        note_gone(self.db, url, now(), evidence, self.run)

    def _next(self, walk: Walk) -> Request | None:
        visit = walk.take()
        while visit and self._is_known_shell(walk, visit):
            visit = walk.take()
        account = self.accounts[walk.portal.id]
        if visit is None:
            account.spared, account.families = walk.spared, walk.families
            account.ended = time.monotonic()
            self.logger.info(
                "%s: done: %s requests, %s reports", account.portal.id, account.requests, account.pages
            )
            return None
        return self._request(walk, visit)

    def _is_known_shell(self, walk: Walk, visit: Visit) -> bool:
        """Whether the page is the same as others whose text stood elsewhere: then that is asked for in its place."""
        is_row = visit.promise.role == "report" and visit.shell is None
        known = walk.shells.at(visit.link) if is_row else None
        text = walk.text_elsewhere(known[0]) if known else None
        if known and text:
            walk.file_instead(visit, text, known[1])
        return bool(text)

    def _request(self, walk: Walk, visit: Visit) -> Request:
        url = address(visit)
        conditions = self.memory.conditions(url) if visit.link.method == "GET" else {}
        return Request(
            url,
            method=visit.link.method,
            body=visit.link.body,
            headers={**dict(visit.link.headers), **conditions},
            callback=self.came,
            errback=self.failed,
            cb_kwargs={"walk": walk, "visit": visit},
            dont_filter=True,  # the walk knows what it has visited
        )

    def _read(self, response: Response, walk: Walk, visit: Visit) -> Iterator[Page]:
        """What came: nothing new, a further part of a report, a file, a report, or a page that leads on."""
        self.accounts[walk.portal.id].came += 1
        url = address(visit)
        label = _header(response, "Content-Type")
        if response.status == 304:
            self._unchanged(walk, visit, url)
        elif key(response.url) != key(url) and not walk.mark_visited(response.url):
            self._dead(visit, 302)
        elif visit.link.versions and not has_text(response.body, label, response.url):
            self._dead(visit, response.status)
            walk.failed(visit)
        elif _is_part(visit):
            yield from self._read_part(response, walk, visit)
        elif sniff(response.body, label, response.url).startswith("text/"):
            yield from self._read_page(response, walk, visit, list_page(response, visit))
        else:
            yield from self._read_file(response, walk, visit, label)

    def _read_part(self, response: Response, walk: Walk, visit: Visit) -> Iterator[Page]:
        """A further page of a report: the next is asked for, or the whole is here."""
        assert visit.shell is not None
        whole = visit.shell.with_part(self._page(response, walk, visit))
        if part := further_part(list_page(response, visit), whole.url):
            walk.file_instead(visit, part, whole)
        else:
            self._credit_report(walk, visit)
            yield whole

    def _read_file(self, response: Response, walk: Walk, visit: Visit, label: str) -> Iterator[Page]:
        if classify(response.body, label, response.url) == "report":
            self._credit_report(walk, visit)
            yield self._page(response, walk, visit)
            return
        note_page(self.db, self._known(response, walk, visit, []))
        if visit.promise.role in ("report", "column"):
            yield self._page(response, walk, visit)  # a report that cannot be read: noted when it is dropped

    def _read_page(self, response: Response, walk: Walk, visit: Visit, page: ListPage) -> Iterator[Page]:
        kind = classify(response.body, page.content_type, response.url)
        is_cover = kind != "listing" and visit.shell is None and is_shell(page.text)
        if is_cover and is_collection(page, visit.promise.role == "column"):
            kind = "listing"
        if kind == "report":
            rest = text_beside(page) if is_cover else None
            if rest := rest or (further_part(page, page.url) if visit.promise.role == "report" else None):
                walk.file_instead(visit, rest, self._page(response, walk, visit))
                return
            self._credit_report(walk, visit)
            if visit.promise.role == "report" and not (is_cover and leads_on(page)):
                yield self._page(response, walk, visit)
                return
        is_row = visit.promise.role == "report"
        if is_row and kind == "neither" and self._is_settled(response, walk, visit, page):
            return
        self.accounts[walk.portal.id].listings += kind == "listing" or visit.promise.role == "column"
        taken = walk.learn(visit, page, listing=kind != "neither" or not is_row)
        if kind == "report":  # and a listing: the column itself, with other years beside the text
            yield replace(self._page(response, walk, visit), links=pack(taken) if taken else None)
        else:
            known = self._known(response, walk, visit, taken)
            note_page(self.db, replace(known, rows_hash=rows_hash(page.text, taken) if taken else None))

    def _is_settled(self, response: Response, walk: Walk, visit: Visit, page: ListPage) -> bool:
        """Whether a page that should be a report is one no longer, or has it elsewhere, which is asked for."""
        shown = visit.shell.requested_url if visit.shell and visit.link.kind == "text" else address(visit)
        known = known_page(self.db, shown)
        if known and known.kind == "report" and SOFT_404.search(page.text):
            self._gone(self.accounts[walk.portal.id], shown, "soft 404")
            return True
        shell = visit.shell or self._page(response, walk, visit)
        if source := self._elsewhere(walk, visit, page, shell):
            walk.file_instead(visit, source, shell)
        return source is not None

    def _credit_report(self, walk: Walk, visit: Visit) -> None:
        self.accounts[walk.portal.id].pages += 1
        walk.reports += 1
        walk.credit(visit)

    def _elsewhere(self, walk: Walk, visit: Visit, page: ListPage, shell: Page) -> Link | None:
        """Where the report stands that the page is to be: an interface of the vendor's, or a file.

        What no reader opens by its name is fetched all the same: its bytes may be of another type, and where they are
        not, the report is known to exist.
        """
        if visit.shell is None and (text := walk.text_elsewhere(page)):
            walk.shells.note(page, shell)
            return text
        if beside := text_beside(page):
            return beside
        others = other_files(page)
        return Link(others[0]) if others else None

    def _unchanged(self, walk: Walk, visit: Visit, url: str) -> None:
        """304: a report is seen again; a listing leads where it led before."""
        known = known_page(self.db, url)
        note_unchanged(self.db, url, now())
        if known and known.kind == "report":
            self.accounts[walk.portal.id].unchanged += 1
            walk.reports += 1
            walk.credit(visit)
        self.accounts[walk.portal.id].listings += bool(known and known.kind == "listing")
        if known and known.family:
            walk.families[known.family] += 1
        walk.follow(visit, self.memory.links(url))

    def _known(
        self, response: Response, walk: Walk, visit: Visit, taken: list[tuple[Link, Promise]]
    ) -> KnownPage:
        etag, modified = (_header(response, name) or None for name in ("ETag", "Last-Modified"))
        links = pack(taken) if taken else None
        kind: Literal["listing", "neither"] = "listing" if taken else "neither"
        told = (etag, modified, visit.link.date, links, walk.family)
        return KnownPage(remembered_as(visit.link), now(), response.status, kind, *told)

    def _page(self, response: Response, walk: Walk, visit: Visit) -> Page:
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        if visit.shell and visit.link.kind == "text":
            # The report stands on the page that shows it; what the interface says of its own age is not that page's.
            told = {name: value for name, value in headers.items() if name not in ("etag", "last-modified")}
            shown = replace(visit.shell, fetched_at=now(), headers=told, body=response.body)
            return replace(shown, content_type=headers.get("content-type", ""), status=response.status)
        return Page(
            portal=walk.portal.id,
            family=walk.family,
            requested_url=address(visit),
            url=response.url,
            status=response.status,
            fetched_at=now(),
            content_type=headers.get("content-type", ""),
            body=response.body,
            headers=headers,
            listed_title=visit.link.title,
            listed_date=visit.link.date,
            listed_index_number=visit.link.index_number,
            shell=visit.shell,
        )


def _is_part(visit: Visit) -> bool:
    """The visit is to a further page of a report of which those before it have come."""
    return visit.shell is not None and part_number(visit.shell.url, visit.link.url) > 0


def _header(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1")
