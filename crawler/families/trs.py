"""TRS WCM (拓尔思): static columns, articles …/202301/t20230113_4521444.htm.

Paging is written into the page: createPageHTML(<pages>, <current>, "index", "html"), or the variables countPage and
currentPage; page k, counted from 0, is index_k. Portals: gzw.fuzhou.gov.cn, nxyjglt.nx.gov.cn.
Rows that a script writes from literals (武汉, 海淀) are read with the ordinary anchors.
Lists that a search back end gives (IGS, IRS, WAS5): see trs_search. Known not to work: pagers that only it knows.
"""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.families import Link, ListPage
from crawler.families.generic import json_endpoints
from crawler.families.pagers import composes, further_pages, numbered

NAME = "trs"
ARTICLE = re.compile(r"/(?:\d{6}/)?t(?:\d{8}_)?\d{5,}(?:_\w+)?\.s?html?")
CALL = re.compile(
    r"createPage(?:HTML)?\(\s*(?P<numbers>[\w$.()]{1,60}(?:\s*,\s*[\w$.()]{1,60}){1,5})\s*,\s*"
    r"(['\"])(?P<stem>[\w.-]+)\2\s*,\s*(['\"])(?P<suffix>\w+)\4"
)
CONFIGURED = re.compile(r"pagination_script_config\b[^;]*?\btotal['\"]?\s*[:=]\s*['\"]?(\d+)")  # of 科技部
WRITTEN = re.compile(r"(?P<stem>[\w-]+)_['\"]\s*\+\s*\w+\s*\+\s*['\"]\.(?P<suffix>s?html?)\b")
VARIABLE = r"(?:var\s+)?{name}\s*=\s*(?:parseInt\()?\s*['\"]?(\d+)"


def recognises(page: ListPage) -> bool:
    """A pager with a numeric first argument, or articles whose file name is t<date>_<id>."""
    if page.json is not None:
        return False
    if CALL.search(page.scripts) or re.search(r"\bcountPage\s*=|pagination_script_config", page.scripts):
        return True
    return "TRS_" in page.text or len(ARTICLE.findall(page.text)) >= 2


def links(page: ListPage) -> Iterator[Link]:
    """The following page: the vendor counts from 0 and names the first one index, the second index_1."""
    yield from json_endpoints(page)
    if composes(page):
        yield from further_pages(page)
        return
    call = CALL.search(page.scripts)
    total = _number(_pages(call), page.scripts) if call else _declared(page)
    if total is None:
        yield from further_pages(page)
        return
    stem, suffix = (call["stem"], call["suffix"]) if call else _written(page) or _own_name(page)
    yield from numbered(page, total - 1, first=0, stem=stem, suffix=suffix)


def _pages(call: re.Match[str]) -> str:
    """The argument that counts the pages: the first of two numbers; Beijing puts the count of rows before it."""
    numbers = call["numbers"].split(",")
    return numbers[0 if len(numbers) == 2 else 1].strip()


def _declared(page: ListPage) -> int | None:
    found = CONFIGURED.search(page.scripts)
    return int(found[1]) if found else _number("countPage", page.scripts)


def _written(page: ListPage) -> tuple[str, str] | None:
    """Stem and suffix of the addresses that a script puts together: 'index_' + nextPage + '.htm'."""
    found = WRITTEN.search(page.scripts)
    return (found["stem"], found["suffix"]) if found else None


def _own_name(page: ListPage) -> tuple[str, str]:
    """Stem and suffix, told by the page's own address; that of a folder has its articles' suffix.

    >>> _own_name(ListPage("http://a.gov.cn/nb/list_2.shtml", "")), _own_name(ListPage("http://a.gov.cn/nb/", "./202301/t20230117_4521444.htm"))
    (('list', 'shtml'), ('index', 'htm'))
    """
    found = re.search(r"/(?P<stem>[\w.-]+?)(?:_\d+)?\.(?P<suffix>\w+)$", urlsplit(page.url).path)
    if found:
        return found["stem"], found["suffix"]
    suffixes = Counter(article.rsplit(".", 1)[1] for article in ARTICLE.findall(page.text))
    return "index", next((suffix for suffix, _ in suffixes.most_common(1)), "html")


def _number(name: str, scripts: str) -> int | None:
    if name.isdigit():
        return int(name)
    found = re.search(VARIABLE.format(name=re.escape(name)), scripts)
    return int(found[1]) if found else None
