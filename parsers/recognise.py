"""Is a page an annual report, whose, and for which year? By the title, the statutory sections and the statutory tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from lxml import etree

from parsers.blocks import Block, Document, Grid, Paragraph
from parsers.characters import fold, simplify
from parsers.data_files import read_toml
from parsers.decode import decode_to_utf8
from parsers.documents import without_inline_pictures
from parsers.documents.answer import as_page
from parsers.documents.markup import text_of
from parsers.documents.tree import show_tree
from parsers.heading import read_heading
from parsers.issuer import read_issuer
from parsers.public_bodies import is_body
from parsers.report import Header, NotAReport
from parsers.title import LONGEST, SEPARATORS, Title, read_title, read_titles
from parsers.year import read_year, read_years, year_of_text

ENOUGH = 3  # weight of evidence from which on a page is a report
# Words of the statutory section headings, one of each; the first three are of no other kind of report.
SECTIONS = (
    "主动公开",
    "收到和处理",
    "行政诉讼情况",
    "总体情况",
    "存在",
    "其他需要报告",
    "其他需要说明",
    "依申请公开",
)
STATUTORY_HEADINGS = (
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "存在的主要问题",
    "其他需要报告的事项",
)
PROPER_SECTIONS = SECTIONS[:3]
# Words that stand together in one statutory table, and what they weigh.
TABLES = (
    (("本年新收", "结转下年度"), 4),
    (("未经复议直接起诉", "复议后起诉"), 1),  # statistics of reviews and lawsuits print it too
    (("第二十条第", "信息内容"), 2),
)
INSTITUTION = re.compile(r"(?:公司|集团|大学|学院|学校|中学|小学|幼儿园|医院)$")
ERROR = re.compile(
    r"404|403forbidden|notfound|页面不存在|网页不存在|找不到(?:该|您|页)|无法找到|已(?:被)?删除|不存在或已|访问被拦截|请求被拦截|禁止访问|安全验证|"
    r"人机验证|正在跳转|正在验证|checkingyourbrowser|enablejavascript|开启javascript|服务器错误|系统维护|系统繁忙|稍后再试|拒绝访问",
    re.IGNORECASE,
)
# Such a page may carry the empty form, with all its headings and tables.
NOTICE = re.compile(r"(?:通知|通报|模板|格式|样式|参考文本|说明|培训会|座谈会|推进会)[)\]》\"”]*$")
PART_OF_YEAR = re.compile(r"[一二三四1-4]季度|[上下]半年|20\d\d年?\d{1,2}(?:-\d{1,2})?月份")
PATH = re.compile(r"[>＞»]")  # a breadcrumb
# numbers in the tables of a report that a notice carries; the empty form has those of its labels only
FILLED = 40
DRAFT = re.compile(r"[(\[](?:征求意见|送审|讨论|审议|草)(?:稿|案)[)\]]$")
SENTENCE = re.compile("公开[^。]*。")
THIN = 200  # characters: a body with less says nothing by itself


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose report a page is, and for which year."""

    issuer: str
    year: int
    title: str  # as printed; "" where the page prints none


def recognise(document: Document, header: Header, place: str = "") -> Subject:
    """The subject of the report on the page; `place` is the portal's own.

    The year comes from the title, else from the title of the header, the period that the report states, its opening
    words, the breadcrumb. The date of publication never stands in for it: old reports are posted anew for years.

    Raises NotAReport with the reason in words.
    """
    titles = read_titles(document, header)
    _refuse(document, titles, header)
    # 政府信息公开年报 alone is the name of a column, and goes behind any title that names a body or a year.
    named = (title for title in titles if title.year or is_body(title.body))
    title = next(named, titles[0] if titles else None)
    issuer = read_issuer(titles, document, header, place)
    if not issuer:
        raise NotAReport("nothing on the page names the reporting body")
    year = _year(titles, document, header)
    if not year:
        raise NotAReport("nothing on the page tells the year reported on")
    if title and (title.body or title.year):
        return Subject(issuer, year, title.text)
    return Subject(issuer, year, _plain_title(document, header) or (title.text if title else ""))


def _plain_title(document: Document, header: Header) -> str:
    """The title of a report that does not name itself one of information disclosure: 某局2023年度报告."""
    lines = (header.title or "", document.metas.get("articletitle", ""))
    return next((line for line in lines if read_year(line)), lines[0])


def read_subject(title: str, place: str = "") -> tuple[str | None, int | None]:
    """Body and year as far as a title alone tells them: all that is known of a report whose file cannot be read.

    >>> read_subject("2023年市民政局政府信息公开年报.doc", "杭州市"), read_subject("2023年")
    (('杭州市民政局', 2023), (None, 2023))
    """
    document, header = Document((), (), (), "text/plain", title=title), Header()
    titles = read_titles(document, header)
    year = next((one.year for one in titles if one.year), None)
    return read_issuer(titles, document, header, place), year or read_year(title)


