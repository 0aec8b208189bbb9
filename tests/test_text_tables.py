"""One report, its tables printed as text in many ways: the figures are the report's own, or they are not there."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from parsers.read import read_report
from tests.writing import write_truth
from tests.writing.forms import Key
from tests.writing.markup import Sheet, pieces, printed_figures
from tests.writing.pdf import placed

Rows = list[list[str]]


def as_marked_up(sheet: Sheet) -> Rows:
    """A row has the cells that begin in it."""
    return [[cell.text for cell in row] for row in sheet.rows]


def swallowed(sheet: Sheet) -> Rows:
    """What a merged cell covers stands empty at the end of the row."""
    width = max(x + cell.colspan for _, x, cell in placed(sheet))
    return [[*row, *[""] * (width - len(row))] for row in as_marked_up(sheet)]


def in_place(sheet: Sheet, *, copied: bool = False) -> Rows:
    """What a merged cell covers stands empty in its place, or repeats the text."""
    width = max(x + cell.colspan for _, x, cell in placed(sheet))
    rows = [[""] * width for _ in sheet.rows]
    for y, x, cell in placed(sheet):
        for down in range(cell.rowspan):
            for right in range(cell.colspan):
                rows[y + down][x + right] = cell.text if copied or (down, right) == (0, 0) else ""
    return rows


def lines(rows: Rows, between: str, before: str = "", after: str = "", end: str = "\n") -> str:
    return end.join(before + between.join(row) + after for row in rows)


def in_two_lines(rows: Rows) -> Rows:
    """As narrow columns break their heads: 商业 above 企业."""
    return [
        [f"{cell[:2]}\n{cell[2:]}" if cell in ("商业企业", "科研机构", "结果维持") else cell for cell in row]
        for row in rows
    ]


def aligned(sheet: Sheet, *, right: bool = False) -> str:
    """Columns as wide as their widest cell, a Chinese character as wide as two others; figures at their right ends."""
    rows = in_place(sheet)

    def width(text: str) -> int:
        return sum(1 if character.isascii() else 2 for character in text)

    widths = [max(width(row[x]) for row in rows) + 2 for x in range(len(rows[0]))]
    printed = []
    for row in rows:
        spaces = [" " * (most - width(cell)) for cell, most in zip(row, widths, strict=True)]
        printed.append(
            "".join(
                space + cell if right and cell.isdigit() else cell + space
                for cell, space in zip(row, spaces, strict=True)
            ).rstrip()
        )
    return "\n".join(printed)


WAYS: dict[str, Callable[[Sheet], str]] = {
    "pipes, covered cells at the end": lambda s: lines(swallowed(s), " | ", after=" |"),
    "the same with blank lines": lambda s: lines(swallowed(s), " | ", after=" |", end="\n\n"),
    "pipes, covered cells empty": lambda s: lines(in_place(s), " | ", "| ", " |"),
    "pipes, covered cells copied": lambda s: lines(in_place(s, copied=True), " | ", "| ", " |"),
    "pipes, an empty column in front": lambda s: lines(in_place(s), " | ", "| | ", " | |"),
    "Markdown": lambda s: lines(in_place(s), "|", "|", "|").replace("\n", "\n|---|---|\n", 1),
    "box drawing": lambda s: lines(in_place(s), "│", "│", "│", end="\n├──┼──┤\n"),
    "tabs": lambda s: lines(as_marked_up(s), "\t"),
    "tabs, covered cells empty": lambda s: lines(in_place(s), "\t"),
    "spaces": lambda s: lines(as_marked_up(s), " "),
    "commas": lambda s: lines(as_marked_up(s), ","),
    "semicolons": lambda s: lines(as_marked_up(s), ";"),
    "aligned with spaces": aligned,
    "aligned with spaces, figures at the right": lambda s: aligned(s, right=True),
    "all on one line": lambda s: lines(as_marked_up(s), " ", end=" "),
    "a cell a line": lambda s: lines(as_marked_up(s), "\n"),
    "a cell a line, blank lines between": lambda s: lines(as_marked_up(s), "\n\n", end="\n\n"),
    "a cell a line, short labels in two": lambda s: lines(in_two_lines(as_marked_up(s)), "\n"),
    "a cell a line with its pipe": lambda s: lines(as_marked_up(s), "\n| ", "| "),
    "pipes on lines of their own": lambda s: lines(as_marked_up(s), "\n|\n", end="\n|\n"),
    "the same round each row": lambda s: lines(as_marked_up(s), "\n|\n", "|\n", "\n|"),
    "nothing between": lambda s: lines(as_marked_up(s), ""),
}


YEARS = {"2014": 2016, "2019": 2020, "2021": 2023}


def blanked(sheet: Sheet, rng: Random, share: float) -> Sheet:
    """The sheet with a share of its figures left blank."""
    rows = (
        tuple(replace(cell, text="") if cell.key and rng.random() < share else cell for cell in row)
        for row in sheet.rows
    )
    return replace(sheet, rows=tuple(rows))


def read_and_true(
    way: Callable[[Sheet], str], form: str, share: float, element: str = ""
) -> tuple[dict[Key, object], dict[Key, object]]:
    """The figures as read, and as printed: as plain text, or with each line of the page in an element of its own."""
    truth, rng = (
        write_truth("湖滨市农业农村局", YEARS[form], form, seed=4, volume=40),
        Random(4),
    )
    parts = [blanked(piece, rng, share) if isinstance(piece, Sheet) else piece for piece in pieces(truth)]
    printed = printed_figures(parts, truth)
    text = "\n".join(way(part) if isinstance(part, Sheet) else part.text for part in parts)
    text = f"{truth.title}\n{text}"
    if element:
        text = "".join(f"<{element}>{line}</{element}>" for line in text.splitlines())
    report = read_report(text.encode(), "text/html" if element else "text/plain")
    return {(figure.table, figure.row, figure.column): figure.value for figure in report.figures}, printed


UNREAD = ("commas", "semicolons", "nothing between")
PARTED = [way for way in WAYS if way not in UNREAD]
# Pipes on lines of their own end where a row is a title of sections too: 三、依申请公开情况.
PARTED_2014 = [way for way in PARTED if way not in ("pipes on lines of their own", "the same round each row")]


@pytest.mark.parametrize(
    ("way", "form"),
    [*((way, form) for way in PARTED for form in ("2019", "2021")), *((way, "2014") for way in PARTED_2014)],
)
def test_all_figures_are_read(way: str, form: str) -> None:
    figures, printed = read_and_true(WAYS[way], form, share=0)
    assert figures == printed


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("way", WAYS)
def test_with_blank_cells_no_figure_is_another_s(way: str, form: str) -> None:
    figures, printed = read_and_true(WAYS[way], form, share=0.1)
    assert {key: value for key, value in figures.items() if value not in (None, printed.get(key))} == {}


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("element", ["p", "div", "li"])
@pytest.mark.parametrize("way", ["spaces", "a cell a line", "a cell a line, short labels in two"])
def test_figures_of_a_table_laid_out_with_other_elements(way: str, element: str, form: str) -> None:
    figures, printed = read_and_true(WAYS[way], form, 0, element)
    assert figures == printed
    figures, printed = read_and_true(WAYS[way], form, 0.1, element)
    assert {key: value for key, value in figures.items() if value not in (None, printed.get(key))} == {}


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize(
    "way",
    [
        "pipes, covered cells at the end",
        "the same with blank lines",
        "aligned with spaces",
    ],
)
def test_a_blank_figure_is_told_from_what_a_merged_label_covers(way: str, form: str) -> None:
    figures, printed = read_and_true(WAYS[way], form, share=0.1)
    assert figures == printed


def in_containers(sheet: Sheet) -> str:
    """A row in a container, and in it each cell that begins there in one of its own."""
    rows = ("".join(f"<div>{cell}</div>" for cell in row) for row in as_marked_up(sheet))
    return "".join(f"<div class=row>{row}</div>" for row in rows)


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("share", [0, 0.1, 0.5])
def test_a_table_of_containers_keeps_its_blank_cells(form: str, share: float) -> None:
    figures, printed = read_and_true(in_containers, form, share, "section")
    assert figures == printed


def test_a_head_without_one_of_its_labels_tells_no_column_of_rows_with_blank_cells() -> None:
    """科研机构 is not printed: six labels, and rows of seven figures, some of which are left blank at the end."""

    def damaged(sheet: Sheet) -> str:
        rows = as_marked_up(blanked(sheet, Random(1), 0.3))
        return lines([["" if cell == "科研机构" else cell for cell in row] for row in rows], " | ")

    figures, printed = read_and_true(damaged, "2021", share=0.3)
    assert {key: value for key, value in figures.items() if value not in (None, printed.get(key))} == {}
    assert not any(key[0] == "requests" for key in figures)


def test_like_labels_are_no_copies_in_a_table_that_prints_merged_cells_once() -> None:
    text = """某县柳林镇2019年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（一）项 | ||||
信息内容 | 本年新 | 本年新 | 对外公开总数量 | |
规章 | 0 | 0 | 0 | |
规范性文件 | 15 | 15 | 21 | |
第二十条第（五）项 | ||||
信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 | |
行政许可 | 3 | 3 | 3 | |
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
"""
    report = read_report(text.encode(), "text/plain")
    values = {f"{figure.row}.{figure.column}": figure.value for figure in report.figures}
    assert report.unread == ()
    assert [values[f"normative_docs.{column}"] for column in ("made", "published", "total_open")] == [
        15,
        15,
        21,
    ]
    assert values["licensing.change"] == 3
