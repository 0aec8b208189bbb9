"""Numbers that the prose states, for comparison with the tables (rule R6)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from parsers.characters import narrow, simplify, squeeze
from parsers.data_files import read_toml
from parsers.numbers import plain, read_quantity
from parsers.report import Mention, Section

_SENTENCE = re.compile(r"[^。；！？;!?\n]+")
_CLAUSE = re.compile(r"(?:[^，,、]|(?<=\d)[，,](?=\d{3})|(?<![件起宗份例])、)+")  # 新收3件、结转1件 are two
_YEAR = re.compile(r"(20\d\d)年")
_COUNT = r"(?P<n>(?<![\d.])\d+(?:,\d{3})*|[零〇一二两三四五六七八九十百千]+)"
_NUMBER = _COUNT + "(?:件|起|宗|份|例)"
# 收到申请3条, where 申请 stands beside it: what is published is counted so too
_COUNTED = _COUNT + "(?:件|起|宗|份|例|条|次)"
_GAP = r"[^\d,:]{0,18}?"
_MAYBE = re.compile(_NUMBER + "|未|没有|无|暂|申请.*[条次]|[条次].*申请")
# Who may apply, in the words of the regulation: all applicants, and not a part of them.
_EVERYBODY = re.compile(
    r"(?:自然人|公民|个人)(?:(?:、|和|及|与|或者?|以及)(?:法人|企业|其[他它](?:社会)?组织|社会组织|单位))+"
)
_EVERY_WAY = re.compile(r"通过[^,]{0,40}?等(?:多种|各种|不同)?(?:方式|渠道|途径|形式)")
# 48件（2022年为35件）, 48件（其中自然人30件）
_ASIDE = re.compile(r"\((?:[^()]*20\d\d年[^()]*\)|其中(?![^()]*结转)[^()]*(?:\)|$))")
# 收到申请48件，其中上年结转3件: what was received is not told
_WITH_CARRIED = re.compile(r"(?:其中|含|包括)[,:]?(?:含|包括|有)?(?:\d+[件条])?(?:为|是|系)?上一?年度?结转")
_RECEIVED = "requests.new_received.total"
_JOINED = re.compile(r"复议(?:案件|申请)?(?:、|和|及|与|或|以及|或者)?(?:被|提起|申请)*行政诉讼")


def read_mentions(sections: Sequence[Section], year: int | None = None) -> tuple[Mention, ...]:
    """The numbers of the prose in printed order, each with the clause that states it.

    Comparisons, numbers of another year or of a part, percentages and rounded numbers (600余) are none. A clause that
    says that there was nothing (未收到, 未发生) states 0. `year` is the year reported on.
    """
    spoken = _year_of(sections, year)
    mentions: list[Mention] = []
    number = None  # of the level-1 section, as for tables: （二） alone would not say where
    for section in sections:
        number = section.number if section.level == 1 else number
        mentions += _in_section(section, number, spoken)
    return tuple(mentions)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """How one figure is spoken of."""

    key: str
    about: tuple[str, ...]
    in_sentence: bool  # those words must stand in the same sentence; the same paragraph otherwise
    unless: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    zero: tuple[re.Pattern[str], ...]


def _in_section(section: Section, number: str | None, year: str) -> Iterator[Mention]:
    title = simplify(narrow(section.title))
    titled = _worth_reading().search(title)
    for paragraph in section.text.split("\n"):
        folded = simplify(narrow(paragraph))  # position by position the paragraph as printed
        if not titled and not _worth_reading().search(folded):
            continue
        for sentence in _SENTENCE.finditer(folded):
            phrases: list[_Phrase] | None = None
            for found in _CLAUSE.finditer(folded, *sentence.span()):
                clause = _ASIDE.sub("", squeeze(found[0]))
                if not _MAYBE.search(clause) or any(said != year for said in _YEAR.findall(clause)):
                    continue
                if phrases is None:
                    mixed = _WITH_CARRIED.search(squeeze(sentence[0]))
                    phrases = [
                        one
                        for one in _phrases()
                        if _is_about(one, title, sentence[0], folded) and not (mixed and one.key == _RECEIVED)
                    ]
                clause = _EVERY_WAY.sub("", _EVERYBODY.sub("公众", clause))
                for phrase in phrases:
                    value = _stated(phrase, clause)
                    if value is not None:
                        yield Mention(phrase.key, value, paragraph[slice(*found.span())].strip(), number)


def _is_about(phrase: _Phrase, title: str, sentence: str, paragraph: str) -> bool:
    near = sentence if phrase.in_sentence else paragraph
    return any(word in title or word in near for word in phrase.about)


def _stated(phrase: _Phrase, clause: str) -> int | float | None:
    if any(word in clause for word in phrase.unless):
        return None
    if found := _first(phrase.patterns, clause):
        quantity = read_quantity(found["n"] if found["n"] != "一" else "1")
        if quantity is None or quantity.number is None or _is_spoiled(clause[: found.start("n")]):
            return None
        joined = phrase.key.startswith("litigation.") and _JOINED.search(clause)
        return None if joined and quantity.number else plain(quantity.number)
    return 0 if _first(phrase.zero, clause) and not _is_spoiled(clause) else None


def _is_spoiled(text: str) -> bool:
    return _spoilers().search(text) is not None


def _first(patterns: Sequence[re.Pattern[str]], clause: str) -> re.Match[str] | None:
    return next(filter(None, (pattern.search(clause) for pattern in patterns)), None)


def _year_of(sections: Sequence[Section], year: int | None) -> str:
    """The year of which the report speaks: a clause with another one tells of another one.

    The year reported on, or where the text names that nowhere, the one that it names most often.
    """
    said: Counter[str] = Counter(spoken for section in sections for spoken in _YEAR.findall(section.text))
    if not said or str(year) in said:
        return str(year or "")
    return said.most_common(1)[0][0]


@cache
def _phrases() -> tuple[_Phrase, ...]:
    return tuple(
        _Phrase(
            key=data["key"],
            about=tuple(data["about"]),
            in_sentence=data.get("within") == "sentence",
            unless=tuple(data["unless"]),
            patterns=_compile(data["patterns"]),
            zero=_compile(data.get("zero", ())),
        )
        for data in _data()["mention"]
    )


def _compile(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    whole = (pattern.replace("~", _GAP).replace("{n}", _NUMBER) for pattern in patterns)
    return tuple(re.compile(pattern.replace("{m}", _COUNTED)) for pattern in whole)


@cache
def _worth_reading() -> re.Pattern[str]:
    return _any_of(sorted({word for phrase in _phrases() for word in phrase.about}))


@cache
def _spoilers() -> re.Pattern[str]:
    return _any_of(_data()["spoilers"])


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


@cache
def _data() -> dict[str, Any]:
    return read_toml("mentions")