def _refuse(document: Document, titles: Sequence[Title], header: Header) -> None:
    """Raises NotAReport for a page that has not enough of a report, or too much of something else."""
    text = _whole(document.body)
    structure = _structure(document.body, text)
    # 政府信息公开年报 alone, with neither body nor year, is the name of a column.
    own = next((title for title in titles if title.own and (title.body or title.year)), None)
    if (
        not own
        and any(map(_is_notice, _headlines(document, header)))
        and (structure < 2 * ENOUGH or _numbers(document.body) < FILLED)
    ):
        raise NotAReport("a notice about reports, not a report")
    if own and DRAFT.search(fold(own.text)):
        raise NotAReport("a draft, not the report")
    if any(map(_is_of_part, [own.text] if own else _headlines(document, header))):
        raise NotAReport("the figures of a quarter, a month or half a year, not of a year")
    if structure < 2 * ENOUGH and (reason := _lookalike(own, titles, document, header)):
        raise NotAReport(reason)
    page = (*document.front, *document.body, *document.back)
    thin = len(text) < THIN and not document.attachments
    # beside a file stand the titles of the same body's other years
    unnamed = len(text) < THIN and not (own and own.body)
    if structure < ENOUGH and (
        _is_listing(page if thin else document.body) or (unnamed and _is_listing(page, of_bodies=True))
    ):
        raise NotAReport("a listing of reports")
    if (
        structure < ENOUGH
        and len(text) < 2 * THIN
        and ERROR.search(fold(document.title + _whole(page)[: 3 * THIN]))
    ):
        raise NotAReport("an error or challenge page")
    if structure < ENOUGH and not own and document.shell:
        raise NotAReport(document.shell)
    if not text and not own:
        raise NotAReport("an empty page: no text that could be a report")
    if structure < ENOUGH and own and not own.year and len(read_years(own.text)) > 1:
        raise NotAReport("a title of several years: not one report")
    if own and structure < ENOUGH and len(text) < THIN and not _says_something(document, header, text):
        raise NotAReport("a title without a report: no text, no attachment")
    column = (header.catalogue or "") + document.metas.get("columnname", "")
    named = 3 if own else 1 if titles else 0
    if structure + named + (1 if re.search("年报|年度报告", column) else 0) < ENOUGH:
        raise NotAReport("neither the title nor the sections nor the tables of an annual report")


def _structure(blocks: Sequence[Block], whole: str) -> int:
    """Weight of the statutory sections and tables."""
    headings = "\n".join(
        fold(block.text[:40])
        for block in blocks
        if isinstance(block, Paragraph)
        and (block.text[0] in "一二三四五六（(" or (len(block.text) < 60 and not block.text.endswith("。")))
    )
    headings = headings.replace("的", "")  # 行政诉讼的情况
    sections = sum(word in headings for word in SECTIONS)
    proper = any(word in headings for word in PROPER_SECTIONS)
    tables = sum(weight for words, weight in TABLES if all(word in whole for word in words))
    return tables + (3 if sections >= 3 and proper else 0)


def _whole(blocks: Sequence[Block]) -> str:
    """All words of the blocks, without white space, in simplified characters."""
    return simplify("".join("".join(map(_words, blocks)).split()))


