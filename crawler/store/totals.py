"""The totals: one narrow row per report, for dashboards that look at all reports at once."""

import re
import sqlite3
from collections.abc import Iterator
from functools import cache

from crawler.store.panel import panel_columns
from parsers.form import load_forms
from parsers.regions import by_code, place

# 不予公开, 无法提供, 不予处理, 其他处理: sums of their rows in `requests`
GROUPS = ("deny", "na", "np", "other")
PLAIN = ("new_received", "carried_in", "granted", "partial", "result_total", "carried_out")
LITIGATION = {"review": ("review",), "suit": ("suit_direct", "suit_after_review")}
DECIDED = ("upheld", "corrected", "other")
TIERS = {1: "province", 2: "city", 3: "county"}


def totals_schema() -> Iterator[str]:
    """The statements that make the tables and their indexes."""
    figures = "\n    ,".join(f"{name} NUMERIC  -- {' + '.join(added)}" for name, added in _sums().items())
    yield (
        "CREATE TABLE report_totals (  -- 年报合计: what dashboards add up; blank cells add nothing, NULL: all are blank\n"
        "    report INTEGER PRIMARY KEY REFERENCES reports (id) ON DELETE CASCADE,  -- what is summed up\n"
        "    issuer INTEGER NOT NULL,  -- its row of issuers\n"
        "    year INTEGER NOT NULL,  -- 年度\n"
        "    level TEXT,  -- 层级: state, province government, province department, … town; figures of two are never added\n"
        "    province TEXT,  -- 省级行政区划代码, 6 digits\n"
        "    region_code TEXT,  -- 行政区划代码 of the body, else of its portal\n"
        "    portal INTEGER,  -- row of portals: where the current revision was seen\n"
        "    published_on TEXT,  -- 公开日期 of the first revision\n"
        "    days_late INTEGER,  -- days after the legal date; 0 or less: in time; NULL: no date printed\n"
        "    cells INTEGER NOT NULL,  -- figures read\n"
        "    unread INTEGER NOT NULL,  -- cells and rows that found no place in the form\n"
        f"    failed INTEGER NOT NULL  -- checks that do not add up\n    ,{figures}\n)"
    )
    yield (
        "CREATE TABLE report_failures (  -- 勾稽不成立数: failed checks of the current revisions by rule\n"
        "    report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,  -- whose checks\n"
        "    rule TEXT NOT NULL,  -- R1 …\n"
        "    failed INTEGER NOT NULL,  -- how many\n"
        "    PRIMARY KEY (report, rule)\n) WITHOUT ROWID"
    )
    yield "CREATE INDEX report_totals_by_level ON report_totals (level, year, province, region_code, issuer)"
    yield "CREATE INDEX report_totals_by_region ON report_totals (region_code, issuer)"
    yield "CREATE INDEX report_totals_by_portal ON report_totals (portal, year)"


def write_totals(db: sqlite3.Connection, report: int) -> None:
    """Renew the report's rows, from the panel and from all its revisions."""
    key, code, portal_level = db.execute(
        "SELECT issuers.key, revisions.region_code, portals.level FROM reports"
        " JOIN issuers ON issuers.id = reports.issuer JOIN revisions ON revisions.id = current"
        " LEFT JOIN sightings ON sightings.id = revisions.source LEFT JOIN portals ON portals.id = sightings.portal"
        " WHERE reports.id = ?",
        (report,),
    ).fetchone()
    region_code = own_region(key, code) or code or None
    province = f"{region_code[:2]}0000" if region_code else None
    db.execute(_insert(), (body_level(key, region_code, portal_level), province, region_code, report))
    db.execute("DELETE FROM report_failures WHERE report = ?", (report,))
    db.execute(
        "INSERT INTO report_failures SELECT reports.id, rule, count(*) FROM reports"
        " JOIN checks ON revision = current WHERE reports.id = ? AND passed = 0 GROUP BY rule",
        (report,),
    )


