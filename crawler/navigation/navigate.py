"""From the home page to the annual reports: what an anchor promises, the same for every family.

Best first. The names are those that the platform's rule prescribes (国办公开办函〔2019〕61号: four boards below
政府信息公开, the last of them 政府信息公开年报), and those that portals use instead.
"""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from urllib.parse import parse_qsl, urlsplit

from crawler.families import Link, ListPage
from crawler.navigation.addresses import site
from crawler.navigation.printed import DATE

WORDS = tomllib.loads(files("crawler.navigation").joinpath("words.toml").read_text("utf-8"))


def _any(kind: str) -> str:
    return "|".join(WORDS[kind])


YEAR = r"(?:20[0-4]\d|二[〇○零Oo0][一二三四五六七八九〇○零十]{2})"
REPORT = re.compile(
    r"(?:信息|政务|校务|党务)?公开[^，。；]{0,12}?(?:年度?报告?(?!表)|年度[^，。；]{0,8}报告|(?:工作|情况)的?报告|工作(?:情况)?总结|年度总结)"
)
COLUMN = re.compile(
    rf"(?:{YEAR}年?(?:度)?)?(?:政府|政务)?(?:信息)?公开(?:工作)?(?:年度工作报告|年度报告|年报|工作年度报告|年度总结|工作年报)(?:专栏|栏目|汇总|列表|目录)?"
)
BARE = re.compile(
    rf"(?:历年|往年|本年度?|{YEAR}年?(?:度)?|公开|工作|本级|部门|各?单位|乡镇|镇街|街道|县区|市级)*(?:年报|年度报告|年度工作报告)(?:专栏|汇总|公开|列表|归档|查询)?"
)
NUMBERED = re.compile(r"^(?:\d{1,3}[.、．)）]|[(（]\d{1,3}[)）]|[①-⑳]|0\d(?=[\u4e00-\u9fff]))(?!\d)")
FILE_WORDS = re.compile(r"[(（]?\.?(?:pdf|docx?|wps|ofd|word)(?:版|下载|文档|格式)*[)）]?$", re.IGNORECASE)
JOINTS = "-—_/〔〕[]：:"
# A notice whose page is the list: 关于公布各部门2023年政府信息公开年度报告的通知
PUBLISHES = re.compile(
    r"[^，。]{0,30}关于(?:集中|统一)?(?:发布|公布|公开|公示)[^，。]*公开[^，。]*(?:年报|年度报告|工作报告)的?(?:通知|公告|通告|公示)"
)
CUT = re.compile(r".{6,}(?:…|\.{2,})")  # a title that the column is too narrow for
REPORT_NAMES = ("政府信息公开", "政务信息公开", "信息公开", "政务公开", "党务政务公开")
A_PLACE = re.compile(r"[省市县区州盟旗镇乡]$")
SAID_OF_REPORTS = re.compile(r"报告|年报|公开(?!课|赛|招|选|遴|竞)")
OPENS = re.compile(r"(?:点击|在线)?(?:查看|浏览|阅读|打开)(?:详情|详细|全文|内容)?|详情|详细|全文")
YEAR_ONLY = re.compile(rf"{YEAR}(?:年?度?|年?\s?[(（]\d+[)）])")
YEAR_FOLDER = re.compile(r"/(20[0-4]\d)n?(?:nb|d)?/(?:index\.\w+)?$")
SPAN = re.compile(rf"{YEAR}年?(?:[-—–~至到]{YEAR}|及?(?:以|之)前)")  # of years: 2008-2019, 2019年以前
# Of the year in which they were published: lists are split so.
PERIOD = re.compile(
    rf"(?:{YEAR}年?(?:度)?)?(?:第?[一二三四1-4]季度?|[上下]半年|(?:0?[1-9]|1[0-2]|十[一二]?|[一二三四五六七八九])月份?)"
)
LOOKALIKE = re.compile(_any("lookalikes"))
BODY_OF_SUCH_WORDS = re.compile(rf"(?:{_any('in_names_of_bodies')})[^，。年]{{0,8}}(?:{_any('such_bodies')})")
ORGAN = re.compile(
    r"(?!走进|(?:新闻|资讯|互动|数据|视频|图片|专题|服务|办事|个人|信息)中心$)[\u4e00-\u9fff（）()、·/]{1,30}"
    rf"(?:{_any('bodies')})"
)
LEVEL = re.compile(_any("levels"))
NEVER = re.compile(
    r"calendar|/rili|/j?search|/so(?:/|$)|/s$|sousuo|/tags?/|login|logout|register|/rss|/vote|survey",
    re.IGNORECASE,
)
SEARCHED = re.compile(r"q|qt|query|kw|wd|words?|keys?|keywords?|search\w*", re.IGNORECASE)
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
REPORT_ROW, COLUMN_ANCHOR, NAVIGATION = 95, 80, 40
BODY = NAVIGATION - 5  # a body's name on the platform: it may have boards of its own
DEPARTMENTS = 48  # other platforms of the same portal: below it, nothing is wanted once reports came
IN_COLUMN = 90
# Of bodies that have platforms of their own.
DIRECTORY = re.compile(
    r"[省市区县州各级直属政府]{0,6}(?:部门|单位|街道|乡镇|镇街|街镇|县区|区县|县市区|基层|公开|[、，和及（）()])+(?:政府)?信息公开(?:目录|平台|专栏)?"
    r"|(?:政府|[区县市]直)?(?:部门|乡镇|镇街|街道|单位)+(?:公开|导航|目录|网站|子站|站点)?"
)
OF_WHOM = r"(?:新版|本级|[\u4e00-\u9fff]{0,6}[省市县区州盟旗镇乡局委])?"
SHAPE = r"(?:专栏|平台|专区|网站?|栏目?|系统|大厅)?(?:[(（]新?版?[)）])?"
ANNUAL = re.compile(r"年报|年度(?:工作|公开)?报告|(?:公开|历年|往年)报告")
PLATFORM = (
    (70, re.compile(rf"{OF_WHOM}政府信息公开{SHAPE}")),
    (50, re.compile(rf"{OF_WHOM}(?:政务)?信息公开(?:目录)?{SHAPE}|(?:政务)?五公开|阳光(?:政务|公开|政府)|政府信息")),
    (DEPARTMENTS, DIRECTORY),
    (42, re.compile(r"政府信息公开目录|公开目录|法定主动公开(?:内容)?|主动公开(?:目录|内容)?")),
    (40, re.compile(r"政务公开\S{0,6}|\S{0,6}政务公开|政府公开|公开")),
)  # fmt: skip
FOLDER = re.compile(_any("folders"), re.IGNORECASE)
LOOKALIKE_FOLDER = re.compile(_any("lookalike_folders"), re.IGNORECASE)
ENTRY = re.compile(r"进入|首页|网站首页|enter|网站地图|站点地图|点击进入", re.IGNORECASE)
TOPICS = re.compile(r"(?:网站|政务|往期|历史)?专题(?:专栏|集锦|汇总|回顾)?|专栏")


