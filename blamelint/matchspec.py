"""How the kinds of match are written in a rule file; each compiler takes one of these."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from blamelint.mention import KIND_GROUPS, Kind
from blamelint.yamlfile import Loc, suggestion

#: What a rule may write for who acts: a kind, a group of kinds, or nobody said.
NO_AGENT = "none"
_OPERATOR = re.compile(r"[!?*+]|\{(\d+)\}|\{(\d+),(\d+)\}|\{,(\d+)\}")
_MOST_REPEATS = 20

RELATIONS = (
    "<", ">", "<<", ">>", ".", ".*", ";", ";*", "$+", "$-", "$++", "$--", ">+", ">-", ">++", ">--", "<+", "<-",
    "<++", "<--",
)  # fmt: skip


class SpecError(ValueError):
    """A spec that can't be compiled; `loc` leads from the entry to the value at fault."""

    def __init__(self, message: str, loc: Loc = ()) -> None:
        super().__init__(message)
        self.loc = loc


def kinds_named(name: str) -> tuple[str, ...]:
    """The values of ENT_TYPE that a kind's or a group's name stands for; "" is for no actor."""
    if name.lower() == NO_AGENT:
        return ("",)
    if name.lower() in KIND_GROUPS:
        return tuple(kind.value for kind in KIND_GROUPS[name.lower()])
    if name.upper() in Kind.__members__:
        return (Kind[name.upper()].value,)
    known = (*KIND_GROUPS, *(kind.lower() for kind in Kind), NO_AGENT)
    near = suggestion(name.lower(), known)
    raise ValueError(f"no kind of actor '{name}'" + (f"; {near}" if near else f": one of {', '.join(known)}"))


def regex_groups(pattern: str) -> list[str]:
    """The names of the groups in a regular expression."""
    return re.findall(r"\(\?P?<(\w+)>", pattern)


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _actor(name: str) -> str:
    kinds_named(name)
    return name.lower()


_Scalar = BeforeValidator(_listed, json_schema_input_type=str | list[str])
Word = Annotated[str, Field(min_length=1)]
#: May be empty: a list that a team fills may still have no words.
Words = list[Word]
#: Must not be empty, for no words would ask nothing and so match everything.
OneOrMore = Annotated[list[Word], Field(min_length=1), _Scalar]
Actors = Annotated[list[Annotated[str, AfterValidator(_actor)]], Field(min_length=1), _Scalar]

