"""reStructuredText inside a paragraph: emphasis, literals, roles, references, to prose with exact places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from blamelint.markup.prose import LINE_END, Fragment, Prose, Text
from blamelint.markup.urls import mark_urls, url_end

_BEFORE = r"(?<![^\s'\"(\[{<\-/:*|])"
_AFTER = r"(?=[\s'\")\]}>\-/\\:.,;!?*]|\Z)"
_SPECIAL = re.compile(
    rf"\n|\\|{_BEFORE}(?:``(?=\S)|\*\*(?=\S)|\*(?=\S)|:(?P<role>[A-Za-z][\w:.+-]*):`(?=\S)|`(?=\S)|\|(?=\S)"
    rf"|\[(?:#[\w-]*|\*|\d+|[A-Za-z][\w.-]*)\]_{_AFTER}|(?:https?|ftp)://)"
    rf"|(?<=[A-Za-z0-9])(?P<reference>__?)(?![\w_]){_AFTER}"
)
_NAME = re.compile(r"(?<![\w_])[A-Za-z0-9]++(?:[-.:+_][A-Za-z0-9]++)*+\Z")
_LONGEST_NAME = 80
_ENDS = {
    "``": re.compile(rf"(?<=[^\s])``{_AFTER}"),
    "**": re.compile(rf"(?<=[^\s\\])\*\*{_AFTER}"),
    "*": re.compile(rf"(?<=[^\s\\])(?<!\*)\*{_AFTER}|(?<=[^\s\\]\*\*)\*{_AFTER}"),
    "`": re.compile(rf"(?<=[^\s\\])`(?:__?|:[A-Za-z][\w:.+-]*:)?{_AFTER}"),
    "|": re.compile(rf"(?<=[^\s\\])\|__?{_AFTER}|(?<=[^\s\\])\|{_AFTER}"),
}
_EMBEDDED = re.compile(r"(?s)(.*?)\s*<([^<>]+)>\Z")
_WORD_ROLES = frozenset((
    "emphasis", "strong", "sub", "sup", "subscript", "superscript", "title", "title-reference", "t", "abbr", "dfn",
    "guilabel",
))  # fmt: skip
_REFERENCES = frozenset(("ref", "doc", "term", "numref", "any", "pep", "rfc", "download"))


@dataclass
class Names:
    """What the document defines: link targets and substitutions (an image stands for nothing)."""

    targets: dict[str, str] = field(default_factory=dict)
    substitutions: dict[str, str] = field(default_factory=dict)


def name_key(name: str) -> str:
    """The form in which two reference names are the same."""
    return " ".join(name.split()).casefold()


class _Reader:
    def __init__(self, fragment: Fragment, names: Names) -> None:
        self.fragment, self.text, self.names = fragment, fragment.text, names
        self.prose = Prose()
        self.gone: set[str] = set()

    def read(self) -> Text | None:
        text, at = self.text, 0
        while match := _SPECIAL.search(text, at):
            start = match.start()
            if match["reference"]:
                self._reference(at, match)
                at = match.end()
                continue
            self._copy(at, start)
            at = max(self._step(match), start + 1)
        self._copy(at, len(text))
        return mark_urls(self.prose.finish())

    def _copy(self, start: int, end: int) -> None:
        """Text as it stands, over line breaks."""
        while start < end:
            stop = self.text.find("\n", start, end)
            if stop < 0:
                self.prose.copy(self.text[start:end], self.fragment.at(start))
                return
            self.prose.copy(self.text[start:stop], self.fragment.at(start))
            self.prose.soft(self.fragment.at(stop), self.fragment.at(stop + 1))
            start = stop + 1

    def _step(self, match: re.Match[str]) -> int:
        token, start, end = match[0], match.start(), match.end()
        if token == "\n":
            self._copy(start, end)
        elif token == "\\":
            after = self.text[end : end + 1]
            if after and after not in " \n":
                self.prose.put(after, self.fragment.at(start), self.fragment.at(end) + 1)
            return end + 1
        elif token.startswith("[") and token.endswith("_"):
            return end
        elif token.endswith("://"):
            end = max(url_end(self.text, start), end)
            self._copy(start, end)
        else:
            opening = "`" if token.endswith("`") and token != "``" else token
            return self._span(opening, match["role"] or "", start, end)
        return end

    def _reference(self, at: int, match: re.Match[str]) -> None:
        """`name_`: the name is looked for before the underscore, not ahead at each word."""
        start, end = max(at, match.start() - _LONGEST_NAME), match.start()
        name = _NAME.search(self.text, start, end)
        key = name_key(name[0]) if name else ""
        if name is None or key not in self.names.targets:
            self._copy(at, match.end())
            return
        self._copy(at, name.start())
        first = self.prose.length
        self._copy(name.start(), end)
        self.prose.mark("link", first, self.names.targets[key])

    def _span(self, opening: str, role: str, start: int, inner: int) -> int:
        close = None if opening in self.gone else _ENDS[opening].search(self.text, inner)
        if close is None:
            self.gone.add(opening)
            self._copy(start, inner)
            return inner
        at, stop = self.prose.length, close.start()
        if opening == "``":
            self._copy(inner, stop)
            self.prose.mark("code", at)
        elif opening == "|":
            self._substitute(start, inner, close)
        elif opening == "`":
            self._interpreted(role or close[0].strip("`:_"), inner, close)
        else:
            self._unescaped(inner, stop)
            self.prose.mark("strong" if opening == "**" else "emphasis", at)
        return close.end()

    def _unescaped(self, start: int, end: int) -> None:
        while start < end:
            at = self.text.find("\\", start, end)
            if at < 0 or at + 1 >= end:
                self._copy(start, end)
                return
            self._copy(start, at)
            if not self.text[at + 1].isspace():
                self.prose.put(self.text[at + 1], self.fragment.at(at), self.fragment.at(at + 1) + 1)
            start = at + 2

    def _substitute(self, start: int, inner: int, close: re.Match[str]) -> None:
        value = self.names.substitutions.get(name_key(self.text[inner : close.start()]))
        if value is None:
            self._copy(inner, close.start())
        else:
            self.prose.put(value, self.fragment.at(start), self.fragment.at(close.end() - 1) + 1)

    def _interpreted(self, role: str, inner: int, close: re.Match[str]) -> None:
        at, stop = self.prose.length, close.start()
        content = self.text[inner:stop]
        embedded = _EMBEDDED.match(content)
        target = ""
        if embedded and embedded[1].strip():
            target, stop = embedded[2], inner + len(embedded[1])
        self._unescaped(inner, stop)
        if close[0].endswith("_"):
            self.prose.mark("link", at, target or self.names.targets.get(name_key(content), ""))
        elif role.rpartition(":")[2] in _REFERENCES and target:
            self.prose.mark("link", at, target)
        elif role and role not in _WORD_ROLES:
            self.prose.mark("code", at)


def read_rst_inline(fragment: Fragment, names: Names) -> Text | None:
    """The prose of a paragraph, title or cell; None where nothing is left."""
    return _Reader(fragment, names).read()


_TARGET = re.compile(r"(?m)^[ \t]*\.\. _(?P<name>`[^`\n]+`|[^:`\n]+(?:\\:[^:\n]*)*):(?:[ \t]+(?P<url>\S[^\n\r]*))?")
_REPLACE = re.compile(r"(?m)^[ \t]*\.\. \|(?P<name>[^|\n]+)\| (?P<directive>\w+)::(?P<text>[^\n\r]*)")
_EMBEDDED_TARGET = re.compile(r"`([^`<>\n]{1,200})<(\S{1,400})>`_(?!_)")


def read_names(source: str) -> Names:
    """All definitions of a document, found before its text is read."""
    names = Names()
    source = LINE_END.sub("\n", source)
    for match in _TARGET.finditer(source):
        names.targets[name_key(match["name"].strip("`").replace("\\", ""))] = (match["url"] or "").strip()
    for match in _EMBEDDED_TARGET.finditer(source):
        if name_key(match[1]) not in names.targets:
            names.targets[name_key(match[1])] = match[2]
    for match in _REPLACE.finditer(source):
        text = match["text"].strip() if match["directive"] in ("replace", "unicode") else ""
        names.substitutions[name_key(match["name"])] = text
    return names
