"""One run over many files: each linted under its own configuration, no failure stopping the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from blamelint.cli.options import linter_for
from blamelint.cli.output import bug
from blamelint.config import Config
from blamelint.configfile import Configs
from blamelint.diagnostic import Report
from blamelint.errors import BlamelintError, ConfigError, InputError
from blamelint.files import decode
from blamelint.selection import Selectable, unknown
from blamelint.suppress import NOTICES

if TYPE_CHECKING:
    from blamelint.linter import Linter


#: What text without a name is called, and read as Markdown.
STDIN = "<stdin>"


@dataclass(frozen=True, slots=True)
class Target:
    """What to lint: a file, or text from the standard input that goes by a name."""

    name: str
    path: Path
    data: bytes | None = None


@dataclass
class Run:
    """The reports of a run with what is hidden and what went wrong."""

    configs: Configs
    tell_all: bool = False
    reports: list[Report] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    hidden: int = 0
    failed: bool = False
    _linters: dict[int, Linter] = field(default_factory=dict)

    def lint(self, target: Target) -> None:
        """Lint one target; an error becomes a line, and a report that says so."""
        try:
            config = self.configs.of(target.path)
            self._take(self._lint(target, config), config.for_path(target.path))
        except BlamelintError as problem:
            about = isinstance(problem, InputError) and problem.path is None
            self._fail(target, f"{target.name}: {problem}" if about else str(problem))
        except Exception as problem:  # nobody foresaw it, and the other files must go on
            self._fail(target, f"{target.name}: {bug(problem, self.tell_all)}")

    def error(self, message: str) -> None:
        """One more error, if it has not been told: a broken configuration breaks many files."""
        if message not in self.errors:
            self.errors.append(message)

    def _fail(self, target: Target, message: str) -> None:
        self.error(message)
        self.reports.append(Report(target.name, "", failures=(message,)))

    def _lint(self, target: Target, config: Config) -> Report:
        linter = self._linter(config)
        if target.data is None:
            return replace(linter.lint_file(target.path), path=target.name)
        source = decode(target.data, target.name, config.max_file_size)
        return linter.lint_text(source, path=target.name, format="markdown" if target.name == STDIN else None)

    def _linter(self, config: Config) -> Linter:
        # the same object stands for the same file, see Configs
        if id(config) not in self._linters:
            linter = linter_for(config)
            check_selectors(config, linter)
            self._linters[id(config)] = linter
        return self._linters[id(config)]

    def _take(self, report: Report, config: Config) -> None:
        shown = report.at_least(config.shown)
        self.hidden += len(report.diagnostics) - len(shown)
        self.failed |= any(finding.severity >= config.fail_on for finding in shown)
        for failure in report.failures:
            self.error(f"{report.path}: {failure}")
        self.reports.append(replace(report, diagnostics=shown))


def check_selectors(config: Config, linter: Linter) -> None:
    """ConfigError for a selector that names no rule there is, with the place where it is written."""
    rules: tuple[Selectable, ...] = (*linter.rules, *NOTICES)
    for key, words, origin in _selectors(config):
        for word, near in unknown(words, rules):
            hint = f"did you mean '{near}'?" if near else "`blamelint rules` lists them"
            where = f"--{key}" if origin == "command line" else f"{origin}: {key}"
            raise ConfigError(f"{where}: '{word}' is no rule, prefix or category", hint=hint)


def _selectors(config: Config) -> Iterator[tuple[str, tuple[str, ...], str]]:
    where = config.provenance
    for key in ("select", "ignore", "extend-select", "severity"):
        yield key, tuple(getattr(config, key.replace("-", "_"))), where[key]
    for entry in config.per_path:
        for key in ("select", "ignore", "extend-select", "severity"):
            yield key, tuple(getattr(entry, key.replace("-", "_")) or ()), where["per-path"]
