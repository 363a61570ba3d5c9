"""A partner, a courier and a colleague attack packages: cut, swapped, forged, sent on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.core.sharing.factories import (
    Instance,
    befriend,
    case_of,
    consented,
    make_instance,
    sealed,
    wanted,
)
from undaunted.core.access.rules import Forbidden
from undaunted.core.sharing.actions import (
    accept_item,
    join_circle,
    make_circle,
    propose_parcel,
    record_partner,
    take_in,
    verify_partner,
)
from undaunted.core.sharing.actions.keys import open_own_keys
from undaunted.core.sharing.models import (
    Arrival,
    ArrivalItem,
    Copy,
    Kept,
    Parcel,
    ParcelItem,
    Partner,
    Slip,
    TakenBack,
)
from undaunted.core.sharing.readers import MOST_SEALED, read_package
from undaunted.core.sharing.rules import (
    HEADER,
    About,
    AltogetherTooLarge,
    ForeignSignature,
    ItemRefused,
    MarkingRefused,
    NotForUs,
    PackageExpired,
    PackageKind,
    PackageReplayed,
    PackageUnreadable,
    PartnerKind,
    PartnerUnverified,
    RecipientsRefused,
    ShareRefused,
    StepRefused,
    Tlp,
    UnknownSender,
    filled_to,
    new_seed,
    sign,
    write_manifest,
)
from undaunted.core.sharing.writers import write_package
from undaunted.core.vault.actions import open_abroad, seal_abroad
from undaunted.core.vault.rules import VaultError
from undaunted.prisoners.registry.actions.publication import (
    PublicationRefused,
    propose_publication,
)

if TYPE_CHECKING:
    from undaunted.core.actors.models import Party
    from undaunted.core.sharing.actions.keys import Secrets
    from undaunted.core.sharing.rules import Manifest

pytestmark = pytest.mark.usefixtures("ledger")

CHUNK = 65_536 + 16
"""One chunk of age's STREAM with its tag."""


@dataclass
class Scene:
    """Two organisations that know each other, a case, and a file on its way."""

    ours: Instance
    theirs: Instance
    partner: Partner
    party: Party
    file: bytes

    def take(self, file: bytes, *, into: Instance | None = None) -> Any:
        """Take a file in as the steward there."""
        there = into or self.theirs
        with there.office.steward.acting() as actor:
            return take_in(
                file, there.holder, key=there.office.steward.key, actor=actor, at=timezone.now()
            )

    def secrets(self, of: Instance) -> Secrets:
        """Open somebody's keys, as a thief of them would have them."""
        with of.office.steward.acting() as actor:
            return open_own_keys(of.own, key=of.office.steward.key, actor=actor, at=timezone.now())

    def forged(self, told: Manifest, seed: bytes, *contents: bytes) -> bytes:
        """Give a file that says `told`, signed with `seed`, sealed to the recipient."""
        signed = write_manifest(told)
        package = write_package(signed, sign(seed, signed), contents)
        return seal_abroad(package, [self.theirs.own.recipient])


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    ours, theirs = make_instance(owner_sql, "Harbour Watch"), make_instance(owner_sql, "Lantern")
    partner = befriend(ours, theirs)
    befriend(theirs, ours, audience="organisation:harbour-watch")
    party = case_of(ours)
    consented(ours, party)
    _, (file,) = sealed(ours, wanted(party.pk, partners=(partner.pk,)))
    return Scene(ours, theirs, partner, party, file)


def _nothing_arrived(owner_sql: Any) -> bool:
    counted = owner_sql(
        "SELECT (SELECT count(*) FROM sharing_arrival), (SELECT count(*) FROM sharing_arrivalitem)"
    )
    return bool(counted == [(0, 0)])


