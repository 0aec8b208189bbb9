"""When the links of one list are given up: their first ones brought nothing, or what was there already."""

import math
import re
from collections import Counter
from dataclasses import dataclass, field

from crawler.navigation.visit import Visit

# How many bring nothing, and how many show nothing but the rows of the page that led to them, before the others are
# given up: rows of one list, of lists alike, and links to one address that differ in what they ask of it.
LIMITS = ((4, 2), (8, 4), (math.inf, 3))


@dataclass(slots=True)
class Patience:
    """What the visits to each list have brought so far."""

    _tried: Counter[tuple[str, ...]] = field(default_factory=Counter)
    _gained: Counter[tuple[str, ...]] = field(default_factory=Counter)
    _repeated: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def tried(self, visit: Visit) -> None:
        """The page is asked for."""
        self._tried.update(_groups(visit))

    def repeated(self, visit: Visit) -> None:
        """The page lists once more what the page lists that led to it."""
        self._repeated.update(_groups(visit))

    def gained(self, visit: Visit) -> None:
        """The page brought something: so did the lists that led to it."""
        for ancestor in visit.ancestors():
            self._gained.update(_groups(ancestor))

    def is_over(self, visit: Visit) -> bool:
        """Whether enough links beside this one were asked for in vain; of those that promise enough by themselves, never."""
        if not visit.promise.weak:
            return False
        return any(
            (self._tried[group] >= barren or self._repeated[group] >= repeated) and not self._gained[group]
            for group, (barren, repeated) in zip(_groups(visit), LIMITS, strict=True)
        )


def _groups(visit: Visit) -> tuple[tuple[str, ...], ...]:
    """The list in which the link stood, on its page and on pages alike; and the address that it asks."""
    address = visit.link.url.split("?")[0]
    group = (visit.link.group or re.sub(r"\d+", "9", address), visit.promise.role)
    parent = visit.parent.key if visit.parent else ""
    return ((parent, *group), group, (parent, address, visit.promise.role))
