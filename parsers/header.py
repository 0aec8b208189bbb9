"""The metadata header of a page: label and value pairs → Header."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache

from parsers.blocks import Block, Document, Paragraph
from parsers.characters import narrow, simplify, squeeze
from parsers.dates import from_timestamp, read_date
from parsers.header_labels import DATES, FIELDS, Label, vocabulary
from parsers.header_marks import fits
from parsers.header_pairs import Pair, read_pairs
from parsers.report import Header

# 〔〕号, 某政办〔2021〕号: the number was never filled in
NUMBER_TEMPLATE = re.compile(r"(?:\D{0,12}\[(?:\d{4})?\])?第?号")
# admin, 本站, 本网: whoever posted the page, and no body
NOBODY = re.compile(r"[^\u3400-\u9fff]*|本(?:网站?|站)(?:原创)?(?:稿件?)?")
BARE_DATE = re.compile(
    r"[\[【(（]?\d{4}([-/.])\d{1,2}\1\d{1,2}(?: ?\d{1,2}:\d{2}(?::\d{2})?)?[\]】)）]?"
    r"(?:[ |]*[\[【]?(?:打印|关闭|分享|收藏|字[号体]|[大中小])[：:]?(?:本[页文]|窗口)?[\]】]?)*"  # and the page's tools
)
SITE_DATE = re.compile(r"(?:www\.|https?://)\S+\s+(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)")
LINES_BELOW_TITLE = 4
NEAREST = 1000  # blocks before the body among which the header stands; what is farther is navigation
NEAREST_BELOW = 60  # blocks behind the body, where some portals print it
FEWEST_BELOW = 2  # fields of a header there that has no index number
DEEPEST = 6  # levels of an embedded record that are searched


def read_header(document: Document) -> Header:
    """What the page prints; where it prints nothing for a field, what a script's record or a <meta> says.

    `issued_by` falls back to the source of the text (来源, then <meta name="ContentSource">), because four pages in
    five print no publisher at all; what is printed as 来源 stays in `other` as well. A date that no calendar has is
    None, and stays in `other` as printed; so does a second value of a field that differs from the first.
    """
    above = pairs = read_pairs(document.front[-NEAREST:])
    below = read_pairs(document.back[:NEAREST_BELOW])
    is_headed = _is_headed(below) and not _of_fields(above)
    if is_headed or (_has_index_number(below) and not _has_index_number(above)):
        pairs = (*above, *below)
    record = _record(document.embedded)
    values: dict[str, str | None] = {}
    for field in FIELDS:
        printed = [
            pair
            for pair in pairs
            if pair.name
            and pair.name.field == field
            and not _means_nothing(pair.value)
            and _may_be(pair.name, pair.value)
        ]
        values[field] = (
            next(_read(field, printed), None)
            if printed
            else next(_recorded(field, record), None) or next(_in_metas(field, document.metas), None)
        )
    if not any(pair.name and pair.name.field == "published_on" for pair in pairs):
        taken = {pair.block - len(document.front[-NEAREST:]) for pair in above}
        values["published_on"] = _bare_date(document.front, taken) or values["published_on"]
    return Header(**values, other=_other(pairs, values))


def _has_index_number(pairs: Sequence[Pair]) -> bool:
    return any(pair.name and pair.name.field == "index_number" for pair in pairs)


def _is_headed(pairs: Sequence[Pair]) -> bool:
    """Whether a header without an index number stands right below the text: several fields, and each once. A list of
    other documents has its own title above it, or the same fields again."""
    found = _of_fields(pairs)
    fields = {pair.name for pair in found}
    return FEWEST_BELOW <= len(fields) == len(found) and found[0].block == 0


def _of_fields(pairs: Sequence[Pair]) -> list[Pair]:
    """Those with a field's own label."""
    return [pair for pair in pairs if pair.name and pair.name.field in FIELDS and not pair.name.fallback]


def _may_be(name: Label, value: str) -> bool:
    """公开形式 is either the mode of disclosure or the place where it is made: 网站, 公示栏; a publisher has a name."""
    if name.field == "issued_by":
        return not NOBODY.fullmatch(squeeze(value))
    return not (name.fallback and name.field == "disclosure_method") or fits(name, value)


def _bare_date(front: Sequence[Block], taken: Set[int]) -> str | None:
    """A date without a label below the title; one in words (2024年1月26日) is that of the text, but for one that
    stands behind the site's address: 某市政府门户网站 www.example.gov.cn 2024年1月26日.

    `taken`: blocks, counted from the end, that hold the value of a label.
    """
    near = front[-LINES_BELOW_TITLE:]
    for place, block in enumerate(near, -len(near)):
        if not isinstance(block, Paragraph):
            continue
        if place not in taken and BARE_DATE.fullmatch(block.text):
            return read_date(block.text)
        if found := SITE_DATE.search(block.text):
            return read_date(found[1])
    return None


def _read(field: str, printed: list[Pair]) -> Iterator[str]:
    for pair in sorted(printed, key=lambda pair: pair.name is not None and pair.name.fallback):
        if value := _value(field, pair.value):
            yield value


def _value(field: str, text: str) -> str | None:
    """The value as the record keeps it, None for one that means nothing."""
    if _means_nothing(text):
        return None
    if field in DATES:
        return read_date(text)
    return squeeze(narrow(text)) if field == "index_number" else text


@lru_cache(maxsize=1024)  # asked of each value when it is read and again when the rest is listed
def _means_nothing(text: str) -> bool:
    key = simplify(squeeze(narrow(text)))
    return not key or key.lower() in vocabulary().nothing or bool(NUMBER_TEMPLATE.fullmatch(key))


def _other(pairs: tuple[Pair, ...], values: Mapping[str, str | None]) -> dict[str, str]:
    other: dict[str, str] = {}
    for pair in pairs:
        field = pair.name.field if pair.name else "other"
        if not pair.label or field == "ignored" or _means_nothing(pair.value):
            continue
        source = field == "issued_by" and pair.name is not None and pair.name.fallback
        if field == "other" or source or values[field] is None or _value(field, pair.value) != values[field]:
            other.setdefault(pair.label, pair.value)
    return other


def _recorded(field: str, record: Mapping[str, object]) -> Iterator[str]:
    for key in vocabulary().json[field]:
        value = record.get(key)
        if field in DATES and isinstance(value, int | float) and not isinstance(value, bool):
            day = from_timestamp(value) if value > 0 else None
        else:
            day = _value(field, value.strip()) if isinstance(value, str) else None
        if day:
            yield day


def _record(embedded: Mapping[str, object]) -> Mapping[str, object]:
    """The article's own record within the JSON of the page: the first that has at least two of the keys we know."""
    known = {key for keys in vocabulary().json.values() for key in keys}
    level: list[object] = [embedded]
    for _depth in range(DEEPEST):
        records = [item for item in level if isinstance(item, Mapping)]
        for record in records:
            if len(known & record.keys()) >= 2:
                return record
        level = [value for record in records for value in record.values()]
    return {}


def _in_metas(field: str, metas: Mapping[str, str]) -> Iterator[str]:
    for name in vocabulary().metas[field]:
        value = _value(field, metas.get(name, "").strip())
        if value:
            yield value
