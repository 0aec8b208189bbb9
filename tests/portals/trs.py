"""TRS WCM: static lists whose second page is index_1.html, articles named by their date."""

from collections.abc import Sequence

from tests.portals.filings import Filing, filings, issuers
from tests.portals.server import Response
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, rows

FOLDERS = {
    "nianbao": "/zwgk/zfxxgk/zfxxgknb_72026/",
    "platform": "/zwgk/zfxxgk/",
    "guide": "/zwgk/zfxxgk/zfxxgkzn/",
    "rules": "/zwgk/zfxxgk/zfxxgkzd/",
    "statutory": "/zwgk/zfxxgk/fdzdgknr/",
    "gongkai": "/zwgk/",
    "wznb": "/zwgk/wzndbb/",
    "news": "/xwzx/",
}
STUB = Response("<html><head><title>stub</title></head><body>" + "&nbsp;" * 50 + "</body></html>")


def column(key: str) -> str:
    return FOLDERS.get(key, f"/{key}/")


def article(key: str, serial: int, day: str) -> str:
    return f"{column(key)}{name(serial, day)}"


def name(serial: int, day: str) -> str:
    return f"{day[:4]}{day[5:7]}/t{day.replace('-', '')}_{serial}.html"


SKIN = Skin(column, article, mark="<link rel='stylesheet' href='/images/TRS_Editor.css'>")


def city(base: str) -> Portal:
    """One flat column of several pages; a number past the end gives a short page with 200."""
    portal = Portal("trs", "江陵市人民政府", "trs", "江陵市", home="/index.html", region_code="429901")
    filed = filings(issuers("江陵市", 4), range(2019, 2025))
    folder = column("nianbao")
    _file(portal, filed, folder)
    pages = [filed[first : first + 9] for first in range(0, len(filed), 9)]
    for number, part in enumerate(pages):
        listed = rows((f"./{name(f.serial, f.published)}", f.title, f.published) for f in part)
        twin = (
            f"<a href='./{name(part[0].serial, part[0].published)}'>".replace(".html", "_app.html")
            + "手机阅读</a>"
        )
        call = f'<script>createPageHTML({len(pages)}, {number}, "index", "html");</script>'
        html = frame(
            portal,
            SKIN,
            "政府信息公开年报",
            f"<ul class='info_list'>{listed}</ul>{twin}{call}",
            "政府信息公开年报",
        )
        for file in [f"index_{number}.html"] if number else ["", "index.html"]:
            portal.add(folder + file, html)
    portal.pages[f"{folder}index_{len(pages)}.html"] = STUB
    portal.traps += (r"_app\.html",)
    portal.listings = len(pages)
    furnish(portal, SKIN, "./zfxxgknb_72026/")
    return portal


def districts(base: str) -> Portal:
    """Year, then level, then a list whose rows a script writes; a body's row says no more than its name."""
    portal = Portal("trs-tree", "汉阴市人民政府", "trs", "汉阴市", region_code="429902")
    levels_of_place = (("szfbm", "市政府部门", slice(0, 4)), ("jdxz", "街道乡镇", slice(7, 9)))
    top = column("nianbao")
    years = ""
    for year in range(2024, 2020, -1):
        filed = filings(issuers("汉阴市", 9), [year])
        levels = ""
        for level, label, part in levels_of_place:
            folder = f"{top}{year}nb/{level}{year}/"
            _file(portal, filed[part], folder)
            written = "".join(
                f"var strLink='./{name(f.serial, f.published)}';var strTitle='{f.issuer.removeprefix('汉阴市')}';"
                'document.write("<li><a href=\'"+strLink+"\'>"+strTitle+"</a></li>");'
                for f in filed[part]
            )
            portal.add(folder, frame(portal, SKIN, label, f"<ul><script>{written}</script></ul>", label))
            levels += f"<li><a href='{level}{year}/'>{label}</a></li>"
        portal.add(f"{top}{year}nb/", frame(portal, SKIN, f"{year}年", f"<ul>{levels}</ul>", f"{year}年"))
        years += f"<li><a href='./{year}nb/'>{year}年</a></li>"
    portal.add(top, frame(portal, SKIN, "政府信息公开年报", f"<ul>{years}</ul>", "政府信息公开年报"))
    portal.listings = 13
    furnish(portal, SKIN, top)
    return portal


def _file(portal: Portal, filed: Sequence[Filing], folder: str) -> None:
    file_reports(
        portal,
        SKIN,
        filed,
        lambda filing: folder + name(filing.serial, filing.published),
        header="list",
        container="TRS_Editor",
        around="<div class='article'>{}</div><p><a href='/print?id=1'>打印本页</a></p>",
    )
