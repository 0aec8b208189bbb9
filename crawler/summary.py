"""A report as text that a person can hold against the page: header, sections, the three tables, what failed."""

from collections.abc import Iterator
from dataclasses import fields

from crawler.terminal import table
from parsers.report import Figure, Report


def summary(report: Report) -> str:
    """The whole report in some sixty lines; each figure stands where the form prints it."""
    return "\n".join(
        line
        for part in (_who, _header, _sections, _figures, _unread, _checks, _mentions, _attachments)
        for line in part(report)
    )


def _who(report: Report) -> Iterator[str]:
    yield report.title or "(the page prints no title)"
    yield f"  issuer    {report.issuer}" + (f"  ({report.issuer_code})" if report.issuer_code else "")
    period = f"{report.period_start or '?'} to {report.period_end or '?'}"
    yield f"  year      {report.year}  (period {period}; template {report.template})"
    yield f"  report    {report.report_id}  fingerprint {report.fingerprint}"
    source = report.source
    yield f"  source    {source.url}  ({source.media_type}{', ' + source.encoding if source.encoding else ''})"


def _header(report: Report) -> Iterator[str]:
    yield ""
    yield "Header"
    for field in fields(report.header):
        if field.name != "other":
            yield f"  {field.name:<18}{getattr(report.header, field.name) or '-'}"
    for label, value in report.header.other.items():
        yield f"  other: {label} = {value}"


def _sections(report: Report) -> Iterator[str]:
    yield ""
    yield "Sections"
    for section in report.sections:
        indent = "  " * section.level
        name = f"{section.number or '-'} {section.title}".rstrip()
        key = f" [{section.key}]" if section.key else ""
        yield f"{indent}{name}{key}: {len(section.text)} characters"


def _figures(report: Report) -> Iterator[str]:
    for name in dict.fromkeys(figure.table for figure in report.figures):
        figures = [figure for figure in report.figures if figure.table == name]
        blank = sum(figure.value is None for figure in figures)
        yield ""
        yield f"Table {name}: {len(figures)} cells" + (f", {blank} blank" if blank else "")
        yield from ("  " + line for line in _grid(figures).splitlines())


def _grid(figures: list[Figure]) -> str:
    columns = list(dict.fromkeys(figure.column for figure in figures))
    cells = {(figure.row, figure.column): _value(figure) for figure in figures}
    rows = [
        (row, *(cells.get((row, column)) for column in columns))
        for row in dict.fromkeys(figure.row for figure in figures)
    ]
    return table(rows, ("", *columns))


def _value(figure: Figure) -> str:
    """The value, its unit where it is money, and · for a blank cell."""
    if figure.value is None:
        return "·"
    return f"{figure.value} {figure.unit}" if "元" in figure.unit else str(figure.value)


def _unread(report: Report) -> Iterator[str]:
    if report.unread:
        yield ""
        yield f"Unread: {len(report.unread)}"
    for unread in report.unread:
        yield f"  {unread.table or '-'}: {unread.text[:60]!r}: {unread.reason}"


def _checks(report: Report) -> Iterator[str]:
    passed = sum(check.passed is True for check in report.checks)
    failed = [check for check in report.checks if check.passed is False]
    blank = len(report.checks) - passed - len(failed)
    yield ""
    yield f"Checks: {passed} passed, {len(failed)} failed, {blank} not decidable (a term is blank)"
    for check in failed:
        yield f"  {check.rule} {check.table or ''} {check.scope}: {check.left} is not {check.right}"


def _mentions(report: Report) -> Iterator[str]:
    for mention in report.mentions:
        yield f"  prose says {mention.key} = {mention.value}: {mention.quote}"


def _attachments(report: Report) -> Iterator[str]:
    for attachment in report.attachments:
        yield f"  attached: {attachment.name} {attachment.url}"
