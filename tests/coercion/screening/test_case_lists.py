"""Parties of a case held against lists in force: asked once, remembered, asked anew on change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.screening.deciding import screened
from tests.coercion.screening.factories import AT, HOUR, Scene
from tests.core.accounts.factories import signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.core.matching.factories import XF, XZ, Office, judged, listed, make_office
from undaunted.coercion.screening.actions import hold_against_lists, judge_list_check
from undaunted.coercion.screening.commands import commands
from undaunted.coercion.screening.queries import case_as_known
from undaunted.coercion.screening.rules.casework import Judgement
from undaunted.core.accounts.actions import acting_as
from undaunted.core.matching.rules import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.coercion.screening.models import ListCheck

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
