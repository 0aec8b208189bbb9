"""python -m tests.benchmarks.harvest [NAME …]: what the requests to each demo portal bring, as a Markdown table.

Beside our crawl and its second run, the same portals are crawled breadth first by Scrapy's LinkExtractor, which
follows every link of the portal until its budget is spent: the portals' calendars have no end, as real ones have none.
"""

import argparse
import resource
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response, TextResponse
from scrapy.linkextractors import LinkExtractor

from tests.portals import PORTALS, Running, running_portals
from tests.portals.crawling import crawl, received, reparse, stored

BUDGET = 300  # requests of the breadth-first crawl to one portal


@dataclass(frozen=True, slots=True)
class Harvest:
    """One crawl of one portal."""

    reports: int  # of the truth
    found: int  # of these
    stored: int  # whatever was stored
    requests: int

    @property
    def recall(self) -> float:
        return self.found / self.reports

    @property
    def precision(self) -> float:
        return self.found / self.stored if self.stored else 1.0

    @property
    def rate(self) -> float:
        return self.found / self.requests if self.requests else 0.0


@dataclass(frozen=True, slots=True)
class Again:
    """The run after it, on a portal that has not changed."""

    requests: int
    size: int  # bytes that came, of bodies
    first_size: int  # … in the first run

    @property
    def share(self) -> float:
        return self.size / self.first_size if self.first_size else 0.0


def ours(names: Sequence[str]) -> tuple[Mapping[str, tuple[Harvest, Again]], float]:
    """Our crawl of each portal, and a second run; and the crawl's processor time as a multiple of what `scrapy reparse`
    takes for the same reports: what it costs to find them, beside reading and keeping them."""
    with running_portals(names) as running, tempfile.TemporaryDirectory() as folder:
        crawling = _seconds(lambda: crawl(Path(folder), running.values()))
        first = {name: _harvest(Path(folder), portal) for name, portal in running.items()}
        sizes = {name: received(portal.log.exchanges) for name, portal in running.items()}
        crawl(Path(folder), running.values())
        again = {name: portal.log.exchanges[first[name].requests :] for name, portal in running.items()}
        reading = _seconds(lambda: reparse(Path(folder)))
    harvests = {
        name: (first[name], Again(len(again[name]), received(again[name]), sizes[name])) for name in names
    }
    return harvests, crawling / reading


def _seconds(work: Callable[[], object]) -> float:
    """Of the processor, in the processes that the work starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _harvest(folder: Path, portal: Running) -> Harvest:
    truth = {(filing.issuer, filing.year) for filing in portal.reports.values()}
    kept = set(stored(folder, portal.portal.id).values())
    return Harvest(len(truth), len(truth & kept), len(kept), len(portal.log.exchanges))


class BreadthFirst(Spider):
    """Every link of the portal, in the order in which it was met."""

    name = "breadth_first"

    def __init__(self, portals: Mapping[str, Running], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.portals = {urlsplit(portal.base).netloc: portal for portal in portals.values()}
        self.spent: Counter[str] = Counter()
        self.met: set[str] = set()
        self.links = LinkExtractor(deny_extensions=[])

    async def start(self) -> AsyncIterator[Request]:
        for portal in self.portals.values():
            yield Request(portal.start_url)

    def parse(self, response: Response) -> Iterator[Request]:
        if not isinstance(response, TextResponse):
            return
        for link in self.links.extract_links(response):
            host = urlsplit(link.url).netloc
            if host in self.portals and link.url not in self.met and self.spent[host] < BUDGET:
                self.met.add(link.url)
                self.spent[host] += 1
                yield Request(link.url)


def breadth_first(names: Sequence[str]) -> Mapping[str, Harvest]:
    """The same portals, as a general crawler sees them."""
    with running_portals(names) as running:
        process = AsyncCrawlerProcess(
            {
                "ROBOTSTXT_OBEY": True,
                "DOWNLOAD_DELAY": 0.01,
                "CONCURRENT_REQUESTS": 256,
                "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
                "COOKIES_ENABLED": False,
                "TELNETCONSOLE_ENABLED": False,
                "REMOTE_CONTROL_ENABLED": False,
                "LOG_LEVEL": "ERROR",
                "DEPTH_PRIORITY": 1,
                "SCHEDULER_DISK_QUEUE": "scrapy.squeues.PickleFifoDiskQueue",
                "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
            }
        )
        process.crawl(BreadthFirst, portals=running)
        process.start()
        return {name: _seen(portal) for name, portal in running.items()}


def _seen(portal: Running) -> Harvest:
    fetched = {portal.base + exchange.target for exchange in portal.log.exchanges if exchange.status == 200}
    found = len(fetched & set(portal.reports))
    return Harvest(len(portal.reports), found, found, len(portal.log.exchanges))


HEADINGS = (
    "portal",
    "reports",
    "recall",
    "precision",
    "requests",
    "harvest",
    "second run",
    "bytes",
    "breadth first: recall",
    "requests",
    "harvest",
)


def lines(names: Sequence[str]) -> Iterator[str]:
    """The Markdown table."""
    yield f"| {' | '.join(HEADINGS)} |"
    yield f"|---|{'---:|' * (len(HEADINGS) - 1)}"
    (mine, cost), others = ours(names), breadth_first(names)
    for name in names:
        one, again = mine[name]
        other = others[name]
        yield (
            f"| {name} | {one.reports} | {one.recall:.0%} | {one.precision:.0%} | {one.requests} | {one.rate:.2f} | {again.requests}"
            f" | {again.share:.1%} | {other.recall:.0%} | {other.requests} | {other.rate:.2f} |"
        )
    yield _total(list(mine.values()), list(others.values()))
    yield f"\nOur crawl takes {cost:.1f} times the processor time of reading its reports again from the archive."


def _total(mine: Sequence[tuple[Harvest, Again]], others: Sequence[Harvest]) -> str:
    one = _sum([harvest for harvest, _ in mine])
    other = _sum(others)
    again = Again(
        *(sum(getattr(second, name) for _, second in mine) for name in ("requests", "size", "first_size"))
    )
    return (
        f"| all | {one.reports} | {one.recall:.1%} | {one.precision:.1%} | {one.requests} | {one.rate:.2f}"
        f" | {again.requests} | {again.share:.1%} | {other.recall:.1%} | {other.requests} | {other.rate:.2f} |"
    )


def _sum(harvests: Sequence[Harvest]) -> Harvest:
    return Harvest(
        sum(one.reports for one in harvests),
        sum(one.found for one in harvests),
        sum(one.stored for one in harvests),
        sum(one.requests for one in harvests),
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.harvest", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="demo portals (default: all)")
    for line in lines(parser.parse_args().names or tuple(PORTALS)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
