"""Checks the exemplars and counts them: `python exemplars/check.py [--readme]`; exit 1 where anything is wrong.

Checked are the form of every row and document, near-duplicates (also against the labelled postmortems beside the
repository, where they are), the variety of openings and names, and how lengths and kinds are spread. README.md says
what the files hold; `--readme` writes the counts into it.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from blamelint.errors import RuleError
from blamelint.lines import LineIndex
from blamelint.model import Model
from blamelint.people.gazetteer import Gazetteer, fold, gazetteer
from blamelint.people.names import is_function_word
from blamelint.resources import data_root
from blamelint.rulefile import ListFile
from blamelint.yamlfile import load_yaml

HERE = Path(__file__).resolve().parent
EVAL = HERE.parents[1] / "shared" / "eval"

LABELS = ("named", "blame", "hero", "villain", "counterfactual", "hindsight", "single_cause", "surface_fix")
KINDS = (
    "heading", "metadata", "timeline", "technical", "impact", "action_item", "thanks", "apology", "instruction",
    "table_cell", "quoted", "team_note", "customer",
)  # fmt: skip
TELLINGS = ("good", "raw", "slips", "asymmetric", "symmetric")
SUFFIXES = (".md", ".html", ".rst")

#: Two rows of different sets may share at most this part of the four-word runs of the shorter one.
SHARED = 0.5
#: So many sets may begin with the same four words.
OPENINGS = 5
#: So much of the rows that hold a name may hold the same one.
ONE_NAME = 0.01
LONGEST_ROW = 90
DOCUMENT_WORDS = (300, 2_500)

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_CAPITALISED = re.compile(r"(?<![\w@.])[^\W\d_a-z][^\W\d_]+(?:[-'’][^\W\d_]+)*(?![\w@])")


def four_word_runs(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """The runs of four words of a text; the whole of a shorter one."""
    if len(words) < 4:
        return frozenset([tuple(words)] if words else [])
    return frozenset(tuple(words[i : i + 4]) for i in range(len(words) - 3))


@lru_cache(maxsize=1)
def _names_and_words() -> tuple[Gazetteer, frozenset[str]]:
    """Known names, and the words and places of English that also are somebody's name."""
    words = set().union(*Model().words.values())
    for name in ("places", "systems", "vendors"):
        words.update(fold(word) for word in _word_list(name))
    return gazetteer().with_given(_word_list("given_names")), frozenset(words)


def _word_list(name: str) -> list[str]:
    """The words of a shipped list."""
    data = load_yaml(data_root("rules") / "lexicon" / f"{name}.yaml", RuleError).data
    return [str(word) for word in ListFile.model_validate(data).words]


@dataclass(frozen=True)
class Row:
    """One row of a file of `sentences/` or `neutral/`."""

    file: str
    line: int
    data: dict[str, Any]

    @property
    def at(self) -> str:
        """Where it stands, for messages."""
        return f"{self.file}:{self.line}: {self.data.get('id', '?')}"

    @property
    def text(self) -> str:
        """The unit."""
        return str(self.data["text"])

    @property
    def labels(self) -> list[str]:
        """Its labels, none for a clean one."""
        return list(self.data["labels"])

    @property
    def set(self) -> tuple[str, Any]:
        """The contrast set it belongs to; a neutral row is one by itself."""
        return self.file, self.data.get("group", self.data["id"])

    @cached_property
    def words(self) -> list[str]:
        """Its words in lower case."""
        return _WORD.findall(self.text.lower())

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Its runs of four words."""
        return four_word_runs(self.words)

    @cached_property
    def names(self) -> frozenset[str]:
        """The words in it that are somebody's name and neither a word nor a place of English, folded."""
        known, words = _names_and_words()
        found = (fold(word) for word in _CAPITALISED.findall(self.text))
        found = (word for word in found if word not in words and not is_function_word(word))
        return frozenset(word for word in found if known.is_given(word) or known.is_surname(word))


