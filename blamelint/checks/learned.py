"""What the classifier says of a sentence: the family BL9xx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from blamelint.diagnostic import Severity
from blamelint.document import Match, Sentence
from blamelint.span import Span


def reads_as(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """The whole sentence, where the classifier gives it the `label` with the confidence of an `at` (warning, info)."""
    if sentence.learned.get(str(options["label"])) is Severity.parse(str(options["at"])):
        yield Match(Span(0, len(sentence.text)))
