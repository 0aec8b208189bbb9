"""The six groups in which the form sorts the outcomes of applications, named the same on every page."""

from functools import cache

from parsers.form import load_forms

ENGLISH = {
    "granted": "granted",
    "partial": "granted in part",
    "deny": "refused",
    "na": "cannot be provided",
    "np": "not processed",
    "other": "closed otherwise",
}
OUTCOMES = tuple(ENGLISH)


def outcome_label(outcome: str) -> str:
    """
    >>> outcome_label("deny")
    'refused 不予公开'
    """
    return f"{ENGLISH[outcome]} {_form_labels()[outcome]}"


@cache
def _form_labels() -> dict[str, str]:
    """The latest form's own label of each outcome: deny → 不予公开."""
    table = load_forms()[-1].table("requests")
    assert table
    return {
        row.key: row.label.partition("）")[2].partition("（")[0] for row in table.rows if row.key in OUTCOMES
    }
