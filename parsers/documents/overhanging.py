"""Labels that reach over a side of their cell: a font wider than the one they were set in, or rules and text a little aside.

The rule goes through one of their characters then, so what stands at both sides of it is one text. It belongs to the cell
that has its middle.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.documents.displaced import Placed
from parsers.documents.printed import Char

_THROUGH = 0.15  # of a character's width, at either side of the rule
_TOUCHING = 0.2  # of its size, between two characters of one text
_TOO_WIDE = 2.0  # characters more than there is room for: the texts of two cells touch each other


def put_back_labels(placed: Sequence[Placed]) -> dict[Char, tuple[Char, ...]]:
    """What stands instead of the characters of such labels, within the cells to which they belong."""
    if not any(map(_is_cut, placed)):
        return {}
    moved: dict[Char, tuple[Char, ...]] = {}
    for text in _texts(placed):
        is_cut = any(map(_is_cut, text))
        if is_cut or len({box for _, box in text}) > 1:
            moved |= _moved(text, _TOO_WIDE if is_cut else 0.0)
    return moved


def _is_cut(placed: Placed) -> bool:
    """Whether a rule goes through a character that is no part of a number."""
    run, box = placed
    char = run[0]
    inside = _THROUGH * (char.x1 - char.x0)
    return (char.x0 < box.x0 - inside or char.x1 > box.x1 + inside) and not _is_number(run)


def _is_number(run: Sequence[Char]) -> bool:
    return run[0].text.isdigit() and run[-1].text != "."


def _texts(placed: Sequence[Placed]) -> Iterator[list[Placed]]:
    """What touches each other in one line, numbers by themselves."""
    text: list[Placed] = []
    for run, box in placed:
        if text:
            last, char = text[-1][0][-1], run[0]
            beside = abs(char.x0 - last.x1) < _TOUCHING * char.size
            level = abs(char.middle - last.middle) < _TOUCHING * char.size
            if _is_number(run) or not (beside and level):
                yield text
                text = []
        if not run[0].text.isspace():
            text.append((run, box))
    yield text


def _moved(text: Sequence[Placed], over: float) -> dict[Char, tuple[Char, ...]]:
    """The characters within the cell in which their middle is, unless they are too wide by more than `over`."""
    chars = [char for run, _ in text for char in run]
    x0, x1 = chars[0].x0, chars[-1].x1
    box = next((box for _, box in text if box.x0 < (x0 + x1) / 2 < box.x1), None)
    if box is None or x1 - x0 > (room := box.x1 - box.x0) + over * chars[0].size:
        return {}
    shrink = min(1.0, room / (x1 - x0))
    start = (box.x0 + box.x1 - shrink * (x0 + x1)) / 2
    return {
        char: (replace(char, x0=start + shrink * char.x0, x1=start + shrink * char.x1),) for char in chars
    }
