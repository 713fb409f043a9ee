"""Bare URLs in running text, without the punctuation of the sentence around them."""

from __future__ import annotations

import re
from dataclasses import replace

from blamelint.block import Mark
from blamelint.markup.prose import Text
from blamelint.span import Span

_START = re.compile(r"(?<![A-Za-z0-9])(?:https?://|ftp://|www\.)", re.I)
_URL = re.compile(r"[^\s<>\[\]\"`|]+")
_TRAILING = "?!.,:;*_~'\""


def url_end(text: str, start: int) -> int:
    """Where the URL that begins at `start` ends; `start` itself where none does."""
    match = _URL.match(text, start)
    url = match[0] if match else ""
    size, surplus = len(url), url.count(")") - url.count("(")
    while size and (url[size - 1] in _TRAILING or (url[size - 1] == ")" and surplus > 0)):
        surplus -= url[size - 1] == ")"
        size -= 1
    scheme = url.find("://")
    return start + size if size > (scheme + 3 if scheme > 0 else 4) else start


def mark_urls(text: Text | None) -> Text | None:
    """The same text with a mark on each bare URL."""
    if text is None or ("://" not in text.text and "www." not in text.text.lower()):
        return text
    found: list[Mark] = []
    at = 0
    while match := _START.search(text.text, at):
        at = max(url_end(text.text, match.start()), match.end())
        if at > match.end():
            found.append(Mark("url", Span(match.start(), at), text.text[match.start() : at]))
    return replace(text, marks=tuple(sorted((*text.marks, *found), key=lambda mark: mark.span)))
