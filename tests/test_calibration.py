"""Calibration: the promise, what is learned, and the profile as a file that `check` obeys."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamelint.calibration import calibrate, conformal
from blamelint.config import Config, People
from blamelint.configfile import read
from blamelint.diagnostic import Severity
from blamelint.errors import ConfigError, InputError
from blamelint.linter import Linter
from blamelint.profile import Profile, read_profile, write_profile

CONFIG = Config(people=People(git=False, codeowners=False, mailmap=False))

CALM = """# Queue full

Author: Ngozi Adeyemi

## Summary

The queue on Heron filled at 10:02. The release captain paused the importer. Heron drained by 10:40.

## Timeline

- 10:02 the depth alert fired
- 10:05 the importer was paused
- 10:40 the queue was empty
"""
NOISY = "\n".join(f"- 11:{n:02} Priya Raman restarted node {n} of Heron" for n in range(10, 30))


def _sources(*texts: str) -> list[tuple[str, str]]:
    return [(f"{number}.md", text) for number, text in enumerate(texts)]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=200), st.floats(0.01, 0.5))
@settings(max_examples=200)
def test_at_most_the_share_lies_above_the_bar(scores: list[float], share: float) -> None:
    bar = conformal(scores, share)
    assert sum(score > bar for score in scores) <= share * (len(scores) + 1)
    assert bar == math.inf or bar in scores


def test_too_few_scores_promise_nothing() -> None:
    assert conformal([0.1] * 50, 0.01) == math.inf
    assert conformal([0.1] * 99, 0.01) == 0.1


def test_it_learns_who_and_what_turns_up() -> None:
    made = calibrate(CONFIG, _sources(CALM, CALM.replace("10:", "12:")), share=0.2)
    assert "Ngozi Adeyemi" in made.profile.people
    assert made.profile.documents == 2 and made.profile.severity == {}
    assert made.after.flagged == made.before.flagged == 0 and made.reached


def test_a_noisy_rule_becomes_a_hint_unless_it_tells_the_bad_ones_apart() -> None:
    noisy = _sources(*[f"{CALM}{NOISY}\n"] * 2)
    made = calibrate(CONFIG, noisy, share=0.05)
    assert made.profile.severity == {"BL101": Severity.INFO}
    assert made.before.flagged > 30 and made.after.flagged == 0
    bad = [("bad.md", f"# Timeline\n\n{NOISY}\n")]
    calm = calibrate(CONFIG, _sources(CALM, f"{CALM}- 10:50 Priya Raman closed the ticket\n"), bad, share=0.01)
    assert "BL101" not in calm.profile.severity
    assert calm.bad_after == calm.bad_before and not calm.reached


def test_one_document_is_too_few() -> None:
    with pytest.raises(InputError, match="at least two"):
        calibrate(CONFIG, _sources(CALM))


def test_the_profile_is_a_file_that_is_read_back(tmp_path: Path) -> None:
    profile = Profile(share=0.02, bar=0.97, severity={"BL101": Severity.INFO}, people=("Zoë Ødegård",), systems=("No",))
    write_profile(profile, tmp_path / "p.yaml")
    assert read_profile(tmp_path / "p.yaml") == profile


@pytest.mark.parametrize(
    ("text", "said"),
    [("bars: 1", "unknown key 'bars'"), ("share: 2", "share"), ("severity: {BL1: loud}", "no severity 'loud'")],
)
def test_a_wrong_profile_is_one_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    (tmp_path / ".blamelint.yaml").write_text("profile: p.yaml\n", encoding="utf-8")
    with pytest.raises(ConfigError) as problem:
        read(tmp_path / ".blamelint.yaml")
    assert said in str(problem.value) and "p.yaml:1" in str(problem.value)


def test_the_configuration_goes_before_the_profile(tmp_path: Path) -> None:
    write_profile(Profile(severity={"BL101": Severity.INFO, "BL401": Severity.INFO}, bar=2.0), tmp_path / "p.yaml")
    (tmp_path / ".blamelint.yaml").write_text("profile: p.yaml\nseverity: {BL401: error}\n", encoding="utf-8")
    config = read(tmp_path / ".blamelint.yaml")
    assert config.severity == {"BL101": Severity.INFO, "BL401": Severity.ERROR}
    report = Linter(config).lint_text("The contractor torched the production database and walked away.")
    assert not report.at_least(Severity.WARNING)


def test_a_profile_elsewhere_is_refused(tmp_path: Path) -> None:
    write_profile(Profile(), tmp_path / "p.yaml")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / ".blamelint.yaml").write_text("profile: ../p.yaml\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="outside"):
        read(tmp_path / "in" / ".blamelint.yaml")


def test_the_command_writes_what_check_obeys(tmp_path: Path) -> None:
    folder = tmp_path / "good"
    folder.mkdir()
    for name, text in _sources(*[f"{CALM}{NOISY}\n"] * 2):
        (folder / name).write_text(text, encoding="utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "blamelint", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert run("check", "good").returncode == 1
    made = run("calibrate", "good", "--share", "0.05")
    assert made.returncode == 0, made.stderr
    assert "BL101" in made.stdout and "after 0 of" in made.stdout
    (tmp_path / ".blamelint.yaml").write_text("profile: .blamelint-profile.yaml\n", encoding="utf-8")
    assert run("check", "good").returncode == 0
