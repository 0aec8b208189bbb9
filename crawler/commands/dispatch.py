"""scrapy dispatch: the registry's portals into the queue of the workers, and what they are doing."""

import sqlite3
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.conf import arglist_to_dict

from crawler.portals import Portal, RegistryError, load_portals, select
from crawler.terminal import speak_utf8, table

ARGUMENTS = ("portal", "region", "family")
INSTALL = "This needs the extra [cluster]: pip install -e '.[cluster]'"


class Command(ScrapyCommand):
    """Exit status 0: done; 1: no queue, or portals that somebody must look at; 2: wrong usage."""

    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        return "Queue portals for the workers of many machines, those due first"

    def long_desc(self) -> str:
        return (
            "Queue the portals that were not visited for some time; those named by id always. A portal that is waiting"
            " or being crawled is never queued twice; one whose worker was lost is queued again. So it may run at any"
            " time, as every ten minutes from cron."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-a",
            dest="spargs",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help=f"which portals, as for the crawl: {', '.join(ARGUMENTS)}",
        )
        parser.add_argument(
            "--status", action="store_true", help="print what is waiting and running; queue nothing"
        )

    def run(self, args: list[str], opts: Namespace) -> None:
        speak_utf8()
        try:
            import crawler.cluster  # noqa: F401
        except ModuleNotFoundError as missing:
            self._fail(f"{missing}. {INSTALL}", 1)
            return
        from redis.exceptions import RedisError

        try:
            chosen, named = self._chosen(args, opts)
            self._status(chosen) if opts.status else self._dispatch(chosen, named)
        except RegistryError as error:
            self._fail(str(error), 2)
        except RedisError as error:
            self._fail(f"no queue: {error}", 1)
        except sqlite3.Error as error:
            assert self.settings is not None
            self._fail(f"{self.settings['DATABASE']}: {error}", 1)

    def _chosen(self, args: list[str], opts: Namespace) -> tuple[tuple[Portal, ...], bool]:
        """The portals asked for, and whether by id. Raises RegistryError."""
        try:
            given = arglist_to_dict(opts.spargs)
        except ValueError:
            raise UsageError("-a takes NAME=VALUE") from None
        if args or (unknown := set(given) - set(ARGUMENTS)):
            said = " ".join(args) or ", ".join(sorted(unknown))
            raise UsageError(f"unknown argument: {said}; known: {', '.join(ARGUMENTS)}")
        assert self.settings is not None
        portals = load_portals(Path(self.settings["PORTALS_FILE"]))
        return select(portals, **given), bool(given.get("portal"))

    def _dispatch(self, chosen: tuple[Portal, ...], named: bool) -> None:
        from crawler.cluster import app, visit
        from crawler.fleet.claims import Board
        from crawler.fleet.dispatch import dispatch, due_portals

        assert self.settings is not None
        board = Board(app.conf.broker_url, tries=3)
        portals = list(chosen) if named else due_portals(chosen, board.visits(), datetime.now(UTC))
        queued = dispatch(board, visit, portals, Path(self.settings["DATABASE"]))
        waiting = len(board.wanted())
        board.close()
        print(f"{len(queued)} portals queued of {len(chosen)}; {waiting} are waiting or being crawled")

    def _status(self, chosen: tuple[Portal, ...]) -> None:
        from crawler.cluster import app
        from crawler.fleet.claims import Board
        from crawler.fleet.dispatch import lost_tasks

        board = Board(app.conf.broker_url, tries=3)
        ids = {portal.id for portal in chosen}
        lost = set(lost_tasks(board)) & ids
        running = {portal: one for portal, one in board.running().items() if portal in ids - lost}
        waiting = set(board.wanted()) & ids - set(running) - lost
        visits = {portal: one for portal, one in board.visits().items() if portal in ids}
        board.close()
        print(
            f"{len(waiting)} waiting, {len(running)} running, {len(lost)} lost, {len(visits)} of {len(ids)} visited"
        )
        if lost:
            print("What was lost is queued again by `scrapy dispatch`.")
        if running:
            rows = [(portal, one.worker, one.since) for portal, one in sorted(running.items())]
            print("\n" + table(rows, ("running", "worker", "since")))
        outcomes = Counter(visit.outcome for visit in visits.values())
        if outcomes:
            print("\n" + table(outcomes.most_common(), ("last visit", "portals")))
        unwell = [
            (portal, visit.reason or visit.outcome, visit.ended)
            for portal, visit in sorted(visits.items())
            if visit.outcome != "reached"
        ]
        if unwell:
            print("\n" + table(unwell, ("not reached", "why", "last visit")))

    def _fail(self, said: str, status: int) -> None:
        print(said, file=sys.stderr)
        self.exitcode = status
