"""Portals on whose way to the reports stands what visitors hardly notice: a redirect, 更多, a directory of bodies, hot words."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from tests.portals import eportal
from tests.portals.files import pdf
from tests.portals.filings import Filing, below, filings, issuers
from tests.portals.server import Request, Response
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, rows

TITLE = "政府信息公开年报"
SKIN = Skin(lambda key: f"/{key}/", lambda key, serial, day: f"/{key}/{day[:4]}/{serial}.html", metas=False)


def home_moved(base: str) -> Portal:
    """The bare address of the portal leads to its index page: the same page, and yet not seen before."""
    portal = Portal("home-moved", "转岭县人民政府", "generic", "转岭县", "/index.html", "139941")
    own_column(portal, filings(issuers("转岭县", 3), range(2023, 2025)), "/gk/nb/")
    furnish(portal, SKIN, "/gk/nb/")
    portal.home = "/"
    portal.pages["/"] = Response(status=301, headers=(("Location", f"{base}/index.html"),))
    portal.listings = 2
    return portal


def government_and_departments(base: str) -> Portal:
    """The column of the portal holds the government's own reports; 部门信息公开 leads to bodies with columns of theirs."""
    portal = Portal("directory", "双溪县人民政府", "generic", "双溪县", region_code="139942")
    government, *others = issuers("双溪县", 5)
    own_column(portal, filings([government], range(2018, 2025)), "/gk/nb/")
    listed = ""
    for number, body in enumerate(others):
        top = f"/gk/bm/{number:02}/"
        own_column(portal, filings([body], range(2021, 2025)), f"{top}nb/")
        boards = "".join(
            f"<a href='{top}{folder}/'>{label}</a> "
            for folder, label in (("zn", "政府信息公开指南"), ("nr", "法定主动公开内容"), ("nb", TITLE))
        )
        portal.add(top, frame(portal, SKIN, body, boards))
        for folder in ("zn", "nr"):
            portal.add(f"{top}{folder}/", frame(portal, SKIN, body, "<p>暂无信息</p>"))
        listed += f"<li><a href='{top}'>{body.replace('双溪县', '县')}</a></li>"
    portal.add("/gk/bm/", frame(portal, SKIN, "部门信息公开", f"<ul>{listed}</ul>"))
    furnish(portal, SKIN, "/gk/nb/")
    boards = f"<a href='/gk/nb/'>{TITLE}</a> <a href='/gk/bm/'>部门信息公开</a>"
    portal.add(SKIN.column("platform"), frame(portal, SKIN, "政府信息公开", boards, "政府信息公开"))
    portal.listings = 2 + 2 * len(others)
    return portal


def more_of_each(base: str) -> Portal:
    """The column shows the newest of each level under a heading; the rest stands behind 更多."""
    portal = Portal("more", "签溪区人民政府", "generic", "签溪区", region_code="139943")
    bodies = issuers("签溪区", 6)
    tabs = ""
    for folder, level, of_level in (
        ("qzf", "区政府", bodies[:1]),
        ("bm", "区直部门", bodies[1:4]),
        ("zj", "镇街", bodies[4:]),
    ):
        filed = filings(of_level, range(2022, 2025))
        own_column(portal, filed, f"/gk/nb/{folder}/", level)
        newest = rows((below(f"/gk/nb/{folder}/", f), f.title, "") for f in filed[:2])
        tabs += f"<div class='tab'><h3>{level}</h3><a class='more' href='/gk/nb/{folder}/'>更多&gt;&gt;</a><ul>{newest}</ul></div>"
    portal.add("/gk/nb/", frame(portal, SKIN, TITLE, tabs, TITLE))
    furnish(portal, SKIN, "/gk/nb/")
    portal.listings = 4
    return portal


def hot_words(base: str) -> Portal:
    """The home page offers searches and tags in the column's own words."""
    portal = Portal("hot-words", "热溪县人民政府", "generic", "热溪县", region_code="139944")
    filed = filings(issuers("热溪县", 3), range(2023, 2025))
    own_column(portal, filed, "/gk/nb/")
    furnish(portal, SKIN, "/gk/nb/")
    words = ("政府信息公开年报", "信息公开年度报告", "政府信息公开")
    hot = "".join(
        f"<a href='/find.do?tab=all&q={quote(word)}'>{word}</a> <a href='/tag/{place}?of=all'>{word}</a>"
        for place, word in enumerate(words)
    )
    found = rows((below("/gk/nb/", f), f.title, f.published) for f in filed)
    for target in ("/find.do", *(f"/tag/{place}?of=all" for place in range(len(words)))):
        portal.add(target, frame(portal, SKIN, "搜索结果", f"<ul>{found}</ul><a href='?page=2'>下一页</a>"))
    prepend(portal, portal.home, f"<div>热门搜索：{hot}</div>")
    portal.traps += (r"^/find\.do", r"^/tag/")
    return portal


