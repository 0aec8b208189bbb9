"""Epoint: the list is POSTed for as JSON, its pages are counted from 0; a missing page says so with status 200."""

from typing import Any

from tests.portals.files import pdf
from tests.portals.filings import Filing, filings, issuers
from tests.portals.server import Request, Response, as_json
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, hexadecimal, rows

GUID = "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"
REST = "/EWB-FRONT/rest/lightfrontaction/getgovinfolist"


def column(key: str) -> str:
    number = "003006" if key == "nianbao" else f"00{sum(map(ord, key)) % 10000:04}"
    return (
        f"/dynamic/zwgk/govInfoPub.html?categorynum={number}&deptcode="
        if key == "nianbao"
        else f"/{key}/{number}/list.html"
    )


def _uuid(*words: object) -> str:
    digits = hexadecimal(*words)
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


SKIN = Skin(
    column,
    lambda key, serial, day: f"/{key}/{day}/{_uuid(key, serial)}.html",
    mark="<script src='/js/webBuilderCommon.js'></script>",
)


def city(base: str) -> Portal:
    portal = Portal("epoint", "营川市人民政府", "epoint", "营川市", region_code="219901")
    filed = filings(issuers("营川市", 3), range(2021, 2025))
    file_reports(portal, SKIN, filed, _address, around="<div class='ewb-article'>{}</div>")
    shell = (
        "<div class='ewb-list' id='govlist'></div><div id='page'></div>"
        f"<script>var siteInfo={{siteGuid:'{GUID}'}};var categorynum='003006';var deptcode='';"
        f"$.ajax({{url:'{REST}',type:'post',contentType:'application/json',data:JSON.stringify({{deptcode:deptcode,"
        "categorynum:categorynum,pageIndex:0,pageSize:15,siteGuid:siteInfo.siteGuid})});</script>"
    )
    page = Response(frame(portal, SKIN, "政府信息公开年报", shell, "政府信息公开年报"))
    portal.pages["/dynamic/zwgk/govInfoPub.html"] = page
    script = f"var siteInfo = {{siteGuid: '{GUID}', siteName: '{portal.name}'}};"
    portal.pages["/js/webBuilderCommon.js"] = Response(script, content_type="application/javascript")

    def rest(request: Request) -> Response:
        asked: dict[str, Any] = request.json
        if request.method != "POST" or asked.get("siteGuid") != GUID or asked.get("categorynum") != "003006":
            return as_json({"custom": {"data": [], "total": 0}})
        page, size = int(asked.get("pageIndex", 0)), min(int(asked.get("pageSize", 15)), 50)
        listed = [
            {
                "title": filing.title,
                "realtitle": filing.title,
                "infourl": _address(filing),
                "visiturl": "",
                "linkurl": "",
                "infodate": filing.published,
                "categoryname": "政府信息公开年报",
            }
            for filing in filed[page * size : (page + 1) * size]
        ]
        return as_json(
            {"custom": {"data": listed, "total": len(filed)}, "status": {"code": "200", "text": ""}}
        )

    portal.pages[REST] = rest
    portal.listings = 2
    furnish(portal, SKIN, column("nianbao"))
    return portal


def _address(filing: Filing) -> str:
    return f"/govxxgk/003006/{filing.published}/{_uuid(filing.serial)}.html"


