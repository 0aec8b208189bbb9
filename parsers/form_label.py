"""A label of a statutory table as printed → the words that the form knows it by.

Publishers change a label's numbering, spacing, punctuation, quotation marks and brackets, print it in Traditional
characters or put the year into it; its words stay.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from parsers.characters import narrow, simplify, squeeze


class FormLabel(NamedTuple):
    """One printed label, taken apart."""

    words: str  # "采购总金额": simplified, without numbering, brackets, punctuation, white space
    number: str  # "七" of （七）总计; "" when none is printed
    unit: str  # "万元" of 采购总金额（万元）; "" when none is printed


_HAN = "一二三四五六七八九十"
_NUMBER = re.compile(
    rf"\(([{_HAN}]{{1,3}}|\d{{1,2}})\)[、.]?|([{_HAN}]{{1,3}}|\d{{1,2}})[、.:,)]+|([①-⑳⑴-⒇⒈-⒛㈠-㈩])|[)、.]+"
    r"|(\d{1,2})(?=[\u3400-\u9fff])"  # 1 属于国家秘密
)
_BRACKETS = re.compile(r"[(\[][^()\[\]]*(?:[)\]]|$)")
_UNIT = re.compile(r"[(\[:,](?:单位:?)?((?:[百千万亿]?元)|件|条|项|个|次|人次|人|篇)[)\]]$")
_YEAR = re.compile(r"(?:本年度?)?20\d\d年度?|本年度")
_PUNCTUATION = re.compile(r"[^\w]|_")
_ENCLOSED = (
    {chr(0x2460 + i): str(i + 1) for i in range(20)}  # ①
    | {chr(0x2474 + i): str(i + 1) for i in range(20)}  # ⑴
    | {chr(0x2488 + i): str(i + 1) for i in range(20)}  # ⒈
    | {chr(0x3220 + i): _HAN[i] for i in range(10)}  # ㈠
)


@lru_cache(maxsize=1024)
def read_label(text: str) -> FormLabel:
    """The label's words, number and unit.

    >>> read_label("3、危及“三安全 一稳定”")
    FormLabel(words='危及三安全一稳定', number='3', unit='')
    >>> read_label("1 属于国家秘密").words
    '属于国家秘密'
    >>> read_label("采购总金额(万元)")
    FormLabel(words='采购总金额', number='', unit='万元')
    >>> read_label("本年（2023）制发件数").words, read_label("（七）總計")
    ('本年制发件数', FormLabel(words='总计', number='七', unit=''))
    """
    number, folded = _numbered(text)
    printed = _UNIT.search(folded)
    words = folded
    while (shorter := _BRACKETS.sub("", words)) != words:
        words = shorter
    return FormLabel(
        words=_PUNCTUATION.sub("", words),
        number=number,
        unit=printed[1] if printed else "",
    )


def whole_words(text: str) -> str:
    """The words with those in brackets, which may be what tells one row from another.

    >>> whole_words("2.行政诉讼（复议后起诉）")
    '行政诉讼复议后起诉'
    """
    return _PUNCTUATION.sub("", _numbered(text)[1])


def fold_label(text: str) -> str:
    """The label without white space, in simplified characters, with the form's word for the year."""
    return _YEAR.sub("本年", squeeze(simplify(narrow(text))).replace("其它", "其他"))


def _numbered(text: str) -> tuple[str, str]:
    """The label's number, and the rest of it."""
    folded = fold_label(text)
    if numbered := _NUMBER.match(folded):
        number = numbered[1] or numbered[2] or numbered[4] or _ENCLOSED.get(numbered[3] or "", "")
        return number, folded[numbered.end() :]
    return "", folded
