"""Index numbers (索引号): <issuer's code>/<year>-<serial> by the national guide of 2009, and much else in practice."""

import re
from dataclasses import dataclass

from parsers.characters import narrow, squeeze

# 002489401/2020-248029, 003110926/201510-00216, 01527918X-2020-153077; the code's hyphen may be kept: 01427688-8/…
NATIONAL = re.compile(
    r"(?P<front>[^/]*)/(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])?-(?P<serial>\d+)"
    r"|(?P<front_code>[0-9A-Za-z]+(?:-[0-9Xx](?=-))?)-(?P<hyphen_year>(?:19|20)\d{2})-(?P<hyphen_serial>\d+)"
)
LOCAL_PREFIX = re.compile(r"^[a-z]{1,4}(?=\d{8}[\dX]$)")  # za779940273: the county's letters before the code
MONTHLY = re.compile(r"(?P<year>(?:19|20)\d{2})-(?:0[1-9]|1[0-2])-(?P<serial>\d+)")  # 2026-02-00018
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714-1997
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z
CREDIT_WEIGHTS = tuple(pow(3, position, 31) for position in range(17))


@dataclass(frozen=True, slots=True)
class IndexNumber:
    """An index number and, where it has a known form, its parts. The year is that of publication or migration."""

    text: str | None
    issuer_code: str | None = None  # 9 characters (GB 11714) or 18 (GB 32100), with a right check character
    region_code: str | None = None  # GB/T 2260, from a credit code
    year: int | None = None
    serial: str | None = None
    degenerate: bool = False  # it names no issuer or counts nothing: /2021-0000


def read_index_number(text: str | None) -> IndexNumber:
    """The parts of an index number; whatever has no known form is kept as text alone.

    >>> read_index_number("００２４９００１５／2021-258336").issuer_code
    '002490015'
    >>> read_index_number("11330100MB19370226/2024-00142").region_code
    '330100'
    >>> read_index_number("/2021-0000").degenerate
    True
    """
    number = squeeze(narrow(text or ""))
    if not number:
        return IndexNumber(None)
    if parts := NATIONAL.fullmatch(number):
        code = read_code(parts["front"] or parts["front_code"] or "")
        serial = parts["serial"] or parts["hyphen_serial"]
        return IndexNumber(
            text=number,
            issuer_code=code,
            region_code=code[2:8] if code and len(code) == 18 else None,
            year=int(parts["year"] or parts["hyphen_year"]),
            serial=serial,
            degenerate=not (parts["front"] or parts["front_code"]) or not serial.strip("0"),
        )
    if parts := MONTHLY.fullmatch(number):
        serial = parts["serial"]
        return IndexNumber(number, year=int(parts["year"]), serial=serial, degenerate=not serial.strip("0"))
    return IndexNumber(number, degenerate=not number.strip("0-/"))


def read_code(text: str) -> str | None:
    """The organisation code or unified social credit code that the text is, None when its check character is wrong.

    >>> read_code("00248984X"), read_code("002489849"), read_code("11330100MB19370226")
    ('00248984X', None, '11330100MB19370226')
    """
    code = LOCAL_PREFIX.sub("", text).upper()
    if re.fullmatch(r"[0-9A-Z]{8}-[0-9X]", code):
        code = code.replace("-", "")
    if re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        return code if code[8] == organisation_check(code[:8]) else None
    if len(code) == 18 and set(code) <= set(CREDIT_ALPHABET):
        return code if code[17] == credit_check(code[:17]) else None
    return None


def organisation_check(body: str) -> str:
    """The ninth character of an organisation code, GB 11714: letters count 10 to 35."""
    weighed = (
        int(character, 36) * weight for character, weight in zip(body, ORGANISATION_WEIGHTS, strict=True)
    )
    rest = 11 - sum(weighed) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def credit_check(body: str) -> str:
    """The eighteenth character of a unified social credit code, GB 32100."""
    total = sum(
        CREDIT_ALPHABET.index(character) * weight
        for character, weight in zip(body, CREDIT_WEIGHTS, strict=True)
    )
    return CREDIT_ALPHABET[(31 - total % 31) % 31]
