"""Views of millions of rows are not counted; those of a small database are."""

import json
import os
from pathlib import Path

import pytest

from output.plugins.uncounted import LARGE
from tests.explore import Site, folder, read
from tests.writing import write_truth


@pytest.mark.parametrize("large", [False, True])
def test_rows_of_a_large_view_are_not_counted(tmp_path: Path, large: bool) -> None:
    report = read(write_truth("云溪市教育局", 2023), "http://www.yunxi.gov.cn/1.html")
    folder(tmp_path, [report])
    if large:
        os.truncate(tmp_path / "reports.db", LARGE + 1)  # a hole at its end, which takes no room
    page = json.loads(Site(tmp_path).get("/reports/figures.json?_size=1"))
    assert len(page["rows"]) == 1
    assert (page["filtered_table_rows_count"] is None) is large