@dataclass(frozen=True, slots=True)
class Promise:
    """What following a link may bring."""

    score: int  # best first
    role: str  # "report", "column" (in the annual-report column), "navigation"
    # the words alone do not say so; a group of such links is given up when the first bring nothing
    weak: bool = False


BODY_ROW = Promise(IN_COLUMN - 2, "column", weak=True)  # a body's name inside the column


def judge(
    link: Link, page: ListPage, in_column: bool, on_platform: bool = False, own_hosts: tuple[str, ...] = ()
) -> Promise | None:
    """What an anchor of the page promises; None: not worth a request. `own_hosts`: those that the registry names."""
    if link.kind == "column":
        return Promise(IN_COLUMN, "column")
    if link.kind == "listing":
        return Promise(IN_COLUMN + 3, "column") if in_column else None
    if link.kind == "frame":
        return _frame(link, in_column, on_platform)
    label = NUMBERED.sub("", re.sub(r"[\s“”\"'《》【】\[\]|·•:：>»]+", "", link.title))
    if in_column and PUBLISHES.fullmatch(label):
        return Promise(IN_COLUMN - 1, "column", weak=True)
    if not label and in_column and (year := YEAR_FOLDER.search(link.url)):
        label = year[1]  # of a picture without words
    if not label or is_lookalike(label, link.url) or is_search(link.url):
        return None
    return (_report(label, link, in_column)) or (
        _in_column(label, link, page) if in_column else _towards(label, link, page, on_platform, own_hosts)
    )


