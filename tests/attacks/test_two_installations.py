"""Two installations exchange a case for real, a third looks on, and consent takes it all back.

The story runs once, through the command, between three databases; each test holds one thing of it.
"""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from shutil import which
from typing import TYPE_CHECKING, Any

import pytest

from tests.attacks.exchanging import House, opened_house
from tests.core.sharing.factories import AUDIENCE, NAME
from tests.repression.coordination.factories import NAME as SUBJECT_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.config.postgres import Lease

pytestmark = pytest.mark.slow

NAMES = ("Harbour Watch", "Lantern Fund", "Beacon Trust")
AUDIENCES = ("organisation:harbour-watch", AUDIENCE, "organisation:beacon-trust")
FORGETS = """
    SELECT (SELECT count(*) FROM actors_partyname WHERE party_id = k.subject),
        (SELECT count(*) FROM events_act WHERE victim_id = k.subject),
        (SELECT count(*) FROM registry_listentry WHERE party_id = k.subject),
        (SELECT count(*) FROM vault_recordkey r WHERE r.record_id = i.record),
        k.given_up_at IS NOT NULL, i.envelope IS NULL
    FROM sharing_kept k JOIN sharing_arrivalitem i ON i.id = k.item_id
    WHERE k.subject_kind = 'party'
"""


@dataclass
class Story:
    """What was said, and what lay in the databases, at each step."""

    said: dict[str, str] = field(default_factory=dict)
    held: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    package: bytes = b""
    proposal: bytes = b""


@pytest.fixture(scope="module")
def story(database_server: Lease) -> Iterator[Story]:
    assert database_server, "its migrated files are copied"
    with ExitStack() as stack, ThreadPoolExecutor(3) as hands:
        houses = list(hands.map(stack.enter_context, map(opened_house, NAMES)))
        told = Story()
        known = _befriended(houses, hands)
        _send(houses[0], houses[1], known, told)
        _take_in(houses, hands, told)
        _accept(houses[1], told)
        _send_on(houses[1], known, told)
        _take_back(houses[0], houses[1], told)
        _propose(houses, known, told)
        yield told


def _befriended(houses: list[House], hands: ThreadPoolExecutor) -> dict[tuple[str, str], str]:
    """Let two record each other, and one of them the third; a second person compares."""
    ours, theirs, third = houses
    others = {ours.name: [theirs], theirs.name: [ours, third]}

    def meet(house: House) -> dict[tuple[str, str], str]:
        told = [
            {"name": other.name, "audience": AUDIENCES[houses.index(other)]} | other.told["own"]
            for other in others[house.name]
        ]
        found = house.inside("meet", partners=json.dumps(told))
        return {(house.name, name): which for name, which in found.items()}

    known: dict[tuple[str, str], str] = {}
    for found in hands.map(meet, houses[:2]):
        known |= found
    return known


def _proposal(house: House, party: str, to: str) -> tuple[object, ...]:
    return (
        "share", "propose", house.holder, "--item", f"registry.case:{party}", "--to", to,
        "--tlp", "AMBER+STRICT", "--pap", "GREEN", "--purpose", "campaign",
    )  # fmt: skip


def _send(ours: House, theirs: House, known: dict[tuple[str, str], str], told: Story) -> None:
    words = _proposal(ours, ours.told["party"], known[ours.name, theirs.name])
    parcel = ours.run("caseworker", *words).split()[0]
    ours.run("steward", "share", "export", parcel, key=True)
    (file,) = ours.files.glob("*.age")
    told.package = file.read_bytes()
    (theirs.files / "package.age").write_bytes(told.package)
    identity = theirs.files / "identity.txt"
    identity.write_text(theirs.told["own"]["identity"] + "\n")
    told.said["verified"] = theirs.command(
        "share", "verify", "package.age", "--identity", identity,
        "--key", ours.told["own"]["fingerprint"],
    )  # fmt: skip


def _take_in(houses: list[House], hands: ThreadPoolExecutor, told: Story) -> None:
    _, theirs, third = houses
    (third.files / "stolen.age").write_bytes(told.package)

    def take(house: House, file: str, status: int) -> str:
        words = ("share", "import", file, "--holder", house.holder)
        return house.run("steward", *words, key=True, status=status)

    arrived, stolen = (
        hands.submit(take, theirs, "package.age", 0),
        hands.submit(take, third, "stolen.age", 2),
    )
    told.said["arrived"], told.said["stolen"] = arrived.result(), stolen.result()
    told.held["third"] = third.sql("SELECT count(*) FROM sharing_arrival")
    told.held["not yet"] = theirs.sql("SELECT count(*) FROM sharing_kept")


