"""YAML files as plain data that know where each key and value stands; nothing clever in them is obeyed.

Every scalar stays a string, so that `no` and `on` remain words; pydantic converts to the types of a model.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from blamelint.errors import BlamelintError
from blamelint.lines import LineIndex

Loc = tuple[str | int, ...]
Place = tuple[int, int]
M = TypeVar("M", bound=BaseModel)

MAX_BYTES = 1_000_000
MAX_DEPTH = 32

#: libyaml's parser where PyYAML was built with it: ten times faster, the same events.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_QUOTE = "quote the text if it is meant as such"

#: What pydantic calls it, and what a reader of the file understands.
_EXPECTED = {
    "bool_parsing": "should be true or false",
    "bool_type": "should be true or false",
    "dict_type": "should be a mapping",
    "float_parsing": "should be a number",
    "float_type": "should be a number",
    "int_parsing": "should be a whole number",
    "int_type": "should be a whole number",
    "list_type": "should be a list",
    "model_type": "should be a mapping",
    "string_too_short": "should not be empty",
    "string_type": "should be text",
    "too_short": "should not be empty",
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """The data of one file, with the 1-based (line, column) of every value and, for mappings, of every key."""

    data: Any
    path: Path | None = None
    places: Mapping[Loc, Place] = field(default_factory=dict)
    keys: Mapping[Loc, Place] = field(default_factory=dict)

    def position(self, loc: Loc) -> Place:
        """Where the value at `loc` stands; steps of `loc` that the file doesn't have are skipped."""
        known = self.known(loc)
        return self.places.get(known, (1, 1))

    def key_position(self, loc: Loc) -> Place:
        """Where the key of the value at `loc` stands; for what has no key, where the value stands."""
        known = self.known(loc)
        return self.keys.get(known) or self.position(known)

    def known(self, loc: Loc) -> Loc:
        """`loc` without the steps that the file doesn't have, such as a missing key or the branch of a union."""
        known: Loc = ()
        for step in loc:
            if (*known, step) in self.places:
                known = (*known, step)
        return known


def load_yaml(path: Path, error: type[BlamelintError]) -> Loaded:
    """The data of a YAML file; `error`, with path, line and column, for whatever is wrong with it."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise error(f"can't be read: {problem.strerror or problem}", path=path) from problem
    if len(raw) > MAX_BYTES:
        raise error(f"is larger than {MAX_BYTES // 1_000_000} MB", path=path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise error("is not UTF-8 text", path=path, line=line) from problem
    return parse_yaml(text, path, error)


def parse_yaml(text: str, path: Path | None, error: type[BlamelintError]) -> Loaded:
    """The data of YAML text, an empty mapping where there is none; see `load_yaml`."""
    strange = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if strange:
        place = LineIndex(text).position(strange.start())
        char = f"U+{ord(strange.group()):04X}"
        raise error(f"holds the control character {char}", path=path, line=place[0] + 1, column=place[1] + 1)
    builder = _Builder(path, error)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        reason = problem.problem or problem.context or "can't be understood"
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        hint = "quote text that has ': ' in it" if reason.startswith("mapping values") else None
        raise error(f"not valid YAML: {reason}", path=path, line=line, column=column, hint=hint) from problem
    except yaml.YAMLError as problem:
        raise error(f"not valid YAML: {problem}", path=path) from problem
    return Loaded({} if builder.root is None else builder.root, path, builder.places, builder.keys)


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being filled; `key` is the one that waits for its value."""

    loc: Loc
    into: Any
    key: str | None = None


