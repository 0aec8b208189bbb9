"""The WARC archive: what goes in comes out, with standard tools too, and after a kill."""

import gzip
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import Archive, DamagedArchive, archive_files, archived_page, mend_archive, read_archive
from crawler.items import Page

BODY = "<html>政府信息公开工作年度报告</html>".encode("gb18030")


def page(number: int = 1, **changed: object) -> Page:
    url = f"http://www.hangzhou.gov.cn/art/{number}.html?a=1&b=%E4%B8%AD"
    made = Page(
        portal="hangzhou",
        family="hanweb",
        requested_url=f"http://www.hangzhou.gov.cn/{number}",
        url=url,
        status=200,
        fetched_at="2026-11-24T08:00:00+00:00",
        content_type="text/html; charset=gb2312",
        body=BODY,
        headers={"content-type": "text/html; charset=gb2312", "content-encoding": "gzip", "etag": '"x"'},
        listed_title="2020年\n年报",
        listed_date="2021-01-11",
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def archive(folder: Path, *pages: Page, run: str = "run1") -> list[str]:
    writer = Archive(folder, run, "Nianbao/1 (+http://example.org)")
    places = [writer.write(one) for one in pages]
    writer.close()
    return places


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    pages = [page(1), page(2, body=b"", status=299), page(3, body=bytes(range(256)) * 1000)]
    places = archive(tmp_path, *pages)
    assert list(read_archive(archive_files(tmp_path)[0])) == list(zip(pages, places, strict=True))
    assert archived_page(tmp_path, places[2]).body == pages[2].body


def test_a_document_keeps_the_page_that_shows_it(tmp_path: Path) -> None:
    shown = page(
        2, content_type="application/pdf", headers={"content-type": "application/pdf"}, shell=page(1)
    )
    archive(tmp_path, shown, page(3))
    assert [one for one, _ in read_archive(archive_files(tmp_path)[0])] == [shown, page(3)]


def test_a_report_keeps_the_pages_on_which_it_goes_on(tmp_path: Path) -> None:
    whole = page(1).with_part(page(2)).with_part(page(3))
    archive(tmp_path, whole, page(4))
    assert [one for one, _ in read_archive(archive_files(tmp_path)[0])] == [whole, page(4)]
    assert [one.body for one in whole.chain] == [page(number).body for number in (1, 2, 3)]


def test_standard_tools_replay_it(tmp_path: Path) -> None:
    places = archive(tmp_path, page(1), page(2))
    file = archive_files(tmp_path)[0]
    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", str(file)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    with file.open("rb") as stream:
        records = ArchiveIterator(stream, check_digests="raise")
        seen = [
            (record.rec_type, record.content_stream().read(), records.get_record_offset())
            for record in records
        ]
    kinds = [kind for kind, _, _ in seen]
    assert kinds == ["warcinfo", *["metadata", "request", "response"] * 2]
    assert [(body, f"{file.name}#{place}") for kind, body, place in seen if kind == "response"] == [
        (BODY, place) for place in places
    ]


def test_files_are_closed_when_they_are_large(tmp_path: Path) -> None:
    writer = Archive(tmp_path, "run1", "Nianbao/1", max_size=2000)
    places = [writer.write(page(number)) for number in range(5)]
    assert [path.suffix for path in archive_files(tmp_path)][-1] == ".open"
    writer.close()
    assert len(archive_files(tmp_path)) > 1
    assert [place for file in archive_files(tmp_path) for _, place in read_archive(file)] == places


def test_nothing_fetched_leaves_no_file(tmp_path: Path) -> None:
    archive(tmp_path)
    assert archive_files(tmp_path) == []


KILLED = """
import os, sys
from pathlib import Path
from crawler.archive import Archive
from tests.test_archive import page
archive = Archive(Path(sys.argv[1]), "killed", "Nianbao/1")
for number in range(10_000):
    print(archive.write(page(number)), flush=True)
"""


def test_a_killed_run_leaves_what_it_said_it_had_written(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        said = [writer.stdout.readline().decode().strip() for _ in range(50)]
        writer.kill()
        said += writer.stdout.read().decode().split()
    left = archive_files(tmp_path)[0]
    assert left.suffix == ".open"
    assert {place for _, place in read_archive(left)} >= set(said)
    next_run = Archive(tmp_path, "run2", "Nianbao/1")
    closed = archive_files(tmp_path)[0]
    assert closed.suffix == ".gz"
    assert {place for _, place in read_archive(closed)} >= set(said)
    assert archived_page(tmp_path, said[-1]).body == BODY
    next_run.close()


@pytest.mark.parametrize("lost", [1, 40, 300, 900])
def test_a_tail_that_is_not_whole_is_cut_off(tmp_path: Path, lost: int) -> None:
    places = archive(tmp_path, page(1), page(2))
    whole = archive_files(tmp_path)[0]
    data = whole.read_bytes()
    whole.rename(whole.with_name(whole.name + ".open")).write_bytes(data[:-lost])
    mend_archive(tmp_path)
    assert [place for _, place in read_archive(whole)] == places[:1]
    with whole.open("rb") as stream:
        assert all(
            record.content_stream().read() is not None
            for record in ArchiveIterator(stream, check_digests="raise")
        )


def test_a_file_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    writer = Archive(tmp_path, "run1", "Nianbao/1")
    writer.write(page(1))
    Archive(tmp_path, "run2", "Nianbao/1")  # as a second run would
    assert [path.suffix for path in archive_files(tmp_path)] == [".open"]
    place = writer.write(page(2))
    writer.close()
    assert archived_page(tmp_path, place).url == page(2).url


def test_a_damaged_file_gives_what_stands_before_the_damage(tmp_path: Path) -> None:
    archive(tmp_path, page(1), page(2))
    file = archive_files(tmp_path)[0]
    data = bytearray(file.read_bytes())
    data[-200:-100] = b"x" * 100
    file.write_bytes(data)
    pages = read_archive(file)
    assert next(pages)[0] == page(1)
    with pytest.raises(DamagedArchive, match=r"run1-00001\.warc\.gz: damaged after byte \d+"):
        next(pages)


@pytest.mark.parametrize("content", [b"no record", b"WARC/1.0\r\nWARC-Type: response\r\n"])
def test_what_is_no_record_is_damage(tmp_path: Path, content: bytes) -> None:
    archive(tmp_path, page(1), page(2))
    file = archive_files(tmp_path)[0]
    file.write_bytes(gzip.compress(content) + file.read_bytes())
    pages = read_archive(file)
    assert [next(pages)[0], next(pages)[0]] == [page(1), page(2)]
    with pytest.raises(DamagedArchive, match="damaged after byte 0"):
        next(pages)


def test_damage_within_a_file_costs_the_pages_it_hits_and_no_other(tmp_path: Path) -> None:
    places = archive(tmp_path, *map(page, range(1, 6)))
    file = archive_files(tmp_path)[0]
    whole = file.read_bytes()
    second, fourth = (int(places[number].partition("#")[2]) for number in (1, 3))
    flipped = bytearray(whole)
    flipped[fourth + 60] ^= 1  # one bit
    for damaged in (
        flipped,
        whole[: second + 40] + whole[fourth - 40 :],
        whole[:second] + b"junk" + whole[second:],
    ):
        file.write_bytes(damaged)
        read: list[Page] = []
        with pytest.raises(DamagedArchive, match=r"damaged after byte \d+; the pages around it were read"):  # noqa: PT012
            for one, _ in read_archive(file):
                read.append(one)
        assert read[0] == page(1)
        assert read[-1] == page(5)
        assert all(one in map(page, range(1, 6)) for one in read)
    assert len(read) >= 4
