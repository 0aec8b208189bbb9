"""Families whose lists are plain pages, and differ in how these are named and counted."""

from collections.abc import Callable, Sequence
from functools import partial

from tests.portals.filings import Filing, filings, issuers
from tests.portals.server import Request, Response, as_json
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, hexadecimal, rows

TITLE = "政府信息公开年报"


def jeecms(base: str) -> Portal:
    """…/index.jhtml, index_2.jhtml; the suffix is a setting of the system."""
    skin = Skin(lambda key: f"/{key}/index.jhtml", lambda key, serial, day: f"/c/www/{key}/{serial}.jhtml")
    portal = Portal("jeecms", "孝昌市人民政府", "jeecms", "孝昌市", region_code="429903")
    filed = filings(issuers("孝昌市", 3), range(2021, 2025))
    list_pages(
        portal,
        skin,
        filed,
        lambda filing: f"/c/www/{filing.year}nszfnb/{filing.serial}.jhtml",
        lambda number: "/nianbao/index.jhtml" if number == 1 else f"/nianbao/index_{number}.jhtml",
        lambda number, total: (
            f"{number}/{total} "
            + (
                f"<a href='index_{number + 1}.jhtml'>下一页</a>"
                if number < total
                else "<a disabled>下一页</a>"
            )
        ),
    )
    furnish(portal, skin, skin.column("nianbao"))
    return portal


