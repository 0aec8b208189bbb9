"""scrapy demo: the demo portals on this machine, crawled into the database by the real spider."""

import contextlib
import shlex
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.terminal import speak_utf8, table, uninterrupted

PORTS_FROM = 8711  # the same from run to run, so that the second run finds its pages unchanged
SHORTENED = {"DOWNLOAD_DELAY": 0.05, "BACKOFF": 0.2}  # seconds, on loopback only; elsewhere see settings.py


class Command(ScrapyCommand):
    """Exit status 0: done, or stopped by Ctrl-C; 1: the crawl failed, or the demo portals are not here."""

    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        return "Crawl the demo portals on this machine into the database"

    def add_options(self, parser: ArgumentParser) -> None:
        super().add_options(parser)

    def run(self, args: list[str], opts: Namespace) -> None:
        if args:
            raise UsageError("takes no arguments")
        speak_utf8()
        signal.signal(signal.SIGINT, signal.default_int_handler)  # `make demo` starts without one
        assert self.settings is not None
        database = Path(self.settings["DATABASE"])
        try:
            with _portals() as running, tempfile.TemporaryDirectory() as folder:
                print(f"Started {len(running)} demo portals on this machine:")
                print("\n".join(f"  {one.start_url:<32} {one.portal.name}" for one in running))
                status = _crawl(Path(folder), running)
        except ModuleNotFoundError:
            print("The demo portals stand in tests/: run this in a checkout of Nianbao.", file=sys.stderr)
            self.exitcode = 1
            return
        except KeyboardInterrupt:
            print("\nStopped. What was found is kept; `make demo` goes on from there.")
            return
        if status or not database.exists():
            print(f"The crawl failed (exit status {status}); its own words stand above.", file=sys.stderr)
            self.exitcode = 1
            return
        ids = [one.portal.id for one in running]
        print("\n" + table(_rows(database, ids), HEADINGS))
        print(
            f"\n  {database}      every report with sections, figures and checks\n  {_feed(self)}   one JSON record a line"
        )
        print("\nLook at them in Datasette: make explore")


@contextlib.contextmanager
def _portals() -> Iterator[list[Any]]:
    """The friendly demo portals, at their usual ports unless another program has those."""
    from tests.portals import FRIENDLY, running_portals

    with contextlib.ExitStack() as stack:
        try:
            running = stack.enter_context(running_portals(FRIENDLY, PORTS_FROM))
        except OSError:
            running = stack.enter_context(running_portals(FRIENDLY))
        yield list(running.values())


def _crawl(folder: Path, running: list[Any]) -> int:
    """Exit status of a crawl of these portals, in a process of its own: on Ctrl-C it ends first, then we do."""
    from tests.portals import registry_csv

    registry = folder / "portals.csv"
    registry.write_text(registry_csv(running), encoding="utf-8")
    changed = {"PORTALS_FILE": registry, **SHORTENED}
    settings = [word for name, value in changed.items() for word in ("-s", f"{name}={value}")]
    arguments = ["crawl", "annual_reports", *settings]
    print(
        f"\nCrawling them, with pauses shortened as this is loopback:\n  scrapy {shlex.join(arguments)}\n",
        flush=True,
    )
    command = [sys.executable, "-m", "scrapy", *arguments, "-s", "LOG_LEVEL=WARNING"]
    # Ctrl-C must not fall between the start of the process and our knowing of it. The table is ours below, with other
    # columns; a session of its own keeps Ctrl-C from reaching the crawl too.
    with (
        uninterrupted() as stop,
        subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as crawl,
    ):
        while crawl.poll() is None and not stop:
            time.sleep(0.1)
        if stop:
            crawl.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                crawl.wait(10)
            crawl.kill()
    return crawl.returncode


HEADINGS = ("portal", "requests", "reports", "revisions", "failed checks")

COUNTS = """
    SELECT portals.name, run_portals.requests, count(DISTINCT revisions.report), count(DISTINCT revisions.id),
        (SELECT count(*) FROM checks WHERE passed = 0 AND revision IN
            (SELECT revision FROM sightings WHERE sightings.portal = portals.id))
    FROM portals
    LEFT JOIN run_portals ON run_portals.portal = portals.id AND run_portals.run = (SELECT max(id) FROM runs)
    LEFT JOIN sightings ON sightings.portal = portals.id
    LEFT JOIN revisions ON revisions.id = sightings.revision
    WHERE portals.portal = ?
    GROUP BY portals.id
"""


def _rows(database: Path, ids: list[str]) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(database)) as db:
        return [row for portal in ids for row in db.execute(COUNTS, (portal,))]


def _feed(command: ScrapyCommand) -> str:
    assert command.settings is not None
    return next(iter(command.settings.getdict("FEEDS")), "output/reports.jsonl")
