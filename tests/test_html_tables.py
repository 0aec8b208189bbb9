"""Tables of a page → grids: spans, copies, cells that show something without a text, tables of divs."""

import pytest

from parsers.blocks import Grid
from parsers.documents.grid import Cell, lay_out
from tests.html_pages import DISCLOSURE, REPORT, read, table, texts


def test_a_number_in_a_cell_above_a_title_is_not_the_title_s() -> None:
    cells = "".join(f"<div>{n}</div>" for n in (0, 3, 2))
    page = f"<div><p>一、总体情况</p><p>平稳。</p><div>{cells}</div><p>存在的主要问题及改进情况</p><p>无。</p></div>"
    assert "存在的主要问题及改进情况" in texts(read(page).body)


def test_fields_in_the_cells_of_a_table_are_what_the_cells_print() -> None:
    page = DISCLOSURE.replace("<td>0</td>", '<td><input value=" 7"><input type=hidden value=9></td>')
    assert table(page)[-1] == ("规章", "7", "", "12")
    for field in ("<textarea> 7 </textarea>", "<select><option>5<option selected>7</select>"):
        assert table(DISCLOSURE.replace("<td>0</td>", f"<td>{field}</td>"))[-1] == ("规章", "7", "", "12")
    long = DISCLOSURE.replace("<td>0</td>", "<td><input type=text value='1829（其中线上914件）'></td>")
    assert table(long)[-1] == ("规章", "…", "", "12")


def test_spans_are_expanded_and_white_space_folded() -> None:
    assert table(DISCLOSURE) == (
        ("第二十条第（一）项",) * 4,
        ("信息内容", "本年 制发件数", "本年废止件数", "现行有效件数"),
        ("规章", "0", "", "12"),
    )


def test_numbers_under_each_other_in_one_cell_stay_two() -> None:
    assert table("<table><tr><td>规章</td><td>1<br>2</td><td><p>3</p><p>4</p></td></tr></table>") == (
        ("规章", "1 2", "3 4"),
    )


def test_a_table_inside_of_a_statutory_cell_is_its_text() -> None:
    inner = "<table><tr><td>5</td></tr></table>"
    assert table(
        f"<table><tr><td>规章</td><td>{inner}</td></tr><tr><td>行政许可</td><td>6</td></tr></table>"
    ) == (
        ("规章", "5"),
        ("行政许可", "6"),
    )


def test_a_caption_stands_before_its_table() -> None:
    found = texts(
        read(
            "<p>一、总体情况</p><table><caption>表1 数据</caption><tr><td>a</td><td>b</td></tr></table>"
        ).body
    )
    assert found == ["一、总体情况", "表1 数据", "table"]


Spanned = tuple[str, int, int]  # text, rowspan, colspan


def grid(*rows: list[Spanned | str], groups: tuple[int, ...] = ()) -> Grid:
    texts: list[str] = []

    def cell(printed: Spanned | str) -> Cell:
        text, rowspan, colspan = (printed, 1, 1) if isinstance(printed, str) else printed
        texts.append(text)
        return Cell(len(texts) - 1, rowspan, colspan)

    return lay_out([[cell(printed) for printed in row] for row in rows], groups).grid(texts)


def test_copies_and_padding_are_marked() -> None:
    found = grid([("a", 2, 1), "b", "c"], ["d", "e"], ["f"])
    assert found.rows == (("a", "b", "c"), ("a", "d", "e"), ("f", "", ""))
    assert found.copies == {(1, 0), (2, 1), (2, 2)}
    assert found.padding == {(2, 1), (2, 2)}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["h", "1", "2"], [("p", 3, 1), "q", "3"], ["r", "4"], ["s", "5", "6"]], ("s", "5", "6")),
        ([["h", "1", "2"], [("p", 65000, 1000), "3", "4"], ["s", "5", "6"]], ("s", "5", "6")),
        ([[("title", 1, 20)], ["a", "1", "2"], ["s", "5", "6"]], ("s", "5", "6")),
        ([[("a", 2, 1), ("b", 2, 1), ("c", 2, 1)], [], ["s", "5", "6"]], ("s", "5", "6")),
    ],
)
def test_spans_that_overrun_are_cut(rows: list[list[Spanned | str]], expected: tuple[str, ...]) -> None:
    found = grid(*rows)
    assert found.rows[-1] == expected
    assert {len(row) for row in found.rows} == {3}


def test_no_cell_reaches_out_of_its_row_group() -> None:
    assert grid([("a", 9, 1), "1"], ["2"], ["b", "3"], groups=(0, 2)).rows == (
        ("a", "1"),
        ("a", "2"),
        ("b", "3"),
    )


