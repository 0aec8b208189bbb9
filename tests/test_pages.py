"""Saved pages are read as their JSON says. A case is two files, found by glob; see pages/README.md."""

import json
from pathlib import Path

import pytest

from tests.saved import PAGES, differences, expectation, read_page, saved_pages, write_json


@pytest.mark.parametrize("page", saved_pages(), ids=lambda page: str(page.relative_to(PAGES)))
def test_page(page: Path, request: pytest.FixtureRequest) -> None:
    given = read_page(page)
    if request.config.getoption("--accept"):
        _accept(page, given)
        return
    expected = json.loads(expectation(page).read_text(encoding="utf-8"))
    assert not differences(expected, given)


def _accept(page: Path, given: dict[str, object]) -> None:
    """Writes only what differs: a reason that still holds keeps the words that somebody chose for it."""
    path = expectation(page)
    if path.exists() and not differences(json.loads(path.read_text(encoding="utf-8")), given):
        return
    write_json(path, given)


def test_each_expectation_has_its_page() -> None:
    assert set(PAGES.glob("*/*.json")) == {expectation(page) for page in saved_pages()}


def test_the_pages_cover_what_they_are_for() -> None:
    """At least sixty reports, and every form, file type and encoding among them."""
    records = [json.loads(expectation(page).read_text(encoding="utf-8")) for page in saved_pages()]
    reports = [record for record in records if not record.get("not_a_report")]
    assert len(reports) >= 60
    assert {report["template"] for report in reports} == {"2021", "2019", "2014", "none"}
    assert {page.suffix for page in saved_pages()} >= {".html", ".txt", ".docx", ".pdf"}
    encodings = {str(report["source"]["encoding"]).lower() for report in reports}
    assert {"utf-8", "gb18030", "big5"} <= encodings
