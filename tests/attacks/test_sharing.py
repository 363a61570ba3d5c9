"""A partner and a courier attack packages: cut, swapped, forged, sent again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.attacks.sharing_scene import Scene, make_scene
from tests.core.sharing.factories import (
    Instance,
    befriend,
    case_of,
    consented,
    make_instance,
    sealed,
    wanted,
)
from undaunted.core.sharing.actions import (
    join_circle,
    make_circle,
    propose_parcel,
    take_in,
)
from undaunted.core.sharing.models import (
    Arrival,
    ArrivalItem,
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
    NotForUs,
    PackageExpired,
    PackageKind,
    PackageReplayed,
    PackageUnreadable,
    PartnerKind,
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

pytestmark = pytest.mark.usefixtures("ledger")

CHUNK = 65_536 + 16
"""One chunk of age's STREAM with its tag."""


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


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
