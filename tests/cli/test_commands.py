import json
import os
import re
import subprocess
import sys

import pytest

from blamelint.cli import COMMANDS, cli
from blamelint.config import Config
from blamelint.configfile import read

BAD = "# Timeline\n\nDave was careless and hasty.\n\n```\ncode\n```\n"


def test_help_and_version(run):
    result = run()
    assert result.code == 0
    assert all(name in result.out for name in COMMANDS)
    assert run("--help").out == result.out
    assert re.fullmatch(r"blamelint \S+\n", run("--version").out)
    assert run("chek").code == 2


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_is_for(run, name):
    result = run(name, "--help")
    assert result.code == 0
    command = cli.get_command(None, name)
    assert all(option.help for option in command.params if option.param_type_name == "option")
    assert command.short_help


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["check", "--help"], ["config"], ["completion", "zsh"]]
)
def test_what_needs_no_model_starts_without_spacy(arguments):
    code = (
        "import sys; from blamelint.cli import main; code = main(sys.argv[1:]);"
        "sys.exit(code or 100 * any(m in sys.modules for m in ('spacy', 'tree_sitter', 'numpy')))"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_rule(run):
    result = run("rule", "BL401")
    assert result.code == 0
    for part in ("BL401 judged-trait", "Why it matters", "Tell what they saw.", "ignore-next-line BL401", "Dekker"):
        assert part in result.out
    assert "  She was careless.\n          ^^^^^^^^\n" in result.out
    assert run("rule", "judged-trait").out == run("rule", "bl401").out == result.out
    data = json.loads(run("rule", "BL401", "--output-format", "json").out)
    assert data["bad"] == [{"text": "She was careless.", "spans": [[8, 16]]}]
    assert {"code", "name", "category", "severity", "summary", "message", "why", "instead", "sources", "good"} <= set(
        data
    )


def test_rule_that_is_our_own(run):
    assert "suppresses nothing" in run("rule", "BL001").out


def test_rule_that_is_not(run):
    result = run("rule", "BL411")
    assert (result.code, result.errors) == (2, ["blamelint: there is no rule 'BL411' (did you mean BL401?)"])


def test_rules(run, folder):
    out = run("rules").out
    assert [line.split()[0] for line in out.splitlines()] == [
        "BL001",
        "BL002",
        "BL003",
        "BL004",
        "BL401",
        "BL402",
        "BL501",
    ]
    assert [line.split()[0] for line in run("rules", "BL4").out.splitlines()] == ["BL401", "BL402"]
    assert run("rules", "BL7").code == 2
    (folder / ".blamelint.yaml").write_text("ignore: [BL401]\nseverity: {BL402: error}\n")
    one, two = run("rules", "BL4").out.splitlines()
    assert "  off  " in one
    assert "  error  " in two
    data = json.loads(run("rules", "--output-format", "json").out)
    assert [(rule["on"], rule["because"]) for rule in data if rule["code"] == "BL401"] == [
        (False, "ignored by 'BL401'")
    ]


def test_explain(run, folder):
    (folder / "a.md").write_text(BAD)
    out = run("explain", "a.md:3").out
    for part in (
        "3:1  Dave was careless and hasty.",
        "paragraph, in the section timeline",
        "Timeline",
        "Dave: PERSON (90% sure)",
        "BL401 judged-trait: fired: warning",
        "“careless” judges a person",
        "BL402 hasty: hidden: info, shown from warning on",
        "1 more looked and found nothing",
    ):
        assert part in out
    assert "BL501 sabotage: silent" in run("explain", "a.md:3", "--all").out
    assert run("explain", "a.md:3:10").out == out


@pytest.mark.parametrize(
    ("source", "config", "result"),
    [
        ("It was careless.", "", "fired"),
        ("It was not careless.", "", "excepted"),
        ("It was fine.", "", "silent"),
        ("It was careless.", "ignore: [BL401]", "off"),
        ("It was careless. <!-- blamelint: ignore -->", "", "suppressed"),
        ("It was careless.", "severity: {}\nmin-severity: error\nfail-on: error", "hidden"),
    ],
)
def test_explain_says_what_became_of_each_rule(run, folder, source, config, result):
    (folder / "a.md").write_text(source)
    (folder / ".blamelint.yaml").write_text(config)
    (sentence,) = json.loads(run("explain", "a.md:1", "--output-format", "json").out)["sentences"]
    assert [rule["result"] for rule in sentence["rules"] if rule["code"] == "BL401"] == [result]


def test_explain_where_there_is_nothing(run, folder):
    (folder / "a.md").write_text(BAD)
    assert run("explain", "a.md:6").out == "Row 6 of a.md holds no prose: it is blank, code, a URL or markup.\n"
    for place, message in (
        ("a.md:99", "a.md has 8 rows, so no row 99"),
        ("b.md:1", "b.md: does not exist"),
        ("a.md", "is not FILE:ROW"),
        ("a.md:0", "so no row 0"),
    ):
        result = run("explain", place)
        assert result.code == 2
        assert message in result.err


def test_config(run, folder):
    (folder / ".blamelint.yaml").write_text("ignore: [BL5]\nper-path: [{paths: [x/], fail-on: info}]\n")
    out = run("config").out
    assert re.search(r"ignore +\[BL5\] +# \S*\.blamelint\.yaml:1\n", out)
    assert re.search(r"fail-on +warning +# default\n", out)
    assert re.search(r"fail-on +info +# \S*\.blamelint\.yaml:2 \(per-path\)\n", run("config", "x/a.md").out)
    data = json.loads(run("config", "--output-format", "json").out)
    assert data["settings"]["ignore"]["value"] == ["BL5"]
    assert set(data["settings"]) == {field.alias for field in Config.model_fields.values()}
    assert json.loads(run("config", "--isolated", "--output-format", "json").out)["file"] is None
    schema = json.loads(run("config", "--schema").out)
    assert set(schema["properties"]) == set(data["settings"])


def test_init_writes_what_it_can_read(run, folder):
    assert run("init").code == 0
    text = (folder / ".blamelint.yaml").read_text()
    assert read(folder / ".blamelint.yaml").model_dump() == Config().model_dump()
    assert all(f"#{field.alias}:" in text for field in Config.model_fields.values())
    (folder / "oncall.csv").write_text("name\n")
    (folder / "blamelint-rules").mkdir()
    bare = re.sub(r"^#(?! )", "", text, flags=re.MULTILINE).replace("#  ", "  ")
    (folder / ".blamelint.yaml").write_text(bare)
    assert read(folder / ".blamelint.yaml").per_path


def test_init_overwrites_only_when_told(run, folder):
    (folder / ".blamelint.yaml").write_text("ignore: [BL5]\n")
    result = run("init")
    assert (result.code, len(result.errors)) == (2, 1)
    assert (folder / ".blamelint.yaml").read_text() == "ignore: [BL5]\n"
    assert run("init", "--force").code == 0
    assert "no such" in run("init", "none").err.lower()


def test_doctor(run, folder):
    result = run("doctor")
    assert result.code == 0, result.out
    assert all(line.startswith(("ok ", "note ")) for line in result.out.splitlines())
    assert "SHA-256 of all weight files as recorded" in result.out


def test_doctor_says_what_to_do(run, folder, monkeypatch):
    (folder / ".blamelint.yaml").write_text("model: en_core_web_none\n")
    result = run("doctor")
    assert result.code == 2
    assert re.search(
        r"problem +model +the language model 'en_core_web_none' is not installed\n.*install it", result.out
    )
    (folder / ".blamelint.yaml").write_text("modle: x\n")
    result = run("doctor")
    assert (result.code, "unknown key 'modle'" in result.out) == (2, True)
    (folder / ".blamelint.yaml").unlink()
    monkeypatch.setattr("blamelint.model.check_digests", lambda path: [("parser/model", False)])
    result = run("doctor")
    assert result.code == 2
    assert "parser/model: not the recorded SHA-256" in result.out


def test_test_rules(run):
    result = run("test-rules")
    assert result.code == 1
    assert "BL402" in result.out
    assert result.out.endswith("3 rules, 6 examples, 2 wrong.\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run, shell):
    result = run("completion", shell)
    assert result.code == 0
    assert "_BLAMELINT_COMPLETE" in result.out


def test_completion_completes():
    env = {**os.environ, "_BLAMELINT_COMPLETE": "zsh_complete", "COMP_WORDS": "blamelint ch", "COMP_CWORD": "1"}
    code = "import sys; from blamelint.cli import main; sys.exit(main([]))"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert "check" in done.stdout
