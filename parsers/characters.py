"""Chinese as printed, folded for comparison: width, script and white space. What is kept for the user stays as printed."""

import re
import unicodedata
from functools import cache

from parsers.data_files import read_rows

# Full-width ASCII, the ideographic space and the signs that pages use in place of ASCII ones, one for one, so that
# positions in the folded text are positions in the printed one.
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | str.maketrans(
    "\u3000\u00a0〔〕﹝﹞【】︰∶︱│｜‐‑–—―−∕⁄", "  [][][]::|||------//"
)
NARROW_SIGNS = {chr(code): chr(plain) for code, plain in NARROW.items()}
WIDE = re.compile(f"[{''.join(map(re.escape, NARROW_SIGNS))}]")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")  # the number of a note
SHORT = 30  # characters: where translate is the faster way
FREQUENT = tuple((wide, NARROW_SIGNS[wide]) for wide in "，：（）；")  # most of those in prose
# White space and what prints as nothing: zero-width marks, soft hyphens, byte order marks, control characters.
BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x1f\x7f]+")


def narrow(text: str) -> str:
    """Full-width signs made half-width, character for character.

    >>> narrow("索引号：【２０２３】")
    '索引号:[2023]'
    """
    if text.isascii():
        return text
    if len(text) < SHORT:
        return text.translate(NARROW)
    for wide, plain in FREQUENT:
        text = text.replace(wide, plain)
    return WIDE.sub(lambda match: NARROW_SIGNS[match[0]], text)  # a tenth of the time that translate takes


def simplify(text: str) -> str:
    """Traditional characters made simplified, character for character; simplified text is left as it is.

    The gateways to Big5 of government sites turn words too: 信息 comes as 資訊, 答复 as 答覆.

    >>> simplify("索引號 發布機構 政府資訊公開")
    '索引号 发布机构 政府信息公开'
    """
    if not _any_traditional().search(text):
        return text
    return text.translate(_traditional()).replace("资讯", "信息").replace("答覆", "答复")


def with_traditional(characters: frozenset[str]) -> frozenset[str]:
    """These characters and all that `simplify` makes one of them.

    >>> "總" in with_traditional(frozenset("总"))
    True
    """
    return characters | frozenset(chr(code) for code, plain in _traditional().items() if plain in characters)


def squeeze(text: str) -> str:
    """The text without any white space or character that prints as nothing.

    >>> squeeze("索　引 号\u200b")
    '索引号'
    """
    return BLANK.sub("", text)


def fold(text: str) -> str:
    """All foldings at once: the key by which two printings of the same words are the same.

    >>> fold("政府信息公開　（２０２３年）") == fold("政府信息公开(2023年)")
    True
    """
    text = narrow("".join(text.split()))
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return squeeze(simplify(text))


@cache
def _traditional() -> dict[int, str]:
    return {ord(row["traditional"]): row["simplified"] for row in read_rows("traditional")}


@cache
def _any_traditional() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(chr, _traditional())) + "]")
