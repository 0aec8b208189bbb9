"""Bytes → text. A label is a claim: it is believed only where the bytes agree with it."""

import codecs
import re
import unicodedata
from functools import lru_cache

import chardet

# What the labels in use mean. gb2312 and gbk are widened to the standard that contains them, because pages that
# claim the small set use characters of the large one. Labels that are missing here decide nothing.
CODECS = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "big5-hkscs": "big5",
    "x-x-big5": "big5",
    "cp950": "big5",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
# The characters that Chinese prose and navigation of offices cannot do without, in both scripts.
FREQUENT = frozenset(
    "的一是不了在有和人这中大为上个国以要到时年月日工作本市县区局部政府信息公开公告机关主动申请报告情况"
    "行发布内容第条法规及其他或与无部门服务新会地方全省委办事项理处成进网站首页数量各项民社生业建管"
    "這個國時縣區開機關動請報況發佈規與無門務項處進頁數業會為來們對學說後從現點過還問"
)
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LABEL = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
BOX_DRAWING = re.compile(r"[\u2500-\u257f]+")
NON_ASCII = re.compile(r"[^\x00-\x7f]+")
CHINESE = re.compile(r"[\u3400-\u9fff]+")
# Control characters and soft hyphens; zero-width and direction marks, variation selectors, noncharacters, surrogates.
CONTROL = "\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad"
ZERO_WIDTH = (
    "\ufdd0\ufdd3\ufdd7\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\ufe0f"
)
# The same as UTF-8 bytes, where looking for them costs half as much.
CONTROL_BYTES = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])
TWO_BYTE_CONTROL = re.compile(rb"\xc2[\x80-\x9f\xad]")
INVISIBLE = re.compile(
    f"[{CONTROL}{ZERO_WIDTH}\u061c\u180e\u2061-\u206f\ufe00-\ufe0e\ufff9-\ufffb\ufdd0-\ufdef\ud800-\udfff]"
)
# Signs that fonts put in the place of the characters which look the same: the radicals of Kangxi and the compatibility
# ideographs as Unicode tells them, and those of the supplement that are whole characters; 户 as in simplified script.
STAND_INS = {
    code: ord(plain)
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA))
    if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1
} | str.maketrans(
    "⼾⺟⺠⺬⻁⻃⻄⻅⻆⻇⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "户母民示虎西西见角角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
RADICAL = re.compile(rb"\xe2[\xba-\xbf]")  # as UTF-8
COMPATIBILITY_IDEOGRAPH = re.compile(rb"\xef[\xa4-\xab]")  # looked for by itself: ten times faster
# What shows that a text has to be looked at, in one look at each cell of a page; in a whole page the bytes tell it sooner.
UNREADABLE = re.compile(f"[{CONTROL}{ZERO_WIDTH}\u2e80-\u2fff\uf900-\ufaff]")
SURROGATE = re.compile(r"&#(?:x0*d[89a-f][0-9a-f]{2}|0*5[5-7]\d{3});", re.IGNORECASE)
SAMPLE = 1_000_000  # bytes that are looked at where bytes are damaged: a page that is all noise costs no more
REFERENCES = 200  # in a page whose characters are written as such
ENOUGH = 4000  # characters that are not ASCII, to tell whether a text reads as Chinese
GUESSED = 200_000  # bytes that the detector sees: it takes seconds for a megabyte


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The readable text, and the name of the encoding that fits the bytes.

    >>> decode("年报".encode("gbk"), "text/html; charset=utf-8")
    ('年报', 'gb18030')
    """
    text, _written, encoding = decode_to_utf8(body, content_type)
    return text, encoding


@lru_cache(maxsize=1)  # a crawl lists, recognises and reads one page after the other
def decode_to_utf8(body: bytes, content_type: str = "") -> tuple[str, bytes, str]:
    """The readable text, the same in UTF-8 (mostly the very bytes), and the encoding that fits."""
    if (text := _whole_utf8(body)) is not None:
        written, encoding = body, "utf-8"
    else:
        text, encoding = _decode(body, content_type)
        written = text.encode("utf-8", "surrogatepass")
    visible = _readable(text, written)
    return visible, written if visible is text else visible.encode(), encoding


def _whole_utf8(body: bytes) -> str | None:
    if body.startswith(tuple(mark for mark, _ in BYTE_ORDER_MARKS)) or _wide(body):
        return None
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def readable(text: str) -> str:
    """Without control, zero-width and direction characters; tabs and line breaks stay. Radicals are the characters
    that they look like.

    >>> readable("政\\u200b务\\x00⼯作")
    '政务工作'
    """
    return _readable(text, text.encode("utf-8", "surrogatepass")) if UNREADABLE.search(text) else text


def without_surrogates(markup: str) -> str:
    """Without references to halves of a pair of surrogates, of which libxml2 makes text that is no UTF-8 where it reads
    XML as best it can; those to a few rare characters near them go too.

    >>> without_surrogates("<a>&#xD800;&#57343;年报</a>")
    '<a>年报</a>'
    """
    return SURROGATE.sub("", markup)


def _readable(text: str, written: bytes) -> str:
    """`written`: the text as UTF-8."""
    if RADICAL.search(written) or COMPATIBILITY_IDEOGRAPH.search(written):
        text = text.translate(STAND_INS)
    has_control = len(written.translate(None, CONTROL_BYTES)) < len(written) or TWO_BYTE_CONTROL.search(
        written
    )
    if has_control or any(mark in text for mark in ZERO_WIDTH):
        return INVISIBLE.sub("", text)
    return text


def _decode(body: bytes, content_type: str) -> tuple[str, str]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace"), encoding
    if wide := _wide(body):
        return body.decode(wide, "replace"), wide
    if (text := _strict(body, "utf-8")) is not None:
        return text, "utf-8"
    if _damaged_at_most(_lenient(body[:SAMPLE], "utf-8"), 0.2):
        return _lenient(body, "utf-8"), "utf-8"
    candidates = dict.fromkeys([*_labelled(body, content_type), "gb18030", "big5"])
    for encoding in candidates:
        text = _strict(body, encoding)
        if text is not None and _reads_as_chinese(text):
            return text, encoding
    for encoding in candidates:
        text = _lenient(body[:SAMPLE], encoding)
        if _damaged_at_most(text, 0.02) and _reads_as_chinese(text):
            return _lenient(body, encoding), encoding
    if body.count(b"&#") > REFERENCES:  # the few other characters tell nothing
        for encoding in candidates:
            if (text := _strict(body, encoding)) is not None:
                return text, encoding
    return _guess(body)


def _wide(body: bytes) -> str | None:
    """UTF-16 without its mark: in markup, about every second byte is zero."""
    head = body[:2000]
    if head.count(0) <= len(head) / 8:
        return None
    return "utf-16-be" if head[0::2].count(0) > head[1::2].count(0) else "utf-16-le"


def _strict(body: bytes, encoding: str) -> str | None:
    """The text, or None if it is not in this encoding. A last character that was cut off is forgiven."""
    codec = _codec(encoding)
    try:
        return body.decode(codec)
    except UnicodeDecodeError as error:
        if error.start < len(body) - 3 or error.end < len(body):
            return None
        try:
            return body[: error.start].decode(codec)
        except UnicodeDecodeError:
            return None


def _lenient(body: bytes, encoding: str) -> str:
    return body.decode(_codec(encoding), "replace")


def _codec(encoding: str) -> str:
    return "big5hkscs" if encoding == "big5" else encoding


def _labelled(body: bytes, content_type: str) -> list[str]:
    """The codecs of the labels on the response and in the page, in this order."""
    labels = LABEL.findall(content_type.encode("ascii", "ignore"))
    if in_page := LABEL.search(body):
        labels.append(in_page[1])
    names = [label.decode("ascii").lower() for label in labels]
    return [CODECS[name] for name in names if name in CODECS]


def _damaged_at_most(text: str, share: float) -> bool:
    """Whether at most this share of what is not ASCII is damaged, and the rest is Chinese."""
    damaged = text.count("\ufffd")
    return damaged <= share * sum(map(len, CHINESE.findall(text)))


def _reads_as_chinese(text: str) -> bool:
    """Whether one in five of the characters that are not ASCII is a frequent one: misread bytes have hardly any. The
    lines of a table drawn with characters do not count."""
    sample = ""
    for run in NON_ASCII.finditer(text):
        sample += BOX_DRAWING.sub("", run[0])
        if len(sample) > ENOUGH:
            break
    chinese = "".join(CHINESE.findall(sample))
    return bool(chinese) and sum(map(FREQUENT.__contains__, chinese)) >= len(sample) / 8


def _guess(body: bytes) -> tuple[str, str]:
    """What the detector says; it must not see an ASCII head only, so that goes away first."""
    first = next((i for i, byte in enumerate(body) if byte > 0x7F), 0)
    encoding = chardet.detect(body[first : first + GUESSED])["encoding"] or "utf-8"
    try:
        return body.decode(encoding, "replace"), encoding.lower()
    except LookupError:
        return body.decode("utf-8", "replace"), "utf-8"
