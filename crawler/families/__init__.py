"""One small module per CMS: how its listings are paged and what its report links look like.

A family module has NAME, `recognises(page)` (its fingerprint) and `links(page)`. It fetches nothing, keeps no
state and knows no portal. Ordinary anchors are read for all of them in crawler.navigation.anchors; a family adds what its
vendor hides: rows in scripts and JSON, pages behind endpoints, trees.
"""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal
from urllib.parse import parse_qsl, quote, urljoin, urlsplit

from parsel import Selector

from crawler.navigation.addresses import behind

Kind = Literal[
    "report",  # a row of the listing: perhaps a report, perhaps a year or a body that leads on
    "next",  # the following page of the same listing
    "listing",  # where the rows of this listing come from: an endpoint of the vendor's
    "frame",  # another page shown inside this one
    "text",  # where a page without a text of its own gets it from: an endpoint of the vendor's
    "column",  # an annual-report column, as the vendor's own tree or parameters say
]

# Scheme, host and folders before the vendor's part of an address. It begins where a word does, and is of bounded length:
# scripts hold words of a million characters.
BEFORE = r"(?<![\w:/.-])[\w:/.-]{0,200}"


@dataclass(frozen=True, slots=True)
class Link:
    """Where a list page leads."""

    url: str
    title: str = ""
    kind: Kind = "report"
    method: str = "GET"
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    date: str | None = None  # ISO, as the listing prints it
    index_number: str | None = None
    group: str = ""  # the block of the page in which it stands; alike for the rows of one list
    versions: tuple[str, ...] = ()  # other files with the same report, if this one cannot be read


@dataclass(frozen=True)
class ListPage:
    """One list page as fetched, with the request that got it: endpoints answer without saying which page it is."""

    url: str
    text: str
    content_type: str = "text/html"
    method: str = "GET"
    body: str = ""
    title: str = ""  # of the link that led here; of a vendor's script: the interface that the column calls
    referer: str = ""  # of an endpoint: the column page whose rows it gives
    encoding: str = "utf-8"

    @property
    def origin(self) -> str:
        """The page that a visitor sees, and that endpoints want as Referer."""
        return self.referer or self.url

    @cached_property
    def selector(self) -> Selector:
        return Selector(text=self.text or " ", type="html")

    @cached_property
    def scripts(self) -> str:
        """The text of all inline scripts."""
        return "\n".join(self.selector.xpath("//script[not(@src)]/text()").getall())

    @cached_property
    def base(self) -> str:
        """What addresses are relative to."""
        printed = self.selector.xpath("//base/@href").get() if self.json is None else None
        return urljoin(self.origin, printed or "")

    @cached_property
    def json(self) -> Any:
        """The JSON value that the page is, out of the call of JSONP or the string around it; None for anything else."""
        text = self.text.strip().lstrip("\ufeff")
        if wrapped := re.fullmatch(r"(?:/\*[^*]{0,100}\*/\s*)?[\w.$]+\s*\((.*)\)\s*;?", text, re.DOTALL):
            text = wrapped[1].strip()
        for _ in range(2):
            if not text.startswith(("{", "[", '"{', '"[')):
                return None
            try:
                value = json.loads(text)
            except (ValueError, RecursionError):
                return None
            if not isinstance(value, str):
                return value
            text = value
        return None

    def asks(self, url: str, title: str = "", kind: Kind = "listing", body: str | None = None) -> Link:
        """What the page's script asks an interface for; where it sends something, JSON or the fields of a form."""
        headers = (("Referer", self.origin), ("X-Requested-With", "XMLHttpRequest"))
        if body is None:
            return Link(url, title, kind, headers=headers)
        sent = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
        return Link(url, title, kind, "POST", body, (("Content-Type", sent), *headers))

    @property
    def query(self) -> dict[str, str]:
        """What the page's address asks."""
        return dict(parse_qsl(urlsplit(self.url).query, keep_blank_values=True))

    @property
    def sent(self) -> dict[str, str]:
        """The fields of the form that brought the page."""
        return dict(parse_qsl(self.body, keep_blank_values=True))

    def meta(self, name: str) -> str:
        """Content of the first meta tag of that name, whatever its letter case; "" without one."""
        for tag in self.selector.xpath("//meta[@name][@content]"):
            if tag.attrib["name"].lower() == name.lower():
                return tag.attrib["content"].strip()
        return ""

    def urljoin(self, href: str) -> str:
        """The address behind a link, in the scheme that brought this page where it leads to the same host.

        Portals spell their own links http after they have moved to https, where each would be answered by a redirect,
        and the other way round, where nobody answers. As browsers do, a backslash is taken for a slash, and a query is
        sent in the encoding of the page.
        """
        url = urljoin(self.base, href.strip().replace("\\/", "/").replace("\\", "/"))
        here, there = urlsplit(self.url), urlsplit(url)
        there = there._replace(query=_sent(there.query, self.encoding))
        there = urlsplit(behind(there.geturl()))
        same = here.netloc.lower() == there.netloc.lower()
        twins = {here.scheme, there.scheme} == {"http", "https"}
        return (there._replace(scheme=here.scheme) if same and twins else there).geturl()


def _sent(query: str, encoding: str) -> str:
    """The query as a browser sends it: what is not ASCII, in the encoding of the page that has the link.

    >>> _sent("lb=年报&page=%32", "gb18030")
    'lb=%C4%EA%B1%A8&page=%32'
    """
    return re.sub(r"[^\x00-\x7f]+", lambda found: quote(found[0].encode(encoding, "replace")), query)
