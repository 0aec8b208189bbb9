"""gkmlpt (Guangdong): the directory is a script's constant, the lists are JSON, the article carries its record."""

import json
from typing import Any

from tests.portals.filings import Filing, filings, issuers
from tests.portals.server import Request, Response, as_json
from tests.portals.site import Portal, Skin, frame, furnish

SID = 755099
COLUMNS = {
    "政府信息公开指南": 1001,
    "政府信息公开制度": 1002,
    "法定主动公开内容": 1003,
    "机构职能": 1010,
    "政府信息公开年报": 1188,
}


def column(key: str) -> str:
    return "/gkmlpt/index" if key == "platform" else f"/{key}/index.html"


SKIN = Skin(column, lambda key, serial, day: f"/{key}/content/post_{serial}.html")


def city(base: str) -> Portal:
    """More than a hundred reports: two pages of the interface; page 0 repeats page 1."""
    portal = Portal("gkmlpt", "南屿市人民政府", "gkmlpt", "南屿市", home="/", region_code="449901")
    filed = filings(issuers("南屿市", 15), range(2018, 2025))
    for filing in filed:
        portal.file(_address(filing), filing, lambda filing: _page(portal, base, filing))
    furnish(portal, SKIN, "/gkmlpt/index#1188")
    portal.add("/gkmlpt/index", _index(portal, len(filed)))

    def listing(request: Request) -> Response:
        page = max(int(request.query.get("page", "1")), 1)
        found = filed[(page - 1) * 100 : page * 100]
        if request.query.get("sid", str(SID)) != str(SID):
            return as_json({"articles": [], "total": 0})
        articles = [_record(base, filing) for filing in found]
        return as_json(
            {
                "classify": {"id": 1188, "name": "政府信息公开年报", "post_count": len(filed)},
                "total": len(filed),
                "articles": articles,
            }
        )

    portal.pages["/gkmlpt/api/all/1188"] = listing
    for number in (0, 1001, 1002, 1003, 1010):
        portal.pages[f"/gkmlpt/api/all/{number}"] = as_json({"articles": [], "total": 0})
    portal.traps += (r"/gkmlpt/api/all/0\b",)
    portal.listings = 2
    return portal


def instances(base: str) -> Portal:
    """Each department has a platform in a folder of its own, to which the banner of every page leads."""
    portal = Portal("gkmlpt-instances", "北屿区人民政府", "gkmlpt", "北屿区", home="/", region_code="449902")
    folders = dict(zip(("", "/jyj", "/mzj", "/czj"), issuers("北屿区", 4), strict=True))
    banner = "".join(f"<a href='{folder}/gkmlpt/index'>{body}</a>" for folder, body in folders.items())
    furnish(portal, SKIN, "/gkmlpt/index#1188")
    for folder, body in folders.items():
        filed = filings([body], range(2021, 2025))
        for filing in filed:
            portal.file(folder + _address(filing), filing, lambda filing: _page(portal, base, filing))
        portal.add(f"{folder}/gkmlpt/index", banner + _index(portal, len(filed)))
        articles = [_record(base + folder, filing) for filing in filed]
        portal.pages[f"{folder}/gkmlpt/api/all/1188"] = as_json({"total": len(filed), "articles": articles})
    portal.add("/", banner + frame(portal, SKIN, portal.name, "<a href='/gkmlpt/index'>政府信息公开</a>"))
    portal.listings = 2 * len(folders)
    return portal


def _address(filing: Filing) -> str:
    return f"/gkmlpt/content/{filing.serial // 1000000}/{filing.serial // 1000}/post_{filing.serial}.html"


def _record(base: str, filing: Filing) -> dict[str, Any]:
    return {
        "id": filing.serial,
        "title": filing.title,
        "identifier": filing.number,
        "document_number": "",
        "publisher": filing.issuer,
        "keywords": "",
        "date": 1706000000 + filing.serial % 1000,
        "display_publish_time": filing.published,
        "first_publish_time": f"{filing.published} 09:00:00",
        "classify_main_name": "政府信息公开年报",
        "classify_genre_name": "报告",
        "classify_theme_name": "综合政务",
        "url": base + _address(filing),
        "post_url": base + _address(filing),
        "attachment": [],
        "abstract": "",
        "is_expired": 0,
        "is_abolished": 0,
    }


def _index(portal: Portal, count: int) -> str:
    nodes = [
        {"id": number, "name": name, "parent": 0, "children": [], "post_count": 3, "jump_url": ""}
        for name, number in COLUMNS.items()
        if number != 1010
    ]
    nodes[2]["children"] = [
        {"id": 1010, "name": "机构职能", "parent": 1003, "children": [], "post_count": 1, "jump_url": ""}
    ]
    nodes[-1]["post_count"] = count
    tree = json.dumps(nodes, ensure_ascii=False)
    config = f"{{SITE_ID: '{SID}', SID: '{SID}', TREE: {tree}, SERVICE_AREA_ID: 755}}"  # a script's object, not JSON
    return frame(
        portal, SKIN, "政府信息公开", f"<div id='app'></div><script>window._CONFIG = {config};</script>"
    )


def _page(portal: Portal, base: str, filing: Filing) -> str:
    detail = json.dumps(
        {"SID": SID, "DETAIL": {**_record(base, filing), "content": filing.body}}, ensure_ascii=False
    )
    detail = detail.replace("</", "<\\/")
    labels = (
        ("索引号", filing.number),
        ("分类", "政府信息公开年报"),
        ("发布机构", filing.issuer),
        ("成文日期", filing.published),
        ("名称", filing.title),
        ("文号", ""),
        ("发布日期", filing.published),
        ("主题词", ""),
    )
    cells = "".join(f"<tr><td class='title'>{label}：</td><td>{value}</td></tr>" for label, value in labels)
    return frame(
        portal,
        SKIN,
        filing.title,
        f"<h1 class='title'>{filing.title}</h1><div class='classify'><table>{cells}</table></div>"
        f"<div class='date-row'>发布日期：{filing.published}</div><div class='article-content'>{filing.body}</div>"
        f"<script>window._CONFIG = {detail};</script>",
    )
