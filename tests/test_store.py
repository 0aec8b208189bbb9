"""What is saved, which revision is current, and what the views make of it."""

import itertools
import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.portals import Portal
from crawler.store import keep, save, store_portals
from crawler.store.database import transaction
from tests.records import checked_database, content, report


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with checked_database(tmp_path / "reports.db") as opened:
        yield opened


def one(db: sqlite3.Connection, sql: str, *values: object) -> object:
    return db.execute(sql, values).fetchone()[0]


def current(db: sqlite3.Connection) -> object:
    return one(db, "SELECT fingerprint FROM reports JOIN revisions ON revisions.id = current")


# The four answers


def test_answers(db: sqlite3.Connection) -> None:
    first = report()
    assert save(db, first) == "new"
    assert save(db, first) == "unchanged"
    assert save(db, report(url="http://mzj.hangzhou.gov.cn/1.html")) == "duplicate"
    assert save(db, report(received=4)) == "revised"
    assert save(db, report(received=4)) == "unchanged"
    assert save(db, report(year=2021)) == "new"
    counts = [one(db, f"SELECT count(*) FROM {table}") for table in ("reports", "revisions", "sightings")]
    assert counts == [2, 3, 4]


def test_seeing_again_moves_last_seen_only(db: sqlite3.Connection) -> None:
    save(db, report(fetched_at="2026-01-01T00:00:00+00:00"))
    save(db, report(fetched_at="2026-03-01T00:00:00+00:00"))
    save(db, report(fetched_at="2026-02-01T00:00:00+00:00"))  # a clock moved back, or a file loaded late
    seen = db.execute("SELECT first_seen, last_seen FROM sightings").fetchall()
    assert seen == [("2026-01-01T00:00:00+00:00", "2026-03-01T00:00:00+00:00")]


def test_nothing_is_remembered_of_a_save_that_was_taken_back(db: sqlite3.Connection) -> None:
    known = report()
    with suppress(KeyboardInterrupt), transaction(db):
        keep(db, known)
        raise KeyboardInterrupt
    save(db, replace(known, figures=known.figures[::-1]))
    cells = db.execute('SELECT "table", row, "column", value FROM figures ORDER BY position DESC').fetchall()
    assert cells == [(f.table, f.row, f.column, f.value) for f in known.figures]


def test_blank_is_null_and_raw_is_as_printed(db: sqlite3.Connection) -> None:
    save(db, report(received=0))
    figures = db.execute('SELECT row, "column", value, raw, unit FROM figures ORDER BY position').fetchall()
    assert figures == [
        ("new_received", "natural", 0, "0", "件"),
        ("new_received", "business", None, "", "件"),
        ("new_received", "total", 0, "0", "件"),
        ("procurement", "amount", 25.5, "25.50", "元"),
    ]


def test_a_number_beyond_all_offices_is_kept(db: sqlite3.Connection) -> None:
    first = report()
    huge = replace(first.figures[0], value=10**30, raw="1" + "0" * 30)
    save(db, replace(first, figures=(huge,)))
    assert one(db, "SELECT raw FROM figures") == "1" + "0" * 30


# Which revision is current


def test_the_revision_published_last_is_current_in_whatever_order_they_come(tmp_path: Path) -> None:
    old = report(received=3, published_on="2021-01-11")
    new = report(received=4, published_on="2021-03-01", url="http://www.hangzhou.gov.cn/art/2.html")
    reposted = replace(old, source=replace(old.source, url="http://old.hangzhou.gov.cn/1.html"))
    reposted = replace(reposted, header=replace(old.header, published_on="2022-05-05"))
    for number, records in enumerate(itertools.permutations((old, new, reposted))):
        with checked_database(tmp_path / f"{number}.db") as db:
            for record in records:
                save(db, record)
            assert current(db) == new.fingerprint


