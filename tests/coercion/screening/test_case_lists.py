"""Parties of a case held against lists in force: asked once, remembered, asked anew on change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.screening.deciding import screened
from tests.coercion.screening.factories import AT, HOUR, Scene
from tests.core.accounts.factories import signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.core.matching.factories import XF, XZ, Office, judged, listed, make_office
from undaunted.coercion.screening.actions import (
    ListLook,
    PartyPlan,
    hold_against_lists,
    judge_list_check,
    record_list_check,
    record_party,
)
from undaunted.coercion.screening.analysis import listed as analysis
from undaunted.coercion.screening.commands import commands
from undaunted.coercion.screening.queries import case_as_known
from undaunted.coercion.screening.rules.casework import Judgement, ListStanding, PartyRole
from undaunted.coercion.screening.rules.stakes import PartyKind
from undaunted.core.accounts.actions import acting_as
from undaunted.core.matching.analysis import held_against
from undaunted.core.matching.analysis.comparing import Compared
from undaunted.core.matching.rules import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.coercion.screening.models import ListCheck
    from undaunted.coercion.screening.queries import ListLine

pytestmark = pytest.mark.usefixtures("ledger")


def _body(key: str, *names: str, **more: Any) -> dict[str, Any]:
    told = [{"text": name, "quality": "primary"} for name in names]
    return {"key": key, "kind": "body", "names": told, **more}


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [_body("7", "Morava Shell N.V."), _body("8", "Quite Another")])
    return held


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return screened(owner_sql)


def _held(scene: Scene, hours: int = 0) -> list[ListCheck]:
    with acting_as(scene.own.documenter) as actor:
        return list(hold_against_lists(scene.case, actor=actor, at=AT + hours * HOUR))


def _asked(made: list[ListCheck]) -> list[tuple[str, str]]:
    return [
        (row.party.name, row.judgement) for row in made if row.judgement != Judgement.NOTHING_FOUND
    ]


def _judged(scene: Scene, row: ListCheck, judgement: Judgement, hours: int) -> None:
    with acting_as(scene.own.documenter) as actor:
        at = AT + hours * HOUR
        judge_list_check(row, judgement, "Another number.", actor=actor, at=at)


def test_what_comes_up_waits_once_and_nothing_found_is_said_of_the_list(
    scene: Scene, office: Office
) -> None:
    made = _held(scene)
    assert _asked(made) == [("Morava Shell NV", "unclear")]
    (hit,) = (row for row in made if row.entry)
    assert hit.entry.startswith("xf-invented:7 · Morava Shell N.V. · form ")
    assert "Compared by name" in hit.reason
    assert {row.method for row in made} == {"names"}
    with acting_as(scene.own.documenter) as actor:
        parties = case_as_known(actor, scene.case, AT).parties
    assert len(made) == len(parties)
    assert _held(scene, 1) == []


@pytest.mark.parametrize("judgement", [Judgement.ANOTHER, Judgement.SAME])
def test_judgement_is_carried_to_a_version_that_says_nothing_new(
    scene: Scene, office: Office, tmp_path: Path, judgement: Judgement
) -> None:
    _judged(scene, next(row for row in _held(scene) if row.entry), judgement, 1)
    rows = [_body("7", "Morava Shell N.V.", remarks="Amended."), _body("8", "Quite Another")]
    listed(office, XF, tmp_path, rows)
    assert _asked(_held(scene, 2)) == []
    listed(office, XF, tmp_path, [_body("7", "Morava Shell N.V.", "Morava Shell"), rows[1]])
    assert _asked(_held(scene, 3)) == [("Morava Shell NV", "unclear")]


def test_judgement_of_an_entry_counts_for_those_confirmed_to_be_the_same(
    scene: Scene, office: Office, tmp_path: Path
) -> None:
    _judged(scene, next(row for row in _held(scene) if row.entry), Judgement.ANOTHER, 1)
    listed(office, XZ, tmp_path, [_body("Z/1", "Morava Shell")])
    judged(office.writer, (XF, "7"), (XZ, "Z/1"), Verdict.SAME, second=office.reviewer)
    (row,) = (row for row in _held(scene, 2) if row.entry)
    assert (row.judgement, row.reason) == ("another", "Another number.")
    assert row.entry.startswith("xz-invented:Z/1 · ")


def _party(scene: Scene, name: str, kind: PartyKind, identifier: str = "") -> None:
    plan = PartyPlan(PartyRole.ULTIMATE_OWNER, name, "A register (invented)", identifier, kind)
    with acting_as(scene.own.documenter) as actor:
        record_party(scene.case, plan, actor=actor, at=AT)


def _somebody(key: str, *names: str, kind: str = "person") -> dict[str, Any]:
    return _body(key, *names) | {"kind": kind}


@pytest.mark.parametrize("kind", ["UNKNOWN", "SEVERAL", "PERSON"])
def test_investor_whose_kind_is_unknown_is_held_against_listed_people(
    scene: Scene, office: Office, tmp_path: Path, kind: str
) -> None:
    listed(office, XZ, tmp_path, [_somebody("3", "Samir Haddad al-Zubri")])
    _party(scene, "Samir Haddad al-Zubri", PartyKind[kind])
    asked = [row for row in _held(scene) if row.entry.startswith("xz-invented:3")]
    assert [row.party.name for row in asked] == ["Samir Haddad al-Zubri"]


def test_company_is_asked_about_as_no_person_and_a_ship_of_its_name_comes_up(
    scene: Scene, office: Office, tmp_path: Path
) -> None:
    rows = [_somebody("3", "Samir Haddad al-Zubri"), _somebody("4", "Samir Haddad", kind="ship")]
    listed(office, XZ, tmp_path, rows)
    _party(scene, "Samir Haddad", PartyKind.COMPANY)
    entries = [row.entry for row in _held(scene) if row.entry]
    assert [entry for entry in entries if ":3 " in entry] == []
    assert [entry for entry in entries if entry.startswith("xz-invented:4 ")]


def test_an_entry_whose_kind_nobody_told_is_asked_about_as_a_person_too(
    scene: Scene, office: Office, tmp_path: Path
) -> None:
    listed(office, XZ, tmp_path, [_somebody("5", "Viktor Strovik", kind="other")])
    _party(scene, "Strovik, Viktor", PartyKind.PERSON)
    assert [row for row in _held(scene) if row.entry.startswith("xz-invented:5")]


@pytest.mark.parametrize("name", ["V", "\u12a0\u1260\u1260 \u1308\u1265\u1228"])
def test_who_cannot_be_compared_is_not_told_as_looked_at(
    scene: Scene, office: Office, name: str
) -> None:
    _party(scene, name, PartyKind.PERSON)
    made = [row for row in _held(scene) if row.party.name == name]
    assert {row.judgement for row in made} == {Judgement.NOT_COMPARED}
    assert all(row.reason and not row.entry for row in made)
    line = _line(scene, name)
    assert line.standing is ListStanding.NOT_COMPARED
    page = signed_in_client(scene.own.documenter).get(f"/desk/screening/cases/{scene.case.pk}/")
    assert made[0].reason in page.text
    with acting_as(scene.own.documenter) as actor:
        for row in made:
            look = ListLook(row.list_name, row.list_day, Judgement.NOTHING_FOUND)
            record_list_check(row.party, look, actor=actor, at=AT + HOUR)
    assert _line(scene, name).standing is ListStanding.LOOKED_AT, "somebody looked by hand"


def test_who_cannot_be_compared_is_told_in_a_case_where_nothing_found_stands(
    scene: Scene, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    _party(scene, "V", PartyKind.PERSON)
    with monkeypatch.context() as earlier:
        earlier.setattr(analysis, "held_against", lambda *_: Compared(()))
        before = [row for row in _held(scene) if row.party.name == "V"]
    assert {row.judgement for row in before} == {Judgement.NOTHING_FOUND}
    now = [row for row in _held(scene, 1) if row.party.name == "V"]
    assert [(row.list_name, row.list_day) for row in now] == [
        (row.list_name, row.list_day) for row in before
    ]
    assert {row.judgement for row in now} == {Judgement.NOT_COMPARED}
    assert _line(scene, "V").standing is ListStanding.NOT_COMPARED
    assert _held(scene, 2) == [], "told once"


def _line(scene: Scene, name: str) -> ListLine:
    with acting_as(scene.own.documenter) as actor:
        sheet = case_as_known(actor, scene.case, AT + 2 * HOUR)
        return next(line for line in sheet.lists if line.party.name == name)


def test_what_was_judged_of_one_namesake_says_nothing_of_the_other(
    scene: Scene, office: Office, tmp_path: Path
) -> None:
    listed(office, XZ, tmp_path, [_somebody("2", "Ludmila Varga")])
    _party(scene, "Ludmila Varga", PartyKind.PERSON)
    first = next(row for row in _held(scene) if row.entry.startswith("xz-invented:2"))
    _judged(scene, first, Judgement.ANOTHER, 1)
    _party(scene, "Ludmila Varga", PartyKind.PERSON, "ID-OTHER-WOMAN")
    assert _asked(_held(scene, 2)) == [("Ludmila Varga", "unclear")]


def test_parties_are_held_against_all_lists_in_one_search(
    scene: Scene, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(office, XZ, tmp_path, [_body("Z/1", "Morava Shell")])
    searched = []

    def counted(*given: Any) -> Any:
        searched.append(given)
        return held_against(*given)

    monkeypatch.setattr(analysis, "held_against", counted)
    assert {row.entry[:2] for row in _held(scene) if row.entry} == {"xf", "xz"}
    assert len(searched) == 1


def test_parties_are_held_against_lists_at_the_desk_and_at_the_terminal(
    scene: Scene, office: Office
) -> None:
    client = signed_in_client(scene.own.documenter)
    address = f"/desk/screening/cases/{scene.case.pk}/"
    assert "Hold the parties against lists" in client.get(address).content.decode()
    assert client.post(f"{address}lists/").status_code == 302
    page = client.get(address).content.decode()
    assert "xf-invented:7 · Morava Shell N.V." in page
    assert "waits for a judgement" in page
    told = run_at_terminal(commands, "lists", str(scene.case.pk), person=scene.own.documenter)
    assert "0 looks at lists" in told
