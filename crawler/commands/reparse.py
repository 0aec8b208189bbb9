"""scrapy reparse: the archived pages read again with today's readers, without the network."""

import os
import re
import signal
import sqlite3
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.archive import DamagedArchive, archive_files, read_archive
from crawler.items import Page, expect_past
from crawler.portals import Portal, RegistryError, load_portals
from crawler.reading import read_page
from crawler.rereading import reread, withdraw
from crawler.store import store_portals, stored_portals
from crawler.store.database import StoreError, only_writer, open_database
from crawler.terminal import progress, say, speak_utf8
from parsers.report import NotAReport, Report, UnreadableDocument

BATCH = 16  # pages handed to a process at a time
Archived = tuple[Page, str]  # and its place
Reread = tuple[Archived, Report | str]  # or why there is none


class Command(ScrapyCommand):
    """Exit status 0: done; 1: no archive, no page of the portals named, a damaged file, or a database that cannot be written; 2: wrong usage."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        return "Read the archived pages again with today's readers; no network"

    def long_desc(self) -> str:
        return (
            "Read every archived page again and store what today's readers understand: after a change of the readers,"
            " or to rebuild a lost database. Prints each report that is read otherwise than before."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--since", metavar="DATE", help="only pages fetched since: 2026, 2026-11 or 2026-11-24"
        )
        parser.add_argument("--portal", metavar="ID[,ID...]", help="only pages of these portals")

    def run(self, args: list[str], opts: Namespace) -> None:
        if args:
            raise UsageError(f"not understood: {' '.join(args)}")
        if opts.since and not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", opts.since):
            raise UsageError(f"--since {opts.since}: not a date such as 2026-11-24")
        speak_utf8()
        assert self.settings is not None
        database, directory = Path(self.settings["DATABASE"]), Path(self.settings["ARCHIVE_DIR"])
        files = archive_files(directory)
        try:
            if not files:
                raise StoreError(f"{directory}: no archive there")
            portals = load_portals(Path(self.settings["PORTALS_FILE"]))
            with only_writer(database):
                db = open_database(database)
                try:
                    store_portals(db, portals)
                    self._reparse(db, files, stored_portals(db), opts)
                finally:
                    db.close()
        except (StoreError, RegistryError) as error:
            self._complain(str(error))
        except KeyboardInterrupt:
            self._complain("stopped; what was read again is stored")

    def _reparse(
        self, db: sqlite3.Connection, files: list[Path], portals: dict[str, Portal], opts: Namespace
    ) -> None:
        counts: Counter[str] = Counter()
        wanted = opts.portal.split(",") if opts.portal else None
        pages = (
            (page, place)
            for page, place in self._pages(files)
            if page.fetched_at >= (opts.since or "") and (wanted is None or page.portal in wanted)
        )
        try:
            for (page, _), result in _read_all(pages, portals):
                change = _store(db, page, result)
                counts["pages"] += 1
                counts["changed" if change else "unchanged"] += 1
                if change:
                    say(f"{_name(page, result)}: {change}")
                progress(counts["pages"], "pages read again")
            if wanted and not counts["pages"]:
                self._complain(f"--portal {opts.portal}: no archived page is of such a portal")
        finally:
            progress(0)
            say(
                f"{counts['pages']} pages read again: {counts['changed']} changed, {counts['unchanged']} unchanged"
            )

    def _pages(self, files: list[Path]) -> Iterator[Archived]:
        for path in files:
            try:
                for page, place in read_archive(path):
                    if self._is_past(page, place):
                        yield page, place
            except (OSError, DamagedArchive) as error:
                self._complain(str(error))

    def _is_past(self, page: Page, place: str) -> bool:
        """Whether the page was not fetched in the future, by a clock that was wrong; else it is named and left out."""
        try:
            expect_past(page.fetched_at, "fetched at")
        except ValueError as error:
            self._complain(f"{place}: {error}; left out")
            return False
        return True

    def _complain(self, line: str) -> None:
        print(line, file=sys.stderr)
        self.exitcode = 1


def _read_all(pages: Iterator[Archived], portals: dict[str, Portal]) -> Iterator[Reread]:
    """Read the pages on every core, in their order; no more than a few batches are in memory."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(
        cores, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)
    ) as pool:
        waiting: deque[tuple[list[Archived], Future[list[Report | str]]]] = deque()
        while True:
            while len(waiting) < 2 * cores and (batch := list(islice(pages, BATCH))):
                needed = {page.portal: portals[page.portal] for page, _ in batch if page.portal in portals}
                waiting.append((batch, pool.submit(_read_batch, batch, needed)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            yield from zip(batch, future.result(), strict=True)


def _read_batch(batch: list[Archived], portals: dict[str, Portal]) -> list[Report | str]:
    return [_read(page, place, portals.get(page.portal)) for page, place in batch]


def _read(page: Page, place: str, portal: Portal | None) -> Report | str:
    try:
        return read_page(page, portal, place)
    except NotAReport as reason:
        return f"not an annual report: {reason}"
    except UnreadableDocument as reason:
        return f"unreadable: {reason}"


def _store(db: sqlite3.Connection, page: Page, result: Report | str) -> str:
    """What changed; "" for nothing."""
    if isinstance(result, Report):
        return reread(db, result)
    return result if withdraw(db, page.url, sha256(page.body).hexdigest()) else ""


def _name(page: Page, result: Report | str) -> str:
    return f"{result.issuer} {result.year}" if isinstance(result, Report) else page.url
