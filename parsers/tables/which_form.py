"""Which of the forms a report's tables follow: a report may mix them."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from parsers.form import load_forms
from parsers.form_label import read_label
from parsers.form_terms import terms
from parsers.tables.ledger import CELL, other_handling


def form_of_block(labels: Sequence[str], keys: Sequence[str]) -> str:
    """The form that has a block of table 2 with these columns, told by their labels; "" when that is none or several."""
    shaped = {
        form.id
        for form in load_forms()
        if (table := form.table("disclosure"))
        for block in table.blocks
        if set(keys) <= {column.key for column in block.columns}
    }
    worded = frozenset.intersection(*map(_forms_with, labels)) if labels else frozenset()
    for told in (shaped & worded, shaped):
        if len(told) == 1:
            return next(iter(told))
    return ""


@cache
def _forms_with(label: str) -> frozenset[str]:
    """The forms that have a column with just these words."""
    words = read_label(label).words
    return frozenset(
        term.form for term in terms(label) if words in term.heading.words and term.kind == "column"
    )


def forms_followed(blocks: Sequence[str], figures: Collection[CELL]) -> dict[str, str]:
    """Table → form. `blocks`: the forms that the blocks of table 2 follow; the first of those that most of them do.

    Of tables 3 and 2014 the rows with figures tell.
    """
    forms = {"disclosure": max(blocks, key=blocks.count)} if blocks else {}
    one_row, three_rows = other_handling()
    if not three_rows.isdisjoint(figures):
        forms["requests"] = "2021"
    elif not one_row.isdisjoint(figures):
        forms["requests"] = "2019"
    if any(table == "statistics_2014" for table, _, _ in figures):
        forms["statistics_2014"] = "2014"
    return forms


def template_of(forms: Mapping[str, str]) -> str:
    """The form that stands for the whole report; "none" where no table tells."""
    told = (forms.get(table) for table in ("disclosure", "requests", "statistics_2014"))
    return next(filter(None, told), "none")
