from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from blamelint import yamlfile
from blamelint.errors import ConfigError, RuleError
from blamelint.yamlfile import load_yaml, parse_yaml, suggestion, validate

PATH = Path("x.yaml")


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str
    times: int = 0


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid")
    message: str
    items: list[Item] = []
    on: bool = False


@pytest.fixture(params=["CBaseLoader", "BaseLoader"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML comes with libyaml or without; both must behave alike."""
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(yamlfile, "_LOADER", getattr(yaml, request.param))


def test_words_stay_words_and_every_place_is_known() -> None:
    loaded = parse_yaml("a: [no, on, 1.0]\nb:\n  - c: ~\n", PATH, RuleError)
    assert loaded.data == {"a": ["no", "on", "1.0"], "b": [{"c": "~"}]}
    assert loaded.position(("a", 1)) == (1, 9)
    assert loaded.position(("b", 0, "c")) == (3, 8)
    assert loaded.key_position(("b", 0, "c")) == (3, 5)
    assert loaded.key_position(("a", 1)) == (1, 9)
    assert loaded.position(("b", "union-branch", 0, "c")) == (3, 8)
    assert loaded.position(("b", 7)) == (2 + 1, 3)


def test_columns_count_code_points() -> None:
    assert parse_yaml('"🔥é": [ü, x]', PATH, RuleError).position(("🔥é", 1)) == (1, 11)


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n"])
def test_nothing_is_an_empty_mapping(text: str) -> None:
    assert parse_yaml(text, PATH, RuleError).data == {}


BROKEN = {
    "alias bomb": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", ":1:4:", "anchors and aliases"),
    "alias alone": ("a: *x", ":1:4:", "anchors and aliases"),
    "merge": ("<<: {a: b}", ":1:1:", "merge keys"),
    "tag": ("a: !!python/object/apply:os.system [x]", ":1:4:", "tag"),
    "own tag": ("a: !x y", ":1:4:", "tag"),
    "duplicate": ("a: b\nc: d\na: e", ":3:1:", "second time, first in line 1"),
    "duplicate below": ("z:\n  - {a: b, a: c}", ":2:12:", "second time"),
    "list as key": ("? [a]\n: b", ":1:3:", "a key must be a word"),
    "two documents": ("a: b\n---\nc: d", ":2:1:", "more than one document"),
    "unclosed": ("a: [b", ":", "not valid YAML"),
    "colon": ("summary: one: two", ":1:13:", "quote text"),
    "tabs": ("a:\n\t- b", ":2:1:", "not valid YAML"),
    "control": ("a: b\nc: \x00", ":2:4:", "U+0000"),
    "surrogate": ("a: \ud800", ":1:4:", "U+D800"),
    "deep": ("[" * 200, ":1:33:", "nested more than"),
    "very deep": ("[" * 500_000, ":1:", "nest"),
    "deep blocks": ("".join("  " * n + "a:\n" for n in range(200)), ":33:", "nested more than"),
}


@pytest.mark.parametrize(("text", "place", "reason"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_text_is_one_clear_line(text: str, place: str, reason: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_yaml(text, PATH, ConfigError)
    assert str(caught.value).startswith(f"x.yaml{place}")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_broken_files(tmp_path: Path) -> None:
    missing = tmp_path / "missing.yaml"
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("a: b\nc: caf\xe9".encode("latin-1"))
    large = tmp_path / "large.yaml"
    large.write_text("# " + "x" * yamlfile.MAX_BYTES)
    for path, reason in ((missing, "can't be read"), (tmp_path, "can't be read"), (large, "larger than 1 MB")):
        with pytest.raises(RuleError, match=reason):
            load_yaml(path, RuleError)
    with pytest.raises(RuleError, match=r"latin\.yaml:2: is not UTF-8"):
        load_yaml(latin, RuleError)


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: b\r\nc: d\r\n")
    loaded = load_yaml(path, RuleError)
    assert loaded.data == {"a": "b", "c": "d"}
    assert loaded.position(("c",)) == (2, 4)


def test_valid_data_become_a_model() -> None:
    loaded = parse_yaml("message: no\nitems: [{text: on, times: 3}]\non: yes", PATH, RuleError)
    assert validate(Model, loaded, RuleError) == Model(message="no", items=[Item(text="on", times=3)], on=True)


INVALID = {
    "unknown key": ("mesage: x", "x.yaml:1:1: unknown key 'mesage' (did you mean 'message'?)"),
    "unknown key below": ("message: x\nitems:\n  - {txt: y}", "x.yaml:3:6: unknown key 'txt' (did you mean 'text'?)"),
    "nothing like it": ("message: x\nqqq: y", "x.yaml:2:1: unknown key 'qqq'"),
    "missing": ("on: yes", "x.yaml:1:1: missing key 'message'"),
    "missing below": ("message: x\nitems:\n  - {times: 1}", "x.yaml:3:5: missing key 'text'"),
    "type": ("message: x\nitems: y", "x.yaml:2:8: items: should be a list"),
    "number": ("message: x\nitems: [{text: a, times: b}]", "x.yaml:2:26: items[1].times: should be a whole number"),
    "bool": ("message: x\non: maybe", "x.yaml:2:5: on: should be true or false"),
    "root": ("- x", "x.yaml:1:1: should be a mapping"),
    "first of two": ("message: [x]\non: maybe", "x.yaml:1:10: message: should be text"),
}


@pytest.mark.parametrize(("text", "line"), INVALID.values(), ids=INVALID.keys())
def test_invalid_data_are_one_clear_line(text: str, line: str) -> None:
    with pytest.raises(RuleError) as caught:
        validate(Model, parse_yaml(text, PATH, RuleError), RuleError)
    assert str(caught.value) == line


def test_suggestions() -> None:
    assert suggestion("messge", ["message", "why"]) == "did you mean 'message'?"
    assert suggestion("zzz", ["message", "why"]) is None


plain = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), inner),
    max_leaves=12,
)


@given(plain.filter(lambda data: isinstance(data, (dict, list))))
def test_whatever_is_written_is_read_with_places_for_all(data: object) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=2)
    loaded = parse_yaml(text, PATH, RuleError)
    assert loaded.data == data
    for (line, column), value in ((loaded.places[loc], _at(data, loc)) for loc in loaded.places):
        assert 1 <= line <= text.count("\n") + 1
        if isinstance(value, str):
            assert text.split("\n")[line - 1][column - 1] == '"'


def _at(data: object, loc: tuple[str | int, ...]) -> object:
    for step in loc:
        data = data[step]  # type: ignore[index]
    return data
