"""Changes of published cases at the desk: seen side by side, approved by somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.pages.desk_scene import Desk, open_desk
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.consent import actions as consent
from undaunted.core.consent.actions import news as outbox
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
)
from undaunted.core.evidence.actions import record_source
from undaunted.core.evidence.rules import Grade, SourceKind
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.prisoners.registry.actions.publication import propose_publication, publish
from undaunted.prisoners.registry.actions.records import correct_spell, record_spell
from undaunted.prisoners.registry.models import PublishedCase

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from undaunted.core.events.models import Act

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def desk(owner_sql: Any, settings: Settings, tmp_path: Path) -> Desk:
    settings.DOCUMENTS_FOLDER = settings.CHART_CACHE = settings.DOWNLOADS_FOLDER = tmp_path
    return open_desk(owner_sql)


@pytest.fixture
def spell(desk: Desk) -> Act:
    """Publish somebody through two people, then correct the spell by one."""
    now = timezone.now()
    with acting_as(desk.first) as actor:
        party = record_person(
            desk.organisation, [("Arna Velisk", "full", "en")], actor=actor, at=now, country="XR"
        )
        source = record_source(desk.organisation, actor=actor, at=now, kind=SourceKind.NGO_REPORT)
        paper = record_source(desk.organisation, actor=actor, at=now, kind=SourceKind.COURT_PAPER)
        spell = record_spell(
            party, "imprisonment", PartialDate.parse("2021-08"), actor=actor, at=now,
            sources=[(source, Grade.parse("B2")), (paper, Grade())], tier="B", country="XR",
        )  # fmt: skip
        consent.record_consent(
            party.pk, actor=actor, at=now, holder=desk.organisation, purpose=Purpose.REGISTRY,
            audience=PUBLIC_AUDIENCE, level=IdentityLevel.NAME,
            field_groups=[FieldGroup.IDENTITY, FieldGroup.DETENTION], basis=Basis.SELF, how="call",
            given_on=now.date(), until=now.date().replace(year=now.year + 2),
        )  # fmt: skip
        gate = propose_publication(party, actor=actor, at=now)
    with acting_as(desk.second) as actor:
        publish(gate, actor=actor, at=now)
    with acting_as(desk.first) as actor:
        return correct_spell(
            spell, actor=actor, at=timezone.now(), start=PartialDate.parse("2022-02"), tier="A"
        )


def test_a_change_is_shown_before_and_after_and_approved_by_another(desk: Desk, spell: Act) -> None:
    first, second = desk.client(desk.first), desk.client(desk.second)
    own = first.get("/desk/changes/").content.decode()
    assert "somebody else approves" in own
    assert "Approve the chosen cases" not in own
    assert (
        "wait for somebody to approve"
        in first.get(f"/desk/cases/{spell.victim_id}/").content.decode()
    )
    page = second.get("/desk/changes/")
    told = page.content.decode()
    assert "<del>2021-08</del>" in told
    assert "<ins>2022-02</ins>" in told
    values = [case["value"] for case in page.context["cases"]]
    assert first.post("/desk/changes/approve/", {"case": values}).status_code == 404
    assert PublishedCase.objects.get().tier == "B"
    answer = second.post("/desk/changes/approve/", {"case": values}, follow=True)
    assert "1 case has been approved." in answer.content.decode()
    assert PublishedCase.objects.get().tier == "A"
    assert "Nothing waits" in second.get("/desk/changes/").content.decode()


def test_what_was_changed_after_the_look_is_not_approved(desk: Desk, spell: Act) -> None:
    second = desk.client(desk.second)
    values = [case["value"] for case in second.get("/desk/changes/").context["cases"]]
    with acting_as(desk.first) as actor:
        correct_spell(spell, actor=actor, at=timezone.now(), tier="C")
    answer = second.post("/desk/changes/approve/", {"case": values}, follow=True)
    assert "Look again" in answer.content.decode()
    assert PublishedCase.objects.get().tier == "B"


@pytest.mark.parametrize("case", ["x", "x:y", ":"])
def test_a_case_that_is_none_is_absent(desk: Desk, case: str) -> None:
    assert (
        desk.client(desk.second).post("/desk/changes/approve/", {"case": case}).status_code == 404
    )
    assert desk.client(desk.second).get("/desk/changes/", {"import": case}).status_code == 404


def test_a_stranger_sees_no_change_and_approves_none(desk: Desk, spell: Act) -> None:
    values = [
        case["value"] for case in desk.client(desk.second).get("/desk/changes/").context["cases"]
    ]
    stranger = desk.client(desk.stranger)
    assert "Arna" not in stranger.get("/desk/changes/").content.decode()
    stranger.post("/desk/changes/approve/", {"case": values})
    assert PublishedCase.objects.get().tier == "B"


def test_who_revokes_is_told_what_has_not_followed(
    desk: Desk, spell: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_told: object, **_more: object) -> dict[str, object]:
        raise RuntimeError("not now")

    monkeypatch.setattr(outbox, "_HANDLERS", {})
    consent.register_handler("registry", fail)
    client = desk.client(desk.first)
    case = f"/desk/cases/{spell.victim_id}/"
    (grant,) = client.get(case).context["case"].consent
    page = client.post(f"{case}consent/{grant.pk}/revoke/", follow=True).content.decode()
    assert "Not everything has followed yet" in page
    assert "Not everything has followed" in client.get("/desk/").content.decode()
