"""What an interface answers for one article: JSON with the text as markup in a field, and its record beside it."""

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from parsers.decode import decode
from parsers.documents.embedded import is_article

TITLES = ("title", "realtitle", "infotitle", "name")


def as_page(body: bytes, content_type: str) -> bytes | None:
    """The article as an HTML page in UTF-8 whose script keeps the record; None for anything but such an answer.

    What stands in an array is a row of a list, and no article of its own.
    """
    if not body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        answer = json.loads(decode(body, content_type)[0])
    except (ValueError, RecursionError):
        return None
    found = [(text, record) for record in _records(answer) for text in record.values() if is_article(text)]
    if not found:
        return None
    article, record = max(found, key=lambda one: len(one[0]))
    title = next((str(record[name]) for name in TITLES if isinstance(record.get(name), str)), "")
    told = {name: value for name, value in record.items() if not is_article(value)}
    kept = json.dumps(told, ensure_ascii=False).replace("</", "<\\/")
    return (
        f"<html><head><title>{escape(title)}</title><script>window.ANSWER = {kept};</script></head>"
        f"<body><h1>{escape(title)}</h1><div id='zoom'>{article}</div></body></html>"
    ).encode()


def _records(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
        for part in value.values():
            yield from _records(part)
