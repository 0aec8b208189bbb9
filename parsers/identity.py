"""Who reports and for which year, as a key that every machine computes alike; and what the report says, as a hash."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from parsers.characters import fold
from parsers.data_files import read_rows
from parsers.public_bodies import ZONE
from parsers.regions import generic_place, place
from parsers.report import Figure, Report, Section

# Words that a name may have or lack without being another body's: there is one 司法部, and one tax office of a place.
NATION = re.compile(r"^中华人民共和国(?=.)|^国家税务总局(?=.+税务局)")
OF_A_GOVERNMENT = re.compile(r"^(?:人民)?政府(?!办)(?=.+(?:街道|局|委|会|办|室|处|中心)$)")
ZONES = {"经开区": "经济技术开发区", "高新区": "高新技术产业开发区"}
JOINING = re.compile(r"[和与及、·]")
UNIT = re.compile(r"(?P<stem>.+?)(?P<kind>委员会|委|局|厅|办公室|办|中心|处|署)")
REMARK = re.compile(r"\((?:本级|机关|本部|局机关|汇总|本机关)\)$")
TOWN = re.compile(r".*(?:镇|乡|民族乡|苏木)$")
STREET = re.compile(r".*街道$")


def report_id(issuer: str, year: int) -> str:
    """The key of one body's report for one year: 20 hexadecimal digits of the SHA-256 of "<canonical name>|<year>".

    >>> report_id("杭州市民宗局", 2020) == report_id("浙江省杭州市民族宗教事务局", 2020)
    True
    """
    return hashlib.sha256(f"{canonical_name(issuer)}|{year}".encode()).hexdigest()[:20]


@lru_cache(maxsize=1024)
def canonical_name(issuer: str) -> str:
    """The body's name with its place in full, well-known abbreviations spelt out, layout and script folded.

    A place of a name that several have (鼓楼区) stays as printed unless the city stands before it. A government and its
    office (人民政府, 人民政府办公室) are two bodies; so are a body before and after it was renamed or reorganised.

    >>> canonical_name("西湖区卫健局"), canonical_name("杭州市西湖区卫生健康局")
    ('西湖区/卫生健康局', '浙江省/杭州市/西湖区/卫生健康局')
    >>> canonical_name("市卫健局")
    '市/卫生健康局'
    """
    name = NATION.sub("", REMARK.sub("", fold(issuer)))
    name = re.sub("|".join(ZONES), lambda short: ZONES[short[0]], name)
    placed = place(re.sub(r"^(.{2,5})(?=\1[省市县区旗州盟])", "", name))
    generic = generic_place(name) or ""
    places = placed.region.path if placed.region else placed.names or ((generic,) if generic else ())
    return "/".join((*places, _unit(placed.rest[len(generic) :], bool(places))))


def fingerprint(issuer: str, year: int, sections: Sequence[Section], figures: Sequence[Figure]) -> str:
    """A hash of what the report says: who, when, its words and its figures, and nothing of how a page shows them.

    Words count without white space, width and script of signs; cells count by their place and value.
    """
    digest = hashlib.sha256(f"{canonical_name(issuer)}|{year}\n".encode())
    digest.update(fold("".join(section.title + section.text for section in sections)).encode())
    cells = sorted(_cell(figure.table, figure.row, figure.column, figure.value) for figure in figures)
    digest.update(b"".join(cells))
    return digest.hexdigest()[:32]


def identified(report: Report) -> Report:
    """The report under today's rules of identity: a line may come from a version that had others, or say anything."""
    own = report_id(report.issuer, report.year)
    said = fingerprint(report.issuer, report.year, report.sections, report.figures)
    return replace(report, report_id=own, fingerprint=said)


@lru_cache(maxsize=4096)  # most cells hold a small number, or none
def _cell(table: str, row: str, column: str, value: int | float | None) -> bytes:
    return f"\n{table}|{row}|{column}|{'' if value is None else f'{value:.10g}'}".encode()


def _unit(rest: str, placed: bool) -> str:
    """The body without its place, spelt out."""
    rest = OF_A_GOVERNMENT.sub("", rest)
    if rest in ("", "政府") and placed:
        return "人民政府"
    if TOWN.fullmatch(rest):
        return rest + "人民政府"
    if STREET.fullmatch(rest):
        return rest + "办事处"
    if ZONE.search(rest):
        return rest + "管理委员会"
    rest = re.sub(r"(?<!人民)政府(办公厅|办公室|办)?$", r"人民政府\1", rest)
    rest = re.sub(r"^(?:人民)?(?:政府|府)办(公室)?$", "人民政府办公室", rest)
    rest = re.sub(r"管委会", "管理委员会", rest)
    rest = re.sub(r"街道办$", "街道办事处", rest)
    rest = re.sub(r"(?:住房)?公积金(?:管理)?中心", "住房公积金管理中心", rest)
    found = UNIT.fullmatch(rest)
    if not found:
        return rest
    stem = JOINING.sub("", found["stem"])
    kind = {"委": "委员会", "办": "办公室"}.get(found["kind"], found["kind"])
    return _full_words().get(stem, stem) + kind


@cache
def _full_words() -> dict[str, str]:
    return {row["short"]: row["full"] for row in read_rows("bodies")}
