"""What the encoder reads: neighbouring sentences as one text, with everybody's name taken out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from blamelint.block import BlockKind, Section
from blamelint.document import Sentence
from blamelint.mention import Kind
from blamelint.span import Span

#: In place of people's names, in the order in which they turn up, so that no model learns that "Dave" is bad.
STAND_INS = ("Alex", "Sam", "Kim", "Robin", "Morgan", "Jamie", "Taylor", "Charlie")

#: No passage has more characters, unless one sentence has: about 120 tokens.
LONGEST = 480

#: Between two blocks of a passage; between two sentences of a block stands a blank.
_BETWEEN = " | "

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences read together. `tag` says what they are ("action items item"), `spans` are their ranges in `text`."""

    tag: str
    text: str
    spans: tuple[Span, ...]
    sentences: tuple[Sentence, ...] = ()


def tag_of(sentence: Sentence) -> str:
    """The section and the kind of block in words: "timeline chat", "paragraph", "front matter"."""
    block = sentence.block
    if block.kind is BlockKind.FRONT_MATTER:
        return "front matter"
    kind = "chat" if sentence.speaker else block.kind.value
    return kind if block.section is Section.NONE else f"{block.section.value.replace('_', ' ')} {kind}"


def passages(sentences: Sequence[Sentence], wanted: Collection[Sentence] | None = None) -> Iterator[Passage]:
    """All sentences in passages of one tag each; or only the `wanted`, each with the one before it for context."""
    run: list[Sentence] = []
    length = 0
    for sentence in sentences:
        size = len(sentence.text) + len(_BETWEEN)
        if run and (tag_of(run[0]) != tag_of(sentence) or length + size > LONGEST):
            yield from _of(run, wanted)
            run, length = [], 0
        run.append(sentence)
        length += size
    yield from _of(run, wanted)


def _of(run: list[Sentence], wanted: Collection[Sentence] | None) -> Iterator[Passage]:
    if wanted is not None:
        places = [place for place, sentence in enumerate(run) if sentence in wanted]
        run = run[max(places[0] - 1, 0) : places[-1] + 1] if places else []
    if run:
        yield passage(run)


def passage(sentences: Sequence[Sentence]) -> Passage:
    """One passage of these sentences, under the tag of the last."""
    names: dict[str, str] = {}
    text = ""
    spans: list[Span] = []
    block = sentences[0].block
    for sentence in sentences:
        if text:
            text += " " if sentence.block is block else _BETWEEN
        block = sentence.block
        start = len(text)
        text += masked(sentence, names)
        spans.append(Span(start, len(text)))
    return Passage(tag_of(sentences[-1]), text, tuple(spans), tuple(sentences))


def masked(sentence: Sentence, names: dict[str, str]) -> str:
    """The sentence with a stand-in for each person's name; `names` remembers who got which."""
    parts: list[str] = []
    end = 0
    for mention in sentence.mentions:
        if mention.kind is not Kind.PERSON or mention.pronoun or mention.span.start < end:
            continue
        key = (mention.name or mention.text).casefold()
        name = names.setdefault(key, STAND_INS[len(names) % len(STAND_INS)])
        parts += [sentence.text[end : mention.span.start], name]
        end = mention.span.end
    parts.append(sentence.text[end:])
    return _SPACE.sub(" ", "".join(parts)).strip()
