"""Third dialects: the same interfaces as other vendors' customers have set them up. Two bodies, three years each."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from urllib.parse import quote

from tests.portals import epoint, gkmlpt, hanweb, jpaas, trs, ucap
from tests.portals.filings import Filing, filings, issuers
from tests.portals.lonsun import SKIN as LONSUN
from tests.portals.server import Request, Response, as_json
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, hexadecimal
from tests.portals.static import TITLE

PLAIN = Skin(lambda key: f"/{key}/", lambda key, serial, day: f"/{key}/{serial}.html")


def six(place: str) -> tuple[Filing, ...]:
    return filings(issuers(place, 2), range(2022, 2025))


def _items(portal: Portal, part: Sequence[Filing], skin: Skin = PLAIN) -> str:
    return "".join(
        f"<li><a href='{skin.article('nianbao', f.serial, f.published)}'>{escape(f.title)}</a><span>{f.published}</span></li>"
        for f in part
    )


def _begin(name: str, place: str, family: str, skin: Skin) -> tuple[Portal, tuple[Filing, ...]]:
    portal = Portal(name, f"{place}人民政府", family, place, region_code="999902")
    filed = six(place)
    file_reports(portal, skin, filed, lambda f: skin.article("nianbao", f.serial, f.published), header="list")
    portal.listings = 4
    return portal, filed


def epoint_script(base: str) -> Portal:
    """The site's id stands in the vendor's script alone; the server gives two rows whatever is asked for."""
    portal, filed = _begin("epoint-script", "抚岭市", "epoint", epoint.SKIN)
    page = "/dynamic/zwgk/govInfoPub.html"
    script = "<div id='list'></div><script>function load(p){Util.ajax({url:siteInfo.rest+'/getgovinfolist',params:{pageIndex:p}});}load(0);</script>"
    portal.pages[page] = Response(
        frame(
            portal,
            epoint.SKIN,
            TITLE,
            script.replace("siteInfo.rest+'", f"'{epoint.REST.rsplit('/', 1)[0]}"),
            TITLE,
        )
    )
    portal.pages["/js/webBuilderCommon.js"] = Response(
        f'var siteInfo={{"siteGuid":"{epoint.GUID}","siteName":"{portal.name}"}};',
        content_type="text/javascript",
    )

    def rest(request: Request) -> Response:
        asked = request.json
        known = (
            isinstance(asked, dict)
            and asked.get("siteGuid") == epoint.GUID
            and asked.get("categorynum") == "003006"
        )
        number = int(asked.get("pageIndex", 0)) if known else 99
        rows = [
            {
                "title": f.title,
                "infourl": epoint.SKIN.article("nianbao", f.serial, f.published),
                "infodate": f.published,
            }
            for f in filed[number * 2 : number * 2 + 2]
        ]
        return as_json({"custom": {"data": rows, "total": str(len(filed))}})

    portal.pages[epoint.REST] = rest
    furnish(portal, epoint.SKIN, page + "?categorynum=003006&deptcode=")
    return portal


def epoint_apart(base: str) -> Portal:
    """As before, and the number of the category stands in the column's script instead of its address."""
    portal = epoint_script(base)
    portal.id, portal.name = "epoint-apart", "抚岭新区管理委员会"
    page = portal.pages.pop("/dynamic/zwgk/govInfoPub.html")
    assert isinstance(page, Response)
    text = str(page.body).replace("<script>function", "<script>var categorynum='003006';function")
    portal.pages["/zwgk/nb.html"] = replace(page, body=text)
    furnish(portal, epoint.SKIN, "/zwgk/nb.html")
    return portal


