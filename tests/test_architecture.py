"""The two halves stay apart: parsers/ turns bytes into a report and knows neither Scrapy nor the crawler."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def imported_modules(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


@pytest.mark.parametrize(
    "file", sorted((ROOT / "parsers").rglob("*.py")), ids=lambda file: str(file.relative_to(ROOT))
)
def test_parsers_import_neither_scrapy_nor_crawler(file: Path) -> None:
    roots = {module.split(".")[0] for module in imported_modules(file)}
    assert not roots & {"scrapy", "crawler", "twisted", "sqlite_utils", "requests", "logging"}


def test_reading_a_page_loads_no_scrapy() -> None:
    code = "import sys, parsers.read; sys.exit(bool({'scrapy', 'twisted', 'crawler'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_no_module_grows_out_of_its_room() -> None:
    long = {
        str(file.relative_to(ROOT)): lines
        for half in ("parsers", "crawler")
        for file in (ROOT / half).rglob("*.py")
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > 450
    }
    assert not long, "find the noun in them that wants a room of its own"
