"""Lists whose requests a script writes as objects: JSON within JSON, JSON in a field of a form, a fragment that is loaded."""

import json
from collections.abc import Callable, Mapping, Sequence

from tests.portals.dialects import PLAIN, few
from tests.portals.filings import Filing
from tests.portals.server import Request, Response, as_json
from tests.portals.site import Portal, file_reports, frame, furnish, hexadecimal, rows
from tests.portals.static import TITLE

SIZE = 4


def _begin(name: str, place: str, script: str, shown: int = 0) -> tuple[Portal, tuple[Filing, ...]]:
    """A portal whose column is filled by that script, but for the rows that it shows already."""
    portal = Portal(name, f"{place}人民政府", "generic", place, region_code="459901")
    filed = few(place)
    file_reports(portal, PLAIN, filed, _address)
    main = f"<ul id='list'>{_listed(filed[:shown])}</ul><div id='pager'></div><script>{script}</script>"
    portal.add("/xxgknb/", frame(portal, PLAIN, TITLE, main, TITLE))
    portal.listings = 1 + -(-len(filed) // SIZE) - bool(shown)
    furnish(portal, PLAIN, "/xxgknb/")
    return portal, filed


def _address(filing: Filing) -> str:
    return f"/xxgknb/{filing.serial}.html"


def _listed(filed: Sequence[Filing]) -> str:
    return rows((_address(filing), filing.title, filing.published) for filing in filed)


def irs_list(base: str) -> Portal:
    """TRS's irs/front/list: the filter is an object within the object, and must come back as it is."""
    portal, filed = _begin(
        "irs-list",
        "桂岭市",
        "function getList(pageNo){$.ajax({url:'/irs/front/list',type:'POST',contentType:'application/json',"
        "data:JSON.stringify({code:'189682f495f',pageNo:pageNo,pageSize:4,isPage:true,customFilter:{operator:'and',"
        "properties:[{property:'channel_id',operator:'eq',value:'59993'}]}}),success:function(res){show(res.data)}})}getList(1);",
    )
    wanted = {
        "operator": "and",
        "properties": [{"property": "channel_id", "operator": "eq", "value": "59993"}],
    }

    def answer(request: Request) -> Response:
        asked = request.json
        if (asked.get("code"), asked.get("customFilter"), asked.get("isPage")) != (
            "189682f495f",
            wanted,
            True,
        ):
            return as_json({"code": 500, "data": None})
        number = int(asked.get("pageNo", 1))
        listed = [
            {"DOCTITLE": f.title, "DOCPUBURL": base + _address(f), "save_time": f"{f.published} 10:00:00"}
            for f in filed[(number - 1) * SIZE : number * SIZE]
        ]
        return as_json(
            {"code": 200, "data": {"pager": {"pageNo": number, "total": len(filed)}, "list": listed}}
        )

    portal.pages["/irs/front/list"] = answer
    return portal


def params(base: str) -> Portal:
    """Epoint's getPageInfoListNew: JSON in a field of a form, pages from 0, an answer that is JSON within a string."""
    portal, filed = _begin(
        "params",
        "海岭市",
        "var guid='7eb5f7f1';function load(p){$.ajax({url:'/EpointWebBuilder/rest/frontAppCustomAction/getPageInfoListNew',"
        "type:'post',data:{params:JSON.stringify({siteGuid:guid,categoryNum:'009003',kw:'',pageIndex:p,pageSize:4})}})}load(0);",
    )

    def answer(request: Request) -> Response:
        asked = json.loads(request.form.get("params", "{}"))
        if (asked.get("siteGuid"), asked.get("categoryNum")) != ("7eb5f7f1", "009003"):
            return as_json({"custom": {"count": 0, "infodata": []}})
        first = int(asked["pageIndex"]) * SIZE
        listed = [
            {"title": f.title, "infourl": _address(f), "infodate": f.published}
            for f in filed[first : first + SIZE]
        ]
        said = json.dumps({"custom": {"count": len(filed), "infodata": listed}})
        return Response(json.dumps(said), content_type="text/html;charset=UTF-8")

    portal.pages["/EpointWebBuilder/rest/frontAppCustomAction/getPageInfoListNew"] = answer
    return portal


def loaded(base: str) -> Portal:
    """UCAP's es-search: a fragment of rows that the page loads, whose pager is a script's call."""
    code = hexadecimal("loaded")
    portal, filed = _begin(
        "loaded",
        "锦岭市",
        f"var lmCode='{code}';function turn(n){{$('#list').load('/es-search/search/'+lmCode+'?_template=list&_pageSize=4&page='+n);}}turn(1);",
    )

    portal.family = "ucap"

    def answer(request: Request) -> Response:
        number = int(request.query.get("page", 1))
        part = filed[(number - 1) * SIZE : number * SIZE]
        pager = f"<script>ejscreatePageHTML('pager',9,{number},{SIZE},{len(filed)},turn);</script>"
        return Response(f"<ul>{_listed(part)}</ul>{pager}")

    portal.pages[f"/es-search/search/{code}"] = answer
    return portal


def labelled(base: str) -> Portal:
    """LonSun's label asked by an object, for the pages after the one that stands on the page."""
    portal, filed = _begin(
        "labelled",
        "歙岭县",
        "Ls.pagination('#pager',function(pageIndex){$.ajax({url:'/site/label/8888?IsAjax=1&dataType=html&_='+Math.random(),"
        "data:{labelName:'publicInfoList',siteId:'6781961',pageSize:'4',pageIndex:pageIndex,organId:'1681',type:'3',catId:''}})},"
        "{currentIndex:1,pageCount:3});",
        shown=SIZE,
    )
    portal.family = "lonsun"

    def answer(request: Request) -> Response:
        asked = request.query
        if (asked.get("labelName"), asked.get("organId"), asked.get("type")) != (
            "publicInfoList",
            "1681",
            "3",
        ):
            return Response("")
        number = int(asked.get("pageIndex", 1))
        return Response(f"<ul>{_listed(filed[(number - 1) * SIZE : number * SIZE])}</ul>")

    portal.pages["/site/label/8888"] = answer
    return portal


ASKED: Mapping[str, Callable[[str], Portal]] = {
    "irs-list": irs_list,
    "params": params,
    "loaded": loaded,
    "labelled": labelled,
}
