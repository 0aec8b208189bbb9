"""Hanweb classic (大汉版通): the list stands in a script, further groups come from dataproxy.jsp."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from tests.portals.filings import Filing, filings, issuers
from tests.portals.server import Request, Response
from tests.portals.site import Portal, Skin, file_reports, frame, furnish

COLUMNS = {"nianbao": 1229063423, "news": 1229063301, "platform": 1229063380, "wznb": 1229063490}


def column(key: str) -> str:
    return f"/col/col{number(key)}/index.html"


def article(key: str, serial: int, day: str) -> str:
    year, month, date = (int(part) for part in day.split("-"))
    return f"/art/{year}/{month}/{date}/art_{number(key)}_{serial}.html"


def number(key: str) -> int:
    return COLUMNS.get(key) or 1229064000 + sum(map(ord, key))


SKIN = Skin(column, article, mark="<!-- Produced By 大汉网络 大汉版通发布系统 -->")
EMPTY = Response("<?xml version='1.0' encoding='UTF-8'?><datastore></datastore>", content_type="text/xml")


def city(base: str) -> Portal:
    """As the seed's portal runs it: the first group in the page, the next ones by the link in nextgroup."""
    portal = Portal("hanweb", "云溪市人民政府", "hanweb", "云溪市", region_code="339901")
    filed = filings(issuers("云溪市", 4), [2016, *range(2019, 2025)])
    file(portal, filed)
    _listing(portal, "nianbao", "政府信息公开年报", filed, per_page=10, unit=38486, dialect="nextgroup")
    portal.listings = -(-len(filed) // 10)
    furnish(portal, SKIN, column("nianbao"))
    return portal


def county(base: str) -> Portal:
    """A column for each year; no nextgroup, so the groups are asked for by POST as the pager's script does."""
    portal = Portal(
        "hanweb-county", "石门县人民政府", "hanweb", "石门县", home="/index.html", region_code="339921"
    )
    filed = filings(issuers("石门县", 7), range(2022, 2025))
    file(portal, filed)
    links = ""
    for year in range(2024, 2021, -1):
        COLUMNS[f"nianbao{year}"] = 1229070000 + year
        of_year = [filing for filing in filed if filing.year == year]
        _listing(portal, f"nianbao{year}", f"{year}年", of_year, per_page=5, unit=7000 + year, dialect="post")
        links += f"<li><a href='{base.removeprefix('http:')}{column(f'nianbao{year}')}'>{year}年</a></li>"
    portal.add(
        column("nianbao"),
        frame(portal, SKIN, "信息公开年报", f"<ul class='years'>{links}</ul>", "信息公开年报"),
    )
    portal.listings = 6
    furnish(portal, SKIN, "/x/.." + column("nianbao"), label="信息公开年报")
    return portal


def _address(filing: Filing, key: str = "nianbao") -> str:
    return article(key, filing.serial, filing.published)


def file(portal: Portal, filed: Sequence[Filing]) -> None:
    around = (
        "<!--ZJEG_RSS.content.begin--><meta name='ContentStart'>{}<meta name='ContentEnd'><!--ZJEG_RSS.content.end-->"
        "<a href='/module/download/print.jsp?print=1'>打印</a>"
    )
    file_reports(portal, SKIN, filed, _address, around=around)


def _record(filing: Filing) -> str:
    cut = filing.title if len(filing.title) < 22 else filing.title[:20] + "..."
    return (
        f'<record><![CDATA[<li><a href="{_address(filing)}" title=\'{escape(filing.title)}\' target="_blank">{cut}</a>'
        f"<b>[{filing.published}]</b></li>]]></record>"
    )


def store(rows: Sequence[Filing], total: int, per_page: int, following: str = "") -> str:
    """The datastore: rows as records, the count of all rows and pages, the link to the following group."""
    records = "".join(map(_record, rows))
    return (
        f"<datastore>{following}<totalrecord>{total}</totalrecord><totalpage>{-(-total // per_page)}</totalpage>"
        f"<recordset>{records}</recordset></datastore>"
    )


def _listing(
    portal: Portal, key: str, title: str, filed: Sequence[Filing], per_page: int, unit: int, dialect: str
) -> None:
    fields = {
        "col": "1",
        "appid": "1",
        "webid": "149",
        "path": "/",
        "columnid": str(number(key)),
        "sourceContentType": "1",
        "unitid": str(unit),
        "webname": portal.name,
        "permissiontype": "0",
    }

    def nextgroup(page: int) -> str:
        if dialect != "nextgroup" or page * per_page >= len(filed):
            return ""
        query = "&".join(
            f"{name}={quote(quote(value))}" for name, value in fields.items() if name[0] not in "cs"
        )
        query += f"&columnid={number(key)}"
        return f'<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page={page}&{query}"></a>]]></nextgroup>'

    script = "".join(f"'{name}':'{value}'," for name, value in fields.items())
    portal.add(
        column(key),
        frame(
            portal,
            SKIN,
            title,
            f"<div id='{unit}' class='list'><ul></ul></div><script type=\"text/xml\">{store(filed[:per_page], len(filed), per_page, nextgroup(1))}</script>"
            f"<script>$('#{unit}').jpage({{perPage:{per_page},totalRecord:{len(filed)},groupSize:1,"
            f"proxyUrl:'/module/web/jpage/dataproxy.jsp',ajaxParam:{{{script}}}}});</script>",
            title,
        ),
    )

    def proxy(request: Request) -> Response:
        asked = {**request.query, **request.form}
        if asked.get("columnid") != str(number(key)) or asked.get("unitid") != str(unit):
            return previous(request) if previous else EMPTY
        if column(key) not in request.headers.get("referer", ""):
            return EMPTY
        if request.method == "POST":
            first = int(asked.get("startrecord", "1")) - 1
            rows = filed[first : min(int(asked.get("endrecord", "0")), first + 300)]
        else:
            page = int(asked.get("page", "0"))
            rows = filed[page * per_page : (page + 1) * per_page]
        if not rows:
            return EMPTY
        following = nextgroup(int(asked.get("page", "0")) + 1) if request.method == "GET" else ""
        return Response(
            f"<?xml version='1.0' encoding='UTF-8'?>{store(rows, len(filed), per_page, following)}",
            content_type="text/xml",
        )

    found = portal.pages.get("/module/web/jpage/dataproxy.jsp")
    previous = found if callable(found) else None
    portal.pages["/module/web/jpage/dataproxy.jsp"] = proxy
