"""The registry: refused as a whole with line and column, and the one in the package is good."""

from pathlib import Path

import pytest

from crawler.portals import COLUMNS, Portal, RegistryError, load_portals, select

REGISTRY = Path(__file__).parent.parent / "crawler" / "portals.csv"
GOOD = "xikou,溪口市人民政府,339901,city,hanweb,http://www.xikou.gov.cn/,zwgk.xikou.gov.cn,,untried,"


def registry(folder: Path, *rows: str) -> Path:
    file = folder / "portals.csv"
    file.write_text("\n".join((",".join(COLUMNS), *rows)) + "\n", encoding="utf-8")
    return file


def test_a_row(tmp_path: Path) -> None:
    (portal,) = load_portals(registry(tmp_path, GOOD))
    assert portal.own_hosts == ("www.xikou.gov.cn", "zwgk.xikou.gov.cn")
    assert portal.place == "溪口市"


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (GOOD.replace("hanweb", "hanwep"), "portals.csv:3: family: "),
        (GOOD.replace("339901", "33990"), "portals.csv:3: region_code: "),
        (GOOD.replace("http://", "ftp://"), "portals.csv:3: start_url: "),
        (GOOD.replace("xikou,", "Xi Kou,", 1), "portals.csv:3: id: "),
        (GOOD.replace("untried", "tried"), "portals.csv:3: status: "),
        (GOOD.replace("city", "town hall"), "portals.csv:3: level: "),
        (GOOD.replace(",zwgk.xikou.gov.cn,,", ",zwgk.xikou.gov.cn,lax,"), "portals.csv:3: tls: "),
        (GOOD.replace("zwgk.xikou.gov.cn", "http://x/"), "portals.csv:3: hosts: "),
        (GOOD + ",more", "portals.csv:3: "),
        ("xikou,too few", "portals.csv:3: "),
        (GOOD.replace("xikou,", "other,", 1), "portals.csv:3: id: other stands in the file twice"),
    ],
)
def test_one_bad_row_refuses_the_file(tmp_path: Path, row: str, complaint: str) -> None:
    first = GOOD.replace("xikou,", "other,", 1)
    with pytest.raises(RegistryError) as told:
        load_portals(registry(tmp_path, first, row))
    assert str(told.value).startswith(complaint)


def test_a_missing_or_headless_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match=r"none\.csv: cannot be read"):
        load_portals(tmp_path / "none.csv")
    file = tmp_path / "portals.csv"
    file.write_text(GOOD, encoding="utf-8")
    with pytest.raises(RegistryError, match=r"portals\.csv:1: columns"):
        load_portals(file)


def portal(name: str, region: str, family: str = "trs") -> Portal:
    return Portal(name, name, region, "city", family, f"http://{name}.gov.cn/")


def test_select() -> None:
    portals = (portal("a", "330100"), portal("b", "330102", "hanweb"), portal("c", "440100"))
    assert [one.id for one in select(portals, portal="c,a")] == ["c", "a"]
    assert [one.id for one in select(portals, region="3301")] == ["a", "b"]
    assert [one.id for one in select(portals, region="33", family="hanweb")] == ["b"]
    assert select(portals) == portals


@pytest.mark.parametrize("arguments", [{"portal": "a,nowhere"}, {"region": "浙江"}, {"family": "vsb"}])
def test_what_selects_nothing_is_told(arguments: dict[str, str]) -> None:
    with pytest.raises(RegistryError):
        select((portal("a", "330100"),), **arguments)


def test_the_registry_of_the_package_is_good() -> None:
    portals = load_portals(REGISTRY)
    assert len({one.start_url for one in portals}) == len(portals)
