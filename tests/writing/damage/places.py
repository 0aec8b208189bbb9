"""Places in a table that a kind of damage may choose; Unfit is raised where there is none."""

from collections.abc import Sequence
from random import Random

from tests.writing.damage.kinds import Rows, Unfit
from tests.writing.markup import Cell
from tests.writing.tables import has_numbers


def rows_of_numbers(rows: Rows, least: int = 1) -> list[int]:
    """Rows that print so many numbers."""
    found = [y for y, row in enumerate(rows) if sum(bool(cell.key) for cell in row) >= least]
    if not found:
        raise Unfit
    return found


def head_rows(rows: Rows) -> list[int]:
    found = [y for y, row in enumerate(rows) if not has_numbers(tuple(row)) and len(row) > 1]
    if not found:
        raise Unfit
    return found


def number_cell(row: Sequence[Cell], rng: Random, neighbours: int = 0) -> int:
    """A number cell that has so many number cells to its right."""
    found = [x for x in range(len(row) - neighbours) if all(cell.key for cell in row[x : x + neighbours + 1])]
    if not found:
        raise Unfit
    return rng.choice(found)


def label_cell(row: Sequence[Cell], rng: Random) -> int:
    found = [x for x, cell in enumerate(row) if not cell.key and any(c.isalpha() for c in cell.text)]
    if not found:
        raise Unfit
    return rng.choice(found)


def numbers_in(text: str) -> list[str]:
    return [token for token in text.replace("|", " ").split() if any(c.isdigit() for c in token)]
