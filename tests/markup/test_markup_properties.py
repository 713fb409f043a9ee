"""Properties over generated documents: every planted word is found and leads back, and nothing crashes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import check, read

from blamelint.block import Block
from blamelint.markup import read_blocks
from blamelint.span import Span

FORMATS = ("markdown", "html", "rst", "text")
SUFFIXES = ("", "é", "e\u0301", "🔥", "日本", "👩‍💻", "_x", "'s", "-y", "\u0308")
WORD = re.compile(r"W\d+Q")

plain_words = st.sampled_from(SUFFIXES).map(lambda suffix: f"WQ{suffix}")
decorations = ["{}", "*{}*", "**{}**", "~~{}~~", "***{}***", "`{}`", "[{}](http://u.v)", "[{}][r]", "<b>{}</b>",
               "\\*{}\\*", "&amp;{}&lt;", "![alt](i.png) {}", "{}<!-- c -->", "({})", '"{}"', "[*{}*](<u v> 't')",
               "<span a='>'>{}</span>", "{}[^1]", "*{}"]  # fmt: skip
markdown_words = st.builds(lambda word, dress: dress.format(word), plain_words, st.sampled_from(decorations))
breaks = st.sampled_from([" ", " ", "\n", "  \n", "\\\n", "<br>", "\t", "  "])


@st.composite
def sentences(draw: st.DrawFn, separators: st.SearchStrategy[str] = breaks) -> str:
    text = draw(plain_words)
    for word in draw(st.lists(markdown_words, max_size=5)):
        text += draw(separators) + word
    return text


def indent(text: str, first: str, rest: str) -> str:
    return first + text.replace("\n", "\n" + rest)


paragraphs = sentences()
lines = sentences(st.just(" "))
tables = st.lists(st.tuples(lines, lines), min_size=1, max_size=3).map(
    lambda rows: "| WQ | WQ |\n|---|:-:|\n" + "\n".join(f"| {a} | {b} |" for a, b in rows)
)
leaves = st.one_of(paragraphs, lines.map(lambda line: f"## {line}"), tables, paragraphs.map(lambda p: p + "\n==="))
markdown_blocks = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(lambda text: indent(text, "- ", "  ")),
        inner.map(lambda text: indent(text, "1. ", "   ")),
        inner.map(lambda text: indent(text, "> ", "> ")),
        st.lists(inner, min_size=1, max_size=3).map("\n\n".join),
        paragraphs.map(lambda text: "- [x] " + text.replace("\n", "\n  ")),
    ),
    max_leaves=5,
)


def plant(source: str) -> str:
    """Numbers the words, so that each can be told from the others."""
    parts = source.split("WQ")
    return parts[0] + "".join(f"W{number}Q{part}" for number, part in enumerate(parts[1:]))


def found_words(source: str, blocks: list[Block]) -> set[str]:
    found: set[str] = set()
    for block in blocks:
        for match in WORD.finditer(block.text):
            span = block.to_source(Span(*match.span()))
            assert source[span.start : span.end] == match[0]
            found.add(match[0])
    return found


@settings(max_examples=300, deadline=None)
@given(
    st.lists(markdown_blocks, min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"])
)
def test_every_word_of_markdown_leads_back(parts: list[str], line_end: str, bom: str) -> None:
    source = bom + plant("\n\n".join(parts) + "\n\n[r]: http://r.s\n").replace("\n", line_end)
    assert found_words(source, read(source, "markdown")) == set(WORD.findall(source))


html_words = st.builds(
    lambda word, dress: dress.format(word),
    plain_words,
    st.sampled_from(
        ["{}", "<b>{}</b>", "<a href='x'>{}</a>", "&lt;{}&gt;", "<code>{}</code>", "{}<!-- c -->", "<i>{}"]
    ),
)
html_texts = st.lists(html_words, min_size=1, max_size=4).map(" \n ".join)
html_blocks = st.recursive(
    html_texts,
    lambda inner: st.one_of(
        st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", st.sampled_from(["p", "div", "h2", "li", "dd"]), inner),
        st.builds(lambda tag, text: f"<{tag} class='a'>{text}", st.sampled_from(["p", "li", "blockquote"]), inner),
        st.lists(inner, max_size=3).map(lambda cells: "<table><tr><td>" + "<td>".join(cells) + "</table>"),
        st.lists(inner, min_size=1, max_size=3).map("<br>".join),
    ),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None)
@given(html_blocks, st.sampled_from(["\n", "\r\n"]))
def test_every_word_of_html_leads_back(text: str, line_end: str) -> None:
    source = plant(text).replace("\n", line_end)
    assert found_words(source, read(source, "html")) == set(WORD.findall(source))


rst_words = st.builds(
    lambda word, dress: dress.format(word),
    plain_words,
    st.sampled_from(["{}", "*{}*", "**{}**", "``{}``", ":sub:`{}`", "`{} <http://u>`_", "{}\\*", "({})", "*{}"]),
)
rst_texts = st.lists(rst_words, min_size=1, max_size=4).map("\n".join).map(lambda text: "WQ " + text)
rst_blocks = st.recursive(
    rst_texts,
    lambda inner: st.one_of(
        inner.map(lambda text: indent(text, "* ", "  ")),
        inner.map(lambda text: indent(text, ".. note:: ", "   ")),
        inner.map(lambda text: indent(text, "   ", "   ")),
        inner.map(lambda text: indent(text, ":Name: ", "  ")),
        st.lists(inner, min_size=1, max_size=3).map("\n\n".join),
    ),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None)
@given(rst_blocks, st.sampled_from(["\n", "\r\n"]))
def test_every_word_of_rst_leads_back(text: str, line_end: str) -> None:
    source = plant(text).replace("\n", line_end)
    assert found_words(source, read(source, "rst")) == set(WORD.findall(source))


pieces = st.sampled_from([*" \n\t\r*_`~[]()!<>&;#-+=|\\:.{}%$'\"/^@0aé🔥\ufeff\u0301\x0b\x85\u2028",
    "](", "![", "<!--", "-->", "<b>", "</b>", "<td>", "<table>", "<pre>", "</pre>", "> ", "- ", "1. ", "```", "~~~",
    "---\n", "+++\n", "\r\n", "::", ".. ", ":a: ", "`_", "+--+", "== ==", "|--|", "&amp;", "[^1]: ", "[a]: b",
    "title: ",
    "http://", "<br>", "    ", "{{", "}}", "{%", "$$", "!!! ", "Author: ", "\n\n", "| ",
])  # fmt: skip
soup = st.one_of(st.text(), st.lists(pieces, max_size=40).map("".join))


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=300, deadline=None)
@given(source=soup)
def test_any_text_can_be_read(format: str, source: str) -> None:
    check(source, read_blocks(source, format))


def test_lone_surrogates() -> None:
    for format in FORMATS:
        (block,) = read("a \ud800 b 🔥 c", format)
        assert block.text == "a \ud800 b 🔥 c"


SIZE = 50_000
HOSTILE = {
    "markdown": ["> " * SIZE + "x", "[" * SIZE, "[" * SIZE + "]" * SIZE, "*a " * SIZE, "*a **b " * SIZE,
                 "![a](" * SIZE,
                 "<a " * SIZE, "<!-- " * SIZE, "`" + " ``" * SIZE, "word " * 200_000, "- " * SIZE, "{{" * SIZE,
                 "<div>" * SIZE, "---\n" + "[" * SIZE + "\n---\n", "_a*" * SIZE, "&amp;" * SIZE, "| a " * SIZE,
                 "".join("`" * n + " " for n in range(700))],
    "html": ["<div>" * SIZE, "<div>" * SIZE + "</p>" * SIZE, "<!-- " * SIZE, "<b>" * SIZE, "<pre>" * SIZE,
             "<td>a" * SIZE],
    "rst": ["* " * SIZE, "*a " * SIZE, "`a " * SIZE, "|a " * SIZE, "a-" * SIZE, "=\n" * SIZE,
            "".join(" " * n + "* a\n\n" for n in range(800))],
    "text": ["> " * SIZE, "a " * SIZE, "http://))))" * (SIZE // 5)],
}  # fmt: skip


@pytest.mark.parametrize(("format", "source"), [(format, source) for format in HOSTILE for source in HOSTILE[format]],
                         ids=lambda value: value[:12])  # fmt: skip
def test_hostile_text_is_read_in_linear_time(format: str, source: str) -> None:
    read_blocks(source, format)
