"""The explorer in a real browser: every page of a crawled database opens, and nothing leaves the machine."""

import contextlib
import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from crawler.store import open_database, save
from parsers.report import Report
from tests.explore import OUTPUT, read, with_figures
from tests.portals import FRIENDLY, running_portals
from tests.portals.crawling import crawl
from tests.writing import write_truth

webdriver = pytest.importorskip(
    "selenium.webdriver", reason="selenium is not installed: pip install -e '.[browser]'"
)
select = pytest.importorskip("selenium.webdriver.support.select")
wait = pytest.importorskip("selenium.webdriver.support.wait")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
if not (CHROMIUM and DRIVER):
    pytest.skip(
        "no Chromium with its driver here: apt install chromium chromium-driver", allow_module_level=True
    )

PORTALS = FRIENDLY[:2]
PATIENCE = 30  # seconds for the server to come up
QUIET = (
    *(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-sync",
    ),
    *("--disable-background-networking", "--disable-component-update", "--disable-default-apps"),
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
HOSTILE = (
    "杭州市<script>window.struck = 1</script><img src=//example.com/x onerror='window.struck = 1'>'\"&局"
)
SPAM = "<b>澳门赌场</b><iframe src=https://example.com/></iframe>{{ 7 * 7 }}" + "赌" * 10_000
NAMED = "杭州市民政局"


@dataclass(frozen=True)
class Site:
    """The explorer, being served."""

    root: str
    report: str  # id of a report in which one relation fails
    key: str  # of its body
    hostile: str  # id of a report that says hostile things
    hostile_key: str  # of its body
    crawled: tuple[str, ...]  # ids of reports of the demo portals, one of each form and portal


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("explore")
    with running_portals(PORTALS) as running:
        crawl(home, running.values())
    output = home / "output"
    for name in ("metadata.yaml", "settings.json", "plugins", "templates", "static"):
        (output / name).symlink_to(OUTPUT / name)
    failing, hostile = _failing(), _hostile()
    db = open_database(output / "reports.db")
    for one in (*_years(), failing, hostile):
        save(db, one)
    keys = dict(db.execute("SELECT name, key FROM issuers"))
    crawled = db.execute(
        "SELECT min(report_id) FROM report_totals AS t JOIN reports ON reports.id = t.report"
        " JOIN revisions ON revisions.id = current WHERE t.portal IS NOT NULL GROUP BY t.portal, template"
    ).fetchall()
    db.close()
    with _served(output) as root:
        ids = tuple(one for (one,) in crawled)
        yield Site(root, failing.report_id, keys[NAMED], hostile.report_id, keys[HOSTILE], ids)


def _years() -> list[Report]:
    return [
        read(write_truth(NAMED, year, "2021"), f"http://www.hangzhou.gov.cn/{year}.html")
        for year in (2021, 2022)
    ]


def _failing() -> Report:
    """R1 fails in the column 自然人."""
    truth = write_truth(NAMED, 2023, "2021")
    wrong = {("requests", "new_received", "natural"): 777}
    return read(with_figures(truth, wrong), "http://www.hangzhou.gov.cn/2023.html")


def _hostile() -> Report:
    one = _failing()
    sections = tuple(replace(section, title=HOSTILE, text=SPAM) for section in one.sections)
    unread = tuple(replace(row, text=SPAM, reason=HOSTILE) for row in one.unread)
    figures = tuple(replace(figure, raw=HOSTILE) for figure in one.figures)
    source = replace(one.source, url="http://www.hangzhou.gov.cn/\"'><script>window.struck=1</script>")
    changed = replace(one, report_id="0" * 20, issuer=HOSTILE, title=SPAM, sections=sections, source=source)
    return replace(changed, unread=unread, figures=figures)


@contextlib.contextmanager
def _served(output: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", str(output), "--host", "127.0.0.1", "--port", str(port)]
    root = f"http://127.0.0.1:{port}"
    with (
        (output / "datasette.log").open("w") as log,
        subprocess.Popen(command, stdout=log, stderr=log) as server,
    ):
        try:
            _wait(root, server, output / "datasette.log")
            yield root
        finally:
            server.terminate()


def _wait(root: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()
        with contextlib.suppress(OSError), urllib.request.urlopen(root + "/-/versions.json", timeout=5):
            return
        time.sleep(0.1)
    raise AssertionError(f"Datasette did not come up: {log.read_text()}")


class Browser:
    """Chromium, with an account of what it asked for and complained of."""

    def __init__(self, root: str, scripts: bool = True) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = str(CHROMIUM)
        for argument in QUIET:
            options.add_argument(argument)
        if not scripts:
            options.add_experimental_option(
                "prefs", {"profile.managed_default_content_settings.javascript": 2}
            )
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.root = root
        self.driver = webdriver.Chrome(options, webdriver.ChromeService(str(DRIVER)))
        self.driver.set_page_load_timeout(30)

    def open(self, path: str, width: int = 1280) -> None:
        self.driver.set_window_size(width, 900)
        self.driver.get(self.root + path)

    def find(self, css: str) -> Any:
        """The element, waited for: on a busy machine the page may be shown a moment after it is there."""
        return wait.WebDriverWait(self.driver, 10).until(
            lambda driver: driver.find_element("css selector", css)
        )

    def all(self, css: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", css))

    def complaints(self) -> list[str]:
        """Errors on the console, and addresses beyond the server that anything asked for, since the last call."""
        told = [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if urlsplit(url).scheme not in ("data", "about", "chrome") and not url.startswith(self.root):
                    told.append(f"asked for {url}")
        return told

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.driver.execute_script(script))


@pytest.fixture(scope="module")
def chromium(site: Site) -> Iterator[Browser]:
    browser = Browser(site.root)
    yield browser
    browser.driver.quit()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser; whatever the test opened, it asked for nothing elsewhere and nothing failed."""
    chromium.complaints()
    yield chromium
    assert chromium.complaints() == []


PAGES = {
    "front": "/",
    "database": "/reports",
    "search": f"/search?q={quote('行政复议')}",
    "nothing found": f"/search?q={quote('宗教宗教宗教')}",
    "report": "/report/{report}",
    "body": "/body/{key}",
    "dashboards": "/dashboards",
    "applications": "/dashboards/requests?level=county+department",
    "rates": "/dashboards/rates",
    "checks": "/dashboards/checks",
    "coverage": "/dashboards/coverage",
    "coverage of a region": "/dashboards/coverage?region=330100",
    "lateness": "/dashboards/lateness",
    "crawl": "/dashboards/crawl",
    "reports": "/reports/current_reports",
    "bodies": "/reports/issuers",
    "failed checks": "/reports/failed_checks",
    "panel": "/reports/report_panel",
}
OWN = [name for name, path in PAGES.items() if not path.startswith("/reports")]


@pytest.mark.parametrize("name", PAGES)
def test_page_opens(browser: Browser, site: Site, name: str) -> None:
    browser.open(PAGES[name].format(report=site.report, key=quote(site.key)))
    assert browser.find("h1").is_displayed()
    assert "Error" not in browser.find("h1").text


def test_reports_of_the_demo_portals_open(browser: Browser, site: Site) -> None:
    assert len(site.crawled) >= 4
    for report in site.crawled:
        browser.open(f"/report/{report}")
        assert "年" in browser.find("h1").text
        assert browser.find("table").is_displayed()


@pytest.mark.parametrize("name", OWN)
def test_page_fits_a_phone(browser: Browser, site: Site, name: str) -> None:
    browser.open(PAGES[name].format(report=site.report, key=quote(site.key)), width=390)
    until = time.monotonic() + 5  # a busy machine lays the page out a moment after it is loaded
    while browser.overflow() > 1 and time.monotonic() < until:
        time.sleep(0.1)
    assert browser.overflow() <= 1


def test_search_leads_to_a_report(browser: Browser) -> None:
    browser.open("/search")
    box = browser.find("input[name=q]")
    box.send_keys(f"{NAMED} 行政复议", webdriver.Keys.ENTER)
    first = browser.find("a[href*='/report/']")
    first.click()
    assert NAMED in browser.find("h1").text


def test_the_search_box_of_datasette_finds_chinese(browser: Browser) -> None:
    browser.open("/reports/current_reports")
    browser.find("input[name=_search]").send_keys("民政局", webdriver.Keys.ENTER)
    assert browser.all("table.rows-and-columns tbody tr")
    assert all("民政局" in row.text for row in browser.all("table.rows-and-columns tbody tr"))


def test_a_failed_check_leads_to_its_cell(browser: Browser, site: Site) -> None:
    browser.open("/reports/failed_checks?rule=R1&scope=natural")
    browser.find(f"a[href*='/report/{site.report}#']").click()
    target = browser.find(":target")
    cell = target.find_element("xpath", "ancestor-or-self::td")
    assert cell.is_displayed()
    assert "777" in cell.text
    assert "R1" in cell.text


def test_the_dashboard_of_checks_leads_to_the_report(browser: Browser, site: Site) -> None:
    browser.open("/dashboards/checks?year=2023")
    browser.find(f"a[href$='/report/{site.report}']").click()
    assert NAMED in browser.find("h1").text


def test_a_dashboard_is_filtered(browser: Browser) -> None:
    browser.open("/dashboards/requests")
    select.Select(browser.find("select[name=level]")).select_by_value("city department")
    select.Select(browser.find("select[name=province]")).select_by_value("330000")
    browser.find("form.dashboard-filters input[type=submit]").click()
    assert "浙江省" in browser.find(".dashboard-panel h2").text
    assert "level=city+department" in browser.driver.current_url


def test_a_dashboard_is_usable_by_keyboard(browser: Browser) -> None:
    browser.open("/dashboards")
    reached = set()
    for _ in range(40):
        browser.driver.switch_to.active_element.send_keys(webdriver.Keys.TAB)
        reached.add(browser.driver.switch_to.active_element.get_attribute("href"))
    assert {f"{browser.root}/dashboards/{name}" for name in ("requests", "rates", "crawl")} <= reached


def test_pages_work_without_scripts(site: Site) -> None:
    plain = Browser(site.root, scripts=False)
    try:
        plain.open(f"/search?q={quote(NAMED)}")
        plain.find("a[href*='/report/']").click()
        assert NAMED in plain.find("h1").text
        plain.open("/dashboards/requests?level=city+department")
        assert plain.find("svg.chart").is_displayed()
    finally:
        plain.driver.quit()


@pytest.mark.parametrize("page", ["report", "body", "search", "checks", "coverage", "table", "row"])
def test_hostile_text_shows_as_text(browser: Browser, site: Site, page: str) -> None:
    paths = {
        "report": f"/report/{site.hostile}",
        "body": f"/body/{quote(site.hostile_key)}",
        "search": f"/search?q={quote('澳门赌场')}",
        "checks": "/dashboards/checks?year=2023",
        "coverage": "/dashboards/coverage?region=330100",
        "table": f"/reports/current_reports?report_id={site.hostile}",
        "row": f"/reports/sections?text__contains={quote('澳门赌场')}",
    }
    browser.open(paths[page])
    assert browser.driver.execute_script("return window.struck") is None
    assert not browser.all("iframe, img[src*='example.com']")
    text = browser.find("body").text
    assert "<script>" in text or "<b>澳门赌场</b>" in text
    assert page in ("table", "row") or browser.overflow() <= 1
