"""Whose report it is: the name as fully as the page tells it, and never a guess."""

from dataclasses import replace

import pytest

from parsers.blocks import Document, Paragraph
from parsers.characters import simplify
from parsers.header import read_header
from parsers.issuer import read_issuer
from parsers.public_bodies import is_body
from parsers.report import Header
from parsers.title import read_titles

NAMELESS = "2022年政府信息公开工作年度报告"


def issuer(*front: str, body: tuple[str, ...] = (), place: str = "", **metas: str) -> str | None:
    document = Document(
        tuple(map(Paragraph, front)), tuple(map(Paragraph, body)), (), "text/html", metas=metas
    )
    header = read_header(document)
    return read_issuer(read_titles(document, header), document, header, place)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("苍溪县水利局2022年政府信息公开工作年度报告", "苍溪县水利局"),
        ("2022年度苍溪县水利局政府信息公开工作年度报告", "苍溪县水利局"),
        ("苍溪县人民政府信息公开工作年度报告（2022年）", "苍溪县人民政府"),
        ("苍溪县2022年政府信息公开工作年度报告", "苍溪县人民政府"),
        ("苍溪县人民政府办公室政府信息公开工作年度报告（2022年）", "苍溪县人民政府办公室"),
        ("2022年政府信息公开工作年度报告（苍溪县水利局）", "苍溪县水利局"),
        ("2022年政府信息公开工作年度报告——苍溪县水利局", "苍溪县水利局"),
        ("【年度报告】苍溪县水利局2022年政府信息公开工作年度报告", "苍溪县水利局"),
        ("苍溪县水利局2022年政府信息公开工作年度报告-苍溪县人民政府", "苍溪县水利局"),
        ("关于苍溪县水利局2022年政府信息公开工作情况的报告", "苍溪县水利局"),
        (
            "南京市鼓楼区人民政府华侨路街道办事处2021年政府信息公开工作年度报告",
            "南京市鼓楼区人民政府华侨路街道办事处",
        ),
        (
            "青河县政府信息公开领导小组办公室2023年政府信息公开工作年度报告",
            "青河县政府信息公开领导小组办公室",
        ),
        ("杭州杭州市民政局2022年政府信息公开工作年度报告", "杭州市民政局"),
        ("苍溪县 水利局 2022年 政府信息公开工作年度报告", "苍溪县水利局"),
        (
            "台州市住房公积金管理中心天台分中心2022年政府信息公开工作年度报告",
            "台州市住房公积金管理中心天台分中心",
        ),
        ("本溪市文化广电新闻出版局2022年政府信息公开工作年度报告", "本溪市文化广电新闻出版局"),
        ("同心县机构编制委员会办公室2022年政府信息公开工作年度报告", "同心县机构编制委员会办公室"),
        ("全州县2022年政府信息公开工作年度报告", "全州县人民政府"),
        ("同福镇人民政府2022年政府信息公开工作年度报告", "苍溪县同福镇人民政府"),
        ("全胜乡2022年政府信息公开工作年度报告", "苍溪县全胜乡"),
        ("共和街道办事处2022年政府信息公开工作年度报告", "苍溪县共和街道办事处"),
        ("同江县水利局2022年政府信息公开工作年度报告", "同江县水利局"),
        ("道里区经纬街道办事处2022年政府信息公开工作年度报告", "道里区经纬街道办事处"),
        ("未央区未央湖街道2022年政府信息公开工作年度报告", "未央区未央湖街道"),
        ("以勒镇2022年政府信息公开工作年度报告", "苍溪县以勒镇"),
        ("大中小苍溪县水利局2022年政府信息公开工作年度报告", "苍溪县水利局"),
        ("苍溪县水利局2022年政务公开（政府信息公开）工作年度报告", "苍溪县水利局"),
        ("2022年会同县政府信息公开工作年度报告", "会同县人民政府"),
        ("青河新区管委会2022年政府信息公开工作年度报告", "青河新区管委会"),
        ("苍溪县总铺镇政府2013年信息公开年度报告", "苍溪县总铺镇政府"),
        ("第三师图木舒克市四十九团2022年政府信息公开工作年度报告", "第三师图木舒克市四十九团"),
        ("第十三师新星市红星四场2022年政府信息公开工作年度报告", "第十三师新星市红星四场"),
        ("苍溪县残联2022年政府信息公开工作年度报告", "苍溪县残联"),
        ("苍溪县工商联2022年政府信息公开工作年度报告", "苍溪县工商联"),
        ("中共苍溪县委党校2022年政府信息公开工作年度报告", "中共苍溪县委党校"),
        ("中国人民银行宁波市中心支行2022年政府信息公开工作年度报告", "中国人民银行宁波市中心支行"),
        ("新江街2022年政府信息公开工作年度报告", "苍溪县新江街"),
        ("苍溪县园艺场2022年政府信息公开工作年度报告", "苍溪县园艺场"),
        ("苍溪县实验小学2022年政府信息公开工作年度报告", "苍溪县实验小学"),
        ("苍溪二中2022年政府信息公开工作年度报告", "苍溪二中"),
        ("四川省邮政管理系统2022年政府信息公开年度报告", "四川省邮政管理系统"),
        ("资阳市同城化发展工作局2022年政府信息公开工作年度报告", "资阳市同城化发展工作局"),
        ("成都海关关区2022年政府信息公开年报", "成都海关关区"),
        ("海关总署2022年海关信息公开工作年度报告", "海关总署"),
        ("苍溪县水利局2022年度本级政府信息公开工作年度报告", "苍溪县水利局"),
        ("苍溪县2022年水利局政府信息公开工作年度报告", "苍溪县水利局"),
    ],
)
def test_from_the_title(title: str, expected: str) -> None:
    assert issuer(title, place="苍溪县") == expected


