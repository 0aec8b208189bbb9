"""The published JSON Schema: current, valid, and true of records; and the way back from a record to a report."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import parsers
from parsers.report import from_json, to_json
from parsers.schema import json_schema
from tests.records import report

PUBLISHED = Path(parsers.__file__).parent / "data" / "report.schema.json"


def test_the_published_schema_is_current() -> None:
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == json_schema(), (
        "python -m parsers.schema > parsers/data/report.schema.json"
    )


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_schema())


def test_records_keep_to_the_schema() -> None:
    record = json.loads(json.dumps(to_json(report())))
    Draft202012Validator(json_schema()).validate(record)


@pytest.mark.parametrize(
    ("field", "value"),
    [("year", "2020"), ("year", 2020.5), ("title", None), ("figures", {}), ("header", None), ("more", 1)],
)
def test_the_schema_and_the_reader_refuse_the_same(field: str, value: object) -> None:
    record = {**json.loads(json.dumps(to_json(report()))), field: value}
    assert not Draft202012Validator(json_schema()).is_valid(record)
    with pytest.raises(ValueError, match=rf"^record\.{field}: "):
        from_json(record)


def test_there_and_back() -> None:
    assert from_json(json.loads(json.dumps(to_json(report())))) == report()


def test_what_is_wrong_is_told_where_it_is() -> None:
    record = json.loads(json.dumps(to_json(report())))
    record["figures"][2]["value"] = True
    with pytest.raises(
        ValueError, match=r"^record\.figures\[2\]\.value: True instead of int or float or NoneType$"
    ):
        from_json(record)
    with pytest.raises(ValueError, match=r"^record: \[\] instead of an object$"):
        from_json([])
    del record["figures"][2]["unit"]
    with pytest.raises(ValueError, match=r"^record\.figures\[2\]\.unit: missing$"):
        from_json(record)