def is_lookalike(label: str, url: str = "") -> bool:
    """Another kind of annual paper: 政府网站工作年度报表, 法治政府建设年度报告, a notice about annual reports …

    >>> is_lookalike("2023年政府网站工作年度报表"), is_lookalike("某市民政局2023年政府信息公开工作年度报告")
    (True, False)
    """
    says = LOOKALIKE.search(BODY_OF_SUCH_WORDS.sub("", label))
    return bool(says) or (_folder_warns(url) and not REPORT.search(label))


def _folder_warns(url: str) -> bool:
    """The folder is that of other papers, and none below it that of the annual reports: yjs is 预决算, and 研究室 too.

    >>> _folder_warns("/zwgk/yjs/2023.html"), _folder_warns("/szfyjs/zfxxgknb/2023/"), _folder_warns("/zwgk/fzzfjsndbg/1.html")
    (True, False, True)
    """
    path = urlsplit(url).path
    warning = LOOKALIKE_FOLDER.search(path)
    return warning is not None and not FOLDER.search(path[warning.end() :].partition("/")[2])


def is_search(url: str) -> bool:
    """A search for words, as below 热门搜索: it finds what the column lists, and much else without an end.

    >>> is_search("/so/s?tab=all&qt=信息公开年报"), is_search("/e/search/?keyword=%E5%B9%B4%E6%8A%A5"), is_search("/view/iList.jsp?kw=&cat_id=2")
    (True, True, False)
    """
    parts = urlsplit(url)
    if NEVER.search(parts.path):
        return True
    asked = parse_qsl(parts.query, errors="replace")
    return any(SEARCHED.fullmatch(name) and NOT_ASCII.search(value) for name, value in asked)


def _report(label: str, link: Link, in_column: bool) -> Promise | None:
    """A title of a report; a column's name (no year, no body) is none, and leads on."""
    if COLUMN.fullmatch(label):
        year = re.match(YEAR, label)
        return Promise(IN_COLUMN + 2 if in_column else COLUMN_ANCHOR + (8 if not year else 4), "column")
    if BARE.fullmatch(label):
        return Promise(IN_COLUMN if in_column else COLUMN_ANCHOR - 5, "column", weak=not in_column)
    if SPAN.search(label) and re.search("年报|报告", label):
        return Promise(IN_COLUMN + 2 if in_column else COLUMN_ANCHOR + 4, "column", weak=True)
    if REPORT.search(label) and len(label) < 80:
        dated = bool(re.search(YEAR, label))
        if not (dated or in_column or names_a_body(label)):
            return Promise(COLUMN_ANCHOR + 2, "column", weak=True)
        return Promise(REPORT_ROW if dated else REPORT_ROW - 3, "report", weak=not (dated or in_column))
    return None


def names_a_body(label: str) -> bool:
    """A title begins with a body's name, not with a level's as a column does.

    >>> names_a_body("某县教育局政府信息公开年度报告"), names_a_body("乡镇信息公开年报"), names_a_body("信息公开年报专区")
    (True, False, False)
    """
    body = body_named(label)
    return bool(ORGAN.fullmatch(body)) and not LEVEL.search(body)


