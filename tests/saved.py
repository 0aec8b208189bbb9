"""Saved pages and what is expected of them: tests/pages/<portal>/<year>.<type> with <year>.json beside it."""

import json
from collections.abc import Mapping
from pathlib import Path

from parsers.read import read_report
from parsers.report import JSON, NotAReport, UnreadableDocument, to_json

PAGES = Path(__file__).parent / "pages"
NOT_PAGES = {".json"}


def saved_pages() -> list[Path]:
    return sorted(path for path in PAGES.glob("*/*") if path.suffix not in NOT_PAGES)


def expectation(page: Path) -> Path:
    return page.with_suffix(".json")


def read_page(page: Path) -> JSON:
    """The record of a saved page, as its JSON file has it; for what is no report, the reason."""
    try:
        report = read_report(page.read_bytes(), "", f"https://{page.parent.name}.example/{page.name}")
    except (NotAReport, UnreadableDocument) as refusal:
        return {"not_a_report": True, "reason_contains": str(refusal)}
    record: JSON = json.loads(json.dumps(to_json(report)))
    return record


def differences(expected: Mapping[str, object], given: Mapping[str, object]) -> list[str]:
    """What differs, one line for each field or element of a list."""
    if expected.get("not_a_report"):
        if not given.get("not_a_report"):
            return [f"taken for a report of {given.get('issuer')} for {given.get('year')}"]
        reason = str(given["reason_contains"])
        return [] if str(expected["reason_contains"]) in reason else [f"refused because: {reason}"]
    lines = []
    for field in {**expected, **given}:
        wanted, found = expected.get(field), given.get(field)
        if wanted == found:
            continue
        if isinstance(wanted, list) and isinstance(found, list):
            lines += [f"{field}: - {element}" for element in wanted if element not in found]
            lines += [f"{field}: + {element}" for element in found if element not in wanted]
            lines += [f"{field}: the order differs"] if len(wanted) == len(found) and not lines else []
        else:
            lines.append(f"{field}: {found!r} for {wanted!r}")
    return lines


def write_json(path: Path, record: Mapping[str, object]) -> None:
    """One line for each field, and for each element of a list: a change in review is the line of what changed."""

    def compact(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    lines = []
    for field, value in record.items():
        if isinstance(value, list) and value:
            elements = ",\n  ".join(map(compact, value))
            lines.append(f" {compact(field)}: [\n  {elements}\n ]")
        else:
            lines.append(f" {compact(field)}: {compact(value)}")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
