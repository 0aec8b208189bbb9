"""Damage to the tables of a page, with what a careful clerk may still read there.

Each number cell carries the key of its figure wherever the damage takes it: a reader may give the figure, or list the
number as unread, and nothing else. Where the damage leaves every cell a place below one label and beside another, the
page is not broken but says something else, and the truth is changed with it.
"""

from dataclasses import replace
from random import Random

from tests.writing.damage import cells, columns, labels, numbers, spans
from tests.writing.damage.kinds import DAMAGES, Unfit
from tests.writing.damage.places import numbers_in
from tests.writing.markup import Sheet
from tests.writing.page import Page

__all__ = ["DAMAGES", "Unfit", "cells", "columns", "damaged", "labels", "numbers", "numbers_in", "spans"]


def damaged(page: Page, name: str, rng: Random) -> Page:
    """The page with one of its tables damaged.

    Raises Unfit when none of them has a place for it.
    """
    places = [place for place, piece in enumerate(page.pieces) if isinstance(piece, Sheet) and piece.name]
    rng.shuffle(places)
    for place in places:
        sheet = page.pieces[place]
        assert isinstance(sheet, Sheet)
        rows, figures = [list(row) for row in sheet.rows], dict(page.truth.figures)
        try:
            DAMAGES[name](rows, rng, figures)
        except Unfit:
            continue
        pieces = list(page.pieces)
        pieces[place] = Sheet(sheet.name, tuple(tuple(row) for row in rows if row))
        return replace(page, pieces=tuple(pieces), truth=replace(page.truth, figures=figures))
    raise Unfit(name)
