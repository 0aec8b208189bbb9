"""One portal's walk: where we have been, what is still promising, and when it is enough.

A walk takes one page at a time, the most promising first, and learns from each: a list whose first rows brought
nothing is given up, and once reports come, nothing else of the portal is wandered through.
"""

import heapq
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

from crawler.families import Link, ListPage
from crawler.families.detect import detect, links_of
from crawler.families.pagers import first_page
from crawler.items import Page
from crawler.navigation.addresses import canonical, is_endless, key
from crawler.navigation.anchors import anchors
from crawler.navigation.navigate import (
    BODY,
    BODY_ROW,
    DEPARTMENTS,
    NAVIGATION,
    PERIOD,
    REPORT_ROW,
    YEAR_ONLY,
    Promise,
    body_named,
    is_column,
    is_directory,
    is_platform,
    judge,
    stands_on_platform,
    within_reach,
)
from crawler.navigation.patience import Patience
from crawler.navigation.taking import (
    LAST_RESORT,
    SETTLED,
    Taken,
    best_of,
    link_key,
    listed,
    one_version,
    other_boards_last,
    with_bodies_between,
    years_of,
    years_shown_settled,
)
from crawler.navigation.visit import Visit, address, remembered_as
from crawler.portals import Portal
from crawler.revisit import Memory
from crawler.shells import Shells

START = 100  # no link promises more
PAGER = 93  # below report rows: what a page brought decides whether the next is wanted
MAX_REQUESTS = 3000  # of one portal in one run
MAX_DEPTH = 12
MAX_LEVELS = 6  # of a column's tree: level, body, year, and some that portals add
MAX_PAGES = 300  # of one listing
PATIENCE = 40  # fruitless pages of navigation before the first report …
PATIENCE_LATER = 3  # … and after it
BARREN_PAGES = 3  # pages of a column without a report in a row
LESS_GOOD = Promise(LAST_RESORT, "navigation")  # of two ways to one column, that which is not the vendor's
# The static pages of a list, if the vendor's interface gives no rows
SPARE = Promise(LAST_RESORT + 1, "column")
UNLISTED = Promise(REPORT_ROW, "report")
PAGER_WORDS = re.compile(r"[\[<«]*(?:第?\d{1,4}页?|[首尾末][页頁]|[上下][一1]?[页頁]|[<>›»«]+)[\]>»]*")
FEW_BODIES = 2  # a government and its office; of a column that names more the departments are part


