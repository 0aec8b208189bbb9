"""Portals with a fault: challenges, limits, broken connections, soft 404, loops, floods, robots.txt.

Each is a small portal of one body and six years; the fault sits where the name says.
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial

from tests.portals.files import scan
from tests.portals.filings import Filing, filings
from tests.portals.server import Page, Request, Response, robots
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, rows

BODY = "幽谷市民政局"
ARCHIVES = "幽谷市档案局"
TITLE = "政府信息公开年报"
COLUMN = "/zfxxgk/zfxxgknb/"
SKIN = Skin(lambda key: f"/{key}/", lambda key, serial, day: f"/{key}/{serial}.html")


def address(filing: Filing) -> str:
    return f"{COLUMN}{filing.year}.html"


def small(name: str, base: str, robots_txt: Response | None = None, body: str = BODY) -> Portal:
    """A portal in good health."""
    portal = Portal(name, body, "generic", "幽谷市", region_code="999901")
    filed = filings([body], range(2019, 2025), uniform=True)
    file_reports(portal, SKIN, filed, address)
    listed = rows((address(filing), filing.title, filing.published) for filing in filed)
    portal.add(COLUMN, frame(portal, SKIN, TITLE, f"<ul>{listed}</ul>", TITLE))
    furnish(portal, SKIN, COLUMN, robots_txt=robots_txt)
    return portal


def everywhere(name: str, response: Response, base: str, after: int = 0) -> Portal:
    """Every request but that for robots.txt gets this answer, from the one with that number on."""
    portal = small(name, base)
    for target, page in portal.pages.items():
        if target != "/robots.txt":
            portal.pages[target] = partial(_after, page, response, after)
    return portal


def _after(page: Page, response: Response, after: int, request: Request) -> Response:
    return response if request.number >= after else _answer(page, request)


def _answer(page: Page, request: Request) -> Response:
    return page if isinstance(page, Response) else page(request)


RUISHU = Response(
    "<html><head><script r='m'>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=12345;$_ts.cd='qqq"
    + "x9" * 400
    + "';</script></head><body></body></html>",
    status=412,
    headers=(("Set-Cookie", "Fssx0O=abc; path=/"),),
)
JIASULE = Response(
    "<script>document.cookie=('_')+('_')+('jsl_clearance_s=1736.1|0|x');location.href=location.pathname</script>",
    status=521,
    headers=(("Set-Cookie", "__jsluid_s=0f; max-age=31536000; path=/; HttpOnly"),),
)
WAF = Response(
    "<html><title>访问被拦截</title><body><h1>访问被拦截！</h1><p>您的请求可能存在威胁，已被网站防火墙拦截。事件ID：7c1</p></body></html>"
)
CAPTCHA = Response(
    "<html><title>安全验证</title><body><form action='/verify'>请输入验证码：<input name='captcha'><img src='/captcha.jpg'></form></body></html>"
)
FORBIDDEN = Response("<html><body><h1>403 Forbidden</h1></body></html>", status=403)


def first_time(name: str, response: Response, base: str, where: str = "reports") -> Portal:
    """The first visit to each of these pages gets this answer, the second is served."""
    portal = small(name, base)
    targets = {
        "column": [COLUMN],
        "two reports": [f"{COLUMN}2020.html", f"{COLUMN}2023.html"],
        "reports": list(portal.reports),
    }
    for target in targets[where]:
        portal.pages[target] = partial(_at_first, portal.pages[target], response)
    return portal


def _at_first(page: Page, response: Response, request: Request) -> Response:
    return _answer(page, request) if request.visit else response


BUSY = Response("busy", status=503, headers=(("Retry-After", "1"),))
LIMITED = Response("slow down", status=429)
RESET = Response("<html><body><p>开头", resets=True)
SOFT_404 = "<html><head><title>提示</title></head><body><div>您访问的页面不存在或已删除</div></body></html>"


def slow(base: str) -> Portal:
    """Its bytes come in drops, and all of them come."""
    portal = small("slow", base)
    for target in portal.reports:
        portal.pages[target] = partial(_dripping, portal.pages[target])
    return portal


def _dripping(page: Page, request: Request) -> Response:
    whole = _answer(page, request)
    return replace(whole, pause=0.05, drops=8)


def stalled(base: str) -> Portal:
    """One report never comes to an end."""
    portal = small("stalled", base)
    spoil(portal, 2021, Response("<p>", times=600, pause=0.5))
    return portal


def spoil(portal: Portal, year: int, page: Page) -> None:
    """Instead of the report of that year stands something else, which is none."""
    target = f"{COLUMN}{year}.html"
    portal.pages[target] = page
    del portal.reports[target]


def soft_404(base: str) -> Portal:
    portal = small("soft-404", base)
    spoil(portal, 2020, Response(SOFT_404))
    spoil(portal, 2022, Response("", status=302, headers=(("Location", "/"),)))
    spoil(portal, 2023, Response("<html></html>"))
    return portal


def loops(base: str) -> Portal:
    portal = small("loops", base)
    spoil(portal, 2020, _to(f"{COLUMN}2020.html"))
    spoil(portal, 2021, _to("/loop/1.html"))
    portal.pages["/loop/1.html"], portal.pages["/loop/2.html"] = _to("/loop/2.html"), _to("/loop/1.html")
    return portal


def _to(location: str) -> Response:
    return Response(status=302, headers=(("Location", location),))


def leads_away(base: str) -> Portal:
    """Redirects that leave the portal: another port, a private address, another host, another scheme."""
    portal = small("leads-away", base)
    host = base.rsplit(":", 1)[0]
    for year, location in enumerate(
        (
            f"{host}:9/x.html",
            "http://10.0.0.1/x.html",
            "http://www.demo.invalid/x.html",
            "file:///etc/hostname",
        ),
        2019,
    ):
        spoil(portal, year, _to(location))
    return portal


def flood(base: str) -> Portal:
    """A page of 60 MB, and a tenth of a megabyte that unpacks to 100."""
    portal = small("flood", base)
    spoil(portal, 2020, Response("政府信息公开" * 1000, times=60 * 1024 * 1024 // 18000))
    spoil(portal, 2021, lambda request: Response(_bomb(), headers=(("Content-Encoding", "gzip"),)))
    return portal


@cache
def _bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(100)) + packer.flush()


def closed(base: str) -> Portal:
    portal = small("robots-all", base, robots("/"))
    portal.traps += (r"^/(?!robots\.txt)",)
    portal.reports = {}
    return portal


def robots_unavailable(base: str) -> Portal:
    """RFC 9309, 2.3.1.4: a robots.txt that cannot be had because of the server closes the site."""
    portal = small("robots-503", base, Response("down", status=503))
    portal.traps += (r"^/(?!robots\.txt)",)
    portal.reports = {}
    return portal


def column_closed(base: str) -> Portal:
    """Everybody may look around, but not where the reports are."""
    portal = small("robots-column", base, robots(COLUMN))
    portal.traps += (rf"^{COLUMN}",)
    portal.reports = {}
    return portal


def crawl_delay(base: str) -> Portal:
    return small("robots-delay", base, robots("/search", more="Crawl-delay: 0.5"))


def unread_files(base: str) -> Portal:
    """Reports that nothing reads: four are listed themselves, two pages link a .doc, two show a scan.

    One page of each kind says itself what it carries, so that there is a report, though without a text.
    """
    portal = small("unread-files", base, body=ARCHIVES)
    word = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    text = "政府信息公开工作年度报告"
    files = {
        "2017.wps": ("application/vnd.ms-works", word),
        "2018.ofd": ("application/ofd", _zip({"OFD.xml": "<ofd:OFD/>"})),
        "2019.doc": ("application/msword", word),
        "2020.jpg": ("image/jpeg", b"\xff\xd8\xff\xe0" + bytes(2000)),
        "2021.doc": ("application/msword", word),
        "2022.doc": ("application/msword", word),
        "2023.pdf": ("application/pdf", scan()),
        "2024.pdf": ("application/pdf", scan()),
    }
    for name, (media_type, body) in files.items():
        portal.pages[COLUMN + name] = Response(body, content_type=media_type, lasting=True)
    link, viewer = "<p>附件：<a href='{}.doc'>点击下载</a></p>", "<iframe src='{}.pdf'></iframe>"
    for year, shown, title in (
        (2021, link, f"{ARCHIVES}2021年{text}"),
        (2022, link, "通知"),
        (2023, viewer, "通知"),
        (2024, viewer, f"{ARCHIVES}2024年{text}"),
    ):
        page = frame(portal, SKIN, title, f"<div id='zoom'><p>见下。</p>{shown.format(year)}</div>", "文件")
        spoil(portal, year, Response(page, lasting=True))
    for year in (2019, 2020):
        del portal.reports[f"{COLUMN}{year}.html"]
    direct = [(name, f"{ARCHIVES}{name[:4]}年{text}", "2021-01-08") for name in list(files)[:4]]
    pages = [(f"{year}.html", f"{ARCHIVES}{year}年{text}", "2025-01-08") for year in range(2021, 2025)]
    portal.add(COLUMN, frame(portal, SKIN, TITLE, f"<ul>{rows([*pages, *direct])}</ul>", TITLE))
    return portal


def _zip(members: Mapping[str, str]) -> bytes:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 2, 8, 0, 0)), text)
    return package.getvalue()


def own_cookie(base: str) -> Portal:
    """Who comes without the host's cookie is sent back to the same address with it."""
    portal = small("own-cookie", base)
    for target, page in portal.pages.items():
        portal.pages[target] = partial(_gated, page)
    return portal


