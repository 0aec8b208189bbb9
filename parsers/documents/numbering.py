"""The numbers that Word prints before numbered paragraphs and does not keep in their text: 一、 and （一） of headings."""

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml import etree

from parsers.documents.stream import has_outline_mark

_CHINESE = re.compile("(?:chinese|japanese|korean|taiwanese)Counting(?:Thousand)?|.+Digital(?:TenThousand)?")
_DIGITS = "零一二三四五六七八九"
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str  # "chineseCounting", "decimal"
    text: str  # "（%2）"


def print_numbers(root: etree._Element, numbering: etree._Element, styles: etree._Element | None) -> None:
    """Write the numbers into the document, as the first run of their paragraphs."""
    lists = _lists(numbering)
    by_style = _numbers_of_styles(styles) if styles is not None else {}
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0] * _LEVELS)  # by abstract list
    for paragraph in root.iter("{*}p"):
        properties = paragraph.find("{*}pPr")
        number, level = _number_of(properties, by_style) if properties is not None else ("", 0)
        if number not in lists or not _has_text(paragraph):
            continue
        abstract, levels = lists[number]
        if level not in levels or next(paragraph.iterancestors("{*}Fallback"), None) is not None:
            continue
        count = counts[abstract]
        count[level] = count[level] + 1 if count[level] else levels[level].start
        count[level + 1 :] = [0] * (_LEVELS - level - 1)
        printed = _printed(levels, level, count)
        text = "".join(text.text or "" for text in paragraph.iter("{*}t"))
        # of labels, which are known without it
        in_table = next(paragraph.iterancestors("{*}tc"), None) is not None
        if printed and not in_table and not has_outline_mark(text.strip()):
            _put(paragraph, properties, printed)


def _lists(numbering: etree._Element) -> dict[str, tuple[str, dict[int, _Level]]]:
    abstracts = {
        value_of(abstract, "abstractNumId"): {
            int(value_of(level, "ilvl") or 0): _Level(
                start=_integer(level.find("{*}start"), 1),
                form=value_of(level.find("{*}numFmt")),
                text=value_of(level.find("{*}lvlText")),
            )
            for level in abstract.iterchildren("{*}lvl")
            if (value_of(level, "ilvl") or "0") in "012345678"
        }
        for abstract in numbering.iterchildren("{*}abstractNum")
    }
    found = {}
    for number in numbering.iterchildren("{*}num"):
        abstract = value_of(number.find("{*}abstractNumId"))
        if abstract in abstracts:
            found[value_of(number, "numId")] = abstract, abstracts[abstract]
    return found


def _numbers_of_styles(styles: etree._Element) -> dict[str, tuple[str, int]]:
    found = {}
    for style in styles.iterchildren("{*}style"):
        properties = style.find("{*}pPr/{*}numPr")
        if properties is not None:
            found[value_of(style, "styleId")] = _pair(properties)
    return found


def _number_of(properties: etree._Element, by_style: dict[str, tuple[str, int]]) -> tuple[str, int]:
    own = properties.find("{*}numPr")
    if own is not None:
        return _pair(own)
    style = properties.find("{*}pStyle")
    return by_style.get(value_of(style), ("", 0))


def _pair(properties: etree._Element) -> tuple[str, int]:
    return value_of(properties.find("{*}numId")), min(_integer(properties.find("{*}ilvl"), 0), _LEVELS - 1)


def _printed(levels: dict[int, _Level], level: int, count: list[int]) -> str:
    """The number as it is printed; "" for bullets, letters and whatever else is no number of a report's heading."""
    text = levels[level].text
    if not _CHINESE.fullmatch(levels[level].form) and levels[level].form != "decimal":
        return ""
    for place, outer in levels.items():
        if f"%{place + 1}" in text:
            chinese = _CHINESE.fullmatch(outer.form)
            text = text.replace(f"%{place + 1}", _chinese(count[place]) if chinese else str(count[place]))
    return text


def _chinese(number: int) -> str:
    """The numeral up to ninety-nine.

    >>> _chinese(3), _chinese(10), _chinese(12), _chinese(20)
    ('三', '十', '十二', '二十')
    """
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    return (
        ("" if tens < 2 else _DIGITS[tens])
        + ("十" if tens else "")
        + (_DIGITS[ones] if ones or not tens else "")
    )


def _has_text(paragraph: etree._Element) -> bool:
    return any((text.text or "").strip() for text in paragraph.iter("{*}t"))


def _put(paragraph: etree._Element, properties: etree._Element | None, printed: str) -> None:
    namespace = etree.QName(paragraph).namespace
    prefix = f"{{{namespace}}}" if namespace else ""
    run = etree.Element(f"{prefix}r")
    etree.SubElement(run, f"{prefix}t").text = printed
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, run)


def _integer(element: etree._Element | None, default: int) -> int:
    text = value_of(element)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else default


def value_of(element: etree._Element | None, name: str = "val") -> str:
    """An attribute by its local name."""
    if element is None:
        return ""
    found = (str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name)
    return next(found, "")
