"""Second dialects of the families: small portals that do one thing otherwise than their relatives."""

from collections.abc import Callable, Sequence
from html import escape

from tests.portals import hanweb, trs, ucap
from tests.portals.filings import Filing, filings, issuers
from tests.portals.server import Request, Response, as_json
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, hexadecimal, rows
from tests.portals.static import TITLE, list_pages

PLAIN = Skin(lambda key: f"/{key}/", lambda key, serial, day: f"/{key}/{serial}.html")


def few(place: str) -> tuple[Filing, ...]:
    return filings(issuers(place, 3), range(2022, 2025))


def hanweb_by_page(base: str) -> Portal:
    """The proxy stands at its old address, does not know startrecord, and honours page only."""
    portal = Portal("hanweb-page", "平湖岭县人民政府", "hanweb", "平湖岭县", region_code="339931")
    filed = few("平湖岭县")
    hanweb.file(portal, filed)
    path = "/module/jslib/jquery/jpage/dataproxy.jsp"
    call = (
        f"<script>$('#4711').jpage({{perPage:3,totalRecord:{len(filed)},proxyUrl:'{path}',"
        f"ajaxParam:{{'col':'1','appid':'1','webid':'15','path':'/','columnid':'{hanweb.number('nianbao')}','sourceContentType':'1',"
        f"'unitid':'4711','webname':'{portal.name}','permissiontype':'0'}}}});</script>"
    )
    store = hanweb.store(filed[:3], len(filed), 3)
    html = f"<div id='4711'></div><script type='text/xml'>{store}</script>{call}"
    portal.add(hanweb.column("nianbao"), frame(portal, hanweb.SKIN, TITLE, html, TITLE))

    def proxy(request: Request) -> Response:
        page = int({**request.query, **request.form}.get("page", "1"))
        part = filed[(page - 1) * 3 : page * 3]
        return Response(hanweb.store(part, len(filed), 3), content_type="text/xml") if part else hanweb.EMPTY

    portal.pages[path] = proxy
    portal.listings = 3
    furnish(portal, hanweb.SKIN, hanweb.column("nianbao"))
    return portal


def trs_variables(base: str) -> Portal:
    """No call, but the variables that it would be given; the stem is not index."""
    return _trs(
        "trs-variables",
        "房岭县",
        lambda number, total: (
            f"<script>var currentPage = {number - 1};//所在页从0开始\nvar countPage = {total}//共多少页\nvar stem='list';</script>"
        ),
        lambda number: "list.html" if number == 1 else f"list_{number - 1}.html",
    )


def trs_numbers(base: str) -> Portal:
    """Three numbers (rows, pages, current page) come before the stem."""
    return _trs(
        "trs-numbers",
        "密岭区",
        lambda number, total: (
            f'<script>createPageHTML(9, {total}, {number - 1}, "index_bm", "shtml");</script>'
        ),
        lambda number: "index_bm.shtml" if number == 1 else f"index_bm_{number - 1}.shtml",
    )


def _trs(name: str, place: str, pager: Callable[[int, int], str], page: Callable[[int], str]) -> Portal:
    portal = Portal(name, f"{place}人民政府", "trs", place, region_code="429931")
    filed = few(place)
    folder = trs.column("nianbao")
    list_pages(
        portal,
        trs.SKIN,
        filed,
        lambda filing: f"{folder}{trs.name(filing.serial, filing.published)}",
        lambda number: folder + page(number),
        pager,
        size=3,
    )
    furnish(portal, trs.SKIN, folder + page(1))
    return portal


def trs_json(base: str) -> Portal:
    """The rows stand in a JSON file beside the page (departments of Hubei)."""
    portal = Portal("trs-json", "荆岭市科学技术局", "trs", "荆岭市", region_code="429932")
    filed = filings(["荆岭市科学技术局"], range(2019, 2025))
    folder = trs.column("nianbao")
    file_reports(
        portal, trs.SKIN, filed, lambda f: f"{folder}{trs.name(f.serial, f.published)}", header="list"
    )
    script = "<ul id='list'></ul><script>$.getJSON('./zfxxgknb.json',function(d){for(var i=0;i<d.data.length;i++){add(d.data[i]);}});</script>"
    portal.add(folder, frame(portal, trs.SKIN, TITLE, script, TITLE))
    entries = [
        {
            "url": f"{base}{folder}{trs.name(f.serial, f.published)}",
            "title": f.title,
            "PubDate": f.published,
            "order": place,
        }
        for place, f in enumerate(filed)
    ]
    portal.pages[f"{folder}zfxxgknb.json"] = as_json({"data": entries})
    furnish(portal, trs.SKIN, folder)
    return portal


def ucap_named(base: str) -> Portal:
    """Columns with names of their own: …/gknb/xxgk_list.shtml."""
    portal = Portal("ucap-named", "沭岭县人民政府", "ucap", "沭岭县", region_code="329931")
    filed = few("沭岭县")
    total = 3
    list_pages(
        portal,
        ucap.SKIN,
        filed,
        lambda filing: ucap.SKIN.article("gknb", filing.serial, filing.published),
        lambda number: f"/slx/gknb/xxgk_list{'' if number == 1 else f'_{number}'}.shtml",
        lambda number, _: (
            f'<div id="pages"></div><script>createPageHTML("page_div",{total},{number},"xxgk_list","shtml",{len(filed)});</script>'
        ),
        size=3,
    )
    furnish(portal, ucap.SKIN, "/slx/gknb/xxgk_list.shtml")
    return portal


