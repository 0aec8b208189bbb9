"""The JSON that an HTML page's scripts carry, and the article in it where the page itself has none."""

import contextlib
import json
import re
from collections.abc import Mapping

from lxml.etree import _Element

ASSIGNMENT = re.compile(r"\b(window\.[A-Za-z_$][\w$]*)\s*=\s*(?=[{\[])")
MARKUP = re.compile(r"<(?:p|div|table|br|span)\b", re.IGNORECASE)
NAMED_RECORD = re.compile(r"([A-Za-z_$][\w$]*)[\"']?\s*:\s*(?={)")
MOST_RECORDS = 20  # that are tried
DEEPEST_ARTICLE = 4  # levels of the JSON in which the article is looked for
SHORTEST_ARTICLE = 500  # characters, with its markup


def embedded_json(root: _Element) -> Mapping[str, object]:
    """The JSON that scripts assign to the window: {"window._CONFIG": {…}}. What is no JSON is left alone."""
    embedded: dict[str, object] = {}
    for script in root.iter("script"):
        text = script.text or ""
        if "window." not in text:
            continue
        for match in ASSIGNMENT.finditer(text):
            try:
                value, _ = json.JSONDecoder().raw_decode(text, match.end())
            except (ValueError, RecursionError):
                value = _records(text, match.end())
            if value:
                embedded.setdefault(match[1], value)
    return embedded


def _records(text: str, start: int) -> Mapping[str, object]:
    """The objects that are JSON within one that is none: window._CONFIG = {SID: '1', DETAIL: {"title": …}}."""
    records: dict[str, object] = {}
    position = start
    for _ in range(MOST_RECORDS):
        if not (found := NAMED_RECORD.search(text, position)):
            break
        position = found.end()
        with contextlib.suppress(ValueError, RecursionError):
            records[found[1]], position = json.JSONDecoder().raw_decode(text, position)
    return records


def embedded_article(embedded: Mapping[str, object]) -> str | None:
    """The longest text with markup among the values of the JSON."""
    level: list[object] = list(embedded.values())
    texts: list[str] = []
    for _depth in range(DEEPEST_ARTICLE):
        texts += [value for value in level if isinstance(value, str) and is_article(value)]
        level = [
            value
            for item in level
            for value in (
                item.values() if isinstance(item, Mapping) else item if isinstance(item, list) else ()
            )
        ]
    return max(texts, key=len, default=None)


def is_article(value: object) -> bool:
    """Whether a value in the JSON may be the text of a report."""
    return isinstance(value, str) and len(value) >= SHORTEST_ARTICLE and bool(MARKUP.search(value))