def test_a_correction_at_the_same_address_is_current(db: sqlite3.Connection) -> None:
    save(db, report(received=4, fetched_at="2026-02-02T00:00:00+00:00"))
    save(db, report(received=3, fetched_at="2026-02-01T00:00:00+00:00"))
    assert current(db) == report(received=4).fingerprint


def test_a_date_misprinted_for_a_later_one_does_not_hold_corrections_off(db: sqlite3.Connection) -> None:
    save(db, report(received=3, published_on="2062-01-20", fetched_at="2026-02-01T00:00:00+00:00"))
    save(db, report(received=4, published_on="2026-02-20", fetched_at="2026-03-01T00:00:00+00:00"))
    assert current(db) == report(received=4).fingerprint


@pytest.mark.parametrize("printed", [None, "2025-12-30"])
def test_what_takes_anothers_place_came_after_it_whatever_date_it_prints(
    tmp_path: Path, printed: str | None
) -> None:
    old = report(received=3, published_on="2026-01-20", fetched_at="2026-02-01T00:00:00+00:00")
    new = report(received=4, published_on=printed, fetched_at="2026-03-01T00:00:00+00:00")
    url = "http://mzj.hangzhou.gov.cn/1.html"
    elsewhere = report(received=5, published_on=printed, fetched_at="2026-04-01T00:00:00+00:00", url=url)
    for number, records in enumerate(itertools.permutations((old, new, elsewhere))):
        with checked_database(tmp_path / f"{number}.db") as db:
            for record in records:
                save(db, record)
            assert current(db) == new.fingerprint


def test_a_correction_that_was_taken_back_is_not(db: sqlite3.Connection) -> None:
    for day, received in ((1, 3), (2, 4), (3, 3)):
        save(db, report(received=received, fetched_at=f"2026-02-0{day}T00:00:00+00:00"))
    assert current(db) == report(received=3).fingerprint


def test_a_foreign_mirror_is_never_the_source_of_truth(db: sqlite3.Connection) -> None:
    true = report()
    mirror = report(received=99, url="http://www.hangzhou-gov.example.com/1.html", published_on="2025-01-01")
    save(db, mirror)
    assert current(db) == mirror.fingerprint  # nothing better is known
    save(db, true)
    assert current(db) == true.fingerprint
    assert save(db, report(url="http://mirror.example.com/1.html", published_on="2030-01-01")) == "duplicate"
    trusted = db.execute("SELECT url, trusted FROM sightings ORDER BY id").fetchall()
    assert [trust for _, trust in trusted] == [0, 1, 0]
    assert (
        one(db, "SELECT published_on FROM revisions WHERE fingerprint = ?", true.fingerprint) == "2021-01-11"
    )


def test_a_host_of_the_registry_is_trusted(db: sqlite3.Connection) -> None:
    portal = Portal(
        "x", "某市人民政府", "330100", "city", "auto", "http://www.some-city.cn/", ("xxgk.some-city.cn",)
    )
    store_portals(db, [portal])
    for url in (
        "http://www.some-city.cn/1",
        "http://xxgk.some-city.cn/1",
        "http://evil.cn/1",
        "http://me-city.cn/",
        "http://%/",
    ):
        save(db, report(url=url))
    assert [row[0] for row in db.execute("SELECT trusted FROM sightings ORDER BY id")] == [1, 1, 0, 0, 0]


def test_changes_between_two_revisions_can_be_read(db: sqlite3.Connection) -> None:
    save(db, report(received=3, text="旧。"))
    new = report(received=4, text="新。", fetched_at="2026-12-01T00:00:00+00:00")
    save(db, replace(new, sections=new.sections[:2]))
    changes = db.execute("SELECT kind, place, change, old_value, new_value FROM revision_changes").fetchall()
    assert sorted(changes) == [
        ("figure", "requests.new_received.natural", "changed", 3, 4),
        ("figure", "requests.new_received.total", "changed", 3, 4),
        ("section", "一 总体情况", "changed", "旧。", "新。"),
        ("section", "一（一） 主动公开", "removed", "公开信息若干条。", None),
    ]


