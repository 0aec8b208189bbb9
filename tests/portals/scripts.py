"""Portals whose lists only a script writes or asks for, or a form: arrays, trees, XML, pickers, frames."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from tests.portals.files import pdf
from tests.portals.filings import Filing, below, filings, issuers
from tests.portals.server import Request, Response, as_json
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, rows

TITLE = "政府信息公开年报"
SKIN = Skin(lambda key: f"/{key}/", lambda key, serial, day: f"/{key}/{day[:4]}/{serial}.html", metas=False)
TOP = "/gk/nb/"
YEARS = range(2022, 2025)


def year_into_a_frame(base: str) -> Portal:
    """Years are words that can be clicked: a function puts the year's list into the frame below them."""
    portal = _portal("year-frame", "框溪县")
    years = "".join(f"<li onclick=\"showYear('{year}',this)\">{year}年</li>" for year in reversed(YEARS))
    for year in YEARS:
        filed = filings(issuers("框溪县", 2), [year])
        file_reports(portal, SKIN, filed, partial(below, f"{TOP}{year}/"), header="list")
        cells = "".join(
            f"<tr><td>{f.issuer}</td><td><a href='{year}/{f.serial}.html'>查看全文</a></td></tr>"
            for f in filed
        )
        portal.add(f"{TOP}list_{year}.html", f"<html><body><table>{cells}</table></body></html>")
    script = "<script>function showYear(y,tab){$('.tab li').removeClass('on');$(tab).addClass('on');$('#tab_'+y).show();document.getElementById('box').src='list_'+y+'.html';}</script>"
    main = f"<ul class='tab'>{years}</ul><iframe id='box' src='list_2024.html'></iframe>{script}"
    portal.add(TOP, frame(portal, SKIN, TITLE, main, TITLE))
    portal.listings = 1 + len(YEARS)
    return portal


def arrays_beside_each_other(base: str) -> Portal:
    """Addresses, titles and dates stand in an array each; a loop writes the rows."""
    portal, filed = _filed("arrays", "列溪县")
    addresses = ",".join(f'"{f.serial}.html"' for f in filed)
    titles, dates = (",".join(f'"{word}"' for word in words) for words in _columns(filed))
    script = (
        f"<script>var u=new Array({addresses});var t=new Array({titles});var d=[{dates}];for(var i=0;i<u.length;i++)"
        "{document.write('<li><a href=\"'+u[i]+'\">'+t[i]+'</a><span>'+d[i]+'</span></li>');}</script>"
    )
    portal.add(TOP, frame(portal, SKIN, TITLE, script, TITLE))
    return portal


def _columns(filed: tuple[Filing, ...]) -> tuple[list[str], list[str]]:
    return [f.title for f in filed], [f.published for f in filed]


def tree_of_nodes(base: str) -> Portal:
    """The bodies are nodes of a tree that a script draws; a click loads the body's list by the node's id."""
    portal = _portal("nodes", "枝溪市")
    nodes = [{"id": "1", "pId": "0", "name": "市政府部门"}]
    portal.add(f"{TOP}list.do?org=1", "<p>请选择单位</p>")
    for number, body in enumerate(issuers("枝溪市", 2), start=41):
        nodes.append({"id": f"00{number}", "pId": "1", "name": body.removeprefix("枝溪市")})
        filed = filings([body], YEARS)
        file_reports(portal, SKIN, filed, partial(below, f"{TOP}{number}/"), header="list")
        listed = rows((below(f"{TOP}{number}/", f), f.title, f.published) for f in filed)
        portal.add(f"{TOP}list.do?org=00{number}", f"<ul>{listed}</ul>")
    script = (
        f"<script>var zNodes={json.dumps(nodes, ensure_ascii=False)};"
        f"function clicked(event,tree,node){{$('#right').load('{TOP}list.do?org='+node.id);}}</script>"
    )
    portal.add(
        TOP, frame(portal, SKIN, TITLE, f"<ul class='ztree'></ul><div id='right'></div>{script}", TITLE)
    )
    portal.listings = 2 + 2
    return portal


def rows_as_xml(base: str) -> Portal:
    """The page asks for its rows as a feed."""
    portal, filed = _filed("xml-list", "标溪市")
    feed = f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>{TITLE}</title>{_items(filed)}</channel></rss>"
    portal.pages[f"{TOP}list.xml"] = Response(feed, content_type="text/xml; charset=utf-8", lasting=True)
    script = "<script>$.ajax({type:'GET',url:'list.xml',dataType:'xml',success:function(x){$(x).find('item').each(add);}});</script>"
    portal.add(TOP, frame(portal, SKIN, TITLE, f"<ul id='box'></ul>{script}", TITLE))
    portal.listings = 2
    return portal


def island_of_xml(base: str) -> Portal:
    """The rows stand in the page itself, as XML that only old browsers and scripts see."""
    portal, filed = _filed("xml-island", "岛溪市")
    main = f"<xml id='data'><list>{_items(filed)}</list></xml><div datasrc='#data'></div>"
    portal.add(TOP, frame(portal, SKIN, TITLE, main, TITLE))
    return portal


