"""What the machines agree on, in Redis: which portals are wanted, who crawls which, and what came of it.

A portal is *wanted* from its dispatch to the end of its visit, and names the one task that may crawl it. The worker
that does so holds a *claim*, which expires unless it is renewed: so a portal is crawled by one worker at a time, and
a worker that dies loses it. Every step is one atomic script: a step that is done twice, as after a lost answer,
changes nothing.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast

from redis import Redis
from redis.backoff import ExponentialBackoff
from redis.exceptions import BusyLoadingError, ConnectionError, TimeoutError
from redis.retry import Retry

OUTAGES = (ConnectionError, TimeoutError, BusyLoadingError)  # of Redis, as while it starts again
PATIENCE = 30  # tries, in about two minutes: as long as a server may take to start again with its log
WANTED = "nianbao:wanted"  # hash: portal → id of the task
RUNNING = "nianbao:running"  # hash: portal → Running, as JSON
VISITS = "nianbao:visits"  # hash: portal → Visit, as JSON
TRIES = "nianbao:tries"  # hash: portal → how often it was claimed since it is wanted
# a portal that kills its crawl again and again, as by its memory, is left until it is due again
MOST_TRIES = 8

Answer = Literal["claimed", "held", "stale", "worn"]


@dataclass(frozen=True, slots=True)
class Running:
    """A portal that is being crawled."""

    task: str
    worker: str  # "celery@host"
    since: str  # UTC, ISO


@dataclass(frozen=True, slots=True)
class Visit:
    """How the last visit to a portal ended."""

    ended: str  # UTC, ISO
    outcome: str  # reached, blocked, unreachable, robots, failed
    reason: str | None = None  # what blocked it, in words
    requests: int = 0
    reports: int = 0  # read, or spared because they are known
    errors: int = 0
    seconds: float = 0.0


def claim_key(portal: str) -> str:
    return f"nianbao:claim:{portal}"


TAKE = """
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 'stale' end
local holder = redis.call('GET', KEYS[3])
if holder and holder ~= ARGV[3] then return 'held' end
redis.call('SET', KEYS[3], ARGV[3], 'PX', ARGV[4])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[5])
if redis.call('HINCRBY', KEYS[4], ARGV[1], 1) > tonumber(ARGV[6]) then return 'worn' end
return 'claimed'
"""
RENEW = """
local holder = redis.call('GET', KEYS[2])
if holder and holder ~= ARGV[3] then return 0 end
if not holder and redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[4])
return 1
"""  # one that has expired is taken again where nobody else wants it
LEAVE = """
if redis.call('GET', KEYS[2]) ~= ARGV[2] then return 0 end
redis.call('HDEL', KEYS[1], ARGV[1])
return redis.call('DEL', KEYS[2])
"""
FINISH = """
local holder = redis.call('GET', KEYS[4])
if holder and holder ~= ARGV[3] then return 0 end
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[3], ARGV[1], ARGV[4])
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[5], ARGV[1])
return redis.call('DEL', KEYS[4])
"""
REPLACE = """
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
"""


class Board:
    """The claims, as workers and dispatch see them. Raises redis.exceptions.RedisError after so many tries."""

    def __init__(self, address: str, tries: int = PATIENCE) -> None:
        self.redis = Redis.from_url(
            address,
            decode_responses=True,
            socket_timeout=10,
            retry=Retry(ExponentialBackoff(cap=5, base=0.1), tries),
            retry_on_error=[*OUTAGES],
        )

    def close(self) -> None:
        self.redis.close()

    def want(self, portal: str, task: str) -> bool:
        """The portal is wanted from now on; False when it was already."""
        return bool(self.redis.hsetnx(WANTED, portal, task))

    def want_again(self, portal: str, lost: str, task: str) -> bool:
        """Another task in the place of one that was lost, and which is stale should it turn up; False: it has ended."""
        return bool(self._run(REPLACE, [WANTED, RUNNING], portal, lost, task))

    def take(self, portal: str, owner: str, running: Running, seconds: float) -> Answer:
        """A claim on the portal for so long; "worn": with it the duty to end a visit that was tried too often.

        No claim where another worker's is "held", or the task is "stale": the portal is no longer this task's.
        """
        keys = [WANTED, RUNNING, claim_key(portal), TRIES]
        told = json.dumps(asdict(running))
        lasts = int(seconds * 1000)
        return cast(Answer, self._run(TAKE, keys, portal, running.task, owner, lasts, told, MOST_TRIES))

    def leave(self, portal: str, owner: str) -> None:
        """Give the claim up with the portal still wanted: its task will come again."""
        self._run(LEAVE, [RUNNING, claim_key(portal)], portal, owner)

    def finish(self, portal: str, owner: str, task: str, visit: Visit) -> None:
        """The visit has ended; nothing happens when claim or task were lost to another worker."""
        keys = [WANTED, RUNNING, VISITS, claim_key(portal), TRIES]
        self._run(FINISH, keys, portal, task, owner, json.dumps(asdict(visit)))

    def wanted(self) -> dict[str, str]:
        """Portal → id of its task."""
        return cast(dict[str, str], self.redis.hgetall(WANTED))

    def running(self) -> dict[str, Running]:
        found = cast(Mapping[str, str], self.redis.hgetall(RUNNING))
        return {portal: Running(**json.loads(text)) for portal, text in found.items()}

    def visits(self) -> dict[str, Visit]:
        found = cast(Mapping[str, str], self.redis.hgetall(VISITS))
        return {portal: Visit(**json.loads(text)) for portal, text in found.items()}

    def claimed(self, portals: Iterable[str]) -> set[str]:
        """Those of them on which a worker holds a claim."""
        names = list(portals)
        if not names:
            return set()
        holders = cast(list[str | None], self.redis.mget([claim_key(name) for name in names]))
        return {name for name, holder in zip(names, holders, strict=True) if holder}

    def _run(self, script: str, keys: list[str], *arguments: object) -> Any:
        return self.redis.eval(script, len(keys), *keys, *map(str, arguments))
