"""Full text of the revisions, found by any two Chinese characters.

SQLite's own tokenizers see a Chinese sentence as one word. So each run of Chinese characters is written as its pairs,
行政复议 → 行政 政复 复议 议, and a query as the phrase of its pairs. The last character stands alone at the end of a run: it
keeps the pairs of two runs apart, and lets a single character be looked for as the beginning of a word.
"""

import re
import sqlite3
from collections.abc import Iterable
from itertools import chain
from operator import add

from parsers.characters import narrow, simplify
from parsers.report import Report

CHINESE = re.compile("[〇々\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')


def index_revision(db: sqlite3.Connection, revision: int, report: Report) -> None:
    """Make a revision findable by what it says; to be undone with `forget_revision` before that changes."""
    sections = ((section.title, section.text) for section in report.sections)
    values = (revision, *_words((report.issuer, report.title), sections))
    db.execute("INSERT INTO revisions_fts (rowid, title, text) VALUES (?, ?, ?)", values)


def forget_revision(db: sqlite3.Connection, revision: int) -> None:
    """Take out of the index what the revision says now: the index keeps no text of its own, and must be told it."""
    titles = db.execute("SELECT issuer, title FROM revisions WHERE id = ?", (revision,)).fetchone()
    sections = db.execute(
        "SELECT title, text FROM sections WHERE revision = ? ORDER BY position", (revision,)
    )
    values = (revision, *_words(titles, sections))
    db.execute(
        "INSERT INTO revisions_fts (revisions_fts, rowid, title, text) VALUES ('delete', ?, ?, ?)", values
    )


def _words(titles: tuple[str, str], sections: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Of body and title; of titles and texts of the sections."""
    return index_words("\n".join(titles)), index_words("\n".join(chain.from_iterable(sections)))


def index_words(text: str) -> str:
    """The text as the index sees it: Chinese in pairs, full-width and Traditional characters folded.

    >>> index_words("行政复议3件，维持")
    ' 行政 政复 复议 议 3 件 , 维持 持 '
    """
    return CHINESE.sub(lambda run: f" {_pairs(run[0])} {run[0][-1]} ".replace("  ", " "), folded(text))


def folded(text: str) -> str:
    """Width and script folded, character for character: places in it are places in the text."""
    return simplify(narrow(text))


def _pairs(run: str) -> str:
    """
    >>> _pairs("行政复议"), _pairs("议")
    ('行政 政复 复议', '')
    """
    return " ".join(map(add, run, run[1:]))


def query_terms(query: str) -> list[str]:
    """What is looked for: words, and what stands within quotation marks as one; all of them must be found.

    >>> query_terms('宗教 "信息 公开" 2024 ，')
    ['宗教', '信息 公开', '2024']
    """
    terms = (quoted or word for quoted, word in _TERM.findall(folded(query).replace("\0", " ")))
    return [term.strip() for term in terms if re.search(r"\w", term)]


def match_expression(query: str) -> str:
    """The query in the language of SQLite's full-text index; nothing in it is taken for an operator.

    >>> match_expression('行政复议 OR 3件 宗'), match_expression("，")
    ('"行政 政复 复议" "OR" "3 件"* "宗"*', '""')
    """
    return " ".join(map(_phrase, query_terms(query))) or '""'


def _phrase(term: str) -> str:
    """
    >>> _phrase("本年3件"), _phrase("网站 index")
    ('"本年 年 3 件"*', '"网站 站 index"')
    """
    *words, last = index_words(term).split()
    if CHINESE.fullmatch(last) and words and len(words[-1]) == 2 and words[-1][1] == last:
        return f'"{" ".join(words)}"'  # the run may go on
    is_open = len(last) == 1 and CHINESE.fullmatch(last)
    return f'"{" ".join((*words, last))}"' + "*" * bool(is_open)
