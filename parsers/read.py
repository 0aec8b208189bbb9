"""One page through it: bytes → document → header → sections → figures → mentions → checks → report."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.blocks import Block, Document, Grid
from parsers.body import until_second_report
from parsers.checks import check
from parsers.documents import read_document
from parsers.figures import read_figures
from parsers.header import read_header
from parsers.identity import fingerprint, report_id
from parsers.index_number import read_index_number
from parsers.mentions import read_mentions
from parsers.period import read_period
from parsers.recognise import recognise
from parsers.report import NotAReport, Report, Source, Unread, UnreadableDocument
from parsers.sections import split_sections
from parsers.tables.strangers import unread_rows


def read_report(
    body: bytes,
    content_type: str = "",
    url: str = "",
    place: str = "",
    shell: tuple[bytes, str, str] | None = None,
) -> Report:
    """The annual report on one page.

    `content_type` is the label of the HTTP response, believed only where the bytes agree; `place` is the portal's
    own, as in 杭州市, and completes a body that the page calls 市民政局 only. `shell` is body, content type and address
    of the HTML page that shows this PDF or DOCX in the place of a text: the metadata header and title stand there.

    Raises NotAReport for any other page, UnreadableDocument for bytes that cannot be read at all.
    """
    document = read_document(body, content_type, url)
    blank = bool(document.unread and not (document.front or document.body or document.back))
    if shell:
        document = _within(document, read_document(*shell))
    elif blank:
        raise UnreadableDocument(document.unread[0].reason)
    first, second = until_second_report(document.body)
    document = replace(document, body=tuple(first))
    header = read_header(document)
    try:
        subject = recognise(document, header, place)
    except NotAReport:
        if blank:  # nor does the page around it say what the file is
            raise UnreadableDocument(document.unread[0].reason) from None
        raise
    sections, placed_grids = split_sections(document.body)
    reading = read_figures(placed_grids, sections, subject.year)
    mentions = read_mentions(sections, subject.year)
    period_start, period_end = read_period(sections)
    index_number = read_index_number(header.index_number)
    return Report(
        report_id=report_id(subject.issuer, subject.year),
        fingerprint=fingerprint(subject.issuer, subject.year, sections, reading.figures),
        issuer=subject.issuer,
        issuer_code=index_number.issuer_code,
        region_code=None,
        year=subject.year,
        title=subject.title,
        template=reading.template,
        period_start=period_start,
        period_end=period_end,
        header=header,
        sections=sections,
        tables=reading.tables,
        figures=reading.figures,
        unread=document.unread + reading.unread + tuple(_of_second_report(second)),
        checks=check(reading, mentions, sections),
        mentions=mentions,
        attachments=document.attachments,
        source=_source(body, document, url),
    )


def _of_second_report(blocks: Sequence[Block]) -> Iterator[Unread]:
    for block in blocks:
        if isinstance(block, Grid):
            yield from unread_rows(block, "a second report on the page")


def _within(document: Document, shell: Document) -> Document:
    return replace(
        document,
        front=shell.front + document.front,
        title=shell.title or document.title,
        metas={**document.metas, **shell.metas},
        embedded=shell.embedded,
        attachments=shell.attachments,
    )


def _source(body: bytes, document: Document, url: str) -> Source:
    return Source(
        url=url,
        encoding=document.encoding,
        media_type=document.media_type,
        body_sha256=hashlib.sha256(body).hexdigest(),
    )