def own_region(key: str, portal: str | None) -> str | None:
    """The code of the place that a body's canonical name tells; of several of one name, the one in the portal's region.

    >>> own_region("浙江省/杭州市/西湖区/教育局", None), own_region("鼓楼区/教育局", "320100"), own_region("审计署", None)
    ('330106', '320106', None)
    """
    placed = place(key.replace("/", ""))
    if placed.region:
        return placed.region.code
    within = re.sub("(00){1,2}$", "", portal or "none")
    near = [region.code for region in placed.regions if region.code.startswith(within) and not region.former]
    return near[0] if len(near) == 1 else None


def body_level(key: str, region_code: str | None, portal_level: str | None = None) -> str | None:
    """The group within which reports may be added up: a government's report sums up its area, a department's only itself.

    >>> body_level("浙江省/杭州市/人民政府", "330100"), body_level("浙江省/杭州市/教育局", "330100")
    ('city government', 'city department')
    >>> body_level("某县/石桥镇人民政府", "339901"), body_level("审计署", None, "state"), body_level("某局", None)
    ('town', 'state', None)
    """
    unit = key.rsplit("/", 1)[-1]
    if unit.endswith(("镇人民政府", "乡人民政府", "苏木人民政府", "街道办事处")):
        return "town"
    if not region_code:
        return "state" if portal_level == "state" else None
    region = by_code(region_code)
    tier = TIERS[region.level] if region else _tier(region_code)
    is_government = unit.endswith(("人民政府", "行政公署", "行署"))
    return f"{tier} {'government' if is_government else 'department'}"


def _tier(code: str) -> str:
    """
    >>> _tier("330000"), _tier("330100"), _tier("339901")
    ('province', 'city', 'county')
    """
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"


@cache
def _sums() -> dict[str, tuple[str, ...]]:
    """Each column of figures → the columns of the panel that it adds up."""
    requests = {
        key: [
            row.key
            for form in load_forms()
            if (table := form.table("requests"))
            for row in table.rows
            if row.has_figures and key in (row.key, row.parent)
        ]
        for key in (*PLAIN, *GROUPS)
    }
    litigation = {
        f"{name}_{kind}": [("litigation", row, column) for row in rows for column in columns]
        for name, rows in LITIGATION.items()
        for kind, columns in (("corrected", ("corrected",)), ("decided", DECIDED))
    }
    cells = {key: [("requests", row, "total") for row in rows] for key, rows in requests.items()} | litigation
    names = panel_columns()
    return {name: tuple(dict.fromkeys(names[cell] for cell in added)) for name, added in cells.items()}


@cache
def _insert() -> str:
    figures = ", ".join(map(_sum, _sums().values()))
    names = ", ".join(_sums())
    return f"""
        INSERT OR REPLACE INTO report_totals
            (level, province, region_code, report, issuer, year, portal, published_on, days_late, cells, unread, failed, {names})
        WITH first AS (SELECT min(published_on) AS published_on FROM revisions WHERE report = ?4)
        SELECT ?1, ?2, ?3, reports.id, reports.issuer, year, sightings.portal, first.published_on,
            CAST(julianday(first.published_on) - julianday((year + 1) || day) AS INTEGER),
            (SELECT count(*) FROM figure_values WHERE revision = current),
            (SELECT count(*) FROM unread WHERE revision = current),
            (SELECT count(*) FROM checks WHERE revision = current AND passed = 0), {figures}
        FROM reports JOIN first JOIN panel ON panel.report = reports.id JOIN deadlines ON deadlines.issuer = reports.issuer
        LEFT JOIN revisions ON revisions.id = current LEFT JOIN sightings ON sightings.id = revisions.source
        WHERE reports.id = ?4
    """


def _sum(columns: tuple[str, ...]) -> str:
    """
    >>> _sum(("a",)), _sum(("a", "b"))
    ('a', 'CASE WHEN coalesce(a, b) IS NOT NULL THEN ifnull(a, 0) + ifnull(b, 0) END')
    """
    if len(columns) == 1:
        return columns[0]
    added = " + ".join(f"ifnull({column}, 0)" for column in columns)
    return f"CASE WHEN coalesce({', '.join(columns)}) IS NOT NULL THEN {added} END"