def vsb(base: str) -> Portal:
    """The first page is <column>.htm, the others count down: of five pages the second is <column>/4.htm."""
    skin = Skin(
        lambda key: f"/{key}.htm", lambda key, serial, day: f"/info/{1000 + sum(map(ord, key))}/{serial}.htm"
    )
    portal = Portal("vsb", "临安河县人民政府", "vsb", "临安河县", region_code="539921")
    filed = filings(issuers("临安河县", 3), range(2021, 2025))
    total = -(-len(filed) // 5)

    def name(number: int) -> str:
        return "/zfxxgk/zfxxgknb.htm" if number == 1 else f"/zfxxgk/zfxxgknb/{total - number + 1}.htm"

    list_pages(
        portal,
        skin,
        filed,
        lambda filing: f"/info/1648/{filing.serial}.htm",
        name,
        lambda number, total: (
            f"<span class='p_next'><a href='{name(number + 1)}'>下页</a></span>" if number < total else ""
        ),
        around="<div id='vsb_content'><div class='v_news_content'>{}</div></div>",
        size=5,
    )
    furnish(portal, skin, "/zfxxgk/zfxxgknb.htm", label="公开年报")
    return portal


def shanghai(base: str) -> Portal:
    """Sections by number, the count of pages in a script, no meta tags."""
    skin = Skin(
        lambda key: f"/nw{20000 + sum(map(ord, key))}/index.html",
        lambda key, serial, day: (
            f"/nw{30000 + sum(map(ord, key))}/{day.replace('-', '')}/{hexadecimal(serial)}.html"
        ),
        metas=False,
    )
    portal = Portal("shanghai", "申江市人民政府", "shanghai", "申江市", region_code="319901")
    filed = filings(issuers("申江市", 4), range(2022, 2025))
    years = ""
    for year in range(2024, 2021, -1):
        folder = f"/nw{12340 + year - 2020}/"
        of_year = [filing for filing in filed if filing.year == year]
        list_pages(
            portal,
            skin,
            of_year,
            partial(_dated, folder),
            partial(_numbered, folder),
            lambda number, total: (
                f"<ul class='pagination'></ul><script>$('.pagination').pagination({{currentPage:{number},totalPage:{total}}});</script>"
            ),
            around="<div id='ivs_content' class='Article_content'>{}</div>",
            size=3,
            title=f"{year}年",
        )
        years += f"<li><a href='{folder}index.html'>{year}年</a></li>"
    portal.add(skin.column("nianbao"), frame(portal, skin, TITLE, f"<ul>{years}</ul>"))
    furnish(portal, skin, skin.column("nianbao"))
    return portal


def _dated(folder: str, filing: Filing) -> str:
    return f"{folder}{filing.published.replace('-', '')}/{hexadecimal(filing.serial)}.html"


def _numbered(folder: str, number: int) -> str:
    return f"{folder}index.html" if number == 1 else f"{folder}index_{number}.html"


def hebei(base: str) -> Portal:
    """Columns and articles have uuids for names; the block of the list is asked for by page and comes as a fragment."""
    skin = Skin(
        lambda key: f"/columns/{_uuid(key)}/index.html",
        lambda key, serial, day: f"/columns/{_uuid(key)}/{day[:4]}{day[5:7]}/{day[8:]}/{_uuid(serial)}.html",
    )
    portal = Portal("hebei", "燕赵市人民政府", "hebei", "燕赵市", region_code="139901")
    filed = filings(issuers("燕赵市", 3), range(2021, 2025))

    def address(filing: Filing) -> str:
        return "/zfxxgk" + skin.article("nianbao", filing.serial, filing.published)

    file_reports(portal, skin, filed, address, header="list")
    block = f"/columns/{_uuid('nianbao')}/templates/{_uuid('template')}/blocks/{_uuid('block')}"
    total = -(-len(filed) // 5)

    def fragment(number: int) -> str:
        part = filed[(number - 1) * 5 : number * 5]
        return "".join(
            f"<li><a href='{address(f)}' title='{f.title}'>{f.title[:12]}…</a><span class='date'>{f.published}</span></li>"
            for f in part
        )

    script = f"<div class='pagebar' data-total='{total}'></div><script>var blockUrl='{block}';loadPage(blockUrl+'?page=',1,{total});</script>"
    html = frame(
        portal, skin, TITLE, f"<ul class='list' data-url='{block}?page=1'>{fragment(1)}</ul>{script}", TITLE
    )
    portal.add(f"/zfxxgk/columns/{_uuid('nianbao')}/index.html", html)
    portal.pages[block] = lambda request: Response(
        f"<ul>{fragment(int(request.query.get('page', '1')))}</ul>"
    )
    portal.listings = total
    furnish(portal, skin, f"/zfxxgk/columns/{_uuid('nianbao')}/index.html")
    return portal


def ilist(base: str) -> Portal:
    """/info/iList.jsp?node_id=…&cat_id=…&cur_page=N; the header is one table of “label：value” cells."""
    skin = Skin(
        lambda key: f"/info/iList.jsp?node_id=GKmzs&cat_id={15900 + sum(map(ord, key))}",
        lambda key, serial, day: f"/info/{15900 + sum(map(ord, key))}/{serial}.htm",
    )
    portal = Portal("ilist", "梅岭市人民政府", "ilist", "梅岭市", region_code="449904")
    filed = filings(issuers("梅岭市", 3), range(2021, 2025))
    total = -(-len(filed) // 5)

    def name(number: int) -> str:
        return f"/info/iList.jsp?node_id=GKmzs&cat_id=15971&cur_page={number}"

    list_pages(
        portal,
        skin,
        filed,
        lambda filing: f"/info/15971/{filing.serial}.htm",
        name,
        lambda number, total: (
            f"第{number}/{total}页 " + (f"<a href='{name(number + 1)}'>下一页</a>" if number < total else "")
        ),
        around="<div class='ewb-article-detail'>{}</div>",
        size=5,
    )
    portal.pages["/info/iList.jsp?node_id=GKmzs&cat_id=15971"] = portal.pages[name(1)]
    portal.pages[name(total + 1)] = portal.pages[name(total)]  # beyond the end: the last page again
    furnish(portal, skin, "/info/iList.jsp?node_id=GKmzs&cat_id=15971")
    return portal


def truecms(base: str) -> Portal:
    """The first rows stand in #initData, all of them behind a JSONP interface that answers a datastore."""
    skin = Skin(
        lambda key: f"/{key}/{key}.html",
        lambda key, serial, day: f"/{key}/content/{hexadecimal(serial)}.html",
    )
    portal = Portal("truecms", "通河市人民政府", "truecms", "通河市", region_code="329901")
    filed = filings(issuers("通河市", 3), range(2021, 2025))
    channel = _uuid("nianbao")

    def address(filing: Filing) -> str:
        return skin.article("xxgknb", filing.serial, filing.published)

    def store(part: Sequence[Filing]) -> str:
        records = "".join(
            f"<record><![CDATA[<li><a href='{address(f)}' title='{f.title}'>{f.title}</a><span>{f.published}</span></li>]]></record>"
            for f in part
        )
        return (
            f"<datastore><totalrecord>{len(filed)}</totalrecord><recordset>{records}</recordset></datastore>"
        )

    file_reports(portal, skin, filed, address)
    path = "/truecms/messageController/getMessage.do"
    script = (
        f"<script type='text/xml' id='initData'>{store(filed[:5])}</script>"
        f"<script>var columnId='{channel}';$('#list').page({{url:'{path}',columnId:'{channel}',perpage:5,totalRecord:{len(filed)}}});</script>"
    )
    portal.add("/xxgknb/xxgknb.html", frame(portal, skin, TITLE, f"<ul id='list'></ul>{script}", TITLE))

    def message(request: Request) -> Response:
        asked = request.query
        if asked.get("columnId") != channel or "/xxgknb/" not in request.headers.get("referer", ""):
            return Response("cb({})", content_type="application/javascript")
        first = int(asked.get("startrecord", "1")) - 1
        last = min(int(asked.get("endrecord", "0")), first + 50)
        return as_json({"result": store(filed[first:last])}, asked.get("callback", "cb"))

    portal.pages[path] = message
    portal.listings = -(-len(filed) // 5)
    furnish(portal, skin, "/xxgknb/xxgknb.html")
    return portal


def _uuid(*words: object) -> str:
    digits = hexadecimal(*words)
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def list_pages(
    portal: Portal,
    skin: Skin,
    filed: Sequence[Filing],
    address: Callable[[Filing], str],
    name: Callable[[int], str],
    pager: Callable[[int, int], str],
    around: str = "{}",
    size: int = 5,
    title: str = TITLE,
) -> None:
    """The reports, and the pages that list them: page `number` of `total` at name(number), pager(number, total) below."""
    file_reports(portal, skin, filed, address, around=around)
    pages = [filed[first : first + size] for first in range(0, len(filed), size)]
    for number, part in enumerate(pages, start=1):
        listed = rows((address(filing), filing.title, filing.published) for filing in part)
        main = f"<ul class='list'>{listed}</ul><div class='page'>{pager(number, len(pages))}</div>"
        portal.add(name(number), frame(portal, skin, title, main, TITLE))
    portal.listings += len(pages)
