"""One page of a PDF as it is printed: characters and rules with their places, in points from the upper left."""

import ctypes
import itertools
import math
from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from parsers.decode import INVISIBLE, STAND_INS
from parsers.documents.printed import OVERFULL, PICTURE, Char, PrintedPage, Rule

MOST_CHARACTERS = 12_000  # of one page; a full A4 page has about 1,500, a whole report on one long page 8,000
MOST_OBJECTS = 30_000  # a page ruled with dots has twelve thousand, twice that where each cell has its own
MOST_SEGMENTS = 15_000  # three hundred cells, each with a box of its own drawn as four thin ones, have 7,500
_DEEPEST_FORM = 8
_THICKEST_RULE = 3.0  # points; a filled box thicker than that is a background
_TYPED = (pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_STRIKEOUT)
_HIGHEST_NOTE = 60.0  # points; a seal is higher
_MOST_LEVEL = 1000  # rules of a page, and characters of a line, among which strokes are looked for
_FARTHEST = 4.0  # points from the middle of a character to a stroke through it
_MIDDLE, _BESIDE = 0.2, 0.3  # of its size: that distance, and how much longer or shorter a stroke may be
_ASKEW = 10.0  # degrees; a scan that was read by machine may lie a little aslant

Matrix = tuple[float, float, float, float, float, float]
# Degrees that the page has to be turned clockwise → its coordinates, y downwards.
_UPRIGHT: dict[int, Matrix] = {
    0: (1, 0, 0, -1, 0, 0),
    90: (0, 1, 1, 0, 0, 0),
    180: (-1, 0, 0, 1, 0, 0),
    270: (0, -1, -1, 0, 0, 0),
}


