"""Which of a page's links are taken up: one for each address, one version of each file, no year that is shown already."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from crawler.families import Link
from crawler.navigation.addresses import key
from crawler.navigation.navigate import BODY_ROW, YEAR_ONLY, Promise, body_named, is_directory, is_lookalike

Taken = list[tuple[Link, Promise]]
LAST_RESORT = 12  # score of what is followed only while there are no reports
SETTLED = Promise(0, "navigation", weak=True)  # what the page leads to is known: it need not be asked for
VERSION = re.compile(r"\.(docx|pdf|docm?|wps|ofd|rtf)$", re.IGNORECASE)
A_NAME = re.compile(r"\s*(?:\d{1,3}[.、．]\s*)?(?!首页|更多|返回|联系|关于)[\u4e00-\u9fff（）()]{2,15}\s*")
BEST_FIRST = ("docx", "pdf")  # read to the cell; the others are hardly read at all


def link_key(link: Link) -> str:
    """Under which the walk knows the link's page."""
    return key(link.url, link.method, link.body)


def listed(taken: Taken) -> frozenset[str]:
    """The keys of the reports among them."""
    return frozenset(link_key(link) for link, one in taken if one.role == "report" and link.kind != "next")


def best_of(taken: Iterable[tuple[Link, Promise]]) -> Taken:
    """One link for each address: the one that promises most."""
    best: dict[str, tuple[Link, Promise]] = {}
    for link, promise in taken:
        at = link_key(link)
        if at not in best or (promise.score, bool(link.date)) > (best[at][1].score, bool(best[at][0].date)):
            best[at] = (link, promise)
    return list(best.values())


def one_version(taken: Taken) -> Taken:
    """Of a report that is listed as DOCX and as PDF, under the same words, the one that is read best."""
    versions: defaultdict[str, defaultdict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    for link, _ in taken:
        if found := VERSION.search(urlsplit(link.url).path):
            versions[link.title][found[1].lower()].append(link)
    others: dict[Link, tuple[str, ...]] = {}
    spare: set[Link] = set()
    for by_type in versions.values():
        if len({len(links) for links in by_type.values()}) == 1:  # each in each type
            best = next((name for name in BEST_FIRST if name in by_type), next(iter(by_type)))
            rest = [links for name, links in by_type.items() if name != best]
            for place, link in enumerate(by_type[best]):
                others[link] = tuple(links[place].url for links in rest)
            spare.update(link for links in rest for link in links)
    return [
        (replace(link, versions=others.get(link, ())), promise)
        for link, promise in taken
        if link not in spare
    ]


def years_shown_settled(taken: Taken, body: str) -> Taken:
    """A body's page that lists its reports has no need of its own pages for the years of these."""
    reports = [link for link, promise in taken if promise.role == "report" and link.kind != "next"]
    if not body or not all(body_named(link.title).endswith(body) for link in reports):
        return taken
    shown = {found[0] for link in reports if (found := re.search(r"20\d\d", link.title))}
    return [
        (link, SETTLED if _is_year(link, promise) and link.title.strip()[:4] in shown else promise)
        for link, promise in taken
    ]


def _is_year(link: Link, promise: Promise) -> bool:
    return promise.role == "column" and YEAR_ONLY.fullmatch(link.title.strip()) is not None


def with_bodies_between(taken: Taken, rows: Iterable[Link]) -> Taken:
    """What stands between bodies is a body, whatever its name ends in: 一中, 自来水厂."""
    bodies = Counter(link.group for link, promise in taken if promise == BODY_ROW)
    others = [link for link in rows if A_NAME.fullmatch(link.title) and not is_lookalike(link.title)]
    met = {link_key(link) for link, _ in taken}
    new = [link for link in others if link.group in bodies and link_key(link) not in met]
    unknown = Counter(link.group for link in new)
    between = [link for link in new if bodies[link.group] >= max(3, 2 * unknown[link.group])]
    return [*taken, *((link, BODY_ROW) for link in between)]


def other_boards_last(taken: Taken) -> Taken:
    """Beside a link that names the annual reports, not those of one year, the other boards are a last resort."""
    if not any(one.role == "column" and not one.weak and not years_of(link.title) for link, one in taken):
        return taken
    return [
        (
            link,
            replace(promise, score=LAST_RESORT)
            if promise.role == "navigation" and not promise.weak and not is_directory(link)
            else promise,
        )
        for link, promise in taken
    ]


def years_of(title: str) -> list[int]:
    """The years that a link's words name."""
    found = re.findall(r"20\d\d(?=年|\b)", title) or (
        re.findall(r"20\d\d", title) if YEAR_ONLY.fullmatch(title) else []
    )
    return [int(year) for year in found]