def _items(filed: tuple[Filing, ...]) -> str:
    return "".join(
        f"<item><title><![CDATA[{f.title}]]></title><link>{below(TOP, f)}</link><pubDate>{f.published}</pubDate></item>"
        for f in filed
    )


def body_from_a_picker(base: str) -> Portal:
    """The list of the body that a visitor picks is POSTed for; its rows have names of their own in a nested answer."""
    portal, filed = _filed("picker", "择溪区")
    bodies = issuers("择溪区", 2)
    options = "".join(f"<option value='org{n}'>{body}</option>" for n, body in enumerate(bodies))
    script = (
        "<script>function list(p){var organ=$('#organ').val();$.post('/gk/nb/queryList.do',{organCode:organ,words:$('#words').val(),"
        "pageNo:p},function(r){render(r.data.result.rows);},'json');}list(1);</script>"
    )
    main = f"<select id='organ'><option value=''>请选择</option>{options}</select><input id='words'><ul id='list'></ul>{script}"
    portal.add(TOP, frame(portal, SKIN, TITLE, main, TITLE))

    def answer(request: Request) -> Response:
        chosen = dict(zip((f"org{n}" for n in range(len(bodies))), bodies, strict=True))
        of_body = [f for f in filed if f.issuer == chosen.get(request.form.get("organCode", ""))]
        listed = [{"docTitle": f.title, "docUrl": below(TOP, f), "publishDate": f.published} for f in of_body]
        return as_json({"code": 0, "data": {"result": {"total": len(listed), "rows": listed}}})

    portal.pages[f"{TOP}queryList.do"] = answer
    portal.listings = 1 + len(bodies)
    return portal


def rows_that_carry_their_number(base: str) -> Portal:
    """No row is a link: each carries a number of which the script makes an address when it is clicked."""
    portal, _ = _filed("data-id", "携溪市", "/gk/detail.html?id={}")
    filed = portal.reports.values()
    listed = "".join(
        f"<li data-id='{f.serial}'><span>{f.title}</span><span>{f.published}</span></li>" for f in filed
    )
    script = "<script>$('#list').on('click','li',function(){window.open('/gk/detail.html?id='+$(this).attr('data-id'));});</script>"
    portal.add(TOP, frame(portal, SKIN, TITLE, f"<ul id='list'>{listed}</ul>{script}", TITLE))
    return portal


def years_that_carry_theirs(base: str) -> Portal:
    """A click on a year gives what it carries to a function that asks for the year's file of rows."""
    portal, filed = _filed("data-year", "载溪市")
    years = "".join(f"<li data-year='{year}'>{year}年</li>" for year in reversed(YEARS))
    for year in YEARS:
        listed = [
            {"title": f.title, "url": below(TOP, f), "date": f.published} for f in filed if f.year == year
        ]
        portal.pages[f"{TOP}data/{year}.json"] = replace(as_json({"rows": listed}), lasting=True)
    script = (
        f"<script>function load(y){{$.getJSON('{TOP}data/'+y+'.json',function(r){{show(r.rows);}});}}"
        "$('.years li').click(function(){load($(this).data('year'));});load(2024);</script>"
    )
    main = f"<ul class='years'>{years}</ul><ul id='list'></ul>{script}"
    portal.add(TOP, frame(portal, SKIN, TITLE, main, TITLE))
    portal.listings = 1 + len(YEARS)
    return portal


def text_by_number(base: str) -> Portal:
    """One page shows all articles: its script asks an interface for the one whose number is in the page's address."""
    portal, filed = _filed("text-by-id", "壳溪市", "/gk/detail.html?id={}")
    for filing in filed:
        del portal.pages[f"/gk/detail.html?id={filing.serial}"]
        record = {"title": filing.title, "pubDate": filing.published, "content": filing.html("list")}
        portal.pages[f"/api/article/detail?id={filing.serial}"] = replace(
            as_json({"code": 200, "data": record}), lasting=True
        )
    script = (
        "<script>var id=getQueryString('id');$.get('/api/article/detail?id='+id,function(r){"
        "$('#title').html(r.data.title);$('#zoom').html(r.data.content);});</script>"
    )
    shell = frame(portal, SKIN, "文章详情", f"<h1 id='title'></h1><div id='zoom'></div>{script}")
    portal.add("/gk/detail.html", shell)
    listed = rows((f"/gk/detail.html?id={f.serial}", f.title, f.published) for f in filed)
    portal.add(TOP, frame(portal, SKIN, TITLE, f"<ul>{listed}</ul>", TITLE))
    portal.listings = 1 + len(filed)  # the shells are no reports themselves
    return portal


