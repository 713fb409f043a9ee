"""The linter for how incident postmortems speak of people.

    from blamelint import lint
    for finding in lint("Dave forgot to run the migration.").diagnostics: ...

Everything in `__all__` is the public surface, and is imported when first asked for: spaCy is slow to import.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from blamelint.config import Config
    from blamelint.diagnostic import Applicability, Diagnostic, Edit, Evidence, Fix, Related, Report, Severity
    from blamelint.document import Document
    from blamelint.errors import BlamelintError, ConfigError, InputError, ModelError, RuleError
    from blamelint.ledger import Account, Effect, Entry, Ledger, Party
    from blamelint.linter import Linter, lint
    from blamelint.rule import Rule
    from blamelint.span import Span

    __version__: str

__all__ = [
    "Account",
    "Applicability",
    "BlamelintError",
    "Config",
    "ConfigError",
    "Diagnostic",
    "Document",
    "Edit",
    "Effect",
    "Entry",
    "Evidence",
    "Fix",
    "InputError",
    "Ledger",
    "Linter",
    "ModelError",
    "Party",
    "Related",
    "Report",
    "Rule",
    "RuleError",
    "Severity",
    "Span",
    "__version__",
    "lint",
]

#: The module that each public name comes from.
_HOMES = {
    "config": ("Config",),
    "diagnostic": ("Applicability", "Diagnostic", "Edit", "Evidence", "Fix", "Related", "Report", "Severity"),
    "document": ("Document",),
    "errors": ("BlamelintError", "ConfigError", "InputError", "ModelError", "RuleError"),
    "ledger": ("Account", "Effect", "Entry", "Ledger", "Party"),
    "linter": ("Linter", "lint"),
    "rule": ("Rule",),
    "span": ("Span",),
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from blamelint.version import version

        return version()
    for module, names in _HOMES.items():
        if name in names:
            value = getattr(importlib.import_module(f"blamelint.{module}"), name)
            globals()[name] = value  # the next access finds it there
            return value
    raise AttributeError(f"module 'blamelint' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
