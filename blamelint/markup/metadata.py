"""Fields of the document (who wrote it, when, how severe) told from its narrative."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from blamelint.markup.prose import Text
from blamelint.sections import load_lexicon, words_of

_LABEL = re.compile(r"\s*([^\W_][^\n:：=|\"{}\[\]<>]{0,47}?)\s*(?:[:：]|\s[-–—=]\s)\s*")
_BYLINE = re.compile(
    r"\s*(?:(?i:(?:originally|internal|text|report|document|read|reviewed|checked|and|:)\s*){0,5}"
    r"(?i:written|authored|posted|published|prepared|reported|created|compiled|filed|reviewed|approved|facilitated|"
    r"edited|read)(?:\s+(?i:on|before|after|for|to)\b[^.;:]{0,60}?)?\s+[Bb]y\s+(?P<who>.+)|"
    r"[Bb]y\s+(?P<name>(?:@?[A-Z][\w.'-]*+\W*+){1,4}(?:\bon\b.*|[\d,].*)?))",
    re.S,
)
#: What a reviewer's entry says besides the name.
_SIGNED = re.compile(r"\b(?:approved|signed|unsigned|pending|comments|reviewed|declined|no reply)\b", re.I)
#: No article and no auxiliary before it: "the change was approved by Ana" tells of the incident.
_SIGNATURE = re.compile(
    r"\W*(?:(?!(?i:the|a|an|was|were|is|are|had|has|been|it|this)\b)[\w.'’-]++[^\w]{1,4}){0,14}?"
    r"(?i:approved|reviewed|signed(?:\s+off)?)(?:[^\w.;]{1,3}[\w’'-]+){0,4}?\s+(?i:by)\b|"
    r"[^.;]{3,80}[,:]\s+(?i:approved|signed|not signed|pending|unsigned)\b[^.;a-z]{0,20}\W*$"
)
_PARENTHESIS = re.compile(r"\([^()]{0,80}\)|https?://\S+")
_SEPARATOR = re.compile(r"[,;/&\n|·]|[:.]\s|\band\b")
_LONGEST_VALUE = 8
_LONGEST_LINE = 2000
_LONGEST_ENTRY = 4
_LONGEST_SIGNED = 9


@cache
def _fields() -> dict[tuple[str, ...], str]:
    return {words_of(label): group for group, labels in load_lexicon("fields").items() for label in labels}


@lru_cache(maxsize=4096)
def field_kind(label: str) -> str:
    """`people` or `facts` where the label of a field or a column names such a field, else nothing."""
    if len(label) > 60:
        return ""
    words = words_of(re.sub(r"\((?!s\))[^)]*\)|\bthe\b", " ", label))
    return _fields().get(words, "")


def is_signature(text: str) -> bool:
    """Whether a sentence only says who approved the report: "Read and approved by X", "Y (team), approved 3 May"."""
    return len(text) <= _LONGEST_LINE and bool(_SIGNATURE.match(text))


def is_value(text: str) -> bool:
    """Whether it is short enough to be what a field holds: a few words, or a list of names, and no sentence."""
    bare = _PARENTHESIS.sub(" ", text)
    signed = bool(_SIGNED.search(bare))
    if text.rstrip()[-1:] in (".", "!", "?") and len(bare.split()) > _LONGEST_ENTRY and not signed:
        return False
    if len(bare.split()) <= _LONGEST_VALUE:
        return True
    longest = _LONGEST_SIGNED if signed else _LONGEST_ENTRY
    return len(text) <= _LONGEST_LINE and all(len(entry.split()) <= longest for entry in _SEPARATOR.split(bare))


def is_field(text: str) -> bool:
    """Whether a line reads "Author: X", "Severity - 2" or "Written by X"."""
    if len(text) > _LONGEST_LINE:
        return False
    label = _LABEL.match(text)
    if label and field_kind(label[1]):
        return is_value(text[label.end() :])
    byline = _BYLINE.match(text)
    return bool(byline) and is_value((byline["who"] or byline["name"] or "") if byline else "")


def is_bare_label(text: str) -> bool:
    """Whether a line is only the label of people who are listed below: "Attendees:"."""
    return text.rstrip().endswith((":", "：")) and field_kind(text.rstrip().rstrip(":：")) == "people"


def split_fields(text: Text) -> list[tuple[Text, bool]]:
    """The text in runs of field lines and of other lines, each with whether it is metadata."""
    lines = text.lines()
    if len(lines) > 1 and (len(lines) > 200 or not any(is_field(text.text[a:b]) for a, b in lines[:3])):
        return [(text, False)]
    runs: list[tuple[int, int, bool]] = []
    for start, end in lines:
        field = is_field(text.text[start:end])
        if runs and runs[-1][2] == field:
            runs[-1] = (runs[-1][0], end, field)
        else:
            runs.append((start, end, field))
    parts = [(text.cut(start, end), field) for start, end, field in runs]
    return [(part, field) for part, field in parts if part.text]
