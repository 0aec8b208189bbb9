"""TRS search back ends that serve as a column's list: IGS and IRS answer JSON, WAS5 answers XML.

IGS: GET /igs/front/search.jhtml?code=…&pageNumber=N. IRS: POST /irs/front/search, JSON that may be restricted to one
column by its channel_id. WAS5: POST /was5/web/search with a channelid that is the column. Code and channel stand in
the column's script. Portals: 民航局 (channelid 278090), those of 吉林 and 海南.
Known not to work: pages of search results, which are for words and not for a column; they are not asked for.
"""

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from parsel import Selector

from crawler.families import BEFORE, Link, ListPage
from crawler.families.generic import shows_rows
from crawler.families.records import json_rows, number_of
from crawler.navigation.printed import SPACES, read_date
from parsers.decode import without_surrogates

NAME = "trs_search"
CALL = re.compile(BEFORE + r"/(?:igs/front/search\.jhtml|irs/front/search|was5/web/search)(?:\?[^'\"\s]*)?")
ROWS = 50
IGS = ("code", "siteId", "searchWord", "position", "orderBy", "timeOrder", "pageNumber", "pageSize")
WAS5 = ("channelid", "searchword", "extrasql", "prepage")
IRS = (
    "code", "dataTypeId", "configCode", "codes", "tenantId", "searchWord", "granularity", "beginDateTime",
    "endDateTime",
)  # fmt: skip
CHANNEL = re.compile(r"channel_id['\"]?[^{}]*?value['\"]?\s*:\s*['\"]?(\d+)")


def recognises(page: ListPage) -> bool:
    """Its answers, and columns without rows of their own whose script asks it; a box to search in is on every page."""
    if CALL.search(page.url):
        return True
    return bool(_call(page)) and not shows_rows(page)


def links(page: ListPage) -> Iterator[Link]:
    """The first request of the column; the rows of an answer, and the request for the next."""
    if not CALL.search(page.url):
        yield from _first(page, _call(page))
    elif "/was5/" in page.url:
        yield from _records(page)
    else:
        yield from _answer(page)


def _call(page: ListPage) -> str:
    """The address that the column's script asks, where code or channel stand beside it."""
    call = CALL.search(page.scripts)
    told = call and re.search(r"\b(?:code|channelid)['\"]?\s*[:=]\s*['\"]?\w", page.scripts)
    return call[0] if call and told else ""


def _first(page: ListPage, call: str) -> Iterator[Link]:
    parts = urlsplit(page.urljoin(call))
    url, given = urlunsplit((*parts[:3], "", "")), dict(parse_qsl(parts.query, keep_blank_values=True))
    if "/igs/" in url:
        fields = {"pageNumber": "1", "pageSize": str(ROWS), **_told(page, IGS)}
        fields |= {
            name: value for name, value in given.items() if value
        }  # where none stands, a variable does
        headers = (("Referer", page.origin), ("X-Requested-With", "XMLHttpRequest"))
        yield Link(f"{url}?{urlencode(fields)}", "", "listing", headers=headers)
    elif "/was5/" in url:
        fields = {"searchword": "", "extrasql": "", "prepage": str(ROWS), **_told(page, WAS5), **given}
        yield _post(page, url, urlencode({**fields, "page": "1"}), "listing")
    else:
        asked: dict[str, object] = {
            "searchWord": "",
            "orderBy": "time",
            "searchBy": "title",
            "granularity": "ALL",
        }
        asked |= {"pageNo": 1, "pageSize": ROWS, "filters": [], **_told(page, IRS), **given}
        if channel := CHANNEL.search(page.scripts):
            one = {"property": "channel_id", "operator": "eq", "value": channel[1]}
            asked["customFilter"] = {"operator": "and", "properties": [one]}
        yield _post(page, url, json.dumps(asked, ensure_ascii=False), "listing")


def _told(page: ListPage, names: tuple[str, ...]) -> dict[str, str]:
    """What the script says of each name; of a variable beside it nothing."""
    found = {
        name: re.search(rf"\b{name}['\"]?\s*[:=]\s*(?:['\"]([^'\"+\n]*)['\"]|(\d\w*))", page.scripts)
        for name in names
    }
    return {name: (one[1] or one[2] or "") for name, one in found.items() if one}


def _answer(page: ListPage) -> Iterator[Link]:
    rows = list(json_rows(page))
    yield from rows
    if page.method == "POST":
        asked = json.loads(page.body or "{}")
        number = int(asked.get("pageNo", 1))
        if rows and number < (number_of(page.json, "pageCount") or 0):
            yield _post(
                page, page.url, json.dumps({**asked, "pageNo": number + 1}, ensure_ascii=False), "next"
            )
        return
    current = re.search(r"\bpageNumber=(\d+)", page.url)
    number = int(current[1]) if current else 1
    if rows and number < (number_of(page.json, "totalPages") or 0):
        url = re.sub(r"\bpageNumber=\d+", f"pageNumber={number + 1}", page.url)
        headers = (("Referer", page.origin), ("X-Requested-With", "XMLHttpRequest"))
        yield Link(url, str(number + 1), "next", headers=headers)


def _records(page: ListPage) -> Iterator[Link]:
    """<REC><TITLE>, <URL>, <DOCRELTIME> of each row, and <RECORDCOUNT>; in CDATA or not."""
    markup = without_surrogates(re.sub(r"^\s*<\?xml[^>]*\?>", "", page.text))
    answer = Selector(text=markup or "<none/>", type="xml")
    records = answer.xpath("//REC")
    for record in records:
        url, title, day = (
            record.xpath(f"string({name})").get("").strip() for name in ("URL", "TITLE", "DOCRELTIME")
        )
        if url and title:
            plain = SPACES.sub(" ", re.sub(r"<[^>]*>", "", title)).strip()
            yield Link(page.urljoin(url), plain, date=read_date(day), group="records")
    asked = dict(parse_qsl(page.body, keep_blank_values=True))
    number, count = int(asked.get("page") or 1), answer.xpath("string(//RECORDCOUNT)").get("")
    size = (
        min(int(asked.get("prepage") or ROWS), len(records))
        if number == 1
        else int(asked.get("prepage") or ROWS)
    )
    if records and count.isdigit() and number * size < int(count):
        body = urlencode({**asked, "page": str(number + 1), "prepage": str(size)})
        yield _post(page, page.url, body, "next")


def _post(page: ListPage, url: str, body: str, kind: str) -> Link:
    form = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
    headers = (("Content-Type", form), ("Referer", page.origin), ("X-Requested-With", "XMLHttpRequest"))
    return Link(url, "", "next" if kind == "next" else "listing", "POST", body, headers)
