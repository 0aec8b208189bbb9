"""What all demo portals have in common: the web site of a government, around the reports that are filed on it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape

from tests.portals.filings import Filing
from tests.portals.lookalikes import look_alikes
from tests.portals.server import Page, Request, Response, robots


@dataclass
class Portal:
    """One demo portal: its pages, and the truth that a crawl of it should find."""

    id: str
    name: str
    family: str  # as a crawler should call it
    place: str  # 云溪市
    home: str = "/"  # where the registry says that it starts
    region_code: str = ""
    pages: dict[str, Page] = field(default_factory=dict)  # path, or path and query → page
    # path, or path and query → the report that stands there
    reports: dict[str, Filing] = field(default_factory=dict)
    elsewhere: dict[str, Filing] = field(default_factory=dict)  # reports on its second host
    corrected: dict[str, Filing] = field(default_factory=dict)  # what edition 1 shows there instead
    traps: tuple[str, ...] = ()  # regular expressions: targets that no visit should ask for
    listings: int = 1  # pages that must be asked for to know that nothing is new

    def answer(self, request: Request) -> Response:
        page = self.pages.get(request.target) or self.pages.get(request.path) or MISSING
        return page if isinstance(page, Response) else page(request)

    def add(self, target: str, html: str) -> None:
        """A page that lies on the disk of the server."""
        self.pages[target] = Response(html, lasting=True)

    def file(self, target: str, filing: Filing, frame: Callable[[Filing], str]) -> None:
        """The page of one report, written when somebody asks."""
        self.reports[target] = filing
        self.pages[target] = lambda request: Response(frame(filing), lasting=True)


MISSING = Response("<html><body><h1>404 Not Found</h1></body></html>", status=404)


@dataclass(frozen=True)
class Skin:
    """How the publishing system of a portal names its pages and dresses them."""

    column: Callable[[str], str]  # key of a column → path
    article: Callable[[str, int, str], str]  # key of the column, serial, ISO date → path
    mark: str = ""  # what the vendor leaves in each page
    metas: bool = True  # the meta tags of 国办发〔2017〕47号
    nav: str = "ul"


def frame(
    portal: Portal, skin: Skin, title: str, main: str, column: str = "", article: Filing | None = None
) -> str:
    """A page of the portal: navigation, main part, footer."""
    metas = ""
    if skin.metas:
        pairs = [("SiteName", portal.name), ("SiteDomain", "demo"), ("SiteIDCode", "3399010001")]
        pairs += [("ColumnName", column), ("ColumnType", column)] if column else []
        if article:
            pairs += [("ArticleTitle", article.title), ("PubDate", f"{article.published} 09:12")]
            pairs += [("ContentSource", article.issuer)]
        metas = "".join(f"<meta name='{name}' content='{escape(value)}'>" for name, value in pairs)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{escape(title)}</title>{metas}{skin.mark}</head><body>"
        f"{_banner(portal, skin)}<div class='crumbs'>您当前的位置：<a href='{portal.home}'>首页</a> &gt; {column or title}</div>"
        f"<div class='main'>{main}</div>{_footer(portal, skin)}</body></html>"
    )


def _banner(portal: Portal, skin: Skin) -> str:
    entries = (
        ("首页", portal.home),
        ("走进" + portal.place, skin.column("about")),
        ("新闻中心", skin.column("news")),
        ("政务公开", skin.column("gongkai")),
        ("政务服务", "http://zwfw.demo.invalid/"),
        ("互动交流", skin.column("letters")),
        ("数据开放", skin.column("data")),
    )
    items = "".join(f"<li><a href='{href}' title='{text}'>{text}</a></li>" for text, href in entries)
    return (
        f"<div class='top'><a href='/m{portal.home}'>手机版</a> <a href='javascript:void(0)' onclick='addFavorite()'>收藏</a> "
        "<a href='/calendar?month=2026-01'>日历</a></div>"
        "<form action='/search' method='get'><input name='q'><input type='submit' value='搜索'></form>"
        f"<ul class='nav'>{items}</ul>"
    )


def _footer(portal: Portal, skin: Skin) -> str:
    return (
        "<div class='footer'><a href='/sitemap.html'>网站地图</a> "
        f"<a href='{skin.column('wznb')}'>政府网站工作年度报表</a> <a href='http://www.demo.invalid/'>友情链接</a> "
        f"主办：{portal.name} 政府网站标识码：3399010001</div>"
    )


def rows(entries: Iterable[tuple[str, str, str]]) -> str:
    """A plain list: (address, title, date)."""
    return "".join(
        f"<li><a href='{href}' title='{escape(title)}' target='_blank'>{escape(shorten(title))}</a><span>{date}</span></li>"
        for href, title, date in entries
    )


def shorten(title: str, width: int = 24) -> str:
    """As narrow columns print it."""
    return title if len(title) <= width else title[:width] + "…"


def furnish(
    portal: Portal,
    skin: Skin,
    board: str,
    label: str = "政府信息公开年报",
    robots_txt: Response | None = None,
) -> None:
    """The rest of the portal: home page, news, the disclosure platform with its four boards, and the look-alikes.

    `board` is the address that the platform gives for its annual reports.
    """
    column, place = skin.column, portal.place

    def add(key: str, title: str, main: str) -> None:
        portal.add(column(key), frame(portal, skin, title, main, title))

    news = [
        (skin.article("news", 3000000 + n, "2025-03-11"), f"{place}{topic}", "2025-03-11")
        for n, topic in enumerate(NEWS)
    ]
    for href, title, _ in news:
        portal.add(
            href,
            frame(portal, skin, title, f"<h1>{title}</h1><p>{title}。{'有关负责人参加。' * 20}</p>", "要闻"),
        )
    others = _look_alikes(portal, skin)
    portal.add(
        portal.home,
        frame(
            portal,
            skin,
            portal.name,
            f"<div class='slides'><a href='{news[0][0]}'><img src='/i/1.jpg' alt='{news[0][1]}'></a></div>"
            f"<h2><a href='{column('news')}'>要闻动态</a></h2><ul>{rows(news)}</ul>"
            f"<h2><a href='{column('gongkai')}'>政务公开</a></h2><ul>{rows(others['notices'])}</ul>"
            f"<div class='quick'><a href='{column('leaders')}'>领导之窗</a> <a href='{column('data')}'>统计数据</a>"
            f" <a href='{column('platform')}'><img src='/i/xxgk.png' alt='政府信息公开'></a></div>",
        ),
    )
    add(
        "news",
        "新闻中心",
        f"<ul>{rows(news)}</ul><div class='pages'><a href='/calendar?month=2026-01'>按日期查看</a></div>",
    )
    add("about", f"走进{place}", f"<p>{place}位于云水之间。</p>" * 5)
    add("letters", "互动交流", "<p>领导信箱、在线访谈、民意征集。</p>")
    add("leaders", "领导之窗", "<p>市长：信息公开、审计。</p>")
    add("data", "统计数据", f"<ul>{rows(others['data'])}</ul>")
    add(
        "gongkai",
        "政务公开",
        f"<ul><li><a href='{column('platform')}'>政府信息公开</a></li><li><a href='{column('policy')}'>政策文件</a></li>"
        f"<li><a href='{column('jiedu')}'>政策解读</a></li><li><a href='{column('juesuan')}'>预决算公开</a></li></ul>",
    )
    boards = (
        ("政府信息公开指南", column("guide")),
        ("政府信息公开制度", column("rules")),
        ("法定主动公开内容", column("statutory")),
        (label, board),
        ("依申请公开", column("apply")),
    )
    links = "".join(f"<li><a href='{href}'>{text}</a></li>" for text, href in boards)
    add(
        "platform",
        "政府信息公开",
        f"<div class='boards'><ul>{links}</ul></div><p>本栏目依据条例第二十四条设立。</p>",
    )
    add(
        "guide",
        "政府信息公开指南",
        f"<h1>{place}政府信息公开指南</h1>"
        + "<p>为了方便公民、法人和其他组织获取政府信息，编制本指南。</p>" * 8,
    )
    add("rules", "政府信息公开制度", "<ul><li>中华人民共和国政府信息公开条例</li></ul>")
    add(
        "apply",
        "依申请公开",
        "<form action='/apply' method='post'><input name='who'><input type='submit'></form>",
    )
    add("policy", "政策文件", "<ul><li>关于印发工作要点的通知</li></ul>")
    add("statutory", "法定主动公开内容", f"<ul>{rows(others['statutory'])}</ul>")
    add("juesuan", "预决算公开", f"<ul>{rows(others['juesuan'])}</ul>")
    add("jiedu", "政策解读", f"<ul>{rows(others['jiedu'])}</ul>")
    add("wznb", "政府网站工作年度报表", f"<ul>{rows(others['wznb'])}</ul>")
    portal.add(
        "/sitemap.html",
        frame(
            portal,
            skin,
            "网站地图",
            f"<a href='{column('platform')}'>政府信息公开</a> <a href='{column('news')}'>新闻中心</a>",
        ),
    )
    portal.pages["/calendar"] = _calendar
    portal.pages["/search"] = lambda request: Response(
        f"<ul>{rows(news)}</ul><a href='/search?q=&page=2'>下一页</a>"
    )
    portal.pages["/robots.txt"] = robots_txt or robots("/search?", "/admin/")
    portal.traps += (r"/calendar\?", r"/search\?", r"^/m/", r"^/admin/", r"/print")


def _calendar(request: Request) -> Response:
    """A calendar without an end."""
    year, month = map(int, request.query.get("month", "2026-01").split("-"))
    following = f"{year + month // 12}-{month % 12 + 1:02}"
    days = "".join(f"<td>{day}</td>" for day in range(1, 29))
    return Response(
        f"<table><tr>{days}</tr></table><a href='/calendar?month={following}'>下一月</a>"
        f"<a href='/calendar?month={following}&amp;view=week'>按周</a>"
    )


NEWS = (
    "召开政务公开工作推进会",
    "政府信息公开培训班开班",
    "开展春季植树活动",
    "召开安全生产工作会议",
    "推进重点项目建设",
    "举办文化旅游节",
    "公布2024年国民经济和社会发展统计公报",
    "发布企业年报公示提醒",
)


def _look_alikes(portal: Portal, skin: Skin) -> dict[str, list[tuple[str, str, str]]]:
    """The pages of the look-alikes, put where they belong: column → rows."""
    placed: dict[str, list[tuple[str, str, str]]] = {}
    for number, (key, pages) in enumerate(look_alikes(portal.place).items()):
        for offset, (title, main) in enumerate(pages):
            href = skin.article(key, 5000000 + number * 10 + offset, "2024-03-08")
            portal.add(
                href, frame(portal, skin, title, f"<h1>{title}</h1><div id='zoom'>{main}</div>", title)
            )
            placed.setdefault(key, []).append((href, title, "2024-03-08"))
    return placed


def file_reports(
    portal: Portal,
    skin: Skin,
    filed: Iterable[Filing],
    address: Callable[[Filing], str],
    column: str = "政府信息公开年报",
    header: str = "table",
    container: str = "zoom",
    around: str = "{}",
) -> None:
    """Put each report at its address, in the portal's frame; `around` is what the vendor writes about the article."""
    for filing in filed:
        portal.file(
            address(filing),
            filing,
            lambda filing: frame(
                portal,
                skin,
                filing.title,
                around.replace("{}", filing.html(header, portal.place, container)),
                column,
                filing,
            ),
        )


def hexadecimal(*words: object) -> str:
    """32 digits that look random and are the same each time."""
    return sha256("|".join(map(str, words)).encode()).hexdigest()[:32]
