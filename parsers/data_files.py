"""The files in data/: what a clerk knows, and may edit."""

import csv
import tomllib
from importlib.resources import files
from typing import Any


def read_toml(name: str) -> dict[str, Any]:
    """The tables of one file: read_toml("header")."""
    return tomllib.loads(files("parsers").joinpath(f"data/{name}.toml").read_text("utf-8"))


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of one file, each by the names of its columns: read_rows("regions")."""
    return list(csv.DictReader(files("parsers").joinpath(f"data/{name}.csv").read_text("utf-8").splitlines()))
