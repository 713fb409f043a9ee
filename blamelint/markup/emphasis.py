"""Which runs of `*`, `_` and `~` open and close emphasis: the delimiter stack of CommonMark, in linear time."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


@dataclass(slots=True)
class Run:
    """A delimiter run: where it stands in the token list, and how many of its characters are still text."""

    char: str
    token: int
    length: int
    left: int
    opens: bool
    closes: bool
    active: bool = True


def read_run(text: str, start: int, end: int, token: int) -> Run:
    """The run text[start:end], with its flanking told from its neighbours."""
    char = text[start]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    blank_after, blank_before = after.isspace(), before.isspace()
    mark_after, mark_before = _is_punctuation(after), _is_punctuation(before)
    left = not blank_after and (not mark_after or blank_before or mark_before)
    right = not blank_before and (not mark_before or blank_after or mark_after)
    opens, closes = left, right
    if char == "_":
        opens, closes = left and (not right or mark_before), right and (not left or mark_after)
    return Run(char, token, end - start, end - start, opens, closes)


def _fits(opener: Run, closer: Run) -> bool:
    if opener.char != closer.char or not opener.opens or not opener.left:
        return False
    if closer.char == "~":
        return opener.length == closer.length <= 2
    # The rule of three: a run that could do both pairs only where the lengths do not add up to a multiple of three.
    if (opener.closes or closer.opens) and (opener.length + closer.length) % 3 == 0:
        return opener.length % 3 == 0 and closer.length % 3 == 0
    return True


def pair(runs: list[Run], bottom: int = 0) -> list[tuple[str, int, int]]:
    """Match runs[bottom:] and use up their characters; gives (kind, opening token, closing token) and clears them."""
    found: list[tuple[str, int, int]] = []
    floors: dict[tuple[str, bool, int], int] = {}
    stack: list[Run] = []
    # `stack` holds the open runs only, so a search never walks over what is closed; floors keep it from looking
    # again below a place where nothing fitted.
    for closer in runs[bottom:]:
        while closer.closes and closer.left and stack:
            key = (closer.char, closer.opens, closer.length % 3 if closer.char != "~" else closer.length)
            floor = floors.get(key, 0)
            at = len(stack) - 1
            while at >= floor and not _fits(stack[at], closer):
                at -= 1
            if at < floor:
                floors[key] = len(stack)
                break
            opener = stack[at]
            del stack[at + 1 :]
            for name, low in floors.items():
                floors[name] = min(low, len(stack))
            used = opener.left if closer.char == "~" else min(2, opener.left, closer.left)
            kind = "strike" if closer.char == "~" else "strong" if used == 2 else "emphasis"
            found.append((kind, opener.token, closer.token))
            opener.left -= used
            closer.left -= used
            if not opener.left:
                stack.pop()
                for name, low in floors.items():
                    floors[name] = min(low, len(stack))
        if closer.left and closer.opens:
            stack.append(closer)
    del runs[bottom:]
    return found
