"""gkmlpt 政府信息公开目录平台 (Guangdong): /gkmlpt/index, rows from GET /gkmlpt/api/all/<column>?page=N&sid=<SID>.

The entry page carries its tree of columns in window._CONFIG; the annual-report column is found by name, since ids
differ per site. A node may point elsewhere by jump_url. Portals: www.szgm.gov.cn, www.gd.gov.cn.
Known not to work: www.gd.gov.cn resets unknown clients; HTTPS fails on several hosts of 深圳.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from crawler.families import Link, ListPage
from crawler.families.literals import read_literal
from crawler.families.pagers import next_links
from crawler.navigation.navigate import is_lookalike
from crawler.navigation.printed import day_of

NAME = "gkmlpt"
PAGE_SIZE = 100
COLUMN = re.compile(r"年报|年度报告")


def recognises(page: ListPage) -> bool:
    """The platform's address, or its configuration in a script."""
    return (
        "/gkmlpt/" in urlsplit(page.url).path or "/gkmlpt/" in page.text or "window._CONFIG" in page.scripts
    )


def links(page: ListPage) -> Iterator[Link]:
    """From the entry page the annual-report columns of the tree; from the interface its rows and next page."""
    if isinstance(page.json, dict) and "articles" in page.json:
        yield from _rows(page, page.json)
    else:
        yield from _columns(page)
        yield from next_links(page)  # the portal's own columns, whose navigation names the platform


def config(page: ListPage) -> dict[str, Any]:
    """window._CONFIG, a script's object with or without quotes around its names; {} where there is none."""
    start = re.search(r"window\._CONFIG\s*=\s*", page.scripts)
    value = read_literal(page.scripts, start.end()) if start else None
    return value if isinstance(value, dict) else {}


def _columns(page: ListPage) -> Iterator[Link]:
    settings = config(page)
    base = urlsplit(page.url).path.split("/gkmlpt/")[0]
    for node in _annual(settings.get("TREE", [])):
        name = str(node.get("name", ""))
        if node.get("jump_url"):
            yield Link(page.urljoin(str(node["jump_url"])), name, "column")
        elif node.get("post_count") != 0:
            sid = f"&sid={settings['SID']}" if settings.get("SID") else ""
            yield Link(page.urljoin(f"{base}/gkmlpt/api/all/{node['id']}?page=1{sid}"), name, "column")


def _annual(tree: Any, inside: bool = False) -> Iterator[dict[str, Any]]:
    """The nodes of annual reports, by their name; below one that has none itself all nodes, as its years."""
    for node in tree if isinstance(tree, list) else []:
        if isinstance(node, dict) and "id" in node:
            name = str(node.get("name", ""))
            named = bool(COLUMN.search(name)) and not is_lookalike(name)
            if inside or named:
                yield node
            empty = named and node.get("post_count") == 0 and not node.get("jump_url")
            yield from _annual(node.get("children"), inside or empty)


def _rows(page: ListPage, answer: dict[str, Any]) -> Iterator[Link]:
    articles = [article for article in answer["articles"] if isinstance(article, dict)]
    for article in articles:
        url = article.get("url") or article.get("post_url")
        if url:
            yield Link(
                page.urljoin(str(url)),
                str(article.get("title", "")),
                date=day_of(article.get("display_publish_time") or article.get("date")),
                index_number=article.get("identifier") or None,
                group="articles",
            )
    number = int(page.query.get("page") or 1)
    total = int(answer.get("total") or (answer.get("classify") or {}).get("post_count") or 0)
    size = PAGE_SIZE if total > (number - 1) * PAGE_SIZE else len(articles)
    if articles and (number - 1) * size + len(articles) < total:
        yield Link(re.sub(r"\bpage=\d+", f"page={number + 1}", page.url), str(number + 1), "next")