def opened_files(base: str) -> Portal:
    """A table of bodies and years, behind whose 在线预览 a function opens the file in a viewer."""
    portal = _portal("opened-files", "阅溪州")
    cells = ""
    for filing in filings(issuers("阅溪州", 2), YEARS):
        target = f"/upload/{filing.year}/{filing.serial}.pdf"
        portal.reports[target] = filing
        portal.pages[target] = partial(_as_pdf, filing)
        link = f"<a href=\"javascript:openPdf('{target}')\">在线预览</a>"
        cells += f"<tr><td>{filing.issuer}</td><td>{filing.year}</td><td>{link}</td></tr>"
    script = "<script>function openPdf(u){window.open('/pdfjs/web/viewer.html?file='+encodeURIComponent(u));}</script>"
    head = "<tr><th>单位</th><th>年度</th><th>操作</th></tr>"
    portal.add(TOP, frame(portal, SKIN, TITLE, f"<table>{head}{cells}</table>{script}", TITLE))
    return portal


def _as_pdf(filing: Filing, request: Request) -> Response:
    return Response(pdf(filing.truth), content_type="application/pdf", lasting=True)


def rows_in_a_script_file(base: str) -> Portal:
    """The rows stand in a script of their own beside the page, among libraries from elsewhere."""
    portal, filed = _filed("script-file", "附溪县")
    listed = [{"title": f.title, "url": below(TOP, f), "date": f.published} for f in filed]
    data = f"var nbList={json.dumps(listed, ensure_ascii=False)};"
    portal.pages[f"{TOP}nbdata.js"] = Response(
        data, content_type="application/javascript; charset=utf-8", lasting=True
    )
    scripts = "<script src='/js/data.js'></script><script src='jquery.data.min.js'></script><script src='nbdata.js'></script>"
    main = f"{scripts}<ul id='list'></ul><script>for(var i=0;i<nbList.length;i++)add(nbList[i]);</script>"
    portal.add(TOP, frame(portal, SKIN, TITLE, main, TITLE))
    portal.traps += (r"^/js/", r"jquery")
    portal.listings = 2
    return portal


def year_of_a_form(base: str) -> Portal:
    """A form asks for one year's list, which the visitor picks and sends; all bodies' where none is picked."""
    bodies = (
        "<select name='dept'><option value=''>全部单位</option><option value='0'>教育局</option></select>"
    )

    def form(year: int) -> str:
        options = "".join(
            f"<option value='{one}'{' selected' * (one == year)}>{one}年</option>" for one in reversed(YEARS)
        )
        return (
            f"<form action='list.jsp'><input type='hidden' name='channel' value='8'><select name='year'>{options}</select>"
            f"{bodies}<input type='submit' value='查询'></form>"
        )

    return _by_year_asked_for("form-years", "表溪县", form)


def year_written_into_a_form(base: str) -> Portal:
    """Each year is a link whose function writes it into a hidden field and sends the form."""

    def form(year: int) -> str:
        links = "".join(f"<a href=\"javascript:setYear('{one}')\">{one}年</a>" for one in reversed(YEARS))
        return (
            f"<form name='yf' method='post' action='list.jsp'><input type='hidden' name='year' value='{year}'>"
            f"<input type='hidden' name='channel' value='8'></form>{links}"
            "<script>function setYear(y){document.yf.year.value=y;document.yf.submit();}</script>"
        )

    return _by_year_asked_for("years-sent", "寄溪县", form)


def _by_year_asked_for(name: str, place: str, form: Callable[[int], str]) -> Portal:
    # What is POSTed for is asked for whole each time: it must be little beside the reports.
    portal, filed = _filed(name, place, bodies=3)

    def listing(request: Request) -> Response:
        asked = {**request.query, **request.form}
        year = int(asked["year"]) if asked.get("channel") == "8" else YEARS[-1]
        shown = rows((below(TOP, f), f.title, f.published) for f in filed if f.year == year)
        return Response(frame(portal, SKIN, TITLE, f"{form(year)}<ul>{shown}</ul>", TITLE), lasting=True)

    portal.pages[f"{TOP}list.jsp"] = listing
    furnish(portal, SKIN, f"{TOP}list.jsp")
    portal.listings = 1 + len(YEARS)
    return portal


def _portal(name: str, place: str) -> Portal:
    portal = Portal(name, f"{place}人民政府", "generic", place, region_code="139952")
    furnish(portal, SKIN, TOP)
    return portal


def _filed(
    name: str, place: str, address: str = f"{TOP}{{}}.html", bodies: int = 2
) -> tuple[Portal, tuple[Filing, ...]]:
    portal = _portal(name, place)
    filed = filings(issuers(place, bodies), YEARS)
    file_reports(portal, SKIN, filed, lambda filing: address.format(filing.serial), header="list")
    return portal, filed


SCRIPTS: Mapping[str, Callable[[str], Portal]] = {
    "year-frame": year_into_a_frame,
    "arrays": arrays_beside_each_other,
    "nodes": tree_of_nodes,
    "xml-list": rows_as_xml,
    "xml-island": island_of_xml,
    "picker": body_from_a_picker,
    "data-id": rows_that_carry_their_number,
    "data-year": years_that_carry_theirs,
    "text-by-id": text_by_number,
    "opened-files": opened_files,
    "script-file": rows_in_a_script_file,
    "form-years": year_of_a_form,
    "years-sent": year_written_into_a_form,
}
