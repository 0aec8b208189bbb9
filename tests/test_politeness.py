"""Manners: what is waited for, what is a stop sign, what is due again."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.families import Link
from crawler.middlewares import too_hasty
from crawler.navigation.navigate import Promise
from crawler.politeness import RETRY_AFTER_CAP, TRIES, Manners, retry_after, stop_sign
from crawler.revisit import due, pack, unpack
from crawler.store.crawl_log import KnownPage

NOW = datetime(2026, 2, 20, tzinfo=UTC)
ARTICLE = "<a href='/'>首页</a>" * 9 + "<p>本网站启用验证码，访问被拦截的请求另行说明。</p>" * 30


@pytest.mark.parametrize(
    ("status", "text", "reason"),
    [
        (412, "", "blocked: js-challenge (412)"),
        (521, "<script>document.cookie='__jsl_clearance=1'</script>", "blocked: js-challenge (521)"),
        (202, "<script>$_ts=window['$_ts']</script>", "blocked: js-challenge (202)"),
        (403, "<h1>您的请求包含恶意行为，访问被拦截</h1>", "blocked: waf (403)"),
        (200, "<h1>网站防火墙</h1><p>您的请求带有不合法参数</p>", "blocked: waf (200)"),
        (200, "<form>请输入验证码<input></form>", "blocked: captcha (200)"),
        (200, ARTICLE, None),
        (403, "<h1>Forbidden</h1>", None),
        (404, "访问被拦截", None),
    ],
)
def test_stop_signs(status: int, text: str, reason: str | None) -> None:
    assert stop_sign(status, text) == reason


@pytest.mark.parametrize(
    ("value", "seconds"), [("7", 7), ("Fri, 20 Feb 2026 00:01:00 GMT", 60), ("soon", None), ("-3", None)]
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


def test_waits_double_and_are_forgiven_after_quiet() -> None:
    manners = Manners(backoff=60)
    waits = []
    for moment in (1000.0, 1100.0, 10_000.0):
        assert manners.pushed_back("a.gov.cn", 503, None, moment, NOW)
        waits.append(manners.host("a.gov.cn").not_before - moment)
    assert 60 <= waits[0] <= 75
    assert 120 <= waits[1] <= 150
    assert 60 <= waits[2] <= 75


def test_a_host_that_asks_for_too_much_or_too_often_is_left() -> None:
    manners = Manners()
    assert not manners.pushed_back("a.gov.cn", 429, str(int(RETRY_AFTER_CAP) + 1), 0.0, NOW)
    assert "asks for" in (manners.host("a.gov.cn").blocked or "")
    kept = [manners.pushed_back("b.gov.cn", 503, "1", 10.0 * turn, NOW) for turn in range(1, TRIES + 2)]
    assert kept == [True] * TRIES + [False]
    assert manners.host("c.gov.cn").blocked is None


def test_refusals_in_a_row_block_and_one_among_answers_does_not() -> None:
    manners = Manners()
    for status in (403, 200, 403, 200, 403):
        assert manners.answered("a.gov.cn", status, "") is None
    for _ in range(TRIES):
        reason = manners.answered("b.gov.cn", 403, "")
    assert reason == f"blocked: refused (403, {TRIES} times in a row)"


def test_a_crawl_delay_past_all_measure_is_a_stop_sign() -> None:
    manners = Manners()
    manners.asked_delay("a.gov.cn", 10)
    manners.asked_delay("b.gov.cn", 3600)
    assert manners.host("a.gov.cn").blocked is None
    assert manners.host("b.gov.cn").blocked == "robots: asks for 3600 s between requests"


def test_haste_is_for_loopback_only() -> None:
    assert too_hasty(0.05, 0.2, ("127.0.0.2:8001",)) is None
    assert too_hasty(2.0, 60.0, ("www.a.gov.cn",)) is None
    assert too_hasty(0.0, 0.2, ("127.0.0.2:8001",))
    assert too_hasty(0.5, 60.0, ("127.0.0.2:8001", "www.a.gov.cn"))
    assert too_hasty(2.0, 1.0, ("www.a.gov.cn",))


def known(days: int, year: int | None, listed: str | None = None) -> KnownPage:
    at = (NOW - timedelta(days=days)).isoformat()
    return KnownPage("http://a.gov.cn/1.html", at, 200, "report", listed_date=listed, year=year)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (known(1, 2025), False),
        (known(7, 2025), True),
        (known(60, 2024), False),
        (known(100, 2024), True),
        (known(100, 2015), False),
        (known(200, 2015), True),
        (known(100, None), False),
    ],
)
def test_the_season_weekly_and_older_years_rarely(page: KnownPage, expected: bool) -> None:
    assert due(page, None, NOW) is expected
    assert due(page, None, NOW, "all")
    assert not due(page, None, NOW, "none")


def test_another_date_in_the_listing_makes_a_report_due() -> None:
    assert due(known(1, 2015, "2016-03-01"), "2016-05-04", NOW)
    assert not due(known(1, 2015, "2016-03-01"), "2016-03-01", NOW)


def test_links_survive_being_remembered() -> None:
    link = Link(
        "http://a.gov.cn/api",
        "下一页",
        "next",
        "POST",
        "page=2",
        (("Referer", "http://a.gov.cn/"),),
        "2024-01-05",
    )
    assert unpack(pack([(link, Promise(93, "column", True))])) == [(link, Promise(93, "column", True))]
