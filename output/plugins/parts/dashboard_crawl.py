"""The dashboard of the crawl: what needs a person, the last runs, and the portals with trouble."""

from collections.abc import Sequence

from dashboard_parts import WHY, Asking, Cell, Panel, Row, count_cell

COUNTS = {
    "portals": "portals 网站",
    "reached": "reached 到达",
    "blocked": "blocked 被拦",
    "not_reached": "not reached 未到达",
    "requests": "requests 请求",
    "new": "new 新",
    "revised": "revised 修改",
    "known": "known 已知",
    "errors": "errors 错误",
}


async def crawl(asking: Asking) -> list[Panel]:
    attention, runs, portals = await asking.ask("attention", "runs", "portals")
    return [attention_panel(asking, attention, 40), _last_runs(runs), _troubled(portals)]


def _last_runs(runs: Sequence[Row]) -> Panel:
    rows = [
        [
            Cell(str(row["run"])),
            Cell(row["started_at"][:16].replace("T", " ")),
            Cell(row["outcome"] or "running, or killed 运行中，或被中断"),
            *(count_cell(row[name]) for name in COUNTS),
        ]
        for row in runs
    ]
    headings = ["run 采集", "started 开始 (UTC)", "outcome 结果", *COUNTS.values()]
    return Panel("The last runs 最近几次采集", headings, rows, queries=["runs"])


def _troubled(portals: Sequence[Row]) -> Panel:
    nights = sorted({row["run"] for row in portals})
    visits = {(row["portal"], row["run"]): row for row in portals}
    names = {row["portal"]: row["name"] for row in portals}
    return Panel(
        "Portals with trouble in the last seven runs 近七次采集中有问题的网站",
        ["portal 网站", *(f"run 采集 {run}" for run in nights)],
        [
            [Cell(name or portal)] + [_visit(visits.get((portal, run))) for run in nights]
            for portal, name in names.items()
        ],
        queries=["portals"],
        empty="None: all were reached. 无：均已到达。",
    )


def attention_panel(asking: Asking, rows: Sequence[Row], most: int) -> Panel:
    view = asking.datasette.urls.table(asking.database.name, "needs_attention")
    shown = [
        [
            Cell(row["name"] or row["portal"]),
            Cell(f"{row['why']} {WHY[row['why']]}", kind="bad"),
            Cell(row["evidence"] or ""),
        ]
        for row in rows[:most]
    ]
    if len(rows) > most:
        shown.append([Cell(f"and {len(rows) - most} more 其余", view)])
    return Panel(
        f"What needs a person 需要人看 ({len(rows)})",
        ["portal 网站", "why 原因", "evidence 依据"],
        shown,
        queries=["attention"],
        empty="Nothing: every portal was reached and gives what it gave. 无：各网站均已到达，一切如常。",
    )


def _visit(visit: Row | None) -> Cell:
    if visit is None:
        return Cell("–")
    return (
        Cell("✓ reached 到达", kind="good")
        if visit["outcome"] == "reached"
        else Cell(visit["reason"] or visit["outcome"], kind="bad")
    )
