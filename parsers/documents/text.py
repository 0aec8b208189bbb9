"""Plain text → blocks: what is left of a report when someone copies it out of a browser, a PDF or a mirror.

A table survives as lines with pipes (one row or one cell a line), as lines with tabs, or as words between
white space. Where not even white space is left (规章000) the line stays a paragraph: nobody can tell 1|0 from 10.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from parsers.blocks import Block, Document, Grid, Paragraph
from parsers.body import split_body
from parsers.decode import decode
from parsers.documents.aligned import aligned_table
from parsers.documents.rectangle import rectangle
from parsers.documents.repeated import with_spans
from parsers.documents.stream import (
    SECTION_HEADING,
    SENTENCE,
    end_of_flattened_table,
    flattened_table,
    is_value,
    rows_of_stream,
)
from parsers.report import UnreadableDocument

MOST_PARTS = 20_000  # a long report has three thousand; so many are read within a second on a slow machine

BOX_DRAWING = str.maketrans({"│": "|", "┃": "|", "║": "|", "｜": "|", "¦": "|"})
_BORDER = re.compile(r"[\s|:+\-=─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛]*")  # a line that only draws the table's frame
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*+\n){2,}+")
_FRAME = re.compile(r"[-=─━═]{2}")
_NEAR = 4  # lines in which the first mark between cells stands: a head or a cell, and a blank line, may be before it
# Stands alone above its rows in table 2.
_BLOCK_HEAD = re.compile(r"\s*第?二十条\s*第?[（(]?.{1,2}[)）]?项\s*")


def read_text(body: bytes, content_type: str, url: str) -> Document:
    """The document that a plain text prints. Raises UnreadableDocument for more than any report has."""
    text, encoding = decode(body, content_type)
    if sum(map(text.count, "|\t,;")) + len(text.split()) > MOST_PARTS:
        raise UnreadableDocument(f"more than {MOST_PARTS} lines, words and cells")
    front, middle, back = split_body(text_blocks(text))
    return Document(front=front, body=middle, back=back, media_type="text/plain", encoding=encoding)


def text_blocks(text: str) -> list[Block]:
    """Paragraphs (one a line) and grids, in printed order."""
    lines = _BLANK_LINES.sub("\n\n", text.translate(BOX_DRAWING)).splitlines()
    lines = [line for line in lines if not _is_border(line)]
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        end, grid = _table_at(lines, at)
        if grid is not None:
            blocks.append(grid)
            at = end
            continue
        if folded := _fold(lines[at]):
            blocks.append(Paragraph(folded))
        at += 1
    return blocks


def tables_in(lines: Sequence[str]) -> Iterator[tuple[int, int, Grid]]:
    """First line, one past the last, and the grid of each table that lines of text print."""
    at = 0
    while at < len(lines):
        end, grid = _table_at(lines, at)
        if grid is not None:
            yield at, end, grid
        at = max(end, at + 1)


def _is_border(line: str) -> bool:
    return _BORDER.fullmatch(line) is not None and _FRAME.search(line) is not None


def _table_at(lines: Sequence[str], at: int) -> tuple[int, Grid | None]:
    """The table that begins at this line, and the line after it; None when a paragraph stands here."""
    near = "".join(lines[at : at + _NEAR])
    for mark, find_end, read in _KINDS:
        if mark in near and (end := find_end(lines, at)) > at:
            return end, read(lines[at:end])
    return at, None


# Pipes, one row a line


def _end_of_pipes(lines: Sequence[str], at: int) -> int:
    """A single line with a single pipe inside is a sentence or a breadcrumb; anything more is a table."""
    end, _rows = _end_of_rows(lines, at, lambda line: "|" in line)
    printed = [line for line in lines[at:end] if line.strip()]
    if len(printed) == 1 and printed[0].strip(" \t|\u3000").count("|") == 0:
        return at
    if len(printed) == 1 and printed[0].strip().count("|") == 1:
        return at
    return end


def _pipe_table(lines: Sequence[str]) -> Grid:
    printed = [line.strip() for line in lines if line.strip()]
    leading = all(line.startswith("|") for line in printed)
    # A line that only some others close has a blank cell after its last pipe.
    closing = 2 * sum(line.endswith("|") for line in printed) >= len(printed)
    rows = [_split_pipes(line.removeprefix("|") if leading else line, closing) for line in printed]
    if all(sum(map(bool, row)) <= 1 for row in rows):
        return rectangle(rows_of_stream([next(filter(None, row), "") for row in rows]))
    while rows and all(len(row) > 1 and not row[0] for row in rows):
        rows = [row[1:] for row in rows]  # an empty column that a converter puts in front …
    while rows and all(len(row) > 1 and not row[-1] for row in rows):
        rows = [row[:-1] for row in rows]  # … or behind
    return with_spans(rectangle(_without_covered_ends(rows)))


def _without_covered_ends(rows: list[list[str]]) -> list[list[str]]:
    """Without the empty places at the ends of rows that stand for what their merged labels cover.

    Where some rows print all their figures right behind their labels, and no row has anything further to the right, an
    empty place behind a label is a blank figure and those at the end are none.
    """
    starts = [_end_of_labels(row) if any(map(is_value, row)) else None for row in rows]
    figures = max(
        len(list(itertools.takewhile(is_value, row[start:] if start else ())))
        for row, start in zip(rows, starts, strict=True)
    )
    ends = [len(row) if start is None else start + figures for row, start in zip(rows, starts, strict=True)]
    if figures < 3 or 0 in starts or any(any(row[end:]) for row, end in zip(rows, ends, strict=True)):
        return rows
    return [row[:end] for row, end in zip(rows, ends, strict=True)]


def _end_of_labels(row: Sequence[str]) -> int:
    return next((x for x, cell in enumerate(row) if not cell or is_value(cell)), len(row))


def _split_pipes(line: str, closing: bool) -> list[str]:
    """The cells of one line: a last pipe that is `closing` ends a cell, it does not begin another.

    >>> _split_pipes("规章 | 0 | | ", closing=True), _split_pipes("规章 | 0 | ", closing=False)
    (['规章', '0', ''], ['规章', '0', ''])
    """
    line = line.strip()
    return [_fold(cell) for cell in (line.removesuffix("|") if closing else line).split("|")]


# Pipes on lines of their own, one cell a line


def _end_of_stacked_pipes(lines: Sequence[str], at: int) -> int:
    """Cells and pipes alternate; a cell may be broken over a few lines, a pipe may be followed by another."""
    end, pipes, since_pipe = at, 0, 0
    for y in range(at, len(lines)):
        line = lines[y].strip()
        if line and not line.strip("| \u3000"):
            pipes, since_pipe, end = pipes + line.count("|"), 0, y + 1
        elif line:
            since_pipe += 1
            if (
                "|" in line
                or SENTENCE.search(line)
                or SECTION_HEADING.fullmatch(line)
                or since_pipe > (2 if pipes else 1)
            ):
                break
    if pipes < 2 or not any(line.strip("| \t\u3000") for line in lines[at:end]):
        return at
    if (
        end < len(lines)
        and since_pipe
        and not SENTENCE.search(lines[end])
        and not SECTION_HEADING.fullmatch(lines[end])
    ):
        end += 1  # the last cell has no pipe after it
    return end


def _stacked_pipes(lines: Sequence[str]) -> Grid:
    cells: list[str] = []
    after_pipe = False
    for line in filter(None, map(str.strip, lines)):
        if line.strip("| \u3000"):
            cells.append(_fold(line))
            after_pipe = False
            continue
        cells.extend([""] * (line.count("|") - (0 if after_pipe else 1)))
        after_pipe = True
    return rectangle(rows_of_stream(cells))


# Tabs


def _end_of_tabs(lines: Sequence[str], at: int) -> int:
    """Two or more lines with tabs inside them; a block's head may stand before or between them without any."""
    # One tab in front only indents a paragraph.
    end, tabbed = _end_of_rows(lines, at, lambda line: "\t" in line.strip() or line.count("\t") >= 2)
    return end if tabbed >= 2 else at