@dataclass(frozen=True)
class Story:
    """One document and what is written of it."""

    path: Path
    text: str
    gold: dict[str, Any]

    @property
    def at(self) -> str:
        """Its name, for messages."""
        return self.path.name

    @cached_property
    def words(self) -> int:
        """How many words it has, markup taken off."""
        return len(_WORD.findall(re.sub(r"<[^>]*>", " ", self.text)))


@dataclass(frozen=True)
class Corpus:
    """All of the exemplars; `wrong` says what could not be read."""

    sentences: list[Row]
    neutral: list[Row]
    stories: list[Story]
    rewrites: list[Row]
    wrong: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """Contrast sentences and neutral prose."""
        return self.sentences + self.neutral

    @cached_property
    def told_by_words(self) -> tuple[float, float]:
        """What `told_by_words` says of the contrast sentences; it takes half a minute."""
        return told_by_words(self.sentences)


def load(root: Path = HERE) -> Corpus:
    """The exemplars below a folder."""
    wrong: list[str] = []

    def rows(paths: Iterable[Path], *keys: str) -> list[Row]:
        found = []
        for path in paths:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                at = f"{path.relative_to(root)}:{number}"
                try:
                    data = json.loads(line)
                except ValueError as problem:
                    wrong.append(f"{at}: {problem}")
                    continue
                if missing := [key for key in keys if key not in data]:
                    wrong.append(f"{at}: has no {' and no '.join(missing)}")
                    continue
                found.append(Row(str(path.relative_to(root)), number, data))
        return found

    sentences = rows(sorted(root.glob("sentences/*.jsonl")), "id", "group", "text", "before", "labels")
    neutral = rows(sorted(root.glob("neutral/*.jsonl")), "id", "kind", "text", "before", "labels")
    rewrites = rows(root.glob("rewrites.jsonl"), "id", "rewrite", "why")
    stories = []
    for path in sorted(p for p in root.glob("documents/*") if p.suffix != ".json"):
        gold = path.with_suffix(".json")
        if path.suffix not in SUFFIXES or not gold.is_file():
            wrong.append(f"{path.name}: has no {gold.name} beside it, or another ending than {', '.join(SUFFIXES)}")
            continue
        stories.append(Story(path, path.read_text("utf-8"), json.loads(gold.read_text("utf-8"))))
    return Corpus(sentences, neutral, stories, rewrites, wrong)


def problems(corpus: Corpus, eval_folder: Path = EVAL) -> Iterator[str]:
    """Everything that is wrong, a line each."""
    yield from corpus.wrong
    yield from form(corpus)
    yield from sets(corpus.sentences)
    yield from alike(corpus.rows)
    if eval_folder.is_dir():
        yield from copied(corpus.rows, eval_folder)
    yield from openings(corpus.rows)
    yield from worn_names(corpus.rows)
    for story in corpus.stories:
        yield from document(story)
    yield from twins(corpus.stories)
    yield from rewritten(corpus)


def form(corpus: Corpus) -> Iterator[str]:
    """Identifiers once, labels known, one line of text of a sane length, kinds known."""
    seen: set[str] = set()
    for row in corpus.rows:
        if row.data["id"] in seen:
            yield f"{row.at}: the id stands twice"
        seen.add(row.data["id"])
        if not row.text.strip() or row.text != row.text.strip() or "\n" in row.text:
            yield f"{row.at}: the text is empty, has white space around it or a line break"
        if not isinstance(row.data["before"], str):
            yield f"{row.at}: `before` is no string"
        if len(row.words) > LONGEST_ROW:
            yield f"{row.at}: has {len(row.words)} words"
        if unknown := set(row.labels) - set(LABELS):
            yield f"{row.at}: unknown label {', '.join(sorted(unknown))}"
        if len(set(row.labels)) != len(row.labels):
            yield f"{row.at}: a label stands twice"
    for row in corpus.neutral:
        if row.labels or "group" in row.data:
            yield f"{row.at}: a neutral row has no labels and no group"
        if row.data["kind"] not in KINDS:
            yield f"{row.at}: unknown kind {row.data['kind']}"


def sets(rows: Iterable[Row]) -> Iterator[str]:
    """Each set has a flagged and a clean row."""
    groups: dict[tuple[str, Any], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.set].append(row)
    for (file, group), members in groups.items():
        flagged = sum(bool(row.labels) for row in members)
        if not 0 < flagged < len(members):
            yield f"{file}: set {group} has {flagged} flagged of {len(members)} rows"


