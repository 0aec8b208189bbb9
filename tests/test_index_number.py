"""Index numbers: their known forms, their check characters, and everything else kept as it is."""

import pytest

from parsers.index_number import IndexNumber, credit_check, organisation_check, read_index_number

# Printed on real reports, with the right check character.
ORGANISATION_CODES = [
    "000014349/2015-00339",
    "002489401/2020-248029",
    "002489452/2024-00230",
    "002489524/2020-00067",
    "002489604/2022-00485",
    "002489778/2020-00433",
    "002489786/2021-00009",
    "00248984X/2024-00227",
    "002490015/2021-258336",
    "00249100X/2020-00413",
    "002491165/2022-00020",
    "014320144/2015-00056",
    "014416330/2018-04736",
    "580267448/2024-276400",
    "749492940/2022-00466",
    "K45899617/2026-00221",
    "005452065/2023-00001",
    "006939748/2025-00084",
]
CREDIT_CODES = [
    "11330100MB19370226/2021-258705",
    "11330524MB1919705H/2024-00011",
    "11330700099033995K/2023-00013",
    "11330800002618015K/2023-136875",
    "11330800002618154A/2024-00217",
    "113308247743941119/2024-122331",
    "11620600MB17287222/2024-00151",
    "123310004725815362/2023-130523",
    "114403006955506492/2021-00426",
]
# Fronts of another kind, or with a wrong check character: no issuer is read from them.
OTHERS = [
    "001008003013022/2021-184383",
    "3212000002/2018-354983",
    "331000000000/2019-66380",
    "bgs01/2023-00011",
    "dqxsb/2021-00011",
    "wqqlzfb/2022-01075",
    "0142768-8/2022-00185",
    "E00000/2024-03778",
    "002490016/2021-258336",
    "11330100MB19370227/2021-258705",
]


@pytest.mark.parametrize("text", ORGANISATION_CODES)
def test_organisation_code(text: str) -> None:
    number = read_index_number(text)
    front, back = text.split("/")
    assert number == IndexNumber(text, front, None, int(back[:4]), back[5:])


@pytest.mark.parametrize("text", CREDIT_CODES)
def test_credit_code_tells_the_region(text: str) -> None:
    number = read_index_number(text)
    assert (number.issuer_code, number.region_code) == (text[:18], text[2:8])


@pytest.mark.parametrize("text", OTHERS)
def test_no_issuer_from_other_fronts(text: str) -> None:
    number = read_index_number(text)
    assert (number.text, number.issuer_code, number.region_code) == (text, None, None)
    assert not number.degenerate
    assert number.year is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "11341702486344515H/202110-00013",
            ("11341702486344515H", "341702", 2021, "00013"),
        ),  # year and month
        ("003110926/201510-00216", ("003110926", None, 2015, "00216")),
        ("01527918X-2020-153077", ("01527918X", None, 2020, "153077")),
        ("00249001-5/2021-258336", ("002490015", None, 2021, "258336")),  # the code's own hyphen
        (
            "za779940273-2023-000071",
            ("779940273", None, 2023, "000071"),
        ),  # letters of the county before the code
        ("2026-02-00018", (None, None, 2026, "00018")),
    ],
)
def test_other_known_forms(text: str, expected: tuple[object, ...]) -> None:
    number = read_index_number(text)
    assert (number.issuer_code, number.region_code, number.year, number.serial) == expected


@pytest.mark.parametrize("text", ["/2021-0000", "mlslcj/2026-00000", "-/-", "0000"])
def test_degenerate(text: str) -> None:
    assert read_index_number(text).degenerate


def test_a_front_that_others_use_too_is_not_degenerate() -> None:
    assert not read_index_number("000014349/2024-00600").degenerate


@pytest.mark.parametrize("text", ["YP-2021-B-17", "庆府办〔2020〕1号", "53000020200112345678A"])
def test_unknown_forms_are_kept(text: str) -> None:
    assert read_index_number(text).text is not None
    assert read_index_number(text).issuer_code is None


def test_full_width_and_spaces() -> None:
    assert read_index_number("００２４９００１５ ／ ２０２１－２５８３３６").text == "002490015/2021-258336"
    assert read_index_number("  ") == read_index_number(None) == IndexNumber(None)


def test_every_wrong_check_character_is_refused() -> None:
    assert [digit for digit in "0123456789X" if digit == organisation_check("00248984")] == ["X"]
    right = credit_check("11330100MB1937022")
    for character in "0123456789ABCDEFGHJKLMNPQRTUWXY":
        code = read_index_number(f"11330100MB1937022{character}/2024-1").issuer_code
        assert (code is not None) == (character == right)
