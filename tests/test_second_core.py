"""Pages read in another process: the same reports and refusals, whatever becomes of it or of the crawl."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler import second_core
from crawler.items import Page
from crawler.reading import read_page
from crawler.second_core import Reader
from parsers.report import NotAReport
from tests.writing import render_html, write_truth

ROOT = Path(__file__).parent.parent
URL = "http://www.hangzhou.gov.cn/art/1.html"


def page(body: str) -> Page:
    return Page("hangzhou", "hanweb", URL, URL, 200, "2026-11-24T08:00:00+00:00", "text/html", body.encode())


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """A reader that hands over at once."""
    monkeypatch.setattr(second_core, "WATCHED", 0.0)
    monkeypatch.setattr(second_core, "BUSY", -1.0)
    monkeypatch.setattr(second_core, "_is_core_free", lambda: True)
    reader = Reader()
    yield reader
    reader.close()


def test_another_process_reads_the_same(busy: Reader) -> None:
    one = page(render_html(write_truth("杭州市民政局", 2023)))
    assert asyncio.run(busy.read(one, None)) == read_page(one, None)
    assert busy.pool is not None
    with pytest.raises(NotAReport) as refused:
        asyncio.run(busy.read(page("<title>新闻</title><p>今天天气很好。</p>"), None))
    with pytest.raises(NotAReport, match=str(refused.value)):
        read_page(page("<title>新闻</title><p>今天天气很好。</p>"), None)


def test_a_page_is_read_though_the_other_process_is_killed(busy: Reader) -> None:
    one = page(render_html(write_truth("杭州市民政局", 2023)))
    asyncio.run(busy.read(one, None))
    assert busy.pool is not None
    for process in busy.pool._processes.values():
        assert process.pid
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    assert asyncio.run(busy.read(one, None)) == read_page(one, None)


def test_a_crawl_with_time_to_spare_reads_itself() -> None:
    reader = Reader()
    one = page(render_html(write_truth("杭州市民政局", 2023)))
    assert asyncio.run(reader.read(one, None)) == read_page(one, None)
    assert reader.pool is None


KILLED = """
import asyncio, os, signal
from crawler import second_core
from tests.test_second_core import page
from tests.writing import render_html, write_truth

if __name__ == "__main__":
    second_core.WATCHED, second_core.BUSY, second_core._is_core_free = 0.0, -1.0, lambda: True
    reader = second_core.Reader()
    asyncio.run(reader.read(page(render_html(write_truth("杭州市民政局", 2023))), None))
    print(*reader.pool._processes, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_crawl_leaves_no_process_behind(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # of multiprocessing, which tidies up
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ran.returncode == -signal.SIGKILL
    left = int(ran.stdout)
    deadline = time.monotonic() + 20
    while _is_running(left) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_running(left)


def _is_running(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    try:
        return status.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
