"""Truth → blocks → HTML: the plain dialect, and the pieces that every other dialect varies."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from tests.writing import forms
from tests.writing.forms import Key
from tests.writing.truth import Part, Truth, Value


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the markup has it. `key` names the figure that it prints."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the report."""

    name: str  # "disclosure", "requests", "litigation", "statistics_2014"
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a heading (`part` is the section that it opens)."""

    text: str
    part: Part | None = None


Piece = Line | Sheet


def pieces(truth: Truth) -> tuple[Piece, ...]:
    """The report as a reader would see it: headings, paragraphs and tables, from the preamble to the signature."""
    return tuple(_pieces(truth))


def _pieces(truth: Truth) -> Iterator[Piece]:
    for part in truth.parts:
        if part.number is not None:
            yield Line(heading(part), part)
        for paragraph in part.paragraphs:
            yield Line(paragraph)
        if part.level == 1 and part.key in SHEETS and truth.form in forms.DISCLOSURE:
            yield SHEETS[part.key](truth)
    if truth.form == "2014":
        yield Line("政府信息公开情况统计表")
        yield statistics_sheet(truth)
    for line in truth.signature:
        yield Line(line)


def heading(part: Part) -> str:
    return f"{part.number}、{part.title}" if part.level == 1 else f"（{part.number}）{part.title}"


def printed(value: Value) -> str:
    return "" if value is None else str(value)


def _number(truth: Truth, key: Key, colspan: int = 1) -> Cell:
    return Cell(printed(truth.figures[key]), colspan=colspan, key=key)


def disclosure_sheet(truth: Truth) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for block in forms.DISCLOSURE[truth.form]:
        spans = {1: (3,), 2: (1, 2), 3: (1, 1, 1)}[len(block.columns)]
        rows.append((Cell(block.head, colspan=4),))
        rows.append(
            (
                Cell("信息内容"),
                *(Cell(label, span) for (_, label), span in zip(block.columns, spans, strict=True)),
            )
        )
        for row, label in block.rows:
            keys = [("disclosure", row, column) for column, _ in block.columns]
            rows.append(
                (Cell(label), *(_number(truth, key, span) for key, span in zip(keys, spans, strict=True)))
            )
    return Sheet("disclosure", tuple(rows))


def requests_sheet(truth: Truth) -> Sheet:
    labels = [Cell(label) for label in forms.APPLICANT_LABELS]
    rows: list[tuple[Cell, ...]] = [
        (Cell(forms.CORNER, colspan=3, rowspan=3), Cell("申请人情况", colspan=7)),
        (Cell("自然人", rowspan=2), Cell("法人或其他组织", colspan=5), Cell("总计", rowspan=2)),
        tuple(labels[1:6]),
    ]
    form = forms.REQUESTS[truth.form]
    seen: set[tuple[str, ...]] = set()
    for row in form:
        cells: list[Cell] = []
        for depth, label in enumerate(row.path, start=1):
            prefix = row.path[:depth]
            if prefix in seen:
                continue
            seen.add(prefix)
            leaf = depth == len(row.path)
            cells.append(
                Cell(
                    label,
                    colspan=4 - depth if leaf else 1,
                    rowspan=1 if leaf else sum(other.path[:depth] == prefix for other in form),
                )
            )
        cells += [_number(truth, ("requests", row.key, column)) for column in forms.REQUEST_COLUMNS]
        rows.append(tuple(cells))
    return Sheet("requests", tuple(rows))


def litigation_sheet(truth: Truth) -> Sheet:
    outcomes = [Cell(label) for label in forms.OUTCOME_LABELS]
    return Sheet(
        "litigation",
        (
            (Cell("行政复议", colspan=5), Cell("行政诉讼", colspan=10)),
            (
                *(Cell(label, rowspan=2) for label in forms.OUTCOME_LABELS),
                Cell("未经复议直接起诉", colspan=5),
                Cell("复议后起诉", colspan=5),
            ),
            (*outcomes, *outcomes),
            tuple(
                _number(truth, ("litigation", procedure, outcome))
                for procedure in forms.PROCEDURES
                for outcome in forms.OUTCOMES
            ),
        ),
    )


def statistics_sheet(truth: Truth) -> Sheet:
    rows = [(Cell("统计指标"), Cell("单位"), Cell("统计数"))]
    for line in forms.STATISTICS:
        number = _number(truth, ("statistics_2014", line.key, "value")) if line.key else Cell("——")
        rows.append((Cell(line.label), Cell(line.unit or "——"), number))
    return Sheet("statistics_2014", tuple(rows))


SHEETS = {"disclosure": disclosure_sheet, "requests": requests_sheet, "litigation": litigation_sheet}


def render_sheet(sheet: Sheet) -> str:
    rows = "\n".join(f"<tr>{''.join(map(render_cell, row))}</tr>" for row in sheet.rows)
    return f'<table border="1" cellspacing="0">\n<tbody>\n{rows}\n</tbody>\n</table>'


def render_cell(cell: Cell) -> str:
    spans = (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "") + (
        f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    )
    return f"<td{spans}>{escape(cell.text)}</td>"


def render_body(truth: Truth) -> str:
    """The report's own markup, plain: paragraphs and tables, nothing around them."""
    return "\n".join(
        render_sheet(piece) if isinstance(piece, Sheet) else f"<p>{escape(piece.text)}</p>"
        for piece in pieces(truth)
    )


LABELS = (
    ("index_number", "索引号"),
    ("disclosure_method", "公开方式"),
    ("document_number", "文号"),
    ("published_on", "公开日期"),
    ("issued_by", "发布单位"),
    ("topic", "主题分类"),
)


def render_header(header: Mapping[str, str | None]) -> str:
    """The metadata header as a table of four columns."""
    cells = [f"<td>{label}:</td><td>{escape(header.get(field) or '')}</td>" for field, label in LABELS]
    rows = "".join(f"<tr>{''.join(cells[place : place + 2])}</tr>" for place in range(0, len(cells), 2))
    return f'<table class="xxgk_table">{rows}</table>'


def printed_figures(parts: Iterable[Piece], truth: Truth) -> dict[Key, object]:
    """What these sheets print, cells that were left blank as None."""
    return {
        cell.key: truth.figures[cell.key] if cell.text else None
        for part in parts
        if isinstance(part, Sheet)
        for row in part.rows
        for cell in row
        if cell.key
    }
