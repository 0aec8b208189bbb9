"""Passages that reports share: stretches of 16 characters, compared as sets, and a sample of them kept to find them by."""

import sqlite3
from collections.abc import Sequence
from zlib import crc32

from crawler.store.database import insert_rows
from parsers.characters import squeeze
from parsers.report import Report

LENGTH = 16  # characters: longer than a name of an office or of a law, shorter than most sentences
SAMPLED = 128  # one stretch of so many is kept, chosen by its hash: the same ones in every text
LONGEST = 200_000  # characters of a report that are compared


def prose(texts: Sequence[str], issuer: str) -> str:
    """The text of a report's sections, without white space and the name of the body."""
    return squeeze("".join(texts).replace(issuer, ""))[:LONGEST]


def shingles(text: str) -> list[int]:
    """A hash of every stretch of 16 characters, in the order of the text."""
    data = text.encode("utf-32-le", "replace")
    return [crc32(data[place : place + 4 * LENGTH]) for place in range(0, len(data) - 4 * LENGTH + 1, 4)]


def sample(text: str) -> set[int]:
    """The stretches by which texts that share passages find each other."""
    return {shingle for shingle in shingles(text) if shingle % SAMPLED == 0}


def keep_shingles(db: sqlite3.Connection, revision: int, report: Report) -> None:
    found = sample(prose([section.text for section in report.sections], report.issuer))
    insert_rows(db, "shingles", ("shingle", "revision"), [(shingle, revision) for shingle in sorted(found)])


def forget_shingles(db: sqlite3.Connection, revision: int) -> None:
    """Forget those of what the revision says now; to be called before that changes."""
    rows = [(shingle, revision) for shingle in _sample_of(db, revision)]
    db.executemany("DELETE FROM shingles WHERE shingle = ? AND revision = ?", rows)


def _sample_of(db: sqlite3.Connection, revision: int) -> set[int]:
    issuer = db.execute("SELECT issuer FROM revisions WHERE id = ?", (revision,)).fetchone()[0]
    rows = db.execute("SELECT text FROM sections WHERE revision = ? ORDER BY position", (revision,))
    return sample(prose([row[0] for row in rows], issuer))
