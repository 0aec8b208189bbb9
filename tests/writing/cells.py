"""Dialects of the tables' tags: what a cell's text is wrapped in, spans that make no sense, tables in tables."""

from collections.abc import Callable
from dataclasses import replace
from html import escape
from random import Random

from tests.writing.markup import Cell, Sheet, render_cell, render_sheet
from tests.writing.page import Page, dialect
from tests.writing.tables import has_numbers


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
