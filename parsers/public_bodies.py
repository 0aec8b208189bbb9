"""Names of public bodies: what looks like one, and which place it says or leaves out."""

import re

from parsers.characters import fold, narrow, simplify, squeeze
from parsers.regions import begins_with_stem, generic_place, place

# How the name of a body ends.
KIND = (
    r"(?:政府|办公厅|办公室|委员会|管委会|党工委|工委|管理处|办事处|街道办|(?:分|总|支)?局|厅|委|办|部|署|处|室|"
    r"(?:[支总大中]|调查)队|监狱|戒毒所|法院|检察院|海关|中心|院|站|所|馆|社|会|镇|乡|街道|苏木|行署|公署|"
    r"(?<![市现立])场|公司|集团|银行|[商妇残侨文科]联|科协|党校|电视台|幼儿园|[支分]行|大学|学院|学校|[中小]学|[一二三四五六七八九十]中(?!全)|医院|新区|[园景林]区|"
    r"保护区|示范区|度假区|开发区|实验区|关区|兵团|师|团|公园|(?<![大行])街(?!道)|(?:邮政管理|税务|气象|统计|海事|海关)系统)"
)
BODY = re.compile(
    rf"[\u3400-\u9fff(（][\u3400-\u9fff()（）、·0-9]{{0,38}}?{KIND}(?:[(（](?!以下|[下简]称)[^()（）]{{1,12}}[)）])?"
)
# Words by which a body speaks of itself, or of any body, without naming one; and what only looks like a name.
NAMELESS = re.compile(
    r"^(?:我|本|各|全(?!国|民)|该|其|此|同|上级|有关|相关|国务院$|中共中央|党中央|党委)|^[省市县区镇乡]委$|^[省市县区]?[直级]?(?:各)?(?:部门|单位|机关(?!事务))|"
    r"^(?:在|以|按|根据|为|由|对全|经(?!济|开|信|贸|营)|围绕|随着|新收|新增|共(?!青|同)|累计|收到|通过|主动|未(?!成年)|没有|关于|的)|坚持|贯彻|落实|重视|条例|规定|年报|报告|年度|信息公开$|网站$|门户|大厅|通知|办法|发布会|听证会|委会、"
)
# 同福镇, 全胜乡, 同江县, 共和街道, 以勒镇 and 经纬街道 are called so; 同级, 各有关镇, 同时县政府 and 全体乡镇 are nobody.
TOWN = re.compile(
    r"[本各全其此同共](?![同级部门机关他余个有相体辖城社国民属地类直所派时年期中次届样季周月计间])[^省市县区盟旗镇乡街道的]{1,4}"
    r"(?:(?:镇|乡|街道|苏木)(?:人民政府|政府|办事处|$)|[县市区旗](?:$|[\u4e00-\u9fff]{2}))"
    r"|[经以对为由在按未](?![照据规我各本全该收接发])[^省市县区盟旗镇乡街道的]{1,3}(?:镇|乡|街道)(?:人民政府|政府|办事处)?$"
)
# Customs and maritime offices are the nation's too, and called by a port: 东兴海关. A ministry is the nation's only one
# of its name (交通运输部; the 部 of a party committee are not), and a university has a name of its own.
NATIONAL = re.compile(
    r"^(?:国家|中国|中华|全国|国务院|中央|最高人民)|^.{2,6}(?:海关(?:关区)?|海事局)$|^(?:审计署|.{2,8}总[署局])$"
    r"|^.{2,7}(?<!宣传)(?<!组织)(?<!统战)(?<!武装)(?<!工作)部$|^(?!开放|老年|广播).{2,12}大学$"
)
NO_NAME = re.compile(rf"{KIND}|乡镇|镇街|街镇")  # in full: the kind of a body, and not which
TOWNSHIP = re.compile(r"(?!乡镇政府).+(?:镇|乡|苏木)政府")
# The divisions of the corps in Xinjiang, and the city that is one with each: 第八师石河子市.
DIVISION = re.compile(r"第[一二三四五六七八九十]{1,3}师(?=.{2,6}市$)")

# Such bodies are called by the short name of a place: 滁州经济技术开发区, 滁州师范学院.
CALLED_AFTER = re.compile(
    r"(?:开发区|园区|新区|高新区|经开区|保税区|度假区|示范区|实验区|试验区|集聚区|工业园|产业园|风景区|大学|学院|学校|[中小]学|[一二三四五六七八九十]中$|医院|集团|公司)"
)
# A zone that GB/T 2260 does not have is governed by a committee: 苏州工业园区, and not 浦东新区.
ZONE = re.compile(r"(?:[园新]|开发|高新|经开|保税|度假|示范|[实试]验|集聚|风景|合作|先导|自贸)区$")


def is_body(name: str) -> bool:
    """Whether the words name a body, or a place whose government is meant.

    >>> is_body("杭州市民政局"), is_body("西湖区"), is_body("我局"), is_body("办公室")
    (True, True, False, False)
    """
    text = simplify(squeeze(name))
    placed = place(text)
    known = len("".join(placed.names)) if placed.regions else 0
    if known and known == len(text):
        return True
    # 全州县 and 同心县 are no 全县 and no 同: what a known place is called tells nothing of the body.
    words = fold(text[known:])
    called = TOWN.match(words) or (known and words.startswith("同"))  # 资阳市同城化发展工作局
    nameless = NAMELESS.search(words[1:] if called else words)
    if not 2 <= len(text) <= 45 or NO_NAME.fullmatch(text) or nameless:
        return False
    if text.endswith("政府") and not text.endswith("人民政府"):
        return bool(place(text).names or generic_place(text)) or bool(TOWNSHIP.fullmatch(text))
    return bool(BODY.fullmatch(text) or DIVISION.search(text)) or is_place(text)


def is_place(name: str) -> bool:
    placed = place(name)
    return bool(placed.names) and not placed.rest


def whole(name: str) -> str:
    """The name without layout spaces; a bare place stands for its government, a place said twice is said once.

    >>> whole("杭州杭州市"), whole("西湖区 民政局"), whole("永嘉县人民政府县民政局"), whole("苏州工业园区")
    ('杭州市人民政府', '西湖区民政局', '永嘉县民政局', '苏州工业园区管理委员会')
    """
    text = re.sub(r"^(.{2,5})(?=\1[省市县区旗州盟])|^(.{2,6}[市县区])(?=\2)", "", squeeze(name))
    outer, _of, inner = text.partition("人民政府")  # the portal's name, and that of one of its bodies
    if is_place(outer) and (generic_place(inner) or inner.endswith("人民政府")):
        text = outer + inner[len(generic_place(inner) or "") :]
    if not is_place(text) or narrow(text).endswith(("盟", "地区")):
        return text
    return text + ("管理委员会" if ZONE.search(simplify(text)) and not place(text).regions else "人民政府")


def has_no_place(name: str) -> bool:
    """Neither a place nor the nation stands before the body: a place may be put there.

    >>> has_no_place("民政局"), has_no_place("西咸新区民政局"), has_no_place("国家税务局")
    (True, False, False)
    >>> has_no_place("经济技术开发区管理委员会"), has_no_place("滁州经济技术开发区管理委员会")
    (True, False)
    >>> has_no_place("第三中学"), has_no_place("滁州师范学院")
    (True, False)
    """
    return (
        not NATIONAL.match(simplify(name))
        and not place(name).names
        and not (CALLED_AFTER.search(name) and begins_with_stem(name))
    )
