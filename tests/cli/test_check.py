import json
import os
import signal
import subprocess
import sys
import time
from functools import partial

import pytest
from fake_linter import FAKE, environment
from jsonschema import Draft202012Validator

BAD = "Dave was careless.\n"


def test_clean(run, folder):
    (folder / "a.md").write_text("The disk was full.\n")
    result = run("check", "a.md")
    assert (result.code, result.out, result.err) == (0, "No blame found in 1 file.\n", "")


def test_findings(run, folder):
    (folder / "a.md").write_text(BAD)
    result = run("check")
    assert result.code == 1
    assert " --> a.md:1:10\n" in result.out
    assert result.out.endswith("\n1 place to reword in 1 file; `blamelint rule BL401` says more.\n")
    assert result.err == ""


def test_an_empty_file_is_clean(run, folder):
    (folder / "a.md").write_text("")
    assert run("check", "a.md").code == 0


def test_nothing_to_lint_is_said(run):
    result = run("check")
    assert (result.code, result.errors) == (0, ["blamelint: found no documents to lint"])


@pytest.mark.parametrize(
    ("text", "options", "code", "codes"),
    [
        ("careless hasty sabotage", [], 1, ["BL401", "BL501"]),
        ("careless hasty", ["--min-severity", "info"], 1, ["BL401", "BL402"]),
        ("hasty", [], 0, []),
        ("hasty", ["--min-severity", "info"], 0, ["BL402"]),
        ("hasty", ["--fail-on", "info"], 1, ["BL402"]),
        ("careless", ["--fail-on", "error"], 0, ["BL401"]),
        ("careless", ["--exit-zero"], 0, ["BL401"]),
        ("careless", ["--ignore", "BL4"], 0, []),
        ("careless", ["--ignore", "BL4", "--extend-select", "BL401"], 1, ["BL401"]),
        ("careless sabotage", ["--select", "villain"], 1, ["BL501"]),
        ("careless sabotage", ["--select", "BL501,BL401"], 1, ["BL401", "BL501"]),
        ("careless sabotage", ["--min-severity", "error"], 1, ["BL401", "BL501"]),
        ("careless sabotage", ["--min-severity", "error", "--fail-on", "error"], 1, ["BL501"]),
    ],
)
def test_selection_and_severities(run, folder, text, options, code, codes):
    (folder / "a.md").write_text(f"It was {text}.\n")
    result = run("check", "a.md", "--output-format", "json", *options)
    assert (result.code, [one["code"] for one in json.loads(result.out)]) == (code, codes)


def test_hidden_findings_are_counted(run, folder):
    (folder / "a.md").write_text("It was hasty.\n")
    assert "1 more at severity info: --min-severity info shows it." in run("check", "a.md").out
    assert run("check", "a.md", "-q").out == ""


def test_the_name_is_as_given(run, folder):
    (folder / "sub").mkdir()
    (folder / "sub" / "a.md").write_text(BAD)
    for given, name in (("sub/a.md", "sub/a.md"), (folder / "sub/a.md", str(folder / "sub/a.md")), ("sub", "sub/a.md")):
        (one,) = json.loads(run("check", given, "--output-format", "json").out)
        assert one["filename"] == name


def test_json_keeps_the_contract(run, folder, request):
    (folder / "a.md").write_text(BAD * 3)
    schema = json.loads((request.config.rootpath / "docs/schemas/check.schema.json").read_text())
    Draft202012Validator(schema).validate(json.loads(run("check", "--output-format", "json").out))


@pytest.mark.parametrize("name", ["json", "sarif", "github", "gitlab", "junit"])
def test_machine_formats_say_nothing_else(run, folder, name):
    (folder / "a.md").write_text(BAD)
    out = run("check", "--output-format", name).out
    assert "place to reword" not in out
    assert "BL401" in out


def test_stdin(run):
    result = run("check", "-", "--output-format", "concise", stdin=BAD.encode())
    assert result.out.startswith("<stdin>:1:10: warning BL401")
    result = run(
        "check", "-", "--stdin-filename", "docs/a.html", "--output-format", "concise", stdin=b"<p>It was careless."
    )
    assert result.out.startswith("docs/a.html:1:11:")
    result = run("check", "-", stdin=b"caf\xe9")
    assert (result.code, len(result.errors)) == (2, 1)
    assert "<stdin>:1: is not UTF-8" in result.err


