"""pytest --accept: write down what is read now as what is expected, for review with git diff tests/pages."""

import signal
from collections.abc import Iterator

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="rewrite the expected JSON of the saved pages, for review"
    )


@pytest.fixture
def interruptible() -> Iterator[None]:
    """What the test starts hears Ctrl-C, though the test itself may run in the background."""
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, usual)