def alike(rows: Sequence[Row]) -> Iterator[str]:
    """No two rows of different sets read alike."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for run in row.runs:
            holders[run].append(index)
    for index, row in enumerate(rows):
        common = Counter(other for run in row.runs for other in holders[run] if other < index)
        for other, count in common.items():
            mate = rows[other]
            if mate.set != row.set and count > SHARED * min(len(row.runs), len(mate.runs)):
                yield f"{row.at}: reads like {mate.at}: {mate.text}"


def copied(rows: Iterable[Row], folder: Path) -> Iterator[str]:
    """No row reads like one of the labelled postmortems or contrast sentences beside the repository."""
    known: dict[tuple[str, ...], set[str]] = defaultdict(set)
    texts = {f"sentences {n}": json.loads(line)["text"]
             for n, line in enumerate((folder / "sentences.jsonl").read_text("utf-8").splitlines(), 1)}  # fmt: skip
    for path in sorted((folder / "real").iterdir()):
        if path.suffix != ".json":
            texts[path.name] = path.read_text("utf-8", errors="replace")
    for name, text in texts.items():
        for run in four_word_runs(_WORD.findall(text.lower())):
            known[run].add(name)
    for row in rows:
        found = Counter(name for run in row.runs for name in known.get(run, ()))
        for name, count in found.items():
            if count > SHARED * len(row.runs):
                yield f"{row.at}: reads like a part of {name} in {folder.name}"


def openings(rows: Iterable[Row]) -> Iterator[str]:
    """No four words begin more than five sets."""
    begun: dict[tuple[str, ...], set[tuple[str, Any]]] = defaultdict(set)
    for row in rows:
        if len(row.words) >= 4:
            begun[tuple(row.words[:4])].add(row.set)
    for opening, holders in begun.items():
        if len(holders) > OPENINGS:
            yield f"{' '.join(opening)} …: begins {len(holders)} sets"


def worn_names(rows: Iterable[Row]) -> Iterator[str]:
    """No name stands in more than one in a hundred of the rows that hold one."""
    held = [row for row in rows if row.names]
    most = max(ONE_NAME * len(held), 3)
    for name, count in Counter(name for row in held for name in row.names).items():
        if count > most:
            yield f"{name}: a name in {count} of the {len(held)} rows that hold one"


def document(story: Story) -> Iterator[str]:
    """Spans are found where they are said to be, labels known, the length sane."""
    gold = story.gold
    if not DOCUMENT_WORDS[0] <= story.words <= DOCUMENT_WORDS[1]:
        yield f"{story.at}: has {story.words} words"
    if gold.get("telling", "good") not in TELLINGS:
        yield f"{story.at}: unknown telling {gold['telling']}"
    lines = LineIndex(story.text)
    marked = False
    for span in gold["spans"]:
        marked |= "asymmetric" in span["labels"]
        if not span["labels"] or set(span["labels"]) - {*LABELS, "asymmetric"}:
            yield f"{story.at}:{span['line']}: labels {span['labels']}"
        row = span["line"] - 1
        begin = lines.start(row) if 0 <= row < len(lines) else len(story.text)
        end = begin + (len(lines.line(row)) if 0 <= row < len(lines) else 0)
        if not begin <= story.text.find(span["text"], begin) < max(end, begin + 1):
            yield f"{story.at}:{span['line']}: not found there: {span['text']}"
    if marked != ("asymmetric" in gold["doc_labels"]) or set(gold["doc_labels"]) - {"asymmetric"}:
        yield f"{story.at}: doc_labels {gold['doc_labels']}, but spans say otherwise"
    for item in gold.get("action_items", ()):
        if item["text"] not in story.text or {type(item["owner"]), type(item["due"])} != {bool}:
            yield f"{story.at}: action item not found or not told: {item['text']}"
    if set(gold.get("review", ())) != {"has_reviewers", "approved"}:
        yield f"{story.at}: says nothing of its review"


def twins(stories: Iterable[Story]) -> Iterator[str]:
    """Of each pair both tellings are there, the good one clean."""
    pairs: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        if "pair" in story.gold:
            pairs[story.gold["pair"]].append(story)
        if story.gold.get("telling") == "good" and story.gold["spans"]:
            yield f"{story.at}: a good telling has {len(story.gold['spans'])} labelled sentences"
    for name, members in pairs.items():
        if sorted(s.gold["telling"] for s in members) not in (["good", "raw"], ["asymmetric", "symmetric"]):
            yield f"pair {name}: has {', '.join(s.at for s in members)}"


def rewritten(corpus: Corpus) -> Iterator[str]:
    """Rewrites are of flagged rows, once each; the neighbour named is a clean one of the same set."""
    rows = {row.data["id"]: row for row in corpus.sentences}
    seen: set[str] = set()
    for item in corpus.rewrites:
        row, mate = rows.get(item.data["id"]), rows.get(item.data.get("neighbour") or "")
        if row is None or not row.labels or item.data["id"] in seen:
            yield f"{item.at}: no flagged sentence, or rewritten twice"
            continue
        seen.add(item.data["id"])
        if not item.data["rewrite"].strip() or not item.data["why"].strip() or item.data["rewrite"] == row.text:
            yield f"{item.at}: the rewrite or its reason is empty, or nothing was rewritten"
        if item.data.get("neighbour") and (mate is None or mate.labels or mate.set != row.set):
            yield f"{item.at}: {item.data['neighbour']} is no clean row of the same set"


def told_by_words(rows: Sequence[Row]) -> tuple[float, float]:
    """How well words alone tell flagged from clean, each writer's rows by what the others wrote; and the majority."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict
    from sklearn.pipeline import make_pipeline

    flagged = [bool(row.labels) for row in rows]
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(max_iter=1_000))
    texts, writers = [row.text for row in rows], [row.file for row in rows]
    guessed = cross_val_predict(model, texts, flagged, groups=writers, cv=LeaveOneGroupOut())
    right = sum(a == b for a, b in zip(guessed, flagged, strict=True))
    return right / len(rows), max(sum(flagged), len(rows) - sum(flagged)) / len(rows)


