"""Rule packs: folders of YAML, shipped and a team's own, read into rules. Nothing in a pack is run as code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from spacy.vocab import Vocab

from blamelint.errors import RuleError
from blamelint.resources import data_root
from blamelint.rule import Rule
from blamelint.rulebuild import build_rule, check_message, override
from blamelint.rulefile import ListFile, PackFile, RuleFile
from blamelint.wordlists import WordLists, put_in
from blamelint.yamlfile import Loaded, Loc, load_yaml, suggestion, validate

PACK_FILE = "pack.yaml"
LEXICON = "lexicon"
_PACKAGE = "package:"
_NAMED = "a pack is named like its distribution, as in `pip list`"
_SHIPPED_EXAMPLES, _OWN_EXAMPLES = 3, 1


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of rules as its pack file describes it."""

    name: str
    path: Path
    title: str
    summary: str = ""
    on: bool = True


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules by code, the words of every list, the packs, and the codes that are off unless asked for."""

    rules: tuple[Rule, ...] = ()
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    packs: tuple[Pack, ...] = ()
    off: frozenset[str] = frozenset()

    def get(self, code: str) -> Rule | None:
        """The rule with that code or name."""
        return next((rule for rule in self.rules if code in (rule.code, rule.name)), None)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)


def load_packs(paths: Sequence[Path | str], vocab: Vocab, shipped: Path | None = None) -> RuleSet:
    """The shipped rules and those at `paths`: folders, rule files, or `package:NAME`. RuleError for anything wrong."""
    reading = _Reading(vocab)
    reading.files(_yaml_files(shipped or data_root("rules")), _SHIPPED_EXAMPLES)
    for path in paths:
        reading.files(_own_files(str(path)), _OWN_EXAMPLES)
    return reading.finish()


@dataclass(frozen=True, slots=True)
class _Draft:
    """A rule file, checked, before the word lists are known."""

    loaded: Loaded
    folder: Path
    least_examples: int


class _Reading:
    """Gathers files of all packs first, for a list may be extended by a later pack than the rules that name it."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.lists = WordLists()
        self.drafts: list[_Draft] = []
        self.packs: dict[Path, tuple[PackFile, Loaded]] = {}
        self._seen: set[Path] = set()

    def files(self, paths: Sequence[Path], least_examples: int) -> None:
        """Reads those files that no earlier pack held."""
        for path in paths:
            if path.resolve() in self._seen:
                continue
            self._seen.add(path.resolve())
            loaded = load_yaml(path, RuleError)
            if path.name == PACK_FILE:
                self.packs[path.parent] = validate(PackFile, loaded, RuleError), loaded
            elif isinstance(loaded.data, dict) and "list" in loaded.data:
                self.lists.add(validate(ListFile, loaded, RuleError), loaded)
            elif path.parent.name != LEXICON:  # other lexica have forms and readers of their own
                self.drafts.append(_Draft(loaded, path.parent, least_examples))

    def finish(self) -> RuleSet:
        """Everything put together."""
        for pack, loaded in self.packs.values():
            for name, words in pack.extend.items():
                self.lists.extend(name, words, loaded)
        lists = self.lists.resolve()
        specs: dict[str, RuleFile] = {}
        rules: dict[str, Rule] = {}
        names: dict[str, Rule] = {}
        off: set[str] = set()
        for draft in self.drafts:
            loaded = put_in(draft.loaded, lists)
            spec = validate(RuleFile, loaded, RuleError)
            _refuse_second(loaded, ("code",), rules.get(spec.code))
            _refuse_second(loaded, ("name",), names.get(spec.name))
            folder = self._home(draft.folder)
            rule = build_rule(spec, loaded, folder.name, self.vocab, draft.least_examples)
            specs[spec.code], rules[spec.code], names[spec.name] = spec, rule, rule
            if folder in self.packs and self.packs[folder][0].default == "off":
                off.add(spec.code)
        for pack, loaded in self.packs.values():
            _override(pack, loaded, specs, rules, off)
        packs = tuple(
            Pack(folder.name, folder, pack.title, pack.summary, pack.default == "on")
            for folder, (pack, _) in self.packs.items()
        )
        return RuleSet(tuple(rules[code] for code in sorted(rules)), lists, packs, frozenset(off))

    def _home(self, folder: Path) -> Path:
        """The nearest folder above that has a pack file; the folder itself where none has."""
        return next((above for above in (folder, *folder.parents) if above in self.packs), folder)


def _override(
    pack: PackFile, loaded: Loaded, specs: Mapping[str, RuleFile], rules: dict[str, Rule], off: set[str]
) -> None:
    """Changes `rules` and `off` as the pack's `rules` say."""
    for code, change in pack.rules.items():
        loc: Loc = ("rules", code)
        if code not in rules:
            line, column = loaded.key_position(loc)
            hint = suggestion(code, rules)
            raise RuleError(f"no rule '{code}' to change", path=loaded.path, line=line, column=column, hint=hint)
        if change.message:
            check_message(specs[code], change.message, loaded, (*loc, "message"))
        rules[code] = override(rules[code], change)
        if change.enabled is not None:
            (off.discard if change.enabled else off.add)(code)


def _refuse_second(loaded: Loaded, loc: Loc, first: Rule | None) -> None:
    if first is not None:
        line, column = loaded.position(loc)
        what = f"{loc[0]} '{first.code if loc == ('code',) else first.name}'"
        message = f"the {what} is already taken by {first.origin}:{first.line}"
        raise RuleError(message, path=loaded.path, line=line, column=column)


def _yaml_files(folder: Path) -> list[Path]:
    """The YAML files below a folder, hidden ones aside; pack files before the files beside them."""
    try:
        next(iter(folder.iterdir()), None)
    except OSError as problem:
        raise RuleError(f"can't be read: {problem.strerror or problem}", path=folder) from problem
    found = [path for ending in ("*.yaml", "*.yml") for path in folder.rglob(ending) if path.is_file()]
    shown = [path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    return sorted(shown, key=lambda path: (path.parent, path.name != PACK_FILE, path.name))


def _own_files(name: str) -> list[Path]:
    """The files that an entry of `packs` stands for."""
    path = Path(name)
    if name.startswith(_PACKAGE):
        return _package_files(name.removeprefix(_PACKAGE))
    if path.is_file():
        return [path]
    if not path.is_dir():
        hint = f"for an installed package write '{_PACKAGE}{name}'" if path.name == name else None
        raise RuleError("no rule pack there", path=path, hint=hint)
    files = _yaml_files(path)
    if not files:
        raise RuleError("holds no YAML files", path=path)
    return files


def _package_files(name: str) -> list[Path]:
    """The files of the folders with a pack file in an installed package, which is not imported."""
    try:
        found = distribution(name).files or []
    except (PackageNotFoundError, ValueError) as problem:
        raise RuleError(
            f"the rule pack '{name}' is not installed", hint="a pack is named like its distribution, as in `pip list`"
        ) from problem
    folders = sorted({Path(str(file.locate())).parent for file in found if file.name == PACK_FILE})
    if not folders:
        raise RuleError(f"the package '{name}' holds no {PACK_FILE}, so no rules")
    return [path for folder in folders for path in _yaml_files(folder)]
