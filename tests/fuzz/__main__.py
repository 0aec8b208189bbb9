"""make fuzz: damaged and made-up pages by the thousand through the readers, on every core.

Ends at the first page that breaks a promise: it is saved, with the way to read it again, and the exit status is 1.
"""

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter

from tests.fuzz.batches import BATCH, OUTPUT, run_batch
from tests.fuzz.mutants import mutant
from tests.fuzz.properties import hold

MOST_MEMORY = 700_000_000  # bytes of one worker, after all its pages
STUCK = 120  # seconds without any batch


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument(
        "--inputs", type=int, default=20_000, metavar="N", help="how many pages (default: 20000)"
    )
    parser.add_argument(
        "--seconds", type=float, default=0, metavar="S", help="stop after so long (default: never)"
    )
    parser.add_argument("--seed", type=int, default=0, help="other damage with another number (default: 0)")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="one damaged page alone")
    arguments = parser.parse_args()
    if arguments.only is not None:
        origin, body = mutant(arguments.only, arguments.seed)
        print(f"{origin.name}, damaged: {hold(body, origin.content_type)}")
        return 0
    return fuzz(arguments.inputs, arguments.seconds, arguments.seed)


def fuzz(inputs: int, seconds: float, seed: int) -> int:
    """Run all batches, print what they came to. Returns the exit status."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for old in OUTPUT.glob("*"):
        old.unlink()
    begun = time.monotonic()
    outcomes: Counter[str] = Counter()
    slowest, slowest_input, memory = 0.0, 0, 0
    jobs = [(number, min(BATCH, inputs - number), seed) for number in range(0, inputs, BATCH)]
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        results = pool.imap_unordered(run_batch, jobs)
        for _ in jobs:
            try:
                batch = results.next(timeout=STUCK)
            except multiprocessing.TimeoutError:
                print(
                    f"no batch ended within {STUCK} s, or a worker died: the pages it was at are in {OUTPUT}/"
                )
                return 1
            if batch.failure:
                print(batch.failure)
                return 1
            outcomes += batch.outcomes
            memory = max(memory, batch.memory)
            if batch.slowest > slowest:
                slowest, slowest_input = batch.slowest, batch.slowest_input
            _progress(outcomes.total(), inputs, begun)
            if seconds and time.monotonic() - begun > seconds:
                break
    taken = time.monotonic() - begun
    print(
        f"\n{outcomes.total()} pages in {taken:.0f} s: {', '.join(f'{n} {word}' for word, n in outcomes.most_common())}"
    )
    print(
        f"slowest: {slowest:.2f} s (--only {slowest_input}); most memory of a worker: {memory / 1e6:.0f} MB"
    )
    if memory > MOST_MEMORY:
        print(f"that is more than {MOST_MEMORY / 1e6:.0f} MB")
        return 1
    return 0


def _progress(done: int, inputs: int, begun: float) -> None:
    rate = done / (time.monotonic() - begun)
    end = "\r" if sys.stdout.isatty() else "\n"
    if sys.stdout.isatty() or done % (20 * BATCH) == 0:
        print(f"{done} of {inputs} pages, {rate:.0f} a second", end=end, flush=True)


if __name__ == "__main__":
    sys.exit(main())
