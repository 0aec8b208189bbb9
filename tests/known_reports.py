"""The reports of two bodies over eight years, with a page that does not add up, a correction and a copied text."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from lxml import html

from parsers.report import Report
from tests.explore import Site, body_of_years, folder, read, with_figures

BODY = "杭州市民政局"
OTHER = "杭州市宗教事务局"
TRUTHS = body_of_years(BODY, range(2017, 2025))
GRANTED = TRUTHS[2022].figures["requests", "granted", "total"] or 0
BROKEN = with_figures(
    TRUTHS[2022],
    {
        ("requests", "granted", "total"): GRANTED + 3,
        ("requests", "new_received", "natural"): 99,
        ("requests", "partial", "business"): None,
        ("litigation", "review", "total"): 44,
    },
)
CORRECTED = replace(
    with_figures(TRUTHS[2024], {("disclosure", "rules", "made"): 77}),
    parts=tuple(
        replace(part, paragraphs=tuple(text.replace("公开", "依法公开", 1) for text in part.paragraphs))
        if part.key == "problems"
        else part
        for part in TRUTHS[2024].parts
    ),
    header={**TRUTHS[2024].header, "published_on": "2025-05-06"},
    published_on="2025-05-06",
)


def copied(name: str, year: int) -> Report:
    """Another body's report for the year with the text of ours."""
    truth = body_of_years(name, range(year, year + 1))[year]
    parts = tuple(
        replace(part, paragraphs=tuple(text.replace(BODY, name) for text in part.paragraphs))
        for part in TRUTHS[year].parts
    )
    return read(replace(truth, parts=parts), f"http://mzj.hangzhou.gov.cn/{year}.html")


def known_site(path: Path) -> Site:
    """Datasette over these reports; that of 2018 is missing, and that of 2022 the broken one."""
    years = [truth for year, truth in TRUTHS.items() if year not in (2018, 2022)]
    pages = [read(truth, f"http://www.hangzhou.gov.cn/art/{truth.year}.html") for truth in (*years, BROKEN)]
    pages.append(read(CORRECTED, "http://www.hangzhou.gov.cn/art/2024b.html", "2026-11-25T08:00:00+00:00"))
    pages.append(copied(OTHER, 2023))
    return Site(folder(path, pages))


def address(site: Site, issuer: str, year: int) -> str:
    rows = site.get(f"/reports/current_reports.csv?issuer={quote(issuer)}&year={year}&_col=report_id").split()
    return f"/report/{rows[1]}"


def words(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())
