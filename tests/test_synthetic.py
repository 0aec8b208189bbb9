"""The synthetic database of the benchmark is a real one: whole, searchable, and counted by the same totals."""

import sqlite3
from contextlib import closing
from pathlib import Path

from crawler.store.search import match_expression
from tests.records import assert_whole
from tests.synthetic import build

REPORTS, PROTOTYPES = 60, 12


def test_a_small_one_is_whole(tmp_path: Path) -> None:
    build(tmp_path / "reports.db", REPORTS, PROTOTYPES)
    with closing(sqlite3.connect(tmp_path / "reports.db")) as db:
        assert_whole(db)
        count = "SELECT count(*) FROM "
        for table in ("reports", "report_totals", "report_panel", "current_reports"):
            assert db.execute(count + table).fetchone() == (REPORTS + PROTOTYPES,), table
        (failed,) = db.execute(count + "failed_checks").fetchone()
        for table in ("report_totals", "report_failures"):
            assert db.execute(f"SELECT sum(failed) FROM {table}").fetchone() == (failed,) != (0,)
        found = db.execute(count + "revisions_fts WHERE revisions_fts MATCH ?", (match_expression("北京市"),))
        assert found.fetchone() >= (REPORTS // 2,)
