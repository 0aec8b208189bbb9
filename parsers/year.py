"""Which year a report is for: from its title, its stated period, or its opening words. Never from an address or a date of publication."""

import re
from collections import Counter
from collections.abc import Sequence

from parsers.characters import fold
from parsers.dates import CHINESE_DIGITS, NUMERALS

WRITTEN = CHINESE_DIGITS | str.maketrans("OoＯ", "000")  # letters stand for 〇 too
# Four digits in any script, mixed too (二0二三), that are not part of a longer number.
DIGITS = rf"[0-9{NUMERALS}Oo]"
YEAR = re.compile(rf"(?<![0-9{NUMERALS}])((?:2[0Oo]|二[〇○零0Oo]){DIGITS}{{2}})(?![0-9])")
DAY = re.compile(
    rf"(?:20\d{{2}}|二{DIGITS}{{3}})[年.\-/](?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})(?:月(?:[\d一二三四五六七八九十]{{1,3}}日)?|[.\-/]\d{{1,2}}日?)"
)
LIST = re.compile(
    rf"(?:20|二[〇○零0])({DIGITS}{{2}})年?度?(?:[、,和及与至到~～—-]+)(?:20|二[〇○零0]){DIGITS}{{2}}(?!\d)"
)
PERIOD = re.compile(
    r"(20\d{2})年?1月1日?(?:起|开始)?[,，]?(?:至|到|[-—~～]+)(?:(20\d{2})年|当年|同年)?12月3[01]日?"
)
# 现公布我局2023年度政府信息公开工作年度报告, 现将某局2023年政府信息公开主要工作报告如下
ANNOUNCED = re.compile(
    r"(?:^(?!关于|[按根依遵])[\u3400-\u9fff]{0,30}?|。|(?:公布|公开|发布|编制|[将把就])[^,。;]{0,30}?)(20\d{2})年度?[^\d,。;《》]{0,20}?信息公开(?:主要|工作|年度|情况|事项|的)*(?:报告|年报)"
)
OPENING = 30  # paragraphs in which the year of a report without a title is looked for
# 2023年，…, also at the beginning of an item: （一）主动公开情况。2023年，…
OPENED = re.compile(r"(?:\([一二三四五]\)[^。:]{2,16}[。:])?(20\d{2})年度?[,，:以来]?")
LONGEST = 2000  # characters of each of them


def read_year(title: str) -> int | None:
    """The year that a title names; None for none, or for several: a list is not one report.

    >>> read_year("杭州市民政局2023年度政府信息公开工作年度报告"), read_year("二0二三年政府信息公开年报")
    (2023, 2023)
    >>> read_year("2019年、2020年政府信息公开年报")
    >>> read_year("政府信息公开年报（2023年）（2024年1月30日）")
    2023
    """
    text = DAY.sub("", fold(title))
    years = [int(found.translate(WRITTEN)) for found in YEAR.findall(text)]
    if not years or LIST.search(text):
        return None
    if len(set(years)) == 1:
        return years[0]
    return _nearest(text)


def read_years(title: str) -> frozenset[int]:
    """All years that a title names.

    >>> sorted(read_years("2019-2020年政府信息公开年报"))
    [2019, 2020]
    """
    return frozenset(int(found.translate(WRITTEN)) for found in YEAR.findall(DAY.sub("", fold(title))))


def is_of_earlier_year(caption: str, year: int) -> bool:
    """Whether a table's caption says that its figures are those of a year before the report's own.

    >>> is_of_earlier_year("附：2022年收到和处理政府信息公开申请情况（供对照）", 2023)
    True
    >>> is_of_earlier_year("2022年、2023年申请情况", 2023), is_of_earlier_year("按国办公开办函〔2021〕30号填报", 2023)
    (False, False)
    """
    years = {int(found) for found in re.findall(r"(20\d{2})年", DAY.sub("", fold(caption)))}
    return bool(years) and max(years) < year


def year_of_text(paragraphs: Sequence[str]) -> int | None:
    """The year of a report's own words: its period (1月1日至12月31日), else that of the report which it announces, else
    the year its opening speaks of most.

    >>> year_of_text(["本报告的统计期限为2020年1月1日至2020年12月31日。"])
    2020
    """
    folded = [fold(text[:LONGEST]) for text in paragraphs[:OPENING]]
    for text in folded:
        if found := PERIOD.search(text):
            return int(found[2] or found[1]) if found[1] == (found[2] or found[1]) else None
    for text in folded:
        if found := ANNOUNCED.search(text):
            return int(found[1])
    years = Counter(int(year) for text in folded for year in re.findall(r"(20\d{2})年(?!\d{1,2}月)", text))
    openings = [OPENED.match(text) for text in folded]
    first = next((int(found[1]) for found in openings if found), None)
    if years and first and years[first] == max(years.values()):
        return first
    return None


def _nearest(text: str) -> int | None:
    """Of several years the last one before 信息公开, which is the one reported on."""
    head, found, _tail = text.partition("信息公开")
    years = YEAR.findall(head if found else text)
    return int(years[-1].translate(WRITTEN)) if years else None
