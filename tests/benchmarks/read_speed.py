"""How fast a page is read, as a multiple of what lxml needs to parse the same bytes; and whether memory stays flat.

All in one run and in turn, so that only the ratios count. Exit status 1 when a target is missed.
"""

import gc
import importlib.util
import io
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import chardet
import lxml.html

from parsers.read import read_report
from tests.timing import forget_other_pages
from tests.writing import render_html, write_truth

PAGE = 75_000  # bytes, of a report with its portal's navigation round it
PAGES = 20
ROUNDS = 7
TARGET = 3.0  # times the parse
MANY = 10_000
FLAT = 1.1  # times the memory after the first thousand

LINK = '<li class="nav-item"><a href="/zwgk/{0}/index.html" title="栏目{0}" target="_blank">公开栏目{0}</a></li>\n'
STYLE = "<style>" + ".nav-item a:hover{color:#c00;text-decoration:none}\n" * 60 + "</style>"
SCRIPT = "<script>" + "function share(){var u=location.href;open('/share?u='+u);}\n" * 60 + "</script>"
CELL = re.compile(r"<td([^<>]*)>([^<>]*)</td>")
WORD_CELL = (
    r'<td\1 width="62" style="border:1px solid #000;padding:0 7px"><p style="text-align:center;line-height:150%">'
    r'<span style="font-size:12px;font-family:宋体">\2</span></p></td>'
)
WORD_PARAGRAPH = (
    '<p style="text-indent:32px;line-height:28pt"><span style="font-family:仿宋_GB2312;font-size:21px">'
)

Work = Callable[[bytes], object]


def main() -> int:
    first, last = memory([page_of_full_size(number) for number in range(PAGES)])  # before others take theirs
    ratios = speed()
    print(
        f"\nMemory after 1,000 pages {first / 1e6:.0f} MB, after {MANY:,} pages {last / 1e6:.0f} MB ({last / first:.2f}×)."
    )
    missed = (
        [f"read_report takes {ratios['read_report']:.2f}× the parse"]
        if ratios["read_report"] > TARGET
        else []
    )
    missed += [f"memory grows {last / first:.2f}×"] if last / first > FLAT else []
    for line in missed:
        print(f"missed: {line}", file=sys.stderr)
    return bool(missed)


def page_of_full_size(number: int, seed: int = 0) -> bytes:
    """A report of our own as portals serve it: cells and paragraphs as Word exports them, styles, a share script, and
    navigation before and after, as much as is needed to fill the page. Other words and numbers with another seed."""
    truth = write_truth(
        "湖滨市农业农村局",
        2014 + number % 10,
        "2021" if number % 2 else "2019",
        seed=number + PAGES * seed,
        volume=60,
    )
    page = CELL.sub(WORD_CELL, render_html(truth))
    page = page.replace("</head>", STYLE + SCRIPT + "</head>").replace("<p>", WORD_PARAGRAPH)
    count = (PAGE - len(page.encode())) // len(LINK.format(100).encode())
    before, after = (
        f"<ul>{''.join(map(LINK.format, half))}</ul>"
        for half in (range(count // 2), range(count // 2, count))
    )
    return page.replace("<body>", "<body>" + before).replace("</body>", after + "</body>").encode()


def speed() -> dict[str, float]:
    """Print the table; each work's time as a multiple of the parse. No page comes again in another round, so that what
    is remembered is the portal's layout and never the page."""
    works: dict[str, Work] = {
        "lxml.html parse": parse,
        "read_report": lambda page: read_report(page, "text/html"),
        "read_report, nothing remembered of other pages": lambda page: read_report(page, "text/html"),
    }
    works |= {"chardet alone": chardet.detect, **optional_works()}
    best = {name: [float("inf")] * PAGES for name in works}
    others = [page_of_full_size(number, ROUNDS) for number in range(PAGES)]
    for seed in range(ROUNDS):
        for page in others:
            read_report(page, "text/html")
        pages = [page_of_full_size(number, seed) for number in range(PAGES)]
        for name, work in works.items():
            for number, page in enumerate(pages):
                if "nothing" in name:
                    forget_other_pages()
                best[name][number] = min(best[name][number], seconds(work, page))
    floor, size = statistics.fmean(best["lxml.html parse"]), statistics.fmean(map(len, others)) / 1000
    print(f"| work on a page of {size:.0f} kB | time | × parse |\n|---|---:|---:|")
    for name, times in best.items():
        print(f"| {name} | {statistics.fmean(times) * 1000:.2f} ms | {statistics.fmean(times) / floor:.2f} |")
    return {name: statistics.fmean(times) / floor for name, times in best.items()}


def parse(page: bytes) -> object:
    return lxml.html.document_fromstring(page, parser=lxml.html.HTMLParser(encoding="utf-8"))


def optional_works() -> dict[str, Work]:
    """What people use otherwise, where the extra `bench` is installed."""
    works: dict[str, Work] = {}
    if importlib.util.find_spec("trafilatura"):
        import trafilatura

        works["trafilatura.extract"] = lambda page: trafilatura.extract(page.decode())
    if importlib.util.find_spec("pandas"):
        import pandas

        works["pandas.read_html"] = lambda page: pandas.read_html(io.StringIO(page.decode()), flavor="lxml")
    for name in {"trafilatura.extract", "pandas.read_html"} - works.keys():
        print(f"{name} is not installed: pip install 'nianbao[bench]'")
    return works


def seconds(work: Work, page: bytes) -> float:
    start = time.process_time()
    work(page)
    return time.process_time() - start


def memory(pages: list[bytes]) -> tuple[int, int]:
    """Bytes of this process after the first thousand pages and after all; each has words and tables of its own."""
    first = 0
    for number in range(MANY):
        row = f'<tr><td rowspan="{number}">注{number}</td><td>0</td></tr></table>'.encode()
        page = pages[number % PAGES].replace(b"</table>", row)
        read_report(page.replace("湖滨市".encode(), f"湖滨{number}市".encode()), "text/html", "")
        if number == 999:
            gc.collect()
            first = resident()
    gc.collect()
    return first, resident()


def resident() -> int:
    if sys.platform == "linux":
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    sys.exit(main())