def among_topics(base: str) -> Portal:
    """Below 专题专栏 a page for each year, whose links are pictures; the disclosure platform knows nothing of them."""
    portal = Portal("topics", "昆溪市人民政府", "generic", "昆溪市", region_code="139945")
    bodies, years = issuers("昆溪市", 4), range(2022, 2025)
    entrances = ""
    for year in years:
        folder = f"/zt/ndbgzt/{year}n/"
        filed = filings(bodies, [year])
        file_reports(portal, SKIN, filed, partial(below, folder), header="list")
        pictures = "".join(f"<a href='{f.serial}.html'><img src='i.png' alt='{f.issuer}'></a>" for f in filed)
        portal.add(folder, frame(portal, SKIN, f"{year}年度政府信息公开工作年度报告专题", pictures))
        entrances += f"<a href='{folder}'><img src='y.png' title='{year}年度政府信息公开工作年度报告'></a>"
    portal.add("/zt/ndbgzt/", frame(portal, SKIN, "政府信息公开年度报告", entrances))
    topics = "<li><a href='/zt/dj/'>主题教育</a></li><li><a href='/zt/ndbgzt/'>政府信息公开年度报告</a></li>"
    portal.add("/zt/dj/", frame(portal, SKIN, "主题教育", "<p>学习资料。</p>"))
    portal.add("/zt/", frame(portal, SKIN, "专题专栏", f"<ul>{topics}</ul>"))
    furnish(portal, SKIN, SKIN.column("apply"), label="联系我们")
    prepend(portal, portal.home, "<a href='/zt/'>专题专栏</a>")
    portal.listings = 2 + len(years) + 6  # what the platform has instead is looked into first
    return portal


def loaded_into_a_tab(base: str) -> Portal:
    """The boards are words that can be clicked: a script loads each into the page."""
    portal = Portal("tab-load", "页溪县人民政府", "generic", "页溪县", region_code="139947")
    own_column(portal, filings(issuers("页溪县", 3), range(2023, 2025)), "/gk/nb/")
    furnish(portal, SKIN, "/gk/nb/")
    listed = portal.pages.pop("/gk/nb/")
    portal.pages["/gk/nb.html"] = listed
    portal.add("/gk/zn.html", "<p>政府信息公开指南</p>")
    tabs = f"<li onclick=\"loadPage('zn.html')\">政府信息公开指南</li><li onclick=\"loadPage('nb.html')\">{TITLE}</li>"
    script = "<script>function loadPage(name){ $('#content').load('/gk/' + name); }</script>"
    main = f"<ul>{tabs}</ul><div id='content'></div>{script}"
    portal.add(SKIN.column("platform"), frame(portal, SKIN, "政府信息公开", main, "政府信息公开"))
    return portal


def body_and_year_by_script(base: str) -> Portal:
    """Years below each body, opened by a function of two arguments."""
    portal = Portal("two-arguments", "选溪县人民政府", "generic", "选溪县", region_code="139949")
    listed = ""
    for number, body in enumerate(issuers("选溪县", 3)):
        filed = filings([body], range(2022, 2025))
        file_reports(portal, SKIN, filed, partial(_asked, number), header="list")
        years = "".join(
            f"<li><a href='javascript:;' onclick=\"show('{number}','{f.year}')\">{f.year}年</a></li>"
            for f in filed
        )
        listed += f"<dl><dt>{body}</dt><dd><ul>{years}</ul></dd></dl>"
    script = "<script>function show(org,year){window.open('/gk/show.jsp?org='+org+'&year='+year);}</script>"
    portal.add("/gk/nb/", frame(portal, SKIN, TITLE, listed + script, TITLE))
    furnish(portal, SKIN, "/gk/nb/")
    return portal


def _asked(number: int, filing: Filing) -> str:
    return f"/gk/show.jsp?org={number}&year={filing.year}"


