"""Whose report it is: from the title, else from the report's own words, else from what surrounds it."""

import re
from collections.abc import Iterator, Sequence

from parsers.blocks import Block, Document, Paragraph
from parsers.characters import fold, narrow, squeeze
from parsers.identity import canonical_name
from parsers.index_number import read_index_number
from parsers.regions import by_code, place
from parsers.report import Header
from parsers.title import Title

KIND = (
    r"(?:人民政府|政府|办公厅|办公室|委员会|管委会|管理处|办事处|街道办|分局|支队|总队|大队|监狱|法院|检察院|海关|中心|分中心|"
    r"局|厅|委|办|部|署|处|院|站|所|馆|社|会|镇|乡|街道|苏木|行署|公署|农场|林场|公司|集团|银行|大学|学院|学校|医院|开发区|新区|园区|保护区|示范区|度假区)"
)
BODY = re.compile(rf"[\u3400-\u9fff()（）、·0-9]{{1,40}}?{KIND}(?:[(（][^()（）]{{1,12}}[)）])?")
# The report speaks of the body that made it.
SELF_NAMED = (
    re.compile(rf"(?:本|该)?(?:年度|年)?报告由({BODY.pattern})(?:办公室)?(?:负责)?(?:编制|编写|公布|发布)"),
    re.compile(
        rf"^({BODY.pattern})(?:20\d{{2}}年度?|\d{{4}}年)?(?:政府|政务)?信息公开(?:工作)?(?:年度报告|年报)"
    ),
    re.compile(
        rf"^(?:20\d{{2}}年度?|二[〇○零0]..年度?|一年来|本年度)[,，:]?(?:以来)?({BODY.pattern})(?=[^\u3400-\u9fff]|在|以|按|根据|认|坚|深|贯|严|切|紧|全|积|高|持|始|不断|继续|进一步|政府信息|信息公开|主动|共|及|对|将|把|结合|围绕|依|遵|通过|能|立足|着力|扎实|大力|进|落实|加强|严格|总体|未|没)"
    ),
    re.compile(
        rf"(?:请|可)(?:直接)?(?:与|向|联系)({BODY.pattern})(?:办公室|综合科|政务公开)?(?:联系|反映|咨询|\(|,)"
    ),
)
# Words by which a body speaks of itself, or of any body, without naming one.
NAMELESS = re.compile(
    r"^(?:我|本|各|全|该|其|此|同|上级|有关|相关|国务院|中共中央|中央|党中央|省委|市委|县委|区委)|^(?:市|县|区|省)?(?:直|级)?(?:各)?(?:部门|单位|机关)$|条例|规定|报告|年度|信息公开|网站|门户"
)
GENERIC = re.compile(r"^(?:省|自治区|市|区|县|旗|州|盟|地区)(?!政府信息)")
SIGNATURES = 6  # blocks at the end of the body among which the signature stands
OPENING = 12


def read_issuer(titles: Sequence[Title], document: Document, header: Header, portal_place: str) -> str | None:
    """The reporting body as fully as the page tells it, None where nothing names one.

    The title comes first: the publisher of the header is often the office that runs the portal. A body named without
    its place (市民政局) is given the place that the rest of the page, or else the portal, tells.
    """
    candidates = list(_candidates(titles, document, header))
    if not candidates:
        return None
    name = candidates[0]
    return _tidy(_placed(name, candidates[1:], document, header, portal_place))


def _candidates(titles: Sequence[Title], document: Document, header: Header) -> Iterator[str]:
    """Names of bodies, the best evidence first."""
    for title in titles:
        if title.own and is_body(title.body):
            yield _whole(title.body)
    own = [name for name in _self_named(document.body) if is_body(name)]
    published = header.issued_by if header.issued_by and is_body(header.issued_by) else None
    if published and (not own or any(_same(published, name) for name in own)):
        yield published
        published = None
    yield from own
    for title in titles:
        if not title.own and is_body(title.body):
            yield _whole(title.body)
    if published:
        yield published
    yield from _breadcrumb(document.front)
    site = document.metas.get("sitename", "")
    if is_body(site) and "政府" not in site:
        yield site


