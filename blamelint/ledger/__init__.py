"""The attribution ledger: who appears as the agent of what, clause by clause, through the whole document."""

from __future__ import annotations

from blamelint.ledger.build import read_ledger
from blamelint.ledger.effects import EARLIER_LIGHT, Effects
from blamelint.ledger.entry import NOBODY, OTHERS, Account, Effect, Entry, Ledger, Party, Pattern, Stand

__all__ = [
    "EARLIER_LIGHT", "NOBODY", "OTHERS", "Account", "Effect", "Effects", "Entry", "Ledger", "Party", "Pattern", "Stand",
    "read_ledger",
]  # fmt: skip