@pytest.mark.parametrize(
    ("printed", "place", "expected"),
    [
        ("市民政局", "杭州市", "杭州市民政局"),
        ("民政局", "杭州市", "杭州市民政局"),
        ("市场监督管理局", "杭州市", "杭州市市场监督管理局"),
        ("市市场监督管理局", "杭州市", "杭州市市场监督管理局"),
        ("市民政局", "杭州市西湖区", "杭州市民政局"),
        ("区民政局", "杭州市西湖区", "杭州市西湖区民政局"),
        ("县水利局", "苍溪县", "苍溪县水利局"),
        ("鼓楼区教育局", "南京市", "南京市鼓楼区教育局"),
        ("鼓楼区教育局", "南京市鼓楼区", "南京市鼓楼区教育局"),
        ("崇礼镇人民政府", "眉山市东坡区", "眉山市东坡区崇礼镇人民政府"),
        ("省教育厅", "浙江省", "浙江省教育厅"),
        ("市民政局", "青河市", "青河市民政局"),  # a place that the standard does not have
        ("鼓楼区教育局", "苍溪县", "鼓楼区教育局"),  # not there
        ("区民政局", "杭州市", "区民政局"),  # which one, nobody says
        ("国家宗教事务局", "北京市", "国家宗教事务局"),
        ("西咸新区教育局", "陕西省", "西咸新区教育局"),
        ("杭州市民政局", "苍溪县", "杭州市民政局"),
        ("市民政局", "浙江省杭州市", "杭州市民政局"),
        ("东兴海关", "杭州市", "东兴海关"),
        ("滁州经济技术开发区管理委员会", "安徽省滁州市", "滁州经济技术开发区管理委员会"),
        ("经济技术开发区管理委员会", "滁州市", "滁州市经济技术开发区管理委员会"),
        ("经济和信息化局", "苍溪县", "苍溪县经济和信息化局"),
        ("浙江省机关事务管理局", "杭州市", "浙江省机关事务管理局"),
        ("国家统计局金寨调查队", "金寨县", "国家统计局金寨调查队"),
    ],
)
def test_the_place_is_put_before_a_name_without_one(printed: str, place: str, expected: str) -> None:
    assert issuer(f"{printed}2022年政府信息公开工作年度报告", place=place) == expected


def test_the_page_tells_the_place() -> None:
    title = "市民政局2022年政府信息公开工作年度报告"
    assert issuer(title, sitename="杭州市人民政府") == "杭州市民政局"
    assert issuer(title, siteidcode="3301000057") == "杭州市民政局"
    assert issuer(title, "索引号：11330100MB19370226/2024-00142") == "杭州市民政局"
    assert issuer(title) == "市民政局"
    assert issuer("商务局" + NAMELESS, "索引号：11330782051348517D/2024-547405") == "义乌市商务局"
    assert issuer(title, body=("2022年，杭州市始终坚持依法公开。",)) == "杭州市民政局"
    assert issuer(title, body=("2022年，始终坚持依法公开。",)) == "市民政局"


def test_the_title_goes_before_the_publisher() -> None:
    title = "杭州市应急管理局2021年政府信息公开工作年度报告"
    assert issuer(title, "发布单位：市政府办公厅 公开日期：2022-01-18") == "杭州市应急管理局"


def test_the_text_goes_before_the_publisher_unless_they_agree() -> None:
    header = "发布单位：市政府办公厅 公开日期：2022-01-18"
    assert issuer(NAMELESS, header, body=("2021年，杭州市应急管理局认真贯彻条例。",)) == "杭州市应急管理局"
    header = "发布单位：市民族宗教局 公开日期：2021-01-11"
    assert issuer(NAMELESS, header, body=("2020年，杭州市民宗局根据条例要求。",)) == "杭州市民族宗教局"


