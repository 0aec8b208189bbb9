"""Portals whose reports lie off the beaten track: behind splash pages, redirects, other hosts, among other papers."""

from tests.portals.filings import Filing, filings, issuers
from tests.portals.server import Request, Response
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, rows, shorten

TITLE = "政府信息公开年报"
SKIN = Skin(lambda key: f"/web/{key}/", lambda key, serial, day: f"/web/{key}/{serial}.shtml", metas=False)


def splash(base: str) -> Portal:
    """The address of the portal shows a script that leads on, the platform is a set of frames."""
    portal = Portal(
        "splash", "云岭县人民政府", "generic", "云岭县", home="/web/index.html", region_code="539932"
    )
    filed = filings(issuers("云岭县", 3), range(2023, 2025))
    _column(portal, filed, "/web/zfxxgk/nianbao/")
    furnish(portal, SKIN, "/web/zfxxgk/nianbao/")
    left = f"<html><body><a href='/web/guide/' target='main'>政府信息公开指南</a><br><a href='/web/zfxxgk/nianbao/' target='main'>{TITLE}</a></body></html>"
    portal.add("/web/zfxxgk/left.html", left)
    frames = "<html><frameset cols='20%,80%'><frame src='/web/zfxxgk/left.html'><frame name='main' src='/web/guide/'></frameset></html>"
    portal.add(SKIN.column("platform"), frames)
    portal.home = "/"
    portal.listings = 4  # with the frames and what the splash page leads to
    portal.add(
        "/",
        "<html><head><title>云岭县人民政府</title></head><body><script>window.location.href='/web/index.html';</script></body></html>",
    )
    return portal


def among_others(base: str) -> Portal:
    """The column holds look-alikes and notices too; titles are cut without a full one beside them, and vary."""
    portal = Portal("mixed", "柳岭县人民政府", "generic", "柳岭县", region_code="459931")
    filed = filings(issuers("柳岭县", 5), range(2021, 2025))
    furnish(portal, SKIN, "/web/xxgknb/")
    others = {
        "/web/xxgknb/w2022.shtml": "2022年柳岭县政府网站工作年度报表",
        "/web/xxgknb/w2023.shtml": "2023年柳岭县政府网站工作年度报表",
        "/web/xxgknb/f2022.shtml": "柳岭县财政局2022年度法治政府建设工作报告",
        "/web/xxgknb/f2023.shtml": "柳岭县财政局2023年度法治政府建设工作报告",
        "/web/xxgknb/n2024.shtml": "关于报送2024年政府信息公开工作年度报告的通知",
    }
    for href, title in others.items():
        portal.add(href, frame(portal, SKIN, title, f"<h1>{title}</h1><p>{'各项工作按要求开展。' * 60}</p>"))
    entries = [(_address(f, "/web/xxgknb/"), shorten(f.title, 18), f.published) for f in filed]
    for place, (href, title) in enumerate(others.items()):
        entries.insert(2 + 4 * place, (href, title, "2024-02-01"))
    listed = "".join(
        f"<li><a href='{href}'>{title}</a> {day.replace('-', '/')}</li>" for href, title, day in entries
    )
    file_reports(
        portal, SKIN, filed, lambda filing: _address(filing, "/web/xxgknb/"), column="信息公开", header="list"
    )
    portal.add("/web/xxgknb/", frame(portal, SKIN, TITLE, f"<ul>{listed}</ul>"))
    portal.traps += tuple(others)
    return portal


