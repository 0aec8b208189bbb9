"""Lists that a page's script asks an interface of its own site for: fetch, axios, $.get, $.ajax, with a page's number.

What the script says literally is asked for, once and for a first page; what it computes, or keeps in a bundle, is not.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.families import Link, ListPage
from crawler.families.choices import for_each_choice
from crawler.families.records import number_of

LITERAL = r"(?:`[^`\n]*`|'[^'\n]*'|\"[^\"\n]*\")"
CALL = re.compile(
    r"(?P<how>\bfetch\(|\baxios(?:\.\w+)?\(|\$(?:\.|http\.)(?:get|post|getJSON|ajax)\(|\burl\s*:)\s*"
    rf"(?P<url>{LITERAL}(?:\s*\+\s*(?:{LITERAL}|\w[\w.]*))*)(?P<rest>[^;]{{0,400}})"
)
PAGE = re.compile(r"(?:page|current)_?(?:no|num|index|number|page)?|pn", re.IGNORECASE)
SIZE = re.compile(r"(?:page_?)?size|limit|rows|per_?page", re.IGNORECASE)
LISTS = re.compile(
    r"list|page|query|article|channel|column|catalog|info|content|news|doc|xxgk", re.IGNORECASE
)
NOT_LISTS = re.compile(
    r"hits?\b|visit|click|login|user|captcha|weather|upload|vote|search|suggest|\.(?:js|css|html?|jpe?g|png|json)(?:\?|$)",
    re.IGNORECASE,
)
TOKEN = re.compile(r"`([^`]*)`|'([^']*)'|\"([^\"]*)\"|(\w[\w.]*)")
PAIR = re.compile(r"['\"]?(\w+)['\"]?\s*:\s*(`[^`]*`|'[^']*'|\"[^\"]*\"|[\w.]+)")
DATA = re.compile(r"(?:data|params|body)\s*:\s*(?:JSON\.stringify\()?\s*\{([^{}]*)\}|^\s*,\s*\{([^{}]*)\}")
# '/detail/' + item.id + '.html' and `/detail/${item.id}.html`: rows whose address only the page puts together.
COMPOSED = re.compile(
    r"['\"](?P<before>[/.][^'\"\s]*)['\"]\s*\+\s*\w+\.(?P<field>\w+)(?:\s*\+\s*['\"](?P<after>[^'\"\s]*)['\"])?"
    r"|`(?P<before_>[/.][^`\s$]*)\$\{\w+\.(?P<field_>\w+)\}(?P<after_>[^`\s$]*)`"
)
MOST = 2  # interfaces of one page


def called(page: ListPage) -> Iterator[Link]:
    """The first page of each list that the script asks for; where its rows have no address, how one is put together."""
    composed = COMPOSED.search(page.text)
    way = ""
    if composed:
        before, field, after = (
            composed[name] or composed[f"{name}_"] or "" for name in ("before", "field", "after")
        )
        way = f"{before}{{{field}}}{after}"

    def asked(scripts: str) -> list[Link]:
        links = (_asked(page, call, scripts, way) for call in _calls(scripts))
        return [link for link in links if link][:MOST]

    yield from dict.fromkeys(for_each_choice(page, asked))


def _calls(scripts: str) -> Iterator[re.Match[str]]:
    return islice(CALL.finditer(scripts), 50)  # as many as no page has


def _asked(page: ListPage, call: re.Match[str], scripts: str, way: str) -> Link | None:
    url = _value(call["url"], scripts)
    if (
        not url
        or not LISTS.search(url)
        or NOT_LISTS.search(urlsplit(url).path)
        or not re.match(r"[./]|https?:", url)
    ):
        return None
    fields = _fields(call, scripts)
    given = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    if not any(PAGE.fullmatch(name) for name in (*given, *fields)) or None in fields.values():
        return None
    return _request(page, call, url, fields, Link("", way, "listing"))


# id of var id = getQueryString('id') and of new URLSearchParams(location.search).get('id')
OWN_PARAMETER = re.compile(r"(?:new\s+URLSearchParams\([^()]*\)\.)?\b\w+\(\s*['\"](?P<name>\w+)['\"]\s*\)")
TEXTS = re.compile(r"detail|content|article|info|news|get|view|show", re.IGNORECASE)


def text_of(page: ListPage) -> Iterator[Link]:
    """Where a page that is the same for all articles gets the text of the one that its own address names."""
    own = {
        name: value for name, value in parse_qsl(urlsplit(page.url).query) if re.fullmatch(r"[\w-]+", value)
    }
    scripts = OWN_PARAMETER.sub(
        lambda found: f'"{own[found["name"]]}"' if found["name"] in own else found[0], page.scripts
    )
    for call in _calls(scripts) if scripts != page.scripts else ():
        url, fields = _value(call["url"], scripts), _fields(call, scripts)
        if (
            not url
            or None in fields.values()
            or not TEXTS.search(url)
            or NOT_LISTS.search(urlsplit(url).path)
        ):
            continue
        link = _request(page, call, url, fields, Link("", kind="text"))
        if any(value in link.url + link.body for value in own.values()):
            yield link
            return


def _fields(call: re.Match[str], scripts: str) -> dict[str, str | None]:
    """What the call sends beside its address; None for what the script does not say."""
    data = DATA.search(call["rest"])
    pairs = PAIR.findall((data[1] or data[2] or "") if data else "")
    return {name: _value(value, scripts, bool(PAGE.fullmatch(name))) for name, value in pairs}


def _request(
    page: ListPage, call: re.Match[str], url: str, fields: Mapping[str, str | None], link: Link
) -> Link:
    """The link, with the request that the call makes."""
    headers = (("Referer", page.origin), ("X-Requested-With", "XMLHttpRequest"))
    told = {name: value or "" for name, value in fields.items()}
    around = f"{call['how']}{call['rest']}"
    if not re.search(r"\.post\(|(?:type|method)['\"]?\s*:\s*['\"]post", around, re.IGNORECASE):
        parts = urlsplit(page.urljoin(url))
        query = (
            urlencode({**dict(parse_qsl(parts.query, keep_blank_values=True)), **told})
            if told
            else parts.query
        )
        return replace(link, url=urlunsplit((*parts[:3], query, "")), headers=headers)
    as_json = call["how"].startswith("axios") or bool(re.search(r"JSON\.stringify|application/json", around))
    body = (
        json.dumps({name: _number(name, value) for name, value in told.items()})
        if as_json
        else urlencode(told)
    )
    kind = "application/json" if as_json else "application/x-www-form-urlencoded"
    return replace(
        link, url=page.urljoin(url), method="POST", body=body, headers=(("Content-Type", kind), *headers)
    )


def _number(name: str, value: str) -> str | int:
    """Numbers of pages and rows are such; what counts nothing, as a column's 003006, stays as it was written."""
    return int(value) if value.isdigit() and (PAGE.fullmatch(name) or SIZE.fullmatch(name)) else value


