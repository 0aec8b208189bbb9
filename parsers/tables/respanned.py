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
    repeats = {
        (line, at)
        for line, row in enumerate(grid.rows)
        for at in range(2, len(row))
        if row[at] == row[at - 1] and (line, at) not in grid.copies and _is_column(row[at])
    }
    if not repeats:
        return grid
    heads = [line for line, row in enumerate(grid.rows) if any(map(_is_column, row[1:]))]
    copies = {
        (line, column)
        for head, end in itertools.pairwise([*heads, len(grid.rows)])
        if _is_whole(grid.rows[head])
        for row, column in repeats
        if row == head and all(row[column] == row[column - 1] for row in grid.rows[head:end])
        for line in range(head, end)
    }
    return replace(grid, copies=grid.copies | copies) if copies else grid


def _is_column(text: str) -> bool:
    return not text.isascii() and "column" in kinds(text)


def _is_whole(head: tuple[str, ...]) -> bool:
    """Whether a head has the labels of all columns of a block."""
    labels = {read_label(text).words for text in head if _is_column(text)}
    blocks = (block.columns for form in load_forms() for table in form.tables for block in table.blocks)
    return any(
        len(block) == len(labels) and {words for one in block for words in one.words} >= labels
        for block in blocks
    )
