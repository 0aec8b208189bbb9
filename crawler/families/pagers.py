"""The pages that follow a list's first: by their links, by their numbers, or as a script puts their addresses together."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from crawler.families import Link, ListPage
from crawler.families.forms import submitted
from crawler.navigation.anchors import heading, page_anchors
from crawler.navigation.templates import value_of

TOTALS = (
    (re.compile(r"(?:共|/)\s*(\d{1,4})\s*页"), "text"),
    (
        re.compile(
            r"\b(?:totalPages?|pageCount|countPage|(?:all_)?pages|totalpage|max_?pages?(?:num)?\d*)['\"]?\s*[:=]\s*['\"]?(\d{1,4})",
            re.IGNORECASE,
        ),
        "script",
    ),
    (re.compile(r"(?<![\d/])\d{1,3}\s*/\s*(\d{1,3})(?![\d/])"), "text"),
)
ROWS = re.compile(
    r"\b(?:count|total|total_?(?:count|rows?|records?)|(?:record|row)_?count)['\"]?\s*[:=]\s*['\"]?(\d{1,5})\b",
    re.IGNORECASE,
)
ROWS_A_PAGE = re.compile(
    r"\b(?:limit|(?:page|items?_?per)_?(?:size|page)|per_?page|pre_?page|size)['\"]?\s*[:=]\s*['\"]?(\d{1,3})\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\[?第?([1-9]\d?)页?\]?")
NEXT = re.compile(
    r"[\[<«]?(?:下一?页|下页|后一?页|后页|next(?:page)?|[>›»]{1,2})[\]>›»]*|(?:点击)?(?:加载|显示)更多\S{0,2}|loadmore",
    re.IGNORECASE,
)
FIRST = re.compile(r"[\[<«]*(?:第?[1一]?[页頁]|1|首[页頁]|first)[\]>»]*", re.IGNORECASE)
MORE = re.compile(
    r"(?:点击)?(?:查看|浏览|展开)?更多\S{0,2}|more", re.IGNORECASE
)  # on a button, not on a link
ADDRESS = re.compile(r"(?!javascript:|#)(?=\S*[/?]|\S*\.[a-z]{2,6}$)[^\s{}<>]*[\w/=]")
ARROW = re.compile(r"(?<![a-z])next(?![a-z])|nextpage", re.IGNORECASE)
# data-url='…', and what the vendor's script looks for: tagname='/eportal/ui?…'
FOR_SCRIPTS = (
    "@*[starts-with(name(), 'data-') or (starts-with(., '/') and not(contains('href src action', name())))]"
)
SLIDES = re.compile(r"swiper|slick|slide|carousel|banner|flex", re.IGNORECASE)
NO_PAGE = re.compile(r"\.(?:jpe?g|png|gif|css|js|svg)(?:\?|$)|comment|pinglun|guestbook", re.IGNORECASE)
MOST = 300  # pages of one list


def next_links(page: ListPage) -> Iterator[Link]:
    """Pager links of a page that have an address."""
    found = list(page_anchors(page))
    following = [link for link in found if NEXT.fullmatch(_plain(link.title))]
    following += [*_buttons(page), *_arrows(page), *_unnamed(page, found)]
    following = [link for link in following if not NO_PAGE.search(link.url)]
    if not following:
        groups: dict[str, dict[int, Link]] = {}
        for link in found:
            if number := NUMBER.fullmatch(_plain(link.title)):
                groups.setdefault(link.group, {}).setdefault(int(number[1]), link)
        # A calendar has the numbers of all days; those of a vote begin elsewhere, or come alone.
        pagers = [pager for pager in groups.values() if pager.keys() & {2, 3} and len(pager) < 28]
        following = [
            link for pager in pagers for number, link in pager.items() if number > 1
        ]  # we came by the first
    folder = _top(page.url)
    own = [link for link in following if _top(link.url) == folder]
    for link in own or following:  # other blocks of the page have pagers too: news, comments
        yield Link(link.url, link.title, "next")


def first_page(page: ListPage) -> Link | None:
    """The first page of a list of which this is a later one."""
    found = (link for link in page_anchors(page) if FIRST.fullmatch(_plain(link.title)))
    return next((Link(link.url, link.title) for link in found if _begins(link.url, page.url)), None)


def _begins(first: str, later: str) -> bool:
    """Both are pages of one list, by their names.

    >>> _begins("http://a.gov.cn/nb/", "http://a.gov.cn/nb/index_2.html"), _begins("http://a.gov.cn/", "http://a.gov.cn/nb/index_2.html")
    (True, False)
    >>> _begins("http://a.gov.cn/l.do?id=7", "http://a.gov.cn/l.do?id=7&page=3"), _begins("http://a.gov.cn/l.do?id=8", "http://a.gov.cn/l.do?id=7&page=3")
    (True, False)
    """
    one, two = urlsplit(first), urlsplit(later)
    stems = [
        re.sub(r"(?:[_-]?\d+)?(?:\.\w+)?$", "", re.sub(r"/index(?=[._]|$)", "/", part.path))
        for part in (one, two)
    ]
    asked = dict(parse_qsl(two.query, keep_blank_values=True))
    said = dict(parse_qsl(one.query, keep_blank_values=True))
    differs = {name for name in asked if said.get(name, "1") not in (asked[name], "0", "1")}
    is_later = one.path != two.path or any(asked[name] not in (said.get(name, "1"), "1") for name in asked)
    return (
        one.netloc == two.netloc
        and stems[0] == stems[1]
        and not differs
        and said.keys() <= asked.keys()
        and is_later
    )


def _top(url: str) -> str:
    """Host and first folder of an address."""
    parts = urlsplit(url)
    return "/".join([parts.netloc, *parts.path.split("/")[1:2]])


def further_pages(page: ListPage) -> list[Link]:
    """By link, by a form that is sent, or by a script: the first way that the page has."""
    return list(next_links(page)) or list(submitted(page)) or list(composed(page))


def _plain(label: str) -> str:
    return label.replace(" ", "")


def _buttons(page: ListPage) -> Iterator[Link]:
    """加载更多 and the like, on whatever element, with the address of what comes next in some attribute for scripts."""
    for element in page.selector.root.xpath(f"//*[{FOR_SCRIPTS}]"):
        label = _plain("".join(element.itertext()).strip())[:20]
        if not NEXT.fullmatch(label) and (not MORE.fullmatch(label) or heading(element)):
            continue
        told = [value.strip() for value in element.xpath(FOR_SCRIPTS)]
        address = next((one for one in told if ADDRESS.fullmatch(one) and not NO_PAGE.search(one)), "")
        if address.endswith("="):  # the number beside it
            address += next((one for one in told if one.isdigit()), "")
        if address and not address.endswith("="):
            yield Link(page.urljoin(address), label)


def _arrows(page: ListPage) -> Iterator[Link]:
    """A link without a word whose class, picture or relation says that it leads to the next page."""
    for element in page.selector.root.xpath("//a[@href] | //link[@rel='next'][@href]"):
        inside = [element, *element.iterdescendants()]
        told = " ".join(f"{one.get('class', '')} {one.get('src', '')} {one.get('rel', '')}" for one in inside)
        href = element.get("href").strip()
        if (
            ARROW.search(told)
            and not SLIDES.search(told)
            and ADDRESS.fullmatch(href)
            and not "".join(element.itertext()).strip()
        ):
            yield Link(page.urljoin(href), "下一页")


def _unnamed(page: ListPage, found: list[Link]) -> Iterator[Link]:
    """Links without a word that name further pages by this page's own name: index_2603340_14.html beside index.html."""
    folder, _, name = urlsplit(page.url).path.rpartition("/")
    stem, _, suffix = name.rpartition(".")
    numbered = re.compile(rf"{re.escape(stem or 'index')}(?:_\w+)?_\d+\.{re.escape(suffix or 'html')}")
    for link in found:
        where, _, own = urlsplit(link.url).path.rpartition("/")
        if not link.title and where == folder and numbered.fullmatch(own):
            yield link


