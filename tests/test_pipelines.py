"""From pages to the database through Scrapy itself: a spider that is handed its pages."""

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from scrapy.settings.default_settings import FEED_EXPORTERS_BASE

from crawler import settings
from crawler.archive import archive_files, archived_page, read_archive
from tests.records import assert_whole
from tests.writing import render_html, write_truth

ROOT = Path(__file__).parent.parent

# Yields the pages of a JSON file through the project's own pipelines and feed.
CRAWL = """
import json, sys
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.utils.project import get_project_settings
from crawler.items import Page
from crawler.portals import Portal

class Yielding(Spider):
    name = "yielding"
    portals = (Portal("hangzhou", "杭州市人民政府", "330100", "city", "auto", "http://www.hangzhou.gov.cn/"),)
    run = None
    async def start(self):
        yield Request(sys.argv[1] + "/pages.json")
    def parse(self, response):
        for page in response.json():
            yield Page(**{**page, "body": page["body"].encode()})

settings = get_project_settings()
settings.setdict({"EXTENSIONS": {}, "DOWNLOADER_MIDDLEWARES": {}, "ROBOTSTXT_OBEY": False, "LOG_LEVEL": "WARNING",
                  "TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingThreadedResolver"})
process = CrawlerProcess(settings)
crawler = process.create_crawler(Yielding)
process.crawl(crawler)
process.start()
print(json.dumps({key: value for key, value in crawler.stats.get_stats().items() if isinstance(value, (int, str))}))
"""


def page(number: int = 1, **changed: Any) -> dict[str, Any]:
    url = f"http://www.hangzhou.gov.cn/art/{number}.html"
    return {
        "portal": "hangzhou",
        "family": "hanweb",
        "requested_url": url,
        "url": url,
        "status": 200,
        "fetched_at": "2026-11-24T08:00:00+00:00",
        "content_type": "text/html; charset=utf-8",
        "headers": {"content-type": "text/html; charset=utf-8", "etag": f'"{number}"'},
        "body": render_html(write_truth("杭州市民政局", 2020 + number)),
        **changed,
    }


def crawl(folder: Path, *pages: dict[str, Any], limit: int = 0) -> tuple[dict[str, Any], str]:
    """The crawl's counts, and what it said. `limit` is the most bytes a file may have, as on a disk that is full."""

    def fill_the_disk() -> None:
        if limit:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    (folder / "pages.json").write_text(json.dumps(pages), encoding="utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            return _run(folder, f"http://127.0.0.1:{server.server_port}", fill_the_disk)
        finally:
            server.shutdown()


def _run(folder: Path, server: str, prepare: Callable[[], None]) -> tuple[dict[str, Any], str]:
    ran = subprocess.run(
        [sys.executable, "-c", CRAWL, server],
        preexec_fn=prepare,
        cwd=folder,
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ran.stdout, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1]), ran.stderr


def lines(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "output" / "reports.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def ask(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "output" / "reports.db")) as db:
        assert_whole(db)
        return db.execute(sql).fetchall()


def test_a_page_becomes_rows_a_line_and_an_archived_response(tmp_path: Path) -> None:
    stats, _ = crawl(tmp_path, page(1), page(2))
    assert stats["reports/new"] == stats["reports/hangzhou/new"] == 2
    record = lines(tmp_path)[0]
    source = record["source"]
    assert record["region_code"] == "330100"
    assert (source["portal"], source["family"], source["status"]) == ("hangzhou", "hanweb", 200)
    assert source["fetched_at"] == "2026-11-24T08:00:00+00:00"
    archived = archived_page(tmp_path / "output" / "archive", source["archive"])
    assert (archived.url, archived.body.decode()) == (source["url"], page(1)["body"])
    assert ask(tmp_path, "SELECT archive FROM sightings ORDER BY id")[0] == (source["archive"],)
    assert ask(tmp_path, "SELECT etag, kind, revision FROM pages ORDER BY url")[0] == ('"1"', "report", 1)


def test_what_is_no_report_is_counted_and_not_stored(tmp_path: Path) -> None:
    news = "<html><title>新闻</title><p>今天天气很好。</p></html>"
    stats, said = crawl(tmp_path, page(1, body=news), page(2, body=""), page(3))
    assert stats["reports/new"] == 1
    assert stats["reports/not_reports"] + stats.get("reports/unreadable", 0) == 2
    assert "Traceback" not in said
    assert ask(tmp_path, "SELECT count(*) FROM reports") == [(1,)]


def test_a_line_stands_once_in_the_feed(tmp_path: Path) -> None:
    crawl(tmp_path, page(1))
    stats, _ = crawl(tmp_path, page(1, fetched_at="2026-11-25T08:00:00+00:00"), page(2))
    assert stats["reports/unchanged"] == 1
    assert [record["year"] for record in lines(tmp_path)] == [2021, 2022]


def test_a_line_that_a_kill_kept_from_the_feed_is_written_by_the_next_run(tmp_path: Path) -> None:
    crawl(tmp_path, page(1), page(2))
    feed = tmp_path / "output" / "reports.jsonl"
    whole = feed.read_bytes()
    feed.write_bytes(whole[: len(whole) * 3 // 4])  # the second line is broken …
    with closing(sqlite3.connect(tmp_path / "output" / "reports.db")) as db, db:
        db.execute("UPDATE sightings SET exported = 0")  # … and the killed run noted neither
    crawl(tmp_path, page(1), page(2), page(3))
    assert [record["year"] for record in lines(tmp_path)] == [2021, 2022, 2023]


def test_the_archive_holds_what_the_database_points_at(tmp_path: Path) -> None:
    crawl(tmp_path, page(1), page(2), page(3))
    places = {
        place for file in archive_files(tmp_path / "output" / "archive") for _, place in read_archive(file)
    }
    assert {place for (place,) in ask(tmp_path, "SELECT archive FROM sightings")} == places


@pytest.mark.parametrize("limit", [150_000, 1_500_000])
def test_a_full_disk_ends_the_crawl_with_one_line(tmp_path: Path, limit: int) -> None:
    """First the archive or the feed, then the database meet the limit; what is stored is whole."""
    bureaus = [
        "民政局",
        "教育局",
        "财政局",
        "审计局",
        "统计局",
        "商务局",
        "水利局",
        "司法局",
        "公安局",
        "林业局",
    ]
    bodies = [f"{city}市{bureau}" for city in ("杭州", "宁波", "温州") for bureau in bureaus]
    truths = [write_truth(body, year) for body in bodies for year in (2021, 2022)]
    pages = [page(number, body=render_html(truth)) for number, truth in enumerate(truths)]
    crawl(tmp_path, pages[0])
    stats, said = crawl(tmp_path, *pages, limit=limit)
    assert "Traceback" not in said
    assert len(said.splitlines()) == 1
    assert stats["store/error"] in said
    assert stats["finish_reason"] == "cannot store"
    stored = ask(tmp_path, "SELECT count(*) FROM reports")[0][0]
    assert 1 <= stored < len(pages)
    assert len(lines(tmp_path)) <= stored


def test_the_export_is_the_same_under_each_name_of_json_lines() -> None:
    names = {
        name for name, exporter in FEED_EXPORTERS_BASE.items() if exporter.endswith(".JsonLinesItemExporter")
    }
    assert settings.FEED_EXPORTERS.keys() == names  # -o reports.jsonl and -o reports.jl too
