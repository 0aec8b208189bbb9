"""The registry of portals: one row each in portals.csv, refused whole when a row is bad."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from crawler.families.detect import FAMILIES
from parsers.regions import by_code

LEVELS = ("state", "province", "city", "county", "town", "department", "demo")
STATUSES = ("untried", "active", "blocked", "gone")
TLS = ("", "legacy", "unverified")
AUTO = "auto"


class RegistryError(ValueError):
    """The registry cannot be used; the message says where: portals.csv:12: family: …"""


@dataclass(frozen=True, slots=True)
class Portal:
    """One government portal."""

    id: str  # "hangzhou-mzzj"; never changes
    name: str  # "杭州市民族宗教事务局"
    region_code: str  # GB/T 2260, 6 digits; "" for bodies of the State
    level: str  # one of LEVELS
    family: str  # module in families/, or "auto"
    start_url: str  # home page, annual-report column, or a report
    hosts: tuple[str, ...] = ()  # others that belong to it, as host or host:port
    tls: str = ""  # "legacy": TLS 1.0 and old ciphers too; "unverified": nor is the certificate checked
    status: str = "untried"
    note: str = ""

    @property
    def own_hosts(self) -> tuple[str, ...]:
        """The hosts that the row names, the start address first, with its port when it has one."""
        return (urlsplit(self.start_url).netloc.lower(), *self.hosts)

    @property
    def place(self) -> str:
        """杭州市, for a page that says only 市民政局: from the name, else from the region code; "" for none.

        >>> Portal("x", "杭州市西湖区人民政府", "330106", "county", "auto", "http://x.gov.cn/").place
        '杭州市西湖区'
        >>> Portal("x", "政府信息公开平台", "330100", "city", "auto", "http://x.gov.cn/").place
        '杭州市'
        """
        found = re.match(
            r".*(?:省|自治区|市|自治州|地区|盟|县|区|旗|镇|乡|街道)(?=人民政府|政府|$)", self.name
        )
        found = found or re.match(r"[^省市]{2,7}(?:省|自治区|市|自治州|地区|盟|县|区|旗)", self.name)
        region = None if found else by_code(self.region_code)
        return found[0] if found else "".join(region.path[-1:]) if region else ""


def load_portals(path: Path) -> tuple[Portal, ...]:
    """Every portal of the registry.

    Raises RegistryError "portals.csv:12: family: …" at the first bad row; the whole file is refused then, since
    half a registry looks like portals that have fallen silent.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise RegistryError(f"{path.name}: cannot be read: {why}") from None
    rows = csv.DictReader(text.splitlines(), strict=True)
    columns = tuple(rows.fieldnames or ())
    if columns != COLUMNS:
        raise RegistryError(
            f"{path.name}:1: columns: expected {','.join(COLUMNS)}, found {','.join(columns)}"
        )
    portals: dict[str, Portal] = {}
    try:
        for row in rows:
            where = f"{path.name}:{rows.line_num}"
            portal = _portal(row, where)
            if portal.id in portals:
                raise RegistryError(f"{where}: id: {portal.id} stands in the file twice")
            portals[portal.id] = portal
    except csv.Error as error:
        raise RegistryError(f"{path.name}:{rows.line_num + 1}: {error}") from None
    if not portals:
        raise RegistryError(f"{path.name}: no portals in it")
    return tuple(portals.values())


def select(
    portals: tuple[Portal, ...], portal: str = "", region: str = "", family: str = ""
) -> tuple[Portal, ...]:
    """The portals asked for: by ids, by the first digits of their region, by family; all that are not gone by default.

    Raises RegistryError when nothing answers to it.
    """
    known = {one.id: one for one in portals}
    ids = [word.strip() for word in portal.split(",") if word.strip()]
    if unknown := [one for one in ids if one not in known]:
        raise RegistryError(
            f"unknown portal: {', '.join(unknown)}; the ids are the first column of the registry"
        )
    if region and not re.fullmatch(r"\d{1,6}", region):
        raise RegistryError(f"region: {region!r} is not a code of GB/T 2260, as 3301")
    chosen = [known[one] for one in dict.fromkeys(ids)] or [one for one in portals if one.status != "gone"]
    chosen = [one for one in chosen if one.region_code.startswith(region) and family in ("", one.family)]
    if not chosen:
        raise RegistryError("no portal of the registry answers to these arguments")
    return tuple(chosen)


COLUMNS = ("id", "name", "region_code", "level", "family", "start_url", "hosts", "tls", "status", "note")


def add(path: Path, portal: Portal) -> None:
    """Append a portal to the registry.

    Raises RegistryError where it holds the portal's id or start host already, or the row would not be a good one.
    """
    host = portal.own_hosts[0]
    if there := next(
        (one for one in load_portals(path) if one.id == portal.id or host in one.own_hosts), None
    ):
        raise RegistryError(f"{path.name}: {there.id} is there already, starting at {there.start_url}")
    cells = {name: str(getattr(portal, name)) for name in COLUMNS} | {"hosts": " ".join(portal.hosts)}
    _portal({**cells}, path.name)
    before = path.read_text(encoding="utf-8-sig")
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write("" if before.endswith("\n") else "\n")
        csv.writer(file, lineterminator="\n").writerow(cells.values())


def _portal(row: dict[str, str | None], where: str) -> Portal:
    if None in row or None in row.values():
        raise RegistryError(f"{where}: expected {len(COLUMNS)} columns")
    cells = {name: (value or "").strip() for name, value in row.items()}
    for column, problem in _problems(cells):
        raise RegistryError(f"{where}: {column}: {problem}")
    return Portal(**{**cells, "hosts": tuple(cells["hosts"].lower().split())})  # type: ignore[arg-type]


def _problems(cells: dict[str, str]) -> list[tuple[str, str]]:
    families = (AUTO, *(family.NAME for family in FAMILIES))
    start = urlsplit(cells["start_url"])
    hosts = [start.netloc, *cells["hosts"].split()]
    is_id = re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", cells["id"])
    is_code = re.fullmatch(r"(?:\d{6})?", cells["region_code"])
    are_hosts = all(re.fullmatch(r"[\w.-]+(?::\d+)?", host) for host in hosts)
    rules = (
        ("id", is_id, "lower-case letters, digits and hyphens"),
        ("name", cells["name"], "missing"),
        ("region_code", is_code, "six digits of GB/T 2260, or empty"),
        ("level", cells["level"] in LEVELS, f"one of {', '.join(LEVELS)}"),
        ("family", cells["family"] in families, f"one of {', '.join(families)}"),
        ("start_url", start.scheme in ("http", "https") and start.netloc, "an http or https address"),
        ("hosts", are_hosts, "hosts separated by spaces"),
        ("tls", cells["tls"] in TLS, "empty, legacy or unverified"),
        ("status", cells["status"] in STATUSES, f"one of {', '.join(STATUSES)}"),
    )
    return [(column, f"{cells[column]!r} is not allowed: {rule}") for column, good, rule in rules if not good]