# 'index_' + (n - 1) + '.html' and 'list.jsp?page=' + obj.curr
COMPOSED = re.compile(
    r"(?:\b(?P<before>[A-Za-z_]\w*)\s*\+\s*)?['\"](?P<stem>[\w./-]{0,200}[_/]|[^'\"\s]{0,200}[?&](?:page|cur)\w*=)['\"]\s*\+\s*"
    r"(?:[\w.]+|\((?P<sum>[\w\s+-]+)\))(?:\s*\+\s*['\"](?P<suffix>\.\w+)['\"])?"
    r"(?P<rest>\s*\+\s*['\"]&[^;\n]{1,200})?",
    re.IGNORECASE,
)
SAID = re.compile(r"['\"](?P<words>[^'\"]*)['\"]|(?P<name>[A-Za-z_]\w*)")
COUNTED_DOWN = re.compile(r"\bmaxPageNum(?P<list>\d+)\s*=\s*['\"]?(?P<total>\d{1,4})")


def composed(page: ListPage) -> Iterator[Link]:
    """All further pages whose address a script puts together: as fragments they would not lead on by themselves."""
    if found := _composition(page):
        stem = f"{value_of(found['before'] or '', page.scripts) or ''}{found['stem']}"
        said = SAID.finditer(found["rest"] or "")
        rest = "".join(one["words"] or value_of(one["name"], page.scripts) or "" for one in said)
        total = min(total_pages(page), MOST)
        if found["sum"]:
            numbers = _sums(found["sum"], page.scripts, total)
        else:
            current = re.search(rf"{re.escape(stem)}(\d+)(?:\.\w+)?{re.escape(rest)}$", page.url)
            numbers = list(range(int(current[1]) + 1 if current else 2, total + 1))
        for number in numbers:
            yield Link(page.urljoin(f"{stem}{number}{found['suffix'] or rest}"), str(number), "next")
    elif counted := COUNTED_DOWN.search(page.scripts):
        # 国资委 and others of its vendor: the newest page has no number, the oldest is 1.
        for number in range(min(int(counted["total"]), MOST) - 1, 0, -1):
            yield Link(page.urljoin(f"index_{counted['list']}_{number}.html"), str(number), "next")


