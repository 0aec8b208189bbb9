"""Reports that a visitor reaches by choosing or clicking what has no address of its own: pickers, trees, tabs, encoded words."""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from itertools import groupby
from urllib.parse import quote

from tests.portals.dialects import PLAIN
from tests.portals.filings import Filing, filings, issuers
from tests.portals.server import Request, Response, as_json
from tests.portals.site import Portal, file_reports, frame, furnish, rows
from tests.portals.static import TITLE


def _address(filing: Filing) -> str:
    return f"/gk/nb/{filing.year}/{filing.serial}.html"


def _begin(
    name: str, place: str, column: str = "/gk/nb/", first_year: int = 2022
) -> tuple[Portal, tuple[Filing, ...]]:
    portal = Portal(name, f"{place}人民政府", "generic", place, region_code="459911")
    filed = filings(issuers(place, 3), range(first_year, 2025))
    file_reports(portal, PLAIN, filed, _address)
    furnish(portal, PLAIN, column)
    return portal, filed


def _page(portal: Portal, main: str) -> str:
    return frame(portal, PLAIN, TITLE, main, TITLE)


def _by_body(filed: Sequence[Filing]) -> dict[str, list[Filing]]:
    """By a key for each body, its reports."""
    ordered = sorted(filed, key=lambda filing: filing.issuer)
    groups = groupby(ordered, lambda filing: filing.issuer)
    return {f"org{number}": list(group) for number, (_, group) in enumerate(groups)}


def _listed(filed: Sequence[Filing]) -> str:
    return f"<ul>{rows((_address(filing), filing.title, filing.published) for filing in filed)}</ul>"


def _options(bodies: Mapping[str, Sequence[Filing]]) -> str:
    return "".join(f"<option value='{key}'>{filed[0].issuer}</option>" for key, filed in bodies.items())


def _for_body(portal: Portal, bodies: Mapping[str, Sequence[Filing]], request: Request) -> Response:
    return Response(_page(portal, _listed(bodies.get(request.query.get("org", ""), ()))), lasting=True)


def blank_option(base: str) -> Portal:
    """The picker's form is sent when a body is chosen; its blank option only asks to choose one."""
    portal, filed = _begin("blank-option", "梅陇岭市")
    bodies = _by_body(filed)
    form = "<form action='list.jsp'><input type='hidden' name='cat' value='971'><select name='org' onchange='this.form.submit()'>"
    portal.add(
        "/gk/nb/", _page(portal, f"{form}<option value=''>请选择</option>{_options(bodies)}</select></form>")
    )
    portal.pages["/gk/nb/list.jsp"] = partial(_for_body, portal, bodies)
    portal.listings = 1 + len(bodies)
    return portal


def folders_in_a_picker(base: str) -> Portal:
    """The picker's function puts ../../ before the folder that was chosen, where a column of years stands."""
    portal, filed = _begin("picked-folder", "坪岭县", "/gk/column/nb/")
    options = ""
    for key, own in _by_body(filed).items():
        options += f"<option value='{key}/zfxxgknb/'>{own[0].issuer}</option>"
        years = "".join(f"<li><a href='{_address(filing)}'>{filing.year}年</a></li>" for filing in own)
        portal.add(f"/gk/{key}/zfxxgknb/", _page(portal, f"<ul>{years}</ul>"))
    script = "<script>function jump(folder){location.href='../../'+folder}</script>"
    main = f"<select onchange='jump(this.value)'><option>请选择</option>{options}</select>{script}"
    portal.add("/gk/column/nb/", _page(portal, main))
    portal.listings = 1 + len(_by_body(filed))
    portal.traps += (r"^/gk/column/nb/org",)  # what is chosen, without what the function puts before it
    return portal


def two_pickers(base: str) -> Portal:
    """A button leads to an address that is put together of two pickers; a blank year stands for all."""
    portal, filed = _begin("two-pickers", "双流岭县")
    bodies = _by_body(filed)
    years = "".join(f"<option value='{year}'>{year}年</option>" for year in range(2022, 2025))
    portal.add(
        "/gk/nb/",
        _page(
            portal,
            f"<select id='org'><option value=''>请选择单位</option>{_options(bodies)}</select>"
            f"<select id='year'><option value=''>全部</option>{years}</select><input type='button' onclick='query()'>"
            "<script>function query(){var year=$('#year').val();"
            "window.location.href='/gk/nb/list.jsp?org='+$('#org').val()+'&year='+year;}</script>",
        ),
    )
    portal.pages["/gk/nb/list.jsp"] = partial(_for_body, portal, bodies)
    portal.listings = 1 + len(bodies)
    return portal


