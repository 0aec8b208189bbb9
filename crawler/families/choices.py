"""What can be chosen on a page before its script asks for a list: a body, a year. Written into the script, one at a time.

It is chosen in a picker, by a tab, or by a link that calls a function with it: onclick="getList('11220681', 1)".
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product

from crawler.families import Link, ListPage
from crawler.navigation.anchors import page_anchors
from crawler.navigation.navigate import is_search
from crawler.navigation.templates import value_of

CHOSEN = re.compile(
    r"\$\(\s*['\"]#(?P<by_jquery>[\w-]+)(?:\s+option:selected)?['\"]\s*\)\.val\(\s*\)"
    r"|document\.getElementById\(\s*['\"](?P<by_id>[\w-]+)['\"]\s*\)\.value\b"
    r"|\$\(\s*this\s*\)\.(?:data\(\s*['\"]|attr\(\s*['\"]data-)(?P<by_data>\w+)['\"]\s*\)"  # of a tab
)
# location.href = '/nb/query.jsp?year=' + "2023" + '&org=' + ""
GOES = re.compile(
    r"(?:location(?:\.href)?\s*=|\b(?:open|assign)\(|\.attr\(\s*['\"]src['\"]\s*,|\.load\()\s*"
    r"(?P<parts>(['\"])[^'\"\s]*[/?][^'\"\s]*\2(?:\s*\+\s*(?:\w+|'[^'\s]*'|\"[^\"\s]*\"))+)"
)
MOST = 200  # requests that the choices of one page make
FUNCTION = re.compile(r"\bfunction\s+(?P<name>\w{1,40})\s*\((?P<takes>[\w\s,]{1,200})\)")
HANDED = re.compile(r"\b(?P<name>\w{1,40})\((?P<given>[^()]{1,200})\)")


def for_each_choice(page: ListPage, asked: Callable[[str], Sequence[Link]]) -> Iterator[Link]:
    """What the script asks for, by each option of the first picker that makes a difference.

    Of a further one all options are taken too, unless one of them is blank, which stands for all of them if it does
    not ask to choose.
    """
    options = {
        name: _options(page, name) for name in dict.fromkeys(map(_name, CHOSEN.finditer(page.scripts)))
    }
    first = {name: values[0] for name, values in options.items()}
    usual = asked(_written(page.scripts, first))
    telling = [
        name
        for name, values in options.items()
        if usual and values[1:] and asked(_written(page.scripts, first | {name: values[-1]})) != usual
    ]
    if not usual:
        for handed in islice(_handed(page), MOST):
            yield from asked(handed + page.scripts)
    if not telling:
        yield from usual
        return
    telling.sort(key=lambda name: "" in options[name])
    one, *others = telling
    taken = [[value for value in options[one] if value]]
    taken += [[""] if "" in options[name] else options[name] for name in others]
    for _, values in zip(range(MOST), product(*taken), strict=False):
        yield from asked(_written(page.scripts, first | dict(zip(telling, values, strict=True))))


def gone_to(page: ListPage) -> Iterator[Link]:
    """Where the button beside the pickers leads, for each choice; a search for words has none."""

    def links(scripts: str) -> list[Link]:
        found = GOES.search(scripts)
        parts = [re.findall(r"'([^']*)'|\"([^\"]*)\"|(\w+)", found["parts"])] if found else []
        urls = ("".join(word or other or _said(name, scripts) for word, other, name in one) for one in parts)
        return [Link(page.urljoin(url), kind="listing") for url in urls]

    found = list(for_each_choice(page, links)) if CHOSEN.search(page.scripts) else []
    if len(found) > 1 and not is_search(found[0].url):
        shown = {link.url for link in page_anchors(page)}
        yield from (link for link in found if link.url not in shown)


def _said(name: str, scripts: str) -> str:
    return (value_of(name, scripts) or "") if name else ""


def _handed(page: ListPage) -> Iterator[str]:
    """What the links of the page hand to functions of its script, as assignments to put before it."""
    functions = {found["name"]: found["takes"].split(",") for found in FUNCTION.finditer(page.scripts)}
    links = "//@onclick | //@href[starts-with(., 'javascript:')]" if functions else "/.."
    said = dict.fromkeys(
        call for text in page.selector.xpath(links).getall() for call in HANDED.findall(text)
    )
    for name, given in said:
        values = [value.strip(" '\"") for value in given.split(",")]
        told = zip(map(str.strip, functions.get(name, ())), values, strict=False)
        pairs = [f"{takes}='{value}';" for takes, value in told if re.fullmatch(r"[\w-]+", value)]
        if pairs:
            yield "".join(pairs)


def _name(chosen: re.Match[str]) -> str:
    return chosen["by_jquery"] or chosen["by_id"] or f"data-{chosen['by_data']}"


def _options(page: ListPage, name: str) -> list[str]:
    """The values of a select, those that tabs carry, or the one that stands in a field."""
    if name.startswith("data-"):
        return page.selector.xpath(f"//@{name}").getall() or [""]
    named = f"@id='{name}' or @name='{name}'"
    asks = "not(normalize-space(@value)) and contains(., '选择')"
    values = page.selector.xpath(f"//select[{named}]//option[not({asks})]/@value").getall()
    return values or [page.selector.xpath(f"//input[{named}]/@value").get("")]


def _written(scripts: str, values: dict[str, str]) -> str:
    return CHOSEN.sub(lambda chosen: '"' + re.sub(r"[\"\\\n]", "", values[_name(chosen)]) + '"', scripts)
