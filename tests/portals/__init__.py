"""Demo portals: small sites on loopback that behave as real publishing systems do, and know what a crawl should find.

with running_portals(["hanweb", "trs"]) as running:
    registry_csv(running.values())          # for PORTALS_FILE
    running["trs"].reports                  # address → the report that stands there
    running["trs"].log.exchanges            # who asked for what, and when
"""

import csv
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests.portals import (
    attached,
    detours,
    dialects,
    epoint,
    eportal,
    gkmlpt,
    hanweb,
    hanweb_xxgk,
    jpaas,
    lonsun,
    nfcms,
    static,
    trees,
    trs,
    ucap,
)
from tests.portals.asked import ASKED
from tests.portals.changing import CHANGING
from tests.portals.chosen import CHOSEN
from tests.portals.faults import FAULTS
from tests.portals.filings import Filing
from tests.portals.habits import HABITS
from tests.portals.interfaces import INTERFACES
from tests.portals.listings import LISTINGS
from tests.portals.pagers import PAGERS
from tests.portals.scripts import SCRIPTS
from tests.portals.server import Log, Request, Response, serving
from tests.portals.site import Portal
from tests.portals.variants import VARIANTS
from tests.portals.ways import WAYS

__all__ = [
    "ALL",
    "CHANGING",
    "FAULTS",
    "FRIENDLY",
    "PORTALS",
    "TWO_HOSTS",
    "Running",
    "registry_csv",
    "running_portals",
]

PORTALS: Mapping[str, Callable[[str], Portal]] = {
    "hanweb": hanweb.city,
    "hanweb-county": hanweb.county,
    "trs": trs.city,
    "trs-tree": trs.districts,
    "gkmlpt": gkmlpt.city,
    "gkmlpt-instances": gkmlpt.instances,
    "gkmlpt-jump": nfcms.behind_gkmlpt,
    "nfcms": nfcms.city,
    "hanweb-xxgk": hanweb_xxgk.module,
    "hanweb-annual": hanweb_xxgk.by_body_and_year,
    "jpaas": jpaas.city,
    "lonsun": lonsun.by_year,
    "lonsun-label": lonsun.by_list,
    "ucap": ucap.static,
    "ucap-json": ucap.interface,
    "epoint": epoint.city,
    "epoint-shells": epoint.shells,
    "epoint-depts": epoint.departments,
    "eportal": eportal.district,
    "jeecms": static.jeecms,
    "vsb": static.vsb,
    "ilist": static.ilist,
    "truecms": static.truecms,
    "shanghai": static.shanghai,
    "hebei": static.hebei,
    "gb2312": trees.old_encoding,
    "organ-year": trees.body_then_year,
    "framed": trees.framed,
    "one-page": trees.column_is_report,
    "script-list": trees.script_lists,
    "select": trees.picked_by_select,
    "traps": trees.traps,
    "departments": trees.departments,
    "pdf-list": attached.listed,
    "attached": attached.shown,
    "versions": attached.of_versions,
    "splash": detours.splash,
    "mixed": detours.among_others,
    "cut-titles": detours.cut_titles,
    "moved": detours.moved,
    "year-topics": detours.topics_of_years,
    "at-column": detours.straight_to_the_column,
    "at-report": detours.at_a_report,
    "at-department": detours.at_a_department,
    "hanweb-page": dialects.hanweb_by_page,
    "trs-variables": dialects.trs_variables,
    "trs-numbers": dialects.trs_numbers,
    "trs-json": dialects.trs_json,
    "ucap-named": dialects.ucap_named,
    "ucap-search": dialects.ucap_search_list,
    "suzhou": dialects.suzhou,
    "eportal-script": dialects.eportal_script_pager,
    "jeecms-suffix": dialects.renamed_suffix,
    "webplus": dialects.webplus,
    "aspx": dialects.aspx,
    "lonsun-show": dialects.lonsun_show,
    **VARIANTS,
    **INTERFACES,
    **ASKED,
    **WAYS,
    **HABITS,
    **PAGERS,
    **SCRIPTS,
    **LISTINGS,
    **CHOSEN,
}
ALL: Mapping[str, Callable[[str], Portal]] = {**PORTALS, **FAULTS, **CHANGING}
TWO_HOSTS: Mapping[str, Callable[[str, str], Portal]] = {"two-hosts": detours.two_hosts}
FRIENDLY = ("hanweb", "trs", "gkmlpt")


@dataclass
class Running:
    """A portal that answers."""

    portal: Portal
    base: str  # "http://127.0.0.2:43210"
    log: Log
    edition: int = 0  # a test turns it up, and the portal shows its next edition
    others: tuple[str, ...] = ()  # further hosts that belong to it
    tls: str = ""  # how lenient its row of the registry is

    @property
    def start_url(self) -> str:
        return self.base + self.portal.home

    @property
    def reports(self) -> dict[str, Filing]:
        """Where each report stands."""
        own = {self.base + target: filing for target, filing in self.portal.reports.items()}
        return own | {
            f"http://{self.others[0]}{target}": filing for target, filing in self.portal.elsewhere.items()
        }


@contextmanager
def running_portals(names: Iterable[str] = tuple(PORTALS), port: int = 0) -> Iterator[dict[str, Running]]:
    """These portals, each at a loopback address of its own (where the system has only one: at a port of its own).

    `port` is the first of consecutive ports; 0 takes any that are free.
    """
    with ExitStack() as stack:
        yield {name: _start(stack, name, place, port and port + place) for place, name in enumerate(names)}


def _start(stack: ExitStack, name: str, place: int, port: int) -> Running:
    host = f"127.0.0.{2 + place}" if sys.platform == "linux" else "127.0.0.1"
    log = Log()
    running: list[Running] = []

    def answer(request: Request) -> Response:
        return running[0].portal.answer(request)

    def serve(host: str) -> str:
        server = stack.enter_context(serving((host, port), answer, log, lambda: running[0].edition))
        return f"{host}:{server.server_address[1]}"

    address = serve(host)
    if name in TWO_HOSTS:
        other = serve(host.replace("127.0.0.", "127.0.1.") if sys.platform == "linux" else host)
        portal = TWO_HOSTS[name](f"http://{address}", f"http://{other}")
        running.append(Running(portal, f"http://{address}", log, others=(other,)))
    else:
        portal = ALL[name](f"http://{address}")
        running.append(Running(portal, f"http://{address}", log))
    return running[0]


COLUMNS = ("id", "name", "region_code", "level", "family", "start_url", "hosts", "tls", "status", "note")


def registry_csv(running: Iterable[Running]) -> str:
    """The registry of these portals; their families are left for the crawler to tell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in running:
        portal = one.portal
        writer.writerow(
            (
                portal.id,
                portal.name,
                portal.region_code,
                "demo",
                "auto",
                one.start_url,
                " ".join(one.others),
                one.tls,
                "untried",
                "",
            )
        )
    return text.getvalue()
