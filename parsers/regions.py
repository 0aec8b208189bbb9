"""The places of GB/T 2260: which names a body's name begins with, and where in the country that is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from parsers.characters import simplify
from parsers.data_files import read_rows

# The five regions whose bodies are commonly named without 自治区: 西藏国资委.
SHORT_PROVINCES = {
    "内蒙古": "内蒙古自治区",
    "广西": "广西壮族自治区",
    "西藏": "西藏自治区",
    "宁夏": "宁夏回族自治区",
    "新疆": "新疆维吾尔自治区",
}

# Whose autonomy a name tells, and common speech leaves out: 湘西州 for 湘西土家族苗族自治州, 景宁县 for 景宁畲族自治县.
PEOPLES = re.compile(
    r"(?:(?:土家|苗|朝鲜|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回|蒙古|瑶|畲|满|黎|水|仡佬|毛南|仫佬|各|独龙|怒|普米|纳西|佤|拉祜|布朗"
    r"|撒拉|土|裕固|东乡|保安|哈萨克|鄂温克|达斡尔)族|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克)+自治(?=[州县旗]$)"
)

# 市 in 市民政局, and not in 市场监督管理局.
GENERIC = re.compile(
    r"(?:自治[区州县]|地区|市(?!场|容|区|政[园管工设公]|民(?:服务|中心|之家))|区(?!域|划)|县(?!域)|州(?!府)|省(?!级)|[旗盟])(?=[\u3400-\u9fff])"
)
# What ends as places do, and is neither a zone without a name (经济开发区) nor a body that a place follows.
PLACE_LIKE = re.compile(
    r"(?!(?:经济|经开|技术|高新|产业|工业|旅游|度假|风景|名胜|自然|保护|开发|示范|保税|物流|循环|农业|综合|现代|国家级)+区)"
    r"[^\W\dA-Za-z局厅委部署院会行司校学处我本全各该]{2,7}?[省市县区旗州盟](?<!关关区)(?!政府信息公开)"
)


@dataclass(frozen=True, slots=True)
class Region:
    """A province, city or county of GB/T 2260."""

    code: str  # "330106"
    name: str  # "西湖区"
    # ("浙江省", "杭州市", "西湖区"): two names for a county below a province or municipality
    path: tuple[str, ...]
    former: bool  # renamed or dissolved since; reports of before keep the name

    @property
    def level(self) -> int:
        """1 province, 2 city, 3 county."""
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") else 3

    def holds(self, other: "Region") -> bool:
        return self.path == other.path[: len(self.path)]


@dataclass(frozen=True, slots=True)
class Placed:
    """A body's name, parted into the places it begins with and the rest."""

    names: tuple[str, ...]  # as printed: ("杭州市", "西湖区")
    regions: tuple[Region, ...]  # every region the innermost name can be: one when it is known
    rest: str  # "教育局"

    @property
    def region(self) -> Region | None:
        """The one place meant: of several in one province, the one that still is (铜仁市, a county-level city until 2011)."""
        if len({region.path[0] for region in self.regions}) != 1:
            return None
        meant = [region for region in self.regions if not region.former] or list(self.regions)
        return meant[0] if len({region.path for region in meant}) == 1 else None


@lru_cache(maxsize=1024)
def place(body: str) -> Placed:
    """The places that the name of a body begins with, those of GB/T 2260 first.

    >>> place("杭州市西湖区教育局").region.code, place("杭州市西湖区教育局").rest
    ('330106', '教育局')
    >>> place("鼓楼区教育局").region, len(place("鼓楼区教育局").regions)
    (None, 4)
    >>> place("西咸新区教育局")  # GB/T 2260 does not have it: told by its ending alone
    Placed(names=('西咸新区',), regions=(), rest='教育局')
    """
    rest = body
    names: list[str] = []
    regions: tuple[Region, ...] = ()
    while True:
        name, found = _first_name(rest, regions)
        if not found:
            return Placed(tuple(names), regions, rest) if names else _by_ending(body)
        if name not in names:  # 杭州杭州市, 杭州市杭州市
            names.append(name)
        regions, rest = found, rest[len(name) :]


