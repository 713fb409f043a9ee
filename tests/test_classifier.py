"""The classifier as it is shipped: what it reads, what it adds, and that its files are data that are checked."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from people_reading import linter, read

from blamelint.classifier.combiner import Combiner, Head
from blamelint.classifier.encoder import Encoder
from blamelint.classifier.jsonfile import changed, write_manifest
from blamelint.classifier.judge import SHIPPED, Classifier, by_sentence
from blamelint.classifier.labels import LABELS
from blamelint.classifier.pairs import load, nearest
from blamelint.classifier.passages import LONGEST, passages, tag_of
from blamelint.classifier.why import explained, lines_of
from blamelint.classifier.words import Words
from blamelint.config import Config, People
from blamelint.diagnostic import Severity
from blamelint.errors import ModelError
from blamelint.linter import Linter

SNEER = "The contractor torched the production database and walked away."
PLAIN = "The cleanup job removed the table at noon."


def _classifier(folder: Path = SHIPPED, choice: str = "encoder") -> Classifier:
    return Classifier(linter().word_lists, choice, folder)


def _probability(classifier: Classifier, text: str, label: str) -> float:
    document = read(text)
    return classifier.judge(document.sentences, {})[document.sentences[-1]].probabilities[label]


def _copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "model"))


def test_names_are_taken_out_and_the_same_person_keeps_the_stand_in() -> None:
    document = read("Ngozi Adeyemi ran the script. Tom asked why, and Ngozi stopped it.")
    (passage,) = passages(document.sentences)
    assert passage.text == "Alex ran the script. Sam asked why, and Alex stopped it."
    assert [passage.text[s.start : s.end] for s in passage.spans] == [
        "Alex ran the script.", "Sam asked why, and Alex stopped it.",
    ]  # fmt: skip


@pytest.mark.parametrize("one, other", [("Ngozi", "Dave"), ("Wanjiru", "Pieter")])
def test_it_holds_no_name_against_anybody(one: str, other: str) -> None:
    text = "{} closed the valve before the test was over, whatever the sheet said."
    first, second = (_probability(_classifier(), text.format(name), "blame") for name in (one, other))
    assert first == pytest.approx(second, abs=1e-6)


def test_passages_hold_every_sentence_once_and_stay_short() -> None:
    text = "# Timeline\n\n" + "\n".join(f"- 10:{n:02} the queue grew by {n} thousand messages" for n in range(40))
    document = read(text)
    made = list(passages(document.sentences))
    assert [s for passage in made for s in passage.sentences] == list(document.sentences)
    assert all(len(passage.text) <= LONGEST for passage in made)
    assert {passage.tag for passage in made} == {"timeline heading", "timeline item"}


def test_only_what_is_wanted_is_read_with_the_sentence_before_it() -> None:
    document = read("The disk filled. The alert fired. The page went out. The job ran.")
    wanted = document.sentences[2]
    (passage,) = passages(document.sentences, {wanted})
    assert passage.sentences == document.sentences[1:3]


def test_tags_say_section_and_kind() -> None:
    document = read("---\ntitle: x\n---\n\n# Action items\n\n- Add a check.\n")
    assert [tag_of(s) for s in document][-1] == "action items item"


@pytest.mark.parametrize("choice", ["encoder", "words"])
def test_blame_is_likelier_than_its_neighbour(choice: str) -> None:
    classifier = _classifier(choice=choice)
    assert _probability(classifier, SNEER, "villain") > 5 * _probability(classifier, PLAIN, "villain")


def test_what_no_rule_finds_is_added_and_can_be_switched_off() -> None:
    assert [d.code for d in linter().lint_text(SNEER).at_least(Severity.WARNING)] == ["BL904"]
    off = Linter(Config(classifier="none", people=People(git=False, codeowners=False, mailmap=False)))
    assert off.classifier is None and not off.lint_text(SNEER).diagnostics


def test_the_bar_is_higher_in_a_document() -> None:
    for head in _classifier().combiner.heads.values():
        assert head.document.warn >= head.alone.warn and head.document.hint >= head.alone.hint


def test_what_a_rule_warned_of_is_not_said_twice() -> None:
    found = linter().lint_text("The night shift failed to check the lag.").diagnostics
    assert [d.code for d in found if d.category == "blame"] == ["BL401"]


def test_nobody_is_named_where_no_name_is() -> None:
    document = read("It was the fault of the one who pressed the key.")
    judgement = _classifier().judge(document.sentences, {})[document.sentences[0]]
    assert "named" not in judgement.possible and judgement.grade("named") is None


def test_in_a_long_document_few_sentences_are_read() -> None:
    calm = " ".join(f"The cache in rack {n} answered in {n + 3} ms." for n in range(60))
    document = read(f"{calm} {SNEER}")
    judged = _classifier().judge(document.sentences, by_sentence(()))
    assert document.sentences[-1] in judged and len(judged) < 10


def test_batches_do_not_change_what_is_read() -> None:
    document = read(f"{PLAIN}\n\n{SNEER}\n\nThanks to all who helped on that long and cold night in the data centre.")
    apart = [passage for s in document.sentences for passage in passages([s])]
    encoder = Encoder(SHIPPED)
    together = encoder.read(apart)
    for passage, reading in zip(apart, together, strict=True):
        (alone,) = encoder.read([passage])
        # eight-bit activations are scaled by batch, so the last digits differ
        assert reading.logits == pytest.approx(alone.logits, abs=0.5)
        assert (reading.logits[0].argmax()) == alone.logits[0].argmax()


def test_an_explanation_names_words_and_a_pair() -> None:
    document = read(SNEER)
    report = linter().lint_document(document)
    data = explained(_classifier(), document, document.sentences[0], report)
    (reason,) = [reason for reason in data["reasons"] if reason["label"] == "villain"]
    assert "torched" in [entry["word"] for entry in reason["words"]]
    assert reason["pair"]["blamed"] and reason["pair"]["neutral"]
    assert json.loads(json.dumps(data)) == data
    assert any("torched" in line for line in lines_of(data))


def test_the_nearest_pair_of_an_exemplar_is_its_own() -> None:
    made = load(SHIPPED / "pairs.json")
    assert {pair.label for pair in made} == set(LABELS)
    classifier = _classifier()
    pair = next(pair for pair in made if pair.label == "hero")
    vector = classifier.vector(read(pair.blamed).sentences[0])
    assert vector is not None
    found = nearest(made, "hero", vector)
    assert found is not None and found.label == "hero"
    assert nearest(made, "hero", vector[:10]) is None


def test_the_shipped_files_are_those_of_the_manifest_and_small() -> None:
    assert changed(SHIPPED) == []
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 22_000_000


def test_a_changed_file_is_refused_in_one_line(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    with (folder / "words.json").open("a", encoding="utf-8") as file:
        file.write(" ")
    with pytest.raises(ModelError, match=r"words\.json: is not the file that was shipped"):
        _probability(_classifier(folder), PLAIN, "blame")


@pytest.mark.parametrize("file", ["manifest.json", "combiner.json", "words.json"])
@pytest.mark.parametrize("content", ["", "[]", "{}", "[" * 100_000, '{"encoder": {"heads": 3, "gate": 0}}'])
def test_a_broken_file_is_one_line(tmp_path: Path, file: str, content: str) -> None:
    folder = _copy(tmp_path)
    (folder / file).write_text(content, encoding="utf-8")
    if file != "manifest.json":
        write_manifest(folder)
    with pytest.raises(ModelError) as problem:
        _probability(_classifier(folder, "words"), PLAIN, "blame")
    assert "\n" not in str(problem.value) and file in str(problem.value)


@pytest.mark.parametrize("file", ["encoder.onnx", "tokenizer.json"])
def test_a_broken_encoder_is_one_line(tmp_path: Path, file: str) -> None:
    folder = _copy(tmp_path)
    (folder / file).write_bytes(b"nothing")
    write_manifest(folder)
    with pytest.raises(ModelError) as problem:
        _probability(_classifier(folder), PLAIN, "blame")
    assert "\n" not in str(problem.value)


def test_a_manifest_leads_nowhere_else(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    (folder / "manifest.json").write_text('{"sha256": {"../words.json": "0"}}', encoding="utf-8")
    with pytest.raises(ModelError, match="lies elsewhere"):
        changed(folder)


def test_models_survive_being_written() -> None:
    data = json.loads((SHIPPED / "combiner.json").read_text(encoding="utf-8"))
    for name in ("encoder", "words"):
        assert Combiner.load(SHIPPED / "combiner.json", name).dump() == data[name]
    words = Words.load(SHIPPED / "words.json")
    assert words.dump() == json.loads((SHIPPED / "words.json").read_text(encoding="utf-8"))


def test_a_head_is_a_logistic_regression() -> None:
    head = Head(-1.0, (2.0,) + (0.0,) * 7, {"has PERSON": 1.0})
    assert head.probability([0.5] + [9.0] * 7, frozenset({"has PERSON"})) == pytest.approx(1 / (1 + 2.718281828**-1))
    assert head.probability([0.0] * 8, frozenset()) < 0.5


def test_linting_imports_nothing_that_trains() -> None:
    code = (
        "import sys; from blamelint import lint; lint('The DBA forgot it.'); "
        "sys.exit(any(m in sys.modules for m in ('torch', 'transformers', 'onnx', 'sklearn')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
