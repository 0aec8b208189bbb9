"""scrapy crawl annual_reports: Scrapy's own command, with one line and an exit status for what goes wrong."""

import logging
import os
import sys
from argparse import Namespace
from contextlib import closing
from pathlib import Path

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from crawler.families.detect import FAMILIES
from crawler.feed import feed_files
from crawler.items import expect_past
from crawler.middlewares import too_hasty
from crawler.portals import AUTO, RegistryError, load_portals, select
from crawler.revisit import MODES
from crawler.store.crawl_log import last_moment
from crawler.store.database import REBUILD, StoreError, only_writer, open_database
from crawler.terminal import speak_utf8

ARGUMENTS = ("portal", "region", "family", "since", "revisit")


class Command(ScrapyCrawl):
    """Exit status 0: done; 1: stopped, or a portal or the database must be looked at; 2: wrong usage."""

    def syntax(self) -> str:
        return "annual_reports [-a portal=ID[,ID...]] [-a region=3301] [-a family=NAME] [-a since=YEAR] [-a revisit=due|all|none]"

    def short_desc(self) -> str:
        return "Crawl the portals of the registry, or those that -a names; only what is new or due"

    def long_desc(self) -> str:
        return (
            "Crawl every portal of the registry, or those that -a names: portal=ID[,ID...], region=3301 (codes that begin"
            " so), family=NAME (of this publishing system), since=YEAR (no reports of earlier years),"
            " revisit=due|all|none (known pages asked for again: when their time has come, always, never)."
        )

    def run(self, args: list[str], opts: Namespace) -> None:
        speak_utf8()
        for name in ("scrapy.addons", "scrapy.crawler", "scrapy.middleware"):
            logging.getLogger(name).addFilter(_is_news)
        if args != ["annual_reports"]:
            raise UsageError("the spider is called annual_reports: scrapy crawl annual_reports")
        try:
            self._check(opts)
            self._make_room()
            self._crawl(opts)
        except RegistryError as error:
            self._fail(error, 2)
        except StoreError as error:
            self._fail(error, 1)

    def _check(self, opts: Namespace) -> None:
        """Raises RegistryError for arguments and settings that no crawl can be made of."""
        assert self.settings is not None
        given = opts.spargs
        if unknown := set(given) - set(ARGUMENTS):
            raise RegistryError(
                f"unknown argument: {', '.join(sorted(unknown))}; known: {', '.join(ARGUMENTS)}"
            )
        if given.get("since") and not (given["since"].isdigit() and len(given["since"]) == 4):
            raise RegistryError(f"since: {given['since']!r} is not a year, as 2021")
        if given.get("revisit", "due") not in MODES:
            raise RegistryError(f"revisit: {given['revisit']!r} is none of {', '.join(MODES)}")
        names = (AUTO, *(family.NAME for family in FAMILIES))
        if given.get("family", AUTO) not in names:
            raise RegistryError(f"family: {given['family']!r} is none of {', '.join(names)}")
        portals = load_portals(Path(self.settings["PORTALS_FILE"]))
        chosen = select(portals, **{name: given.get(name, "") for name in ("portal", "region", "family")})
        hosts = tuple(host for portal in chosen for host in portal.own_hosts)
        delay, backoff = self.settings.getfloat("DOWNLOAD_DELAY"), self.settings.getfloat("BACKOFF")
        if hasty := too_hasty(delay, backoff, hosts):
            raise RegistryError(hasty)

    def _make_room(self) -> None:
        """Raises StoreError for what cannot be written: asked before the crawl, so that the answer is one line."""
        assert self.settings is not None
        database, archive = Path(self.settings["DATABASE"]), Path(self.settings["ARCHIVE_DIR"])
        with only_writer(database), closing(open_database(database)) as db:
            try:
                expect_past(last_moment(db), "an earlier run was at")
            except ValueError as error:
                told = f"{error}: set the clock, or, if the database is wrong, {REBUILD}"
                raise StoreError(f"{database}: {told}") from None
        try:
            archive.mkdir(parents=True, exist_ok=True)
            for path in filter(Path.exists, feed_files(self.settings.getdict("FEEDS"))):
                path.open("r+b").close()
        except OSError as error:
            raise StoreError(f"{error.filename}: {error.strerror}") from error
        if not os.access(archive, os.W_OK | os.X_OK):
            raise StoreError(f"{archive}: you may not write there")

    def _crawl(self, opts: Namespace) -> None:
        assert self.crawler_process is not None
        crawler = self.crawler_process.create_crawler("annual_reports")
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        stats = crawler.stats.get_stats() if crawler.stats is not None else {}
        attention = stats.get("attention")
        for line in attention or ():
            print(line, file=sys.stderr)
        if "store/error" in stats:
            raise StoreError(stats["store/error"])
        is_stopped = attention is None or stats.get("finish_reason") == "shutdown"
        if is_stopped and not self.crawler_process.bootstrap_failed:
            begun = "downloader/response_count" in stats
            told = "in the middle; what was stored is kept" if begun else "before the first answer"
            print(f"Stopped {told}.", file=sys.stderr)
        if is_stopped or attention or self.crawler_process.bootstrap_failed:
            self.exitcode = 1

    def _fail(self, error: Exception, status: int) -> None:
        print(error, file=sys.stderr)
        self.exitcode = status


def _is_news(record: logging.LogRecord) -> bool:
    """Not how Scrapy is set up: fifty lines, before the first that tells of the crawl."""
    return record.levelno != logging.INFO or not str(record.msg).startswith(("Enabled", "Overridden"))
