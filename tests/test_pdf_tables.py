"""Tables of printed pages, ruled in other ways than with a line round each cell, or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import pytest

from parsers.blocks import Paragraph
from parsers.documents.lines import Word
from parsers.documents.pdf import read_pdf
from parsers.documents.stream import end_of_flattened_table
from parsers.documents.unruled import unruled_table
from parsers.documents.word_columns import Head, Row, place_values
from parsers.read import read_report
from tests.grids import grids_of
from tests.writing import write_truth
from tests.writing.forms import Key
from tests.writing.markup import Cell, Sheet, pieces, printed_figures
from tests.writing.pdf import (
    LEADING,
    LEFT,
    RIGHT,
    SIZE,
    Dashed,
    Dotted,
    Printer,
    RuledInPart,
    printed_pdf,
    wrapped,
)


def report(printer: Printer, form: str = "2021") -> bytes:
    truth = write_truth("湖滨市农业农村局", 2023, form, seed=2, volume=400)
    return printed_pdf((truth.title,), pieces(truth), printer=printer)


@pytest.mark.parametrize("kind", [Dotted, Dashed])
def test_dotted_and_dashed_rules_are_rules(kind: type[Printer]) -> None:
    broken, ruled = (read_pdf(report(printer), "", "") for printer in (kind(), Printer()))
    assert not broken.unread
    assert grids_of(broken) == grids_of(ruled)


@pytest.mark.parametrize(
    ("attributes", "opening"),
    [
        *((f"/Rotate {turned}/MediaBox[0 0 595 842]", "") for turned in (90, 180, 270)),
        ("/MediaBox[0 0 842 595]", "0 1 -1 0 842 0 cm"),
    ],
)
def test_a_page_shown_sideways_is_turned_by_its_text(attributes: str, opening: str) -> None:
    turned, upright = (
        read_pdf(report(printer), "", "") for printer in (Printer(attributes, opening), Printer())
    )
    assert (turned.front, turned.body) == (upright.front, upright.body)


def test_a_watermark_is_in_no_cell_and_no_line() -> None:
    text = "内部参考".encode("utf-16-be").hex()
    opening = f"q .82 .57 -.57 .82 150 300 cm BT /F 90 Tf 0 0 Td <{text}> Tj ET Q"
    marked, plain = (read_pdf(report(Printer(opening=o)), "", "") for o in (opening, ""))
    assert (marked.front, marked.body) == (plain.front, plain.body)


def test_a_seal_over_the_cells_is_in_none_of_them() -> None:
    """Its ring rules nothing off, and what stands upright in its midst has the colour of what stands round it."""
    name, star = ("".join(map("{:04x}".format, map(ord, text))) for text in ("某市某局", "★5"))
    ring = "1 0 0 RG 250 500 m 250 533 283 560 320 560 c 357 560 390 533 390 500 c S"
    letters = "1 0 0 rg BT /F 12 Tf .82 .57 -.57 .82 260 520 Tm <%s> Tj 1 0 0 1 300 500 Tm <%s> Tj ET 0 g"
    opening = f"{ring} {letters % (name, star)}"
    sealed, plain = (read_pdf(report(Printer(opening=o)), "", "") for o in (opening, ""))
    assert (sealed.front, sealed.body) == (plain.front, plain.body)


YEARS = {"2014": 2016, "2019": 2020, "2021": 2023}
Damage = Callable[[Sheet], Sheet]
Figures = dict[Key, object]


def read_and_true(
    printer: Printer, form: str, damage: Damage = lambda sheet: sheet
) -> tuple[Figures, Figures]:
    """The figures as read, and as the damaged sheets print them."""
    truth = write_truth("湖滨市农业农村局", YEARS[form], form, seed=4, volume=400)
    parts = [damage(part) if isinstance(part, Sheet) else part for part in pieces(truth)]
    report = read_report(printed_pdf((truth.title,), parts, printer=printer), "application/pdf")
    return {
        (figure.table, figure.row, figure.column): figure.value for figure in report.figures
    }, printed_figures(parts, truth)


RULED = [{}, {"level": True}, {"upright": True}]


@pytest.mark.parametrize("form", YEARS)
@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("ruled", RULED)
def test_a_table_without_all_its_rules_is_read_by_where_its_words_stand(
    ruled: dict[str, bool], centred: bool, form: str
) -> None:
    figures, printed = read_and_true(RuledInPart(**ruled, centred=centred), form)
    assert figures == printed


def blanked(sheet: Sheet) -> Sheet:
    rng = Random(5)
    rows = (
        tuple(replace(cell, text="") if cell.key and rng.random() < 0.1 else cell for cell in row)
        for row in sheet.rows
    )
    return replace(sheet, rows=tuple(rows))


def without_a_label(sheet: Sheet) -> Sheet:
    """One label of the head is not printed."""
    gone = {"disclosure": "本年废止件数", "requests": "科研机构", "litigation": "结果纠正"}[sheet.name]
    rows = (
        tuple(replace(cell, text="") if cell.text == gone else cell for cell in row) for row in sheet.rows
    )
    return replace(sheet, rows=tuple(rows))


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("ruled", RULED)
def test_a_blank_in_a_table_without_rules_is_seen_where_it_is(ruled: dict[str, bool], centred: bool) -> None:
    figures, printed = read_and_true(RuledInPart(**ruled, centred=centred), "2021", blanked)
    assert figures.items() <= printed.items()
    assert len(figures) > 0.8 * len(printed)


@pytest.mark.parametrize("form", ["2021", "2014"])
def test_no_cell_of_a_scan_is_blank_for_what_the_machine_left_out(form: str) -> None:
    printer = RuledInPart()
    printer.opening = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q"
    figures, printed = read_and_true(printer, form, blanked)
    assert figures.items() <= printed.items()
    assert figures
    assert None in printed.values()
    assert None not in figures.values()


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("damage", [without_a_label, lambda sheet: blanked(without_a_label(sheet))])
def test_no_number_goes_to_the_column_beside_one_without_a_label(damage: Damage, centred: bool) -> None:
    figures, printed = read_and_true(RuledInPart(centred=centred), "2021", damage)
    assert figures.items() <= printed.items()


def words(*places: float, text: str = "5", y: float = 0) -> tuple[Word, ...]:
    """Words of ten points each, ten high, that begin there."""
    return tuple(Word(text, x, x + 10, y, y + 10) for x in places)


LABELS = words(100, 150, 200, text="结果")


def row(values: Sequence[Word], labels_end: float) -> Row:
    return Row(values, (Word("规章", 0, labels_end, 0, 10),))


ROWS = [row(words(100, 150, 200), 50)] * 3


@pytest.mark.parametrize(
    ("columns", "rows", "cells"),
    [
        (LABELS, [words(100, 200)], ["5", "", "5"]),
        (LABELS, [words(150)], ["", "5", ""]),
        (LABELS, [words(125, 200)], None),  # half a column aside
        (LABELS, [words(100, 150, 200, 250)], None),  # a label is missing
        (
            words(120, 170, 220, text="结果"),
            [words(100, 150, 200)],
            ["5", "5", "5"],
        ),  # all before their labels
        (words(120, 170, 220, text="结果"), [words(150, 200, 250)], None),  # after theirs, or one column off
        (words(120, 220, 270, text="结果"), [words(100, 150, 200)], None),  # some before, some after
    ],
)
def test_which_values_have_a_certain_place(
    columns: tuple[Word, ...], rows: list[tuple[Word, ...]], cells: list[str] | None
) -> None:
    head = Head(columns, [*(ROWS if len(rows[0]) <= 3 else []), *(row(values, 50) for values in rows)])
    assert place_values([head])[0][-1] == cells


@pytest.mark.parametrize(
    ("places", "cells"),
    [
        ((107, 207), ["5", "", "5"]),
        ((143, 193), ["", "5", "5"]),
        ((107, 193), None),  # one to the right of its label, one to the left
    ],
)
def test_a_value_stands_in_the_column_of_the_label_that_reaches_over_it(
    places: tuple[float, ...], cells: list[str] | None
) -> None:
    assert place_values([Head(LABELS, [row(words(*places), 50)])]) == [[cells]]


def test_the_only_column_of_a_block_needs_no_place() -> None:
    rows = [row(words(300), 50)]
    assert place_values([Head(words(100, text="本年处理决定数量"), rows)]) == [[["5"]]]
    assert place_values([Head(words(100, text="处理决定数量"), rows)]) == [[None]]


def test_a_corner_beside_short_labels_is_no_column() -> None:
    lines = [
        (
            Word("信息内容", 60, 100, 0, 10),
            *words(150, text="本年制发件数"),
            *words(200, text="本年废止件数"),
        ),
        (Word("规章", 10, 30, 20, 30), *words(150, 200, y=20)),
    ]
    grid = unruled_table(lines)
    assert grid is not None
    assert grid.rows[-1] == ("规章", "5", "5")


def test_a_second_line_of_the_corner_beside_short_labels_is_no_column() -> None:
    lines = [
        (Word("（本列数据的勾稽关系为：第一项加第二项之和，", 10, 140, 0, 10),),
        (Word("等于第三项加第四项之和）", 50, 100, 10, 20), *words(150, text="自然人", y=10), *words(200, text="总计", y=10)),
        (Word("（一）予以公开", 10, 45, 30, 40), *words(150, 200, y=30)),
        (Word("四、结转下年度继续办理", 10, 120, 50, 60), *words(150, 200, y=50)),
    ]  # fmt: skip
    grid = unruled_table(lines)
    assert grid is not None
    assert grid.rows[-2:] == (("（一）予以公开", "5", "5"), ("四、结转下年度继续办理", "5", "5"))


def test_a_group_between_narrow_labels_is_no_column() -> None:
    lines = [
        words(120, text="行政诉讼"),
        words(60, text="复议后起诉", y=10),
        words(50, 100, 150, text="结果维持", y=20),
        words(50, 100, 150, y=40),
    ]
    grid = unruled_table(lines)
    assert grid is not None
    assert grid.rows[-1] == ("5", "5", "5")


def test_labels_of_columns_with_hardly_a_gap_are_parted() -> None:
    lines = [
        (Word("社会公益组织法律服务机构总计", 100, 240, 0, 10),),
        (Word("2.重复申请", 0, 60, 20, 30), *words(120, 180, 230, y=20)),
    ]
    grid = unruled_table(lines)
    assert grid is not None
    assert grid.rows == (("", "社会公益组织", "法律服务机构", "总计"), ("2.重复申请", "5", "5", "5"))


@pytest.mark.parametrize(
    ("label", "row"),
    [("2.重复申请7", ("2.重复申请", "7", "5")), ("2.重复的申请件数7", ("2.重复的申请件数7 | 5",))],
)
def test_a_figure_that_touches_its_label_leaves_no_blank(label: str, row: tuple[str, ...]) -> None:
    lines = [
        (*words(150, text="自然人"), *words(200, text="总计")),
        (Word("1.信访举报投诉类申请", 0, 100, 20, 30), *words(150, 200, y=20)),
        (Word(label, 0, 155, 40, 50), *words(200, y=40)),
    ]
    grid = unruled_table(lines)
    assert grid is not None
    assert tuple(filter(None, grid.rows[-1])) == row


def test_the_lines_of_a_number_broken_in_two_leave_no_blank_in_its_row() -> None:
    head = (*words(150, text="自然人"), *words(200, text="总计"))
    broken = [
        words(200, text="128", y=24),
        (Word("（七）总计", 0, 60, 30, 40), *words(150, y=30)),
        words(200, y=36),
    ]
    grid = unruled_table(
        [head, *broken, (Word("四、结转下年度继续办理", 0, 120, 60, 70), *words(150, 200, y=60))]
    )
    assert grid is not None
    assert [row for row in grid.rows if "（七）总计 | 5" in row[0]]
    assert not [row for row in grid.rows if row[0] == "（七）总计"]


def test_the_head_of_table_4_broken_into_lines_belongs_to_it() -> None:
    lines = ["行政 行政", "复议 诉讼", "结果维持 总计 结果维持 总计", "1 1 2 2"]
    assert end_of_flattened_table(lines, 0) == 4


def test_a_unit_and_its_figure_may_stand_at_two_heights() -> None:
    head = (*words(0, text="统计指标"), *words(150, text="单位"), *words(200, text="统计数"))
    label = Word("（一）收到申请数", 0, 90, 20, 40)
    grid = unruled_table([head, (label, *words(150, text="件", y=21)), words(200, y=29)])
    assert grid is not None
    assert grid.rows[-1] == ("（一）收到申请数", "件", "5")


def test_tables_without_rules_leave_the_paragraphs_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their letters are as large as the text's, and their lines nearer to each other."""
    monkeypatch.setattr("tests.writing.pdf.SMALL", SIZE - 1)
    monkeypatch.setattr("tests.writing.pdf.ROW", SIZE)
    ruled, unruled = (read_pdf(report(printer, "2014"), "", "") for printer in (Printer(), RuledInPart()))
    assert [block for block in unruled.body if isinstance(block, Paragraph)] == [
        block for block in ruled.body if isinstance(block, Paragraph)
    ]


