"""Damage: to single bytes, to stretches of a page, and to its structure."""

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

from tests.fuzz.seeds import Seed, seeds

TOKENS = [
    token.encode()
    for token in (
        "<table>", "</table>", "<tr>", "<td>", "</td>", "<td rowspan=65000 colspan=1000>", "<td rowspan='abc'>",
        "<div>", "</div>", "<p>", "</p>", "<br>", "<b>", "<span>", "<!--", "-->", "<script>", "</script>", "<style>",
        "<ul><li>", "<h1>", "<a href='a.pdf'>", "<iframe src='x'>", "<textarea>", "<svg>", "<![CDATA[", "<?xml", "<base href='//'>",
        "&nbsp;", "&#0;", "&#x110000;", "&#xD800;", "&amp;lt;", "\u3000", "\u200b", "\ufeff", "\u202e", "|", "\t", "\n", "\r",
        "一、", "（一）", "1.", "总计", "其他", "0", "-1", "1,024", "９９", "2023年", "99999999999999999999", "1e309", "3件", "万元", "二十",
        "索引号", "：", "2023-13-45", "政府信息公开工作年度报告", "第二十条第（一）项", "本年新收", "结转下年度", "行政复议",
        "0 0 obj", "endstream", "/Length 99999999", "/Rotate 90", "w:vMerge", "w:gridSpan w:val='9999'", "<w:tbl>", "</w:tbl>",
    )
] + [b"\x00", b"\xff", b"\xa1\xa1", b"\xef\xbb\xbf", b"\xff\xfe", b"%PDF-", b"PK\x03\x04"]  # fmt: skip
_TAG = re.compile(rb"</?[a-zA-Z:]+[^<>]{0,200}>")
_NUMBER = re.compile(rb"\d+")
_LARGEST = 300_000

Damage = Callable[[bytes, Random], bytes]


def mutant(number: int, seed: int = 0) -> tuple[Seed, bytes]:
    """The page from which the mutant of this number comes, and its bytes: the same on every machine."""
    rng = Random(f"{seed}-{number}")
    origin = rng.choice(seeds())
    body = origin.body
    if body.startswith(b"PK") and rng.random() < 0.8:
        return origin, _damaged_package(body, rng)
    return origin, damaged(body, rng)


def damaged(body: bytes, rng: Random) -> bytes:
    """A few kinds of damage, one after the other."""
    for _ in range(rng.choice((1, 1, 2, 3, 5, 8, 13, 40))):
        body = rng.choice(DAMAGES)(body, rng)[:_LARGEST]
    return body


def _damaged_package(body: bytes, rng: Random) -> bytes:
    """A ZIP whose document is damaged and whose checksums are right again."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(body)) as package,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in package.namelist():
            content = package.read(name)
            copy.writestr(name, damaged(content, rng) if name == "word/document.xml" else content)
    return file.getvalue()


def _stretch(body: bytes, rng: Random, longest: int = 3000) -> tuple[int, int]:
    start = rng.randrange(len(body) + 1)
    return start, min(len(body), start + rng.choice((1, 2, 8, 64, rng.randint(1, longest))))


def _flip(body: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(body) + 1)
    return body[:at] + bytes([rng.randrange(256)]) + body[at + 1 :]


def _leave_out(body: bytes, rng: Random) -> bytes:
    start, end = _stretch(body, rng)
    return body[:start] + body[end:]


def _repeat(body: bytes, rng: Random) -> bytes:
    start, end = _stretch(body, rng)
    return body[:end] + body[start:end] * rng.choice((1, 2, 10, 100)) + body[end:]


def _move(body: bytes, rng: Random) -> bytes:
    start, end = _stretch(body, rng)
    rest = body[:start] + body[end:]
    at = rng.randrange(len(rest) + 1)
    return rest[:at] + body[start:end] + rest[at:]


def _put_in(body: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(body) + 1)
    return body[:at] + rng.choice(TOKENS) * rng.choice((1, 1, 1, 3, 300)) + body[at:]


def _cut(body: bytes, rng: Random) -> bytes:
    return body[: rng.randrange(len(body) + 1)]


def _splice(body: bytes, rng: Random) -> bytes:
    other = rng.choice(seeds()).body
    return body[: rng.randrange(len(body) + 1)] + other[rng.randrange(len(other) + 1) :]


def _drop_tag(body: bytes, rng: Random) -> bytes:
    return _at_match(_TAG, body, rng, lambda tag: b"")


def _double_tag(body: bytes, rng: Random) -> bytes:
    return _at_match(_TAG, body, rng, lambda tag: tag * rng.choice((2, 50)))


def _other_tag(body: bytes, rng: Random) -> bytes:
    return _at_match(_TAG, body, rng, lambda tag: rng.choice(TOKENS))


def _other_number(body: bytes, rng: Random) -> bytes:
    return _at_match(
        _NUMBER,
        body,
        rng,
        lambda number: rng.choice((b"", b"0", b"-", b"/", b"1 2", number + b"\xe4\xbb\xb6", b"9" * 400)),
    )


def _drop_all_of_a_tag(body: bytes, rng: Random) -> bytes:
    tags = _TAG.findall(body)
    return body.replace(rng.choice(tags), b"") if tags else body


def _at_match(
    pattern: re.Pattern[bytes], body: bytes, rng: Random, change: Callable[[bytes], bytes]
) -> bytes:
    found = pattern.search(body, rng.randrange(len(body) + 1))
    return body[: found.start()] + change(found.group()) + body[found.end() :] if found else body


DAMAGES: tuple[Damage, ...] = (
    _flip, _leave_out, _repeat, _move, _put_in, _put_in, _cut, _splice,
    _drop_tag, _double_tag, _other_tag, _other_number, _drop_all_of_a_tag,
)  # fmt: skip
