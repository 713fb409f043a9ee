"""What the markup tests share: reading a source and checking that every block leads back to it."""

from __future__ import annotations

from itertools import pairwise

from blamelint.block import Block
from blamelint.markup import read_blocks
from blamelint.span import Span


def check(source: str, blocks: list[Block]) -> None:
    """The invariants of blocks: trimmed, wholly mapped, monotone, inside of the source, in its order."""
    for block in blocks:
        assert block.text and block.text == block.text.strip()
        assert [piece.text for piece in block.pieces] == [
            sum(piece.length for piece in block.pieces[:number]) for number in range(len(block.pieces))
        ]
        assert sum(piece.length for piece in block.pieces) == len(block.text)
        for piece in block.pieces:
            assert piece.length > 0 and 0 <= piece.source <= piece.source + piece.source_length <= len(source)
            if piece.length == piece.source_length > 1:
                text = block.text[piece.text : piece.text + piece.length]
                assert text == source[piece.source : piece.source + piece.length]
        for one, two in pairwise(block.pieces):
            assert one.source + one.source_length <= two.source
        for mark in block.marks:
            assert 0 <= mark.span.start < mark.span.end <= len(block.text)
        assert all(0 < line < len(block.text) for line in block.line_starts)
    for before, after in pairwise(blocks):
        assert before.span.end <= after.span.start


def read(source: str, format: str) -> list[Block]:
    """The blocks of a source, checked."""
    blocks = read_blocks(source, format)
    check(source, blocks)
    return blocks


def brief(source: str, format: str) -> list[tuple[str, str]]:
    """(kind, text) of each block."""
    return [(str(block.kind), block.text) for block in read(source, format)]


def at(block: Block, word: str) -> Span:
    """Where in the source a word of a block stands."""
    start = block.text.index(word)
    return block.to_source(Span(start, start + len(word)))


def marks(block: Block) -> list[tuple[str, str, str]]:
    """(kind, text, target) of each mark."""
    return [(mark.kind, block.text[mark.span.start : mark.span.end], mark.target) for mark in block.marks]
