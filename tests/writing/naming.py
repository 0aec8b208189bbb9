"""Dialects of the title: where it stands, how it is worded, and which words of it are missing."""

from dataclasses import replace
from html import escape
from random import Random

from tests.writing.markup import pieces
from tests.writing.page import Page, dialect

DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


def retitle(page: Page, title: str) -> Page:
    """The page under another title, wherever the title stands."""
    metas = tuple((name, title if name == "ArticleTitle" else value) for name, value in page.metas)
    truth = replace(page.truth, title=title)
    return replace(page, truth=truth, printed_title=title, head_title=title, metas=metas)


@dialect("wording")
def year_first(page: Page, rng: Random) -> Page:
    return retitle(page, f"{page.truth.year}年{page.truth.issuer}政府信息公开工作年度报告")


@dialect("wording")
def year_of_characters(page: Page, rng: Random) -> Page:
    year = str(page.truth.year).translate(DIGITS)
    return retitle(page, f"{page.truth.issuer}{year}年政府信息公开工作年度报告")


@dialect("wording")
def short_wording(page: Page, rng: Random) -> Page:
    words = rng.choice(
        ("政府信息公开年报", "信息公开年度报告", "政府信息公开年度报告", "政府信息公开工作报告")
    )
    return retitle(page, f"{page.truth.issuer}{page.truth.year}年{words}")


@dialect("wording")
def twice_yearly(page: Page, rng: Random) -> Page:
    return retitle(page, f"{page.truth.issuer}{page.truth.year}年度政府信息公开工作年度报告")


@dialect("wording")
def year_last(page: Page, rng: Random) -> Page:
    return retitle(page, f"{page.truth.issuer}政府信息公开工作年度报告（{page.truth.year}年度）")


@dialect("wording")
def year_without_its_word(page: Page, rng: Random) -> Page:
    return retitle(page, f"{page.truth.issuer}{page.truth.year}政府信息公开工作年度报告")


@dialect("wording")
def about(page: Page, rng: Random) -> Page:
    return retitle(page, f"{page.truth.issuer}关于{page.truth.year}年度政府信息公开工作情况的报告")


@dialect("wording")
def text_version(page: Page, rng: Random) -> Page:
    return retitle(page, f"{page.truth.issuer}{page.truth.year}年政府信息公开工作年度报告（文字版）")


@dialect("wording")
def year_only_in_the_period(page: Page, rng: Random) -> Page:
    return retitle(page, f"{page.truth.issuer}政府信息公开工作年度报告")


@dialect("issuer")
def issuer_without_its_place(page: Page, rng: Random) -> Page:
    """The title says 市民政局; the registry knows the city."""
    issuer = page.truth.issuer
    place = next((issuer[:length] for length in (3, 4, 2) if issuer[length - 1 : length] in "市县"), None)
    if place is None or issuer.endswith("人民政府") or len(issuer) - len(place) < 2:
        return page
    short = issuer[len(place) - 1 :]
    page = retitle(page, page.truth.title.replace(issuer, short))
    metas = tuple(
        (name, short if name in ("ContentSource", "SiteName") else value) for name, value in page.metas
    )
    return replace(page, metas=metas, place=place)


@dialect("issuer")
def signed(page: Page, rng: Random) -> Page:
    """Body and date below the last section."""
    year, month, day = page.truth.published_on.split("-")
    signature = (page.truth.issuer, f"{year}年{int(month)}月{int(day)}日")
    truth = replace(page.truth, signature=signature)
    return replace(page, truth=truth, pieces=pieces(truth))


@dialect("place of the title")
def split_over_two_lines(page: Page, rng: Random) -> Page:
    cut = len(page.truth.issuer) if page.truth.title.startswith(page.truth.issuer) else 5
    return replace(
        page,
        title_markup=lambda title: (
            f'<div class="title">{escape(title[:cut])}<br/>{escape(title[cut:])}</div>'
        ),
    )


@dialect("place of the title")
def title_inside_the_body(page: Page, rng: Random) -> Page:
    container = page.container
    words = escape(page.truth.title)
    return replace(
        page,
        printed_title="",
        container=lambda body: container(f'<p style="text-align:center"><b>{words}</b></p>\n{body}'),
    )


@dialect("place of the title")
def title_doubled(page: Page, rng: Random) -> Page:
    container = page.container
    words = escape(page.truth.title)
    return replace(page, container=lambda body: container(f"<p><strong>{words}</strong></p>\n{body}"))


@dialect("place of the title")
def title_split_inside_the_body(page: Page, rng: Random) -> Page:
    container = page.container
    cut = len(page.truth.issuer) if page.truth.title.startswith(page.truth.issuer) else 5
    first, second = escape(page.truth.title[:cut]), escape(page.truth.title[cut:])
    style = ' align="center" style="font-size:22pt"'
    return replace(
        page,
        printed_title="",
        container=lambda body: container(f"<p{style}>{first}</p>\n<p{style}>{second}</p>\n{body}"),
    )


@dialect("place of the title")
def title_only_in_the_head(page: Page, rng: Random) -> Page:
    return replace(page, printed_title="")


@dialect("place of the title")
def title_in_a_cell(page: Page, rng: Random) -> Page:
    return replace(
        page,
        title_markup=lambda title: (
            f'<table width="100%"><tr><td class="title" align="center">{escape(title)}</td></tr></table>'
        ),
    )


@dialect("head title")
def site_name_in_the_head(page: Page, rng: Random) -> Page:
    return replace(page, head_title=f"{page.truth.title}_政府信息公开年报_{page.truth.issuer}")


@dialect("head title")
def only_the_site_in_the_head(page: Page, rng: Random) -> Page:
    if not page.printed_title:
        return page
    return replace(page, head_title="政府信息公开")


@dialect("head title")
def cut_in_the_head(page: Page, rng: Random) -> Page:
    if not page.printed_title:
        return page
    return replace(page, head_title=page.truth.title[:-6] + "...")
