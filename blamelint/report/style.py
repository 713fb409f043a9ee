"""How text for a terminal looks: colours where they are wanted, and no character that could move the cursor."""

from __future__ import annotations

import re
from dataclasses import dataclass

from blamelint.diagnostic import Severity

_CODES = {"bold": 1, "dim": 2, "red": 31, "green": 32, "yellow": 33, "blue": 34, "cyan": 36}

_COLORS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}

# control characters, and those that turn the direction of what follows
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Style:
    """The width to fill and whether to colour."""

    width: int = 100
    color: bool = False

    def paint(self, text: str, look: str) -> str:
        """The text in a look such as "bold red"."""
        if not self.color or not text:
            return text
        codes = ";".join(str(_CODES[word]) for word in look.split())
        return f"\x1b[{codes}m{text}\x1b[0m"

    def grave(self, text: str, severity: Severity) -> str:
        """The text in the colour of a severity."""
        return self.paint(text, _COLORS[severity])


def visible(text: str) -> str:
    """The text with a symbol for each character that a terminal would obey instead of show."""
    return _UNSAFE.sub(lambda match: _symbol(match[0]), text)


def one_line(text: str) -> str:
    """The text on one line, safe to show."""
    return visible(" ".join(text.split()))


def _symbol(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"