def tabs_of_years(base: str) -> Portal:
    """A tab hands its year to an interface that gives the whole list of it, without counting pages."""
    portal, filed = _begin("year-tabs", "标溪县")
    tabs = "".join(f"<span class='tab' data-year='{year}'>{year}年</span>" for year in range(2022, 2025))
    script = (
        "$('.tab').click(function(){var year=$(this).data('year');"
        "$.post('/gk/nb/getList',{year:year,type:'nb'},function(html){$('#box').html(html)})});"
    )
    portal.add("/gk/nb/", _page(portal, f"<div>{tabs}</div><div id='box'></div><script>{script}</script>"))

    def answer(request: Request) -> Response:
        of_year = [filing for filing in filed if str(filing.year) == request.form.get("year")]
        listed = "".join(f"<li><a href='{_address(one)}'>{one.issuer}</a></li>" for one in of_year)
        return Response(f"<ul>{listed}</ul>")

    portal.pages["/gk/nb/getList"] = answer
    portal.listings = 4
    return portal


def asked_tree(base: str) -> Portal:
    """zTree asks an interface for its nodes; a click on one leads to the list of a body."""
    portal, filed = _begin("asked-tree", "树溪市")
    bodies = _by_body(filed)
    script = (
        "var setting={async:{enable:true,url:'/gk/nodes',autoParam:['id']},callback:{onClick:function(event,id,node)"
        "{$('#right').attr('src','/gk/nb/list.jsp?org='+node.id)}}};$.fn.zTree.init($('#tree'),setting);"
    )
    portal.add("/gk/nb/", _page(portal, f"<ul id='tree' class='ztree'></ul><script>{script}</script>"))
    nodes = [{"id": key, "pId": "0", "name": own[0].issuer} for key, own in bodies.items()]
    portal.pages["/gk/nodes"] = as_json(nodes)
    portal.pages["/gk/nb/list.jsp"] = partial(_for_body, portal, bodies)
    portal.listings = 2 + len(bodies)
    return portal


def posted_tree(base: str) -> Portal:
    """The nodes of an ASP.NET tree are posted back to its page, which shows the chosen body's reports."""
    portal, filed = _begin("posted-tree", "点溪县", "/gk/nb.aspx", 2018)
    bodies = _by_body(filed)

    def answer(request: Request) -> Response:
        chosen = request.form.get("__EVENTARGUMENT", "") if request.form.get("__VIEWSTATE") == "dDw7" else ""
        hidden = "".join(
            f"<input type='hidden' name='{name}' value='{value}'>"
            for name, value in (("__EVENTTARGET", ""), ("__EVENTARGUMENT", ""), ("__VIEWSTATE", "dDw7"))
        )
        nodes = "".join(
            f"<a href=\"javascript:__doPostBack('Tree','{key}')\">{own[0].issuer}</a>"
            for key, own in bodies.items()
        )
        form = f"<form method='post' action='/gk/nb.aspx'>{hidden}{nodes}</form>"
        return Response(_page(portal, form + _listed(bodies.get(chosen, ()))), lasting=True)

    portal.pages["/gk/nb.aspx"] = answer
    portal.listings = 1 + len(bodies)
    return portal


def _encoded(words: str) -> str:
    return b64encode(words.encode()).decode()