@pytest.mark.parametrize("outer", ["（四）无法提供", "（四）无法"])
def test_a_label_without_a_gap_to_the_numbered_one_beside_it_is_one_by_itself(outer: str) -> None:
    lines = [
        words(100, text="自然人") + words(150, text="商业企业"),
        (Word(f"{outer}1.本机关不掌握相关政府信息", 0, 90, 20, 30), *words(100, 150, y=20)),
    ]
    grid = unruled_table(lines)
    assert grid is not None
    assert grid.rows[-1][:2] == (outer, "1.本机关不掌握相关政府信息")


def test_two_numbers_printed_into_each_other_are_no_number() -> None:
    assert place_values([Head(LABELS, [*ROWS, row(words(100, text="00"), 50)])])[0][-1] is None


def test_a_text_that_reaches_into_the_columns_is_no_label() -> None:
    assert place_values([Head(LABELS, [*ROWS, row(words(150, 200), 120)])])[0][-1] is None


class Framed(RuledInPart):
    """A frame round the table, and upright rules in it or level ones."""

    def sheet(self, sheet: Sheet, columns: Sequence[float] = (), head: int = 0) -> None:
        pages, top = len(self.pages), self.y
        super().sheet(sheet, columns, head)
        if len(self.pages) == pages:
            bottom = self.y + LEADING
            for corners in ((LEFT, top, RIGHT, top), (LEFT, bottom, RIGHT, bottom)):
                Printer.rule(self, *corners)
            for corners in ((LEFT, top, LEFT, bottom), (RIGHT, top, RIGHT, bottom)):
                Printer.rule(self, *corners)


