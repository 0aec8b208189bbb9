"""Dialects of the metadata header: layouts, label synonyms, empty values, printed dates, source lines, metas."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from random import Random

from tests.writing.page import Page, dialect
from tests.writing.truth import Truth, credit_code, organisation_code

Pair = tuple[str, str]  # label as printed, value as printed

SYNONYMS = {
    "index_number": ("索引号", "索 引 号", "信息索引号", "信息索取号", "索取号"),
    "document_number": ("文号", "文 号", "发文字号", "文件编号", "发布文号"),
    "issued_by": ("发布机构", "发布单位", "发文机构", "发文机关"),
    "published_on": ("公开日期", "发布日期", "发布时间"),
    "written_on": ("成文日期", "生成日期", "发文日期"),
    "topic": ("主题分类",),
    "genre": ("体裁分类",),
    "catalogue": ("信息分类", "组配分类", "公开目录"),
    "disclosure_method": ("公开方式",),
    "validity": ("有效性", "有 效 性", "文件有效性"),
    "keywords": ("主题词", "关键词"),
    "title": ("名称", "名 称", "信息名称", "标 题"),
}
DATES = ("published_on", "written_on")


def printed_date(rng: Random, day: str) -> str:
    year, month, date = day.split("-")
    return rng.choice(
        (
            day,
            f"{day} 09:55:47",
            f"{year}年{month}月{date}日",
            f"{year}年{int(month)}月{int(date)}日",
            f"{year}/{int(month)}/{int(date)}",
            f"{year}.{month}.{date}",
            f"{year}- {month}- {date} 09: 55",
            f"[{day}]",
        )
    )


def choose(page: Page, rng: Random, fields: Sequence[str]) -> tuple[Page, list[Pair]]:
    """The page with the truth of these fields, and the fields as printed."""
    truth = page.truth
    organisation = organisation_code(Random(truth.issuer))
    if rng.random() < 0.3:
        organisation = credit_code("339900", organisation)
    values: dict[str, str | None] = {
        "index_number": f"{organisation}/{truth.year + 1}-{rng.randint(1, 99999):05}",
        "document_number": rng.choice(
            (None, None, "无", f"政办函〔{truth.year + 1}〕{rng.randint(1, 60)}号")
        ),
        "issued_by": truth.issuer,
        "published_on": truth.published_on,
        "written_on": truth.published_on,
        "topic": rng.choice((None, "综合政务", "综合政务、监察")),
        "genre": rng.choice((None, "其他", "报告")),
        "catalogue": rng.choice((None, "政府信息公开年报")),
        "disclosure_method": "主动公开",
        "validity": rng.choice((None, "有效")),
        "keywords": rng.choice((None, "年报")),
        "title": truth.title,
    }
    header = {field: None if values[field] == "无" else values[field] for field in fields}
    pairs = []
    for field in fields:
        value = values[field] or ""
        if field in DATES and value:
            value = printed_date(rng, value)
        pairs.append((rng.choice(SYNONYMS[field]), value))
    return replace(page, truth=replace(truth, header=header)), pairs


SIX = ("index_number", "disclosure_method", "document_number", "published_on", "issued_by", "topic")
EIGHT = (
    "index_number",
    "catalogue",
    "issued_by",
    "written_on",
    "title",
    "document_number",
    "published_on",
    "keywords",
)
FOUR = ("index_number", "issued_by", "published_on", "document_number")
THREE = ("index_number", "published_on", "disclosure_method")


def table(
    pairs: Sequence[Pair], columns: int, colon: str, attributes: str = "", swallow: bool = False
) -> str:
    cells: list[list[str]] = []
    for label, value in pairs:
        cells.append([f"{label}{colon}"] + ([] if swallow and not value else [value]))
    rows = []
    for place in range(0, len(cells), columns):
        row = [text for pair in cells[place : place + columns] for text in pair]
        row += [""] * (2 * columns - len(row))
        rows.append("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>")
    return f"<table{attributes}>{''.join(rows)}</table>"


def with_header(
    fields: Sequence[str], write: Callable[[list[Pair], Random], str]
) -> Callable[[Page, Random], Page]:
    def function(page: Page, rng: Random) -> Page:
        page, pairs = choose(page, rng, fields)
        return replace(page, header=write(pairs, rng))

    return function


def enter(name: str, fields: Sequence[str], write: Callable[[list[Pair], Random], str]) -> None:
    function = with_header(fields, write)
    function.__name__ = name
    dialect("header")(function)


enter("table_of_two_columns", SIX, lambda pairs, rng: table(pairs, 1, "："))
enter(
    "table_of_four_columns",
    SIX,
    lambda pairs, rng: table(pairs, 2, rng.choice((":", "：")), ' class="xxgk_table"'),
)
enter("table_of_six_columns", SIX, lambda pairs, rng: table(pairs, 3, "："))
enter(
    "table_without_colons", EIGHT, lambda pairs, rng: table(pairs, 2, "", ' class="table_suoyin" border="1"')
)
enter("table_that_swallows_empty_cells", SIX, lambda pairs, rng: table(pairs, 2, ":", swallow=True))
enter(
    "table_with_bold_labels",
    EIGHT,
    lambda pairs, rng: (
        "<table class='bd1'><tbody>"
        + "".join(
            f"<tr><td><b>{label}：</b></td><td>{escape(value) or '&nbsp;'}</td></tr>"
            for label, value in pairs
        )
        + "</tbody></table>"
    ),
)
enter(
    "table_with_th",
    FOUR,
    lambda pairs, rng: (
        "<table>"
        + "".join(f"<tr><th scope=row>{label}</th><td>{escape(value)}</td></tr>" for label, value in pairs)
        + "</table>"
    ),
)
enter(
    "label_and_value_in_one_cell",
    SIX,
    lambda pairs, rng: (
        "<table><tr>"
        + "</tr><tr>".join(
            "".join(f"<td>{label}：{escape(value)}</td>" for label, value in pairs[place : place + 2])
            for place in range(0, len(pairs), 2)
        )
        + "</tr></table>"
    ),
)
enter(
    "list_items",
    SIX,
    lambda pairs, rng: (
        "<ul>" + "".join(f"<li>{label}：{escape(value)}</li>\n" for label, value in pairs) + "</ul>"
    ),
)
enter(
    "list_items_with_tags",
    FOUR,
    lambda pairs, rng: (
        "<div class='syh_box'><ul>"
        + "".join(f"<li><em>{label}：</em><i>{escape(value)}</i></li>" for label, value in pairs)
        + "</ul></div>"
    ),
)
enter(
    "value_in_the_next_item",
    FOUR[:3],
    lambda pairs, rng: (
        "<ul>" + "".join(f"<li>{label}：</li><li>{value}</li>" for label, value in pairs) + "</ul>"
    ),
)
enter(
    "definition_list",
    FOUR,
    lambda pairs, rng: (
        "<dl>" + "".join(f"<dt>{label}</dt><dd>{escape(value)}</dd>" for label, value in pairs) + "</dl>"
    ),
)
enter(
    "pairs_of_spans",
    FOUR,
    lambda pairs, rng: (
        "<div class=headInfo>"
        + "".join(f"<div><span>{label}：</span><span>{escape(value)}</span></div>" for label, value in pairs)
        + "</div>"
    ),
)
enter(
    "pairs_of_divs",
    FOUR,
    lambda pairs, rng: "".join(
        f'<div class="ftd">{label}</div><div class="ftd">{escape(value)}</div>' for label, value in pairs
    ),
)
enter(
    "labels_in_fonts",
    FOUR,
    lambda pairs, rng: (
        "<div>"
        + "".join(f"<label><font>{label}：</font>{escape(value)}</label>" for label, value in pairs)
        + "</div>"
    ),
)
enter(
    "strong_labels",
    FOUR,
    lambda pairs, rng: "".join(f"<p><strong>{label}</strong>：{escape(value)}</p>" for label, value in pairs),
)
enter(
    "one_line",
    THREE,
    lambda pairs, rng: "<div>" + "  ".join(f"{label}: {escape(value)}" for label, value in pairs) + "</div>",
)
enter(
    "two_pairs_a_line",
    SIX,
    lambda pairs, rng: "".join(
        "<div>"
        + " ".join(f"{label}: {escape(value)}" for label, value in pairs[place : place + 2])
        + "</div>"
        for place in range(0, len(pairs), 2)
    ),
)
enter(
    "dashes_and_a_space_before_the_colon",
    FOUR,
    lambda pairs, rng: "<br>".join(f"- {label} :{escape(value)}" for label, value in pairs),
)
enter("no_header", (), lambda pairs, rng: "")


def _date_only(page: Page, rng: Random) -> str:
    return printed_date(rng, page.truth.published_on)


def _with_date(truth: Truth) -> Truth:
    return replace(truth, header={**truth.header, "published_on": truth.published_on})


@dialect("source line")
def source_and_counter(page: Page, rng: Random) -> Page:
    line = (
        f'<div class="info">发布时间：{_date_only(page, rng)}&nbsp;&nbsp;来源：{escape(page.truth.issuer)}&nbsp;'
        f'浏览次数：<span id="hits">{rng.randint(1, 9999)}</span> 字号：[<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>]</div>'
    )
    return replace(page, truth=_with_date(page.truth), source_line=line)


@dialect("source line")
def source_in_spans(page: Page, rng: Random) -> Page:
    line = (
        f"<p class=ly><span>信息来源：{escape(page.truth.issuer)}</span><span>发布日期：{_date_only(page, rng)}</span>"
        f"<span>点击数：{rng.randint(1, 900)}</span><span>【打印】【关闭】</span></p>"
    )
    return replace(page, truth=_with_date(page.truth), source_line=line)


@dialect("source line")
def time_first(page: Page, rng: Random) -> Page:
    line = f"<div>时间:{page.truth.published_on} 17:28      来源:{page.truth.issuer}      浏览次数:</div>"
    return replace(page, truth=_with_date(page.truth), source_line=line)


@dialect("source line")
def share_bar(page: Page, rng: Random) -> Page:
    line = (
        f'<div class="pages-date">{page.truth.published_on} 10:12<span class="font">来源： {page.truth.issuer}</span>'
        '<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div> 字体：大 中 小</div>'
    )
    return replace(page, source_line=line)


@dialect("metas")
def metas_in_another_case(page: Page, rng: Random) -> Page:
    change = rng.choice((str.lower, str.upper))
    return replace(page, metas=tuple((change(name), value) for name, value in page.metas))


@dialect("metas")
def metas_with_content_first(page: Page, rng: Random) -> Page:
    written = "".join(f"<META content='{escape(value)}' name='{name}' />\n" for name, value in page.metas)
    return replace(page, metas=(), scripts=page.scripts + written)


@dialect("metas")
def no_metas(page: Page, rng: Random) -> Page:
    return replace(page, metas=())


@dialect("metas")
def placeholder_metas(page: Page, rng: Random) -> Page:
    filler = {"SiteName": "网站名称", "ContentSource": "", "ArticleTitle": "", "ColumnName": "栏目名称"}
    return replace(page, metas=tuple((name, filler.get(name, value)) for name, value in page.metas))


@dialect("metas")
def detail_as_json(page: Page, rng: Random) -> Page:
    """gkmlpt: the record of the page once more, in a script."""
    record = {
        "DETAIL": {
            "id": rng.randint(1000, 99999),
            "title": page.truth.title,
            "publisher": page.truth.issuer,
            "identifier": page.truth.header.get("index_number") or "",
            "document_number": page.truth.header.get("document_number") or "",
        },
        "SID": 755001,
    }
    script = f"<script>window._CONFIG = {json.dumps(record, ensure_ascii=False)};</script>\n"
    return replace(page, scripts=page.scripts + script)
