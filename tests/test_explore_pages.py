"""What the explorer's pages have in common: hostile records, no database, ways from page to page, and how they load."""

import doctest
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from lxml import html

pytest.importorskip("datasette", reason="the explorer's tests need the extra [explore]")

from parsers.report import Unread
from tests.explore import OUTPUT, Site, folder
from tests.known_reports import BODY, address, known_site
from tests.records import report

sys.path += [str(OUTPUT / "plugins"), str(OUTPUT / "plugins" / "parts")]

import repeated_text
import report_page
import statutory_tables
import text_changes
import wording


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return known_site(tmp_path_factory.mktemp("site"))


def page(site: Site, year: int, more: str = "") -> html.HtmlElement:
    return html.fromstring(site.get(address(site, BODY, year) + more))


# Hostile records


def test_hostile_text_shows_as_text(tmp_path: Path) -> None:
    script = "<script>alert(1)</script>"
    record = report(issuer=f"杭州市{script}局", text=f"{script}网上赌场{script}")
    record = replace(
        record,
        title=script + "标" * 10_000,
        template="2019",
        unread=(Unread(script, script, script),),
        header=replace(record.header, topic=script, other={script: script}),
        source=replace(record.source, url="javascript:alert(1)", archive=f"{script}#1"),
    )
    site = Site(folder(tmp_path, [record]))
    key = html.fromstring(site.get("/reports/issuers")).xpath("//td/a[starts-with(@href, '/body/')]/@href")[0]
    for path in (f"/report/{record.report_id}", key, "/", "/search?q=alert", "/reports/current_reports"):
        shown = site.get(path)
        assert script not in shown, path
        assert not re.search(r"href=[\"']?javascript:", shown), path


# The explorer itself


@pytest.mark.parametrize("plugin", sorted(path.name for path in (OUTPUT / "plugins").glob("*.py")))
def test_every_plugin_loads_first(plugin: str) -> None:
    """Datasette loads them in the order of the directory, which is another on every disk."""
    alone = f"import sys, runpy; sys.path.insert(0, {str(OUTPUT.parent)!r}); runpy.run_path({plugin!r})"
    ran = subprocess.run([sys.executable, "-I", "-c", alone], cwd=OUTPUT / "plugins", capture_output=True)
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.parametrize("module", [report_page, statutory_tables, text_changes, repeated_text, wording])
def test_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("path", ["/search?q=x", "/report/x", "/body/x", "/archived/1"])
@pytest.mark.parametrize("empty", [False, True], ids=["no file", "an empty file"])
def test_without_a_database_the_pages_say_what_to_do(tmp_path: Path, path: str, empty: bool) -> None:
    folder(tmp_path, [])
    (tmp_path / "reports.db").unlink()
    if empty:
        (tmp_path / "reports.db").touch()
    site = Site(tmp_path)
    assert "make demo" in site.get("/")
    status, text = site.ask(path)
    assert (status, "make demo" in text) == (404, True)


def test_the_front_page_leads_to_everything(site: Site) -> None:
    front = html.fromstring(site.get("/"))
    links = set(front.xpath("//section//a/@href"))
    wanted = {"/dashboards"} | {
        f"/reports/{name}" for name in ("current_reports", "issuers", "failed_checks")
    }
    assert wanted <= links
    assert front.xpath("//form[@action='/search']//input[@name='q']")
    for link in sorted(links - {"/dashboards"}):
        if link.startswith("/"):
            site.get(link)


def test_a_selection_of_columns_is_no_error(site: Site) -> None:
    for more in ("_col=scope", "_nocol=table", "_col=report_id&_col=issuer", "rule=R1", "_sort=year"):
        site.get(f"/reports/failed_checks?{more}")
    site.get("/reports?sql=select+*+from+failed_checks")


def test_tables_lead_to_the_pages(site: Site) -> None:
    listed = html.fromstring(site.get("/reports/current_reports"))
    assert len(listed.xpath("//td/a[starts-with(@href, '/report/')]")) == 8
    assert len(listed.xpath("//td/a[starts-with(@href, '/body/')]")) == 8
    site.get(listed.xpath("//td/a[starts-with(@href, '/body/')]/@href")[0])