@dataclass(slots=True)
class Walk:
    """The state of one portal's walk. Fetches nothing: take() says what to fetch, learn() is told what came."""

    portal: Portal
    since: int = 0
    memory: Memory | None = None  # of earlier runs
    spared: int = 0
    visited: set[str] = field(default_factory=set)
    promised: dict[str, int] = field(default_factory=dict)  # key → the best score that it was queued with
    anchors_seen: set[str] = field(default_factory=set)
    met_outside: Counter[str] = field(default_factory=Counter)  # key → pages outside the column that carry it
    answered: set[str] = field(default_factory=set)  # lists whose interface gave rows
    dead: set[str] = field(default_factory=set)  # made up after the vendor's habit, and do not exist
    beside: set[str] = field(default_factory=set)  # blocks of pages in which no row stands
    bodies: set[str] = field(default_factory=set)  # that the rows of reports name
    shells: Shells = field(default_factory=Shells)
    # the vendor's, which all lists of a portal share
    scripts: dict[str, ListPage] = field(default_factory=dict)
    families: Counter[str] = field(default_factory=Counter)
    listed: Counter[str] = field(default_factory=Counter)  # … of the pages in the column alone
    requests: int = 0
    reports: int = 0
    entered: int = 0  # pages asked for because their link named the platform
    short_cuts: int = 0  # pages on the way that were not asked for again
    walks_again: bool = False  # … which led nowhere
    looked_home: bool = False  # at the front page, beside a start that shows the reports of one body
    asked_after: bool = False  # known reports that no list names any longer
    fruitless: int = 0  # pages of navigation since the last that brought something
    _queue: list[tuple[int, int, Visit]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=itertools.count)
    _patience: Patience = field(default_factory=Patience)
    _shown: dict[str, frozenset[str]] = field(default_factory=dict)  # key of a page → keys of its reports

    def begin(self) -> None:
        """Start at the address that the registry names."""
        self._push(self._start())

    def _start(self) -> Visit:
        return Visit(Link(self.portal.start_url, self.portal.name, "listing"), Promise(START, "start"))

    def _look_home(self) -> None:
        """Where the start led to the reports of one body only, or to none, the portal's front page may lead to all."""
        self.looked_home = True
        home = Link(urljoin(self.portal.start_url, "/"), self.portal.name, "listing")
        if link_key(home) not in self.visited:
            self._push(Visit(home, Promise(START, "start"), self._start(), 1))

    def take(self) -> Visit | None:
        """The next page to fetch, or None when the walk is over."""
        while self._goes_on() and self.requests < MAX_REQUESTS:
            visit = heapq.heappop(self._queue)[2]
            if visit.key in self.visited or not self._worthwhile(visit):
                continue
            self.visited.add(visit.key)
            if not self._spared(visit):
                self.requests += 1
                self._enter(visit)
                self._patience.tried(visit)
                return visit
        return None

    def _goes_on(self) -> bool:
        """Whether anything is left; the way is walked again where the remembered one led to no report."""
        if not (self._queue or self.looked_home) and len(self.bodies) <= FEW_BODIES:
            self._look_home()
        if not self._queue and self.short_cuts and not self.reports:
            self.short_cuts, self.walks_again = 0, True
            for seen in (self.visited, self.promised, self.dead):
                seen.clear()
            self.begin()
        if not self._queue and self.reports and not self.asked_after:
            self._ask_after()
        return bool(self._queue)

    def _ask_after(self) -> None:
        """A report that is taken down leaves its list first: where lists were read, those they no longer name are due too."""
        self.asked_after = True
        for url in self.memory.reports_of(self.portal.id, self.since) if self.memory else ():
            link = Link(url)
            if link_key(link) not in self.visited and self._wanted(link, UNLISTED):
                self._push(Visit(link, UNLISTED, self._start(), 1))

    def _spared(self, visit: Visit) -> bool:
        """The page is known and not due: it counts as seen, and leads where it led before."""
        page, earlier = remembered_as(visit.link), [remembered_as(one.link) for one in visit.earlier()]
        parent = remembered_as(visit.parent.link) if visit.parent else ""
        kind = None
        if self.memory:
            kind = self.memory.spares(page, visit.link, visit.promise, earlier, visit.body, parent)
        if self.memory is None or kind is None or (kind != "report" and self.walks_again):
            return False
        if kind == "report":
            self.spared += 1
            self.reports += 1
            self.credit(visit)
        elif kind == "listing":
            self.short_cuts += 1
            self._enter(visit)
        if kind != "neither":
            self.follow(visit, self.memory.links(page))
        else:
            self.failed(visit)
        return True

    def _enter(self, visit: Visit) -> None:
        self.entered += visit.promise.role == "navigation" and not visit.promise.weak

    def learn(self, visit: Visit, page: ListPage, listing: bool = True) -> Taken:
        """Queue what the page leads to; the links taken up, for a later visit that finds the page unchanged.

        `listing`: the page is taken for a list; False for a row's own page that proved to be something else.
        """
        family, own = links_of(page, self.portal.family)
        if page.referer and urlsplit(page.url).path.endswith(".js"):
            self.scripts[visit.key] = page
        own = [one for link in own for one in self._by_known_script(link)]
        inside = (listing and visit.promise.role in ("column", "report")) or is_column(page, visit.link.title)
        platform = is_platform(page, visit.link.title) or is_directory(visit.link)
        self.families[family.NAME] += 1
        if inside:
            self.listed[family.NAME] += 1
        rows = [*anchors(page), *(link for link in own if link.kind != "next")]
        taken = self._taken(visit, page, rows, inside, platform)
        at_end = self._is_past_the_end(visit, rows, taken)
        following = [link for link in own if link.kind == "next" and not at_end]
        promising = inside or any(promise.role == "report" for _, promise in taken)
        if following and promising and (self._observe(rows) or _begins_again(visit)):
            asks = any(link.kind == "listing" and link.headers for link in own)
            promise = SPARE if asks else Promise(PAGER, "column" if inside else "navigation")
            taken += [(link, promise) for link in following]
        if visit.parent is None and promising and (first := first_page(page)):
            taken.append((first, Promise(PAGER, "column")))
        if visit.link.kind == "listing" and visit.parent and any(one.role == "report" for _, one in taken):
            self.answered.add(visit.parent.key)
        return self.follow(visit, taken)

    def _taken(self, visit: Visit, page: ListPage, rows: list[Link], inside: bool, platform: bool) -> Taken:
        """Which of the page's links are taken up, with what they promise."""
        named = {
            link.title for link in rows if link.kind == "column"
        }  # the vendor knows a better way to them
        judged = (
            (
                link,
                LESS_GOOD
                if link.title in named and link.kind == "report"
                else judge(link, page, inside, platform, self.portal.own_hosts),
            )
            for link in rows
        )
        wanted = ((link, promise) for link, promise in judged if promise and self._wanted(link, promise))
        taken = with_bodies_between(best_of(wanted), (link for link in rows if self._wanted(link, BODY_ROW)))
        taken = years_shown_settled(one_version(taken), visit.body)
        taken = [entry for entry in taken if not self._is_chrome(*entry, inside)]
        if inside:
            return taken
        self.met_outside.update({key(link.url) for link in rows})
        return other_boards_last(taken)

    def _is_past_the_end(self, visit: Visit, rows: list[Link], taken: Taken) -> bool:
        """Whether a further page of a list has no block but those in which no page had a row."""
        blocks = {link.group for link in rows}
        with_rows = {link.group for link, promise in taken if promise.role != "navigation"}
        is_past = visit.page > 1 and not (visit.barren or with_rows) and blocks <= self.beside
        self.beside |= blocks - with_rows
        return is_past

    def _by_known_script(self, link: Link) -> list[Link]:
        """What a script gives that was read for another list already, told apart by who asks for it."""
        script, referer = self.scripts.get(link_key(link)), dict(link.headers).get("Referer", "")
        if script is None or script.referer == referer:
            return [link]
        return links_of(replace(script, title=link.title, referer=referer), self.portal.family)[1]

    def follow(self, visit: Visit, taken: Iterable[tuple[Link, Promise]]) -> Taken:
        """Queue the links taken up from a page; [] when it has told nothing: that none is new, nor that tabs do nothing."""
        taken = list(taken)
        repeats = self._note_rows(visit, taken)
        if self._narrows(visit):
            taken = [(link, one) for link, one in taken if not _is_choice(link, one, visit)]
        self.promised |= {link_key(link): START for link, promise in taken if promise == SETTLED}
        new = [(link, promise) for link, promise in taken if link_key(link) not in self.promised]
        rows = [promise for link, promise in new if link.kind != "next"]
        if any(_is_gain(link, promise) for link, promise in new):
            self.credit(visit)
        elif visit.promise.role == "navigation":
            self.fruitless += 1
        barren = 0 if rows else visit.barren + 1
        self.bodies |= {body_named(link.title) for link, promise in taken if promise.role != "navigation"}
        for link, promise in taken:
            if self.promised.get(link_key(link), 0) >= promise.score:
                continue
            if link.kind != "next":
                self._push(Visit(link, promise, visit, visit.depth + 1))
            elif visit.page < MAX_PAGES and barren < (BARREN_PAGES if promise.role == "column" else 1):
                self._push(Visit(link, promise, visit, visit.depth, visit.page + 1, barren))
        return taken if new or repeats else []

    def _note_rows(self, visit: Visit, taken: Taken) -> bool:
        """Remember which reports the page lists; whether a tab lists once more what the page lists that led to it.

        Years do not count: one of them is the one that is shown first.
        """
        rows = listed(taken)
        self._shown[visit.key] = rows
        is_tab = visit.promise.weak and not YEAR_ONLY.fullmatch(visit.link.title.strip())
        led = self._shown.get(visit.parent.key) if visit.parent and is_tab else None
        repeats = bool(rows) and led == rows
        if repeats:
            self._patience.repeated(visit)
        return repeats

    def _narrows(self, visit: Visit) -> bool:
        """Whether the page is a choice among the rows of the page that led to it: one year, one body of a whole list."""
        rows, led = self._shown[visit.key], self._shown.get(visit.parent.key) if visit.parent else None
        return bool(rows and led and rows < led)

    def failed(self, visit: Visit) -> None:
        """Nothing stands there, or nothing that can be read: another version of the report is asked for.

        A column that the vendor's habit promised may still have a link of another spelling.
        """
        if visit.link.versions:
            first, *rest = visit.link.versions
            self.file_instead(visit, Link(first, versions=tuple(rest)), visit.shell)
        if visit.link.kind == "column":
            self.dead.add(address(visit))
            self.visited.discard(visit.key)
            self.promised.pop(visit.key, None)

    def text_elsewhere(self, page: ListPage) -> Link | None:
        """The interface that gives the text of a page which has none."""
        links = detect(page, self.portal.family).links(page)
        return next((link for link in links if link.kind == "text"), None)

    def file_instead(self, visit: Visit, file: Link, shell: Page | None) -> None:
        """Queue in the place of a page the file that is its report, the interface or the page that has its text."""
        promise = Promise(REPORT_ROW + 1, "report")
        link = replace(
            file, title=visit.link.title, date=visit.link.date, index_number=visit.link.index_number
        )
        self._push(Visit(link, promise, visit, visit.depth + (visit.shell is None), shell=shell))

    @property
    def family(self) -> str:
        """The family that most pages of the column belonged to, else of all; another than generic where there is one."""
        counted = (*self.listed.most_common(), *self.families.most_common())
        told = [name for name, _ in counted if name != "generic"]
        return told[0] if told else "generic"

    def credit(self, visit: Visit) -> None:
        """The visit brought something: so did the lists that led to it."""
        self.fruitless = 0
        self._patience.gained(visit)

    def mark_visited(self, url: str) -> bool:
        """Note an address that a redirect led to; False when it had been visited already."""
        new = key(url) not in self.visited
        self.visited.add(key(url))
        return new

    def _worthwhile(self, visit: Visit) -> bool:
        levels = sum(one.promise.role == "column" and one.link.kind == "report" for one in visit.ancestors())
        if visit.depth > MAX_DEPTH or levels > MAX_LEVELS:
            return False
        if visit.promise == SPARE and visit.parent and visit.parent.key in self.answered:
            return False
        if visit.promise.role == "navigation" and visit.parent is not None:
            found = self.reports + self.spared
            enough = BODY if visit.promise.weak else DEPARTMENTS if self.entered else NAVIGATION
            if found and is_directory(visit.link) and len(self.bodies) > FEW_BODIES:
                return False
            if found and visit.promise.score < enough:  # without the platform, they are one year's banner
                return False
            if visit.promise.weak and visit.promise.score >= BODY and not self._patience.is_over(visit):
                return True
            patience = PATIENCE_LATER if found else PATIENCE
            return self.fruitless < patience and not self._patience.is_over(visit)
        return not self._patience.is_over(visit)

    def _wanted(self, link: Link, promise: Promise) -> bool:
        if self.since and (years := years_of(link.title)) and max(years) < self.since:
            return False
        if link.kind != "next" and self.dead and canonical(link.url) in self.dead:
            return False
        return within_reach(link.url, self.portal.own_hosts, promise) and not is_endless(link.url)

    def _is_chrome(self, link: Link, promise: Promise, inside: bool) -> bool:
        """Pages elsewhere carry the anchor too: navigation, no body of this list, unless it leads to a body's platform."""
        to_platform = promise.score == BODY and stands_on_platform(link.url)
        return (
            not to_platform
            and promise.weak
            and promise.role != "report"
            and self.met_outside[key(link.url)] > int(inside)
        )

    def _observe(self, rows: list[Link]) -> bool:
        """Whether any anchor of the page is new: a pager past its end repeats its last page."""
        keys = {key(link.url) for link in rows if not PAGER_WORDS.fullmatch(link.title.replace(" ", ""))}
        fresh = bool(keys - self.anchors_seen)
        self.anchors_seen |= keys
        return fresh

    def _push(self, visit: Visit) -> None:
        self.promised[visit.key] = visit.promise.score
        heapq.heappush(self._queue, (-visit.promise.score, next(self._order), visit))


def _begins_again(visit: Visit) -> bool:
    """The first answer of a vendor's interface: it may give once more what the column page shows already."""
    return visit.page == 2 and bool(visit.link.headers)


def _is_choice(link: Link, promise: Promise, visit: Visit) -> bool:
    """A link that asks the page's own address for something else: for another year, another body."""
    same = link.url.partition("?")[0] == visit.link.url.partition("?")[0]
    return promise.weak and same and "?" in link.url and link.kind != "next"


def _is_gain(link: Link, promise: Promise) -> bool:
    """A link that says more than a year or a month: calendars lead from year to year without an end."""
    if link.kind == "next" or promise.role == "navigation":
        return False
    said = link.title.strip()
    return promise.role == "report" or not (YEAR_ONLY.fullmatch(said) or PERIOD.fullmatch(said))
