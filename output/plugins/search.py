"""Search: Datasette's own search box made to find Chinese, the page /search, the menu and the front page's numbers.

The index is `revisions_fts`, kept by `save` (crawler/store/search.py says how it sees Chinese).
"""

import re
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.utils.asgi import NotFound, Response
from markupsafe import Markup

from crawler.store.search import CHINESE, folded, match_expression, query_terms

sys.path.append(str(Path(__file__).parent / "parts"))  # Datasette runs each file by itself, in any order

from queries import reports_database

LONGEST_QUERY = 200  # characters
PAGE = 20  # reports on a page of results
MANY = 5000  # more matches are not ranked word for word: that would take longer than a page may
SHOWN = 500  # of so many matches, those in titles and those stored last
AROUND = 70  # characters shown on either side of the first match

Section = tuple[int, str | None, str, str]  # position, number, title, text

MENU = (
    ("/search", "Search 检索"),
    ("/reports/current_reports", "Reports 年报"),
    ("/reports/issuers", "Bodies 发布主体"),
    ("/dashboards", "Dashboards 图表"),
    ("/reports/failed_checks", "Failed checks 勾稽不成立"),
)


@hookimpl(trylast=True)  # after Datasette's own function of that name
def prepare_connection(conn: sqlite3.Connection) -> None:
    conn.create_function("escape_fts", 1, match_expression, deterministic=True)


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    return [(r"^/search$", search_page)]


@hookimpl
def menu_links(datasette: Any) -> list[dict[str, str]]:
    return [{"href": datasette.urls.path(path), "label": label} for path, label in MENU]


@hookimpl
def extra_template_vars(template: str, datasette: Any) -> Any:
    return (lambda: front_page(datasette)) if template == "index.html" else {}


async def front_page(datasette: Any) -> dict[str, Any]:
    """What there is, in numbers, and the latest reports."""
    try:
        database = await reports_database(datasette)
    except NotFound:
        return {"counts": None}
    counts = (await database.execute(COUNTS)).first()
    latest = (await database.execute(LATEST)).rows
    tables = datasette.metadata("databases")["reports"]["tables"]
    shown = {name: table["title"] for name, table in tables.items() if not table.get("hidden")}
    rows = [dict(row) for row in latest]
    return {"counts": dict(counts), "latest": rows, "tables": shown, "uncounted": UNCOUNTED}


# views of millions of rows: to count them takes longer than a page may
UNCOUNTED = ("figures", "year_over_year")
COUNTS = """
SELECT (SELECT count(*) FROM reports) AS reports, (SELECT count(*) FROM issuers) AS issuers,
    (SELECT min(year) FROM reports) AS first_year, (SELECT max(year) FROM reports) AS last_year
"""
LATEST = """
SELECT report_id, issuers.name AS issuer, issuers.key, year FROM reports JOIN issuers ON issuers.id = reports.issuer
ORDER BY reports.id DESC LIMIT 8
"""


async def search_page(request: Any, datasette: Any) -> Any:
    query = request.args.get("q", "")[:LONGEST_QUERY].strip()
    year = request.args.get("year", "")
    year = year if re.fullmatch(r"[0-9]{4}", year) else ""
    page = max(_whole(request.args.get("page")), 1)
    found = await find(await reports_database(datasette), query, year, page)
    context = {"query": query, "year": year, "page": page, "terms": query_terms(query), **found}
    html = await datasette.render_template("search.html", context, request=request)
    return Response.html(html)


