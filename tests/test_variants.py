"""Reports of our own in random dialects are read exactly; pages that are no reports are refused.

A larger run, with scores for each dialect: python -m tests.writing --variants 2000
"""

import pytest

from tests.writing.negatives import NEGATIVES
from tests.writing.page import render_page
from tests.writing.variants import dialects, one_dialect, read_variant, refusal, variant

VARIANTS = 160
BATCH = 20


@pytest.mark.parametrize("first", range(0, VARIANTS, BATCH))
def test_reports_in_random_dialects_are_read_exactly(first: int) -> None:
    faults = {}
    for seed in range(first, first + BATCH):
        page = variant(seed)
        if result := read_variant(page).faults:
            faults[seed] = (page.dialects, result)
    assert not faults


@pytest.mark.parametrize("name", list(dialects()))
def test_each_dialect_alone_is_read_exactly(name: str) -> None:
    assert not read_variant(one_dialect(name, seed=0)).faults


@pytest.mark.parametrize("name", NEGATIVES)
def test_what_is_no_report_is_refused_with_a_reason(name: str) -> None:
    assert refusal(name, seed=0)


def test_a_page_is_the_same_each_time() -> None:
    assert all(render_page(variant(seed)) == render_page(variant(seed)) for seed in range(10))
