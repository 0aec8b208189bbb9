"""The database file: opened, made, recognised, and written by one process at a time."""

import fcntl
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, Any

from crawler.store.panel import panel_schema
from crawler.store.totals import totals_schema

APPLICATION_ID = 0x6E62616F  # "nbao": tells our databases from others
SCHEMA_VERSION = 7  # raised by every change of schema.sql, of the forms' cells or of the rules of identity
OUR_FAULTS = (None, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISUSE)  # wrong SQL, not a file in trouble
ROWS = 100  # of up to 9 columns in one statement: older SQLites take no more than 999 values
# KiB of pages kept in mind: with SQLite's own 2 MiB a save into 50,000 reports reads twice as many as into 1,000
CACHE = 16 << 10
CHECKPOINT = 4000  # pages of the log, some 50 reports, between two writings of them into the database
STATEMENTS = 256  # remembered by a connection: one for each number of rows that reports have of a table
REBUILD = (
    "move it away and rebuild it with `scrapy reparse` (from the archive) or `scrapy load` (from JSON lines)"
)
PATIENCE = 10_000  # ms to wait for somebody else's transaction; ours take a few


Cell = tuple[str, str, str, str]  # table, row, column, unit


class Database(sqlite3.Connection):
    """A connection that remembers the rows of `cells`."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cells: dict[Cell, int] = {}


class StoreError(Exception):
    """The database cannot be used; the message is one line that says which file, why, and what to do."""


def open_database(path: Path | str) -> sqlite3.Connection:
    """The database at `path`, made when there is none. Every statement commits by itself outside `transaction`.

    Raises StoreError: another program's file, an older schema, read-only, locked, disk full.
    """
    path = Path(path)
    with _errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(
            path,
            timeout=PATIENCE / 1000,
            isolation_level=None,
            factory=Database,
            cached_statements=STATEMENTS,
        )
        try:
            _prepare(db, path)
        except BaseException:
            db.close()
            raise
    return db


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    if not _is_current(db, path):
        # readers, as Datasette, never wait for the writer nor it for them
        db.execute("PRAGMA journal_mode = WAL")
        with transaction(db):
            if not _is_current(db, path):  # nobody else made it meanwhile
                _make(db)
    db.execute("PRAGMA synchronous = NORMAL")  # with WAL: a killed process loses nothing that was committed
    db.execute("PRAGMA secure_delete = OFF")  # Debian has it ON: what the index merges need not be wiped
    db.execute(f"PRAGMA cache_size = {-CACHE}")
    db.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return
    raise StoreError(f"{path}: read-only: the database and its directory must be writable")


def _is_current(db: sqlite3.Connection, path: Path) -> bool:
    """False for an empty file; raises StoreError for anything but a database of this schema."""
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if application == APPLICATION_ID and version == SCHEMA_VERSION:
        return True
    if application == APPLICATION_ID:
        age = "an older" if version < SCHEMA_VERSION else "a newer"
        raise StoreError(
            f"{path}: made by {age} version of Nianbao (schema {version}, now {SCHEMA_VERSION}): {REBUILD}"
        )
    if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise StoreError(f"{path}: a database of another program; name another file")
    return False


def _make(db: sqlite3.Connection) -> None:
    schema = (Path(__file__).parents[1] / "schema.sql").read_text(encoding="utf-8")
    for statement in (*_statements(schema), *panel_schema(), *totals_schema()):
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: executescript() would commit before it starts."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, and the right to write from the start: a reader turned writer half-way would find it taken.

    Raises StoreError when the database is locked for longer than PATIENCE, read-only, or the disk is full.
    """
    with _errors(db):
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            if isinstance(db, Database):
                db.cells.clear()
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def insert_rows(
    db: sqlite3.Connection, table: str, columns: Iterable[str], rows: Sequence[Sequence[object]]
) -> None:
    """Rows of one table, ROWS to a statement: half the time of a statement for each."""
    marks = f"({', '.join('?' for _ in columns)})"
    for start in range(0, len(rows), ROWS):
        some = rows[start : start + ROWS]
        insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([marks] * len(some))}"
        db.execute(insert, [*chain.from_iterable(some)])


@contextmanager
def _errors(file: Path | sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{_name(file)}: {_reason(error)}") from error
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) in OUR_FAULTS or isinstance(
            error, sqlite3.IntegrityError
        ):
            raise
        raise StoreError(f"{_name(file)}: {_reason(error)}") from error


def _name(file: Path | sqlite3.Connection) -> str:
    return str(file if isinstance(file, Path) else file.execute("PRAGMA database_list").fetchone()[2])


def _reason(error: Exception) -> str:
    said = getattr(error, "strerror", None) or str(error)
    advice = {
        "database is locked": "locked by another program for too long; nothing was stored, try again later",
        "database or disk is full": "the disk is full; nothing was stored half",
        "disk I/O error": "the disk is full or failing; nothing was stored half",
        "attempt to write a readonly database": "read-only",
        "unable to open database file": "cannot be opened: does the directory exist, and may you write there?",
        "file is not a database": "not a database; name another file",
        "database disk image is malformed": f"damaged: {REBUILD}",
    }
    return advice.get(said, said)


@contextmanager
def only_writer(path: Path | str) -> Iterator[None]:
    """Hold the database for writing through a whole run; the lock dies with the process.

    Raises StoreError when another process holds it.
    """
    path = Path(path)
    with _errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_name(path.name + ".lock").open("a+") as lock:
            _take(lock, path)
            yield


def _take(lock: IO[str], path: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        holder = f" (process {pid})" if (pid := lock.read().strip()) else ""
        raise StoreError(f"{path}: another run is writing to it{holder}; wait until it ends") from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
