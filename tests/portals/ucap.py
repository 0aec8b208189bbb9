"""UCAP (Kaipu): createPageHTML with a container, pages counted from 1; or a JSON interface behind a stale list."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.portals.filings import Filing, filings, issuers
from tests.portals.server import Request, Response, as_json
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, hexadecimal, rows

CHANNEL = hexadecimal("channel")


def column(key: str) -> str:
    return f"/yhx/c{100000 + sum(map(ord, key))}/common_list.shtml"


SKIN = Skin(
    column, lambda key, serial, day: f"/yhx/c102429/{day[:4]}{day[5:7]}/{hexadecimal(key, serial)}.shtml"
)


def static(base: str) -> Portal:
    """Pages common_list.shtml, common_list_2.shtml …; the last argument of the call is the number of rows."""
    portal = Portal("ucap", "银河县人民政府", "ucap", "银河县", region_code="239921")
    filed = filings(issuers("银河县", 4), range(2019, 2025))
    _file(portal, filed)
    pages = [filed[first : first + 9] for first in range(0, len(filed), 9)]
    stem = column("nianbao").removesuffix(".shtml")
    for number, part in enumerate(pages, start=1):
        call = f"<div id='page_div'></div><script>createPageHTML('page_div', {len(pages)}, {number}, 'common_list', 'shtml', {len(filed)});</script>"
        listed = rows((_address(filing), filing.title, filing.published) for filing in part)
        html = frame(portal, SKIN, "政府信息公开年报", f"<ul>{listed}</ul>{call}", "政府信息公开年报")
        portal.add(f"{stem}.shtml" if number == 1 else f"{stem}_{number}.shtml", html)
    portal.listings = len(pages)
    furnish(portal, SKIN, column("nianbao"))
    return portal


def interface(base: str) -> Portal:
    """The list on the disk was forgotten years ago; the browser asks /common/search/<channel> for the true one."""
    portal = Portal("ucap-json", "甘泉市人民政府", "ucap", "甘泉市", region_code="629901")
    filed = filings(issuers("甘泉市", 5), range(2020, 2025))
    _file(portal, filed)
    stale = rows((_address(filing), filing.title, filing.published) for filing in filed[-6:])
    path = f"/common/search/{CHANNEL}"
    call = f"<script>$.get('{path}?_isAgg=true&_isJson=true&_pageSize=15&_template=index&_rangeTimeGte=&_channelName=&page=1', fill);</script>"
    metas = f"<meta name='channelId' content='{CHANNEL}'><meta name='code' content='c109217'>"
    html = frame(portal, SKIN, "政府信息公开年报", f"<ul id='list'>{stale}</ul>{call}", "政府信息公开年报")
    portal.add(column("nianbao"), html.replace("</title>", f"</title>{metas}"))

    def search(request: Request) -> Response:
        size, page = int(request.query.get("_pageSize", "15")), int(request.query.get("page", "1"))
        results = [_record(base, filing) for filing in filed[(page - 1) * size : page * size]]
        return as_json(
            {
                "data": {
                    "total": len(filed),
                    "page": page,
                    "rows": size,
                    "channelId": CHANNEL,
                    "results": results,
                }
            }
        )

    portal.pages[path] = search
    portal.listings = 3
    furnish(portal, SKIN, column("nianbao"))
    return portal


def _address(filing: Filing) -> str:
    return SKIN.article("nianbao", filing.serial, filing.published)


def _file(portal: Portal, filed: Sequence[Filing]) -> None:
    around = "<div class='detail_xxgk_info'></div><UCAPCONTENT>{}</UCAPCONTENT>"
    file_reports(portal, SKIN, filed, _address, header="list", around=around)


def _record(base: str, filing: Filing) -> Mapping[str, Any]:
    fields = {"indexnumber": filing.number, "refno": "", "pubdate": filing.published, "source": filing.issuer}
    return {
        "title": filing.title,
        "subTitle": "",
        "url": base + _address(filing),
        "content": filing.title,
        "memo": "",
        "publishedTimeStr": f"{filing.published} 10:00:00",
        "channelName": "政府信息公开年报",
        "domainMetaList": [{"resultList": [{"key": key, "value": value} for key, value in fields.items()]}],
    }
