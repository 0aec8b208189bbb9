"""Reports as a portal files them: whose, for which year, under which title, date and index number."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from random import Random
from zlib import crc32

from tests.writing import Truth, render_body, write_truth
from tests.writing.forms import Key
from tests.writing.truth import Value, credit_code, organisation_code


@dataclass(frozen=True)
class Filing:
    """One body's report for one year, as a portal files it."""

    issuer: str
    year: int
    title: str
    published: str  # ISO
    number: str  # 索引号
    serial: int  # of the article on its portal
    version: int = 0  # turned up by a correction

    @property
    def truth(self) -> Truth:
        return _truth(self.issuer, self.year, self.version)

    def html(self, header: str = "table", place: str = "", container: str = "zoom") -> str:
        """Metadata header, title, source line and report: what a portal puts into its own frame."""
        metadata = (
            ("索引号", self.number),
            ("公开方式", "主动公开"),
            ("文号", ""),
            ("公开日期", self.published),
            ("发布单位", self.issuer.removeprefix(place)),
            ("主题分类", ""),
        )
        return "\n".join(
            (
                HEADERS[header](metadata),
                f"<h1 class='title'>{escape(self.title)}</h1>",
                f"<div class='source'>发布日期：{self.published} 来源：{self.issuer} 浏览次数：<span id='hits'></span></div>",
                f"<div id='{container}' class='{container}'>{self.body}</div>",
            )
        )

    @property
    def body(self) -> str:
        return render_body(self.truth)


@cache
def _truth(issuer: str, year: int, version: int) -> Truth:
    """In the form of its year; what one year carries over, the next one takes up."""
    form = "2014" if year < 2019 else "2019" if year < 2021 else "2021"
    previous = _truth(issuer, year - 1, 0) if year > 2019 else None
    truth = write_truth(issuer, year, form, seed=version, previous=previous)
    slipped = form != "2014" and crc32(f"{issuer}{year}".encode()) % 30 == 0
    return replace(truth, figures=_with_a_slip(truth.figures)) if slipped else truth


def _with_a_slip(figures: Mapping[Key, Value]) -> dict[Key, Value]:
    """As clerks do now and then: the sum beside the row was not added up again."""
    at = ("requests", "carried_out", "total")
    return {**figures, at: (figures[at] or 0) + 1}


def _header_table(pairs: Iterable[tuple[str, str]]) -> str:
    cells = [f"<td class='label'>{label}：</td><td>{escape(value)}</td>" for label, value in pairs]
    rows = "".join(f"<tr>{left}{right}</tr>" for left, right in zip(cells[::2], cells[1::2], strict=True))
    return f"<table class='xxgk_table'>{rows}</table>"


def _header_list(pairs: Iterable[tuple[str, str]]) -> str:
    rows = "".join(f"<li><b>{label}：</b>{escape(value)}</li>" for label, value in pairs)
    return f"<div class='head'><ul>{rows}</ul></div>"


HEADERS: Mapping[str, Callable[[Iterable[tuple[str, str]]], str]] = {
    "table": _header_table,
    "list": _header_list,
    "none": lambda pairs: "",
}

TITLES = (
    "{issuer}{year}年政府信息公开工作年度报告",
    "{year}年{issuer}政府信息公开年度报告",
    "{issuer}{year}年度政府信息公开工作年度报告",
    "{issuer}{year}年政府信息公开年报",
)


def filings(issuers: Sequence[str], years: Iterable[int], uniform: bool = False) -> tuple[Filing, ...]:
    """The reports of these bodies for these years, newest first, with index numbers of different kinds."""
    made = []
    for year in sorted(years, reverse=True):
        for place, issuer in enumerate(issuers):
            serial = 4000000 + year % 100 * 1000 + place * 7
            title = TITLES[0 if uniform else (place + year) % len(TITLES)].format(issuer=issuer, year=year)
            day = f"{year + 1}-01-{10 + (place * 5 + year) % 20:02}"
            front = organisation_code(Random(issuer))
            front = credit_code("339901", front) if place % 3 == 2 else front
            number = "" if place % 7 == 6 else f"{front}/{year + 1}-{serial % 100000:05}"
            made.append(Filing(issuer, year, title, day, number, serial))
    return tuple(made)


def issuers(place: str, count: int) -> tuple[str, ...]:
    """Bodies of a place: its government, departments, streets and towns."""
    return tuple(place + name for name in BODIES[:count])


BODIES = (
    "人民政府办公室",
    "教育局",
    "民政局",
    "财政局",
    "卫生健康委员会",
    "水利局",
    "市场监督管理局",
    "岚山街道办事处",
    "石桥镇人民政府",
    "农业农村局",
    "住房和城乡建设局",
    "统计局",
    "审计局",
    "林业局",
    "应急管理局",
    "退役军人事务局",
)


def below(folder: str, filing: Filing) -> str:
    """Its address as many systems make it: the folder and a number."""
    return f"{folder}{filing.serial}.html"
