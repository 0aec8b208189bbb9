"""The benchmarks themselves: they run to their end and print their tables; what they print is nobody's bound here."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_benchmark_of_the_pipeline_stores_every_page_it_downloads() -> None:
    command = [sys.executable, "-m", "tests.benchmarks.store_speed", "pipeline=8", "reparse=8"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert "### 8 pages, 8 stored" in ran.stdout
    assert "| with a second core |" in ran.stdout
    assert "| 8 |" in ran.stdout
