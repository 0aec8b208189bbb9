"""What each dashboard shows: panels of a chart and a table, made of the rows of dashboard_queries.py.

Reports of different levels are never added together: a government's report sums up its area, a department's only itself.
So sums are shown within one level, and across levels only bodies, reports and rates are set side by side.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from charts import lines, number, stacked_bars
from dashboard_crawl import attention_panel, crawl
from dashboard_parts import (
    LATENESS,
    Asking,
    Cell,
    Panel,
    Row,
    count_cell,
    in_province,
    level_label,
    levels_of,
    place_name,
    region_cell,
    share_cell,
    years_of,
)
from outcomes import OUTCOMES, outcome_label
from wording import RULES


async def overview(asking: Asking) -> list[Panel]:
    reports, bodies, attention = await asking.ask("reports", "bodies", "attention")
    years = years_of(reports)
    counts = {(row["level"], row["year"]): row["reports"] for row in reports}
    known = {row["level"]: row["bodies"] for row in bodies}
    levels = levels_of(known)
    rows = [
        [
            Cell(level_label(level), asking.link("requests", level=level) if level else ""),
            count_cell(known[level]),
        ]
        + [count_cell(counts.get((level, year))) for year in years]
        for level in levels
    ]
    series = [(level_label(level), [counts.get((level, year)) for year in years]) for level in levels]
    return [
        Panel(
            "Reports by year and level 各年度、各层级的年报数",
            ["level 层级", "bodies 主体", *map(str, years)],
            rows,
            "The level is told from the body's name, and from the region of its portal where the name tells none."
            " 层级据主体名称判断；名称看不出的，据网站所在地区。",
            stacked_bars("Reports by year 各年度年报数", list(map(str, years)), series),
            [name for name, _values in series],
            queries=["reports", "bodies"],
        ),
        attention_panel(asking, attention, 10),
    ]


async def requests(asking: Asking) -> list[Panel]:
    by_year, by_region = await asking.ask("requests", "requests_by_region")
    years = [str(row["year"]) for row in by_year]
    names = [outcome_label(outcome) for outcome in OUTCOMES]
    series = [
        (name, [row[outcome] for row in by_year]) for name, outcome in zip(names, OUTCOMES, strict=True)
    ]
    received = [("received 本年新收", [row["new_received"] for row in by_year])]
    headings = ["reports 年报", "received 本年新收", "carried in 上年结转", *names, "carried out 结转下年"]
    columns = ("reports", "new_received", "carried_in", *OUTCOMES, "carried_out")
    level = level_label(asking.parameters["level"])
    scope = f"{level}{in_province(asking.parameters['province'])}"
    places = ("reports", "new_received", *OUTCOMES)
    return [
        Panel(
            f"Applications received by year 各年度新收申请: {scope}",
            chart=lines(f"Applications received 新收申请, {scope}", years, received),
            note="Sums over the reports of this level that print the figure; reports of the form of 2014 count other"
            " things. 只汇总本层级印有该数字的年报；2014年的表式口径不同，不计入。",
        ),
        Panel(
            f"How they ended 办理结果: {scope}",
            ["year 年度", *headings],
            [
                [Cell(str(row["year"]), asking.link("requests", year=str(row["year"])))]
                + [count_cell(row[column]) for column in columns]
                for row in by_year
            ],
            "Blank cells add nothing, and are no zero. 空格不计入，也不等于零。",
            stacked_bars(f"Outcomes of applications 办理结果, {scope}", years, series),
            names,
            queries=["requests"],
        ),
        Panel(
            f"By region, {asking.parameters['year']} 分地区: {scope}",
            ["region 地区", "reports 年报", "received 本年新收", *names],
            [
                [region_cell(asking, "requests", row["region"])]
                + [count_cell(row[column]) for column in places]
                for row in by_region
            ],
            queries=["requests_by_region"],
        ),
    ]


async def rates(asking: Asking) -> list[Panel]:
    (rows,) = await asking.ask("rates")
    shares = (
        (
            "disclosed",
            "disclosing",
            "Substantive disclosure rate 实质公开率",
            "予以公开 and 部分公开 as a share of （七）总计, over the reports that print all three."
            " 予以公开与部分公开之和占（七）总计的比例，只计三项均有的年报。",
        ),
        (
            "review_corrected",
            "reviews",
            "Corrected in reviews 行政复议纠正率",
            "结果纠正 as a share of the reviews decided (结果维持, 结果纠正, 其他结果)."
            " 结果纠正占已审结复议的比例。",
        ),
        (
            "suit_corrected",
            "suits",
            "Corrected in suits 行政诉讼纠正率",
            "结果纠正 as a share of the suits decided, both kinds of suits together. 结果纠正占已审结诉讼的比例，两类诉讼合计。",
        ),
    )
    return [_rate(rows, *share) for share in shares]


def _rate(rows: Sequence[Row], column: str, basis: str, title: str, note: str) -> Panel:
    years = years_of(rows)
    found = {(row["level"], row["year"]): (row[column], row[basis]) for row in rows}
    levels = levels_of({row["level"] for row in rows})
    series = [
        (level_label(level), [found.get((level, year), (None,))[0] for year in years]) for level in levels
    ]
    counted = "reports 份" if basis == "disclosing" else "decided 件"
    table = [
        [Cell(level_label(level))]
        + [
            Cell("–", kind="number")
            if (pair := found.get((level, year))) is None or pair[0] is None
            else Cell(f"{pair[0]:.1f} % ({pair[1]:,})", kind="number")
            for year in years
        ]
        for level in levels
    ]
    return Panel(
        title,
        ["level 层级", *(f"{year} ({counted})" for year in years)],
        table,
        note + " In brackets: how many it is counted over. 括号内为计算所依据的数量。",
        lines(title, list(map(str, years)), series, "%"),
        [name for name, _values in series],
        dashed=True,
        queries=["rates"],
    )


async def checks(asking: Asking) -> list[Panel]:
    rows, reports, most = await asking.ask("checks", "reports", "most_failed")
    table = [
        [
            Cell(row["issuer"], asking.report(row["report_id"])),
            count_cell(row["failed"]),
            count_cell(row["unread"]),
        ]
        for row in most
    ]
    year = asking.parameters["year"]
    return [
        _failures_by_rule(asking, rows, reports),
        Panel(
            f"Reports with most failures, {year} 不成立最多的年报",
            ["body 主体", "failed 不成立", "unread 未识别"],
            table,
            queries=["most_failed"],
        ),
    ]


def _failures_by_rule(asking: Asking, rows: Sequence[Row], reports: Sequence[Row]) -> Panel:
    years = years_of(reports)
    totals: defaultdict[int, int] = defaultdict(int)
    for row in reports:
        totals[row["year"]] += row["reports"]
    found = {(row["rule"], row["year"]): row for row in rows}
    rules = sorted({row["rule"] for row in rows}, key=lambda rule: int(rule[1:]))
    series = [
        (rule, [found[rule, year]["failed"] if (rule, year) in found else None for year in years])
        for rule in rules
    ]
    table = [
        [_failures(asking, " ".join((f"{rule}:", *RULES.get(rule, ()))), rule=rule)]
        + [
            _failures(
                asking, f"{number(one['failed'])} ({number(one['reports'])})", "number", rule=rule, year=year
            )
            if (one := found.get((rule, year)))
            else Cell("0", kind="number")
            for year in years
        ]
        for rule in rules
    ]
    table.append([Cell("all reports 年报总数")] + [count_cell(totals[year]) for year in years])
    return Panel(
        "Relations that do not hold, by rule 勾稽关系不成立",
        ["rule 规则", *map(str, years)],
        table,
        "Failures, and in brackets the reports in which they stand. They are recorded as printed, never repaired."
        " 不成立的次数，括号内为涉及的年报数；照录原文，绝不改数。",
        stacked_bars("Failed checks by year 各年度不成立数", list(map(str, years)), series),
        rules,
        queries=["checks", "reports"],
    )


def _failures(asking: Asking, text: str, kind: str = "", **chosen: object) -> Cell:
    """A cell that leads to the list of failed checks, those chosen."""
    view = asking.datasette.urls.table(asking.database.name, "failed_checks")
    return Cell(text, f"{view}?{urlencode(chosen)}", kind)


async def coverage(asking: Asking) -> list[Panel]:
    if asking.parameters["region"]:
        return [await _coverage_of_region(asking)]
    rows, bodies = await asking.ask("coverage", "coverage_bodies")
    years = years_of(rows)
    counts = {(row["region"], row["year"]): row["reports"] for row in rows}
    table = []
    for body in bodies:
        region, all_bodies = body["region"], body["bodies"]
        cells = [share_cell(counts.get((region, year), 0), all_bodies) for year in years]
        table.append([region_cell(asking, "coverage", region), count_cell(all_bodies), *cells])
    return [
        Panel(
            f"Bodies that reported, by region and year 覆盖{in_province(asking.parameters['province'])}",
            ["region 地区", "bodies known 已知主体", *map(str, years)],
            table,
            "How many bodies' reports are here for the year, out of the bodies of which any report is. Open a region to see"
            " each body. A body that was made or dissolved meanwhile had nothing to report before or after. 已有当年年报的主体数，底数为"
            "有过任何年报的主体；点击地区可看每个主体。其间新设或撤销的主体，此前或此后本无年报。",
            queries=["coverage", "coverage_bodies"],
        )
    ]


async def _coverage_of_region(asking: Asking) -> Panel:
    (rows,) = await asking.ask("coverage_of_region")
    years = years_of(rows)
    bodies: dict[str, dict[int, str]] = {}
    names = {}
    for row in rows:
        bodies.setdefault(row["key"], {})[row["year"]] = row["report_id"]
        names[row["key"]] = row["issuer"]
    table = [
        [Cell(names[body], asking.datasette.urls.path(f"body/{body}"))]
        + [_reported(asking, found, year) for year in years]
        for body, found in bodies.items()
    ]
    return Panel(
        f"Bodies and years 主体与年度: {place_name(asking.parameters['region'])}",
        ["body 主体", *map(str, years)],
        table,
        "● the report is here; a gap is marked where the body has reported for an earlier year."
        " ● 已有年报；此前报过而该年未见的，标为“缺”。",
        queries=["coverage_of_region"],
    )


async def lateness(asking: Asking) -> list[Panel]:
    rows, latest = await asking.ask("lateness", "latest")
    years = [str(row["year"]) for row in rows]
    series = [(label, [row[name] for row in rows]) for name, label in LATENESS.items()]
    year = asking.parameters["year"]
    return [
        Panel(
            "In time or late 是否按期",
            ["year 年度", *LATENESS.values()],
            [
                [Cell(str(row["year"]), asking.link("lateness", year=str(row["year"])))]
                + [count_cell(row[name]) for name in LATENESS]
                for row in rows
            ],
            "Against the legal date (Decree 711, article 49): 31 January for departments, 31 March for governments, by the"
            " date that the page prints. A page may be dated anew when a portal moves: late means “dated late”. 对照法定期限（国务院令第711号第四十九条）："
            "部门1月31日，政府3月31日。以网页所印日期为准；网站迁移时日期可能重标，“迟”仅指所印日期。",
            stacked_bars("Reports by lateness 按期与迟报", years, series),
            list(LATENESS.values()),
            queries=["lateness"],
        ),
        Panel(
            f"Most days late, {year} 迟报天数最多",
            ["body 主体", "published 公开日期", "days late 迟报天数"],
            [
                [
                    Cell(row["issuer"], asking.report(row["report_id"])),
                    Cell(row["published_on"]),
                    count_cell(row["days_late"]),
                ]
                for row in latest
            ],
            queries=["latest"],
        ),
    ]


def _reported(asking: Asking, found: Mapping[int, str], year: int) -> Cell:
    """The body's report for the year; `found` are its reports by year."""
    if year in found:
        return Cell("●", asking.report(found[year]), "good")
    return Cell("gap 缺", kind="gap") if min(found) < year else Cell("–")


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One page: its name in the address, its title, the filters it takes, and what makes its panels."""

    title: str
    filters: Sequence[str]
    panels: Callable[["Asking"], Awaitable[list[Panel]]]


DASHBOARDS = {
    "": Dashboard("Dashboards 图表", (), overview),
    "requests": Dashboard(
        "Applications and outcomes 申请与办理结果", ("level", "province", "year"), requests
    ),
    "rates": Dashboard("Disclosure and correction rates 公开率与纠正率", ("level", "province"), rates),
    "checks": Dashboard("Failed checks 勾稽关系", ("level", "province", "year"), checks),
    "coverage": Dashboard("Coverage 覆盖", ("level", "province"), coverage),
    "lateness": Dashboard("Lateness 按期与迟报", ("level", "province", "year"), lateness),
    "crawl": Dashboard("Crawl health 采集状况", (), crawl),
}
