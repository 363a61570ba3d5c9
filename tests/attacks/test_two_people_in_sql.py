"""One person with SQL on the desk's connection tries to be two."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.models import Party
from undaunted.prisoners.registry.models import Publication, Recognition

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> dict[str, Any]:
    ours = make_organisation(owner_sql)
    documenter = make_user(owner_sql, {ours: [Role.DOCUMENTER]})
    publisher = make_user(owner_sql, {ours: [Role.DOCUMENTER, Role.PUBLISHER]})
    with acting_as(documenter):
        party = Party.objects.create(
            holder=ours, recorded_at=timezone.now(), recorded_by=documenter.pk
        )
    return {"ours": ours, "documenter": documenter, "publisher": publisher, "party": party}


def _gate(scene: dict[str, Any], **changed: Any) -> Publication:
    now = timezone.now()
    fields = {"proposed_by": scene["documenter"].pk, "proposed_at": now, "state": "proposed"}
    return Publication(
        party=scene["party"], holder=scene["ours"], reference="XR-FORGED", **(fields | changed)
    )


def test_a_case_is_not_born_published(scene: dict[str, Any]) -> None:
    forged = _gate(
        scene,
        state="published",
        proposed_by=uuid4(),
        published_by=scene["documenter"].pk,
        published_at=timezone.now(),
    )
    with acting_as(scene["documenter"]), pytest.raises(DatabaseError), transaction.atomic():
        forged.save(force_insert=True)


def test_a_case_is_not_proposed_in_the_name_of_another(scene: dict[str, Any]) -> None:
    with acting_as(scene["documenter"]), pytest.raises(DatabaseError), transaction.atomic():
        _gate(scene, proposed_by=scene["publisher"].pk).save(force_insert=True)


@pytest.mark.parametrize("name", ["self", "another", "without_role"])
def test_the_second_step_is_taken_by_a_second_person(scene: dict[str, Any], name: str) -> None:
    proposer = scene["publisher"] if name == "self" else scene["documenter"]
    with acting_as(proposer):
        gate = _gate(scene, proposed_by=proposer.pk)
        gate.save(force_insert=True)
    actor = scene["publisher"] if name == "self" else scene["documenter"]
    signed = {"self": actor.pk, "another": scene["publisher"].pk, "without_role": uuid4()}[name]
    with acting_as(actor), pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=gate.pk).update(
            state="published", published_by=signed, published_at=timezone.now()
        )


def test_the_second_person_publishes(scene: dict[str, Any]) -> None:
    with acting_as(scene["documenter"]):
        gate = _gate(scene)
        gate.save(force_insert=True)
    with acting_as(scene["publisher"]):
        done = Publication.objects.filter(pk=gate.pk).update(
            state="published", published_by=scene["publisher"].pk, published_at=timezone.now()
        )
    assert done == 1


def test_a_recognition_is_not_forged(scene: dict[str, Any]) -> None:
    with acting_as(scene["documenter"]), pytest.raises(DatabaseError), transaction.atomic():
        Recognition.objects.create(
            party=scene["party"],
            holder=scene["ours"],
            standard="pace-1900",
            standard_version="1",
            status="recognised",
            proposed_by=uuid4(),
            decided_by=scene["documenter"].pk,
            recorded_from=timezone.now(),
        )
