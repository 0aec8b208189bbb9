"""A relation that a form states between its figures (勾稽关系), as in "new_received + carried_in = result_total"."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import mul
from typing import NamedTuple

Number = int | float
Cell = tuple[str, str]  # row and column
Values = Mapping[Cell, Number | None]  # None: the cell is blank


class Term(NamedTuple):
    """One row or column in a sum."""

    sign: int
    key: str  # of a row or a column
    last_year: bool  # "previous." precedes it


class Sum(NamedTuple):
    """One side of a relation in one column or row: a sign and a year for each of its figures."""

    cells: tuple[Cell, ...]
    signs: tuple[int, ...]
    last_year: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Left side, comparison, right side: between rows it holds in each column, between columns in each row."""

    rule: str  # "R1"
    left: tuple[Term, ...]
    comparison: str  # "=", "<=" or ">="
    right: tuple[Term, ...]
    between_rows: bool

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(term.key for term in self.left + self.right)

    def sums(self, scope: str) -> tuple[Sum, Sum]:
        """The figures of both sides in this column or row."""
        left, right = (
            Sum(
                tuple((term.key, scope) if self.between_rows else (scope, term.key) for term in side),
                tuple(term.sign for term in side),
                tuple(term.last_year for term in side),
            )
            for side in (self.left, self.right)
        )
        return left, right

    def holds(self, left: Number, right: Number) -> bool:
        if self.comparison == "=":
            return left == right
        return left <= right if self.comparison == "<=" else left >= right


def parse_relation(rule: str, text: str, rows: frozenset[str] = frozenset()) -> Relation:
    """The relation, between rows when all its terms are keys of rows.

    >>> parse_relation("R7", "in_force = previous.in_force + made - repealed").right[1:]
    (Term(sign=1, key='made', last_year=False), Term(sign=-1, key='repealed', last_year=False))

    Raises ValueError when the text is no relation.
    """
    sides = re.split(r"\s*(<=|>=|=)\s*", text.strip())
    if len(sides) != 3:
        raise ValueError(f"{rule}: not a relation: {text}")
    left, right = _parse_side(rule, sides[0]), _parse_side(rule, sides[2])
    return Relation(rule, left, sides[1], right, all(term.key in rows for term in left + right))


def _parse_side(rule: str, text: str) -> tuple[Term, ...]:
    tokens = text.split()
    signs, terms = ["+", *tokens[1::2]], tokens[0::2]
    if len(signs) != len(terms) or not set(signs) <= {"+", "-"}:
        raise ValueError(f"{rule}: not a sum: {text}")
    return tuple(
        Term(1 if sign == "+" else -1, term.removeprefix("previous."), term.startswith("previous."))
        for sign, term in zip(signs, terms, strict=True)
    )


def printed(left: Sum, right: Sum, now: Collection[Cell], before: Collection[Cell]) -> bool:
    """Whether each side, and each year that is needed, has a figure."""
    found = {
        (side, last_year)
        for side, one in enumerate((left, right))
        for cell, last_year in zip(one.cells, one.last_year, strict=True)
        if cell in (before if last_year else now)
    }
    years = {*left.last_year, *right.last_year}
    return {side for side, _ in found} == {0, 1} and {year for _, year in found} == years


def add(summands: Sum, now: Values, before: Values) -> Number | None:
    """The sum, exact for decimals too; None when one of its figures is blank or missing."""
    if True in summands.last_year:
        years = zip(summands.cells, summands.last_year, strict=True)
        values = [(before if last_year else now).get(cell) for cell, last_year in years]
    else:
        values = [*map(now.get, summands.cells)]
    if None in values:
        return None
    numbers: list[Number] = [*map(mul, values, summands.signs)]
    total = sum(numbers)
    if isinstance(total, int):
        return total
    exact = float(sum(Decimal(str(number)) for number in numbers))
    return int(exact) if exact.is_integer() else exact
