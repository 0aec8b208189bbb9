"""Portals with habits of their own in how they list: notices, cards, pictures, pickers, files of all bodies on one page."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from tests.portals.filings import below, filings, issuers
from tests.portals.server import Request, Response
from tests.portals.site import Portal, file_reports, frame, furnish, rows
from tests.portals.ways import SKIN, TITLE, as_pdf, own_column, prepend


def begun_in_the_middle(base: str) -> Portal:
    """The registry names the third page of a list; its pager leads on, and back to the first page by 首页 alone."""
    portal = Portal("middle", "中溪县人民政府", "generic", "中溪县", "/gk/nb/index_2.html", "139951")
    filed = filings(issuers("中溪县", 6), range(2023, 2025))
    file_reports(portal, SKIN, filed, partial(below, "/gk/nb/"), header="list")
    furnish(portal, SKIN, "/gk/nb/")
    pages = ["/gk/nb/", *(f"/gk/nb/index_{number}.html" for number in range(1, 4))]
    for number, page in enumerate(pages):
        listed = rows((below("/gk/nb/", f), f.title, f.published) for f in filed[number * 3 : number * 3 + 3])
        pager = "<a href='./'>首页</a>"
        pager += f" <a href='index_{number + 1}.html'>下一页</a>" if page != pages[-1] else ""
        portal.add(page, frame(portal, SKIN, TITLE, f"<ul>{listed}</ul><div>{pager}</div>", TITLE))
    portal.listings = len(pages)
    return portal


def announced(base: str) -> Portal:
    """Each year's reports stand below a notice that publishes them, as numbered names of bodies; the years full-width.

    Pages in GBK, whose addresses carry Chinese words and backslashes, with a pager of what visitors say.
    """
    portal = Portal("announced", "告溪县人民政府", "generic", "告溪县", region_code="139952")
    bodies, years = (*issuers("告溪县", 5), "告溪县第一中学"), range(2023, 2025)
    listed = "<li><a href='/xw/1.html'>2024年度十大新闻</a></li>"
    notice = "关于公布{year}年度全县政府信息公开工作年度报告的通知"
    for year in years:
        filed = filings(bodies, [year])
        file_reports(portal, SKIN, filed, partial(below, f"/gk/nb/{year}/"), header="list")
        names = [f.issuer.removeprefix("告溪县").replace("第一中学", "一中") for f in filed]
        items = "".join(
            f"<p><a href='nb\\{year}\\{f.serial}.html'>{place}．{name}</a></p>"
            for place, (f, name) in enumerate(zip(filed, names, strict=True), start=1)
        )
        title = notice.format(year=year)
        portal.add(f"/gk/tz{year}.html", frame(portal, SKIN, title, f"<h1>{title}</h1><div>{items}</div>"))
        printed = title.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        listed += f"<li><a href='tz{year}.html'>{printed}</a></li>"
    comments = "<div><a href='comment.jsp?page=2'>下一页</a></div>"
    column = frame(portal, SKIN, TITLE, f"<ul>{listed}</ul>{comments}", TITLE)
    lasting = Response(column.replace("'utf-8'", "'gb2312'").encode("gbk"), lasting=True)
    furnish(portal, SKIN, "list.asp?lb=信息公开年报")
    for words in (
        "信息公开年报",
        quote("信息公开年报".encode("gbk")),
    ):  # as it is written, and as browsers ask for it
        portal.pages[f"/gk/list.asp?lb={words}"] = lasting
    platform = portal.pages.pop(SKIN.column("platform"))
    assert isinstance(platform, Response)
    text = str(platform.body).replace("'utf-8'", "'gb2312'").replace("href='list", "href='..\\gk\\list")
    portal.pages[SKIN.column("platform")] = replace(platform, body=text.encode("gbk"))
    portal.traps += (r"^/xw/", r"comment")
    portal.listings = 1 + len(years)
    return portal


def in_cards(base: str) -> Portal:
    """Each row is one anchor around date, title and summary; on the platform 更多 stands below the newest of them."""
    portal = Portal("cards", "片溪县人民政府", "generic", "片溪县", region_code="139953")
    filed = filings(issuers("片溪县", 3), range(2022, 2025))
    file_reports(portal, SKIN, filed, partial(below, "/gk/nb/"), header="list")
    cards = [
        f"<a href='{below('/gk/nb/', f)}'><div><b>{f.published[8:]}</b><i>{f.published[:7]}</i></div><h4>{f.title}</h4>"
        f"<p>{f.year}年，{f.issuer}认真贯彻落实条例，持续做好主动公开、依申请公开和平台建设，现将全年工作情况报告如下。</p>"
        "<em>查看详情</em></a>"
        for f in filed
    ]
    portal.add("/gk/9/", frame(portal, SKIN, "年报", f"<div>{''.join(cards)}</div>"))
    furnish(portal, SKIN, SKIN.column("apply"), label="监督举报")
    newest = f"<h3>政府信息公开年报</h3><div>{''.join(cards[:2])}</div><a href='/gk/9/'>更多&gt;&gt;</a>"
    prepend(portal, SKIN.column("platform"), f"<div>{newest}</div>")
    return portal


def without_words(base: str) -> Portal:
    """Years are pictures without words; below each, anchors that say nothing beside the titles."""
    portal = Portal("without-words", "默溪县人民政府", "generic", "默溪县", region_code="139954")
    bodies, years = issuers("默溪县", 6), range(2022, 2025)
    for year in years:
        folder, listed = f"/gk/nb/{year}/", ""
        for place, filing in enumerate(filings(bodies, [year])):
            target = below(folder, filing)
            file_reports(portal, SKIN, [filing], partial(below, folder), header="list")
            listed += (
                f"<li><a href='{target}' aria-label='{filing.title}'></a></li>",
                f"<div><h5>{filing.title}</h5><p>{filing.published}</p><a href='{target}'>阅读全文 →</a></div>",
                f"<div><a href='{target}'><img src='i.png'></a><span>{filing.title}</span></div>",
            )[place % 3]
        portal.add(folder, frame(portal, SKIN, "年报", f"<div>{listed}</div>"))
    pictures = "".join(f"<a href='{year}/'><img src='/i/{year}.png'></a>" for year in years)
    portal.add("/gk/nb/", frame(portal, SKIN, TITLE, pictures, TITLE))
    furnish(portal, SKIN, "/gk/nb/")
    portal.listings = 1 + len(years)
    return portal


def sent_by_pickers(base: str) -> Portal:
    """A year is chosen in a form that sends itself, and so is the page of its list."""
    portal = Portal("pickers", "挑溪县人民政府", "generic", "挑溪县", region_code="139955")
    bodies, years = issuers("挑溪县", 5), range(2022, 2025)
    filed = {year: filings(bodies, [year]) for year in years}
    for year in years:
        file_reports(portal, SKIN, filed[year], partial(below, "/gk/nb/"), header="list")

    def listed(request: Request) -> Response:
        year, number = int(request.query.get("nd", "2024")), int(request.query.get("page", "1"))
        of_year = "".join(f"<option value='{one}'>{one}年</option>" for one in years)
        of_page = "".join(f"<option value='{n}'{' selected' * (n == number)}>{n}</option>" for n in (1, 2))
        shown = filed[year][3 * number - 3 : 3 * number]
        entries = rows((below("/gk/nb/", f), f.title, f.published) for f in shown)
        pickers = (
            f"<form action='/gk/nb/'><select name='nd' onchange='this.form.submit()'>{of_year}</select></form>"
            f"<form action='/gk/nb/'><input type='hidden' name='nd' value='{year}'>"
            f"<select name='page' onchange='this.form.submit()'>{of_page}</select></form>"
        )
        return Response(frame(portal, SKIN, TITLE, f"{pickers}<ul>{entries}</ul>", TITLE), lasting=True)

    portal.pages["/gk/nb/"] = listed
    furnish(portal, SKIN, "/gk/nb/")
    portal.listings = 1 + 2 * len(years)
    return portal


def departments_with_sites(base: str) -> Portal:
    """The column holds the government's own reports; 部门网站 leads to sites of the bodies below it."""
    portal = Portal("sites", "站溪县人民政府", "generic", "站溪县", region_code="139956")
    government, *others = issuers("站溪县", 4)
    own_column(portal, filings([government], range(2018, 2025)), "/gk/nb/")
    for number, body in enumerate(others):
        top = f"/d{number}/"
        own_column(portal, filings([body], range(2020, 2025)), f"{top}gk/nb/")
        home = f"<h1>{body}</h1><a href='{top}dt/'>工作动态</a><a href='{top}gk/'>政府信息公开</a>"
        portal.add(top, f"<html><head><meta charset='utf-8'></head><body>{home}</body></html>")
        board = f"<a href='{top}gk/zn/'>指南</a><a href='{top}gk/nb/'>年报</a>"
        portal.add(f"{top}gk/", frame(portal, SKIN, "政府信息公开", board))
        for folder in ("gk/zn/", "dt/"):
            portal.add(top + folder, frame(portal, SKIN, body, "<p>暂无信息</p>"))
    names = (body.replace("站溪县", "县") for body in others)
    sites = "".join(f"<li><a href='/d{number}/'>{name}</a></li>" for number, name in enumerate(names))
    portal.add("/bmwz.html", frame(portal, SKIN, "部门网站", f"<ul>{sites}</ul>"))
    furnish(portal, SKIN, "/gk/nb/")
    prepend(portal, portal.home, "<a href='/bmwz.html'>部门网站</a>")
    portal.traps += (r"/dt/$",)
    portal.listings = 2 + 3 * len(others)
    return portal


