"""A few kills; tests/crash.py makes more of them: `python -m tests.crash --kills 200`."""

import random
from pathlib import Path

from tests.crash import assert_same, disturbed, undisturbed
from tests.portals import running_portals


def test_a_killed_crawl_started_again_loses_nothing(tmp_path: Path) -> None:
    reference, crawled = tmp_path / "reference", tmp_path / "crawled"
    reference.mkdir()
    crawled.mkdir()
    with running_portals(["trs"]) as portals:
        running = list(portals.values())
        seconds = undisturbed(reference, running)
        result = disturbed(crawled, running, 3, seconds, random.Random())
        assert_same(crawled, reference)
        assert result.refetched <= 2 * result.kills
