"""Partners end, come back, change keys: what they took back stays gone, nothing comes twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.attacks.sharing_scene import Scene, accepted, make_scene
from tests.core.sharing.factories import (
    NAME,
    Instance,
    befriend,
    consented,
    make_instance,
    sealed,
    wanted,
)
from undaunted.core.actors.models import PartyName
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.consent.models import Grant
from undaunted.core.sharing.actions import (
    accept_item,
    end_partner,
    hand_over_copy,
    hand_over_takedown,
    look_at_item,
    make_own_keys,
    propose_parcel,
    seal_parcel,
)
from undaunted.core.sharing.models import Arrival, ArrivalItem, Copy, Partner, Slip, TakenBack
from undaunted.core.sharing.queries import slips_outstanding
from undaunted.core.sharing.readers import read_package
from undaunted.core.sharing.rules import ItemRefused, PackageReplayed, StepRefused, UnknownSender
from undaunted.core.vault.actions import open_abroad

if TYPE_CHECKING:
    from undaunted.core.sharing.rules import Manifest

pytestmark = pytest.mark.usefixtures("ledger")

BEFORE = "organisation:harbour-watch"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def _notice(scene: Scene) -> bytes:
    """End the consent; gives the takedown that follows."""
    with scene.ours.office.steward.acting() as actor:
        revoke_consent(Grant.objects.get(), actor=actor, at=timezone.now())
        return hand_over_takedown(slips_outstanding(actor).get(), actor=actor, at=timezone.now())


def _end(of: Instance) -> Partner:
    with of.office.steward.acting() as actor:
        partner = Partner.objects.get(holder=of.holder, ended_at__isnull=True)
        end_partner(partner, actor=actor, at=timezone.now())
    return partner


def _told(scene: Scene) -> tuple[Manifest, bytes]:
    package = read_package(open_abroad(scene.file, scene.secrets(scene.theirs).receiving))
    return package.manifest, package.contents[0][1]


def _names(owner_sql: Any, holder: UUID) -> list[Any]:
    found: list[Any] = owner_sql("SELECT text FROM actors_partyname WHERE holder = %s", [holder])
    return found


def test_takedown_before_its_package_keeps_the_person_out(scene: Scene, owner_sql: Any) -> None:
    taken = scene.take(_notice(scene))
    assert taken.outcome == "never_arrived"
    arrival = scene.take(scene.file)
    assert owner_sql("SELECT state, envelope FROM sharing_arrivalitem") == [("taken_back", None)]
    steward = scene.theirs.office.steward
    with steward.acting() as actor:
        item = ArrivalItem.objects.select_related("arrival__partner").get(arrival=arrival)
        for step in (look_at_item, accept_item):
            with pytest.raises(StepRefused, match="erased"):
                step(item, key=steward.key, actor=actor, at=timezone.now())


def test_sql_takes_nothing_in_that_was_taken_back(scene: Scene, owner_sql: Any) -> None:
    arrival = scene.take(scene.file)
    with scene.theirs.office.steward.acting() as actor:
        item = ArrivalItem.objects.get(arrival=arrival)
        TakenBack.objects.create(
            holder=scene.theirs.holder, partner=arrival.partner, package=arrival.package,
            thing=item.thing, notice=uuid4(), outcome="never_arrived", receipt=b"",
            at=timezone.now(),
        )  # fmt: skip
        row = ArrivalItem.objects.filter(pk=item.pk)
        decided = {"decided_by": actor.person, "decided_at": timezone.now()}
        for change in ({"state": "accepted", **decided}, {"envelope": b"again"}):
            with pytest.raises(DatabaseError, match="taken in no more"), transaction.atomic():
                row.update(**change)
        with pytest.raises(DatabaseError, match="taken in no more"), transaction.atomic():
            ArrivalItem.objects.create(
                holder=item.holder, arrival=arrival, position=2, kind=item.kind, thing=item.thing,
                version="1", sha256="", record=uuid4(), envelope=b"again",
            )  # fmt: skip
        with pytest.raises(DatabaseError, match="waits for somebody"), transaction.atomic():
            ArrivalItem.objects.create(
                holder=item.holder, arrival=arrival, position=2, kind=item.kind, thing=item.thing,
                version="1", sha256="", record=uuid4(),
            )  # fmt: skip
        with pytest.raises(DatabaseError, match="what was erased"), transaction.atomic():
            TakenBack.objects.update(outcome="erased_before")
        steward = scene.theirs.office.steward
        with pytest.raises(StepRefused, match="given up before"):
            look_at_item(
                ArrivalItem.objects.select_related("arrival__partner").get(pk=item.pk),
                key=steward.key, actor=actor, at=timezone.now(),
            )  # fmt: skip
    assert owner_sql("SELECT state FROM sharing_arrivalitem") == [("waiting",)]


def test_takedown_again_erases_what_an_earlier_one_did_not_find(
    scene: Scene, owner_sql: Any
) -> None:
    """As on an installation where a takedown was answered before its package came in."""
    received = accepted(scene)
    notice = _notice(scene)
    with scene.ours.office.steward.acting():
        slip = Slip.objects.get()
    owner_sql(
        "INSERT INTO sharing_takenback (id, holder, sharing, partner_id, package, thing, notice,"
        " outcome, receipt, at) SELECT gen_random_uuid(), holder, 'organisation', partner_id,"
        " package, %s, %s, 'never_arrived', '', now() FROM sharing_arrival",
        [slip.item_id, slip.pk],
    )
    taken = scene.take(notice)
    assert taken.outcome == "erased_with_records"
    assert owner_sql("SELECT outcome FROM sharing_takenback") == [("erased_with_records",)]
    assert scene.take(bytes(taken.receipt), into=scene.ours).receipt == "erased_with_records"
    with scene.theirs.office.steward.acting():
        assert not PartyName.objects.filter(party=received).exists()


def test_takedown_from_a_partner_that_was_ended_is_obeyed_and_confirmed(
    scene: Scene, owner_sql: Any
) -> None:
    accepted(scene)
    _end(scene.theirs)
    _end(scene.ours)
    taken = scene.take(_notice(scene))
    assert taken.outcome == "erased_with_records"
    assert _names(owner_sql, scene.theirs.holder) == []
    receipt = scene.take(bytes(taken.receipt), into=scene.ours)
    assert (receipt.receipt, receipt.receipt_at is None) == ("erased_with_records", False)
    with scene.ours.office.steward.acting() as actor:
        assert not slips_outstanding(actor).exists()


def test_takedown_reaches_what_came_before_the_partner_was_recorded_anew(
    scene: Scene, owner_sql: Any
) -> None:
    accepted(scene)
    _end(scene.theirs)
    befriend(scene.theirs, scene.ours, audience=BEFORE)
    assert scene.take(_notice(scene)).outcome == "erased_with_records"
    assert _names(owner_sql, scene.theirs.holder) == []


def test_takedown_signed_with_keys_that_were_replaced_is_obeyed(
    scene: Scene, owner_sql: Any
) -> None:
    accepted(scene)
    assert _names(owner_sql, scene.theirs.holder) == [(NAME,)]
    office = scene.ours.office
    with office.steward.acting() as actor:
        scene.ours.own = make_own_keys(
            office.holder, office.team, "Harbour Watch", actor=actor, at=timezone.now()
        )
    _end(scene.theirs)
    befriend(scene.theirs, scene.ours, audience=BEFORE)
    taken = scene.take(_notice(scene))
    assert taken.outcome == "erased_with_records"
    assert _names(owner_sql, scene.theirs.holder) == []
    assert scene.take(bytes(taken.receipt), into=scene.ours).receipt == "erased_with_records"


def test_partner_that_nobody_verified_takes_nothing_back(scene: Scene, owner_sql: Any) -> None:
    accepted(scene)
    owner_sql(
        "UPDATE sharing_partner SET verified_by = NULL, verified_at = NULL WHERE holder = %s",
        [scene.theirs.holder],
    )
    with pytest.raises(UnknownSender):
        scene.take(_notice(scene))
    assert _names(owner_sql, scene.theirs.holder) == [(NAME,)]


def test_package_from_a_partner_that_was_ended_is_refused(scene: Scene) -> None:
    _end(scene.theirs)
    with pytest.raises(UnknownSender):
        scene.take(scene.file)


def test_package_does_not_come_again_after_its_partner_was_recorded_anew(
    scene: Scene, owner_sql: Any
) -> None:
    accepted(scene)
    _end(scene.theirs)
    anew = befriend(scene.theirs, scene.ours, audience=BEFORE)
    told, content = _told(scene)
    seed = scene.secrets(scene.ours).seed
    with pytest.raises(PackageReplayed, match="number 1"):
        scene.take(scene.file)
    with pytest.raises(PackageReplayed, match="another number"):
        scene.take(scene.forged(replace(told, sequence=7), seed, content))
    scene.take(scene.forged(replace(told, sequence=7, id=str(uuid4())), seed, content))
    assert len(_names(owner_sql, scene.theirs.holder)) == 1
    with scene.theirs.office.steward.acting() as actor:
        first = Arrival.objects.get(sequence=1)
        usual = {
            "holder": first.holder, "tlp": first.tlp, "pap": first.pap, "purpose": first.purpose,
            "watermark": "", "created_at": first.created_at, "expires_at": first.expires_at,
            "received_at": timezone.now(), "received_by": actor.person,
        }  # fmt: skip
        for partner, number, package in (
            (anew, 1, uuid4()),
            (anew, 9, first.package),
            (first.partner, 9, uuid4()),
        ):
            with pytest.raises(DatabaseError, match="verified partner"), transaction.atomic():
                Arrival.objects.create(partner=partner, sequence=number, package=package, **usual)


def test_sender_goes_on_counting_for_a_recipient_recorded_anew(scene: Scene) -> None:
    accepted(scene)
    _end(scene.ours)
    scene.partner = befriend(scene.ours, scene.theirs)
    _, (file,) = sealed(scene.ours, wanted(scene.party.pk, partners=(scene.partner.pk,)))
    arrival = scene.take(file)
    assert (arrival.sequence, arrival.missing) == (2, 0)


def _bind(owner_sql: Any, fingerprint: str) -> None:
    """Make the agreement one to which a partner's keys were shown."""
    owner_sql("UPDATE consent_grant SET fingerprints = ARRAY[%s]", [fingerprint])


