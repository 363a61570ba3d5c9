"""Somebody elsewhere says in SQL that a person of ours came from a partner, or asks whether so.

Such a row would keep our person out of our dossiers and packages, and have them erased.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.attacks.sharing_scene import accepted
from tests.attacks.sharing_scene import make_scene as make_exchange
from tests.core.sharing.factories import befriend, case_of, consented, make_instance, wanted
from undaunted.core.actors.models import PartyName
from undaunted.core.consent.rules import Purpose
from undaunted.core.events.models import Act
from undaunted.core.sharing.actions import propose_parcel
from undaunted.core.sharing.models import Kept, ParcelItem
from undaunted.core.sharing.queries import kept_back
from undaunted.core.vault.rules import code_for_database
from undaunted.repression.dossiers.queries import acts_kept_back

if TYPE_CHECKING:
    from tests.attacks.sharing_scene import Scene
    from tests.core.sharing.factories import Instance

pytestmark = pytest.mark.usefixtures("ledger")
KEPT_BACK = "SELECT * FROM sharing_kept_back(%s, 'sanctions_submission')"
FORGED = (
    "INSERT INTO sharing_kept (id, holder, sharing, item_id, subject_kind, subject, until) SELECT"
    " gen_random_uuid(), holder, sharing, item_id, 'party', %s, until FROM sharing_kept LIMIT 1"
)


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_exchange(owner_sql)


@pytest.fixture
def bystander(owner_sql: Any) -> Instance:
    """Another organisation altogether, which exchanges nothing with them."""
    return make_instance(owner_sql, "Bystander")


def _refused(person: Any, statement: str, *values: Any) -> str:
    with (
        person.acting(),
        pytest.raises(DatabaseError) as problem,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)
    return f"{getattr(problem.value.__cause__, 'sqlstate', '')} {problem.value}"


def _answered(person: Any, statement: str, *values: Any) -> list[Any]:
    with person.acting(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def test_sql_says_of_nobody_that_they_came_from_a_partner(
    scene: Scene, bystander: Instance
) -> None:
    """Neither of a person of others, nor of one's own, nor of what is no record."""
    accepted(scene)
    theirs, own = case_of(bystander), case_of(scene.theirs)
    for person in (scene.theirs.office.caseworker, scene.theirs.office.steward):
        for subject in (theirs.pk, own.pk, uuid4()):
            assert _refused(person, FORGED, subject).startswith("28000")
    with bystander.office.caseworker.acting() as actor:
        claims = [each.claim for each in Act.objects.filter(victim=theirs)]
        assert claims
        assert not acts_kept_back(actor, claims)


def test_a_code_serves_for_no_record_of_others_and_no_item_that_nobody_accepted(
    scene: Scene, bystander: Instance
) -> None:
    accepted(scene)
    person, other = scene.theirs.office.steward, case_of(bystander)
    with person.acting():
        kept = Kept.objects.filter(subject_kind="party").get()
        told = {"holder": kept.holder, "subject_kind": "party", "until": kept.until}
        for change in (
            {"item_id": kept.item_id, "subject": other.pk},
            {"item_id": uuid4(), "subject": kept.subject},
        ):
            row = Kept(**(told | change))
            row.vouched = code_for_database(
                settings.SESSION_BINDING_KEY, "sharing-kept", row.pk, row.item_id, "party",
                row.subject,
            )  # fmt: skip
            with pytest.raises(DatabaseError, match="came of an item"), transaction.atomic():
                row.save(force_insert=True)


def test_a_row_of_others_keeps_nobody_of_ours_back(
    scene: Scene, bystander: Instance, owner_sql: Any
) -> None:
    """A row from before there was a gate stops no act, no package and erases nothing."""
    received = accepted(scene)
    person = case_of(bystander)
    owner_sql(FORGED, [person.pk])
    ours = bystander.office.caseworker
    assert _answered(ours, KEPT_BACK, [person.pk]) == []
    assert _answered(ours, "SELECT sharing_was_received(%s)", [person.pk]) == [(False,)]
    with ours.acting() as actor:
        assert not acts_kept_back(actor, [each.claim for each in Act.objects.filter(victim=person)])
    assert _sent(bystander, person, owner_sql) == 1
    erase = "SELECT sharing_erase_kept('party', %s, now())"
    refused = _refused(scene.theirs.office.steward, erase, person.pk)
    assert "only what was received is given up" in refused
    with ours.acting():
        assert PartyName.objects.filter(party=person).exists()
    with scene.theirs.office.caseworker.acting() as actor:
        assert kept_back(actor, [received], Purpose.SANCTIONS_SUBMISSION) == {received}, (
            "what did come is kept back there"
        )


def test_what_others_received_is_told_to_nobody(scene: Scene, bystander: Instance) -> None:
    received = accepted(scene)
    for person in (bystander.office.caseworker, bystander.office.steward):
        for which in (received, uuid4()):
            assert _answered(person, KEPT_BACK, [which]) == []
            assert _answered(person, "SELECT sharing_was_received(%s)", [which]) == [(False,)]
    there = scene.theirs.office.caseworker
    assert _answered(there, "SELECT sharing_was_received(%s)", [received]) == [(True,)]


def _sent(ours: Instance, person: Any, owner_sql: Any) -> int:
    """Propose a package with a person of ours; gives how many items stand in it."""
    other = make_instance(owner_sql, "Lantern")
    partner = befriend(ours, other)
    consented(ours, person)
    with ours.office.caseworker.acting() as actor:
        parcel = propose_parcel(
            ours.holder, wanted(person.pk, partners=(partner.pk,)), actor=actor, at=timezone.now()
        )
        return ParcelItem.objects.filter(parcel=parcel).count()