@pytest.mark.parametrize(
    "text",
    [
        "本报告由苍溪县水利局编制。",
        "本年度报告由苍溪县水利局根据条例编写。",
        "依照条例，由苍溪县水利局结合有关统计数据编制。",
        "如有疑问，请与苍溪县水利局联系。",
        "按照规定，现公布苍溪县水利局2022年政府信息公开工作年度报告。",
        "按照规定，现向社会公布2022年度苍溪县水利局政府信息公开工作年度报告。",
        "根据有关要求，现编制并公布苍溪县水利局2022年政府信息公开工作年度报告。",
        "为便于监督，編制《蒼溪縣水利局2022年政府信息公開年報》如下。",
        "现将苍溪县水利局（含渠江管理处）2022年度政府信息公开工作情况报告如下。",
        "如有疑问，请联系：苍溪县水利局办公室，电话见后。",
        "如有疑问，请与苍溪县水利局（电话8761234）联系。",
        "可在网站留言，或直接与苍溪县水利局政府信息公开工作领导小组办公室（政策法规科）联系。",
        "2022年，在县委、县政府的关心下，苍溪县水利局坚持公开为常态。",
        "苍溪县水利局",
        "苍溪县水利局2023年1月20日",
        "2022年，苍溪县水利局坚持公开为常态。",
        "（一）主动公开情况。2022年，苍溪县水利局主动公开信息5条。",
        "本报告由苍溪县水利局（以下简称县水利局）编制。",
        "根据有关要求，现就苍溪县水利局2022年度政府信息公开事项报告如下。",
        "根据有关要求，现将苍溪县水利局2022年度政府信息工作年度报告予以公布。",
        "根据有关要求，现把苍溪县水利局2022年度政府信息公开工作情况报告如下：",
        "如有疑问，请与苍溪县水利局办公室政府信息公开受理处联系。",
        "2022年，苍溪县水利局（下称“县水利局”）坚持公开为常态。",
    ],
)
def test_from_the_report_itself(text: str) -> None:
    assert simplify(issuer(NAMELESS, body=("无。", text)) or "") == "苍溪县水利局"


@pytest.mark.parametrize(
    ("office", "text", "expected"),
    [
        ("苍溪县柳林乡党政办公室", "我乡坚持公开。", "苍溪县柳林乡"),
        ("苍溪县柳林街道办事处党政综合办公室", "", "苍溪县柳林街道办事处"),
        ("苍溪县柳林街道办事处综合与经济发展办公室", "", "苍溪县柳林街道办事处"),
        ("苍溪县公安局城关分局政府信息公开办公室", "", "苍溪县公安局城关分局"),
        ("苍溪县人民政府办公室信息公开科", "我县坚持公开。", "苍溪县人民政府"),
        ("苍溪县人民政府办公室", "我办服务全县。我县坚持公开。", "苍溪县人民政府办公室"),
        ("苍溪县政务公开办公室", "我县坚持公开。", "苍溪县人民政府"),
        ("苍溪县政府办公室", "我办服务全县。", "苍溪县政府办公室"),
        ("苍溪县政府办公室", "我县坚持公开。", "苍溪县政府"),
        ("苍溪县政府秘书处", "", "苍溪县人民政府"),
        ("苍溪县湖南镇政府综合督考办公室", "本镇坚持公开。", "苍溪县湖南镇政府"),
        ("苍溪县乡村振兴局秘书室", "我局坚持公开。", "苍溪县乡村振兴局"),
        ("苍溪县委机构编制委员会办公室", "", "苍溪县委机构编制委员会办公室"),
        ("苍溪县行政审批服务局", "", "苍溪县行政审批服务局"),
    ],
)
def test_an_office_answers_for_its_body(office: str, text: str, expected: str) -> None:
    assert issuer(NAMELESS, body=(f"如有疑问，请与{office}联系。", text)) == expected


def test_the_body_that_compiled_a_report_after_many_words() -> None:
    rules = "《政府信息公开条例》以及" + "《关于做好年度报告有关事项的通知》" * 5
    text = f"本报告由苍溪县水利局信息公开办公室根据{rules}要求编制。"
    assert issuer(NAMELESS, body=(text, "2022年的苍溪县政府信息公开工作有序推进。")) == "苍溪县水利局"


def test_a_place_named_in_the_text() -> None:
    text = "根据规定，现编制苍溪县2022年政府信息公开工作年度报告。"
    assert issuer(NAMELESS, body=(text,)) == "苍溪县人民政府"