def _words(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else "".join(map("".join, block.rows))


def _numbers(blocks: Sequence[Block]) -> int:
    """How many cells of the tables hold a number."""
    return sum(
        cell.isdecimal() for block in blocks if isinstance(block, Grid) for row in block.rows for cell in row
    )


def _is_listing(blocks: Sequence[Block], of_bodies: bool = False) -> bool:
    """Whether the blocks name several reports; or those of several bodies."""
    cells = [fold(cell) for block in blocks if isinstance(block, Grid) for row in block.rows for cell in row]
    lines = [text for text in (*map(fold, map(_words, blocks)), *cells) if len(text) <= 80]
    naming = [text for text in lines if re.search(r"信息公开.{0,10}(?:年报|报告)", text) and read_years(text)]
    if of_bodies:
        naming = [title.body for text in naming if (title := read_title(text)) and title.body]
    return len(set(naming)) >= 4


def _says_something(document: Document, header: Header, text: str) -> bool:
    """Whether there is a report below its title: a file, a picture, or under a metadata header a sentence on openness.

    A date alone is no report: portals announce one, and put its text in later or never.
    """
    if document.attachments or document.unread:
        return True
    headed = any((header.index_number, header.published_on, header.written_on, header.document_number))
    return headed and bool(SENTENCE.search(text))


def _lookalike(own: Title | None, titles: Sequence[Title], document: Document, header: Header) -> str | None:
    """What other kind of document the page's titles name."""
    if own and INSTITUTION.search(own.body) and not re.search("政[府务]信息", fold(own.text)):
        return "the report of an enterprise or institution"
    named = [title.text for title in titles if title.year or is_body(title.body)]
    lines = [own.text, *_set_off_below(own, document)] if own else named or _headlines(document, header)
    names = [fold(line) for line in lines]
    return next(
        (why for words, why in _lookalikes() for name in names if any(word in name for word in words)), None
    )


def _set_off_below(title: Title, document: Document) -> list[str]:
    """The line that the markup sets off below the title, just above the text, if there is one.

    A title in a list beside the text is the page's own too, and that line tells better what the text is.
    """
    front = [block for block in document.front if isinstance(block, Paragraph)]
    name = fold(title.text)
    printed = [place for place, block in enumerate(front) if fold(block.text) in name]
    below = max(printed, default=len(front) if name in fold(document.title) else 0)
    return [block.text for block in front[below:] if block.heading][-1:]


def _is_of_part(line: str) -> bool:
    """Whether a title speaks of a part of the year: such reports may use the same form."""
    return "信息公开" in fold(line) and bool(PART_OF_YEAR.search(fold(line)))


def _is_notice(line: str) -> bool:
    return "信息公开" in fold(line) and bool(NOTICE.search(fold(line)))


def _headlines(document: Document, header: Header) -> list[str]:
    """Lines that can be the title of the page: what its metas, its markup and its place before the body say."""
    front = [block for block in document.front if isinstance(block, Paragraph) and len(block.text) <= 60]
    printed = [block.text for block in front if block.heading] or [block.text for block in front[-3:]]
    first = [
        block.text
        for block in document.body[:2]
        if isinstance(block, Paragraph) and len(block.text) <= 60 and not read_heading(block.text)
    ]
    return [header.title or "", *SEPARATORS.split(document.title[: 4 * LONGEST]), *printed, *first]


@cache
def _lookalikes() -> tuple[tuple[tuple[str, ...], str], ...]:
    return tuple((tuple(entry["words"]), entry["reason"]) for entry in read_toml("lookalikes")["lookalike"])


def _year(titles: Sequence[Title], document: Document, header: Header) -> int | None:
    for title in titles:
        if title.year:
            return title.year
    paragraphs = [block.text for block in document.body if isinstance(block, Paragraph)]
    paths = [
        block.text for block in document.front if isinstance(block, Paragraph) and PATH.search(block.text)
    ]
    return (
        read_year(header.title or "")
        or year_of_text(paragraphs)
        or next((year for path in paths if (year := read_year(path))), None)
        or next((year for attached in document.attachments if (year := read_year(attached.name))), None)
    )


def classify(body: bytes, content_type: str, url: str) -> str:
    """What a fetched page is, for the crawler: "report", "listing" or "neither".

    A look at the raw page only: `recognise` has the last word on what is called a report here. A PDF or DOCX is called
    one, since nothing but reading it whole can tell.
    """
    if body.startswith(b"%PDF-") or (body.startswith(b"PK") and b"word/document.xml" in body):
        return "report"
    try:
        if answer := as_page(body, content_type):
            body, content_type = answer, "text/html; charset=utf-8"
        _, written, _ = decode_to_utf8(without_inline_pictures(body), content_type)
        page = show_tree(written)
    except ValueError:  # an UnreadableDocument among them
        return "neither"
    rows = _anchors(page)
    titles = [title for line in _page_headlines(page) if (title := read_title(line))]
    whole = etree.tostring(page, method="text", encoding="unicode")
    for element in page.iter("script", "style"):
        whole = whole.replace(element.text or "", "", 1)
    whole = fold(whole)
    if all(word in whole for word in TABLES[0][0]) or sum(word in whole for word in STATUTORY_HEADINGS) >= 3:
        return "report"
    if len(rows) >= 3 or (rows and not titles) or b"<datastore" in body:
        return "listing"
    if any(title.own and title.year for title in titles):
        return "report"
    return "neither"


def _page_headlines(page: etree._Element) -> list[str]:
    """The lines that name a page: its metas, headings and title."""
    metas = [
        meta.get("content", "")
        for meta in page.iter("meta")
        if meta.get("name", "").lower() == "articletitle"
    ]
    headings = [text_of(element) for element in page.iter("h1", "h2", "h3")]
    return [line.strip() for line in [*metas, *headings, page.findtext(".//title") or ""] if line.strip()]


def _anchors(page: etree._Element) -> set[str]:
    """The texts of links to annual reports."""
    texts = (anchor.get("title") or text_of(anchor) for anchor in page.iter("a"))
    return {text for text in texts if (title := read_title(text)) and title.own and title.year}
