"""What a page prints: characters, rules and pictures with their places, in points from the upper left."""

from dataclasses import dataclass

PICTURE = "\ufffc"


@dataclass(frozen=True, slots=True)
class Printed:
    """A text with the box in which it stands on the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Height of its centre."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """How far to the right its centre is."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Char(Printed):
    """One printed character."""

    @property
    def size(self) -> float:
        """Height of its box: about the font's size."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along one axis."""

    horizontal: bool
    at: float  # its place on the other axis
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What one page prints."""

    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    pictures: tuple[Char, ...]
    overfull: bool = False  # more on it than a page of a report can have; nothing of it is read

    @property
    def is_scan(self) -> bool:
        """Whether all its text stands upon one picture: a machine read it, and left out what it could not read."""
        return any(
            all(one.x0 < char.centre < one.x1 and one.top < char.middle < one.bottom for char in self.chars)
            for one in self.pictures
        )


OVERFULL = PrintedPage(chars=(), rules=(), pictures=(), overfull=True)