def with_what_was_typed(pdf: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """The page with what was typed upon it, filled into its form or struck out later, but without its seals."""
    page, place = pdf[index], pdfium_c.FS_RECTF()
    for at in reversed(range(count := pdfium_c.FPDFPage_GetAnnotCount(page.raw))):
        note = pdfium_c.FPDFPage_GetAnnot(page.raw, at)
        pdfium_c.FPDFAnnot_GetRect(note, place)
        is_seal = abs(place.top - place.bottom) > _HIGHEST_NOTE
        is_typed = pdfium_c.FPDFAnnot_GetSubtype(note) in _TYPED
        pdfium_c.FPDFPage_CloseAnnot(note)
        if is_seal or not is_typed:
            pdfium_c.FPDFPage_RemoveAnnot(page.raw, at)
    changed = count and pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
    return pdf[index] if changed == pdfium_c.FLATTEN_SUCCESS else page


def read_page(page: pdfium.PdfPage) -> PrintedPage:
    """The page, turned so that its text is upright, whichever way it is displayed."""
    text_page = page.get_textpage()
    if (count := text_page.count_chars()) > MOST_CHARACTERS:
        return OVERFULL
    angles = _angles(text_page.raw, count)
    usual = Counter(turn for turn, askew in angles.values() if not askew).most_common(1)
    upright = _UPRIGHT[-usual[0][0] % 360 if usual else page.get_rotation()]
    askew = {at for at, (_, is_askew) in angles.items() if is_askew}
    overprint = askew | _of_their_colour(text_page.raw, askew, [at for at in angles if at not in askew])
    chars = tuple(_chars(text_page.raw, [at for at in angles if at not in overprint], upright))
    rules: list[Rule] = []
    pictures: list[Char] = []
    objects = segments = 0
    box = [ctypes.c_float() for _ in range(4)]
    for kind, raw, outer in _objects(page, upright):
        objects += 1
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            pictures.append(Char(PICTURE, *_bounds(raw, outer, box)))
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            if thin := _thin(*_bounds(raw, outer, box)):
                rules.extend(thin)
                continue
            segments += pdfium_c.FPDFPath_CountSegments(raw)
            if segments > MOST_SEGMENTS:
                return OVERFULL
            rules.extend(_rules_of_path(raw, _times(_matrix(raw), outer)))
        if objects >= MOST_OBJECTS:
            return OVERFULL
    return PrintedPage(*_not_struck(chars, rules), tuple(pictures))


def _angles(raw: object, count: int) -> dict[int, tuple[int, bool]]:
    """For each printed character, by its index, the right angle nearest to its own, clockwise, and whether it stands
    askew: a watermark does."""
    angles: dict[int, tuple[int, bool]] = {}
    matrix = pdfium_c.FS_MATRIX()
    for index in range(count):
        if pdfium_c.FPDFText_IsGenerated(raw, index) != 1:
            angle = math.degrees(pdfium_c.FPDFText_GetCharAngle(raw, index))
            turn = 90 * round(angle / 90)
            if abs(angle - turn) > _ASKEW and pdfium_c.FPDFText_GetMatrix(raw, index, matrix):
                angle = math.degrees(math.atan2(-matrix.b, matrix.a)) % 360  # of its line: italics only lean
                turn = 90 * round(angle / 90)
            angles[index] = turn % 360, abs(angle - turn) > _ASKEW
    return angles


def _of_their_colour(raw: object, askew: Collection[int], others: Sequence[int]) -> set[int]:
    """The characters in the colour of those askew, if most are not: a seal has some upright in its midst."""
    colours = {_colour(raw, at) for at in askew}
    found = {at for at in others if _colour(raw, at) in colours} if askew else set()
    return found if 2 * len(found) < len(others) else set()


def _colour(raw: object, index: int) -> tuple[int, ...]:
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium_c.FPDFText_GetFillColor(raw, index, *parts)
    return tuple(part.value for part in parts)


def _chars(raw: object, indexes: Iterable[int], upright: Matrix) -> Iterator[Char]:
    box = pdfium_c.FS_RECTF()
    for index in indexes:
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        if code < 32 or code in (0xFFFE, 0xFFFF):
            continue
        text = _text(raw, index, code)
        if INVISIBLE.match(text) or not pdfium_c.FPDFText_GetLooseCharBox(raw, index, box):
            continue
        x0, y0 = _at(upright, box.left, box.bottom)
        x1, y1 = _at(upright, box.right, box.top)
        yield Char(text, *sorted((x0, x1)), *sorted((y0, y1)))


def _text(raw: object, index: int, code: int) -> str:
    """The character; one beyond the sixteen bits stands there in two halves, of which the second is skipped."""
    if 0xD800 <= code < 0xDC00:
        low = pdfium_c.FPDFText_GetUnicode(raw, index + 1)
        return chr(0x10000 + (code - 0xD800) * 0x400 + low - 0xDC00) if 0xDC00 <= low < 0xE000 else "\ufffd"
    return chr(STAND_INS.get(code, code)) if code <= 0x10FFFF else "\ufffd"


def _objects(page: pdfium.PdfPage, upright: Matrix) -> Iterator[tuple[int, object, Matrix]]:
    """Every object of the page, those inside form objects too: its kind, itself, and the matrix of where it is → page."""
    for index in range(pdfium_c.FPDFPage_CountObjects(page.raw)):
        yield from _unfold(pdfium_c.FPDFPage_GetObject(page.raw, index), upright, 0)


def _unfold(raw: object, outer: Matrix, depth: int) -> Iterator[tuple[int, object, Matrix]]:
    kind = pdfium_c.FPDFPageObj_GetType(raw)
    yield kind, raw, outer
    if kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
        matrix = _times(_matrix(raw), outer)
        for index in range(pdfium_c.FPDFFormObj_CountObjects(raw)):
            yield from _unfold(pdfium_c.FPDFFormObj_GetObject(raw, index), matrix, depth + 1)


def _matrix(raw: object) -> Matrix:
    own = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(raw, own):
        return (1, 0, 0, 1, 0, 0)
    return (own.a, own.b, own.c, own.d, own.e, own.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(raw: object, outer: Matrix, box: Sequence[ctypes.c_float]) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of an object, all 0 where it has none."""
    if not pdfium_c.FPDFPageObj_GetBounds(raw, *box):
        return (0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = (side.value for side in box)
    x0, y0 = _at(outer, left, bottom)
    x1, y1 = _at(outer, right, top)
    return min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)


def _thin(left: float, right: float, top: float, bottom: float) -> tuple[Rule, ...]:
    """The rules that a mark no broader than one is as a whole, be it a row of dashes; or a dot of a dotted rule, level or
    upright, of which a page may have ten thousand."""
    x, y = (left + right) / 2, (top + bottom) / 2
    if not math.isfinite(left + right + top + bottom):  # in a damaged file
        return ()
    if (half := max(right - left, bottom - top) / 2) <= _THICKEST_RULE / 2:
        return Rule(True, y, x - half, x + half), Rule(False, x, y - half, y + half)
    if min(right - left, bottom - top) > _THICKEST_RULE:
        return ()
    return (Rule(True, y, left, right) if right - left > bottom - top else Rule(False, x, top, bottom),)


def _not_struck(chars: Sequence[Char], rules: Sequence[Rule]) -> tuple[tuple[Char, ...], tuple[Rule, ...]]:
    """Both without what is struck out: a stroke goes through its middle, just as long, and no rule goes on beside it."""
    level = [rule for rule in rules if rule.horizontal and rule.end - rule.start > _THICKEST_RULE]
    by_height = sorted(chars, key=lambda char: char.middle)
    heights = [char.middle for char in by_height]
    struck: dict[Char, Rule] = {}
    for rule in level if len(level) < _MOST_LEVEL else ():
        near = by_height[bisect(heights, rule.at - _FARTHEST) : bisect(heights, rule.at + _FARTHEST)]
        under = [char for char in near[:_MOST_LEVEL] if rule.start < char.centre < rule.end]
        if under and _is_stroke(rule, under) and not any(_goes_on(rule, other) for other in level):
            struck |= dict.fromkeys(under, rule)
    strokes = set(struck.values())
    return (
        tuple(char for char in chars if char not in struck),
        tuple(rule for rule in rules if rule not in strokes),
    )


def _is_stroke(rule: Rule, under: Sequence[Char]) -> bool:
    size = max(char.size for char in under)
    ends = min(char.x0 for char in under), max(char.x1 for char in under)
    through = all(abs(rule.at - char.middle) < _MIDDLE * char.size for char in under)
    return through and max(abs(rule.start - ends[0]), abs(rule.end - ends[1])) < _BESIDE * size


def _goes_on(rule: Rule, other: Rule) -> bool:
    beside = min(abs(rule.end - other.start), abs(rule.start - other.end)) < _THICKEST_RULE
    return beside and abs(rule.at - other.at) < _THICKEST_RULE


def _rules_of_path(raw: object, matrix: Matrix) -> Iterator[Rule]:
    """Straight strokes, and filled boxes so thin that they are meant as strokes.

    A filled box of any size more is the background of a cell or a paragraph: its sides are no rules.
    """
    fill, stroke = ctypes.c_int(), pdfium_c.FPDF_BOOL()
    pdfium_c.FPDFPath_GetDrawMode(raw, fill, stroke)
    for points in _subpaths(raw, matrix):
        parts = itertools.pairwise(points) if stroke.value else [points]
        for xs, ys in (zip(*part, strict=True) for part in parts):
            yield from _thin(min(xs), max(xs), min(ys), max(ys))


def _subpaths(raw: object, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The corners of each subpath; one that is closed ends where it began, and a curve, as of a seal, has none."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium_c.FPDFPath_CountSegments(raw)):
        segment = pdfium_c.FPDFPath_GetPathSegment(raw, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium_c.FPDFPathSegment_GetType(segment) != pdfium_c.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(_at(matrix, x.value, y.value))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points
