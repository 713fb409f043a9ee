"""What may stand in a rule file, a word-list file and a pack file: the one source of their checks and JSON Schema."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, model_validator

from blamelint.block import BlockKind, Section
from blamelint.diagnostic import CATEGORIES
from blamelint.matchspec import CheckSpec, LedgerSpec, PartSpec, TokenSpec, Words, regex_groups
from blamelint.matchspec import ClauseSpec as ClauseSpec
from blamelint.yamlfile import suggestion

#: The kinds of match; `match/__init__.py` has a compiler for each.
KIND_NAMES = ("phrase", "lemma", "regex", "tokens", "dependency", "clause", "check", "ledger")

#: Parts that a message may name whatever the kinds of match; what a match lacks reads as the matched text.
COMMON_PARTS = frozenset({"match", "sentence", "agent", "predicate"})
CLAUSE_PARTS = frozenset({"object", "adverb", "complement"})

_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_MARK = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)


def _category(text: str) -> str:
    if text not in CATEGORIES:
        near = suggestion(text, CATEGORIES)
        raise ValueError(f"no category '{text}'" + (f"; {near}" if near else f": one of {', '.join(CATEGORIES)}"))
    return text


Code = Annotated[str, Field(pattern=r"^[A-Z]{2,6}[0-9]{3}$")]
KnownCategory = Annotated[str, AfterValidator(_category), Field(json_schema_extra={"enum": list(CATEGORIES)})]
Level = Literal["info", "warning", "error"]
Text = Annotated[str, Field(min_length=1)]
ListName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Entry(_Strict):
    """One way to match; exactly one kind, and perhaps a severity that differs from the rule's."""

    phrase: Words | None = None
    lemma: Words | None = None
    regex: Words | None = None
    tokens: Annotated[list[list[TokenSpec]], Field(min_length=1)] | None = None
    dependency: dict[str, PartSpec] | None = None
    clause: ClauseSpec | None = None
    check: Text | None = None
    ledger: Text | None = None
    options: dict[str, Any] | None = None
    severity: Level | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Entry:
        kinds = [name for name in KIND_NAMES if getattr(self, name) is not None]
        if len(kinds) != 1:
            found = f"has {' and '.join(kinds)}" if kinds else "has none"
            raise ValueError(f"needs exactly one of {', '.join(KIND_NAMES)}, but {found}")
        if self.options is not None and self.check is None and self.ledger is None:
            raise ValueError("options belong to a check and to a ledger only")
        if self.ledger is not None and self.severity is not None:
            raise ValueError("what looks at the whole document has the severity of its rule")
        return self

    @property
    def kind(self) -> str:
        """The kind of match, a key of `match.KINDS`."""
        return next(name for name in KIND_NAMES if getattr(self, name) is not None)

    @property
    def spec(self) -> Any:
        """What the compiler of that kind takes."""
        if self.check is not None:
            return CheckSpec(check=self.check, options=self.options or {})
        if self.ledger is not None:
            return LedgerSpec(ledger=self.ledger, options=self.options or {})
        return getattr(self, self.kind)

    def parts(self) -> frozenset[str] | None:
        """The names of parts this kind of match may give; None where only the function knows."""
        if self.check is not None or self.ledger is not None:
            return None
        if self.dependency is not None:
            return frozenset(self.dependency)
        if self.clause is not None:
            return CLAUSE_PARTS
        return frozenset(name for pattern in self.regex or () for name in regex_groups(pattern))


class Sections(_Strict):
    """The sections in which a rule looks, or does not."""

    only: list[Section] = []
    except_: Annotated[list[Section], Field(alias="except")] = []


class Blocks(_Strict):
    """The kinds of blocks in which a rule does not look."""

    except_: Annotated[list[BlockKind], Field(alias="except")] = []


class ExampleSpec(_Strict):
    """A little document; `[[ ]]` in a bad one marks what the rule must report."""

    text: Text
    format: Annotated[str, Field(pattern=r"^[a-z]+$")] = "markdown"


def _example(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


def _marked(example: ExampleSpec) -> ExampleSpec:
    if not _MARK.search(example.text):
        raise ValueError("a bad example marks by [[ ]] what the rule must report")
    return example


def _unmarked(example: ExampleSpec) -> ExampleSpec:
    if _MARK.search(example.text):
        raise ValueError("a good example marks nothing")
    return example


_Written = BeforeValidator(_example, json_schema_input_type=str | ExampleSpec)
BadExample = Annotated[ExampleSpec, AfterValidator(_marked), _Written]
GoodExample = Annotated[ExampleSpec, AfterValidator(_unmarked), _Written]


class Examples(_Strict):
    """What proves the rule: run as tests, shown as documentation."""

    bad: list[BadExample] = Field(min_length=1)
    good: list[GoodExample] = Field(min_length=1)


class RuleFile(_Strict):
    """One rule."""

    code: Code
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    category: KnownCategory
    severity: Level
    summary: Text
    message: Text
    why: Text
    instead: Text
    sources: list[Text] = []
    sections: Sections = Sections()
    blocks: Blocks = Blocks()
    report: Text = "match"
    since: str = ""
    match: list[Entry] = Field(min_length=1)
    unless: list[Entry] = []
    examples: Examples

    @model_validator(mode="after")
    def _one_scope(self) -> RuleFile:
        whole = [entry.ledger is not None for entry in self.match]
        if any(whole) and (not all(whole) or self.unless):
            raise ValueError("a rule looks at sentences or at the ledger of the document, not at both")
        if any(entry.ledger is not None for entry in self.unless):
            raise ValueError("an exception looks at a sentence, not at the ledger of the document")
        return self

    def parts(self) -> frozenset[str] | None:
        """The names a message may use in braces; None where a check may give any."""
        known = [entry.parts() for entry in self.match]
        return None if None in known else COMMON_PARTS.union(*(names for names in known if names))


class ListFile(_Strict):
    """A list of words that rules name as `$list`."""

    list: ListName
    summary: Text
    words: Words


class Override(_Strict):
    """What a pack changes about a rule that is already there."""

    severity: Level | None = None
    message: Text | None = None
    why: Text | None = None
    instead: Text | None = None
    enabled: bool | None = None
    sections: Sections | None = None


class PackFile(_Strict):
    """What a folder of rules is, what it adds to word lists and changes about rules of earlier packs."""

    title: Text
    summary: str = ""
    default: Literal["on", "off"] = "on"
    extend: dict[ListName, Words] = {}
    rules: dict[Code, Override] = {}


def wrong_parts(message: str, known: Iterable[str] | None) -> str | None:
    """What is wrong with the braces of a message; None where nothing is."""
    for found in _BRACES.findall(message):
        name = found[1:-1]
        if len(found) == 1 or not name.isidentifier():
            return f"'{found}' is not the name of a part in braces, such as {{agent}}"
        if known is not None and name not in known:
            return f"no part '{name}' in this rule: one of {', '.join(sorted(known))}"
    return None


def json_schema() -> dict[str, Any]:
    """The JSON Schema of all three kinds of file, by which an editor completes them."""
    files: TypeAdapter[Any] = TypeAdapter(RuleFile | ListFile | PackFile)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "blamelint rule, word list or pack"}
    return head | files.json_schema(by_alias=True)


if __name__ == "__main__":  # python -m blamelint.rulefile > rules/schema.json
    sys.stdout.write(json.dumps(json_schema(), indent=1) + "\n")
