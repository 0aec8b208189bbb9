"""Portals whose reports are files: listed themselves, or shown and linked by a short page that carries the header."""

from urllib.parse import quote

from tests.portals.files import docx, pdf, scan
from tests.portals.filings import HEADERS, Filing, filings, issuers
from tests.portals.server import Response
from tests.portals.site import Portal, Skin, frame, furnish, rows

TITLE = "政府信息公开年报"
SKIN = Skin(lambda key: f"/{key}/index.html", lambda key, serial, day: f"/{key}/{day[:4]}/{serial}.html")
WORD_97 = Response(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", content_type="application/msword", lasting=True)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def listed(base: str) -> Portal:
    """/wzxxgknb/<year of publication>/<code>.pdf: the rows lead to the files."""
    portal = Portal("pdf-list", "淮岭市人民政府", "generic", "淮岭市", region_code="329933")
    filed = filings(issuers("淮岭市", 2), range(2021, 2025))

    def address(filing: Filing) -> str:
        return f"/wzxxgknb/{filing.year + 1}/{filing.serial}.pdf"

    for filing in filed:
        _file(portal, address(filing), filing, address(filing))
    main = f"<ul>{rows((address(f), f.title, f.published) for f in filed)}</ul>"
    portal.add("/wzxxgknb/index.html", frame(portal, SKIN, TITLE, main, TITLE))
    furnish(portal, SKIN, "/wzxxgknb/index.html")
    return portal


def shown(base: str) -> Portal:
    """The page has the metadata header and a sentence; the report is a DOCX, a PDF in a viewer, or a PDF embedded.

    A fourth body shows the text itself, and attaches it once more as a file that nothing reads.
    """
    portal = Portal("attached", "榆岭区人民政府", "generic", "榆岭区", region_code="619931")
    *bodies, whole = issuers("榆岭区", 4)
    filed = filings(bodies, range(2023, 2025))
    twice = filings([whole], range(2023, 2025))
    for filing in twice:
        page = f"/zfxxgk/nb/whole/{filing.serial}.html"
        word = f"<p>附件：<a href='{filing.serial}.doc'>{filing.title}.doc</a></p>"
        portal.add(page, frame(portal, SKIN, filing.title, filing.html() + word, TITLE, filing))
        portal.reports[page] = filing
        portal.pages[f"/zfxxgk/nb/whole/{filing.serial}.doc"] = WORD_97
    portal.traps += (r"\.doc$",)
    for place, filing in enumerate(filed):
        page = f"/zfxxgk/nb/{filing.serial}.html"
        name = quote(f"{filing.title}.docx" if place % 3 == 0 else f"{filing.serial}.pdf")
        file = f"/zfxxgk/nb/files/{name}"
        _file(portal, f"/zfxxgk/nb/files/{filing.title}.docx" if place % 3 == 0 else file, filing, page)
        body = (
            f"<p>{filing.title}</p><p>附件：<a href='files/{name}'>{filing.title}.docx</a></p>",
            f"<iframe src='/pdfjs/web/viewer.html?file=/zfxxgk/nb/files/{name}' width='100%' height='900'></iframe>",
            f"<embed src='files/{name}' type='application/pdf' width='100%' height='900'>",
        )[place % 3]
        metadata = (
            ("索引号", filing.number),
            ("公开方式", "主动公开"),
            ("文号", ""),
            ("公开日期", filing.published),
            ("发布单位", filing.issuer),
            ("主题分类", ""),
        )
        main = f"{HEADERS['table'](metadata)}<h1>{filing.title}</h1><div id='zoom'>{body}</div>"
        portal.add(page, frame(portal, SKIN, filing.title, main, TITLE, filing))
    listing = rows((f"{f.serial}.html", f.title, f.published) for f in filed)
    listing += rows((f"whole/{f.serial}.html", f.title, f.published) for f in twice)
    portal.add("/zfxxgk/nb/", frame(portal, SKIN, TITLE, f"<ul>{listing}</ul>", TITLE))
    portal.add("/pdfjs/web/viewer.html", "<html><body><div id='viewer'></div></body></html>")
    portal.listings = 1 + len(filed)  # the short pages are no reports themselves
    furnish(portal, SKIN, "/zfxxgk/nb/")
    return portal


def of_versions(base: str) -> Portal:
    """A report as two files, of which the one that is asked for first cannot be read, or in a frame of its page."""
    portal = Portal("versions", "两岭县人民政府", "generic", "两岭县", region_code="619932")
    listing = ""
    filed = filings(issuers("两岭县", 3), range(2022, 2025))
    for place, filing in enumerate(filed):
        stem, page = f"/zfxxgk/nb/files/{filing.serial}", f"/zfxxgk/nb/{filing.serial}.html"
        printed, written = pdf(filing.truth), docx(filing.truth)
        kind = ("cover", "row", "frame")[place // 3]
        if place % 2:
            files = {".docx": written[: len(written) // 2], ".pdf": printed}  # cut off in the middle
        else:
            files = {".pdf": scan(), ".docx": written} if kind == "cover" else {".docx": b"", ".pdf": printed}
        links = "".join(f"<a href='{stem}{suffix}'>{filing.title}</a> " for suffix in files)
        if kind == "row":
            listing += f"<li>{links}</li>"
        else:
            text = f"<iframe src='files/{filing.serial}.htm'></iframe>" if kind == "frame" else links
            main = f"<h1>{filing.title}</h1><p>来源：{filing.issuer}</p>{text}"
            portal.add(page, frame(portal, SKIN, filing.title, main, TITLE, filing))
            listing += rows([(page, filing.title, filing.published)])
        if kind == "frame":
            portal.add(f"{stem}.htm", f"<html><body><p>{filing.title}</p>{filing.body}</body></html>")
        else:
            for suffix, body in files.items():
                portal.pages[stem + suffix] = Response(body, content_type=WORD, lasting=True)
        portal.reports[f"{stem}{[*files][-1]}" if kind == "row" else page] = filing
    portal.add("/zfxxgk/nb/", frame(portal, SKIN, TITLE, f"<ul>{listing}</ul>", TITLE))
    portal.listings = 1 + 2 * len(
        filed
    )  # the covers are no reports themselves, nor are the files that tell nothing
    furnish(portal, SKIN, "/zfxxgk/nb/")
    return portal


def _file(portal: Portal, target: str, filing: Filing, page: str) -> None:
    portal.reports[page] = filing
    if target.endswith(".docx"):
        portal.pages[target] = lambda request: Response(docx(filing.truth), content_type=WORD, lasting=True)
    else:
        portal.pages[target] = lambda request: Response(
            pdf(filing.truth), content_type="application/pdf", lasting=True
        )
