"""The library as its users see it: only names of the public surface are used here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import blamelint
from blamelint import (
    BlamelintError,
    Config,
    ConfigError,
    InputError,
    Linter,
    ModelError,
    Report,
    RuleError,
    Severity,
    Span,
    lint,
)

TEXT = "# Outage 🔥\n\nAt 02:14 the *on-call engineer* failed to check the lag. The health check failed too.\n"


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(Config(ignore=["named"], people={"git": False, "codeowners": False, "mailmap": False}))


def test_every_public_name_is_there() -> None:
    assert all(getattr(blamelint, name) is not None for name in blamelint.__all__)
    assert set(blamelint.__all__) <= set(dir(blamelint))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = blamelint.nothing


def test_importing_is_cheap() -> None:
    code = "import sys, blamelint; sys.exit(any(m in sys.modules for m in ('spacy', 'pydantic', 'yaml', 'rich')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_string() -> None:
    report = lint(TEXT)
    (found,) = report.diagnostics
    assert isinstance(report, Report) and report.source == TEXT and not report.failures
    assert (found.code, found.name, found.category, found.severity) == (
        "BL401",
        "failure-verb",
        "blame",
        Severity.WARNING,
    )
    assert found.text == "the on-call engineer failed"
    assert TEXT[found.span.start : found.span.end] == "the *on-call engineer* failed"
    assert TEXT[found.sentence.start : found.sentence.end].endswith("check the lag.")
    assert found.sentence.contains(found.span) and found.message and found.why and found.instead


def test_evidence_says_who_did_what() -> None:
    (found,) = lint(TEXT).diagnostics
    evidence = {one.role: TEXT[one.span.start : one.span.end] for one in found.evidence}
    assert evidence["agent"] == "the *on-call engineer"
    assert evidence["predicate"] == "failed"


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("html", "<p>The DBA <b>forgot</b> to renew it &amp; more.</p>"),
        ("rst", "Outage\n======\n\nThe DBA *forgot* to renew it.\n"),
        ("text", "The DBA\nforgot to renew it.\n"),
    ],
)
def test_other_formats(format: str, text: str) -> None:
    (found,) = lint(text, format).diagnostics
    assert found.text.split() == ["The", "DBA", "forgot"]
    assert text[found.span.start : found.span.start + 7] == "The DBA"


def test_an_unknown_format_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="no format 'docx'"):
        lint("x", "docx")


def test_a_file(linter: Linter, tmp_path: Path) -> None:
    path = tmp_path / "a.rst"
    path.write_bytes(b"\xef\xbb\xbfThe DBA forgot to renew it.\r\n")
    report = linter.lint_file(path)
    assert report.path == str(path)
    assert [d.span for d in report.diagnostics] == [Span(0, 14)]


def test_settings_and_severities(linter: Linter) -> None:
    assert linter.lint_text("Dave restarted the queue.", format="markdown").diagnostics == ()
    strict = Linter(Config(select=["BL401"], severity={"BL401": "error"}))
    report = strict.lint_text("The DBA forgot it. The DBA should have asked.", format="markdown")
    assert [(d.code, d.severity) for d in report.diagnostics] == [("BL401", Severity.ERROR)]
    assert report.at_least(Severity.ERROR) == report.diagnostics


def test_what_the_text_suppresses_is_apart() -> None:
    report = lint("<!-- blamelint: ignore-next-line BL401 -- quoted -->\nThe DBA forgot to renew it.\n")
    assert not report.diagnostics
    assert [d.code for d in report.suppressed] == ["BL401"]


def test_rules_can_be_listed(linter: Linter) -> None:
    codes = [rule.code for rule in linter.rules]
    assert codes == sorted(codes) and "BL401" in codes
    assert linter.off <= set(codes)


def test_a_document_can_be_read(linter: Linter) -> None:
    document = linter.read(TEXT, format="markdown")
    assert [sentence.text for sentence in document][1].startswith("the on-call engineer failed")
    assert document.sentences[1].clauses


def test_errors_say_what_and_where(linter: Linter, tmp_path: Path) -> None:
    for error in (ConfigError, InputError, ModelError, RuleError):
        assert issubclass(error, BlamelintError) and error.exit_code == 2
    with pytest.raises(InputError, match="does not exist"):
        linter.lint_file(tmp_path / "none.md")
    with pytest.raises(ModelError, match=r"is not installed \(install it"):
        Linter(Config(model="no_such_model")).lint_text("The DBA forgot it.", format="markdown")
    with pytest.raises(BlamelintError):
        _ = Linter(Config(packs=[str(tmp_path / "none")])).rules
    with pytest.raises(ValueError, match=r"fail-on|fail_on"):
        Config(fail_on="loud")
