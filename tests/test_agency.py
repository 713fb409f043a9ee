"""Who did what: agents through voice, control, coordination, relative clauses and nouns."""

from __future__ import annotations

import pytest
from people_reading import last

from blamelint.clause import Clause


def clause(text: str, lemma: str) -> tuple[Clause, str]:
    """The clause with that predicate, and the word that is its agent."""
    sentence = last(text)
    found = next(c for c in sentence.clauses if c.lemma == lemma)
    return found, "" if found.agent is None else sentence.doc[found.agent].text


@pytest.mark.parametrize(
    ("text", "lemma", "agent", "kind", "voice"),
    [
        ("The engineer dropped the index.", "drop", "engineer", "ROLE", "active"),
        ("The index was dropped by the DBA.", "drop", "DBA", "ROLE", "passive"),
        ("The wrong flag was set.", "set", "", None, "passive"),
        ("The contractor managed to break the build.", "break", "contractor", "ROLE", "active"),
        ("The engineer tested nothing and went home.", "go", "engineer", "ROLE", "active"),
        ("The engineer who dropped the index left.", "drop", "engineer", "ROLE", "active"),
        ("The DBA's failure to check it cost an hour.", "failure", "DBA", "ROLE", "nominal"),
        ("The omission by the testing team let it through.", "omission", "team", "GROUP", "nominal"),
        ("Inattention on the part of the night shift let it lie.", "inattention", "shift", "GROUP", "nominal"),
        ("The disk filled for weeks and nobody noticed.", "notice", "nobody", "NOBODY", "active"),
        ("The health check failed.", "fail", "check", None, "active"),
    ],
)
def test_agents(text: str, lemma: str, agent: str, kind: str | None, voice: str) -> None:
    found, who = clause(text, lemma)
    assert (who, found.kind, found.voice) == (agent, kind, voice)


def test_the_infinitive_after_asking_belongs_to_who_was_asked() -> None:
    found, who = clause("The manager asked the vendor's engineer to restart it.", "restart")
    assert who == "engineer" and found.kind == "ROLE"


@pytest.mark.parametrize(
    ("text", "lemma", "modality"),
    [
        ("The engineer should have run it.", "run", "should_have"),
        ("The team could have asked.", "ask", "could_have"),
        ("The linter should reject it.", "reject", "should"),
        ("Had the reviewer looked, it would have held.", "look", "had_inverted"),
        ("If the reviewer had looked, it would have held.", "look", "if"),
        ("Check the lag first.", "check", "imperative"),
        ("The engineer ran it.", "run", ""),
    ],
)
def test_modality(text: str, lemma: str, modality: str) -> None:
    assert clause(text, lemma)[0].modality == modality


@pytest.mark.parametrize(
    ("text", "lemma", "negated"),
    [("The team did not ask.", "ask", True), ("She never looked.", "look", True), ("The team asked.", "ask", False)],
)
def test_negation(text: str, lemma: str, negated: bool) -> None:
    assert clause(text, lemma)[0].negated is negated
