"""Each family on small list pages: tests/lists/<family>/<name>.* with <name>.expected.json, found by glob.

The expected file tells the request that got the page, and the links that a walk inside the column takes up.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.families import Link, ListPage
from crawler.families.detect import FAMILIES, detect, links_of
from crawler.families.forms import chosen
from crawler.navigation.addresses import canonical
from crawler.navigation.anchors import anchors
from crawler.navigation.navigate import judge

LISTS = Path(__file__).parent / "lists"
CASES = sorted(file for file in LISTS.glob("*/*") if not file.name.endswith(".expected.json"))


def page_of(file: Path) -> tuple[ListPage, list[dict[str, Any]]]:
    expected = json.loads(file.with_name(f"{file.stem}.expected.json").read_text(encoding="utf-8"))
    links = expected.pop("links", [])
    return ListPage(text=file.read_text(encoding="utf-8"), **expected), links


def taken(page: ListPage) -> list[dict[str, Any]]:
    """What a walk inside the column takes up, as the expected files write it."""
    links = [*anchors(page), *links_of(page)[1]]
    wanted = [link for link in links if link.kind in ("next", "text") or judge(link, page, in_column=True)]
    return [told(link) for link in dict.fromkeys(wanted)]


def told(link: Link) -> dict[str, Any]:
    url = canonical(link.url) if link.method == "GET" else link.url
    fields = {
        "kind": link.kind,
        "url": url,
        "title": link.title,
        "date": link.date,
        "index": link.index_number,
    }
    post = {"body": link.body} if link.method == "POST" else {}
    return {name: value for name, value in (fields | post).items() if value}


@pytest.mark.parametrize("file", CASES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_links_of_the_page(file: Path) -> None:
    page, links = page_of(file)
    assert file.parent.name == detect(page).NAME
    assert taken(page) == links


def test_every_family_has_a_page() -> None:
    assert {file.parent.name for file in CASES} == {family.NAME for family in FAMILIES}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.NAME)
def test_every_family_says_who_runs_it_and_what_fails(family: Any) -> None:
    assert "Portals" in family.__doc__
    assert "not to work" in family.__doc__


@pytest.mark.parametrize("text", ["", "<", "{", "[]", "null", '{"data": null}', "<datastore>", "cb(", "\x00"])
def test_no_family_stumbles_over_a_stub(text: str) -> None:
    page = ListPage("http://a.gov.cn/col/col1/index.html", text)
    for family in FAMILIES:
        assert [link for link in family.links(page) if link.kind == "report"] == []


@pytest.mark.parametrize(
    ("here", "href", "address"),
    [
        ("https://www.a.gov.cn/nb/", "http://www.a.gov.cn/1.html", "https://www.a.gov.cn/1.html"),
        ("http://www.a.gov.cn/nb/", "HTTPS://WWW.A.GOV.CN/1.html", "http://WWW.A.GOV.CN/1.html"),
        ("https://www.a.gov.cn/nb/", "http://b.a.gov.cn/1.html", "http://b.a.gov.cn/1.html"),
        ("https://www.a.gov.cn/nb/", "http://www.a.gov.cn:8080/", "http://www.a.gov.cn:8080/"),
        ("https://www.a.gov.cn/nb/", "mailto:a@a.gov.cn", "mailto:a@a.gov.cn"),
    ],
)
def test_links_to_the_same_host_keep_the_scheme_that_works(here: str, href: str, address: str) -> None:
    assert ListPage(here, "").urljoin(href) == address


def test_where_the_named_family_finds_nothing_the_fingerprint_decides() -> None:
    block = """<div queryData="{'webId':'1','pageId':'2','tagId':'信息列表','tplSetId':'3'}"></div>"""
    both = ListPage("http://www.a.gov.cn/col/col2/index.html", f'<a href="/col/col1/index.html">x</a>{block}')
    family, links = links_of(both, "hanweb")
    assert (family.NAME, [link.kind for link in links]) == ("jpaas", ["listing"])
    trs = ListPage("http://www.a.gov.cn/nb/", "<script>createPageHTML(3,0,'index','html')</script>")
    assert links_of(trs, "hanweb")[0].NAME == "trs"


def test_a_tree_of_post_backs_is_followed_down_but_not_across() -> None:
    nodes = "".join(
        f"<a href=\"javascript:__doPostBack('tree${target}','')\">{label}</a>"
        for target, label in (
            ("o1", "某县教育局"),
            ("o1$y23", "2023年"),
            ("o10", "某县民政局"),
            ("o2$y23", "2023年"),
        )
    )
    form = f"<form method='post'><input name='__VIEWSTATE' value='v'>{nodes}</form>"
    body = "__EVENTTARGET=tree%24o1&__EVENTARGUMENT=&__VIEWSTATE=v"
    page = ListPage("http://www.a.gov.cn/nb/List.aspx", form, method="POST", body=body)
    assert [link.title for link in chosen(page, shows_rows=False)] == ["2023年"]


def test_where_a_script_sends_the_visitor() -> None:
    script = "var u='/portal/main.html'; if (location.href == top) { window.location.href = u } else { location = other + 1 }"
    page = ListPage("http://www.a.gov.cn/", f"<script>{script}</script>")
    assert [link.url for link in anchors(page)] == ["http://www.a.gov.cn/portal/main.html"]