def _accept(theirs: House, told: Story) -> None:
    ((item,),) = theirs.sql("SELECT id FROM sharing_arrivalitem")
    told.said["looked"] = theirs.run("steward", "share", "look", item, key=True)
    into = ("--into", theirs.told["list"])
    told.said["accepted"] = theirs.run("steward", "share", "accept", item, *into, key=True)
    told.held["waiting"] = theirs.sql("SELECT answer FROM registry_listproposal")
    theirs.inside("agree", audience=AUDIENCES[2])
    told.held["listed"] = theirs.sql(
        "SELECT s.publisher, s.title, a.tlp, a.pap, k.until = a.expires_at, k.until > now()"
        " FROM registry_listentry e JOIN sharing_kept k ON k.subject = e.party_id"
        " JOIN sharing_arrivalitem i ON i.id = k.item_id JOIN sharing_arrival a"
        " ON a.id = i.arrival_id JOIN evidence_citation c ON c.subject_id = e.party_id"
        " JOIN evidence_source s ON s.id = c.source_id WHERE e.withdrawn_at IS NULL"
        " AND c.subject_kind = 'party'"
    )
    told.held["published"] = theirs.sql(
        "SELECT (SELECT count(*) FROM registry_publication), (SELECT count(*) FROM published_case)"
    )


def _send_on(theirs: House, known: dict[tuple[str, str], str], told: Story) -> None:
    ((party,),) = theirs.sql("SELECT subject FROM sharing_kept WHERE subject_kind = 'party'")
    words = _proposal(theirs, party, known[theirs.name, NAMES[2]])
    told.said["onward"] = theirs.run("caseworker", *words, status=2)


def _take_back(ours: House, theirs: House, told: Story) -> None:
    told.held["before"] = theirs.sql(FORGETS)
    ours.run("steward", "consent", "revoke", ours.told["grant"])
    told.held["our copy"] = ours.sql("SELECT count(*) FROM sharing_copy WHERE sealed IS NOT NULL")
    ours.run("steward", "share", "notices")
    _carry(ours, theirs, "takedown*")
    words = ("share", "import", "takedown.age", "--holder")
    told.said["obeyed"] = theirs.run("steward", *words, theirs.holder, key=True)
    told.held["after"] = theirs.sql(FORGETS)
    _carry(theirs, ours, "receipt*")
    words = ("share", "import", "receipt.age", "--holder")
    told.said["confirmed"] = ours.run("steward", *words, ours.holder, key=True)
    told.held["slips"] = ours.sql("SELECT why, receipt FROM sharing_slip")


def _propose(houses: list[House], known: dict[tuple[str, str], str], told: Story) -> None:
    """Let one propose sanctions to the other by packages, and the other accept."""
    ours, theirs, third = houses
    partner = known[ours.name, theirs.name]
    passphrase = ours.told["people"]["caseworker"]["passphrase"]
    made = ours.inside("propose", partner=partner, passphrase=passphrase)
    told.proposal = _sealed(ours, made["parcel"])
    _accepted(theirs, told.proposal)
    (third.files / "proposed.age").write_bytes(told.proposal)
    words = ("share", "import", "proposed.age", "--holder", third.holder)
    told.said["proposal stolen"] = third.run("steward", *words, key=True, status=2)
    passphrase = theirs.told["people"]["caseworker"]["passphrase"]
    answer = theirs.inside("answer", passphrase=passphrase)
    told.said["opened"] = answer["subject"]
    back = _sealed(theirs, answer["parcel"])
    _accepted(ours, back)
    told.held["guest"] = ours.sql("SELECT name, answer, go_for FROM coordination_guest")
    told.held["words"] = ours.sql(
        "SELECT r.kind, g.name, position('council' in encode(r.envelope, 'escape'))"
        " FROM coordination_remark r JOIN coordination_guest g ON g.id = r.guest_id"
    )
    told.held["parties"] = ours.sql("SELECT count(*) FROM coordination_party")
    (ours.files / "again.age").write_bytes(back)
    words = ("share", "import", "again.age", "--holder", ours.holder)
    told.said["answered again"] = ours.run("steward", *words, key=True, status=2)


