"""What the dashboards are made of: cells, panels, the labels of levels and places, and who asks for what."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from charts import number
from dashboard_queries import QUERIES
from datasette.app import Datasette
from datasette.database import Database

from parsers.regions import by_code

Row = Mapping[str, Any]
Parameters = dict[str, str]

LEVELS = {
    "state": "state bodies 国家机关",
    "province government": "province governments 省级政府",
    "province department": "province departments 省级部门",
    "city government": "city governments 市级政府",
    "city department": "city departments 市级部门",
    "county government": "county governments 县级政府",
    "county department": "county departments 县级部门",
    "town": "towns and street offices 乡镇街道",
}
WHY = {
    "blocked": "被拦截",
    "not reached twice": "连续两夜未到达",
    "gone silent": "不再给出年报",
    "no report found": "未找到年报",
    "template drift": "可能换了模板",
}
LATENESS = {
    "in_time": "in time 按时",
    "week": "up to 7 days late 迟7日内",
    "month": "8–30 days late 迟8至30日",
    "quarter": "31–90 days late 迟31至90日",
    "later": "over 90 days late 迟90日以上",
    "undated": "no date printed 未注明日期",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: what it says, where it leads, how it is set."""

    text: str
    href: str = ""
    kind: str = ""  # a class of dashboards.css: number, gap, good, bad


@dataclass(frozen=True, slots=True)
class Panel:
    """One question with its answer: a chart, a table, and the queries they come from."""

    title: str
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    note: str = ""
    chart: str = ""  # SVG
    names: Sequence[str] = ()  # of the chart's series, for the key
    dashed: bool = False  # they are lines
    queries: Sequence[str] = ()
    empty: str = "Nothing to show. 暂无数据。"


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and for what."""

    datasette: Datasette
    database: Database
    parameters: Parameters

    async def ask(self, *names: str) -> list[list[Row]]:
        """The rows of these queries, asked side by side."""
        return list(await asyncio.gather(*map(self._rows, names)))

    async def _rows(self, name: str) -> list[Row]:
        return list((await self.database.execute(QUERIES[name], self.parameters)).rows)

    def link(self, name: str, **changes: str) -> str:
        """The address of a dashboard with these filters, some of them changed."""
        wanted = {key: value for key, value in {**self.parameters, **changes}.items() if value}
        address = self.datasette.urls.path(f"dashboards/{name}")
        return f"{address}?{urlencode(wanted)}" if wanted else address

    def query(self, name: str) -> str:
        sql = "\n".join(line.removeprefix("    ") for line in QUERIES[name].strip().splitlines())
        return (
            f"{self.datasette.urls.database(self.database.name)}?{urlencode({'sql': sql, **self.parameters})}"
        )

    def report(self, report_id: str) -> str:
        return str(self.datasette.urls.path(f"report/{report_id}"))


def years_of(rows: Sequence[Row]) -> list[int]:
    return sorted({row["year"] for row in rows})


def levels_of(found: Collection[str | None]) -> list[str | None]:
    """Those found, in the order of LEVELS; None, a level that nothing tells, last."""
    return [level for level in (*LEVELS, None) if level in found]


def level_label(level: str | None) -> str:
    return LEVELS.get(level or "", "level not told 层级未知")


def in_province(code: str) -> str:
    return f", {place_name(code)}" if code else ""


def place_name(code: str | None) -> str:
    """
    >>> place_name("330106"), place_name("339901"), place_name(None)
    ('浙江省杭州市西湖区', '浙江省 339901', 'region not told 地区未知')
    """
    if not code:
        return "region not told 地区未知"
    region, province = by_code(code), by_code(f"{code[:2]}0000")
    return "".join(region.path) if region else f"{province.name if province else ''} {code}".strip()


def region_cell(asking: Asking, dashboard: str, code: str | None) -> Cell:
    """A place of a table: a province leads to its cities and counties, one of these to its bodies."""
    if not code:
        return Cell(place_name(code))
    if code.endswith("0000") and not asking.parameters["province"]:
        return Cell(place_name(code), asking.link(dashboard, province=code))
    return Cell(place_name(code), asking.link("coverage", province="", region=code))


def count_cell(value: int | float | None) -> Cell:
    return Cell(number(value), kind="number")


def share_cell(part: int, whole: int) -> Cell:
    """How many of all, shaded by the share."""
    return Cell(number(part), kind=f"number share-{round(4 * part / whole) if whole else 0}")
