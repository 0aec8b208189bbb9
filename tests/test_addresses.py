"""Addresses: which name one page, which never end, and where a crawl may go."""

import pytest

from crawler.navigation.addresses import canonical, is_endless, key, why_not


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.gov.cn/x/../b/index.html", "https://a.gov.cn/b/"),
        ("http://a.gov.cn:80/b.html#top", "http://A.gov.cn/b.html"),
        ("http://a.gov.cn/b.jsp;jsessionid=0F3A?id=1", "http://a.gov.cn/b.jsp?id=1"),
        ("http://a.gov.cn/b.jsp?id=1&PHPSESSID=9a8b7c", "http://a.gov.cn/b.jsp?id=1"),
        ("http://a.gov.cn/b.jsp?id=1&t=1700000000000", "http://a.gov.cn/b.jsp?id=1"),
        ("http://a.gov.cn/202401/t20240113_1_app.shtml", "http://a.gov.cn/202401/t20240113_1.shtml"),
        ("http://a.gov.cn/content/mpost_1.html", "http://a.gov.cn/content/post_1.html"),
        ("http://a.gov.cn/b.html?print=1", "http://a.gov.cn/b.html"),
        ("http://m.a.gov.cn/b.html", "http://a.gov.cn/b.html"),
    ],
)
def test_twins_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.gov.cn/list.jsp?page=1", "http://a.gov.cn/list.jsp?page=2"),
        ("http://a.gov.cn/gkmlpt/index#1", "http://a.gov.cn/gkmlpt/index#2"),
        ("http://a.gov.cn/gkmlpt/api/all/1?sid=755001", "http://a.gov.cn/gkmlpt/api/all/1?sid=755002"),
        ("http://a.gov.cn/a/", "http://b.a.gov.cn/a/"),
        ("http://a.gov.cn/l.asp?lb=%C4%EA%B1%A8", "http://a.gov.cn/l.asp?lb=%D6%C6%B6%C8"),
    ],
)
def test_different_pages_have_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_query_that_loses_nothing_is_left_as_it_is() -> None:
    url = "http://a.gov.cn/module/web/jpage/dataproxy.jsp?page=1&path=/&webname=%25E6%259D"
    assert canonical(url) == url


def test_addresses_that_grow_are_endless() -> None:
    assert is_endless("http://a.gov.cn/" + "nb/" * 3)
    assert not is_endless("http://a.gov.cn/zwgk/zfxxgk/zfxxgknb_72026/202401/t20240118_1.html")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://www.b.gov.cn/", None),
        ("http://127.0.0.2:8001/x", None),
        ("http://127.0.0.2:8002/x", "a private address"),
        ("http://192.168.1.1/", "a private address"),
        ("http://2130706433/", "a private address"),
        ("http://[::1]/", "a private address"),
        ("http://localhost/", "a private address"),
        ("http://www.b.gov.cn:8080/", "another port"),
        ("http://www.gov.cn.evil.com/", "off site"),
        ("http://user@www.b.gov.cn/", "a user name in the address"),
        ("file:///etc/passwd", "not http"),
    ],
)
def test_where_a_crawl_may_go(url: str, reason: str | None) -> None:
    assert why_not(url, {"127.0.0.2:8001"}) == reason
