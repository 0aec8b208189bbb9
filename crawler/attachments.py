"""Reports that stand beside their page: a PDF or DOCX linked, embedded, or shown in a viewer; or go on on another."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from crawler.families import Link, ListPage
from crawler.families.detect import detect
from crawler.navigation.anchors import page_anchors
from crawler.navigation.navigate import body_named, names_a_body
from parsers.documents import read_document
from parsers.report import UnreadableDocument

READABLE = re.compile(r"\.(?:pdf|docx)(?![a-z])", re.IGNORECASE)
OTHERS = re.compile(r"\.(?:doc|wps|ofd|xlsx?|zip|rar|7z|jpe?g|png|tiff?)$", re.IGNORECASE)
NAMED = re.compile(r"年报|年度报告|工作报告|信息公开")

CONTENT = re.compile(r"本年新收|结转下年度|第二十条|总体情况|概述|基本情况|公开(?:政府信息)?(?:的)?情况")


NO_TEXT = re.compile(r"weather|tianqi|player|login|count|share|nav|menu|top|foot|head", re.IGNORECASE)
PART = re.compile(r"[_-](\d\d?)\.(.*)")
PART_ASKED = re.compile(r"&?\w*page\w*=(\d\d?)")
MOST_VERSIONS = 3  # of one report as a file: PDF, DOCX, and one more
MOST_PARTS = 20  # of one report
PAGED = re.compile(r"下一?[页頁]|createPage|[>\]]\s*2\s*[<\[]")
# ?pageNo=2, createPageHTML(3, 0, …); looked for one by one, which takes half the time
PAGE_ASKED = tuple(re.compile(rf"{page}\w*(?:=|HTML)") for page in ("page", "Page", "PAGE"))


def further_part(page: ListPage, first: str) -> Link | None:
    """The page on which the report goes on that begins at `first`, and has come as far as this page."""
    here = part_number(first, page.url)
    if here >= MOST_PARTS or not _may_lead_on(page.text, first):
        return None
    links = [link.url for link in detect(page).links(page) if link.kind == "next"]
    further = {number: url for url in links if (number := part_number(first, url)) > here}
    following = min(further, default=0)
    return Link(further[following]) if following and following <= max(here + 1, 2) else None


def _may_lead_on(text: str, first: str) -> bool:
    """Whether the page has a pager, and what the address of a further part is made of: the name of the first, or a page's
    number. Reading all its links takes as long as reading ten reports."""
    name = urlsplit(first).path.rpartition("/")[2].rpartition(".")[0]
    named = name and any(name + end in text for end in "_-'\"")
    asked = named or any(words.search(text) for words in PAGE_ASKED)
    return bool(asked) and PAGED.search(text) is not None


def part_number(first: str, url: str) -> int:
    """Which further page of the article at `first` stands at an address, by the habit of all vendors; 0: none of them.

    The second page is number 1 with some of them, 2 with the others.

    >>> part_number("http://a.gov.cn/nb/t20240120_7.shtml", "http://a.gov.cn/nb/t20240120_7_1.shtml")
    1
    >>> part_number("http://a.gov.cn/nb/index.html", "http://a.gov.cn/nb/index_1.html")
    0
    """
    one, two = urlsplit(first), urlsplit(url)
    stem, dot, suffix = one.path.rpartition(".")
    if one.netloc != two.netloc or re.search(r"/(?:index|list)$", stem):
        return 0
    if dot and one.query == two.query:
        found = PART.fullmatch(two.path[len(stem) :]) if two.path.startswith(stem) else None
        return int(found[1]) if found and found[2] == suffix else 0
    before, query = one.query.lower(), two.query.lower()
    goes_on = one.path == two.path and query.startswith(before)
    asked = PART_ASKED.fullmatch(query[len(before) :]) if goes_on else None
    return int(asked[1]) if asked else 0


def is_shell(text: str) -> bool:
    """The page names a report and has neither its sections nor its tables: both stand in a file beside it."""
    return not CONTENT.search("".join(re.sub("<[^>]*>", "", text).split()))


def readable_files(page: ListPage) -> list[str]:
    """Addresses of the PDF and DOCX files that may be the report, the likeliest first."""
    found: dict[str, int] = {}
    if page.json is not None:  # an interface's answer
        return [page.urljoin(text) for text in _strings(page.json) if READABLE.search(urlsplit(text).path)]
    for element in page.selector.xpath("//a[@href] | //iframe[@src] | //embed[@src] | //object[@data]"):
        target = element.attrib.get("href") or element.attrib.get("src") or element.attrib.get("data") or ""
        url = _file(page, target)
        if not url:
            continue
        label = "".join(element.xpath(".//text()").getall()) + element.attrib.get("title", "")
        shown = element.root.tag != "a"
        weight = 2 * shown + bool(NAMED.search(label + unquote(url)))
        found[url] = max(weight, found.get(url, 0))
    for literal in re.findall(
        r"['\"]([^'\"\s]+\.(?:pdf|docx)(?:\?[^'\"\s]*)?)['\"]", page.scripts, re.IGNORECASE
    ):
        found.setdefault(_file(page, literal) or page.urljoin(literal), 1)
    return sorted(found, key=lambda url: -found[url])


def is_collection(page: ListPage, column: bool) -> bool:
    """The files are a year's reports of many bodies: the page is of the column, or its list names so many.

    In the list may be nothing but their names, some over a file, the others over a page.
    """
    files = [link for link in page_anchors(page) if READABLE.search(link.url)]
    bodies = _bodies(page, {link.group for link in files})
    if column:
        return len(bodies) > 1 or len(readable_files(page)) > MOST_VERSIONS
    named = {body_named(link.title) for link in files if NAMED.search(link.title)}
    return max(len(bodies), len(named)) > MOST_VERSIONS


def leads_on(page: ListPage) -> bool:
    """The cover of nothing: a list of bodies, as the page of a year's reports has, or hardly an anchor but a script."""
    lists = {link.group for link in page_anchors(page)}
    return len(page_anchors(page)) < 3 or any(len(_bodies(page, {one})) > MOST_VERSIONS for one in lists)


