"""The `ledger` kind of match: a Python function of the package that looks at the whole document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from blamelint.checks.sides import LEDGER_CHECKS, LedgerCheck
from blamelint.ledger import Ledger, Pattern
from blamelint.matchspec import LedgerSpec, SpecError
from blamelint.rule import LedgerMatcher
from blamelint.yamlfile import suggestion


@dataclass(frozen=True, slots=True)
class LedgerCheckMatcher:
    """A check of the ledger with its thresholds."""

    check: LedgerCheck
    options: Mapping[str, float]

    def find(self, ledger: Ledger) -> Iterator[Pattern]:
        """What the check finds."""
        return self.check(ledger, self.options)


def compile_ledger(spec: LedgerSpec) -> LedgerMatcher:
    """The check of that name; all its thresholds must be stated, for a rule file says why each is as it is."""
    if spec.ledger not in LEDGER_CHECKS:
        near = suggestion(spec.ledger, LEDGER_CHECKS)
        raise SpecError(
            f"nothing named '{spec.ledger}' looks at the ledger" + (f"; {near}" if near else ""), ("ledger",)
        )
    check, names = LEDGER_CHECKS[spec.ledger]
    for name in spec.options:
        if name not in names:
            near = suggestion(name, names)
            hint = f"; {near}" if near else f": one of {', '.join(names)}"
            raise SpecError(f"no option '{name}'{hint}", ("options", name))
    options: dict[str, float] = {}
    for name in names:
        if name not in spec.options:
            raise SpecError(f"needs the option '{name}'", ("options",) if spec.options else ("ledger",))
        try:
            options[name] = float(spec.options[name])
        except (TypeError, ValueError):
            raise SpecError(f"'{name}' is a number", ("options", name)) from None
    return LedgerCheckMatcher(check, options)
