"""Writes the saved pages that are made from a truth, as pages/recipes.csv has them: python -m tests.writing.saved

A page is written once and never again: what is in tests/pages is the test. When a page and the truth behind it
disagree, nothing is written: the reader, or the page, is wrong.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from random import Random

from parsers.read import read_report
from tests.saved import PAGES, expectation, read_page, write_json
from tests.writing import variants as _variants  # noqa: F401  enters the dialects
from tests.writing.negatives import NEGATIVES, write_negative
from tests.writing.page import GROUPS, Page, apply, plain_page, render_page
from tests.writing.score import score
from tests.writing.truth import write_truth

TYPES = {
    "application/pdf": "pdf",
    "text/plain": "txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


def make(recipe: Mapping[str, str]) -> Page:
    """The page of a recipe: its dialects in the order of their groups."""
    year = int(recipe["year"])
    rng = Random(f"{recipe['portal']}/{year}")
    page = plain_page(write_truth(recipe["body"], year, recipe["form"], volume=int(recipe["volume"])))
    chosen = set(recipe["dialects"].split())
    for functions in GROUPS.values():
        for name in sorted(chosen & functions.keys()):
            page = apply(page, name, rng)
            chosen.remove(name)
    assert not chosen, f"no such dialect: {chosen}"
    return page


def write_saved(path: Path, page: Page) -> list[str]:
    """Writes the page and what is read from it, unless that is not the truth: then the faults."""
    body = render_page(page)
    faults = list(score(page, read_report(body, "", "")).faults)
    if not faults:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        write_json(expectation(path), read_page(path))
    return faults


def main() -> None:
    with (PAGES / "recipes.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            page = make(row)
            path = PAGES / row["portal"] / f"{row['year']}.{TYPES.get(page.content_type, 'html')}"
            if not path.exists():
                for fault in write_saved(path, page):
                    print(f"{path}: {fault}")
    for name in NEGATIVES:
        path = PAGES / "not-a-report" / f"{name.replace('_', '-')}.html"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(write_negative(name, 0))
            write_json(expectation(path), read_page(path))


if __name__ == "__main__":
    main()
