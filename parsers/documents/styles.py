"""What a page's attributes say of its elements: not displayed, struck out, set out as a line.

Such elements get other names, by which flow.xsl knows them: asked of each element by the stylesheet, it would take a
twentieth of the reading. The page's text tells cheaply what need not be looked for.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import cast

from lxml import etree
from lxml.etree import _Element, _ElementUnicodeResult

from parsers.characters import simplify

# Both begin with a plain character or word, for which a page is looked through in no time.
HIDING_WORD = re.compile(rb":(?<![a-xzA-XZ]:)\s*((?i:none|hidden))")
HIDING_ATTRIBUTE = re.compile(rb"hidden(?<=[\s\"'/]hidden)[\s=/>]")
STYLES = etree.XPath("//@style[contains(., $word)]")
HIDDEN_ATTRIBUTES = etree.XPath("//@hidden")
STRUCK = "line-through"  # the page takes it back
HIDING_STYLE = re.compile(
    rf"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|text-decoration(?:-line)?\s*:[^;]*{STRUCK})",
    re.IGNORECASE,
)
BLOCK_STYLE = re.compile(r"(?:^|;)\s*display\s*:\s*block", re.IGNORECASE)
PANELS = frozenset(["div", "section", "article", "ul", "form"])
EVIDENCE = re.compile(
    "第二十条|本年新收|行政复议|总体情况|主动公开政府信息|收到和处理|改进情况|需要报告的事项"
)


def rename_by_style(root: _Element, source: bytes) -> None:
    """Rename what is not displayed, what is struck out and what is set out as a line; `source`: the page's text."""
    for word in _hiding_words(root, source):
        _rename_hidden(_styles(root, word))
    if STRUCK.encode() in source:
        _rename_hidden(_styles(root, STRUCK))
    if HIDING_ATTRIBUTE.search(source):
        _rename_hidden(cast(list[_ElementUnicodeResult], HIDDEN_ATTRIBUTES(root)))
    if b"block" in source:
        _rename_lines(_styles(root, "block"))


def _styles(root: _Element, word: str) -> list[_ElementUnicodeResult]:
    return cast(list[_ElementUnicodeResult], STYLES(root, word=word))


def _hiding_words(root: _Element, source: bytes) -> list[str]:
    """The words none and hidden as the page's attributes write them: what stands in stylesheets and scripts is set off."""
    words = Counter(HIDING_WORD.findall(source))
    if words:
        elsewhere = ((element.text or "").encode() for element in root.iter("style", "script"))
        words -= Counter(word for text in elsewhere for word in HIDING_WORD.findall(text))
    return sorted(word.decode() for word in words)


def _rename_hidden(attributes: Sequence[_ElementUnicodeResult]) -> None:
    """Elements that are not displayed; those that a click may show (tabs with a report's words) by another name."""
    for value in attributes:
        element = value.getparent()
        if element is None or not (value.attrname == "hidden" or HIDING_STYLE.search(value)):
            continue
        shown_by_click = element.tag in PANELS and EVIDENCE.search(
            simplify("".join(map(str, element.itertext())))
        )
        element.tag = "hidden-panel" if shown_by_click else "not-displayed"


def _rename_lines(styles: Sequence[_ElementUnicodeResult]) -> None:
    for style in styles:
        element = style.getparent()
        if element is not None and element.tag == "span" and BLOCK_STYLE.search(style):
            element.tag = "p"
