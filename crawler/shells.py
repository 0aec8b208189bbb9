"""Pages that are one file for all articles: /showinfo.html?infoGuid=…, whose text an interface gives.

After two that were the same to the byte, the interface is asked for the others' texts alone.
"""

from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from crawler.families import Link, ListPage
from crawler.items import Page


@dataclass(slots=True)
class Shells:
    """The shells that one walk has met: where they stand, and what came from there."""

    first: dict[str, tuple[ListPage, Page]] = field(default_factory=dict)
    alike: dict[str, bool] = field(default_factory=dict)  # whether all that came after the first are the same

    def note(self, page: ListPage, shell: Page) -> None:
        """A page that told where its text is."""
        place = _place(page.url)
        before = self.first.setdefault(place, (page, shell))
        if before[0] is not page:
            self.alike[place] = self.alike.get(place, True) and before[1].body == shell.body

    def at(self, link: Link) -> tuple[ListPage, Page] | None:
        """The page that stands at an address, if that is known without asking."""
        place = _place(link.url)
        if link.method != "GET" or not urlsplit(link.url).query or not self.alike.get(place):
            return None
        page, shell = self.first[place]
        named = replace(shell, listed_title=link.title, listed_date=link.date)
        named = replace(named, listed_index_number=link.index_number, url=link.url, requested_url=link.url)
        return replace(page, url=link.url), named


def _place(url: str) -> str:
    return url.split("?")[0]
