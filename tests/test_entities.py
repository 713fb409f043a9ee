"""spaCy's entities: sought only where they can decide about a name, and then they do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from people_reading import linter, people

from blamelint.model import Model


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences whose entities are sought from here on."""
    texts: list[str] = []
    find = Model.find_entities

    def listen(self: Model, docs: Iterable[Any]) -> Iterator[Any]:
        docs = list(docs)
        texts.extend(doc.text for doc in docs)
        return find(self, docs)

    monkeypatch.setattr(Model, "find_entities", listen)
    return texts


@pytest.mark.parametrize(
    "text",
    ["The disk was full.", "@tlee acknowledged the page.", "Kafka rebalanced at noon.", "Sarah Kim ran the migration."],
)
def test_nobody_asks_where_all_is_decided(text: str, asked: list[str]) -> None:
    people(text)
    assert not asked


def test_an_open_name_is_settled_by_them(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The map was loaded by Osgood."
    assert people(text) == {"Osgood"}
    assert asked == [text]
    monkeypatch.setattr(Model, "find_entities", lambda self, docs: iter(list(docs)))
    assert not people(text)


def test_a_parse_holds_none(asked: list[str]) -> None:
    model = linter()._model
    (doc,) = model.parse([model.tokenize("Sarah Kim ran the migration.")])
    assert not doc.ents
    (doc,) = model.find_entities([doc])
    assert [entity.label_ for entity in doc.ents] == ["PERSON"]


def test_a_pipeline_without_them_leaves_the_sentences_as_they_are() -> None:
    model = Model()
    model.nlp.remove_pipe("ner")
    (doc,) = model.find_entities(model.parse([model.tokenize("Sarah Kim ran the migration.")]))
    assert not doc.ents
    assert doc.has_annotation("DEP")
