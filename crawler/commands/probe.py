"""scrapy probe: what a portal is like, before it becomes a row of the registry."""

import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.http import Response
from twisted.python.failure import Failure
from w3lib.url import is_url

from crawler.attachments import text_beside
from crawler.commands import read
from crawler.families.detect import FAMILIES, detect
from crawler.middlewares import why_not_fetched
from crawler.navigation.addresses import is_loopback
from crawler.navigation.navigate import names_a_body
from crawler.navigation.visit import Visit, address, list_page
from crawler.navigation.walk import Walk
from crawler.politeness import Manners
from crawler.portals import AUTO, COLUMNS, Portal, RegistryError, add
from crawler.terminal import speak_utf8
from parsers.recognise import classify

# A way is walked and told; nothing is stored, exported or counted.
QUIET = {**read.QUIET, "RETRY_GIVE_UP_LOG_LEVEL": "INFO"}  # the way says so
PORTAL_WORDS = re.compile(r"(?:门户)?网站?$")  # behind the name of the body whose portal it is
ENOUGH = 3  # reports after which the way is clear
PAGES = 20  # after which it is not


class Prober(Spider):
    """Walks one portal as a crawl would, tells each step, and stops at the first reports."""

    name = "prober"
    manners: Manners

    def __init__(self, portal: Portal) -> None:
        super().__init__()
        self.walk = Walk(portal)
        self.registry_hosts = frozenset(portal.own_hosts)
        self.reports: list[str] = []
        self.obstacles: list[str] = []
        self.first_of: dict[str, str] = {}  # family → the first page that bears its marks
        self.site_code = self.site_name = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "Prober":
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.manners = Manners(crawler.settings.getfloat("BACKOFF"))
        return spider

    async def start(self) -> AsyncIterator[Request]:
        self.walk.begin()
        for request in self._next():
            yield request

    def came(self, response: Response, visit: Visit) -> Iterator[Request]:
        label = (response.headers.get("Content-Type") or b"").decode("latin-1")
        kind = classify(response.body, label, response.url)
        page = list_page(response, visit)
        self.site_code = self.site_code or page.meta("SiteIDCode")
        heading = page.selector.xpath("string(//title)").get("").strip()
        title = heading if names_a_body(PORTAL_WORDS.sub("", heading)) else ""
        self.site_name = self.site_name or page.meta("SiteName") or title
        family = detect(page)
        self.first_of.setdefault(family.NAME, response.url)
        print(
            f"  {visit.promise.role:<10} {kind:<8} {family.NAME:<11} {visit.link.title[:30]}  {response.url}"
        )
        is_row = visit.promise.role == "report" and kind == "neither"
        if kind == "report" or (is_row and (self.walk.text_elsewhere(page) or text_beside(page))):
            self.walk.reports += 1
            self.reports.append(visit.link.title or response.url)
        if kind != "report" or visit.promise.role != "report":
            self.walk.learn(visit, page, listing=kind == "listing" or visit.promise.role != "report")
        yield from self._next()

    def failed(self, failure: Failure) -> Iterator[Request]:
        request: Request = failure.request  # type: ignore[attr-defined]
        why = why_not_fetched(failure.value)
        self.obstacles.append(why)
        print(f"  {'refused':<10} {why}  {request.url}")
        yield from self._next()

    def _next(self) -> Iterator[Request]:
        if len(self.reports) >= ENOUGH or self.walk.requests >= PAGES or not (visit := self.walk.take()):
            return
        yield Request(
            address(visit),
            method=visit.link.method,
            body=visit.link.body,
            headers=dict(visit.link.headers),
            callback=self.came,
            errback=self.failed,
            cb_kwargs={"visit": visit},
            dont_filter=True,
        )