def hebei_bare(base: str) -> Portal:
    """The list is empty until its block is asked for; nobody says how many pages there are."""
    skin = Skin(
        lambda key: f"/columns/{_uuid(key)}/index.html",
        lambda key, serial, day: f"/columns/{_uuid(key)}/{day[:4]}{day[5:7]}/{day[8:]}/{_uuid(serial)}.html",
    )
    portal, filed = _begin("hebei-bare", "赵岭市", "hebei", skin)
    block = f"/columns/{_uuid('nianbao')}/templates/{_uuid('t')}/blocks/{_uuid('b')}"
    script = f"<ul id='news'></ul><a onclick='more()'>加载更多</a><script>var page=1;function more(){{$.get('{block}',{{page:page++}},function(h){{$('#news').append(h)}});}}more();</script>"
    portal.add(skin.column("nianbao"), frame(portal, skin, TITLE, script, TITLE))

    def fragment(request: Request) -> Response:
        number = int(request.query.get("page", "1"))
        return Response(_items(portal, filed[(number - 1) * 2 : number * 2], skin))

    portal.pages[block] = fragment
    furnish(portal, skin, skin.column("nianbao"))
    return portal


def jpaas_json(base: str) -> Portal:
    """The block's parameters are JSON in lower-case markup; the server gives no more than two rows a page."""
    portal, filed = _begin("jpaas-json", "鄞岭区", "jpaas", jpaas.SKIN)
    column = jpaas.column("nianbao")
    fields = {name: jpaas.FIXED[name] for name in ("webId", "pageId", "tagId", "tplSetId")} | {
        "parseType": "buildstatic"
    }
    main = f"<div class='page-content' querydata='{json.dumps(fields, ensure_ascii=False)}'></div><script src='/jpaas-publish-server/js/page.js'></script>"
    portal.add(column, frame(portal, jpaas.SKIN, TITLE, main, TITLE))

    def block(request: Request) -> Response:
        if any(
            request.query.get(name) != fields[name] for name in fields
        ) or column not in request.headers.get("referer", ""):
            return Response("forbidden", status=403)
        number = int(json.loads(request.query.get("paramJson", "{}")).get("pageNo", 1))
        rows = _items(portal, filed[(number - 1) * 2 : number * 2], jpaas.SKIN)
        pager = f'<div class=\'pagination\' count="{len(filed)}" pageNo="{number}" rows="2"></div>'
        return as_json({"success": True, "data": {"html": f"<ul>{rows}</ul>{pager}"}})

    portal.pages[jpaas.BLOCK] = block
    furnish(portal, jpaas.SKIN, column)
    return portal


def gkmlpt_below(base: str) -> Portal:
    """A department's platform in a folder; the column lies two levels down; addresses are relative, sid is optional."""
    portal, filed = _begin("gkmlpt-below", "罗岭区", "gkmlpt", gkmlpt.SKIN)
    top = "/llqjyj/gkmlpt"
    for filing in filed:
        portal.file(
            f"{top}/content/11/{filing.serial // 1000}/post_{filing.serial}.html",
            filing,
            lambda f: frame(portal, gkmlpt.SKIN, f.title, f.html("list"), TITLE),
        )
    for filing in filed:
        del portal.reports[gkmlpt.SKIN.article("nianbao", filing.serial, filing.published)]
    leaf = {"id": 90317, "name": "信息公开年度报告", "post_count": len(filed), "children": []}
    tree = [
        {
            "id": 90001,
            "name": "政府信息公开",
            "post_count": 0,
            "children": [{"id": 90002, "name": "法定主动公开内容", "children": [leaf]}],
        }
    ]
    furnish(portal, gkmlpt.SKIN, f"{top}/index")
    config = json.dumps({"SID": 757031, "TREE": tree}, ensure_ascii=False, separators=(",", ":"))
    portal.pages[f"{top}/index"] = Response(
        f"<html><head><title>{portal.name}政府信息公开目录</title></head><body><script>window._CONFIG={config};window.x=1;</script></body></html>"
    )
    portal.pages[f"{top}/api/all/90317"] = lambda request: as_json(
        {
            "classify": {"id": 90317, "post_count": len(filed)},
            "articles": [
                {
                    "id": f.serial,
                    "title": f.title,
                    "identifier": f.number,
                    "date": 1706000000,
                    "post_url": f"{top}/content/11/{f.serial // 1000}/post_{f.serial}.html",
                    "url": "",
                }
                for f in (filed if int(request.query.get("page", "1")) < 2 else ())
            ],
        }
    )
    return portal


