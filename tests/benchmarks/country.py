"""python -m tests.benchmarks.country [--workers 1 4 16] [--at-once 64] [--seed 1]: the whole country, by simulation.

14,474 portals are visited by the scheduler's own rules (who is due and in which order, which pages are due, what is tried
again and when, one request at a time to a host) against a clock that jumps from request to request. Portals' numbers
are those of the registration of 2019; their sizes and failures are our judgement, and named so below. What a report weighs
and what loading it costs is measured here, on reports of our own writing.
"""

import argparse
import gzip
import heapq
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.cluster import backoff, trouble, visit
from crawler.fleet.claims import Visit
from crawler.fleet.dispatch import due_portals
from crawler.navigation.walk import MAX_REQUESTS
from crawler.portals import Portal
from crawler.revisit import due
from crawler.settings import DOWNLOAD_DELAY, DOWNLOAD_TIMEOUT, PORTAL_SECONDS, RETRY_TIMES
from crawler.store import open_database, save
from crawler.store.crawl_log import KnownPage
from parsers.read import read_report
from parsers.report import from_line, to_json
from tests.benchmarks.store_speed import named, page_body

PROVINCES = {
    "部委": 912, "四川": 909, "山东": 864, "河南": 841, "安徽": 810, "湖北": 707, "江苏": 645, "陕西": 627, "广东": 617,
    "湖南": 576, "广西": 573, "浙江": 558, "辽宁": 543, "内蒙古": 537, "江西": 533, "甘肃": 520, "河北": 499, "福建": 433,
    "贵州": 413, "山西": 398, "吉林": 302, "云南": 302, "西藏": 215, "黑龙江": 207, "新疆": 161, "青海": 134, "宁夏": 126,
    "重庆": 113, "海南": 108, "天津": 105, "北京": 72, "上海": 63, "兵团": 51,
}  # fmt: skip
# Our judgement of how many portals of a province do so to a visitor from a data centre.
WALLED = {"湖北": 0.6, "甘肃": 0.6, "山东": 0.1}  # a script challenge in place of every page
REFUSING = {"内蒙古": 0.3, "安徽": 0.3, "河南": 0.3}  # 403
SILENT = dict.fromkeys(("四川", "河北", "山西", "江西", "广西", "海南", "贵州", "陕西", "青海"), 0.3)
DISALLOWED = 0.01  # by robots.txt
SLOW = 0.1  # answers take 20 s
SHARED = 0.05  # stand on the host of another portal, as departments on their city's platform
REPORTS_A_YEAR = 7.5  # over 100,000 in all; few portals have many
YEARS = range(2014, 2026)
NAVIGATION = 12  # pages from the home page to the lists, robots.txt with them
ROWS = 15  # of a list page
# seconds of processor: a crawl's start, and each request, as measured on the demo portals
STARTING, PAGE = (0.4, 0.02)
START = datetime(2026, 3, 2, 17, tzinfo=UTC)  # one in the morning in Beijing, in the season


