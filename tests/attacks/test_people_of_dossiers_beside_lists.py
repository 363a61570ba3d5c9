"""A stranger looks for people of a dossier where they stand beside lists, and in the open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import signed_in_client
from tests.core.listings.factories import Office
from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene
from tests.repression.sanctions.factories import XF, event, listing, person
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.rules import Grade
from undaunted.repression.dossiers.actions import Evidence, record_detail
from undaunted.repression.dossiers.rules import DetailKind

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")
DESK = "/desk/dossiers/listed/"
NOWHERE = "931f0430-0000-4000-8000-000000000000"
OPEN = ("/sanctions/matrix/?q=Henzau", "/sanctions/", f"/sanctions/parties/{XF}:F1/",
        "/api/v1/sanctions/matrix?q=Henzau", "/api/v1/sanctions/register",
        f"/lists/{XF}/entries/F1/", "/lists/", "/search/?q=Hentzau")  # fmt: skip
_VARIES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}|nonce[-=\"]{1,2}[^\"' ]{1,60}")


@pytest.fixture
def scene(owner_sql: Any, tmp_path: Path) -> Scene:
    """Make a dossier; a list has a name like the commander's."""
    made = make_scene(owner_sql)
    agree(made, UNION)
    desk = made.desk
    office = Office(desk.organisation, desk.documenter, desk.reviewer, desk.publisher)
    held: dict[str, Any] = {"events": [event("designated", "2025-02-15")]}
    today = timezone.now()
    rows = [person("F1", "Rupert Henzau", born="1971-04-02", **held)]
    listing(office, XF, tmp_path, rows, day=today.date().isoformat(), at=today)
    return made


def _tied(scene: Scene) -> None:
    rest = Evidence((scene.source,), Grade.parse("A2"), "p. 3")
    with acting_as(scene.desk.documenter) as actor:
        record_detail(
            scene.commander, DetailKind.LISTED, f"{XF}:F1", actor=actor, at=AT, evidence=rest
        )


def _seen(client: Client, address: str) -> tuple[int, str]:
    answer = client.get(address)
    return answer.status_code, _VARIES.sub("", answer.content.decode())


def test_people_beside_lists_are_there_for_their_team_alone(scene: Scene) -> None:
    _tied(scene)
    team = _seen(signed_in_client(scene.desk.documenter), DESK)
    assert "Rupert Hentzau" in team[1], "the team sees them, or the attack would prove nothing"
    for user in (scene.desk.stranger, scene.desk.steward, scene.desk.second_reviewer):
        client = signed_in_client(user)
        for page in ("", "print/"):
            status, text = _seen(client, DESK + page)
            assert status == 200
            assert "Hentzau" not in text
            assert "Strelsau" not in text
        asked = {"dossier": (scene.dossier.pk, NOWHERE), "event": (scene.act.claim, NOWHERE)}
        for name, (there, nowhere) in asked.items():
            assert _seen(client, f"{DESK}?{name}={there}") == _seen(
                client, f"{DESK}?{name}={nowhere}"
            )
    assert Client().get(DESK).status_code == 302


def test_nothing_public_changes_when_an_entry_is_found_to_be_somebody_of_a_dossier(
    scene: Scene,
) -> None:
    def told(mark: str) -> list[tuple[int, str]]:
        found = []
        for each in OPEN:
            sign = "&" if "?" in each else "?"
            status, text = _seen(Client(), f"{each}{sign}mark={mark}")
            found.append((status, text.replace(mark, "")))
        return found

    before = told("zz1")
    _tied(scene)
    page = _seen(signed_in_client(scene.desk.documenter), f"{DESK}?law=eu-2020-1998")
    assert "Listed by" in page[1]
    assert told("zz2") == before
