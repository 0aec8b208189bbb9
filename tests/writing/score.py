"""What the reader gave, held against the truth of the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from parsers.report import Header, Report
from tests.writing.page import Page
from tests.writing.traditional import TRADITIONAL
from tests.writing.truth import Part, Truth

_NARROW = {ord(wide): narrow for narrow, wide in TRADITIONAL.items()}
BLANK = re.compile(r"[\s\u200b-\u200d\ufeff\u00a0\u3000]+")


@dataclass(frozen=True, slots=True)
class Score:
    """One page: its cells, and what else differs, in words."""

    exact: int
    missing: int  # a cell not given, or given as blank although it is not
    wrong: tuple[str, ...]  # cells given with another value: silently wrong
    faults: tuple[str, ...]  # everything that keeps the report from being perfect, the cells included


def folded(text: str | None) -> str:
    """Text for comparison: no white space, Simplified, narrow punctuation.

    >>> folded("（一）　總計 ")
    '(一)总计'
    """
    plain = BLANK.sub("", text or "").translate(_NARROW)
    return plain.translate(str.maketrans("（）：，；．", "():,;."))


def score(page: Page, report: Report) -> Score:
    truth = page.truth
    exact, missing, wrong = _cells(truth, report)
    faults = [*wrong]
    if missing:
        faults.append(f"{len(missing)} cells missing: {', '.join(missing[:4])}")
    faults += _subject(truth, report)
    faults += _header(page, report)
    faults += _sections(truth, report)
    faults += _checks(page, report)
    return Score(exact, len(missing), tuple(wrong), tuple(faults))


def _cells(truth: Truth, report: Report) -> tuple[int, list[str], list[str]]:
    given = {(figure.table, figure.row, figure.column): figure.value for figure in report.figures}
    wrong, missing, exact = [], [], 0
    if len(given) != len(report.figures):
        wrong.append("a cell is given twice")
    for key, value in truth.figures.items():
        name = ".".join(key)
        if key in given and given[key] == value:
            exact += 1
        elif key in given and given[key] is not None:
            wrong.append(f"{name}: {given[key]} for {value}")
        elif key in truth.doubtful:
            exact += 1
        else:
            missing.append(name)
    wrong += [
        f"{'.'.join(key)}: {value}, not in the form"
        for key, value in given.items()
        if key not in truth.figures and value is not None
    ]
    return exact, missing, wrong


def _subject(truth: Truth, report: Report) -> Iterator[str]:
    if folded(report.issuer) != folded(truth.issuer):
        yield f"issuer {report.issuer!r} for {truth.issuer!r}"
    if report.year != truth.year:
        yield f"year {report.year} for {truth.year}"
    if folded(report.title) != folded(truth.title):
        yield f"title {report.title!r} for {truth.title!r}"
    if report.template != truth.form:
        yield f"template {report.template} for {truth.form}"
    if (report.period_start, report.period_end) != (f"{truth.year}-01-01", f"{truth.year}-12-31"):
        yield f"period {report.period_start} to {report.period_end}"


def _header(page: Page, report: Report) -> Iterator[str]:
    truth = page.truth
    for field, value in truth.header.items():
        given = getattr(report.header, field)
        if folded(given) != folded(value):
            yield f"header.{field} {given!r} for {value!r}"
    known = {None, truth.issuer, truth.title, truth.published_on, *(value for _, value in page.metas)}
    for field in HEADER_FIELDS - truth.header.keys():
        given = getattr(report.header, field)
        if folded(given) not in map(folded, known) and not folded(truth.issuer).endswith(folded(given)):
            yield f"header.{field} {given!r}, not printed"


HEADER_FIELDS = {field.name for field in fields(Header)} - {"other"}


def _sections(truth: Truth, report: Report) -> Iterator[str]:
    given = [(section.level, section.number, section.key) for section in report.sections]
    wanted = [(part.level, part.number, part.key) for part in truth.parts]
    if given != wanted:
        yield f"sections {given} for {wanted}"
        return
    for place, (section, part) in enumerate(zip(report.sections, truth.parts, strict=True)):
        if part.number and not folded(section.title).startswith(folded(part.title)):
            yield f"section {section.number} titled {section.title!r} for {part.title!r}"
        if CAPTION.sub("", folded(section.text)) not in _texts(truth, part, place):
            yield f"section {part.number} {part.title} reads {section.text!r} for {part.paragraphs!r}"


CAPTION = re.compile(r"政府信息公开情况统计表|第二十条第\([一五六八九]\)项")  # stands above a table, or in it


def _texts(truth: Truth, part: Part, place: int) -> set[str]:
    """The section's own text; the last one may carry the signature."""
    text = "".join(part.paragraphs)
    texts = {CAPTION.sub("", folded(text))}
    if place == len(truth.parts) - 1:
        texts.add(folded(text + "".join(truth.signature)))
    return texts


REPRINTED = {"thousands_separated"}  # figures changed after the prose was written


def _checks(page: Page, report: Report) -> Iterator[str]:
    """Our figures tie out, so no check may fail."""
    for check in report.checks:
        if check.passed is False and not (check.rule == "R6" and REPRINTED.intersection(page.dialects)):
            yield f"check {check.rule} {check.table} {check.scope} failed: {check.left} and {check.right}"
