"""What the database says when it cannot be used, and the one process that may write it."""

import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.store import save
from crawler.store.database import APPLICATION_ID, StoreError, only_writer, open_database
from tests.records import checked_database, report


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with checked_database(tmp_path / "reports.db") as opened:
        yield opened


def one(db: sqlite3.Connection, sql: str, *values: object) -> object:
    return db.execute(sql, values).fetchone()[0]


def test_a_locked_database_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.store.database.PATIENCE", 50)
    path = tmp_path / "reports.db"
    with checked_database(path) as db:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"^.*reports\.db: locked by another program.*$"):
            save(db, report())
        other.execute("ROLLBACK")
        other.close()
        assert save(db, report()) == "new"


def test_a_second_run_leaves_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "reports.db"
    with only_writer(path):
        second = only_writer(path)
        with pytest.raises(StoreError, match=r"another run is writing to it \(process \d+\)"):
            second.__enter__()
    with only_writer(path):
        pass


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    path = tmp_path / "reports.db"
    hold = f"from crawler.store.database import only_writer\nwith only_writer({str(path)!r}): print('held', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreError, match=str(holder.pid)), only_writer(path):
            pass
        holder.kill()
        holder.wait()
    with only_writer(path):
        pass


def test_an_older_schema_is_told_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "reports.db"
    with checked_database(path) as db:
        db.execute("PRAGMA user_version = 0")
    with pytest.raises(StoreError, match=r"older version.*scrapy reparse"):
        open_database(path)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "reports.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        open_database(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "reports.db"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="not a database"):
        open_database(path)


def test_a_damaged_database_is_told_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "reports.db"
    with checked_database(path) as db:
        pass
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(StoreError, match=r"damaged: .*scrapy reparse"):  # noqa: PT012
        db = open_database(path)
        save(db, report())


def test_the_database_tells_what_it_is(db: sqlite3.Connection) -> None:
    assert one(db, "PRAGMA application_id") == APPLICATION_ID
    assert one(db, "PRAGMA journal_mode") == "wal"
    assert one(db, "PRAGMA foreign_keys") == 1


FILL = """
import resource, signal, sys
from crawler.store.database import StoreError, open_database
from crawler.store import save
from tests.records import report
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
db = open_database(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))
try:
    for year in range(1000, 9000):
        save(db, report(year=year))
        print(year, flush=True)
except StoreError as error:
    print(error, file=sys.stderr)
    sys.exit(1)
"""


def test_a_full_disk_leaves_whole_reports_only(tmp_path: Path) -> None:
    """A limit on the size of files stands in for the disk: it answers where a full disk would."""
    path = tmp_path / "reports.db"
    ran = subprocess.run(
        [sys.executable, "-c", FILL, str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 1, ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert re.fullmatch(r".*reports\.db: .*full.*\n", ran.stderr)
    stored = len(ran.stdout.split())
    with checked_database(path) as db:
        assert one(db, "SELECT count(*) FROM reports") == stored > 10
        assert one(db, "SELECT count(*) FROM sections") == 3 * stored
        assert save(db, report()) == "new"


READ_ONLY = """
import os, sys
from crawler.store.database import StoreError, open_database
if os.getuid() == 0:  # root may write anywhere
    os.setgid(65534)
    os.setuid(65534)
try:
    open_database(sys.argv[1])
except StoreError as error:
    print(error)
"""


def test_a_read_only_database_is_told_in_one_line() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "reports.db")
        with checked_database(path):
            pass
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        ran = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(path)], capture_output=True, text=True, check=False
        )
        Path(folder).chmod(0o755)
    assert re.fullmatch(r".*reports\.db: .*(read-only|may you write).*\n", ran.stdout), (
        ran.stdout + ran.stderr
    )
