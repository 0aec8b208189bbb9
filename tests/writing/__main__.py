"""python -m tests.writing --variants 2000: how well reports of our own are read, dialect by dialect."""

import argparse
from pathlib import Path

from tests.writing.negatives import NEGATIVES
from tests.writing.page import render_page
from tests.writing.variants import dialects, one_dialect, read_variant, refusal, table, variant


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Read reports of our own in random dialects and print the scores."
    )
    parser.add_argument("--variants", type=int, default=500, metavar="N", help="random pages to read (500)")
    parser.add_argument("--each", action="store_true", help="instead: each dialect alone, with what differs")
    parser.add_argument("--seed", type=int, help="instead: one random page, with what differs")
    parser.add_argument("--write", metavar="FILE", help="with --seed: write the page there")
    arguments = parser.parse_args()
    if arguments.seed is not None:
        page = variant(arguments.seed)
        if arguments.write:
            Path(arguments.write).write_bytes(render_page(page))
        print(*page.dialects, "", *read_variant(page).faults, sep="\n")
    elif arguments.each:
        for name in dialects():
            for seed in range(3):
                for fault in read_variant(one_dialect(name, seed)).faults[:4]:
                    print(f"{name} {seed}: {fault}")
        for name in NEGATIVES:
            print(f"{name}: {refusal(name, 0)}")
    else:
        print(table(arguments.variants))


if __name__ == "__main__":
    main()
