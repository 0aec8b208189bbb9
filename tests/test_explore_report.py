"""The page of a report: what it shows of known records, to the cell."""

import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

pytest.importorskip("datasette", reason="the explorer's tests need the extra [explore]")

from crawler.archive import Archive
from crawler.items import Page
from crawler.store import open_database
from crawler.store.crawl_log import note_gone
from parsers.form import load_forms
from parsers.report import Check, Figure, Report, Unread
from tests.explore import OUTPUT, Site, folder
from tests.known_reports import BODY, BROKEN, TRUTHS, address, known_site, words
from tests.records import report

sys.path += [str(OUTPUT / "plugins"), str(OUTPUT / "plugins" / "parts")]

import report_page
from statutory_tables import Layout, concerned, lay_out
from text_changes import compare, figure_changes, section_changes


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return known_site(tmp_path_factory.mktemp("site"))


def page(site: Site, year: int, more: str = "") -> html.HtmlElement:
    return html.fromstring(site.get(address(site, BODY, year) + more))


def cell(shown: html.HtmlElement, name: str) -> html.HtmlElement:
    (found,) = shown.xpath("//td[@id=$name]", name=name)
    return found


# The statutory tables


@pytest.mark.parametrize("year", [2017, 2019, 2021])
def test_every_figure_stands_in_its_cell(site: Site, year: int) -> None:
    shown = page(site, year)
    for (table, row, column), value in TRUTHS[year].figures.items():
        expected = "" if value is None else f"{value:,}"
        assert words(cell(shown, f"{table}.{row}.{column}")) == expected, (table, row, column)


def test_blank_is_blank_and_zero_is_zero(site: Site) -> None:
    shown = page(site, 2022)
    assert words(cell(shown, "requests.partial.business")) == ""
    assert "nb-absent" not in cell(shown, "requests.partial.business").get("class")
    assert words(cell(shown, "requests.partial.research")) in {"0", "1", "2"}


def test_what_the_page_does_not_have_is_told_from_blank() -> None:
    (layout,) = lay_out([Figure("litigation", "review", "total", None, "/", "件")], "2021")
    by_place = {cell.place: cell for cell in layout.body[0]}
    assert by_place["review", "total"].figures[0].value is None
    assert by_place["review", "upheld"].figures == ()


def rectangle(rows: Sequence[Sequence[object]]) -> list[list[str]]:
    """The labels at every place of a table after its spans are laid out; it must have no hole and no overlap."""
    grid: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for one in row:
            while (y, x) in grid:
                x += 1
            for down in range(one.rowspan):  # type: ignore[attr-defined]
                for right in range(one.colspan):  # type: ignore[attr-defined]
                    assert (y + down, x + right) not in grid
                    grid[y + down, x + right] = one.label or ".".join(one.place or ())  # type: ignore[attr-defined]
    height, width = max(y for y, _ in grid) + 1, max(x for _, x in grid) + 1
    assert len(grid) == height * width, "a hole"
    assert height == len(rows)
    return [[grid[y, x] for x in range(width)] for y in range(height)]


def whole_form(form_id: str) -> tuple[Layout, ...]:
    form = next(one for one in load_forms() if one.id == form_id)
    figures = [
        Figure(table.key, row.key, column.key, 1, "1", "件")
        for table in form.tables
        for row, column in table.cells()
    ]
    return lay_out(figures, form_id)


@pytest.mark.parametrize("form_id", ["2014", "2019", "2021"])
def test_every_form_is_laid_out_without_hole_or_overlap(form_id: str) -> None:
    for layout in whole_form(form_id):
        rectangle((*layout.head, *layout.body))
        assert not layout.others
        assert all(one.figures for row in layout.body for one in row if one.place)


def test_table_3_has_the_forms_merged_heads_and_parents() -> None:
    layout = next(one for one in whole_form("2021") if one.table == "requests")
    grid = rectangle((*layout.head, *layout.body))
    assert len(grid) == 3 + 25
    assert len(grid[0]) == 3 + 7
    assert [row[4] for row in grid[:3]] == ["申请人情况", "法人或其他组织", "商业企业"]
    assert [row[9] for row in grid[:3]] == ["申请人情况", "总计", "总计"]
    assert grid[3][:4] == ["一、本年新收政府信息公开申请数量"] * 3 + ["new_received.natural"]
    assert grid[7][:3] == ["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"]
    assert grid[27][0] == "四、结转下年度继续办理"
    spans = {one.label: one.rowspan for row in layout.body for one in row}
    assert (spans["三、本年度办理结果"], spans["（三）不予公开"], spans["（五）不予处理"]) == (22, 8, 5)


