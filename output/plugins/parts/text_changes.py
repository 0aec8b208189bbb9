"""Two revisions of one report, side by side: which figures and which words changed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from parsers.report import Figure

LETTER_BY_LETTER = 600  # characters of a changed passage that are compared letter by letter
SENTENCES = 1500  # of a section; a longer one is shown as wholly changed

Pieces = list[tuple[str, bool]]  # text, whether the other side has it not


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One cell that two revisions print differently. None: the cell is not there."""

    table: str
    row: str
    column: str
    old: Figure | None
    new: Figure | None


def figure_changes(old: Sequence[Figure], new: Sequence[Figure]) -> list[FigureChange]:
    """The cells whose value differs, in the order of the new revision, then those that went."""
    before, after = _by_cell(old), _by_cell(new)
    return [
        FigureChange(*cell, before.get(cell), after.get(cell))
        for cell in dict.fromkeys((*after, *before))
        if not _same(before.get(cell), after.get(cell))
    ]


def _by_cell(figures: Sequence[Figure]) -> dict[tuple[str, str, str], Figure]:
    return {(figure.table, figure.row, figure.column): figure for figure in figures}


def _same(one: Figure | None, other: Figure | None) -> bool:
    return one is not None and other is not None and (one.value, one.unit) == (other.value, other.unit)


@dataclass(frozen=True, slots=True)
class SectionChange:
    """One section that two revisions word differently, in pieces; an empty side: the section is not there."""

    heading: str
    old: Pieces
    new: Pieces


def section_changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[SectionChange]:
    """The sections, path and title → text, whose text differs."""
    return [
        SectionChange(heading, *compare(old.get(heading, ""), new.get(heading, "")))
        for heading in dict.fromkeys((*new, *old))
        if old.get(heading) != new.get(heading)
    ]


def compare(old: str, new: str) -> tuple[Pieces, Pieces]:
    """Both texts in pieces: sentence by sentence, and letter by letter within a changed one.

    >>> compare("收到3件。已办结。", "收到4件。已办结。")
    ([('收到', False), ('3', True), ('件。', False), ('已办结。', False)], [('收到', False), ('4', True), ('件。', False), ('已办结。', False)])
    """
    was, now = _sentences(old), _sentences(new)
    if max(len(was), len(now)) > SENTENCES:
        return [(old, True)], [(new, True)]
    left: Pieces = []
    right: Pieces = []
    for gone, come, same in _opcodes(was, now):
        one, other = "".join(gone), "".join(come)
        if same or max(len(one), len(other)) > LETTER_BY_LETTER or not (one and other):
            left += [(one, not same)] * bool(one)
            right += [(other, not same)] * bool(other)
            continue
        for letters, others, equal in _opcodes(one, other):
            left += [("".join(letters), not equal)] * bool(letters)
            right += [("".join(others), not equal)] * bool(others)
    return left, right


def _sentences(text: str) -> list[str]:
    return re.findall(r"[^。；！？\n]*[。；！？\n]+|[^。；！？\n]+", text)


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str], bool]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield old[i1:i2], new[j1:j2], tag == "equal"
