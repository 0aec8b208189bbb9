"""Dialects of the tables' arrangement: one table or several, heads, spans, order. The figures stay what they are."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.writing.markup import Cell, Line, Piece, Sheet
from tests.writing.page import Page, dialect

Rows = tuple[tuple[Cell, ...], ...]


def change_sheets(page: Page, change: Callable[[Sheet], tuple[Piece, ...]]) -> Page:
    pieces: list[Piece] = []
    for piece in page.pieces:
        pieces.extend(change(piece) if isinstance(piece, Sheet) else (piece,))
    return replace(page, pieces=tuple(pieces))


def change_rows(page: Page, change: Callable[[Sheet], Rows]) -> Page:
    return change_sheets(page, lambda sheet: (Sheet(sheet.name, change(sheet)),))


def change_cells(page: Page, change: Callable[[Cell], Cell]) -> Page:
    return change_rows(page, lambda sheet: tuple(tuple(change(cell) for cell in row) for row in sheet.rows))


def change_labels(page: Page, change: Callable[[str], str]) -> Page:
    return change_cells(page, lambda cell: cell if cell.key else replace(cell, text=change(cell.text)))


def has_numbers(row: tuple[Cell, ...]) -> bool:
    return any(cell.key for cell in row)


@dialect("arrangement")
def a_table_for_each_block(page: Page, rng: Random) -> Page:
    """Table 二 as four or five tables."""

    def change(sheet: Sheet) -> tuple[Piece, ...]:
        if sheet.name != "disclosure":
            return (sheet,)
        sheets: list[list[tuple[Cell, ...]]] = []
        for row in sheet.rows:
            if row[0].text.startswith("第二十条"):
                sheets.append([])
            sheets[-1].append(row)
        return tuple(Sheet(sheet.name, tuple(rows)) for rows in sheets)

    return change_sheets(page, change)


@dialect("arrangement")
def article_as_a_line_above_each_block(page: Page, rng: Random) -> Page:
    def change(sheet: Sheet) -> tuple[Piece, ...]:
        if sheet.name != "disclosure":
            return (sheet,)
        result: list[Piece] = []
        rows: list[tuple[Cell, ...]] = []
        for row in (*sheet.rows, (Cell("第二十条"),)):
            if not row[0].text.startswith("第二十条"):
                rows.append(row)
                continue
            if rows:
                result.append(Sheet(sheet.name, tuple(rows)))
                rows = []
            if len(row[0].text) > 4:
                result.append(Line(row[0].text))
        return tuple(result)

    page = change_sheets(page, change)
    parts = tuple(
        replace(
            part,
            paragraphs=(
                *part.paragraphs,
                *(p.text for p in page.pieces if isinstance(p, Line) and p.text.startswith("第二十条第")),
            ),
        )
        if part.key == "disclosure"
        else part
        for part in page.truth.parts
    )
    pieces = [
        Line(p.text, parts[page.truth.parts.index(p.part)]) if isinstance(p, Line) and p.part else p
        for p in page.pieces
    ]
    return replace(page, truth=replace(page.truth, parts=parts), pieces=tuple(pieces))


@dialect("arrangement")
def requests_split_by_a_page_break(page: Page, rng: Random) -> Page:
    """Table 三 as two tables, the head not repeated."""
    return _split(page, rng, repeat=False)


@dialect("arrangement")
def requests_split_with_the_head_repeated(page: Page, rng: Random) -> Page:
    return _split(page, rng, repeat=True)


def _split(page: Page, rng: Random, repeat: bool) -> Page:
    def change(sheet: Sheet) -> tuple[Piece, ...]:
        if sheet.name != "requests":
            return (sheet,)
        cut = next(place for place, row in enumerate(sheet.rows) if row[0].text.startswith("四、"))
        head = sheet.rows[:3] if repeat else ()
        return (Sheet(sheet.name, sheet.rows[:cut]), Sheet(sheet.name, head + sheet.rows[cut:]))

    return change_sheets(page, change)


@dialect("arrangement")
def requests_split_inside_a_group(page: Page, rng: Random) -> Page:
    """The second table goes on below 三、本年度办理结果, whose cell it repeats."""

    def change(sheet: Sheet) -> tuple[Piece, ...]:
        if sheet.name != "requests":
            return (sheet,)
        cut = next(place for place, row in enumerate(sheet.rows) if row[0].text.startswith("（五）"))
        first, second = sheet.rows[:cut], sheet.rows[cut:]
        rest = sum(not row[0].text.startswith("四、") for row in second)
        first = tuple(
            tuple(replace(cell, rowspan=cell.rowspan - rest) if cell.rowspan > 15 else cell for cell in row)
            for row in first
        )
        second = ((Cell("三、本年度办理结果", rowspan=rest), *second[0]), *second[1:])
        return (Sheet(sheet.name, first), Sheet(sheet.name, sheet.rows[:3] + second))

    return change_sheets(page, change)


@dialect("arrangement")
def head_repeated_inside_the_table(page: Page, rng: Random) -> Page:
    def change(sheet: Sheet) -> Rows:
        if sheet.name != "requests":
            return sheet.rows
        cut = next(place for place, row in enumerate(sheet.rows) if row[0].text.startswith("四、"))
        return sheet.rows[:cut] + sheet.rows[:3] + sheet.rows[cut:]

    return change_rows(page, change)


@dialect("arrangement")
def a_column_of_subtotals(page: Page, rng: Random) -> Page:
    """法人或其他组织 with a 小计 that the form does not have."""

    def change(sheet: Sheet) -> Rows:
        if sheet.name != "requests":
            return sheet.rows
        rows: list[tuple[Cell, ...]] = []
        for place, row in enumerate(sheet.rows):
            if place == 0:
                rows.append((row[0], replace(row[1], colspan=8)))
            elif place == 1:
                rows.append((row[0], replace(row[1], colspan=6), row[2]))
            elif place == 2:
                rows.append((*row, Cell("小计")))
            else:
                numbers = [page.truth.figures[cell.key] for cell in row if cell.key]
                rows.append((*row[:-1], Cell(str(sum(number or 0 for number in numbers[1:6]))), row[-1]))
        return tuple(rows)

    return change_rows(page, change)


@dialect("arrangement")
def an_empty_column_in_front(page: Page, rng: Random) -> Page:
    return change_rows(page, lambda sheet: tuple((Cell(""), *row) for row in _without_rowspans(sheet.rows)))


def _without_rowspans(rows: Rows) -> Rows:
    """The same table with empty cells where a cell above reached down."""
    covered: dict[tuple[int, int], int] = {}  # (row, column) → colspan of the cell that reaches here
    result = []
    for y, row in enumerate(rows):
        line: list[Cell] = []
        x = 0
        for cell in (*row, None):
            while width := covered.get((y, x), 0):
                line.append(Cell("", colspan=width))
                x += width
            if cell is None:
                break
            covered |= {(y + below, x): cell.colspan for below in range(1, cell.rowspan)}
            line.append(replace(cell, rowspan=1))
            x += cell.colspan
        result.append(tuple(line))
    return tuple(result)


@dialect("arrangement")
def parents_repeated_instead_of_spanned(page: Page, rng: Random) -> Page:
    """No rowspan in table 三's body: the group stands in its first row, the cells below are empty."""
    return change_rows(
        page,
        lambda sheet: (
            sheet.rows[:3] + _without_rowspans(sheet.rows[3:]) if sheet.name == "requests" else sheet.rows
        ),
    )