def _tab_table(lines: Sequence[str]) -> Grid:
    rows = [[_fold(cell) for cell in line.rstrip("\r\n").split("\t")] for line in lines if line.strip()]
    return with_spans(rectangle(rows))


# Lines


def _end_of_rows(lines: Sequence[str], at: int, is_row: Callable[[str], bool]) -> tuple[int, int]:
    """The line after the last of the rows that begin here, and their count.

    Blank lines between them do not end them; a block's head may stand before or between them.
    """
    end, rows, after_head = at, 0, False
    for y in range(at, len(lines)):
        if is_row(lines[y]):
            end, rows, after_head = y + 1, rows + 1, False
        elif _BLOCK_HEAD.fullmatch(lines[y]) and not after_head:
            after_head = True
        elif lines[y].strip() or not rows:
            break
    return end, rows


def _fold(text: str) -> str:
    return " ".join(text.split())


# What stands between the cells, where such a table ends, and how it is read.
_KINDS: tuple[tuple[str, Callable[[Sequence[str], int], int], Callable[[Sequence[str]], Grid]], ...] = (
    ("|", _end_of_stacked_pipes, _stacked_pipes),
    ("|", _end_of_pipes, _pipe_table),
    ("\t", _end_of_tabs, _tab_table),
    ("", end_of_flattened_table, lambda lines: aligned_table(lines) or flattened_table(lines)),
)
