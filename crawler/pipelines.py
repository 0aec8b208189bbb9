"""From pages to the database: read, archived, stored. Thin adapters over reading, archive and store."""

import gc
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.archive import Archive
from crawler.feed import Line, feed_files, forget_unexported, is_exported, mend_feed, note_exported
from crawler.items import Page, Unreadable
from crawler.revisit import known_as
from crawler.runs import cannot_store, stopped
from crawler.second_core import Reader
from crawler.store import keep, store_portals
from crawler.store.crawl_log import forget_unread_file, keep_page, keep_shell
from crawler.store.database import StoreError, only_writer, open_database, transaction
from parsers.report import NotAReport, Report, UnreadableDocument


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page with the report that stands on it, on its way through the pipelines."""

    page: Page
    report: Report


class Pipeline:
    """What all of them need: the crawler, for its settings, spider and counts."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Pipeline":
        return cls(crawler)

    def count(self, page: Page, word: str) -> None:
        """One more of these: in all, and on this portal."""
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"reports/{word}")
        self.crawler.stats.inc_value(f"reports/{page.portal}/{word}")


class ParsePipeline(Pipeline):
    """Page → report; what is none is dropped and counted as not_reports or unreadable."""

    def open_spider(self) -> None:
        gc.freeze()  # what is loaded by now stays; a report is thousands of small objects and no cycle among them,
        gc.set_threshold(50_000, 20, 50)  # and looking through all of it for garbage took a sixth of the time
        self.portals = {portal.id: portal for portal in getattr(self.crawler.spider, "portals", ())}
        self.reader = Reader()

    async def process_item(self, item: Page) -> ReadPage:
        try:
            return ReadPage(item, await self.reader.read(item, self.portals.get(item.portal)))
        except NotAReport as reason:
            self.count(item, "not_reports")
            raise DropItem(f"{item.url}: not an annual report: {reason}", log_level="INFO") from None
        except UnreadableDocument as reason:
            self.count(item, "unreadable")
            raise Unreadable(item, str(reason)) from None

    def close_spider(self) -> None:
        self.reader.close()


class ArchivePipeline(Pipeline):
    """Keeps the bytes that prove the report."""

    def open_spider(self) -> None:
        run = getattr(self.crawler.spider, "run", None) or 0
        moment = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")
        settings = self.crawler.settings
        self.archive = Archive(Path(settings["ARCHIVE_DIR"]), f"{moment}-run{run}", settings["USER_AGENT"])

    def process_item(self, item: ReadPage) -> ReadPage:
        if stopped(self.crawler):
            return item
        try:
            place = self.archive.write(item.page)
        except OSError as error:
            cannot_store(self.crawler, StoreError(f"{self.archive.directory}: {error.strerror}"))
            return item
        return replace(item, report=replace(item.report, source=replace(item.report.source, archive=place)))

    def close_spider(self) -> None:
        self.archive.close()


class StorePipeline(Pipeline):
    """Saves the report and what the next conditional request needs, in one transaction.

    Passes on to the export what is not yet in it: a kill may fall between the database and the feed.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.writing = ExitStack()
        self.writing.enter_context(only_writer(crawler.settings["DATABASE"]))
        self.lines: list[Line] = []  # written to the feed, not yet noted in the database
        crawler.signals.connect(self.line_written, signals.item_scraped)

    def open_spider(self) -> None:
        self.db = open_database(self.crawler.settings["DATABASE"])
        store_portals(self.db, getattr(self.crawler.spider, "portals", ()))
        with transaction(self.db):
            for path in feed_files(self.crawler.settings.getdict("FEEDS")):
                note_exported(self.db, mend_feed(path))
            forget_unexported(self.db)

    def process_item(self, item: ReadPage) -> ReadPage | Report:
        if stopped(self.crawler):
            return item  # not stored, and not exported either
        try:
            exported = self._save(item.page, item.report)
        except StoreError as error:
            cannot_store(self.crawler, error)
            return item
        return item if exported else item.report  # the feed takes reports only

    def _save(self, page: Page, report: Report) -> bool:
        """Whether the report's line stands in the feed already."""
        with transaction(self.db):
            note_exported(self.db, self.lines)
            answer = keep(self.db, report, getattr(self.crawler.spider, "run", None))
            keep_page(self.db, known_as(page, "report"))
            forget_unread_file(self.db, page.requested_url, page.url)
            for shell in page.chain[1:]:
                # Without validators: an unchanged page says nothing of the file that it shows.
                known = known_as(replace(shell, headers={}, links=None), "report")
                keep_shell(self.db, known, page.requested_url)
            exported = is_exported(self.db, report)
        self.lines.clear()
        self.count(page, answer)
        return exported

    def line_written(self, item: ReadPage | Report) -> None:
        if isinstance(item, Report) and not stopped(self.crawler):
            self.lines.append((item.source.url, item.fingerprint))

    def close_spider(self) -> None:
        with suppress(StoreError), transaction(self.db):  # the next run will find the lines in the feed
            note_exported(self.db, self.lines)
        self.db.close()
        self.writing.close()
