"""Which reader a document gets, and what is said of those that have none."""

import io
import json
import zipfile

import pytest

from parsers.documents import LARGEST_PAGE, read_document
from parsers.documents.file_types import sniff
from parsers.read import read_report
from parsers.report import UnreadableDocument
from tests.writing.docx import docx_file, docx_paragraph
from tests.writing.pdf import Printer

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("body", "content_type", "url", "media_type"),
    [
        (b"<!DOCTYPE html><html>", "", "", "text/html"),
        (b"\xef\xbb\xbf\n <html><body>", "application/octet-stream", "", "text/html"),
        ("<html><p>年报</p>".encode("utf-16"), "", "", "text/html"),
        ("索引号: | 1 |".encode(), "text/html", "/a.html", "text/plain"),
        ("前文 <p>年报</p>".encode(), "text/html", "", "text/html"),
        ("《<格式>》写着 <p> 的话".encode(), "text/plain", "", "text/plain"),
        ("写着 <br> 的话".encode(), "", "/2020.txt", "text/plain"),
        (Printer().bytes(), "text/html", "/a.html", "application/pdf"),
        (b"\r\n\r\n" + Printer().bytes(), "", "", "application/pdf"),
        (b"{\\rtf1", "application/msword", "", "application/rtf"),
        (OLE + "WordDocument".encode("utf-16-le"), "", "/2020.wps", "application/msword"),
        (OLE + "Workbook".encode("utf-16-le"), "application/msword", "", "application/vnd.ms-excel"),
        (zipped("OFD.xml"), "", "", "application/ofd"),
        (zipped("2020.doc"), "", "", "application/zip"),
        (b"\x89PNG\r\n\x1a\n", "text/html", "", "image/png"),
        (b"\xff\xd8\xff\xe0", "", "", "image/jpeg"),
        (b"\x00\x01\x02\x03" * 20, "text/html", "", "application/octet-stream"),
    ],
)
def test_the_bytes_are_believed_before_the_label(
    body: bytes, content_type: str, url: str, media_type: str
) -> None:
    assert sniff(body, content_type, url) == media_type


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            OLE + "WordDocument".encode("utf-16-le"),
            "Word 97 document (.doc or .wps): not a file type that is read",
        ),
        (zipped("OFD.xml"), "OFD document: not a file type that is read"),
        (b"Rar!\x1a\x07\x00", "RAR archive: not a file type that is read"),
        (b"\xff\xd8\xff\xe0", "picture (image/jpeg): not a file type that is read"),
    ],
)
def test_a_file_without_a_reader_is_known_to_exist(body: bytes, reason: str) -> None:
    document = read_document(body, "", "http://127.0.0.1/files/2020.doc?a=1")
    assert (document.front, document.body, document.back) == ((), (), ())
    assert [(unread.table, unread.text, unread.reason) for unread in document.unread] == [
        (None, "2020.doc", reason)
    ]


def test_such_a_file_alone_is_no_report_and_the_reason_names_its_type() -> None:
    with pytest.raises(UnreadableDocument, match="OFD document: not a file type that is read"):
        read_report(zipped("OFD.xml"), "", "http://127.0.0.1/2020.ofd")


def test_each_type_goes_to_its_reader() -> None:
    docx = docx_file(docx_paragraph("正文"))
    media_types = [
        read_document(body, "", "").media_type for body in (b"<p>x</p>", b"x", Printer().bytes(), docx)
    ]
    assert media_types[:3] == ["text/html", "text/plain", "application/pdf"]
    assert media_types[3].endswith("wordprocessingml.document")


@pytest.mark.parametrize("body", [b"", b"  \r\n", b"\x00\x00"])
def test_nothing_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="empty"):
        read_document(body, "text/html", "")


def test_a_page_is_too_large_by_its_markup_not_by_its_pictures() -> None:
    picture = b'<p>x</p><img src="data:image/png;base64,' + b"A" * LARGEST_PAGE + b'">'
    assert read_document(picture, "text/html", "").media_type == "text/html"
    with pytest.raises(UnreadableDocument, match="bytes of markup"):
        read_document(b"<p>" + b"A " * LARGEST_PAGE, "text/html", "")


ARTICLE = {
    "title": "某县教育局2023年政府信息公开工作年度报告",
    "infodate": "2024-01-19",
    "infocontent": "<p>一、总体情况</p><p>某县教育局主动公开政府信息12条。</p>"
    + "<p>二、主动公开政府信息情况</p>" * 30,
}


def test_an_interface_that_answers_with_one_article_is_read() -> None:
    body = json.dumps({"custom": ARTICLE}).encode()
    document = read_document(body, "application/json", "http://a.gov.cn/showinfo.html?infoGuid=1")
    assert document.media_type == "application/json"
    assert document.title == ARTICLE["title"]
    report = read_report(body, "application/json", "http://a.gov.cn/showinfo.html?infoGuid=1")
    assert (report.issuer, report.year, report.header.published_on) == ("某县教育局", 2023, "2024-01-19")


def test_the_rows_of_a_list_are_no_article() -> None:
    body = json.dumps({"data": {"results": [ARTICLE]}}).encode()
    assert read_document(body, "application/json", "http://a.gov.cn/list").media_type != "application/json"
