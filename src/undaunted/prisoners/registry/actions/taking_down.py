"""Taking a case down with the reason, which the audit trail keeps beside the deed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.audit.actions import record_entry
from undaunted.prisoners.registry.actions.publication import take_down

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.models import Publication
    from undaunted.prisoners.registry.rules.take_downs import TakeDownReason

__all__ = ["take_down_for"]


def take_down_for(
    gate: Publication, reason: TakeDownReason, *, actor: Actor, at: datetime
) -> Publication:
    """Take a case out of everything public at once, and say why. Raises `PublicationRefused`."""
    with transaction.atomic():
        held = take_down(gate, actor=actor, at=at)
        record_entry(
            "publication.reason_given",
            actor=actor,
            subject_kind="party",
            subject_id=held.party_id,
            at=at,
            detail={"reason": reason.value},
        )
    return held