def test_a_cell_that_became_blank_is_a_change(db: sqlite3.Connection) -> None:
    first = report()
    blank = replace(first.figures[0], value=None, raw="")
    save(db, first)
    save(db, replace(first, fingerprint="other", figures=(blank, *first.figures[1:])))
    changes = db.execute("SELECT place, change, old_value, new_value FROM revision_changes").fetchall()
    assert changes == [("requests.new_received.natural", "changed", 3, None)]


# Order makes no difference


def test_any_order_gives_the_same_database(tmp_path: Path) -> None:
    records = [
        report(received=3),
        report(received=4, fetched_at="2026-11-25T08:00:00+00:00"),
        report(received=3, url="http://mirror.example.com/1", fetched_at="2026-11-20T08:00:00+00:00"),
        report(received=3, fetched_at="2026-11-26T08:00:00+00:00", index_number="X/2021-1"),
        replace(report(issuer="杭州市民宗局"), title="简称"),
        report(issuer="杭州市民族宗教事务局", url="http://mzj.hangzhou.gov.cn/1", fetched_at=None),
    ]
    prose = "本年认真做好政府信息公开工作，主动公开的范围更广。" * 20
    records += [  # readings of one fetch that do not agree, and a body with the number and prose of another
        replace(records[0], title="又一读法", region_code=None, issuer_code=None),
        replace(records[0], source=replace(records[0].source, portal="mirror", status=404)),
        report(issuer="宁波市教育局", text=prose, url="http://www.ningbo.gov.cn/1"),
        report(issuer="杭州市教育局", text=prose, url="http://www.hangzhou.gov.cn/2"),
    ]
    dumps = []
    for number, order in enumerate((records, records[::-1], records[3:] + records[:3], records * 2)):
        with checked_database(tmp_path / f"{number}.db") as db:
            for record in order:
                save(db, record)
            dumps.append(content(db))
    assert dumps[0]["reports"]
    for dump in dumps[1:]:
        for table, rows in dump.items():
            assert rows == dumps[0][table], table


# Bodies that must stay apart, and what a person should look at


def test_two_bodies_with_one_index_number_stay_apart_and_are_listed(db: sqlite3.Connection) -> None:
    save(db, report(issuer="柴桑区农业农村局", index_number="000014349/2022-1"))
    save(db, report(issuer="新下陆街道办事处", index_number="000014349/2022-1", url="http://b.gov.cn/1"))
    assert one(db, "SELECT count(*) FROM issuers") == 2
    why = {row[0] for row in db.execute("SELECT why FROM uncertain_pairs")}
    assert "same index number, other body" in why


def test_one_text_under_two_names_is_listed(db: sqlite3.Connection) -> None:
    boilerplate = "认真贯彻落实政府信息公开条例。" * 30
    save(db, report(issuer="杭州市民政局", text=boilerplate, index_number="1"))
    save(db, report(issuer="宁波市教育局", text=boilerplate, index_number="2", url="http://nb.gov.cn/1"))
    pairs = db.execute("SELECT why, one, other FROM uncertain_pairs").fetchall()
    assert ("same text, other body", "宁波市教育局", "杭州市民政局") in pairs  # by name, not as they came


def test_an_abbreviation_in_the_same_region_is_listed(db: sqlite3.Connection) -> None:
    save(db, report(issuer="杭州市旅发委", index_number="1"))
    save(db, report(issuer="杭州市旅游发展委员会", index_number="2", url="http://b.gov.cn/1"))
    save(db, report(issuer="杭州市教育局", index_number="3", url="http://c.gov.cn/1"))
    if one(db, "SELECT count(*) FROM issuers") == 3:
        pairs = db.execute("SELECT why, one, other FROM uncertain_pairs").fetchall()
        assert ("similar names in one region", "杭州市旅发委", "杭州市旅游发展委员会") in pairs


# What is late, missing, carried over


