"""Whose report it is: from the title, else from the report's own words, else from what surrounds it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from parsers.blocks import Block, Document, Paragraph
from parsers.characters import narrow, simplify, squeeze
from parsers.identity import canonical_name
from parsers.index_number import read_index_number
from parsers.public_bodies import BODY, has_no_place, is_body, is_place, whole
from parsers.regions import by_code, generic_place, place
from parsers.report import Header
from parsers.title import Title, read_title

NAME = BODY.pattern
# How a report speaks of the body that made it, the surest words first.
COMPILED = re.compile(
    rf"由({NAME})(?:\([^()]*\))?(?:(?:负责|根据|按照|依据|依照|结合|综合|汇总)[^。;]{{0,160}}?)?(?:编制|编写|撰写|公布|发布)"
)
PUBLISHED = re.compile(
    rf"(?:(?:公布|公开|发布|编制|[将把就])(?:完成)?[了并和及、]?)+[《〈<]?(?:20\d{{2}}年度?)?([\u3400-\u9fff]{{2,12}}[省市县区旗州]|{NAME})"
    r"(?:20\d{2}年度?)?(?:(?:政府|政务)?信息公开|政府信息)(?:主要|工作|年度|情况|事项|的)*(?:报告|年报)"
)
CONTACT = re.compile(
    rf"(?:请|可|或)(?:直接)?(?:与|向|联系):?({NAME})(?:[\u3400-\u9fff]{{1,8}}[科股])?(?:联系|反映|咨询|[(,。;])"
)
# The office within a body that writes its report, or answers questions: 教育局办公室, 白水乡党政办公室, 市人民政府办公厅信息公开处.
_WORDS = r"(?:党政|秘书|综合|行政|政务|政府|信息|公开|工作|领导小组|新闻|受理|办公室|[()、和与及])"
OFFICE = re.compile(
    rf"(?<=办事处)[\u3400-\u9fff、]{{2,14}}(?:办公室|中心|[办科股室])$|(?:(?<=[局厅署关镇乡木心院所站社馆队])|(?<=[会委部室府处道市县区旗州])(?!政府办公){_WORDS}){_WORDS}*(?:办公室|办|[科股处室]|(?<=公开)中心)$"
)
# 人力资源社会保障部(含国家公务员局), 水利局(办公室电话0839-1234567), 水利局(政策法规科): no names
REMARK = re.compile(r"[(（](?:[含包][^()（）]*|[^()（）]*[科股\d])[)）]$")
OF_A_PLACE = re.compile("我[省市县区州旗]")
OF_ITS_OFFICE = re.compile("[我本](?:办|室|厅)")
HEADING = re.compile(rf"^({NAME})(?:20\d{{2}}年度?)?(?:政府|政务)?信息公开(?:工作)?(?:年度报告|年报)")
OPENING = re.compile(
    rf"^(?:[(（][一二三四五][)）].{{2,16}}[。:])?(?:20\d{{2}}年度?|二[〇○零0]..年度?|一年来|本年度)[,:]?(?:以来,?)?(?:在[^。;]{{2,60}}?下,)?({NAME})"
    r"(?=[^\u3400-\u9fff]|[在以按根认坚深贯严切紧全积高持始不继进主共及对将把结围依遵通能立着扎大落加总未没政信])"
)
YEAR_FIRST = re.compile(r"20\d{2}年度?[,:]?(.+)")
ITSELF = re.compile(r"[我本](镇|乡|街道|局|委|厅)(?![级域面部势托员])")  # and what kind of body it is
STEP = re.compile(r"[>＞»›/／→|｜]+")
# Behind the title of a page: 县水利局2023年年度报告_永嘉县人民政府门户网站.
SITE = re.compile(r"(?<=[_|｜—–\-])\s*([^_|｜—–\-\s]{2,12}政府)(?=$|门户|网|[_|｜—–\-\s])")
SIGNED_DAY = re.compile(r"20\d{2}年\d{1,2}月\d{1,2}日?$")
SIGNATURE_BLOCKS = 6  # at the end of the body
LONGEST = 2000  # characters of a paragraph that are read
OPENING_BLOCKS = 12  # at its start


def read_issuer(titles: Sequence[Title], document: Document, header: Header, portal_place: str) -> str | None:
    """The reporting body as fully as the page tells it, None where nothing names one.

    The title comes first: the publisher of the header is often the office that runs the portal. A body named without
    its place (市民政局), or with one of a name that several places have (鼓楼区), is given the place that the rest of
    the page, or else the portal, tells; nothing is put before a name that is clear without.
    """
    candidates = _candidates(titles, document, header)
    name = next(candidates, None)
    if not name:
        return None
    if has_no_place(name):
        # 第三中学, where the text says 安徽省涡阳第三中学; 黄海局 of 国家渔政管理总局黄海局
        others = list(candidates)
        name = next((other for other in others if other.endswith(name) and not has_no_place(other)), name)
        candidates = iter(others)
    return _placed(name, _places(name, candidates, document, header, portal_place))


def _candidates(titles: Sequence[Title], document: Document, header: Header) -> Iterator[str]:
    """Names of bodies, the best evidence first."""
    named = [title for title in titles if title.own and is_body(title.body)]
    yield from (whole(title.body) for title in named if not title.site)
    own = [whole(name) for name in _self_named(document.body) if is_body(name)]
    published = [whole(header.issued_by)] if header.issued_by and is_body(header.issued_by) else []
    published = [name for name in published if _is_spoken_of(name, document.body)]
    agreed = [name for name in published if not own or any(_speaks_for(other, name) for other in own)]
    yield from (*agreed, *own)
    yield from (whole(title.body) for title in named if title.site)
    yield from (whole(title.body) for title in titles if not title.own and is_body(title.body))
    yield from published
    yield from _breadcrumb(document.front)
    attached = (read_title(attachment.name) for attachment in document.attachments)
    yield from (whole(title.body) for title in attached if title and is_body(title.body))
    site = document.metas.get("sitename", "")
    if is_body(site) and "政府" not in site:  # a government's portal carries the reports of all its bodies
        yield whole(site)


def _self_named(blocks: Sequence[Block]) -> Iterator[str]:
    """How the report names its own body: 本报告由…编制, the signature, the subject of its opening sentence."""
    lines = [block.text[:LONGEST] for block in blocks if isinstance(block, Paragraph)]
    opening, closing = (
        [squeeze(narrow(line)) for line in part]
        for part in (lines[:OPENING_BLOCKS], lines[-SIGNATURE_BLOCKS:])
    )
    for pattern in (COMPILED, PUBLISHED, CONTACT):
        yield from (_without_office(name, "".join(opening)) for name in _found(pattern, opening + closing))
    signed = (SIGNED_DAY.sub("", text) for text in closing)
    yield from (name for name in signed if len(name) <= 30 and BODY.fullmatch(name))
    for pattern in (HEADING, OPENING):
        yield from _found(pattern, opening)


def _found(pattern: re.Pattern[str], texts: Sequence[str]) -> Iterator[str]:
    """The names that a pattern of simplified characters finds, as printed."""
    for text in texts:
        if found := pattern.search(simplify(text)):
            yield _from_place(REMARK.sub("", text[slice(*found.span(1))]))


def _without_office(name: str, opening: str) -> str:
    """The body of which a sentence names an office; where the report says 我市, its government rather than that one's office."""
    body = OFFICE.sub("", simplify(name))
    for kind in _kinds([opening]):
        body = re.sub(rf"(?<={kind})((?:员会|(?:人民)?政府)?).{{0,8}}(?:办公室|中心|[科股室])$", r"\1", body)
    if OF_A_PLACE.search(opening) and not OF_ITS_OFFICE.search(opening):
        body = re.sub("(?<=政府)办公[室厅]$", "", body)
    return name[: len(body)]


