"""Rows that a page's script holds as literals: objects, calls, arrays beside each other, nodes of a tree."""

import html
import re
from collections.abc import Iterator

from crawler.families import Link, ListPage
from crawler.navigation.printed import DATE, SPACES, read_date

CALLED = re.compile(r"\(\s*\\?['\"]([^'\"\\]+)")  # click: "openUrl('/gk/nb/')"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LITERAL = re.compile(
    r"['\"]?(?P<name>[A-Za-z_]\w*)['\"]?\s*[:=]\s*(?P<quote>['\"])(?P<value>(?:\\.|(?!(?P=quote)).)*)(?P=quote)"
)
STRING = r"(?:'[^'\n]*'|\"[^\"\n]*\")"
STRINGS = re.compile(rf"[\[(]\s*({STRING}(?:\s*,\s*{STRING})+)\s*[\])]")
ADDRESSES = ("url", "link", "href", "click")  # how the names of those that lead to a row's page end
NO_ROW = re.compile(r"proxy|ajax|api|base|root|img|pic|logo")  # of an interface, a host, a picture
ADDRESS = re.compile(r"[^\s\u4e00-\u9fff]*[/.][^\s\u4e00-\u9fff]*")


def script_rows(script: str, page: ListPage) -> Iterator[Link]:
    """All of them, in whatever of these ways the script keeps them."""
    yield from _literals(script, page)
    yield from _arrays(script, page)
    yield from _beside_each_other(script, page)
    yield from _nodes(script, page)
    yield from _unnamed(script, page)


def _literals(script: str, page: ListPage) -> Iterator[Link]:
    """var strLink='./a.html'; var strTitle='…' and {url: "…", title: "…"}: a name that comes again opens a row."""
    row: dict[str, str] = {}
    for literal in LITERAL.finditer(script):
        kind = _kind(literal["name"], literal["value"])
        if not kind:
            continue
        if kind in row:
            yield from _row(row, page)
            row = {}
        called = CALLED.search(literal["value"]) if kind == "url" else None
        row[kind] = (called[1] if called else literal["value"]).replace("\\/", "/")
    yield from _row(row, page)


def _arrays(script: str, page: ListPage) -> Iterator[Link]:
    """Rows without names, as ["某局2023年…", "./a.html", "2024-01-05"] and add("./a.html", "某局2023年…")."""
    for group in re.findall(r"[\[(]((?:\s*(?:'[^'\n]*'|\"[^\"\n]*\"|\d+)\s*,?){2,8})[\])]", script):
        strings = _strings(group)
        urls = [one for one in strings if ADDRESS.fullmatch(one) and not DATE.search(one)]
        titles = [one for one in strings if CHINESE.search(one)]
        if urls and titles:
            yield from _row({"url": urls[0], "title": max(titles, key=len), "date": group}, page)


def _beside_each_other(script: str, page: ListPage) -> Iterator[Link]:
    """An array of addresses and one of titles as long as it, of which row by row is written."""
    arrays = [_strings(found) for found in STRINGS.findall(script)]
    for length in {len(array) for array in arrays}:
        alike = [array for array in arrays if len(array) == length]
        dates = next((array for array in alike if all(map(DATE.search, array))), [""] * length)
        urls = next((one for one in alike if one != dates and all(map(ADDRESS.fullmatch, one))), [])
        titles = next((array for array in alike if all(map(CHINESE.search, array))), [])
        for url, title, date in zip(urls, titles, dates, strict=False):
            yield from _row({"url": url, "title": title, "date": date}, page)


def _strings(group: str) -> list[str]:
    return [one or other for one, other in re.findall(r"'([^'\n]*)'|\"([^\"\n]*)\"", group)]


# $('#right').load('/gk/list.do?org=' + treeNode.id): what a click on a node of a tree asks for
CLICKED = re.compile(
    r"['\"](?P<before>[^'\"\s#]{0,200}[/?][^'\"\s]{0,200})['\"]\s*\+\s*\w+\.(?P<field>\w+)(?:\s*\+\s*['\"](?P<after>[^'\"\s]*)['\"])?"
)
NAMES = ("name", "title", "text", "label")
PAIR = re.compile(
    r"['\"]?(?P<name>[A-Za-z_]\w*)['\"]?\s*:\s*(?:['\"](?P<string>[^'\"\n]*)['\"]|(?P<number>\d+)\b)"
)
MOST_NODES = 1000


def _nodes(script: str, page: ListPage) -> Iterator[Link]:
    """{id: "0041", pId: "1", name: "教育局"} where the script puts an address together around a field of it."""
    clicked = CLICKED.search(script)
    if clicked is None:
        return
    node: dict[str, str] = {}
    nodes = [node]
    for pair in PAIR.finditer(script):
        if pair["name"] in node and len(nodes) < MOST_NODES:
            nodes.append(node := {})
        node.setdefault(pair["name"], pair["string"] or pair["number"] or "")
    for node in nodes:
        value = node.get(clicked["field"], "")
        title = next((node[name] for name in NAMES if CHINESE.search(node.get(name, ""))), "")
        if title and re.fullmatch(r"[\w-]+", value):
            url = f"{clicked['before']}{value}{clicked['after'] or ''}"
            yield from _row({"url": url, "title": title}, page)


OBJECT = re.compile(r"\{([^{}]{10,500})\}")
PATH = re.compile(r"(?:https?:/)?\.{0,2}/[^\s\u4e00-\u9fff<>]+[\w/]")


def _unnamed(script: str, page: ListPage) -> Iterator[Link]:
    """{"n": "教育局", "u": "/nb/1.html", "d": "2024-01-20"}: names say nothing, but one value is an address and one a title."""
    for group in OBJECT.findall(script):
        fields = {pair["name"]: pair["string"] or "" for pair in PAIR.finditer(group)}
        urls = [name for name, value in fields.items() if PATH.fullmatch(value) and not NO_ROW.match(name)]
        titles = [name for name, value in fields.items() if CHINESE.search(value)]
        if len(urls) == len(titles) == 1 and not _kind(urls[0], fields[urls[0]]):
            yield from _row({"url": fields[urls[0]], "title": fields[titles[0]], "date": group}, page)


def _kind(name: str, value: str) -> str | None:
    name = name.lower()
    if name.endswith(ADDRESSES) and not NO_ROW.match(name) and re.search(r"[./]", value):
        return "url"
    if name.endswith(("title", "name", "text", "subject", "titles")) and re.search(
        r"[\u4e00-\u9fff]|^20\d\d", value
    ):
        return "title"
    if name.endswith(("date", "time")) and DATE.search(value):
        return "date"
    return None


def _row(row: dict[str, str], page: ListPage) -> Iterator[Link]:
    if "url" in row and "title" in row:
        title = SPACES.sub(" ", re.sub(r"<[^>]*>", "", html.unescape(row["title"]))).strip()
        yield Link(page.urljoin(row["url"]), title, date=read_date(row.get("date", "")), group="script")
