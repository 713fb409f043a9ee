"""Who is a person, who is a role or a group, and what only looks like a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from people_reading import actors, last, people

from blamelint.errors import ConfigError
from blamelint.people import roster


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sarah ran the migration.", "Sarah"),
        ("Oluwaseun fails over the replica.", "Oluwaseun"),
        ("Nguyễn Văn An assumed that the buckets were separate.", "Nguyễn Văn An"),
        ("The index was dropped by Priya Raman.", "Priya Raman"),
        ("02:40 @tlee acknowledged the page.", "@tlee"),
        ("Will throttled the partner API from his phone.", "Will"),
        ("Mark set the gateway back to green at 09:52.", "Mark"),
        ("Hope re-enabled card tokenisation.", "Hope"),
        ("Per Eriksson opened the case.", "Per Eriksson"),
        ("First reports arrive from Sarika de Bruyn.", "Sarika de Bruyn"),
        ("The cable was pulled by Liam O'Brien.", "Liam O'Brien"),
        ("Siobhán's deletion removed the path.", "Siobhán"),
        ("Mei-Ling picked up the change.", "Mei-Ling"),
        ("Our DBA Oyelaran, who was on call, restarted it.", "Oyelaran"),
        ("13:05 UTC - dustin restarts the workers.", "dustin"),
        ("T. Nakagawa (TN) joined. 03:44 – TN restarts the sync.", "TN"),
        ("[09:14] tom: hi all\n\nThen tom restarted the queue.", "tom"),
        ("Grace and Chase rolled back the deploy.", "Grace"),
        ("O'Brien restarted the broker.", "O'Brien"),
        ("tom@example.com restarted the broker.", "tom@example.com"),
        ("Florence from the video team restarted the workers.", "Florence"),
    ],
)
def test_people(text: str, name: str) -> None:
    assert name in people(text)


@pytest.mark.parametrize(
    "text",
    [
        "Jenkins restarted the job.",
        "Kafka rebalanced while Cassandra caught up.",
        "Alfred, our chat-ops bot, restarted the job. Alfred posted the result.",
        "Will throttle the partner API from 14:00.",
        "Mark the gateway back to green only after the probe.",
        "Hope of re-enabling the cards is given up.",
        "The Dijkstra job ran.",
        "Traffic is served from two regions, Sydney and Victoria. Victoria lost both PDUs.",
        "@payments-oncall acked at 03:02.",
        "@drain-bot drained the pool.",
        "The Strimzi operator bumped the CRDs.",
        "Floyd–Warshall sent the vans over the ring road.",
        "Everything was restarted on Monday in March.",
        "Hartmann GmbH changed the VAT table.",
        "Our gateway (Eusébio) lost replies. Eusébio parked the captures.",
        "Astrid (the account sync) disabled the accounts.",
        "Our DNS publisher, Colette, deletes records. Colette removed it.",
        "Matilda, the lifecycle scheduler, starts its run. Matilda queued the objects.",
        "**Services:** Cordelia (inventory), Bazaar (shop)\n\nCordelia answered from a replica.",
        "Barbara writes to its own audit log. Barbara lost the entries.",
        "Božena, for its part, accepts both orders. Božena reported no errors.",
        "Zuzana, which is the name of the watchdog, raised an alert.",
        "On 2 May Karin's holiday began. 2 May is a holiday, so the file was not sent.",
        "Page acknowledged",
        "08:20 failed joins rose to 3 %. Then failed joins fell.",
        "22:57 and found the mismatch. It looked odd and the desk asked.",
        "The service `luigi-worker` restarted.",
        "Mark restarted the broker. Mark the alert as read.",
        "The agent forgot its lease.",
    ],
)
def test_no_people(text: str) -> None:
    assert people(text) == set()


@pytest.mark.parametrize(
    ("text", "mention", "kind"),
    [
        ("The on-call engineer restarted it.", "The on-call engineer", "ROLE"),
        ("It was closed by the night shift.", "the night shift", "GROUP"),
        ("Two engineers rebuilt it.", "Two engineers", "GROUP"),
        ("We restarted it.", "We", "WE"),
        ("I restarted it.", "I", "AUTHOR"),
        ("Nobody noticed.", "Nobody", "NOBODY"),
        ("No one noticed.", "No one", "NOBODY"),
        ("Not one of us noticed.", "one", "NOBODY"),
        ("Someone forgot it.", "Someone", "SOMEONE"),
        ("The attacker deleted it.", "The attacker", "ATTACKER"),
    ],
)
def test_roles_and_groups(text: str, mention: str, kind: str) -> None:
    assert actors(text).get(mention) == kind


@pytest.mark.parametrize(
    "text", ["The admin panel failed.", "The reviewer queue was full.", "The load balancer failed."]
)
def test_a_role_that_modifies_a_thing_is_none(text: str) -> None:
    assert not set(actors(text).values()) & {"ROLE", "GROUP"}


@pytest.mark.parametrize(
    ("text", "pronoun", "kind", "name"),
    [
        ("Wójcik had been paged. By the time he opened it, it was full.", "he", "PERSON", "Wójcik"),
        ("The secondary engineer had been paged. She opened it.", "She", "ROLE", ""),
        ("The request came from the treasury team. They never answered.", "They", "GROUP", ""),
        ("Tomasz Nowak was rostered as technician. He disconnected it.", "He", "PERSON", "Tomasz Nowak"),
    ],
)
def test_pronouns_stand_for_who_was_meant_last(text: str, pronoun: str, kind: str, name: str) -> None:
    found = next(m for m in last(text).mentions if m.text == pronoun)
    assert found.kind == kind and (not name or found.name == name)


def test_they_for_things_is_nobody() -> None:
    assert "They" not in actors("The pods were evicted. They came back on another node.")


def test_every_person_has_evidence_and_a_confidence() -> None:
    (mention,) = (m for m in last("Sarah Lindqvist ran it.").mentions)
    assert 0.5 < mention.confidence <= 1 and mention.evidence and mention.name == "Sarah Lindqvist"


def test_roster_sources(tmp_path: Path) -> None:
    (tmp_path / "CODEOWNERS").write_text("* @tlee @acme/core\n/db/ ana@example.com\n")
    (tmp_path / ".mailmap").write_text("Ada Okafor <ada@example.com>\n")
    (tmp_path / "oncall.csv").write_text("Name,Email\nTomasz Nowak,tomasz@example.com\nci-bot,bot@example.com\n")
    (tmp_path / "oncall.json").write_text('{"users": [{"name": "Mei Lin", "login": "mlin"}]}')
    found = roster.build(
        ["Rob"], [tmp_path / "oncall.csv", tmp_path / "oncall.json"], root=tmp_path, codeowners=True, mailmap=True
    )
    names = {"Rob", "tlee", "ana", "Ada Okafor", "ada", "Tomasz Nowak", "tomasz", "Mei Lin", "mlin"}
    assert set(found.people) == names


@pytest.mark.parametrize(("name", "text"), [("a.json", "{"), ("a.csv", "colour,size\nred,3\n"), ("a.csv", "\xff")])
def test_a_broken_roster_is_one_clear_line(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError, match="roster"):
        roster.build([], [tmp_path / name])
