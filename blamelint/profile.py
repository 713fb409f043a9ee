"""A team's profile: what `blamelint calibrate` learned from its postmortems, in a file that a person can review."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from blamelint.diagnostic import Severity
from blamelint.errors import ConfigError
from blamelint.yamlfile import load_yaml, validate

FILE = ".blamelint-profile.yaml"

_HEAD = """\
# Written by `blamelint calibrate`. Review it as you would any change: a line that you delete is not in force.
# In force where a configuration says `profile: {file}`.
"""


def _level(value: object) -> object:
    return value if isinstance(value, Severity) else Severity.parse(str(value))


Level = Annotated[Severity, BeforeValidator(_level), WithJsonSchema({"enum": [str(level) for level in Severity]})]


class Profile(BaseModel):
    """The keys of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    share: float = Field(default=0.01, gt=0, lt=1, description="At most this share of such sentences is flagged.")
    documents: int = Field(default=0, ge=0, description="How many documents it was made from.")
    sentences: int = Field(default=0, ge=0, description="How many sentences the bar was chosen on.")
    bar: float = Field(default=0.0, ge=0, description="The classifier warns at no lower probability; above 1: never.")
    severity: dict[str, Level] = Field(
        default={}, description="Severities by code, unless the configuration sets them."
    )
    people: tuple[str, ...] = Field(default=(), description="People who turn up.")
    systems: tuple[str, ...] = Field(default=(), description="Systems that turn up.")
    roles: tuple[str, ...] = Field(default=(), description="Roles that turn up.")


def read_profile(path: Path) -> Profile:
    """The profile in a file; ConfigError with line and column for what is wrong in it."""
    return validate(Profile, load_yaml(path, ConfigError), ConfigError)


def write_profile(profile: Profile, path: Path) -> None:
    """The profile as YAML, with what each key means."""
    parts = [_HEAD.format(file=path.name)]
    for name, field in Profile.model_fields.items():
        value: Any = getattr(profile, name)
        if name == "severity":
            value = {code: str(level) for code, level in value.items()}
        elif isinstance(value, tuple):
            value = list(value)
        text = yaml.safe_dump({name: value}, allow_unicode=True, sort_keys=False, default_flow_style=False)
        parts.append(f"\n# {field.description}\n{text}")
    path.write_text("".join(parts), encoding="utf-8")