def test_output_file(run, folder):
    (folder / "a.md").write_text("Dave 🔥 was careless.\n")
    assert run("check", "a.md", "--output-format", "json", "-o", "out.json").out == ""
    assert json.loads((folder / "out.json").read_text("utf-8"))[0]["code"] == "BL401"
    result = run("check", "a.md", "-o", "none/out.json")
    assert (result.code, result.errors) == (
        2,
        ["blamelint: none/out.json: can't be written: No such file or directory"],
    )


def test_statistics(run, folder):
    (folder / "a.md").write_text(BAD + "\nIt was sabotage and careless.\n")
    assert run("check", "--statistics", "-q").out == "2  BL401  judged-trait  blame\n1  BL501  sabotage      villain\n"
    assert json.loads(run("check", "--statistics", "--output-format", "json").out)[0]["count"] == 2
    assert run("check", "--statistics", "--output-format", "sarif").code == 2


def test_colours(run, folder, monkeypatch):
    (folder / "a.md").write_text(BAD)
    assert "\x1b[" not in run("check", "a.md").out
    assert "\x1b[" in run("check", "a.md", "--color", "always").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("check", "a.md").out
    assert "\x1b[" not in run("check", "a.md", "--color", "never").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("check", "a.md").out


def test_configuration_is_found_per_file(run, folder):
    (folder / "strict").mkdir()
    (folder / "strict" / ".blamelint.yaml").write_text("fail-on: info\n")
    (folder / ".blamelint.yaml").write_text("ignore: [BL401]\n")
    for name in ("a.md", "strict/b.md"):
        (folder / name).write_text("It was careless and hasty.\n")
    out = run("check", ".", "--output-format", "concise", "-q").out
    assert [line.split(": ", 1)[1][:13] for line in out.splitlines()] == ["warning BL401", "info BL402 “h"]
    assert len(json.loads(run("check", "--isolated", "--output-format", "json").out)) == 2
    assert run("check", "--config", "strict/.blamelint.yaml").code == 1


def test_per_path_settings(run, folder):
    (folder / "published").mkdir()
    (folder / ".blamelint.yaml").write_text("per-path:\n- paths: [published/]\n  fail-on: info\n")
    for name in ("a.md", "published/b.md"):
        (folder / name).write_text("It was hasty.\n")
    result = run("check", "--output-format", "json")
    assert (result.code, [one["filename"] for one in json.loads(result.out)]) == (1, ["published/b.md"])


def test_suppressions(run, folder):
    (folder / "a.md").write_text(f"<!-- blamelint: ignore-next-line BL401 -- quoted -->\n{BAD}")
    assert run("check", "a.md").code == 0
    (folder / "a.md").write_text(f"<!-- blamelint: ignore-next-line BL402 -->\n{BAD}")
    codes = [one["code"] for one in json.loads(run("check", "a.md", "--output-format", "json").out)]
    assert codes == ["BL001", "BL401"]
    assert [one["code"] for one in json.loads(run("check", "--ignore", "BL001", "--output-format", "json").out)] == [
        "BL401"
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x89PNG\0\0", "bad.md: is binary, not text"),
        (b"caf\xe9 ", "bad.md:1: is not UTF-8"),
        (b"x" * 10_000_000, "bad.md: is larger than 2 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_and_the_others_are_linted(run, folder, content, message):
    (folder / "bad.md").write_bytes(content)
    (folder / "good.md").write_text(BAD)
    result = run("check", ".", "--output-format", "concise")
    assert result.code == 2
    assert [message in line for line in result.errors] == [True]
    assert result.out.startswith("good.md:1:10:")
    assert "1 file could not be linted in full" in result.out


def test_what_is_missing_is_one_line_and_the_others_are_linted(run, folder):
    (folder / "good.md").write_text(BAD)
    result = run("check", "nope.md", "good.md", "-q", "--output-format", "concise", "--exit-zero")
    assert (result.code, result.errors) == (2, ["blamelint: nope.md: does not exist"])
    assert result.out.startswith("good.md")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("slect: [BL1]", ".blamelint.yaml:1:1: unknown key 'slect' (did you mean 'select'?)"),
        ("select: [", "not valid YAML"),
        ("select: [BL41]", ".blamelint.yaml:1: select: 'BL41' is no rule, prefix or category (did you mean 'BL401'?)"),
        ("per-path: [{paths: [a], ignore: [zzz]}]", "ignore: 'zzz' is no rule"),
        ("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n", "anchors and aliases"),
        ("x: " + "[" * 100_000, "nest"),
        ("x: 1\nx: 2", "for the second time"),
    ],
)
def test_a_broken_configuration_is_one_line(run, folder, text, message):
    (folder / ".blamelint.yaml").write_text(text)
    for name in ("a.md", "b.md"):
        (folder / name).write_text(BAD)
    for paths in (["."], ["a.md", "b.md"]):
        result = run("check", *paths)
        assert result.code == 2
        assert len(result.errors) == 1
        assert message in result.err
        assert "Traceback" not in result.err


