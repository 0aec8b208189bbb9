"""Is a page an annual report, whose, and for which year? By the title, the statutory sections and the statutory tables."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import lxml.html
from lxml import etree

from parsers.blocks import Block, Document, Paragraph
from parsers.characters import fold
from parsers.decode import decode
from parsers.issuer import read_issuer
from parsers.report import Header, NotAReport
from parsers.title import Title, read_title, read_titles
from parsers.year import read_year, read_years, year_of_text

ENOUGH = 3  # weight of evidence from which on a page is a report
SECTIONS = ("总体情况", "主动公开", "收到和处理", "行政复议", "存在的", "其他需要报告")
HEADINGS = (
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请",
    "存在的主要问题",
    "其他需要报告的事项",
    "总体情况",
)
TABLES = {
    "requests": ("本年新收", "结转下年度"),
    "litigation": ("未经复议直接起诉", "复议后起诉"),
    "disclosure": ("第二十条第", "信息内容"),
}
ERROR = re.compile(
    r"404|403forbidden|notfound|页面不存在|网页不存在|找不到(?:该|您|页)|无法找到|已(?:被)?删除|不存在或已|访问被拦截|请求被拦截|禁止访问|安全验证|"
    r"人机验证|正在跳转|正在验证|checkingyourbrowser|enablejavascript|开启javascript|服务器错误|系统维护|拒绝访问"
)
PATH = re.compile(r"[>＞»]")  # a breadcrumb
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
    title = titles[0] if titles else None
    issuer = read_issuer(titles, document, header, place)
    if not issuer:
        raise NotAReport("nothing on the page names the reporting body")
    year = _year(titles, document, header)
    if not year:
        raise NotAReport("nothing on the page tells the year reported on")
    return Subject(issuer, year, title.text if title else header.title or "")


def _refuse(document: Document, titles: Sequence[Title], header: Header) -> None:
    text = "".join(_texts(document.body))
    weight, structure = 0, _structure(document.body)
    own = next((title for title in titles if title.own), None)
    name = fold(own.text if own else titles[0].text if titles else header.title or document.title)
    reason = _lookalike(name)
    if reason and (not own or structure < 2 * ENOUGH):
        raise NotAReport(reason)
    if not text and not own:
        raise NotAReport("an empty page")
    if ERROR.search(fold(document.title + text[:THIN])) and len(text) < 2 * THIN and structure < ENOUGH:
        raise NotAReport("an error or challenge page")
    if structure < ENOUGH and _is_listing(document.body):
        raise NotAReport("a listing of reports")
    if own and structure < ENOUGH and len(read_years(own.text)) > 1 and not own.year:
        raise NotAReport("a title of several years: not one report")
    if (
        own
        and len(text) < THIN
        and not (document.attachments or document.unread or _has_header(header, document))
    ):
        raise NotAReport("a title without a report: no text, no attachment")
    weight += structure
    weight += 3 if own else 1 if titles else 0
    weight += (
        1
        if re.search("年报|年度报告", (header.catalogue or "") + document.metas.get("columnname", ""))
        else 0
    )
    if weight < ENOUGH:
        raise NotAReport("neither the title nor the sections nor the tables of an annual report")


def _structure(blocks: Sequence[Block]) -> int:
    """Weight of the statutory sections and tables."""
    texts = _texts(blocks)
    sections = sum(
        any(word in text[:24] for text in texts if len(text) < 60 or text[:1] in "一二三四五六(")
        for word in SECTIONS
    )
    whole = "".join(texts)
    tables = [all(word in whole for word in words) for words in TABLES.values()]
    return (3 if sections >= 3 else 0) + 2 * sum(tables) + (2 if tables[0] else 0)


def _texts(blocks: Sequence[Block]) -> list[str]:
    return [
        fold(block.text if isinstance(block, Paragraph) else "".join("".join(row) for row in block.rows))
        for block in blocks
    ]


def _is_listing(blocks: Sequence[Block]) -> bool:
    lines = [text for text in _texts(blocks) if len(text) <= 80]
    naming = [text for text in lines if re.search(r"信息公开.{0,10}(?:年报|报告)", text)]
    return len(set(naming)) >= 4


def _has_header(header: Header, document: Document) -> bool:
    printed = (
        header.index_number,
        header.issued_by,
        header.published_on,
        header.written_on,
        header.document_number,
    )
    return sum(value is not None for value in printed) >= 2


def _lookalike(title: str) -> str | None:
    return next((reason for words, reason in _lookalikes() if any(word in title for word in words)), None)


@cache
def _lookalikes() -> tuple[tuple[tuple[str, ...], str], ...]:
    with (files("parsers") / "data" / "lookalikes.toml").open("rb") as file:
        return tuple((tuple(entry["words"]), entry["reason"]) for entry in tomllib.load(file)["lookalike"])


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
    )


def classify(body: bytes, content_type: str, url: str) -> str:
    """What a fetched page is, for the crawler: "report", "listing" or "neither".

    A look at the raw page only: `recognise` has the last word on what is called a report here. A PDF or DOCX is called
    one, since nothing but reading it whole can tell.
    """
    if body.startswith(b"%PDF-") or (body.startswith(b"PK") and b"word/document.xml" in body):
        return "report"
    text, _encoding = decode(body, content_type)
    try:
        page = lxml.html.document_fromstring(text)
    except (etree.LxmlError, ValueError):
        return "neither"
    rows = _anchors(page)
    titles = [title for line in _headlines(page) if (title := read_title(line))]
    etree.strip_elements(page, "script", "style", with_tail=False)
    whole = fold(etree.tostring(page, method="text", encoding="unicode"))
    if all(word in whole for word in TABLES["requests"]) or sum(word in whole for word in HEADINGS) >= 3:
        return "report"
    if len(rows) >= 3 or (rows and not titles) or b"<datastore" in body:
        return "listing"
    if any(title.own and title.year for title in titles) and not _lookalike(fold(titles[0].text)):
        return "report"
    return "neither"


def _headlines(page: lxml.html.HtmlElement) -> list[str]:
    """The lines that name a page: its metas, headings and title."""
    metas = [
        meta.get("content", "")
        for meta in page.iter("meta")
        if meta.get("name", "").lower() == "articletitle"
    ]
    headings = [element.text_content() for element in page.iter("h1", "h2", "h3")]
    return [line.strip() for line in [*metas, *headings, page.findtext(".//title") or ""] if line.strip()]


def _anchors(page: lxml.html.HtmlElement) -> set[str]:
    """The texts of links to annual reports."""
    texts = (anchor.get("title") or anchor.text_content() for anchor in page.iter("a"))
    return {text for text in texts if (title := read_title(text)) and title.own and title.year}
