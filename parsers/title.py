"""Titles: which lines of a page name an annual report, and what of the body and the year they say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from parsers.blocks import Block, Document, Paragraph
from parsers.characters import narrow, simplify, squeeze
from parsers.dates import NUMERALS
from parsers.header_labels import find_label
from parsers.header_marks import before_labels
from parsers.public_bodies import is_body, is_place
from parsers.regions import generic_place, place
from parsers.report import Header
from parsers.year import read_year

NUMERAL = f"[0-9{NUMERALS}]"
YEAR = rf"(?:2[0Oo]|二[〇○零0Oo]){NUMERAL}{{2}}"
# 政府信息公开工作年度报告, 政府信息公开年报, 信息公开2023年工作总结, 政务信息公开工作情况的报告 …
PHRASE = re.compile(
    r"(?:政务公开[与和及、暨(])?(?:政府|政务|党务政务|党政)?信息(?:(?:公开)?[与和及、暨]政务|主动)?公开"
    rf"(?:工作|年度|年|情况|的|重点|目标|任务|本年|上年|全年|{NUMERAL}{{4}}|[()])*"
    r"(?:报告书?|年报|总结)"
    r"|政务公开工?作?(?:年度(?:工作)?报告|年报)"
)
NAMED = re.compile("(?:信息|資訊)(?:主[动動])?公|政[务務]公")
# The same with its last characters out of order or one of them lost: 政府信息公开工作告年度报, 政府信息公开工作年度报.
MISWRITTEN = re.compile(r"(?:政府|政务)?信息公开(?=[年度工作情况告]*报)[年度工作情况报告]{4,9}$")
CUT = re.compile(r"(?:政府|政务)?信息公开.{0,14}(?:…|\.{2,}|·{3,})$")
YEARS = re.compile(rf"[(\[]?{YEAR}(?:年度|年|度)?[)\]]?(?:-(?=\D|$))?")
# What may follow a report's name within its title: the year once more, the day, a remark, the file's suffix.
TAIL = re.compile(
    rf"(?:[(\[《\"“]?{YEAR}年?度?[)\]》\"”]?|\({YEAR}年\d{{1,2}}月(?:\d{{1,2}}日)?\)"
    r"|\([^()]{0,12}[版稿新订正改行开文]\)|[》\"”.。、\s]|的?报告|告$|的(?:公告|函)|全文|文本|正文|\.(?:pdf|docx?|wps|ofd|html?))*",
    re.IGNORECASE,
)
# A body or site named behind the report: …年度报告-杭州市人民政府, …年度报告(某县人民政府)
BEHIND = re.compile(r"(?:[-_|·~]+|\()(?P<body>[\u3400-\u9fff]{2,25})\)?$")
# A title that tells of a report, or does something with it, is not that report's own; bodies whose names have the
# same words (新闻出版局, 机构编制委员会) write reports of their own.
ABOUT = re.compile(
    r"解读|图解|一图|图说|读懂|看懂|速览|长图|发布会|印发|转发|通知|要求|部署|做好|编制(?!委|办|研究|中心)|编写|撰写|报送|汇总|指南|目录|制度(?!改革)|办法|规定|规范|考核(?!办|委|中心)|"
    r"评估(?!中心)|培训(?!中心|学院|学校|基地)|会议(?!中心)|召开|举行|举办|开展|完成|公示|征求|出炉|亮相|[荣喜]获|荣登|位居|发布.{0,8}$|新闻(?!出版|办|中心|传媒)|显示|统计表|一览|列表|链接|专栏|平台"
)
# 【年度报告】 or the sizes of letters, before a title
COLUMN = re.compile(r"^(?:\[[^\[\]]{2,8}\]|大中小)(?=.)(?!学)")
SUBMITTING = re.compile("关于(?:报送|上报|呈报)")  # its covering letter and the report in one
NAVIGATION = re.compile(r"公开|^走进|\d号$|首页|网站|门户|专栏|栏目|导航|年报|报告|服务$|互动|打印")
SEPARATOR = re.compile(r"[_|｜>＞»—-]")  # one of them, in a line that may have some
SEPARATORS = re.compile(r"\s*(?:[_|｜>＞»]|--+|——|\s-\s)\s*")
# in the last line of any title
ENDING = re.compile(r"报\s*告|[年度]\s*报|总\s*结|報\s*告|[年度]\s*報|總\s*結|…|\.\.|··")
SENTENCE = re.compile("如下[:：]?$")  # 现将某局2023年政府信息公开工作情况报告如下：
LONGEST = 60  # characters of a line that can be a title, or part of one
TITLE_LINES = 3
NEAREST = 1000  # blocks before the body among which the title stands
HEAD_OF_BODY = 8  # blocks at the start of the body among which a title may stand


@dataclass(frozen=True, slots=True)
class Title:
    """A title that names an annual report, and what it says of it."""

    text: str  # as printed, split lines joined
    body: str  # the words that stand for the reporting body, as printed; "" where there are none
    year: int | None
    own: bool  # it is the report's own, not of a page about one
    cut: bool  # ends in an ellipsis
    site: bool = False  # the body is a government named behind a dash: the portal, which has the reports of all its bodies


def read_titles(document: Document, header: Header) -> tuple[Title, ...]:
    """The titles of the page that name an annual report: the printed one, then those of its header, head and path.

    Of several printed ones that is the report's which the page's head repeats, else a heading, else the nearest to the
    body; the others are links to other reports, and say nothing of this one.
    """
    heads = [
        header.title or "",
        document.metas.get("articletitle", ""),
        *SEPARATORS.split(document.title[: 4 * LONGEST]),
    ]
    paths = [
        steps[-1]
        for block in document.front[-NEAREST:]
        if isinstance(block, Paragraph)
        and SEPARATOR.search(block.text)
        and len(steps := SEPARATORS.split(block.text[: 4 * LONGEST])) > 1
    ]
    found = [_printed_title(document, heads), *map(read_title, (*heads, *paths))]
    titles = dict.fromkeys(title for title in found if title)
    return tuple(
        sorted(
            titles, key=lambda title: (title.own, not title.cut, bool(title.year or title.body)), reverse=True
        )
    )


def _printed_title(document: Document, heads: Sequence[str]) -> Title | None:
    blocks = (*document.front[-NEAREST:], *document.body[:HEAD_OF_BODY])
    repeated, site = squeeze("\n".join(heads)), document.metas.get("sitename", "")
    best: tuple[tuple[object, ...], Title] | None = None
    for last, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or not ENDING.search(block.text):
            continue
        lines = [_title_line(near) for near in blocks[max(last + 1 - TITLE_LINES, 0) : last + 2]]
        after = lines.pop() if last + 1 < len(blocks) else ""
        title = _title_ending(lines, site, repeated)
        if not title:
            continue
        if not title.year and YEARS.fullmatch(narrow(squeeze(after))):
            title = replace(title, text=title.text + after, year=read_year(after))
        named, known = bool(title.year or title.body), squeeze(title.text) in repeated
        rank = (title.own, not title.cut, named, known, block.heading, last)
        if not best or rank > best[0]:
            best = (rank, title)
    return best[1] if best else None


def _title_ending(lines: Sequence[str], site: str, repeated: str) -> Title | None:
    """The title that ends in the last line; of those before it, as many are its own as make it name a body best.

    The name of the site, which may stand above any title, is part of one only where the page's head repeats it so.
    """
    line = lines[-1]
    best = read_title(line)
    for first in reversed(lines[:-1]):
        if not line or len(first + line) > LONGEST or not _runs_on(first, line):
            break
        line = first + line
        title = read_title(line)
        banner = first == site and squeeze(line) not in repeated
        if title and not banner and (not best or _naming(title) > _naming(best)):
            best = title
    return best


def _naming(title: Title) -> tuple[bool, bool, bool, bool]:
    placed = bool(place(title.body).names or generic_place(title.body))
    return title.own, is_body(title.body), placed, title.year is not None


@lru_cache(maxsize=256)  # a page prints its title three times or four
def read_title(line: str) -> Title | None:
    """What a line says, when it names an annual report.

    >>> read_title("２０２３年度杭州市民政局政府信息公开工作年度报告（文字版）").body
    '杭州市民政局'
    >>> read_title("解读《杭州市民政局2023年政府信息公开工作年度报告》").own
    False
    """
    text = squeeze(line)
    if not NAMED.search(text) or len(text) > 2 * LONGEST or SENTENCE.search(text):
        return None
    if len(text) % 2 == 0 and text[: len(text) // 2] == text[len(text) // 2 :]:
        return read_title(text[: len(text) // 2])  # printed twice
    folded = simplify(narrow(text))
    *_others, found = None, *PHRASE.finditer(folded)
    cut = None if found else CUT.search(folded)
    named = found or cut or MISWRITTEN.search(folded)
    if not named:
        return None
    start, end = named.span()
    if folded[:start].endswith("人民"):
        start += 2  # 杭州市人民政府信息公开: one 政府 for both
    behind = BEHIND.search(folded[end:])
    tail = folded[end : end + behind.start()] if behind else folded[end:]
    body = _body(text[:start])
    if not body and behind:
        body = _body(text[end:])
    elif behind and folded[end + behind.start()] != "(":
        line = text[: end + behind.start()]
    return Title(
        text=line.strip(),
        body=body,
        year=read_year(folded),
        own=len(folded) <= LONGEST and _is_own(folded[:start], body) and bool(cut or TAIL.fullmatch(tail)),
        cut=cut is not None,
        site=bool(behind and not _body(text[:start]) and "(" not in behind[0] and body.endswith("政府")),
    )


def _is_own(head: str, body: str) -> bool:
    return not ABOUT.search(SUBMITTING.sub("", head)) and (not body or is_body(body) or body[0] in "我本")


def _body(words: str) -> str:
    """The body named before or behind the report's name: without years, 关于 and the marks around it."""
    head, *rest = YEARS.split(COLUMN.sub("", narrow(words)), maxsplit=1)
    tail = YEARS.sub("", "".join(rest))
    # 海关总署2010年海关信息公开, 水务局2021年度本级政府信息公开: the body stands before the year
    told = is_body(head) and not is_place(head) and not is_body(tail) and not tail.startswith("办公")
    text = head if told else head + tail
    parts = [_bare(part) for part in re.split(r"[关關][于於]|[:《》>]|的(?=$)", text)]
    parts = [re.sub(r"^(?:公开|公布|发布|印发|转发|做好|报送|\d+)", "", part) for part in parts if part]
    body = next((part for part in reversed(parts) if is_body(part)), parts[-1] if parts else "")
    return body.replace("(", "（").replace(")", "）") if "（" in words else body


def _bare(part: str) -> str:
    """Without the marks around it, but with the last bracket of 国防动员办公室(人民防空办公室)."""
    bare = part.strip('"“”()[]-_,.、·*#|~')
    return f"{bare})" if bare.count("(") > bare.count(")") and f"{bare})" in part else bare


def _runs_on(first: str, rest: str) -> bool:
    """Whether a title can run on from one line to the next: the first is no title, no label, no name of its own."""
    if not first or find_label(first) or PHRASE.search(simplify(narrow(squeeze(first)))):
        return False
    title = read_title(rest)
    if not title:
        return True
    if NAVIGATION.search(simplify(first)):
        return False
    return not (is_body(title.body) and is_body(first)) or title.body.startswith(
        ("办公", "辦公", "办事处", "辦事處")
    )


def _title_line(block: Block) -> str:
    """The part of a block that can be a title, or a line of one."""
    if not isinstance(block, Paragraph):
        return ""
    text = before_labels(block.text)
    return text if len(text) <= LONGEST and not re.search(r"[。；;|>＞]", text) else ""
