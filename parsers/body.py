"""Where the report begins and ends in a sequence of blocks: what stands around it is metadata, or chrome.

The evidence is the statutory one: section headings and the tables of the form. From the first evidence the body
reaches back over its preamble, to the title or the metadata; from the last it reaches on to the signature.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from parsers.blocks import Block, Grid, Paragraph
from parsers.characters import narrow, simplify
from parsers.data_files import read_toml
from parsers.dates import NUMERALS
from parsers.header_labels import FIELDS, find_label
from parsers.heading import BEGINNINGS, Heading, read_heading
from parsers.public_bodies import is_body
from parsers.title import read_title

DATA = read_toml("body")
FRONT = tuple(re.sub(r"\s", "", word) for word in DATA["front"])
BACK = tuple(DATA["back"])
PREFACE = frozenset(re.sub(r"\s", "", word) for word in DATA["preface"])
TABLES = tuple((table["kind"], table["words"]) for table in DATA["table"])

SPACE = re.compile(r"\s+")
SENTENCE_END = re.compile(r"[。；！？]")
TITLE = re.compile(r"(?:报告|年报|总结|報告|年報)(?:[（(][^）)]*[）)])?$")
DATE_LINE = re.compile(r"[\[【(（]?\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}")
SURE = re.compile(
    rf"[。；，,;]|^[\d①-⑳(（]|^[一二三四五六七八九十]是|^第[一二三四五]|^(?:{'|'.join(DATA['sure'])})|处理费|事项"
)
OPENING = re.compile(r"[：:]$|^附?[表图]\s*[\d一二三四五]")
TOLD = re.compile(r"(?!版权|扫|本文|您|手机|用手机|建议|网友|©|[（(【\[])[^：:|]{8,}。")
OPINION = ("您对", "您认为", "你对", "满意")  # what a portal asks its readers, in a table
BEGUN = re.compile(r"(?:20\d\d年(?!度)|根据|按照|依据|依照|遵照|为了?|现将|本报告).{15}")
LABELLED = re.compile(r"[：:]")
LONGEST_TITLE = 70
ENTRY_PAGE = re.compile(r"(?:\s+|[\s.．·…]{2,})\d{1,3}$")  # at the end of a line of a list of contents
FEWEST_ENTRIES = 3  # of a list of contents
LONGEST_ENTRY = 200  # characters, with its leaders

Parts = tuple[tuple[Block, ...], tuple[Block, ...], tuple[Block, ...]]


def split_body(blocks: Sequence[Block]) -> Parts:
    """Front, body and back: metadata, title and share bars in front, the signature at the end of the body."""
    start, end = find_body(blocks, find_evidence(blocks))
    return tuple(blocks[:start]), tuple(blocks[start:end]), tuple(blocks[end:])


def find_body(
    blocks: Sequence[Block],
    evidence: Mapping[int, str],
    inner: tuple[int, int] | None = None,
    chrome: Collection[int] = (),
) -> tuple[int, int]:
    """First and one past the last index of the body.

    `inner`: the part that a container of the markup holds, where nothing short of chrome ends the report; around it
    only prose still belongs to it. `chrome`: blocks that the markup tells to be no text, such as lists of links.
    """
    low, high = inner or (0, len(blocks))
    proving = [index for index in evidence if low <= index < high]
    if not proving:
        return _prose_only(blocks, low, high, chrome)
    before = max((index for index in evidence if index < low), default=-1)
    return _start(blocks, min(proving), low, before, chrome), _end(blocks, max(proving), high, chrome)


def contents_list(blocks: Sequence[Block]) -> range:
    """The lines of a list of contents: titles one after the other, with the numbers of their pages or without, which
    all come again, or whose numbers 一、 do."""
    headings = {
        index: heading
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph)
        and block.text[:1] in BEGINNINGS
        and len(block.text) <= LONGEST_ENTRY
        and (heading := read_heading(_without_page(block.text)))
    }
    for first in headings:
        last = first
        titles: set[str] = set()
        numbers: set[str] = set()
        while (entry := headings.get(last)) and not entry.rest:
            if entry.title in titles or numbers & _counted(entry):
                break
            titles.add(entry.title)
            numbers |= _counted(entry)
            last += 1
        if len(titles) >= FEWEST_ENTRIES:
            later = [heading for index, heading in headings.items() if index >= last]
            again = titles & {heading.title for heading in later}
            anew = numbers & set().union(*map(_counted, later))
            return range(first, last if max(len(again), len(anew)) >= len(titles) - 1 else first)
    return range(0)


def _counted(heading: Heading) -> set[str]:
    return {heading.number} if heading.style == "comma" and heading.number else set()


def _without_page(entry: str) -> str:
    return ENTRY_PAGE.sub("", entry) if entry[-1:].isdigit() else entry


def find_evidence(blocks: Sequence[Block], chrome: Collection[int] = ()) -> dict[int, str]:
    """Index → what the block there proves, for all blocks that prove something and are no chrome."""
    contents = contents_list(blocks)
    return {
        index: kind
        for index, block in enumerate(blocks)
        if index not in chrome and index not in contents and (kind := evidence_of(block)) is not None
    }


def evidence_of(block: Block) -> str | None:
    """What the block proves: a section's key, "table:requests", "number:一" for a heading outside the forms."""
    if isinstance(block, Grid):
        kind = table_kind(block)
        return f"table:{kind}" if kind else None
    heading = read_heading(block.text)
    if heading is None or (heading.style == "bracket" and not heading.statutory):
        return None
    if heading.statutory or (heading.key and heading.style):
        return heading.key
    if heading.style in ("comma", "part") and heading.number and heading.title and len(block.text) <= 40:
        return f"number:{heading.number}"
    return None


