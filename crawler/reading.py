"""From a fetched page to its report: what the readers understand, and what only the crawl knows."""

import hashlib
from dataclasses import replace

from crawler.items import Page
from crawler.portals import Portal
from crawler.store.crawl_log import UnreadFile
from parsers.documents.file_types import sniff
from parsers.read import read_report
from parsers.recognise import read_subject
from parsers.report import Report


def read_page(page: Page, portal: Portal | None, archive: str | None = None) -> Report:
    """The report on a fetched page, with its source filled in; `portal` is None for one that left the registry.

    Raises NotAReport, UnreadableDocument.
    """
    shell, place = page.shell, portal.place if portal else ""
    if shell and sniff(page.body, page.content_type, page.url).startswith("text/"):
        whole = b"".join(part.body for part in page.chain)
        report = read_report(whole, page.content_type, page.url, place)
        of_page = replace(report.source, body_sha256=hashlib.sha256(page.body).hexdigest())
    else:
        around = (shell.body, shell.content_type, shell.url) if shell else None
        report = read_report(page.body, page.content_type, page.url, place, around)
        of_page = report.source
    source = replace(
        of_page,
        portal=page.portal,
        family=page.family,
        requested_url=page.requested_url,
        fetched_at=page.fetched_at,
        status=page.status,
        archive=archive,
    )
    return replace(report, region_code=(portal.region_code or None) if portal else None, source=source)


def unread_file(page: Page, portal: Portal, media_type: str, reason: str) -> UnreadFile:
    """What is known of a report whose file cannot be read: what the listing printed."""
    issuer, year = read_subject(page.listed_title, portal.place)
    return UnreadFile(
        url=page.url,
        portal=portal.id,
        media_type=media_type,
        reason=reason,
        at=page.fetched_at,
        page=page.shell.url if page.shell else None,
        title=page.listed_title or None,
        issuer=issuer,
        year=year,
        index_number=page.listed_index_number,
        listed_on=page.listed_date,
        size=len(page.body),
        body_sha256=hashlib.sha256(page.body).hexdigest(),
    )