def _by_ending(body: str) -> Placed:
    names, rest = [], body
    while not GENERIC.match(simplify(rest)) and (found := PLACE_LIKE.match(simplify(rest))):
        names.append(rest[: found.end()])
        rest = rest[found.end() :]
    return Placed(tuple(names), (), rest)


def generic_place(body: str) -> str | None:
    """The word that stands for a place of the body's own: 市 of 市民政局; None where a place is named, or none meant.

    >>> generic_place("市民政局"), generic_place("县人民政府"), generic_place("市中区民政局"), generic_place("市场监督管理局")
    ('市', '县', None, None)
    """
    found = GENERIC.match(simplify(body))
    return found[0] if found and not place(body).names else None


def begins_with_stem(body: str) -> bool:
    """Whether a region's name without its kind stands at the start: 滁州 of 滁州市.

    >>> begins_with_stem("滁州经济技术开发区"), begins_with_stem("经济技术开发区")
    (True, False)
    """
    simplified = simplify(body[: _longest_name()])
    return any(simplified[:length] in _stems() for length in (2, 3))


def by_code(code: str) -> Region | None:
    """The region that has this code today, or had it last.

    >>> by_code("330106").path
    ('浙江省', '杭州市', '西湖区')
    """
    return _by_code().get(code)


def _first_name(text: str, within: tuple[Region, ...]) -> tuple[str, tuple[Region, ...]]:
    """The longest name of a region at the start of `text` that lies in one of those found before it."""
    simplified = simplify(text[: _longest_name()])
    for name in _by_start().get(simplified[:2], ()):
        if simplified.startswith(name):
            regions = _by_name()[_short_names().get(name, name)]
            if found := tuple(region for region in regions if _fits(region, within)):
                return text[: len(name)], found
    return "", ()


def _fits(region: Region, within: tuple[Region, ...]) -> bool:
    return not within or any(outer.holds(region) for outer in within)


@cache
def _by_start() -> dict[str, tuple[str, ...]]:
    """The first two characters of a name → the names that begin so, the longest first."""
    names = sorted((*_by_name(), *_short_names()), key=len, reverse=True)
    starts: dict[str, list[str]] = {}
    for name in names:
        starts.setdefault(name[:2], []).append(name)
    return {start: tuple(group) for start, group in starts.items()}


@cache
def _by_name() -> dict[str, tuple[Region, ...]]:
    groups: dict[str, list[Region]] = {}
    for region in _regions():
        groups.setdefault(region.name, []).append(region)
    return {name: tuple(group) for name, group in groups.items()}


@cache
def _short_names() -> dict[str, str]:
    """What regions are commonly called instead of their names in full, unless another is called so."""
    short = {PEOPLES.sub("", name): name for name in _by_name()}
    return SHORT_PROVINCES | {
        name: full for name, full in short.items() if len(name) > 2 and name not in _by_name()
    }


@cache
def _stems() -> frozenset[str]:
    return frozenset(name[:-1] for name in _by_name() if len(name) in (3, 4))


@cache
def _by_code() -> dict[str, Region]:
    return {region.code: region for region in reversed(_regions())}


@cache
def _longest_name() -> int:
    return max(map(len, _by_name()))


@cache
def _regions() -> tuple[Region, ...]:
    """Every row of regions.csv; current rows before former ones of the same code, as the file has them."""
    rows = [(row["code"], row["name"], row["status"] == "former") for row in read_rows("regions")]
    first: dict[str, str] = {}
    for code, name, _former in rows:
        first.setdefault(code, name)
    return tuple(Region(code, name, (*_above(code, first), name), former) for code, name, former in rows)


def _above(code: str, names: dict[str, str]) -> Iterator[str]:
    for outer in dict.fromkeys((code[:2] + "0000", code[:4] + "00")):
        if outer != code and outer in names:
            yield names[outer]
