"""Dialects of the running text: containers, paragraphs, headings, numbering, the order and names of sections."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from random import Random

from tests.writing.markup import Line, Piece, Sheet, heading
from tests.writing.page import Page, dialect
from tests.writing.truth import HEADINGS, Part

GLUE = re.compile(r"<!--glue--></p>\s*<p[^>]*>")


def with_parts(page: Page, parts: Sequence[Part], lines: Sequence[Piece]) -> Page:
    return replace(page, truth=replace(page.truth, parts=tuple(parts)), pieces=tuple(lines))


def change_headings(page: Page, change: dict[str, str]) -> Page:
    """The page with other titles for its level-1 sections, by key."""
    parts = {
        part: replace(part, title=change[part.key])
        for part in page.truth.parts
        if part.level == 1 and part.key in change
    }
    lines: list[Piece] = []
    for piece in page.pieces:
        if isinstance(piece, Line) and piece.part in parts:
            part = parts[piece.part]
            piece = Line(piece.text.replace(piece.part.title, part.title), part)
        lines.append(piece)
    return with_parts(page, [parts.get(part, part) for part in page.truth.parts], lines)


@dialect("sections")
def headings_of_the_other_form(page: Page, rng: Random) -> Page:
    other = "2019" if page.truth.form == "2021" else "2021"
    return change_headings(page, dict(HEADINGS[other]))


@dialect("sections")
def free_headings(page: Page, rng: Random) -> Page:
    return change_headings(
        page,
        {
            "overview": rng.choice(("总体情况", "基本情况", "工作总体情况")),
            "disclosure": rng.choice(("主动公开政府信息", "主动公开情况", "政府信息主动公开情况")),
            "requests": rng.choice(("收到和处理政府信息公开申请", "收到和处理政府信息公开申请的情况")),
            "litigation": rng.choice(
                ("行政复议、行政诉讼情况", "因政府信息公开被申请行政复议、提起行政诉讼的情况")
            ),
            "problems": rng.choice(
                ("存在的主要问题和改进措施", "存在的问题及改进情况", "存在问题及改进措施")
            ),
            "other_matters": rng.choice(("其他需要报告事项", "需要报告的其他事项", "其他事项")),
        },
    )


@dialect("sections")
def named_in_the_preamble(page: Page, rng: Random) -> Page:
    """The preamble lists the sections; it does not open them."""
    names = "、".join(part.title for part in page.truth.parts if part.level == 1 and part.number)
    sentence = f"本报告由{names}六个部分组成。"
    return add_to(page, "preamble", sentence)


def add_to(page: Page, key: str, paragraph: str) -> Page:
    """The page with one more paragraph at the end of a section's own text."""
    old = next((part for part in page.truth.parts if part.key == key and part.level == 1), None)
    if old is None or (key == "overview" and any(part.level == 2 for part in page.truth.parts)):
        return page
    new = replace(old, paragraphs=(*old.paragraphs, paragraph))
    lines = list(page.pieces)
    if old.paragraphs:
        place = next(
            place
            for place, piece in enumerate(lines)
            if isinstance(piece, Line) and piece.part is None and piece.text == old.paragraphs[-1]
        )
    else:
        place = next(
            place for place, piece in enumerate(lines) if isinstance(piece, Line) and piece.part is old
        )
    lines.insert(place + 1, Line(paragraph))
    lines = [
        Line(piece.text, new) if isinstance(piece, Line) and piece.part is old else piece for piece in lines
    ]
    return with_parts(page, [new if part is old else part for part in page.truth.parts], lines)


@dialect("sections")
def prose_beside_the_tables(page: Page, rng: Random) -> Page:
    figures = page.truth.figures
    received = figures.get(("requests", "new_received", "total"))
    page = add_to(page, "disclosure", "主动公开的数量见下表，统计口径与上年相同。")
    if received is not None:
        page = add_to(page, "requests", f"本年新收政府信息公开申请{received}件，办理结果见下表。")
        page = add_to(page, "litigation", f"信息公开类行政复议{figures['litigation', 'review', 'total']}件。")
    return page


@dialect("sections")
def five_sections(page: Page, rng: Random) -> Page:
    return without(page, "other_matters")


@dialect("sections")
def without_subsections(page: Page, rng: Random) -> Page:
    """The overview in paragraphs, its parts not set off."""
    (overview,) = [part for part in page.truth.parts if part.key == "overview"]
    subsections = [part for part in page.truth.parts if part.level == 2]
    new = replace(
        overview, paragraphs=overview.paragraphs + tuple(p for part in subsections for p in part.paragraphs)
    )
    lines: list[Piece] = []
    for piece in page.pieces:
        if isinstance(piece, Line) and piece.part in subsections:
            continue
        if isinstance(piece, Line) and piece.part is overview:
            piece = Line(piece.text, new)
        lines.append(piece)
    parts = [new if part is overview else part for part in page.truth.parts if part not in subsections]
    return with_parts(page, parts, lines)


