"""Packages end on their day, whoever is left in the team; consent takes back what rested on it."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.attacks.sharing_scene import Scene, accepted, make_scene
from tests.attacks.test_restored_backup import Backup
from tests.core.accounts.factories import make_user
from tests.core.sharing.factories import consented, sealed, wanted
from undaunted.core.access.rules import PUBLIC, Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.models import Party, PartyName
from undaunted.core.consent.actions import announce_expiries, object_to_use, revoke_consent
from undaunted.core.consent.models import Grant
from undaunted.core.consent.rules import FieldGroup, IdentityLevel, Purpose
from undaunted.core.sharing.actions import (
    destroy_keys,
    end_arrival,
    hand_over_takedown,
    look_at_item,
    take_in,
)
from undaunted.core.sharing.models import Arrival, ArrivalItem, Slip, TakenBack
from undaunted.core.sharing.queries import arrivals_due, slips_outstanding
from undaunted.core.sharing.tasks import end_what_ran_out
from undaunted.core.vault.rules import ErasedRecord

if TYPE_CHECKING:
    from uuid import UUID

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def _run_out(owner_sql: Any) -> None:
    owner_sql("UPDATE sharing_arrival SET expires_at = now() - interval '1 minute'")


def _without_steward(scene: Scene, owner_sql: Any, *roles: Role) -> UUID:
    """Let everybody leave; somebody outside the team is left with these roles."""
    holder = scene.theirs.holder
    people = "SELECT user_id FROM accounts_membership WHERE organisation_id = %s"
    gone = [user for (user,) in owner_sql(people, [holder])]
    left = make_user(owner_sql, {holder: list(roles)}) if roles else None
    owner_sql("UPDATE accounts_user SET is_active = false WHERE id = ANY (%s)", [gone])
    owner_sql("UPDATE vault_member SET left_at = now() WHERE user_id = ANY (%s)", [gone])
    return left.pk if left else holder


def test_a_package_ends_where_the_steward_has_left_and_no_older_backup_opens_it(
    scene: Scene, owner_sql: Any
) -> None:
    received = accepted(scene)
    steward = scene.theirs.office.steward
    with steward.acting():
        item = ArrivalItem.objects.get()
    backup = Backup(owner_sql)
    _run_out(owner_sql)
    clerk = _without_steward(scene, owner_sql, Role.DOCUMENTER)
    assert [person for _, person in arrivals_due(PUBLIC)] == [clerk]
    assert end_what_ran_out(0) == 1
    assert owner_sql("SELECT envelope, state FROM sharing_arrivalitem") == [(None, "ended")]
    with acting_as(clerk):
        assert not PartyName.objects.filter(party=received).exists()
        assert Party.objects.get(pk=received).withdrawn_at is not None
    entries = owner_sql("SELECT count(*) FROM audit_entry WHERE verb = 'record.erased'")
    assert entries == [(1,)]
    assert end_what_ran_out(0) == 0
    backup.restore()
    with steward.acting() as actor:
        held = ArrivalItem.objects.select_related("arrival").get(pk=item.pk)
        assert held.envelope is not None, "the backup brought the content back"
        with pytest.raises(ErasedRecord, match="gone"):
            look_at_item(held, key=steward.key, actor=actor, at=timezone.now())


def test_where_nobody_is_left_the_keys_go_all_the_same_and_it_is_said(
    scene: Scene, owner_sql: Any, caplog: pytest.LogCaptureFixture
) -> None:
    received = accepted(scene)
    _run_out(owner_sql)
    _without_steward(scene, owner_sql)
    with caplog.at_level(logging.ERROR, "undaunted.core.sharing.tasks"):
        assert end_what_ran_out(0) == 0
    assert "nobody who records" in caplog.text
    tombs = owner_sql("SELECT count(*) FROM vault_record WHERE erased_why = 'expired'")
    assert tombs == [(1,)]
    later = make_user(owner_sql, {scene.theirs.holder: [Role.STEWARD]})
    assert end_what_ran_out(0) == 1, "whoever comes later ends it"
    with acting_as(later):
        assert Party.objects.get(pk=received).withdrawn_at is not None


def test_whoever_only_reads_or_belongs_to_others_ends_nothing(scene: Scene, owner_sql: Any) -> None:
    arrival = scene.take(scene.file)
    _run_out(owner_sql)
    reader = make_user(owner_sql, {scene.theirs.holder: [Role.READER]})
    for person in (reader, scene.ours.office.steward.user):
        with pytest.raises(Forbidden), acting_as(person) as actor:
            end_arrival(arrival, actor=actor, at=timezone.now())


def test_keys_stay_until_the_day(scene: Scene, owner_sql: Any) -> None:
    scene.take(scene.file)
    assert destroy_keys(None, actor=PUBLIC, at=timezone.now() + timedelta(days=900)) == 0
    _run_out(owner_sql)
    assert destroy_keys(None, actor=PUBLIC, at=timezone.now()) == 1
    assert destroy_keys(None, actor=PUBLIC, at=timezone.now()) == 0


def test_a_takedown_of_what_has_run_out_is_obeyed_and_confirmed(
    scene: Scene, owner_sql: Any
) -> None:
    accepted(scene)
    with scene.ours.office.steward.acting() as actor:
        revoke_consent(Grant.objects.get(), actor=actor, at=timezone.now())
        slip = slips_outstanding(actor).get()

        notice = hand_over_takedown(slip, actor=actor, at=timezone.now())
    _run_out(owner_sql)
    assert destroy_keys(None, actor=PUBLIC, at=timezone.now()) == 1
    steward = scene.theirs.office.steward
    with steward.acting() as actor:
        taken = take_in(
            notice, scene.theirs.holder, key=steward.key, actor=actor, at=timezone.now()
        )
    assert isinstance(taken, TakenBack)
    assert taken.outcome == "erased_with_records"


def test_objection_to_one_purpose_takes_back_what_that_purpose_covered(scene: Scene) -> None:
    consented(scene.ours, scene.party, purpose=Purpose.REPORT)
    request = wanted(scene.party.pk, partners=(scene.partner.pk,), purpose=Purpose.REPORT)
    report, _ = sealed(scene.ours, request)
    with scene.ours.office.steward.acting() as actor:
        object_to_use(
            scene.party.pk,
            holder=scene.ours.holder,
            purpose=Purpose.CAMPAIGN,
            actor=actor,
            at=timezone.now(),
        )
        released = list(slips_outstanding(actor))
        assert [slip.copy.parcel.purpose for slip in released] == ["campaign"]
        assert not Slip.objects.get(copy__parcel=report).released_at


def test_consent_that_was_renewed_keeps_the_package_until_that_ends_too(scene: Scene) -> None:
    renewed = consented(scene.ours, scene.party)
    with scene.ours.office.steward.acting() as actor:
        first = Grant.objects.exclude(pk=renewed.pk).get()
        revoke_consent(first, actor=actor, at=timezone.now())
        assert not slips_outstanding(actor).exists()
        assert Slip.objects.get().consents == [renewed.pk]
        revoke_consent(renewed, actor=actor, at=timezone.now())
        assert slips_outstanding(actor).get().why == "revoked"


def test_consent_that_has_run_out_is_followed_by_one_that_goes_on(
    scene: Scene, owner_sql: Any
) -> None:
    renewed = consented(scene.ours, scene.party)
    owner_sql(
        "UPDATE consent_grant SET given_on = current_date - 9, until = current_date - 1"
        " WHERE id <> %s", [renewed.pk],
    )  # fmt: skip
    assert announce_expiries(actor=PUBLIC, at=timezone.now()) == 1
    with scene.ours.office.steward.acting() as actor:
        assert not slips_outstanding(actor).exists()


@pytest.mark.parametrize(
    "less",
    [
        {"level": IdentityLevel.CODE},
        {"groups": (FieldGroup.IDENTITY,)},
        {"audience": "organisation:somebody-else"},
        {"purpose": Purpose.REPORT},
    ],
)
def test_consent_to_less_does_not_keep_the_package(scene: Scene, less: dict[str, Any]) -> None:
    other = consented(scene.ours, scene.party, **less)
    with scene.ours.office.steward.acting() as actor:
        for grant in Grant.objects.exclude(pk=other.pk):
            revoke_consent(grant, actor=actor, at=timezone.now())
        assert slips_outstanding(actor).count() == 1


def test_a_colleague_with_sql_ends_no_package_early(scene: Scene) -> None:

    scene.take(scene.file)
    with (
        scene.theirs.office.steward.acting(),
        pytest.raises(DatabaseError, match="has run out"),
        transaction.atomic(),
    ):
        Arrival.objects.update(ended_at=timezone.now())
