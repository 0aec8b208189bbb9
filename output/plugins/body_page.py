"""The page of one body, /body/<key of issuers>: its years side by side, and what it repeats."""

import asyncio
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from datasette import hookimpl
from datasette.utils.asgi import NotFound, Response
from markupsafe import Markup

from crawler.store.shingles import prose, sample, shingles
from parsers.checks import check_years
from parsers.report import Figure

sys.path.append(str(Path(__file__).parent / "parts"))  # Datasette runs each file by itself, in any order

from charts import SMALL, key, stacked_bars
from outcomes import OUTCOMES, outcome_label
from queries import reports_database, rows
from repeated_text import Repeated, repeated
from statutory_tables import label_of
from wording import RULES, number

MOST_YEARS = 25  # of one body, the latest
STRETCHES = 60  # by which other bodies' reports are looked for
FORMULA = 100  # reports that share a stretch before it counts for little: everybody writes it
COMPARED = 6  # reports of other bodies that are compared word for word
WORTH_SHOWING = 0.05  # share of a report

Row = Mapping[str, Any]
Years = dict[int, dict[tuple[str, str, str], float | None]]  # figures by year

RESULTS = {
    "upheld": "upheld 维持",
    "corrected": "corrected 纠正",
    "other": "other 其他",
    "pending": "pending 未审结",
}


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    return [(r"^/body/(?P<key>.+)$", body_page)]


@hookimpl
def render_cell(value: Any, column: str, table: str | None, datasette: Any) -> Markup | None:
    """Links from Datasette's tables to the page of a body."""
    if isinstance(value, str) and (table, column) in LINKED:
        return Markup('<a href="{}">{}</a>').format(datasette.urls.path(f"/body/{quote(value)}"), value)
    return None


LINKED = {("issuers", "key")} | {
    (view, "issuer")
    for view in (
        "current_reports",
        "report_panel",
        "failed_checks",
        "late_reports",
        "missing_reports",
        "year_over_year",
    )
}


async def body_page(request: Any, datasette: Any) -> Any:
    database = await reports_database(datasette)
    asked = unquote(request.url_vars["key"])
    bodies = await rows(database, BODIES, key=asked) or await rows(database, NAMED, key=asked)
    if not bodies:
        raise NotFound(f"No body {asked[:100]} 没有这个发布主体")
    if len(bodies) > 1:
        html = await datasette.render_template(
            "bodies.html", {"name": asked, "bodies": bodies}, request=request
        )
        return Response.html(html)
    (body,) = bodies
    reports = await rows(database, REPORTS, issuer=body["id"])
    figures = await _figures(database, body["id"])
    texts = await _texts(database, reports)
    year = _year(request.args.get("year"), texts)
    candidates = await _candidates(database, body["id"], texts.get(year, "")) if year else []
    context = {
        "body": body,
        "names": [row["name"] for row in await rows(database, NAMES, issuer=body["id"])],
        "reports": in_time(reports, body["day"], date.today().isoformat()),
        "charts": charts(figures),
        "table": by_year(figures),
        "years": years_compared(figures),
        "year": year,
        "own": await asyncio.to_thread(against_last_year, texts),
        "others": await asyncio.to_thread(against_others, texts.get(year, ""), candidates) if year else [],
        "number": number,
        "label_of": label_of,
        "rules": RULES,
    }
    html = await datasette.render_template("body.html", context, request=request)
    return Response.html(html)


