"""The files for every night: units that systemd accepts, and a log that logrotate rotates."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.store.database import only_writer
from tests.portals import FRIENDLY, running_portals
from tests.portals.crawling import crawl

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"


def run(*command: str | Path, **settings: object) -> subprocess.CompletedProcess[str]:
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **settings)  # type: ignore[call-overload,no-any-return]


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    program = tmp_path / "scrapy"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for unit in DEPLOY.glob("nianbao.[st]*"):
        text = unit.read_text(encoding="utf-8").replace("/srv/nianbao/.venv/bin/scrapy", str(program))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    done = run(
        "systemd-analyze", "verify", "--man=no", tmp_path / "nianbao.service", tmp_path / "nianbao.timer"
    )
    said = [line for line in done.stderr.splitlines() if "nianbao" in line]
    assert said == []


def test_the_timer_comes_every_night() -> None:
    timer = (DEPLOY / "nianbao.timer").read_text(encoding="utf-8")
    when = next(line for line in timer.splitlines() if line.startswith("OnCalendar=")).removeprefix(
        "OnCalendar="
    )
    done = run("systemd-analyze", "calendar", "--iterations=2", when)
    if "Failed to initialize" in done.stderr:
        pytest.skip("systemd-analyze knows no time zones here")
    assert done.returncode == 0, done.stderr


def test_the_log_rotates_and_goes_on_in_the_same_file(tmp_path: Path) -> None:
    log = tmp_path / "crawl.log"
    log.write_text("a night\n", encoding="utf-8")
    rules = (DEPLOY / "nianbao.logrotate").read_text(encoding="utf-8")
    rules = rules.replace("/srv/nianbao/output/logs", str(tmp_path)).replace("    su nianbao nianbao\n", "")
    (tmp_path / "rules").write_text(rules, encoding="utf-8")
    (tmp_path / "rules").chmod(0o644)
    with log.open("a", encoding="utf-8") as writer:
        done = run("logrotate", "--force", "--state", tmp_path / "state", tmp_path / "rules")
        assert done.returncode == 0, done.stderr
        writer.write("another night\n")
    assert log.read_text(encoding="utf-8") == "another night\n"
    assert (tmp_path / "crawl.log.1").read_text(encoding="utf-8") == "a night\n"


def test_a_run_that_finds_another_one_writing_says_so_in_one_line_and_leaves(tmp_path: Path) -> None:
    database = tmp_path / "reports.db"
    command = [sys.executable, "-m", "scrapy", "crawl", "annual_reports", "-s", f"DATABASE={database}"]
    with only_writer(database):
        environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [*command, "--logfile", "crawl.log"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert f"another run is writing to it (process {os.getpid()})" in line


def test_the_last_line_of_a_run_is_fit_for_a_mail(tmp_path: Path) -> None:
    with running_portals(FRIENDLY[:1]) as running:
        done = crawl(tmp_path, running.values())
        (portal,) = running.values()
    line = done.stdout.splitlines()[-1]
    assert line.startswith("Run 1 finished: 1 of 1 portals reached, ")
    assert f" {len(portal.reports)} new, 0 revised, " in line
    assert line.endswith(" Needs attention: nothing.")
    assert done.returncode == 0
