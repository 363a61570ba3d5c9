"""Sealed records of the actor's teams: their keys and what was sealed to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.vault.models import Record, RecordKey, Sealing, require_mark
from undaunted.core.vault.rules import ErasedRecord, NotThatTeam, OlderSequence

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["record_for", "record_key_for", "sealing_for", "sealings_for"]


def record_for(actor: Actor, record: UUID) -> Record:
    """Give a record of one of the actor's teams. Raises `NotThatTeam`, `ErasedRecord`."""
    found = None if actor.is_public else Record.objects.filter(pk=record).first()
    if found is None:
        raise NotThatTeam("there is no such record for you")
    if found.erased_at is not None:
        raise ErasedRecord("this record was erased; its key is destroyed")
    return found


def record_key_for(actor: Actor, record: UUID) -> RecordKey:
    """Give a record's sealed key. Raises what `record_for` does."""
    keys = RecordKey.objects.select_related("record").filter(
        record=record, record__erased_at__isnull=True
    )
    found = None if actor.is_public else keys.first()
    if found is None:
        record_for(actor, record)
        raise ErasedRecord("the key of this record is gone")
    return found


def sealing_for(actor: Actor, record: UUID, kind: str, sequence: int | None = None) -> Sealing:
    """Give what was sealed last under `kind`, or the one with that number.

    Raises `NotThatTeam`, `ErasedRecord`, `OlderSequence` (nothing was sealed under that number) and
    `UnvouchedRow`.
    """
    sealings = Sealing.objects.filter(record=record_for(actor, record), kind=kind)
    if sequence is not None:
        sealings = sealings.filter(sequence=sequence)
    found = sealings.order_by("-sequence").first()
    if found is None:
        raise OlderSequence(f"nothing of kind {kind} was sealed under that number")
    require_mark(found.vouched, "sealing", record, kind, found.version, found.sequence, found.head)
    return found


def sealings_for(_actor: Actor, record: Record) -> dict[tuple[str, int], Sealing]:
    """Give all that was sealed to a record, by kind and number. Raises `UnvouchedRow`."""
    found = {}
    for each in Sealing.objects.filter(record=record):
        facts = (record.pk, each.kind, each.version, each.sequence, each.head)
        require_mark(each.vouched, "sealing", *facts)
        found[each.kind, each.sequence] = each
    return found
