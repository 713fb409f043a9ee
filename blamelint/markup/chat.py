"""Fenced blocks that hold a conversation: quoted speech is prose, logs and code are not."""

from __future__ import annotations

import re

CHAT_LANGUAGES = frozenset((
    "text", "txt", "chat", "slack", "irc", "conversation", "transcript", "discord", "quote",
))  # fmt: skip
_TIME = r"[\[(]?(?:\d{4}-\d\d-\d\d[T ])?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\.\d+)?Z?\s*(?:[ap]m|utc)?[\])]?"
_NAME = r"@?[A-Za-z][\w.\-]{0,30}(?: [A-Z][\w.\-]{0,30})?(?:\s*[\[(][^\])]{0,40}[\])])?"
_SPEAKER = rf"(?:<[@+~%&]?[\w.\- ]{{1,40}}>|{_NAME}:)"
_LINE = re.compile(rf"\s*(?:{_TIME}\s*[-–|]?\s*)?{_SPEAKER}\s+\S", re.I)
_MARKED = re.compile(r"\s*(?:[\[(]?\d{1,2}:\d\d|<|@)")
_LOG = re.compile(
    r"\b(?:INFO|WARN|WARNING|ERROR|DEBUG|TRACE|FATAL|CRITICAL|NOTICE)\b|\b\w+(?:Error|Exception):"
    r"|\b(?:Traceback|kernel|systemd|sshd|stderr|stdout|error|warning|info|fatal|panic):|[{}=\\$]{2}|=\S|;\s*$|"
    r"\b\w+\[\d+\]:"
)
_WORDS = re.compile(r"[A-Za-z]{2,}\W")
_SOME = 0.6


def is_chat(lines: list[str], language: str) -> bool:
    """Whether most of the lines read as said by somebody, in a block that does not claim to be code."""
    if language and language.lower() not in CHAT_LANGUAGES:
        return False
    filled = [line for line in lines if line.strip()]
    if not filled:
        return False
    if language.lower() in CHAT_LANGUAGES - {"text", "txt"}:
        return True
    said = sum(1 for line in filled if _LINE.match(line[:400]) and not _LOG.search(line[:400]))
    if said < _SOME * len(filled):
        return False
    # A mapping such as "host: web1" has the form of a line of chat, but no words and no speaker's mark to it.
    spoken = sum(bool(_MARKED.match(line)) or len(_WORDS.findall(line[:400])) >= 3 for line in filled)
    return bool(language) or spoken >= len(filled) / 2