def _bodies(page: ListPage, lists: set[str]) -> set[str]:
    titles = [link.title for link in page_anchors(page) if link.group in lists]
    return {body_named(title) for title in titles if names_a_body(title)}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(part)


def other_files(page: ListPage) -> list[str]:
    """Addresses of files that, by their names, no reader opens."""
    urls = [page.urljoin(href) for href in page.selector.xpath("//a/@href").getall()]
    return [url for url in dict.fromkeys(urls) if OTHERS.search(urlsplit(url).path)]


def has_text(body: bytes, content_type: str, url: str) -> bool:
    """Whether a file can be read, and has anything to read."""
    try:
        document = read_document(body, content_type, url)
        return bool(document.front or document.body)
    except UnreadableDocument:
        return False


def text_beside(page: ListPage) -> Link | None:
    """The file that has the report of which the page is but the cover, or the frame of the page's own host."""
    if files := readable_files(page):
        return Link(files[0], versions=tuple(files[1:MOST_VERSIONS]))
    for source in page.selector.xpath("//iframe/@src").getall():
        url = urlsplit(page.urljoin(source))
        if url.netloc == urlsplit(page.url).netloc and not NO_TEXT.search(url.path):
            return Link(url.geturl(), kind="text")
    return None


def _file(page: ListPage, target: str) -> str | None:
    """The file itself, where the address is that of a viewer: viewer.html?file=/a/b.pdf."""
    if not READABLE.search(target):
        return None
    url = page.urljoin(target)
    parts = urlsplit(url)
    if READABLE.search(parts.path):
        return url
    for name, values in parse_qs(parts.query).items():
        if READABLE.search(values[0]):
            is_address = name.lower() in ("file", "url", "src", "path", "pdf", "furl")
            return page.urljoin(values[0]) if is_address else url
    return page.urljoin(parts.fragment.split("=", 1)[-1]) if READABLE.search(parts.fragment) else None
