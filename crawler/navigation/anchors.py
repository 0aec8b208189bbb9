"""The anchors of a page, whatever they are made of: a, area, onclick, window.open, option, frame, script literals."""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement
from parsel import Selector

from crawler.families import Link, ListPage
from crawler.navigation.printed import DATE, HALF_WIDTH, SPACES, read_date
from crawler.navigation.script_rows import script_rows
from crawler.navigation.templates import by_attribute, from_template, templates_of, value_of

INDEX_NUMBER = re.compile(r"(?<![\w/])[0-9A-Z]{6,18}(?:-[0-9A-Z])?/\d{4,6}-\d{3,6}(?!\d)")
IN_SCRIPT = re.compile(
    r"(?:open\w*|location(?:\.href)?|assign|replace|href|go\w*|jump\w*|show\w*|view\w*)\s*[(=]\s*\(?\s*(?:encodeURI(?:Component)?\(\s*)?"
    r"(['\"])(?P<url>(?:(?!\1).)+)\1",
    re.IGNORECASE,
)
# An address in whatever place of a call: query(this,'/eportal/ui?pageId=…')
ROOTED = re.compile(r"(['\"])(?P<url>(?:https?:/|\.{0,2})/[^'\"\s]*\w[^'\"\s]*)\1")
SAYS_NOTHING = re.compile(
    r"(?:点击|在线|详细)?(?:查看|浏览|预览|阅读|下载|打开|进入|访问)?(?:详情|详细|全文|更多|附件|原文|年报|报告)?|more|[>»\W]*"
    r"|(?:pdf|word|docx?|wps|ofd)(?:版|文档|文件|格式|下载)*",
    re.IGNORECASE,
)
MORE = re.compile(r"\W*(?:查看|浏览)?更多|\W*more", re.IGNORECASE)
YEAR_PICTURE = re.compile(r"(?<!\d)(20[0-4]\d)[a-z]{0,4}\.(?:jpe?g|png|gif)$", re.IGNORECASE)
YEAR_HEAD = re.compile(r"(?:19|20)\d\d")
FRAMES = ("iframe", "frame", "object")
ROWS = {"li", "tr", "dd", "dt", "p", "h3", "h4"}
LONGEST_TITLE = 60
NAMES = re.compile(r"[\u4e00-\u9fff]{6,}")

# location.href = '/main.html', location.replace(u)
LEADING = re.compile(
    r"location(?:\.href)?\s*(?:=(?!=)|\.replace\(|\.assign\()\s*(?:(['\"])(?P<url>[^'\"+]+)\1|(?P<name>[A-Za-z_]\w*))(?![ \t]*[+.\w(])"
)


def anchors(page: ListPage) -> list[Link]:
    """All of them in page order, with the date and index number that stand in the same row."""
    if page.json is not None:
        return []
    found = [*page_anchors(page), *_carriers(page)]
    loaded = re.findall(r"\.load\(\s*(['\"])([^'\"+\s]+)\1\s*[,)]", page.scripts)
    frames = [Link(page.urljoin(url), "", "frame", group="script") for _, url in loaded]
    return [*found, *literal_anchors(page), *frames, *(_leading_on(page) if len(found) < 3 else ())]


@lru_cache(maxsize=1)  # the family, the pager and the walk ask for those of one page after the other
def page_anchors(page: ListPage) -> tuple[Link, ...]:
    """The anchors of the page's own markup, in page order."""
    return tuple(fragment_anchors(page.selector, page))


def fragment_anchors(selector: Selector, page: ListPage) -> Iterator[Link]:
    """The anchors of one piece of markup: the page itself, or a list that came inside a script."""
    found = selector.root.xpath(
        "//*[@href or @onclick or self::iframe[@src] or self::frame[@src] or self::option[@value] or @data-href"
        " or self::object[@data][contains(@type, 'html')]"
        " or ((@data-url or @data-link) and not(.//a))]"
    )
    templates = templates_of(page) if found else {}
    for element in found:
        if not isinstance(element.tag, str) or element.tag in ("link", "base"):
            continue
        script = f"{element.get('href', '')} {element.get('onclick', '')}"
        put_together = _from_select(element, page) if element.tag == "option" else None
        if target := put_together or _target(element) or from_template(script, templates):
            yield _link(element, page.urljoin(target))


def _carriers(page: ListPage) -> Iterator[Link]:
    """Elements that carry what the page's script makes their address of: <li data-id="4024">."""
    for name, template in by_attribute(page).items():
        for element in page.selector.root.xpath(f"//*[@data-{name}]"):
            if re.fullmatch(r"[\w./-]+", value := element.get(f"data-{name}")):
                address = "".join(value if isinstance(part, int) else part for part in template)
                yield _link(element, page.urljoin(address))


