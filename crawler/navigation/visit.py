"""One page of a walk: the link to it, what that promised, and the visit that led to it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from scrapy.http import Response

from crawler.families import Link, ListPage
from crawler.items import Page
from crawler.navigation.addresses import canonical
from crawler.navigation.navigate import ORGAN, Promise
from crawler.navigation.taking import link_key
from parsers.decode import decode


@dataclass(frozen=True, slots=True)
class Visit:
    """A page to fetch: the link, what it promises, and the visit that led to it."""

    link: Link
    promise: Promise
    parent: "Visit | None" = None
    depth: int = 0
    page: int = 1  # which page of its listing
    barren: int = 0  # pages of the listing just before it that brought nothing
    shell: Page | None = None  # the page in whose place this file stands

    @property
    def key(self) -> str:
        return link_key(self.link)

    def ancestors(self) -> Iterator["Visit"]:
        """This visit and those that led to it."""
        visit: Visit | None = self
        while visit is not None:
            yield visit
            visit = visit.parent

    @property
    def body(self) -> str:
        """The body that the nearest of its links names which names one."""
        titles = (visit.link.title.replace(" ", "") for visit in self.ancestors())
        return next((title for title in titles if ORGAN.fullmatch(title)), "")

    def earlier(self) -> Iterator["Visit"]:
        """The pages of its listing before it, the nearest first."""
        for visit, before in pairwise(self.ancestors()):
            if visit.page == 1:
                return
            yield before


def address(visit: Visit) -> str:
    """The address to ask for."""
    return canonical(visit.link.url) if visit.link.method == "GET" else visit.link.url


def remembered_as(link: Link) -> str:
    """Under which the database remembers the page: its address, and what was POSTed to it.

    >>> remembered_as(Link("http://a.gov.cn/list.do", method="POST", body="page=2"))
    'http://a.gov.cn/list.do#bc7c7eb0ad0afdec'
    """
    if link.method == "GET":
        return canonical(link.url)
    return f"{link.url}#{hashlib.sha256(link.body.encode()).hexdigest()[:16]}"


def list_page(response: Response, visit: Visit) -> ListPage:
    """The answer to a visit, as a page that lists."""
    link, referer = visit.link, dict(visit.link.headers).get("Referer", "")
    label = (response.headers.get("Content-Type") or b"").decode("latin-1")
    text, encoding = decode(response.body, label)
    return ListPage(response.url, text, label, link.method, link.body, link.title, referer, encoding)