def _in_column(label: str, link: Link, page: ListPage) -> Promise | None:
    """Inside the column a row may be only a body's name, a level or a year."""
    if _is_front_page(link.url):
        return None
    if YEAR_ONLY.fullmatch(label) or (SPAN.search(label) and len(label) <= 14):
        return Promise(IN_COLUMN + 1, "column", weak=True)
    if PERIOD.fullmatch(label):  # elsewhere on the site it is of the news of all columns
        is_near = _first_folder(link.url) == _first_folder(page.origin)
        return Promise(IN_COLUMN - 2, "column", weak=True) if is_near else None
    plain = re.sub(r"[（(][^（）()]*[）)]$", "", FILE_WORDS.sub("", label))
    plain = re.sub(YEAR + "年?(?:度)?", "", plain).strip(JOINTS)
    if ORGAN.fullmatch(plain):
        return BODY_ROW
    if ORGAN.fullmatch(re.sub(r"(?:年报|年度(?:工作)?报告)$", "", plain)):
        return Promise(IN_COLUMN, "report", weak=True)
    if re.search(YEAR, label) and len(label) < 40 and (len(plain) <= 3 or SAID_OF_REPORTS.search(label)):
        return Promise(IN_COLUMN, "report", weak=True)
    if DATE.fullmatch(label) or (link.date and OPENS.fullmatch(label)):
        return Promise(IN_COLUMN - 3, "report", weak=True)
    if CUT.fullmatch(label):
        return Promise(IN_COLUMN, "report", weak=True) if may_go_on_as_a_report(label) else None
    if LEVEL.search(label) and len(label) <= 14:
        return Promise(IN_COLUMN - 1, "column", weak=True)
    return None


def may_go_on_as_a_report(cut: str) -> bool:
    """A cut title is another paper's where body and year are followed by something else than the report's name.

    Where the year comes first, or only a place before it, what follows may be the body's name, and tells nothing.

    >>> may_go_on_as_a_report("溪口市教育局2023年政府信…"), may_go_on_as_a_report("溪口市教育局2023年政府网…")
    (True, False)
    >>> may_go_on_as_a_report("2023年溪口市人力资源…"), may_go_on_as_a_report("溪口市2023年教育系统…")
    (True, True)
    """
    said = re.fullmatch(rf"(?P<body>.+?){YEAR}年?(?:年?度)?(?P<rest>.*?)[….]+", cut)
    if not said or "公开" in cut or not ORGAN.fullmatch(said["body"]) or A_PLACE.search(said["body"]):
        return True
    rest = re.sub(r"^(?:年度|本级|部门|单位|机关|工作|的)+", "", said["rest"])
    ends = [rest[first:] for first in range(max(len(rest) - 1, 1))]  # but for one character, which is nothing
    return any(name.startswith(end) for name in REPORT_NAMES for end in ends)


def _towards(
    label: str, link: Link, page: ListPage, on_platform: bool, own_hosts: tuple[str, ...]
) -> Promise | None:
    """Outside it: the platform, its boards, and bodies that have a platform page each."""
    folder = _folder_says(link.url)
    for score, names in PLATFORM:
        if names.fullmatch(label):
            return Promise(score + (10 if folder else 0), "navigation")
    if on_platform and ANNUAL.search(label) and len(label) <= 14:
        return Promise(COLUMN_ANCHOR - 15, "column", weak=True)
    if folder and len(label) < 30 and "/t20" not in link.url:
        return Promise(COLUMN_ANCHOR - 15, "column", weak=True)
    host = urlsplit(link.url).netloc
    is_here = host == urlsplit(page.url).netloc
    leads_home = _is_front_page(link.url) if is_here else host.lower() not in own_hosts
    if on_platform and not leads_home:
        if ORGAN.fullmatch(label):
            return Promise(BODY, "navigation", weak=True)
        if LEVEL.search(label) and len(label) <= 12:
            return Promise(NAVIGATION - 3, "navigation", weak=True)
    if is_here and "公开" in label and len(label) <= 14:
        return Promise(30, "navigation", weak=True)
    if is_here and ENTRY.fullmatch(label):
        return Promise(10, "navigation", weak=True)
    if is_here and TOPICS.fullmatch(label):
        return Promise(11, "navigation", weak=True)
    return None


