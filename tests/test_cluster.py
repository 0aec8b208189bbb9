"""The farm with real parts, once; tests/cluster.py disturbs it more often: `python -m tests.cluster --rounds 20`."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import pytest
from scrapy.extensions.feedexport import BlockingFeedStorage

from crawler.portals import Portal
from crawler.settings import FEED_STORAGES
from tests.cluster import (
    Farm,
    asked,
    assert_as_one_machine,
    disturb,
    farm,
    finish,
    kill_group,
    missing,
    single_machine,
)
from tests.portals import running_portals
from tests.portals.crawling import rows

if lacks := missing():
    pytest.skip(f"many machines: {lacks}", allow_module_level=True)

from crawler.cluster import trouble
from crawler.fleet.claims import MOST_TRIES, Board, Running, Visit
from crawler.fleet.delivery import lay_file
from crawler.fleet.dispatch import due_portals, lost_tasks


class Shelf(BlockingFeedStorage):
    """A store with a scheme of its own, as S3 is one: what it takes stands in a directory of this machine."""

    def __init__(self, uri: str, *, feed_options: object = None) -> None:
        self.place = Path(uri.removeprefix("shelf://"))

    def _store_in_thread(self, file: IO[bytes]) -> None:
        self.place.parent.mkdir(parents=True, exist_ok=True)
        file.seek(0)
        self.place.write_bytes(file.read())
        file.close()


A_MOMENT = 0.001
TASK = Running("task-1", "worker@here", "2026-11-24T01:00:00+00:00")
SEEN = Visit("2026-11-24T01:00:00+00:00", "reached", None, 10, 5)


def test_workers_and_redis_are_killed_and_nothing_is_lost_or_asked_twice_at_once(tmp_path: Path) -> None:
    with running_portals(["hanweb", "ucap", "attached"]) as portals:
        running = list(portals.values())
        reference = single_machine(tmp_path / "single", running)
        requests = asked(running)
        for portal in running:
            portal.log.exchanges.clear()
        home = tmp_path / "farm"
        home.mkdir()
        with farm(home, running) as one:
            assert one.dispatch().startswith("3 portals queued of 3;")
            assert one.dispatch().startswith("0 portals queued of 3;")  # never twice
            for _ in range(3):
                one.start_worker()
            disturb(one, lambda: 0.3, requests, kill_group)
            finish(one, 180)
            assert_as_one_machine(one, reference)
            assert "0 waiting, 0 running, 0 lost, 3 of 3 visited" in one.dispatch("--status")
            assert_loaded_twice_changes_nothing(one, len(reference))
            assert_second_pass_spares_what_is_known(one, requests)


def test_files_that_a_worker_cannot_read_come_into_the_database(tmp_path: Path) -> None:
    known = "SELECT url, page, title, issuer, year, media_type, size, body_sha256, reason FROM unread_files ORDER BY url"
    missed = "SELECT url, issuer, year, media_type, page FROM file_only_reports ORDER BY url"
    with running_portals(["unread-files"]) as portals:
        running = list(portals.values())
        reports = single_machine(tmp_path / "single", running)
        with farm(tmp_path, running) as one:
            one.dispatch()
            one.start_worker()
            finish(one, 180)
            one.load(times=2)
            assert len(rows(one.folder, missed)) == 8
            for sql in (known, missed):
                assert rows(one.folder, sql) == rows(tmp_path / "single", sql)
            assert rows(one.folder, "SELECT count(*) FROM reports") == [(len(reports),)]


def test_results_go_into_any_store_that_feeds_know(tmp_path: Path) -> None:
    with running_portals(["attached"]) as portals:
        stores = {**FEED_STORAGES, "shelf": "tests.test_cluster.Shelf"}
        shelf = {"RESULTS": f"shelf://{tmp_path / 'results'}", "FEED_STORAGES": stores}
        with farm(tmp_path, list(portals.values()), settings=shelf) as one:
            one.dispatch()
            one.start_worker()
            finish(one, 180)
            found = one.records()
            assert len(found) == len(portals["attached"].reports)
            files = {file.name for file in (one.results / "archive").iterdir()}
            assert {record["source"]["archive"].partition("#")[0] for record in found} == files


def assert_loaded_twice_changes_nothing(one: Farm, reports: int) -> None:
    assert f"{reports} new, 0 revised, 0 duplicate, {reports} unchanged" in one.load(times=2)
    assert rows(one.folder, "SELECT count(*) FROM sightings") == [(reports,)]


def assert_second_pass_spares_what_is_known(one: Farm, requests: int) -> None:
    before = asked(one.running)
    assert one.dispatch().startswith("0 portals queued")  # visited a moment ago
    # named: whatever the time
    assert one.dispatch("-a", "portal=hanweb,attached").startswith("2 portals queued")
    finish(one, 180)
    assert asked(one.running) - before < requests / 4


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    with farm(tmp_path_factory.mktemp("redis"), []) as one:
        yield one


@pytest.fixture
def board(redis: Farm) -> Iterator[Board]:
    board = redis.board()
    board.redis.flushall()
    yield board
    board.close()


def test_a_portal_is_wanted_once(board: Board) -> None:
    assert board.want("a", "task-1")
    assert not board.want("a", "task-2")
    assert board.wanted() == {"a": "task-1"}


def test_one_worker_has_the_claim(board: Board) -> None:
    board.want("a", "task-1")
    assert board.take("a", "me", TASK, 60) == "claimed"
    assert board.take("a", "me", TASK, 60) == "claimed"  # the answer to the first had been lost
    assert board.take("a", "other", TASK, 60) == "held"
    board.leave("a", "other")
    assert board.claimed(["a"]) == {"a"}
    board.leave("a", "me")
    assert board.take("a", "other", TASK, 60) == "claimed"


def test_a_claim_expires_with_its_worker(board: Board) -> None:
    board.want("a", "task-1")
    board.take("a", "me", TASK, A_MOMENT)
    time.sleep(10 * A_MOMENT)
    assert board.take("a", "other", TASK, 60) == "claimed"


def test_a_message_that_comes_again_is_stale_when_its_portal_is_done(board: Board) -> None:
    board.want("a", "task-1")
    board.take("a", "me", TASK, 60)
    board.finish("a", "me", "task-1", SEEN)
    assert board.take("a", "other", TASK, 60) == "stale"
    assert (board.wanted(), board.running(), board.visits()) == ({}, {}, {"a": SEEN})


def test_a_worker_that_lost_its_claim_finishes_nothing(board: Board) -> None:
    board.want("a", "task-1")
    board.take("a", "me", TASK, A_MOMENT)
    time.sleep(10 * A_MOMENT)
    board.take("a", "other", TASK, 60)
    board.finish("a", "me", "task-1", SEEN)
    assert board.wanted() == {"a": "task-1"}
    assert board.visits() == {}


def test_a_portal_that_kills_its_crawls_is_given_up(board: Board) -> None:
    board.want("a", "task-1")
    answers = []
    for _ in range(MOST_TRIES + 1):
        answers.append(board.take("a", "me", TASK, 60))
        board.leave("a", "me")
    assert answers == ["claimed"] * MOST_TRIES + ["worn"]
    board.take("a", "me", TASK, 60)
    board.finish("a", "me", "task-1", SEEN)
    board.want("a", "task-1")
    assert board.take("a", "me", TASK, 60) == "claimed"  # when it is due again


def test_a_task_is_lost_when_nothing_accounts_for_it(board: Board) -> None:
    board.want("in-no-queue", "task-1")
    board.want("claimed", "task-1")
    board.take("claimed", "me", TASK, 60)
    board.want("its-worker-died", "task-1")
    board.take("its-worker-died", "me", TASK, A_MOMENT)
    time.sleep(10 * A_MOMENT)
    assert lost_tasks(board) == {"in-no-queue": "task-1", "its-worker-died": "task-1"}
    assert board.want_again("in-no-queue", "task-1", "task-2")
    assert not board.want_again("in-no-queue", "task-1", "task-3")
    assert board.take("in-no-queue", "me", TASK, 60) == "stale"  # should its message turn up after all


def test_portals_not_visited_for_longest_come_first() -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    portals = [
        Portal(name, name, "", "city", "auto", f"http://{name}.gov.cn/") for name in ("a", "b", "c", "d")
    ]
    ago = {"a": 30, "b": 19, "c": 300}
    visits = {
        name: replace(SEEN, ended=(now - timedelta(hours=hours)).isoformat(timespec="seconds"))
        for name, hours in ago.items()
    }
    assert [portal.id for portal in due_portals(portals, visits, now)] == ["d", "c", "a"]


@pytest.mark.parametrize(
    ("outcome", "again"),
    [("reached", False), ("unreachable", True), ("failed", True), ("blocked", False), ("robots", False)],
)
def test_what_is_tried_again(outcome: str, again: bool) -> None:
    assert trouble(replace(SEEN, outcome=outcome)) is again


def test_a_file_is_laid_down_whole_and_over_no_other(tmp_path: Path) -> None:
    found, place = tmp_path / "found", tmp_path / "results" / "a.jsonl"
    found.write_text("one\n")
    lay_file(found, place)
    lay_file(found, place)  # an attempt that was interrupted afterwards
    found.write_text("two\n")
    with pytest.raises(FileExistsError):
        lay_file(found, place)
    assert {file.name: file.read_text() for file in place.parent.iterdir()} == {"a.jsonl": "one\n"}
