"""Fields of the document (who wrote it, when, how severe) told from its narrative."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from blamelint.markup.prose import Text
from blamelint.sections import load_lexicon, words_of

_LABEL = re.compile(r"\s*([^\W_][^\n:：=|\"{}\[\]<>]{0,47}?)\s*(?:[:：]|\s[-–—=]\s)\s*")
_BYLINE = re.compile(
    r"\s*(?:(?i:originally\s+)?(?i:written|authored|posted|published|prepared|reported|created|compiled|filed|"
    r"reviewed|approved|facilitated|edited)\s+[Bb]y\s+(?P<who>.+)|"
    r"[Bb]y\s+(?P<name>(?:@?[A-Z][\w.'-]*+\W*+){1,4}(?:\bon\b.*|[\d,].*)?))",
    re.S,
)
#: Who wrote, read or approved the report, as a part of a sentence: "text as sent approved by", "Posted on the blog by".
_SIGNED_BY = re.compile(
    r"[\s*_(]*(?i:(?:(?:read|reviewed|checked|text|as|sent|and)\s+){0,4}"
    r"(?:written|authored|posted|published|prepared|edited|read|reviewed|approved)\b[^;·]{0,60}?\sby)\s+[@A-Z\u00c0-\u0394]"
)
#: What a reviewer's entry says besides the name.
_STATE = re.compile(r"\b(?:(?:un)?signed|approved|pending|declined|comments (?:open|pending)|open comments)\b", re.I)
_TELLS = frozenset("was were had it he she they".split())
_ENTRIES = re.compile(r"[.;·](?:\s+|$)")
_PARENTHESIS = re.compile(r"\([^()]{0,80}\)|https?://\S+")
_SEPARATOR = re.compile(r"[,;/&\n|·]|\band\b")
_LONGEST_VALUE = 8
_LONGEST_LINE = 2000
_LONGEST_ENTRY = 4
_LONGEST_SIGNED = 12


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


def _is_sign_off(bare: str) -> bool:
    """Whether each entry is somebody and a state: "Ana Kim: approved 3 May. Bo Li: comments pending"."""
    entries = [entry for entry in _ENTRIES.split(bare) if entry.strip()]
    told = not _TELLS.isdisjoint(bare.lower().split())
    return bool(entries) and not told and all(_STATE.search(e) and len(e.split()) <= _LONGEST_SIGNED for e in entries)


def is_value(text: str) -> bool:
    """Whether it is short enough to be what a field holds: a few words, a list of names, or sign-offs; no sentence."""
    bare = _PARENTHESIS.sub(" ", text)
    if len(text) <= _LONGEST_LINE and _is_sign_off(bare):
        return True
    if text.rstrip()[-1:] in (".", "!", "?") and len(bare.split()) > _LONGEST_ENTRY:
        return False
    if len(bare.split()) <= _LONGEST_VALUE:
        return True
    return len(text) <= _LONGEST_LINE and all(len(entry.split()) <= _LONGEST_ENTRY for entry in _SEPARATOR.split(bare))


def is_field(text: str) -> bool:
    """Whether a line reads "Author: X", "Severity - 2" or "Written by X"."""
    if len(text) > _LONGEST_LINE:
        return False
    label = _LABEL.match(text)
    if label and field_kind(label[1]):
        return is_value(text[label.end() :])
    byline = _BYLINE.match(text)
    return bool(byline) and is_value((byline["who"] or byline["name"] or "") if byline else "")


def in_byline(text: str, position: int) -> bool:
    """Whether the part of a sentence around a position only says who wrote, read or approved the report."""
    start = max(text.rfind(mark, 0, position) for mark in ";·") + 1
    colon = text.rfind(":", start, position)
    label = words_of(text[start : max(colon, start)])
    if any(field_kind(" ".join(label[-length:])) for length in (1, 2) if label):
        start = colon + 1
    return _SIGNED_BY.match(text, start, start + _LONGEST_LINE) is not None


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
