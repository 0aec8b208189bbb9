"""The narrow waist: whatever the file type, a document is a sequence of paragraphs and grids."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.report import Attachment, Unread


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One printed paragraph or line: no line breaks, white space runs folded to one space, stripped, not empty."""

    text: str
    heading: bool = False  # the markup sets it off: h1-h6, or all of it strong


@dataclass(frozen=True, slots=True)
class Grid:
    """One table as a rectangle: spans expanded, cells as printed (white space folded)."""

    rows: tuple[tuple[str, ...], ...]  # all of one length
    # (row, column) filled by a span or to square the rectangle
    copies: frozenset[tuple[int, int]] = frozenset()
    padding: frozenset[tuple[int, int]] = frozenset()  # those of the copies that no cell covers: ragged rows
    # those that a cell above fills; the others, one to the left
    hanging: frozenset[tuple[int, int]] = frozenset()

    def part(self, top: int, left: int, right: int) -> "Grid":
        """The rows from `top` on, and of these the columns from `left` to the one before `right`."""
        copies, padding, hanging = (
            frozenset((y - top, x - left) for y, x in places if y >= top and left <= x < right)
            for places in (self.copies, self.padding, self.hanging)
        )
        return Grid(tuple(row[left:right] for row in self.rows[top:]), copies, padding, hanging)


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """A page before anyone has asked what it says.

    In `front`, the boundaries of inline elements are kept as spaces, since labels and values of the metadata
    header are often told apart by nothing else; in `body` they are closed up, since Word breaks words with them.
    """

    front: tuple[Block, ...]  # before the body: navigation, breadcrumb, metadata header, title
    body: tuple[Block, ...]  # the report itself, from its first sentence to its last
    back: tuple[Block, ...]  # after the body
    media_type: str  # "text/html", "application/pdf", …
    encoding: str | None = None  # as decoded, not as labelled; None for binary types
    title: str = ""  # the document's own: <title>, PDF or DOCX property
    # name, lower-case → content; first one printed wins
    metas: Mapping[str, str] = field(default_factory=dict)
    embedded: Mapping[str, object] = field(default_factory=dict)  # JSON that a script carries: window._CONFIG
    attachments: tuple[Attachment, ...] = ()
    unread: tuple[Unread, ...] = ()  # what the reader of this file type could not read, and why
    shell: str = ""  # in words, what a page without a text of its own is: a form to log in, a script
