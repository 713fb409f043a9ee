"""The targets of Markdown links: inline `(target "title")`, and the labels of definitions."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ANGLE = re.compile(r"<((?:[^<>\\\n]|\\.)*)>")
_PLAIN = re.compile(r"(?:[^\s()\\\x00-\x1f]|\\[!-/:-@\[-`{-~]|\\)+")
_TITLE = re.compile(r"""\s+(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\))""", re.S)
_BLANK = re.compile(r"\s*+")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999})\]", re.S)
_DEFINITION = re.compile(r"\s*\[((?:[^\[\]\\]|\\.)+)\]:\s*(<[^<>\n]*>|\S+)", re.S)
_PARENS = 32

Definitions = Mapping[str, str]


def clean(target: str) -> str:
    """A target as it is meant: escapes and entities resolved."""
    return html.unescape(_ESCAPED.sub(r"\1", target))


def label_key(label: str) -> str:
    """The form in which two labels are the same."""
    return " ".join(label.split()).casefold()


def read_definition(text: str) -> tuple[str, str] | None:
    """(key, target) of `[label]: target`."""
    match = _DEFINITION.match(text)
    return (label_key(match[1]), clean(match[2].strip("<>"))) if match else None


def _destination(text: str, at: int) -> tuple[str, int] | None:
    angle = _ANGLE.match(text, at)
    if angle:
        return angle[1], angle.end()
    start, depth = at, 0
    while at < len(text):
        if match := _PLAIN.match(text, at):
            at = match.end()
        elif text[at] == "(" and depth < _PARENS:
            depth, at = depth + 1, at + 1
        elif text[at] == ")" and depth:
            depth, at = depth - 1, at + 1
        else:
            break
    return None if depth else (text[start:at], at)


def read_inline(text: str, at: int) -> tuple[str, int] | None:
    """(target, end) of `(target "title")` at `at`."""
    if not text.startswith("(", at):
        return None
    at = _end(_BLANK, text, at + 1)
    found = _destination(text, at)
    if found is None:
        return None
    target, at = found
    if title := _TITLE.match(text, at):
        at = title.end()
    at = _end(_BLANK, text, at)
    return (clean(target), at + 1) if text.startswith(")", at) else None


def read_reference(text: str, at: int, inner: str, definitions: Definitions) -> tuple[str, int] | None:
    """(target, end) of `[label]`, `[]` or nothing at `at`, after the link text `inner`, where it is defined."""
    label = _LABEL.match(text, at)
    if label and label[1].strip():
        target = definitions.get(label_key(label[1]))
        return None if target is None else (target, label.end())
    if len(inner) > 999:
        return None
    target = definitions.get(label_key(inner))
    return None if target is None else (target, label.end() if label else at)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
