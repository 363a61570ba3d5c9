"""Conflicts of interest: keeping one person from a record, in the database and by its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.actions.records import reseal_record
from undaunted.core.vault.models import Bar, Record
from undaunted.core.vault.queries import bars_for, record_for, team_keys

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = ["bar_from", "lift_bar", "renew_bars"]

DECLARED, RECORDED = "declared", "recorded"


def bar_from(
    records: Collection[UUID], user: UUID, *, key: OpenKey | None, actor: Actor, at: datetime
) -> int:
    """Keep `user` from records of one team; gives how many are new.

    With the actor's open `key` the records' keys are sealed to the others at once; without it the
    next member who opens one of them does it. Whoever declares a conflict of their own sees nothing
    more from here on. Raises `Forbidden` unless it is one's own or a steward's to record.
    """
    done = 0
    with transaction.atomic():
        held = [(each, record_for(actor, each)) for each in records]
        known = set(bars_for(actor, records).filter(user=user).values_list("record_id", flat=True))
        for pk, record in held:
            if pk in known:
                continue
            if user != actor.person:
                require(actor, Verb.MANAGE_TEAM, Facts(holder=record.tenant))
            if key is not None:
                _seal_out(record, {user}, key=key, actor=actor, at=at)
            _keep_bar(record, user, sealed_out=key is not None, actor=actor, at=at)
            done += 1
    return done


def renew_bars(records: Collection[UUID], *, key: OpenKey, actor: Actor, at: datetime) -> int:
    """Seal out whoever is barred from a record and still has its key; gives of how many records.

    Called by whoever opens the records next: a bar that was recorded without an open key, and a
    file that came to a barred record since, are dealt with then.
    """
    late = bars_for(actor, records).filter(sealed_out=False)
    waiting = set(late.values_list("record_id", flat=True))
    if not waiting:
        return 0
    with transaction.atomic():
        for pk in sorted(waiting):
            record = record_for(actor, pk)
            _seal_out(record, set(), key=key, actor=actor, at=at)
            Bar.objects.filter(record=pk, lifted_at__isnull=True).update(sealed_out=True)
            record_entry(
                "record.barred_key_renewed",
                actor=actor,
                subject_kind="sealed_record",
                subject_id=pk,
                at=at,
            )
    return len(waiting)


def lift_bar(bar: Bar, *, key: OpenKey, actor: Actor, at: datetime) -> None:
    """Lift a bar and seal the record's key to that person again. Raises `Forbidden`."""
    require(actor, Verb.MANAGE_TEAM, Facts(holder=bar.tenant))
    if bar.user == actor.person:
        raise Forbidden("nobody lifts a bar against themselves")
    with transaction.atomic():
        record = record_for(actor, bar.record_id)
        Bar.objects.filter(pk=bar.pk, lifted_at__isnull=True).update(
            lifted_at=at, lifted_by=actor.person
        )
        _seal_out(record, set(), key=key, actor=actor, at=at)
        _note("record.bar_lifted", record, bar.user, actor=actor, at=at)


def _keep_bar(record: Record, user: UUID, *, sealed_out: bool, actor: Actor, at: datetime) -> None:
    # Written without asking anything back: whoever declares a conflict of their own does not see
    # the record after it.
    bar = Bar(
        record=record,
        tenant=record.tenant,
        user=user,
        by=actor.person,
        at=at,
        why=DECLARED if user == actor.person else RECORDED,
        sealed_out=sealed_out,
    )
    Bar.objects.bulk_create([bar])
    _note("record.barred", record, user, actor=actor, at=at)


def _seal_out(
    record: Record, without: set[UUID], *, key: OpenKey, actor: Actor, at: datetime
) -> None:
    barred = {bar.user for bar in bars_for(actor, [record.pk])} | without
    reseal_record(
        record.pk, team_keys(actor, record.team_id).without(barred), key=key, actor=actor, at=at
    )


def _note(verb: str, record: Record, user: UUID, *, actor: Actor, at: datetime) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="sealed_record",
        subject_id=record.pk,
        at=at,
        detail={"user": str(user)},
    )
