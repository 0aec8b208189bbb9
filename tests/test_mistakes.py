"""What a user may get wrong, and what may be missing: one clear line, a sensible exit status, no traceback."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy import signals
from scrapy.crawler import Crawler

from crawler.commands.crawl import ARGUMENTS, Command
from crawler.portals import COLUMNS
from crawler.settings import EXTENSIONS
from tests.portals import running_portals
from tests.portals.crawling import crawl, rows

ROOT = Path(__file__).parent.parent


def begin(folder: Path, *arguments: str, settings: str = "crawler.settings") -> subprocess.Popen[str]:
    path = os.pathsep.join((str(ROOT), str(folder)))
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=folder,
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": settings, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def scrapy(folder: Path, *arguments: str, settings: str = "crawler.settings") -> tuple[int, str]:
    """Exit status and what was said, without Scrapy's own log."""
    with begin(folder, *arguments, settings=settings) as ran:
        words, _ = ran.communicate(timeout=60)
    assert "Traceback" not in words
    return ran.returncode, words


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["crawl", "annual_report"], "the spider is called annual_reports"),
        (["read", "--jsno", "page.html"], "no such option: --jsno"),
        (["reparse", "--sicne=2026"], "not understood: --sicne=2026"),
        (["probe", "http://[::1"], "name one address"),
    ],
    ids=["spider", "option", "option of reparse", "address"],
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


def test_an_address_that_is_none_is_not_read(tmp_path: Path) -> None:
    status, words = scrapy(tmp_path, "read", "http://[::1")
    assert (status, words) == (1, "http://[::1: not fetched: Invalid IPv6 URL\n")


def test_an_export_that_cannot_be_written_ends_the_crawl_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "output" / "reports.jsonl").mkdir(parents=True)
    status, words = scrapy(tmp_path, "crawl", "annual_reports", "--nolog")
    assert (status, words) == (1, "output/reports.jsonl: Is a directory\n")


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
    told = "none of 1 portals could be reached: is the network there?"
    assert words.splitlines()[-1] == told
    assert f"Needs attention: {told}." in words


def test_the_help_of_a_crawl_explains_its_arguments() -> None:
    told = Command().long_desc()
    assert [name for name in ARGUMENTS if f" {name}=" not in told] == []


class Interrupted:
    """Ctrl-C while Scrapy puts its parts together."""

    @classmethod
    def from_crawler(cls, crawler: object) -> "Interrupted":
        os.kill(os.getpid(), signal.SIGINT)
        return cls()


def test_a_crawl_that_is_stopped_before_it_begins_says_so(tmp_path: Path) -> None:
    (tmp_path / "interrupted.py").write_text(
        "from crawler.settings import *\nEXTENSIONS = {**EXTENSIONS, 'tests.test_mistakes.Interrupted': 0}\n"
    )
    status, words = scrapy(tmp_path, "crawl", "annual_reports", "--nolog", settings="interrupted")
    assert status != 0
    assert words == "Stopped before the first answer.\n"


class InterruptedAtTheFirstAnswer:
    """Ctrl-C when the first answer has come; where it is impatient, again at the second."""

    most = 1

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "InterruptedAtTheFirstAnswer":
        extension = cls()
        crawler.signals.connect(extension.answered, signals.response_received)
        return extension

    def answered(self) -> None:
        if self.most:
            self.most -= 1
            os.kill(os.getpid(), signal.SIGINT)


class ImpatientlyInterrupted(InterruptedAtTheFirstAnswer):
    most = 2


def interrupted(folder: Path, extension: type) -> subprocess.CompletedProcess[str]:
    """Of a crawl of two portals, of which the second is to come when the first is done."""
    extensions = {**EXTENSIONS, f"tests.test_mistakes.{extension.__name__}": 0}
    with running_portals(["trs", "hanweb"]) as running:
        return crawl(folder, running.values(), EXTENSIONS=json.dumps(extensions), CONCURRENT_REQUESTS=1)


def test_a_crawl_that_is_stopped_by_force_says_so(tmp_path: Path) -> None:
    done = interrupted(tmp_path, ImpatientlyInterrupted)
    assert (done.returncode, done.stderr) == (1, "Stopped in the middle; what was stored is kept.\n")


def test_a_stopped_run_counts_no_portal_as_not_reached_whose_turn_had_not_come(tmp_path: Path) -> None:
    done = interrupted(tmp_path, InterruptedAtTheFirstAnswer)
    assert "Run 1 shutdown: " in done.stdout
    assert (done.returncode, done.stderr) == (1, "Stopped in the middle; what was stored is kept.\n")
    assert rows(tmp_path, "SELECT count(*) FROM run_portals") == [(1,)]


@pytest.mark.usefixtures("interruptible")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_ctrl_c_while_a_command_begins_leaves_no_traceback(tmp_path: Path) -> None:
    registry = tmp_path / "portals.csv"
    os.mkfifo(registry)
    arguments = ("crawl", "annual_reports", "-s", f"PORTALS_FILE={registry}", "--nolog")
    with begin(tmp_path, *arguments) as begun, registry.open("w"):  # when it has begun to read
        begun.send_signal(signal.SIGINT)
        words, _ = begun.communicate(timeout=60)
    assert begun.returncode == -signal.SIGINT
    assert words == "Stopped before anything was done.\n"


def test_a_probe_that_gets_no_page_knows_nothing_of_robots(tmp_path: Path) -> None:
    status, words = scrapy(tmp_path, "probe", "http://127.0.0.1:9/")
    assert status == 1
    assert "robots     not known: no page came" in words
