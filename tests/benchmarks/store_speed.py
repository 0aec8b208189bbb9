"""What keeping costs: python -m tests.benchmarks.store_speed [save[=20000]] [pipeline] [memory] [reparse]

Costs are processor time and are shown as ratios within one run: the machine is shared, absolute times do not hold.
"""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from random import Random
from typing import Literal

from crawler.archive import Archive
from crawler.items import Page
from crawler.store import open_database, save
from parsers.read import read_report
from parsers.report import Report
from tests.writing import render_html, write_truth

ROOT = Path(__file__).parents[2]
FIRST = 1_000
STEPS = (FIRST, 5_000, 20_000, 50_000, 100_000)
SAVES = 4_000  # of a step: the full-text index merges its parts in lumps, tens of milliseconds every some hundred saves
TEMPLATES = 40  # pages that are written; the rest are the same under other names
BUREAUS = ("民政局", "教育局", "财政局", "审计局", "统计局", "商务局", "水利局", "司法局", "公安局", "林业局")


def page_body(number: int) -> bytes:
    """A page of about 60 KB, as real ones are: the report, and the script and style of a portal around it."""
    truth = write_truth(
        f"杭州市{BUREAUS[number % 10]}", 2019 + number // 10 % 4, "2019" if number % 2 else "2021", number
    )
    chrome = "<script>/* " + "var menu = [];\n" * 2500 + " */</script>"
    return render_html(truth).replace("</head>", chrome + "</head>").encode()


def named(report: Report, number: int) -> Report:
    """The same report as another body's, on another page and with its sentences in another order."""
    mixed = sha256(str(number).encode()).hexdigest()
    url = f"http://www.p{number % 3000}.gov.cn/art/{mixed[:8]}.html"
    source = replace(
        report.source, url=url, requested_url=url, fetched_at="2026-11-24T08:00:00+00:00", portal="p"
    )
    return replace(
        report,
        report_id=mixed[:20],
        fingerprint=mixed[:32],
        issuer=f"第{number // 10}号{report.issuer}",
        sections=tuple(replace(one, text=_shuffled(one.text, number)) for one in report.sections),
        source=source,
    )


def _shuffled(text: str, number: int) -> str:
    sentences = text.split("。")
    Random(number).shuffle(sentences)
    return "。".join(sentences)


def measure_save(most: int) -> None:
    """Cost of one save while the database grows, in turns with one of FIRST reports: it must stay flat."""
    title = f"Saving one report, and one into a database of {FIRST:,} to {FIRST + SAVES:,}"
    _show(title, _costs(most), ("reports", "ms", "ms, small", "ratio", "KB a report"))


def _costs(most: int) -> Iterator[tuple[str, ...]]:
    reports = [read_report(page_body(number)) for number in range(TEMPLATES)]
    with tempfile.TemporaryDirectory(dir=ROOT / "output") as folder:
        path, first, small = (Path(folder, name) for name in ("r.db", "first.db", "small.db"))
        done = 0
        for step in (step for step in STEPS if step <= most):
            with closing(open_database(path)) as db:
                for number in range(done, step):
                    save(db, named(reports[number % TEMPLATES], number))
            if step == FIRST:
                shutil.copyfile(path, first)
            shutil.copyfile(first, small)
            with closing(open_database(path)) as db, closing(open_database(small)) as other:
                costs = _in_turns(
                    db, other, [named(reports[n % TEMPLATES], n) for n in range(step, step + SAVES)]
                )
            done = step + SAVES
            size = path.stat().st_size / done
            yield (
                f"{step:,}",
                *(f"{c * 1000:.2f}" for c in costs),
                f"{costs[0] / costs[1]:.2f}",
                f"{size / 1024:.0f}",
            )


def _in_turns(db: sqlite3.Connection, other: sqlite3.Connection, batch: list[Report]) -> tuple[float, float]:
    """Processor seconds of one save into each: what else the machine does weighs on both alike."""
    costs = [0.0, 0.0]
    for number, report in enumerate(batch):
        places = ((0, db), (1, other))
        for place, one in places if number % 2 else reversed(places):  # the second finds the texts encoded
            began = time.process_time()
            save(one, report)
            costs[place] += time.process_time() - began
    return costs[0] / len(batch), costs[1] / len(batch)


CRAWL = """
import asyncio, json, resource, sys, time
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.utils.project import get_project_settings
from crawler import second_core
from crawler.items import Page

server, pages, kept, second = sys.argv[1], int(sys.argv[2]), sys.argv[3] != "bare", sys.argv[3] == "second"
second_core.WATCHED, second_core.BUSY = 0.0, -1.0  # from the first page on ...
second_core._is_core_free = lambda: second  # ... or never

class Fetching(Spider):
    name = "fetching"
    portals, run, seen = (), None, 0
    async def start(self):
        for number in range(pages):
            yield Request(f"{server}/{number}.html")
    def parse(self, response):
        if kept:
            yield Page("p", "generic", response.url, response.url, 200, "2026-11-24T08:00:00+00:00",
                       "text/html", response.body, {"content-type": "text/html"})
        self.seen += 1
        if self.seen % 1000 == 0:
            print(json.dumps({"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}), file=sys.stderr)

settings = get_project_settings()
settings.setdict({"EXTENSIONS": {}, "DOWNLOADER_MIDDLEWARES": {}, "ROBOTSTXT_OBEY": False, "LOG_LEVEL": "ERROR",
                  "DOWNLOAD_DELAY": 0.0001, "DOWNLOAD_DELAY_JITTER": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
                  "CONCURRENT_REQUESTS": 16, "TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingThreadedResolver"})
if not kept:
    settings.setdict({"ITEM_PIPELINES": {}, "FEEDS": {}, "CONCURRENT_ITEMS": 100})  # the last as Scrapy has it
process = CrawlerProcess(settings)
process.crawl(Fetching)
began, moment = time.process_time(), time.monotonic()
process.start()
passed, used = time.monotonic() - moment, time.process_time() - began
helped = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"seconds": used + helped.ru_utime + helped.ru_stime, "passed": passed}))
"""