def cut_titles(base: str) -> Portal:
    """As many look-alikes as reports in one list, which cuts every title after the first words behind the year."""
    portal = Portal("cut-titles", "枫岭市人民政府", "generic", "枫岭市", region_code="459933")
    bodies = issuers("枫岭市", 5)
    filed = filings(bodies, range(2021, 2025), uniform=True)
    furnish(portal, SKIN, "/web/xxgknb/")
    file_reports(portal, SKIN, filed, lambda f: _address(f, "/web/xxgknb/"), column="信息公开", header="list")
    entries = []
    for place, filing in enumerate(filed):
        other = ("政府网站工作年度报表", "政府法律顾问工作报告", "政府采购情况年度报告")[place % 3]
        href, title = f"/web/xxgknb/o{filing.serial}.shtml", f"{filing.issuer}{filing.year}年{other}"
        text = "各项工作按要求开展。" * 60
        portal.add(href, frame(portal, SKIN, title, f"<h1>{title}</h1><p>{text}</p>"))
        entries += [
            (href, title, filing.published),
            (_address(filing, "/web/xxgknb/"), filing.title, filing.published),
        ]
    listed = "".join(
        f"<li><a href='{href}'>{shorten(title, title.index('年') + 4)}</a> <i>{day}</i></li>"
        for href, title, day in entries
    )
    portal.add("/web/xxgknb/", frame(portal, SKIN, TITLE, f"<ul>{listed}</ul>"))
    return portal


def moved(base: str) -> Portal:
    """The old address of the column leads to the new one, and old addresses of reports do."""
    portal = Portal("moved", "迁岭市民政局", "generic", "迁岭市", region_code="219932")
    filed = filings(["迁岭市民政局"], range(2018, 2025))
    _column(portal, filed, "/web/new/xxgknb/")
    portal.pages["/old/xxgknb/"] = Response(status=301, headers=(("Location", "/web/new/xxgknb/"),))
    for filing in filed[:3]:
        portal.pages[f"/old/{filing.serial}.html"] = Response(
            status=302, headers=(("Location", base + _address(filing, "/web/new/xxgknb/")),)
        )
    furnish(portal, SKIN, "/old/xxgknb/")
    listing = rows(
        (f"/old/{f.serial}.html" if place < 3 else _address(f, "/web/new/xxgknb/"), f.title, f.published)
        for place, f in enumerate(filed)
    )
    portal.add("/web/new/xxgknb/", frame(portal, SKIN, TITLE, f"<ul>{listing}</ul>"))
    portal.listings = 2 + 3  # the redirects
    return portal


def topics_of_years(base: str) -> Portal:
    """Each year's reports are a topic page that is called as a report is; some rows lead to a script that leads on."""
    portal = Portal("year-topics", "专岭市人民政府", "generic", "专岭市", region_code="419933")
    filed = filings(issuers("专岭市", 5), range(2021, 2025))
    file_reports(portal, SKIN, filed, lambda filing: _address(filing, "/web/xxgknb/"), header="list")
    topics = []
    for year in range(2024, 2020, -1):
        entries = []
        for place, filing in enumerate(one for one in filed if one.year == year):
            address = _address(filing, "/web/xxgknb/")
            if place == 1:
                old, address = address, f"/web/to/{filing.serial}.shtml"
                leading = f"<title>{filing.title}</title><script>window.location.href='{old}';</script>"
                portal.add(address, leading)
            entries.append(f"<li><a href='{address}'>{filing.issuer}</a></li>")
        title = f"专岭市{year}年政府信息公开年度报告"
        portal.add(
            f"/zt/nb{year}/", frame(portal, SKIN, title, f"<h2>{title}</h2><ul>{''.join(entries)}</ul>")
        )
        topics.append((f"/zt/nb{year}/", f"{title}专题", f"{year + 1}-04-01"))
    portal.add("/web/xxgknb/", frame(portal, SKIN, TITLE, f"<ul>{rows(topics)}</ul>"))
    furnish(portal, SKIN, "/web/xxgknb/")
    portal.listings = 1 + 4 + 4  # the topics, the pages that lead on
    return portal


def straight_to_the_column(base: str) -> Portal:
    """The registry names the column itself."""
    portal = Portal("at-column", "直岭县人民政府", "generic", "直岭县", region_code="139931")
    filed = filings(issuers("直岭县", 3), range(2023, 2025))
    _column(portal, filed, "/web/xxgknb/")
    furnish(portal, SKIN, "/web/xxgknb/")
    portal.home = "/web/xxgknb/"
    return portal


