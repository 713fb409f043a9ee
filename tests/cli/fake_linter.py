"""A linter that finds the word "careless" and needs no model: what the command line is tested with."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import spacy

from blamelint import files, suppress
from blamelint.config import Config
from blamelint.diagnostic import Diagnostic, Report, Severity, in_order
from blamelint.document import Document, Match, Sentence
from blamelint.engine import run_rules
from blamelint.markup import format_of, read_blocks
from blamelint.mention import Kind, Mention
from blamelint.rule import Example, Rule
from blamelint.selection import Selection
from blamelint.span import Span

FAKE = Path(__file__)


def environment(**more: str) -> dict[str, str]:
    """The environment in which this file runs as a program, without colours."""
    rest = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
    return {**rest, "PYTHONPATH": str(FAKE.parents[2]), **more}


class _Word:
    def __init__(self, word: str) -> None:
        self.word = re.compile(word)

    def find(self, sentence: Sentence) -> Iterator[Match]:
        for found in self.word.finditer(sentence.text):
            yield Match(Span(*found.span()), {"trait": Span(*found.span())})


def _rule(code: str, name: str, category: str, severity: Severity, word: str, **more: object) -> Rule:
    return Rule(
        code=code,
        name=name,
        category=category,
        severity=severity,
        summary=f"The word {word}.",
        message="“{match}” judges a person",
        why="A judgement ends the search for causes.",
        instead="Tell what they saw.",
        match=(_Word(word),),
        bad=(Example("She was careless.", (Span(8, 16),)),),
        good=(Example("She had no preview."),),
        sources=("Dekker, The Field Guide to Understanding Human Error",),
        **more,  # type: ignore[arg-type]
    )


RULES = (
    _rule("BL401", "judged-trait", "blame", Severity.WARNING, "careless", unless=(_Word("not careless"),)),
    _rule("BL402", "hasty", "hindsight", Severity.INFO, "hasty"),
    _rule("BL501", "sabotage", "villain", Severity.ERROR, "sabotage"),
)


class Linter:
    """The contract of `blamelint.linter.Linter`, over three words."""

    classifier = None

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules."""
        return RULES

    @property
    def off(self) -> frozenset[str]:
        """The codes that packs leave off."""
        return frozenset()

    def read(self, source: str, *, path: str, format: str | None = None) -> Document:
        """The document, a sentence a block."""
        nlp = spacy.blank("en")
        format = format or format_of(path)
        blocks = tuple(read_blocks(source, format))
        sentences = []
        for block in blocks:
            doc = nlp(block.text)
            offsets = tuple(Span(t.idx, t.idx + len(t)) for t in doc)
            mentions = tuple(
                Mention(Kind.PERSON, offsets[t.i], (t.i, t.i + 1), t.text, confidence=0.9)
                for t in doc
                if t.text == "Dave"
            )
            sentences.append(Sentence(block.text, 0, block, doc, offsets, mentions))
        return Document(path, source, format, blocks, tuple(sentences))

    def lint_text(self, source: str, *, path: str = "<stdin>", format: str | None = None) -> Report:
        """The report for a text."""
        if "PANIC" in source:
            raise RuntimeError("the roof is\non fire")
        return self.lint_document(self.read(source, path=path, format=format))

    def lint_document(self, document: Document) -> Report:
        """The report for a document that was read."""
        config = self.config.for_path(Path(document.path))
        selection = Selection.of(config)
        found, failures = run_rules(document, RULES)
        on = {rule.code for rule in (*RULES, *suppress.NOTICES) if selection.selects(rule)}
        kept, gone, own = suppress.apply(
            document.source, document.format, found, RULES, on=on, require_reason=config.require_reason
        )
        kept = in_order([*kept, *own])
        return Report(
            document.path,
            document.source,
            self._selected(kept, selection),
            self._selected(gone, selection),
            tuple(failures),
        )

    def lint_file(self, path: Path) -> Report:
        """The report for a file."""
        return self.lint_text(files.read(path, self.config.max_file_size), path=str(path))

    @staticmethod
    def _selected(found: tuple[Diagnostic, ...], selection: Selection) -> tuple[Diagnostic, ...]:
        return tuple(d for d in found if selection.selects(d))


def install() -> None:
    """Take the place of the real one."""
    module = ModuleType("blamelint.linter")
    module.Linter = Linter  # type: ignore[attr-defined]
    sys.modules["blamelint.linter"] = module


if __name__ == "__main__":
    install()
    from blamelint.cli import main

    if "--ready" in sys.argv:  # for the test that interrupts: not before there is something to interrupt
        sys.argv.remove("--ready")
        sys.stderr.write("ready\n")
        sys.stderr.flush()
    sys.exit(main())
