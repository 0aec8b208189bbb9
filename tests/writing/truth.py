"""What a page of our own says: written first, so that the page, its dialect and the readers can be held to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from tests.writing import forms
from tests.writing.forms import APPLICANTS, Key
from tests.writing.prose import PROBLEMS, REMEDIES, SUBSECTIONS, overview, preamble

Value = int | float | None


@dataclass(frozen=True, slots=True)
class Part:
    """A section as the reader should give it: paragraphs of its own, without its heading and its tables."""

    level: int
    number: str | None  # None: the preamble
    key: str | None
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """One body's report for one year."""

    issuer: str
    year: int
    form: str  # "2019", "2021" or "2014"
    title: str
    header: Mapping[str, str | None]  # the fields of the metadata header, by their public names
    parts: tuple[Part, ...]
    figures: Mapping[Key, Value]
    published_on: str
    seed: int
    signature: tuple[str, ...] = ()  # body and date below the last section
    # cells that may be left unread, never given otherwise
    doubtful: frozenset[Key] = field(default=frozenset())


def write_truth(
    body: str, year: int, form: str = "2021", seed: int = 0, previous: Truth | None = None, volume: int = 12
) -> Truth:
    """The report of `body` for `year`: the same for the same arguments, on every machine.

    `previous` is the report for the year before: its 结转下年度 becomes this year's 上年结转. `volume` is about how
    many applications come in a year.
    """
    rng = Random(f"{body}|{year}|{form}|{seed}")
    figures: dict[Key, Value] = {}
    if form == "2014":
        figures.update(_statistics(rng, volume))
    else:
        figures.update(_disclosure(rng, form, volume))
        figures.update(_requests(rng, form, volume, previous))
        figures.update(_litigation(rng, volume))
    published_on = f"{year + 1}-{rng.choice(('01', '02', '03'))}-{rng.randint(4, 28):02}"
    title = f"{body}{year}年政府信息公开工作年度报告"
    return Truth(
        issuer=body,
        year=year,
        form=form,
        title=title,
        header={
            "index_number": f"{organisation_code(Random(body))}/{year + 1}-{rng.randint(1, 99999):05}",
            "published_on": published_on,
            "issued_by": body,
            "disclosure_method": "主动公开",
            "document_number": None,
            "topic": None,
        },
        parts=_parts(rng, body, year, form, figures),
        figures=figures,
        published_on=published_on,
        seed=seed,
    )


