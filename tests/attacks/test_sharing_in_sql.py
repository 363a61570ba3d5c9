"""A colleague with SQL attacks sharing: alone, onward, unverified, in the name of others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.attacks.sharing_scene import Scene, accepted, make_scene
from tests.core.accounts.factories import make_user
from tests.core.sharing.factories import (
    befriend,
    case_of,
    consented,
    make_instance,
    wanted,
)
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.models import Party
from undaunted.core.consent.rules import FieldGroup, Purpose
from undaunted.core.sharing.actions import (
    propose_parcel,
    record_partner,
    verify_partner,
)
from undaunted.core.sharing.models import (
    ArrivalItem,
    Copy,
    Kept,
    Parcel,
    ParcelItem,
    Partner,
    Slip,
)
from undaunted.core.sharing.rules import (
    ItemRefused,
    MarkingRefused,
    PartnerKind,
    PartnerUnverified,
    Tlp,
)
from undaunted.core.vault.rules import code_for_database
from undaunted.prisoners.registry.actions.matching import judge_pair
from undaunted.prisoners.registry.actions.publication import (
    NeverOnward,
    PublicationRefused,
    propose_publication,
    publish,
)
from undaunted.prisoners.registry.models import Publication

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def test_what_was_received_goes_to_nobody_else(scene: Scene, owner_sql: Any) -> None:
    received = accepted(scene)
    third = make_instance(owner_sql, "Third")
    onward = befriend(scene.theirs, third, audience="organisation:third")
    with scene.theirs.office.caseworker.acting():
        party = Party.objects.get(pk=received)
    consented(scene.theirs, party, audience="organisation:third")
    with (
        pytest.raises(ItemRefused, match="never goes onward"),
        scene.theirs.office.caseworker.acting() as actor,
    ):
        propose_parcel(
            scene.theirs.holder,
            wanted(received, partners=(onward.pk,)),
            actor=actor,
            at=timezone.now(),
        )
    consented(scene.theirs, party, audience="public")
    with (
        pytest.raises(PublicationRefused, match="onward"),
        scene.theirs.office.caseworker.acting() as actor,
    ):
        propose_publication(party, actor=actor, at=timezone.now())


def _parcel(_scene: Scene, holder: UUID, person: Any, *, tlp: str = "AMBER") -> Parcel:
    now = timezone.now()
    return Parcel.objects.create(
        holder=holder, title="x", tlp=tlp, pap="GREEN", purpose="campaign",
        expires_at=now + timedelta(days=1), proposed_by=person, proposed_at=now,
    )  # fmt: skip


def test_sql_does_not_send_onward_what_was_received(scene: Scene, owner_sql: Any) -> None:
    received = accepted(scene)
    twin = case_of(scene.theirs)
    owner_sql("UPDATE actors_party SET canonical = %s WHERE id = %s", [received, twin.pk])
    person = scene.theirs.office.caseworker
    for thing, subjects in ((received, []), (uuid4(), [received]), (twin.pk, [twin.pk])):
        with (
            person.acting(),
            pytest.raises(DatabaseError, match="never goes onward"),
            transaction.atomic(),
        ):
            ParcelItem.objects.create(
                holder=scene.theirs.holder,
                parcel=_parcel(scene, scene.theirs.holder, person.user.pk),
                kind="registry.case",
                thing=thing,
                subjects=subjects,
            )


def _agreed_in_public(scene: Scene) -> Party:
    own = case_of(scene.theirs)
    groups = (FieldGroup.IDENTITY, FieldGroup.DETENTION)
    consented(scene.theirs, own, audience="public", purpose=Purpose.REGISTRY, groups=groups)
    return own


def _published(scene: Scene, owner_sql: Any) -> Party:
    own = _agreed_in_public(scene)
    with scene.theirs.office.caseworker.acting() as actor:
        gate = propose_publication(own, actor=actor, at=timezone.now())
    with acting_as(make_user(owner_sql, {scene.theirs.holder: [Role.PUBLISHER]})) as actor:
        publish(gate, actor=actor, at=timezone.now())
    return own


def test_what_was_received_joins_no_published_case(scene: Scene, owner_sql: Any) -> None:
    received, own = accepted(scene), _published(scene, owner_sql)
    twin = case_of(scene.theirs)
    matcher = make_user(owner_sql, {scene.theirs.holder: [Role.DOCUMENTER, Role.REVIEWER]})
    now = timezone.now()
    with acting_as(matcher) as actor:
        judge_pair(received, twin.pk, actor=actor, at=now, verdict="same")
        for left, right in ((received, own.pk), (own.pk, received), (own.pk, twin.pk)):
            with pytest.raises(NeverOnward, match="take the case down"):
                judge_pair(left, right, actor=actor, at=now, verdict="same")
        judge_pair(own.pk, received, actor=actor, at=now, verdict="different")
    assert owner_sql("SELECT state FROM registry_publication") == [("published",)]


def test_sql_does_not_join_what_was_received_to_a_published_case(
    scene: Scene, owner_sql: Any
) -> None:
    received, own = accepted(scene), _published(scene, owner_sql)
    with scene.theirs.office.caseworker.acting():
        for moved, into in ((received, own.pk), (own.pk, received)):
            with pytest.raises(DatabaseError, match="never goes onward"), transaction.atomic():
                Party.objects.filter(pk=moved).update(canonical=into)
        kept = Kept.objects.get(subject=received)
        told = {"holder": kept.holder, "item": kept.item, "until": kept.until}
        with pytest.raises(DatabaseError, match="application alone"), transaction.atomic():
            Kept.objects.create(subject_kind="party", subject=own.pk, **told)
        Party.objects.filter(pk=received).update(withdrawn_at=timezone.now(), canonical=own.pk)
        with pytest.raises(DatabaseError, match="never goes onward"), transaction.atomic():
            Party.objects.filter(pk=received).update(withdrawn_at=None)
    row = Kept(subject_kind="party", subject=own.pk, **told)
    facts = (row.pk, kept.item_id, "party", own.pk)
    row.vouched = code_for_database(settings.SESSION_BINDING_KEY, "sharing-kept", *facts)
    with (
        scene.theirs.office.steward.acting(),
        pytest.raises(DatabaseError, match="never goes onward"),
        transaction.atomic(),
    ):
        row.save(force_insert=True)


def test_sql_does_not_publish_what_was_received(scene: Scene, owner_sql: Any) -> None:
    received, own = accepted(scene), _agreed_in_public(scene)
    caseworker = scene.theirs.office.caseworker
    now = timezone.now()
    usual = {"holder": scene.theirs.holder, "proposed_by": caseworker.user.pk, "proposed_at": now}
    with caseworker.acting() as actor:
        with pytest.raises(DatabaseError, match="not published"), transaction.atomic():
            Publication.objects.create(party_id=received, reference="XR-1", **usual)
        gate = propose_publication(own, actor=actor, at=now)
        Party.objects.filter(pk=received).update(canonical=own.pk)
    publisher = make_user(owner_sql, {scene.theirs.holder: [Role.PUBLISHER]})
    with acting_as(publisher) as actor:
        with pytest.raises(NeverOnward):
            publish(gate, actor=actor, at=now)
        with pytest.raises(DatabaseError, match="not published"), transaction.atomic():
            Publication.objects.filter(pk=gate.pk).update(
                state="published", published_by=publisher.pk, published_at=now
            )
    owner_sql("UPDATE actors_party SET withdrawn_at = now() WHERE id = %s", [received])
    with acting_as(publisher) as actor:
        assert publish(gate, actor=actor, at=now).state == "published", "it was given up"


def test_sql_hangs_no_other_record_under_a_package_that_has_run_out(
    scene: Scene, owner_sql: Any
) -> None:
    """Keys go by the calendar alone: nobody gives the key of something else to the calendar."""
    arrival = scene.take(scene.file)
    own = owner_sql("SELECT record FROM sharing_ownkeys WHERE holder = %s", [scene.theirs.holder])
    with scene.theirs.office.caseworker.acting():
        item = ArrivalItem.objects.get(arrival=arrival)
        with pytest.raises(DatabaseError, match="one_item_a_record"), transaction.atomic():
            ArrivalItem.objects.create(
                holder=item.holder, arrival=arrival, position=2, kind=item.kind, thing=uuid4(),
                version="1", sha256="", record=item.record,
            )  # fmt: skip
        ArrivalItem.objects.create(
            holder=item.holder, arrival=arrival, position=2, kind=item.kind, thing=uuid4(),
            version="1", sha256="", record=own[0][0],
        )  # fmt: skip
    owner_sql("UPDATE sharing_arrival SET expires_at = now() - interval '1 minute'")
    with scene.theirs.office.caseworker.acting(), connection.cursor() as cursor:
        cursor.execute("SELECT sharing_destroy_keys(NULL)")
        assert cursor.fetchall() == [(item.record,)]


def test_sql_does_not_forget_where_a_record_came_from(scene: Scene) -> None:
    received = accepted(scene)
    with scene.theirs.office.steward.acting():
        for change in ({"subject": uuid4()}, {"until": timezone.now()}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Kept.objects.filter(subject=received).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            Kept.objects.filter(subject=received).delete()


def test_sql_does_not_seal_to_nobody(scene: Scene) -> None:
    caseworker, steward = scene.ours.office.caseworker, scene.ours.office.steward
    with caseworker.acting():
        parcel = _parcel(scene, scene.ours.holder, caseworker.user.pk)
    with (
        steward.acting(),
        pytest.raises(DatabaseError, match="named recipients"),
        transaction.atomic(),
    ):
        Parcel.objects.filter(pk=parcel.pk).update(state="sealed", sealed_by=steward.user.pk)


def test_red_does_not_go_to_an_organisation(scene: Scene) -> None:
    with pytest.raises(MarkingRefused), scene.ours.office.caseworker.acting() as actor:
        propose_parcel(
            scene.ours.holder,
            wanted(scene.party.pk, partners=(scene.partner.pk,), tlp=Tlp.RED),
            actor=actor,
            at=timezone.now(),
        )
    person = scene.ours.office.caseworker
    with person.acting():
        parcel = _parcel(scene, scene.ours.holder, person.user.pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            Parcel.objects.filter(pk=parcel.pk).update(tlp="RED")
        red = _parcel(scene, scene.ours.holder, person.user.pk, tlp="RED")
        with pytest.raises(DatabaseError, match="marking"), transaction.atomic():
            Copy.objects.create(holder=scene.ours.holder, parcel=red, partner=scene.partner)


def test_partner_is_not_verified_by_one_person(scene: Scene, owner_sql: Any) -> None:
    third = make_instance(owner_sql, "Third")
    steward = scene.ours.office.steward
    with steward.acting() as actor:
        partner = record_partner(
            scene.ours.holder,
            name="Third",
            kind=PartnerKind.ORGANISATION,
            audience="organisation:third",
            signing_key=third.own.signing_key,
            recipient=third.own.recipient,
            actor=actor,
            at=timezone.now(),
        )
        with pytest.raises(PartnerUnverified):
            propose_parcel(
                scene.ours.holder,
                wanted(scene.party.pk, partners=(partner.pk,)),
                actor=actor,
                at=timezone.now(),
            )
    with pytest.raises(Forbidden), steward.acting() as actor:
        verify_partner(partner, third.own.fingerprint, actor=actor, at=timezone.now())
    for forged in (steward.user.pk, scene.ours.office.caseworker.user.pk):
        with steward.acting(), pytest.raises(DatabaseError), transaction.atomic():
            Partner.objects.filter(pk=partner.pk).update(verified_by=forged)
    with steward.acting(), pytest.raises(DatabaseError), transaction.atomic():
        Copy.objects.create(
            holder=scene.ours.holder,
            parcel=_parcel(scene, scene.ours.holder, steward.user.pk),
            partner=partner,
        )


def test_verified_partner_does_not_get_other_keys(scene: Scene) -> None:
    with scene.ours.office.steward.acting(), pytest.raises(DatabaseError), transaction.atomic():
        Partner.objects.filter(pk=scene.partner.pk).update(recipient="age1mine")


def test_sql_of_one_person_seals_nothing(scene: Scene) -> None:
    steward = scene.ours.office.steward
    with steward.acting():
        parcel = _parcel(scene, scene.ours.holder, steward.user.pk)
        Copy.objects.create(
            holder=scene.ours.holder, parcel=parcel, partner=scene.partner, sealed=b"x"
        )
        for forged in (steward.user.pk, scene.ours.office.caseworker.user.pk):
            with pytest.raises(DatabaseError), transaction.atomic():
                Parcel.objects.filter(pk=parcel.pk).update(state="sealed", sealed_by=forged)


def test_nothing_is_added_after_sealing(scene: Scene) -> None:
    with scene.ours.office.steward.acting():
        parcel = Parcel.objects.get(state="sealed")
        with pytest.raises(DatabaseError), transaction.atomic():
            ParcelItem.objects.create(
                holder=scene.ours.holder, parcel=parcel, kind="x", thing=uuid4(), subjects=[]
            )
        with pytest.raises(DatabaseError), transaction.atomic():
            Copy.objects.filter(parcel=parcel).update(sealed=b"other")


@pytest.mark.parametrize("table", [Parcel, ParcelItem, Copy, Slip, Partner])
def test_other_organisations_see_no_row(scene: Scene, table: Any) -> None:
    with scene.ours.office.steward.acting():
        own = set(table.objects.values_list("pk", flat=True))
    assert own
    with scene.theirs.office.steward.acting():
        assert not own & set(table.objects.values_list("pk", flat=True))
        if table is not ParcelItem:  # nobody may change one
            assert table.objects.filter(pk__in=own).update(holder=scene.theirs.holder) == 0


def test_row_is_not_hung_under_a_package_of_others(scene: Scene) -> None:
    with scene.ours.office.caseworker.acting():
        parcel = _parcel(scene, scene.ours.holder, scene.ours.office.caseworker.user.pk)
    with (
        scene.theirs.office.caseworker.acting(),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        ParcelItem.objects.create(
            holder=scene.theirs.holder, parcel=parcel, kind="x", thing=uuid4(), subjects=[]
        )


def test_sql_does_not_confirm_a_takedown_that_was_not_sent(scene: Scene) -> None:
    with scene.ours.office.steward.acting(), pytest.raises(DatabaseError), transaction.atomic():
        Slip.objects.update(receipt_at=timezone.now(), receipt="erased")


def test_sql_does_not_accept_for_another_or_erase_what_is_ours(scene: Scene) -> None:
    scene.take(scene.file)
    own = case_of(scene.theirs)
    with (
        scene.theirs.office.caseworker.acting(),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        ArrivalItem.objects.update(state="accepted", decided_by=scene.theirs.office.steward.user.pk)
    with (
        scene.theirs.office.steward.acting(),
        pytest.raises(DatabaseError, match="received"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT sharing_erase_kept('party', %s, now())", [own.pk])


def test_seized_database_signs_and_opens_nothing(scene: Scene, owner_sql: Any) -> None:
    secrets = scene.secrets(scene.ours)
    for table in ("sharing_ownkeys", "vault_recordkey", "vault_sealing", "audit_detail"):
        text = str(owner_sql(f"SELECT to_jsonb(t)::text FROM {table} t"))
        assert secrets.receiving not in text
        assert secrets.seed.hex() not in text
