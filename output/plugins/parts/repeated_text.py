"""What one report repeats of another: the share of its stretches of 16 characters, and the passages."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from crawler.store.shingles import LENGTH, shingles

SHORTEST = 30  # characters of a passage worth showing
PASSAGES = 5  # shown, the longest first


@dataclass(frozen=True, slots=True)
class Repeated:
    """How much of a text stands in another one."""

    share: float  # of its stretches, 0 to 1
    characters: int  # of the text compared
    passages: tuple[str, ...]


def repeated(text: str, other: Collection[int]) -> Repeated | None:
    """What of the text stands in the other one, which is given as its set of stretches; None for a text too short.

    >>> found = repeated("认真贯彻落实国务院关于政务公开的部署，今年共公开信息三千条", set(shingles("认真贯彻落实国务院关于政务公开的部署，去年共公开信息一百条")))
    >>> round(found.share, 2), found.passages
    (0.29, ())
    """
    stretches = list(shingles(text))
    if not stretches:
        return None
    found = [stretch in other for stretch in stretches]
    passages = sorted(_passages(text, found), key=len, reverse=True)
    longest = tuple(passage for passage in passages[:PASSAGES] if len(passage) >= SHORTEST)
    return Repeated(sum(found) / len(found), len(text), longest)


def _passages(text: str, found: Sequence[bool]) -> Iterator[str]:
    """The runs of the text whose every stretch was found."""
    start: int | None = None
    for place, one in enumerate((*found, False)):
        if one and start is None:
            start = place
        elif not one and start is not None:
            yield text[start : place - 1 + LENGTH]
            start = None
