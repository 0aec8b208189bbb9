"""Addresses that a page's functions put together around what they are given, or around what an element carries."""

import re
from base64 import b64decode
from urllib.parse import unquote

from crawler.families import ListPage

FUNCTION = re.compile(r"function\s+(?P<name>\w+)\s*\((?P<arguments>[^)]*)\)\s*\{(?P<body>[^{}]*)")
PUT_TOGETHER = re.compile(
    r"['\"](?P<start>[^'\"\s#.][^'\"\s]*)['\"](?P<rest>(?:\s*\+\s*(?:\w+\b(?!\s*[.(])|['\"][^'\"\s]*['\"]))+)"
)
# A function that decodes what it is given: window.open(atob(u))
DECODES = re.compile(r"\b(?:\w+\.)*\w*(?:atob|decode\w*|unescape)\(\s*(\w+)\s*\)", re.IGNORECASE)
OPENED = re.compile(
    r"(?:open\(|(?:location(?:\.href)?|\.src)\s*=|(?:assign|replace)\()\s*(\w+)\s*(?:[,;)\n]|$)"
)
Template = tuple[str | int, ...]  # of an address: words, and places of a function's arguments


def templates_of(page: ListPage) -> dict[str, Template]:
    """Functions that put an address together around their arguments, by name."""
    found = {}
    for function in FUNCTION.finditer(page.scripts):
        arguments = [name.strip() for name in function["arguments"].split(",")]
        body = DECODES.sub(r"\1", function["body"])
        composed = PUT_TOGETHER.finditer(body)
        templates = (_template(one, arguments, page.scripts) for one in composed)
        if template := next(filter(None, templates), None):
            found[function["name"]] = template
        elif body != function["body"] and (opened := OPENED.search(body)) and opened[1] in arguments:
            found[function["name"]] = (arguments.index(opened[1]),)
    return found


def value_of(name: str, scripts: str) -> str | None:
    """What the script gives to a variable as a word or number.

    >>> value_of("moduleId", "var moduleId = 'a7'; go('&moduleId=' + moduleId)"), value_of("n", "n = m + 1;")
    ('a7', None)
    """
    found = re.search(rf"\b{name}\s*=\s*['\"]?([\w./-]+)['\"]?\s*(?:[;,\n}}]|$)", scripts) if name else None
    return found[1] if found else None


def _template(composed: re.Match[str], arguments: list[str], scripts: str) -> Template | None:
    """None for what is no address, as the name of an element: 'tab_' + number."""
    template: list[str | int] = [composed["start"]]
    for name, words in re.findall(r"\+\s*(?:(\w+)|['\"]([^'\"\s]*)['\"])", composed["rest"]):
        if name and name not in arguments:
            words = value_of(name, scripts)
            if words is None:
                break
        template.append(arguments.index(name) if name in arguments else words)
    words = "".join(part for part in template if isinstance(part, str))
    is_address = re.search(r"[/?]|\.[a-z]{2,5}$", words)
    return tuple(template) if is_address and any(isinstance(part, int) for part in template) else None


def from_template(script: str, templates: dict[str, Template]) -> str | None:
    """The address behind toDetail('123') or show('7', '2023')."""
    for called in re.finditer(r"\b(?P<name>\w+)\(\s*(?P<given>[^()]*?)\s*\)", script):
        given = [decoded(one.strip().strip("'\"")) for one in called["given"].split(",")]
        template = templates.get(called["name"], ())
        places = [part for part in template if isinstance(part, int)]
        told = places and max(places) < len(given)
        if told and all(re.fullmatch(r"[\w./?&=:%-]+", given[place]) for place in places):
            return "".join(given[part] if isinstance(part, int) else part for part in template)
    return None


def decoded(given: str) -> str:
    """The address, or the end of one, that a page hands to its script in base64 or percent-encoded; else as it is.

    >>> decoded("L25iLzEuaHRtbA=="), decoded("%2Fnb%2F1.html"), decoded("20231234"), decoded("zfxxgknb")
    ('/nb/1.html', '/nb/1.html', '20231234', 'zfxxgknb')
    """
    if len(given) < 8:
        return given
    try:
        plain = b64decode(given, validate=True).decode("ascii") if "%" not in given else unquote(given)
    except ValueError:
        return given
    return plain if re.fullmatch(r"[\w./?&=:%-]*[/?=][\w./?&=:%-]*", plain) else given


# What an element that is clicked carries for the script: $(this).data('id'), or $(given).data('id')
OWN = re.compile(
    r"\$\(\s*(?:\w+|\w+\.(?:target|currentTarget))\s*\)\.(?:data\(\s*['\"](?P<data>\w+)['\"]\s*\)|attr\(\s*['\"]data-(?P<attr>\w+)['\"]\s*\))"
    r"|\b\w+\.dataset\.(?P<set>\w+)|\b\w+\.getAttribute\(\s*['\"]data-(?P<get>\w+)['\"]\s*\)"
)


def by_attribute(page: ListPage) -> dict[str, Template]:
    """By the name of a data attribute, the address that the script makes of its value, alone or by a function."""
    scripts = OWN.sub(lambda own: f"own_{_name(own)}", page.scripts)
    found = {}
    for name in dict.fromkeys(map(_name, OWN.finditer(page.scripts))):
        names = [f"own_{name}", *re.findall(rf"\b(\w+)\s*=\s*own_{name}\b", scripts)]
        templates = (
            _template(composed, [one], scripts)
            for composed in PUT_TOGETHER.finditer(scripts)
            for one in names
        )
        called = re.findall(rf"\b(\w+)\(\s*(?:{'|'.join(names)})\s*\)", scripts)
        functions = templates_of(page) if called else {}
        further = (functions.get(one) for one in called)
        if template := next(filter(None, (*templates, *further)), None):
            found[name] = template
    return found


def _name(own: re.Match[str]) -> str:
    return str(next(filter(None, own.groups())))