def organisation_code(rng: Random) -> str:
    """Eight digits and the check character of GB 11714.

    >>> len(organisation_code(Random(1)))
    9
    """
    digits = [0, *(rng.randint(0, 9) for _ in range(7))]
    check = (
        11 - sum(digit * weight for digit, weight in zip(digits, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    )
    return "".join(map(str, digits)) + {10: "X", 11: "0"}.get(check, str(check))


def credit_code(region: str, organisation: str) -> str:
    """The unified social credit code (GB 32100) of an organ of state in a region of six digits.

    >>> credit_code("330100", "002490015")[:8]
    '11330100'
    """
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    code = f"11{region}{organisation}"
    total = sum(alphabet.index(character) * pow(3, place, 31) for place, character in enumerate(code))
    return code + alphabet[(31 - total % 31) % 31]


def _few(rng: Random, volume: int) -> int:
    """A count, most often 0."""
    return 0 if rng.random() < 0.8 else rng.randint(1, max(1, volume // 6))


def _disclosure(rng: Random, form: str, volume: int) -> dict[Key, Value]:
    figures: dict[Key, Value] = {}
    for block in forms.DISCLOSURE[form]:
        for row, _ in block.rows:
            for column, _ in block.columns:
                figures["disclosure", row, column] = rng.choice((0, rng.randint(1, 40 + volume)))
    if form == "2019":
        for row in ("rules", "normative_docs"):
            made = figures["disclosure", row, "made"]
            figures["disclosure", row, "published"] = made
            figures["disclosure", row, "total_open"] = (made or 0) + rng.randint(0, 90)
        for row in ("licensing", "other_services", "penalty", "coercion", "fees"):
            last = figures["disclosure", row, "items_last_year"] or 0
            figures["disclosure", row, "change"] = rng.choice(
                (0, 0, rng.randint(1, 9), -rng.randint(0, int(last)))
            )
        figures["disclosure", "procurement", "amount"] = rng.randint(1, 900) * 1000 + rng.randint(0, 999)
    else:
        for row in ("rules", "normative_docs"):
            made = figures["disclosure", row, "made"]
            figures["disclosure", row, "in_force"] = (made or 0) + rng.randint(0, 90)
        figures["disclosure", "fees", "amount"] = rng.choice((0, round(rng.uniform(0.1, 900), 4)))
    return figures


def _requests(rng: Random, form: str, volume: int, previous: Truth | None) -> dict[Key, Value]:
    rows = [row.key for row in forms.REQUESTS[form]]
    results = [key for key in rows if key not in forms.NOT_RESULTS]
    counts: dict[tuple[str, str], int] = {}
    for place, applicant in enumerate(APPLICANTS):
        share = volume if place == 0 else volume // 8
        for row in results:
            counts[row, applicant] = _few(rng, share) if share else 0
        counts["granted", applicant] += (
            rng.randint(0, share // 2 + 1) if place == 0 or rng.random() < 0.3 else 0
        )
        handled = sum(counts[row, applicant] for row in results)
        carried_in = previous.figures.get(("requests", "carried_out", applicant)) if previous else None
        counts["carried_in", applicant] = (
            int(carried_in) if carried_in is not None else min(handled, _few(rng, share))
        )
        counts["result_total", applicant] = handled
        carried_out = max(_few(rng, share), counts["carried_in", applicant] - handled)
        counts["carried_out", applicant] = carried_out
        counts["new_received", applicant] = handled + carried_out - counts["carried_in", applicant]
    figures: dict[Key, Value] = {}
    for row in rows:
        for applicant in APPLICANTS:
            figures["requests", row, applicant] = counts[row, applicant]
        figures["requests", row, "total"] = sum(counts[row, applicant] for applicant in APPLICANTS)
    return figures


def _litigation(rng: Random, volume: int) -> dict[Key, Value]:
    figures: dict[Key, Value] = {}
    for procedure in forms.PROCEDURES:
        counts = [_few(rng, volume // 4) for _ in forms.OUTCOMES[:-1]]
        for outcome, count in zip(forms.OUTCOMES, (*counts, sum(counts)), strict=True):
            figures["litigation", procedure, outcome] = count
    return figures


def _statistics(rng: Random, volume: int) -> dict[Key, Value]:
    return {
        ("statistics_2014", line.key, "value"): rng.choice((0, rng.randint(1, 5 * volume)))
        for line in forms.STATISTICS
        if line.key
    }


HEADINGS = {
    "2019": (
        ("overview", "总体情况"),
        ("disclosure", "主动公开政府信息情况"),
        ("requests", "收到和处理政府信息公开申请情况"),
        ("litigation", "因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        ("problems", "政府信息公开工作存在的主要问题及改进情况"),
        ("other_matters", "其他需要报告的事项"),
    ),
    "2021": (
        ("overview", "总体情况"),
        ("disclosure", "主动公开政府信息情况"),
        ("requests", "收到和处理政府信息公开申请情况"),
        ("litigation", "政府信息公开行政复议、行政诉讼情况"),
        ("problems", "存在的主要问题及改进情况"),
        ("other_matters", "其他需要报告的事项"),
    ),
}
HEADINGS["2014"] = HEADINGS["2019"]


def _parts(rng: Random, body: str, year: int, form: str, figures: Mapping[Key, Value]) -> tuple[Part, ...]:
    received = figures.get(("requests", "new_received", "total"))
    carried = figures.get(("requests", "carried_out", "total"))
    short = body if len(body) <= 8 else "本机关"
    parts = [Part(1, None, "preamble", "", preamble(rng, body, year))]
    for number, (key, title) in zip("一二三四五六", HEADINGS[form], strict=True):
        if key == "overview":
            parts.append(Part(1, number, key, title, overview(rng, short, year)))
            for place, (name, write) in zip("一二三四五", SUBSECTIONS, strict=True):
                parts.append(Part(2, place, None, name, (write(rng, year, received, carried),)))
        elif key == "problems":
            parts.append(Part(1, number, key, title, (rng.choice(PROBLEMS), rng.choice(REMEDIES))))
        elif key == "other_matters":
            words = (
                "本年度未收取信息处理费。",
                "无其他需要报告的事项。",
                f"{year}年，本机关没有收取政府信息公开信息处理费。",
            )
            parts.append(Part(1, number, key, title, (rng.choice(words),)))
        else:
            parts.append(Part(1, number, key, title, ()))
    return tuple(parts)
