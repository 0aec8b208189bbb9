"""What can be chosen on a page before its script asks for a list: a body, a year. Written into the script, one at a time."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product

from crawler.families import Link, ListPage

CHOSEN = re.compile(
    r"\$\(\s*['\"]#(?P<by_jquery>[\w-]+)(?:\s+option:selected)?['\"]\s*\)\.val\(\s*\)"
    r"|document\.getElementById\(\s*['\"](?P<by_id>[\w-]+)['\"]\s*\)\.value\b"
)
MOST = 200  # requests that the choices of one page make


def for_each_choice(page: ListPage, asked: Callable[[str], Sequence[Link]]) -> Iterator[Link]:
    """What the script asks for, by each option of the first picker that makes a difference.

    Of a further one all options are taken too, unless one of them is blank, which stands for all of them.
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
    if not telling:
        yield from usual
        return
    one, *others = telling
    taken = [[value for value in options[one] if value]]
    taken += [[""] if "" in options[name] else options[name] for name in others]
    for _, values in zip(range(MOST), product(*taken), strict=False):
        yield from asked(_written(page.scripts, first | dict(zip(telling, values, strict=True))))


def _name(chosen: re.Match[str]) -> str:
    return chosen["by_jquery"] or chosen["by_id"]


def _options(page: ListPage, name: str) -> list[str]:
    """The values of a select, or the one that stands in a field."""
    named = f"@id='{name}' or @name='{name}'"
    values = page.selector.xpath(f"//select[{named}]//option/@value").getall()
    return values or [page.selector.xpath(f"//input[{named}]/@value").get("")]


def _written(scripts: str, values: dict[str, str]) -> str:
    return CHOSEN.sub(lambda chosen: '"' + re.sub(r"[\"\\\n]", "", values[_name(chosen)]) + '"', scripts)
