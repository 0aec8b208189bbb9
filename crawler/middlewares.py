"""Scrapy's side of the manners: thin adapters over crawler.politeness and crawler.navigation.addresses."""

import asyncio
import re
import time
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from crawler.navigation.addresses import is_loopback, why_not
from crawler.politeness import AGENT, Manners
from parsers.decode import decode

PUSHED_BACK = (429, 503)


class Refused(IgnoreRequest):
    """The request must not be made; the message is the reason to record."""


class AddressMiddleware:
    """Every request, and every hop of a redirect: *.gov.cn and the registry's own hosts only."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "AddressMiddleware":
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        if reason := why_not(request.url, getattr(self.crawler.spider, "registry_hosts", ())):
            raise Refused(f"address: {reason}")


class ManneredRobotsMiddleware(RobotsTxtMiddleware):
    """RFC 9309 where Scrapy departs from it: no answer, or 5xx, means full disallow; Crawl-delay is kept."""

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            self._robots_error(Refused(f"robots.txt answered {response.status}"), netloc)
            return
        if response.status >= 300:
            response = response.replace(status=200, body=b"")
        await super()._parse_robots(response, netloc, request)
        parser = self._parsers[netloc]
        if isinstance(parser, RobotParser) and (delay := parser.crawl_delay(AGENT)):
            host = urlparse_cached(request).hostname or ""
            _manners(self.crawler).asked_delay(host, delay)
            keep_delay(self.crawler, host, delay)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        if rp is None:  # kept by Scrapy for a robots.txt that could not be had
            host = _manners(self.crawler).host(urlparse_cached(request).hostname or "")
            raise Refused(host.blocked or "robots: no answer, which means full disallow")
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            raise Refused("robots: disallowed") from None


class OwnCookieMiddleware:
    """A host that sends a visitor without its cookie back to the same address gets that cookie from then on.

    An ordinary header, as any visitor returns it; no cookie is kept otherwise, and none that a script must make.
    """

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}  # host → what it asked to be sent

    def process_request(self, request: Request) -> None:
        if cookie := self.cookies.get(urlparse_cached(request).hostname or ""):
            request.headers["Cookie"] = cookie

    def process_response(self, request: Request, response: Response) -> Response | Request:
        given = [value.split(b";")[0].strip() for value in response.headers.getlist("Set-Cookie")]
        goal = response.urljoin((response.headers.get("Location") or b"").decode("latin-1"))
        sent_back = 300 <= response.status < 400 and goal == request.url and "Location" in response.headers
        if not (sent_back and given) or "Cookie" in request.headers:
            return response
        self.cookies[urlparse_cached(request).hostname or ""] = b"; ".join(given).decode("latin-1")
        return request.replace(dont_filter=True)


class PolitenessMiddleware:
    """Waits when a host asks for it, leaves it when it wants no visit."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.manners = _manners(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PolitenessMiddleware":
        middleware = cls(crawler)
        crawler.signals.connect(middleware.pause_from_now, signals.response_downloaded)
        return middleware

    def pause_from_now(self, request: Request) -> None:
        """Count a host's pause from its last answer, not from our question: a slow host never feels two in a row."""
        assert self.crawler.engine is not None
        downloader: Any = self.crawler.engine.downloader
        if slot := downloader.slots.get(downloader.get_slot_key(request)):
            slot.lastseen = time.monotonic()

    async def process_request(self, request: Request) -> None:
        host = self.manners.host(urlparse_cached(request).hostname or "")
        while not host.blocked and (wait := host.not_before - time.monotonic()) > 0:
            await asyncio.sleep(wait)
        if host.blocked:
            raise Refused(host.blocked)

    def process_response(self, request: Request, response: Response) -> Response | Request:
        name = urlparse_cached(request).hostname or ""
        if response.status in PUSHED_BACK and not request.url.endswith("/robots.txt"):
            header = (response.headers.get("Retry-After") or b"").decode("latin-1") or None
            if self.manners.pushed_back(name, response.status, header, time.monotonic(), datetime.now(UTC)):
                return request.replace(dont_filter=True)
            raise Refused(self.manners.host(name).blocked or "")
        label = (response.headers.get("Content-Type") or b"").decode("latin-1")
        text = "" if response.body.startswith((b"%PDF", b"PK")) else decode(response.body[:20000], label)[0]
        if reason := self.manners.answered(name, response.status, text):
            raise Refused(reason)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        if isinstance(exception, IgnoreRequest):
            return
        name, what = urlparse_cached(request).hostname or "", in_a_line(exception)
        self.manners.failed(name, what)
        if request.url.endswith("/robots.txt"):  # tried again already: nobody may enter where nobody answers
            self.manners.host(name).blocked = f"unreachable: {what}"
            raise Refused(f"unreachable: {what}")


def in_a_line(exception: BaseException | None) -> str:
    """What went wrong, without the wrapping that Twisted puts around it.

    >>> in_a_line(OSError("[<twisted.python.failure.Failure twisted.internet.error.ConnectionDone: Closed cleanly.>]"))
    'Closed cleanly.'
    """
    wrapped = re.findall(r"(?:'|Failure [\w.]+: )([^'>]*)(?:'\)|>)\]", str(exception))
    said = wrapped or [str(exception).split("\n")[0]]
    return (said[-1] or type(exception).__name__)[:120]


def why_not_fetched(exception: BaseException | None) -> str:
    """The reason in one line: our own where the request was not made, else what went wrong."""
    return str(exception) if isinstance(exception, Refused) else in_a_line(exception)


def fails_always(error: BaseException | None) -> int:
    """The status of a page that will not come tomorrow either: too large, redirected in a circle or out of bounds; else 0."""
    if isinstance(error, DownloadCancelledError):
        return 413
    leads_away = isinstance(error, Refused) and str(error).startswith("address:")
    return 302 if leads_away or type(error) is IgnoreRequest else 0


def keep_delay(crawler: Crawler, host: str, delay: float) -> None:
    """Apply a host's own delay where it is longer than ours, now and after the downloader forgot the host."""
    assert crawler.engine is not None
    downloader: Any = crawler.engine.downloader
    delay = max(delay, crawler.settings.getfloat("DOWNLOAD_DELAY"))
    downloader.per_slot_settings[host] = {"delay": delay, "concurrency": 1, "jitter": 0.0}
    if host in downloader.slots:
        downloader.slots[host].delay, downloader.slots[host].jitter = delay, 0.0


def _manners(crawler: Crawler) -> Manners:
    """The spider's, so that all middlewares and the run's account share them; a lone page has its own."""
    spider = crawler.spider
    if not isinstance(getattr(spider, "manners", None), Manners):
        spider.manners = Manners(crawler.settings.getfloat("BACKOFF"))  # type: ignore[union-attr]
    manners: Manners = spider.manners  # type: ignore[union-attr]
    return manners


def too_hasty(delay: float, backoff: float, hosts: tuple[str, ...]) -> str | None:
    """Why these settings must not be used on these hosts: below two seconds is for loopback only."""
    if delay <= 0:
        return "DOWNLOAD_DELAY must be above 0: without a pause Scrapy starts all requests to a host at once"
    far = [host for host in hosts if not is_loopback(host.split(":")[0])]
    if far and (delay < 2 or backoff < 60):
        return f"DOWNLOAD_DELAY below 2 s and BACKOFF below 60 s are for loopback only, not for {far[0]}"
    return None
