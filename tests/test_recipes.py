"""The README's recipes for analysis run as they are printed, and give what the database says."""

import contextlib
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from crawler.store import open_database, save
from parsers.read import read_report
from parsers.report import to_json
from tests.writing import render_html, write_truth

ROOT = Path(__file__).parents[1]
BODIES = ("杭州市民政局", "杭州市教育局", "杭州市财政局", "杭州市人民政府")


def blocks(language: str, readme: str = "README.md") -> list[str]:
    """The fenced blocks of a language, in the part on exploring."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    (part,) = re.findall(r"^## (?:Explore and export|浏览和导出)\n(.*?)^## ", text, re.S | re.M)
    return re.findall(rf"^```{language}\n(.*?)^```", part, re.S | re.M)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with output/reports.db and output/reports.jsonl: four bodies, two years, one figure misprinted."""
    home = tmp_path_factory.mktemp("recipes")
    db = open_database(home / "output" / "reports.db")
    lines = []
    for number, (body, year) in enumerate((body, year) for body in BODIES for year in (2022, 2023)):
        page = render_html(write_truth(body, year, seed=number))
        if number == 0:
            page = re.sub(
                r"(予以公开.*?<td[^>]*>)(.*?)(\d+)(?=\D*</td>)", r"\1\g<2>999", page, count=1, flags=re.S
            )
        one = read_report(
            page.encode(), "text/html; charset=utf-8", f"http://www.hangzhou.gov.cn/{number}.html"
        )
        save(db, one)
        lines.append(json.dumps(to_json(one), ensure_ascii=False))
    db.close()
    (home / "output" / "reports.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return home


@pytest.fixture
def db(folder: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(folder / "output" / "reports.db")) as opened:
        yield opened


def run(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The names that the recipe leaves behind."""
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    exec(compile(code, "README.md", "exec"), names)
    return names


def recipe(library: str) -> str:
    pytest.importorskip(library, reason=f"{library} is not installed: pip install -e '.[recipes]'")
    (code,) = (block for block in blocks("python") if f"import {library}" in block)
    return code


def test_both_languages_give_the_same_recipes() -> None:
    assert blocks("python") == blocks("python", "README.zh.md")
    assert len(blocks("python")) == 3


@pytest.mark.parametrize(
    "command", [line for line in "".join(blocks("sh")).splitlines() if "sqlite-utils" in line]
)
def test_sqlite_utils(command: str, folder: Path) -> None:
    words = command.split()
    module = [sys.executable, "-m", "sqlite_utils", *words[1:]]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        module, cwd=folder, capture_output=True, encoding="utf-8", env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    expected = {"tables": "reports", "report_panel": "requests_new_received_total", "failed_checks": "R2"}
    assert expected.get(words[3], expected.get(words[1], "")) in done.stdout


def test_pandas(folder: Path, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    rates = run(recipe("pandas"), folder, monkeypatch)["rates"]
    expected: dict[int, list[float]] = {}
    query = (
        "SELECT t.year, (granted + partial) * 1.0 / result_total FROM report_totals AS t"
        " WHERE failed = 0 AND result_total > 0"
    )
    for year, rate in db.execute(query):
        expected.setdefault(year, []).append(rate)
    assert (
        rates["count"].to_dict()
        == {year: len(found) for year, found in expected.items()}
        == {2022: 3, 2023: 4}
    )
    assert rates["median"].to_dict() == pytest.approx(
        {year: median(found) for year, found in expected.items()}
    )


def test_polars(folder: Path, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    corrected = run(recipe("polars"), folder, monkeypatch)["corrected"]
    query = (
        "SELECT year, level, sum(review_corrected), sum(review_decided) FROM report_totals GROUP BY year, level"
        " ORDER BY year, level"
    )
    assert corrected.rows() == db.execute(query).fetchall()
    assert set(corrected["level"]) == {"city department", "city government"}


def test_duckdb(folder: Path, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = run(recipe("duckdb"), folder, monkeypatch)["failed"]
    query = "SELECT year, rule, count(*) FROM failed_checks GROUP BY year, rule ORDER BY year, rule"
    assert failed == db.execute(query).fetchall() != []
