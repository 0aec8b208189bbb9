"""The commands. Loading them takes a second or two, in which Ctrl-C ends them in one line too."""

import sys
from types import TracebackType

_usual = sys.excepthook


def _stopped(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        print("Stopped before anything was done.", file=sys.stderr)
    else:
        _usual(kind, error, traceback)


sys.excepthook = _stopped
