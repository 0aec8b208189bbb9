"""Static pages of no known vendor: rows as ordinary anchors, a 下一页 link or page numbers below them.

Also the last resort of the others. Portals that need nothing more: hengnan.gov.cn, cnjg.gov.cn.
Known not to work: lists that a browser builds from a vendor's closed interface.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.families import Link, ListPage
from crawler.families.called import called, text_of
from crawler.families.choices import gone_to
from crawler.families.forms import chosen
from crawler.families.pagers import further_pages, total_pages
from crawler.families.records import json_markup, json_rows, xml_rows
from crawler.families.turning import Asked, following_answer, is_first
from crawler.navigation.anchors import page_anchors
from crawler.navigation.script_rows import CLICKED, script_rows

NAME = "generic"


def recognises(page: ListPage) -> bool:
    """No vendor's mark: any page."""
    return True


def links(page: ListPage) -> Iterator[Link]:
    """The following page: by its link, its number, or the address that a script puts together; and rows in JSON."""
    if page.json is None and urlsplit(page.url).path.endswith(".js"):
        yield from script_rows(page.text, page)
        return
    if page.json is None:
        yield from xml_rows(page)
        yield from json_endpoints(page)
        rows = shows_rows(page)
        yield from chosen(page, rows)
        if not rows:
            yield from data_scripts(page)
            yield from text_of(page)
            yield from gone_to(page)
            yield from tree_nodes(page)
    following = [] if page.json is not None else further_pages(page)
    yield from following
    if not following or not shows_rows(page):
        yield from asked_elsewhere(page)


def asked_elsewhere(page: ListPage) -> Iterator[Link]:
    """What an interface has: its rows and next page where the page is its answer, else the list that a script asks for."""
    if page.json is not None:
        rows = list(json_rows(page)) or list(json_markup(page))
        yield from rows
        yield from following_answer(page, len(rows))
    elif page.referer and not re.search(r"<(?:html|body)\b", page.text, re.IGNORECASE):
        answered = list(xml_rows(page)) or list(page_anchors(page))
        yield from following_answer(page, len(answered))
    elif not shows_rows(page):
        yield from called(page)
    elif is_first(page) and (total_pages(page) > 1 or _loads_more(page)):
        yield from called(page, shown=True)


MORE = re.compile(r"(?:点击|上拉|继续)?(?:加载|查看|显示)更多\S{0,3}")


def _loads_more(page: ListPage) -> bool:
    """A button has the script ask for more rows, until there are none."""
    buttons = page.selector.xpath(
        "//button | //*[@id or @class][not(*)][not(@href) or starts-with(@href, 'javascript')]"
    )
    said = ("".join(one.xpath(".//text()").getall()).replace(" ", "") for one in buttons)
    return any(MORE.fullmatch(words) for words in said)


NO_ROWS = re.compile(
    r"weather|tianqi|hits?\b|count|visit|stat|click|config|user|login|menu|lang|banner|swf", re.IGNORECASE
)


def json_endpoints(page: ListPage) -> Iterator[Link]:
    """Files of rows that the page's script loads: $.getJSON('./zfxxgknb.json', …), or the same as XML."""
    for found in re.finditer(r"['\"]([^'\"\s]+\.(?:json|xml)(?:\?[^'\"\s]*)?)['\"]", page.scripts):
        if NO_ROWS.search(found[1]):
            continue
        yield Link(page.urljoin(found[1]), "", "listing", headers=(("Referer", page.origin),))


# async: {enable: true, url: '/gk/nodes'} of zTree, and $.get('/gk/orgTree.do', …) that a tree is made of
TREE = re.compile(
    r"\basync\s*:\s*\{[^{}]*?\burl\s*:\s*(['\"])(?P<of_ztree>[^'\"\s]+)\1"
    r"|\$\.(?:get|post|getJSON)\(\s*(['\"])(?P<asked>[^'\"\s]*(?:tree|node|org|dept)[^'\"\s]*)\3",
    re.IGNORECASE,
)


def tree_nodes(page: ListPage) -> Iterator[Link]:
    """The nodes of a tree that a script asks for, with the address that it puts together for one that is clicked."""
    clicked, tree = CLICKED.search(page.scripts), TREE.search(page.scripts)
    if clicked and tree:
        way = f"{clicked['before']}{{{clicked['field']}}}{clicked['after'] or ''}"
        posts = tree["of_ztree"] and not re.search(r"type\s*:\s*['\"]get", tree[0], re.IGNORECASE)
        asked = Asked(tree["of_ztree"] or tree["asked"], method="POST" if posts else "GET")
        yield asked.link(page, way)


DATA = re.compile(
    r"(?!.*(?:jquery|min\.js))[\w.-]*(?:data|list|json|nb|nianbao|xxgk|year)[\w.-]*\.js", re.IGNORECASE
)


def data_scripts(page: ListPage) -> Iterator[Link]:
    """Files of rows that are scripts themselves, <script src="nbdata.js">: of the page's own folder, by their name."""
    for source in page.selector.xpath("//script/@src").getall():
        url = page.urljoin(source)
        folder, _, name = urlsplit(url).path.rpartition("/")
        own = urlsplit(page.url)
        if (
            DATA.fullmatch(name)
            and not NO_ROWS.search(name)
            and (urlsplit(url).netloc, folder)
            == (
                own.netloc,
                own.path.rpartition("/")[0],
            )
        ):
            yield Link(url, "", "listing", headers=(("Referer", page.origin),))


def shows_rows(page: ListPage) -> bool:
    """Some anchor stands beside a date: the list is in the page, and not only behind its endpoint."""
    return any(link.date for link in page_anchors(page))
