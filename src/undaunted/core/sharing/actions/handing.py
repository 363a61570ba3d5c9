"""Handing a sealed file out of the desk: a copy, a takedown, a receipt. Who took it is noted.

A copy is handed over only while everything in it may still be given: consent is asked once more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.consent.rules import Audience, Purpose
from undaunted.core.sharing.actions.kinds import kind_named
from undaunted.core.sharing.models import Copy, Slip
from undaunted.core.sharing.rules import ItemRefused, StepRefused, Tlp
from undaunted.core.sharing.writers import write_package
from undaunted.core.vault.actions import seal_abroad

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.models import TakenBack

__all__ = ["hand_over_copy", "hand_over_receipt", "hand_over_takedown"]


def hand_over_copy(copy: Copy, *, actor: Actor, at: datetime) -> bytes:
    """Give the file for one recipient, as long as all that it was sealed with still stands.

    Raises `StepRefused` before sealing, after it ran out and once anything in it was taken back,
    and `ItemRefused` where consent to it has ended.
    """
    require(actor, Verb.SHARE, Facts(holder=copy.holder))
    with transaction.atomic():
        held = Copy.objects.select_for_update(of=("self",)).select_related("partner", "parcel")
        copy = held.get(pk=copy.pk)
        _ask_again(copy, actor=actor, at=at)
        _note("share.handed_over", "copy", copy.holder, copy.pk, actor=actor, at=at)
    return bytes(copy.sealed or b"")


def _ask_again(copy: Copy, *, actor: Actor, at: datetime) -> None:
    slips = list(Slip.objects.filter(copy=copy).select_related("item").order_by("pk"))
    if any(slip.released_at for slip in slips):
        raise StepRefused("something in the package was taken back; propose another without it")
    if copy.sealed is None or copy.parcel.expires_at <= at:
        raise StepRefused("the package is not sealed, or has run out and was destroyed")
    for slip in slips:
        offer = kind_named(slip.item.kind).offer(
            slip.item.thing,
            holder=copy.holder,
            audience=Audience.parse(copy.partner.audience),
            fingerprint=copy.partner.fingerprint,
            purpose=Purpose(copy.parcel.purpose),
            tlp=Tlp(copy.parcel.tlp),
            actor=actor,
            at=at,
        )
        if not set(slip.consents) <= set(offer.consents):
            raise ItemRefused(
                f"{slip.item.kind} {slip.item.thing}: what was agreed has changed since the "
                "package was sealed; propose another"
            )


def hand_over_takedown(slip: Slip, *, actor: Actor, at: datetime) -> bytes:
    """Give the file of a takedown that was released, sealed to the recipient of its copy."""
    package = write_package(bytes(slip.manifest), bytes(slip.signature), ())
    _note("share.takedown_handed_over", "slip", slip.holder, slip.pk, actor=actor, at=at)
    return seal_abroad(package, [slip.copy.partner.recipient])


def hand_over_receipt(taken: TakenBack, *, actor: Actor, at: datetime) -> bytes:
    """Give the receipt that the sender of a takedown waits for."""
    _note("share.receipt_handed_over", "taken_back", taken.holder, taken.pk, actor=actor, at=at)
    return bytes(taken.receipt)


def _note(  # noqa: PLR0913 - what of whom was handed over, by whom, when
    verb: str, kind: str, holder: UUID, which: UUID, *, actor: Actor, at: datetime
) -> None:
    require(actor, Verb.SHARE, Facts(holder=holder))
    with transaction.atomic():
        record_entry(verb, actor=actor, subject_kind=kind, subject_id=which, at=at)