def counts(corpus: Corpus) -> Iterator[str]:
    """The tables of README.md."""
    flagged = [row for row in corpus.sentences if row.labels]
    clean = [row for row in corpus.sentences if not row.labels]
    writers = len({row.file for row in corpus.sentences})
    yield "| | |\n|---|--:|"
    yield f"| contrast sentences | {len(corpus.sentences):,} |"
    yield f"| – their writers | {writers} |"
    yield f"| – sets | {len({row.set for row in corpus.sentences}):,} |"
    yield f"| – with a label | {len(flagged):,} |"
    yield f"| neutral units | {len(corpus.neutral):,} |"
    yield f"| – of them hard | {sum(bool(row.data.get('hard')) for row in corpus.neutral):,} |"
    yield f"| – their writers | {len({row.file for row in corpus.neutral})} |"
    yield f"| documents | {len(corpus.stories)} |"
    yield f"| – their words | {sum(story.words for story in corpus.stories):,} |"
    yield f"| rewrites | {len(corpus.rewrites):,} |"
    yield f"| different names | {len({name for row in corpus.rows for name in row.names}):,} |"
    named, unnamed = (sum(bool(row.names) for row in rows) / max(len(rows), 1) for rows in (flagged, clean))
    yield f"| contrast sentences with a name: flagged, clean | {named:.0%}, {unnamed:.0%} |"
    lengths = sorted(len(row.words) for row in corpus.sentences) or [0]
    yield f"| words of a contrast sentence: a tenth, half, nine tenths | {', '.join(map(str, _tenths(lengths)))} |"
    accuracy, majority = corpus.told_by_words
    yield f"| flagged or clean by words alone (TF-IDF), the majority | {accuracy:.3f}, {majority:.3f} |"
    yield "\n| label | contrast sentences | sentences of documents |\n|---|--:|--:|"
    rows, spans = (
        Counter(label for row in corpus.sentences for label in row.labels),
        Counter(label for story in corpus.stories for span in story.gold["spans"] for label in span["labels"]),
    )
    for label in (*LABELS, "asymmetric"):
        yield f"| {label} | {rows[label] or '–'} | {spans[label]} |"
    yield "\n| kind of neutral unit | |\n|---|--:|"
    kinds = Counter(row.data["kind"] for row in corpus.neutral)
    for kind in KINDS:
        yield f"| {kind.replace('_', ' ')} | {kinds[kind]} |"
    yield "\n| telling of a document | |\n|---|--:|"
    tellings = Counter(story.gold.get("telling", "single") for story in corpus.stories)
    for telling in (*TELLINGS, "single"):
        yield f"| {telling} | {tellings[telling]} |"
    formats = Counter(story.path.suffix for story in corpus.stories)
    yield f"| in HTML or reStructuredText | {formats['.html'] + formats['.rst']} |"