@dialect("arrangement")
def section_title_as_the_first_row(page: Page, rng: Random) -> Page:
    titles = {part.key: part.title for part in page.truth.parts}

    def change(sheet: Sheet) -> Rows:
        title = titles.get(sheet.name)
        if title is None:
            return sheet.rows
        width = sum(cell.colspan for cell in sheet.rows[0])
        return ((Cell(title, colspan=width),), *sheet.rows)

    return change_rows(page, change)


@dialect("arrangement")
def spans_that_overrun(page: Page, rng: Random) -> Page:
    """The last group claims more rows than there are; head lines claim more columns."""

    def change(sheet: Sheet) -> Rows:
        if sheet.name != "disclosure":
            return sheet.rows
        return tuple(
            (replace(row[0], colspan=9),) if row[0].text.startswith("第二十条") else row for row in sheet.rows
        )

    return change_rows(page, change)


@dialect("arrangement")
def group_spans_one_row_too_few(page: Page, rng: Random) -> Page:
    """本年度办理结果 ends a row early: （七）总计 then stands in the first column."""

    def change(sheet: Sheet) -> Rows:
        return tuple(
            tuple(replace(cell, rowspan=cell.rowspan - 1) if cell.rowspan > 15 else cell for cell in row)
            for row in sheet.rows
        )

    return change_rows(page, change)


@dialect("arrangement")
def disclosure_over_five_columns(page: Page, rng: Random) -> Page:
    """An uneven raster, as word processors leave it: three columns of numbers over four of the raster."""

    def change(sheet: Sheet) -> Rows:
        if sheet.name != "disclosure":
            return sheet.rows
        rows: list[tuple[Cell, ...]] = []
        for row in sheet.rows:
            cells = list(row)
            place = rng.choice((1, 2)) if len(cells) == 4 else len(cells) - 1
            cells[place] = replace(cells[place], colspan=cells[place].colspan + 1)
            rows.append(tuple(cells))
        return tuple(rows)

    return change_rows(page, change)


