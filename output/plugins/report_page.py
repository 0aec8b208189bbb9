"""The page of one report, /report/<report_id>, and the archived page that it was read from, /archived/<sighting>."""

import asyncio
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import NotFound, Response
from markupsafe import Markup

from crawler.archive import archived_page
from parsers.report import Check, Figure, Header

sys.path.append(str(Path(__file__).parent / "parts"))  # Datasette runs each file by itself, in any order

from queries import first, reports_database, rows
from statutory_tables import Place, concerned, label_of, lay_out
from text_changes import figure_changes, section_changes
from wording import RULES, number

MOST_ROWS = 5000  # of one kind that a page shows: a whole report has some 250 figures
LONGEST_TABLE = 200  # rows of a table as printed
# an archived page runs and fetches nothing
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"

HEADER = {  # field → what the portals call it
    "index_number": "索引号",
    "document_number": "文号",
    "issued_by": "发布机构",
    "published_on": "公开日期",
    "written_on": "成文日期",
    "topic": "主题分类",
    "genre": "体裁分类",
    "catalogue": "信息分类",
    "disclosure_method": "公开方式",
    "validity": "有效性",
    "title": "名称",
    "summary": "内容概述",
    "keywords": "主题词",
}
Row = Mapping[str, Any]


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    return [
        (r"^/report/(?P<report_id>[0-9A-Za-z_-]+)$", report_page),
        (r"^/archived/(?P<sighting>[0-9]{1,18})$", archived),
    ]


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, datasette: Any) -> Markup | None:
    """Links from Datasette's tables to the pages: a report, and the cell that a failed check concerns."""
    if column == "report_id" and isinstance(value, str) and re.fullmatch(r"[0-9A-Za-z_-]+", value):
        return Markup('<a href="{}">{}</a>').format(datasette.urls.path(f"/report/{value}"), value)
    if (table, column) == ("failed_checks", "scope") and {"report_id", "rule", "table"} <= set(row.keys()):
        anchor = check_anchor(row["rule"], row["table"], value)
        return Markup('<a href="{}#{}">{}</a>').format(
            datasette.urls.path(f"/report/{row['report_id']}"), anchor, value
        )
    return None


def check_anchor(rule: str, table: str | None, scope: str) -> str:
    """Where the page of a report marks a failed check: "R1.requests.natural"."""
    return f"{rule}.{table or 'prose'}.{scope}"


async def report_page(request: Any, datasette: Any) -> Any:
    database = await reports_database(datasette)
    report = await first(database, REPORT, report_id=request.url_vars["report_id"])
    if not report:
        raise NotFound(f"No report {request.url_vars['report_id']} 没有这份年报")
    revisions = await rows(database, REVISIONS, report=report["id"])
    shown = _chosen(revisions, request.args.get("revision"), report["current"])
    against = (
        _chosen(revisions, request.args.get("against"), shown["previous"]) if len(revisions) > 1 else None
    )
    context = {
        **await _said(database, shown),
        "report": report,
        "revisions": revisions,
        "shown": shown,
        "years": await rows(database, YEARS, issuer=report["issuer"]),
        "sightings": await rows(database, SIGHTINGS, revision=shown["id"]),
        "against": against,
        "changes": await _changes(database, against, shown) if against else None,
    }
    html = await datasette.render_template("report.html", {**context, **HELPERS}, request=request)
    return Response.html(html)


