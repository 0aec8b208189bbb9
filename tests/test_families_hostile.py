"""What no family may stumble over: pages that are broken, or are not what their names say."""

import pytest

from crawler.families import ListPage
from crawler.families.detect import FAMILIES, links_of
from crawler.navigation.anchors import anchors
from tests.timing import least_seconds

BROKEN = {
    "an empty island": "<html><xml id='data'></xml></html>",
    "an island of nothing": "<html><xml id='data'>\x00 & <</xml></html>",
    "XML without an element": "<?xml version='1.0'?>",
    "XML that breaks off": "<rss><channel><item><title>某局2023年政府信息公开年报</title>",
    "XML with half a character": "<rss><channel><item><title>&#xD800;某局2023年政府信息公开年报</title></item></channel></rss>",
    "a search answer with half a character": "<RES><REC><URL>/a.html</URL><TITLE>&#55300;年报</TITLE></REC></RES>",
    "entities": "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]><a><b><title>&x;</title><url>/1</url></b></a>",
    "quotes in names": '<form><input name="page\'No" value=1><select name="a\'b"><option value=1>教育局<option value=2>民政局</select></form>'
    "<a href='javascript:go(2)'>2</a><script>function set(a){f['a\\'b'].value=a;f.submit();}</script>",
    "data without a value": "<li data-id>某局</li><script>f('/a?id='+$(this).data('id'));g($('#x').val());</script>",
    "a picker without options": "<select id='x'></select><script>$.post('/list.do',{a:$('#x').val(),page:1});</script>",
    "a tree without nodes": "<script>load('/list.do?id='+node.id);var 某={'id':'','name':'教育局'};</script>",
    "arrays of unlike lengths": "<script>var a=['/1.html','/2.html'],b=['教育局','民政局','财政局'];</script>",
    "a count of no rows a page": "<script>var total=10,pageSize=0;location='?page='+n;</script>",
    "numbers that are subtracted": "<script>var maxPageNum=;location='index_'+(maxPageNum-n+)+'.html';</script>",
    "JSON that is none": "{rows: [",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("address", ["/nb/list.html", "/nb/data.js", "/nb/rows.xml?id=7"])
def test_broken_pages_are_listed(text: str, address: str) -> None:
    page = ListPage(f"http://www.a.gov.cn{address}", text)
    for family in ("auto", *(module.NAME for module in FAMILIES)):
        links_of(page, family)
    anchors(page)


@pytest.mark.parametrize(
    "script",
    [
        "var picture='" + "QUJD/+" * 30000 + "';",
        "'\"?page=" * 20000,
        "$(this).data('id')+'/a?b='+" * 3000,
        "function a(b){f.x.value=b;f.submit();}" * 3000,
        "[" * 50000,
        "$.get('/list?page='+n," * 5000,
        "/a.b" * 75000,
        "<record>" * 30000,
        "createPageHTML(1," * 15000,
        "window._CONFIG={TREE:[" + "{a:b?c:d," * 30000,
        "$.ajax({url:'/list?page='+n,data:{" + "a:b+c," * 50000,
    ],
    ids=[
        "a picture",
        "quotes",
        "attributes",
        "functions",
        "brackets",
        "calls",
        "a long word",
        "records",
        "pagers",
        "a tree",
        "an object",
    ],
)
@pytest.mark.parametrize("address", ["/nb/list.html", "/nb/data.js"])
def test_long_scripts_are_listed_in_a_moment(script: str, address: str) -> None:
    text = f"<script>{script}</script>" if address.endswith("html") else script
    page = ListPage(f"http://www.a.gov.cn{address}", text)
    assert least_seconds(lambda: (links_of(page), anchors(page)), bound=3) < 3