@dialect("arrangement")
def columns_in_another_order(page: Page, rng: Random) -> Page:
    """总计 first in table 三, 现行有效件数 first in table 二: labels and numbers move together."""

    def change(sheet: Sheet) -> Rows:
        rows: list[tuple[Cell, ...]] = []
        for place, row in enumerate(sheet.rows):
            cells = list(row)
            numbers = [cell for cell in cells if cell.key]
            if sheet.name == "requests" and (numbers or place == 1):
                cells.insert(len(cells) - 7 if numbers else 0, cells.pop())
            elif sheet.name == "disclosure" and len(cells) == 4:
                cells.insert(1, cells.pop())
            rows.append(tuple(cells))
        return tuple(rows)

    return change_rows(page, change)


@dialect("arrangement")
def rows_in_another_order(page: Page, rng: Random) -> Page:
    """Within the groups of table 三, and the last two rows."""

    def change(sheet: Sheet) -> Rows:
        if sheet.name != "requests":
            return sheet.rows
        rows = list(sheet.rows)
        second = next(place for place, row in enumerate(rows) if row[0].text.startswith("2."))
        rows[second], rows[second + 1] = rows[second + 1], rows[second]
        first = next(place for place, row in enumerate(rows) if row[0].text.startswith("一、"))
        rows[first], rows[first + 1] = rows[first + 1], rows[first]
        return tuple(rows)

    return change_rows(page, change)


@dialect("arrangement")
def a_table_of_our_own_before(page: Page, rng: Random) -> Page:
    """Other tables in the overview that use words of the form."""
    own = rng.choice(
        (
            (("公开渠道", "数量（条）"), ("门户网站", "512"), ("政务微博", "88"), ("合计", "600")),
            (("事项", "公示数量"), ("行政许可", "312"), ("行政处罚", "25"), ("行政强制", "1")),
            (
                ("年份", "新收申请", "上年结转", "予以公开"),
                ("2020", "31", "2", "18"),
                ("2021", "44", "3", "20"),
            ),
            (("类别", "行政复议", "行政诉讼"), ("上年", "7", "5"), ("本年", "6", "9")),
        )
    )
    table = Sheet("", tuple(tuple(Cell(text) for text in row) for row in own))
    place = next(
        place
        for place, piece in enumerate(page.pieces)
        if isinstance(piece, Line) and piece.part is not None and piece.part.key == "disclosure"
    )
    return replace(page, pieces=(*page.pieces[:place], table, *page.pieces[place:]))


@dialect("arrangement")
def requests_without_the_row_of_applicants(page: Page, rng: Random) -> Page:
    """Neither the corner nor 申请人情况: the head has two lines."""

    def change(sheet: Sheet) -> Rows:
        if sheet.name != "requests":
            return sheet.rows
        return ((Cell("项目", colspan=3, rowspan=2), *sheet.rows[1]), *sheet.rows[2:])

    return change_rows(page, change)


@dialect("arrangement")
def litigation_without_the_row_of_kinds(page: Page, rng: Random) -> Page:
    """行政复议, 未经复议直接起诉 and 复议后起诉 side by side."""

    def change(sheet: Sheet) -> Rows:
        if sheet.name != "litigation":
            return sheet.rows
        kinds = tuple(Cell(label, colspan=5) for label in ("行政复议", "未经复议直接起诉", "复议后起诉"))
        outcomes = tuple(Cell(cell.text) for cell in sheet.rows[1][:5])
        return (kinds, outcomes * 3, sheet.rows[3])

    return change_rows(page, change)


@dialect("arrangement")
def litigation_of_three_rows(page: Page, rng: Random) -> Page:
    """Turned: the five outcomes are the columns, the three procedures the rows."""

    def change(sheet: Sheet) -> Rows:
        if sheet.name != "litigation":
            return sheet.rows
        kinds = ("行政复议", "未经复议直接起诉", "复议后起诉")
        outcomes = tuple(Cell(cell.text) for cell in sheet.rows[1][:5])
        numbers = sheet.rows[3]
        return (
            (Cell("类别"), *outcomes),
            *((Cell(kind), *numbers[5 * place : 5 * place + 5]) for place, kind in enumerate(kinds)),
        )

    # the form has no such table
    doubtful = frozenset(key for key in page.truth.figures if key[0] == "litigation")
    page = replace(page, truth=replace(page.truth, doubtful=page.truth.doubtful | doubtful))
    return change_rows(page, change)


@dialect("arrangement")
def row_of_units(page: Page, rng: Random) -> Page:
    """单位：件 above the numbers."""

    def change(sheet: Sheet) -> Rows:
        width = sum(cell.colspan for cell in sheet.rows[0])
        return ((Cell("单位：件", colspan=width),), *sheet.rows) if sheet.name != "disclosure" else sheet.rows

    return change_rows(page, change)
