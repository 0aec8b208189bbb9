"""scrapy load: JSON lines merged in any order, any number of times, whatever else stands in the file."""

import codecs
import gzip
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from crawler.commands.load import TOGETHER, TOLD
from crawler.store import open_database
from crawler.store.crawl_log import UnreadFile, note_unread_file
from crawler.unread_files import unread_lines
from parsers.report import Attachment, Report, from_line, to_json, to_line
from parsers.schema import json_schema
from tests.records import assert_whole, content, report

ROOT = Path(__file__).parent.parent
RECORDS = [
    report(),
    report(year=2021),
    report(received=4, fetched_at="2026-11-25T08:00:00+00:00"),
    report(url="http://mzj.hangzhou.gov.cn/1.html"),
    replace(report(issuer="宁波市教育局"), region_code=None),
]


def load(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    ran = subprocess.run(
        [sys.executable, "-m", "scrapy", "load", *arguments],
        cwd=folder,
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)},
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
    )
    said = ran.stdout.decode(), ran.stderr.decode()
    return subprocess.CompletedProcess(ran.args, ran.returncode, *said)


def test_a_file_of_another_kind_is_told_of_in_a_few_lines(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("no record\n" * (TOLD + 3), encoding="utf-8")
    ran = load(tmp_path, "notes.md")
    told = ran.stderr.splitlines()
    assert ran.returncode == 1
    assert len(told) == TOLD + 1
    assert told[-1] == "notes.md: and 3 more lines that are no records"


def lines(records: list[Report]) -> bytes:
    return b"".join(to_line(one) + b"\n" for one in records)


def stored(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    db = open_database(folder / "output" / "reports.db")
    assert_whole(db)
    found = content(db)
    db.close()
    return found


def test_any_order_and_any_number_of_times(tmp_path: Path) -> None:
    found = []
    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir()
        shuffled = random.Random(number).sample(RECORDS, len(RECORDS))
        (folder / "a.jsonl").write_bytes(lines(shuffled[:2]))
        (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines(shuffled[2:])))
        ran = load(folder, *("?.jsonl*", "a.jsonl")[: 1 + number])
        assert ran.returncode == 0, ran.stderr
        found.append(stored(folder))
    assert len(found[0]["reports"]) == 3
    assert found[0] == found[1] == found[2]


def test_standard_input(tmp_path: Path) -> None:
    ran = load(tmp_path, "-", stdin=lines(RECORDS))
    assert (ran.returncode, ran.stdout) == (
        0,
        "output/reports.db: 3 new, 1 revised, 1 duplicate, 0 unchanged\n",
    )


def test_broken_lines_are_named_and_the_rest_is_loaded(tmp_path: Path) -> None:
    good = lines(RECORDS).splitlines()
    record = to_json(RECORDS[1])
    broken = [
        good[0][:1000],
        b'{"report_id": 1}',
        json.dumps({**record, "year": "2021"}).encode(),
        json.dumps(record).replace('"value": 3', '"value": NaN', 1).encode(),
        json.dumps({**record, "title": "\ud800"}).encode(),
        b"\xff\xfe",
        b"[" * 100_000,
    ]
    (tmp_path / "mixed.jsonl").write_bytes(b"\n".join([good[0], *broken, b"", *good[1:], good[0][:-100]]))
    ran = load(tmp_path, "mixed.jsonl")
    assert ran.returncode == 1
    complaints = ran.stderr.splitlines()
    assert [line.split(" ")[0] for line in complaints] == [
        f"mixed.jsonl:{number}:" for number in (2, 3, 4, 5, 6, 7, 8, 14)
    ]
    assert "record.year: expected int, got str" in complaints[2]
    assert len(stored(tmp_path)["sightings"]) == len(RECORDS) - 1 + 1
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    "said",
    [
        {"year": 20220},
        {"issuer": " "},
        {"template": "new"},
        {"period_end": "2020-13-31"},
        {"region_code": "33"},
        {"issuer_code": "0024"},
        {"header.published_on": "30 Feb"},
        {"source.fetched_at": "yesterday"},
        {"source.fetched_at": "2026-11-24T16:00:00+08:00"},
        {"source.status": 1000},
        {"source.url": ""},
        {"source.body_sha256": "0f"},
    ],
)
def test_the_schema_and_load_refuse_what_no_reader_writes(said: dict[str, object]) -> None:
    record: Any = to_json(RECORDS[0])
    ((name, value),) = said.items()
    *outer, name = name.split(".")
    (record[outer[0]] if outer else record)[name] = value
    assert not Draft202012Validator(json_schema()).is_valid(record)
    with pytest.raises(ValueError, match=rf"^record\.{'.'.join([*outer, name])}: expected "):
        from_line(json.dumps(record))


def test_identity_is_that_of_todays_rules_whatever_a_line_says(tmp_path: Path) -> None:
    strange = [
        replace(RECORDS[0], report_id="0" * 20, fingerprint="0" * 32),
        replace(RECORDS[4], report_id=RECORDS[0].report_id),
    ]
    assert load(tmp_path, "-", stdin=lines([*strange, RECORDS[0]])).stdout == (
        "output/reports.db: 2 new, 0 revised, 0 duplicate, 1 unchanged\n"
    )
    assert [row[0] for row in stored(tmp_path)["reports"]] == sorted(
        one.report_id for one in (RECORDS[0], RECORDS[4])
    )


