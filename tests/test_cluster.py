"""The farm with real parts, once; tests/cluster.py disturbs it more often: `python -m tests.cluster --rounds 20`."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.portals import Portal
from tests.cluster import (
    Farm,
    asked,
    assert_as_one_machine,
    disturb,
    farm,
    finish,
    missing,
    single_machine,
)
from tests.portals import running_portals
from tests.portals.crawling import rows

if lacks := missing():
    pytest.skip(f"many machines: {lacks}", allow_module_level=True)

from crawler.claims import Board, Running, Visit
from crawler.cluster import Crawled, trouble
from crawler.delivery import lay_file
from crawler.dispatch import due_portals, lost_tasks

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
            disturb(one, lambda: 0.3, requests)
            finish(one, 60)
            assert_as_one_machine(one, reference)
            assert "0 waiting, 0 running, 0 lost, 3 of 3 visited" in one.dispatch("--status")
            assert_loaded_twice_changes_nothing(one, len(reference))
            assert_second_pass_spares_what_is_known(one, requests)


def assert_loaded_twice_changes_nothing(one: Farm, reports: int) -> None:
    assert f"{reports} new, 0 revised, 0 duplicate, {reports} unchanged" in one.load(times=2)
    assert rows(one.folder, "SELECT count(*) FROM sightings") == [(reports,)]


def assert_second_pass_spares_what_is_known(one: Farm, requests: int) -> None:
    before = asked(one.running)
    assert one.dispatch().startswith("0 portals queued")  # visited a moment ago
    assert one.dispatch("-a", "portal=hanweb,attached").startswith(
        "2 portals queued"
    )  # named: whatever the time
    finish(one, 60)
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
    ("crawled", "again"),
    [
        (Crawled(SEEN, "finished", True), False),
        (Crawled(SEEN, "finished", False), True),  # the store did not take it
        (Crawled(replace(SEEN, outcome="unreachable"), "finished", True), True),
        (
            Crawled(replace(SEEN, outcome="blocked"), "finished", True),
            False,
        ),  # a wall is not knocked at again
        (Crawled(replace(SEEN, outcome="robots"), "finished", True), False),
    ],
)
def test_what_is_tried_again(crawled: Crawled, again: bool) -> None:
    assert trouble(crawled) is again


def test_a_file_is_laid_down_whole_and_over_no_other(tmp_path: Path) -> None:
    found, place = tmp_path / "found", tmp_path / "results" / "a.jsonl"
    found.write_text("one\n")
    lay_file(found, place)
    lay_file(found, place)  # an attempt that was interrupted afterwards
    found.write_text("two\n")
    with pytest.raises(FileExistsError):
        lay_file(found, place)
    assert {file.name: file.read_text() for file in place.parent.iterdir()} == {"a.jsonl": "one\n"}
