"""The README is by example: its commands exist, and both languages give the same ones."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.cmdline import _get_commands_dict
from scrapy.utils.project import get_project_settings

from crawler.summary import summary
from parsers.read import read_report
from parsers.report import to_json

ROOT = Path(__file__).parent.parent
LANGUAGES = ("README.md", "README.zh.md")


def commands(readme: str) -> Iterator[str]:
    """Each line of the sh blocks, its comment dropped."""
    for block in re.findall(r"^```sh\n(.*?)^```", (ROOT / readme).read_text(encoding="utf-8"), re.S | re.M):
        for line in block.splitlines():
            if command := re.sub(r"\s+#.*", "", line).strip():
                yield command


def test_both_languages_give_the_same_commands() -> None:
    assert list(commands("README.md")) == list(commands("README.zh.md"))


@pytest.mark.parametrize("command", sorted(set(commands("README.md"))))
def test_command_exists(command: str) -> None:
    program, subcommand, *_ = command.split()
    if program == "make":
        assert re.search(rf"^{subcommand}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    elif program.endswith("/scrapy"):
        assert subcommand in _get_commands_dict(get_project_settings(), True)
    else:
        assert Path(sys.executable).with_name(Path(program).name).exists()


@pytest.mark.parametrize("readme", LANGUAGES)
def test_named_files_exist(readme: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / readme).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_readme_shows_every_command_of_ours() -> None:
    ours = {file.stem for file in (ROOT / "crawler/commands").glob("*.py")} - {"__init__", "crawl", "demo"}
    shown = {command.split()[1] for command in commands("README.md") if "/scrapy " in command}
    assert ours <= shown


@pytest.mark.parametrize("readme", LANGUAGES)
def test_the_report_that_it_shows_is_read_so(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    name = re.search(r"scrapy read (\S+)", text)
    assert name
    read = read_report((ROOT / name[1]).read_bytes(), "", name[1])
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", text, re.S | re.M)
    shown = next(block for _, block in blocks if block.startswith(read.title))
    lines = [line for line in shown.splitlines() if "…" not in line]
    assert [line for line in lines if line not in summary(read).splitlines()] == []
    record = next(block for language, block in blocks if language == "json")
    parts = re.findall(r'"\w+": (?:"[^"…]*"|[\d.]+|null|true)', record)
    assert [part for part in parts if part not in json.dumps(to_json(read), ensure_ascii=False)] == []


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    page = ROOT / "tests/pages/hanweb-city/2020.html"
    read = [sys.executable, "-m", "scrapy", "read", str(page), "--json"]
    with subprocess.Popen(read, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        assert reading.stdout
        assert reading.stderr
        reading.stdout.close()
        assert reading.stderr.read() == b""
    assert reading.returncode == 0