def test_a_configuration_of_a_gigabyte(run, folder):
    with (folder / ".blamelint.yaml").open("wb") as file:
        file.truncate(1_000_000_000)
    (folder / "a.md").write_text(BAD)
    assert run("check").errors == ["blamelint: .blamelint.yaml: is larger than 1 MB"]


def test_a_selector_on_the_command_line_that_names_nothing(run, folder):
    (folder / "a.md").write_text(BAD)
    result = run("check", "--select", "BL41", ".")
    expected = ["blamelint: --select: 'BL41' is no rule, prefix or category (did you mean 'BL401'?)"]
    assert (result.code, result.errors) == (2, expected)


def test_machine_formats_tell_what_failed(run, folder):
    (folder / "bad.md").write_bytes(b"\0")
    (run_,) = json.loads(run("check", "--output-format", "sarif").out)["runs"]
    assert run_["invocations"][0]["executionSuccessful"] is False


def test_a_bug_is_one_line_and_the_others_are_linted(run, folder):
    (folder / "a.md").write_text("PANIC")
    (folder / "b.md").write_text(BAD)
    result = run("check", ".", "-q", "--output-format", "concise")
    message = "blamelint: a.md: RuntimeError: the roof is on fire; this is a bug in blamelint; "
    message += "run with --traceback to see where"
    assert (result.code, result.errors) == (2, [message])
    assert result.out.startswith("b.md")
    for arguments in (["--traceback", "check", "."], ["check", ".", "--traceback"]):
        assert "Traceback (most recent call last)" in run(*arguments).err


def test_config_and_isolated_exclude_each_other(run):
    assert run("check", "--isolated", "--config", "x.yaml").code == 2
    result = run("check", "--config", "x.yaml")
    assert (result.code, result.errors) == (2, ["blamelint: x.yaml: can't be read: No such file or directory"])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_folder(run, folder):
    (folder / "closed").mkdir(mode=0)
    (folder / "a.md").write_text(BAD)
    result = run("check", ".", "-q")
    assert (result.code, result.errors) == (2, ["blamelint: closed: can't be read: permission denied"])


def test_a_link_loop_is_one_line(run, folder):
    (folder / "a.md").write_text(BAD)
    (folder / "loop").symlink_to(folder)
    result = run("check", ".", "--output-format", "concise", "-q")
    assert (result.code, result.errors) == (1, ["blamelint: loop: leads back to ., which is linted once"])
    assert len(result.out.splitlines()) == 1


def test_in_a_process_of_its_own(spawn, folder):
    (folder / "a.md").write_text("Dave 🔥 was careless.\n")
    result = spawn("check", "a.md", env=environment(LC_ALL="C", PYTHONIOENCODING="ascii"))
    assert result.code == 1
    assert "Dave \\U0001f525 was careless" in result.out
    result = spawn("check", "a.md", "--output-format", "json", env=environment(PYTHONIOENCODING="ascii"))
    assert json.loads(result.out)[0]["location"] == {"row": 1, "column": 12}


def test_a_reader_that_leaves(folder):
    (folder / "a.md").write_text(BAD)
    command = [sys.executable, str(FAKE), "check", "a.md"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 141


def test_an_interrupt_is_one_line(folder):
    command = [sys.executable, str(FAKE), "check", "-", "--ready"]
    pipe = subprocess.PIPE
    # a test run in the background inherits that interrupts are ignored; this process must not
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment(), preexec_fn=heed)
    assert process.stderr.readline() == b"ready\n"
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.strip() == b"blamelint: interrupted"
