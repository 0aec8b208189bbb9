"""The totals of a report: what dashboards add up, kept true by save."""

from dataclasses import replace
from pathlib import Path

from crawler.store import save
from parsers.report import Check, Figure
from tests.records import checked_database, report


def test_blank_cells_add_nothing_and_are_no_zero(tmp_path: Path) -> None:
    figures = (
        Figure("requests", "deny_law", "total", 2, "2", "件"),
        Figure("requests", "deny_process", "total", None, "", "件"),
        Figure("requests", "np_repeat", "total", None, "/", "件"),
        Figure("litigation", "suit_direct", "corrected", 1, "1", "件"),
        Figure("litigation", "suit_after_review", "corrected", 2, "2", "件"),
        Figure("litigation", "suit_after_review", "pending", 5, "5", "件"),
    )
    with checked_database(tmp_path / "reports.db") as db:
        save(db, replace(report(), figures=figures))
        query = "SELECT deny, np, suit_corrected, suit_decided, review_decided, cells FROM report_totals"
        assert db.execute(query).fetchall() == [(2, None, 3, 3, None, 6)]


def test_level_place_and_lateness(tmp_path: Path) -> None:
    with checked_database(tmp_path / "reports.db") as db:
        save(db, report("杭州市民政局", 2020, published_on="2021-02-02"))
        save(db, report("杭州市人民政府", 2020, published_on="2021-02-02"))
        save(db, report("杭州市西湖区教育局", 2020, published_on="2021-01-31"))
        query = (
            "SELECT key, level, province, t.region_code, days_late FROM report_totals AS t"
            " JOIN issuers ON issuers.id = t.issuer ORDER BY t.report"
        )
        assert db.execute(query).fetchall() == [
            ("浙江省/杭州市/民政局", "city department", "330000", "330100", 2),
            ("浙江省/杭州市/人民政府", "city government", "330000", "330100", -57),
            ("浙江省/杭州市/西湖区/教育局", "county department", "330000", "330106", 0),
        ]


def test_a_revision_found_later_and_dated_earlier_moves_the_date_of_the_first(tmp_path: Path) -> None:
    with checked_database(tmp_path / "reports.db") as db:
        save(db, report(received=4, published_on="2021-03-01"))
        save(db, report(received=3, published_on="2021-01-11", url="http://www.hangzhou.gov.cn/art/2.html"))
        query = "SELECT published_on, days_late, new_received FROM report_totals"
        assert db.execute(query).fetchall() == [("2021-01-11", -20, 4)]


def test_failures_by_rule_are_those_of_the_current_revision(tmp_path: Path) -> None:
    def failing(*rules: str) -> tuple[Check, ...]:
        return tuple(Check(rule, "requests", "total", 1, 2, rule == "R9") for rule in rules)

    with checked_database(tmp_path / "reports.db") as db:
        first = report(published_on="2021-01-11")
        save(db, replace(first, checks=failing("R1", "R1", "R2", "R9")))
        query = "SELECT rule, failed FROM report_failures ORDER BY rule"
        assert db.execute(query).fetchall() == [("R1", 2), ("R2", 1)]
        later = report(received=4, published_on="2021-03-01")
        save(db, replace(later, checks=failing("R3")))
        assert db.execute(query).fetchall() == [("R3", 1)]
