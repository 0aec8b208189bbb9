"""Tables with labels of the forms that are none of this report's own: of an earlier year, or other statistics."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from parsers.blocks import Grid
from parsers.form import load_forms
from parsers.report import Unread
from parsers.sections import PlacedGrid
from parsers.tables.cells import printed_cells
from parsers.tables.grid_lines import has_number, table_of, tables_of
from parsers.year import is_of_earlier_year

EARLIER = "a table of an earlier year"
ELSEWHERE = "a table in the section of others, beside the form's own"


def strangers(
    placed: Sequence[PlacedGrid], keys: Mapping[str | None, str | None], year: int
) -> dict[int, str]:
    """Positions of such tables, each with the reason why its numbers are not read.

    `keys`: what each section's number says that it is. A statutory table may stand anywhere, but not twice: where its
    own section has one, what other sections print with its labels is no part of it.
    """
    found = {position: EARLIER for position, one in enumerate(placed) if is_of_earlier_year(one.above, year)}
    sections = [keys.get(one.section) for one in placed]
    for position, key in enumerate(sections):
        if key in (None, "preamble") or (key in _tables() and sections.index(key) == position):
            continue  # the first table of a section of tables is that section's
        told = _told(placed[position].grid)
        if told and key not in told and all(_has_its_own(table, placed, sections) for table in told):
            found.setdefault(position, ELSEWHERE)
    return found


def unread_rows(grid: Grid, reason: str) -> Iterator[Unread]:
    """The rows of numbers of a table that is not read."""
    lines = printed_cells(grid)
    present = tables_of(grid, lines)
    for line in lines:
        if present and has_number(line):
            table = table_of(line, present) or min(present)
            yield Unread(table, " | ".join(cell.text for cell in line), reason)


def _has_its_own(table: str, placed: Sequence[PlacedGrid], sections: Sequence[str | None]) -> bool:
    return any(table in _told(one.grid) for one, key in zip(placed, sections, strict=True) if key == table)


def _told(grid: Grid) -> set[str]:
    return tables_of(grid, printed_cells(grid))


@cache
def _tables() -> frozenset[str]:
    return frozenset(table.key for form in load_forms() for table in form.tables)