def in_base64(base: str) -> Portal:
    """Rows and pager hand their addresses to the page's functions in base64."""
    portal, filed = _begin("base64", "码溪县", "/gk/list.jsp")
    script = "<script>function openDoc(u){window.open(atob(u))} function goPage(s){location.href='/gk/list.jsp?'+window.atob(s)}</script>"

    def answer(request: Request) -> Response:
        number = int(request.query.get("page", 1))
        part = filed[(number - 1) * 4 : number * 4]
        listed = "".join(
            f"<li><a href='javascript:;' onclick=\"openDoc('{_encoded(_address(one))}')\">{one.title}</a> {one.published}</li>"
            for one in part
        )
        on = f"<a href='javascript:;' onclick=\"goPage('{_encoded(f'page={number + 1}')}')\">下一页</a>"
        return Response(_page(portal, f"<ul>{listed}</ul>{on if number * 4 < len(filed) else ''}{script}"))

    portal.pages["/gk/list.jsp"] = answer
    portal.listings = 1 + -(-len(filed) // 4)
    return portal


def through_a_redirect_page(base: str) -> Portal:
    """Rows lead through the site's own redirect page, which names their address; the footer has an archive of months."""
    portal, filed = _begin("redirect-page", "鲁溪市")
    links = (
        (f"/visit/link.do?url={quote(base + _address(f), safe='')}&q=", f.title, f.published) for f in filed
    )
    months = "".join(f"<a href='/archive/2024{month:02}'>2024年{month}月</a>" for month in range(1, 13))
    portal.add("/gk/nb/", _page(portal, f"<ul>{rows(links)}</ul><div>{months}</div>"))
    portal.traps += (r"^/visit/", r"^/archive/")
    return portal


def short_names(base: str) -> Portal:
    """A script holds the rows of each year as objects whose names say nothing."""
    portal, filed = _begin("short-names", "短溪县")
    held = {
        str(year): [
            {"n": one.issuer, "u": _address(one), "d": one.published} for one in filed if one.year == year
        ]
        for year in range(2022, 2025)
    }
    script = f"var held={json.dumps(held, ensure_ascii=False)};for(var y in held){{tab(y)}}"
    portal.add("/gk/nb/", _page(portal, f"<div id='list'></div><script>{script}</script>"))
    return portal


def kept_as_text(base: str) -> Portal:
    """An <object> shows the list, whose pages wait as text in fields that are not shown."""
    portal, filed = _begin("kept-as-text", "域溪县")
    portal.add("/gk/nb/", _page(portal, "<object type='text/html' data='inc.html' width='100%'></object>"))
    kept = "".join(
        f"<textarea hidden>{escape(_listed(filed[first : first + 3]))}</textarea>" for first in (0, 3, 6)
    )
    portal.add("/gk/nb/inc.html", _page(portal, f"<div id='show'></div>{kept}"))
    portal.listings = 2
    return portal


def years_as_pictures(base: str) -> Portal:
    """Below each body its years are pictures without words, known by the names of their files."""
    portal, filed = _begin("year-pictures", "城溪市")
    bodies = _by_body(filed)
    names = "".join(f"<li><a href='{key}/'>{own[0].issuer}</a></li>" for key, own in bodies.items())
    for key, own in bodies.items():
        pictures = "".join(
            f"<a href='{_address(one)}'><img src='/img/{one.year}.jpg' border='0'></a>" for one in own
        )
        portal.add(f"/gk/nb/{key}/", _page(portal, pictures))
    portal.add("/gk/nb/", _page(portal, f"<ul>{names}</ul>"))
    portal.listings = 1 + len(bodies)
    return portal


def rows_of_a_result(base: str) -> Portal:
    """The script puts each row's address together in a loop: res.data[i].id."""
    portal, filed = _begin("result-rows", "陇溪县")
    script = (
        "function load(p){$.get('/api/list?channelId=33&page='+p+'&limit=4',function(res){for(var i=0;i<res.data.length;i++)"
        "{add('<li><a href=\"/gk/nb/'+res.data[i].path+'.html\">'+res.data[i].title+'</a></li>')}})}load(1);"
    )
    portal.add("/gk/nb/", _page(portal, f"<ul id='list'></ul><script>{script}</script>"))

    def answer(request: Request) -> Response:
        first = (int(request.query.get("page", 1)) - 1) * 4
        listed = [
            {"path": f"{one.year}/{one.serial}", "title": one.title} for one in filed[first : first + 4]
        ]
        return as_json({"code": 0, "count": len(filed), "data": listed})

    portal.pages["/api/list"] = answer
    portal.listings = 1 + -(-len(filed) // 4)
    return portal


CHOSEN: Mapping[str, Callable[[str], Portal]] = {
    "blank-option": blank_option,
    "picked-folder": folders_in_a_picker,
    "two-pickers": two_pickers,
    "year-tabs": tabs_of_years,
    "asked-tree": asked_tree,
    "posted-tree": posted_tree,
    "base64": in_base64,
    "redirect-page": through_a_redirect_page,
    "short-names": short_names,
    "kept-as-text": kept_as_text,
    "year-pictures": years_as_pictures,
    "result-rows": rows_of_a_result,
}
