"""What a partner sent is in a dossier's acts, texts and papers no longer than its package runs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.attacks.sharing_scene import Scene, accepted, make_scene
from undaunted.core.actors.models import PartyName
from undaunted.core.events.models import Act
from undaunted.core.sharing.actions import end_arrival
from undaunted.core.sharing.models import Arrival
from undaunted.repression.dossiers.actions import DossierPlan, add_act, open_dossier
from undaunted.repression.dossiers.queries import acts_in, dossier_for

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def test_partners_record_that_ran_out_leaves_the_dossier_with_its_name(
    scene: Scene, owner_sql: Any
) -> None:
    received, office = accepted(scene), scene.theirs.office
    with office.caseworker.acting() as actor:
        who: dict[str, Any] = {"actor": actor, "at": timezone.now()}
        (name, *_) = PartyName.objects.filter(party=received).values_list("text", flat=True)
        plan = DossierPlan("A detention (invented)", "XR", f"What was done to {name}.", team=[])
        dossier = open_dossier(office.holder, plan, **who)
        add_act(dossier, Act.objects.filter(victim=received)[0].claim, **who)
    owner_sql("UPDATE sharing_arrival SET expires_at = now() - interval '1 minute'")
    with office.steward.acting() as actor:
        end_arrival(Arrival.objects.get(), actor=actor, at=timezone.now() + timedelta(seconds=1))
    with office.caseworker.acting() as actor:
        held = dossier_for(actor, dossier.pk)
        assert held
        assert (held.summary, list(acts_in(actor, held))) == ("", [])
    told = "SELECT kind FROM consent_news WHERE subject = %s"
    assert owner_sql(told, [received]) == [("given_up",)]