def agreement(root: Path = HERE) -> Iterator[str]:
    """The table of the second reading, by label: what both said before anything was mended."""
    from sklearn.metrics import cohen_kappa_score

    yield "| label | first reader | second reader | both | agreement | Cohen's kappa |\n|---|--:|--:|--:|--:|--:|"
    read = [json.loads(line) for line in (root / "second_reading.jsonl").read_text("utf-8").splitlines()]
    for label in (*LABELS, "any"):
        pairs = [tuple(bool(row[who]) if label == "any" else label in row[who] for who in ("first", "second"))
                 for row in read]  # fmt: skip
        first, second = zip(*pairs, strict=True)
        same = sum(a == b for a, b in pairs) / len(pairs)
        kappa = cohen_kappa_score(first, second)
        both = sum(a and b for a, b in pairs)
        yield f"| {label} | {sum(first)} | {sum(second)} | {both} | {same:.3f} | {kappa:.3f} |"
    alike = sum(set(row["first"]) == set(row["second"]) for row in read)
    yield f"\nAll labels alike: {alike:,} of {len(read):,} rows. The others were dropped."


def agreement_on_documents(root: Path = HERE) -> Iterator[str]:
    """The table of the second reading of documents: labelled units of either reader, before anything was mended."""
    read = [json.loads(line) for line in (root / "second_reading_documents.jsonl").read_text("utf-8").splitlines()]
    units = [unit for story in read for unit in story["units"]]
    yield "| label | both | first reader only | second reader only | F1 of one by the other |\n|---|--:|--:|--:|--:|"
    for label in (*LABELS, "asymmetric"):
        said = Counter((label in unit["first"], label in unit["second"]) for unit in units)
        both, first, second = said[True, True], said[True, False], said[False, True]
        yield f"| {label} | {both} | {first} | {second} | {2 * both / (2 * both + first + second):.3f} |"
    same = sum(first == second for first, second in (story["asymmetric"] for story in read))
    yield f"\nDocuments read: {len(read)}; alike on whether the whole is asymmetric: {same}."


def _tenths(ordered: Sequence[int]) -> list[int]:
    return [ordered[int(part * (len(ordered) - 1))] for part in (0.1, 0.5, 0.9)]


def fill(path: Path, marker: str, lines: Iterable[str]) -> None:
    """Put the lines in place of what stands between two markers of a page."""
    body = "\n".join(lines).strip()
    text, found = re.subn(
        rf"(<!-- {marker} -->\n).*?(<!-- /{marker} -->)",
        lambda marks: f"{marks[1]}\n{body}\n\n{marks[2]}",
        path.read_text("utf-8"),
        flags=re.DOTALL,
    )
    if not found:
        raise SystemExit(f"{path}: has no <!-- {marker} --> to fill")
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    corpus = load()
    table = list(counts(corpus))
    print("\n".join(table))
    if "--readme" in sys.argv[1:]:
        fill(HERE / "README.md", "counts", table)
        fill(HERE / "README.md", "agreement", agreement())
        fill(HERE / "README.md", "documents", agreement_on_documents())
    wrong = list(problems(corpus))
    print("\n".join(["", *wrong, f"{len(wrong)} problems"]))
    raise SystemExit(bool(wrong))
