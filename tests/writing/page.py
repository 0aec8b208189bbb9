"""A page before it becomes bytes, and the dialects: functions that vary one thing about it.

A dialect changes the page and, where it changes what the page says, the truth with it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from random import Random

from tests.writing.markup import Line, Piece, Sheet, pieces, render_sheet
from tests.writing.truth import Truth


def plain_line(line: Line) -> str:
    return f"<p>{escape(line.text)}</p>"


def joined(parts: Sequence[str]) -> str:
    return "\n".join(parts)


def zoom(body: str) -> str:
    return f'<div id="zoom">\n{body}\n</div>'


def plain_title(title: str) -> str:
    return f"<h1>{escape(title)}</h1>" if title else ""


def plain_layout(page: "Page", article: str) -> str:
    return f"{page.header}\n{page.title_markup(page.printed_title)}\n{page.source_line}\n{article}"


@dataclass(frozen=True, slots=True)
class Page:
    """A report page in the making."""

    truth: Truth
    pieces: tuple[Piece, ...]
    dialects: tuple[str, ...] = ()  # names, in the order in which they were applied
    printed_title: str = ""  # above the body; empty: not printed
    head_title: str = ""  # <title>
    metas: tuple[tuple[str, str], ...] = ()
    header: str = ""  # metadata header, as markup
    source_line: str = ""
    title_markup: Callable[[str], str] = plain_title
    line: Callable[[Line], str] = plain_line
    sheet: Callable[[Sheet], str] = render_sheet
    join: Callable[[Sequence[str]], str] = joined
    container: Callable[[str], str] = zoom
    layout: Callable[["Page", str], str] = plain_layout
    before: str = ""  # right after <body>
    after: str = ""  # right before </body>
    scripts: str = ""  # in <head>
    charset: str | None = "utf-8"  # as the page declares it
    encoding: str = "utf-8"  # as it is
    content_type: str = "text/html"
    place: str = ""  # what the registry says of the portal: 宁江市
    rewrite: Callable[[str], str] = field(default=str)  # the last word on the whole markup
    written: bytes = b""  # for other media than HTML: the bytes themselves


def plain_page(truth: Truth) -> Page:
    """The report with standard metas and without a metadata header: a dialect prints one."""
    return Page(
        truth=replace(truth, header={}),
        pieces=pieces(truth),
        printed_title=truth.title,
        head_title=truth.title,
        metas=(
            ("SiteName", truth.issuer),
            ("ColumnName", "政府信息公开年报"),
            ("ArticleTitle", truth.title),
            ("PubDate", f"{truth.published_on} 09:00"),
            ("ContentSource", truth.issuer),
        ),
    )


def render_article(page: Page) -> str:
    """The markup of the report's own body, in its container."""
    return page.container(
        page.join(
            [page.sheet(piece) if isinstance(piece, Sheet) else page.line(piece) for piece in page.pieces]
        )
    )


def render_page(page: Page) -> bytes:
    """The page as a server would send it."""
    if page.written:
        return page.written
    charset = f'<meta charset="{page.charset}">\n' if page.charset else ""
    metas = "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in page.metas)
    markup = (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n{charset}<title>{escape(page.head_title)}</title>\n'
        f"{metas}{page.scripts}</head>\n<body>\n{page.before}\n{page.layout(page, render_article(page))}\n"
        f"{page.after}\n</body>\n</html>\n"
    )
    return page.rewrite(markup).encode(page.encoding, errors="xmlcharrefreplace")


OTHER_MEDIA = 0.93  # the probability that a page is HTML
Dialect = Callable[[Page, Random], Page]
# group → name → dialect, in the order in which groups are applied: what a page says before how it is marked up
GROUPS: dict[str, dict[str, Dialect]] = {
    group: {}
    for group in (
        *("wording", "issuer", "sections", "numbering", "arrangement", "labels", "values", "cells"),
        *("paragraphs", "headings", "container", "place of the title", "head title", "header", "source line"),
        *("metas", "surroundings", "copies", "bytes", "media"),
    )
}


def dialect(group: str) -> Callable[[Dialect], Dialect]:
    """Enter a dialect into its group, under its function's name. At most one of a group is used on a page."""

    def enter(function: Dialect) -> Dialect:
        GROUPS[group][function.__name__] = function
        return function

    return enter


def apply(page: Page, name: str, rng: Random) -> Page:
    """The page in the dialect of that name as well."""
    (function,) = [functions[name] for functions in GROUPS.values() if name in functions]
    return replace(function(page, rng), dialects=(*page.dialects, name))


def vary(truth: Truth, rng: Random, plain: float) -> Page:
    """The report in dialects chosen at random: each group stays plain with the probability `plain`.

    Few pages are written in another medium than HTML, which then says nothing of their markup.
    """
    page = plain_page(truth)
    for group, functions in GROUPS.items():
        name = rng.choice(sorted(functions))
        if rng.random() >= (OTHER_MEDIA if group == "media" else plain):
            page = apply(page, name, rng)
    return page