def split_in_parts(base: str, name: str = "two-parts", cuts: tuple[str, ...] = ("三、收到和处理",)) -> Portal:
    """Each report stands on several pages, parted before these of its sections."""
    portal = Portal(name, "分溪县人民政府", "generic", "分溪县", region_code="139946")
    filed = filings(issuers("分溪县", 2), range(2022, 2025))
    for filing in filed:
        body = filing.html("list")
        places = [0, *(body.rindex("<", 0, body.index(words)) for words in cuts), len(body)]
        stem = f"/gk/nb/t_{filing.serial}"
        pages = [f"{stem}.html", *(f"{stem}_{number}.html" for number in range(1, len(places) - 1))]
        for number, page in enumerate(pages):
            pager = f"<a href='{pages[number - 1]}'>上一页</a> " if number else ""
            pager += f"<a href='{pages[number + 1]}'>下一页</a>" if page != pages[-1] else ""
            part = f"<div id='zoom'>{body[places[number] : places[number + 1]]}<div>{pager}</div></div>"
            portal.add(page, frame(portal, SKIN, filing.title, part, TITLE, filing))
        portal.reports[pages[0]] = filing
    listed = rows((f"/gk/nb/t_{f.serial}.html", f.title, f.published) for f in filed)
    portal.add("/gk/nb/", frame(portal, SKIN, TITLE, f"<ul>{listed}</ul>", TITLE))
    furnish(portal, SKIN, "/gk/nb/")
    portal.listings = 1 + len(filed) * len(cuts)  # the further parts
    return portal


QUERY = """onclick="queryArticleByCondition(this,'{}')\""""


def eportal_query(base: str, name: str = "eportal-query", call: str = QUERY) -> Portal:
    """The pager has no address but in a call to the vendor's script, as its second argument."""
    portal = eportal.district(base)
    portal.id, portal.name = name, "悦溪新区管理委员会"

    def calling(page: Response) -> Response:
        text = str(page.body)
        start = text.find("<a href='/eportal/ui?pageId=", text.find("<form action='/eportal"))
        address = text[start + 9 : text.find("'", start + 9)]
        without = f"href='javascript:void(0)' {call.format(address)}"
        return replace(page, body=text.replace(f"href='{address}'", without))

    for target, page in [*portal.pages.items()]:
        if str(eportal.PAGE_ID) in target and not isinstance(page, Response):
            portal.pages[target] = lambda request, page=page: calling(page(request))  # type: ignore[misc]
    return portal


def files_of_a_year(base: str) -> Portal:
    """Below each year the bodies' names, and behind each the report as a PDF; each page has the title of a report."""
    portal = Portal("year-of-files", "档溪市人民政府", "generic", "档溪市", region_code="139950")
    bodies, years = issuers("档溪市", 6), range(2022, 2025)
    tabs = "".join(f"<a href='/nb/{year}.html'>{year}年度</a>" for year in years)
    for year in years:
        cells = ""
        for place, filing in enumerate(filings(bodies, [year])):
            target = f"/nb/{year + 1}/{1100 + place}.pdf"
            portal.reports[target] = filing
            portal.pages[target] = partial(as_pdf, filing)
            cells += f"<td><a href='{target}'>{filing.issuer.removeprefix('档溪市')}</a></td>"
        title = f"{year}年度政府信息公开年度报告"
        main = f"<p>{tabs}</p><table><tr>{cells}</tr></table>"
        portal.add(f"/nb/{year}.html", frame(portal, SKIN, title, main, TITLE))
    furnish(portal, SKIN, "/nb/2024.html")
    portal.listings = len(years)
    return portal


def as_pdf(filing: Filing, request: Request) -> Response:
    return Response(pdf(filing.truth), content_type="application/pdf", lasting=True)


def own_column(portal: Portal, filed: tuple[Filing, ...], folder: str, title: str = TITLE) -> None:
    file_reports(portal, SKIN, filed, partial(below, folder), header="list")
    listed = rows((below(folder, f), f.title, f.published) for f in filed)
    portal.add(folder, frame(portal, SKIN, title, f"<ul>{listed}</ul>", title))


def prepend(portal: Portal, target: str, markup: str) -> None:
    """Put the markup at the head of a page."""
    page = portal.pages[target]
    assert isinstance(page, Response)
    portal.pages[target] = replace(page, body=str(page.body).replace("<body>", f"<body>{markup}", 1))


WAYS: Mapping[str, Callable[[str], Portal]] = {
    "home-moved": home_moved,
    "directory": government_and_departments,
    "more": more_of_each,
    "hot-words": hot_words,
    "topics": among_topics,
    "two-parts": split_in_parts,
    "four-parts": partial(
        split_in_parts, name="four-parts", cuts=("三、收到和处理", "四、政府信息公开", "五、存在")
    ),
    "tab-load": loaded_into_a_tab,
    "two-arguments": body_and_year_by_script,
    "eportal-query": eportal_query,
    "eportal-tag": partial(eportal_query, name="eportal-tag", call="onclick='next(this)' tagname='{}'"),
    "year-of-files": files_of_a_year,
}