class _Builder:
    """Makes data of parser events with a stack of its own: no recursion, no aliases, no tags."""

    def __init__(self, path: Path | None, error: type[BlamelintError]) -> None:
        self.path, self.error = path, error
        self.root: Any = None
        self.places: dict[Loc, Place] = {}
        self.keys: dict[Loc, Place] = {}
        self._stack: list[_Open] = []
        self._documents = 0

    def take(self, event: Any) -> None:
        """One more event of the parser."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._fail(event, "holds more than one document")
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._fail(event, "anchors and aliases (& and *) are not supported", _QUOTE)
        elif getattr(event, "tag", None) not in (None, "!"):
            self._fail(event, f"the tag {event.tag} is not supported", _QUOTE)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open(event, [])
        elif isinstance(event, yaml.MappingStartEvent):
            self._open(event, {})
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            self._stack.pop()

    def _fail(self, event: Any, message: str, hint: str | None = None) -> NoReturn:
        line, column = _place(event)
        raise self.error(message, path=self.path, line=line, column=column, hint=hint)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        top = self._stack[-1] if self._stack else None
        if top is None or isinstance(top.into, list) or top.key is not None:
            empty = top is None and not event.value
            self._place(event, None if empty else event.value)
            return
        key, loc = event.value, (*top.loc, event.value)
        if key == "<<":
            self._fail(event, "merge keys (<<) are not supported")
        if loc in self.keys:
            self._fail(event, f"the key '{key}' stands here for the second time, first in line {self.keys[loc][0]}")
        self.keys[loc] = _place(event)
        top.key = key

    def _open(self, event: Any, value: Any) -> None:
        if len(self._stack) >= MAX_DEPTH:
            self._fail(event, f"is nested more than {MAX_DEPTH} levels deep")
        if self._stack and isinstance(self._stack[-1].into, dict) and self._stack[-1].key is None:
            self._fail(event, "a key must be a word, not a list or a mapping")
        self._stack.append(_Open(self._place(event, value), value))

    def _place(self, event: Any, value: Any) -> Loc:
        if not self._stack:
            loc: Loc = ()
            self.root = value
        elif isinstance((top := self._stack[-1]).into, list):
            loc = (*top.loc, len(top.into))
            top.into.append(value)
        else:
            assert top.key is not None
            loc = (*top.loc, top.key)
            top.into[top.key], top.key = value, None
        self.places[loc] = _place(event)
        return loc


def _place(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def validate(model: type[M], loaded: Loaded, error: type[BlamelintError]) -> M:
    """The data as a `model`; else `error` for the first thing wrong with it, unknown keys before all others."""
    try:
        return model.model_validate(loaded.data)
    except ValidationError as problem:
        errors = problem.errors(include_url=False)
    first = min(errors, key=lambda e: (e["type"] != "extra_forbidden", loaded.position(e["loc"])))
    loc, kind = first["loc"], first["type"]
    hint = None
    if kind == "extra_forbidden":
        message, hint = f"unknown key '{loc[-1]}'", suggestion(str(loc[-1]), _fields(model, loc[:-1]))
    elif kind == "missing":
        message = f"missing key '{loc[-1]}'"
    else:
        message, hint = _wording(loaded.known(loc), first)
    line, column = (loaded.key_position if kind == "extra_forbidden" else loaded.position)(loc)
    raise error(message, path=loaded.path, line=line, column=column, hint=hint)


def suggestion(word: str, known: Iterable[str]) -> str | None:
    """`did you mean 'x'?` for the nearest of the known words, None where none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else None


def _wording(loc: Loc, error: Any) -> tuple[str, str | None]:
    """What to say of a value that doesn't fit, and a suggestion where it is one of a few words."""
    hint = None
    kind, given = error["type"], error["input"]
    if kind in ("literal_error", "enum"):
        expected = re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))
        text = f"'{given}' is not one of {', '.join(expected)}" if isinstance(given, str) else "should be a word"
        hint = suggestion(str(given), expected)
    elif kind in ("value_error", "assertion_error"):
        text = str(error["ctx"]["error"])
    elif kind == "string_pattern_mismatch":
        text = f"'{given}' doesn't have the form {error['ctx']['pattern']}"
    else:
        text = _EXPECTED.get(kind) or error["msg"][:1].lower() + error["msg"][1:]
    name = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in loc).lstrip(".")
    return (f"{name}: {text}" if name else text), hint


def _fields(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys that a mapping at `loc` may have."""
    models = [model]
    for step in loc:
        inner = [field for m in models for name, field in m.model_fields.items() if step in (name, field.alias)]
        models = [m for field in inner for m in _models(field.annotation)] or models
    return [field.alias or name for m in models for name, field in m.model_fields.items()]


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