def without(page: Page, key: str) -> Page:
    """The page without one section that holds no table."""
    (gone,) = [part for part in page.truth.parts if part.key == key]
    lines = [
        piece
        for piece in page.pieces
        if isinstance(piece, Sheet)
        or not (piece.part is gone or (piece.part is None and piece.text in gone.paragraphs))
    ]
    return with_parts(page, [part for part in page.truth.parts if part is not gone], lines)


@dialect("sections")
def seven_sections(page: Page, rng: Random) -> Page:
    extra = Part(1, "七", None, "重点工作推进情况", ("重点领域的信息按季度更新。",))
    lines = list(page.pieces)
    place = len(lines) - len(page.truth.signature)
    lines[place:place] = [Line(heading(extra), extra), Line(extra.paragraphs[0])]
    return with_parts(page, [*page.truth.parts, extra], lines)


@dialect("sections")
def glossary_before_the_first(page: Page, rng: Random) -> Page:
    return add_to(page, "preamble", "名词解释：本报告所称“主动公开”，是指行政机关自行向社会发布信息。")


def renumber(page: Page, change: dict[int, str]) -> Page:
    """The page with another spelling of the numbers: level → pattern with {}, printed before the title."""
    lines: list[Piece] = []
    for piece in page.pieces:
        if isinstance(piece, Line) and piece.part is not None and piece.part.level in change:
            piece = Line(change[piece.part.level].format(piece.part.number) + piece.part.title, piece.part)
        lines.append(piece)
    return replace(page, pieces=tuple(lines))


@dialect("numbering")
def narrow_brackets(page: Page, rng: Random) -> Page:
    return renumber(page, {2: "({})"})


@dialect("numbering")
def spaces_in_numbers(page: Page, rng: Random) -> Page:
    return renumber(page, {1: "{} 、 ", 2: "（ {} ） "})


@dialect("numbering")
def points_for_commas(page: Page, rng: Random) -> Page:
    return renumber(page, {1: "{}．", 2: "（{}）、"})


@dialect("numbering")
def full_width_blank(page: Page, rng: Random) -> Page:
    return renumber(page, {1: "　　{}、", 2: "　　（{}）"})


@dialect("numbering")
def one_number_lost(page: Page, rng: Random) -> Page:
    """、主动公开政府信息情况"""
    key = rng.choice(("disclosure", "problems"))
    lost = next(part for part in page.truth.parts if part.key == key)
    lines = [
        Line(f"、{lost.title}", lost) if isinstance(piece, Line) and piece.part is lost else piece
        for piece in page.pieces
    ]
    return replace(page, pieces=tuple(lines))


@dialect("numbering")
def subsections_run_into_their_text(page: Page, rng: Random) -> Page:
    """（一）主动公开。全年…"""
    stop = rng.choice(("。", "方面。", "："))
    lines: list[Piece] = []
    glued = False
    for piece in page.pieces:
        if glued and isinstance(piece, Line) and piece.part is None:
            before = lines.pop()
            assert isinstance(before, Line)
            lines.append(Line(before.text + stop + piece.text, before.part))
            glued = False
            continue
        glued = isinstance(piece, Line) and piece.part is not None and piece.part.level == 2
        lines.append(piece)
    return replace(page, pieces=tuple(lines))


# ---------------------------------------------------------------- paragraphs


@dialect("paragraphs")
def indented_by_spaces(page: Page, rng: Random) -> Page:
    indent = rng.choice(("　　", "&nbsp;&nbsp;&nbsp;&nbsp;", "&emsp;&emsp;", "&ensp;&ensp;&ensp;&ensp;"))
    return replace(page, line=lambda line: f"<p>{indent}{escape(line.text)}</p>")


@dialect("paragraphs")
def as_word_writes_them(page: Page, rng: Random) -> Page:
    """Spans that break words, o:p, mso styles: seeded by the text, so that a page stays the same."""

    def line(line: Line) -> str:
        cuts = sorted(
            Random(line.text).sample(range(1, max(2, len(line.text))), min(3, max(1, len(line.text) - 1)))
        )
        runs = [line.text[start:end] for start, end in zip((0, *cuts), (*cuts, len(line.text)), strict=True)]
        spans = "".join(
            f'<span style="font-family:仿宋_GB2312;mso-hansi-font-family:宋体;font-size:16.0pt" lang="{lang}">{escape(run)}</span>'
            for run, lang in zip(runs, ("ZH-CN", "EN-US") * 4, strict=False)
        )
        return f'<p class="MsoNormal" style="text-indent:32.0pt;mso-char-indent-count:2.0">{spans}<span><o:p></o:p></span></p>'

    return replace(page, line=line)


