"""A statutory table printed without rules, or with those of one direction only → grid, by where its words stand.

Its columns are the lowest labels of a head. A row that prints a value for each of them is read in order, one that
prints fewer only where each value stands in one column and no other; any other row stays one text, unread.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from parsers.blocks import Grid
from parsers.documents.lines import Word
from parsers.documents.rectangle import rectangle
from parsers.documents.stream import BLOCK_HEAD, has_outline_mark, is_value, read_head_with_units
from parsers.documents.word_columns import Head, Row, place_values
from parsers.form_terms import is_label, kinds, units

MOST_WORDS = 1500  # of a table; the longest has about three hundred
_MOST_PIECES = 12  # of a label: one that stands down the side has a character a line
_MOST_BETWEEN = 100  # pieces of other labels that are printed between those of one
_NEAR = 1.5  # of a line's height, from line to line of a label


@dataclass(slots=True)
class _Block:
    """Rows below one head."""

    # Those that stand alone: the article, groups of columns that differ by themselves.
    titles: tuple[Word, ...] = ()
    corner: tuple[Word, ...] = ()
    groups: tuple[Word, ...] = ()
    columns: tuple[Word, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class _Printed:
    """One row of the grid to be."""

    cells: Sequence[str]
    copies: Sequence[int] = ()


def unruled_table(lines: Sequence[Sequence[Word]], is_scan: bool = False) -> Grid | None:
    """The table in these lines of words, from top to bottom; None when nothing in them is the head of columns. In a scan
    that a machine read no row is read that has fewer values than columns: it leaves out what it cannot read."""
    if sum(map(len, lines)) > MOST_WORDS:
        return None
    heads = [read_head_with_units(" ".join(word.text for word in words)) for words in lines]
    if head := next(filter(None, heads), None):
        body = [words for words, found in zip(lines, heads, strict=True) if not found]
        return _table_with_units(head, *_values_and_pieces(body, units()), is_scan)
    values, pieces = _values_and_pieces(lines)
    rows, others = _rows(values, _whole_labels(pieces))
    blocks = _blocks(rows, others)
    if not any(block.columns for block in blocks):
        return None
    places = place_values([Head(block.columns, block.rows) for block in blocks], is_scan)
    depth = max((len(row.labels) for row in rows), default=0)
    return _grid(
        [line for block, cells in zip(blocks, places, strict=True) for line in _print(block, cells, depth)]
    )


def _grid(lines: Sequence[_Printed]) -> Grid:
    copies = frozenset((y, x) for y, line in enumerate(lines) for x in line.copies)
    return rectangle([line.cells for line in lines], copies)


def _table_with_units(
    head: Sequence[str], values: Sequence[Sequence[Word]], pieces: Sequence[Word], is_scan: bool
) -> Grid:
    """The table whose rows print a unit and then their only figure: these tell by themselves where they belong."""
    lines, others = _rows(values, _whole_labels(pieces))
    rows = list(_one_for_each_label(lines))
    depth = max((len(row.labels) for row in rows), default=1)
    printed = [
        (row.values[0].middle, line)
        for row, line in zip(
            rows, _print_rows(rows, [_unit_and_figure(row, is_scan) for row in rows], depth), strict=True
        )
    ]
    printed += [
        (label.middle, _Printed([label.text] * depth + [""] * 2, range(1, depth))) for label in others
    ]
    printed.sort(key=lambda pair: pair[0])
    return _grid(
        [_Printed([head[0]] * depth + list(head[1:]), range(1, depth)), *(line for _, line in printed)]
    )


def _one_for_each_label(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows; of a label beside which unit and figure stand at two heights, one."""
    for _, run in groupby(rows, key=lambda row: row.labels[-1] if row.labels else row):
        parts = list(run)
        values = sorted((value for row in parts for value in row.values), key=lambda value: value.x0)
        yield Row(values, parts[0].labels)


def _unit_and_figure(row: Row, is_scan: bool) -> list[str] | None:
    """The unit, or a dash, and the figure, unless it is blank, which no scan tells; None for anything else."""
    texts = [value.text for value in row.values]
    if (
        not 1 + is_scan <= len(texts) <= 2
        or any(map(str.isdigit, texts[0]))
        or not all(map(is_value, texts[1:]))
    ):
        return None
    return [texts[0], *(texts[1:] or [""])]


# Words → labels and rows


