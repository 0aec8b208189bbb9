"""pytest --accept: write down what is read now as what is expected, for review with git diff tests/pages."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="rewrite the expected JSON of the saved pages, for review"
    )
