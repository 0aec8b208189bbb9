"""Rows of unequal length → Grid."""

from collections.abc import Sequence

from parsers.blocks import Grid


def rectangle(rows: Sequence[Sequence[str]], copies: frozenset[tuple[int, int]] = frozenset()) -> Grid:
    """The rows as a Grid, short ones filled up with cells marked as padding: no printed cell covers those.

    >>> grid = rectangle([["规章", "0"], ["收费"]])
    >>> grid.rows, sorted(grid.padding)
    ((('规章', '0'), ('收费', '')), [(1, 1)])
    """
    width = max((len(row) for row in rows), default=0)
    padding = frozenset((y, x) for y, row in enumerate(rows) for x in range(len(row), width))
    squared = tuple(tuple(row) + ("",) * (width - len(row)) for row in rows)
    return Grid(rows=squared, copies=copies | padding, padding=padding)