def collected(base: str) -> Portal:
    """A row that is called a report leads to a page with the files of all bodies."""
    portal = Portal("collected", "汇溪县人民政府", "generic", "汇溪县", region_code="139957")
    listed = ""
    for year in range(2023, 2025):
        links = ""
        for place, filing in enumerate(filings(issuers("汇溪县", 5), [year]), start=1):
            target = f"/gk/nb/files/{filing.serial}.pdf"
            portal.reports[target] = filing
            portal.pages[target] = partial(as_pdf, filing)
            links += f"<p><a href='{target}'>{place}.{filing.title}.pdf</a></p>"
        title = f"汇溪县各部门{year}年政府信息公开工作年度报告汇总"
        page = f"<h1>{title}</h1><p>来源：汇溪县人民政府办公室</p><div id='zoom'>附件：{links}</div>"
        portal.add(f"/gk/nb/{year}.html", frame(portal, SKIN, title, page))
        listed += rows([(f"/gk/nb/{year}.html", title, f"{year + 1}-02-01")])
    portal.add("/gk/nb/", frame(portal, SKIN, TITLE, f"<ul>{listed}</ul>", TITLE))
    furnish(portal, SKIN, "/gk/nb/")
    portal.listings = 3
    return portal


HABITS: Mapping[str, Callable[[str], Portal]] = {
    "middle": begun_in_the_middle,
    "announced": announced,
    "cards": in_cards,
    "without-words": without_words,
    "pickers": sent_by_pickers,
    "sites": departments_with_sites,
    "collected": collected,
}