SERVER = """
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from tests.benchmarks.store_speed import TEMPLATES, page_body
bodies = [page_body(number) for number in range(TEMPLATES)]
class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        number = int(self.path[1:-5])
        body = bodies[number % TEMPLATES].replace("杭州市".encode(), f"杭州市西湖区{number // TEMPLATES}号".encode())
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *args):
        pass
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
"""


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a crawl took."""

    seconds: float  # of the processor, in all its processes
    passed: float  # by the clock
    memory: list[float]  # MB after each thousand pages


def _crawl(folder: Path, pages: int, how: Literal["bare", "kept", "second"]) -> Crawled:
    """Bare: downloaded and no more; kept: by one process; second: with one more that reads."""
    folder.mkdir(exist_ok=True)
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True, env=environment
    ) as server:
        assert server.stdout
        address = f"http://127.0.0.1:{server.stdout.readline().strip()}"
        command = [sys.executable, "-c", CRAWL, address, str(pages), how]
        try:
            ran = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, text=True, check=False
            )
        finally:
            server.kill()
    if ran.returncode:
        sys.exit(ran.stderr)
    memory = [json.loads(line)["memory"] for line in ran.stderr.splitlines() if line.startswith("{")]
    return Crawled(**json.loads(ran.stdout.splitlines()[-1]), memory=memory)


def measure_pipeline(pages: int) -> None:
    """Download, read, archive, store and export, against Scrapy downloading the same pages and nothing else."""
    with tempfile.TemporaryDirectory(dir=ROOT / "output") as folder:
        bare, kept, second = (_crawl(Path(folder, how), pages, how) for how in ("bare", "kept", "second"))
        with closing(open_database(Path(folder, "kept", "output", "reports.db"))) as db:
            stored = db.execute("SELECT count(*) FROM sightings").fetchone()[0]
    rows = [
        (
            name,
            f"{one.seconds / pages * 1000:.2f}",
            f"{one.seconds / bare.seconds:.2f}",
            f"{pages / one.seconds:.0f}",
            f"{pages / one.passed:.0f}",
        )
        for name, one in (("bare download", bare), ("whole pipeline", kept), ("with a second core", second))
    ]
    headers = ("", "ms a page", "ratio", "pages/s on one core", "pages/s by the clock")
    _show(f"{pages:,} pages, {stored:,} stored", rows, headers)


def measure_memory(pages: int) -> None:
    with tempfile.TemporaryDirectory(dir=ROOT / "output") as folder:
        memory = _crawl(Path(folder), pages, "kept").memory
    rows = [
        (f"{1000 * number:,}", f"{value:.0f}")
        for number, value in enumerate(memory, 1)
        if number in (1, 2, 5, 10, 15) or number == len(memory)
    ]
    _show("Memory of a crawl", rows, ("pages", "most MB so far"))


def measure_reparse(pages: int) -> None:
    """Processor time per second of the clock: 2.0 means that both cores were busy all the time."""
    with tempfile.TemporaryDirectory(dir=ROOT / "output") as folder:
        archive = Archive(Path(folder, "output", "archive"), "bench", "Nianbao")
        bodies = [page_body(number) for number in range(TEMPLATES)]
        for number in range(pages):
            name = f"杭州市西湖区{number // TEMPLATES}号".encode()
            body = bodies[number % TEMPLATES].replace("杭州市".encode(), name)
            url = f"http://www.example.gov.cn/art/{number}.html"
            headers = {"content-type": "text/html"}
            archive.write(
                Page("p", "hanweb", url, url, 200, "2026-11-24T08:00:00+00:00", "text/html", body, headers)
            )
        archive.close()
        environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)}
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        command = [sys.executable, "-m", "scrapy", "reparse"]
        ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
        seconds, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    rows = [
        (f"{pages:,}", f"{seconds:.1f}", f"{used:.1f}", f"{used / seconds:.2f}", f"{pages / seconds:.0f}")
    ]
    _show(
        ran.stdout.splitlines()[-1], rows, ("pages", "seconds", "processor seconds", "cores busy", "pages/s")
    )


def _show(title: str, rows: Iterable[tuple[str, ...]], headers: tuple[str, ...]) -> None:
    """Each row as soon as it is measured: the long ones are worth watching."""
    print(f"\n### {title}\n")
    for row in chain((headers, ["---"] * len(headers)), rows):
        print(f"| {' | '.join(row)} |", flush=True)


MEASUREMENTS: dict[str, Callable[[int], None]] = {
    "save": measure_save,
    "pipeline": measure_pipeline,
    "memory": measure_memory,
    "reparse": measure_reparse,
}
SIZES = {"save": 20_000, "pipeline": 1_000, "memory": 5_000, "reparse": 2_000}


def main() -> None:
    """Arguments: names of measurements, each with a size of its own if wanted: save=10000."""
    for word in sys.argv[1:] or MEASUREMENTS:
        name, _, size = word.partition("=")
        MEASUREMENTS[name](int(size or SIZES[name]))


if __name__ == "__main__":
    main()