def ucap_search_list(base: str) -> Portal:
    """The interface has another name, the meta tag lower-case letters, and the list on the disk is empty."""
    portal = Portal("ucap-search", "证岭市监督管理局", "ucap", "证岭市", region_code="119931")
    filed = filings(["证岭市监督管理局"], range(2019, 2025))
    channel = hexadecimal("searchList")
    file_reports(portal, ucap.SKIN, filed, lambda f: f"/zl/c106256/c{f.serial}/content.shtml")
    metas = f"<meta name='channelid' content='{channel}'>"
    path = f"/searchList/{channel}"
    script = f"<ul id='list'></ul><script>var url='{path}?_isAgg=true&_isJson=true&_pageSize=18&_template=index&page=1';load(url);</script>"
    html = frame(portal, ucap.SKIN, TITLE, script, TITLE).replace("</title>", f"</title>{metas}")
    portal.add("/zl/c106256/common_list.shtml", html)

    def search(request: Request) -> Response:
        size, page = int(request.query.get("_pageSize", "18")), int(request.query.get("page", "1"))
        results = [
            {
                "title": f.title,
                "url": f"/zl/c106256/c{f.serial}/content.shtml",
                "publishedTimeStr": f"{f.published} 08:00:00",
            }
            for f in filed[(page - 1) * size : page * size]
        ]
        return as_json({"data": {"total": len(filed), "page": page, "rows": size, "results": results}})

    portal.pages[path] = search
    portal.listings = 2
    furnish(portal, ucap.SKIN, "/zl/c106256/common_list.shtml")
    return portal


def suzhou(base: str) -> Portal:
    """POST /szinf/…/loadData with pageIndex and channel_id; rows have names in capitals."""
    portal = Portal("suzhou", "姑岭市人民政府", "loaddata", "姑岭市", region_code="329932")
    filed = few("姑岭市")
    channel = hexadecimal("channel", "suzhou")
    path = "/szinf/xxgk/interfacesWebZcwj/loadData"
    file_reports(
        portal,
        PLAIN,
        filed,
        lambda f: f"/gl/zfxxgknb/{f.published[:7].replace('-', '')}/{hexadecimal(f.serial)}.shtml",
    )
    script = (
        "<div id='list'></div><script>var channel_id='"
        + channel
        + "';function load(p){$.ajax({type:'POST',url:'"
        + path
        + "',"
        "data:{pageIndex:p,channel_id:channel_id},success:show});}load(1);</script>"
    )
    portal.add("/gl/zfxxgknb/list.shtml", frame(portal, PLAIN, TITLE, script, TITLE))

    def load(request: Request) -> Response:
        if request.method != "POST" or request.form.get("channel_id") != channel:
            return as_json({"data": {"allRow": 0, "totalPage": 0, "list": []}})
        page = int(request.form.get("pageIndex", "1"))
        entries = [
            {
                "TITLE": f.title,
                "URL": f"/gl/zfxxgknb/{f.published[:7].replace('-', '')}/{hexadecimal(f.serial)}.shtml",
                "C_WJBH": "",
                "PUBLISHED_TIME_FORMAT": f.published,
                "C_SYH": f.number,
            }
            for f in filed[(page - 1) * 3 : page * 3]
        ]
        return as_json({"data": {"allRow": len(filed), "totalPage": 3, "list": entries}})

    portal.pages[path] = load
    portal.listings = 4
    furnish(portal, PLAIN, "/gl/zfxxgknb/list.shtml")
    return portal


def eportal_script_pager(base: str) -> Portal:
    """The pager is javascript:next(N) over a form; only the form says which names it sends."""
    skin = Skin(
        lambda key: f"/eportal/ui?pageId={300000 + sum(map(ord, key))}",
        lambda key, serial, day: f"/{key}/{serial}{serial}{serial % 1000:03}/index.shtml",
        mark="<script src='/eportal/uiFramework/huilan-jquery-ui/js/h.js'></script>",
    )
    portal = Portal("eportal-script", "辽岭区人民政府", "eportal", "辽岭区", region_code="219931")
    filed = few("辽岭区")

    def address(filing: Filing) -> str:
        return f"/llq/zwgk/zfxxgknb82/20240116{filing.serial:011}/index.shtml"

    file_reports(portal, skin, filed, address)
    module = hexadecimal("module", "script")

    def listing(request: Request) -> Response:
        number = min(max(int({**request.query, **request.form}.get("currentPage", "1")), 1), 3)
        part = filed[(number - 1) * 3 : number * 3]
        listed = rows((address(f), f.title, f.published) for f in part)
        pager = (
            f"<form name='form{module}' action='/eportal/ui?pageId=300777&moduleId={module}' method='post'>"
            f"<input type='hidden' name='currentPage' value='{number}'><input type='hidden' name='pageSize' value='3'></form>"
            f"<a href='javascript:next({min(number + 1, 3)})'>下一页</a><a href='javascript:next(3)'>尾页</a> 第{number}页/共3页"
        )
        return Response(frame(portal, skin, TITLE, f"<ul>{listed}</ul>{pager}", TITLE))

    portal.pages["/eportal/ui?pageId=300777"] = listing
    portal.pages["/eportal/ui"] = listing
    portal.listings = 3
    furnish(portal, skin, "/eportal/ui?pageId=300777")
    return portal


