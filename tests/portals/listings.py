"""Portals whose lists are split more finely, or shown more often, than a visitor needs."""

from collections.abc import Callable, Mapping
from functools import partial

from tests.portals.attached import WORD
from tests.portals.files import docx, pdf
from tests.portals.filings import Filing, below, filings, issuers
from tests.portals.server import Request, Response
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, rows

TITLE = "政府信息公开年报"
SKIN = Skin(lambda key: f"/{key}/", lambda key, serial, day: f"/{key}/{day[:4]}/{serial}.html")
TOP = "/gk/nb/"
YEARS = range(2022, 2025)


def by_quarter(base: str) -> Portal:
    """Below each year of publication its quarters, of which two are empty."""
    portal = _portal("quarters", "季溪县")
    listed = ""
    for year in reversed(YEARS):
        filed = filings(issuers("季溪县", 2), [year])
        folder = f"{TOP}{year + 1}/"
        file_reports(portal, SKIN, filed, partial(below, folder))
        quarters = ""
        for number, part in enumerate((filed[:1], filed[1:], (), ()), start=1):
            shown = rows((below(folder, f), f.title, f.published) for f in part)
            main = f"<ul>{shown}</ul>" if part else "<p>暂无内容</p>"
            portal.add(f"{folder}q{number}/", frame(portal, SKIN, TITLE, main, TITLE))
            quarters += f"<dd><a href='{folder}q{number}/'>第{'一二三四'[number - 1]}季度</a></dd>"
        listed += f"<dl><dt>{year + 1}年</dt>{quarters}</dl>"
    portal.add(TOP, frame(portal, SKIN, TITLE, listed, TITLE))
    portal.listings = 1 + 4 * len(YEARS)
    return portal


def two_versions(base: str) -> Portal:
    """Each report twice, as PDF and as DOCX: behind two pictures in the row of a table that names the body."""
    portal = _portal("two-versions", "双档区", f"{TOP}2024.html")
    years = "".join(f"<option value='{year}.html'>{year}</option>" for year in reversed(YEARS))
    picker = f"<select onchange='location=this.value'>{years}</select>"
    for year in YEARS:
        cells = ""
        for filing in filings(issuers("双档区", 2), [year]):
            target = f"{TOP}{year}/{filing.serial}"
            portal.reports[f"{target}.docx"] = filing
            portal.pages[f"{target}.docx"] = partial(_file, docx, WORD, filing)
            portal.pages[f"{target}.pdf"] = partial(_file, pdf, "application/pdf", filing)
            links = "".join(
                f"<td><a href='{target}.{end}'><img src='/i/{end}.png' alt='{word}'></a></td>"
                for end, word in (("pdf", "PDF"), ("docx", "Word版"))
            )
            cells += f"<tr><td>{filing.issuer}</td>{links}</tr>"
        main = f"{picker}<table><tr><th>单位</th><th>PDF</th><th>Word</th></tr>{cells}</table>"
        portal.add(f"{TOP}{year}.html", frame(portal, SKIN, f"{year}年政府信息公开年报", main, TITLE))
    portal.traps += (r"\.pdf$",)
    portal.listings = len(YEARS)
    return portal


def _file(write: Callable[..., bytes], media_type: str, filing: Filing, request: Request) -> Response:
    return Response(write(filing.truth), content_type=media_type, lasting=True)


def bodies_alone(base: str) -> Portal:
    """Of the bodies of a year only their names, some over a PDF and the others over a page."""
    portal = _portal("bodies-alone", "名溪市")
    bodies = issuers("名溪市", 5)
    boards = {"党政机关": bodies[:2], "直属单位": bodies[2:]}
    for number, ours in enumerate(boards.values()):
        years = ""
        for year in reversed(YEARS):
            folder = f"{TOP}{number}/{year}/"
            filed = filings(ours, [year])
            file_reports(portal, SKIN, filed[1:], partial(below, folder))
            portal.reports[f"{folder}1.pdf"] = filed[0]
            portal.pages[f"{folder}1.pdf"] = partial(_file, pdf, "application/pdf", filed[0])
            targets = {filed[0]: f"{folder}1.pdf"} | {f: below(folder, f) for f in filed[1:]}
            names = "".join(f"<li><a href='{to}'>{f.issuer}</a></li>" for f, to in targets.items())
            title = f"{year}年政府信息公开年报"
            portal.add(folder, frame(portal, SKIN, title, f"<ul>{names}</ul>", TITLE))
            years += f"<li><a href='{folder}'>{year}年</a></li>"
        portal.add(f"{TOP}{number}/", frame(portal, SKIN, TITLE, f"<ul>{years}</ul>", TITLE))
    listed = "".join(f"<li><a href='{TOP}{n}/'>{name}</a></li>" for n, name in enumerate(boards))
    portal.add(TOP, frame(portal, SKIN, TITLE, f"<ul>{listed}</ul>", TITLE))
    portal.listings = 1 + 2 * (1 + len(YEARS))
    return portal


