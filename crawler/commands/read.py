"""scrapy read: what we understand of one page."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator
from pathlib import Path

from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.http import Response
from twisted.python.failure import Failure
from w3lib.url import is_url

from crawler.middlewares import why_not_fetched
from crawler.summary import summary
from crawler.terminal import say, speak_utf8
from parsers.read import read_report
from parsers.report import NotAReport, Report, UnreadableDocument, to_json, to_line

# One page is read and printed; nothing is stored, exported or counted.
QUIET: dict[str, object] = {"LOG_LEVEL": "ERROR", "ITEM_PIPELINES": {}, "EXTENSIONS": {}, "FEEDS": {}}


class Command(ScrapyCommand):
    """Exit status 0: read; 1: not a report, or nothing to read, said in one line; 2: wrong usage."""

    requires_project = True

    def syntax(self) -> str:
        return "[--json] [--place PLACE] <file or URL>"

    def short_desc(self) -> str:
        return "Print what is understood of one report: header, sections, figures, checks"

    def long_desc(self) -> str:
        return (
            "Read one report from a file (HTML, PDF, DOCX or text) or a URL, and print it for comparison"
            " with the page, or as the JSON record of the export. A URL is fetched once, robots.txt obeyed."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print the record of the export")
        parser.add_argument(
            "--place", default="", help="the portal's place (杭州市), for a page that says only 市民政局"
        )
        parser.add_argument(
            "--save",
            metavar="PORTAL/YEAR",
            help="keep the page and its record as a test case, tests/pages/PORTAL/YEAR.html and .json",
        )

    def process_options(self, args: list[str], opts: Namespace) -> None:
        assert self.settings is not None
        self.settings.setdict(QUIET, priority="cmdline")
        super().process_options(args, opts)

    def run(self, args: list[str], opts: Namespace) -> None:
        if unknown := [arg for arg in args if arg.startswith("-")]:
            raise UsageError(f"no such option: {' '.join(unknown)}")
        if len(args) != 1:
            raise UsageError("name one file or URL")
        speak_utf8()
        name = args[0]
        try:
            body, content_type, url = self._fetch(name) if is_url(name) else (_bytes_of(name), "", name)
            report = read_report(body, content_type, url, opts.place)
        except (OSError, NotAReport, UnreadableDocument) as error:
            self._fail(name, error)
            return
        say(to_line(report).decode() if opts.json else summary(report))
        if opts.save:
            _save_case(body, report, opts.save)

    def _fail(self, name: str, error: Exception) -> None:
        said = "not an annual report: " if isinstance(error, NotAReport) else ""
        said = "unreadable: " if isinstance(error, UnreadableDocument) else said
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        print(f"{name}: {said}{reason}", file=sys.stderr)
        self.exitcode = 1

    def _fetch(self, url: str) -> tuple[bytes, str, str]:
        """The body, content type and final address; OSError says why there is none."""
        response = self._answer(url)
        if response.status != 200:
            raise OSError(f"the server answered {response.status}")
        label = (response.headers.get("Content-Type") or b"").decode("latin-1")
        return response.body, label, response.url

    def _answer(self, url: str) -> Response:
        answers: list[Response | Failure] = []
        try:
            request = Request(url, answers.append, errback=answers.append)
        except ValueError as error:
            raise OSError(f"not fetched: {error}") from None

        class OnePage(Spider):
            name = "one_page"
            handle_httpstatus_list = range(400, 600)

            async def start(self) -> AsyncIterator[Request]:
                yield request

        assert self.crawler_process is not None
        self.crawler_process.crawl(OnePage)
        self.crawler_process.start()
        answer = next(iter(answers), None)
        if isinstance(answer, Response):
            return answer
        raise OSError(f"not fetched: {why_not_fetched(answer.value) if answer else 'stopped'}")


def _bytes_of(name: str) -> bytes:
    body = Path(name).read_bytes()
    if not body:
        raise OSError("the file is empty")
    return body


def _save_case(body: bytes, report: Report, case: str) -> None:
    suffix = {"application/pdf": ".pdf", "text/plain": ".txt", "text/html": ".html"}.get(
        report.source.media_type, ".docx"
    )
    page = Path("tests/pages") / f"{case}{suffix}"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_bytes(body)
    expected = json.dumps(to_json(report), ensure_ascii=False, indent=1)
    page.with_suffix(".json").write_text(expected + "\n", encoding="utf-8")
    print(f"saved {page} and its .json: hold every figure against the page", file=sys.stderr)