@dataclass(slots=True)
class Site:
    """A portal as the simulation knows it."""

    portal: Portal
    host: str
    manner: str  # answers, walled, refuses, silent, robots
    latency: float  # seconds to answer
    a_year: int  # reports
    checked: dict[int, datetime] = field(default_factory=dict)  # year → when its reports were last asked for

    def requests(self, now: datetime) -> tuple[int, list[int]]:
        """How many a visit makes, and the years whose reports are among them."""
        if self.manner == "robots":
            return 1, []
        if self.manner in ("walled", "refuses"):
            return (2 if self.manner == "walled" else 4), []
        wanted = [year for year in YEARS if self._due(year, now)]
        pages = NAVIGATION + -(-self.a_year * len(YEARS) // ROWS) + self.a_year * len(wanted)
        return min(pages, MAX_REQUESTS), wanted

    def _due(self, year: int, now: datetime) -> bool:
        if (checked := self.checked.get(year)) is None:
            return True
        known = KnownPage("", checked.isoformat(), 200, "report", year=year)
        return due(known, None, now)


def sites(rng: random.Random) -> list[Site]:
    found: list[Site] = []
    for province, count in PROVINCES.items():
        for number in range(count):
            name = f"{len(found)}"
            host = found[-1].host if number and rng.random() < SHARED else f"{name}.gov.cn"
            portal = Portal(name, province, "", "county", "auto", f"https://{host}/")
            latency = 20.0 if rng.random() < SLOW else rng.lognormvariate(-0.3, 0.6)
            a_year = round(rng.lognormvariate(0, 1.2) * REPORTS_A_YEAR / 2.05) or 1  # e^(1.2²/2) = 2.05
            found.append(Site(portal, host, _manner(province, rng), latency, a_year))
    return found


def _manner(province: str, rng: random.Random) -> str:
    for manner, share in (("walled", WALLED), ("refuses", REFUSING), ("silent", SILENT)):
        if rng.random() < share.get(province, 0.0):
            return manner
    return "robots" if rng.random() < DISALLOWED else "answers"


@dataclass(slots=True)
class Pass:
    """What one pass over the country took."""

    seconds: float = 0.0
    requests: int = 0
    reports: int = 0
    tasks: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    busiest: float = 0.0  # requests in the busiest minute, by the second
    longest: float = 0.0  # seconds of the longest crawl
    cut: int = 0  # crawls that were ended when their time was up


@dataclass(slots=True)
class Crawl:
    site: Site
    failures: int
    began: float
    years: list[int]  # whose reports are asked for, after the lists
    left: int  # requests

    def cut(self) -> None:
        """End the crawl in order: the reports that were not reached are still due."""
        for year in self.years[len(self.years) - -(-self.left // self.site.a_year) :]:
            self.site.checked.pop(year, None)
        self.left = 0


def simulate(
    country: Sequence[Site], visits: dict[str, Visit], now: datetime, slots: int, rng: random.Random
) -> Pass:
    """One dispatch at `now`, worked off by so many crawls at once; notes in sites and visits what a crawl would."""
    by_id = {site.portal.id: site for site in country}
    queue = [(0.0, place, by_id[one.id], 0) for place, one in
             enumerate(due_portals([site.portal for site in country], visits, now))]  # fmt: skip
    heapq.heapify(queue)  # when it may begin, place in the queue
    free = [0.0] * slots
    hosts: dict[str, float] = {}
    running: list[tuple[float, int, Crawl]] = []
    minutes: Counter[int] = Counter()
    order = len(queue)
    done = Pass()
    while queue or running:
        if queue and free and (not running or max(queue[0][0], free[0]) <= running[0][0]):
            ready, _, site, failures = heapq.heappop(queue)
            clock = max(ready, heapq.heappop(free))
            pages, years = site.requests(now + timedelta(seconds=clock))
            site.checked.update(dict.fromkeys(years, now + timedelta(seconds=clock)))
            done.tasks += 1
            done.reports += site.a_year * len(years) if site.manner == "answers" else 0
            order += 1
            heapq.heappush(running, (clock, order, Crawl(site, failures, clock, years, pages)))
            continue
        clock, place, crawl = heapq.heappop(running)
        if crawl.left and clock - crawl.began > PORTAL_SECONDS:
            crawl.cut()
            done.cut += 1
        if crawl.left and crawl.site.manner != "silent":
            begin = max(clock, hosts.get(crawl.site.host, 0.0))
            if begin > clock:  # somebody else's lease
                heapq.heappush(running, (begin, place, crawl))
                continue
            hosts[crawl.site.host] = begin + max(DOWNLOAD_DELAY, crawl.site.latency)
            minutes[int(begin) // 60] += 1
            done.requests += 1
            crawl.left -= 1
            heapq.heappush(running, (begin + crawl.site.latency, place, crawl))
            continue
        if crawl.site.manner == "silent" and crawl.left:
            done.requests += 1 + RETRY_TIMES
            crawl.left = 0
            heapq.heappush(running, (clock + (1 + RETRY_TIMES) * DOWNLOAD_TIMEOUT, place, crawl))
            continue
        heapq.heappush(free, clock)
        done.longest = max(done.longest, clock - crawl.began)
        ended = _ended(crawl.site, now + timedelta(seconds=clock))
        if trouble(ended) and crawl.failures < visit.max_retries:
            order += 1
            again = clock + backoff(crawl.failures, visit.default_retry_delay)
            heapq.heappush(queue, (again, order, crawl.site, crawl.failures + 1))
            continue
        visits[crawl.site.portal.id] = ended
        done.outcomes[ended.outcome] += 1
        done.seconds = max(done.seconds, clock)
    done.busiest = max(minutes.values(), default=0) / 60
    return done


def _ended(site: Site, now: datetime) -> Visit:
    outcome = {"silent": "unreachable", "walled": "blocked", "refuses": "blocked", "robots": "robots"}
    return Visit(now.isoformat(timespec="seconds"), outcome.get(site.manner, "reached"))


@dataclass(frozen=True, slots=True)
class Costs:
    """Of one report, measured on this machine."""

    load: float  # seconds of processor to merge its line into the database
    line: int  # bytes of the JSON line
    archived: int  # bytes in the archive
    address: float  # bytes in a message, for an address that is known


def costs(pages: int = 60) -> Costs:
    bodies = [page_body(number) for number in range(pages)]
    reports = [read_report(body, "text/html; charset=utf-8", "http://a.gov.cn/") for body in bodies]
    lines = [
        json.dumps(to_json(named(report, n)), ensure_ascii=False) for n, report in enumerate(reports * 5)
    ]
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(Path(folder, "reports.db"))
        began = time.process_time()
        for line in lines:
            save(db, from_line(line))
        load = (time.process_time() - began) / len(lines)
        db.close()
    known = [
        f"http://www.example.gov.cn/art/2024/1/{n % 30}/art_1229{n % 7}_{n * 7919}.html" for n in range(90)
    ]
    return Costs(
        load,
        sum(len(line.encode()) for line in lines) // len(lines),
        sum(len(gzip.compress(body)) for body in bodies) // pages,
        len(gzip.compress(json.dumps(known).encode())) * 4 / 3 / len(known),
    )


HEADINGS = ("workers", "pass", "hours", "tasks", "requests", "a second, at most", "reports", "longest crawl, h",
            "out of time", "processors a worker", "Redis commands a second")  # fmt: skip


def rows(workers: int, at_once: int, seed: int) -> Iterator[tuple[object, ...]]:
    """The first pass, the night after it, and a night on which this season's reports are due again."""
    rng = random.Random(seed)
    country, visits = sites(rng), dict[str, Visit]()
    now = START
    for name, days in (("first", 0), ("night", 1), ("weekly", 6)):
        now += timedelta(days=days)
        if visits:  # not before the pass before it is over
            now = max(
                now, max(datetime.fromisoformat(one.ended) for one in visits.values()) + timedelta(hours=20)
            )
        one = simulate(country, visits, now, workers * at_once, rng)
        processors = (one.tasks * STARTING + one.requests * PAGE) / one.seconds / workers
        commands = 2 * one.busiest + workers * at_once / 10  # a lease each, and claims that are renewed
        yield (
            workers, name, f"{one.seconds / 3600:.1f}", f"{one.tasks:,}", f"{one.requests:,}", f"{one.busiest:.0f}",
            f"{one.reports:,}", f"{one.longest / 3600:.1f}", one.cut, f"{processors:.2f}", f"{commands:,.0f}",
        )  # fmt: skip
        if name == "first":
            told = ", ".join(f"{count:,} {outcome}" for outcome, count in one.outcomes.most_common())
            print(f"{workers} workers of {at_once} crawls at once: {told}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.country", description=__doc__)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 4, 16])
    parser.add_argument("--at-once", type=int, default=64, help="crawls at once on a worker")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found = [row for workers in options.workers for row in rows(workers, options.at_once, options.seed)]
    print(f"\n| {' | '.join(HEADINGS)} |\n|{'---:|' * len(HEADINGS)}")
    for row in found:
        print(f"| {' | '.join(map(str, row))} |")
    print(
        "\n".join(
            ["", *carried(sum(site.a_year * len(YEARS) for site in sites(random.Random(options.seed))))]
        )
    )


def carried(reports: int) -> list[str]:
    """What broker, disk and loading machine carry when every portal answers."""
    cost, portals = costs(), sum(PROVINCES.values())
    message = 1_500 + cost.address * reports / portals
    return [
        f"Broker: {portals:,} messages of {message / 1000:.1f} KB with the known addresses, {portals * message / 1e6:.0f} MB.",
        f"Disk: {reports:,} reports are {reports * cost.line / 1e9:.0f} GB of JSON lines and "
        f"{reports * cost.archived / 1e9:.0f} GB of archive.",
        f"Loading: {1000 * cost.load:.1f} ms of processor a report, {reports * cost.load / 3600:.1f} hours in all.",
    ]


if __name__ == "__main__":
    main()
