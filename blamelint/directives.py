"""Comments that speak to blamelint, found as each format writes comments.

<!-- blamelint: ignore-next-line BL401, named -- the reason -->     Markdown, HTML
.. blamelint: ignore-next-line BL401 -- the reason                  reStructuredText
# blamelint: ignore-next-line BL401    [blamelint: ignore BL401]    plain text
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from blamelint.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

VERBS = ("ignore", "ignore-next-line", "ignore-start", "ignore-end", "ignore-file")

# a bound on the length keeps many comments that never close from costing the square of the file
_MARKDOWN = re.compile(
    r"<!--\s*blamelint:(?P<body>.{0,1000}?)-->|^ {0,3}\[//\]: *# *\(blamelint:(?P<inner>[^)\n]*)\)",
    re.DOTALL | re.MULTILINE,
)
_HTML = re.compile(r"<!--\s*blamelint:(?P<body>.{0,1000}?)-->", re.DOTALL)
_COMMENTS = {
    "markdown": _MARKDOWN,
    "html": _HTML,
    "rst": re.compile(r"^[ \t]*(?P<all>\.\.[ \t]+blamelint:(?P<body>.*))$", re.MULTILINE),
    "text": re.compile(r"^[ \t]*#[ \t]*blamelint:(?P<body>.*)$|\[blamelint:(?P<inner>[^\]\n]*)\]", re.MULTILINE),
}

#: Where a comment is no comment but a text that shows one. In HTML and reST only a real comment counts instead.
_CODE = frozenset({"fenced_code_block", "indented_code_block", "minus_metadata", "plus_metadata"})

_TARGET = re.compile(r"[^\s,]+")
_REASON = re.compile(r"(?:^|\s)(?:--|—|–)(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Directive:
    """One comment: `verb` as written, `targets` with their ranges in the source, and the reason given."""

    span: Span
    verb: str
    targets: tuple[tuple[str, Span], ...]
    reason: str


def find_directives(
    source: str, format: str, inline_code: Callable[[], Iterable[Span]] = tuple
) -> tuple[Directive, ...]:
    """The directives of a document in order; none of those that code shows as an example.

    `inline_code` gives the source ranges of the code spans in Markdown's prose; it is asked only where it matters.
    """
    if "blamelint:" not in source:
        return ()
    found = list(_COMMENTS[format].finditer(source))
    if not found:
        return ()
    real = _Syntax(source, format)
    shown = list(inline_code()) if format == "markdown" else []
    return tuple(
        _directive(match)
        for match in found
        if real.is_comment(match) and not any(span.overlaps(Span(*match.span())) for span in shown)
    )


def _directive(match: re.Match[str]) -> Directive:
    body = "inner" if match.groupdict().get("inner") is not None else "body"
    text, base = match[body], match.start(body)
    cut = _REASON.search(text)
    words = [
        (word[0], Span(base + word.start(), base + word.end()))
        for word in _TARGET.finditer(text, 0, cut.start() if cut else len(text))
    ]
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    verb = words[0][0] if words else ""
    return Directive(Span(start, match.end()), verb, tuple(words[1:]), text[cut.end() :].strip() if cut else "")


class _Syntax:
    """Tells comments from code with the format's own grammar, as far as the source can be parsed."""

    def __init__(self, source: str, format: str) -> None:
        self.format = format
        if format == "text":  # no code that we could tell
            return
        self._ascii = source.isascii()
        self._source = source
        self._bytes = source.encode("utf-8", "surrogatepass")
        self._root = _parser(format).parse(self._bytes).root_node

    def is_comment(self, match: re.Match[str]) -> bool:
        """Whether the match is a comment there and not code."""
        if self.format == "text":
            return True
        at = match.start() + len(match[0]) - len(match[0].lstrip())
        start = at if self._ascii else len(self._source[:at].encode("utf-8", "surrogatepass"))
        path = list(_path(self._root, start))
        if self.format != "markdown":
            return any(node.type == "comment" for node in path)
        return not any(node.type in _CODE for node in path)


def _path(node: Node, at: int) -> Iterator[Node]:
    """The nodes that hold a byte, from the innermost."""
    # first_child_for_byte would be the natural way; in tree-sitter 0.26.1 it crashes the interpreter
    inside = node.descendant_for_byte_range(at, at + 1)
    while inside is not None:
        yield inside
        inside = inside.parent


@cache
def _parser(format: str) -> Parser:
    # late: a document without directives needs none of the grammars here
    import tree_sitter

    if format == "html":
        import tree_sitter_html

        language = tree_sitter_html.language()
    elif format == "rst":
        import tree_sitter_rst

        language = tree_sitter_rst.language()
    else:
        import tree_sitter_markdown

        language = tree_sitter_markdown.language()
    return tree_sitter.Parser(tree_sitter.Language(language))