REPORT = """
SELECT reports.*, issuers.name, issuers.key, issuers.code FROM reports JOIN issuers ON issuers.id = reports.issuer
WHERE report_id = :report_id
"""
REVISIONS = """
SELECT r.*, s.url, EXISTS (
    SELECT 1 FROM sightings AS o WHERE o.revision = r.id AND r.id <> c.id AND o.last_seen > c.first_seen
    AND NOT EXISTS (SELECT 1 FROM revisions AS n JOIN sightings ON revision = n.id
        WHERE n.report = r.report AND sightings.url = o.url AND sightings.last_seen > o.last_seen)
    AND NOT EXISTS (SELECT 1 FROM absences AS a WHERE a.url IN (o.url, o.requested_url) AND a.first_gone > o.last_seen)
) AS still_shown
FROM revisions AS r JOIN reports ON reports.id = r.report JOIN revisions AS c ON c.id = current
LEFT JOIN sightings AS s ON s.id = r.source WHERE r.report = :report
ORDER BY r.id = c.id, r.previous IS NOT NULL, coalesce(r.published_on, ''), r.first_seen, r.id
"""
YEARS = "SELECT report_id, year FROM reports WHERE issuer = :issuer ORDER BY year"
SIGHTINGS = """
SELECT s.*, portals.name AS portal_name, (
    SELECT min(first_gone) FROM absences AS a WHERE a.url IN (s.url, s.requested_url) AND a.first_gone > s.last_seen
) AS gone_by FROM sightings AS s LEFT JOIN portals ON portals.id = s.portal
WHERE s.revision = :revision ORDER BY s.trusted DESC, s.first_seen LIMIT 100
"""


def _chosen(revisions: Sequence[Row], asked: str | None, otherwise: int | None) -> Any:
    """The revision with the number asked for, else the other; None where there is neither."""
    numbers = {str(revision["id"]): revision for revision in revisions}
    return numbers.get(asked or "") or numbers.get(str(otherwise))


async def _said(database: Any, revision: Row) -> dict[str, Any]:
    """All that one revision says."""
    number = revision["id"]
    figures = await _figures(database, number)
    failed = [Check(**row) for row in await rows(database, FAILED, revision=number)]
    source = await first(database, "SELECT * FROM sightings WHERE id = :id", id=revision["source"])
    return {
        "source": source,
        "header": printed_header(source or {}),
        "sections": await rows(database, f"SELECT * FROM sections {OF_REVISION}", revision=number),
        "layouts": lay_out(figures, revision["template"]),
        "marks": Marks(failed, {(one.table, one.row, one.column) for one in figures}),
        "checks": await first(database, COUNTED, revision=number),
        "mentions": compared(
            await rows(database, f"SELECT * FROM mentions {OF_REVISION}", revision=number), figures
        ),
        "unread": await rows(database, f"SELECT * FROM unread {OF_REVISION}", revision=number),
        "printed": await _printed(database, number),
        "attachments": await rows(database, f"SELECT * FROM attachments {OF_REVISION}", revision=number),
    }


OF_REVISION = f"WHERE revision = :revision ORDER BY position LIMIT {MOST_ROWS}"
FAILED = f'SELECT rule, "table", scope, left, right, passed FROM checks {OF_REVISION.replace("ORDER", "AND passed = 0 ORDER")}'
COUNTED = """
SELECT count(*) AS made, sum(passed = 1) AS passed, sum(passed = 0) AS failed, sum(passed IS NULL) AS blank
FROM checks WHERE revision = :revision
"""


async def _printed(database: Any, revision: int) -> list[dict[str, Any]]:
    """The tables of the body as the page prints them, statutory or not."""
    found = await rows(database, f"SELECT * FROM tables {OF_REVISION}", revision=revision)
    return [{**one, "rows": json.loads(one["rows"])[:LONGEST_TABLE]} for one in found]


async def _figures(database: Any, revision: int) -> list[Figure]:
    found = await rows(database, f"SELECT * FROM figures {OF_REVISION}", revision=revision)
    return [
        Figure(
            **{name: row[name] or "" for name in ("table", "row", "column", "raw", "unit")},
            value=row["value"],
        )
        for row in found
    ]


def printed_header(source: Row) -> list[tuple[str, str, str]]:
    """The lines of the metadata header that the page prints: Chinese label, English name, value."""
    known = [
        (HEADER[one.name], one.name.replace("_", " "), source[one.name])
        for one in fields(Header)
        if one.name in HEADER and source.get(one.name)
    ]
    other = json.loads(source.get("other") or "{}")
    return known + [(str(label), "", str(value)) for label, value in other.items()]