def departments(base: str) -> Portal:
    """A shell for each department; one script of the vendor's says for all of them where the interface is."""
    portal = Portal("epoint-depts", "徐川市人民政府", "epoint", "徐川市", region_code="329903")
    bodies = issuers("徐川市", 3)
    filed = filings(bodies, range(2022, 2025))
    file_reports(portal, SKIN, filed, _address, around="<div class='ewb-article'>{}</div>")
    shell, rest = "/dynamic/zwgk/govInfoPub.html", "/rest/lightfrontaction/getgovinfolist"
    script = (
        "<script>$.ajax({type:'post',contentType:'application/json',url:siteInfo.projectName+'"
        + rest
        + "',data:"
        "JSON.stringify({deptcode:deptcode,categorynum:categorynum,pageIndex:0,pageSize:15,siteGuid:siteInfo.siteGuid})})</script>"
    )
    portal.pages[shell] = Response(frame(portal, SKIN, TITLE, f"<div id='govlist'></div>{script}", TITLE))
    listed = "".join(
        f"<li><a href='{shell}?categorynum=003006&deptcode={number}'>{body}</a></li>"
        for number, body in enumerate(bodies)
    )
    portal.add(column("platform-nb"), frame(portal, SKIN, TITLE, f"<ul>{listed}</ul>", TITLE))
    said = f"var siteInfo = {{siteGuid: '{GUID}', projectName: '/EWB_XC_Mid'}};"
    portal.pages["/js/webBuilderCommon.js"] = Response(said, content_type="application/javascript")

    def answer(request: Request) -> Response:
        asked: dict[str, Any] = request.json
        body = bodies[int(asked["deptcode"])] if asked.get("siteGuid") == GUID else ""
        data = [
            {"title": one.title, "infourl": _address(one), "infodate": one.published}
            for one in filed
            if one.issuer == body
        ]
        return as_json({"custom": {"data": data, "total": len(data)}})

    portal.pages["/EWB_XC_Mid" + rest] = answer
    portal.listings = 2 + 2 * len(bodies)
    furnish(portal, SKIN, column("platform-nb"))
    return portal


def shells(base: str) -> Portal:
    """Each report's page is a shell that asks an interface for the text; one body's are PDF, which that names."""
    portal = Portal("epoint-shells", "辽川市人民政府", "epoint", "辽川市", region_code="219903")
    filed = filings(issuers("辽川市", 3), range(2022, 2025))
    rest = "/EWB-FRONT/rest/commonapiaction/getgovinfodetail"
    script = (
        f"<div id='content'></div><script>var infoGuid=Util.getUrlParams('infoGuid');$.ajax({{url:'{rest}',type:'post',"
        f"contentType:'application/json',data:JSON.stringify({{infoGuid:infoGuid,siteGuid:'{GUID}'}}),success:show}});</script>"
    )
    by_guid = {_uuid(filing.serial): filing for filing in filed}
    listed = rows((_shell(filing), filing.title, filing.published) for filing in filed)
    portal.add(column("nianbao"), frame(portal, SKIN, TITLE, f"<ul>{listed}</ul>", TITLE))
    portal.pages["/govxxgk/showinfo.html"] = Response(frame(portal, SKIN, "信息公开", script), lasting=True)

    def detail(request: Request) -> Response:
        filing = by_guid.get(request.json.get("infoGuid", ""))
        if request.method != "POST" or filing is None or request.json.get("siteGuid") != GUID:
            return as_json({"custom": {}, "status": {"text": "您访问的页面不存在"}})
        told = {"title": filing.title, "infodate": filing.published, "deptname": filing.issuer}
        if filing.issuer == filed[-1].issuer:
            told |= {"infotype": "pdf", "pdflist": [{"url": f"/files/{filing.serial}.pdf"}]}  # type: ignore[dict-item]
        else:
            told |= {"infocontent": f"<div class='ewb-article'>{filing.body}</div>"}
        return as_json({"custom": told, "status": {"code": "200"}})

    portal.pages[rest] = detail
    for filing in filed:
        portal.reports[_shell(filing)] = filing
        file = Response(pdf(filing.truth), content_type="application/pdf", lasting=True)
        portal.pages[f"/files/{filing.serial}.pdf"] = file
    portal.listings = 1 + 2 * len(filed)  # a shell, and what it asks
    furnish(portal, SKIN, column("nianbao"))
    return portal


TITLE = "政府信息公开年报"


def _shell(filing: Filing) -> str:
    return f"/govxxgk/showinfo.html?infoGuid={_uuid(filing.serial)}"
