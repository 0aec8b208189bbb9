"""scrapy load: JSON lines into the database, from other machines or another time."""

import glob
import gzip
import sys
from argparse import Namespace
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator
from io import BufferedReader
from itertools import islice
from pathlib import Path
from sqlite3 import Connection
from typing import IO, ClassVar, cast

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.items import expect_past
from crawler.store import save_all
from crawler.store.crawl_log import forget_unread_file
from crawler.store.database import StoreError, only_writer, open_database, transaction
from crawler.terminal import progress, say, speak_utf8, uninterrupted
from crawler.unread_files import merge_unread_file, unread_file_of
from parsers.identity import identified
from parsers.report import Report, from_line

TOLD = 10  # lines of a file that are no records, told one by one: a file of another kind has nothing else
TOGETHER = 100  # reports in one transaction: a third of a second, in which another writer has to wait


class Command(ScrapyCommand):
    """Exit status 0: all lines are in the database; 1: a file or a line is not, and which one is said; 2: wrong usage."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "<file.jsonl or file.jsonl.gz or -> ..."

    def short_desc(self) -> str:
        return "Merge JSON lines into the database; loading twice changes nothing"

    def long_desc(self) -> str:
        return (
            "Merge the records of an export into the database, in any order and any number of times. A line that is"
            " no record is named by file and number, and the rest is loaded."
        )

    def run(self, args: list[str], opts: Namespace) -> None:
        if not args:
            raise UsageError("name at least one file, or - for standard input")
        if unknown := [arg for arg in args if arg.startswith("-") and arg != "-"]:
            raise UsageError(f"no such option: {' '.join(unknown)}")
        speak_utf8()
        assert self.settings is not None
        database = Path(self.settings["DATABASE"])
        try:
            with only_writer(database):
                self._load(database, args)
        except StoreError as error:
            self._complain(str(error))
        except KeyboardInterrupt:
            self._complain(
                "stopped; what is counted above is loaded, and loading again changes nothing of it"
            )

    def _load(self, database: Path, args: list[str]) -> None:
        db = open_database(database)
        answers: Counter[str] = Counter()
        try:
            for name in _files(args):
                reports = self._reports(name, db)
                while batch := list(islice(reports, TOGETHER)):
                    with uninterrupted():
                        answers.update(save_all(db, batch))
                        with transaction(db):
                            sources = (report.source for report in batch)
                            read = (url for one in sources for url in (one.url, one.requested_url) if url)
                            forget_unread_file(db, *read)
                    progress(answers.total(), "reports loaded", TOGETHER)
        finally:
            progress(0)
            db.close()
            words = ", ".join(
                f"{answers[word]} {word}" for word in ("new", "revised", "duplicate", "unchanged")
            )
            say(f"{database}: {words}")

    def _reports(self, name: str, db: Connection) -> Iterator[Report]:
        """The records of a file; what is none, and where the file breaks off, is complained of.

        Files that a worker could not read are merged on the way.
        """
        number = bad = 0
        try:
            with _opened(name) as lines:
                for number, line in enumerate(lines, 1):
                    if not line.strip():
                        continue
                    try:
                        line = line.removeprefix(BOM_UTF8)  # of each file that `cat` put together
                        if unread := unread_file_of(line):
                            expect_past(unread.at, "fetched at")
                            merge_unread_file(db, unread)
                            continue
                        report = identified(from_line(line))
                        expect_past(report.source.fetched_at, "fetched at")
                    except ValueError as error:
                        bad += 1
                        if bad <= TOLD:
                            self._complain(f"{name}:{number}: {error}")
                    else:
                        yield report
        except (OSError, EOFError) as error:
            self._complain(
                f"{name}:{f'{number + 1}:' if number else ''} {getattr(error, 'strerror', None) or error}"
            )
        if bad > TOLD:
            self._complain(f"{name}: and {bad - TOLD} more lines that are no records")

    def _complain(self, line: str) -> None:
        print(line, file=sys.stderr)
        self.exitcode = 1


def _files(args: list[str]) -> Iterator[str]:
    """The files meant, patterns that no shell has expanded too; a name that matches nothing stays, to be reported."""
    for arg in args:
        if arg == "-" or Path(arg).exists():
            yield arg
        else:
            yield from sorted(glob.glob(arg)) or [arg]  # noqa: PTH207 (a pattern may begin anywhere)


def _opened(name: str) -> IO[bytes]:
    """The lines as bytes, so that one that is not UTF-8 is only that line's fault."""
    file = cast(BufferedReader, sys.stdin.buffer if name == "-" else Path(name).open("rb"))  # noqa: SIM115 (closed by the caller)
    return cast(IO[bytes], gzip.open(file)) if file.peek(2)[:2] == b"\x1f\x8b" else file
