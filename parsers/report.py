"""The record: one body's annual report for one year, as read from one page. Everything else follows from here.

Names and shapes are public vocabulary (JSON lines, SQLite columns): they are added to and never renamed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec

JSON = dict[str, object]

# What a line must keep to, beyond its types: what the readers write, and what the database sorts and compares.
Named = Annotated[str, msgspec.Meta(pattern=r"\S")]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Moment = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?\+00:00$"
    ),
]
Year = Annotated[int, msgspec.Meta(ge=2000, le=2099)]
Template = Annotated[str, msgspec.Meta(pattern=r"^(\d{4}|none)$")]
BodyCode = Annotated[str, msgspec.Meta(pattern=r"^([0-9A-Z]{9}|[0-9A-Z]{18})$")]
RegionCode = Annotated[str, msgspec.Meta(pattern=r"^\d{6}$")]
Status = Annotated[int, msgspec.Meta(ge=100, le=599)]
# On the web, or a file's path; javascript: and the like would be a script where a link is made of it.
Address = Annotated[
    str, msgspec.Meta(pattern=r"^([Hh][Tt][Tt][Pp][Ss]?://|(?![\x00- ]*[A-Za-z][A-Za-z0-9+.-]*:)).*\S")
]
Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]


class NotAReport(ValueError):
    """The page is something else; the message says what, in words."""


class UnreadableDocument(ValueError):
    """The bytes cannot be read as the file type that they claim to be; the message says why."""


@dataclass(frozen=True, slots=True)
class Header:
    """The metadata header (索引号 …) that the portal prints above a document. None: empty, or not printed."""

    index_number: str | None = None  # 索引号, spaces dropped, full-width narrowed
    document_number: str | None = None  # 文号
    issued_by: str | None = None  # 发布机构, as printed: often the portal's office, not the reporting body
    published_on: Day | None = None  # 公开日期, ISO
    written_on: Day | None = None  # 成文日期, ISO
    topic: str | None = None  # 主题分类
    genre: str | None = None  # 体裁分类
    catalogue: str | None = None  # 信息分类, 组配分类
    disclosure_method: str | None = None  # 公开方式
    validity: str | None = None  # 有效性
    title: str | None = None  # 名称
    summary: str | None = None  # 内容概述
    keywords: str | None = None  # 主题词
    other: Mapping[str, str] = field(default_factory=dict)  # label as printed → value


@dataclass(frozen=True, slots=True)
class Section:
    """One section's own prose; tables and subsections have places of their own."""

    level: int  # 1 for 一、 and 2 for （一）
    number: str | None  # "一"; None for what stands before it
    key: str | None  # "overview"; "preamble" before 一、; None where the form has no such section
    title: str
    text: str  # paragraphs separated by "\n"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the body as a rectangle, spans expanded, text as printed."""

    section: str | None  # number of the level-1 section in which it stands
    caption: str | None
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of a statutory table."""

    table: str  # table id in the form: "requests"
    row: str  # "carried_in" (上年结转)
    column: str  # "natural" (自然人)
    value: int | float | None  # None: the cell is blank
    raw: str  # as printed
    unit: str  # "件", "万元": the unit of `value`


@dataclass(frozen=True, slots=True)
class Unread:
    """Text of a statutory table, or a whole document, that found no place in the form."""

    table: str | None
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """One relation of the form (勾稽关系), evaluated for one column, row or block. Never repaired."""

    rule: str  # "R1"
    table: str | None
    scope: str  # the column, row or block for which it holds
    left: int | float | None
    right: int | float | None
    passed: bool | None  # None: a term is blank


@dataclass(frozen=True, slots=True)
class Mention:
    """A number that the prose states, for comparison with the table."""

    key: str  # "requests.new_received.total"
    value: int | float
    quote: str
    section: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the page links to."""

    url: Address
    name: str
    media_type: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the record was read: the evidence. What only a crawl knows is None for a single page."""

    url: Address  # final address, or the file
    encoding: str | None
    media_type: Named
    body_sha256: Sha256
    portal: str | None = None  # id in the registry
    family: str | None = None
    requested_url: Address | None = None
    fetched_at: Moment | None = None  # UTC, ISO
    status: Status | None = None
    archive: str | None = None  # "<file>#<offset>" of the archived response


@dataclass(frozen=True, slots=True)
class Report:
    """One body's report for one year."""

    report_id: str
    fingerprint: str
    issuer: Named
    issuer_code: BodyCode | None
    region_code: RegionCode | None
    year: Year
    title: str
    template: Template  # "2021", "2019", "2014" or "none": from the tables' own labels, never from the year
    period_start: Day | None
    period_end: Day | None
    header: Header
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    unread: tuple[Unread, ...]
    checks: tuple[Check, ...]
    mentions: tuple[Mention, ...]
    attachments: tuple[Attachment, ...]
    source: Source


def to_line(report: Report) -> bytes:
    """The public record as one line of the export: JSON in UTF-8, without the line feed."""
    return msgspec.json.encode(report)


def to_json(report: Report) -> JSON:
    """The public record as plain objects and arrays."""
    record: JSON = msgspec.json.decode(to_line(report))
    return record


def from_line(line: bytes | str) -> Report:
    """The report that a line of the export tells.

    Raises ValueError when it is no JSON, or naming the field that is missing, unknown or of another type.
    """
    try:
        report = _LINES.decode(line)
        given = msgspec.json.decode(line)
    except msgspec.ValidationError as error:
        what, _, where = str(error).replace("`", "").partition(" - at $")
        what = re.sub(r"matching regex.*", "of the form that the JSON Schema gives", what)
        raise ValueError(f"record{where}: {what[0].lower()}{what[1:]}") from None
    except UnicodeError:
        raise ValueError("not UTF-8") from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from None
    if difference := _difference(given, to_json(report), "record"):
        raise ValueError(difference)
    return report


_LINES = msgspec.json.Decoder(Report)


def _difference(given: Any, known: Any, path: str) -> str:
    """Where a line says more, or less, than the report that was made of it: what nobody knows must not be lost silently."""
    if given == known:
        return ""
    if isinstance(given, dict):
        for name in known.keys() ^ given.keys():
            return f"{path}.{name}: {'unknown' if name in given else 'missing'}"
        parts = [(given[name], known[name], f"{path}.{name}") for name in given]
    else:
        pairs = zip(given, known, strict=True)
        parts = [(one, other, f"{path}[{place}]") for place, (one, other) in enumerate(pairs)]
    return next(filter(None, (_difference(*part) for part in parts)), "")
