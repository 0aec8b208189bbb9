"""Three workers, a Redis of our own and the demo portals; a worker and Redis are killed; compared with one machine.

python -m tests.cluster --rounds 5 [--seed 1]
"""

import argparse
import importlib.util
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.portals import PORTALS, Running, registry_csv, running_portals
from tests.portals.crawling import ROOT, crawl, overlapping

SETTINGS: Mapping[str, object] = {
    "DOWNLOAD_DELAY": 0.1,
    "DOWNLOAD_TIMEOUT": 2,  # a dead worker's host is free again after about seven seconds
    "BACKOFF": 0.2,
    "CLAIM_SECONDS": 4,
    "PORTAL_SECONDS": 120,
}
CRON = 4.0  # seconds from one dispatch to the next


def missing() -> str | None:
    """What this machine lacks for it, in words."""
    if importlib.util.find_spec("celery") is None or importlib.util.find_spec("redis") is None:
        return "the extra [cluster] is not installed"
    return None if shutil.which("redis-server") else "no redis-server here (Debian: apt install redis-server)"


class Farm:
    """Redis, workers and dispatch, each machine in a folder of its own."""

    def __init__(
        self, folder: Path, running: Collection[Running], settings: Mapping[str, object], **engine: object
    ) -> None:
        self.folder = folder
        self.running = running
        self.results = folder / "results"
        self.port = _free_port()
        self.address = f"redis://127.0.0.1:{self.port}/0"
        self.redis: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []
        registry = folder / "portals.csv"
        registry.write_text(registry_csv(running), encoding="utf-8")
        changed = {
            **SETTINGS,
            "PORTALS_FILE": str(registry),
            "RESULTS": str(self.results),
            "CELERY": {
                "broker_url": self.address,
                "task_annotations": {"nianbao.visit": {"default_retry_delay": 1}},
                **engine,
            },
            **settings,
        }
        lines = [f"{name} = {value!r}" for name, value in changed.items()]
        text = "\n".join(["from crawler.settings import *", *lines, ""])
        (folder / "farm_settings.py").write_text(text, encoding="utf-8")

    def start_redis(self) -> None:
        """With its log on disk, as the README says: started again, it knows what it knew."""
        options = {
            "port": self.port,
            "bind": "127.0.0.1",
            "dir": self.folder,
            "appendonly": "yes",
            "save": "",
        }
        command = [
            "redis-server",
            *(word for name, value in options.items() for word in (f"--{name}", str(value))),
        ]
        self.redis = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_for(self._answers, 20, "Redis")

    def kill_redis(self) -> None:
        assert self.redis
        self.redis.kill()
        self.redis.wait()

    def start_worker(self, *options: str) -> subprocess.Popen[bytes]:
        """A worker of two processes, in a process group of its own."""
        number = len(self.workers) + 1
        home = self.folder / f"worker-{number}"
        home.mkdir()
        command = [sys.executable, "-m", "celery", "-A", "crawler.cluster", "worker", "--concurrency", "2"]
        command += ["--hostname", f"worker-{number}@here", "--loglevel", "INFO", *options]
        with (home / "worker.log").open("wb") as log:
            worker = subprocess.Popen(
                command, cwd=home, env=self._environment(), stdout=log, stderr=log, start_new_session=True
            )
        self.workers.append(worker)
        return worker

    def dispatch(self, *arguments: str) -> str:
        return self._scrapy(self.folder, "dispatch", *arguments)

    def load(self, times: int = 1) -> str:
        """All results into the database, so many times."""
        files = sorted(str(file) for file in self.results.glob("*.jsonl"))
        return self._scrapy(self.folder, "load", *(times * files))

    def board(self) -> Any:
        from crawler.fleet.claims import Board

        return Board(self.address)

    def stop(self) -> None:
        for worker in self.workers:
            kill_group(worker)
        if self.redis and self.redis.poll() is None:
            self.kill_redis()

    def records(self) -> list[dict[str, Any]]:
        """Every line that was laid down."""
        texts = [file.read_text(encoding="utf-8") for file in sorted(self.results.glob("*.jsonl"))]
        return [json.loads(line) for text in texts for line in text.splitlines()]

    def _scrapy(self, folder: Path, *arguments: str) -> str:
        command = [sys.executable, "-m", "scrapy", *arguments]
        done = subprocess.run(
            command,
            cwd=folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _environment(self) -> dict[str, str]:
        path = os.pathsep.join([str(ROOT), str(self.folder)])
        return {**os.environ, "SCRAPY_SETTINGS_MODULE": "farm_settings", "PYTHONPATH": path}

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(5) == b"+PONG"
        return False


@contextmanager
def farm(
    folder: Path,
    running: Collection[Running],
    settings: Mapping[str, object] = MappingProxyType({}),
    **engine: object,
) -> Iterator[Farm]:
    with ExitStack() as stack:
        one = Farm(folder, running, settings, **engine)
        stack.callback(one.stop)
        one.start_redis()
        yield one


def kill_group(worker: subprocess.Popen[bytes]) -> None:
    """The worker and its processes at once, as when a machine loses its power."""
    with suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def wait_for(reached: Callable[[], bool], seconds: float, what: str) -> None:
    limit = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < limit, f"{what}: not within {seconds} s"
        time.sleep(0.05)


def asked(running: Iterable[Running]) -> int:
    return sum(len(one.log.exchanges) for one in running)


def timeless(record: Mapping[str, Any]) -> dict[str, Any]:
    """Without what tells time, or in which file of the archive the page stands."""
    source = {
        name: value for name, value in record["source"].items() if name not in ("fetched_at", "archive")
    }
    return {**record, "source": source}


def by_address(records: Iterable[Mapping[str, Any]]) -> list[str]:
    """The records as text, so that they compare byte by byte."""
    found = (timeless(record) for record in records)
    return sorted(json.dumps(record, ensure_ascii=False) for record in found)


def single_machine(folder: Path, running: Collection[Running]) -> list[dict[str, Any]]:
    """The records of one undisturbed crawl on one machine."""
    folder.mkdir()
    crawl(folder, running, DOWNLOAD_DELAY=0.01)
    text = (folder / "output" / "reports.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def kill_parent(worker: subprocess.Popen[bytes]) -> None:
    """Only the process that talks to the queue: its crawls must notice and end."""
    worker.kill()
    worker.wait()


def kill_crawls(worker: subprocess.Popen[bytes]) -> None:
    """Only the processes that crawl, as when memory runs out: their worker must give the portals back."""
    told = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(worker.pid)], capture_output=True, text=True, check=True
    )
    for process in told.stdout.split():
        os.kill(int(process), signal.SIGKILL)


