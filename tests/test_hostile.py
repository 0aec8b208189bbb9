"""Pages made to hurt: each ends soon, in little memory, in a report or in a reason."""

import resource
from collections.abc import Iterator

import pytest

from parsers.read import read_report
from parsers.report import NotAReport, UnreadableDocument
from tests.fuzz.mutants import mutant
from tests.fuzz.properties import hold, made_up_pages
from tests.timing import least_seconds
from tests.writing import render_html, write_truth

HEAD, TAIL = render_html(write_truth("湖滨市农业农村局", 2023, seed=1)).split('<div id="zoom">')
ROW = "<tr><td>一、本年新收政府信息公开申请数量</td><td>1</td></tr>"
APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
LARGEST = 1_400_000  # bytes, just below what is refused unread


def filled(unit: str, most: int = LARGEST) -> str:
    return unit * min(most, LARGEST // len(unit.encode()))


HOSTILE = {  # the most that is read, MOST_MARKS
    "one span bomb": "<table><tr><td rowspan=65000 colspan=1000>x</td></tr></table>",
    "span bombs": "<table>"
    + "<tr><td rowspan=65000 colspan=1000>本年新收结转下年度</td></tr>" * 9000
    + "</table>",
    "a table of 9,300 columns": "<table><tr><td>本年新收</td>" + "<td>自然人</td>" * 9_300 + "</table>",
    "4,800 rows of one label": "<table>" + ROW * 4800 + "</table>",
    "980 rows of a cell too many": "<table><tr><td>申请人情况</td>"
    + "".join(f"<td>{applicant}</td>" for applicant in APPLICANTS)
    + "</tr>"
    + ROW.replace("<td>1</td>", "<td>1</td>" * 8) * 980
    + "</table>",
    "500 heads of one table": "<table><tr><td>本年新收</td>"
    + "".join(f"<td>{applicant}</td>" for applicant in APPLICANTS)
    + ("</tr><tr><td>" + "</td><td>".join(APPLICANTS) + "</td>") * 500
    + "</tr></table>",
    "4,800 tables": "<table><tr><td>行政许可</td><td>1</td></tr></table>" * 4800,
    "100,000 nested div": "<div>" * 100_000,
    "100,000 nested div, closed": "<div>" * 100_000 + "x" + "</div>" * 100_000,
    "20,000 nested tables": "<table><tr><td>" * 20_000,
    "100,000 open font": "<font>字" * 100_000,
    "100,000 attributes": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
    "nested JSON": "<script>window._CONFIG=" + '{"a":' * 50_000 + "</script>",
    "9,300 links": "<a href=a.pdf>附件</a>" * 9_300,
    "empty containers": "<p>信息内容</p>" + "<div></div>" * 9_600,
    "4,800 lines": "<p>（一）收到申请3件。</p>" * 4_800,
    "one endless line": filled("收到申请3件，"),
    "one endless number": filled("1"),
    "one endless date": filled("2023年1月1日"),
    "endless brackets": filled("《（"),
    "endless blanks": filled("&nbsp; "),
    "endless comments": filled("<!--"),
    "open attributes": filled('<a href="'),
    "entities": filled("&#x110000;"),
}
HOSTILE_TEXTS = {  # the most that is read, MOST_PARTS
    "heads of tables": "第二十条第（一）项\n" * 19_900,
    "heads of tables, other": "信息内容\n" * 19_900,
    "pipes": "|" * 19_900,
    "pipes on lines of their own": "a\nb\n|\n" * 4900,
    "cells on one line": "规章|1|2|" * 6600,
    "labels before one row": "三、本年度办理结果 " * 19_900 + "1 2 3",
    "tabs": "a\tb\n" * 6600,
    "blank lines": "a|b\n" + "\n" * LARGEST,
    "a line": filled("收到申请3件，"),
}


def is_read_in_a_second(body: bytes, content_type: str) -> bool:
    """Whether there is a report or a reason by then."""

    def read() -> None:
        try:
            read_report(body, content_type, "http://127.0.0.1/2023.html")
        except (NotAReport, UnreadableDocument) as refusal:
            assert str(refusal)  # noqa: PT017

    return least_seconds(read, bound=1) < 1


@pytest.fixture(autouse=True)
def bounded_memory() -> Iterator[None]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup(name: str) -> None:
    assert is_read_in_a_second(f'{HEAD}<div id="zoom">{HOSTILE[name]}{TAIL}'.encode(), "text/html")


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_hostile_text(name: str) -> None:
    assert is_read_in_a_second(HOSTILE_TEXTS[name].encode(), "text/plain")


@pytest.mark.parametrize("content_type", ["text/html", "text/plain"])
def test_fifty_megabytes_are_refused_at_once(content_type: str) -> None:
    assert is_read_in_a_second(b"<p>\xe5\xb9\xb4</p>" * 5_000_000, content_type)


@pytest.mark.parametrize("start", range(0, 250, 50))
def test_damaged_pages(start: int) -> None:
    """The first of those that `make fuzz` reads by the thousand."""
    for number in range(start, start + 50):
        origin, body = mutant(number)
        hold(body, origin.content_type)


def test_made_up_pages() -> None:
    made_up_pages(60, 1)()
