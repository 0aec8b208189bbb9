"""What a person reads in the terminal: tables that align, Chinese included."""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tabulate import tabulate


def table(rows: Sequence[Sequence[object]], headers: Sequence[str]) -> str:
    """The rows below their headings, numbers to the right; None is an empty cell.

    >>> print(table([("杭州市", 12), ("gz", None)], ("portal", "reports")))
    portal      reports
    --------  ---------
    杭州市           12
    gz
    """
    return "\n".join(line.rstrip() for line in tabulate(rows, headers, disable_numparse=[0]).splitlines())


def speak_utf8() -> None:
    """Print UTF-8 whatever the locale says: the data is Chinese, and a cron job's locale is C."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """Print it; a reader that has seen enough, as `head` has, is no error; a full disk ends the command, and it is told."""
    try:
        print(text, flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it ends
        if not isinstance(error, BrokenPipeError):
            raise SystemExit(f"standard output: {error.strerror}") from None


def progress(count: int, what: str = "", every: int = 50) -> None:
    """A line that renews itself, for a person at a terminal only: "1250 pages read again"; a count of 0 clears it."""
    if sys.stderr.isatty() and count % every == 0:
        sys.stderr.write(f"\r\033[K{count} {what}" if count else "\r\033[K")
        sys.stderr.flush()


@contextmanager
def uninterrupted() -> Iterator[list[int]]:
    """Ctrl-C waits for the end of what was begun, which may look whether it was pressed."""
    pressed: list[int] = []
    usual = signal.getsignal(signal.SIGINT)
    if usual is signal.default_int_handler:  # and not ignored, as in the background
        signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number))
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, usual)
    if pressed:
        raise KeyboardInterrupt