def renamed_suffix(base: str) -> Portal:
    """JEECMS with a suffix of the owner's choice; below the list stands 1/3 and no link."""
    skin = Skin(lambda key: f"/{key}/index.hrh", lambda key, serial, day: f"/{key}/{serial}.hrh")
    portal = Portal("jeecms-suffix", "晋岭市卫生健康委员会", "generic", "晋岭市", region_code="149931")
    list_pages(
        portal,
        skin,
        few("晋岭市"),
        lambda filing: f"/zfxxgknb/{filing.published[:7].replace('-', '')}/{filing.serial}.hrh",
        lambda number: "/zfxxgknb/index.hrh" if number == 1 else f"/zfxxgknb/index_{number}.hrh",
        lambda number, total: (
            f"<span>{number}/{total}</span><script>var pageCount={total};function gotoPage(n){{location.href='index_'+n+'.hrh';}}</script>"
        ),
        size=3,
    )
    furnish(portal, skin, "/zfxxgknb/index.hrh")
    return portal


def webplus(base: str) -> Portal:
    """WebPlus: /<n>/list.htm, /<n>/list2.htm; the count of pages stands in em.all_pages."""
    skin = Skin(
        lambda key: f"/{1000 + sum(map(ord, key))}/list.htm",
        lambda key, serial, day: f"/{day[:4]}/{day[5:7]}{day[8:]}/c{sum(map(ord, key))}a{serial}/page.htm",
    )
    portal = Portal("webplus", "徽岭市教育局", "generic", "徽岭市", region_code="349931")
    list_pages(
        portal,
        skin,
        few("徽岭市"),
        lambda filing: (
            f"/{filing.published[:4]}/{filing.published[5:7]}{filing.published[8:]}/c4711a{filing.serial}/page.htm"
        ),
        lambda number: f"/4711/list{'' if number == 1 else number}.htm",
        lambda number, total: (
            f"<em class='all_count'>9</em><em class='all_pages'>{total}</em>"
            + (
                f"<a class='next' href='/4711/list{number + 1}.htm'><span>下一页&gt;&gt;</span></a>"
                if number < total
                else ""
            )
        ),
        around="<div class='wp_articlecontent'>{}</div>",
        size=3,
    )
    furnish(portal, skin, "/4711/list.htm")
    return portal


def aspx(base: str) -> Portal:
    """InfoPublic.aspx?cid=1019&page=1: the page numbers are the only way on."""
    skin = Skin(
        lambda key: f"/InfoPublic.aspx?cid={sum(map(ord, key))}",
        lambda key, serial, day: f"/NewsView.aspx?NewsID={serial}&kind={key}",
    )
    portal = Portal("aspx", "滇岭省人力资源和社会保障厅", "generic", "滇岭省", region_code="539931")

    def page(number: int) -> str:
        return f"/InfoPublic.aspx?cid=1019&pid=971&page={number}&kw="

    list_pages(
        portal,
        skin,
        few("滇岭省"),
        lambda filing: f"/InfoDetail.aspx?id={filing.serial}",
        page,
        lambda number, total: "".join(
            f"<a href='{page(n)}'>{n}</a> " if n != number else f"<span>{n}</span> "
            for n in range(1, total + 1)
        ),
        size=3,
    )
    furnish(portal, skin, page(1))
    return portal


def lonsun_show(base: str) -> Portal:
    """Addresses of annual reports of their own: /OpennessAnnualReport/show/<id>.html, listed under the year."""
    skin = Skin(
        lambda key: f"/OpennessInfo/{key}.html",
        lambda key, serial, day: f"/OpennessContent/show/{serial}.html",
    )
    portal = Portal("lonsun-show", "皖岭市林业局", "lonsun", "皖岭市", region_code="349932")
    filed = few("皖岭市")
    file_reports(
        portal,
        skin,
        filed,
        lambda f: f"/OpennessAnnualReport/show/{f.serial}.html",
        around="<div class='j-fontContent'>{}</div>",
    )
    listed = ""
    for year in (2024, 2023, 2022):
        entries = [f for f in filed if f.year == year]
        listed += f"<h3>{year}</h3><ul>{_named(entries)}</ul>"
    portal.add("/OpennessAnnualReport/index.html", frame(portal, skin, TITLE, listed, TITLE))
    furnish(portal, skin, "/OpennessAnnualReport/index.html")
    return portal


def _named(entries: Sequence[Filing]) -> str:
    return "".join(
        f"<li><a href='/OpennessAnnualReport/show/{f.serial}.html'>{escape(f.issuer)}</a></li>"
        for f in entries
    )
