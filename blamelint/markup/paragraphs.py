"""What extensions of Markdown write into paragraphs: lines that are no prose, and lines that begin a new unit."""

from __future__ import annotations

import re

Line = tuple[int, int]

_NO_PROSE = re.compile(
    r"\{\{[<%].*\}\}\s*\Z|\{%.*%\}\s*\Z|\{[:#.][^{}]*\}\s*\Z|:{3,}.*\Z|(?:!!!|\?\?\?\+?|===)(?:\s.*)?\Z|"
    r"\[!\w+\][-+]?\s*\Z"
    r"|\[TOC\]\s*\Z|\[\[_?TOC_?\]\]\s*\Z|\\[a-z]+(?:\{[^{}]*\})?\s*\Z|\{/\*.*\*/\}\s*\Z|\[//\]:.*",
    re.I,
)
_MODULE = re.compile(r"(?:import\s[^;]*\sfrom\s+['\"]|import\s+['\"]|export\s+(?:const|default|function)\b)")
_BEGINS = re.compile(r"\[\^[^\]\n]+\]:[ \t]*|:[ \t]+")
_OPENS_INDENTED = re.compile(r"\[\^[^\]\n]+\]:|!!!|\?\?\?|===")
_CANDIDATES = frozenset("{:!?=[\\$ie")


def opens_indented(line: str) -> bool:
    """Whether what is indented below this paragraph belongs to it: a footnote, an admonition, a tab."""
    return bool(_OPENS_INDENTED.match(line))


def parts_of(source: str, lines: list[Line]) -> list[list[Line]]:
    """The lines of a paragraph as the units of prose that they are."""
    parts: list[list[Line]] = [[]]
    math = False
    for number, (start, end) in enumerate(lines):
        if start < end and (source[start] in _CANDIDATES or math):
            line = source[start:end]
            if math or line.startswith("$$"):
                bare = line.strip()
                math = not bare.endswith("$$") if math else not (len(bare) > 3 and bare.endswith("$$"))
                parts.append([])
                continue
            if number == 0 and _MODULE.match(line):
                return []
            if _NO_PROSE.match(line):
                parts.append([])
                continue
            if begins := _BEGINS.match(line):
                parts.append([])
                start += begins.end()
        parts[-1].append((start, end))
    return [part for part in parts if part]
