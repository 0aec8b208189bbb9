"""What to put into the queue of the workers: which portals are due, in which order, and which tasks were lost."""

import json
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

from redis import Redis

from crawler.fleet.claims import Board, Visit
from crawler.portals import Portal
from crawler.revisit import due
from crawler.store.crawl_log import KnownPage

DUE_AFTER = timedelta(hours=20)  # a nightly pass, begun at another hour, finds every portal due
QUEUES = "_kombu.binding.*"  # where the engine notes the names of its queues
UNACKED = "unacked"  # hash of the engine: messages that a worker has and has not acknowledged


def due_portals(portals: Iterable[Portal], visits: Mapping[str, Visit], now: datetime) -> list[Portal]:
    """Those not visited for some time, the longest first; never visited ones before all others."""
    waiting = [
        portal
        for portal in portals
        if (visit := visits.get(portal.id)) is None or now - datetime.fromisoformat(visit.ended) >= DUE_AFTER
    ]
    return sorted(waiting, key=lambda portal: visits[portal.id].ended if portal.id in visits else "")


def dispatch(board: Board, task: Any, portals: Sequence[Portal], database: Path) -> list[str]:
    """Queue the portals, in this order, but those that are waiting or being crawled; ids of the queued.

    A portal whose task was lost, with a worker or with Redis, is queued again. Raises sqlite3.Error: the database
    cannot be read.
    """
    lost = lost_tasks(board)
    wanted = board.wanted()
    queued = []
    for portal in portals:
        if portal.id in wanted and portal.id not in lost:
            continue
        known, name = known_addresses(database, portal.id), uuid4().hex
        if board.want(portal.id, name) or board.want_again(portal.id, lost.get(portal.id, ""), name):
            task.apply_async(args=(portal.id, known), task_id=name)
            queued.append(portal.id)
    return queued


def lost_tasks(board: Board) -> dict[str, str]:
    """Portal → task, of those wanted which no queue, no worker and no claim accounts for."""
    missing = _missing(board)
    if any(portal not in board.running() for portal in missing):
        time.sleep(1)  # a message on its way from a queue to a worker is in neither for a moment
        again = _missing(board)
        missing = {portal: task for portal, task in missing.items() if again.get(portal) == task}
    return missing


def _missing(board: Board) -> dict[str, str]:
    wanted = board.wanted()
    running = board.running()
    claimed = board.claimed(wanted)
    queued = message_ids(board.redis) if set(wanted) - set(running) else set()
    wanted = {portal: task for portal, task in board.wanted().items() if wanted.get(portal) == task}
    return {
        portal: task
        for portal, task in wanted.items()
        if portal not in claimed and (portal in running or task not in queued)
    }


def message_ids(redis: Redis) -> set[str]:
    """Ids of the tasks whose messages the engine holds, in queues and with workers."""
    queues = {
        str(member).split("\x06\x16")[-1]
        for key in redis.scan_iter(QUEUES)
        for member in cast(set[str], redis.smembers(key))
    }
    waiting = [text for queue in queues for text in cast(list[str], redis.lrange(queue, 0, -1))]
    taken = [json.loads(text)[0] for text in cast(list[str], redis.hvals(UNACKED))]
    messages = [json.loads(text) for text in waiting] + taken
    return {message["headers"]["id"] for message in messages if "id" in message.get("headers", {})}


def known_addresses(database: Path, portal: str) -> list[str]:
    """Reports of the portal that the database holds and that are not due, as they were asked for; [] without one."""
    if not database.exists():
        return []
    query = (
        "SELECT requested_url, max(sightings.last_seen), reports.year FROM sightings"
        " JOIN revisions ON revisions.id = sightings.revision JOIN reports ON reports.id = revisions.report"
        " JOIN portals ON portals.id = sightings.portal"
        " WHERE portals.portal = ? AND requested_url IS NOT NULL AND sightings.last_seen IS NOT NULL"
        " GROUP BY requested_url"
    )
    now = datetime.now(UTC)
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
        rows = db.execute(query, (portal,)).fetchall()
    pages = [KnownPage(url, seen, 200, "report", year=year) for url, seen, year in rows]
    return [page.url for page in pages if not due(page, None, now)]
