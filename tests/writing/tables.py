"""Dialects of the tables' markup: one table or several, heads, spans, labels. The figures stay what they are."""

from collections.abc import Callable
from dataclasses import replace
from html import escape
from random import Random

from tests.writing.markup import Cell, Line, Piece, Sheet, render_cell, render_sheet
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


# ---------------------------------------------------------------- what the tables are made of


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

    doubtful = frozenset(
        key for key in page.truth.figures if key[0] == "litigation"
    )  # the form has no such table
    page = replace(page, truth=replace(page.truth, doubtful=page.truth.doubtful | doubtful))
    return change_rows(page, change)


@dialect("arrangement")
def row_of_units(page: Page, rng: Random) -> Page:
    """单位：件 above the numbers."""

    def change(sheet: Sheet) -> Rows:
        width = sum(cell.colspan for cell in sheet.rows[0])
        return ((Cell("单位：件", colspan=width),), *sheet.rows) if sheet.name != "disclosure" else sheet.rows

    return change_rows(page, change)


# ---------------------------------------------------------------- labels


@dialect("labels")
def labels_with_narrow_brackets(page: Page, rng: Random) -> Page:
    return change_labels(page, lambda text: text.translate(str.maketrans("（）：，", "():,")))


@dialect("labels")
def labels_without_numbers(page: Page, rng: Random) -> Page:
    """Neither 一、 nor （一） nor 1. before the labels of table 三."""

    def change(sheet: Sheet) -> Rows:
        if sheet.name != "requests":
            return sheet.rows
        return tuple(
            tuple(
                cell
                if cell.key
                else replace(
                    cell, text=cell.text.split("、", 1)[1] if cell.text[1:2] == "、" else _bare(cell.text)
                )
                for cell in row
            )
            for row in sheet.rows
        )

    return change_rows(page, change)


def _bare(text: str) -> str:
    if text[:1] == "（" and text[2:3] == "）":
        return text[3:]
    return text[2:] if text[1:2] == "." else text


@dialect("labels")
def labels_with_full_width_numbers(page: Page, rng: Random) -> Page:
    return change_labels(
        page, lambda text: f"{chr(ord(text[0]) + 0xFEE0)}．{text[2:]}" if text[1:2] == "." else text
    )


@dialect("labels")
def labels_with_commas(page: Page, rng: Random) -> Page:
    return change_labels(page, lambda text: f"{text[0]}、{text[2:]}" if text[1:2] == "." else text)


@dialect("labels")
def labels_with_other_quotes(page: Page, rng: Random) -> Page:
    left, right = rng.choice((('"', '"'), ("「", "」"), ("", "")))
    return change_labels(page, lambda text: text.replace("“", left).replace("”", right))


@dialect("labels")
def labels_with_blanks(page: Page, rng: Random) -> Page:
    def change(text: str) -> str:
        return text if len(text) < 4 else f" {text[:2]}　{text[2:4]} \u00a0{text[4:]} "

    return change_labels(page, change)


@dialect("labels")
def labels_cut_short(page: Page, rng: Random) -> Page:
    """Beginnings of the long labels only."""
    short = {
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "（二）部分公开",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "1.申请人无正当理由逾期不补正",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "2.申请人逾期未按收费通知要求缴纳费用",
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）": "",
        "第二十条第（一）项": "第二十条（一）项",
    }
    return change_labels(page, lambda text: short.get(text, text))


@dialect("labels")
def labels_of_many_years(page: Page, rng: Random) -> Page:
    """本年（2023）制发件数, 本年度…"""
    year = page.truth.year
    return change_labels(
        page,
        lambda text: (
            text.replace("本年", rng.choice(("本年度", f"本年（{year}）")))
            if text[:3] in ("本年制", "本年废")
            else text
        ),
    )


@dialect("labels")
def labels_in_other_words(page: Page, rng: Random) -> Page:
    words = {
        "总计": "合计",
        "其他": "其它",
        "3.其他": "3.其它",
        "四、结转下年度继续办理": "四、结转下年继续办理",
        "一、本年新收政府信息公开申请数量": "一、本年度新收政府信息公开申请数量",
        "三、本年度办理结果": "三、本年办理结果",
        "行政规范性文件": "规范性文件",
        "第二十条第（一）项": "《条例》第二十条第（一）项",
        "（六）其他处理": "（六）其它处理",
        "本年处理决定数量": "本年度处理决定数量",
        "政府集中采购": "政府集中采购项目",
    }
    return change_labels(page, lambda text: words.get(text, text))


# ---------------------------------------------------------------- cells and tags