@pytest.mark.parametrize("ruled", RULED)
def test_rules_that_leave_several_rows_or_columns_in_one_cell_do_not_tell_the_cells(
    ruled: dict[str, bool],
) -> None:
    figures, printed = read_and_true(Framed(**ruled), "2021")
    assert figures == printed


def test_columns_of_another_block_with_as_many_labels_tell_nothing() -> None:
    first = Head(words(100, 200, text="结果"), [row(words(100, 200), 50)] * 3)
    second = Head(words(150, 200, text="结果"), [row(words(100), 50)])
    assert place_values([first, second])[1] == [None]


def test_a_value_beside_the_place_of_the_others_in_its_column_is_none_of_it() -> None:
    """The label of a last column is missing, and in one row its value makes up for a blank one before."""
    columns, whole = words(100, 150, 200, text="结果"), row(words(112, 162, 212), 50)
    head = Head(columns, [whole, whole, whole, row(words(112, 162, 262), 50)])
    assert place_values([head])[0] == [["5", "5", "5"]] * 3 + [None]


def column(printer: Printer, x: float, y: float, *paragraphs: str) -> None:
    """Paragraphs in a column of thirteen characters' width, first lines indented."""
    for paragraph in paragraphs:
        for line in wrapped("\u3000\u3000" + paragraph, SIZE, 13 * SIZE):
            indent = 2 * SIZE if line.startswith("\u3000") else 0
            printer.text(x + indent, y, line.strip(), SIZE)
            y -= LEADING


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    """The title over both, a table across the page below them, and columns below the table."""
    printer = Printer()
    printer.title("某局二〇二三年政府信息公开工作年度报告")
    first, second = "甲" * 20 + "，" + "乙" * 10 + "。", "丙" * 25 + "，" + "丁" * 12 + "，到此为止。"
    third, fourth = "戊" * 14 + "，" + "己" * 9 + "。", "庚" * 13 + "，" + "辛" * 12 + "，写完为止。"
    column(printer, 74, printer.y, first, "短，短。")
    column(printer, 310, printer.y - 5, second)
    printer.y -= 6 * LEADING
    printer.sheet(Sheet("disclosure", ((Cell("规章"), Cell("1")), (Cell("文件"), Cell("2")))), (150, 60))
    column(printer, 74, printer.y, third)
    column(printer, 310, printer.y - 5, fourth)
    document = read_pdf(printer.bytes(), "", "")
    blocks = (*document.front, *document.body, *document.back)[1:]
    printed = [block.text if isinstance(block, Paragraph) else block.rows[0][0] for block in blocks]
    assert printed == [first, "短，短。", second, "规章", third, fourth]
