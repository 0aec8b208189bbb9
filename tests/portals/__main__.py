"""python -m tests.portals [--port FIRST] [NAME …]: start demo portals, print their registry, answer until Ctrl-C."""

import argparse
import contextlib
import threading

from tests.portals import ALL, PORTALS, TWO_HOSTS, registry_csv, running_portals


def main() -> None:
    known = (*ALL, *TWO_HOSTS)
    parser = argparse.ArgumentParser(
        prog="python -m tests.portals", description="Start demo portals on loopback."
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"which ones (default: all without a fault): {', '.join(known)}",
    )
    parser.add_argument(
        "--port", type=int, default=0, help="the first of consecutive ports (default: any free ones)"
    )
    options = parser.parse_args()
    if unknown := sorted(set(options.names) - set(known)):
        parser.error(f"no such portal: {', '.join(unknown)}")
    with (
        running_portals(options.names or (*PORTALS, *TWO_HOSTS), options.port) as running,
        contextlib.suppress(KeyboardInterrupt),
    ):
        print(registry_csv(running.values()), end="", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
