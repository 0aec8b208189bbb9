"""A page that is one file for all articles is asked for until it is known to be that."""

from crawler.families import Link, ListPage
from crawler.items import Page
from crawler.shells import Shells

PLACE = "http://www.a.gov.cn/showinfo.html"


def met(*bodies: str) -> Shells:
    shells = Shells()
    for number, body in enumerate(bodies):
        url = f"{PLACE}?id={number}"
        page = Page("a", "epoint", url, url, 200, "2026-01-31T08:00:00+00:00", "text/html", body.encode())
        shells.note(ListPage(url, body), page)
    return shells


def test_after_two_alike_the_third_is_known() -> None:
    row = Link(f"{PLACE}?id=7", "某局2023年政府信息公开年报", date="2024-01-19")
    assert met("<html>").at(row) is None
    known = met("<html>", "<html>").at(row)
    assert known is not None
    page, shell = known
    assert (page.url, shell.url, shell.requested_url) == (row.url, row.url, row.url)
    assert (shell.listed_title, shell.listed_date) == (row.title, row.date)


def test_pages_that_differ_are_asked_for() -> None:
    row = Link(f"{PLACE}?id=7", "某局2023年政府信息公开年报")
    assert met("<html>甲", "<html>乙", "<html>甲").at(row) is None
    assert met("<html>", "<html>").at(Link(PLACE)) is None  # the address names no article
