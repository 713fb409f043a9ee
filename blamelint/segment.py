"""Blocks into sentences: tokens with exact offsets, code and handles kept whole, time stamps set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from blamelint.block import Block
from blamelint.model import Model
from blamelint.span import Span

#: A token longer than this is data, not a word; a block longer than MAX_BLOCK is cut there.
MAX_BLOCK = 20_000

#: So many tokens are no sentence: what follows is read apart, for the parser and the checks take their square.
MAX_SENTENCE = 400

_HANDLE = re.compile(r"(?<![\w@/.])@[A-Za-z0-9][\w-]*(?:\.[\w-]+)*")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*$")
_CLOSERS = frozenset("\"'”’)]»")
_ABBREVIATIONS = frozenset(
    "approx appx incl excl resp cf vs viz esp est dept fig figs no nos vol ed eds sec min max avg temp tel ext "
    "ref refs "
    "mr mrs ms mx dr prof st sr jr inc ltd co corp bros jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed "
    "thu fri sat sun eg ie etc al ca aka rev ver ch pp".split()
)

_ZONE = r"(?:UTC|GMT|Z|[ECMP][SD]?T|CES?T|BST|IST|JST|SGT|AE[SD]T|NZ[SD]T|EES?T|WES?T|MSK|local(?:\s+time)?|hrs?|h)\b"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?"
_DATE = (
    r"(?:\d{4}[-/.]\d\d?[-/.](?:\d\d?|x+)|\d\d?[-/.]\d\d?(?:[-/.]\d{2,4})?"
    rf"|(?:the\s+)?\d\d?(?:st|nd|rd|th)?\s+{_MONTH}(?:\s+\d{{4}})?|{_MONTH}\s+\d\d?(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?)"
)
_CLOCK = r"(?:~|\+|≈|T[+-])?(?:\d\d?[:.h]\d\d(?:[:.]\d\d(?:[.,]\d+)?)?)(?:\s*[ap]\.?m\b\.?)?|\d\d?\s*[ap]m\b"
_STAMP = re.compile(
    rf"(?:(?:{_DATE})(?:T(?=\d))?(?:\s+(?:\d{{4}}|X+)\b(?=\s*(?::|–|—|-|\||{_ZONE})))?|{_CLOCK}|"
    rf"\d{{4}}(?=\s*(?::\s|–|—|-\s|\||{_ZONE}))|T?[+-]\d+\s?(?:h|m|min|mins|minutes|s)\b|\?{{2,}}|"
    rf"{_DAY}(?=[\s,]+\d)|day\s+\d+|{_ZONE}"
    r"|\((?:approx|approximately|est|estimated)\.?\)|\(?(?:approx|approximately|circa|ca|est|about|around|update|"
    r"at)\b\.?\)?(?=\s*[\d(:–—-]))",
    re.IGNORECASE,
)
_OPENING = re.compile(r"[\[(*\s~–—-]*")
_JOIN = re.compile(r"[\s,;|\[\]()~/–—-]+|:+(?=\s|:|$)|-?>|→|to\b|until\b")
_CHAT = re.compile(
    r"(?:<(?P<a>[@+%~&]?[\w.|-]{1,30})>|(?P<b>[\w.-]{2,30})\s+\[\d\d?:\d\d(?:\s*[AP]M)?\]|\[[^\]\n]{1,30}\])[:\s]*"
)
_SPEAKER = re.compile(r"(?P<c>[A-Za-z][\w.-]{1,20}):\s+")
_QUOTED_SPEAKER = re.compile(r"@(?P<d>[\w.-]+):?\s+(?=\S)")
_HEADER = re.compile(
    r"(?P<who>@?[^\W\d_][\w.'’-]*(?: "
    r"[^\W\d_][\w.'’-]*){0,2})(?:\s+APP)?\s+[\[(]?\d\d?:\d\d(?::\d\d)?(?:\s*[AP]M)?[\])]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Tok:
    """One token of a block: its range in the block's text and whether it is code, a URL or a handle."""

    span: Span
    text: str
    code: bool = False
    url: bool = False
    handle: bool = False
    space: bool = True  # whether a blank follows


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence to be parsed: its tokens, whether a time stamp stood before, and who spoke (a chat prefix)."""

    toks: tuple[Tok, ...]
    stamped: bool = False
    speaker: str = ""
    header: bool = False  # only says who speaks next: "tom [1:26 PM]"

    @property
    def span(self) -> Span:
        """The range of the block's text."""
        return Span(self.toks[0].span.start, self.toks[-1].span.end)


def tokens(model: Model, block: Block) -> list[Tok]:
    """The block's tokens without blanks; a code span, a URL or a handle is one token."""
    text = block.text[:MAX_BLOCK]
    whole: list[tuple[Span, str]] = [(m.span, m.kind) for m in block.marks if m.kind in ("code", "url") and len(m.span)]
    whole += [(Span(*m.span()), "handle") for m in _HANDLE.finditer(text)]
    whole.sort(key=lambda item: (item[0].start, -item[0].end))
    found: list[Tok] = []
    cursor = 0
    for span, kind in whole:
        if span.start < cursor or span.end > len(text):
            continue
        found += _plain(model, text, cursor, span.start)
        word = text[span.start : span.end]
        handle = kind == "handle" or bool(_HANDLE.fullmatch(word))
        after = text[span.end : span.end + 1].isspace()
        found.append(Tok(span, word, code=kind == "code", url=kind == "url", handle=handle, space=after))
        cursor = span.end
    return found + _plain(model, text, cursor, len(text))


