"""The heading with which a paragraph begins, told by its number (一、 （一）) and by the titles of the statutory forms.

Publishers drop, repeat and restart the numbers, and glue the heading to its paragraph, so neither alone is enough.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from parsers.characters import simplify, with_traditional
from parsers.data_files import read_toml

DATA = read_toml("sections")
NOT_HEADINGS = tuple(DATA["not_headings"])

NUMERALS = "一二三四五六七八九十"
ENCLOSED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
SEPARATOR = r"[、.．,，:：\s]"
# The styles in which a heading is numbered, outermost first.
STYLES = {
    "part": re.compile(rf"第\s*([{NUMERALS}]{{1,3}})\s*(?:部分|章|节){SEPARATOR}*"),
    "comma": re.compile(rf"([{NUMERALS}]{{1,3}})\s*[、.．,，:：]{SEPARATOR}*|([{NUMERALS}]{{1,3}})\s+(?=\w)"),
    "lost": re.compile(r"()[、．]\s*(?=\w)"),
    "bracket": re.compile(
        rf"[（(]\s*([{NUMERALS}]{{1,3}})\s*[）)]?{SEPARATOR}*|([{NUMERALS}]{{0,3}})\s*[）)]{SEPARATOR}*(?=\w)(?![和及与的等])"
        rf"|([{ENCLOSED}]){SEPARATOR}*"
    ),
    "digit": re.compile(r"(\d{1,2})\s*(?:[、．]|\.(?!\d))\s*"),
}
ASIDE = re.compile(r"\s*[（(][^（()）。]{1,20}[)）]\s*")  # 总体情况（单位：件）
TWO_NUMBERS = re.compile(rf"[{NUMERALS}]+、[{NUMERALS}]+[个类级季月线期批次产项]")  # 三、四季度
BULLETS = "●■◆▪•○□▲★\uf06c\uf0b7\uf0d8"
# what bullets in the place of （一） （二） stand before
ASPECT = re.compile(
    r"(?:主动公开|依申请公开|(?:政府)?信息(?:公开)?管理|(?:政府)?(?:信息)?(?:公开)?平台建设|监督保障|(?:存在的?)?(?:主要)?问题|改进|下一步)"
    r"(?:政府信息)?(?:工作)?(?:情况|方面|措施|打算)?"
)
NUMBER_ALONE = re.compile(
    rf"第?(?P<numeral>[{NUMERALS}])(?:部分)?[、．.]?|(?:PART|NO)?[. ]*0?(?P<digits>\d)[、．.]?", re.IGNORECASE
)
TITLE_END = re.compile(r"[\u3400-\u9fff、]{1,12}(?:情况|情況|措施|安排|事项|事項|问题|問題|打算)")
# 主动公开政府信息的数量。2023年，…
GOES_ON = re.compile(r"(?:[及和与的]|数量|类别|范围|内容|形式|方式|渠道|途径)[^。，,]{0,20}。")
SENTENCE = re.compile(r"[。；;！!？?]")
PUNCTUATION = frozenset(' \u3000\u00a0、，,。.．：:；;（）()《》“”"')
LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """The beginning of a section, as one paragraph prints it."""

    style: str  # how it is numbered; "" for not at all
    number: str | None  # "一", whatever the style
    key: str | None
    title: str
    rest: str  # what is glued to the title
    statutory: bool  # the title is one of the form's, in full


@lru_cache(maxsize=1024)  # asked of each paragraph where the body is found, and again where it is split
def read_heading(text: str) -> Heading | None:
    """The heading with which a paragraph begins, or None.

    >>> heading = read_heading("一、总体情况2023年，我局主动公开信息。")
    >>> heading.number, heading.key, heading.title, heading.rest
    ('一', 'overview', '总体情况', '2023年，我局主动公开信息。')
    """
    if text[:1] not in BEGINNINGS or TWO_NUMBERS.match(text):
        return None
    if text[0] in BULLETS:
        title, glued = _cut(text.lstrip(f"{BULLETS} "))
        return (
            Heading("bullet", None, None, title, glued, False) if ASPECT.fullmatch(simplify(title)) else None
        )
    style, number, rest = _numbering(text)
    if not style and text[0] in NUMERALS and _is_title(text[1:]):  # 一总体情况
        style, number, rest = "comma", text[0], text[1:]
    simplified = simplify(rest[: 2 * LONGEST_TITLE])
    if simplified.startswith(NOT_HEADINGS) and "。" not in rest:
        return None
    if found := _statutory_title(simplified):
        key, length = found
        title, glued = rest[:length], rest[length:]
        if ASIDE.fullmatch(glued):
            title, glued = rest, ""
        unnumbered = not style and glued.strip(" ：:。") and not glued.startswith("。")
        if re.match(r"\s*[、；;，,]", glued) or unnumbered:
            return None
        if _runs_on(glued):
            return Heading(style, number, key_of(simplified), rest.rstrip(" ：:。"), "", False)
        if style and GOES_ON.match(glued) and (longer := _cut(rest))[0]:
            return Heading(style, number, key_of(longer[0]), *longer, False)
        return Heading(style, number, key, title, glued.lstrip(" ：:。.—-"), True)
    if not style:
        return None
    title, glued = _cut(rest)
    if style == "digit" and (glued or not (key_of(title) or TITLE_END.fullmatch(title))):
        return None
    named = key_of(title) if title and style != "bracket" else None
    return Heading(style, number, named, title, glued, False)


def join_number(number: str, title: str) -> str | None:
    """The heading whose number and title are printed in two lines, as decorated ones are; None when it is none.

    >>> join_number("一、", "概述"), join_number("01", "总体情况"), join_number("一", "二")
    ('一、概述', '一、总体情况', None)
    """
    alone = NUMBER_ALONE.fullmatch(number)
    numeral = alone and (alone["numeral"] or _numeral(int(alone["digits"])))
    if not numeral:
        return None
    heading = read_heading(title)
    if heading and heading.style:
        return None
    if heading and heading.statutory:
        return f"{numeral}、{title}"
    title = title.rstrip("。：: ")
    is_short = len(title) <= 30 and not SENTENCE.search(title)
    return f"{numeral}、{title}" if number[-1] in "、．." and is_short else None


def join_title(beginning: str, end: str, set_off: bool = False) -> str | None:
    """The heading whose title is printed in two lines; None when these are no two parts of one. A title in other words
    than the form's is one only where the markup sets both lines off.

    >>> join_title("三、收到和处理政府", "信息公开申请情况"), join_title("一、总体情况", "主动公开情况")
    ('三、收到和处理政府信息公开申请情况', None)
    """
    whole = read_heading(beginning + end)
    if not whole or whole.rest or not TITLE_END.search(end):
        return None
    first, second = read_heading(beginning), read_heading(end)
    if second and (second.style or second.statutory):
        return None
    if whole.statutory:
        return None if first and first.statutory else beginning + end
    is_title = first and first.number and whole.style != "digit" and not TITLE_END.search(beginning)
    return beginning + end if is_title and (whole.key or set_off) else None


def _numbering(text: str) -> tuple[str, str | None, str]:
    """Style, number in Chinese numerals (None: lost) and what follows."""
    for style, pattern in STYLES.items():
        if match := pattern.match(text):
            printed: str | None = next((group for group in match.groups() if group), None)
            number = _numeral(int(printed)) if printed and printed.isdecimal() else printed
            if number and number in ENCLOSED:
                number = NUMERALS[ENCLOSED.index(number)]
            rest = text[match.end() :].lstrip("、.． ")
            # （二）（二）: printed twice
            return (style, number, rest.removeprefix(match[0].strip()).lstrip("、.． "))
    return "", None, text


def _numeral(number: int) -> str | None:
    return NUMERALS[number - 1] if 1 <= number <= 10 else None


def _statutory_titles() -> dict[str, str | None]:
    return {
        "".join(c for c in title if c not in PUNCTUATION): section.get("key")
        for section in DATA["section"]
        for title in section["titles"]
    }


TITLES = _statutory_titles()
LONGEST_STATUTORY = max(map(len, TITLES))
FIRST_CHARACTERS = frozenset(title[0] for title in TITLES)
BEGINNINGS = with_traditional(
    FIRST_CHARACTERS | frozenset(f"{NUMERALS}{ENCLOSED}{BULLETS}0123456789第、．（()） ")
)


def _statutory_title(text: str) -> tuple[str | None, int] | None:
    """Key and printed length of the longest statutory title with which the text begins, punctuation set aside."""
    if text[:1] not in FIRST_CHARACTERS:
        return None
    best: tuple[str | None, int] | None = None
    bare = ""
    for index, character in enumerate(text[: 2 * LONGEST_STATUTORY]):
        if character in PUNCTUATION:
            continue
        bare += character
        if bare in TITLES:
            best = TITLES[bare], index + 1
    return best


def _is_title(text: str) -> bool:
    return "".join(c for c in simplify(text[: 2 * LONGEST_STATUTORY]) if c not in PUNCTUATION) in TITLES


def _runs_on(glued: str) -> bool:
    """Whether the title goes on where the statutory one ends, as in 总体情况及主要特点, 主动公开政府信息公开基本情况."""
    if not re.match(r"[及和与的]", glued):
        return bool(TITLE_END.fullmatch(glued))
    return len(glued) <= 20 and not SENTENCE.search(glued)


def key_of(title: str) -> str | None:
    """The key whose words a level-1 title contains."""
    title = "".join(title.split())  # 概 述
    title = simplify(title)
    for section in DATA["section"]:
        if any(all(word in title for word in words) for words in section["words"]):
            return str(section["key"])
    return None


def _cut(text: str) -> tuple[str, str]:
    """Title and glued paragraph of a numbered one: the title ends with its first sentence, if that can be a title."""
    text = text.strip()
    if not SENTENCE.search(text):
        head, _colon, tail = _partition(text, r"[：:]")
        if tail and len(head) <= 30 and not re.search(r"\d|[（(][^）)]*$", head):
            return head, tail
        if len(text) <= LONGEST_TITLE:
            return text.rstrip("：: "), ""
        return "", text
    head, mark, tail = _partition(text, r"[。：:]|\s+(?=\S)|(?<=情况)(?=20\d\d年)")
    told = re.sub(r"[“\"][\d.·]+[”\"]", "", head)  # “5·15”政务公开日活动
    if (mark or tail) and len(head) <= 30 and not re.search(r"\d|[；;！？?!]", told):
        return head, tail
    return "", text


def _partition(text: str, pattern: str) -> tuple[str, str, str]:
    match = re.search(pattern, text)
    if not match:
        return text, "", ""
    return text[: match.start()].rstrip(), match[0], text[match.end() :].lstrip()