@dialect("paragraphs")
def lines_broken_only(page: Page, rng: Random) -> Page:
    """No paragraphs at all: text, <br>, text."""
    return replace(
        page,
        line=lambda line: f"　　{escape(line.text)}",
        join=lambda parts: "<br>\n".join(parts),
    )


@dialect("paragraphs")
def divs(page: Page, rng: Random) -> Page:
    return replace(page, line=lambda line: f"<div style='line-height:2em'>{escape(line.text)}</div>")


@dialect("paragraphs")
def empty_paragraphs_between(page: Page, rng: Random) -> Page:
    return replace(page, join=lambda parts: "\n<p><br></p><p>&nbsp;</p>\n".join(parts))


@dialect("paragraphs")
def fonts_and_capitals(page: Page, rng: Random) -> Page:
    return replace(
        page,
        line=lambda line: f'<P align=left><FONT face="仿宋_GB2312" size=4>{escape(line.text)}</FONT></P>',
    )


@dialect("paragraphs")
def invisible_characters(page: Page, rng: Random) -> Page:
    def line(line: Line) -> str:
        middle = len(line.text) // 2
        return f"<p>\ufeff{escape(line.text[:middle])}\u200b{escape(line.text[middle:])}\u200d</p>"

    return replace(page, line=line)


@dialect("paragraphs")
def unclosed_paragraphs(page: Page, rng: Random) -> Page:
    return replace(page, line=lambda line: f"<p>{escape(line.text)}")


@dialect("headings")
def strong_headings(page: Page, rng: Random) -> Page:
    return mark(page, "<p><strong>{}</strong></p>", "<p><b>{}</b></p>")


@dialect("headings")
def headings_by_rank(page: Page, rng: Random) -> Page:
    return mark(page, "<h2>{}</h2>", "<h3>{}</h3>")


@dialect("headings")
def heading_glued_to_its_text(page: Page, rng: Random) -> Page:
    """The heading and what follows in one paragraph, a <br> between them."""
    plain = page.line

    def line(line: Line) -> str:
        return plain(line) if line.part is None else f"<p><strong>{escape(line.text)}</strong><!--glue--></p>"

    def join(parts: Sequence[str]) -> str:
        return GLUE.sub("<br/>", page.join(parts)).replace("<!--glue-->", "")

    return replace(page, line=line, join=join)


@dialect("headings")
def heading_half_bold(page: Page, rng: Random) -> Page:
    plain = page.line

    def line(line: Line) -> str:
        if line.part is None:
            return plain(line)
        return (
            f"<p><strong>{escape(line.text[:2])}</strong><strong>{escape(line.text[2:])}</strong>&nbsp;</p>"
        )

    return replace(page, line=line)


def mark(page: Page, first: str, second: str) -> Page:
    plain = page.line

    def line(line: Line) -> str:
        if line.part is None:
            return plain(line)
        return (first if line.part.level == 1 else second).format(escape(line.text))

    return replace(page, line=line)


# ---------------------------------------------------------------- containers


CONTAINERS = {
    "trs_editor_nested": '<div class="TRS_UEDITOR trs_paper_default"><div class="TRS_Editor"><div class="TRS_Editor">{}</div></div></div>',
    "ucap_content": '<ucapcontent><div id="UCAP-CONTENT">{}</div></ucapcontent>',
    "layout_tables": (
        '<table width="1000" align="center"><tr><td valign="top">'
        '<table width="95%"><tr><td class="bt_content"><div id="zoom">{}</div></td></tr></table></td></tr></table>'
    ),
    "hanweb_marks": (
        '<!--ZJEG_RSS.content.begin--><meta name="ContentStart"><div id="ivs_content" class="infocontent">{}</div>'
        '<meta name="ContentEnd"><!--ZJEG_RSS.content.end-->'
    ),
    "vsb_content": '<form name="_newscontent_fromname"><div id="vsb_content"><div class="v_news_content">{}</div></div></form>',
    "font_zoom": '<font id="Zoom">{}</font>',
    "article_element": '<article class="article-content"><section>{}</section></article>',
    "no_container": "{}",
}


def _enter_container(name: str, markup: str) -> None:
    def function(page: Page, rng: Random) -> Page:
        return replace(page, container=lambda body: markup.replace("{}", body))

    function.__name__ = name
    dialect("container")(function)


for _name, _markup in CONTAINERS.items():
    _enter_container(_name, _markup)