def test_table_4_has_fifteen_columns_under_its_merged_heads() -> None:
    layout = next(one for one in whole_form("2021") if one.table == "litigation")
    assert [(one.label, one.colspan) for one in layout.head[0]] == [("行政复议", 5), ("行政诉讼", 10)]
    assert len(layout.body[0]) == 15


def test_a_table_2_of_mixed_forms_keeps_each_block() -> None:
    figures = [
        Figure("disclosure", "rules", "in_force", 5, "5", "件"),
        Figure("disclosure", "rules", "made", 1, "1", "件"),
        Figure("disclosure", "rules", "repealed", 1, "1", "件"),
        Figure("disclosure", "licensing", "items_last_year", 7, "7", "项"),
        Figure("disclosure", "procurement", "amount", 9.5, "9.5", "元"),
    ]
    (layout,) = lay_out(figures, "2021")
    shown = {one.place for row in layout.body for one in row if one.figures}
    assert shown == {(figure.row, figure.column) for figure in figures}
    assert not layout.others


def test_figures_of_an_unknown_table_or_row_do_not_disappear() -> None:
    strange = [
        Figure("requests", "new_row", "natural", 5, "5", "件"),
        Figure("unknown", "a", "b", 1, "1", "件"),
    ]
    layouts = lay_out([*strange, Figure("requests", "granted", "natural", 5, "5", "件")], "2021")
    assert {one for layout in layouts for one in layout.others} == set(strange)


# Failed checks


def test_failed_checks_are_marked_on_their_cells_with_both_sides(site: Site) -> None:
    shown = page(site, 2022)
    failed = {words(one) for one in shown.xpath("//ul[@class='nb-failed']/li")}
    natural = next(one for one in failed if one.startswith("R1 自然人"))
    received = 99 + (BROKEN.figures["requests", "carried_in", "natural"] or 0)
    assert f"{received} ≠ " in natural
    for name in ("requests.new_received.natural", "requests.carried_in.natural", "litigation.review.total"):
        assert "nb-fails" in cell(shown, name).get("class"), name
    assert "nb-other-side" in cell(shown, "requests.result_total.natural").get("class")
    assert "nb-fails" not in cell(shown, "requests.new_received.business").get("class")


def test_the_table_of_failed_checks_leads_to_the_cell(site: Site) -> None:
    listed = html.fromstring(site.get("/reports/failed_checks"))
    links = [link for link in listed.xpath("//td/a/@href") if "#" in link]
    assert len(links) >= 4
    for link in links:
        path, anchor = link.split("#")
        shown = html.fromstring(site.get(path))
        (target,) = shown.xpath("//*[@id=$anchor]", anchor=anchor)
        (marked,) = target.xpath("ancestor-or-self::td[contains(@class, 'nb-fails')]")
        (back,) = [one for one in marked.xpath(".//a/@href") if one == f"#check-{anchor}"]
        assert shown.xpath("//li[@id=$anchor]", anchor=back[1:])


@pytest.mark.parametrize(
    ("check", "left", "right"),
    [
        (Check("R1", "requests", "total", 1, 2, False), 2, 2),
        (
            Check("R2", "requests", "total", 1, 2, False),
            1,
            22,
        ),  # 21 of the form of 2021, and 其他处理 of 2019
        (Check("R3", "requests", "granted", 1, 2, False), 1, 6),
        (Check("R4", "litigation", "review", 1, 2, False), 1, 4),
        (Check("R6", "litigation", "suit.total", 1, 2, False), 2, 0),
        (Check("R10", "requests", "granted.natural", -1, None, False), 1, 0),
        (Check("R99", "requests", "granted", 1, 2, False), 0, 0),
    ],
)
def test_the_cells_that_a_check_concerns(check: Check, left: int, right: int) -> None:
    assert tuple(map(len, concerned(check))) == (left, right)


