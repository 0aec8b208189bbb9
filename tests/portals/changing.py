"""Portals that change from one run to the next: their edition says which state is on show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from tests.portals.faults import BODY, COLUMN, SKIN, SOFT_404, TITLE, address, small
from tests.portals.filings import Filing, filings, issuers
from tests.portals.lonsun import FIRST_ORGAN, organ_page
from tests.portals.lonsun import SKIN as LONSUN
from tests.portals.server import Request, Response
from tests.portals.site import Portal, frame, furnish, rows


def editions(base: str) -> Portal:
    """A portal that changes: what each edition shows differs from the one before in what its name says.

    1: the report of 2022 is corrected at its address, that of 2019 is gone (404) from the list too, 2020 gone (410), 2021
    a soft 404, and a new year is published. 2: the column has a new layout, in which nothing can be found.
    """
    portal = small("editions", base)
    filed = filings([BODY], range(2019, 2026), uniform=True)
    of_year = {filing.year: filing for filing in filed}

    def column(request: Request) -> Response:
        shown = [filing for filing in filed if filing.year != (2019 if request.edition else 2025)]
        listed = rows((address(filing), filing.title, filing.published) for filing in shown)
        main = (
            "<div id='app'></div><script src='/js/chunk-vendors.js'></script>"
            if request.edition > 1
            else f"<ul>{listed}</ul>"
        )
        return Response(frame(portal, SKIN, TITLE, main, TITLE), lasting=True)

    def report(filing: Filing) -> Response:
        return Response(
            frame(portal, SKIN, filing.title, filing.html(place=portal.place), TITLE, filing), lasting=True
        )

    after: Mapping[int, Response] = {
        2019: Response("gone", status=404),
        2020: Response("gone", status=410),
        2021: Response(SOFT_404),
        2022: report(replace(of_year[2022], version=1)),
    }

    def page(year: int, request: Request) -> Response:
        return after[year] if request.edition and year in after else report(of_year[year])

    portal.pages[COLUMN] = column
    for year in of_year:
        portal.pages[f"{COLUMN}{year}.html"] = partial(page, year)
    portal.corrected[f"{COLUMN}2022.html"] = replace(of_year[2022], version=1)
    portal.corrected[f"{COLUMN}2025.html"] = of_year[2025]
    return portal


LIST = "/zfxxgk/xxgknb/list.jsp"
PER_PAGE = 5


def growing(base: str) -> Portal:
    """A list of four pages, the newest first, which the server writes anew for each visit: no validators, no totals.

    1: a report is added. 2: one of the last page is corrected, and put on top. 3: one of the third page is gone.
    4: the list begins with the oldest, and one more report is added at its end. 5: and another.
    """
    portal = Portal("growing", "长岭县人民政府", "generic", "长岭县", region_code="419933")
    bodies = issuers("长岭县", 3)
    filed = sorted(filings(bodies, range(2018, 2024)), key=lambda f: f.published, reverse=True)
    added = [replace(f, published=f"2025-02-{day:02}") for day, f in enumerate(filings(bodies, [2024]), 1)]
    corrected = replace(filed[-2], version=1, published="2025-02-03")
    removed = filed[-7]

    def shown(edition: int) -> list[Filing]:
        now = [*added[:1], *filed] if edition else filed
        if edition > 1:
            now = [corrected, *(f for f in now if f.serial != corrected.serial)]
        if edition > 2:
            now = [f for f in now if f != removed]
        return [*reversed(now), *added[1 : edition - 2]] if edition > 3 else now

    def listing(request: Request) -> Response:
        first = (int(request.query.get("page", "1")) - 1) * PER_PAGE
        part = shown(request.edition)[first : first + PER_PAGE]
        listed = rows((_page(f), f.title, f.published) for f in part)
        more = first + PER_PAGE < len(shown(request.edition))
        pager = f"<a href='{LIST}?page={first // PER_PAGE + 2}'>下一页</a>" if more else ""
        return Response(frame(portal, SKIN, TITLE, f"<ul>{listed}</ul>{pager}", TITLE))

    def report(serial: int, request: Request) -> Response:
        found = next((f for f in shown(request.edition) if f.serial == serial), None)
        if found is None:
            return Response("gone", status=404)
        return Response(frame(portal, SKIN, found.title, found.html(place=portal.place), TITLE, found))

    portal.reports = {_page(f): f for f in filed}
    portal.corrected = {_page(f): f for f in (*added, corrected)}
    portal.pages[LIST] = listing
    for filing in (*filed, *added):
        portal.pages[_page(filing)] = partial(report, filing.serial)
    portal.listings = 4
    furnish(portal, SKIN, f"{LIST}?page=1")
    return portal


def _page(filing: Filing) -> str:
    return f"/zfxxgk/xxgknb/{filing.serial}.jsp"


def newest_shown(base: str) -> Portal:
    """The page of a body is its newest report, with the other years beside it; written anew for each visit.

    The first body has published the report of the year that ended last, the second has not. 1: it has, too. 2: the
    first body's is corrected.
    """
    portal = Portal("newest-shown", "秋岭市人民政府", "lonsun", "秋岭市", region_code="349933")
    last = date.today().year - 1
    bodies = issuers("秋岭市", 2)
    filed = filings(bodies, range(last - 3, last + 1))
    late = next(f for f in filed if (f.issuer, f.year) == (bodies[1], last))
    corrected = replace(filed[0], version=1)

    def years(body: str, edition: int) -> Sequence[Filing]:
        own = [corrected if edition > 1 and f == filed[0] else f for f in filed if f.issuer == body]
        return [f for f in own if edition or f != late]

    def page(body: str, request: Request) -> Response:
        own = years(body, request.edition)
        asked = int(request.query.get("timeFrame", own[0].year))
        links = "".join(
            f"<li><a href='{_of_year(bodies.index(body), f.year)}'>{f.year}</a></li>" for f in own
        )
        filing = next((f for f in own if f.year == asked), None)
        main = filing.html(place=portal.place) if filing else "<p>暂无内容</p>"
        main = f"<ul class='years'>{links}</ul><div class='j-fontContent'>{main}</div>"
        return Response(frame(portal, LONSUN, f"{TITLE}_{body}", main, TITLE, filing))

    picker = ""
    for place, body in enumerate(bodies):
        portal.pages[organ_page(FIRST_ORGAN + place, 3)] = partial(page, body)
        for filing in years(body, 1):
            portal.pages[_of_year(place, filing.year)] = partial(page, body)
            portal.reports[_of_year(place, filing.year)] = filing
        picker += f"<li><a href='{organ_page(FIRST_ORGAN + place, 3)}'>{body}</a></li>"
    late_at = _of_year(1, last)
    portal.corrected = {late_at: portal.reports.pop(late_at), _of_year(0, last): corrected}
    furnish(portal, LONSUN, organ_page(FIRST_ORGAN, 3))
    platform = f"<h2>市政府部门</h2><ul class='organs'>{picker}</ul>"
    portal.add(LONSUN.column("platform"), frame(portal, LONSUN, "政府信息公开", platform, "政府信息公开"))
    return portal


def _of_year(place: int, year: int) -> str:
    return organ_page(FIRST_ORGAN + place, 3, year)


def body_and_year(base: str) -> Portal:
    """A list for each body and each of its years, written anew for each visit.

    The second body has not published the report of the year that ended last. 1: it has. 2: the first body's report of
    the oldest year, which was not there, is put into its list.
    """
    portal = Portal("body-and-year", "冬岭县人民政府", "generic", "冬岭县", region_code="419934")
    last = date.today().year - 1
    bodies, years = issuers("冬岭县", 3), range(last - 5, last + 1)
    added = {1: filings([bodies[1]], [last])[0], 2: filings([bodies[0]], [last - 5])[0]}

    def shown(body: str, year: int, edition: int) -> Sequence[Filing]:
        filed = filings([body], [year])
        return [f for f in filed if all(f != late or edition >= since for since, late in added.items())]

    def listing(place: int, year: int, request: Request) -> Response:
        listed = rows(
            (_of(place, f), f.title, f.published) for f in shown(bodies[place], year, request.edition)
        )
        others = "".join(f"<a href='{LIST}?dept={place}&year={one}'>{one}年</a>" for one in years)
        return Response(frame(portal, SKIN, TITLE, f"<p>{others}</p><ul>{listed}</ul>", TITLE))

    def report(filing: Filing, request: Request) -> Response:
        main = filing.html(place=portal.place)
        return Response(frame(portal, SKIN, filing.title, main, TITLE, filing))

    picker = "".join(
        f"<li><a href='{LIST}?dept={place}'>{body}</a></li>" for place, body in enumerate(bodies)
    )
    portal.pages[LIST] = Response(frame(portal, SKIN, TITLE, f"<ul>{picker}</ul>", TITLE))
    for place, body in enumerate(bodies):
        portal.pages[f"{LIST}?dept={place}"] = partial(listing, place, last)
        for year in years:
            portal.pages[f"{LIST}?dept={place}&year={year}"] = partial(listing, place, year)
            filing = filings([body], [year])[0]
            portal.pages[_of(place, filing)] = partial(report, filing)
            where = portal.corrected if filing in added.values() else portal.reports
            where[_of(place, filing)] = filing
    furnish(portal, SKIN, LIST)
    return portal


def _of(place: int, filing: Filing) -> str:
    return f"/zfxxgk/xxgknb/{place}_{filing.serial}.jsp"


CHANGING: Mapping[str, Callable[[str], Portal]] = {
    "editions": editions,
    "growing": growing,
    "newest-shown": newest_shown,
    "body-and-year": body_and_year,
}