class Marks:
    """The failed checks of a report, and where they show."""

    def __init__(self, failed: Sequence[Check], cells: set[tuple[str, str, str]]) -> None:
        self.failed = failed
        self.left: set[tuple[str, Place]] = set()
        self.right: set[tuple[str, Place]] = set()
        self.anchored: dict[tuple[str, Place], list[Check]] = {}  # by the cell to which a link leads
        self.free: list[Check] = []  # those without a cell in this report
        self.named: dict[str, Check] = {}  # by anchor: the prose may contradict one cell twice
        for check in failed:
            table = check.table or ""
            left, right = (
                [(table, place) for place in side if (table, *place) in cells] for side in concerned(check)
            )
            self.left.update(left)
            self.right.update(right)
            anchor = check_anchor(check.rule, check.table, check.scope)
            is_first = self.named.setdefault(anchor, check) is check
            if not left + right:
                self.free.append(check)
            elif is_first:
                self.anchored.setdefault((left + right)[0], []).append(check)


def compared(mentions: Sequence[Row], figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """The numbers of the prose beside those of the table; `same` is None where the table has none."""
    values = {(one.table, one.row, one.column): one.value for one in figures}
    lines = []
    for mention in mentions:
        table, row, column = (*mention["key"].split(".", 2), "", "")[:3]
        places = ("suit_direct", "suit_after_review") if row == "suit" else (row,)
        terms = [values.get((table, one, column)) for one in places]
        stated = None if None in terms else sum(term for term in terms if term is not None)
        label = " ".join(label_of(table, one) for one in (row, column))
        same = None if stated is None else stated == mention["value"]
        lines.append(
            {
                **mention,
                "table": table,
                "place": f"{table}.{places[0]}.{column}",
                "label": label,
                "stated": stated,
                "same": same,
            }
        )
    return lines


async def _changes(database: Any, old: Row, new: Row) -> dict[str, Any]:
    texts = [
        {
            f"{row['path']} {row['title']}".strip(): row["text"]
            for row in await rows(database, f"SELECT * FROM sections {OF_REVISION}", revision=one["id"])
        }
        for one in (old, new)
    ]
    figures = [await _figures(database, one["id"]) for one in (old, new)]
    return {"figures": figure_changes(*figures), "sections": section_changes(*texts)}


async def archived(request: Any, datasette: Any) -> Any:
    """The page as it was fetched, out of the archive. It is shown without scripts, and cannot fetch anything."""
    database = await reports_database(datasette)
    sighting = await first(
        database, "SELECT archive FROM sightings WHERE id = :id", id=int(request.url_vars["sighting"])
    )
    if not sighting or not sighting["archive"]:
        raise NotFound("This page is not in the archive 没有存档")
    try:
        directory = Path(database.path).parent / "archive"
        page = await asyncio.to_thread(archived_page, directory, sighting["archive"])
    except (OSError, ValueError) as error:
        raise NotFound(f"This page is not in the archive of this machine 本机没有存档: {error}") from None
    kind = (
        page.content_type
        if re.fullmatch(r"[\w.+-]+/[\w.+-]+(;[ \w=.\"-]*)?", page.content_type)
        else "text/plain"
    )
    headers = {
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    return Response(page.body, headers=headers, content_type=kind)


def is_web_address(url: str | None) -> bool:
    """Whether a link may be made of it: an address as printed may be a script."""
    return bool(url and re.match(r"https?://", url, re.IGNORECASE))


def shown_figures(figures: Sequence[Figure]) -> str:
    return " / ".join(number(figure.value) for figure in figures)


def printed_otherwise(figures: Sequence[Figure]) -> str | None:
    """What the page prints where it is not the number itself."""
    raw = [
        figure.raw for figure in figures if figure.raw not in ("", str(figure.value), number(figure.value))
    ]
    return " | ".join(raw) or None


def numbered(section: Row) -> str:
    """The heading as reports print it.

    >>> numbered({"number": "二", "level": 1, "title": "主动公开"}), numbered({"number": "二", "level": 2, "title": ""})
    ('二、主动公开', '（二）')
    """
    mark = section["number"] or ""
    if mark and mark[0] not in "(（":
        mark = f"{mark}、" if section["level"] == 1 else f"（{mark}）"
    return f"{mark}{section['title']}".strip("、")


HELPERS = {
    "numbered": numbered,
    "number": number,
    "is_web_address": is_web_address,
    "shown_figures": shown_figures,
    "printed_otherwise": printed_otherwise,
    "label_of": label_of,
    "check_anchor": check_anchor,
    "rules": RULES,
}
