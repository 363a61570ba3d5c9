"""Taking a file in: opened, checked, and then a package to review, a takedown, or a receipt.

Nothing that arrives becomes a record by itself, and nothing is written before every check passed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.sharing.actions.keys import open_own_keys
from undaunted.core.sharing.actions.obeying import take_back, take_receipt
from undaunted.core.sharing.models import Arrival, ArrivalItem, Partner
from undaunted.core.sharing.queries import (
    arrivals_signed,
    key_pairs_for,
    last_number,
    partner_signing,
    things_taken_back,
)
from undaunted.core.sharing.readers import MOST_SEALED, read_package
from undaunted.core.sharing.rules import (
    AltogetherTooLarge,
    NotForUs,
    PackageKind,
    PackageUnreadable,
    UnknownSender,
    check_arrival,
    missing_before,
)
from undaunted.core.vault.actions import open_abroad, seal_for
from undaunted.core.vault.rules import NotForThisKey, VaultError

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.actions.keys import Secrets
    from undaunted.core.sharing.models import OwnKeys, Slip, TakenBack
    from undaunted.core.sharing.readers import Package
    from undaunted.core.sharing.rules import Item, Manifest
    from undaunted.core.vault.rules import OpenKey

__all__ = ["check_file", "take_in"]

KIND, VERSION = "sharing.item", 1


def take_in(
    content: bytes, holder: UUID, *, key: OpenKey, actor: Actor, at: datetime
) -> Arrival | TakenBack | Slip:
    """Take a sealed file in; gives what it was: a package, a takedown obeyed, a receipt.

    Takedowns and receipts are taken from partners that were ended since, too: they only lessen what
    is held. Raises a `ShareRefused` that says what is wrong and what to do; then nothing is kept.
    """
    require(actor, Verb.TAKE_SHARE, Facts(holder=holder))
    if len(content) > MOST_SEALED:
        raise AltogetherTooLarge(f"the file has more than {MOST_SEALED} bytes; ask for it in parts")
    with transaction.atomic():
        own, secrets, inside = _opened(content, holder, key=key, actor=actor, at=at)
        package = read_package(inside)
        told = package.manifest
        partner = _sender(told, holder, actor=actor)
        before = arrivals_signed(actor, partner).filter(package=told.id).exists()
        last = last_number(actor, partner)
        check_arrival(told, own=own.recipient, last=last, before=before, at=at)
        if told.kind is PackageKind.ITEMS:
            return _take_items(package, partner, own, actor=actor, at=at)
        if told.kind is PackageKind.RECEIPT:
            return take_receipt(told, partner, actor=actor, at=at)
        return take_back(told, partner, own, secrets, actor=actor, at=at)


def check_file(
    content: bytes, holder: UUID, *, key: OpenKey, actor: Actor, at: datetime
) -> Package:
    """Open a sealed file and check it whole, as `take_in` would; nothing of it is kept.

    Whether its sender is a partner is not asked. Raises a `ShareRefused`.
    """
    require(actor, Verb.TAKE_SHARE, Facts(holder=holder))
    with transaction.atomic():
        own, _, inside = _opened(content, holder, key=key, actor=actor, at=at)
        package = read_package(inside)
        record_entry(
            "share.checked",
            actor=actor,
            subject_kind="sharing.own_keys",
            subject_id=own.pk,
            at=at,
            detail={"package": str(package.manifest.id)},
        )
    return package


def _sender(told: Manifest, holder: UUID, *, actor: Actor) -> Partner:
    """Give the partner that signed, with all of its records held until this file is dealt with."""
    partner = partner_signing(
        actor,
        holder,
        told.from_key,
        told.from_recipient,
        ended=told.kind is not PackageKind.ITEMS,
    )
    if partner is None:
        raise UnknownSender(
            "the sender is no verified partner; record it and compare fingerprints first"
        )
    same = Partner.objects.filter(holder=holder, signing_key=told.from_key).order_by("pk")
    return {row.pk: row for row in same.select_for_update()}[partner.pk]


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
    gone = things_taken_back(actor, partner, arrival.package)
    for position, (item, content) in enumerate(package.contents, start=1):
        kept = _kept(item, arrival, position)
        if kept.thing in gone:
            kept.state = "taken_back"
        else:
            held = seal_for(
                own.team, kept.record, content, kind=KIND, version=VERSION, actor=actor, at=at
            )
            kept.envelope = held.envelope
        kept.save(force_insert=True)
    record_entry(
        "share.received",
        actor=actor,
        subject_kind="arrival",
        subject_id=arrival.pk,
        at=at,
        detail={"partner": str(partner.pk), "items": len(told.items), "missing": arrival.missing},
    )
    return arrival


def _kept(item: Item, arrival: Arrival, position: int) -> ArrivalItem:
    return ArrivalItem(
        holder=arrival.holder,
        arrival=arrival,
        position=position,
        kind=item.kind,
        thing=UUID(item.id),
        version=item.version,
        sha256=item.sha256,
        record=uuid4(),
    )