def hanweb_encrypted(base: str) -> Portal:
    """The numbers in the link to the next group are encrypted; the end is a shell of a few bytes."""
    portal = Portal("hanweb-encrypted", "鲁岭县人民政府", "hanweb", "鲁岭县", region_code="379931")
    filed = six("鲁岭县")
    hanweb.file(portal, filed)
    secret = "9x2b7Q==%2F"

    def group(number: int) -> str:
        link = f"/module/web/jpage/dataproxy.jsp?page={number}&webid=73&path=/&columnid={secret}&unitid={secret}&webname={quote(quote(portal.name))}&permissiontype=0"
        return f'<nextgroup><![CDATA[<a href="{link}"></a>]]></nextgroup>'

    def store(number: int) -> str:
        part = filed[(number - 1) * 2 : number * 2]
        return hanweb.store(part, len(filed), 2, group(number + 1)).replace(
            f"<totalrecord>{len(filed)}</totalrecord><totalpage>3</totalpage>", ""
        )

    portal.add(
        hanweb.column("nianbao"),
        frame(portal, hanweb.SKIN, TITLE, f"<div><script type='text/xml'>{store(1)}</script></div>", TITLE),
    )
    portal.pages["/module/web/jpage/dataproxy.jsp"] = lambda request: (
        Response(store(int(request.query["page"])), content_type="text/xml")
        if secret in request.target and int(request.query["page"]) <= 3
        else hanweb.EMPTY
    )
    portal.listings = 4
    furnish(portal, hanweb.SKIN, hanweb.column("nianbao"))
    return portal


def xxgk_new_skin(base: str) -> Portal:
    """The disclosure module in its newer dress: asked for by GET with requestUrl, rows in div.zfxxgk_list_con."""
    portal = Portal("xxgk-new", "绍岭市人民政府", "hanweb_xxgk", "绍岭市", region_code="339941")
    filed = six("绍岭市")
    hanweb.file(portal, filed)
    column = hanweb.column("nianbao")
    query = "standardXxgk=0&isAllList=1&texttype=1&fbtime=-1&vc_all=&vc_filenumber=&vc_title=&vc_number=&currpage=1&sortfield=,createdatetime:0,orderid:0&infotypeId=B001G001&jdid=149&area=113306000026000000&divid=div88&requestUrl="
    main = f"<div id='div88'></div><script>$('#div88').load('/module/xxgk/search.jsp?{query}'+encodeURIComponent(location.href));</script>"
    portal.add(column, frame(portal, hanweb.SKIN, TITLE, main, TITLE))

    def search(request: Request) -> Response:
        asked = {**request.query, **request.form}
        if (asked.get("infotypeId"), asked.get("jdid")) != ("B001G001", "149"):
            return Response("")
        number = int(asked.get("currpage") or 1)
        rows = "".join(
            f"<li><a href='{hanweb.article('nianbao', f.serial, f.published)}' title='{f.title}'>{f.title[:9]}…</a><span>{f.published}</span></li>"
            for f in filed[(number - 1) * 2 : number * 2]
        )
        pager = f"<span>共3页</span><a href='javascript:gotopage({min(number + 1, 3)})'>下一页</a><a href='javascript:gotopage(3)'>尾页</a>"
        return Response(f"<div class='zfxxgk_list_con'><ul>{rows}</ul></div><div class='page'>{pager}</div>")

    portal.pages["/module/xxgk/search.jsp"] = search
    portal.listings = 4
    furnish(portal, hanweb.SKIN, column)
    return portal


def lonsun_json(base: str) -> Portal:
    """The list is filled from the label's JSON; the first page shows nothing."""
    portal, filed = _begin("lonsun-json", "皖岭县", "lonsun", LONSUN)
    label = "/site/label/8888?IsAjax=1&dataType=JSON&isJson=true&labelName=searchDataList&siteId=6788761&organId=77&type=3&pageSize=2&pageIndex="
    main = f"<ul id='data'></ul><script>var total=6,pageCount=3;$.getJSON('{label}1',function(r){{draw(r.data.data);}});</script>"
    portal.pages["/public/column/77?type=3&action=list"] = Response(frame(portal, LONSUN, TITLE, main, TITLE))

    def rows(request: Request) -> Response:
        number = int(request.query.get("pageIndex", "1"))
        found = [
            {
                "title": f.title,
                "link": base + LONSUN.article("nianbao", f.serial, f.published),
                "createDate": f"{f.published} 09:00:00",
            }
            for f in filed[(number - 1) * 2 : number * 2]
        ]
        return as_json(
            {"status": 1, "data": {"total": len(filed), "pageCount": 3, "pageIndex": number, "data": found}}
        )

    portal.pages["/site/label/8888"] = rows
    furnish(portal, LONSUN, "/public/column/77?type=3&action=list")
    return portal


