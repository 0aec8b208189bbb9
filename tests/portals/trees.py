"""Portals without a known vendor: trees of bodies and years, frames, scripts, pictures, old encodings."""

from dataclasses import replace
from functools import partial

from tests.portals.filings import Filing, below, filings, issuers
from tests.portals.server import Page, Request, Response, robots
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, hexadecimal, rows

TITLE = "政府信息公开年报"
SKIN = Skin(lambda key: f"/{key}/", lambda key, serial, day: f"/{key}/{day[:4]}/{serial}.html")
BARE = replace(SKIN, metas=False)


def old_encoding(base: str) -> Portal:
    """GB 2312 throughout, no meta tags, rows in a table, 下一页 by link; capitals in folder names."""
    skin = replace(BARE, column=lambda key: f"/{key.upper()}/Index.html")
    portal = Portal("gb2312", "古陶县人民政府", "generic", "古陶县", region_code="149921")
    filed = filings(issuers("古陶县", 3), range(2021, 2025))

    def address(filing: Filing) -> str:
        return f"/ZFXXGK/ZFXXGKNB/Show.asp?id={filing.serial}"

    file_reports(portal, skin, filed, address, header="list")
    pages = [filed[first : first + 5] for first in range(0, len(filed), 5)]
    for number, part in enumerate(pages, start=1):
        listed = "".join(
            f"<tr><td>{place}</td><td><a href='Show.asp?id={f.serial}' title='{f.title}'>{f.title[:16]}</a></td><td>[{f.published[5:]}]</td></tr>"
            for place, f in enumerate(part)
        )
        pager = f"<a href='Index.html'>首页</a> {'' if number == len(pages) else f'<a href=Index_{number + 1}.html>下一页</a>'}"
        name = "Index.html" if number == 1 else f"Index_{number}.html"
        portal.add(f"/ZFXXGK/ZFXXGKNB/{name}", frame(portal, skin, TITLE, f"<table>{listed}</table>{pager}"))
    portal.listings = len(pages)
    furnish(portal, skin, "/ZFXXGK/ZFXXGKNB/Index.html")
    portal.pages = {target: _in_gb2312(page) for target, page in portal.pages.items()}
    return portal


def _in_gb2312(page: Page) -> Page:
    def encoded(response: Response) -> Response:
        if "html" not in response.content_type or isinstance(response.body, bytes):
            return response
        text = response.body.replace("charset='utf-8'", "charset=gb2312")
        return replace(response, body=text.encode("gb18030"), content_type="text/html")

    return encoded(page) if isinstance(page, Response) else lambda request: encoded(page(request))


def body_then_year(base: str) -> Portal:
    """A picker of bodies, then a list of years: no row says more than a year."""
    portal = Portal("organ-year", "巴山县人民政府", "generic", "巴山县", region_code="519921")
    bodies = issuers("巴山县", 3)
    options = ""
    for number, body in enumerate(bodies):
        folder = f"/gk/zfxxgknb/bm{number:02}/"
        of_body = filings([body], range(2021, 2025))
        file_reports(portal, SKIN, of_body, partial(below, f"{folder}content_"))
        listed = "".join(
            f"<li><a href='{folder}content_{f.serial}.html'>{f.year}年</a></li>" for f in of_body
        )
        portal.add(folder, frame(portal, SKIN, body, f"<h2>{body}</h2><ul>{listed}</ul>", TITLE))
        options += f"<li><a href='{folder}' target='right'>{body.removeprefix('巴山县')}</a></li>"
    portal.add("/gk/zfxxgknb/", frame(portal, SKIN, TITLE, f"<h3>县政府部门</h3><ul>{options}</ul>", TITLE))
    portal.listings = 1 + len(bodies)
    furnish(portal, SKIN, "/gk/zfxxgknb/")
    return portal