class Command(ScrapyCommand):
    """Exit status 0: reports were seen; 1: none, and the obstacles are told; 2: wrong usage."""

    requires_project = True

    def syntax(self) -> str:
        return "<URL>"

    def short_desc(self) -> str:
        return "Tell the family of a portal, the way to its reports, and the registry row to add"

    def add_options(self, parser: ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--add", action="store_true", help="add the row, if reports were seen")

    def process_options(self, args: list[str], opts: Namespace) -> None:
        assert self.settings is not None
        self.settings.setdict(QUIET, priority="cmdline")
        super().process_options(args, opts)

    def run(self, args: list[str], opts: Namespace) -> None:
        if len(args) != 1 or not (host := _host(args[0])):
            raise UsageError("name one address: scrapy probe http://www.example.gov.cn/")
        speak_utf8()
        if not host.endswith(".gov.cn") and not is_loopback(host):
            told = "not a host below gov.cn; a portal elsewhere needs a row of its own in crawler/portals.csv"
            print(f"{host}: {told}", file=sys.stderr)
            self.exitcode = 1
            return
        assert self.crawler_process is not None
        portal = Portal(_id(host), "", "", "county", AUTO, args[0])
        crawler = self.crawler_process.create_crawler(Prober)
        print("The way: what the link promised, what the page is, its family, the link's words")
        self.crawler_process.crawl(crawler, portal=portal)
        self.crawler_process.start()
        prober = crawler.spider
        assert isinstance(prober, Prober)
        row = row_of(prober, portal)
        for line in findings(prober, row):
            print(line)
        self.exitcode = 0 if prober.reports else 1
        if opts.add and prober.reports:
            self._add(row)
        elif opts.add:
            print("Not added to the registry: no report was seen.")

    def _add(self, row: Portal) -> None:
        assert self.settings is not None
        try:
            add(Path(self.settings["PORTALS_FILE"]), row)
        except RegistryError as error:
            print(error, file=sys.stderr)
            self.exitcode = 1
            return
        print(f"It is in the registry now: scrapy crawl annual_reports -a portal={row.id}")


def row_of(prober: Prober, portal: Portal) -> Portal:
    """The portal with what its pages say of it."""
    region = prober.site_code[:6] if re.fullmatch(r"\d{10}", prober.site_code) else ""
    name = PORTAL_WORDS.sub("", prober.site_name)
    found = replace(portal, name=name, region_code=region)
    return replace(found, family=prober.walk.family, status="active") if prober.reports else found


def findings(prober: Prober, portal: Portal) -> Iterator[str]:
    """What the walk found, and the row that the registry would have."""
    walk = prober.walk
    yield ""
    yield f"family     {walk.family}  (pages: {', '.join(f'{name} {n}' for name, n in walk.families.items()) or 'none'})"
    yield f"known by   {known_by(walk.family)}; first on {prober.first_of.get(walk.family, 'no page')}"
    host = prober.manners.host(urlsplit(portal.start_url).hostname or "")
    robots = [why for why in prober.obstacles if "robots" in why]
    robots += [f"asks for {host.delay:g} s between requests"] if host.delay and not robots else []
    silence = "nothing in our way" if walk.families else "not known: no page came"
    yield f"robots     {'; '.join(dict.fromkeys(robots)) or silence}"
    yield f"obstacles  {'; '.join(dict.fromkeys(why for why in prober.obstacles if 'robots' not in why)) or 'none'}"
    if any("certificate" in why for why in prober.obstacles):
        yield "           (tls=unverified in the row reads the portal all the same; look at the certificate first)"
    yield f"reports    {len(prober.reports)} seen in {walk.requests} request{'' if walk.requests == 1 else 's'}"
    yield from (f"           {title}" for title in prober.reports)
    yield ""
    if not walk.families and any(why.startswith("unreachable") for why in prober.obstacles):
        yield "No row for portals.csv: nobody answers there."
        return
    yield "The row for portals.csv (check the name and the level):"
    yield ",".join(str(getattr(portal, name) or "") for name in COLUMNS)


def known_by(name: str) -> str:
    """What a page of that family bears, in the family's own words.

    >>> known_by("jeecms")
    'the suffix .jhtml of its addresses'
    """
    words = next(family.recognises.__doc__ for family in FAMILIES if name == family.NAME) or ""
    return words[0].lower() + words[1:].rstrip(".")


def _host(url: str) -> str:
    """The host of an address, "" for what is none."""
    try:
        return (urlsplit(url).hostname or "") if is_url(url) else ""
    except ValueError:
        return ""


def _id(host: str) -> str:
    """An id for a portal of that host.

    >>> _id("mzzj.hangzhou.gov.cn"), _id("www.hangzhou.gov.cn")
    ('hangzhou-mzzj', 'hangzhou')
    """
    labels = [label for label in host.removesuffix(".gov.cn").split(".") if label != "www"]
    return "-".join(reversed(labels)).lower()
