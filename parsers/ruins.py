"""What is left of a statutory table that lost its cells: lines of labels and digits with nothing between them."""

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from parsers.form import load_forms
from parsers.report import Unread


def ruins(texts: Sequence[Sequence[str]], read: Collection[str]) -> Iterator[Unread]:
    """The lines of each text, a section's or those of a grid, that are such ruins; of tables that are not `read`."""
    for table, words in _labels().items():
        if table in read:
            continue
        for lines in texts:
            found = [
                (line, sum(word in line for word in words))
                for line in lines
                if "。" not in line and any(c.isdigit() for c in line)
            ]
            if sum(labels for _, labels in found) >= 2:
                for line, labels in found:
                    if labels:
                        yield Unread(table, line, "a table that lost its cells")


@cache
def _labels() -> dict[str, tuple[str, ...]]:
    """By table: labels of rows that nobody writes in prose."""
    return {
        table.key: tuple(dict.fromkeys(row.words[0] for row in table.rows if row.has_figures))
        for form in load_forms()
        for table in form.tables
        if table.key in ("disclosure", "requests")
    }