@pytest.mark.parametrize("attribute", ["abc", "", "-3", "0", "1.5"])
def test_a_span_that_is_no_number_is_one(attribute: str) -> None:
    rows = table(
        f"<table><tr><td rowspan='{attribute}' colspan='{attribute}'>规章</td><td>1</td></tr><tr><td>许可</td><td>2</td></tr></table>"
    )
    assert rows == (("规章", "1"), ("许可", "2"))


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("<img src=/P0202401.png>", "[图片]"),
        ("<a href=/P0202401.png><img src=/P0202401.png></a>", "[图片]"),
        ("<select><option>请选择</option><option>0</option><option>1</option></select>", "请选择/0/1"),
        ("<select><option>0</option><option selected>1</option></select>", "1"),
        ("3<img src=/P0202401.png>", "3"),
        ("<img src=/images/spacer.gif>", ""),
    ],
)
def test_a_cell_that_shows_something_is_not_blank(shown: str, text: str) -> None:
    rows = table(DISCLOSURE.replace("&nbsp;", shown))
    assert rows[2] == ("规章", "0", text, "12")
    document = read(
        f"<table><tr><td>索引号</td><td>{shown}</td></tr><tr><td>文号</td><td>1</td></tr></table>{REPORT}"
    )
    assert "图片" not in str(document.front)


def test_statistics_laid_out_with_divs() -> None:
    rows = [
        ("统计指标", "单位", "统计数"),
        ("一、主动公开情况", "", ""),
        ("（一）主动公开政府信息数", "条", "30"),
        ("其中：主动公开规范性文件数", "条", ""),
        ("三、依申请公开情况", "", ""),
        ("（一）收到申请数", "件", "3"),
        ("四、行政复议数量", "件", "0"),
    ]
    laid_out = "".join(f"<div>{''.join(f'<div>{cell}</div>' for cell in row)}</div>" for row in rows)
    (grid,) = [
        block
        for block in read(f"{REPORT.replace(DISCLOSURE, '')}<div>{laid_out}</div>").body
        if isinstance(block, Grid)
    ]
    assert grid.rows == tuple(rows)


def test_labels_from_top_to_bottom_in_a_table_laid_out_with_divs() -> None:
    rows = [["项目", "科研机构", "总计"], ["本年新收申请", "3", "3"], ["结转下年度", "1", "1"]]
    cells = [
        "".join(f"<div>{cell if cell == '总计' else '<br>'.join(cell)}</div>" for cell in row) for row in rows
    ]
    page = "<p>一、总体情况</p><div>" + "".join(f"<div>{row}</div>" for row in cells) + "</div>"
    (block,) = (block for block in read(page).body if isinstance(block, Grid))
    assert [list(row) for row in block.rows] == rows


def test_a_part_of_a_table_laid_out_with_divs() -> None:
    def laid_out(*rows: tuple[str, ...]) -> str:
        return "".join(f"<div>{''.join(f'<div>{cell}</div>' for cell in row)}</div>" for row in rows)

    head = laid_out(
        ("项目", "自然人", "总计"),
        ("一、本年新收政府信息公开申请数量", "3", "3"),
        ("（一）予以公开", "3", "3"),
    )
    rest = (("（六）其他处理", "0", "0"), ("（七）总计", "3", "3"), ("四、结转下年度继续办理", "0", "0"))
    page = REPORT.replace(DISCLOSURE, f"<div>{head}</div><p>（续表）</p><div>{laid_out(*rest)}</div>")
    assert [block.rows for block in read(page).body if isinstance(block, Grid)][1] == rest


def test_merged_cells_printed_once_for_each_place_are_copies() -> None:
    head = "<tr>" + "<td>第二十条第（五）项</td>" * 4 + "</tr>"
    rows = (
        "<tr><td>信息内容</td>"
        + "<td>本年处理决定数量</td>" * 3
        + "</tr><tr><td>行政许可</td>"
        + "<td>0 件</td>" * 3
        + "</tr>"
    )
    (block,) = (
        b for b in read(f"<p>一、总体情况</p><table>{head}{rows}</table>").body if isinstance(b, Grid)
    )
    assert block.copies == {(y, x) for y in range(3) for x in range(1 + (y > 0), 4)}


def test_equal_figures_below_the_repeated_label_of_a_group_of_rows_are_no_copies() -> None:
    head = "<tr><td></td><td>自然人</td><td>商业企业</td><td>科研机构</td></tr>"
    group = "<tr><td></td>" + "<td>（三）不予公开</td>" * 3 + "</tr>"
    row = "<tr><td>1.属于国家秘密</td><td>1</td><td>1</td><td>1</td></tr>"
    page = f"<p>一、总体情况</p><table>{head}{group}{row}</table>"
    (block,) = (b for b in read(page).body if isinstance(b, Grid))
    assert not {(y, x) for y, x in block.copies if y == 2}


def test_words_in_which_two_labels_are_cut_off_are_no_copies() -> None:
    rows = "<tr><td>信息内容</td><td>本年新</td><td>本年新</td><td>对外公开总数量</td></tr><tr><td>规章</td><td>0</td><td>0</td><td>3</td></tr>"
    (block,) = (b for b in read(f"<p>一、总体情况</p><table>{rows}</table>").body if isinstance(b, Grid))
    assert not block.copies
