"""Keys of records: destroying one, and sealing all of a team's anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.actions.opening import identity_of
from undaunted.core.vault.models import Record, RecordKey, Team
from undaunted.core.vault.queries import kept_out, record_for, record_key_for
from undaunted.core.vault.rules import (
    KEY_KIND,
    KEY_VERSION,
    Binding,
    NoRecipients,
    ResealingUnfinished,
    code_for_database,
)
from undaunted.core.vault.writers import sealed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "erase_by_clock",
    "erase_record",
    "lock_team",
    "require_settled",
    "reseal_record",
    "reseal_team",
    "sealed_anew",
]

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


def erase_by_clock(record: UUID, clock: UUID, *, actor: Actor, at: datetime) -> bool:
    """Destroy the key of a record whose retention clock has ended; whether it was there.

    For the eraser of a room (`core/clocks`), as anybody of the record's organisation who records,
    in its team or not: the database looks at the clock itself, and refuses while it runs or is
    held. It erases for the application alone, which knows what belongs to the clock's subject.
    """
    code = code_for_database(settings.SESSION_BINDING_KEY, "erasing", record, clock)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT vault_erase_by_clock(%s, %s, %s, %s)", [record, clock, at, code])
            row = cursor.fetchone()
        if row is None or not row[0]:
            return False
        record_entry(
            "record.erased",
            actor=actor,
            subject_kind="sealed_record",
            subject_id=record,
            at=at,
            right="retention",
            detail={"why": "retention", "clock": str(clock)},
        )
    return True


def lock_team(team: UUID) -> None:
    """Keep new records of a team waiting until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(team)])


def require_settled(teams: Collection[UUID]) -> None:
    """Raise `ResealingUnfinished` where a team's record keys are still being sealed anew."""
    if Team.objects.filter(pk__in=teams, resealing_since__isnull=False).exists():
        what = "a member who was there before goes on with it on the team's page"
        raise ResealingUnfinished(f"the team's records are still being sealed anew; {what}")


def reseal_team(  # noqa: PLR0913  (which, to whom, with which key, by whom, when, how far)
    team: UUID,
    recipients: Mapping[UUID, str],
    *,
    key: OpenKey,
    actor: Actor,
    at: datetime,
    most: int | None = None,
) -> int:
    """Seal every record key of a team to exactly `recipients`; contents stay as they are.

    Whoever is barred from a record gets no key of it. With `most`, so many are sealed now; the team
    then says since when the others wait.
    """
    if not recipients:
        raise NoRecipients("somebody must stay who can open the team's records")
    rows = RecordKey.objects.filter(record__team=team).select_related("record").order_by("pk")
    if most is not None:
        since = Team.objects.values_list("resealing_since", flat=True).get(pk=team) or at
        rows = rows.filter(sealed_at__lt=since)
    given = _Given(recipients, kept_out(actor, team))
    done = _reseal(rows, given, key=key, actor=actor, at=at, most=most)
    if most is not None:
        Team.objects.filter(pk=team).update(resealing_since=since if rows.exists() else None)
    return done


@dataclass(frozen=True, slots=True)
class _Given:
    """To whom a team's records are sealed, and who is kept from which of them."""

    recipients: Mapping[UUID, str]
    barred: Mapping[UUID, Collection[UUID]]

    def of(self, record: UUID) -> list[str]:
        without = self.barred.get(record, ())
        return [each for who, each in self.recipients.items() if who not in without]


def _reseal(  # noqa: PLR0913  (as `reseal_team`)
    rows: QuerySet[RecordKey],
    given: _Given,
    *,
    key: OpenKey,
    actor: Actor,
    at: datetime,
    most: int | None,
) -> int:
    done, last = 0, None
    size = PORTION if most is None else min(PORTION, most)
    while portion := list((rows.filter(pk__gt=last) if last else rows)[:size]):
        for held in portion:
            _seal_anew(held, given.of(held.record_id), key=key, actor=actor, at=at)
        RecordKey.objects.bulk_update(portion, ["sealed", "sequence", "sealed_at"])
        done, last = done + len(portion), portion[-1].pk
        size = PORTION if most is None else min(PORTION, most - done)
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
