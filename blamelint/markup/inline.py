"""Markdown inside a paragraph: CommonMark and GFM inlines to prose, with exact places.

The inline grammar of tree-sitter-markdown needs time exponential in unclosed delimiters, so this is the delimiter
and bracket algorithm of the CommonMark specification, which is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from blamelint.markup import tags
from blamelint.markup.emphasis import Run, pair, read_run
from blamelint.markup.links import Definitions, read_inline, read_reference
from blamelint.markup.prose import Fragment, Prose, Text
from blamelint.markup.urls import url_end

_SPECIAL = re.compile(r"[\\`*_~\[\]<&\n]|!\[|\{[{%/]|(?<![A-Za-z0-9])(?:https?://|ftp://|www\.)", re.I)
_PLAIN_TEXT = re.compile(r"[^\\`*_~\[\]<&\n{:.!]*+(?:[{:.!](?![\[{%/])[^\\`*_~\[\]<&\n{:.!]*+)*+\Z")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+|[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+)>")
_FOOTNOTE = re.compile(r"\[\^[^\]\[\s]{1,200}\](?!\()")
_SHORTCODE = re.compile(r"\{\{[^{}\n]{0,500}\}\}|\{%[^\n{]{0,500}?%\}|\{/\*[^{}]{0,2000}\*/\}")
_INNER_LABEL = 999


@dataclass(slots=True)
class _Bracket:
    token: int
    end: int
    image: bool
    runs: int
    spans: int


class _Token:
    """One step of the output: how to write the raw range [start, end)."""

    __slots__ = ("end", "kind", "run", "start", "text")

    def __init__(self, kind: str, start: int, end: int, text: str = "", run: Run | None = None) -> None:
        self.kind, self.start, self.end, self.text, self.run = kind, start, end, text, run


class _Reader:
    """One pass over a fragment."""

    def __init__(self, fragment: Fragment, definitions: Definitions, cell: bool) -> None:
        self.fragment, self.text, self.definitions, self.cell = fragment, fragment.text, definitions, cell
        self.tokens: list[_Token] = []
        self.runs: list[Run] = []
        self.spans: list[tuple[str, int, int, str]] = []
        self.brackets: list[_Bracket] = []
        self.inactive = 0
        self.open_tags: dict[str, list[tuple[int, str, str]]] = {}
        self.finder, self.closers = tags.Finder(self.text), tags.Closers(self.text)
        self.ticks: dict[int, list[int]] = {}
        if "`" in self.text:
            for match in re.finditer("`+", self.text):
                self.ticks.setdefault(len(match[0]), []).append(match.start())

    def read(self) -> Prose:
        text, at = self.text, 0
        steps = {"\\": self._escape, "`": self._code, "[": self._open, "]": self._close, "!": self._open}
        steps |= {"<": self._angle, "&": self._entity, "\n": self._newline, "{": self._shortcode}
        steps |= dict.fromkeys("*_~", self._delimiters)
        while match := _SPECIAL.search(text, at):
            start = match.start()
            if start > at:
                self._copy(at, start)
            at = steps.get(text[start], self._url)(start)
        if at < len(text):
            self._copy(at, len(text))
        self._paired(0)
        return self._write()

    def _copy(self, start: int, end: int) -> None:
        if self.tokens and self.tokens[-1].kind == "hard":
            start += len(self.text[start:end]) - len(self.text[start:end].lstrip(" \t"))
        if start < end:
            self.tokens.append(_Token("copy", start, end))

    def _literal(self, start: int, length: int = 1) -> int:
        self.tokens.append(_Token("copy", start, start + length))
        return start + length

    def _escape(self, start: int) -> int:
        if self.text.startswith("\n", start + 1):
            self.tokens.append(_Token("hard", start, start + 2))
            return start + 2
        if _ESCAPE.match(self.text, start):
            self.tokens.append(_Token("put", start, start + 2, self.text[start + 1]))
            return start + 2
        return self._literal(start)

    def _newline(self, start: int) -> int:
        """A line break takes the blanks before it along, also where a hard one has just been written."""
        end = start + 1
        last = self.tokens[-1] if self.tokens else None
        if last and last.kind in ("hard", "soft"):
            last.end = end
            return end
        begin = start
        if last and last.kind == "copy":
            kept = self.text[last.start : last.end].rstrip(" \t")
            begin = last.start + len(kept)
            last.end = begin
        self.tokens.append(_Token("hard" if self.text[begin:start].endswith("  ") else "soft", begin, end))
        return end

    def _code(self, start: int) -> int:
        end = start
        while self.text.startswith("`", end):
            end += 1
        places = self.ticks.get(end - start, [])
        at = bisect_left(places, end)
        if at == len(places):
            return self._literal(start, end - start)
        close = places[at]
        inner_start, inner_end = end, close
        inner = self.text[end:close]
        if inner[0] in " \n" and inner[-1] in " \n" and inner.strip(" \n"):
            inner_start, inner_end = end + 1, close - 1
        first = len(self.tokens)
        for match in re.finditer(r"\n|\\\||(?:[^\n\\]|\\(?!\|))+", self.text[inner_start:inner_end]):
            low, high = inner_start + match.start(), inner_start + match.end()
            if match[0] == "\n":
                self.tokens.append(_Token("soft", low, high))
            elif match[0] == r"\|" and self.cell:
                self.tokens.append(_Token("put", low, high, "|"))
            else:
                self.tokens.append(_Token("copy", low, high))
        self.spans.append(("code", first, len(self.tokens), ""))
        self.tokens.append(_Token("skip", close, close))
        return close + end - start

    def _delimiters(self, start: int) -> int:
        char, end = self.text[start], start
        while self.text.startswith(char, end):
            end += 1
        run = read_run(self.text, start, end, len(self.tokens))
        self.tokens.append(_Token("run", start, end, run=run))
        self.runs.append(run)
        return end

    def _open(self, start: int) -> int:
        if note := _FOOTNOTE.match(self.text, start):
            self.tokens.append(_Token("skip", start, note.end()))
            return note.end()
        image = self.text[start] == "!"
        end = start + 1 + image
        self.brackets.append(_Bracket(len(self.tokens), end, image, len(self.runs), len(self.spans)))
        self.tokens.append(_Token("copy", start, end))
        return end

    def _close(self, start: int) -> int:
        if not self.brackets:
            return self._literal(start)
        opener = self.brackets.pop()
        dead = not opener.image and len(self.brackets) < self.inactive
        self.inactive = min(self.inactive, len(self.brackets))
        found = None if dead else read_inline(self.text, start + 1)
        if found is None and not dead:
            inner = self.text[opener.end : min(start, opener.end + _INNER_LABEL + 1)]
            found = read_reference(self.text, start + 1, inner, self.definitions)
        if found is None:
            return self._literal(start)
        target, end = found
        if opener.image:
            del self.tokens[opener.token :], self.runs[opener.runs :], self.spans[opener.spans :]
            self.tokens.append(_Token("skip", start, end))
            return end
        self._paired(opener.runs)
        self.tokens[opener.token].kind = "skip"
        self.spans.append(("link", opener.token, len(self.tokens), target))
        self.tokens.append(_Token("skip", start, end))
        self.inactive = len(self.brackets)
        return end

    def _paired(self, bottom: int) -> None:
        self.spans += [(kind, first + 1, last, "") for kind, first, last in pair(self.runs, bottom)]

    def _entity(self, start: int) -> int:
        match = tags.ENTITY.match(self.text, start)
        meaning = tags.decode(match[0]) if match else ""
        if match is None or meaning == match[0]:
            return self._literal(start)
        self.tokens.append(_Token("put", start, match.end(), meaning))
        return match.end()

    def _shortcode(self, start: int) -> int:
        match = _SHORTCODE.match(self.text, start)
        if match is None:
            return self._literal(start)
        self.tokens.append(_Token("skip", start, match.end()))
        return match.end()

    def _url(self, start: int) -> int:
        end = url_end(self.text, start)
        if end == start:
            return self._literal(start)
        self.spans.append(("url", len(self.tokens), len(self.tokens) + 1, self.text[start:end]))
        return self._literal(start, end - start)

    def _angle(self, start: int) -> int:
        text = self.text
        if link := _AUTOLINK.match(text, start):
            end = link.end()
            self.spans.append(("url", len(self.tokens), len(self.tokens) + 1, text[start + 1 : end - 1]))
            self.tokens.append(_Token("copy", start + 1, end - 1))
            return end
        if (end := self.finder.declaration(start)) > 0:
            self.tokens.append(_Token("skip", start, end))
            return end
        tag = tags.TAG.match(text, start)
        return self._tag(tag) if tag else self._literal(start)

    def _tag(self, tag: re.Match[str]) -> int:
        name, closing, (start, end) = tag["name"].lower(), bool(tag["close"]), tag.span()
        if name == "br":
            self._hard(start, end)
        elif name in tags.OPAQUE and not closing and (close := self.closers.find(name, end)):
            end = close[1]
            self.tokens.append(_Token("skip", start, end))
        elif name in tags.BLOCKS:
            self.tokens.append(_Token("put", start, end, " "))
        else:
            self.tokens.append(_Token("skip", start, end))
            self._span(name, closing, tag["attributes"])
        return end

    def _hard(self, start: int, end: int) -> None:
        last = self.tokens[-1] if self.tokens else None
        if last and last.kind == "copy":
            kept = self.text[last.start : last.end].rstrip(" \t")
            last.end = start = last.start + len(kept)
        elif last and last.kind == "soft":
            self.tokens.pop()
            start = last.start
        self.tokens.append(_Token("hard", start, end))

    def _span(self, name: str, closing: bool, attributes: str) -> None:
        kind = "code" if name in tags.CODE else "link" if name == "a" else tags.EMPHASIS.get(name)
        if kind is None:
            return
        if not closing:
            target = tags.attribute(attributes, "href") if name == "a" else ""
            self.open_tags.setdefault(name, []).append((len(self.tokens), kind, target))
        elif self.open_tags.get(name):
            first, kind, target = self.open_tags[name].pop()
            self.spans.append((kind, first, len(self.tokens), target))

    def _write(self) -> Prose:
        prose, text, at = Prose(), self.text, self.fragment.at
        offsets: list[int] = []
        for token in self.tokens:
            offsets.append(prose.length)
            start = token.start
            if token.kind == "copy":
                prose.copy(text[start : token.end], at(start))
            elif token.kind == "run" and token.run is not None and token.run.left:
                left = token.run.left
                start = start if token.run.opens else token.end - left
                prose.copy(text[start : start + left], at(start))
            elif token.kind == "put":
                prose.put(token.text, at(start), at(token.end - 1) + 1)
            elif token.kind == "soft":
                prose.soft(at(start), at(token.end))
            elif token.kind == "hard":
                prose.put("\n", at(start), at(token.end))
        offsets.append(prose.length)
        last = len(offsets) - 1
        for kind, first, end, target in self.spans:
            if kind != "strike":
                prose.mark(kind, offsets[min(first, last)], target, offsets[min(end, last)])
        return prose


def read_markdown(fragment: Fragment, definitions: Definitions, *, cell: bool = False) -> Text | None:
    """The prose of a Markdown paragraph, heading or table cell; None where nothing is left of it."""
    if _PLAIN_TEXT.match(fragment.text):
        prose = Prose()
        prose.copy(fragment.text, fragment.at(0))
        return prose.finish()
    return _Reader(fragment, definitions, cell).read().finish()