def _is_spoken_of(publisher: str, blocks: Sequence[Block]) -> bool:
    """Whether the report may be the publisher's: one that says 我镇 is not that of the office which posted it."""
    kinds = _kinds(block.text[:LONGEST] for block in blocks if isinstance(block, Paragraph))
    return not kinds or any(kind in publisher for kind in kinds)


def _kinds(texts: Iterable[str]) -> set[str]:
    """What kind of body the report says it is of: 我镇, 本局."""
    return {kind for text in texts for kind in ITSELF.findall(simplify(text))}


def _from_place(name: str) -> str:
    """The name from the first place that it is known to name: what a sentence says before is not part of it."""
    if generic_place(name) or place(name).names:
        return name
    start = next((start for start in range(len(name)) if place(name[start:]).regions), 0)
    return name if is_body(name[:start]) else name[start:]  # 国家税务总局苍溪县税务局


def _breadcrumb(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph) and len(steps := STEP.split(block.text)) > 1:
            yield from (whole(step) for step in reversed(steps) if is_body(step))


def _same(one: str, other: str) -> bool:
    """Two names of one body, as far as names without their places tell: 市民族宗教局 and 杭州市民宗局."""
    first, second = (canonical_name(name).rpartition("/")[2] for name in (one, other))
    return first == second


def _placed(name: str, places: Iterator[str]) -> str:
    """The name with the first of the places before it that it can have."""
    own, generic = place(name), generic_place(name)
    if own.region or (own.names and not own.regions):
        return name
    for outer in filter(is_place, places):
        where = place(outer).region
        if where and where.path[0].endswith(("省", "自治区")):
            outer = outer.removeprefix(where.path[0]) or outer  # 肇庆市教育局 is clear without 广东省
        steps = (*(where.path if where else ()), outer)
        if own.names and where:
            if any(where.path == region.path for region in own.regions):
                return outer + own.rest
            if any(where.holds(region) for region in own.regions):
                return outer + name
        elif generic and (named := [step for step in steps if step.endswith(generic)]):
            return named[-1] + name[len(generic) :]
        elif not generic and has_no_place(name):
            return outer + name
    return name


def _speaks_for(name: str, publisher: str) -> bool:
    """Whether a name in the text is the publisher's, or that of its office, to which one may turn."""
    return _same(name, publisher) or name == publisher + "办公室"


def _places(
    name: str, candidates: Iterator[str], document: Document, header: Header, portal_place: str
) -> Iterator[str]:
    """Where a body can be, the best evidence first: as other lines of the page name it, the portal, its codes."""
    others = list(candidates)
    yield from (_place_of(other) for other in others if _same(name, other))
    yield squeeze(portal_place)
    yield _place_of(squeeze(document.metas.get("sitename", "")))
    yield from (_place_of(part) for part in SITE.findall(document.title))
    for code in (
        read_index_number(header.index_number).region_code,
        document.metas.get("siteidcode", "")[:6],
    ):
        if code and (region := by_code(code)):
            yield region.name if place(region.name).region else "".join(region.path[1:]) or region.name
    yield from map(_place_of, others)
    for block in document.body[:OPENING_BLOCKS]:  # 2021年，某县始终坚持…, which names no body
        said = isinstance(block, Paragraph) and YEAR_FIRST.match(squeeze(narrow(block.text[:LONGEST])))
        if said and (opened := place(said[1])).regions:
            yield "".join(opened.names)


def _place_of(name: str) -> str:
    return "".join(place(name).names)