def framed(base: str) -> Portal:
    """The board is a frame in the platform's page, and the way there is a picture with an onclick."""
    portal = Portal("framed", "玉泉县人民政府", "generic", "玉泉县", region_code="619921")
    filed = filings(issuers("玉泉县", 3), range(2021, 2025))

    def address(filing: Filing) -> str:
        return f"/zfxxgk/zfxxgknb/nb/{1234567890123450000 + filing.serial}.html"

    file_reports(portal, SKIN, filed, address)
    pages = [filed[first : first + 5] for first in range(0, len(filed), 5)]
    for number, part in enumerate(pages, start=1):
        listed = rows((address(f).rsplit("/", 1)[1], f.title, f.published) for f in part)
        following = (
            f"<a href='{number + 1}.html'>&gt;</a> <a href='{number + 1}.html'>下一页</a>"
            if number < len(pages)
            else ""
        )
        portal.add(
            f"/zfxxgk/zfxxgknb/nb/{number}.html", f"<html><body><ul>{listed}</ul>{following}</body></html>"
        )
    portal.listings = len(pages) + 1
    furnish(portal, SKIN, "/zfxxgk/zfxxgknb/")
    portal.add(
        "/zfxxgk/zfxxgknb/",
        frame(
            portal,
            SKIN,
            TITLE,
            "<iframe src='nb/1.html' width='100%' frameborder='0'></iframe><iframe src='http://weather.demo.invalid/'></iframe>",
            TITLE,
        ),
    )
    boards = (
        f"<map name='m'><area shape='rect' href='{SKIN.column('guide')}' alt='政府信息公开指南'></map>"
        f"<img src='/i/nb.png' alt='{TITLE}' onclick=\"window.open('/zfxxgk/zfxxgknb/')\">"
    )
    portal.add(SKIN.column("platform"), frame(portal, SKIN, "政府信息公开", boards, "政府信息公开"))
    return portal


def column_is_report(base: str) -> Portal:
    """No article pages: the page of the column is the newest report, its tabs are the other years."""
    portal = Portal("one-page", "乌江市财政局", "generic", "乌江市", region_code="529901")
    filed = filings(["乌江市财政局"], range(2019, 2025))
    tabs = "".join(f"<li><a href='/zfxxgk/zfxxgknb/{f.year}n/'>{f.year}年</a></li>" for f in filed)
    around = f"<ul class='tabs'>{tabs}</ul>{{}}"
    file_reports(portal, SKIN, filed, lambda filing: f"/zfxxgk/zfxxgknb/{filing.year}n/", around=around)
    portal.pages["/zfxxgk/zfxxgknb/"] = portal.pages["/zfxxgk/zfxxgknb/2024n/"]
    portal.listings = 1
    furnish(portal, SKIN, "/zfxxgk/zfxxgknb/")
    return portal


def script_lists(base: str) -> Portal:
    """Levels, then years, then lists that stand as literals in a script; addresses relative to the page."""
    portal = Portal("script-list", "松原岭县人民政府", "generic", "松原岭县", region_code="229921")
    levels = (
        ("xzfbm", "县政府部门", issuers("松原岭县", 2)),
        ("xzjd", "乡镇街道", issuers("松原岭县", 9)[7:]),
    )
    listed = ""
    for folder, label, bodies in levels:
        years = ""
        for year in range(2024, 2021, -1):
            top = f"/zfxxgk/nianbao/{folder}/{year}/"
            of_year = filings(bodies, [year])
            file_reports(portal, SKIN, of_year, partial(_named, top))
            entries = ",".join(
                f"{{url:'./{hexadecimal(f.serial)}.shtml',title:'{f.title}',date:'{f.published}'}}"
                for f in of_year
            )
            portal.add(
                top,
                frame(
                    portal,
                    SKIN,
                    label,
                    f"<div id='list'></div><script>var list=[{entries}];show(list);</script>",
                    TITLE,
                ),
            )
            years += f"<li><a href='{year}/'>{year}年</a></li>"
        portal.add(f"/zfxxgk/nianbao/{folder}/", frame(portal, SKIN, label, f"<ul>{years}</ul>", TITLE))
        listed += f"<li><a href='{folder}/'>{label}</a></li>"
    portal.add("/zfxxgk/nianbao/", frame(portal, SKIN, TITLE, f"<ul>{listed}</ul>", TITLE))
    portal.listings = 9
    furnish(portal, SKIN, "/zfxxgk/nianbao/")
    return portal


def picked_by_select(base: str) -> Portal:
    """A drop-down of years and levels written as words; the rows carry a body's name and a year in two cells."""
    portal = Portal("select", "赤岭旗人民政府", "generic", "赤岭旗", region_code="159921")
    bodies = issuers("赤岭旗", 3)
    years = range(2024, 2020, -1)
    options = "".join(f"<option value='/xxgk/gknb/{year}/list.html'>{year}年度</option>" for year in years)
    for year in years:
        of_year = filings(bodies, [year])
        file_reports(
            portal,
            BARE,
            of_year,
            lambda filing: f"/xxgk/gknb/{filing.year}/{filing.serial}.html",
            header="none",
        )
        cells = "".join(
            f"<tr><td>{f.issuer}</td><td>{year}年</td><td><a href='{f.serial}.html'>查看</a></td></tr>"
            for f in of_year
        )
        main = f"<select onchange='location.href=this.value'>{options}</select><table><tr><th>单位</th><th>年度</th><th>年报</th></tr>{cells}</table>"
        portal.add(f"/xxgk/gknb/{year}/list.html", frame(portal, BARE, "信息公开年度报告", main))
    portal.listings = len(years)
    furnish(portal, BARE, "/xxgk/gknb/2024/list.html", label="信息公开年度报告")
    return portal


