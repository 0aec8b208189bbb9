"""Titles: which lines of a page name an annual report, and what of the body and the year they say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.blocks import Block, Document, Paragraph
from parsers.characters import narrow, simplify, squeeze
from parsers.report import Header
from parsers.year import read_year

NUMERAL = r"[0-9〇○零一二三四五六七八九]"
# 政府信息公开工作年度报告, 政府信息公开年报, 信息公开2023年工作总结, 政务信息公开工作情况的报告 …
PHRASE = re.compile(
    r"(?:政府|政务|党务政务|党政)?信息公开"
    rf"(?:工作|年度|年|情况|的|重点|目标|任务|本年|上年|全年|{NUMERAL}{{4}}年?|[()])*"
    r"(?:报告|年报|总结)"
)
CUT = re.compile(r"信息公开.{0,14}(?:…|\.{2,}|·{3,})$")
YEARS = re.compile(rf"[(\[]?(?:20|二[〇○零0Oo]){NUMERAL}{{2}}(?:年度|年|度)?[)\]]?(?:-(?=\D|$))?")
# What may follow a report's name within its title.
TAIL = re.compile(
    rf"(?:[(\[《\"“]?(?:20|二[〇○零0Oo]){NUMERAL}{{2}}年?度?[)\]》\"”]?|\((?:文字版|全文|公开版|审定稿|定稿|新|更新|修订|修订版|修改|试行|[^()]{{0,12}}版)\)|[》\"”.。、\s]|全文|文本)*"
)
# A title that tells of a report, or does something with it, is not that report's own.
ABOUT = re.compile(
    r"解读|图解|一图|图说|读懂|看懂|速览|长图|发布会|印发|转发|通知|要求|部署|做好|编制|编写|撰写|报送|汇总|指南|目录|制度|办法|规定|规范|考核|评估|培训|会议|召开|举行|举办|开展|完成|公示|征求|"
    r"出炉|亮相|获|荣|全省第|位居|发布.{0,8}$|新闻|数据显示|显示|统计表|一览|列表|链接|专栏|平台"
)
SEPARATORS = re.compile(r"\s*(?:[_|｜>»]|--+|——|\s-\s)\s*")
LONGEST = 60  # characters of a line that can be a title, or part of one
TITLE_LINES = 3
HEAD_OF_BODY = 8  # blocks at the start of the body among which a title may stand


@dataclass(frozen=True, slots=True)
class Title:
    """A title that names an annual report, and what it says of it."""

    text: str  # as printed, split lines joined
    body: str  # the words that stand for the reporting body, as printed; "" where there are none
    year: int | None
    own: bool  # it is the report's own, not of a page about one
    cut: bool  # ends in an ellipsis


def read_titles(document: Document, header: Header) -> tuple[Title, ...]:
    """The titles of the page that name an annual report: the most complete first, printed ones before others."""
    found = [title for line in _lines(document, header) if (title := read_title(line))]
    return tuple(sorted(dict.fromkeys(found), key=_completeness, reverse=True))


def read_title(line: str) -> Title | None:
    """What a line says, when it names an annual report.

    >>> read_title("２０２３年度杭州市民政局政府信息公开工作年度报告（文字版）").body
    '杭州市民政局'
    >>> read_title("解读《杭州市民政局2023年政府信息公开工作年度报告》").own
    False
    """
    text = squeeze(line)
    folded = simplify(narrow(text))
    found = _last(PHRASE.finditer(folded))
    cut = CUT.search(folded)
    if not found and not cut:
        return None
    start, end = found.span() if found else (cut.start() if cut else 0, len(folded))
    head, tail = text[:start], folded[end:]
    if folded[start:].startswith("信息公开") and folded[:start].endswith(("人民政府", "政府")):
        folded_head = folded[:start]
        head = (
            text[: start - 2]
            if not folded_head.endswith("人民政府") and folded_head.endswith("政府")
            else head
        )
    elif folded[:start].endswith("人民"):
        head = text[: start + 2]  # 杭州市人民政府信息公开: one 政府 for both
    if found and len(text) % 2 == 0 and text[: len(text) // 2] == text[len(text) // 2 :]:
        return read_title(text[: len(text) // 2])
    own = not ABOUT.search(folded[:start]) and bool(cut or TAIL.fullmatch(tail)) and len(folded) <= LONGEST
    return Title(line.strip(), _body(head), read_year(folded[: end + 12]), own, bool(cut))


def _body(head: str) -> str:
    """The body named before the report's name: without years, 关于 and the marks around it."""
    text = narrow(head)
    text = YEARS.sub("", text)
    text = re.sub(r"^(?:公开|公布|发布)?(?:关于)?(?:公开|公布|发布)?[《\"“]?|(?:关于|的|[-:])+$", "", text)
    return text.strip('《》"“”()[]-_:,.、·*#')


def _lines(document: Document, header: Header) -> Iterator[str]:
    for blocks in (document.front, document.body[:HEAD_OF_BODY]):
        yield from _joined(blocks, document.metas.get("sitename", ""))
    if header.title:
        yield header.title
    yield from (part for part in SEPARATORS.split(document.title) if part)


def _joined(blocks: Sequence[Block], site: str) -> Iterator[str]:
    """Lines as printed, and with those before them where a title runs over two or three."""
    lines = [block.text if isinstance(block, Paragraph) and _short(block.text) else "" for block in blocks]
    for last, line in enumerate(lines):
        if not line:
            continue
        yield line
        for first in range(last - 1, max(last - TITLE_LINES, -1), -1):
            if (
                not lines[first]
                or lines[first] == site
                or PHRASE.search(simplify(narrow(squeeze(lines[first]))))
            ):
                break
            joined = "".join(lines[first : last + 1])
            if len(joined) <= LONGEST:
                yield joined


def _short(text: str) -> bool:
    return len(text) <= LONGEST and not re.search(r"[。；;|>:：]", text)


def _completeness(title: Title) -> tuple[bool, bool, bool, bool]:
    return title.own, not title.cut, title.year is not None, bool(title.body)


def _last(matches: Iterator[re.Match[str]]) -> re.Match[str] | None:
    *_before, last = None, *matches
    return last