def tabs_that_do_nothing(base: str) -> Portal:
    """Three rows of tabs, whatever of which is chosen: the server gives the same list."""
    portal = _portal("same-tabs", "同溪区")
    filed = filings(issuers("同溪区", 2), YEARS)
    file_reports(portal, SKIN, filed, partial(below, TOP))
    names = ("区政府", "区直部门", "镇街", "直属单位", "园区", "其他单位", "企事业单位")
    tabs = "".join(
        f"<div class='tabs{row}'>{''.join(f'<a href={TOP}?of{row}={n}>{name}</a>' for n, name in enumerate(names))}</div>"
        for row in range(3)
    )
    listed = rows((below(TOP, f), f.title, f.published) for f in filed)
    portal.add(TOP, frame(portal, SKIN, TITLE, f"{tabs}<ul>{listed}</ul>", TITLE))
    portal.listings = 1 + 3
    return portal


def years_of_each_body(base: str) -> Portal:
    """The page of a body lists its reports, and leads to a page for each year that lists one of them once more."""
    portal = _portal("body-years", "再溪县")
    bodies = ""
    for number, body in enumerate(issuers("再溪县", 2)):
        folder = f"{TOP}{number}/"
        filed = filings([body], YEARS)
        file_reports(portal, SKIN, filed, partial(below, f"{folder}c/"))
        years = "".join(f"<a href='{folder}{f.year}/'>{f.year}年</a> " for f in filed)
        listed = {f.year: rows([(below(f"{folder}c/", f), f.title, f.published)]) for f in filed}
        main = f"<div class='years'>{years}</div><ul>{{}}</ul>"
        portal.add(folder, frame(portal, SKIN, body, main.format("".join(listed.values())), TITLE))
        for year, row in listed.items():
            portal.add(f"{folder}{year}/", frame(portal, SKIN, f"{year}年", main.format(row), TITLE))
        portal.traps += (rf"^{folder}20\d\d/$",)
        bodies += f"<li><a href='{folder}'>{body}</a></li>"
    portal.add(TOP, frame(portal, SKIN, TITLE, f"<ul>{bodies}</ul>", TITLE))
    portal.listings = 1 + 2
    return portal


# Beside the list, and none of it: slides, a search of the site, a vote, blocks of news, shares, counters, a calendar.
AROUND = """<a class='swiper-button-next' href='/slides/2.html'></a>
<form action='/jsearchfront/search.do'><select name='dept'><option value='1'>教育局</option><option value='2'>民政局</option></select>
<input name='kw'><input type='submit' value='搜索'></form>
<form name='vote' method='post' action='/vote.do'><input type='hidden' name='page' value='1'>
<input type='radio' name='says' value='1'>好<a href='javascript:showVote(2)'>查看结果</a></form>
<div><h3>通知公告</h3><span class='more' data-url='/tz/all.html'>更多</span></div>
<a href='#' data-url='/share/weixin.html'>更多分享</a>
<ul class='hot'><li data-id='99'>教育局招生公告</li></ul>
<script>var total=300,pageSize=10;$('.hot li').click(function(){window.open('/hot/view.html?id='+$(this).data('id'));});
$.getJSON('/weather/data.json');$.ajax({url:'/hits/count.xml'});</script>
<script src='visitdata.js'></script>"""
AROUND += "<table>" + "".join(f"<td><a href='?day={day}'>{day}</a></td>" for day in range(1, 31)) + "</table>"
NOT_ASKED = r"^/(?:slides|jsearchfront|vote|tz|share|hot|weather|hits)\b|visitdata|[?]day="


def distractions(base: str) -> Portal:
    """A plain list among all that a portal puts around its lists: each looks like a way on, and is none."""
    portal = _portal("distractions", "扰溪市")
    filed = filings(issuers("扰溪市", 2), YEARS)
    file_reports(portal, SKIN, filed, partial(below, TOP), around=f"{{}}{AROUND}")
    for number, part in enumerate((filed[:3], filed[3:]), start=1):
        listed = rows((below(TOP, f), f.title, f.published) for f in part)
        following = f"<a href='{TOP}index_2.html'>下一页</a>" if number == 1 else ""
        name = f"{TOP}index_2.html" if number > 1 else TOP
        portal.add(name, frame(portal, SKIN, TITLE, f"<ul>{listed}</ul>{following}{AROUND}", TITLE))
    portal.traps += (NOT_ASKED,)
    portal.listings = 2
    return portal


def _portal(name: str, place: str, board: str = TOP) -> Portal:
    portal = Portal(name, f"{place}人民政府", "generic", place, region_code="139953")
    furnish(portal, SKIN, board)
    return portal


LISTINGS: Mapping[str, Callable[[str], Portal]] = {
    "bodies-alone": bodies_alone,
    "quarters": by_quarter,
    "two-versions": two_versions,
    "same-tabs": tabs_that_do_nothing,
    "body-years": years_of_each_body,
    "distractions": distractions,
}
