"""Taking a file in: opened, checked, and then a package to review, a takedown, or a receipt.

Nothing that arrives becomes a record by itself, and nothing is written before every check passed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.sharing.actions.ending import give_up_item
from undaunted.core.sharing.actions.keys import open_own_keys
from undaunted.core.sharing.models import Arrival, ArrivalItem, Partner, Slip, TakenBack
from undaunted.core.sharing.queries import key_pairs_for, last_number, partner_signing
from undaunted.core.sharing.readers import MOST_SEALED, read_package
from undaunted.core.sharing.rules import (
    About,
    AltogetherTooLarge,
    Manifest,
    NotForUs,
    PackageKind,
    PackageUnreadable,
    StepRefused,
    UnknownSender,
    check_arrival,
    missing_before,
    new_watermark,
    sign,
    write_manifest,
)
from undaunted.core.sharing.writers import write_package
from undaunted.core.vault.actions import open_abroad, seal_abroad, seal_for
from undaunted.core.vault.rules import NotForThisKey, VaultError

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.actions.keys import Secrets
    from undaunted.core.sharing.models import OwnKeys
    from undaunted.core.sharing.readers import Package
    from undaunted.core.vault.rules import OpenKey

__all__ = ["take_in"]

KIND, VERSION = "sharing.item", 1


def take_in(
    content: bytes, holder: UUID, *, key: OpenKey, actor: Actor, at: datetime
) -> Arrival | TakenBack | Slip:
    """Take a sealed file in; gives what it was: a package, a takedown obeyed, a receipt.

    Raises a `ShareRefused` that says what is wrong and what to do; then nothing is kept.
    """
    require(actor, Verb.TAKE_SHARE, Facts(holder=holder))
    if len(content) > MOST_SEALED:
        raise AltogetherTooLarge(f"the file has more than {MOST_SEALED} bytes; ask for it in parts")
    with transaction.atomic():
        own, secrets, inside = _opened(content, holder, key=key, actor=actor, at=at)
        package = read_package(inside)
        told = package.manifest
        partner = partner_signing(actor, holder, told.from_key, told.from_recipient)
        if partner is None:
            raise UnknownSender(
                "the sender is no verified partner; record it and compare fingerprints first"
            )
        partner = Partner.objects.select_for_update().get(pk=partner.pk)
        check_arrival(told, own=own.recipient, last=last_number(actor, partner), at=at)
        if told.kind is PackageKind.ITEMS:
            return _take_items(package, partner, own, actor=actor, at=at)
        if told.kind is PackageKind.RECEIPT:
            return _take_receipt(told, partner, actor=actor, at=at)
        return _take_back(told, partner, own, secrets, actor=actor, at=at)


def _opened(
    content: bytes, holder: UUID, *, key: OpenKey, actor: Actor, at: datetime
) -> tuple[OwnKeys, Secrets, bytes]:
    """Open with the keys in force, or with earlier ones where they fit."""
    for own in key_pairs_for(actor).filter(holder=holder).order_by("-made_at"):
        secrets = open_own_keys(own, key=key, actor=actor, at=at)
        try:
            return own, secrets, open_abroad(content, secrets.receiving)
        except NotForThisKey:
            continue
        except VaultError as problem:
            raise PackageUnreadable(f"{problem}; ask the sender for it again") from problem
    raise NotForUs("no key of your organisation opens this file; ask for a copy sealed to yours")


def _take_items(
    package: Package, partner: Partner, own: OwnKeys, *, actor: Actor, at: datetime
) -> Arrival:
    told = package.manifest
    arrival = Arrival.objects.create(
        holder=own.holder,
        partner=partner,
        package=UUID(told.id),
        sequence=told.sequence,
        missing=len(missing_before(told.sequence, last_number(actor, partner))),
        tlp=told.tlp,
        pap=told.pap,
        purpose=told.purpose,
        watermark=told.watermark,
        created_at=told.created,
        expires_at=told.expires,
        received_at=at,
        received_by=actor.person,
    )
    for position, (item, content) in enumerate(package.contents, start=1):
        record = uuid4()
        held = seal_for(own.team, record, content, kind=KIND, version=VERSION, actor=actor, at=at)
        ArrivalItem.objects.create(
            holder=own.holder,
            arrival=arrival,
            position=position,
            kind=item.kind,
            thing=UUID(item.id),
            version=item.version,
            sha256=item.sha256,
            record=record,
            envelope=held.envelope,
        )
    record_entry(
        "share.received",
        actor=actor,
        subject_kind="arrival",
        subject_id=arrival.pk,
        at=at,
        detail={"partner": str(partner.pk), "items": len(told.items), "missing": arrival.missing},
    )
    return arrival


def _take_receipt(told: Manifest, partner: Partner, *, actor: Actor, at: datetime) -> Slip:
    about = _about(told)
    slip = (
        Slip.objects.select_for_update()
        .filter(pk=about.notice, copy__partner=partner, released_at__isnull=False)
        .filter(copy=UUID(about.package), item=UUID(about.item))
        .first()
    )
    if slip is None:
        raise StepRefused("this confirms a takedown that was never sent to that partner")
    if slip.receipt_at is None:
        slip.receipt_at, slip.receipt = at, about.outcome
        slip.save(update_fields=["receipt_at", "receipt"])
        record_entry(
            "share.receipt_taken",
            actor=actor,
            subject_kind="slip",
            subject_id=slip.pk,
            at=at,
            detail={"partner": str(partner.pk), "outcome": about.outcome},
        )
    return slip


def _take_back(  # noqa: PLR0913 - what, from whom, with which keys, by whom, when
    told: Manifest, partner: Partner, own: OwnKeys, secrets: Secrets, *, actor: Actor, at: datetime
) -> TakenBack:
    about = _about(told)
    before = TakenBack.objects.filter(partner=partner, notice=about.notice).first()
    if before is not None:
        return before
    item = ArrivalItem.objects.filter(
        arrival__partner=partner, arrival__package=about.package, thing=about.item
    ).first()
    outcome = "never_arrived"
    if item is not None:
        outcome = give_up_item(item, "taken_back", actor=actor, at=at)
    receipt = _receipt(told, about, outcome, own, secrets, at)
    made = TakenBack.objects.create(
        holder=own.holder,
        partner=partner,
        package=about.package,
        thing=about.item,
        notice=about.notice,
        outcome=outcome,
        receipt=seal_abroad(receipt, [partner.recipient]),
        at=at,
    )
    record_entry(
        "share.taken_back",
        actor=actor,
        subject_kind="arrival_item",
        subject_id=item.pk if item else about.item,
        at=at,
        detail={"partner": str(partner.pk), "outcome": outcome},
    )
    return made


def _receipt(  # noqa: PLR0913, PLR0917 - what is confirmed, how it ended, with which keys, when
    told: Manifest, about: About, outcome: str, own: OwnKeys, secrets: Secrets, at: datetime
) -> bytes:
    moment = at.replace(microsecond=0)
    signed = write_manifest(
        Manifest(
            kind=PackageKind.RECEIPT,
            id=str(uuid4()),
            sequence=0,
            created=moment,
            expires=moment + timedelta(days=1),
            from_name=own.name,
            from_key=own.signing_key,
            from_recipient=own.recipient,
            to_name=told.from_name,
            to_key=told.from_recipient,
            recipients=(told.from_name,),
            tlp=told.tlp,
            pap=told.pap,
            purpose=told.purpose,
            watermark=new_watermark(),
            about=About(about.package, about.item, about.notice, outcome),
        )
    )
    return write_package(signed, sign(secrets.seed, signed), ())


def _about(told: Manifest) -> About:
    if told.about is None:  # its kind was checked when it was read
        raise PackageUnreadable("it says nothing of what it is about")
    return told.about