def table_kind(grid: Grid) -> str | None:
    """The statutory table that the words of a grid tell, or None."""
    text = "".join("".join(map("".join, grid.rows)).split())
    kind, simple = _kind_told(text), simplify(text)
    return kind if kind or simple == text else _kind_told(simple)


def _kind_told(text: str) -> str | None:
    for kind, groups in TABLES:
        if any(all(word in text for word in words) for words in groups):
            return str(kind)
    return None


def until_second_report(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """The report, and another one that follows on the page under a title of its own, with the same tables again."""
    for index, block in enumerate(blocks):
        if (
            isinstance(block, Paragraph)
            and is_title(block)
            and (title := read_title(block.text))
            and title.own
        ):
            before, after = (_tables_among(part) for part in (blocks[:index], blocks[index:]))
            if before & after:
                return blocks[:index], blocks[index:]
    return blocks, ()


def _tables_among(blocks: Sequence[Block]) -> set[str]:
    return {kind for block in blocks if isinstance(block, Grid) and (kind := table_kind(block))}


def is_prose(block: Block) -> bool:
    """A sentence; also one that a list, a heading or a table ends: 现将有关情况报告如下："""
    if not isinstance(block, Paragraph):
        return False
    text = block.text
    if SENTENCE_END.search(text):
        return True
    return (
        (len(text) >= 25 and ("，" in text or "," in text))
        or (len(text) >= 10 and text.endswith(("：", ":")))
        or text.rstrip("：:").endswith("如下")
    )


def is_title(block: Block) -> bool:
    if not isinstance(block, Paragraph) or len(block.text) > LONGEST_TITLE:
        return False
    return not SENTENCE_END.search(block.text) and bool(TITLE.search(block.text))


def _is_front(block: Block) -> bool:
    """Whether what stands before the report ends here: metadata, title, source line, date, breadcrumb."""
    if isinstance(block, Grid) or is_title(block):
        return True
    bare = _bare(block.text)
    if bare.startswith(FRONT) or _is_labelled(block.text):
        return True
    if SENTENCE_END.search(bare):
        return False
    if DATE_LINE.match(block.text) and len(block.text) <= 60:
        return True
    return len(bare) <= 100 and bool(re.search(r"[>|]", bare))


def _is_labelled(text: str) -> bool:
    """A line that begins with a label of the metadata header and its colon."""
    printed, colon, value = narrow(text[: 2 * LONGEST_TITLE]).partition(":")
    label = find_label(printed) if colon else None
    telling = label is not None and (
        label.field in FIELDS or (label.field == "other" and (len(printed) > 3 or value.count(":") > 1))
    )
    return telling and not SENTENCE_END.search(value)


def _is_back(block: Block) -> bool:
    """Whether the page goes on with something else here."""
    if isinstance(block, Grid):
        return bool(block.rows) and _bare(block.rows[0][0]).startswith(OPINION)
    bare = _bare(block.text).lstrip("（(【[")
    return bare.startswith(BACK) and (len(bare) <= 40 or not SENTENCE_END.search(bare))


def _is_told(block: Block) -> bool:
    """Whether a line that begins as those of a portal do is a sentence of the report: 微信公众号推送信息30条，…"""
    return isinstance(block, Paragraph) and TOLD.fullmatch(block.text) is not None


def _bare(text: str) -> str:
    """Without white space, and simplified as far as a label reaches."""
    text = SPACE.sub("", text)
    return simplify(text[:12]) + text[12:]


def _start(blocks: Sequence[Block], first: int, low: int, before: int, chrome: Collection[int]) -> int:
    """Back from the first evidence over the preamble; lines that are no prose belong to it only between prose.

    What follows on evidence `before` the container is the text of another copy.
    """
    start = first
    for index in range(first - 1, -1 if before < 0 else low - 1, -1):
        block = blocks[index]
        if index in chrome or _is_front(block):
            break
        if is_prose(block) or _is_item(block) or _is_begun(block):
            start = index
        elif index < low:
            break
    if start and _is_preface(blocks[start - 1]) and start - 1 not in chrome:
        start -= 1
    return start


def _is_begun(block: Block) -> bool:
    """The first line of a preamble that was pasted as it was printed, line by line."""
    return isinstance(block, Paragraph) and BEGUN.match(block.text) is not None


def _is_item(block: Block) -> bool:
    """（一）主动公开, of which the text follows."""
    heading = read_heading(block.text) if isinstance(block, Paragraph) else None
    return heading is not None and heading.style == "bracket" and bool(heading.title)


def _is_preface(block: Block) -> bool:
    """引言, or the name of the body to which the report is made, with a colon."""
    if not isinstance(block, Paragraph):
        return False
    bare = _bare(block.text)
    return bare.strip("：:") in PREFACE or (bare.endswith(("：", ":")) and is_body(bare[:-1]))


def _end(blocks: Sequence[Block], last: int, high: int, chrome: Collection[int]) -> int:
    """On from the last evidence to the next chrome; out of the container, only a bare heading's text and a date."""
    for index in range(last + 1, len(blocks)):
        block = blocks[index]
        if index in chrome or _is_metadata(block):
            return index
        if (
            _is_back(block)
            and not _announces_table(blocks, index, high, chrome)
            and not (index < high and _is_told(block))
        ):
            return index
        if index >= high and not _is_signature(block):
            opened = blocks[last] if index == last + 1 else None
            if not (isinstance(opened, Paragraph) and len(opened.text) <= 40 and is_prose(block)):
                return index
    return len(blocks)


def _is_metadata(block: Block) -> bool:
    """The header of the page, where it is printed below the text."""
    lines = [row[0] for row in block.rows if row] if isinstance(block, Grid) else [block.text]
    printed = [narrow(line[: 2 * LONGEST_TITLE]).partition(":")[0] for line in lines]
    return any((label := find_label(text)) and label.field in FIELDS[:-3] for text in printed)


def without_loose_end(blocks: Sequence[Block], evidence: Collection[int], end: int) -> int:
    """The end of the body before the short words that a portal prints below a text: 为您推荐, 满意 不满意.

    They are no sentences and no items, and nothing of the report follows. The first line below a heading stays whatever
    it is, and so does the name with which a report is signed.
    """
    last = max((index for index in evidence if index < end), default=end)
    tail = end
    while tail > last + 1 and not _is_sure(blocks[tail - 1]):
        tail -= 1
    if tail < end and _opens(blocks[tail - 1]):
        tail += 1
    loose = [index for index in range(tail, end) if _is_loose(blocks[index])]
    signed = loose[:1] == [tail] and isinstance(name := blocks[tail], Paragraph) and is_body(name.text)
    return next(iter(loose[signed:]), end)


def _opens(block: Block) -> bool:
    """Whether what belongs to a heading, a caption or a line with a colon at its end has yet to come."""
    if isinstance(block, Grid):
        return False
    heading = read_heading(block.text)
    return bool(OPENING.search(block.text)) or (heading is not None and not heading.rest)


def _is_sure(block: Block) -> bool:
    """A sentence, an item, a date or a table: what only the report prints at its end."""
    if isinstance(block, Grid):
        return len(block.rows) > 1
    text = block.text
    return _opens(block) or bool(SURE.search(text) or DATE_LINE.match(text) or _is_signature(block))


def _is_loose(block: Block) -> bool:
    """Words without a label: 联系人：张三 and 备注：… may be the report's."""
    return isinstance(block, Grid) or not LABELLED.search(block.text)


def _announces_table(blocks: Sequence[Block], index: int, high: int, chrome: Collection[int]) -> bool:
    """附件：…统计表, and the table itself: not the list of the files to load down."""
    block, below = blocks[index], index + 1
    announced = isinstance(block, Paragraph) and block.text.startswith("附件")
    return announced and below < high and isinstance(blocks[below], Grid) and below not in chrome


def _is_signature(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(
        re.fullmatch(rf"[\d{NUMERALS}十]{{4}}\s*年.{{1,8}}[日月]", block.text)
    )


def _prose_only(blocks: Sequence[Block], low: int, high: int, chrome: Collection[int]) -> tuple[int, int]:
    """A report without headings and tables: its prose, from behind the last title or metadata line before it."""
    prose = [
        index
        for index in range(low, high)
        if index not in chrome
        and is_prose(blocks[index])
        and not _is_back(blocks[index])
        and not _labelled(blocks[index])
    ]
    if not prose:
        return high, high
    titles = [index for index in range(low, prose[-1]) if index not in chrome and is_title(blocks[index])]
    start = next((index for index in prose if not titles or index > titles[-1]), prose[0])
    return start, _end(blocks, start, high, chrome)


def _labelled(block: Block) -> bool:
    return isinstance(block, Paragraph) and _bare(block.text).startswith(FRONT)