COMPOSED = re.compile(
    r"['\"](?P<before>[^'\"\s]*[/?_=-][^'\"\s]*)['\"]\s*\+\s*[\w.]+(?:\s*\+\s*['\"](?P<after>[^'\"\s]*)['\"])?"
)


def _from_select(option: HtmlElement, page: ListPage) -> str | None:
    """The address that a picker's script puts together around the value of the option chosen, a word or a folder."""
    value = option.get("value", "").strip()
    select = next((box for box in option.iterancestors("select")), None)
    script = select.get("onchange", "") if select is not None else ""
    if not script or not re.fullmatch(r"\w[\w./-]*", value):
        return None
    if called := re.match(r"\s*(?:return\s+)?(\w+)\(", script):
        body = re.search(rf"function\s+{called[1]}\s*\([^)]*\)\s*\{{([^{{}}]*)\}}", page.scripts)
        script = body[1] if body else script
    composed = COMPOSED.search(script)
    if composed is None or ("/" in value and "/" not in composed["before"]):
        return None
    return f"{composed['before']}{value}{composed['after'] or ''}"


def literal_anchors(page: ListPage) -> Iterator[Link]:
    """Rows that scripts write: markup in document.write, or address and title as literals beside each other.

    Also those that wait as text to be put into the page: <textarea>&lt;li&gt;&lt;a …
    """
    for markup in page.selector.xpath("//body//*[not(self::script)]/text()[contains(., '<a ')]").getall():
        yield from fragment_anchors(Selector(text=markup, type="html"), page)
    for script in page.selector.xpath("//script[not(@src)]/text()").getall():
        if "<record" in script:  # a vendor's data, which its family reads
            continue
        if not re.search(r"[\u4e00-\u9fff]", script):
            continue
        if "document.write" in script or "innerHTML" in script or "<a " in script:
            plain = script.replace("\\/", "/").replace('\\"', '"').replace("\\'", "'")
            for markup in re.findall(r"<a\s[^>]*?href=.+?</a>", plain, re.IGNORECASE | re.DOTALL):
                if "+" not in re.sub(r"(?:href|title)=(['\"])[^'\"+]*\1", "", markup):
                    yield from fragment_anchors(Selector(text=markup, type="html"), page)
        yield from script_rows(script, page)


def _leading_on(page: ListPage) -> Iterator[Link]:
    """Where the script of a page without content of its own sends the visitor."""
    for found in LEADING.finditer(page.scripts):
        if url := found["url"] or value_of(found["name"], page.scripts):
            yield Link(page.urljoin(url), "", "frame", group="script")


def _target(element: HtmlElement) -> str | None:
    told = (element.get(name) for name in ("href", "data-href", "data-url", "data-link"))
    href = next(filter(None, told), "").strip()
    if element.tag in FRAMES:
        href = element.get("src" if element.tag != "object" else "data", "").strip()
    if element.tag == "option":
        href = element.get("value", "").strip()
        return href if "/" in href or re.search(r"\.\w?html?", href) else None
    if href and not href.startswith(("#", "javascript:", "mailto:", "tel:", "data:", "about:")):
        return href
    script = f"{href if href.startswith('javascript:') else ''} {element.get('onclick', '')}"
    called = IN_SCRIPT.search(script) or ROOTED.search(script)
    if called and (re.search(r"[/?]|\.[a-z]{2,5}$", called["url"])) and "+" not in called["url"]:
        return called["url"]
    return None


def _link(element: HtmlElement, url: str) -> Link:
    label = _label(element)
    row = _row(element)
    text = _row_text(row) if row is not None else ""
    if SAYS_NOTHING.fullmatch(label.replace(" ", "").strip("[]【】<>›»+→⟩▶")) and len(text) < 200:
        label = _said_around(element, row) or (heading(element) if MORE.match(label) else "") or label
    beside = text.replace(label, "", 1) or _beside(element)
    number = INDEX_NUMBER.search(text.upper())
    return Link(
        url,
        label,
        "frame" if element.tag in FRAMES else "report",
        date=read_date(beside) or read_date(label) if len(text) < 400 else None,
        index_number=number[0] if number else None,
        group=_group(element),
    )