def test_another_under_a_partners_name_gets_nothing_that_was_agreed_for_it(
    scene: Scene, owner_sql: Any
) -> None:
    _bind(owner_sql, scene.theirs.own.fingerprint)
    _end(scene.ours)
    other = befriend(scene.ours, make_instance(owner_sql, "Lantern"))
    request = wanted(scene.party.pk, partners=(other.pk,))
    with (
        pytest.raises(ItemRefused, match="other_audience"),
        scene.ours.office.caseworker.acting() as actor,
    ):
        propose_parcel(scene.ours.holder, request, actor=actor, at=timezone.now())


def test_keys_are_asked_again_at_sealing_and_at_handing_over(scene: Scene, owner_sql: Any) -> None:
    _bind(owner_sql, scene.theirs.own.fingerprint)
    request = wanted(scene.party.pk, partners=(scene.partner.pk,))
    with scene.ours.office.caseworker.acting() as actor:
        parcel = propose_parcel(scene.ours.holder, request, actor=actor, at=timezone.now())
        copy = Copy.objects.exclude(parcel=parcel).get()
        assert hand_over_copy(copy, actor=actor, at=timezone.now()) == scene.file
    _bind(owner_sql, "of others")
    steward = scene.ours.office.steward
    with steward.acting() as actor:
        with pytest.raises(ItemRefused, match="other_audience"):
            seal_parcel(parcel, key=steward.key, actor=actor, at=timezone.now())
        with pytest.raises(ItemRefused, match="other_audience"):
            hand_over_copy(copy, actor=actor, at=timezone.now())


@pytest.mark.parametrize(("same", "released"), [(True, 0), (False, 1)])
def test_another_agreement_keeps_a_copy_only_where_it_means_the_same_keys(
    scene: Scene, owner_sql: Any, *, same: bool, released: int
) -> None:
    keys = scene.theirs.own.fingerprint if same else "of others"
    other = consented(scene.ours, scene.party, fingerprints=(keys,))
    with scene.ours.office.steward.acting() as actor:
        first = Grant.objects.exclude(pk=other.pk).get()
        revoke_consent(first, actor=actor, at=timezone.now())
        assert slips_outstanding(actor).count() == released
