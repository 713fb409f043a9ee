"""English words as the model's lemmatiser knows them: what is a word, and which forms are verbs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_FINITE_AUX = frozenset("was were is are has have had did does would could should might".split())
#: Verbs whose past is their infinitive, and what the dictionary lacks.
_SAME = frozenset("set put cut shut read let reset split hit quit spread cast bet".split())
_MORE_FORMS = {"acks": "ack", "acked": "ack", "reran": "rerun", "repointed": "repoint", "span": "spin", "redid": "redo"}


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Lemmas of verbs, of all words, and irregular verb forms with their lemmas."""

    verbs: frozenset[str]
    english: frozenset[str]
    irregular: Mapping[str, str]

    @classmethod
    def build(cls, words: Mapping[str, frozenset[str]], irregular: Mapping[str, str]) -> Dictionary:
        """From the model's lemmas by part of speech; empty where a model has none."""
        return cls(words.get("verb", frozenset()), frozenset().union(*words.values()), irregular)

    def verb_form(self, word: str, *, finite: bool = True) -> str:
        """The lemma of a word that can only be, or is most likely, a finite verb here; "" for any other."""
        word = word.lower()
        if word in _FINITE_AUX:
            return "be"
        tail = word.rpartition("-")[2] or word
        for suffix, endings in (("ied", ("y",)), ("ed", ("", "e")), ("ies", ("y",)), ("es", ("", "e")), ("s", ("",))):
            if tail.endswith(suffix) and len(tail) > len(suffix) + 1:
                stem = tail[: -len(suffix)]
                for ending in endings:
                    if stem + ending in self.verbs:
                        return stem + ending
                if suffix == "ed" and len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in self.verbs:
                    return stem[:-1]
        if tail in self.irregular and not tail.endswith(("ing", "en", "wn")):
            return self.irregular[tail]
        if tail in _SAME or tail in _MORE_FORMS:
            return _MORE_FORMS.get(tail, tail)
        if tail.endswith("ed") and len(tail) > 4 and tail not in self.english:
            return tail[:-2]
        return tail if not finite and tail in self.verbs else ""
