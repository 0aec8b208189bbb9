"""A page with a report, and what is read of it, for the tests of markup."""

from parsers.blocks import Block, Document, Grid, Paragraph
from parsers.documents.html import read_html

DISCLOSURE = (
    "<table><tr><td colspan=4>第二十条第（一）项</td></tr>"
    "<tr><td>信息内容</td><td>本年<br>制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
    "<tr><td>规章</td><td>0</td><td>&nbsp;</td><td><span>1</span><span>2</span></td></tr></table>"
)
REPORT = (
    "<p>根据条例规定，现公布本报告。</p><p>一、总体情况</p><p>全年<b>公开</b>信息30条。</p>"
    f"<p>二、主动公开政府信息情况</p>{DISCLOSURE}<p>六、其他需要报告的事项</p><p>无。</p>"
)
FIRST, LAST = "根据条例规定，现公布本报告。", "无。"


def read(markup: str, url: str = "http://www.example.gov.cn/a/b.html") -> Document:
    return read_html(markup.encode(), "text/html; charset=utf-8", url)


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text if isinstance(block, Paragraph) else "table" for block in blocks]


def body_is_the_report(document: Document) -> bool:
    found = texts(document.body)
    return found[0] == FIRST and found[-1] == LAST and len(found) == len(set(found)) == 7


def table(markup: str) -> tuple[tuple[str, ...], ...]:
    (grid,) = [block for block in read(f"<p>一、总体情况</p>{markup}").body if isinstance(block, Grid)]
    return grid.rows
