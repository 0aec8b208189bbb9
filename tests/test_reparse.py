"""scrapy reparse: the archive read again, into an empty database or over an older reading."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from crawler.archive import Archive, archive_files
from crawler.items import Page
from crawler.portals import Portal
from crawler.rereading import reread
from crawler.store import open_database, save, store_portals, stored_portals
from tests.records import assert_whole, checked_database, content, report
from tests.test_pipelines import ROOT, crawl, page

REGISTRY = (
    "id,name,region_code,level,family,start_url,hosts,tls,status,note\n"
    "hangzhou,杭州市人民政府,330100,city,auto,http://www.hangzhou.gov.cn/,,,active,\n"
)


def reparse(folder: Path, *arguments: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    (folder / "portals.csv").write_text(REGISTRY, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "reparse", *arguments, "-s", "PORTALS_FILE=portals.csv"],
        cwd=folder,
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)},
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def stored(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    db = open_database(folder / "output" / "reports.db")
    assert_whole(db)
    found = content(db)
    db.close()
    return found


@pytest.fixture
def crawled(tmp_path: Path) -> Path:
    crawl(tmp_path, page(1), page(2), page(2, fetched_at="2026-11-25T00:00:00+00:00"))
    return tmp_path


def test_a_reader_that_has_seen_enough_stops_nothing(crawled: Path) -> None:
    before = stored(crawled)
    for file in (crawled / "output").glob("reports.db*"):
        file.unlink()
    reader, writer = os.pipe()
    os.close(reader)  # as a `head` that has ended
    ran = reparse(crawled, stdout=writer)
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert stored(crawled) == before


def test_a_lost_database_is_rebuilt(crawled: Path) -> None:
    before = stored(crawled)
    for file in (crawled / "output").glob("reports.db*"):
        file.unlink()
    ran = reparse(crawled)
    assert ran.returncode == 0, ran.stderr
    assert stored(crawled) == before
    assert "3 pages read again: 2 changed, 1 unchanged" in ran.stdout


def test_what_was_fetched_in_the_future_is_left_out(crawled: Path) -> None:
    crawl(crawled, page(3, fetched_at="2199-01-01T00:00:00+00:00"), page(4))
    for file in (crawled / "output").glob("reports.db*"):
        file.unlink()
    ran = reparse(crawled)
    assert ran.returncode == 1
    assert ": fetched at 2199-01-01T00:00:00+00:00, and the clock here says " in ran.stderr
    assert "4 pages read again" in ran.stdout
    assert len(stored(crawled)["reports"]) == 3  # also what came behind it


def test_reading_again_changes_nothing_when_the_readers_are_the_same(crawled: Path) -> None:
    before = stored(crawled)
    assert reparse(crawled).stdout == "3 pages read again: 0 changed, 3 unchanged\n"
    assert stored(crawled) == before


def test_what_earlier_readers_misread_is_set_right_and_told(crawled: Path) -> None:
    right = stored(crawled)
    with closing(sqlite3.connect(crawled / "output" / "reports.db")) as db, db:
        db.execute("UPDATE figure_values SET value = 77, raw = '77' WHERE revision = 1 AND position = 0")
        db.execute("UPDATE revisions SET fingerprint = 'as an earlier reader had it' WHERE id = 2")
    ran = reparse(crawled)
    assert ran.returncode == 0, ran.stderr
    assert "杭州市民政局 2021: figures 1\n" in ran.stdout
    assert "杭州市民政局 2022: read differently\n" in ran.stdout
    assert stored(crawled) == right


def test_what_is_no_report_to_todays_readers_is_withdrawn(crawled: Path) -> None:
    news = "<html><title>新闻</title><p>今天天气很好。</p></html>".encode()
    with closing(open_database(crawled / "output" / "reports.db")) as db:
        url = "http://www.hangzhou.gov.cn/news.html"
        archive = Archive(crawled / "output" / "archive", "earlier", "Nianbao/0")
        place = archive.write(Page(**page(9, url=url, body=news)))
        archive.close()
        misread = report(issuer="宁波市教育局", url=url)
        source = replace(misread.source, body_sha256=sha256(news).hexdigest(), archive=place)
        save(db, replace(misread, source=source))
    assert len(stored(crawled)["issuers"]) == 2
    ran = reparse(crawled)
    assert f"{url}: not an annual report" in ran.stdout
    assert len(stored(crawled)["issuers"]) == 1


def test_only_some(crawled: Path) -> None:
    assert reparse(crawled, "--since", "2026-11-25").stdout.startswith("1 pages read again")
    elsewhere = reparse(crawled, "--portal", "elsewhere")
    assert elsewhere.stdout.startswith("0 pages read again")
    assert (elsewhere.returncode, elsewhere.stderr) == (
        1,
        "--portal elsewhere: no archived page is of such a portal\n",
    )
    for no_date in ("yesterday", "2026-13", "2026-11-32"):
        assert reparse(crawled, "--since", no_date).returncode == 2


def test_a_damaged_file_is_told_and_the_others_are_read(crawled: Path) -> None:
    broken = crawled / "output" / "archive" / "a-00001.warc.gz"
    broken.write_bytes(archive_files(crawled / "output" / "archive")[0].read_bytes()[:-100])
    ran = reparse(crawled)
    assert ran.returncode == 1
    assert ran.stderr.startswith("a-00001.warc.gz: damaged after byte ")
    assert len(ran.stderr.splitlines()) == 1
    assert "pages read again" in ran.stdout


def test_no_archive_is_told_in_one_line(tmp_path: Path) -> None:
    ran = reparse(tmp_path)
    assert (ran.returncode, ran.stderr) == (1, "output/archive: no archive there\n")


def test_a_version_that_was_published_is_never_withdrawn(tmp_path: Path) -> None:
    """Other bytes at the same address are another version, not another reading."""
    old, new = report(received=3), report(received=4, fetched_at="2026-12-01T00:00:00+00:00")
    new = replace(new, source=replace(new.source, body_sha256="1" * 64))
    with checked_database(tmp_path / "reports.db") as db:
        save(db, old)
        save(db, new)
        assert reread(db, new) == ""
        assert reread(db, old) == ""
        assert db.execute("SELECT count(*) FROM revisions").fetchone() == (2,)


def test_portals_of_another_registry_are_remembered(tmp_path: Path) -> None:
    portal = Portal(
        "x", "云溪市人民政府", "339901", "demo", "hanweb", "http://127.0.0.2:8711/", ("127.0.0.9",)
    )
    db = open_database(tmp_path / "reports.db")
    store_portals(db, [portal])
    assert stored_portals(db) == {"x": portal}
    db.close()
