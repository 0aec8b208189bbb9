"""Reports in dialects chosen at random, the same for the same seed, and how well they are read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from parsers.read import read_report
from parsers.report import NotAReport, UnreadableDocument
from tests.writing import cells as _cells  # noqa: F401  each of these enters its dialects
from tests.writing import families as _families  # noqa: F401
from tests.writing import headers as _headers  # noqa: F401
from tests.writing import labels as _labels  # noqa: F401
from tests.writing import media as _media  # noqa: F401
from tests.writing import naming as _naming  # noqa: F401
from tests.writing import prose_markup as _prose_markup  # noqa: F401
from tests.writing import surroundings as _surroundings  # noqa: F401
from tests.writing import tables as _tables  # noqa: F401
from tests.writing import values as _values  # noqa: F401
from tests.writing.negatives import NEGATIVES, write_negative
from tests.writing.page import GROUPS, Page, apply, plain_page, render_page, vary
from tests.writing.score import Score, score
from tests.writing.truth import Truth, write_truth

BODIES = (
    "宁江市民政局",
    "宁江市人民政府",
    "云溪县人民政府办公室",
    "南屏区教育局",
    "白塔镇人民政府",
    "宁江市卫生健康委员会",
    "云溪县白塔镇人民政府",
    "南屏区新河街道办事处",
    "宁江市住房公积金管理中心",
    "国家税务总局宁江市税务局",
    "云溪县发展和改革局",
    "宁江市南屏区人民政府",
    "宁江经济技术开发区管理委员会",
    "宁江市气象局",
)


@dataclass(slots=True)
class Tally:
    """The pages in one dialect, or all of them."""

    pages: int = 0
    perfect: int = 0
    cells: int = 0
    exact: int = 0
    wrong: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, page: Page, result: Score) -> None:
        self.pages += 1
        self.perfect += not result.faults
        self.cells += len(page.truth.figures)
        self.exact += result.exact
        self.wrong += len(result.wrong)
        self.faults += result.faults


def variant(seed: int) -> Page:
    """One report in a random dialect."""
    rng = Random(f"variant {seed}")
    return vary(random_truth(rng, seed), rng, plain=0.45)


def random_truth(rng: Random, seed: int) -> Truth:
    form = rng.choice(("2021", "2021", "2021", "2019", "2019", "2014"))
    year = rng.choice(
        {"2021": (2021, 2022, 2023, 2024, 2025), "2019": (2019, 2020), "2014": (2014, 2016, 2018)}[form]
    )
    return write_truth(rng.choice(BODIES), year, form, seed, volume=rng.choice((3, 12, 60, 400)))


def one_dialect(name: str, seed: int) -> Page:
    """One report that is plain except for that dialect."""
    rng = Random(f"{name} {seed}")
    return apply(plain_page(random_truth(rng, seed)), name, rng)


def read_variant(page: Page) -> Score:
    try:
        report = read_report(render_page(page), page.content_type, "", page.place)
    except (NotAReport, UnreadableDocument) as refusal:
        return Score(0, len(page.truth.figures), (), (f"refused: {refusal}",))
    return score(page, report)


def dialects() -> Iterator[str]:
    for functions in GROUPS.values():
        yield from functions


def refusal(name: str, seed: int) -> str | None:
    """Why the reader refused a page that is no report; None: it did not."""
    try:
        read_report(write_negative(name, seed), "text/html", "")
    except (NotAReport, UnreadableDocument) as reason:
        return str(reason)
    return None


def table(variants: int) -> str:
    """Scores over that many random pages, by dialect; then the pages that are no reports."""
    tallies: dict[str, Tally] = {"all": Tally()}
    for seed in range(variants):
        page = variant(seed)
        result = read_variant(page)
        for name in ("all", f"form {page.truth.form}", *page.dialects):
            tallies.setdefault(name, Tally()).add(page, result)
    lines = [f"{'dialect':45} {'pages':>5} {'perfect':>8} {'cells exact':>12} {'silently wrong':>15}"]
    for name, tally in sorted(
        tallies.items(), key=lambda item: (item[0] != "all", item[1].perfect / item[1].pages)
    ):
        lines.append(
            f"{name:45} {tally.pages:5} {tally.perfect / tally.pages:8.1%} {tally.exact / tally.cells:12.3%} {tally.wrong:15}"
        )
    common = Counter(fault.split(":")[0][:100] for fault in tallies["all"].faults).most_common(25)
    lines += ["", *(f"{count:6} × {fault}" for fault, count in common), ""]
    each = max(1, variants // 100)
    accepted = [f"{name} {seed}" for name in NEGATIVES for seed in range(each) if refusal(name, seed) is None]
    lines.append(
        f"negatives refused: {len(NEGATIVES) * each - len(accepted)} of {len(NEGATIVES) * each} {accepted[:20]}"
    )
    return "\n".join(lines)
