"""Keys of records: destroying one, and sealing all of a team's anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.actions.opening import identity_of
from undaunted.core.vault.models import Record, RecordKey
from undaunted.core.vault.queries import kept_out, record_for, record_key_for
from undaunted.core.vault.rules import KEY_KIND, KEY_VERSION, Binding, NoRecipients
from undaunted.core.vault.writers import sealed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = ["erase_record", "lock_team", "reseal_record", "reseal_team", "sealed_anew"]

PORTION = 500


def erase_record(record: UUID, *, actor: Actor, at: datetime, why: str) -> None:
    """Destroy the key of a record and leave a tombstone; nobody can open it again.

    Copies of the content, backups included, stay closed as soon as no copy of the key table that
    holds this key is left: 7 days at most. `why` is a code, not a text. Raises `Forbidden`,
    `NotThatTeam`, `ErasedRecord`.
    """
    with transaction.atomic():
        found = record_for(actor, record)
        require(actor, Verb.ERASE_RECORD, Facts(holder=found.tenant))
        RecordKey.objects.filter(record=found).delete()
        Record.objects.filter(pk=found.pk).update(erased_at=at, erased_why=why, recipient="")
        record_entry(
            "record.erased",
            actor=actor,
            subject_kind="sealed_record",
            subject_id=record,
            at=at,
            detail={"why": why},
        )


def lock_team(team: UUID) -> None:
    """Keep new records of a team waiting until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(team)])


def reseal_team(
    team: UUID, recipients: Mapping[UUID, str], *, key: OpenKey, actor: Actor, at: datetime
) -> int:
    """Seal every record key of a team to exactly `recipients`; contents stay as they are.

    Whoever is barred from a record gets no key of it.
    """
    if not recipients:
        raise NoRecipients("somebody must stay who can open the team's records")
    barred = kept_out(actor, team)
    rows = RecordKey.objects.filter(record__team=team).select_related("record").order_by("pk")
    done, last = 0, None
    while portion := list((rows.filter(pk__gt=last) if last else rows)[:PORTION]):
        for held in portion:
            without = barred.get(held.record_id, set())
            given = [each for who, each in recipients.items() if who not in without]
            _seal_anew(held, given, key=key, actor=actor, at=at)
        RecordKey.objects.bulk_update(portion, ["sealed", "sequence", "sealed_at"])
        done, last = done + len(portion), portion[-1].pk
    return done


def reseal_record(
    record: UUID, recipients: Mapping[UUID, str], *, key: OpenKey, actor: Actor, at: datetime
) -> None:
    """Seal the key of one record to exactly `recipients`; a step of the caller's action."""
    held = sealed_anew(record, recipients, key=key, actor=actor, at=at)
    RecordKey.objects.bulk_update([held], ["sealed", "sequence", "sealed_at"])


def sealed_anew(
    record: UUID, recipients: Mapping[UUID, str], *, key: OpenKey, actor: Actor, at: datetime
) -> RecordKey:
    """Give the key of one record, sealed to `recipients` and not stored yet."""
    held = record_key_for(actor, record)
    _seal_anew(held, recipients.values(), key=key, actor=actor, at=at)
    return held


def _seal_anew(
    held: RecordKey, given: Iterable[str], *, key: OpenKey, actor: Actor, at: datetime
) -> None:
    to = list(given)
    if not to:
        raise NoRecipients("somebody must stay who can open the record")
    identity = identity_of(held, key=key, actor=actor)
    held.sequence += 1
    bound = Binding(held.record.tenant, held.record_id, KEY_KIND, KEY_VERSION, held.sequence)
    held.sealed = sealed(str(identity).encode(), bound, to, key=True)
    held.sealed_at = at
