"""Workers on many machines: one portal is one task, crawled by the same spider in a process of its own.

celery -A crawler.cluster worker --concurrency 32

The engine is Celery on Redis. A message is acknowledged when its portal is done, so a lost worker's come again; who may
crawl is settled by the board (crawler.fleet.claims), not by the message. A worker keeps no database: it starts with the
addresses that the message names as known, and lays JSON lines and WARC files in RESULTS for `scrapy load`.
"""

import logging
import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from celery import Celery
from celery.signals import worker_init
from celery.utils.log import get_task_logger
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.misc import load_object
from scrapy.utils.project import get_project_settings

from crawler.fleet.claims import MOST_TRIES, Board, Running, Visit
from crawler.fleet.delivery import DeliveryExtension
from crawler.items import now
from crawler.middlewares import too_hasty
from crawler.portals import RegistryError, load_portals, select
from crawler.revisit import pack
from crawler.store.crawl_log import KnownPage, keep_page
from crawler.store.database import StoreError, open_database, transaction

logger = get_task_logger(__name__)
LONGEST_WAIT = 3600  # seconds between two tries of a portal, at most

settings = get_project_settings()
app = Celery("nianbao")
app.conf.update(
    broker_url="redis://127.0.0.1:6379/0",  # or the environment's CELERY_BROKER_URL
    task_default_queue="portals",
    task_ignore_result=True,  # the board says what came of it
    task_compression="gzip",  # addresses that are known already are much alike
    # A message lasts until its portal is done, whatever becomes of the worker or of one of its processes.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,  # no portal waits behind a long one
    worker_max_tasks_per_child=1,  # a reactor starts once in a process; its memory goes with it
    worker_cancel_long_running_tasks_on_connection_loss=False,  # a crawl outlives a restart of Redis
    worker_redirect_stdouts=False,
    worker_send_task_events=True,  # for Flower
    task_send_sent_event=True,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    # An orderly end first (PORTAL_SECONDS), then a kill, and only then is a silent worker's message given away.
    task_time_limit=settings.getint("PORTAL_SECONDS") + 600,
    broker_transport_options={"visibility_timeout": settings.getint("PORTAL_SECONDS") + 600 + LONGEST_WAIT},
)
app.conf.update(settings.getdict("CELERY"))
COMPONENTS = ("EXTENSIONS", "DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "ITEM_PIPELINES")


def load_components(**_: object) -> None:
    """Import what every crawl needs before the worker forks: half a second and 30 MB less for each portal."""
    SpiderLoader.from_settings(settings)
    for name in COMPONENTS:
        for path in settings.getwithbase(name):
            load_object(path)
    for path in settings.getwithbase("DOWNLOAD_HANDLERS").values():
        if path is not None:
            load_object(path)


worker_init.connect(load_components)


@dataclass(frozen=True, slots=True)
class Crawled:
    """How the crawl of a portal ended."""

    visit: Visit
    reason: str | None  # Scrapy's: "finished", "closespider_timeout", …; None: it did not come to run
    delivered: bool


def visit_portal(task: Any, portal: str, known: list[str], failures: int = 0) -> None:
    """Crawl the portal unless another task has it; `known` need not be asked for again, `failures` came before."""
    board = Board(app.conf.broker_url)
    owner = uuid4().hex
    seconds = settings.getfloat("CLAIM_SECONDS")
    running = Running(task.request.id, task.request.hostname or "", now())
    # a busy machine may be long in starting the crawl
    answer = board.take(portal, owner, running, 3 * seconds)
    if answer == "stale":
        logger.info("%s: done already, or dispatched again since", portal)
        return
    if answer == "held":
        logger.info("%s: another worker has the claim", portal)
        raise task.retry(countdown=seconds, max_retries=None)
    if answer == "worn":
        given_up = Visit(now(), "failed", f"given up: its crawl came to no end {MOST_TRIES} times")
        board.finish(portal, owner, task.request.id, given_up)
        return
    crawled = crawl(portal, known, task.request.id, owner)
    if crawled.reason == "claim lost":  # to another worker, or to nobody
        raise task.retry(countdown=seconds, max_retries=None)
    if trouble(crawled.visit) and failures < task.max_retries:
        board.leave(portal, owner)
        wait = backoff(failures, task.default_retry_delay)
        logger.warning("%s: %s; again in %.0f s", portal, crawled.visit.reason or crawled.visit.outcome, wait)
        again = {"portal": portal, "known": known, "failures": failures + 1}
        raise task.retry(args=(), kwargs=again, countdown=wait, max_retries=None)
    board.finish(portal, owner, task.request.id, crawled.visit)
    if crawled.delivered:
        shutil.rmtree(_folder(portal), ignore_errors=True)
    logger.info("%s: %s, %s reports", portal, crawled.visit.outcome, crawled.visit.reports)


# Delay and number of the retries are Celery's own, and may be changed in CELERY by task_annotations.
visit = app.task(bind=True, name="nianbao.visit", default_retry_delay=300, max_retries=3)(visit_portal)


def trouble(visit: Visit) -> bool:
    """Worth another try soon: nobody answered, or the worker failed. A wall or a refusal is the portal's word."""
    return visit.outcome in ("unreachable", "failed")


def backoff(failures: int, first: float) -> float:
    """Seconds to wait after so many failures: doubled each time, spread, an hour at most.

    >>> 300 <= backoff(0, 300) <= 375 and 1200 <= backoff(2, 300) <= 1500
    True
    >>> backoff(9, 300)
    3600
    """
    wait: float = first * 2**failures * random.uniform(1, 1.25)
    return min(LONGEST_WAIT, wait)


def crawl(portal: str, known: list[str], task: str, owner: str) -> Crawled:
    """Crawl in this process, which can do so once. A crawl that was killed on this machine goes on where it was."""
    folder = _folder(portal)
    try:
        _refuse_haste(portal)
        remember(folder / "reports.db", known)
    except (RegistryError, StoreError) as error:
        return Crawled(Visit(now(), "failed", str(error)), None, False)
    process = AsyncCrawlerProcess(crawl_settings(portal, task, owner))
    logging.getLogger("scrapy").setLevel(settings["LOG_LEVEL"])
    crawler = process.create_crawler("annual_reports")
    process.crawl(crawler, portal=portal)
    process.start(install_signal_handlers=False)  # the worker has its own
    stats = crawler.stats.get_stats() if crawler.stats else {}
    delivery: Any = crawler.get_extension(DeliveryExtension) if crawler.extensions else None
    wrong, delivered = stats.get("store/error"), bool(delivery and delivery.delivered)
    if wrong is None and not delivered:
        wrong = "not delivered, for the reason in the worker's log"
    return Crawled(_last_visit(folder / "reports.db", wrong), stats.get("finish_reason"), delivered)


def crawl_settings(portal: str, task: str, owner: str) -> Settings:
    """The project's, with database, feed and archive in the portal's own folder, and manners shared by all workers."""
    folder = _folder(portal)
    changed: Settings = settings.copy()
    middlewares = {**settings.getdict("DOWNLOADER_MIDDLEWARES"), "crawler.fleet.leases.LeaseMiddleware": 980}
    extensions = {**settings.getdict("EXTENSIONS"), "crawler.fleet.delivery.DeliveryExtension": 600}
    feed = next(iter(settings.getdict("FEEDS").values()))
    changed.setdict(
        {
            "DATABASE": str(folder / "reports.db"),
            "ARCHIVE_DIR": str(folder / "archive"),
            "FEEDS": {str(folder / "reports.jsonl"): feed},
            "DOWNLOADER_MIDDLEWARES": middlewares,
            "EXTENSIONS": extensions,
            "CLOSESPIDER_TIMEOUT": settings.getint("PORTAL_SECONDS"),
            "LOG_INSTALL_ROOT_HANDLER": False,  # the worker has its own
            "BOARD": app.conf.broker_url,
            "CLAIM": (portal, task, owner),
        },
        priority="cmdline",
    )
    return changed


def remember(database: Path, known: list[str]) -> None:
    """Note these addresses as known reports that need not be asked for again. Raises StoreError.

    Whether they are lists besides is not known: `links` that are empty, but not None, have those whose link names no
    year asked for all the same.
    """
    with closing(open_database(database)) as db, transaction(db):
        for url in known:
            if not db.execute("SELECT 1 FROM pages WHERE url = ?", (url,)).fetchone():
                keep_page(db, KnownPage(url, now(), 200, "report", links=pack([])))


def _refuse_haste(portal: str) -> None:
    """Raises RegistryError: no such portal, or settings too hasty for it."""
    chosen = select(load_portals(Path(settings["PORTALS_FILE"])), portal=portal)
    hosts = tuple(host for one in chosen for host in one.own_hosts)
    if hasty := too_hasty(settings.getfloat("DOWNLOAD_DELAY"), settings.getfloat("BACKOFF"), hosts):
        raise RegistryError(hasty)


def _last_visit(database: Path, error: str | None) -> Visit:
    """What the last run noted of its only portal; `error` is why all of it was in vain."""
    query = (
        "SELECT outcome, reason, requests, new + revised + duplicate + unchanged, errors, seconds"
        " FROM run_portals WHERE run = (SELECT max(id) FROM runs)"
    )
    with closing(sqlite3.connect(database)) as db:
        row = db.execute(query).fetchone()
    if error or row is None:
        return Visit(now(), "failed", error or "the crawl did not start")
    return Visit(now(), *row)


def _folder(portal: str) -> Path:
    return Path(settings["WORK_DIR"]) / portal