BODIES = "SELECT issuers.*, day FROM issuers JOIN deadlines ON deadlines.issuer = issuers.id WHERE key = :key"
NAMED = "SELECT issuers.*, day FROM issuers JOIN deadlines ON deadlines.issuer = issuers.id WHERE issuers.name = :key"
NAMES = "SELECT name FROM issuer_names WHERE issuer = :issuer ORDER BY name LIMIT 20"
REPORTS = f"""
SELECT report_id, year, current, r.issuer, r.title, r.template,
    (SELECT min(published_on) FROM revisions WHERE report = reports.id) AS published_on,
    (SELECT count(*) FROM revisions WHERE report = reports.id) AS revisions,
    (SELECT count(*) FROM checks WHERE revision = current AND passed = 0) AS failed,
    (SELECT count(*) FROM unread WHERE revision = current) AS unread
FROM reports JOIN revisions AS r ON r.id = current WHERE reports.issuer = :issuer
ORDER BY year DESC LIMIT {MOST_YEARS}
"""
FIGURES = f"""
SELECT year, c."table", c.row, c."column", v.value, coalesce(v.raw, v.value, '') AS raw, c.unit
FROM (SELECT year, current FROM reports WHERE issuer = :issuer ORDER BY year DESC LIMIT {MOST_YEARS})
JOIN figure_values AS v ON v.revision = current JOIN cells AS c ON c.id = v.cell ORDER BY year, v.position
"""


async def _figures(database: Any, issuer: int) -> dict[int, list[Figure]]:
    years: dict[int, list[Figure]] = {}
    for row in await rows(database, FIGURES, issuer=issuer):
        row["raw"] = str(row["raw"])
        years.setdefault(row.pop("year"), []).append(Figure(**row))
    return years


async def _texts(database: Any, reports: Sequence[Row]) -> dict[int, str]:
    """The prose of each year's report, oldest first."""
    revisions = [report["current"] for report in reports]
    marks = ", ".join("?" * len(revisions))
    sql = f"SELECT revision, text FROM sections WHERE revision IN ({marks}) ORDER BY revision, position"
    texts: dict[int, list[str]] = {}
    for row in (await database.execute(sql, revisions)).rows:
        texts.setdefault(row["revision"], []).append(row["text"])
    return {
        report["year"]: prose(texts.get(report["current"], []), report["issuer"])
        for report in reversed(reports)
    }


def _year(asked: str | None, texts: Mapping[int, str]) -> int | None:
    """The year whose text is compared with other bodies': the one asked for, or the latest."""
    years = {str(year): year for year, text in texts.items() if text}
    return years.get(asked or "", max(years.values(), default=None))


def in_time(reports: Sequence[Row], day: str, today: str) -> list[dict[str, Any]]:
    """A line for each year from the first report to the last that is due, latest first; `days` is how late it came."""
    known = {report["year"]: report for report in reports}
    last = max([*known, *(year for year in range(min(known), int(today[:4])) if f"{year + 1}{day}" < today)])
    lines = []
    for year in range(last, min(known) - 1, -1):
        due = f"{year + 1}{day}"
        report = known.get(year)
        published = report["published_on"] if report else None
        days = (date.fromisoformat(published) - date.fromisoformat(due)).days if published else None
        lines.append({"year": year, "due": due, "report": report, "published": published, "days": days})
    return lines


def years_compared(figures: Mapping[int, Sequence[Figure]]) -> list[dict[str, Any]]:
    """R5, R7, R8 and R11 of each year against the year before: how many hold, and those that do not."""
    lines = []
    for year in sorted(figures, reverse=True):
        if year - 1 in figures:
            checks = check_years(figures[year - 1], figures[year])
            failed = [check for check in checks if check.passed is False]
            held = Counter(check.rule for check in checks if check.passed)
            lines.append({"year": year, "failed": failed, "held": sorted(held.items()), "made": len(checks)})
    return lines


def _by_place(figures: Mapping[int, Sequence[Figure]]) -> Years:
    return {
        year: {(one.table, one.row, one.column): one.value for one in some}
        for year, some in sorted(figures.items())
    }


def charts(figures: Mapping[int, Sequence[Figure]]) -> list[dict[str, Any]]:
    """Applications, outcomes, reviews, suits: title, names of the series, drawing and its key, both of escaped text."""
    lines = {line["year"]: line for line in by_year(figures)}
    years = range(min(lines, default=0), max(lines, default=-1) + 1)
    described = (
        ("Applications received 新收申请", {"received": "received 新收"}),
        ("Outcomes 办理结果", {group: outcome_label(group) for group in OUTCOMES}),
        ("Reconsiderations 行政复议", {f"review_{result}": label for result, label in RESULTS.items()}),
        ("Lawsuits 行政诉讼", {f"suit_{result}": label for result, label in RESULTS.items()}),
    )
    drawn = []
    for title, parts in described:
        series = [(label, [lines.get(year, {}).get(part) for year in years]) for part, label in parts.items()]
        svg = stacked_bars(title, [str(year) for year in years], series, SMALL)
        legend = list(parts.values()) if len(parts) > 1 else []
        drawn.append({"title": title, "legend": legend, "svg": Markup(svg), "key": Markup(key(legend))})
    return drawn


