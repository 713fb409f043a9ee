"""The documentation: not stale, complete, and its examples run."""

from __future__ import annotations

import importlib.util
import re
import textwrap
from pathlib import Path

import pytest
import yaml
from people_reading import linter

from blamelint.checks import CHECKS
from blamelint.config import Config, People, PerPath
from blamelint.configfile import read
from blamelint.diagnostic import Diagnostic
from blamelint.examples import run_examples
from blamelint.linter import Linter
from blamelint.mention import KIND_GROUPS, Kind
from blamelint.packs import load_packs
from blamelint.report import FORMATS
from blamelint.rulefile import KIND_NAMES, ClauseSpec, RuleFile

DOCS = Path(__file__).parents[1] / "docs"
PAGES = sorted(DOCS.glob("*.md"))


def _text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def _blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", _text(name), re.MULTILINE | re.DOTALL)


def test_the_rules_page_is_not_stale() -> None:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None and spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert _text("rules.md") == generate.page(), "run: python docs/generate.py"


def test_every_key_is_documented_with_its_default() -> None:
    text = _text("configuration.md")
    for name, field in Config.model_fields.items():
        if name != "people":
            assert f"`{field.alias or name}`" in text
    for name, field in People.model_fields.items():
        assert f"`people.{field.alias or name}`" in text
    per_path = text.partition("## Per path")[2]
    assert all(f"`{field.alias or name}`" in per_path for name, field in PerPath.model_fields.items())
    defaults = Config().model_dump(mode="json", by_alias=True)
    for key, shown in re.findall(r"^\| `([\w.-]+)` \| `([^`]+)`", text, re.MULTILINE):
        value = defaults["people"][key.removeprefix("people.")] if key.startswith("people.") else defaults[key]
        assert yaml.safe_load(shown) == value, key


@pytest.mark.parametrize("block", [*_blocks("configuration.md", "yaml"), *_blocks("configuration.md", "toml")])
def test_the_configurations_are_valid(block: str, tmp_path: Path) -> None:
    path = tmp_path / ("pyproject.toml" if block.startswith("[") else ".blamelint.yaml")
    path.write_text(block, encoding="utf-8")
    assert read(path).path == path


def test_the_pack_of_the_guide_works(tmp_path: Path) -> None:
    for block in _blocks("writing-rules.md", "yaml"):
        if name := re.match(r"# (\S+\.yaml)\n", block):
            file = tmp_path / name[1]
            file.parent.mkdir(exist_ok=True)
            file.write_text(block, encoding="utf-8")
    folder = tmp_path / "acme-rules"
    config = Config(extend_select=["all"], people=People(git=False, codeowners=False, mailmap=False))
    one = Linter(config.with_packs((folder,)))

    def lint(text: str, format: str) -> list[Diagnostic]:
        return list(one.lint_text(text, format=format).diagnostics)

    rule = load_packs([folder], linter()._model.vocab).get("ACM001")
    assert rule is not None and rule.pack == "acme-rules"
    failures = run_examples(rule, lint)
    assert not failures, "\n".join(map(str, failures))
    assert "BL401" in [d.code for d in lint("The release captain fumbled the failover.", "markdown")]
    assert "BL512" in one.off


@pytest.mark.parametrize(
    "block", [block for block in _blocks("writing-rules.md", "yaml") if block.startswith("match:")]
)
def test_the_matches_of_the_guide_are_valid(block: str, tmp_path: Path) -> None:
    head = "code: ACM002\nname: example\ncategory: blame\nseverity: info\n"
    texts = "summary: s\nmessage: m\nwhy: w\ninstead: i\nexamples: {bad: ['[[x]]'], good: [y]}\n"
    (tmp_path / "example.yaml").write_text(head + texts + block, encoding="utf-8")
    assert load_packs([tmp_path], linter()._model.vocab).get("ACM002") is not None


def test_the_guide_names_all_there_is() -> None:
    text = _text("writing-rules.md")
    fields = {field.alias or name for name, field in RuleFile.model_fields.items()}
    kinds = {kind.value.lower() for kind in Kind} | set(KIND_GROUPS)
    missing = {word for word in (*KIND_NAMES, *ClauseSpec.model_fields, *fields, *kinds) if f"`{word}" not in text}
    assert not missing
    table = text.partition("| Check | Option |")[2].partition("\n\n")[0]
    named = re.findall(r"`([\w-]+)`", "".join(row.split("|")[1] for row in table.splitlines()[2:]))
    assert named and set(named) <= set(CHECKS)


@pytest.mark.parametrize("format", ["markdown", "html", "rst", "text"])
def test_the_suppressions_suppress(format: str) -> None:
    (block,) = _blocks("suppression.md", format)
    report = linter().lint_text(block, format=format)
    assert not report.diagnostics and report.suppressed
    bare = re.sub(r"<!--.*?-->|^\.\. .*$|^# .*$|\[blamelint.*?\]", "", block, flags=re.MULTILINE)
    assert len(linter().lint_text(bare, format=format).diagnostics) == len(report.suppressed)


def test_the_library_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = _blocks("library.md", "python")
    exec(compile(textwrap.dedent(block), "library.md", "exec"), {})
    assert capsys.readouterr().out.startswith("BL401 blame warning ")


def test_every_format_is_documented() -> None:
    assert all(f"| `{name}`" in _text("output-formats.md") for name in FORMATS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    anchors = {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in re.findall(r"^#+ (.+)$", text, re.M)}
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        if target.startswith("#"):
            assert target[1:] in anchors, target
        elif "://" not in target:
            assert (DOCS / target.partition("#")[0]).exists(), target
