"""Headings of the usual templates to sections."""

from __future__ import annotations

import pytest

from blamelint.block import Section
from blamelint.sections import load_lexicon, section_of, words_of


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Summary", Section.SUMMARY),
        ("📝 Executive Summary", Section.SUMMARY),
        ("TL;DR", Section.SUMMARY),
        ("What happened?", Section.SUMMARY),
        ("1. Impact", Section.IMPACT),
        ("Impact on users", Section.IMPACT),
        ("How many customers were affected?", Section.IMPACT),
        ("2.3) Detection", Section.DETECTION),
        ("Timeline (UTC)", Section.TIMELINE),
        ("Detailed timeline of events", Section.TIMELINE),
        ("Contributing Factor(s)", Section.FACTORS),
        ("Root Causes", Section.ROOT_CAUSE),
        ("Root cause identification: The Five Whys", Section.ROOT_CAUSE),
        ("5 Whys", Section.ROOT_CAUSE),
        ("What went well", Section.WENT_WELL),
        ("What didn’t go so well?", Section.WENT_BADLY),
        ("What could have gone better", Section.WENT_BADLY),
        ("Where we got lucky 🍀", Section.LUCKY),
        ("Resolution and recovery", Section.RESOLUTION),
        ("Lessons Learned", Section.LESSONS),
        ("Action items", Section.ACTIONS),
        ("Follow-up", Section.ACTIONS),
        ("How will we prevent this in the future?", Section.ACTIONS),
        ("Corrective and Preventative Measures", Section.ACTIONS),
        ("**Attendees:**", Section.PARTICIPANTS),
        ("Incident Responders", Section.PARTICIPANTS),
        ("Related links", Section.REFERENCES),
        ("Metadata", Section.METADATA),
        ("10:42", Section.NONE),
        ("2020-01-01 10:42 - Mitigation", Section.NONE),
        ("BinderHub", Section.NONE),
        ("Why did the deploy of the impact service take so long", Section.NONE),
        ("", Section.NONE),
        ("x " * 500, Section.NONE),
    ],
)
def test_sections(heading: str, section: Section) -> None:
    assert section_of(heading) is section


def test_every_section_but_none_has_phrases() -> None:
    assert set(load_lexicon("sections")) == {str(section) for section in Section} - {"none"}


def test_a_phrase_belongs_to_one_section_and_is_found() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for section, phrases in load_lexicon("sections").items():
        for phrase in phrases:
            assert seen.setdefault(words_of(phrase), section) == section, phrase
            assert section_of(phrase) == section


def test_numbering_is_no_word() -> None:
    assert words_of("IV. Root_cause & fix") == ("root", "cause", "and", "fix")
