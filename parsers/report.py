"""The record: one body's annual report for one year, as read from one page. Everything else follows from here.

Names and shapes are public vocabulary (JSON lines, SQLite columns): they are added to and never renamed.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

JSON = dict[str, object]


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
    published_on: str | None = None  # 公开日期, ISO
    written_on: str | None = None  # 成文日期, ISO
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

    url: str
    name: str
    media_type: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the record was read: the evidence. What only a crawl knows is None for a single page."""

    url: str  # final address, or the file
    encoding: str | None
    media_type: str
    body_sha256: str
    portal: str | None = None  # id in the registry
    family: str | None = None
    requested_url: str | None = None
    fetched_at: str | None = None  # UTC, ISO
    status: int | None = None
    archive: str | None = None  # "<file>#<offset>" of the archived response


@dataclass(frozen=True, slots=True)
class Report:
    """One body's report for one year."""

    report_id: str
    fingerprint: str
    issuer: str
    issuer_code: str | None
    region_code: str | None
    year: int
    title: str
    template: str  # "2021", "2019", "2014" or "none": from the tables' own labels, never from the year
    period_start: str | None
    period_end: str | None
    header: Header
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    unread: tuple[Unread, ...]
    checks: tuple[Check, ...]
    mentions: tuple[Mention, ...]
    attachments: tuple[Attachment, ...]
    source: Source


def to_line(report: Report) -> str:
    """The public record as one line of the export, without the line feed."""
    return json.dumps(report, ensure_ascii=False, default=_object)


def to_json(report: Report) -> JSON:
    """The public record as plain objects and arrays."""
    record: JSON = json.loads(to_line(report))
    return record


def _object(value: object) -> JSON:
    kind: Any = type(value)
    return _object_maker(kind)(value)


@cache
def _object_maker(kind: Any) -> Callable[[Any], JSON]:
    """What makes objects of values of this type; written as dataclasses writes its methods, since a report has some 300
    such values, and getattr() in a loop takes three times as long."""
    make: Callable[[Any], JSON] = dict
    if not issubclass(kind, Mapping):
        fields = ", ".join(f"{name!r}: value.{name}" for name in _types(kind))
        make = eval(f"lambda value: {{{fields}}}")
    return make


def from_json(record: object) -> Report:
    """The report that a line of the export tells.

    Raises ValueError naming the field, when one is missing, unknown or of another type.
    """
    try:
        report = _read(Report, record)
    except ValueError as error:
        raise ValueError(f"record{error}") from None
    assert isinstance(report, Report)
    return report


def _read(kind: Any, value: object) -> object:
    """The value as the type that the dataclass states: dataclass, tuple[X, ...], Mapping, X | None, or plain.

    Raises ValueError ".field[3].name: what is wrong".
    """
    plain = _plain_types(kind)
    if type(value) in plain:
        return _text(value) if isinstance(value, str) else value
    if plain:
        raise ValueError(f": {_shown(value)} instead of {' or '.join(one.__name__ for one in plain)}")
    if is_dataclass(kind):
        return _read_dataclass(kind, value)
    if get_origin(kind) is tuple and isinstance(value, list):
        return tuple(_read_element(get_args(kind)[0], one, place) for place, one in enumerate(value))
    if get_origin(kind) is Mapping and isinstance(value, dict):
        return {_text(key): _read(str, one) for key, one in value.items()}
    raise ValueError(
        f": {_shown(value)} instead of {'an array' if get_origin(kind) is tuple else 'an object'}"
    )


def _read_element(kind: Any, value: object, place: int) -> object:
    try:
        return _read(kind, value)
    except ValueError as error:
        raise ValueError(f"[{place}]{error}") from None


def _read_dataclass(kind: Any, value: object) -> object:
    if not isinstance(value, dict):
        raise ValueError(f": {_shown(value)} instead of an object")
    types = _types(kind)
    if value.keys() != types.keys():
        missing = [f".{name}: missing" for name in types if name not in value]
        unknown = [f".{name}: unknown" for name in value if name not in types]
        raise ValueError("; ".join(missing + unknown))
    fields = []
    for name, type_ in types.items():
        try:
            fields.append(_read(type_, value[name]))
        except ValueError as error:
            raise ValueError(f".{name}{error}") from None
    return kind(*fields)


@cache
def _types(kind: Any) -> dict[str, Any]:
    """The type of each field, in the order of the record."""
    return get_type_hints(kind)


@cache
def _plain_types(kind: Any) -> tuple[type, ...]:
    """str | None → str, NoneType; empty for what is built of others."""
    members = get_args(kind) if isinstance(kind, UnionType) else (kind,)
    return members if all(one in (str, int, float, bool, NoneType) for one in members) else ()


def _text(value: str) -> str:
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValueError(": half a character (an unpaired surrogate)") from None
    return value


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 40 else shown[:39] + "…"