def _plain(model: Model, text: str, start: int, end: int) -> list[Tok]:
    return [
        Tok(
            Span(start + t.idx, start + t.idx + len(t)),
            t.text,
            url=t.like_url and "/" in t.text,
            space=text[start + t.idx + len(t) : start + t.idx + len(t) + 1].isspace(),
        )
        for t in (model.tokenize(text[start:end]) if end > start else ())
        if not t.is_space
    ]


def segments(model: Model, block: Block) -> Iterator[Segment]:
    """The block's sentences in order."""
    for sentence in _split(block, tokens(model, block)):
        segment = _without_prefix(block.text, sentence, quoted=block.quoted)
        if segment is not None:
            yield segment


def _split(block: Block, toks: Sequence[Tok]) -> Iterator[list[Tok]]:
    lines = [start for start in block.line_starts if _STAMP.match(block.text, start)]
    current: list[Tok] = []
    for tok in toks:
        if current:
            gap = block.text[current[-1].span.end : tok.span.start]
            new_line = any(current[-1].span.end <= start <= tok.span.start for start in lines)
            if ("\n" in gap and not _goes_on(block.text, current, tok)) or new_line or (gap and _ends(current, tok)):
                yield current
                current = []
        current.append(tok)
    if current:
        yield current


def _goes_on(text: str, current: Sequence[Tok], after: Tok) -> bool:
    """Whether a hard break only wraps: no stop before it, a small letter behind it, and no "tom [1:26 PM]" above."""
    header = _HEADER.fullmatch(text, current[0].span.start, current[-1].span.end)
    return after.text[0].islower() and current[-1].text[-1] not in ".!?:;…" and header is None


def _ends(current: Sequence[Tok], following: Tok) -> bool:
    """Whether the sentence is over before `following`: a stop that belongs to no abbreviation."""
    if len(current) >= MAX_SENTENCE:
        return True
    index = len(current) - 1
    while index > 0 and current[index].text in _CLOSERS:
        index -= 1
    stop = current[index].text
    if following.text in _CLOSERS or not _END.fullmatch(stop[-1:]) or current[index].code:
        return False
    if set(stop) <= set("!?"):
        return True
    head = stop.rstrip(".…") if len(stop) > 1 else (current[index - 1].text if index else "")
    touching = len(stop) > 1 or (index > 0 and current[index - 1].span.end == current[index].span.start)
    if not touching:
        return True
    if head.lower() in _ABBREVIATIONS or (len(head) == 1 and head.isalpha() and head.isupper()):
        return False
    if len(stop) > 1 and ("." in head or head == ""):  # "e.g.", "U.S.", an ellipsis: only before a capital
        return following.text[0].isupper() and head.lower() not in ("e.g", "i.e", "a.k.a")
    if index < 2 and head.isdigit():  # a list number
        return False
    return not (following.text[0].islower() and len(head) <= 2)


def _without_prefix(text: str, toks: list[Tok], *, quoted: bool) -> Segment | None:
    """The sentence after its time stamp and chat prefix; None where nothing is left to read."""
    start, end = toks[0].span.start, toks[-1].span.end
    header = _HEADER.fullmatch(text, start, end)
    if header and header["who"].lower() not in ("and", "at", "from", "to", "until", "by", "on", "between", "then"):
        return Segment(tuple(toks), speaker=header["who"], header=True)
    cursor, stamped = _skip_stamp(text, start, end)
    speaker = ""
    chat = _CHAT.match(text, cursor, end) or (_SPEAKER.match(text, cursor, end) if stamped else None)
    if chat is None and stamped and quoted:  # "> [02:41] @sunniva attach success 11 %"
        chat = _QUOTED_SPEAKER.match(text, cursor, end)
    if chat:
        groups = chat.groupdict()
        speaker = next((value for value in groups.values() if value), "")
        cursor = chat.end()
        cursor, again = _skip_stamp(text, cursor, end)
        stamped = stamped or again
    rest = [tok for tok in toks if tok.span.start >= cursor]
    if not any(tok.text[0].isalnum() or tok.handle for tok in rest):
        rest = toks
    return Segment(tuple(rest), stamped, speaker) if any(t.text[0].isalnum() or t.handle for t in rest) else None


def _skip_stamp(text: str, start: int, end: int) -> tuple[int, bool]:
    """Where the narrative begins after any time stamp, and whether one was there."""
    cursor, seen = start, False
    opened = _OPENING.match(text, start, end)
    probe = opened.end() if opened else start
    while match := _STAMP.match(text, probe, end):
        if not match.group():
            break
        seen = seen or any(char.isdigit() or char == "?" for char in match.group())
        probe = match.end()
        cursor = probe
        while join := _JOIN.match(text, probe, end):
            probe = join.end()
            cursor = probe
    if not seen or not _separated(text, start, cursor, end):
        return start, False
    return cursor, True


def _separated(text: str, start: int, cursor: int, end: int) -> bool:
    """A stamp is one only where it is set off: by punctuation, a zone, or a following word that starts a clause."""
    stamp = text[start:cursor]
    if cursor >= end:
        return False
    if re.search(r"\d[:.h]\d\d|\d\s*[ap]m\b", stamp, re.IGNORECASE):
        return True
    return bool(re.search(r"[\]:|–—,-]\s*$|\b(?:UTC|GMT|[ECMP][SD]?T)\s*$|\d\s*$", stamp)) and bool(
        re.search(r"\d{3,}|" + _MONTH, stamp, re.IGNORECASE)
    )