def trs_wrapped(base: str) -> Portal:
    """Chongqing's createPage; the count of pages comes from parseInt."""
    portal, filed = _begin("trs-wrapped", "渝岭区", "trs", trs.SKIN)
    folder = trs.column("nianbao") + "list/"
    for number in range(3):
        main = f"<ul>{_items(portal, filed[number * 2 : number * 2 + 2], trs.SKIN)}</ul>"
        main += f'<script>var n = parseInt("3"); createPage(n, {number}, "index", "html");</script>'
        for name in [f"index_{number}.html"] if number else ["", "index.html"]:
            portal.add(folder + name, frame(portal, trs.SKIN, TITLE, main, TITLE))
    furnish(portal, trs.SKIN, folder)
    return portal


def ucap_capped(base: str) -> Portal:
    """The interface gives two rows a page whatever is asked for, and nobody but it knows the channel's rows."""
    portal, filed = _begin("ucap-capped", "疆岭市", "ucap", ucap.SKIN)
    channel = hexadecimal("capped")
    main = f"<ul class='list'></ul><script>var channelId='{channel}';$.ajax({{url:'/common/search/'+channelId,data:{{_isAgg:true,_isJson:true,_pageSize:2,page:1}}}});</script>"
    html = frame(portal, ucap.SKIN, TITLE, main, TITLE).replace(
        "</title>", f"</title><meta content='{channel}' name='channelId'>"
    )
    portal.add("/jls/c104567z/xxgk_list.shtml", html)

    def search(request: Request) -> Response:
        number = int(request.query.get("page", "1"))
        results = [
            {
                "title": f.title,
                "url": ucap.SKIN.article("nianbao", f.serial, f.published),
                "publishedTimeStr": f.published,
            }
            for f in filed[(number - 1) * 2 : number * 2]
        ]
        return as_json({"data": {"total": len(filed), "page": number, "rows": 2, "results": results}})

    portal.pages[f"/common/search/{channel}"] = search
    furnish(portal, ucap.SKIN, "/jls/c104567z/xxgk_list.shtml")
    return portal


def numbered(base: str) -> Portal:
    """The count of pages only in a sentence, the addresses of the pages only in a script's function."""
    portal, filed = _begin("numbered", "秦岭县", "generic", PLAIN)
    for number in (1, 2, 3):
        main = f"<ul>{_items(portal, filed[(number - 1) * 2 : number * 2])}</ul><div>共6条 共3页 第{number}页 <a href='javascript:toPage({min(number + 1, 3)})'>下一页</a></div>"
        main += "<script>function toPage(n){location.href = n == 1 ? 'index.html' : 'index_' + n + '.html';}</script>"
        for name in [f"index_{number}.html"] if number > 1 else ["", "index.html"]:
            portal.add(f"/zfxxgk/nb/{name}", frame(portal, PLAIN, TITLE, main, TITLE))
    furnish(portal, PLAIN, "/zfxxgk/nb/")
    return portal


def _uuid(*words: object) -> str:
    digits = hexadecimal("variant", *words)
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


VARIANTS: Mapping[str, Callable[[str], Portal]] = {
    "epoint-script": epoint_script,
    "epoint-apart": epoint_apart,
    "hebei-bare": hebei_bare,
    "jpaas-json": jpaas_json,
    "gkmlpt-below": gkmlpt_below,
    "hanweb-encrypted": hanweb_encrypted,
    "xxgk-new": xxgk_new_skin,
    "lonsun-json": lonsun_json,
    "trs-wrapped": trs_wrapped,
    "ucap-capped": ucap_capped,
    "numbered": numbered,
}
