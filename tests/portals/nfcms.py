"""NFCMS (Guangdong portals): the second page is index_2.html; beside each post stands its mobile twin mpost_."""

from collections.abc import Sequence
from itertools import groupby

from tests.portals import gkmlpt
from tests.portals.filings import Filing, filings, issuers
from tests.portals.server import as_json
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, rows


def column(key: str) -> str:
    return {"platform": "/zwgk/zfxxgk/index.html", "nianbao": "/zwgk/zfxxgknb/index.html"}.get(
        key, f"/{key}/index.html"
    )


SKIN = Skin(
    column,
    lambda key, serial, day: f"/{key}/content/post_{serial}.html",
    mark="<meta name='NFCMS_SITE_ID' content='755099'>",
)


def city(base: str) -> Portal:
    """A folder for each year, each with pages of its own."""
    portal = Portal("nfcms", "惠屿市人民政府", "nfcms", "惠屿市", home="/index.html", region_code="449902")
    filed = filings(issuers("惠屿市", 6), range(2021, 2025))
    years = ""
    for year, of_year in groupby(filed, key=lambda filing: filing.year):
        portal.listings += _listing(portal, f"/zwgk/zfxxgknb/{year}n/", f"{year}年", list(of_year))
        years += f"<li><a href='/zwgk/zfxxgknb/{year}n/index.html'>{year}年</a></li>"
    portal.add(
        column("nianbao"), frame(portal, SKIN, "政府信息公开年报", f"<ul>{years}</ul>", "政府信息公开年报")
    )
    furnish(portal, SKIN, column("nianbao"), label="政府信息公开年度报告")
    portal.traps += (r"/mpost_",)
    return portal


def behind_gkmlpt(base: str) -> Portal:
    """A department's directory platform whose tree sends the visitor to a column of the portal for the reports."""
    portal = Portal(
        "gkmlpt-jump",
        "惠屿市龙门区教育局",
        "gkmlpt",
        "惠屿市龙门区",
        home="/gkmlpt/index",
        region_code="449903",
    )
    filed = filings([f"惠屿市龙门区{name}" for name in ("教育局",)], range(2019, 2025))
    portal.listings = 1 + _listing(portal, "/lmqjyj/xxgknb/", "政府信息公开年报", filed)
    tree = [
        {
            "id": 2001,
            "name": "法定主动公开内容",
            "children": [],
            "parent": 0,
            "post_count": 9,
            "jump_url": "",
        },
        {
            "id": 2002,
            "name": "政府信息公开年报",
            "children": [],
            "parent": 0,
            "post_count": 0,
            "jump_url": f"{base}/lmqjyj/xxgknb/",
        },
    ]
    config = as_json({"SID": 755188, "TREE": tree}).data.decode()
    furnish(portal, SKIN, "/lmqjyj/xxgknb/")
    portal.add(
        portal.home,
        frame(
            portal,
            gkmlpt.SKIN,
            "政府信息公开目录",
            f"<div id='app'></div><script>window._CONFIG={config}</script>",
        ),
    )
    portal.pages["/gkmlpt/api/all/2002"] = portal.pages["/gkmlpt/api/all/2001"] = as_json(
        {"total": 0, "articles": []}
    )
    return portal


def _listing(portal: Portal, folder: str, title: str, filed: Sequence[Filing]) -> int:
    """The pages of one column; how many there are."""
    around = "<div class='news_cont_d_wrap'>{}</div>"
    file_reports(
        portal, SKIN, filed, lambda filing: f"{folder}content/post_{filing.serial}.html", around=around
    )
    pages = [filed[first : first + 4] for first in range(0, len(filed), 4)]
    for number, part in enumerate(pages, start=1):
        listed = rows((f"{folder}content/post_{f.serial}.html", f.title, f.published) for f in part)
        listed += f"<a href='{folder}content/mpost_{part[0].serial}.html'>手机版</a>"
        pager = "".join(f"<a href='{folder}{_page(n)}'>{n}</a>" for n in range(1, len(pages) + 1))
        if number < len(pages):
            pager += f"<a class='next' href='{folder}{_page(number + 1)}'>下一页</a>"
        html = frame(
            portal, SKIN, title, f"<ul>{listed}</ul><div class='page'>{pager}</div>", "政府信息公开年报"
        )
        for name in [_page(number)] if number > 1 else ["", "index.html"]:
            portal.add(folder + name, html)
    return len(pages)


def _page(number: int) -> str:
    return f"index_{number}.html" if number > 1 else "index.html"