def _value(expression: str, scripts: str, is_page: bool = False) -> str | None:
    """What a concatenation of literals and variables comes to, None where a variable's value is not told.

    A variable in the place of a page's number is the first page's.

    >>> _value("'/api/list?id=' + id + '&page=' + n", "var id = 12;")
    '/api/list?id=12&page=1'
    """
    said = ""
    for token in TOKEN.finditer(re.sub(r"\$\{\s*(\w[\w.]*)\s*\}", r"`+\1+`", expression)):
        literal = next((part for part in token.groups()[:3] if part is not None), None)
        asks = re.search(r"(\w+)=$", said)
        counts = is_page or bool(asks and PAGE.fullmatch(asks[1]))
        value = _variable(token[4], scripts, counts) if literal is None else literal
        if value is None:
            return None
        said += value
    return said


def _variable(name: str, scripts: str, is_page: bool) -> str | None:
    if name.isdigit():
        return name
    own = name.split(".")[-1]
    known = re.search(rf"\b{own}['\"]?\s*[:=]\s*(?:['\"]([^'\"+\n]*)['\"]|(\d+)\b)", scripts)
    if known:
        return known[1] or known[2] or ""
    return "1" if is_page or PAGE.fullmatch(own) else None


def following_answer(page: ListPage, rows: int) -> Iterator[Link]:
    """The request for the next page of an interface's answer, by the number in its address or in what was POSTed."""
    as_json = page.body.startswith("{")
    if page.method == "POST":
        asked = (
            {k: str(v) for k, v in json.loads(page.body).items()} if as_json else dict(parse_qsl(page.body))
        )
    else:
        asked = dict(parse_qsl(urlsplit(page.url).query, keep_blank_values=True))
    name = next((one for one in asked if PAGE.fullmatch(one) and asked[one].isdigit()), None)
    if name is None or not rows:
        return
    number = int(asked[name])
    size = next((int(asked[one]) for one in asked if SIZE.fullmatch(one) and asked[one].isdigit()), rows)
    total = number_of(page.json, "totalPage", "totalPages", "pageCount", "pages")
    if total is None:
        size = min(size, rows) if number <= 1 else size
        total = -(
            -(number_of(page.json, "total", "totalCount", "count", "totalElements") or 0) // max(size, 1)
        )
    if number >= total:
        return
    headers = (("Referer", page.origin), ("X-Requested-With", "XMLHttpRequest"))
    if page.method == "POST":
        fields = json.loads(page.body) if as_json else asked
        changed = {**fields, name: number + 1 if as_json else str(number + 1)}
        kind = "application/json" if as_json else "application/x-www-form-urlencoded"
        body = json.dumps(changed) if as_json else urlencode(changed)
        yield Link(page.url, page.title, "next", "POST", body, (("Content-Type", kind), *headers))
    else:
        parts = urlsplit(page.url)
        query = urlencode({**asked, name: str(number + 1)})
        yield Link(urlunsplit((*parts[:3], query, "")), page.title, "next", headers=headers)