def _values_and_pieces(
    lines: Sequence[Sequence[Word]], units: Collection[str] = ()
) -> tuple[list[Sequence[Word]], list[Word]]:
    """The values that end each line, units before them among these, and all other words."""
    values: list[Sequence[Word]] = []
    pieces: list[Word] = []
    for line in lines:
        words = [part for word in line for part in _apart(word)]
        end = len(words)
        while end and (is_value(words[end - 1].text) or words[end - 1].text in units):
            end -= 1
        if words[end:]:
            values.append(words[end:])
        pieces += _joined_beside(words[:end])
    return values, sorted(pieces, key=lambda piece: (piece.middle, piece.x0))


def _apart(word: Word) -> Iterator[Word]:
    """The word; of labels beside each other between which hardly any gap was left, and of a figure beside one, each."""
    per_character = (word.x1 - word.x0) / len(word.text)
    at = 0
    for label in _labels_in(word.text):
        x0, at = word.x0 + at * per_character, at + len(label)
        yield Word(label, x0, word.x0 + at * per_character, word.top, word.bottom)


def _labels_in(text: str) -> list[str]:
    """The labels that follow each other in a text, and the figure after them; the text itself where it is none but one, or
    no label at all."""
    for at in range(2, len(text)) if not is_label(text) else ():
        label, rest = text[:at], text[at:]
        if has_outline_mark(rest) and (is_label(label) or has_outline_mark(label)):
            return [label, *_labels_in(rest)]
        if is_label(label) and (is_label(rest) or is_value(rest) or len(_labels_in(rest)) > 1):
            return [label, *_labels_in(rest)]
    return [text]


def _joined_beside(words: Sequence[Word]) -> Iterator[Word]:
    """The words of one line; letters of a label that are set wide apart are one word."""
    at = 0
    while at < len(words):
        run = [words[at]]
        for word in words[at + 1 :]:
            if word.x0 - run[-1].x1 > _NEAR * (word.bottom - word.top) or len(run) == _MOST_PIECES:
                break
            run.append(word)
        count = _pieces_of_a_label(run)
        yield _together(run[:count])
        at += count


def _whole_labels(pieces: Sequence[Word]) -> list[Word]:
    """The labels, those put together of which each line is a piece."""
    labels: list[Word] = []
    used: set[int] = set()
    for at, piece in enumerate(pieces):
        if at in used:
            continue
        chain = [at]
        for below in range(at + 1, min(at + _MOST_BETWEEN, len(pieces))):
            last, one = pieces[chain[-1]], pieces[below]
            height = max(last.bottom - last.top, one.bottom - one.top)
            if one.middle - last.bottom > 2 * _NEAR * height or len(chain) == _MOST_PIECES:
                break
            is_below = one.middle > last.middle + height / 2 and one.top - last.bottom < _NEAR * height
            if below not in used and is_below and _overlap(piece, one):
                chain.append(below)
        chain = chain[: _pieces_of_a_label([pieces[one] for one in chain])]
        used.update(chain)
        labels.append(_together([pieces[one] for one in chain]))
    return labels


def _pieces_of_a_label(run: Sequence[Word]) -> int:
    """How many of these make one whole label, the first among them; what is a label by itself is not drawn into another."""
    count, text = 1, run[0].text
    for number, piece in enumerate(run[1:], start=2):
        if has_outline_mark(piece.text) or (is_label(text) and is_label(piece.text)):
            break
        text += piece.text
        if is_label(text):
            count = number
    return count


def _together(pieces: Sequence[Word]) -> Word:
    return Word(
        "".join(piece.text for piece in pieces),
        min(piece.x0 for piece in pieces),
        max(piece.x1 for piece in pieces),
        min(piece.top for piece in pieces),
        max(piece.bottom for piece in pieces),
    )


def _rows(values: Sequence[Sequence[Word]], labels: Sequence[Word]) -> tuple[list[Row], list[Word]]:
    """The rows, and the labels that stand beside none of them."""
    rows: list[Row] = []
    beside: set[Word] = set()
    for row in values:
        y, height = row[0].middle, row[0].bottom - row[0].top
        own = [
            label
            for label in labels
            if (label.top <= y <= label.bottom or abs(label.middle - y) < height / 2) and label.x0 < row[0].x0
        ]
        rows.append(Row(row, tuple(sorted(own, key=lambda label: label.x0))))
        beside.update(own)
    return rows, [label for label in labels if label not in beside]


# Rows → blocks


