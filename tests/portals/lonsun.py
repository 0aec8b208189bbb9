"""LonSun (Anhui): a page for each body, type=3 is its annual reports, timeFrame chooses the year."""

from datetime import date
from functools import partial
from html import escape
from typing import Any

from tests.portals.filings import Filing, filings, issuers
from tests.portals.server import Request, Response
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, rows

FIRST_ORGAN = 5741


def column(key: str) -> str:
    return {"platform": "/public/index.html"}.get(key, f"/content/column/{680000 + sum(map(ord, key))}")


SKIN = Skin(
    column,
    lambda key, serial, day: f"/content/article/{serial}",
    mark="<meta name='SiteId' content='6788761'>",
)


def organ_page(organ: int, kind: int, year: int | None = None) -> str:
    frame_of_year = f"&timeFrame={year}&hasContent=true" if year else ""
    return f"/public/column/{organ}?type={kind}&nav=5&sub=1{frame_of_year}"


def by_year(base: str) -> Portal:
    """Each body has its own four boards; the page of a year is the report."""
    portal = Portal("lonsun", "江淮市人民政府", "lonsun", "江淮市", region_code="349901")
    bodies = issuers("江淮市", 5)
    last = date.today().year - 1
    filed = filings(bodies, range(last - 3, last + 1))
    picker = ""
    for place, body in enumerate(bodies):
        organ = FIRST_ORGAN + place
        years = "".join(
            f"<li><a href='{organ_page(organ, 3, year)}'>{year}</a></li>"
            for year in range(last, last - 4, -1)
        )
        of_body = [filing for filing in filed if filing.issuer == body]
        file_reports(
            portal,
            SKIN,
            of_body,
            partial(_of_year, organ),
            around=f"<ul class='years'>{years}</ul><div class='j-fontContent'>{{}}</div>",
        )
        _boards(portal, body, organ, f"<ul class='years'>{years}</ul>")
        picker += f"<li><a href='{organ_page(organ, 4)}'>{body}</a></li>"
    furnish(portal, SKIN, organ_page(FIRST_ORGAN, 3))
    portal.add(
        column("platform"),
        frame(
            portal,
            SKIN,
            "政府信息公开",
            f"<h2>市政府部门</h2><ul class='organs'>{picker}</ul>",
            "政府信息公开",
        ),
    )
    portal.listings = 1 + len(bodies)  # of each body the list of its years; the platform has the bodies
    return portal


def _of_year(organ: int, filing: Filing) -> str:
    return organ_page(organ, 3, filing.year)


def by_list(base: str) -> Portal:
    """One list for the town, filled and paged by /site/label/8888."""
    portal = Portal("lonsun-label", "望湖县人民政府", "lonsun", "望湖县", region_code="349921")
    filed = filings(issuers("望湖县", 4), range(2020, 2025))
    file_reports(portal, SKIN, filed, _address, header="table", around="<div class='j-fontContent'>{}</div>")
    total = -(-len(filed) // 15)
    label = (
        "/site/label/8888?IsAjax=1&dataType=html&labelName=publicInfoList&siteId=6788761&organId=9001&type=3&catId="
        "&pageSize=15&pageIndex={}&action=list&isDate=true&dateFormat=yyyy-MM-dd&file=/xxgk/publicInfoList"
    )
    script = (
        f"<script>var pageCount={total};var total={len(filed)};$('#pager').pages({{pageCount:{total},pageIndex:1,"
        f"url:'{label.format(1)}'}});</script>"
    )
    first = rows((_address(filing), filing.title, filing.published) for filing in filed[:15])
    portal.pages[organ_page(9001, 3)] = Response(
        frame(
            portal,
            SKIN,
            "政府信息公开年报",
            f"<ul class='xxgk_nav_list'>{first}</ul><div id='pager'></div>{script}",
            "政府信息公开年报",
        )
    )

    def fragment(request: Request) -> Response:
        asked: dict[str, Any] = request.query
        if (asked.get("organId"), asked.get("type"), asked.get("siteId")) != ("9001", "3", "6788761"):
            return Response("<ul class='xxgk_nav_list'></ul>")
        page, size = int(asked.get("pageIndex", 1)), int(asked.get("pageSize", 15))
        listed = "".join(
            f"<li><a href='{base}{_address(f)}' title='{escape(f.title)}'>{f.title}</a><span>{f.published}</span></li>"
            for f in filed[(page - 1) * size : page * size]
        )
        return Response(f"<ul class='xxgk_nav_list'>{listed}</ul>")

    portal.pages["/site/label/8888"] = fragment
    portal.listings = total
    furnish(portal, SKIN, organ_page(9001, 3))
    return portal


def _address(filing: Filing) -> str:
    return f"/public/9001/{filing.serial}.html"


def _boards(portal: Portal, body: str, organ: int, years: str) -> None:
    labels = {
        2: "政府信息公开指南",
        1: "政府信息公开制度",
        4: "法定主动公开内容",
        3: "政府信息公开年报",
        5: "依申请公开",
    }
    links = "".join(
        f"<li><a href='{organ_page(organ, kind)}'>{label}</a></li>" for kind, label in labels.items()
    )
    for kind, label in labels.items():
        main = f"<h2>{body}</h2><ul>{links}</ul>{years if kind == 3 else '<p>暂无信息</p>'}"
        portal.pages[organ_page(organ, kind)] = Response(frame(portal, SKIN, f"{label}_{body}", main, label))
