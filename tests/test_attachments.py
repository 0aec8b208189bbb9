"""Reports that go on on another page: which of its links leads there."""

import pytest

from crawler.attachments import further_part
from crawler.families import ListPage

FIRST = "http://a.gov.cn/nb/t20240120_7.html"
TEXT = "<p>一、总体情况</p><table><tr><td>规章</td><td>2</td></tr></table>"


@pytest.mark.parametrize(
    "pager",
    [
        "<a href='t20240120_7_1.html'>2</a><a href='t20240120_7_1.html'>下一页</a>",
        "<a href='?page=1'>1</a><a href='?page=2'>2</a>",
        "<script>createPageHTML(2, 0, 't20240120_7', 'html');</script>",
    ],
)
def test_a_pager_leads_to_the_further_part(pager: str) -> None:
    link = further_part(ListPage(FIRST, TEXT + pager), FIRST)
    assert link is not None
    assert link.url in ("http://a.gov.cn/nb/t20240120_7_1.html", f"{FIRST}?page=2")


def test_a_report_on_one_page_is_not_searched_for_links() -> None:
    page = ListPage(FIRST, TEXT + "<a href='/nb/'>年报</a>")
    assert further_part(page, FIRST) is None
    assert "selector" not in vars(page)  # nor was it parsed