def at_a_report(base: str) -> Portal:
    """The registry names one report; its breadcrumb leads to the column, which shows a new year in edition 1."""
    portal = Portal("at-report", "径岭县人民政府", "generic", "径岭县", region_code="139932")
    filed = filings(issuers("径岭县", 3), range(2023, 2025))
    crumbs = "<div class='position'><a href='/'>首页</a> &gt; <a href='/web/zfxxgk/'>政府信息公开</a> &gt; <a href='/web/xxgknb/'>政府信息公开年报</a></div>{}"
    file_reports(portal, SKIN, filed, lambda filing: _address(filing, "/web/xxgknb/"), around=crumbs)
    new = filings(issuers("径岭县", 4), [2025])
    for filing in new:
        portal.corrected[_address(filing, "/web/xxgknb/")] = filing
        portal.pages[_address(filing, "/web/xxgknb/")] = Response(
            frame(portal, SKIN, filing.title, filing.html("list"))
        )

    def column(request: Request) -> Response:
        shown = (*new, *filed) if request.edition else filed
        listing = rows((_address(f, "/web/xxgknb/"), f.title, f.published) for f in shown)
        return Response(frame(portal, SKIN, TITLE, f"<ul>{listing}</ul>"), lasting=True)

    portal.pages["/web/xxgknb/"] = column
    furnish(portal, SKIN, "/web/xxgknb/")
    portal.pages["/web/zfxxgk/"] = portal.pages[SKIN.column("platform")]
    portal.home = _address(filed[0], "/web/xxgknb/")
    return portal


def two_hosts(base: str, other: str) -> Portal:
    """The reports stand on a host of their own, which the registry names; only there are its columns."""
    portal = Portal("two-hosts", "双岭市人民政府", "generic", "双岭市", region_code="419932")
    filed = filings(issuers("双岭市", 3), range(2022, 2025))
    _column(portal, filed, "/gk/xxgknb/")
    portal.elsewhere, portal.reports = portal.reports, {}
    portal.add(
        "/gk/",
        frame(
            portal,
            SKIN,
            "政府信息公开",
            f"<ul><li><a href='/gk/xxgknb/'>{TITLE}</a></li></ul>",
            "政府信息公开",
        ),
    )
    furnish(portal, SKIN, f"{other}/gk/xxgknb/")
    portal.add(
        SKIN.column("platform"),
        frame(
            portal,
            SKIN,
            "政府信息公开",
            f"<p><a href='{other}/gk/'>进入政府信息公开平台</a></p><a href='{other}/gk/'>政府信息公开</a>",
        ),
    )
    portal.listings = 2
    return portal


def _address(filing: Filing, folder: str) -> str:
    return f"{folder}{filing.serial}.shtml"


def at_a_department(base: str) -> Portal:
    """The registry names a department's own page, which leads to its reports and nowhere else."""
    portal = Portal("at-department", "岔岭县人民政府", "generic", "岔岭县", region_code="139933")
    filed = filings(issuers("岔岭县", 6), range(2022, 2025))
    _column(portal, filed, "/web/xxgknb/")
    furnish(portal, SKIN, "/web/xxgknb/")
    own = [filing for filing in filed if filing.issuer == filed[1].issuer]
    listing = rows((_address(f, "/web/xxgknb/"), f.title, f.published) for f in own)
    portal.home = "/bm/2/"
    portal.add(
        portal.home, f"<title>{own[0].issuer}</title><a href='nb/'>{TITLE}</a> <a href='ld/'>领导信息</a>"
    )
    portal.add(f"{portal.home}nb/", f"<title>{TITLE}</title><a href='../ld/'>内设机构</a><ul>{listing}</ul>")
    portal.add(f"{portal.home}ld/", "<title>领导信息</title><p>暂无信息</p>")
    portal.listings = 3
    return portal


def _column(portal: Portal, filed: tuple[Filing, ...], folder: str) -> None:
    file_reports(portal, SKIN, filed, lambda filing: _address(filing, folder), header="list")
    listing = rows((_address(f, folder), f.title, f.published) for f in filed)
    portal.add(folder, frame(portal, SKIN, TITLE, f"<ul>{listing}</ul>"))