def _sealed(house: House, parcel: str) -> bytes:
    before = set(house.files.glob("*.age"))
    house.run("steward", "share", "export", parcel, key=True)
    (file,) = set(house.files.glob("*.age")) - before
    return file.read_bytes()


def _accepted(house: House, content: bytes) -> str:
    (house.files / "came.age").write_bytes(content)
    house.run("steward", "share", "import", "came.age", "--holder", house.holder, key=True)
    ((item,),) = house.sql("SELECT id FROM sharing_arrivalitem WHERE state = 'waiting'")
    return house.run("steward", "share", "accept", item, key=True)


def _carry(one: House, other: House, pattern: str) -> None:
    (file,) = one.files.glob(pattern)
    (other.files / f"{pattern.rstrip('*')}.age").write_bytes(file.read_bytes())


def test_a_case_goes_from_one_installation_to_the_other_by_two_people(story: Story) -> None:
    assert f"signed by {NAMES[0]}, made out to {NAMES[1]}" in story.said["verified"]
    assert "TLP:AMBER+STRICT" in story.said["verified"]
    assert f"from {NAMES[0]}, TLP:AMBER+STRICT; review it" in story.said["arrived"]
    assert NAME in story.said["looked"]
    assert "Roll of partners" in story.said["looked"]
    assert story.held["not yet"] == [(0,)], "nothing becomes a record before somebody accepts it"


def test_a_third_installation_opens_nothing(story: Story) -> None:
    assert "no key of your organisation opens this file" in story.said["stolen"]
    assert story.held["third"] == [(0,)]


@pytest.mark.skipif(which("age-keygen") is None, reason="age is not installed (Debian: age)")
def test_nobody_opens_the_file_without_the_recipients_identity(
    story: Story, tmp_path: Path
) -> None:
    (tmp_path / "package.age").write_bytes(story.package)
    subprocess.run(["age-keygen", "-o", tmp_path / "other"], check=True, capture_output=True)
    opened = subprocess.run(
        ["age", "-d", "-i", tmp_path / "other", tmp_path / "package.age"],
        check=False,
        capture_output=True,
    )
    assert opened.returncode != 0
    assert opened.stdout == b""
    for words in (*NAMES, NAME):
        assert words.encode() not in story.package


def test_what_was_accepted_waits_for_the_list_and_keeps_source_and_marking(story: Story) -> None:
    assert story.held["waiting"] == [("",)], "the list's steward has not answered yet"
    listed = set(story.held["listed"])
    assert len(listed) == 1
    ((publisher, title, tlp, pap, ends_with_it, goes_on),) = listed
    assert publisher == NAMES[0]
    assert title.startswith(f"received from {NAMES[0]} under TLP:AMBER+STRICT until ")
    assert (tlp, pap, ends_with_it, goes_on) == ("AMBER+STRICT", "GREEN", True, True)
    assert story.held["published"] == [(0, 0)]


def test_what_was_received_goes_to_no_third_though_its_person_agreed(story: Story) -> None:
    assert "never goes onward" in story.said["onward"]


def test_a_withdrawal_here_erases_the_copy_there_and_the_receipt_comes_back(story: Story) -> None:
    ((names, acts, entries, keys, given_up, emptied),) = story.held["before"]
    assert min(names, acts, entries, keys) > 0
    assert not given_up
    assert not emptied
    assert story.held["our copy"] == [(0,)], "what lies here is destroyed with the withdrawal"
    assert "erased_with_records" in story.said["obeyed"]
    assert story.held["after"] == [(0, 0, 0, 0, True, True)]
    assert f"Confirmed by {NAMES[1]}: erased_with_records." in story.said["confirmed"]
    assert story.held["slips"] == [("revoked", "erased_with_records")]


def test_a_proposal_goes_to_a_partner_elsewhere_and_its_answer_comes_back(story: Story) -> None:
    assert story.said["opened"] == SUBJECT_NAME
    assert SUBJECT_NAME.encode() not in story.proposal
    assert "no key of your organisation opens this file" in story.said["proposal stolen"]
    assert story.held["guest"] == [(NAMES[1], "accepted", None)]
    assert story.held["words"] == [("reason", NAMES[1], 0)]
    assert story.held["parties"] == [(1,)], "a guest is never turned into a party here"
    assert "was taken in" in story.said["answered again"]
