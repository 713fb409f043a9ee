"""HTML at the level of tags: one tokenizer for web pages and for the HTML in Markdown, and what the names mean."""

from __future__ import annotations

import html
import re
from bisect import bisect_left

TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*+)(?P<attributes>(?:\s++[^\s\"'<>/=]++(?:\s*+=\s*+"
    r"(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?+)*+)\s*+/?>"
)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+))")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

#: Tags whose text is no prose.
OPAQUE = frozenset((
    "script", "style", "pre", "textarea", "svg", "math", "template", "noscript", "iframe", "object", "canvas",
    "select", "button", "audio", "video",
))  # fmt: skip
#: Tags whose text belongs to the sentence, but is a thing and no words.
CODE = frozenset(("code", "kbd", "samp", "tt", "var"))
EMPHASIS = {"b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis", "cite": "emphasis"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
#: Tags that end the unit before them; everything else is inline.
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
))  # fmt: skip


def attribute(text: str, name: str) -> str:
    """The decoded value of an attribute, or nothing."""
    for match in _ATTRIBUTE.finditer(text):
        if match[1].lower() == name:
            return html.unescape(match[2] or match[3] or match[4] or "")
    return ""


def decode(entity: str) -> str:
    """What an entity stands for; itself where the name means nothing."""
    return html.unescape(entity) or "\ufffd"


class Finder:
    """Where a fixed string comes next, without searching twice for one that does not come again."""

    __slots__ = ("_gone", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._gone: dict[str, int] = {}

    def end(self, mark: str, start: int) -> int:
        """The offset behind the next `mark`, or -1."""
        if start >= self._gone.get(mark, len(self._text) + 1):
            return -1
        at = self._text.find(mark, start)
        if at < 0:
            self._gone[mark] = start
            return -1
        return at + len(mark)

    def declaration(self, start: int) -> int:
        """The offset behind the comment, declaration or instruction that begins with `<` at `start`, or -1."""
        text = self._text
        if text.startswith("<!--", start):
            return start + 5 if text.startswith(">", start + 4) else self.end("-->", start + 2)
        if text.startswith("<![CDATA[", start):
            return self.end("]]>", start)
        if text.startswith("<?", start):
            return self.end("?>", start)
        if text.startswith("<!", start) and text[start + 2 : start + 3].isalpha():
            return self.end(">", start)
        return -1


class Closers:
    """Where the closing tags of the opaque elements stand, found in one pass when first needed."""

    __slots__ = ("_places", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[str, list[tuple[int, int]]] | None = None

    def find(self, name: str, start: int) -> tuple[int, int] | None:
        """The range of the next `</name>` at or after `start`."""
        if self._places is None:
            self._places = {}
            for match in re.finditer(r"</([A-Za-z]+)[^<>]*+>", self._text):
                self._places.setdefault(match[1].lower(), []).append(match.span())
        places = self._places.get(name, [])
        at = bisect_left(places, (start, 0))
        return places[at] if at < len(places) else None
