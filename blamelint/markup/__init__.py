"""Documents in any markup to blocks of prose that know where each of their characters stands in the source."""

from __future__ import annotations

from pathlib import PurePath

from blamelint.block import Block
from blamelint.markup.hypertext import read_html
from blamelint.markup.markdown import read_markdown_document
from blamelint.markup.outline import Outline
from blamelint.markup.plain import read_text
from blamelint.markup.rst import read_rst

FORMATS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".qmd": "markdown",
    ".mdx": "markdown",
    ".html": "html",
    ".htm": "html",
    ".rst": "rst",
    ".txt": "text",
}
_READERS = {"markdown": read_markdown_document, "html": read_html, "rst": read_rst, "text": read_text}


def format_of(path: str) -> str:
    """The markup of a file by its suffix; plain text where it says nothing."""
    return FORMATS.get(PurePath(path).suffix.lower(), "text")


def read_blocks(source: str, format: str) -> list[Block]:
    """The prose of a document, in its order; ValueError for a format that is none of FORMATS."""
    try:
        reader = _READERS[format]
    except KeyError:
        raise ValueError(f"no format '{format}': one of {', '.join(sorted(_READERS))}") from None
    outline = Outline()
    reader(source, outline)
    return outline.blocks