def _whole(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else 1


async def find(database: Any, query: str, year: str, page: int) -> dict[str, Any]:
    """The reports on this page of results, best first, each with its best passage; and how many there are."""
    expression = match_expression(query)
    single = [term for term in query_terms(query) if len(term) == 1 and CHINESE.fullmatch(term)]
    answer: dict[str, Any] = {"hits": [], "total": 0, "more": False, "single": single, "interrupted": False}
    if not query_terms(query):
        return answer
    values = {
        "expression": expression,
        "year": int(year) if year else None,
        "title": f"{{title}} : ({expression})",
    }
    try:
        total = (await database.execute(TOTAL, values)).single_value()
        found = await database.execute(BEST if total <= MANY else FIRST, values)
        revisions = [row["revision"] for row in found.rows]
        rows = await _reports(database, revisions[(page - 1) * PAGE : page * PAGE])
    except QueryInterrupted:
        return {**answer, "interrupted": True}
    sections = await _sections(database, [row["revision"] for row in rows])
    patterns = [term_pattern(term) for term in query_terms(query)]
    hits = [
        {**dict(row), "marked": mark(row["title"], patterns), **passage(sections[row["revision"]], patterns)}
        for row in rows
    ]
    return {
        **answer,
        "hits": hits,
        "total": total,
        "many": total > MANY,
        "more": page * PAGE < len(revisions),
    }


TOTAL = f"""
SELECT count(*) FROM (
    SELECT 1 FROM revisions_fts JOIN reports ON current = revisions_fts.rowid
    WHERE revisions_fts MATCH :expression AND (:year IS NULL OR year = :year) LIMIT {MANY + 1}
)
"""
BEST = """
SELECT current AS revision FROM revisions_fts JOIN reports ON current = revisions_fts.rowid
WHERE revisions_fts MATCH :expression AND (:year IS NULL OR year = :year)
ORDER BY bm25(revisions_fts, 8, 1), year DESC, revision
"""
FIRST = "SELECT DISTINCT revision FROM ({} UNION ALL {})".format(
    *(
        f"""
        SELECT * FROM (
            SELECT current AS revision FROM revisions_fts JOIN reports ON current = revisions_fts.rowid
            WHERE revisions_fts MATCH {where} AND (:year IS NULL OR year = :year)
            ORDER BY revisions_fts.rowid DESC LIMIT {SHOWN}
        )"""
        for where in (":title", ":expression")
    )
)


async def _reports(database: Any, revisions: Sequence[int]) -> list[Any]:
    """What is said of these reports, in this order."""
    marks = ", ".join("?" * len(revisions))
    rows = (await database.execute(REPORTS.format(marks), list(revisions))).rows
    return sorted(rows, key=lambda row: revisions.index(row["revision"]))


REPORTS = """
SELECT current AS revision, report_id, year, issuers.name AS issuer, issuers.key, r.title, r.published_on
FROM reports JOIN revisions AS r ON r.id = current JOIN issuers ON issuers.id = reports.issuer WHERE current IN ({})
"""


async def _sections(database: Any, revisions: Sequence[int]) -> dict[int, list[Section]]:
    marks = ", ".join("?" * len(revisions))
    sql = f"SELECT revision, position, number, title, text FROM sections WHERE revision IN ({marks}) ORDER BY position"
    found: dict[int, list[Section]] = {revision: [] for revision in revisions}
    if revisions:
        for row in (await database.execute(sql, list(revisions))).rows:
            found[row["revision"]].append(tuple(row)[1:])  # type: ignore[arg-type]
    return found


def term_pattern(term: str) -> re.Pattern[str]:
    """Where the index finds a term: Chinese anywhere, other words whole.

    >>> bool(term_pattern("3件").search("共13件")), bool(term_pattern("3件").search("共3 件"))
    (False, True)
    """
    words = re.findall(rf"{CHINESE.pattern}|[^\W_]+?(?={CHINESE.pattern}|[\W_]|$)", term)
    parts = [
        re.escape(word) if CHINESE.fullmatch(word) else rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])"
        for word in words
    ]
    return re.compile(r"[\W_]*".join(parts) or r"(?!)", re.IGNORECASE)


def passage(sections: Sequence[Section], patterns: Sequence[re.Pattern[str]]) -> dict[str, Any]:
    """The section that has most of the terms in heading and text, and its text around the first of them, marked."""
    best: tuple[int, int, int] = (0, 0, 0)
    chosen: Section | None = None
    for section in sections:
        found = [len(pattern.findall(folded(f"{section[2]}\n{section[3]}"))) for pattern in patterns]
        score = (sum(map(bool, found)), sum(found), -section[0])
        if score[0] and score > best:
            best, chosen = score, section
    if not chosen:
        return {"snippet": None, "section": None, "position": None}
    position, number, title, text = chosen
    first = min((match.start() for pattern in patterns if (match := pattern.search(folded(text)))), default=0)
    start, end = max(0, first - AROUND // 2), first + 2 * AROUND
    before, after = "… " * bool(start), " …" * (end < len(text))
    snippet = Markup("{}{}{}").format(before, mark(text[start:end], patterns), after)
    heading = Markup("{} {}").format(number or "", mark(title, patterns)) if number or title else None
    return {"snippet": snippet, "section": heading, "position": position}


def mark(text: str, patterns: Sequence[re.Pattern[str]]) -> Markup:
    """The text, escaped, with every match in <mark>."""
    return Markup("").join(
        Markup("<mark>{}</mark>").format(piece) if found else Markup("{}").format(piece)
        for piece, found in _pieces(text, patterns)
    )


def _pieces(text: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[tuple[str, bool]]:
    spans = sorted(match.span() for pattern in patterns for match in pattern.finditer(folded(text)))
    place = 0
    for start, end in spans:
        if start >= place:
            yield text[place:start], False
            yield text[start:end], True
            place = end
    yield text[place:], False
