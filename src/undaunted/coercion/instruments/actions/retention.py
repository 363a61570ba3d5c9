"""When a proceeding is over: the key that opens who asked is destroyed in time, its stages stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.instruments.queries import SUBJECT
from undaunted.core.audit.actions import record_entry
from undaunted.core.clocks.actions import start_clock
from undaunted.core.vault.actions import erase_by_clock

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.core.access.rules import Actor, Verb
    from undaunted.core.clocks.actions import Clock

__all__ = ["erase_confidential", "keep_for_a_time"]


def keep_for_a_time(proceeding: Proceeding, *, actor: Actor, at: datetime, under: Verb) -> None:
    """Start the clock that ends with the erasure of what is confidential; part of the last step."""
    start_clock(
        "retention-application",
        actor=actor,
        at=at,
        holder=proceeding.holder,
        subject_kind=SUBJECT,
        subject_id=proceeding.pk,
        started_at=at,
        under=under,
    )


def erase_confidential(
    subject_id: UUID, clock: Clock, *, actor: Actor, at: datetime
) -> dict[str, object]:
    """Destroy the key of a proceeding whose clock of keeping has ended; gives how many were there.

    What is in the clear stays: stages, summaries and measures say nothing of who asked.
    """
    done: dict[str, object] = {
        "keys": int(erase_by_clock(subject_id, clock.pk, actor=actor, at=at))
    }
    record_entry(
        "proceeding.confidential_erased",
        actor=actor,
        subject_kind=SUBJECT,
        subject_id=subject_id,
        at=at,
        right="retention",
        detail=done,
    )
    return done