Voice = Literal["active", "passive", "participle", "copular", "nominal"]
Modality = Literal[
    "none", "can", "may", "must", "will", "should", "could", "might", "would", "should_have", "could_have",
    "might_have",     "would_have", "must_have", "had_inverted", "if", "imperative",
]  # fmt: skip
Voices = Annotated[
    list[Voice], Field(min_length=1), BeforeValidator(_listed, json_schema_input_type=Voice | list[Voice])
]
Modalities = Annotated[
    list[Modality], Field(min_length=1), BeforeValidator(_listed, json_schema_input_type=Modality | list[Modality])
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ClauseSpec(_Strict):
    """Who did what: every field that is given must fit; each is a word or a list of which one must fit."""

    agent: Actors = []
    predicate: OneOrMore = []
    voice: Voices = []
    negated: bool | None = None
    modality: Modalities = []
    object: OneOrMore = []
    adverb: OneOrMore = []
    complement: OneOrMore = []
    subject_word: OneOrMore = []

    @model_validator(mode="after")
    def _says_something(self) -> ClauseSpec:
        if not self.model_fields_set:
            raise ValueError("a clause needs at least one of its fields")
        return self


class CheckSpec(_Strict):
    """A Python function of blamelint.checks with what it is told."""

    check: str
    options: dict[str, Any] = {}


class LedgerSpec(_Strict):
    """A Python function of blamelint.checks that looks at the ledger of the whole document, with its thresholds."""

    ledger: str
    options: dict[str, Any] = {}


class Values(_Strict):
    """Which values of a token's attribute fit; a plain word or list stands for IN."""

    IN: list[str] | None = None
    NOT_IN: list[str] | None = None
    IS_SUBSET: list[str] | None = None
    IS_SUPERSET: list[str] | None = None
    INTERSECTS: list[str] | None = None


def _values(value: Any) -> Any:
    if isinstance(value, dict) and (bad := {"REGEX", "FUZZY"} & set(value)):
        raise ValueError(f"{bad.pop()} is not supported, as it can hang; write an entry `regex: [...]` instead")
    if isinstance(value, str):
        return {"IN": [value]}
    return {"IN": value} if isinstance(value, list) else value


def _actors(values: Values) -> Values:
    expanded = {
        key: [kind for name in names for kind in kinds_named(name)]
        for key, names in values.model_dump(exclude_none=True).items()
    }
    return Values(**expanded)


class Lengths(_Strict):
    """How long a token's text is."""

    eq: int | None = Field(None, alias="==")
    ne: int | None = Field(None, alias="!=")
    ge: int | None = Field(None, alias=">=")
    le: int | None = Field(None, alias="<=")
    gt: int | None = Field(None, alias=">")
    lt: int | None = Field(None, alias="<")


def _length(value: Any) -> Any:
    return {"==": value} if isinstance(value, (str, int)) else value


def _operator(text: str) -> str:
    found = _OPERATOR.fullmatch(text)
    if not found:
        raise ValueError(f"no operator '{text}': one of ! ? * + {{n}} {{n,m}} {{,m}}")
    if any(number and int(number) > _MOST_REPEATS for number in found.groups()):
        raise ValueError(f"'{text}' repeats more than {_MOST_REPEATS} times")
    return text


Attribute = Annotated[Values, BeforeValidator(_values, json_schema_input_type=str | list[str] | Values)]
Who = Annotated[Attribute, AfterValidator(_actors)]


class TokenAttributes(_Strict):
    """What one token must be; the names are spaCy's, but WHO, which takes kinds of actors and groups of them."""

    TEXT: Attribute | None = None
    LOWER: Attribute | None = None
    LEMMA: Attribute | None = None
    POS: Attribute | None = None
    TAG: Attribute | None = None
    DEP: Attribute | None = None
    SHAPE: Attribute | None = None
    ENT_TYPE: Who | None = None
    WHO: Who | None = None
    LENGTH: Annotated[Lengths, BeforeValidator(_length, json_schema_input_type=int | Lengths)] | None = None
    IS_ALPHA: bool | None = None
    IS_ASCII: bool | None = None
    IS_BRACKET: bool | None = None
    IS_CURRENCY: bool | None = None
    IS_DIGIT: bool | None = None
    IS_LEFT_PUNCT: bool | None = None
    IS_LOWER: bool | None = None
    IS_PUNCT: bool | None = None
    IS_QUOTE: bool | None = None
    IS_RIGHT_PUNCT: bool | None = None
    IS_SENT_START: bool | None = None
    IS_SPACE: bool | None = None
    IS_STOP: bool | None = None
    IS_TITLE: bool | None = None
    IS_UPPER: bool | None = None
    LIKE_EMAIL: bool | None = None
    LIKE_NUM: bool | None = None
    LIKE_URL: bool | None = None

    @model_validator(mode="before")
    @classmethod
    def _no_hanging(cls, data: Any) -> Any:
        for key in ("REGEX", "FUZZY"):
            if isinstance(data, dict) and key in data:
                raise ValueError(f"{key} is not supported, as it can hang; write an entry `regex: [...]` instead")
        return data

    @model_validator(mode="after")
    def _one_who(self) -> TokenAttributes:
        if self.WHO and self.ENT_TYPE:
            raise ValueError("WHO and ENT_TYPE say the same; write one of them")
        return self

    @property
    def names_actor(self) -> bool:
        """Whether the token must belong to an actor."""
        who = self.WHO or self.ENT_TYPE
        return who is not None and who.IN is not None and "" not in who.IN

    def spacy(self) -> dict[str, Any]:
        """The token pattern in spaCy's own form."""
        pattern: dict[str, Any] = {}
        for name in TokenAttributes.model_fields:
            value = getattr(self, name)
            if isinstance(value, BaseModel):
                given = value.model_dump(exclude_none=True, by_alias=True)
                only = given.get("IN") if len(given) == 1 else None
                pattern["ENT_TYPE" if name == "WHO" else name] = only[0] if only and len(only) == 1 else given
            elif value is not None:
                pattern[name] = value
        return pattern


class TokenSpec(TokenAttributes):
    """One token of a token pattern."""

    OP: Annotated[str, AfterValidator(_operator)] | None = None

    def spacy(self) -> dict[str, Any]:
        """The token pattern in spaCy's own form."""
        return super().spacy() | ({"OP": self.OP} if self.OP else {})


class PartSpec(TokenAttributes):
    """One token of a dependency pattern: how it hangs on an earlier one, and what it must be."""

    left: str | None = None
    rel: Literal[RELATIONS] | None = None  # type: ignore[valid-type]
