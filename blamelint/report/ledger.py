"""The attribution ledger as text, JSON (docs/schemas/ledger.schema.json) and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from blamelint.document import Document
from blamelint.ledger import Account, Effect, Entry, Ledger
from blamelint.report.json import dump, place
from blamelint.report.style import Style, one_line

Books = Sequence[tuple[Document, Ledger]]

_LOOKS = {Effect.HARM: "red", Effect.HELP: "green", Effect.NEUTRAL: "dim"}
_COLUMNS = (
    "file", "line", "column", "section", "agent", "kind", "as_written", "predicate", "objects", "effect", "grounds",
    "negated", "modality", "voice",
)  # fmt: skip
#: Longer cells of a table are cut.
_WIDEST = 32


def text(books: Books, style: Style, *, every: bool) -> str:
    """For people: who did what on top, then each clause; with `every` also the neutral ones."""
    return "\n".join("".join(f"{line}\n" for line in _lines(*book, style, every)) for book in books)


def _lines(document: Document, ledger: Ledger, style: Style, every: bool) -> Iterator[str]:
    yield style.paint(one_line(document.path), "bold")
    accounts = [account for account in ledger.accounts() if every or account.harm or account.help]
    if not accounts:
        yield "  Nobody and nothing is told to have done harm or help."
        return
    harm, help_ = (max(sum(len(part(a)) for a in accounts), 1) for part in (_harm, _help))
    rows = [("agent", "kind", "harm", "help", "neutral", "of the harm", "of the help")]
    rows += [
        (
            account.party.name or "(nobody said)", str(account.party.kind), str(len(account.harm)),
            str(len(account.help)), str(len(account.neutral)), f"{len(account.harm) / harm:.0%}",
            f"{len(account.help) / help_:.0%}",
        )
        for account in accounts
    ]  # fmt: skip
    yield from _table(rows, style, [""] * len(rows))
    yield ""
    shown = [entry for entry in ledger if every or entry.effect is not Effect.NEUTRAL]
    lines = [document.lines.position(entry.source_span.start)[0] + 1 for entry in shown]
    head = ("line", "section", "as written", "predicate", "object", "effect", "told from")
    body = [
        (
            str(line), "" if entry.section == "none" else entry.section.replace("_", " "),
            entry.agent or "(nobody said)", _predicate(entry), ", ".join(entry.objects),
            str(entry.effect), entry.grounds,
        )
        for entry, line in zip(shown, lines, strict=True)
    ]  # fmt: skip
    yield from _table([head, *body], style, ["", *(_LOOKS[entry.effect] for entry in shown)])


def _harm(account: Account) -> Sequence[Entry]:
    return account.harm


def _help(account: Account) -> Sequence[Entry]:
    return account.help


def _predicate(entry: Entry) -> str:
    marks = " ".join(filter(None, ("not" if entry.negated else "", entry.modality.replace("_", " "))))
    return f"{marks} {entry.predicate}".strip()


def _table(rows: Sequence[Sequence[str]], style: Style, looks: Sequence[str]) -> Iterator[str]:
    """Columns that line up, numbers to the right; the first row is the head."""
    cells = [[_cut(one_line(cell)) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    right = [all(row[i].rstrip("%").isdigit() for row in cells[1:]) for i in range(len(widths))]
    for row, look in zip(cells, looks, strict=True):
        parts = [
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(row, widths, right, strict=True)
        ]
        line = "  " + "  ".join(parts).rstrip()
        yield style.paint(line, "bold" if row is cells[0] else look) if look or row is cells[0] else line


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1].rstrip() + "…"


def json(books: Books, *, every: bool) -> str:
    """For programs: a list with one object a document."""
    return dump([_as_data(document, ledger, every) for document, ledger in books])


def _as_data(document: Document, ledger: Ledger, every: bool) -> dict[str, Any]:
    return {
        "filename": document.path,
        "agents": [
            {
                "key": account.party.key,
                "name": account.party.name,
                "kind": str(account.party.kind),
                "side": account.party.side,
                "harm": len(account.harm),
                "help": len(account.help),
                "neutral": len(account.neutral),
            }
            for account in ledger.accounts()
        ],
        "entries": [_entry(e, document) for e in ledger if every or e.effect is not Effect.NEUTRAL],
    }


def _entry(entry: Entry, document: Document) -> dict[str, Any]:
    return {
        "agent": entry.party.key,
        "name": entry.party.name,
        "kind": str(entry.party.kind),
        "as_written": entry.agent,
        "predicate": entry.predicate,
        "objects": list(entry.objects),
        "effect": str(entry.effect),
        "grounds": entry.grounds,
        "negated": entry.negated,
        "modality": entry.modality,
        "voice": entry.voice,
        "section": str(entry.section),
        **place(entry.source_span, document.lines),
    }


def table(books: Books, *, every: bool) -> str:
    """For spreadsheets: CSV with one row a clause. What a spreadsheet would take for a formula is quoted."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for document, ledger in books:
        for data in _as_data(document, ledger, every)["entries"]:
            writer.writerow(_row(document.path, data))
    return out.getvalue()


def _row(path: str, data: Mapping[str, Any]) -> dict[str, str]:
    row = {
        **{key: data[key] for key in _COLUMNS if key in data},
        "file": path, "line": data["location"]["row"], "column": data["location"]["column"], "agent": data["name"],
        "objects": "; ".join(data["objects"]), "negated": str(data["negated"]).lower(),
    }  # fmt: skip
    return {key: _no_formula(str(value)) for key, value in row.items()}


def _no_formula(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
