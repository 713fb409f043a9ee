"""Bad input, end to end through the real command: one clear line, exit code 2, the other files linted, no traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BLAME = "The night shift failed to check the lag.\n"
RULE = """\
code: ACM001
name: {name}
category: blame
severity: warning
summary: s
message: m
why: w
instead: i
match:
  - regex: ['{regex}']
examples:
  bad: ['[[aaab]]']
  good: ['x']
"""


def check(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "blamelint", "check", "--output-format", "concise", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in done.stderr + done.stdout
    return done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one ordinary postmortem, which must be linted whatever lies beside it."""
    (tmp_path / "ok.md").write_text(BLAME)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("bin.md", b"a\0b", "binary"),
        ("latin.md", b"caf\xe9 was closed", "not UTF-8"),
        ("big.md", b"a" * 10_000_000, "larger than 2 MB"),
        ("line.md", b"It is long. " * 90_000, "only the first 20,000 were read"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_the_rest_is_linted(
    folder: Path, name: str, data: bytes, words: str
) -> None:
    (folder / name).write_bytes(data)
    done = check(folder, "--isolated", ".")
    lines = done.stderr.splitlines()
    assert done.returncode == 2
    assert len([line for line in lines if name in line]) == 1 and words in done.stderr
    assert "ok.md:1:1: warning BL401" in done.stdout


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("empty.md", ""),
        ("front.md", f"---\ntitle: [x\n---\n{BLAME}"),
        ("broken.html", f"<div><p>{BLAME}<b"),
        ("broken.rst", f"Title\n==\n\n.. note:: {BLAME}"),
    ],
)
def test_what_is_only_odd_is_linted(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    done = check(folder, "--isolated", ".")
    assert done.returncode == 1
    assert (f"{name}:" in done.stdout) is bool(text)


def test_a_link_loop_is_walked_once(folder: Path) -> None:
    (folder / "loop").mkdir()
    (folder / "loop" / "a.md").write_text(BLAME)
    (folder / "loop" / "self").symlink_to("../loop")
    done = check(folder, "--isolated", ".")
    assert done.stdout.count("a.md:1:1: warning BL401") == 1
    assert "linted once" in done.stderr


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("selekt: [BL401]\n", "did you mean 'select'"),
        ("select: [BL401\n", ".blamelint.yaml:"),
        ("a: &a [x]\nb: [*a, *a]\n", ".blamelint.yaml:1"),
        ("model: no_such_model\n", "'no_such_model' is not installed (install it"),
        ("model: en_core_web_md\n", "python -m spacy download en_core_web_md"),
        ("model: ../elsewhere\n", "outside"),
        ("packs: [missing]\n", "does not exist"),
    ],
)
def test_a_broken_configuration_says_where(folder: Path, config: str, words: str) -> None:
    (folder / ".blamelint.yaml").write_text(config)
    done = check(folder, "ok.md")
    assert done.returncode == 2
    assert words in done.stderr


def test_broken_packs_say_where(folder: Path) -> None:
    (folder / "pack").mkdir()
    (folder / ".blamelint.yaml").write_text("packs: [pack]\n")
    (folder / "pack" / "a.yaml").write_text(RULE.format(name="one", regex="("))
    assert "a.yaml:10" in check(folder, "ok.md").stderr
    (folder / "pack" / "a.yaml").write_text(RULE.format(name="one", regex="a"))
    (folder / "pack" / "b.yaml").write_text(RULE.format(name="two", regex="a"))
    done = check(folder, "ok.md")
    assert done.returncode == 2
    assert "already taken" in done.stderr and "a.yaml" in done.stderr and "b.yaml" in done.stderr


def test_a_regular_expression_that_would_hang_elsewhere_does_not_here(folder: Path) -> None:
    (folder / "pack").mkdir()
    (folder / ".blamelint.yaml").write_text("packs: [pack]\n")
    (folder / "pack" / "a.yaml").write_text(RULE.format(name="one", regex="(a+)+b"))
    (folder / "ok.md").write_text("a" * 5000 + "\n")
    assert check(folder, "ok.md").returncode == 0


def test_a_yaml_bomb_in_a_pack_is_refused(folder: Path) -> None:
    (folder / "pack").mkdir()
    (folder / ".blamelint.yaml").write_text("packs: [pack]\n")
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    (folder / "pack" / "a.yaml").write_text(bomb)
    done = check(folder, "ok.md")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1 and "pack/a.yaml:1" in done.stderr


def test_a_broken_configuration_stops_only_the_folder_it_governs(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / ".blamelint.yaml").write_text("selekt: x\n")
    (folder / "sub" / "a.md").write_text(BLAME)
    done = check(folder, ".")
    assert done.returncode == 2
    assert "ok.md:1:1: warning BL401" in done.stdout
    assert len(done.stderr.splitlines()) == 1 and "sub/.blamelint.yaml:1" in done.stderr


@pytest.mark.parametrize("unit", ["*", "[", "`", "> ", "<b>", "| a ", "- ", "&amp;", "\\", "(http://", "@a.", "1. "])
def test_markup_without_end_does_not_hang(folder: Path, unit: str) -> None:
    (folder / "odd.md").write_text(unit * (300_000 // len(unit)))
    done = check(folder, "--isolated", ".")
    assert done.returncode in (1, 2)
    assert "ok.md:1:1: warning BL401" in done.stdout