def test_late_reports_know_the_two_dates(db: sqlite3.Connection) -> None:
    save(db, report(issuer="杭州市民政局", published_on="2021-02-01"))
    save(db, report(issuer="杭州市教育局", published_on="2021-01-31"))
    save(db, report(issuer="杭州市人民政府", published_on="2021-03-31"))
    save(db, report(issuer="宁波市人民政府", published_on="2021-04-02"))
    late = db.execute("SELECT issuer, due_on, days_late FROM late_reports ORDER BY issuer").fetchall()
    assert late == [("宁波市人民政府", "2021-03-31", 2), ("杭州市民政局", "2021-01-31", 1)]


def test_missing_reports_are_the_years_between(db: sqlite3.Connection) -> None:
    save(db, report(year=2018))
    save(db, report(year=2020))
    missing = [row[0] for row in db.execute("SELECT year FROM missing_reports ORDER BY year")]
    assert missing[:2] == [2019, 2021]
    assert 2018 not in missing


def test_carried_over_figures_are_compared_with_last_year(db: sqlite3.Connection) -> None:
    def year(number: int, row: str, value: int) -> None:
        base = report(year=number)
        save(db, replace(base, figures=(replace(base.figures[0], row=row, value=value, raw=str(value)),)))

    year(2019, "carried_out", 5)
    year(2020, "carried_in", 4)
    rows = db.execute(
        "SELECT issuer, year, rule, scope, stated, expected, passed FROM year_over_year"
    ).fetchall()
    assert rows == [("杭州市民政局", 2020, "R5", "natural", 4, 5, 0)]


def test_the_panel_follows_the_current_revision(db: sqlite3.Connection) -> None:
    save(db, report(received=3))
    save(db, report(received=4, fetched_at="2026-12-01T00:00:00+00:00"))
    row = db.execute(
        "SELECT requests_new_received_natural, requests_new_received_business, failed_checks, revisions FROM report_panel"
    )
    assert row.fetchall() == [(4, None, 1, 2)]


def test_every_view_answers(db: sqlite3.Connection) -> None:
    save(db, report())
    for (view,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        db.execute(f"SELECT * FROM {view}").fetchall()


def test_every_table_view_and_column_is_explained(db: sqlite3.Connection) -> None:
    """Beside it in the schema, those that follow from the forms too."""
    made = "SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'revisions_fts%'"
    for name, kind, sql in db.execute(made):
        first, *lines = sql.splitlines()
        assert " -- " in first or (kind == "view" and any(line.startswith("--") for line in lines)), name
        columns = [column for _, column, *_ in db.execute(f"PRAGMA table_info({name})")]
        for column in columns if kind == "table" else ():
            said = re.compile(rf'\s+,?"?{column}"? [A-Z].*  -- \S')
            assert any(said.match(line) for line in lines), f"{name}.{column}"


def test_a_body_is_found_by_its_name(db: sqlite3.Connection) -> None:
    for view in ("current_reports", "report_panel"):
        plan = db.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {view} WHERE issuer = '杭州市民政局'").fetchall()
        assert any("issuers_by_name" in step for *_, step in plan), plan


# One transaction, and trouble


def test_a_report_that_cannot_be_stored_leaves_nothing(db: sqlite3.Connection) -> None:
    first = report()
    broken = replace(first, unread=(replace(first.unread[0], reason=None),))  # type: ignore[arg-type]
    before = content(db)
    with pytest.raises(sqlite3.IntegrityError):
        save(db, broken)
    assert content(db) == before
    assert save(db, first) == "new"


def test_a_reader_does_not_hinder_the_writer(tmp_path: Path) -> None:
    with checked_database(tmp_path / "reports.db") as db:
        save(db, report())
        reader = sqlite3.connect(tmp_path / "reports.db")
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM reports").fetchone() == (1,)
        assert save(db, report(year=2021)) == "new"
        assert reader.execute("SELECT count(*) FROM reports").fetchone() == (1,)  # its moment is kept
        reader.close()
