"""The combiner and its thresholds, fitted by scikit-learn on the writers whom the encoder never saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from blamelint.classifier.combiner import Bars, Combiner, Head
from blamelint.classifier.labels import LABELS
from blamelint.classifier.words import Words, terms
from blamelint.training.corpus import Labels

#: Of the sentences of a postmortem about so many carry a given label (those of the exemplar documents do, within a
#: factor of three). In contrast sets every other one does, so the thresholds are set for this share, not for that.
PREVALENCE = 0.005

#: At this precision and at that share the classifier may warn, or hint.
WARN, HINT = 0.9, 0.5
HINT_ALONE = 0.75

#: A rule's warning is doubted where so few of the sentences with that label have so low a probability, and never above
#: the second figure; only of these labels, whose rules may take a thing for a person. What the other rules find, they
#: find by words that blame, and in short plain sentences the encoder doesn't always see it.
LOST, SAFEST = 0.002, 0.02
DOUBTED = ("named",)

#: So much of what the encoder would report lies above the gate; the rest is not read, to save the time.
GATE_KEEPS = 0.7

#: A threshold above 1: never.
NEVER = 2.0

#: A feature of fewer rows says nothing.
_LEAST_ROWS = 5
_FOLDS = 5


Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence: the encoder's `logits`, what is `known`, its `labels`, where it comes from."""

    logits: Sequence[float]
    known: Labels
    labels: Labels
    writer: str
    source: str


def combiner(rows: Sequence[Row], strength: float = 0.1) -> tuple[Combiner, Matrix]:
    """The combiner, and the probabilities [rows, labels] by heads that were fitted without the row's writer."""
    counts = Counter(name for row in rows for name in row.known)
    vectorizer = DictVectorizer(sparse=False)
    features = vectorizer.fit_transform([{k: 1.0 for k in row.known if counts[k] >= _LEAST_ROWS} for row in rows])
    names = list(vectorizer.get_feature_names_out())
    logits = np.array([row.logits for row in rows], float)
    x = np.hstack([logits, features])
    writers = [row.writer for row in rows]
    apart = np.zeros((len(rows), len(LABELS)))
    heads = {}
    for column, label in enumerate(LABELS):
        y = np.array([label in row.labels for row in rows])
        for inside, outside in GroupKFold(_FOLDS).split(x, y, writers):
            apart[outside, column] = _fitted(x[inside], y[inside], strength).predict_proba(x[outside])[:, 1]
        model = _fitted(x, y, strength)
        weights = model.coef_[0]
        head = Head(
            bias=float(model.intercept_[0]),
            logits=tuple(map(float, weights[: len(LABELS)])),
            features={n: float(w) for n, w in zip(names, weights[len(LABELS) :], strict=True)},
        )
        heads[label] = _with_bars(head, label, apart[:, column], y, rows)
    return Combiner(heads), apart


def _fitted(x: NDArray[Any], y: NDArray[Any], strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=2_000).fit(x, y)


def _with_bars(head: Head, label: str, apart: NDArray[Any], y: NDArray[Any], rows: Sequence[Row]) -> Head:
    new = np.array([f"rule {label}" not in row.known for row in rows])  # what rules have found needs no second finder
    warn = threshold(apart[new], y[new], WARN, PREVALENCE)
    hint = min(warn, threshold(apart[new], y[new], HINT, PREVALENCE))
    safe = min(float(np.quantile(apart[y], LOST)), SAFEST) if label in DOUBTED else 0.0
    document = Bars(warn, hint, safe)
    posed = np.array([row.source == "sentences" for row in rows])
    warn_alone = threshold(apart[posed], y[posed], WARN, float(y[posed].mean()), caution=1.0)
    hint_alone = threshold(apart[posed], y[posed], HINT_ALONE, float(y[posed].mean()), caution=1.0)
    alone = Bars(warn_alone, min(hint_alone, warn_alone), safe)
    return replace(head, document=document, alone=alone)


def threshold(
    probabilities: NDArray[Any], truth: NDArray[Any], precision: float, prevalence: float, caution: float = 1.5
) -> float:
    """The lowest probability from which on that precision is kept, were so many of the sentences true ones.

    Each false alarm counts `caution` times, so that a threshold with few of them behind it isn't trusted too far.
    """
    order = np.argsort(-probabilities)
    hits = np.cumsum(truth[order]) / max(truth.sum(), 1) * prevalence
    wrong = (np.cumsum(~truth[order]) * caution) / max((~truth).sum(), 1) * (1 - prevalence)
    good = np.flatnonzero(hits / (hits + wrong) >= precision)
    return float(probabilities[order[good[-1]]]) if len(good) else NEVER


def words(texts: Sequence[str], labels: Sequence[Labels], told: Callable[[str], None] = lambda line: None) -> Words:
    """TF-IDF with logistic regression over single sentences, masked as the encoder reads them."""
    vectorizer = TfidfVectorizer(analyzer=lambda text: list(terms(text)), min_df=4, sublinear_tf=True)
    x = vectorizer.fit_transform(texts)
    heads = []
    for label in LABELS:
        told(f"words: {label}")
        y = np.array([label in own for own in labels])
        heads.append(LogisticRegression(C=8.0, max_iter=2_000).fit(x, y))
    weights = np.array([head.coef_[0] for head in heads], np.float32).T
    names = vectorizer.get_feature_names_out()
    kept = {str(t): (float(i), w) for t, i, w in zip(names, vectorizer.idf_, weights, strict=True)}
    return Words(kept, np.array([head.intercept_[0] for head in heads], np.float32))
