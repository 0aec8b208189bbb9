"""Hanweb JPaaS: a block of the page is built by an interface that pages inside paramJson only."""

import json
from html import escape

from tests.portals.filings import Filing, filings, issuers
from tests.portals.server import Request, Response, as_json
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, hexadecimal

ROWS = 15
BLOCK = "/api-gateway/jpaas-publish-server/front/page/build/unit"
FIXED = {
    "webId": "3185",
    "pageId": hexadecimal("page"),
    "tagId": "信息列表",
    "tplSetId": hexadecimal("template"),
    "parseType": "bulidstatic",
    "pageType": "column",
    "editType": "null",
}


def column(key: str) -> str:
    return f"/col/col{1229800000 + sum(map(ord, key))}/index.html"


SKIN = Skin(column, lambda key, serial, day: f"/art/{day[:4]}/art_{hexadecimal(key, serial)}.html")


def city(base: str) -> Portal:
    """Only the year is in the address of an article, and the Referer must be the column."""
    portal = Portal("jpaas", "婺溪市人民政府", "jpaas", "婺溪市", region_code="339903")
    filed = filings(issuers("婺溪市", 5), range(2020, 2025))
    file_reports(portal, SKIN, filed, _address)
    attribute = escape(
        str({name: FIXED[name] for name in ("webId", "pageId", "tagId", "tplSetId", "parseType", "pageType")})
    )
    column_page = column("nianbao")
    main = (
        f"<div id='list' class='list-block' url='{BLOCK}' queryData=\"{attribute}\"></div>"
        "<script src='/script/jpaas-publish-server/list.js'></script>"
    )
    portal.add(column_page, frame(portal, SKIN, "政府信息公开年报", main, "政府信息公开年报"))

    def block(request: Request) -> Response:
        asked = request.query
        if column_page not in request.headers.get("referer", ""):
            return Response("forbidden", status=403)
        if any(asked.get(name) != FIXED[name] for name in ("webId", "pageId", "tagId", "tplSetId")):
            return as_json({"success": False, "message": "参数错误"})
        wanted = json.loads(asked.get("paramJson") or "{}")
        page, size = int(wanted.get("pageNo", 1)), min(int(wanted.get("pageSize", ROWS)), 100)
        rows = "".join(
            f"<li><a href='{_address(filing)}' title='{escape(filing.title)}'>{escape(filing.title)}</a><span>{filing.published}</span></li>"
            for filing in filed[(page - 1) * size : page * size]
        )
        pager = f"<div class='pagination' count='{len(filed)}' pageNo='{page}' rows='{size}'></div>"
        return as_json(
            {"success": True, "code": "200", "data": {"html": f"<div><ul>{rows}</ul>{pager}</div>"}}
        )

    portal.pages[BLOCK] = block
    portal.listings = 3
    furnish(portal, SKIN, f"{column_page};jsessionid={hexadecimal('session').upper()}")
    portal.pages[f"{column_page};jsessionid={hexadecimal('session').upper()}"] = portal.pages[column_page]
    portal.traps += ("jsessionid",)
    return portal


def _address(filing: Filing) -> str:
    return f"/art/{filing.published[:4]}/art_{hexadecimal('nianbao', filing.serial)}.html"
