"""Who reports, and for which year: pairs of pages that are one report, two versions of one, or two."""

from pathlib import Path

import pytest

from parsers.characters import fold
from parsers.documents import read_document
from parsers.figures import read_figures
from parsers.header import read_header
from parsers.identity import canonical_name, fingerprint, report_id
from parsers.recognise import recognise
from parsers.regions import by_code, place
from parsers.report import Figure, Section
from parsers.sections import split_sections

PAIRS = sorted(Path(__file__).parent.joinpath("pairs").glob("*-a.html"))


def identify(path: Path) -> tuple[str, str]:
    """report_id and fingerprint of the report on a saved page."""
    document = read_document(path.read_bytes(), "text/html", path.name)
    subject = recognise(document, read_header(document))
    sections, grids = split_sections(document.body)
    figures = read_figures(grids, sections).figures
    return report_id(subject.issuer, subject.year), fingerprint(
        subject.issuer, subject.year, sections, figures
    )


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem.removesuffix("-a"))
def test_pair(path: Path) -> None:
    (one, print_one), (other, print_other) = (
        identify(path),
        identify(path.with_name(path.name.replace("-a.", "-b."))),
    )
    if path.name.startswith("other-"):
        assert one != other
    else:
        assert one == other
        assert (print_one == print_other) == path.name.startswith("same-")


def test_there_are_pairs_of_each_kind() -> None:
    assert {path.name.partition("-")[0] for path in PAIRS} == {"same", "changed", "other"}


@pytest.mark.parametrize(
    "names",
    [
        "杭州市民宗局 杭州市民族宗教局 杭州市民族宗教事务局 浙江省杭州市民族和宗教事务局 杭州市民族宗教事务局（本级）",
        "杭州市卫健委 杭州市卫生健康委 杭州市卫生健康委员会 杭州杭州市卫健委",
        "安徽省发改委 安徽省发展改革委 安徽省发展和改革委员会",
        "天门市公安局 湖北省天门市公安局",
        "上城区人社局 杭州市上城区人力资源和社会保障局",
        "西藏国资委 西藏自治区国有资产监督管理委员会",
        "苍溪县 苍溪县政府 苍溪县人民政府 四川省广元市苍溪县人民政府",
        "苍溪县政府办 苍溪县府办 苍溪县人民政府办公室",
        "眉山市东坡区崇礼镇 东坡区崇礼镇人民政府",
        "绍兴市越城区东湖街道 越城区东湖街道办事处",
        "西藏自治區人民政府 西藏自治区人民政府",
        "铜仁市水务局 贵州省铜仁市水务局",
        "中华人民共和国司法部 司法部",
        "合肥市国资委 合肥市人民政府国有资产监督管理委员会 合肥市政府国资委",
        "北京市东城区教委 北京市东城区教育委员会",
        "合肥经开区 合肥经济技术开发区 合肥经济技术开发区管理委员会 合肥经开区管委会",
        "合肥高新区管委会 合肥高新技术产业开发区",
        "湘西州财政局 湖南省湘西土家族苗族自治州财政局",
        "景宁县教育局 丽水市景宁畲族自治县教育局",
        "国家税务总局杭州市税务局 杭州市税务局",
        "国家税务总局南京市鼓楼区税务局 南京市鼓楼区税务局",
        "杭州市西湖区人民政府北山街道办事处 杭州市西湖区北山街道",
        "上海市规划资源局 上海市规划和自然资源局",
    ],
)
def test_names_of_one_body(names: str) -> None:
    assert len({canonical_name(name) for name in names.split()}) == 1


@pytest.mark.parametrize(
    "names",
    [
        "杭州市卫生和计划生育委员会 杭州市卫生健康委员会 杭州市卫生健康局",
        "苍溪县人民政府 苍溪县人民政府办公室 苍溪县民政局",
        "南京市鼓楼区教育局 福州市鼓楼区教育局 开封市鼓楼区教育局 徐州市鼓楼区教育局",
        "襄樊市民政局 襄阳市民政局",
        "市民政局 县民政局 民政局",
        "东乡县教育局 东乡族自治县教育局",
        "国家税务总局 国家税务总局杭州市税务局 国家税务总局杭州市税务局稽查局 国家税务总局浙江省税务局",
        "国家税务总局南京市鼓楼区税务局 国家税务总局徐州市鼓楼区税务局 鼓楼区税务局",
        "司法部 司法局 四川省司法厅",
        "合肥市人民政府 合肥市人民政府办公室 合肥市人民政府外事办公室 合肥高新区 合肥经开区 合肥新站高新区",
        "杭州市生态环境局 杭州市生态环境局钱塘分局",
    ],
)
def test_names_of_several_bodies(names: str) -> None:
    assert len({canonical_name(name) for name in names.split()}) == len(names.split())


def test_the_key_is_the_same_on_every_machine() -> None:
    assert report_id("杭州市民族宗教事务局", 2020) == "8214d2e25f67e529e7d2"
    assert report_id("杭州市民族宗教事务局", 2021) != report_id("杭州市民族宗教事务局", 2020)


def test_fingerprint_sees_meaning_and_not_layout() -> None:
    section = Section(1, "一", "overview", "总体情况", "全年公开信息 600 条（含转载）。")
    layout = Section(1, "一", "overview", "总体情况", "全年公开信息600条(含转载)。")
    cell = Figure("requests", "new_received", "natural", 3, "3", "件")
    base = fingerprint("苍溪县水利局", 2022, [section], [cell])
    assert fingerprint("四川省苍溪县水利局", 2022, [layout], [cell]) == base
    changes = [
        ("苍溪县审计局", 2022, [section], [cell]),
        ("苍溪县水利局", 2021, [section], [cell]),
        ("苍溪县水利局", 2022, [], [cell]),
        ("苍溪县水利局", 2022, [section], [Figure("requests", "new_received", "natural", None, "", "件")]),
        ("苍溪县水利局", 2022, [section], [Figure("requests", "new_received", "business", 3, "3", "件")]),
    ]
    assert len({base, *(fingerprint(*change) for change in changes)}) == 1 + len(changes)


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("330100", "浙江省/杭州市"),
        ("330106", "浙江省/杭州市/西湖区"),
        ("330103", "浙江省/杭州市/下城区"),  # dissolved in 2021
        ("632801", "青海省/海西蒙古族藏族自治州/格尔木市"),
        ("429006", "湖北省/天门市"),
        ("110108", "北京市/海淀区"),
        ("500101", "重庆市/万州区"),
        ("460400", "海南省/儋州市"),
    ],
)
def test_regions(code: str, path: str) -> None:
    region = by_code(code)
    assert region
    assert "/".join(region.path) == path
    found = place("".join(region.path) + "民政局").region
    assert found == region


def test_places_of_one_name_are_told_apart_by_the_city() -> None:
    assert place("西湖区教育局").region is None
    assert {region.code for region in place("西湖区教育局").regions} == {"330106", "360103"}
    assert fold("西湖區") == "西湖区"