def test_a_check_without_a_cell_still_has_a_place_to_link_to(tmp_path: Path) -> None:
    lost = (Check("R1", "requests", "research", 1, 2, False), Check("R6", None, "x.y", 1, 2, False))
    twice = tuple(Check("R6", "requests", "new_received.total", said, 3, False) for said in (1, 2))
    record = replace(report(), checks=lost + twice)
    shown = html.fromstring(Site(folder(tmp_path, [record])).get(f"/report/{record.report_id}"))
    names = shown.xpath("//@id")
    assert {"R1.requests.research", "R6.prose.x.y", "R6.requests.new_received.total"} <= set(names)
    assert len(names) == len(set(names)), "each id once, although the prose contradicts a cell twice"
    assert len(shown.xpath("//ul[@class='nb-failed']/li")) == 4


# Text, evidence, neighbours


def test_sections_stand_in_their_order(site: Site) -> None:
    shown = page(site, 2021)
    headings = [words(one) for one in shown.xpath("//section[contains(@class, 'nb-section')]/h3")]
    assert headings[0] == "一、总体情况"
    assert headings[-1] == "六、其他需要报告的事项"
    body = words(shown)
    for part in TRUTHS[2021].parts:
        for paragraph in part.paragraphs:
            assert " ".join(paragraph.split()) in body


def test_header_mentions_and_neighbours(site: Site) -> None:
    shown = page(site, 2021)
    header = words(shown.xpath("//dl[@class='nb-header']")[0])
    assert f"公开日期 published on {TRUTHS[2021].published_on}" in header
    assert shown.xpath("//nav[@class='nb-years']/a[@rel='prev']/text()") == ["2020"]
    assert shown.xpath("//nav[@class='nb-years']/a[@rel='next']/text()") == ["2022"]
    assert "= equal" in words(shown.xpath("//section[@aria-labelledby='mentions']")[0])
    broken = words(page(site, 2022).xpath("//section[@aria-labelledby='source']")[0])
    assert "http://www.hangzhou.gov.cn/art/2022.html" in broken
    assert "no archived copy" in broken


def test_a_number_of_the_prose_is_held_against_the_table() -> None:
    figures = [
        Figure("litigation", "suit_direct", "total", 2, "2", "件"),
        Figure("litigation", "suit_after_review", "total", 1, "1", "件"),
    ]
    mention = {"key": "litigation.suit.total", "value": 4, "quote": "", "section": None}
    assert [one["same"] for one in report_page.compared([mention, {**mention, "value": 3}], figures)] == [
        False,
        True,
    ]
    assert report_page.compared([mention], figures[:1])[0]["same"] is None


def test_every_table_can_be_seen_as_printed(tmp_path: Path) -> None:
    record = report()
    shown = html.fromstring(Site(folder(tmp_path, [record])).get(f"/report/{record.report_id}"))
    assert words(shown.xpath("//details[@class='nb-printed']//table")[0]) == "本年新收 3 /"


def test_unread_is_listed_with_its_reason(tmp_path: Path) -> None:
    record = replace(report(), unread=(Unread("requests", "<td>备注", "no such row in the form"),))
    shown = html.fromstring(Site(folder(tmp_path, [record])).get(f"/report/{record.report_id}"))
    assert "requests <td>备注 no such row in the form" in words(
        shown.xpath("//section[@aria-labelledby='unread']")[0]
    )


def test_revisions_stand_side_by_side(site: Site) -> None:
    shown = page(site, 2024)
    changes = shown.xpath("//section[@aria-labelledby='revisions']")[0]
    made = TRUTHS[2024].figures["disclosure", "rules", "made"]
    assert f"disclosure.rules.made {made} 77" in words(changes)
    assert "依法" in "".join(changes.xpath(".//ins/text()"))
    assert len(shown.xpath("//ol[@class='nb-revisions']/li")) == 2
    assert words(cell(shown, "disclosure.rules.made")) == "77", "the one published last is current"


def test_an_address_that_is_gone_says_since_when(tmp_path: Path) -> None:
    record = report()
    twin = report(url="http://mzj.hangzhou.gov.cn/1.html", fetched_at="2026-11-25T08:00:00+00:00")
    site_folder = folder(tmp_path, [record, twin])
    with closing(open_database(site_folder / "reports.db")) as db:
        note_gone(db, record.source.url, "2026-11-26T09:30:00+00:00", "404")
    shown = html.fromstring(Site(site_folder).get(f"/report/{record.report_id}"))
    told = [words(one) for one in shown.xpath("//ul[@class='nb-sightings']/li")]
    assert [one.count("gone by 已下线 2026-11-26 09:30") for one in told] == [1, 0]


