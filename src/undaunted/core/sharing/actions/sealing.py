"""Sealing a package as the second person: consent is asked again, each recipient gets a copy.

Whatever may have to be taken back later is signed now, so that a takedown waits for nobody's key.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.consent.rules import Audience, Purpose
from undaunted.core.sharing.actions.keys import open_own_keys
from undaunted.core.sharing.actions.kinds import kind_named
from undaunted.core.sharing.models import Copy, Parcel, ParcelItem, Partner, Slip
from undaunted.core.sharing.queries import last_number_to, own_keys_for, recipients_of
from undaunted.core.sharing.rules import (
    MOST_CONTENT,
    About,
    AltogetherTooLarge,
    Item,
    Manifest,
    PackageKind,
    RecipientsRefused,
    StepRefused,
    Tlp,
    check_recipients,
    in_order_of,
    named_to,
    new_watermark,
    sign,
    write_manifest,
)
from undaunted.core.sharing.writers import write_package
from undaunted.core.vault.actions import seal_abroad

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.actions.keys import Secrets
    from undaunted.core.sharing.models import OwnKeys
    from undaunted.core.sharing.rules import Offer
    from undaunted.core.vault.rules import OpenKey

__all__ = ["seal_parcel"]


@dataclass(frozen=True, slots=True)
class _Hand:
    """Who seals, with which keys, when."""

    own: OwnKeys
    secrets: Secrets
    actor: Actor
    at: datetime


def seal_parcel(parcel: Parcel, *, key: OpenKey, actor: Actor, at: datetime) -> Parcel:
    """Seal a package to each of its recipients, as a second person with an open key.

    Raises `Forbidden` for whoever proposed it, `StepRefused`, `RecipientsRefused`,
    `PartnerUnverified`, `MarkingRefused`, and `ItemRefused` where consent has ended meanwhile.
    """
    hands = frozenset({parcel.proposed_by})
    require(actor, Verb.SEAL_SHARE, Facts(holder=parcel.holder, earlier_hands=hands))
    own = own_keys_for(actor, parcel.holder)
    if own is None:
        raise StepRefused("your organisation has no keys for sharing yet; a steward makes them")
    with transaction.atomic():
        held = Parcel.objects.select_for_update().get(pk=parcel.pk)
        if held.state != "proposed" or held.expires_at <= at:
            raise StepRefused("the package was sealed or declined, or has run out; propose another")
        copies = _copies(held, actor=actor)
        hand = _Hand(own, open_own_keys(own, key=key, actor=actor, at=at), actor, at)
        digests = [_seal_copy(held, copy, copies, hand) for copy in copies]
        held.state, held.sealed_by, held.sealed_at = "sealed", actor.person, at
        held.save(update_fields=["state", "sealed_by", "sealed_at"])
        record_entry(
            "share.sealed",
            actor=actor,
            subject_kind="parcel",
            subject_id=held.pk,
            at=at,
            detail={"copies": digests, "tlp": held.tlp},
        )
    return held


def _copies(parcel: Parcel, *, actor: Actor) -> list[Copy]:
    found = list(
        Copy.objects.filter(parcel=parcel).select_related("partner").order_by("partner__name", "id")
    )
    recipients = recipients_of(actor, [copy.partner_id for copy in found])
    if not found or len(recipients) != len(found):
        raise RecipientsRefused("recipients: nobody is left, or a partner was ended")
    check_recipients(recipients, Tlp(parcel.tlp))
    return found


def _seal_copy(parcel: Parcel, copy: Copy, copies: Sequence[Copy], hand: _Hand) -> str:
    partner = Partner.objects.select_for_update().get(pk=copy.partner_id)
    copy.sequence, copy.watermark = last_number_to(hand.actor, partner) + 1, new_watermark()
    offers = _offers(parcel, copy, hand)
    order = in_order_of(copy.watermark, [str(item.pk) for item in offers])
    ranked = sorted(offers, key=lambda item: order.index(str(item.pk)))
    contents = [_marked(offers[item], copy, parcel) for item in ranked]
    manifest = _manifest(parcel, copy, copies, hand)
    listed = tuple(
        _listed(item, offers[item], content) for item, content in zip(ranked, contents, strict=True)
    )
    signed = write_manifest(Manifest(**manifest, items=listed))  # type: ignore[arg-type]
    package = write_package(signed, sign(hand.secrets.seed, signed), contents)
    copy.sealed = seal_abroad(package, [partner.recipient])
    copy.sha256 = hashlib.sha256(copy.sealed).hexdigest()
    copy.save(update_fields=["sequence", "watermark", "sealed", "sha256"])
    Slip.objects.bulk_create(
        _slip(parcel, copy, item, offer, manifest, hand) for item, offer in offers.items()
    )
    return copy.sha256


def _offers(parcel: Parcel, copy: Copy, hand: _Hand) -> dict[ParcelItem, Offer]:
    offers = {}
    for item in ParcelItem.objects.filter(parcel=parcel).order_by("pk"):
        offer = kind_named(item.kind).offer(
            item.thing,
            holder=parcel.holder,
            audience=Audience.parse(copy.partner.audience),
            fingerprint=copy.partner.fingerprint,
            purpose=Purpose(parcel.purpose),
            tlp=Tlp(parcel.tlp),
            actor=hand.actor,
            at=hand.at,
        )
        if not offer.subjects <= set(item.subjects):
            raise StepRefused("an item concerns more people than when it was proposed; do it again")
        offers[item] = offer
    return offers


def _marked(offer: Offer, copy: Copy, parcel: Parcel) -> bytes:
    """Put the line that names the copy into a text; other contents are as they are."""
    content = offer.content
    if offer.marked:
        told = json.loads(content)
        told["copy"] = {
            "for": copy.partner.name,
            "marking": f"TLP:{parcel.tlp}",
            "watermark": copy.watermark,
        }
        content = json.dumps(
            told, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        ).encode()
    if len(content) > MOST_CONTENT:
        raise AltogetherTooLarge(f"an item has more than {MOST_CONTENT} bytes; leave it out")
    return content


def _manifest(parcel: Parcel, copy: Copy, copies: Sequence[Copy], hand: _Hand) -> dict[str, object]:
    everybody = (each.partner.name for each in copies)
    recipients, others = named_to(copy.partner.name, everybody, Tlp(parcel.tlp))
    return {
        "kind": PackageKind.ITEMS,
        "id": str(copy.pk),
        "sequence": copy.sequence,
        "created": hand.at.replace(microsecond=0),
        "expires": parcel.expires_at.replace(microsecond=0),
        "from_name": hand.own.name,
        "from_key": hand.own.signing_key,
        "from_recipient": hand.own.recipient,
        "to_name": copy.partner.name,
        "to_key": copy.partner.recipient,
        "recipients": recipients,
        "others": others,
        "tlp": parcel.tlp,
        "pap": parcel.pap,
        "purpose": parcel.purpose,
        "watermark": copy.watermark,
    }


def _listed(item: ParcelItem, offer: Offer, content: bytes) -> Item:
    return Item(
        kind=item.kind,
        id=str(item.pk),
        version=offer.version,
        media_type=offer.media_type,
        length=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        consents=tuple(sorted(str(each) for each in offer.consents)),
    )


def _slip(  # noqa: PLR0913, PLR0917 - which item of which copy, signed by whom
    parcel: Parcel,
    copy: Copy,
    item: ParcelItem,
    offer: Offer,
    manifest: dict[str, object],
    hand: _Hand,
) -> Slip:
    notice: UUID = uuid4()
    about = About(package=str(copy.pk), item=str(item.pk), notice=str(notice), outcome="withdrawn")
    told: dict[str, object] = manifest | {
        "kind": PackageKind.REVOCATION,
        "id": str(notice),
        "sequence": 0,
        "about": about,
    }
    signed = write_manifest(Manifest(**told))  # type: ignore[arg-type]
    return Slip(
        id=notice,
        holder=parcel.holder,
        copy=copy,
        item=item,
        manifest=signed,
        signature=sign(hand.secrets.seed, signed),
        consents=sorted(offer.consents),
    )
