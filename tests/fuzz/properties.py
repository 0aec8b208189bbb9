"""What must hold for every page, whatever is in it."""

import math
import time
from collections.abc import Callable
from typing import cast

from hypothesis import HealthCheck, given, settings
from hypothesis import seed as hypothesis_seed
from hypothesis import strategies as st

from parsers.read import read_report
from parsers.recognise import classify
from parsers.report import NotAReport, Report, UnreadableDocument, from_line, to_line
from tests.fuzz.mutants import TOKENS
from tests.timing import least_seconds

LONGEST = 1.0  # seconds of this process for one page

_WORDS = st.sampled_from([token.decode("utf-8", "replace") for token in TOKENS])
_TEXTS = st.one_of(_WORDS, st.text(max_size=12))
_TAGS = st.sampled_from(
    ["div", "p", "table", "tr", "td", "span", "b", "ul", "li", "h1", "a", "font", "tbody", "th"]
)


def _element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    spans = st.integers(min_value=-1, max_value=70_000)
    return st.builds(
        lambda tag, rowspan, colspan, inner: (
            f"<{tag} rowspan={rowspan} colspan='{colspan}'>{''.join(inner)}</{tag}>"
        ),
        _TAGS,
        spans,
        spans,
        st.lists(children, max_size=6),
    )


MARKUP = st.lists(st.recursive(_TEXTS, _element, max_leaves=40), max_size=20).map("".join)


def made_up_pages(count: int, number: int) -> Callable[[], None]:
    """A test of so many pages made of the words of a report in any order and nesting; others for another number."""

    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @hypothesis_seed(number)
    @given(markup=MARKUP, encoding=st.sampled_from(["utf-8", "gb18030", "utf-16", "big5"]))
    def made_up_page(markup: str, encoding: str) -> None:
        hold(markup.encode(encoding, "ignore"), "text/html; charset=gb2312")

    return cast(Callable[[], None], made_up_page)


def hold(body: bytes, content_type: str) -> str:
    """Read the page and hold the outcome to what is promised. Returns the outcome in a word.

    Raises AssertionError, or whatever the readers raise that they should not.
    """
    start = time.process_time()
    outcome = _outcome(body, content_type)
    assert outcome != "refused without a reason"
    taken = time.process_time() - start
    if taken >= LONGEST:
        taken = least_seconds(lambda: _outcome(body, content_type), LONGEST)
    assert taken < LONGEST, f"took {taken:.2f} s"
    assert classify(body, content_type, "http://127.0.0.1/2023.html") in ("report", "listing", "neither")
    return outcome


def _outcome(body: bytes, content_type: str) -> str:
    try:
        report = read_report(body, content_type, "http://127.0.0.1/2023.html")
    except (NotAReport, UnreadableDocument) as refusal:
        return type(refusal).__name__ if str(refusal) else "refused without a reason"
    _hold_report(report)
    return "Report"


def _hold_report(report: Report) -> None:
    assert from_line(to_line(report)) == report, "not the same after a line of the export"
    for table in report.tables:
        assert len({len(row) for row in table.rows}) <= 1, "a table that is no rectangle"
    keys = [(figure.table, figure.row, figure.column) for figure in report.figures]
    assert len(keys) == len(set(keys)), "a figure twice"
    for figure in report.figures:
        assert figure.value is None or math.isfinite(figure.value)
        assert figure.value is None or figure.raw.strip(), "a value that no cell prints"
