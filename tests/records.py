"""Records for the tests of the store: reports with known figures, and the whole content of a database."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from crawler.store import open_database
from parsers.identity import fingerprint, report_id
from parsers.report import Check, Figure, Header, Mention, Report, Section, Source, Table, Unread


def report(
    issuer: str = "杭州市民政局",
    year: int = 2020,
    *,
    url: str = "http://www.hangzhou.gov.cn/art/1.html",
    fetched_at: str | None = "2026-11-24T08:00:00+00:00",
    received: int = 3,
    text: str = "本年认真做好政府信息公开工作。",
    portal: str | None = "hangzhou",
    **header: str,
) -> Report:
    """A small report: the figures of one row, two sections, one check that holds and one that does not."""
    figures = (
        Figure("requests", "new_received", "natural", received, str(received), "件"),
        Figure("requests", "new_received", "business", None, "", "件"),
        Figure("requests", "new_received", "total", received, str(received), "件"),
        Figure("disclosure", "procurement", "amount", 25.5, "25.50", "元"),
    )
    sections = (
        Section(1, None, "preamble", "", f"{issuer}编制本报告。"),
        Section(1, "一", "overview", "总体情况", text),
        Section(2, "（一）", None, "主动公开", "公开信息若干条。"),
    )
    printed = Header(
        **{"index_number": "002490015/2021-258336", "published_on": f"{year + 1}-01-11", **header}
    )
    return Report(
        report_id=report_id(issuer, year),
        fingerprint=fingerprint(issuer, year, sections, figures),
        issuer=issuer,
        issuer_code="002490015",
        region_code="330100",
        year=year,
        title=f"{issuer}{year}年政府信息公开工作年度报告",
        template="2019",
        period_start=f"{year}-01-01",
        period_end=f"{year}-12-31",
        header=replace(printed, other={"体裁": "其他"}),
        sections=sections,
        tables=(Table("三", None, (("本年新收", str(received)), ("", "/"))),),
        figures=figures,
        unread=(Unread("requests", "备注", "no such row in the form"),),
        checks=(
            Check("R3", "requests", "new_received", received, received, True),
            Check("R1", "requests", "natural", received, 7, False),
        ),
        mentions=(Mention("requests.new_received.total", received, f"共收到{received}件", "三"),),
        attachments=(),
        source=Source(
            url=url,
            encoding="utf-8",
            media_type="text/html",
            body_sha256="0" * 64,
            portal=portal,
            family="hanweb",
            requested_url=url,
            fetched_at=fetched_at,
            status=200,
            archive=None,
        ),
    )


@contextmanager
def checked_database(path: Path) -> Iterator[sqlite3.Connection]:
    """A database that is whole, to the last foreign key, when the test is done with it."""
    db = open_database(path)
    yield db
    assert_whole(db)
    db.close()


def assert_whole(db: sqlite3.Connection) -> None:
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def content(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """What the database says, without the numbers that only count arrivals."""
    revision = "report_id || ' ' || fingerprint"
    joined = "JOIN revisions ON revisions.id = revision JOIN reports ON reports.id = revisions.report"
    queries = {
        "issuers": "SELECT key, name, region_code, code, subsequence FROM issuers",
        "issuer_names": "SELECT key, issuer_names.name FROM issuer_names JOIN issuers ON issuers.id = issuer",
        "reports": "SELECT report_id, key, year, fingerprint FROM reports JOIN issuers ON issuers.id = reports.issuer"
        " JOIN revisions ON revisions.id = current",
        "revisions": f"SELECT {revision}, trusted, published_on, first_seen, last_seen, issuer, issuer_code,"
        " region_code, title, template, period_start, period_end, text_hash, (SELECT fingerprint FROM revisions AS"
        " p WHERE p.id = r.previous), (SELECT url FROM sightings WHERE sightings.id = source) FROM revisions AS r"
        " JOIN reports ON reports.id = r.report".replace("issuer,", "r.issuer,", 1),
        "sightings": f"SELECT {revision}, url, sightings.trusted, portals.portal, sightings.family, requested_url,"
        " sightings.first_seen, sightings.last_seen, sightings.status, encoding, media_type, body_sha256, archive,"
        " index_number, issued_by, sightings.published_on, other FROM sightings LEFT JOIN portals ON"
        f" portals.id = sightings.portal {joined}",
        "sections": f"SELECT {revision}, position, level, number, key, sections.title, text, path FROM sections {joined}",
        "figures": f'SELECT {revision}, position, "table", row, "column", value, raw, unit FROM figures {joined}',
        "tables": f"SELECT {revision}, position, section, caption, rows FROM tables {joined}",
        "checks": f'SELECT {revision}, position, rule, "table", scope, left, right, passed FROM checks {joined}',
        "mentions": f"SELECT {revision}, position, key, value, quote, section FROM mentions {joined}",
        "unread": f'SELECT {revision}, position, "table", text, reason FROM unread {joined}',
        "report_panel": "SELECT * FROM report_panel",
        "report_totals": "SELECT report_id, key, portals.portal, report_totals.level, province, report_totals.region_code,"
        " published_on, days_late, cells, unread, failed, new_received, deny, review_corrected, review_decided"
        " FROM report_totals JOIN reports ON reports.id = report JOIN issuers ON issuers.id = report_totals.issuer"
        " LEFT JOIN portals ON portals.id = report_totals.portal",
        "report_failures": "SELECT report_id, rule, failed FROM report_failures JOIN reports ON reports.id = report",
        "portals": "SELECT portal FROM portals",
        "uncertain_pairs": "SELECT * FROM uncertain_pairs",
        "revision_changes": "SELECT report_id, kind, place, change, old_value, new_value FROM revision_changes",
    }
    return {name: sorted(db.execute(query), key=repr) for name, query in queries.items()}
