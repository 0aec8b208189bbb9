"""The only spider: walks each portal of the registry to its annual reports and yields their pages."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.attachments import embedded_documents
from crawler.families import ListPage
from crawler.items import Page
from crawler.middlewares import Refused, too_hasty
from crawler.politeness import Manners
from crawler.portals import RegistryError, load_portals, select
from crawler.runs import Account
from crawler.walk import Visit, Walk, address
from parsers.decode import decode
from parsers.recognise import classify


class AnnualReports(Spider):
    """Arguments: portal=ID[,ID…], region=3301, family=…, since=YEAR."""

    name = "annual_reports"

    def __init__(self, portal: str = "", region: str = "", family: str = "", since: str = "", **kwargs: Any):
        super().__init__(**kwargs)
        self.arguments = {"portal": portal, "region": region, "family": family, "since": since}
        self.since = int(since or 0)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "AnnualReports":
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        wanted = {name: spider.arguments[name] for name in ("portal", "region", "family")}
        spider.portals = select(load_portals(Path(settings["PORTALS_FILE"])), **wanted)
        spider.registry_hosts = frozenset(host for portal in spider.portals for host in portal.own_hosts)
        delay, backoff = settings.getfloat("DOWNLOAD_DELAY"), settings.getfloat("BACKOFF")
        if hasty := too_hasty(delay, backoff, tuple(sorted(spider.registry_hosts))):
            raise RegistryError(hasty)
        spider.manners = Manners(backoff)
        spider.accounts = {portal.id: Account(portal.id) for portal in spider.portals}
        return spider

    async def start(self) -> AsyncIterator[Request]:
        for portal in self.portals:
            walk = Walk(portal, self.since)
            walk.begin()
            if request := self._next(walk):
                yield request

    def came(self, response: Response, walk: Walk, visit: Visit) -> Iterator[Page | Request]:
        """A page came: yield it when it is a report, learn from it where it is not, and go on."""
        try:
            yield from self._read(response, walk, visit)
        except Exception:  # a page that a family stumbles over must not end the walk through its portal
            self.logger.exception("%s: cannot be listed", response.url)
            self.accounts[walk.portal.id].errors += 1
        if request := self._next(walk):
            yield request

    def failed(self, failure: Failure, walk: Walk, visit: Visit) -> Iterator[Request]:
        """No page came: note why, and go on."""
        account = self.accounts[walk.portal.id]
        if isinstance(failure.value, Refused):
            account.refused(str(failure.value))
        elif isinstance(failure.value, HttpError):
            account.missing += failure.value.response.status in (404, 410)
            account.errors += failure.value.response.status not in (404, 410)
        else:
            account.errors += 1
            account.reason = account.reason or f"unreachable: {failure.type.__name__}"
        if request := self._next(walk):
            yield request

    def _next(self, walk: Walk) -> Request | None:
        visit = walk.take()
        account = self.accounts[walk.portal.id]
        if visit is None:
            account.end(walk.families)
            return None
        return Request(
            address(visit),
            method=visit.link.method,
            body=visit.link.body,
            headers=dict(visit.link.headers),
            callback=self.came,
            errback=self.failed,
            cb_kwargs={"walk": walk, "visit": visit},
            dont_filter=True,  # the walk knows what it has visited
        )

    def _read(self, response: Response, walk: Walk, visit: Visit) -> Iterator[Page | Request]:
        if response.url != response.request.url and not walk.mark_visited(response.url):  # type: ignore[union-attr]
            return
        label = (response.headers.get("Content-Type") or b"").decode("latin-1")
        kind = classify(response.body, label, response.url)
        account = self.accounts[walk.portal.id]
        if kind == "report":
            account.pages += 1
            walk.reports += 1
            walk.credit(visit)
            yield self._page(response, walk, visit)
            if visit.promise.role == "report":
                return
        if response.body.startswith((b"%PDF", b"PK\x03\x04")):
            return
        text, _ = decode(response.body, label)
        page = ListPage(
            response.url,
            text,
            label,
            visit.link.method,
            visit.link.body,
            dict(visit.link.headers).get("Referer", ""),
        )
        account.listings += kind == "listing" or visit.promise.role == "column"
        walk.learn(visit, page, listing=kind != "neither" or visit.promise.role != "report")

    def _page(self, response: Response, walk: Walk, visit: Visit, shell: Page | None = None) -> Page:
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        return Page(
            portal=walk.portal.id,
            family=walk.family,
            requested_url=visit.link.url,
            url=response.url,
            status=response.status,
            fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
            content_type=headers.get("content-type", ""),
            body=response.body,
            headers=headers,
            listed_title=visit.link.title,
            listed_date=visit.link.date,
            listed_index_number=visit.link.index_number,
            shell=shell,
        )