def _gated(page: Page, request: Request) -> Response:
    if "CT6T=7f" in request.headers.get("cookie", ""):
        return _answer(page, request)
    return Response(
        status=302, headers=(("Location", request.target), ("Set-Cookie", "CT6T=7f; Path=/; HttpOnly"))
    )


FAULTS: Mapping[str, Callable[[str], Portal]] = {
    "challenge-412": partial(everywhere, "challenge-412", RUISHU),
    "challenge-521": partial(everywhere, "challenge-521", JIASULE),
    "challenge-later": partial(everywhere, "challenge-later", RUISHU, after=6),
    "waf-200": partial(everywhere, "waf-200", WAF),
    "captcha": partial(everywhere, "captcha", CAPTCHA, after=5),
    "forbidden": partial(everywhere, "forbidden", FORBIDDEN),
    "busy-503": partial(first_time, "busy-503", BUSY, where="two reports"),
    "limited-429": partial(first_time, "limited-429", LIMITED, where="column"),
    "resets": partial(first_time, "resets", RESET, where="two reports"),
    "slow": slow,
    "stalled": stalled,
    "soft-404": soft_404,
    "loops": loops,
    "own-cookie": own_cookie,
    "leads-away": leads_away,
    "flood": flood,
    "unread-files": unread_files,
    "robots-all": closed,
    "robots-503": robots_unavailable,
    "robots-column": column_closed,
    "robots-delay": crawl_delay,
}