def _label(element: HtmlElement) -> str:
    """The fuller of text, title and alt: the text is often cut with an ellipsis."""
    text = _text(element)
    if len(text) > LONGEST_TITLE:
        text = _card_title(element) or text
    if element.tag not in ("a", "option") and len(text) > 12:
        text = DATE.sub("", text).strip(" []()（）")  # a whole row that can be clicked
    alternatives = [
        element.get("title", ""),
        element.get("alt", ""),
        element.get("aria-label", ""),
        element.get("name", "") if not text else "",
    ]
    alternatives += [image.get("alt", "") or image.get("title", "") for image in element.iter("img")]
    if not text:
        alternatives += [
            year[1] for image in element.iter("img") if (year := YEAR_PICTURE.search(image.get("src", "")))
        ]
    title = SPACES.sub(" ", next((value for value in alternatives if value.strip()), "")).strip()
    cut = text.rstrip(".…· ")
    if not text or (title and (text.endswith(("…", "..", "...")) or cut in title) and len(title) > len(cut)):
        return title
    return text


def _row_text(row: HtmlElement) -> str:
    """Its cells apart: a number before a date is none of its digits."""
    return " ".join(map(_text, row.iterchildren("td", "th"))) if row.tag == "tr" else _text(row)


def _card_title(element: HtmlElement) -> str:
    """Of an anchor that holds date, title and summary of a page: the first of its texts that can be a title."""
    pieces = (SPACES.sub(" ", piece).strip() for piece in element.itertext())
    title = next((piece for piece in pieces if NAMES.search(piece)), "")
    return title if len(title) <= LONGEST_TITLE else ""


def _text(element: HtmlElement) -> str:
    return SPACES.sub(" ", "".join(element.itertext())).strip().translate(HALF_WIDTH)


def _row(element: HtmlElement) -> HtmlElement | None:
    """The smallest row around an anchor, or the largest box that holds no other anchor."""
    box = element
    for parent in element.iterancestors():
        if parent.tag in ROWS:
            return parent
        if parent.tag in ("body", "ul", "ol", "table") or len(parent.xpath(".//a")) > 1:
            break
        box = parent
    return box


def _said_around(element: HtmlElement, row: HtmlElement | None) -> str:
    """What a row says beside its links: the body in its first cell, the year at the head of the column."""
    if row is None:
        return ""
    links = {_text(link) for link in row.iter("a")}
    if row.tag != "tr":
        text = _text(row)
        for link in sorted(links, key=len, reverse=True):
            text = text.replace(link, "")
        return DATE.sub("", text).strip(" []()（）|：:")
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    said = [_text(cell) for cell in cells if not (set(cell.iter("a")) or _text(cell).isdigit())]
    column = next((place for place, cell in enumerate(cells) if element in set(cell.iter())), None)
    heads = [
        cell
        for cell in row.getparent().xpath("(./ancestor-or-self::table)[last()]//tr[1]/*")
        if cell.tag in ("td", "th")
    ]
    head = _text(heads[column]) if column is not None and len(heads) == len(cells) else ""
    body = DATE.sub("", " ".join(said)).strip()
    return f"{body}{head}" if YEAR_HEAD.search(head) and head not in body else body


def heading(element: HtmlElement) -> str:
    """What stands over a list of which 更多 leads to the rest: the nearest words before it, or before the list."""
    lists = 0
    for box in [element, *element.iterancestors()][:3]:
        for sibling in box.itersiblings(preceding=True):
            if not isinstance(sibling.tag, str) or not (text := _text(sibling)):
                continue
            if next(sibling.iter("a"), None) is None:
                return text if len(text) <= 20 else ""
            lists += 1
            if lists > 1 or sibling.tag == "a":
                return ""
    return ""


def _beside(element: HtmlElement) -> str:
    """Text just before or after, for lists that print the date outside the anchor's own box."""
    before, after = element.getprevious(), element.getnext()
    texts = [element.tail or ""]
    for sibling in (after, before):
        if sibling is not None and isinstance(sibling.tag, str) and sibling.tag != "a":
            texts.append(_text(sibling))
    return " ".join(texts)


def _group(element: HtmlElement) -> str:
    """The list in which it stands: tags and classes up to the nearest box that holds several anchors."""
    for parent in element.iterancestors():
        if parent.tag in ("ul", "ol", "table", "dl", "select", "map", "nav") or (
            parent.tag in ("div", "section", "td", "footer") and len(parent.xpath(".//a")) > 2
        ):
            around = [parent, *parent.iterancestors()][:4]
            return ">".join(f"{box.tag}.{box.get('id', '')}.{box.get('class', '')}" for box in around)
    return ""
