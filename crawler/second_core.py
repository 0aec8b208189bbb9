"""A second core for a crawl that has more to do than one can.

Nine tenths of what a page costs is Python's own work, so a thread beside it gains nothing: SQLite and zlib, which would run
there, take a tenth together. Reading is two fifths, and may be done by another process; handing pages and reports over
costs a third of that again. So a crawl which mostly waits for portals, as nearly all do, reads its pages itself.
"""

import asyncio
import os
import signal
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

from crawler.items import Page
from crawler.portals import Portal
from crawler.reading import read_page
from parsers.report import Report

WATCHED = 5.0  # seconds over which a crawl is watched …
BUSY = 0.8  # … and the share of them that it computes, above which it could do with another core
WAITING = 2  # pages at most that are with the other process and lost to a kill; others are read here


class Reader:
    """Reads pages: here, or in another process once the crawl is short of time while a core is idle."""

    def __init__(self) -> None:
        self.pool: ProcessPoolExecutor | None = None
        self.waiting = 0
        self._watch()

    async def read(self, page: Page, portal: Portal | None) -> Report:
        """Raises NotAReport, UnreadableDocument."""
        if self.pool is None and self._is_busy() and _is_core_free():
            # Spawned: a fork would hold the locks of the database and the archive after a kill of the crawl.
            self.pool = ProcessPoolExecutor(1, get_context("spawn"), initializer=_live_with_the_crawl)
        if self.pool is not None and self.waiting < WAITING:
            self.waiting += 1
            try:
                return await asyncio.get_running_loop().run_in_executor(self.pool, read_page, page, portal)
            except BrokenProcessPool:  # it was killed
                self.close()
            finally:
                self.waiting -= 1
        return read_page(page, portal)

    def close(self) -> None:
        if self.pool is not None:
            self.pool.shutdown()
            self.pool = None

    def _is_busy(self) -> bool:
        """Whether the crawl computed through the time watched; False until that is over."""
        passed = time.monotonic() - self.since
        if passed < WATCHED:
            return False
        computed = time.process_time() - self.computed
        self._watch()
        return computed > BUSY * passed

    def _watch(self) -> None:
        self.since, self.computed = time.monotonic(), time.process_time()


def _is_core_free() -> bool:
    """Whether fewer programs have wanted a core during the last minute than there are; this one is among them."""
    return os.getloadavg()[0] < (os.cpu_count() or 1)


def _live_with_the_crawl() -> None:
    """In the other process: Ctrl-C is the crawl's business, and a crawl that is killed leaves nothing behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    crawl = parent_process()
    assert crawl is not None
    Thread(target=_end_after, args=(crawl,), daemon=True).start()


def _end_after(crawl: BaseProcess) -> None:
    crawl.join()
    os._exit(1)
