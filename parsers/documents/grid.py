"""Cells with their spans → a rectangle, whatever the spans claim."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from parsers.blocks import Grid

WIDEST = 100  # columns; statutory tables have fifteen and a span may claim thousands


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as marked up."""

    text: str
    rowspan: int = 1
    colspan: int = 1


def make_grid(
    rows: Sequence[Sequence[Cell]], groups: Sequence[int] = (), fold: Callable[[str], str] = str
) -> Grid:
    """The rectangle: a span fills its cells with copies, short rows are padded with "".

    `groups` are the rows at which a new row group begins: as in browsers, no cell reaches out of its own. A row or a
    trailing column that holds copies only, because some span overruns the table, is left out. `fold` gives the text as printed.
    """
    filled: list[list[str | None]] = [[] for _ in rows]
    copies: set[tuple[int, int]] = set()
    ends: list[int] = []
    origins = 0
    for row, cells in enumerate(rows):
        line = filled[row]
        column = 0
        for cell in cells:
            while column < len(line) and line[column] is not None:
                column += 1
            if column >= WIDEST:
                break
            origins = max(origins, column + 1)
            text = fold(cell.text)
            if cell.rowspan == 1 and cell.colspan == 1:
                _put(line, column, text)
                column += 1
                continue
            bottom = min(row + cell.rowspan, _group_end(row, groups, len(rows)))
            right = min(column + cell.colspan, WIDEST)
            for r in range(row, bottom):
                target = filled[r]
                for c in range(column, right):
                    if c < len(target) and target[c] is not None:
                        break  # taken by a span from above: the first comer keeps the place
                    _put(target, c, text)
                    if r != row or c != column:
                        copies.add((r, c))
            column = right
        ends.append(len(line))
    return _squared(filled, copies, _width(ends, origins), [bool(cells) for cells in rows])


def _put(line: list[str | None], column: int, text: str) -> None:
    if column == len(line):
        line.append(text)
        return
    line.extend([None] * (column + 1 - len(line)))
    line[column] = text


def _group_end(row: int, groups: Sequence[int], height: int) -> int:
    return min((start for start in groups if start > row), default=height)


def _width(ends: Sequence[int], origins: int) -> int:
    """Up to the last column in which a cell begins, and on to where at least half of the rows end."""
    return max(origins, sorted(ends)[len(ends) // 2]) if ends else 0


def _squared(
    filled: list[list[str | None]], copies: set[tuple[int, int]], width: int, kept: Sequence[bool]
) -> Grid:
    rows: list[tuple[str, ...]] = []
    all_copies: set[tuple[int, int]] = set()
    padding: set[tuple[int, int]] = set()
    for old, line in enumerate(filled):
        if not kept[old]:
            continue
        new = len(rows)
        line = line[:width]
        holes = [c for c, text in enumerate(line) if text is None] + list(range(len(line), width))
        padding.update((new, c) for c in holes)
        rows.append(tuple([text or "" for text in line] + [""] * (width - len(line))))
        if copies:
            all_copies.update((new, c) for c in range(width) if (old, c) in copies)
    return Grid(tuple(rows), frozenset(all_copies | padding), frozenset(padding))
