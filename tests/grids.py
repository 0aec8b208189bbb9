"""Statutory grids written by hand for the tests of the readers: with spans, without, split, broken."""

from parsers.blocks import Document, Grid
from parsers.figures import Reading, read_figures
from parsers.form import load_forms
from parsers.sections import PlacedGrid

Spec = str | tuple[str, int] | tuple[str, int, int]  # text, colspan, rowspan

COLUMNS = ("natural", "business", "research", "welfare", "legal", "other_org", "total")
FORMS = {form.id: form for form in load_forms()}
HEAD: list[list[Spec]] = [
    [("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), ("申请人情况", 7)],
    [("自然人", 1, 2), ("法人或其他组织", 5), ("总计", 1, 2)],
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
]
FLAT_HEAD = [["申请人情况"], ["自然人", "法人或其他组织", "总计"], list(map(str, HEAD[2]))]
OUTCOMES: list[Spec] = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
LITIGATION: list[list[Spec]] = [
    [("行政复议", 5), ("行政诉讼", 10)],
    [*((str(label), 1, 2) for label in OUTCOMES), ("未经复议直接起诉", 5), ("复议后起诉", 5)],
    [*OUTCOMES, *OUTCOMES],
]


def grid(rows: list[list[Spec]]) -> Grid:
    """The rectangle of an HTML table: spans expanded as a browser does it, short rows filled with padding."""
    cells: dict[tuple[int, int], str] = {}
    copies: set[tuple[int, int]] = set()
    hanging: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for spec in row:
            text, width, height = (*((spec,) if isinstance(spec, str) else spec), 1, 1)[:3]
            while (y, x) in cells:
                x += 1
            for dy in range(min(int(height), len(rows) - y)):
                for dx in range(int(width)):
                    cells[y + dy, x + dx] = str(text)
                    if dy or dx:
                        copies.add((y + dy, x + dx))
                    if dy:
                        hanging.add((y + dy, x + dx))
            x += int(width)
    width = max(x for _, x in cells) + 1
    padding = {(y, x) for y in range(len(rows)) for x in range(width)} - set(cells)
    squared = tuple(tuple(cells.get((y, x), "") for x in range(width)) for y in range(len(rows)))
    return Grid(squared, frozenset(copies | padding), frozenset(padding), frozenset(hanging))


def placed(*grids: Grid) -> list[PlacedGrid]:
    return [PlacedGrid(one, None, None) for one in grids]


def request_rows(form: str, values: dict[str, list[str]] | None = None) -> list[list[Spec]]:
    """The body of table 3 with its spans; by default row n prints n, n+1, …, so that no two rows are alike."""
    table = FORMS[form].table("requests")
    assert table is not None
    rows: list[list[Spec]] = []
    seen: set[str | None] = {None}
    by_key = {row.key: row for row in table.rows}
    for index, row in enumerate(r for r in table.rows if r.has_figures):
        numbers = (values or {}).get(row.key) or [str(10 * index + column) for column in range(7)]
        parents = []
        parent = row.parent
        while parent:
            parents.insert(0, by_key[parent])
            parent = by_key[parent].parent
        line: list[Spec] = []
        for above in parents:
            if above.key not in seen:
                seen.add(above.key)
                line.append((above.label, 1, _height(above.key, by_key)))
        line.append((row.label, 3 - len(parents)))
        rows.append([*line, *numbers])
    return rows


def _height(key: str, by_key: dict) -> int:  # type: ignore[type-arg]
    def under(row) -> bool:  # type: ignore[no-untyped-def]
        return row.parent == key or (row.parent is not None and under(by_key[row.parent]))

    return sum(row.has_figures and under(row) for row in by_key.values())


def flat(rows: list[list[Spec]], width: int = 10) -> list[list[Spec]]:
    """The same rows as a text converter leaves them: spans lost, cells pushed to the left, filled up at the end."""
    texts = [[spec if isinstance(spec, str) else spec[0] for spec in row] for row in rows]
    return [[*row, *([""] * (width - len(row)))] for row in texts]


BLOCK = {
    "2021": [
        [("第二十条第（一）项", 4)],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "1", "0", "11"],
        ["行政规范性文件", "8", "26", "66"],
    ],
    "2021 rest": [
        [("第二十条第（五）项", 4)],
        ["信息内容", ("本年处理决定数量", 3)],
        ["行政许可", ("447228", 3)],
        [("第二十条第（六）项", 4)],
        ["信息内容", ("本年处理决定数量", 3)],
        ["行政处罚", ("3985758", 3)],
        ["行政强制", ("88283", 3)],
        [("第二十条第（八）项", 4)],
        ["信息内容", ("本年收费金额（单位：万元）", 3)],
        ["行政事业性收费", ("96171.6", 3)],
    ],
    "2019": [
        [("第二十条第（一）项", 4)],
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["规章", "13", "12", "524"],
        ["规范性文件", "60", "59", "368"],
    ],
    "2019 rest": [
        [("第二十条第（五）项", 4)],
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政许可", "2", "+4", "6"],
        ["其他对外管理服务事项", "41", "减3", "40"],
        [("第二十条第（六）项", 4)],
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政处罚", "7", "-71", "8"],
        ["行政强制", "9", "0/0", "10"],
        [("第二十条第（八）项", 4)],
        ["信息内容", ("上一年项目数量", 1), ("本年增/减", 2)],
        ["行政事业性收费", "3", ("增1", 2)],
        [("第二十条第（九）项", 4)],
        ["信息内容", ("采购项目数量", 1), ("采购总金额（万元）", 2)],
        ["政府集中采购", "5", ("477.35", 2)],
    ],
}


def read(*tables: list[list[Spec]]) -> Reading:
    """What is read of these tables."""
    return read_figures(placed(*map(grid, tables)))


def values(reading: Reading, table: str) -> dict[tuple[str, str], int | float | None]:
    """The figures of one table, by row and column."""
    return {(f.row, f.column): f.value for f in reading.figures if f.table == table}


def expected_requests(form: str) -> dict[tuple[str, str], int]:
    table = FORMS[form].table("requests")
    assert table is not None
    rows = [row.key for row in table.rows if row.has_figures]
    return {(row, column): 10 * y + x for y, row in enumerate(rows) for x, column in enumerate(COLUMNS)}


def grids_of(document: Document) -> list[Grid]:
    return [block for block in (*document.front, *document.body, *document.back) if isinstance(block, Grid)]