def _frame(link: Link, in_column: bool, on_platform: bool) -> Promise | None:
    if re.search(r"\.(?:pdf|docx?|swf|mp4)\b|weather|tianqi|player|login", link.url, re.IGNORECASE):
        return None
    if in_column:
        return Promise(IN_COLUMN + 3, "column", weak=True)
    folder = _folder_says(link.url)
    return Promise(
        60 if folder else 38 if on_platform else 15, "column" if folder else "navigation", weak=True
    )


def is_column(page: ListPage, title: str = "") -> bool:
    """The page says that it is (part of) the annual-report column: by its metas, its title, its breadcrumb."""
    metas = f"{page.meta('ColumnName')} {page.meta('ColumnType')}"
    if re.search("年报|年度报告", metas):
        return "公开" in metas and not is_lookalike(metas)
    heading = re.split(r"[-_|—]", page.selector.xpath("string(//title)").get("").strip())[0].strip()
    crumbs = "".join(page.selector.xpath(CRUMBS).getall())
    last = re.split(r"[>›»/\\]", re.sub(r"\s+", "", crumbs).strip(">›»"))[-1]
    return any(COLUMN.fullmatch(re.sub(r"\s", "", text)) for text in (title, heading, last))


CRUMBS = (
    "(//*[contains(@class,'crumb') or contains(@class,'location') or contains(@class,'position')"
    " or contains(@class,'dqwz') or contains(@id,'crumb') or contains(@class,'weizhi')])[1]//text()"
)


def is_platform(page: ListPage, label: str = "") -> bool:
    """The page belongs to the disclosure platform, where names of bodies lead to their boards."""
    said = "公开" in label or any(names.fullmatch(label) for _, names in PLATFORM)
    return said or stands_on_platform(page.url)


def stands_on_platform(url: str) -> bool:
    """The address is that of a page of a disclosure platform."""
    path = urlsplit(url).path.lower()
    return bool(re.search(r"xxgk|zwgk|/gk\b|/public/|openness|zfxx|gongkai|govinfo|gkmlpt", path))


def _folder_says(url: str) -> bool:
    """The address names the column: weak evidence, since folder names are cloned and re-used.

    >>> _folder_says("http://a.gov.cn/zwgk/zfxxgknb_72026/"), _folder_says("http://a.gov.cn/xxgk/2023nb/")
    (True, True)
    """
    path = urlsplit(url).path
    if FOLDER.search(path):
        return True
    return bool(re.search(r"gk.*/(?:nb(?:20\d\d)?|20\d\dnb?)(?:_\d+)?/", path, re.IGNORECASE))


def _is_front_page(url: str) -> bool:
    return urlsplit(url).path.rstrip("/") in ("", "/index.html", "/index.htm", "/index.shtml")


def _first_folder(url: str) -> list[str]:
    return urlsplit(url).path.split("/")[1:2]


def is_directory(link: Link) -> bool:
    """The words of the link promise bodies that have platforms of their own: 部门信息公开."""
    return bool(DIRECTORY.fullmatch(link.title.replace(" ", "")))


def body_named(title: str) -> str:
    """The body that a row's title names, as printed; "" where it says only a year and what it is.

    >>> body_named("某县教育局2023年政府信息公开工作年度报告"), body_named("2023年县民政局信息公开年报"), body_named("2023年度")
    ('某县教育局', '县民政局', '')
    """
    plain = re.sub(rf"[\[(（]?{YEAR}年?度?[\])）]?|关于", "", title)
    return re.split(r"(?:政府|政务)?信息公开|政务公开|年报|年度报告", plain)[0].strip()


def within_reach(url: str, own_hosts: tuple[str, ...], promise: Promise) -> bool:
    """Reports may stand on any government host; the way to them leads over the portal's own site only."""
    netloc = urlsplit(url).netloc.lower()
    if netloc in own_hosts or netloc.split(":")[0] in own_hosts:
        return True
    host = netloc.split(":")[0]
    if promise.role == "report" and not promise.weak:
        return host.endswith(".gov.cn")
    return host.endswith(".gov.cn") and site(host) in {site(own.split(":")[0]) for own in own_hosts}