def by_year(figures: Mapping[int, Sequence[Figure]]) -> list[dict[str, Any]]:
    """The numbers of the charts, a line for each year; None: blank, or not in that year's form."""
    lines = []
    for year, values in _by_place(figures).items():
        outcomes: dict[str, list[float | None]] = {group: [] for group in OUTCOMES}
        for (table, row, column), value in values.items():
            if table == "requests" and column == "total":
                group = row if row in OUTCOMES else row.split("_")[0]
                if group in outcomes:
                    outcomes[group].append(value)
        received = values.get(
            ("requests", "new_received", "total"), values.get(("statistics_2014", "received", "value"))
        )
        line = {"year": year, "received": received, **{group: _add(some) for group, some in outcomes.items()}}
        for result in RESULTS:
            suits = [values.get(("litigation", f"suit_{way}", result)) for way in ("direct", "after_review")]
            old = [
                values.get(("statistics_2014", f"{what}_{result}", "value")) for what in ("review", "suit")
            ]
            line[f"review_{result}"] = values.get(("litigation", "review", result), old[0])
            line[f"suit_{result}"] = _add([*suits, old[1]])
        lines.append(line)
    return lines


def _add(values: Sequence[float | None]) -> float | None:
    """The sum of what is printed; None where nothing is."""
    numbers = [value for value in values if value is not None]
    return sum(numbers) if numbers else None


def against_last_year(texts: Mapping[int, str]) -> list[tuple[int, Repeated]]:
    """What each year's text repeats of the year before, latest first."""
    stretches = {year: set(shingles(text)) for year, text in texts.items()}
    compared = [
        (year, repeated(texts[year], stretches[year - 1]))
        for year in sorted(texts, reverse=True)
        if year - 1 in texts
    ]
    return [(year, one) for year, one in compared if one]


async def _candidates(database: Any, issuer: int, text: str) -> list[tuple[Row, str]]:
    """Reports of other bodies that share the most telling stretches with this text, and their prose."""
    looked_for = sorted(sample(text))[:STRETCHES]
    if not looked_for:
        return []
    one = f"SELECT * FROM (SELECT shingle, revision FROM shingles WHERE shingle = ? LIMIT {FORMULA})"
    found = (await database.execute(" UNION ALL ".join([one] * len(looked_for)), looked_for)).rows
    frequent = Counter(row["shingle"] for row in found)
    weights: Counter[int] = Counter()
    for row in found:
        weights[row["revision"]] += 1 / frequent[row["shingle"]]  # type: ignore[assignment]
    likely = [revision for revision, _ in weights.most_common(10 * COMPARED)]
    marks = ", ".join("?" * len(likely))
    reports = (await database.execute(OTHERS.format(marks), [issuer, *likely])).rows
    others = sorted(reports, key=lambda row: likely.index(row["current"]))[:COMPARED]
    return [(dict(row), (await _texts(database, [row]))[row["year"]]) for row in others]


OTHERS = """
SELECT report_id, year, current, r.issuer, issuers.key FROM reports JOIN revisions AS r ON r.id = current
JOIN issuers ON issuers.id = reports.issuer WHERE reports.issuer <> ? AND current IN ({})
"""


def against_others(text: str, candidates: Sequence[tuple[Row, str]]) -> list[tuple[Row, Repeated]]:
    """What the text repeats of the others' reports, most first."""
    compared = [(row, repeated(text, set(shingles(other)))) for row, other in candidates]
    worth = [(row, one) for row, one in compared if one and one.share >= WORTH_SHOWING]
    return sorted(worth, key=lambda pair: -pair[1].share)
