"""Configuration files: locate the nearest, read it strictly, check what it points to."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from blamelint.config import Config, Overrides, below
from blamelint.errors import ConfigError
from blamelint.profile import read_profile
from blamelint.yamlfile import Loaded, Loc, Place, load_yaml, validate

FILE = ".blamelint.yaml"
PACKAGE = "package:"

_MAX_BYTES = 1_000_000


@dataclass
class Configs:
    """The configuration for each file of one run: the explicit one, or the nearest upward, or the defaults."""

    explicit: Path | None = None
    isolated: bool = False
    overrides: Overrides = field(default_factory=Overrides)
    _found: dict[Path, Path | None] = field(default_factory=dict)
    _read: dict[Path | None, Config] = field(default_factory=dict)

    def of(self, path: Path) -> Config:
        """The configuration that governs a file or folder; the same object for the same configuration file."""
        source = self.explicit
        if source is None and not self.isolated:
            folder = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
            folder = folder if folder.is_dir() else folder.parent
            if folder not in self._found:
                self._found[folder] = _as_seen_from_here(locate(folder))
            source = self._found[folder]
        if source not in self._read:
            config = Config() if source is None else read(source)
            self._read[source] = config.overridden(self.overrides)
        return self._read[source]


def _as_seen_from_here(path: Path | None) -> Path | None:
    """The shorter name of a file below the working folder, for messages."""
    inside = below(Path.cwd(), path) if path is not None else None
    return path if inside is None else Path(inside)


def locate(folder: Path) -> Path | None:
    """The nearest configuration upward from a folder; a pyproject.toml without our table is none."""
    for place in (folder, *folder.parents):
        if os.path.isfile(place / FILE):  # noqa: PTH113 - False, not an error, where the folder is closed
            return place / FILE
        project = place / "pyproject.toml"
        if os.path.isfile(project) and _has_table(project):  # noqa: PTH113
            return project
    return None


def read(path: Path) -> Config:
    """The configuration in a file; ConfigError with line and column for what is wrong in it."""
    loaded = load_toml(path) if path.suffix == ".toml" else load_yaml(path, ConfigError)
    _refuse_snake_case(loaded)
    config = validate(Config, loaded, ConfigError)
    config._path, config._base = path, Path(os.path.abspath(path)).parent  # noqa: PTH100
    config._provenance = {key: f"{path}:{loaded.key_position((key,))[0]}" for key in loaded.data}
    config._per_path_places = tuple(
        {key: f"{path}:{loaded.key_position(('per-path', index, key))[0]} (per-path)" for key in entry}
        for index, entry in enumerate(loaded.data.get("per-path", ()))
    )
    for loc, value in _paths(config):
        try:
            resolve(config, value)
        except ConfigError as problem:
            line, column = loaded.position(loc)
            raise ConfigError(problem.message, path=path, line=line, column=column, hint=problem.hint) from None
    return config.with_profile(read_profile(resolve(config, config.profile))) if config.profile else config


def _refuse_snake_case(loaded: Loaded) -> None:
    # the models take Python's spelling as well, so that a Config can be built in code; a file has one spelling
    for loc in loaded.keys:
        key, table = str(loc[-1]) if loc else "", loc[:-1]
        if "_" in key and (not table or (len(table) == 2 and table[0] == "per-path")):
            hint = f"did you mean '{key.replace('_', '-')}'?"
            line, column = loaded.key_position(loc)
            raise ConfigError(f"unknown key '{key}'", path=loaded.path, line=line, column=column, hint=hint)


def resolve(config: Config, value: str) -> Path:
    """The file or folder that `packs` or `people.roster` name; ConfigError for one outside the repository."""
    root = repository(config.base) or config.base
    try:
        target = (config.base / value).resolve()
        exists = target.exists()
    except (OSError, ValueError) as problem:  # too long, or with a NUL in it
        raise ConfigError(f"'{value[:60]}' is no path") from problem
    if Path(value).is_absolute() or not target.is_relative_to(root.resolve()):
        raise ConfigError(f"'{value}' is outside {root}", hint="a configuration may only read its own repository")
    if not exists:
        raise ConfigError(f"'{value}' does not exist", hint=f"paths start from {config.base}")
    return target


def pack_paths(config: Config) -> tuple[Path | str, ...]:
    """The team's own rule packs as `load_packs` takes them: files, folders, and `package:NAME` as it stands."""
    own = tuple(pack if pack.startswith(PACKAGE) else resolve(config, pack) for pack in config.packs)
    return (*own, *(path for path in config._more_packs if path not in own))


