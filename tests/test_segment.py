"""Blocks into sentences: what splits, what does not, and where the narrative of a time line begins."""

from __future__ import annotations

import pytest
from people_reading import linter, read

from blamelint.block import Block, BlockKind, Mark, Piece
from blamelint.segment import segments
from blamelint.span import Span


def block(text: str, *marks: Mark) -> Block:
    return Block(BlockKind.PARAGRAPH, text, (Piece(0, len(text), 0, len(text)),), marks=marks)


def sentences(text: str) -> list[str]:
    return [text[s.span.start : s.span.end] for s in segments(linter()._model, block(text))]


@pytest.mark.parametrize(
    "text",
    [
        "We ran v1.2.3 of the tool.",
        "See e.g. the runbook for this.",
        "Dr. A. Smith restarted config.prod.yaml at 5 p.m. on no. 7.",
        "The disk (approx. 90 % full) was replaced.",
        "It failed at 02:14:33.120 on db-3.eu-west.example.com today.",
    ],
)
def test_abbreviations_versions_times_and_files_do_not_split(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It failed. We restarted it.", ["It failed.", "We restarted it."]),
        ("Who knew? nobody did!", ["Who knew?", "nobody did!"]),
        ("“It is fine.” Then it broke.", ["“It is fine.”", "Then it broke."]),
        ("One\nTwo", ["One", "Two"]),
        ("The DBA\nforgot it", ["The DBA\nforgot it"]),
        ("It failed.\nthen it ran", ["It failed.", "then it ran"]),
    ],
)
def test_stops_and_hard_breaks_split(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("02:41 UTC – Oluwaseun fails over the replica.", "Oluwaseun fails over the replica."),
        ("2018-02-13 16:53:54 UTC ::::: dustin begins", "dustin begins"),
        ("Sept 3, 4:26pm: Melanie reports it", "Melanie reports it"),
        ("[13:26] @cblecker reports it", "@cblecker reports it"),
        ("12:21 PT gps noticed it", "gps noticed it"),
        ("2022-02-02 1625: smartcontracts receives it", "smartcontracts receives it"),
        ("2000 users were hit.", "2000 users were hit."),
        ("3 nodes failed.", "3 nodes failed."),
    ],
)
def test_time_stamps_are_set_aside_and_numbers_are_not(text: str, rest: str) -> None:
    assert sentences(text) == [rest]


@pytest.mark.parametrize(
    ("text", "speaker", "rest"),
    [("<tom> who merged this", "tom", "who merged this"), ("[09:14] tom: who merged this", "tom", "who merged this")],
)
def test_chat_prefixes_name_the_speaker(text: str, speaker: str, rest: str) -> None:
    (segment,) = segments(linter()._model, block(text))
    assert (segment.speaker, text[segment.span.start : segment.span.end]) == (speaker, rest)


def test_a_line_that_only_says_who_speaks_is_no_sentence() -> None:
    document = read("> tom [1:26 PM]\n>\n> the queue is full\n")
    assert [s.text for s in document] == ["the queue is full"]


def test_code_and_handles_are_one_token() -> None:
    text = "set max_threads = 5 as @dma.x said"
    (segment,) = segments(linter()._model, block(text, Mark("code", Span(4, 19))))
    assert [tok.text for tok in segment.toks] == ["set", "max_threads = 5", "as", "@dma.x", "said"]


@pytest.mark.parametrize("char", ["*", "[", ".", "a", "-"])
def test_a_long_run_of_characters_is_one_token_and_costs_no_square(char: str) -> None:
    assert [token.text for token in linter()._model.tokenize(char * 20_000 + " end")] == [char * 20_000, "end"]


def test_what_is_too_long_for_a_sentence_is_cut() -> None:
    parts = sentences("word " * 1000)
    assert len(parts) == 3 and " ".join(parts) == ("word " * 1000).strip()
