"""The metadata of the explorer says something of every table, view and column, and of nothing else."""

import re
from typing import Any

import pytest

pytest.importorskip("datasette", reason="the explorer's tests need the extra [explore]")

from crawler.store import open_database
from tests.explore import Site, folder

HELPERS = re.compile(r"revisions_fts_|sqlite_")  # of SQLite's own


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(folder(tmp_path_factory.mktemp("site"), []))


@pytest.fixture(scope="module")
def described(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = site.datasette.metadata("databases")["reports"]["tables"]
    return found


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The columns of every table and view that the schema makes."""
    db = open_database(tmp_path_factory.mktemp("database") / "reports.db")
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    found = {
        name: {row[1] for row in db.execute(f'PRAGMA table_info("{name}")')}
        for name in names
        if not HELPERS.match(name)
    }
    db.close()
    return found


def test_every_table_and_view_is_described_and_nothing_else(
    described: dict[str, Any], columns: dict[str, set[str]]
) -> None:
    assert described.keys() == columns.keys()


def test_every_column_is_described_and_nothing_else(
    described: dict[str, Any], columns: dict[str, set[str]]
) -> None:
    for name, names in columns.items():
        assert described[name]["columns"].keys() == names, name


def test_every_description_is_in_both_languages(described: dict[str, Any]) -> None:
    for name, table in described.items():
        assert re.search(r"[A-Za-z]", table["title"]), name
        assert re.search(r"[\u4e00-\u9fff]", table["title"]), name
        for column, words in table["columns"].items():
            assert re.search(r"[A-Za-z]", words), (name, column)
            assert re.search(r"[\u4e00-\u9fff]|ETag", words), (name, column)


def test_counts_tell_their_unit(described: dict[str, Any]) -> None:
    panel = described["report_panel"]["columns"]
    assert "件" in panel["requests_new_received_total"]
    assert "万元" in panel["disclosure_fees_amount"]
    assert "本年新收政府信息公开申请数量" in panel["requests_new_received_total"]


def test_sorts_facets_labels_and_searches_name_columns(
    described: dict[str, Any], columns: dict[str, set[str]]
) -> None:
    for name, table in described.items():
        named = {table.get(key) for key in ("sort", "sort_desc", "label_column", "fts_pk")} - {None}
        assert named | set(table.get("facets", [])) <= columns[name], name


def test_helper_tables_are_hidden(site: Site) -> None:
    shown = site.get("/reports.json?_shape=objects")
    visible = re.findall(r'"name": "(\w+)"[^{}]*?"hidden": false', shown)
    assert {"reports", "issuers", "checks"} <= set(visible)
    assert not {"panel", "figure_values", "shingles", "revisions_fts", "revisions_fts_data"} & set(visible)
