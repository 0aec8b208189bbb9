"""A relation that a form states between its figures (勾稽关系), as in "new_received + carried_in = result_total"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

Number = int | float
Look = Callable[[str], Number | None]  # the value of a term, None when it is blank


@dataclass(frozen=True, slots=True)
class Relation:
    """Left side, comparison, right side; a term is a row or a column, of last year when "previous." precedes it."""

    rule: str  # "R1"
    left: tuple[tuple[int, str], ...]  # (sign, term)
    comparison: str  # "=", "<=" or ">="
    right: tuple[tuple[int, str], ...]

    @property
    def terms(self) -> tuple[str, ...]:
        return tuple(term for _, term in self.left + self.right)

    def holds(self, left: Number, right: Number) -> bool:
        if self.comparison == "=":
            return left == right
        return left <= right if self.comparison == "<=" else left >= right


def parse_relation(rule: str, text: str) -> Relation:
    """
    >>> relation = parse_relation("R7", "in_force = previous.in_force + made - repealed")
    >>> relation.left, relation.right[1:]
    (((1, 'in_force'),), ((1, 'made'), (-1, 'repealed')))

    Raises ValueError when the text is no relation.
    """
    sides = re.split(r"\s*(<=|>=|=)\s*", text.strip())
    if len(sides) != 3:
        raise ValueError(f"{rule}: not a relation: {text}")
    return Relation(rule, _parse_side(rule, sides[0]), sides[1], _parse_side(rule, sides[2]))


def _parse_side(rule: str, text: str) -> tuple[tuple[int, str], ...]:
    tokens = text.split()
    signs, terms = ["+", *tokens[1::2]], tokens[0::2]
    if len(signs) != len(terms) or not set(signs) <= {"+", "-"}:
        raise ValueError(f"{rule}: not a sum: {text}")
    return tuple((1 if sign == "+" else -1, term) for sign, term in zip(signs, terms, strict=True))


def add(side: tuple[tuple[int, str], ...], look: Look) -> Number | None:
    """The sum of one side, exact for decimals too; None when one of its terms is blank."""
    total: Number = 0
    exact = True
    values = []
    for sign, term in side:
        value = look(term)
        if value is None:
            return None
        values.append(sign * value)
        exact = exact and isinstance(value, int)
    if exact:
        return sum(values)
    total = float(sum(Decimal(str(value)) for value in values))
    return int(total) if total.is_integer() else total