def test_the_text_tells_the_whole_name() -> None:
    body = ("现公布《安徽省涡阳第三中学2022年政府信息公开工作年度报告》。",)
    assert issuer("第三中学" + NAMELESS, body=body) == "安徽省涡阳第三中学"
    assert issuer("黄海局" + NAMELESS, contentsource="国家渔政总局黄海局") == "国家渔政总局黄海局"
    assert issuer("民政局" + NAMELESS, contentsource="国家渔政总局黄海局", place="杭州市") == "杭州市民政局"


def test_from_what_surrounds_the_report() -> None:
    assert issuer(NAMELESS, "首页 > 部门信息公开 > 苍溪县水利局 > 年报") == "苍溪县水利局"
    document = Document((Paragraph("县水利局2022年政府信息公开工作年度报告"),), (), (), "text/html")
    titled = replace(document, title="县水利局2022年政府信息公开工作年度报告_苍溪县人民政府门户网站")
    assert read_issuer(read_titles(titled, Header()), titled, Header(), "") == "苍溪县水利局"
    assert issuer(NAMELESS, "首页 / 部门信息公开 / 苍溪县水利局 / 年报") == "苍溪县水利局"
    assert issuer(NAMELESS, "来源：苍溪县水利局 发布时间：2023-01-20") == "苍溪县水利局"
    assert issuer(NAMELESS, contentsource="苍溪县水利局") == "苍溪县水利局"
    assert issuer(NAMELESS, sitename="苍溪县水利局") == "苍溪县水利局"


def test_the_office_that_posted_a_report_is_not_its_body() -> None:
    header = "来源：苍溪县人民政府办公室 发布时间：2023-01-20"
    assert issuer(NAMELESS, header, body=("2022年，我镇坚持公开为常态。",)) is None
    assert issuer(NAMELESS, header, body=("2022年，本局域网改造完成。",)) == "苍溪县人民政府办公室"
    header = "来源：苍溪县水利局 发布时间：2023-01-20"
    assert issuer(NAMELESS, header, body=("2022年，我局坚持公开为常态。",)) == "苍溪县水利局"


def test_nobody_is_invented() -> None:
    assert issuer(NAMELESS) is None
    assert issuer(NAMELESS, body=("2022年，苍溪县始终坚持把公开作为建设法治政府、服务群众的举措。",)) is None
    assert (
        issuer(NAMELESS, body=("2022年，我局认真贯彻条例。", "全县各部门协同推进。"), place="苍溪县") is None
    )
    # its portal carries the reports of all its bodies
    assert issuer(NAMELESS, sitename="苍溪县人民政府") is None
    assert issuer(NAMELESS, "来源：本网 发布时间：2023-01-20") is None
    # a kind of body, and not which
    assert issuer(NAMELESS, "发布机构：办公室 发布时间：2023-01-20", place="苍溪县") is None


@pytest.mark.parametrize(
    "words",
    [
        "我局",
        "本机关",
        "各部门",
        "乡镇",
        "镇政府",
        "乡镇政府",
        "各有关镇人民政府",
        "对全县镇人民政府",
        "按我乡",
        "未收到镇政府",
        "同级政府",
        "其他街道办事处",
        "市直单位",
        "政府信息公开",
        "年度报告",
        "互动交流",
        "本网",
        "新闻发布会",
        "",
    ],
)
def test_words_that_name_nobody(words: str) -> None:
    assert not is_body(words)


def test_a_zone_named_in_a_sentence_lends_no_place() -> None:
    title = "滁州经济技术开发区管理委员会2022年政府信息公开工作年度报告"
    assert issuer(title, body=(f"按照规定，现公布{title}。",)) == "滁州经济技术开发区管理委员会"


def test_the_office_to_which_one_turns_is_that_of_the_body() -> None:
    contact = "如有疑问，请与苍溪县水利局办公室联系。"
    assert issuer(NAMELESS, body=("无。", contact)) == "苍溪县水利局"
    contact = "如有疑问，请与苍溪县科学技术委员会办公室联系。"
    assert (
        issuer(NAMELESS, "发布机构：苍溪县科学技术委员会 公开日期：2022-01-18", body=("无。", contact))
        == "苍溪县科学技术委员会"
    )
    contact = "如有疑问，请与国家税务总局苍溪县税务局办公室联系。"
    assert issuer(NAMELESS, body=("无。", contact)) == "国家税务总局苍溪县税务局"


def test_a_government_behind_the_title_is_the_portal() -> None:
    head = f"{NAMELESS}-苍溪县人民政府"
    assert issuer(head, "发布机构：苍溪县水利局 公开日期：2022-01-18", body=("无。",)) == "苍溪县水利局"
    assert issuer(head, body=("本报告由苍溪县水利局编制。",)) == "苍溪县水利局"
    assert issuer(head, body=("无。",)) == "苍溪县人民政府"
