"""A small database for the tests of the explorer, and Datasette over it as `make explore` serves it."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from datasette.app import Datasette
from httpx import Response

from crawler.store import open_database, save
from parsers.read import read_report
from parsers.report import Report
from tests.writing import Truth, render_html, write_truth

OUTPUT = Path(__file__).parents[1] / "output"


def read(truth: Truth, url: str, fetched_at: str = "2026-11-24T08:00:00+00:00") -> Report:
    """The record of a page of our own, as a crawl would have it."""
    report = read_report(render_html(truth).encode(), "text/html; charset=utf-8", url)
    return replace(
        report, source=replace(report.source, fetched_at=fetched_at, status=200, requested_url=url)
    )


def folder(path: Path, reports: list[Report]) -> Path:
    """A configuration directory with these reports: the project's own but for the database."""
    for name in ("metadata.yaml", "settings.json", "plugins", "templates", "static"):
        (path / name).symlink_to(OUTPUT / name)
    db = open_database(path / "reports.db")
    for report in reports:
        save(db, report)
    db.close()
    return path


class Site:
    """Datasette over a configuration directory, asked without a network."""

    def __init__(self, path: Path) -> None:
        self.datasette = Datasette(config_dir=path)

    def get(self, path: str) -> str:
        """The page, which must come without an error and without leaving the machine."""
        status, text = self.ask(path)
        assert status == 200, (path, status, text[-300:])
        return text

    def ask(self, path: str) -> tuple[int, str]:
        response = self.response(path)
        return response.status_code, response.text

    def response(self, path: str) -> Response:
        async def asked() -> Response:
            return await self.datasette.client.get(path, follow_redirects=True)

        return asyncio.run(asked())


def body_of_years(name: str, years: range, volume: int = 30) -> dict[int, Truth]:
    """Successive reports of one body, each in the form of its year."""
    truths: dict[int, Truth] = {}
    for year in years:
        form = "2014" if year < 2019 else "2019" if year < 2021 else "2021"
        truths[year] = write_truth(name, year, form, previous=truths.get(year - 1), volume=volume)
    return truths


def with_figures(truth: Truth, figures: Mapping[tuple[str, str, str], int | float | None]) -> Truth:
    return replace(truth, figures={**truth.figures, **figures})
