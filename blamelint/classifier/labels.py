"""The labels that the classifier tells apart, in the order in which its matrices hold them."""

from __future__ import annotations

#: The sentence labels of the annotation guide; each is a category of diagnostics.
LABELS = ("named", "blame", "hero", "villain", "counterfactual", "hindsight", "single_cause", "surface_fix")
