from dataclasses import dataclass

import pytest

from blamelint.diagnostic import Severity
from blamelint.selection import Selection, nearest, specificity, unknown


@dataclass(frozen=True)
class R:
    code: str
    name: str = "some-name"
    category: str = "blame"


BL401 = R("BL401", "failed-to", "blame")
BL402 = R("BL402", "hindsight-words", "hindsight")
BL101 = R("BL101", "named-person", "named")


@pytest.mark.parametrize(
    ("select", "ignore", "extend", "on"),
    [
        ((), (), (), True),
        ((), ("BL4",), (), False),
        ((), ("blame",), (), False),
        ((), ("failed-to",), (), False),
        ((), ("hindsight",), (), True),
        (("BL4",), (), (), True),
        (("BL1",), (), (), False),
        (("BL1",), (), ("BL401",), True),
        (("BL4",), ("BL401",), (), False),
        (("BL401",), ("BL4",), (), True),
        (("BL401",), ("BL401",), (), False),
        (("blame",), ("BL4",), (), True),
        (("BL4",), ("blame",), (), False),
        (("BL401",), ("blame",), (), True),
        (("blame",), ("BL401",), (), False),
        (("all",), ("BL4",), (), False),
        (("bl401",), (), (), True),
    ],
)
def test_explicit_beats_implicit_and_longer_beats_shorter(select, ignore, extend, on):
    assert Selection(select, ignore, extend).selects(BL401) is on


def test_off_by_default_unless_asked_for():
    off = frozenset({"BL401"})
    assert not Selection(off=off).selects(BL401)
    assert Selection(off=off).selects(BL402)
    assert Selection(extend_select=("BL401",), off=off).selects(BL401)
    assert Selection(select=("all",), off=off).selects(BL401)


def test_decisions_say_why():
    assert Selection(ignore=("BL4",)).decide(BL401).why == "ignored by 'BL4'"
    assert "BL1" in Selection(select=("BL1",)).decide(BL401).why
    assert Selection(select=("blame",)).decide(BL401).why == "selected by 'blame'"


def test_severity_of_the_closest_selector():
    selection = Selection(severity={"BL4": Severity.INFO, "BL401": Severity.ERROR, "named": Severity.ERROR})
    assert selection.severity_of(BL401, Severity.WARNING) is Severity.ERROR
    assert selection.severity_of(BL402, Severity.WARNING) is Severity.INFO
    assert selection.severity_of(R("BL501"), Severity.WARNING) is Severity.WARNING


def test_unknown_selectors_come_with_the_nearest():
    rules = (BL401, BL402, BL101)
    assert unknown(("BL4", "BL", "blame", "failed-to", "single_cause", "all"), rules) == []
    assert unknown(("BL41", "hindsite", "zzz"), rules) == [("BL41", "BL401"), ("hindsite", "hindsight"), ("zzz", "")]


def test_an_empty_selector_names_nothing():
    assert specificity("", BL401) == 0
    assert nearest("", ["a"]) == ""
