"""Epoint 新点: /dynamic/…?categorynum=003006, rows from POST …/rest/lightfrontaction/getgovinfolist as JSON.

Pages are counted from 0; siteGuid stands in the page or in /js/webBuilderCommon.js. A missing page says so with
status 200. Portals: those of 徐州 and 抚顺.
A page may be a shell, showinfo.html?infoGuid=…, whose text getgovinfodetail gives.
Known not to work: shells whose interface wants a token that only a visit hands out.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from crawler.families import BEFORE, Kind, Link, ListPage
from crawler.families.generic import shows_rows
from crawler.families.pagers import further_pages
from crawler.families.records import json_rows, number_of

NAME = "epoint"
REST = re.compile(BEFORE + r"/rest/\w+/getgovinfolist\w*")
LIST = "/rest/lightfrontaction/getgovinfolist"
COMMON = "//script[contains(@src,'webBuilderCommon.js')]/@src"
DETAIL = re.compile(BEFORE + r"/rest/\w+/getgovinfodetail\w*")
SHELL = re.compile(r"\b(infoguid)=([\w-]+)", re.IGNORECASE)
GUID = re.compile(r"siteGuid['\"]?\s*[:=]\s*['\"]([\w-]+)['\"]", re.IGNORECASE)
TOKEN = re.compile(r"\btoken['\"]?\s*:\s*['\"]([^'\"\s]+)['\"][^}]*\bparams\b")
WRAPPED = re.compile(r"\{\s*['\"]?params['\"]?\s*:\s*\{")
ROWS = 50


def recognises(page: ListPage) -> bool:
    """The vendor's script, classes or interface."""
    return bool(
        REST.search(page.url)
        or "webBuilderCommon.js" in page.text
        or "webBuilderCommon.js" in page.url
        or "getgovinfolist" in page.text
        or "getgovinfodetail" in page.text
        or "/EWB-FRONT/" in page.text
    )


def links(page: ListPage) -> Iterator[Link]:
    """From the column the first POST, over the vendor's script where that alone knows the site; then page by page."""
    if page.method == "POST":
        yield from _answer(page)
    elif (detail := DETAIL.search(page.scripts)) and (shell := SHELL.search(page.url)):
        yield _text(page, detail[0], shell[2])
    elif "webBuilderCommon.js" in page.url:
        address, token, category = (*page.title.split(" "), "", "")[:3]
        project = re.search(r"projectName['\"]?\s*:\s*['\"]([\w/-]+)", page.text)
        address = address or LIST
        if address.startswith("/rest/"):  # siteInfo.projectName + '/rest/…'
            address = f"/{project[1].strip('/') if project else 'EWB-FRONT'}{address}"
        yield from _first(page, page.text, address, token, category)
    elif (call := REST.search(page.scripts)) and GUID.search(page.scripts):
        yield from _first(page, page.scripts, call[0], _token(page))
    elif (call or _is_shell(page)) and (script := page.selector.xpath(COMMON).get()):
        said = f"{call[0] if call else ''} {_token(page)} {_category(page.scripts)}".rstrip()
        yield Link(page.urljoin(script), said, "listing", headers=(("Referer", page.url),))
    else:
        yield from further_pages(page)


def _is_shell(page: ListPage) -> bool:
    """A page for all classes, whose address names the one that a script of the vendor's fills it with."""
    return "categorynum=" in page.url and not shows_rows(page)


def _token(page: ListPage) -> str:
    wrapped = TOKEN.search(page.scripts)
    return wrapped[1] if wrapped else ""


def _category(scripts: str) -> str:
    found = re.search(r"categorynum['\"]?\s*[:=]\s*['\"](\w+)", scripts)
    return found[1] if found else ""


def _text(page: ListPage, call: str, article: str) -> Link:
    """The request for the text of a shell, with the names that its script gives to the parameters."""
    name = re.search(r"\b(infoguid)['\"]?\s*:", page.scripts, re.IGNORECASE)
    asked = {name[1] if name else "infoGuid": article}
    if guid := GUID.search(page.scripts):
        asked["siteGuid"] = guid[1]
    token = TOKEN.search(page.scripts)
    wrapped = {"token": token[1], "params": asked} if token else asked
    return _post(page, page.urljoin(call), wrapped, "text")


def _first(page: ListPage, scripts: str, call: str, token: str, category: str = "") -> Iterator[Link]:
    guid = GUID.search(scripts)
    own = re.search(r"categorynum=(\w+)", page.origin)
    category = own[1] if own else category or _category(scripts)
    department = re.search(r"deptcode=(\w+)", page.origin)
    if guid and category:
        asked = {"deptcode": department[1] if department else "", "categorynum": category}
        asked |= {"pageIndex": 0, "pageSize": ROWS, "siteGuid": guid[1]}
        bare = {"params": asked} if WRAPPED.search(page.scripts) else asked
        wrapped = {"token": token, "params": asked} if token else bare  # as the older product has it
        yield _post(page, page.urljoin(call), wrapped)


def _answer(page: ListPage) -> Iterator[Link]:
    rows = list(json_rows(page))
    yield from rows
    wrapped: dict[str, Any] = json.loads(page.body or "{}")
    asked = wrapped.get("params", wrapped)
    size, number = int(asked.get("pageSize", ROWS)), int(asked.get("pageIndex", 0))
    if number == 0 and rows:
        size = min(size, len(rows))  # a server that gives fewer than asked for counts its pages by that
    if rows and number * size + len(rows) < (number_of(page.json, "total") or 0):
        following = {**asked, "pageIndex": number + 1, "pageSize": size}
        following = {**wrapped, "params": following} if "params" in wrapped else following
        yield _post(page, page.url, following, "next")


def _post(page: ListPage, url: str, asked: dict[str, Any], kind: Kind = "listing") -> Link:
    return page.asks(url, kind=kind, body=json.dumps(asked, ensure_ascii=False))
