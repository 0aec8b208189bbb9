"""The kinds of damage, under the names of their functions."""

from collections.abc import Callable
from random import Random

from tests.writing.forms import Key
from tests.writing.markup import Cell
from tests.writing.truth import Value

Rows = list[list[Cell]]
Damage = Callable[[Rows, Random, dict[Key, Value]], None]  # changes rows, and the truth of what stays whole
DAMAGES: dict[str, Damage] = {}


class Unfit(Exception):
    """The table has no place for this damage."""


def damage(function: Damage) -> Damage:
    """Enter a kind of damage under its function's name."""
    DAMAGES[function.__name__] = function
    return function