def test_a_version_that_another_page_still_shows_is_told(tmp_path: Path) -> None:
    def seen(url: str, received: int, day: int, printed: str) -> Report:
        at = f"2026-11-{day:02}T08:00:00+00:00"
        return report(
            url=f"http://{url}.hangzhou.gov.cn/1.html", received=received, fetched_at=at, published_on=printed
        )

    replaced, left = seen("www", 3, 1, "2026-01-02"), seen("mzj", 4, 2, "2026-01-03")
    current = seen("www", 5, 3, "2026-01-20")
    records = [
        replaced,
        left,
        current,
        replace(left, source=replace(left.source, fetched_at="2026-11-09T08:00:00+00:00")),
    ]
    shown = html.fromstring(Site(folder(tmp_path, records)).get(f"/report/{current.report_id}"))
    told = [words(one) for one in shown.xpath("//ol[@class='nb-revisions']/li")]
    assert ["still shown" in one for one in told] == [False, True, False]


def test_an_earlier_revision_can_be_read(site: Site) -> None:
    links = page(site, 2024).xpath("//ol[@class='nb-revisions']/li/a/@href")
    earlier = next(link for link in links if link.startswith("?revision=")).split("#")[0]
    shown = page(site, 2024, earlier)
    assert words(cell(shown, "disclosure.rules.made")) == str(
        TRUTHS[2024].figures["disclosure", "rules", "made"]
    )
    assert "earlier revision" in words(shown)


@pytest.mark.parametrize("more", ["?revision=99999", "?revision=x", "?against=-1", "?revision=&against="])
def test_odd_addresses_of_a_report_show_the_current_one(site: Site, more: str) -> None:
    assert words(cell(page(site, 2024, more), "disclosure.rules.made")) == "77"


@pytest.mark.parametrize(
    "path", ["/report/none", "/body/none", "/body/x/y", "/archived/1", "/archived/999999999999"]
)
def test_what_is_not_there_is_said(site: Site, path: str) -> None:
    assert site.ask(path)[0] == 404


def test_the_archived_page_comes_out_of_the_archive_and_can_do_nothing(tmp_path: Path) -> None:
    body = "<script>alert(1)</script>原页".encode()
    fetched = Page(
        portal="hangzhou",
        family="hanweb",
        requested_url="http://www.hangzhou.gov.cn/art/1.html",
        url="http://www.hangzhou.gov.cn/art/1.html",
        status=200,
        fetched_at="2026-11-24T08:00:00+00:00",
        content_type="text/html; charset=utf-8",
        body=body,
        headers={"content-type": "text/html; charset=utf-8"},
    )
    archive = Archive(tmp_path / "archive", "run1", "test")
    place = archive.write(fetched)
    archive.close()
    record = report()
    record = replace(record, source=replace(record.source, archive=place))
    site = Site(folder(tmp_path, [record]))
    shown = site.get(f"/report/{record.report_id}")
    assert f"output/archive/{place.split('#')[0]}" in shown
    response = site.response("/archived/1")
    assert response.content == body
    assert "sandbox" in response.headers["content-security-policy"]
    assert "default-src 'none'" in response.headers["content-security-policy"]


# Changes


def test_changed_words_are_marked() -> None:
    assert compare("收到3件。", "收到3件。") == ([("收到3件。", False)], [("收到3件。", False)])
    old, new = compare("一。二。", "一。三四。二。")
    assert [text for text, changed in new if changed] == ["三四。"]
    assert not any(changed for _, changed in old)
    for side, text in zip(compare("甲乙。" * 9, "甲丙。" * 7), ("甲乙。" * 9, "甲丙。" * 7), strict=True):
        assert "".join(piece for piece, _ in side) == text


def test_a_section_that_came_or_went_is_told() -> None:
    (came,) = section_changes({}, {"一 总体情况": "新"})
    assert (came.old, came.new) == ([], [("新", True)])


def test_blank_and_zero_differ_between_revisions() -> None:
    zero, blank = Figure("t", "r", "c", 0, "0", "件"), Figure("t", "r", "c", None, "", "件")
    assert len(figure_changes([zero], [blank])) == 1
    assert figure_changes([zero], [zero]) == []
    assert figure_changes([zero], [])[0].new is None