def cells_as(write: Callable[[Cell], str]) -> Callable[[Page, Random], Page]:
    def function(page: Page, rng: Random) -> Page:
        def sheet(sheet: Sheet) -> str:
            rows = "\n".join(f"<tr>{''.join(map(write, row))}</tr>" for row in sheet.rows)
            return f'<table class="MsoTableGrid" border="1"><tbody>{rows}</tbody></table>'

        return replace(page, sheet=sheet)

    return function


def spans(cell: Cell) -> str:
    return f" colspan='{cell.colspan}' rowspan={cell.rowspan}"


def _word_cell(cell: Cell) -> str:
    runs = [cell.text[place : place + 3] for place in range(0, len(cell.text), 3)] or ["&nbsp;"]
    inner = "".join(
        f'<span lang="EN-US" style="font-family:仿宋">{escape(run) if run != "&nbsp;" else run}</span>'
        for run in runs
    )
    return f'<td{spans(cell)} width="62" valign="center" style="mso-border-alt:solid windowtext .5pt"><p class="MsoNormal" align="center">{inner}<o:p></o:p></p></td>'


def _digit_cell(cell: Cell) -> str:
    """Each character in a span of its own: 12 is <span>1</span><span>2</span>."""
    return f"<td{spans(cell)}>{''.join(f'<span>{escape(c)}</span>' for c in cell.text)}</td>"


def _broken_cell(cell: Cell) -> str:
    """Labels over several lines: 结果<br>维持."""
    if cell.key or len(cell.text) < 4:
        return f"<td{spans(cell)}>{escape(cell.text)}</td>"
    lines = [escape(cell.text[place : place + 2]) for place in range(0, len(cell.text), 2)]
    return f"<td{spans(cell)}>{'<br/>'.join(lines)}</td>"


def _torn_cell(cell: Cell) -> str:
    """Labels one character to a line, each a paragraph of its own."""
    if cell.key:
        return f"<td{spans(cell)}><p>{escape(cell.text)}</p></td>"
    return f"<td{spans(cell)}>{''.join(f'<p>{escape(c)}</p>' for c in cell.text)}</td>"


def _invisible_cell(cell: Cell) -> str:
    return f"<td{spans(cell)}>\r\n\t&#8203;{escape(cell.text)}&zwnj;\r\n</td>"


for _name, _write in {
    "cells_as_word_writes_them": _word_cell,
    "characters_in_spans": _digit_cell,
    "labels_broken_by_br": _broken_cell,
    "labels_torn_to_characters": _torn_cell,
    "invisible_characters_in_cells": _invisible_cell,
}.items():
    _function = cells_as(_write)
    _function.__name__ = _name
    dialect("cells")(_function)


@dialect("cells")
def head_cells(page: Page, rng: Random) -> Page:
    """thead with th, tbody, tfoot, a caption, colgroup."""

    def sheet(sheet: Sheet) -> str:
        length = next((place for place, row in enumerate(sheet.rows) if has_numbers(row)), 1)
        rows = ["<tr>" + "".join(map(render_cell, row)) + "</tr>" for row in sheet.rows]
        top = "".join(rows[:length]).replace("<td", "<th").replace("</td>", "</th>")
        return (
            f"<table><colgroup><col width=50><col></colgroup><thead>{top}</thead>"
            f"<tbody>{''.join(rows[length:])}</tbody></table>"
        )

    return replace(page, sheet=sheet)


@dialect("cells")
def unclosed_cells(page: Page, rng: Random) -> Page:
    def sheet(sheet: Sheet) -> str:
        rows = "".join("<TR>" + "".join(map(render_cell, row)).replace("</td>", "") for row in sheet.rows)
        return f"<TABLE border=1>{rows}</TABLE>"

    return replace(page, sheet=sheet)


@dialect("cells")
def broken_spans(page: Page, rng: Random) -> Page:
    """rowspan="abc", colspan="0": taken as 1."""

    def sheet(sheet: Sheet) -> str:
        return render_sheet(sheet).replace("<td>", '<td rowspan="abc" colspan="">')

    return replace(page, sheet=sheet)


@dialect("cells")
def tables_inside_layout(page: Page, rng: Random) -> Page:
    """Each statutory table alone in the cell of a layout table."""
    write = page.sheet
    return replace(page, sheet=lambda sheet: f"<table><tr><td>{write(sheet)}</td></tr></table>")


@dialect("cells")
def tables_in_centred_divs(page: Page, rng: Random) -> Page:
    write = page.sheet
    return replace(
        page, sheet=lambda sheet: f'<div align="center" style="overflow:auto">{write(sheet)}</div>'
    )
