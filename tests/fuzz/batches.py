"""What one worker does: a hundred pages, one after the other."""

import os
import resource
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.mutants import mutant
from tests.fuzz.properties import hold, made_up_pages

OUTPUT = Path("output") / "fuzz"
BATCH = 100
HYPOTHESIS_SHARE = 10  # every tenth batch is made up by Hypothesis, the others are damaged pages


class Outcome(NamedTuple):
    """What one batch came to."""

    outcomes: Counter[str]
    slowest: float
    slowest_input: int
    memory: int
    failure: str  # "" when all held


def run_batch(job: tuple[int, int, int]) -> Outcome:
    """One batch in a worker. The page at hand is on disk while it is read, in case it kills the process."""
    first, count, seed = job
    if first // BATCH % HYPOTHESIS_SHARE == HYPOTHESIS_SHARE - 1:
        return _made_up(count, first)
    outcomes: Counter[str] = Counter()
    slowest, slowest_input = 0.0, first
    at_hand = OUTPUT / f"worker-{os.getpid()}"
    for number in range(first, first + count):
        origin, body = mutant(number, seed)
        at_hand.write_bytes(body)
        start = time.process_time()
        try:
            outcomes[hold(body, origin.content_type)] += 1
        except Exception:
            saved = OUTPUT / f"{number}{Path(origin.name).suffix}"
            saved.write_bytes(body)
            failure = f"\n{traceback.format_exc()}\n{origin.name}, damaged, is saved as {saved}\n"
            failure += f"again: python -m tests.fuzz --seed {seed} --only {number}"
            return Outcome(outcomes, slowest, slowest_input, _memory(), failure)
        taken = time.process_time() - start
        if taken > slowest:
            slowest, slowest_input = taken, number
    at_hand.unlink()
    return Outcome(outcomes, slowest, slowest_input, _memory(), "")


def _made_up(count: int, first: int) -> Outcome:
    try:
        made_up_pages(count, first)()
    except Exception:
        return Outcome(Counter(), 0.0, first, _memory(), f"\n{traceback.format_exc()}")
    return Outcome(Counter({"made up": count}), 0.0, first, _memory(), "")


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
