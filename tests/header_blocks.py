"""Metadata headers as blocks, and the fields that are read of them, for the tests of headers."""

from parsers.blocks import Block, Document, Grid, Paragraph
from parsers.header import read_header
from parsers.report import Header


def lines(*texts: str) -> tuple[Block, ...]:
    return tuple(Paragraph(text) for text in texts)


def table(*rows: str) -> tuple[Block, ...]:
    """Rows as "a | b | c"; short ones are squared with cells that nothing covers."""
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    width = max(map(len, cells))
    short = {(y, x) for y, row in enumerate(cells) for x in range(len(row), width)}
    squared = tuple(tuple(row + [""] * (width - len(row))) for row in cells)
    return (Grid(squared, copies=frozenset(short), padding=frozenset(short)),)


def header(*front: Block, **parts: object) -> dict[str, object]:
    """The fields that were read, `other` only when it holds something."""
    read = read_header(Document(front=front, body=(), back=(), media_type="text/html", **parts))  # type: ignore[arg-type]
    return {name: getattr(read, name) for name in Header.__slots__ if getattr(read, name)}
