"""Handing a sealed file out of the desk: a copy, a takedown, a receipt. Who took it is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.sharing.rules import StepRefused
from undaunted.core.sharing.writers import write_package
from undaunted.core.vault.actions import seal_abroad

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.models import Copy, Slip, TakenBack

__all__ = ["hand_over_copy", "hand_over_receipt", "hand_over_takedown"]


def hand_over_copy(copy: Copy, *, actor: Actor, at: datetime) -> bytes:
    """Give the file for one recipient. Raises `StepRefused` before sealing and after it ran out."""
    if copy.sealed is None:
        raise StepRefused("the package is not sealed, or has run out and was destroyed")
    _note("share.handed_over", "copy", copy.holder, copy.pk, actor=actor, at=at)
    return bytes(copy.sealed)


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