def _composition(page: ListPage) -> re.Match[str] | None:
    """What ends in a number and nothing else is an address only where a query asks for a page.

    A number in a folder, as '/list/29/' + n + '.html', is that of a page where the list's own address has one there.
    """
    path = urlsplit(page.url).path
    for one in COMPOSED.finditer(page.scripts):
        stem, suffix = one["stem"], one["suffix"]
        if stem.endswith("=") or (
            suffix and (stem[-1] == "_" or re.search(rf"{re.escape(stem)}\d+{re.escape(suffix)}$", path))
        ):
            return one
    return None


def composes(page: ListPage) -> bool:
    """A script computes the numbers of the pages: they may be counted down."""
    found = _composition(page)
    return bool(found and found["sum"]) or bool(COUNTED_DOWN.search(page.scripts))


def _sums(text: str, scripts: str, total: int) -> list[int]:
    """What maxPageNum-n+1 comes to for each page from the second on, as far as there can be such pages.

    >>> _sums("maxPageNum-n+1", "var maxPageNum = 4;", 4), _sums("countPage - currentPage", "countPage=4;currentPage=1", 4)
    ([3, 2, 1], [3, 2, 1])
    """
    terms = re.findall(r"([+-]?)\s*(\w+)", text)
    shown = "cur" in text.lower()  # the page shown, of which the next is wanted
    numbers = []
    for page in range(1, total) if shown else range(2, total + 1):
        values = (
            (-1 if sign == "-" else 1) * (page if (value := _constant(word, scripts)) is None else value)
            for sign, word in terms
        )
        numbers.append(sum(values))
    return [number for number in numbers if 0 <= number <= total]


def _constant(word: str, scripts: str) -> int | None:
    """A number, or a variable that holds the count of pages; None for one that holds a page's number."""
    if word.isdigit():
        return int(word)
    value = value_of(word, scripts)
    return int(value) if value and value.isdigit() and "cur" not in word.lower() and int(value) > 1 else None


def total_pages(page: ListPage) -> int:
    """How many pages the listing declares to have, or has by its count of rows; 0 where it does not say."""
    text = " ".join(page.selector.xpath("//body//text()[not(ancestor::script or ancestor::style)]").getall())
    for words, where in TOTALS:
        if found := words.search(text if where == "text" else page.scripts):
            return int(found[1])
    rows, size = ROWS.search(page.scripts), ROWS_A_PAGE.search(page.scripts)
    return -(-int(rows[1]) // max(int(size[1]), 1)) if rows and size else 0


def numbered(page: ListPage, total: int, first: int, stem: str = "", suffix: str = "") -> Iterator[Link]:
    """The page after this one, where page 1 is <stem>.<suffix> and page k is <stem>_<k>.<suffix>, up to `total`.

    Which it is tells its address: cloned templates leave the number in the script as it was.
    """
    own = re.search(r"/(?P<stem>[\w.-]+?)(?:_\d+)?\.(?P<suffix>\w+)$", urlsplit(page.url).path)
    stem = stem or (own["stem"] if own else "index")
    suffix = suffix or (own["suffix"] if own else "html")
    current = re.search(rf"/{re.escape(stem)}_(\d+)\.\w+$", urlsplit(page.url).path)
    following = (int(current[1]) if current else first) + 1
    if following <= total:
        yield Link(page.urljoin(f"{stem}_{following}.{suffix}"), str(following), "next")