def _blocks(rows: Sequence[Row], others: Iterable[Word]) -> list[_Block]:
    """The rows with the head above them. Labels between two rows and right of the rows' labels are a head's;
    the others are outer labels that reach over several rows, or the title of a block."""
    blocks: list[_Block] = [_Block()]
    edge = max((row.labels[-1].x1 for row in rows if row.labels), default=float("-inf"))
    waiting = sorted(others, key=lambda label: label.middle)
    for row in rows:
        between: list[Word] = []
        while waiting and waiting[0].middle < row.values[0].middle:
            between.append(waiting.pop(0))
        titles = [label for label in between if BLOCK_HEAD.fullmatch(label.text)]
        between = [label for label in between if not BLOCK_HEAD.fullmatch(label.text)]
        left = [label for label in between if label.x0 < edge or kinds(label.text) == {"corner"}]
        head = [label for label in between if label not in left]
        if head or titles:
            blocks.append(_headed(titles, left, head))
            left = []
        blocks[-1].rows += (row._replace(labels=(*left, *row.labels)) if row.labels else row,)
    return blocks


def _headed(titles: Sequence[Word], left: Sequence[Word], head: Sequence[Word]) -> _Block:
    """The head of a block: its columns are the labels below which there is no other."""
    lowest = [
        label
        for label in head
        if (not kinds(label.text) or "column" in kinds(label.text))
        and not any(other.middle > label.bottom and _overlap(label, other) for other in head)
    ]
    columns = tuple(sorted(lowest, key=lambda label: label.x0))
    if any(one.x1 > other.x0 for one, other in pairwise(columns)):
        columns = ()
    leaves = set(lowest)
    groups = [label for label in head if label not in leaves]
    if len({column.text for column in columns}) == len(columns):
        titles, groups = [*titles, *groups], []
    top = min((label.top for label in head), default=float("inf"))
    corner = tuple(label for label in left if label.bottom > top)
    titles = [*titles, *(label for label in left if label not in corner)]
    return _Block(tuple(sorted(titles, key=lambda label: label.top)), corner, tuple(groups), columns)


# Blocks → the rows of a grid


def _print(block: _Block, places: Sequence[list[str] | None], depth: int) -> Iterator[_Printed]:
    yield from (_Printed([title.text]) for title in block.titles)
    if block.groups:
        yield _print_groups(block, depth)
    if block.columns:
        corner = "".join(label.text for label in block.corner)
        yield _Printed([corner] * depth + [column.text for column in block.columns], range(1, depth))
    yield from _print_rows(block.rows, places, depth)


def _print_rows(rows: Sequence[Row], places: Sequence[list[str] | None], depth: int) -> Iterator[_Printed]:
    innermost = [row.labels[-1] for row in rows if row.labels]
    torn = {id(row) for pair in pairwise(rows) if _are_torn(*pair) for row in pair}
    for row, cells in zip(rows, places, strict=True):
        labels = [label.text for label in row.labels]
        glued = any(label[-1].isdigit() for label in labels)  # its first figure, to a label that is not known
        beside_two = bool(row.labels) and innermost.count(row.labels[-1]) > 1
        if cells is None or id(row) in torn or glued or beside_two:
            yield _Printed([" | ".join([*labels, *(value.text for value in row.values)])])
            continue
        beyond = depth - len(labels)
        outer = labels + (labels[-1:] or [""]) * beyond
        yield _Printed([*outer, *cells], range(depth - beyond, depth) if labels else ())


def _are_torn(above: Row, below: Row) -> bool:
    """Whether two rows of values, one of them without a label, are so near that they are lines of the same cells: a number
    too wide for its own is broken in two."""
    one, other = above.values[0], below.values[0]
    near = other.middle - one.middle < max(one.bottom - one.top, other.bottom - other.top)
    return near and bool(above.labels) != bool(below.labels)


def _print_groups(block: _Block, depth: int) -> _Printed:
    """Where the columns' labels repeat, a group begins with each repetition; above it, the lowest label over it."""
    runs: list[list[Word]] = []
    for column in block.columns:
        if not runs or column.text in [label.text for label in runs[-1]]:
            runs.append([])
        runs[-1].append(column)
    cells, copies = [""] * depth, list(range(1, depth))
    for run in runs:
        above = [group for group in block.groups if group.x0 < run[-1].x1 and group.x1 > run[0].x0]
        text = max(above, key=lambda group: group.middle).text if above else ""
        copies += range(len(cells) + 1, len(cells) + len(run))
        cells += [text] * len(run)
    return _Printed(cells, copies)


def _overlap(one: Word, other: Word) -> bool:
    return one.x0 < other.x1 and one.x1 > other.x0