def is_body(name: str) -> bool:
    """Whether the words name a body, or a place whose government is meant.

    >>> is_body("杭州市民政局"), is_body("西湖区"), is_body("我局"), is_body("本网")
    (True, True, False, False)
    """
    text = squeeze(name)
    if (
        not 2 <= len(text) <= 45
        or NAMELESS.search(fold(text))
        or re.search(r"[,，。；;：:!！?？<>《》|]", text)
    ):
        return False
    return bool(BODY.fullmatch(text)) or _is_place(text)


def _is_place(text: str) -> bool:
    placed = place(text)
    return bool(placed.names) and not placed.rest


def _whole(name: str) -> str:
    """A bare place stands for its government: 杭州市 in the title of 杭州市2023年政府信息公开工作年度报告."""
    text = squeeze(name)
    return text + "人民政府" if _is_place(text) and not text.endswith(("盟", "地区")) else text


def _self_named(blocks: Sequence[Block]) -> Iterator[str]:
    """How the report names its own body: 本报告由…编制, the signature, the subject of the opening sentence."""
    texts = [squeeze(narrow(block.text)) for block in blocks if isinstance(block, Paragraph)]
    compiled, heading, opening, contact = SELF_NAMED
    for pattern in (compiled, contact):
        for text in texts[:OPENING] + texts[-SIGNATURES:]:
            if found := pattern.search(text):
                yield found[1]
    for text in texts[-SIGNATURES:]:
        signed = re.sub(r"20\d{2}年\d{1,2}月\d{1,2}日?$", "", text)
        if len(signed) <= 30 and BODY.fullmatch(signed):
            yield signed
    for pattern in (heading, opening):
        for text in texts[:OPENING]:
            if found := pattern.search(text):
                yield found[1]


def _breadcrumb(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph) and (">" in narrow(block.text) or "»" in block.text):
            steps = [step.strip() for step in re.split(r"[>＞»]+", block.text)]
            yield from (
                step for step in reversed(steps) if is_body(step) and not step.endswith(("公开", "中心"))
            )


def _same(one: str, other: str) -> bool:
    """Two names of one body, as far as names tell: 市民族宗教局 and 杭州市民宗局."""
    first, second = (GENERIC.sub("", canonical_name(name).rpartition("/")[2]) for name in (one, other))
    return first == second


def _placed(name: str, others: Sequence[str], document: Document, header: Header, portal_place: str) -> str:
    """The name with its place before it, when it has none or only 市."""
    placed = place(name)
    if placed.region or (placed.names and not placed.regions):
        return name
    generic = GENERIC.match(name)
    for outer in _places(name, others, document, header, portal_place):
        where = place(outer)
        if where.rest or not where.region:
            continue
        if placed.names:
            if any(
                where.region.holds(region) and where.region.path != region.path for region in placed.regions
            ):
                return outer + name
        elif generic:
            if outer.endswith(generic[0]):
                return outer + name[len(generic[0]) :]
            if generic[0] in ("区", "县", "旗") and where.region.level < 3:
                continue
        elif not _foreign(name):
            return outer + name
    return name


def _places(
    name: str, others: Sequence[str], document: Document, header: Header, portal_place: str
) -> Iterator[str]:
    """Where the body can be, the best evidence first."""
    for other in others:
        if _same(name, other):
            yield "".join(place(other).names)
    yield portal_place
    site = re.sub(r"(?:人民政府|政府).*$", "", squeeze(document.metas.get("sitename", "")))
    yield site
    codes = (read_index_number(header.index_number).region_code, document.metas.get("siteidcode", "")[:6])
    for code in codes:
        region = by_code(code) if code else None
        if region:
            yield region.path[-1] if region.level < 3 else "".join(region.path[1:])
    for other in others:
        yield "".join(place(other).names)


def _foreign(name: str) -> bool:
    """A body that belongs to no place of the portal's: of the nation, or of a place that GB/T 2260 does not have."""
    return bool(
        re.match(
            r"国家|中国|中华|中央|全国|国务院|.{2,8}?(?:新区|开发区|示范区|管理区|高新区|自治区|特区|兵团|省|市|县|旗|州|盟)",
            name,
        )
    )


def _tidy(name: str) -> str:
    """Layout spaces dropped, 杭州杭州市 folded."""
    return re.sub(r"^(.{2,5})(?=\1[省市县区旗州盟])", "", squeeze(name))
