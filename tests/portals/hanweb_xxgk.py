"""Hanweb's disclosure module: lists by POST /module/xxgk/search.jsp, a report by body and year from xxgkAnnualReport.jsp."""

from html import escape
from random import Random

from tests.portals.filings import filings, issuers
from tests.portals.hanweb import SKIN, article, column
from tests.portals.server import Request, Response
from tests.portals.site import Portal, file_reports, frame, furnish
from tests.writing.truth import credit_code, organisation_code

PER_PAGE = 8


def module(base: str) -> Portal:
    """The column is a shell; its rows are an HTML fragment, with those of other classes unless the class is named."""
    portal = Portal("hanweb-xxgk", "临浦县人民政府", "hanweb_xxgk", "临浦县", region_code="339922")
    filed = filings(issuers("临浦县", 4), range(2019, 2025))
    file_reports(portal, SKIN, filed, lambda filing: article("nianbao", filing.serial, filing.published))
    query = "standardXxgk=1&isAllList=1&texttype=0&fbtime=-1&vc_all=&vc_filenumber=&vc_title=&vc_number=&currpage={}"
    query += "&sortfield=,compaltedate:0"
    form = "infotypeId=A0212&jdid=3096&area=&divid=div1229063423"
    shell = (
        "<div id='div1229063423'></div><script>var jdid='3096';var infotypeId='A0212';var divid='div1229063423';"
        f"function goPage(n){{$.post('/module/xxgk/search.jsp?{query.format(1)}&{form}');}}"
        f"$(function(){{$.post('/module/xxgk/search.jsp?{query.format(1)}',{{'infotypeId':'A0212','jdid':'3096','area':'','divid':'div1229063423'}});}});</script>"
    )
    portal.add(column("nianbao"), frame(portal, SKIN, "政府信息公开年报", shell, "政府信息公开年报"))

    def search(request: Request) -> Response:
        asked = {**request.query, **request.form}
        if asked.get("jdid") != "3096" or asked.get("divid") != "div1229063423":
            return Response("<table></table>")
        page = int(asked.get("currpage") or 1)
        total = -(-len(filed) // PER_PAGE)
        rows = ""
        for place, filing in enumerate(filed[(page - 1) * PER_PAGE : page * PER_PAGE]):
            kind = ("odd", "even")[place % 2]
            rows += (
                f"<tr class='tr_main_value_{kind}'><td>{place + 1}</td><td><a href='{article('nianbao', filing.serial, filing.published)}'"
                f" title='{escape(filing.title)}' target='_blank'>{filing.title[:18]}...</a></td><td>{filing.published}</td></tr>"
            )
        pager = f"共{total}页 第{page}页 "
        if page < total:
            pager += f"<a onclick='goPage({page + 1})' href='javascript:void(0)'>下一页</a> <a onclick='goPage({total})' href='javascript:void(0)'>尾页</a>"
        return Response(f"<table>{rows}</table><div class='pager'>{pager}</div>")

    portal.pages["/module/xxgk/search.jsp"] = search
    portal.listings = -(-len(filed) // PER_PAGE)
    furnish(portal, SKIN, column("nianbao"))
    return portal


def by_body_and_year(base: str) -> Portal:
    """No article pages: one address shows the report of one body for one year."""
    portal = Portal("hanweb-annual", "泰岭市人民政府", "hanweb_xxgk", "泰岭市", region_code="379923")
    bodies = issuers("泰岭市", 3)
    filed = filings(bodies, range(2021, 2025))
    codes = {body: credit_code("379923", organisation_code(Random(body))) for body in bodies}

    def address(body: str, year: int) -> str:
        return f"/module/xxgk/xxgkAnnualReport.jsp?area={codes[body]}&fbtime={year}"

    for body in bodies:  # each report offers the other years of its body
        years = "".join(f"<a href='{address(body, year)}'>{year}年</a> " for year in range(2024, 2020, -1))
        of_body = [filing for filing in filed if filing.issuer == body]
        around = f"<div class='years'>{years}</div>{{}}"
        file_reports(portal, SKIN, of_body, lambda filing: address(filing.issuer, filing.year), around=around)
    portal.pages["/module/xxgk/xxgkAnnualReport.jsp"] = Response("<html><body>暂无年报</body></html>")
    tree = "".join(f"<li><a href='{address(body, 2024)}'>{body}</a></li>" for body in bodies)
    portal.add(
        column("nianbao"),
        frame(portal, SKIN, "政府信息公开年报", f"<ul class='organs'>{tree}</ul>", "政府信息公开年报"),
    )
    portal.listings = 1
    furnish(portal, SKIN, column("nianbao"))
    return portal