def test_an_address_that_would_be_a_script_is_refused(tmp_path: Path) -> None:
    script = " JavaScript:alert(1)//x.pdf"
    attached = replace(RECORDS[0], attachments=(Attachment(script, "附件", None),))
    ran = load(tmp_path, "-", stdin=lines([report(url=script), attached, report(url="saved/2020.html")]))
    assert (ran.returncode, len(ran.stderr.splitlines())) == (1, 2)
    assert "-:1: record.source.url: expected str of the form that the JSON Schema gives" in ran.stderr
    assert "-:2: record.attachments[0].url: expected str" in ran.stderr
    assert ran.stdout == "output/reports.db: 1 new, 0 revised, 0 duplicate, 0 unchanged\n"


def test_an_address_that_is_none_stops_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, "-", stdin=lines([report(url="http://[::1"), *RECORDS])).returncode == 0
    assert {row[2] for row in stored(tmp_path)["sightings"] if row[1] == "http://[::1"} == {0}


def test_a_byte_order_mark_and_a_packed_standard_input_are_read(tmp_path: Path) -> None:
    marked = b"".join(codecs.BOM_UTF8 + lines([record]) for record in RECORDS)  # files put together
    for packed in (marked, gzip.compress(lines(RECORDS))):
        ran = load(tmp_path, "-", stdin=packed)
        assert (ran.returncode, ran.stderr) == (0, "")


def test_a_full_disk_behind_the_output_is_not_called_the_database(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "scrapy", "load", "-"],
            cwd=tmp_path,
            env={**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)},
            input=lines(RECORDS),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (1, b"standard output: No space left on device\n")
    assert len(stored(tmp_path)["reports"]) == 3


def test_files_that_cannot_be_read_are_named_and_the_rest_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_bytes(lines(RECORDS))
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(lines(RECORDS))[:-200])
    ran = load(tmp_path, "missing.jsonl", "cut.jsonl.gz", "good.jsonl")
    assert ran.returncode == 1
    first, second = ran.stderr.splitlines()
    assert first == "missing.jsonl: No such file or directory"
    assert second.startswith("cut.jsonl.gz:")
    assert len(stored(tmp_path)["reports"]) == 3


def test_more_than_one_transaction_holds(tmp_path: Path) -> None:
    many = [report(issuer=f"宁波市第{number}小学") for number in range(2 * TOGETHER + 1)]
    (tmp_path / "many.jsonl").write_bytes(lines(many))
    assert (
        load(tmp_path, "many.jsonl").stdout
        == "output/reports.db: 201 new, 0 revised, 0 duplicate, 0 unchanged\n"
    )
    assert len(stored(tmp_path)["reports"]) == 2 * TOGETHER + 1


@pytest.mark.usefixtures("interruptible")
def test_interrupted_it_says_what_is_loaded(tmp_path: Path) -> None:
    loading = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "load", "-"],
        cwd=tmp_path,
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert loading.stdin
    loading.stdin.write(lines(RECORDS[:1]) * TOGETHER)
    loading.stdin.flush()
    database = tmp_path / "output" / "reports.db"
    deadline = time.monotonic() + 30
    while not (database.exists() and _reports_in(database)):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    loading.send_signal(signal.SIGINT)
    said, complaint = loading.communicate(timeout=30)
    assert said.decode() == f"output/reports.db: 1 new, 0 revised, 0 duplicate, {TOGETHER - 1} unchanged\n"
    assert complaint.decode().startswith("stopped; ")
    assert len(complaint.splitlines()) == 1
    assert loading.returncode == 1


def _reports_in(database: Path) -> int:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        try:
            return int(db.execute("SELECT count(*) FROM reports").fetchone()[0])
        except sqlite3.OperationalError:  # not made yet
            return 0


def test_wrong_usage(tmp_path: Path) -> None:
    assert load(tmp_path).returncode == 2
    ran = load(tmp_path, "--replace", "a.jsonl")
    assert (ran.returncode, "no such option: --replace" in ran.stderr) == (2, True)


def test_what_was_fetched_in_the_future_waits_until_the_clock_is_right(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines([report(fetched_at="2199-01-01T00:00:00+00:00"), RECORDS[0]]))
    ran = load(tmp_path, "a.jsonl")
    assert ran.returncode == 1
    assert ran.stderr.startswith("a.jsonl:1: fetched at 2199-01-01T00:00:00+00:00, and the clock here says ")
    assert len(stored(tmp_path)["sightings"]) == 1


def test_files_that_a_worker_could_not_read_are_merged_too(tmp_path: Path) -> None:
    read, left = "http://mzj.hangzhou.gov.cn/1.doc", "http://mzj.hangzhou.gov.cn/2.doc"
    with closing(open_database(tmp_path / "worker.db")) as db:
        for url in (read, left):
            note_unread_file(
                db,
                UnreadFile(
                    url, "hangzhou", "application/msword", 9, "0f", "binary", "2026-11-25T08:00:00+00:00"
                ),
                None,
            )
    unread = b"".join(unread_lines(tmp_path / "worker.db"))
    (tmp_path / "a-unread.jsonl").write_bytes(unread)
    (tmp_path / "a.jsonl").write_bytes(lines([report(url=read)]))
    for order in (("a-unread.jsonl", "a.jsonl"), ("a.jsonl", "a-unread.jsonl")):
        ran = load(tmp_path, *order)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert (
            b"".join(unread_lines(tmp_path / "output" / "reports.db")) == unread.splitlines(keepends=True)[1]
        )
    for wrong in (b'{"url": 1}', json.loads(unread.splitlines()[0])["unread_file"] | {"portal": ["x"]}):
        line = wrong if isinstance(wrong, bytes) else json.dumps(wrong).encode()
        ran = load(tmp_path, "-", stdin=b'{"unread_file": ' + line + b"}")
        assert ran.returncode == 1
        assert ran.stderr.startswith("-:1: unread_file: ")
