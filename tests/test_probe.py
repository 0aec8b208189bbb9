"""scrapy probe: what it says of portals of several families, and the row of the registry that it prints."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.portals import COLUMNS, RegistryError, add, load_portals, select
from tests.portals import Running, registry_csv, running_portals
from tests.portals.crawling import ROOT, SHORTENED

FAMILIES = {"hanweb": "hanweb", "gkmlpt": "gkmlpt", "trs": "trs", "jeecms": "jeecms"}  # demo portal → family


@pytest.fixture(scope="module")
def portals() -> Iterator[dict[str, Running]]:
    with running_portals((*FAMILIES, "epoint-shells", "challenge-412")) as running:
        yield running


def probe(folder: Path, url: str, *options: str) -> tuple[int, list[str]]:
    """Exit status and lines."""
    settings = [part for name, value in SHORTENED.items() for part in ("-s", f"{name}={value}")]
    ran = subprocess.run(
        [sys.executable, "-m", "scrapy", "probe", url, *settings, *options],
        cwd=folder,
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert ran.stderr == ""
    return ran.returncode, ran.stdout.splitlines()


def told(lines: list[str], about: str) -> str:
    return next(line for line in lines if line.startswith(about)).removeprefix(about).strip()


@pytest.mark.parametrize("name", FAMILIES)
def test_family_way_reports_and_row(tmp_path: Path, portals: dict[str, Running], name: str) -> None:
    running = portals[name]
    status, lines = probe(tmp_path, running.start_url)
    assert status == 0
    assert told(lines, "family").split()[0] == FAMILIES[name]
    assert told(lines, "robots") == "nothing in our way"
    assert told(lines, "obstacles") == "none"
    seen = int(told(lines, "reports").split()[0])
    titles = {filing.title for filing in running.portal.reports.values()}
    first = lines.index(next(line for line in lines if line.startswith("reports"))) + 1
    assert seen > 0
    assert {line.strip() for line in lines[first : first + seen]} <= titles
    (row,) = csv.DictReader([",".join(COLUMNS), lines[-1]])
    assert (row["family"], row["start_url"], row["status"]) == (FAMILIES[name], running.start_url, "active")
    assert not (tmp_path / "output").exists()  # nothing is kept


def test_the_row_can_be_added_once(tmp_path: Path, portals: dict[str, Running]) -> None:
    running = portals["jeecms"]
    registry = tmp_path / "portals.csv"
    registry.write_text(registry_csv([portals["hanweb"]]).rstrip("\n"), encoding="utf-8")
    options = ("--add", "-s", f"PORTALS_FILE={registry}")
    status, lines = probe(tmp_path, running.start_url, *options)
    assert (status, lines[-1].split("=")[0]) == (
        0,
        "It is in the registry now: scrapy crawl annual_reports -a portal",
    )
    (added,) = select(load_portals(registry), portal=lines[-1].split("=")[1])
    assert (added.name, added.start_url) == (running.portal.name, running.start_url)
    with pytest.raises(RegistryError, match="is there already"):
        add(registry, added)


def test_a_report_whose_page_asks_an_interface_for_its_text_is_seen(
    tmp_path: Path, portals: dict[str, Running]
) -> None:
    status, lines = probe(tmp_path, portals["epoint-shells"].start_url)
    assert status == 0
    assert [line for line in lines if line.startswith("reports    3 seen")]


def test_where_nobody_answers(tmp_path: Path) -> None:
    status, lines = probe(tmp_path, "http://127.0.0.99:9/", "--add")
    assert status == 1
    assert [line for line in lines if line.startswith("obstacles  unreachable")]
    assert "reports    0 seen in 1 request" in lines
    assert lines[-2:-1] == ["No row for portals.csv: nobody answers there."]
    assert lines[-1] == "Not added to the registry: no report was seen."


def test_a_wall_is_told_and_left_alone(tmp_path: Path, portals: dict[str, Running]) -> None:
    running = portals["challenge-412"]
    before = len(running.log.exchanges)
    status, lines = probe(tmp_path, running.start_url)
    assert status == 1
    assert "412" in told(lines, "obstacles")
    assert lines[-1].split(",")[COLUMNS.index("status")] == "untried"
    assert len(running.log.exchanges) - before <= 2  # robots.txt, and the one page
