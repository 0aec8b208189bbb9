"""Spans that an editor filled: the label and the figures of one column printed again in each column they covered."""

import itertools
from dataclasses import replace

from parsers.blocks import Grid
from parsers.form import load_forms
from parsers.form_label import read_label
from parsers.form_terms import kinds


def respanned(grid: Grid) -> Grid:
    """The grid with a label of a column that is printed again right beside itself, and the cells below both, as one: where
    the head has all columns of its block, and the cells below are the same in each row, down to the next head.
    """
    heads = [line for line, row in enumerate(grid.rows) if any(map(_is_column, row[1:]))]
    copies = {
        (line, column)
        for head, end in itertools.pairwise([*heads, len(grid.rows)])
        for column in _repeats(grid.rows[head])
        if (head, column) not in grid.copies
        and all(row[column] == row[column - 1] for row in grid.rows[head:end])
        for line in range(head, end)
    }
    return replace(grid, copies=grid.copies | copies) if copies else grid


def _is_column(text: str) -> bool:
    return not text.isascii() and "column" in kinds(text)


def _repeats(head: tuple[str, ...]) -> list[int]:
    """Where a head that has the labels of all columns of a block repeats the one before."""
    again = [c for c in range(2, len(head)) if head[c] == head[c - 1] and _is_column(head[c])]
    labels = {read_label(text).words for text in head if _is_column(text)} if again else set()
    blocks = (block.columns for form in load_forms() for table in form.tables for block in table.blocks)
    whole = any(
        {words for one in block for words in one.words} >= labels
        for block in blocks
        if len(block) == len(labels)
    )
    return again if whole else []
