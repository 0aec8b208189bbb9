"""Values as scripts write them: {code: '12', TREE: [{name: "年报"}], pageNo: n, where: JSON.stringify({…})}.

JSON is one way of writing them; most scripts leave out the quotes of names, use the other kind, and put variables in.
"""

import json
import re
from collections.abc import Callable
from typing import Any

UNTOLD = object()  # what only a browser would know
# A variable's name and the name of the field that it fills → its value, or UNTOLD.
Told = Callable[[str, str], Any]
TOKEN = re.compile(
    r"(?:\s|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+"
    r"(?:(?P<string>'(?:[^'\\\n]|\\.)*+'|\"(?:[^\"\\\n]|\\.)*+\"|`(?:[^`\\]|\\.)*+`)"
    r"|(?P<number>-?\d{1,15}(?:\.\d{1,15})?)(?![\w$.])|(?P<name>[A-Za-z_$][\w$]*(?:\.[\w$]+)*)|(?P<mark>[\[\]{}():,+]))",
    re.DOTALL,
)
STEPS = re.compile(r"[\[\]{}(),]")
WORDS = {"true": True, "false": False, "null": None, "undefined": None}
ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
CONTROLS = {"n": "\n", "t": "\t", "r": "\r"}
DEEPEST = 50


def read_literal(text: str, start: int = 0, told: Told = lambda name, field: UNTOLD) -> Any:
    """The value that begins at `start`; UNTOLD where none does.

    >>> read_literal("{SID: '755001', tree: [{'id': 4, name: \\"年报\\",}], n: 1 + x.y}; more", told=lambda name, field: 2)
    {'SID': '755001', 'tree': [{'id': 4, 'name': '年报'}], 'n': '12'}
    """
    return _Reader(text, start, told).joined("", DEEPEST)


def read_arguments(text: str, told: Told) -> list[Any]:
    """The arguments of a call, of which the first begins the text.

    >>> read_arguments("'/list?page=' + n, {id: 7}, show);", lambda name, field: 1 if field == "page" else UNTOLD)[:2]
    ['/list?page=1', {'id': 7}]
    """
    reader = _Reader(text, 0, told)
    values = [reader.value("", DEEPEST)]
    while reader.takes(","):
        values.append(reader.value("", DEEPEST))
    return values


class _Reader:
    """Goes through a text value by value; what it does not understand it steps over, up to the next comma."""

    def __init__(self, text: str, at: int, told: Told):
        self.text, self.at, self.told = text, at, told

    def value(self, field: str, depth: int) -> Any:
        """A value that ends where it seems to; UNTOLD for one that is computed: page - 1, a ? b : c."""
        value = self.joined(field, depth)
        if self._ends():
            return value
        self._step_over()
        return UNTOLD

    def joined(self, field: str, depth: int) -> Any:
        """One value, or several joined by +."""
        parts = [self._one(field, depth)]
        while self.takes("+"):
            fills = re.search(r"(\w+)=$", parts[-1]) if isinstance(parts[-1], str) else None
            parts.append(self._one(fills[1] if fills else field, depth))
        if len(parts) == 1:
            return parts[0]
        said = all(isinstance(part, str | int) for part in parts)
        return "".join(map(str, parts)) if said else UNTOLD

    def _one(self, field: str, depth: int) -> Any:
        token = TOKEN.match(self.text, self.at)
        if token is None or not depth or (token["mark"] and token["mark"] not in "[{("):
            return UNTOLD
        self.at = token.end()
        if token["string"]:
            return ESCAPED.sub(_character, token["string"][1:-1])
        if token["number"]:
            return float(token["number"]) if "." in token["number"] else int(token["number"])
        if token["name"]:
            return self._named(token["name"], field, depth - 1)
        read = {"{": self._object, "[": self._array, "(": self._inner}[token["mark"]]
        return read(field, depth - 1)

    def _named(self, name: str, field: str, depth: int) -> Any:
        if name in WORDS:
            return WORDS[name]
        if not self.takes("("):
            return self.told(name, field)
        value = self._inner(field, depth)
        if name == "JSON.stringify" and value is not UNTOLD:
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=lambda untold: None)
        return value if name in ("encodeURI", "encodeURIComponent", "String", "Number") else UNTOLD

    def _object(self, field: str, depth: int) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        while (token := TOKEN.match(self.text, self.at)) and token["mark"] != "}":
            self.at = token.end()
            name = token["string"][1:-1] if token["string"] else token["name"] or token["number"]
            if name and self.takes(":"):
                fields[name] = self.value(name, depth)
            elif name and self._ends():
                fields[name] = self.told(name, name)  # {pageNo} for {pageNo: pageNo}
            elif token["mark"] != ",":
                self._step_over()
        self.takes("}")
        return fields

    def _array(self, field: str, depth: int) -> list[Any]:
        values = []
        while (token := TOKEN.match(self.text, self.at)) and token["mark"] != "]":
            if token["mark"] == ",":
                self.at = token.end()
            else:
                at = self.at
                values.append(self.value(field, depth))
                if self.at == at:
                    break
        self.takes("]")
        return values

    def _inner(self, field: str, depth: int) -> Any:
        value = self.value(field, depth)
        while self.takes(","):
            self.value(field, depth)
        self.takes(")")
        return value

    def takes(self, mark: str) -> bool:
        token = TOKEN.match(self.text, self.at)
        if token is None or token["mark"] != mark:
            return False
        self.at = token.end()
        return True

    def _ends(self) -> bool:
        token = TOKEN.match(self.text, self.at)
        return bool(token and token["mark"] and token["mark"] in ",}])")

    def _step_over(self) -> None:
        """To the comma or bracket that ends a value which cannot be read, over the brackets within it."""
        open_ = 0
        for mark in STEPS.finditer(self.text, self.at):
            if mark[0] in "[{(":
                open_ += 1
            elif open_ and mark[0] in "]})":
                open_ -= 1
            elif not open_:
                self.at = mark.start()
                return
        self.at = len(self.text)


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else CONTROLS.get(escape[2], escape[2])
