"""Lists that a page's script asks an interface of its own site for: fetch, axios, $.get, $.ajax, with a page's number.

What the script says literally is asked for, once and for a first page; what it computes, or keeps in a bundle, is not.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.families import Link, ListPage
from crawler.families.choices import for_each_choice
from crawler.families.literals import UNTOLD, Told, read_arguments, read_literal
from crawler.families.turning import PAGE, SIZE, START, Asked, counts_rows, page_number, turned

CALL = re.compile(
    r"(?P<how>\bfetch|\baxios(?:\.\w+)?|\$(?:\.|http\.)(?:get|post|getJSON|ajax)|\b\w+\.(?:ajax|render)|\.(?:load|bootstrapTable))\((?=\s*[{'\"`])"
    r"|(?P<object>\{)\s*(?=(?:\w+\s*:\s*['\"\w]+\s*,\s*)?['\"]?url['\"]?\s*:\s*['\"`])"
)
LISTS = re.compile(
    r"list|page|query|article|channel|column|catalog|info|content|news|doc|xxgk", re.IGNORECASE
)
WHOLE = re.compile(r"list[\w.]{0,10}/?$", re.IGNORECASE)
NOT_LISTS = re.compile(
    r"hits?\b|visit|click|login|user|captcha|weather|upload|vote|suggest|search[\w.]*/?$"
    r"|\.(?:js|css|html?|jpe?g|png|json)(?:\?|$)",
    re.IGNORECASE,
)
ITEM = r"(?:\w+(?:\[\w+\])?\.){1,3}"  # row. and res.data[i].
# Rows whose address only the page puts together, before, from a field of the row, and after it:
COMPOSED = re.compile(
    # '/detail/' + item.id + '.html'
    rf"['\"]([/.][^'\"\s]*)['\"]\s*\+\s*{ITEM}(\w+)(?:\s*\+\s*['\"]([^'\"\s]*)['\"])?"
    # `/detail/${item.id}.html`
    rf"|`([/.][^`\s$]*)\$\{{{ITEM}(\w+)\}}([^`\s$]*)`"
    # "<a href='detail.html?id=" + item.id + "'>"
    rf"|href=\\?['\"]?([\w./?=&-]+)['\"]\s*\+\s*{ITEM}(\w+)(?:\s*\+\s*['\"]([\w./?=&-]*))?"
)
SERIALIZED = re.compile(r"\$\(\s*['\"]#?(?P<form>[\w-]{1,40})['\"]\s*\)\.serialize\(\)")
# bootstrapTable({url: '…', queryParams: function (p) { return {pageNumber: p.offset / p.limit + 1}; }})
RETURNED = re.compile(r"queryParams\s*:\s*function\s*\(\w{0,40}\)\s*\{\s*return\s*(?=\{)")
# What differs with each visit, so that no cache answers.
MOMENT = re.compile(r"Math\.random\(\)|new Date\(\)(?:\.(?:getTime|valueOf)\(\))?|Date\.now\(\)")
MOST = 2  # interfaces of one page
LONGEST = 5000  # characters of one call


def called(page: ListPage, shown: bool = False) -> Iterator[Link]:
    """The first page of each list that the script asks for; where its rows have no address, how one is put together.

    `shown`: the first page's rows stand on the page, and the second page is asked for.
    """
    composed = COMPOSED.search(MOMENT.sub('"0"', page.text))
    way = ""
    if composed:
        before, field, after = (next(filter(None, composed.groups()[part::3]), "") for part in range(3))
        way = f"{before}{{{field}}}{after}"

    def links(scripts: str) -> list[Link]:
        found = (asked for asked in _calls(page, scripts) if _is_list(asked, shown))
        first = (
            turned(asked, (page_number(asked) or 0) + 1) if shown and not counts_rows(asked) else asked
            for asked in found
        )
        return [asked.link(page, way, "next" if shown else "listing") for asked in islice(first, MOST)]

    yield from dict.fromkeys(for_each_choice(page, links))


# id of var id = getQueryString('id') and of new URLSearchParams(location.search).get('id')
OWN_PARAMETER = re.compile(
    r"(?:new\s+URLSearchParams\([^()]{0,100}\)\.)?\b(?:\w{1,40}\.){0,2}\w{1,40}\(\s*['\"](?P<name>\w{1,40})['\"]\s*\)"
)
TEXTS = re.compile(r"detail|content|article|info|news|get|view|show", re.IGNORECASE)


def text_of(page: ListPage) -> Iterator[Link]:
    """Where a page that is the same for all articles gets the text of the one that its own address names."""
    own = _own_parameters(page).values()
    for asked in _calls(page, page.scripts) if own else ():
        if not TEXTS.search(asked.url) or NOT_LISTS.search(urlsplit(asked.url).path):
            continue
        link = asked.link(page, kind="text")
        if any(value in link.url + link.body for value in own):
            yield link
            return


def _own_parameters(page: ListPage) -> dict[str, str]:
    asked = parse_qsl(urlsplit(page.url).query)
    return {name: value for name, value in asked if re.fullmatch(r"[\w-]+", value)}


def _is_list(asked: Asked, shown: bool) -> bool:
    """It names a page, or says that it is a list, all of it at once."""
    path = urlsplit(asked.url).path
    if NOT_LISTS.search(path) or (page_number(asked) is None and (shown or not WHOLE.search(path))):
        return False
    counted = counts_rows(asked) or any(SIZE.fullmatch(name) for name in asked.fields)
    return counted or bool(LISTS.search(asked.url))


def _calls(page: ListPage, scripts: str) -> Iterator[Asked]:
    """The requests that the script makes, as far as it says what is asked for."""
    own = _own_parameters(page)
    scripts = OWN_PARAMETER.sub(
        lambda found: f'"{own[found["name"]]}"' if found["name"] in own else found[0],
        re.sub(r"\$\{\s*(\w[\w.]*)\s*\}", r"`+\1+`", MOMENT.sub('"0"', scripts)),
    )
    scripts = RETURNED.sub("data: ", scripts)
    scripts = SERIALIZED.sub(lambda found: f'"{_serialized(page, found["form"])}"', scripts)

    @cache
    def variable(name: str, is_page: bool) -> Any:
        return _variable(name, scripts, is_page)

    def told(name: str, field: str) -> Any:
        value = variable(name, bool(PAGE.fullmatch(field)))
        return 0 if value is UNTOLD and START.fullmatch(field) else value

    for call in islice(CALL.finditer(scripts), 50):  # as many as no page has
        if asked := _asked(call, scripts, told):
            yield asked


def _serialized(page: ListPage, form: str) -> str:
    """The fields of a form, of which the page names the id or says only that it is one."""
    fields = page.selector.xpath(
        f"(//form[@id='{form}'] | //*[name()='{form}' and name()='form'])[1]//*[@name]"
    )
    return urlencode([(field.attrib["name"], field.attrib.get("value", "")) for field in fields])


def _asked(call: re.Match[str], scripts: str, told: Told) -> Asked | None:
    text = scripts[call.start("object") if call["object"] else call.end() : call.start() + LONGEST]
    how = call["how"] or ""
    first, second, *_ = (
        [read_literal(text, 0, told), {}] if call["object"] else [*read_arguments(text, told), {}, {}]
    )
    options = first if isinstance(first, dict) else {"url": first}
    if isinstance(second, dict | str) and not isinstance(first, dict):
        sends = how == "fetch" or how.endswith(("axios", "axios.get"))
        options = {**options, **second} if sends and isinstance(second, dict) else {**options, "data": second}
    url = options.get("url")
    if not isinstance(url, str) or not re.match(r"[./]|https?:", url):
        return None
    data: Any = next((options[name] for name in ("data", "params", "body", "where") if options.get(name)), {})
    if options.get("page") is True and isinstance(data, dict):  # a table of layui, which adds the names
        data = {**data, "page": 1, "limit": options.get("limit", 10)}
    posts = how.endswith(".post") or str(options.get("type", options.get("method"))).lower() == "post"
    return _request(url, data, posts, how.startswith("axios") or "json" in str(options.get("contentType")))


def _request(url: str, data: Any, posts: bool, as_json: bool) -> Asked | None:
    fields = read_literal(data) if isinstance(data, str) and data.startswith("{") else data
    as_json = posts and (as_json or fields is not data)
    if isinstance(fields, str):
        fields = dict(parse_qsl(fields, keep_blank_values=True))
    parts = urlsplit(url)
    if not isinstance(fields, dict):
        return None
    # What is computed, as offset / limit + 1, comes to the first page.
    fields = {
        name: 1 if value is UNTOLD and PAGE.fullmatch(name) else value for name, value in fields.items()
    }
    fields = {
        name: 20 if value is UNTOLD and SIZE.fullmatch(name) else value for name, value in fields.items()
    }
    if not _is_told(fields, nested=as_json):
        return None
    if posts:
        return Asked(url, fields, "POST", as_json)
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    return Asked(
        urlunsplit((*parts[:3], "", "")), {**given, **fields}, query=parts.query if not fields else ""
    )


def _is_told(value: Any, nested: bool) -> bool:
    if isinstance(value, dict):
        return all(_is_told(one, nested) and (nested or not isinstance(one, dict)) for one in value.values())
    return all(_is_told(one, nested) for one in value) if isinstance(value, list) else value is not UNTOLD


def _variable(name: str, scripts: str, is_page: bool, whole: bool = True) -> Any:
    """A variable's value; that of a page's number is, where the script does not say, the first page's.

    >>> _variable("id", "var id = '12';", False), _variable("n", "function load(n){} load(0);", True)
    ('12', 0)
    """
    own = re.escape(name.split(".")[-1])
    known = re.search(
        rf"\b{own}['\"]?\s*[:=]\s*(?:(?P<word>'[^'+\n]*'|\"[^\"+\n]*\")|(?P<number>\d+)\b)", scripts
    )
    if known:
        return known["word"][1:-1] if known["word"] else int(known["number"])
    if is_page or PAGE.fullmatch(name.split(".")[-1]):
        function = re.search(rf"\bfunction\s+(\w+)\s*\(\s*{own}\b", scripts)
        given = re.search(rf"(?<!function )\b{function[1]}\(\s*(\d+)\b", scripts) if function else None
        return int(given[1]) if given else 1
    return _object(own, scripts) if whole else UNTOLD


def _object(name: str, scripts: str) -> Any:
    """An object that a variable holds, with what is assigned to its fields: var p = {}; p.pageNo = 1;"""

    def told(name: str, field: str) -> Any:
        return _variable(name, scripts, bool(PAGE.fullmatch(field)), whole=False)

    found = re.search(rf"\b{name}\s*=\s*(?=\{{)", scripts)
    value = read_literal(scripts[found.end() :][:LONGEST], 0, told) if found else UNTOLD
    if isinstance(value, dict):
        for one in islice(re.finditer(rf"\b{name}\.(\w+)\s*=(?!=)\s*", scripts), 50):
            value[one[1]] = read_literal(scripts[one.end() :][:LONGEST], 0, told)
    return value