def test_flipped_bits_anywhere_are_refused(scene: Scene, owner_sql: Any) -> None:
    places = [*range(0, 260, 7), *range(260, len(scene.file), 251), len(scene.file) - 1]
    secrets = scene.secrets(scene.theirs)
    for place in places:
        changed = bytearray(scene.file)
        changed[place] ^= 0x10
        with pytest.raises((ShareRefused, VaultError)) as told:
            read_package(open_abroad(bytes(changed), secrets.receiving))
        assert type(told.value).__name__ in {
            "AlteredEnvelope", "NotAnEnvelope", "NotForThisKey",
        }, place  # fmt: skip
    with pytest.raises(ShareRefused):
        scene.take(bytes(changed))
    assert _nothing_arrived(owner_sql)


def test_file_cut_at_each_frame_is_refused(scene: Scene, owner_sql: Any) -> None:
    secrets = scene.secrets(scene.theirs)
    told = read_package(open_abroad(scene.file, secrets.receiving)).manifest
    content = b"x" * 300_000
    item = replace(told.items[0], length=len(content), sha256=hashlib.sha256(content).hexdigest())
    seed = scene.secrets(scene.ours).seed
    long = scene.forged(replace(told, items=(item,)), seed, content)
    body = filled_to(HEADER + 1000 + len(content))
    last = body % 65_536 or 65_536
    header = len(long) - (body // 65_536 - (last == 65_536)) * CHUNK - last - 16
    ends = [0, 22, header - 16, header, len(long) - 16, len(long) - 1]
    ends += list(range(header + CHUNK, len(long), CHUNK))
    assert len(ends) > 12
    for end in ends:
        with pytest.raises(ShareRefused):
            scene.take(long[:end])
    assert _nothing_arrived(owner_sql)
    assert isinstance(scene.take(long), Arrival), "whole, it is taken in"


def test_copy_of_another_recipient_is_refused(scene: Scene, owner_sql: Any) -> None:
    third = make_instance(owner_sql, "Third")
    befriend(third, scene.ours, audience="organisation:harbour-watch")
    with pytest.raises(NotForUs, match="no key"):
        scene.take(scene.file, into=third)
    inside = open_abroad(scene.file, scene.secrets(scene.theirs).receiving)
    with pytest.raises(NotForUs, match="another recipient"):
        scene.take(seal_abroad(inside, [third.own.recipient]), into=third)
    assert _nothing_arrived(owner_sql)


def test_signature_by_another_key_is_refused(scene: Scene, owner_sql: Any) -> None:
    inside = open_abroad(scene.file, scene.secrets(scene.theirs).receiving)
    package = read_package(inside)
    ((_, content),) = package.contents
    with pytest.raises(ForeignSignature):
        scene.take(scene.forged(package.manifest, new_seed(), content))
    stranger = make_instance(owner_sql, "Stranger")
    own = replace(
        package.manifest,
        from_key=stranger.own.signing_key,
        from_recipient=stranger.own.recipient,
    )
    with pytest.raises(UnknownSender):
        scene.take(scene.forged(own, scene.secrets(stranger).seed, content))
    mixed = replace(package.manifest, from_recipient=stranger.own.recipient)
    with pytest.raises(UnknownSender):
        scene.take(scene.forged(mixed, scene.secrets(scene.ours).seed, content))
    assert _nothing_arrived(owner_sql)


def test_content_of_another_package_under_a_good_list_is_refused(scene: Scene) -> None:
    inside = open_abroad(scene.file, scene.secrets(scene.theirs).receiving)
    package = read_package(inside)
    content = bytes(package.contents[0][1])
    other = b"x" * len(content)
    swapped = write_package(package.signed, package.signature, [other])
    with pytest.raises(PackageUnreadable, match="item 1"):
        scene.take(seal_abroad(swapped, [scene.theirs.own.recipient]))


def test_package_sent_again_and_an_earlier_one_are_refused(scene: Scene) -> None:
    _, (later,) = sealed(scene.ours, wanted(scene.party.pk, partners=(scene.partner.pk,)))
    scene.take(later)
    for old in (later, scene.file):
        with pytest.raises(PackageReplayed):
            scene.take(old)


def test_package_that_ran_out_is_refused(scene: Scene) -> None:
    with pytest.raises(PackageExpired), scene.theirs.office.steward.acting() as actor:
        take_in(
            scene.file,
            scene.theirs.holder,
            key=scene.theirs.office.steward.key,
            actor=actor,
            at=timezone.now() + timedelta(days=31),
        )


def test_file_larger_than_any_package_is_not_opened(scene: Scene) -> None:
    with pytest.raises(AltogetherTooLarge):
        scene.take(scene.file + bytes(MOST_SEALED))


def test_ended_partner_sends_nothing_more(scene: Scene, owner_sql: Any) -> None:
    owner_sql(
        "UPDATE sharing_partner SET ended_at = now() WHERE holder = %s", [scene.theirs.holder]
    )
    with pytest.raises(UnknownSender):
        scene.take(scene.file)


def _accepted(scene: Scene) -> UUID:
    arrival = scene.take(scene.file)
    steward = scene.theirs.office.steward
    with steward.acting() as actor:
        item = ArrivalItem.objects.select_related("arrival__partner").get(arrival=arrival)
        made = accept_item(item, key=steward.key, actor=actor, at=timezone.now())
    return made[0].subject


def test_what_was_received_goes_to_nobody_else(scene: Scene, owner_sql: Any) -> None:
    received = _accepted(scene)
    third = make_instance(owner_sql, "Third")
    onward = befriend(scene.theirs, third, audience="organisation:third")
    with scene.theirs.office.caseworker.acting():
        from undaunted.core.actors.models import Party as Person  # noqa: PLC0415

        party = Person.objects.get(pk=received)
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
    received = _accepted(scene)
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


def test_sql_does_not_forget_where_a_record_came_from(scene: Scene) -> None:
    received = _accepted(scene)
    with scene.theirs.office.steward.acting():
        for change in ({"subject": uuid4()}, {"until": timezone.now()}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Kept.objects.filter(subject=received).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            Kept.objects.filter(subject=received).delete()


def test_empty_circle_is_nobody(scene: Scene) -> None:
    caseworker = scene.ours.office.caseworker
    with caseworker.acting() as actor:
        circle = make_circle(scene.ours.holder, "Allies", actor=actor, at=timezone.now())
        for request in (
            wanted(scene.party.pk, circles=(circle.pk,)),
            wanted(scene.party.pk, circles=(circle.pk,), partners=(scene.partner.pk,)),
            wanted(scene.party.pk),
        ):
            with pytest.raises(RecipientsRefused):
                propose_parcel(scene.ours.holder, request, actor=actor, at=timezone.now())
        join_circle(circle, scene.partner, actor=actor, at=timezone.now())
        parcel = propose_parcel(
            scene.ours.holder,
            wanted(scene.party.pk, circles=(circle.pk,)),
            actor=actor,
            at=timezone.now(),
        )
        assert [copy.partner_id for copy in parcel.copies.all()] == [scene.partner.pk]


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


@pytest.mark.parametrize(
    "level", ["nobody asked", "public", "organisation", "other state", "origin"]
)
def test_government_sees_nobody_who_did_not_name_it(
    scene: Scene, owner_sql: Any, level: str
) -> None:
    ministry = make_instance(owner_sql, "Ministry")
    kind, audience = PartnerKind.GOVERNMENT, "government:XS"
    if level == "origin":
        audience = "government:XR"
    partner = befriend(scene.ours, ministry, kind=kind, audience=audience)
    party = case_of(scene.ours, country="XR")
    agreed = {
        "public": "public",
        "organisation": "organisation:lantern-fund",
        "other state": "government:XB",
        "origin": "government:XR",
    }.get(level)
    if agreed:
        consented(scene.ours, party, audience=agreed)
    with pytest.raises(ItemRefused) as refusal, scene.ours.office.caseworker.acting() as actor:
        propose_parcel(
            scene.ours.holder,
            wanted(party.pk, partners=(partner.pk,)),
            actor=actor,
            at=timezone.now(),
        )
    if level == "origin":
        assert "origin_state" in str(refusal.value)


def test_official_of_the_origin_state_named_as_a_person_is_refused(
    scene: Scene, owner_sql: Any
) -> None:
    official = make_instance(owner_sql, "An official")
    partner = befriend(scene.ours, official, kind=PartnerKind.PERSON, audience="government:XR")
    party = case_of(scene.ours, country="XR")
    consented(scene.ours, party, audience="government:XR")
    with (
        pytest.raises(ItemRefused, match="origin_state"),
        scene.ours.office.caseworker.acting() as actor,
    ):
        propose_parcel(
            scene.ours.holder,
            wanted(party.pk, partners=(partner.pk,), tlp=Tlp.RED),
            actor=actor,
            at=timezone.now(),
        )


def test_government_with_an_unknown_origin_state_is_refused(scene: Scene, owner_sql: Any) -> None:
    ministry = make_instance(owner_sql, "Ministry")
    partner = befriend(scene.ours, ministry, kind=PartnerKind.GOVERNMENT, audience="government:XS")
    party = case_of(scene.ours, country="")
    consented(scene.ours, party, audience="government:XS")
    with (
        pytest.raises(ItemRefused, match="origin_unknown"),
        scene.ours.office.caseworker.acting() as actor,
    ):
        propose_parcel(
            scene.ours.holder,
            wanted(party.pk, partners=(partner.pk,)),
            actor=actor,
            at=timezone.now(),
        )


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


def _takedown(scene: Scene, arrival: Arrival, sender: Instance) -> bytes:
    """Give a takedown of an item of ours, made by whoever has `sender`'s keys."""
    with scene.theirs.office.steward.acting():
        item = ArrivalItem.objects.get(arrival=arrival)
    inside = open_abroad(scene.file, scene.secrets(scene.theirs).receiving)
    told = replace(
        read_package(inside).manifest,
        kind=PackageKind.REVOCATION,
        sequence=0,
        items=(),
        from_key=sender.own.signing_key,
        from_recipient=sender.own.recipient,
        about=About(str(arrival.package), str(item.thing), str(uuid4()), "withdrawn"),
    )
    return scene.forged(told, scene.secrets(sender).seed)


def test_partner_does_not_take_back_what_another_sent(scene: Scene, owner_sql: Any) -> None:
    arrival = scene.take(scene.file)
    third = make_instance(owner_sql, "Third")
    befriend(scene.theirs, third, audience="organisation:third")
    taken = scene.take(_takedown(scene, arrival, third))
    assert isinstance(taken, TakenBack)
    assert taken.outcome == "never_arrived"
    with scene.theirs.office.steward.acting():
        assert ArrivalItem.objects.get(arrival=arrival).state == "waiting"


def test_receipt_for_what_was_never_taken_back_is_refused(scene: Scene) -> None:
    with scene.ours.office.steward.acting():
        slip = Slip.objects.select_related("copy").get()
    inside = open_abroad(scene.file, scene.secrets(scene.theirs).receiving)
    told = replace(
        read_package(inside).manifest,
        kind=PackageKind.RECEIPT,
        sequence=0,
        items=(),
        from_key=scene.theirs.own.signing_key,
        from_recipient=scene.theirs.own.recipient,
        to_key=scene.ours.own.recipient,
        about=About(str(slip.copy_id), str(slip.item_id), str(slip.pk), "erased"),
    )
    signed = write_manifest(told)
    package = write_package(signed, sign(scene.secrets(scene.theirs).seed, signed), ())
    with pytest.raises(StepRefused):
        scene.take(seal_abroad(package, [scene.ours.own.recipient]), into=scene.ours)


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
