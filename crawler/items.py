"""What the spider hands to the pipelines: pages as fetched, and what the listing had said of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from scrapy.exceptions import DropItem

ONE_DAY = timedelta(days=1)  # clocks of honest machines differ by less


@dataclass(frozen=True, slots=True)
class Page:
    """One fetched page that looks like a report: HTML, or a PDF or DOCX in its place."""

    portal: str  # id in the registry
    family: str  # the family that listed it: "hanweb"; "generic" where none was recognised
    requested_url: str
    url: str  # after redirects
    status: int
    fetched_at: str  # UTC, ISO: "2026-01-31T08:00:00+00:00"
    content_type: str  # label of the response
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)  # all of the response, names lower-case
    listed_title: str = ""  # the listing's own words for it, which may be a year or a body's name only
    listed_date: str | None = None  # ISO
    listed_index_number: str | None = None
    links: str | None = None  # where it leads, as crawler.revisit packs it, when it is a listing besides
    # The HTML page whose body this PDF or DOCX is; of an HTML page, the next on which its report goes on.
    shell: "Page | None" = None

    @property
    def chain(self) -> tuple["Page", ...]:
        """This page and those in its shell."""
        return (self, *(self.shell.chain if self.shell else ()))

    def with_part(self, part: "Page") -> "Page":
        """With one more page on which its report goes on."""
        return replace(self, shell=self.shell.with_part(part) if self.shell else replace(part, shell=None))


class Unreadable(DropItem):
    """A page or file that stands where a report should cannot be read."""

    def __init__(self, page: Page, reason: str) -> None:
        super().__init__(f"{page.url}: unreadable: {reason}", log_level="WARNING")
        self.page, self.reason = page, reason


def now() -> str:
    """This moment, as pages and rows keep it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def expect_past(moment: str | None, what: str) -> None:
    """Raises ValueError for one to come: taken for true, it would make its version the last one for ever."""
    clock = datetime.now(UTC)
    if moment and moment > (clock + ONE_DAY).isoformat():
        raise ValueError(f"{what} {moment}, and the clock here says {clock:%F %T}: one of the two is wrong")
