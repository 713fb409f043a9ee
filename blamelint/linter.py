"""The library's front door: a configuration in, reports out. Model, rules and roster are loaded when first needed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path

from blamelint import files, suppress
from blamelint.classifier.judge import Classifier, by_sentence, doubted, learned
from blamelint.config import Config, People
from blamelint.configfile import model_name, pack_paths, repository, roster_paths
from blamelint.diagnostic import Diagnostic, Report, in_order
from blamelint.document import Document
from blamelint.engine import run_rules
from blamelint.ledger import Effects, Ledger, read_ledger
from blamelint.lexicon import Lexicon
from blamelint.markup import format_of
from blamelint.model import Model
from blamelint.packs import RuleSet, load_packs
from blamelint.people.roster import Roster, build
from blamelint.reader import Reader
from blamelint.rule import Rule
from blamelint.rulebuild import with_severity
from blamelint.segment import MAX_BLOCK
from blamelint.selection import Selectable, Selection

#: The rules of this pack report what the classifier says.
_LEARNED = "learned"


class Linter:
    """Lints texts and files under one configuration; safe to use again and again, not from several threads at once.

    Raises ConfigError, RuleError or ModelError when first used, where configuration, packs or model are at fault, and
    InputError for a file that can't be read.
    """

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()
        self._model = Model(model_name(self.config))

    @cached_property
    def _rule_set(self) -> RuleSet:
        return load_packs(pack_paths(self.config), self._model.vocab)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule of the shipped packs and of the team's own, by code, whether switched on or not."""
        return self._rule_set.rules

    @property
    def off(self) -> frozenset[str]:
        """The codes of the rules that their packs leave off unless they are selected."""
        return self._rule_set.off

    @property
    def word_lists(self) -> Mapping[str, frozenset[str]]:
        """The words of the rule packs' lists, by name."""
        return self._rule_set.lists

    @cached_property
    def _roster(self) -> Roster:
        people = self.config.people
        root = repository(self.config.base)
        return build(
            people.names, roster_paths(self.config), root=root,
            codeowners=people.codeowners, mailmap=people.mailmap, git=people.git,
        )  # fmt: skip

    @cached_property
    def _reader(self) -> Reader:
        config = self.config
        more = {name: getattr(config, name) for name in ("systems", "roles", "groups", "vendors")}
        return Reader(
            self._model, Lexicon.build(self._rule_set.lists, people=config.people.names, **more), self._roster
        )

    def read(self, source: str, *, path: str = "<text>", format: str | None = None) -> Document:
        """The document as rules see it: blocks, sentences, people, clauses. The format is told from the path."""
        return self._reader.read(source, path=path, format=format or format_of(path))

    @cached_property
    def _effects(self) -> Effects:
        return Effects.build(self._rule_set.lists)

    @cached_property
    def classifier(self) -> Classifier | None:
        """What reads along with the rules; None where the configuration has none."""
        choice = self.config.classifier
        return None if choice == "none" else Classifier(self.word_lists, choice, least=self.config.learned.bar)

    def ledger(self, document: Document) -> Ledger:
        """Who is told to have done what in a document that `read` gave: one `Entry` a clause, in its order.

        An entry has the agent (`party`: key, kind, name; and `agent`, as written), `predicate` and `objects`, its
        `effect` (harm, help, neutral) with the `grounds` it was told from, `negated`, `modality`, `voice`, `section`
        and `source_span`. `ledger.accounts()` sums it up by party.
        """
        return read_ledger(document, self._effects)

    def lint_text(self, source: str, *, path: str = "<text>", format: str | None = None) -> Report:
        """The findings in a text, in order, of every severity; those that the text suppresses are apart."""
        return self.lint_document(self.read(source, path=path, format=format))

    def lint_document(self, document: Document) -> Report:
        """The findings in a document that `read` gave."""
        config = self.config.for_path(Path(document.path))
        selection = Selection.of(config, self._rule_set.off)
        rules = [self._in_force(rule, selection, config) for rule in self.rules if selection.selects(rule)]
        ledger = self.ledger(document) if any(rule.whole for rule in rules) else None
        reading = [rule for rule in rules if rule.pack == _LEARNED]
        found, failures = run_rules(document, [rule for rule in rules if rule.pack != _LEARNED], ledger)
        if reading and self.classifier is not None:
            found = self._read_along(document, found, self.classifier)
            more, problems = run_rules(document, reading)
            found, failures = [*found, *more], [*failures, *problems]
        failures = [*_unread(document), *failures]
        known: tuple[Selectable, ...] = (*self.rules, *suppress.NOTICES)
        on = {rule.code for rule in known if selection.selects(rule)}
        kept, gone, own = suppress.apply(
            document.source,
            document.format,
            found,
            self.rules,
            on=on,
            require_reason=config.require_reason,
            inline_code=document.code_spans,
        )
        kept = in_order([*kept, *(self._graded(d, selection) for d in own if selection.selects(d))])
        return Report(document.path, document.source, kept, gone, tuple(failures))

    @staticmethod
    def _read_along(document: Document, found: list[Diagnostic], classifier: Classifier) -> list[Diagnostic]:
        """The rules' findings, less severe where the classifier doubts them; what it adds is put on the sentences."""
        grouped = by_sentence(found)
        judged = classifier.judge(document.sentences, grouped)
        places = {sentence.source_span: judgement for sentence, judgement in judged.items()}
        for sentence in document:
            own = judged.get(sentence)
            sentence.learned = learned(own, grouped.get(sentence.source_span, ())) if own else {}
        return [doubted(diagnostic, places.get(diagnostic.sentence)) for diagnostic in found]

    def lint_file(self, path: Path | str) -> Report:
        """The findings in a file."""
        path = Path(path)
        return self.lint_text(files.read(path, self.config.max_file_size), path=str(path))

    @staticmethod
    def _in_force(rule: Rule, selection: Selection, config: Config) -> Rule:
        """The rule with the severity and the sections that the configuration gives it."""
        severity = selection.severity_of(rule, rule.severity)
        if severity is not rule.severity:
            rule = with_severity(rule, severity)
        if rule.category == "named" and config.allow_names_in:
            allowed = rule.sections_except | frozenset(config.allow_names_in)
            rule = dataclasses.replace(rule, sections_except=allowed)
        return rule

    @staticmethod
    def _graded(diagnostic: Diagnostic, selection: Selection) -> Diagnostic:
        return dataclasses.replace(diagnostic, severity=selection.severity_of(diagnostic, diagnostic.severity))


def _unread(document: Document) -> Iterator[str]:
    """One line for each block of which only the beginning was read."""
    for block in document.blocks:
        if len(block.text) > MAX_BLOCK:
            row = document.lines.position(block.span.start)[0] + 1
            yield f"line {row}: a paragraph of {len(block.text):,} characters; only the first {MAX_BLOCK:,} were read"


def lint(text: str, format: str = "markdown") -> Report:
    """The findings in a text under the shipped rules and the defaults; no configuration and no repository is read.

    `format` is markdown, html, rst or text. For files, settings and rules of your own use `Linter`.
    """
    return _default().lint_text(text, format=format)


@cache
def _default() -> Linter:
    return Linter(Config(people=People(codeowners=False, mailmap=False, git=False)))
