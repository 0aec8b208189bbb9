"""The JSON Schema of one line of the export, from the dataclasses: `python -m parsers.schema > FILE` renews it."""

import inspect
import json
import re
from collections.abc import Iterator

import msgspec

from parsers import report
from parsers.report import JSON


def json_schema() -> JSON:
    """The schema; each field's description is the comment that stands beside it in report.py."""
    (whole,), parts = msgspec.json.schema_components([report.Report], ref_template="#/$defs/{name}")
    for name, part in parts.items():
        for field, comment in _comments(getattr(report, name)):
            part["properties"][field]["description"] = comment
        part |= {"required": list(part["properties"]), "additionalProperties": False}
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "title": "政府信息公开工作年度报告", **whole, "$defs": parts}


def _comments(kind: type) -> Iterator[tuple[str, str]]:
    fields = re.finditer(r"^    (\w+): [^#\n]+?  # (.+)$", inspect.getsource(kind), re.MULTILINE)
    return ((field[1], field[2]) for field in fields)


if __name__ == "__main__":
    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
