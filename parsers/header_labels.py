"""The words of header.toml: which field of the metadata header a printed label names."""

import re
from dataclasses import dataclass, fields
from functools import cache, lru_cache

from parsers.characters import fold
from parsers.data_files import read_toml
from parsers.report import Header

FIELDS = tuple(field.name for field in fields(Header) if field.name != "other")
DATES = ("published_on", "written_on")
# What only a metadata header prints; the other labels are also words of navigation, and count beside one of these only.
TELLING = frozenset(
    ("index_number", "document_number", "issued_by", "published_on", "written_on", "disclosure_method")
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a label names: a field, or "other", or "ignored"."""

    field: str
    fallback: bool = False  # read only where no proper label of the field has a value


PATH = Label("ignored")
# 您当前所在的位置, 您现在的位置是, which sites put in many words
PLACE_IN_SITE = re.compile(r"^(?:[您你]|当前|目前|现在|所在).{0,8}(?:位置|栏目|页面)[是为在]?$")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """header.toml, by the questions that its readers ask."""

    labels: dict[str, Label]
    json: dict[str, tuple[str, ...]]  # field → keys, the best first
    metas: dict[str, tuple[str, ...]]  # field → names of <meta>
    nothing: frozenset[str]
    methods: frozenset[str]  # 主动公开 …: values of 公开方式 printed without it
    buttons: frozenset[str]


@lru_cache(maxsize=1024)  # the words of a portal's navigation come again on each of its pages
def find_label(text: str) -> Label | None:
    """What the text names, when it is a label and nothing else.

    >>> find_label("索　引 號：").field, find_label("来源").fallback, find_label("本局索引号")
    ('index_number', True, None)
    """
    label = fold(text).strip(":[]<>()·•*-●■◆▪")
    return vocabulary().labels.get(label) or (PATH if PLACE_IN_SITE.search(label) else None)


@cache
def vocabulary() -> Vocabulary:
    data = read_toml("header")
    labels: dict[str, Label] = {}
    for field in (*FIELDS, "other", "ignored"):
        labels |= {word: Label(field) for word in data[field]["labels"]}
        labels |= {word: Label(field, fallback=True) for word in data[field].get("fallback", [])}
    values = data["values"]
    return Vocabulary(
        labels=labels,
        json={field: tuple(data[field].get("json", ())) for field in FIELDS},
        metas={field: tuple(data[field].get("metas", ())) for field in FIELDS},
        nothing=frozenset(values["nothing"]),
        methods=frozenset(values["disclosure_method"]),
        buttons=frozenset(values["buttons"]),
    )
