"""A colleague with SQL moves on what a partner sent, calls it given up, or puts it into a list.

Or into a dossier, from which it would go to a government.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.attacks.sharing_scene import Scene, accepted, make_scene
from tests.core.sharing.factories import case_of
from undaunted.core.actors.models import Party, PartyName
from undaunted.core.events.models import Act
from undaunted.core.sharing.models import Kept
from undaunted.prisoners.registry.actions.lists import record_list
from undaunted.prisoners.registry.models import ListEntry, ListProposal
from undaunted.repression.dossiers.actions import DossierPlan, open_dossier
from undaunted.repression.dossiers.models import DossierAct

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def test_sql_does_not_pass_what_was_received_to_another_organisation(scene: Scene) -> None:
    received, own = accepted(scene), case_of(scene.theirs)
    person = scene.theirs.office.caseworker
    for change in ({"sharing": "shared"}, {"holder": scene.ours.holder}):
        with person.acting():
            for rows in (
                Party.objects.filter(pk=received),
                PartyName.objects.filter(party=received),
                Act.objects.filter(victim=received),
            ):
                assert rows.exists()
                with pytest.raises(DatabaseError), transaction.atomic():
                    rows.update(**change)
    with person.acting():
        assert Party.objects.filter(pk=own.pk).update(sharing="shared") == 1, "what is ours may"


def test_sql_does_not_call_given_up_what_still_stands(scene: Scene) -> None:
    accepted(scene)
    with scene.theirs.office.steward.acting():
        for kept in Kept.objects.all():
            with pytest.raises(DatabaseError, match="once it is erased"), transaction.atomic():
                Kept.objects.filter(pk=kept.pk).update(given_up_at=timezone.now())


def test_sql_puts_no_record_into_a_list_without_its_steward(scene: Scene) -> None:
    received, office, now = accepted(scene), scene.theirs.office, timezone.now()
    with office.steward.acting() as actor:
        kept = record_list(office.holder, actor=actor, at=now, name="Roll", slug="roll")
    told = {"holder": office.holder, "source_list": kept, "party_id": received}
    mine = {"proposed_by": office.caseworker.user.pk, "proposed_at": now}
    with office.caseworker.acting():
        with pytest.raises(DatabaseError, match="steward of the list"), transaction.atomic():
            ListEntry.objects.create(**told, source_key="x", row_digest="", line=0)
        for forged in (
            mine | {"proposed_by": office.steward.user.pk},
            mine | {"answer": "accepted", "answered_by": office.steward.user.pk},
        ):
            with pytest.raises(DatabaseError, match="one's own name"), transaction.atomic():
                ListProposal.objects.create(**told, **forged)
        made = ListProposal.objects.create(**told, **mine)
        with pytest.raises(DatabaseError, match="steward of the list"), transaction.atomic():
            ListProposal.objects.filter(pk=made.pk).update(
                answer="accepted", answered_by=office.caseworker.user.pk
            )


def test_sql_puts_no_act_that_a_partner_keeps_to_us_into_a_dossier(scene: Scene) -> None:
    received, own = accepted(scene), case_of(scene.theirs)
    office, now = scene.theirs.office, timezone.now()
    with office.caseworker.acting() as actor:
        plan = DossierPlan("A detention (invented)", "XR", "What was done.", team=[])
        dossier = open_dossier(office.holder, plan, actor=actor, at=now)
        sent = Act.objects.filter(victim=received)[0].claim
        told = {"holder": office.holder, "dossier": dossier, "number": 1, "recorded_at": now}
        told |= {"recorded_by": office.caseworker.user.pk}
        for subject in (received, own.pk):
            with pytest.raises(DatabaseError, match="a partner keeps to us"), transaction.atomic():
                DossierAct.objects.create(**told, claim=sent, subject=subject)
        ours = Act.objects.filter(victim=own)[0].claim
        assert DossierAct.objects.create(**told, claim=ours, subject=own.pk).claim == ours
