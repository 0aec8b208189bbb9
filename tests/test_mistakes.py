"""What a user may get wrong, and what may be missing: one clear line, a sensible exit status, no traceback."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.portals import COLUMNS

ROOT = Path(__file__).parent.parent


def scrapy(folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit status and what was said, without Scrapy's own log."""
    ran = subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=folder,
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert "Traceback" not in ran.stdout
    return ran.returncode, ran.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["crawl", "annual_report"], "the spider is called annual_reports"),
        (["read", "--jsno", "page.html"], "no such option: --jsno"),
        (["reparse", "--sicne=2026"], "not understood: --sicne=2026"),
    ],
    ids=["spider", "option", "option of reparse"],
)
def test_wrong_usage_is_named(tmp_path: Path, arguments: list[str], said: str) -> None:
    status, words = scrapy(tmp_path, *arguments)
    assert status == 2
    assert said in words


def test_an_address_that_no_crawl_visits_is_not_read_either(tmp_path: Path) -> None:
    status, words = scrapy(tmp_path, "read", "http://127.0.0.1:9/report.html")
    assert (status, words) == (
        1,
        "http://127.0.0.1:9/report.html: not fetched: address: a private address\n",
    )


def test_an_archive_that_cannot_be_written_ends_the_crawl_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "archive").touch()
    status, words = scrapy(tmp_path, "crawl", "annual_reports", "-s", "ARCHIVE_DIR=archive", "--nolog")
    assert (status, words) == (1, "archive: File exists\n")


def test_a_crawl_that_reaches_nobody_asks_for_the_network(tmp_path: Path) -> None:
    with socket.socket() as nobody:  # bound, and not listening
        nobody.bind(("127.0.0.9", 0))
        address = f"127.0.0.9:{nobody.getsockname()[1]}"
        row = (
            "nobody",
            "无人市人民政府",
            "",
            "demo",
            "auto",
            f"http://{address}/",
            address,
            "",
            "active",
            "",
        )
        (tmp_path / "portals.csv").write_text(f"{','.join(COLUMNS)}\n{','.join(row)}\n", encoding="utf-8")
        settings = ("-s", "PORTALS_FILE=portals.csv", "-s", "DOWNLOAD_DELAY=0.01", "-s", "BACKOFF=0.2")
        status, words = scrapy(tmp_path, "crawl", "annual_reports", *settings, "--nolog")
    assert status == 1
    assert words.splitlines()[-1] == "none of 1 portals could be reached: is the network there?"


def test_a_probe_that_gets_no_page_knows_nothing_of_robots(tmp_path: Path) -> None:
    status, words = scrapy(tmp_path, "probe", "http://127.0.0.1:9/")
    assert status == 1
    assert "robots     not known: no page came" in words
