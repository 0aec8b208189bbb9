"""The reporting bodies (发布主体), with their names as printed."""

import sqlite3

from parsers.identity import canonical_name
from parsers.report import Report


def note_issuer(db: sqlite3.Connection, report: Report) -> int:
    """The row of the report's body, made when there is none, with this spelling of its name."""
    key = canonical_name(report.issuer)
    row = db.execute("SELECT id FROM issuers WHERE key = ?", (key,)).fetchone()
    issuer: int = row[0] if row else _make(db, key, report.issuer)
    names = [name for (name,) in db.execute("SELECT name FROM issuer_names WHERE issuer = ?", (issuer,))]
    if report.issuer not in names:
        db.execute("INSERT INTO issuer_names VALUES (?, ?)", (issuer, report.issuer))
        if names:
            fullest = min((*names, report.issuer), key=lambda name: (-len(name), name))
            update = "UPDATE issuers SET name = ?, subsequence = ? WHERE id = ?"
            db.execute(update, (fullest, _subsequence(fullest), issuer))
    return issuer


def _make(db: sqlite3.Connection, key: str, name: str) -> int:
    insert = "INSERT INTO issuers (key, name, subsequence) VALUES (?, ?, ?)"
    issuer = db.execute(insert, (key, name, _subsequence(name))).lastrowid
    assert issuer
    return issuer


def _subsequence(name: str) -> str:
    """A LIKE pattern for names that hold the characters of this one in their order.

    >>> _subsequence("市民宗局")
    '%市%民%宗%局%'
    """
    return f"%{'%'.join(name)}%"


def judge_issuer(db: sqlite3.Connection, issuer: int) -> None:
    """The body's region, from its latest report, and its code: the one met most often in its index numbers."""
    db.execute(
        """
        UPDATE issuers SET
            region_code = (
                SELECT region_code FROM reports JOIN revisions ON revisions.id = current
                WHERE reports.issuer = issuers.id ORDER BY year DESC, region_code LIMIT 1
            ),
            code = (
                SELECT issuer_code FROM reports JOIN revisions ON report = reports.id
                WHERE reports.issuer = issuers.id AND issuer_code IS NOT NULL
                GROUP BY issuer_code ORDER BY count(*) DESC, issuer_code LIMIT 1
            )
        WHERE id = ?
        """,
        (issuer,),
    )