def roster_paths(config: Config) -> tuple[Path, ...]:
    """The files with the team's people."""
    return tuple(resolve(config, file) for file in config.people.roster)


def model_name(config: Config) -> str:
    """The pipeline to load: an installed package's name, an absolute folder, or one in the configuration's repository.

    A model is data: naming one elsewhere on this machine lets a configuration choose what is there, and no more.
    """
    name = config.model
    if Path(name).is_absolute():
        return name
    return str(resolve(config, name)) if "/" in name or "\\" in name or (config.base / name).is_dir() else name


def repository(folder: Path) -> Path | None:
    """The root of the git repository around a folder."""
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)


def _paths(config: Config) -> Iterator[tuple[Loc, str]]:
    own = (pack for pack in enumerate(config.packs) if not pack[1].startswith(PACKAGE))
    yield from ((("packs", index), pack) for index, pack in own)
    if config.profile:
        yield ("profile",), config.profile
    yield from ((("people", "roster", index), file) for index, file in enumerate(config.people.roster))


def _has_table(path: Path) -> bool:
    try:
        text = _text(path)
    except ConfigError:
        return False
    if "blamelint" not in text:
        return False
    try:
        return _table(tomllib.loads(text)) is not None
    except (tomllib.TOMLDecodeError, RecursionError):
        return bool(re.search(r"^\s*\[\[?tool\.blamelint\b", text, re.MULTILINE))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES + 1)
        if len(raw) > _MAX_BYTES:
            raise ConfigError("is larger than 1 MB", path=path)
        return raw.decode("utf-8-sig")
    except OSError as problem:
        raise ConfigError(f"can't be read: {problem.strerror or problem}", path=path) from problem
    except UnicodeDecodeError as problem:
        raise ConfigError("is not UTF-8 text", path=path) from problem


def _table(data: dict[str, Any]) -> dict[str, Any] | None:
    """Our table of a pyproject.toml; None where it has none."""
    tool = data.get("tool")
    table = tool.get("blamelint") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def load_toml(path: Path) -> Loaded:
    """The `[tool.blamelint]` table of a TOML file, with the line of each key."""
    text = _text(path)
    try:
        data = _table(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        reason = str(problem)
        found = re.search(r" \(at line (\d+), column (\d+)\)$", reason)
        line, column = (int(found[1]), int(found[2])) if found else (None, None)
        reason = reason.removesuffix(found[0] if found else "")
        raise ConfigError(f"not valid TOML: {reason}", path=path, line=line, column=column) from problem
    if data is None:
        raise ConfigError("has no table [tool.blamelint]", path=path)
    keys = _toml_keys(text)
    places: dict[Loc, Place] = {}
    # tomllib tells no positions: a value stands, near enough, where the closest key above it stands
    for loc in _locs(data, ()):
        places[loc] = next((keys[loc[:n]] for n in range(len(loc), -1, -1) if loc[:n] in keys), (1, 1))
    return Loaded(data, path, places, keys)


def _locs(value: Any, loc: Loc) -> Iterator[Loc]:
    yield loc
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _locs(inner, (*loc, key))


_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\"' -]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"(\s*)([\w-]+(?:\s*\.\s*[\w-]+)*|\"[^\"]+\"|'[^']+')\s*=")


def _toml_keys(text: str) -> dict[Loc, Place]:
    keys: dict[Loc, Place] = {}
    table: list[str | int] = []
    counts: dict[Loc, int] = {}
    for row, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = list(_steps(header[2]))
            if header[1] == "[[":
                counts[tuple(table)] = index = counts.get(tuple(table), -1) + 1
                keys.setdefault(tuple(table[2:]), (row, 1))
                table.append(index)
            keys[tuple(table[2:])] = (row, 1)
        elif (key := _KEY.match(line)) and [*table, *_steps(key[2])][:2] == ["tool", "blamelint"]:
            keys[(*table, *_steps(key[2]))[2:]] = (row, len(key[1]) + 1)
    return keys


def _steps(dotted: str) -> list[str]:
    return [step.strip(" \"'") for step in dotted.split(".")]
