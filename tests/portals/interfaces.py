"""Lists that only an interface gives: search back ends used as a column's list, and ASP.NET's forms."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from tests.portals import trs
from tests.portals.dialects import PLAIN, few
from tests.portals.filings import Filing
from tests.portals.server import Request, Response, as_json
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, hexadecimal, rows
from tests.portals.static import TITLE

SIZE = 4
SEARCH = "<form action='/was5/web/search' method='get'><input name='searchword'><input type='submit'></form>"


def _begin(name: str, place: str) -> tuple[Portal, tuple[Filing, ...], str]:
    """A TRS portal whose column is filled by a script; its header has a box to search in, as every page has."""
    portal = Portal(name, f"{place}人民政府", "trs_search", place, region_code="229901")
    filed = few(place)
    folder = trs.column("nianbao")
    file_reports(portal, trs.SKIN, filed, _address, container="TRS_UEDITOR")
    portal.listings = 1 + -(-len(filed) // SIZE)
    furnish(portal, trs.SKIN, folder)
    return portal, filed, folder


def _address(filing: Filing) -> str:
    return trs.article("nianbao", filing.serial, filing.published)


def _column(portal: Portal, folder: str, script: str) -> None:
    main = f"{SEARCH}<ul id='list'></ul><div id='pager'></div><script>{script}</script>"
    portal.add(folder, frame(portal, trs.SKIN, TITLE, main, TITLE))


def _part(filed: Sequence[Filing], number: int, size: int) -> Sequence[Filing]:
    return filed[(number - 1) * size : number * size]


def igs(base: str) -> Portal:
    """The column's script asks the search for one class of the site, newest first."""
    portal, filed, folder = _begin("igs", "琼岭市")
    code = hexadecimal("igs")
    _column(
        portal,
        folder,
        f"var code='{code}';var siteId=44;function load(p){{$.getJSON('/igs/front/search.jhtml?code={code}&siteId=44"
        f"&pageNumber='+p+'&pageSize={SIZE}&searchWord=&position=TITLE&orderBy=time&timeOrder=desc');}}load(1);",
    )

    def search(request: Request) -> Response:
        asked = request.query
        if (asked.get("code"), asked.get("siteId")) != (code, "44"):
            return as_json({"page": {"content": [], "totalPages": 0}})
        size = min(int(asked.get("pageSize", SIZE)), SIZE)
        part = _part(filed, int(asked.get("pageNumber") or 1), size)
        content = [
            {
                "title": f"<em>{f.title}</em>",
                "url": base + _address(f),
                "trs_time": f"{f.published} 09:00:00",
                "docreltime": f.published,
                "trs_site": portal.name,
            }
            for f in part
        ]
        return as_json({"page": {"content": content, "totalPages": -(-len(filed) // size)}})

    portal.pages["/igs/front/search.jhtml"] = search
    return portal


def irs(base: str) -> Portal:
    """POSTed JSON restricted to the column by its channel_id; orderBy and searchBy must be given."""
    portal, filed, folder = _begin("irs", "吉岭市")
    _column(
        portal,
        folder,
        "var param={code:'17cdd4a0c46',dataTypeId:'745',searchWord:'',tenantId:'12',pageSize:4,orderBy:'time',searchBy:'title',"
        "customFilter:{operator:'and',properties:[{property:'channel_id',operator:'eq',value:'69308'}]}};"
        "$.ajax({url:'/irs/front/search',type:'post',contentType:'application/json',data:JSON.stringify(param)});",
    )

    def search(request: Request) -> Response:
        asked = request.json
        properties = asked.get("customFilter", {}).get("properties", [{}])
        known = (asked.get("code"), asked.get("dataTypeId"), properties[0].get("value"))
        if known != ("17cdd4a0c46", "745", "69308") or not asked.get("orderBy") or not asked.get("searchBy"):
            return as_json({"success": False, "data": None})
        size = min(int(asked.get("pageSize", SIZE)), SIZE)
        number, total = int(asked.get("pageNo", 1)), len(filed)
        data = [
            {
                "title": f.title,
                "title_no_tag": f.title,
                "time": f"{f.published} 10:00:00",
                "url": base + _address(f),
                "source": f.issuer,
            }
            for f in _part(filed, number, size)
        ]
        pager = {"pageNo": number, "pageSize": size, "pageCount": -(-total // size), "total": total}
        return as_json(
            {
                "success": True,
                "data": {"pager": pager, "middle": {"listAndBox": [{"data": one} for one in data]}},
            }
        )

    portal.pages["/irs/front/search"] = search
    return portal


def was5(base: str) -> Portal:
    """POSTed form, answered in XML: the channel is the column."""
    portal, filed, folder = _begin("was5", "航岭市")
    _column(
        portal,
        folder,
        "function go(p){$.post('/was5/web/search',{channelid:'278090',searchword:'',extrasql:'',page:p,prepage:'4'},show);}go(1);",
    )

    def search(request: Request) -> Response:
        asked = request.form
        if asked.get("channelid") != "278090":
            return Response("<RESULT><RECORDCOUNT>0</RECORDCOUNT></RESULT>", content_type="text/xml")
        size = min(int(asked.get("prepage") or SIZE), SIZE)
        records = "".join(
            f"<REC><TITLE><![CDATA[{escape(f.title)}]]></TITLE><URL><![CDATA[{base}{_address(f)}]]></URL>"
            f"<DOCRELTIME>{f.published.replace('-', '.')} 08:00:00</DOCRELTIME></REC>"
            for f in _part(filed, int(asked.get("page") or 1), size)
        )
        return Response(
            f"<?xml version='1.0' encoding='UTF-8'?><RESULT><RECORDCOUNT>{len(filed)}</RECORDCOUNT>{records}</RESULT>",
            content_type="text/xml; charset=utf-8",
        )

    portal.pages["/was5/web/search"] = search
    return portal


ASPX = Skin(
    lambda key: f"/{key}.aspx",
    lambda key, serial, day: f"/NewsView.aspx?kind={key}&id={serial}",
)


def post_back(base: str) -> Portal:
    """The pager sends the whole form back to the page; without its state the server shows the first page."""
    portal = Portal("post-back", "滇岭县人民政府", "generic", "滇岭县", region_code="539932")
    filed = few("滇岭县")
    file_reports(portal, ASPX, filed, lambda f: f"/InfoDetail.aspx?id={f.serial}")
    last = -(-len(filed) // SIZE)

    def listing(request: Request) -> Response:
        form, number = request.form, 1
        if form.get("__VIEWSTATE", "").startswith("/wEP") and form.get("__EVENTTARGET") == "ctl00$Pager":
            number = min(max(int(form.get("__EVENTARGUMENT") or 1), 1), last)
        listed = rows(
            (f"/InfoDetail.aspx?id={f.serial}", f.title, f.published) for f in _part(filed, number, SIZE)
        )
        turn = "<a href=\"javascript:__doPostBack('ctl00$Pager','{}')\">{}</a> "
        numbers = "".join(
            turn.format(n, n) if n != number else f"<span>{n}</span> " for n in range(1, last + 1)
        )
        further = turn.format(number + 1, "下一页") if number < last else "<a disabled='disabled'>下一页</a>"
        state = "".join(
            f"<input type='hidden' name='{name}' id='{name}' value='{value}'>"
            for name, value in (
                ("__EVENTTARGET", ""),
                ("__EVENTARGUMENT", ""),
                ("__VIEWSTATE", f"/wEPDwUK{hexadecimal('state', number)}"),
                ("__EVENTVALIDATION", f"/wEWAw{hexadecimal('valid', number)}"),
            )
        )
        main = (
            f"<form method='post' action='List.aspx?cid=1019' id='aspnetForm'>{state}<ul>{listed}</ul>"
            f"<div class='pager'>{numbers}{further}</div><input type='submit' name='ctl00$Search' value='查询'></form>"
        )
        return Response(frame(portal, ASPX, TITLE, main, TITLE))

    portal.pages["/List.aspx"] = listing
    portal.listings = last
    furnish(portal, ASPX, "/List.aspx?cid=1019")
    return portal


def application(base: str) -> Portal:
    """A page without rows whose script fetches them; they carry an id, of which the page makes an address."""
    return _application(
        "fetched",
        "渝岭区",
        "const channelId=4711;let page=1;function load(){{fetch(`/api/cms/article/page?channelId=${{channelId}}&pageNum=${{page}}&pageSize={size}`)"
        ".then(r=>r.json()).then(show);}}function show(d){{d.rows.map(item=>`<a href='${{'/detail/' + item.id + '.html'}}'>${{item.title}}</a>`);}}load();",
        "GET",
    )


def posting(base: str) -> Portal:
    """The same by POST."""
    return _application(
        "posted",
        "渝北岭区",
        "var channel='4711';function load(n){{$.ajax({{url:'/api/cms/article/page',type:'POST',data:{{channelId:channel,pageNum:n,pageSize:{size}}},"
        "success:function(d){{d.rows.forEach(function(row){{open('/detail/'+row.id+'.html');}});}}}});}}load(1);",
        "POST",
    )


def _application(name: str, place: str, script: str, method: str) -> Portal:
    portal = Portal(name, f"{place}人民政府", "generic", place, region_code="509931")
    filed = few(place)
    file_reports(portal, PLAIN, filed, lambda f: f"/detail/{f.serial}.html")
    main = f"<div id='app'></div><script>{script.format(size=SIZE)}</script>"
    portal.add("/xxgknb/", frame(portal, PLAIN, TITLE, main, TITLE))

    def rows_of(request: Request) -> Response:
        asked = request.form if method == "POST" else request.query
        if request.method != method or asked.get("channelId") != "4711":
            return as_json({"code": 400, "rows": [], "total": 0})
        part = _part(filed, int(asked.get("pageNum") or 1), SIZE)
        listed = [{"id": f.serial, "title": f.title, "publishTime": f"{f.published} 08:00:00"} for f in part]
        return as_json({"code": 200, "total": len(filed), "rows": listed})

    portal.pages["/api/cms/article/page"] = rows_of
    portal.listings = 1 + -(-len(filed) // SIZE)
    furnish(portal, PLAIN, "/xxgknb/")
    return portal


INTERFACES: Mapping[str, Callable[[str], Portal]] = {
    "igs": igs,
    "irs": irs,
    "was5": was5,
    "post-back": post_back,
    "fetched": application,
    "posted": posting,
}