KILLS = (kill_group, kill_parent, kill_crawls)


def disturb(
    one: Farm, moment: Callable[[], float], requests: int, kill: Callable[[subprocess.Popen[bytes]], None]
) -> None:
    """Kill a worker that crawls, after the share of the requests that `moment` tells, and Redis as many seconds later."""
    began = asked(one.running)
    wait_for(lambda: asked(one.running) - began > moment() * requests, 60, "requests before the first kill")
    board = one.board()
    busy = sorted({running.worker for running in board.running().values()})
    board.close()
    kill(one.workers[int(busy[0].split("@")[0].split("-")[1]) - 1])
    time.sleep(moment())
    one.kill_redis()
    time.sleep(1)
    one.start_redis()


def finish(one: Farm, seconds: float) -> None:
    """Until every portal is visited; dispatch runs now and then, as from cron."""
    board = one.board()
    limit = time.monotonic() + seconds
    ids = {running.portal.id for running in one.running}
    cron = time.monotonic() + CRON
    while board.wanted() or set(board.visits()) != ids:
        assert time.monotonic() < limit, one.dispatch("--status")
        if time.monotonic() > cron:
            one.dispatch()
            cron = time.monotonic() + CRON
        time.sleep(0.2)
    board.close()


def assert_as_one_machine(one: Farm, reference: list[dict[str, Any]]) -> None:
    """No report lost, none twice, the same to the byte; no host asked twice at once; each in the archive."""
    found = one.records()
    addresses = Counter((record["source"]["url"], record["fingerprint"]) for record in found)
    assert [address for address, count in addresses.items() if count > 1] == []
    assert by_address(found) == by_address(reference)
    assert {running.portal.id: overlapping(running) for running in one.running} == {
        running.portal.id: [] for running in one.running
    }
    names = {file.name for file in (one.results / "archive").iterdir()}
    assert {record["source"]["archive"].partition("#")[0] for record in found} <= names


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.cluster", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("portals", nargs="*", metavar="PORTAL", help="demo portals (default: all)")
    options = parser.parse_args()
    if lacks := missing():
        sys.exit(lacks)
    rng = random.Random(options.seed)
    print(f"seed {options.seed}")
    with (
        running_portals(options.portals or tuple(PORTALS)) as portals,
        tempfile.TemporaryDirectory() as folder,
    ):
        running = list(portals.values())
        reference = single_machine(Path(folder, "single"), running)
        requests = asked(running)
        for number in range(options.rounds):
            for portal in running:
                portal.log.exchanges.clear()
            home = Path(folder, str(number))
            home.mkdir()
            began = time.monotonic()
            # Messages come again while their portal is being crawled: the claims must tell.
            early = {"visibility_timeout": 8, "unacked_restore_interval": 1, "unacked_restore_throttle": 1}
            with farm(home, running, broker_transport_options=early) as one:
                one.dispatch()
                for _ in range(3):
                    one.start_worker()
                disturb(one, lambda: rng.uniform(0.1, 0.6), requests, KILLS[number % len(KILLS)])
                finish(one, 300)
                assert_as_one_machine(one, reference)
            print(
                f"round {number + 1}: {len(reference)} reports as on one machine, {asked(running)} requests"
                f" (one machine: {requests}), {time.monotonic() - began:.0f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
