"""eportal (Huilan): /eportal/ui?pageId=…, pages by currentPage and moduleId; the pager is a script's call."""

from tests.portals.filings import Filing, filings, issuers
from tests.portals.server import Request, Response
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, hexadecimal, rows

MODULE = hexadecimal("module")
PAGE_ID = 408211


def column(key: str) -> str:
    return f"/eportal/ui?pageId={PAGE_ID if key == 'nianbao' else 400000 + sum(map(ord, key))}"


SKIN = Skin(
    column,
    lambda key, serial, day: (
        f"/yxq/zwgk/{key}82/{day.replace('-', '')}17343{serial % 1000000:06}/index.shtml"
    ),
    mark="<script src='/eportal/uiFramework/huilan-jquery-ui/js/huilan.js'></script>",
)


def district(base: str) -> Portal:
    portal = Portal("eportal", "悦溪区人民政府", "eportal", "悦溪区", region_code="219921")
    filed = filings(issuers("悦溪区", 3), range(2021, 2025))
    file_reports(portal, SKIN, filed, _address)
    total = -(-len(filed) // 5)

    def listing(request: Request) -> Response:
        # beyond the end: the last page again
        number = min(max(int(request.query.get("currentPage", "1")), 1), total)
        part = filed[(number - 1) * 5 : number * 5]
        listed = rows((_address(filing), filing.title, filing.published) for filing in part)
        hidden = f"<input type='hidden' name='currentPage' value='{number}'><input type='hidden' name='moduleId' value='{MODULE}'>"
        pager = (
            f"<form action='/eportal/ui?pageId={PAGE_ID}' method='get'>{hidden}</form>"
            f"<a href='/eportal/ui?pageId={PAGE_ID}&currentPage={number + 1}&moduleId={MODULE}&staticRequest=yes'>下一页</a>"
            f"<a href='javascript:next({total})'>尾页</a> 共{total}页"
        )
        return Response(
            frame(
                portal, SKIN, "政府信息公开年报", f"<ul>{listed}</ul><div>{pager}</div>", "政府信息公开年报"
            )
        )

    portal.pages[column("nianbao")] = listing
    for number in range(1, total + 3):
        target = f"/eportal/ui?pageId={PAGE_ID}&currentPage={number}&moduleId={MODULE}&staticRequest=yes"
        portal.pages[target] = listing
    portal.listings = total
    furnish(portal, SKIN, column("nianbao"))
    return portal


def _address(filing: Filing) -> str:
    return SKIN.article("zfxxgknb", filing.serial, filing.published)
