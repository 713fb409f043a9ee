"""The people that a team names itself: config, CODEOWNERS, .mailmap, Git authors, exports of the on-call tool."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from blamelint.errors import ConfigError

_MAX_BYTES = 5_000_000
_CODEOWNERS = ("CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
_MAILMAP = re.compile(r"([^<>]*)<([^<>@]+@[^<>]+)>")
_BOT = re.compile(
    r"\[bot\]|\b(?:bot|ci|automation|noreply|no-reply|github-actions|renovate|dependabot)\b", re.IGNORECASE
)
_NAME_KEYS = (
    "name",
    "full_name",
    "display_name",
    "displayname",
    "summary",
    "user",
    "username",
    "handle",
    "email",
    "login",
)


@dataclass(frozen=True, slots=True)
class Roster:
    """Known people: their names and handles (without `@`), as written; `source` says where each is from."""

    people: dict[str, str]

    def __contains__(self, name: str) -> bool:
        return name in self.people


def build(
    names: Iterable[str] = (), files: Iterable[Path] = (), *, root: Path | None = None,
    codeowners: bool = False, mailmap: bool = False, git: bool = False,
) -> Roster:  # fmt: skip
    """Everyone the sources name; unreadable export files are ConfigErrors, absent optional ones are nothing."""
    people: dict[str, str] = {}
    for source, found in _sources(names, files, root, codeowners, mailmap, git):
        for name in found:
            cleaned = name.strip().lstrip("@")
            if len(cleaned) > 1 and not _BOT.search(cleaned):
                people.setdefault(cleaned, source)
    return Roster(people)


def _sources(
    names: Iterable[str], files: Iterable[Path], root: Path | None, codeowners: bool, mailmap: bool, git: bool
) -> Iterator[tuple[str, Iterable[str]]]:
    yield "config", names
    for path in files:
        yield path.name, read_export(path)
    if root is None:
        return
    if codeowners:
        for place in _CODEOWNERS:
            text = _text(root / place)
            # "@org/team" is a team; "@name" and addresses are people
            yield (
                "CODEOWNERS",
                (
                    word.split("@")[0] if not word.startswith("@") else word
                    for line in text.splitlines()
                    for word in line.split("#", 1)[0].split()[1:]
                    if "@" in word and "/" not in word
                ),
            )
    if mailmap:
        yield ".mailmap", _mail_names(_text(root / ".mailmap"))
    if git:
        yield "git authors", git_authors(root)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace") if path.stat().st_size <= _MAX_BYTES else ""
    except OSError:
        return ""


def _mail_names(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for name, address in _MAILMAP.findall(line.split("#", 1)[0]):
            yield name
            yield address.split("@")[0].split("+")[-1]


def git_authors(root: Path) -> list[str]:
    """Names of the last 2,000 commits' authors; none where it is no repository or Git is absent."""
    command = ["git", "-C", str(root), "log", "-2000", "--format=%aN"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False, errors="replace")
    except (OSError, subprocess.TimeoutExpired):
        return []
    return sorted({line.strip() for line in done.stdout.splitlines() if line.strip()}) if done.returncode == 0 else []


def read_export(path: Path) -> list[str]:
    """Names from a CSV (columns such as name, email, username) or JSON export; ConfigError where it is neither."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ConfigError(f"the roster is larger than {_MAX_BYTES // 1_000_000} MB", path=path)
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise ConfigError(f"the roster can't be read: {problem.strerror}", path=path) from problem
    except UnicodeDecodeError as problem:
        raise ConfigError("the roster is not UTF-8", path=path) from problem
    if path.suffix.lower() == ".json":
        try:
            return list(_json_names(json.loads(text)))
        except (json.JSONDecodeError, RecursionError) as problem:
            line = getattr(problem, "lineno", 1)
            raise ConfigError("the roster is not valid JSON", path=path, line=line) from problem
    return list(_csv_names(text, path))


def _json_names(data: object) -> Iterator[str]:
    if isinstance(data, list):
        for item in data:
            if isinstance(item, str):
                yield from _person(item)
            else:
                yield from _json_names(item)
    elif isinstance(data, dict):
        for key, value in data.items():
            if isinstance(value, str) and key.lower() in _NAME_KEYS:
                yield from _person(value)
            elif isinstance(value, dict | list):
                yield from _json_names(value)


def _csv_names(text: str, path: Path) -> Iterator[str]:
    rows = list(csv.reader(io.StringIO(text)))
    if not rows:
        return
    header = [cell.strip().lower().replace(" ", "_") for cell in rows[0]]
    columns = [index for index, cell in enumerate(header) if cell in _NAME_KEYS]
    if not columns and len(header) > 1:
        raise ConfigError("the roster has no column 'name', 'email' or 'username'", path=path, line=1)
    for row in rows[1:] if columns else rows:
        for index in columns or [0]:
            if index < len(row):
                yield from _person(row[index])


def _person(value: str) -> Iterator[str]:
    yield value.split("@")[0] if "@" in value.lstrip("@") else value
