"""Statements of the Beneficial Ownership Data Standard: every interest a stake, faults by row."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.screening.statements import (
    as_file,
    entity,
    interest,
    person,
    relationship,
    rows_of,
)
from undaunted.coercion.screening.readers import FileRefused, read_stakes
from undaunted.coercion.screening.rules import Publication
from undaunted.coercion.screening.writers import bods
from undaunted.engines.ownership import (
    ALWAYS,
    NEVER,
    WHOLE,
    PartyKind,
    Right,
    Rule,
    control,
    gather_stakes,
    votes_graph,
)
from undaunted.engines.ownership.parties import Register

if TYPE_CHECKING:
    from undaunted.coercion.screening.readers import Loaded

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "ownership" / "bods"
PUBLISHED = Publication("Screening office of Freedonia", date(2026, 11, 26))
DAY = date(2026, 1, 1).toordinal()


def _read(folder: Path, *statements: Any) -> Loaded:
    return read_stakes(as_file(folder, list(statements)))


def _rules(loaded: Loaded) -> list[tuple[Rule, tuple[int, ...]]]:
    return [(each.rule, each.rows) for each in loaded.findings]


def test_every_interest_is_a_stake_of_its_kind(tmp_path: Path) -> None:
    loaded = _read(
        tmp_path,
        entity("state", "state", jurisdiction={"code": "XR", "name": "Ruritania"}),
        entity("port"), person("Anna"),
        relationship(
            "state", "port", interest(51), interest(None, "votingRights", share={
                "exclusiveMinimum": 50, "maximum": 75}), interest(None, "appointmentOfBoard"),
        ),
        relationship("Anna", "port", interest("12,5 %", startDate="2020-03-01"),
                     interest(None, "otherInfluenceOrControl", details="lender")),
    )  # fmt: skip
    assert rows_of(loaded.stakes) == [
        ("Anna", "port", Right.EQUITY, 125_000_000, 125_000_000, date(2020, 3, 1).toordinal(),
         NEVER, DAY, NEVER),
        ("Anna", "port", Right.LENDER, 0, WHOLE, ALWAYS, NEVER, DAY, NEVER),
        ("STATE:XR", "port", Right.EQUITY, 510_000_000, 510_000_000, ALWAYS, NEVER, DAY, NEVER),
        ("STATE:XR", "port", Right.VOTES, 500_000_001, 750_000_000, ALWAYS, NEVER, DAY, NEVER),
        ("STATE:XR", "port", Right.BOARD, 0, WHOLE, ALWAYS, NEVER, DAY, NEVER),
    ]  # fmt: skip
    assert _rules(loaded) == [(Rule.MISSING, (4,))]
    assert loaded.stakes.parties.kinds.tolist() == [3, 1, 2]
    assert loaded.stakes.sources == ("Register of Freedonia",)
    assert control(votes_graph(loaded.stakes), ["STATE:XR"]).must.size == 1


def test_what_the_standard_lets_pass_is_found(tmp_path: Path) -> None:
    loaded = _read(
        tmp_path,
        entity("a"), entity("b"), entity("c"), person("Nemo", "anonymousPerson", names=[]),
        relationship("a", "b", interest(100)), relationship("b", "a", interest(100)),
        relationship("c", "c", interest(10)), relationship("a", "c", interest(95)),
        relationship("Nemo", "c", interest(None, share={"minimum": 50, "maximum": 25})),
        relationship({"reason": "noBeneficialOwners"}, "b", interest(0)),
        relationship("a", "d", interest(130), interest(40, "boardMember")),
        relationship("c", "b", interest(30, "influence"), record="x"),
        relationship("b", "c", interest(7, directOrIndirect="indirect")),
        relationship("a", None, interest(7), record="y"), "no statement", {"recordType": "gift"},
    )  # fmt: skip
    assert _rules(loaded) == [
        (Rule.ANONYMOUS, (4,)), (Rule.LOOP, (5, 6)), (Rule.SELF, (7,)), (Rule.TOTAL, (7, 8)),
        (Rule.ORDER, (9,)), (Rule.OWNER, (10,)), (Rule.REFERENCE, (11,)), (Rule.OFFICE, (11,)),
        (Rule.RANGE, (11,)), (Rule.UNTOLD, (12,)), (Rule.INDIRECT, (13,)), (Rule.COMPANY, (14,)),
        (Rule.UNREAD, (15,)), (Rule.UNREAD, (16,)),
    ]  # fmt: skip
    assert len(loaded.stakes) == 9
    indirect = loaded.stakes.take(loaded.stakes.row == 13)
    assert (int(indirect.lo[0]), int(indirect.hi[0])) == (0, 70_000_000)


def test_loops_are_closed_on_a_day_not_over_time(tmp_path: Path) -> None:
    loaded = _read(
        tmp_path, entity("a"), entity("b"),
        relationship("a", "b", interest(100, endDate="2020-01-01")),
        relationship("b", "a", interest(100, startDate="2020-01-01")),
    )  # fmt: skip
    assert loaded.findings == ()


def test_a_record_is_known_until_its_next_statement(tmp_path: Path) -> None:
    told: dict[str, Any] = {"record": "r"}
    loaded = _read(
        tmp_path, entity("a"), entity("b"),
        relationship("a", "b", interest(40), **told),
        relationship("a", "b", interest(60), **told, recordStatus="updated",
                     statementDate="2026-03-01"),
        relationship("a", "b", interest(60), **told, recordStatus="closed",
                     statementDate="2026-06-01"),
    )  # fmt: skip
    march, june = date(2026, 3, 1).toordinal(), date(2026, 6, 1).toordinal()
    assert [row[4:] for row in rows_of(loaded.stakes)] == [
        (400_000_000, ALWAYS, NEVER, DAY, march),
        (600_000_000, ALWAYS, june, june, NEVER),
        (600_000_000, ALWAYS, NEVER, march, june),
    ]
    known = loaded.stakes.known_at(date(2026, 2, 1))
    assert control(votes_graph(known), ["a"]).must.size == 0
    assert loaded.findings == ()


def test_statements_in_one_place_need_not_hold(tmp_path: Path) -> None:
    late = {"recordStatus": "updated", "statementDate": "2026-02-01"}
    loaded = _read(
        tmp_path, entity("a"), entity("b"),
        relationship("a", "b", interest(60), record="r"),
        relationship("a", "b", interest(70), record="r", **late, statementId="x"),
        relationship("a", "b", interest(80), record="r", **late, statementId="x"),
    )  # fmt: skip
    assert _rules(loaded) == [
        (Rule.REPLACED, (4,)), (Rule.SEVERAL, (4, 5)), (Rule.REPLACED, (5,)), (Rule.REPLACED, (5,)),
    ]  # fmt: skip
    graph = votes_graph(loaded.stakes.known_at(date(2026, 11, 26)))
    found = control(graph, ["a"])
    assert (found.must.size, found.names(found.may)) == (0, ("b",))


def test_statements_before_version_0_4_are_read(tmp_path: Path) -> None:
    def stated(name: str, replaces: list[str], share: float, day: str) -> dict[str, Any]:
        return {
            "statementID": name, "statementType": "ownershipOrControlStatement",
            "statementDate": day, "subject": {"describedByEntityStatement": "e"},
            "interestedParty": {"describedByPersonStatement": "p"}, "replacesStatements": replaces,
            "interests": [{"type": "voting-rights", "interestLevel": "direct",
                           "share": {"minimum": share, "exclusiveMinimum": True, "maximum": 100}}],
        }  # fmt: skip

    company = {"statementID": "e", "statementType": "entityStatement", "name": "Port",
               "entityType": "registeredEntity"}  # fmt: skip
    human = {"statementID": "p", "statementType": "personStatement", "personType": "unknownPerson",
             "unspecifiedPersonDetails": {"reason": "no-beneficial-owners"}}  # fmt: skip
    one = stated("1", [], 25, "2018-01-01")
    loaded = _read(tmp_path, company, human, one, stated("2", ["1"], 50, "2019-01-01"))
    assert [row[2:4] for row in rows_of(loaded.stakes)] == [
        (Right.VOTES, 250_000_001), (Right.VOTES, 500_000_001)
    ]  # fmt: skip
    assert _rules(loaded) == [(Rule.ANONYMOUS, (2,))]
    assert control(votes_graph(loaded.stakes.known_at(date(2020, 1, 1))), ["p"]).must.size == 1
    both = stated("3", ["1", "2"], 75, "2020-01-01")
    merged = _read(tmp_path, company, human, one, stated("2", [], 50, "2019-01-01"), both)
    assert [row[3] for row in rows_of(merged.stakes.standing())] == [750_000_001]
    assert len(merged.stakes.known_at(date(2019, 6, 1))) == 2
    later = _read(tmp_path, company, human, one, stated("2", [], 50, "2019-01-01"), both,
                  stated("4", ["2"], 40, "2021-01-01"))  # fmt: skip
    assert len(later.stakes.standing()) == 2
    twice = _read(tmp_path, company, human, one, stated("2", ["1"], 50, "2019-01-01"),
                  stated("3", ["1"], 75, "2019-02-01"))  # fmt: skip
    assert (Rule.REPLACED, (4,)) in _rules(twice)
    assert (Rule.REPLACED, (5,)) in _rules(twice)
    ring = _read(tmp_path, company, human, stated("1", ["2"], 25, "2018-01-01"),
                 stated("2", ["1"], 50, "2019-01-01"))  # fmt: skip
    assert len(ring.stakes) == 2


def test_partial_and_meaningless_days_are_found(tmp_path: Path) -> None:
    loaded = _read(
        tmp_path, entity("a"), entity("b"), entity("c"),
        relationship("a", "b", interest(60, startDate="2020-02", endDate="2024")),
        relationship("c", "b", interest(10, startDate="long ago"), record="r",
                     statementDate="soon"),
        relationship("b", "a", interest(None, share={"exact": []}), record="q"),
        relationship("b", "a", interest(None, share={"minimum": "10-20"}), record="p"),
    )  # fmt: skip
    assert [rule for rule, _ in _rules(loaded)] == [
        Rule.PARTIAL, Rule.PARTIAL, Rule.DAY, Rule.DAY, Rule.UNREADABLE, Rule.UNREADABLE,
        Rule.REPEAT,
    ]  # fmt: skip
    held = loaded.stakes.take(loaded.stakes.row == 4)
    assert int(held.valid_from[0]) == date(2020, 2, 29).toordinal()
    assert int(held.valid_to[0]) == date(2024, 1, 1).toordinal()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[{"statementId": "1"', "line 1, column 21: ends in the middle; fetch the file again"),
        ('[{"statementId": 1}, nonsense, 3, 4]', "is no JSON"),
        ('[{"statementId": ' + "[" * 200_000, "is no JSON: RecursionError"),
    ],
)
def test_a_document_that_is_broken_is_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(FileRefused, match=said.replace("[", r"\[")):
        read_stakes(as_file(tmp_path, content), "bods")


def test_packed_files_are_refused_and_lines_are_read(tmp_path: Path) -> None:
    packed = tmp_path / "file.json"
    packed.write_bytes(b"\x1f\x8b rest")
    with pytest.raises(FileRefused, match="is packed; unpack it first"):
        read_stakes(packed)
    told = [entity("a"), entity("b"), relationship("a", "b", interest(60))]
    lines = "\n".join([*(json.dumps(each) for each in told), '{"statementId": "cut', ""])
    loaded = read_stakes(as_file(tmp_path, lines, "file.jsonl"))
    assert _rules(loaded) == [(Rule.UNREAD, (4,))]
    assert len(loaded.stakes) == 1


def test_what_is_written_is_read_as_it_was(tmp_path: Path) -> None:
    register = Register()
    kinds = {"STATE:XR": PartyKind.STATE, "Anna": PartyKind.PERSON, "Port": PartyKind.COMPANY,
             "Public": PartyKind.SEVERAL, "Somebody": PartyKind.UNKNOWN,
             "Ministry": PartyKind.STATE}  # fmt: skip
    numbers = {name: register.number(name, kind) for name, kind in kinds.items()}
    rows: list[tuple[Any, ...]] = [
        ("STATE:XR", 0, 510_000_000, 510_000_000, DAY, NEVER),
        ("Anna", Right.VOTES, 123_456_789, 500_000_001, DAY, DAY + 10),
        ("Anna", Right.VOTES, 7, 8, DAY + 5, NEVER), ("Anna", Right.BOARD, 0, WHOLE, DAY, DAY),
        ("Anna", Right.EQUITY, 3, 3, DAY, DAY + 10), ("Ministry", Right.CONCERT, 0, WHOLE, DAY,
                                                      DAY + 4),
        ("Somebody", Right.SPECIAL, 0, WHOLE, DAY, NEVER), ("Public", 0, 1, 2, DAY, NEVER),
        ("Ministry", Right.PROXY, 0, 5, DAY + 4, NEVER),
    ]  # fmt: skip
    columns: dict[str, list[int]] = {
        "owner": [numbers[row[0]] for row in rows], "owned": [numbers["Port"]] * len(rows),
        **{name: [row[at] for row in rows] for at, name in enumerate(
            ("right", "lo", "hi", "known_from", "known_to"), start=1)},
        "valid_from": [DAY] * len(rows),
    }  # fmt: skip
    stakes = gather_stakes(register.parties(), columns)
    file = tmp_path / "written.json"
    file.write_bytes(bods(stakes, PUBLISHED))
    again = read_stakes(file)
    assert rows_of(again.stakes) == rows_of(stakes)
    known = dict(zip(again.stakes.parties.ids, again.stakes.parties.kinds.tolist(), strict=True))
    assert known == kinds
    assert [each.rule for each in again.findings] == [Rule.MISSING]
    assert bods(stakes, PUBLISHED) == file.read_bytes()


@pytest.mark.realdata
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/data/ownership is absent")
def test_the_standards_samples_round_trip(tmp_path: Path) -> None:
    written = tmp_path / "written.json"
    files = sorted(SAMPLES.glob("*.json"))
    assert len(files) >= 10
    for file in files:
        loaded = read_stakes(file)
        assert len(loaded.stakes) > 0
        written.write_bytes(bods(loaded.stakes, PUBLISHED))
        assert rows_of(read_stakes(written).stakes) == rows_of(loaded.stakes), file.name
    circular = read_stakes(SAMPLES / "fixtures_10-circular-ownership.json")
    assert _rules(circular) == [(Rule.LOOP, (3, 4))]
    anonymous = read_stakes(SAMPLES / "fixtures_11-anonymous-person.json")
    assert _rules(anonymous) == [(Rule.OWNER, (2,)), (Rule.MISSING, (2,))]
    assert "subjectUnableToConfirm" in anonymous.findings[0].detail
