"""Tables laid out without <table>: a container for each row, and in it one for each cell, blank ones among them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.blocks import Grid
from parsers.documents.joining import join_lines
from parsers.documents.rectangle import rectangle
from parsers.documents.stream import BLOCK_HEAD

LONGEST_CELL = 100  # characters, and …
MOST_LINES = 4  # … lines that a cell may have: more is a part of the page
FEWEST_ROWS = 3


_Container = tuple[int, int, bool]  # its first line, one past its last, and whether it can be a cell


@dataclass(frozen=True, slots=True)
class _Row:
    """A container of cells."""

    start: int
    end: int
    cells: tuple[str, ...]


def laid_out_tables(
    containers: Sequence[tuple[int, int]], lines: Sequence[str]
) -> Iterator[tuple[int, int, Grid]]:
    """First line, one past the last, and the grid of each run of rows.

    `containers` are stretches of lines, each after those that stand inside of it. How far a cell reaches over others is
    not told by them: the rows have their own cells only.
    """
    run: list[_Row] = []
    for row in (*_rows(containers, lines), None):
        if run and (row is None or row.start != run[-1].end):
            if len(run) >= FEWEST_ROWS:
                yield run[0].start, run[-1].end, rectangle([one.cells for one in run])
            run = []
        if row is not None:
            run.append(row)


def _rows(containers: Sequence[tuple[int, int]], lines: Sequence[str]) -> Iterator[_Row]:
    """The containers that hold nothing but cells; what they hold is looked at once, where they close."""
    closed: list[_Container] = []  # those not yet inside another
    for start, end in containers:
        if start == end:  # a blank cell, if it stands in a row
            closed.append((start, end, True))
            continue
        inside: list[_Container] = []
        while closed and closed[-1][0] >= start:
            inside.append(closed.pop())
        inside.reverse()
        if not any(first < last for first, last, _ in inside):  # blank cells before this one, in its row
            closed += inside
            inside = []
        whole = sum(last - first for first, last, _ in inside) == end - start
        if whole and all(is_cell for _, _, is_cell in inside):
            cells = tuple(join_lines(lines[first:last]) for first, last, _ in inside)
            if len(cells) > 1 or BLOCK_HEAD.fullmatch(cells[0]):
                yield _Row(start, end, cells)
        closed.append((start, end, not inside and _is_cell(lines[start:end])))


def _is_cell(lines: Sequence[str]) -> bool:
    few = len(lines) <= MOST_LINES or max(map(len, lines)) == 1  # or a label printed from top to bottom
    return few and sum(map(len, lines)) <= LONGEST_CELL and all(lines)
