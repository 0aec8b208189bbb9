"""A disk that fills up in mid-crawl: one line, exit status 1, and the next run ends what was begun."""

import resource
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import connect

from crawler.store.database import open_database
from tests.portals import running_portals
from tests.portals.crawling import crawl, records, run_of, stored
from tests.records import assert_whole


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file of a process started here may grow beyond so many bytes, as on a disk that is full."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_a_disk_that_fills_up_costs_no_report(tmp_path: Path) -> None:
    with running_portals(["trs"]) as running:
        portal = running["trs"]
        open_database(tmp_path / "output" / "reports.db").close()
        with files_of_at_most(700_000):
            full = crawl(tmp_path, [portal])
        assert full.returncode == 1
        assert "Traceback" not in full.stdout + full.stderr
        assert "cannot store" in full.stdout.splitlines()[-1]
        assert full.stderr.splitlines()[-1].endswith("the disk is full or failing; nothing was stored half")
        assert len(records(tmp_path)) == len(stored(tmp_path, "trs")) < len(portal.portal.reports)
        with closing(connect(tmp_path / "output" / "reports.db")) as db:
            assert_whole(db)

        assert crawl(tmp_path, [portal]).returncode == 0
        assert len(stored(tmp_path, "trs")) == len(portal.portal.reports) == len(records(tmp_path))


def test_a_line_that_found_no_room_is_written_by_the_next_run(tmp_path: Path) -> None:
    with running_portals(["trs"]) as running:
        full = crawl(tmp_path, running.values(), FEEDS='{"file:///dev/full": {"format": "jsonlines"}}')
        assert full.returncode == 1
        assert "Traceback" not in full.stdout + full.stderr
        assert full.stderr.splitlines()[-1] == "/dev/full: No space left on device"
        assert run_of(tmp_path, "trs")["outcome"] == "reached"
        assert crawl(tmp_path, running.values()).returncode == 0
        assert len(records(tmp_path)) == len(running["trs"].portal.reports)