def traps(base: str) -> Portal:
    """Everything that a careless visitor runs into: an endless pager, twins, a closed folder, off-site links."""
    portal = Portal("traps", "迷津县人民政府", "generic", "迷津县", region_code="419921")
    filed = filings(issuers("迷津县", 3), range(2021, 2025))

    def address(filing: Filing) -> str:
        return f"/zfxxgk/xxgknb/{filing.published.replace('-', '/')}/{filing.serial}.html"

    file_reports(
        portal,
        SKIN,
        filed,
        address,
        around="<a href='/print?id=7'>打印</a><a href='http://share.demo.invalid/?url=x'>分享</a>{}",
    )
    hidden = filings(["迷津县信访局"], [2023])[0]
    portal.pages["/closed/2023/secret.html"] = Response(
        frame(portal, SKIN, hidden.title, hidden.html(), TITLE, hidden)
    )
    total = -(-len(filed) // 5)

    def listing(request: Request) -> Response:
        number = max(int(request.query.get("page", "1")), 1)
        part = filed[(min(number, total) - 1) * 5 :][:5]  # beyond the end: the last page, for ever
        listed = rows((address(f), f.title, f.published) for f in part)
        others = rows(
            (
                ("/closed/2023/secret.html", hidden.title, "2024-01-12"),
                ("http://mirror.demo.invalid/report.html", filed[0].title, "2024-01-12"),
                (f"http://127.0.0.1:9/{filed[0].serial}.html", filed[0].title, "2024-01-12"),
                ("mailto:office@demo.invalid", filed[1].title, "2024-01-12"),
                ("ftp://files.demo.invalid/report.html", filed[1].title, "2024-01-12"),
                (f"/m{address(part[0])}", part[0].title, "2024-01-12"),
            )
        )
        sort = "<a href='?page=1&sort=asc'>按时间</a> <a href='?page=1&sort=desc'>按标题</a>"
        pager = f"<a href='/zfxxgk/xxgknb/list.do?page={number + 1}'>下一页</a>"
        return Response(frame(portal, SKIN, TITLE, f"<ul>{listed}{others}</ul>{sort}{pager}", TITLE))

    portal.pages["/zfxxgk/xxgknb/list.do"] = listing
    portal.listings = total
    furnish(
        portal, SKIN, "/zfxxgk/xxgknb/list.do?page=1", robots_txt=robots("/closed/", "/search", "/admin/")
    )
    portal.traps += (r"^/closed/", r"page=(?:[6-9]|\d\d)")
    return portal


def departments(base: str) -> Portal:
    """Each department has a platform of its own below the portal's; only there stand its reports."""
    portal = Portal("departments", "百川市人民政府", "generic", "百川市", region_code="519901")
    picker = ""
    for number, body in enumerate(issuers("百川市", 4)):
        top = f"/bm/d{number:02}/zwgk/"
        filed = filings([body], range(2021, 2025))
        file_reports(portal, SKIN, filed, partial(below, f"{top}nb/"))
        listed = rows((f"{f.serial}.html", f.title, f.published) for f in filed)
        portal.add(f"{top}nb/", frame(portal, SKIN, TITLE, f"<ul>{listed}</ul>", TITLE))
        boards = "".join(
            f"<li><a href='{top}{folder}/'>{label}</a></li>"
            for folder, label in (
                ("zn", "政府信息公开指南"),
                ("zd", "政府信息公开制度"),
                ("nr", "法定主动公开内容"),
                ("nb", TITLE),
            )
        )
        portal.add(top, frame(portal, SKIN, f"{body}政府信息公开", f"<ul>{boards}</ul>", "政府信息公开"))
        for folder in ("zn", "zd", "nr"):
            portal.add(f"{top}{folder}/", frame(portal, SKIN, body, "<p>暂无信息</p>"))
        picker += f"<li><a href='{top}'>{body}</a></li>"
    furnish(portal, SKIN, "/bm/d00/zwgk/nb/")
    main = f"<div class='boards'><a href='/bm/d00/zwgk/nb/'>{TITLE}</a></div><h3>部门信息公开</h3><ul>{picker}</ul>"
    portal.add(SKIN.column("platform"), frame(portal, SKIN, "政府信息公开", main, "政府信息公开"))
    portal.listings = 9
    return portal


def _named(folder: str, filing: Filing) -> str:
    return f"{folder}{hexadecimal(filing.serial)}.shtml"
