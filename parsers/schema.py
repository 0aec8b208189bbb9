"""The JSON Schema of one line of the export, from the dataclasses: `python -m parsers.schema > FILE` renews it."""

import inspect
import json
import re
from collections.abc import Mapping
from dataclasses import is_dataclass
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from parsers.report import JSON, Report

PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


def json_schema() -> JSON:
    """The schema; each field's description is the comment that stands beside it in report.py."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "政府信息公开工作年度报告",
        **_object(Report),
    }


def _object(kind: type) -> JSON:
    comments = _comments(kind)
    properties: JSON = {}
    for name, type_ in get_type_hints(kind, include_extras=True).items():
        described = {"description": comments[name]} if name in comments else {}
        properties[name] = {**described, **_schema(type_)}
    return {
        "description": inspect.getdoc(kind) or "",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _schema(kind: Any) -> JSON:
    if is_dataclass(kind):
        assert isinstance(kind, type)
        return _object(kind)
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _schema(get_args(kind)[0])}
    if get_origin(kind) is Mapping:
        return {"type": "object", "additionalProperties": _schema(get_args(kind)[1])}
    kinds = (kind,) if get_origin(kind) is Annotated else get_args(kind) or (kind,)
    names = [PLAIN[getattr(one, "__origin__", one)] for one in kinds]
    if "number" in names:
        names.remove("integer")  # a number already
    schema: JSON = {"type": names if len(names) > 1 else names[0]}
    for one in kinds:
        schema |= _limits(one)
    return schema


def _limits(kind: Any) -> JSON:
    """What a type is held to besides, in the schema's words; these say nothing of null."""
    return {
        word: limit
        for meta in getattr(kind, "__metadata__", ())
        for word, limit in (("pattern", meta.pattern), ("minimum", meta.ge), ("maximum", meta.le))
        if limit is not None
    }


def _comments(kind: type) -> dict[str, str]:
    fields = re.finditer(r"^    (\w+): [^#\n]+?  # (.+)$", inspect.getsource(kind), re.MULTILINE)
    return {field[1]: field[2] for field in fields}


if __name__ == "__main__":
    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
