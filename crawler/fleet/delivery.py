"""A worker's crawl of one portal: holds its claim while it lasts, and lays down what was found when it ends."""

import asyncio
import logging
import os
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.defer import ensure_awaitable
from scrapy.utils.misc import build_from_crawler, load_object

from crawler.archive import mend_archive
from crawler.fleet.claims import RENEW, WANTED, claim_key
from crawler.unread_files import unread_lines

logger = logging.getLogger(__name__)
COMPLETE = ("finished", "closespider_timeout")  # reasons to end after which there is something to deliver


class DeliveryExtension:
    """Renews the claim on the portal, ends the crawl when it is lost, and delivers while it is held.

    The whole crawl is delivered at its end or nothing of it: a killed one leaves its files where the next goes on.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.redis = Redis.from_url(settings["BOARD"], socket_timeout=10)
        self.portal, self.task, self.owner = settings["CLAIM"]
        self.seconds = settings.getfloat("CLAIM_SECONDS")
        self.folder = Path(settings["DATABASE"]).parent
        self.parent = os.getppid()
        self.renewed = time.monotonic()
        self.lost: str | None = None
        self.delivered = False
        self.beating: asyncio.Future[None] | None = None
        self.closing: asyncio.Future[None] | None = None  # asyncio itself keeps no task alive

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "DeliveryExtension":
        extension = cls(crawler)
        crawler.signals.connect(extension.opened, signals.spider_opened)
        crawler.signals.connect(extension.closed, signals.spider_closed)
        return extension

    def opened(self) -> None:
        self.beating = asyncio.ensure_future(self._beat())

    async def closed(self, spider: Spider, reason: str) -> None:
        if reason in COMPLETE and self.lost is None and await self._renew():
            await self._deliver(spider)
            self.delivered = True
        if self.beating:
            self.beating.cancel()

    async def _beat(self) -> None:
        while self.lost is None:
            if os.getppid() != self.parent:
                self.lost = "the worker is gone"
            elif not await self._renew():
                self.lost = self.lost or "another worker has the claim"
            else:
                await asyncio.sleep(self.seconds / 6)
        logger.warning("%s: the crawl ends: %s", self.portal, self.lost)
        assert self.crawler.engine is not None
        self.closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="claim lost"))

    async def _renew(self) -> bool:
        """False when the claim is no longer ours, or may be so: Redis has not answered for as long as it lasts."""
        try:
            claim = WANTED, claim_key(self.portal), self.portal, self.task, self.owner
            ours: Any = await self.redis.eval(RENEW, 2, *claim, str(int(self.seconds * 1000)))
        except RedisError as error:
            self.lost = f"no word from Redis: {error}" if self._overdue() else None
            return self.lost is None
        self.renewed = time.monotonic() if ours else self.renewed
        return bool(ours)

    def _overdue(self) -> bool:
        return time.monotonic() - self.renewed > 0.8 * self.seconds

    async def _deliver(self, spider: Spider) -> None:
        """Archive first: a record names its place there."""
        results = str(self.crawler.settings["RESULTS"]).rstrip("/")
        archive = self.folder / "archive"
        if archive.exists():
            mend_archive(archive)
            for file in sorted(archive.glob("*.warc.gz")):
                await self._lay(spider, file, f"{results}/archive/{file.name}")
        unread = self.folder / "unread_files.jsonl"
        unread.write_bytes(b"".join(unread_lines(self.folder / "reports.db")))
        moment = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        place = f"{results}/{self.portal}-{moment}-{self.owner[-8:]}"
        for file, end in ((self.folder / "reports.jsonl", ""), (unread, "-unread")):
            if file.exists() and file.stat().st_size:
                await self._lay(spider, file, f"{place}{end}.jsonl")

    async def _lay(self, spider: Spider, file: Path, place: str) -> None:
        """Into a directory, or into any store that Scrapy's feeds know, named by a URI. Raises what the store raises."""
        if "://" not in place:
            await asyncio.to_thread(lay_file, file, Path(place))
            return
        stores = self.crawler.settings.getwithbase("FEED_STORAGES")
        store = load_object(stores[place.partition("://")[0]])
        storage: Any = build_from_crawler(store, self.crawler, place, feed_options={"overwrite": True})
        out = storage.open(spider)
        with file.open("rb") as found:
            await asyncio.to_thread(shutil.copyfileobj, found, out)
        await ensure_awaitable(storage.store(out))


def lay_file(file: Path, place: Path) -> None:
    """Copy, so that nobody ever sees half a file under that name. Raises FileExistsError: another file has the name."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists() and place.read_bytes() == file.read_bytes():
        return  # laid down by an attempt that was interrupted afterwards
    part = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with file.open("rb") as found, part.open("wb") as out:
            shutil.copyfileobj(found, out)
            out.flush()
            os.fsync(out.fileno())
        os.link(part, place)  # unlike a rename, never over another's file
    finally:
        part.unlink(missing_ok=True)
