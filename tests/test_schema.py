"""The published JSON Schema: current, valid, and true of records; and the way back from a record to a report."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import parsers
from parsers.report import from_line, to_json, to_line
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
    record = to_json(report())
    Draft202012Validator(json_schema()).validate(record)


@pytest.mark.parametrize(
    ("field", "value"),
    [("year", "2020"), ("year", 2020.5), ("title", None), ("figures", {}), ("header", None), ("more", 1)],
)
def test_the_schema_and_the_reader_refuse_the_same(field: str, value: object) -> None:
    record = {**to_json(report()), field: value}
    assert not Draft202012Validator(json_schema()).is_valid(record)
    with pytest.raises(ValueError, match=rf"^record\.{field}: "):
        from_line(json.dumps(record))


def test_there_and_back() -> None:
    assert from_line(to_line(report())) == report()


def test_what_is_wrong_is_told_where_it_is() -> None:
    record = to_json(report())
    record["figures"][2]["value"] = True
    with pytest.raises(
        ValueError, match=r"^record\.figures\[2\]\.value: expected int \| float \| null, got bool$"
    ):
        from_line(json.dumps(record))
    with pytest.raises(ValueError, match=r"^record: expected object, got array$"):
        from_line("[]")
    record["figures"][2] = {"table": "disclosure"}
    with pytest.raises(ValueError, match=r"^record\.figures\[2\]: object missing required field row$"):
        from_line(json.dumps(record))


def test_nothing_that_a_line_says_is_passed_over() -> None:
    record: Any = to_json(report())
    record["source"]["weather"] = "rain"
    with pytest.raises(ValueError, match=r"^record\.source\.weather: unknown$"):
        from_line(json.dumps(record))
    record = to_json(report())
    del record["header"]["index_number"]
    with pytest.raises(ValueError, match=r"^record\.header\.index_number: missing$"):
        from_line(json.dumps(record))


@pytest.mark.parametrize(
    "line", [b"", b'{"year": NaN}', b'{"x": ' + b"[" * 100_000, b'{"title": "\xff"}', b"{} {}"]
)
def test_what_is_no_json_is_a_value_error(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"^(not JSON|not UTF-8|record)"):
        from_line(line)
