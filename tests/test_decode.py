"""Labels lie in both directions; the bytes do not."""

import pytest

from parsers.decode import decode, readable

PROSE = "2023年，本机关认真落实政府信息公开工作，全年主动公开信息三百条，收到的申请都在期限内办理。"
TRADITIONAL = "本機關依法辦理政府資訊公開，全年發佈公報，並處理民眾申請，情況如下。"


def page(charset: str, prose: str = PROSE, head: str = "") -> str:
    return f'<html><head>{head}<meta charset="{charset}"></head><body>{prose * 3}</body></html>'


@pytest.mark.parametrize(
    ("written", "labelled", "content_type", "expected"),
    [
        ("utf-8", "gb2312", "text/html; charset=gb2312", "utf-8"),
        ("utf-8-sig", "gbk", "", "utf-8"),
        ("gbk", "utf-8", "text/html; charset=utf-8", "gb18030"),
        ("gb18030", "iso-8859-1", "text/html; charset=ISO-8859-1", "gb18030"),
        ("utf-16", "utf-16", "", "utf-16-le"),
        ("utf-16-be", "utf-8", "", "utf-16-be"),
    ],
)
def test_the_bytes_decide(written: str, labelled: str, content_type: str, expected: str) -> None:
    assert decode(page(labelled).encode(written), content_type) == (page(labelled), expected)


@pytest.mark.parametrize("label", ["big5", "gb2312", "utf-8"])
def test_big5_whatever_the_label(label: str) -> None:
    text = page(label, TRADITIONAL)
    assert decode(text.encode("big5"), f"text/html; charset={label}") == (text, "big5")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_after_a_long_ascii_head(encoding: str) -> None:
    text = "<script>" + "var a = 0; " * 2000 + "</script>" + PROSE
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize(("encoding", "cut"), [("utf-8", 1), ("utf-8", 2), ("gb18030", 1)])
def test_a_last_character_that_was_cut_is_forgiven(encoding: str, cut: int) -> None:
    assert decode(f"{PROSE}年".encode(encoding)[:-cut]) == (PROSE, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_stray_broken_byte_does_not_throw_the_page_away(encoding: str) -> None:
    body = (PROSE * 4).encode(encoding) + b"\xff" + (PROSE * 4).encode(encoding)
    text, found = decode(body)
    assert found == encoding
    assert text.count(PROSE) >= 7
    assert "\ufffd" in text


def test_a_table_drawn_with_characters_reads_as_chinese() -> None:
    text = f"{PROSE}\n" + f"├{'─' * 60}┤\n│规章│0│\n" * 40
    assert decode(text.encode("gb18030"), "text/plain") == (text, "gb18030")


def test_nothing_decodes_to_nothing() -> None:
    assert decode(b"") == ("", "utf-8")


def test_noise_is_decoded_somehow() -> None:
    text, _ = decode(bytes(range(256)) * 50)
    assert isinstance(text, str)


def test_invisible_characters_go_and_line_breaks_stay() -> None:
    assert readable("政\u200b务\x00公\ufeff开\u00ad年\x7f报\r\n\t") == "政务公开年报\r\n\t"
    assert decode("索\u200b引号\x00".encode()) == ("索引号", "utf-8")


def test_radicals_are_the_characters_that_they_look_like() -> None:
    assert readable("市⺠政局⻔⼾⽹站") == "市民政局门户网站"
    assert decode("⻓沙市".encode()) == ("长沙市", "utf-8")


def test_compatibility_ideographs_are_the_characters_that_they_look_like() -> None:
    assert readable("漳浦县水\uf9dd局2024\uf98e\ufa01") == "漳浦县水利局2024年度"
    assert decode("\uf9d8师".encode()) == ("律师", "utf-8")


def test_a_page_of_references_is_what_its_label_says() -> None:
    words = "《条例》施行，全年主动公开“政府信息”三十条。" * 30
    text = "".join(f"&#{ord(character)};" if "一" <= character <= "龥" else character for character in words)
    page = f"<meta charset=gbk><title>《{text}》</title><p>〇，{text}".encode("gb18030")
    assert "<p>〇，" in decode(page)[0]


def test_a_character_is_as_readable_in_a_cell_as_in_a_page() -> None:
    characters = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    cells = [f"政{character}务" for character in characters]
    assert [readable(cell) for cell in cells] == [decode(f"政务{cell}".encode())[0][2:] for cell in cells]
