"""Obeying what only lessens what is held: takedowns and receipts, also of partners ended since.

A sender is its signing key here, whichever of its records as a partner a package arrived under.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.sharing.actions.ending import give_up_item
from undaunted.core.sharing.models import ArrivalItem, Slip, TakenBack
from undaunted.core.sharing.rules import (
    About,
    Manifest,
    PackageKind,
    PackageUnreadable,
    StepRefused,
    new_watermark,
    sign,
    write_manifest,
)
from undaunted.core.sharing.writers import write_package
from undaunted.core.vault.actions import seal_abroad

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.actions.keys import Secrets
    from undaunted.core.sharing.models import OwnKeys, Partner

__all__ = ["take_back", "take_receipt"]

ERASED = ("erased_with_records", "erased")
NOTHING = ("erased_before", "never_arrived")


def take_receipt(told: Manifest, partner: Partner, *, actor: Actor, at: datetime) -> Slip:
    """Close the takedown that a partner confirms. Raises `StepRefused` where it was sent none."""
    require(actor, Verb.TAKE_SHARE, Facts(holder=partner.holder))
    about = _about(told)
    with transaction.atomic():
        slip = (
            Slip.objects.select_for_update()
            .filter(pk=about.notice, holder=partner.holder, released_at__isnull=False)
            .filter(copy__partner__signing_key=partner.signing_key)
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


def take_back(  # noqa: PLR0913 - what, from whom, with which keys, by whom, when
    told: Manifest, partner: Partner, own: OwnKeys, secrets: Secrets, *, actor: Actor, at: datetime
) -> TakenBack:
    """Erase what a partner takes back, and keep that it did: should it still come, it stays out.

    The same takedown again erases what it finds, and changes nothing else.
    """
    require(actor, Verb.TAKE_SHARE, Facts(holder=partner.holder))
    about = _about(told)
    with transaction.atomic():
        outcome = _erase(about, partner, actor=actor, at=at)
        before = (
            TakenBack.objects.filter(holder=partner.holder, notice=about.notice)
            .filter(partner__signing_key=partner.signing_key)
            .first()
        )
        if before is not None and not (before.outcome in NOTHING and outcome in ERASED):
            return before
        made = before or TakenBack(
            holder=partner.holder,
            partner=partner,
            package=about.package,
            thing=about.item,
            notice=about.notice,
            at=at,
        )
        made.outcome = outcome
        receipt = _receipt(told, about, outcome, own, secrets, at)
        made.receipt = seal_abroad(receipt, [told.from_recipient])
        made.save(update_fields=["outcome", "receipt"] if before else None)
        record_entry(
            "share.taken_back",
            actor=actor,
            subject_kind="arrival_item",
            subject_id=about.item,
            at=at,
            detail={"partner": str(partner.pk), "outcome": outcome},
        )
    return made


def _erase(about: About, partner: Partner, *, actor: Actor, at: datetime) -> str:
    """Erase what arrived of a thing under the sender's key; gives what was done, as a word."""
    items = ArrivalItem.objects.select_for_update(of=("self",)).filter(
        holder=partner.holder,
        arrival__partner__signing_key=partner.signing_key,
        arrival__package=about.package,
        thing=about.item,
    )
    done = {give_up_item(item, "taken_back", actor=actor, at=at) for item in items.order_by("pk")}
    return next((word for word in (*ERASED, *NOTHING) if word in done), "never_arrived")


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
