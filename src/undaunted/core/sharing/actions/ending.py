"""Giving up what was received: run out, taken back, rejected. Content ends with its key."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.sharing.actions.kinds import kind_named
from undaunted.core.sharing.models import Arrival, ArrivalItem, Kept, Slip
from undaunted.core.sharing.rules import StepRefused
from undaunted.core.vault.actions import erase_record
from undaunted.core.vault.rules import ErasedRecord

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.consent.models import News

__all__ = [
    "destroy_keys",
    "drop_copies",
    "end_arrival",
    "give_up_item",
    "heed_news",
    "release_takedowns",
]


def end_arrival(arrival: Arrival, *, actor: Actor, at: datetime) -> int:
    """Erase all of a package that has run out, and what came of it; gives how many items.

    As anybody of the organisation who records, in the team or not: its sender set the day, and the
    database looks at the calendar itself.
    """
    require(actor, Verb.RECORD, Facts(holder=arrival.holder))
    with transaction.atomic():
        held = Arrival.objects.select_for_update().get(pk=arrival.pk)
        if held.ended_at is not None or held.expires_at > at:
            raise StepRefused("the package has not run out, or was ended before")
        destroy_keys(held.pk, actor=actor, at=at)
        items = list(ArrivalItem.objects.filter(arrival=held, envelope__isnull=False))
        for item in items:
            _give_up(item, "expired", actor=actor, at=at)
        held.ended_at = at
        held.save(update_fields=["ended_at"])
        record_entry(
            "share.run_out",
            actor=actor,
            subject_kind="arrival",
            subject_id=held.pk,
            at=at,
            detail={"items": len(items)},
        )
    return len(items)


def give_up_item(item: ArrivalItem, why: str, *, actor: Actor, at: datetime) -> str:
    """Erase an item and every record that came of it; gives what was done, as a word.

    The content's key is destroyed, so that older backups do not open it either.
    """
    require(actor, Verb.TAKE_SHARE, Facts(holder=item.holder))
    with transaction.atomic():
        if item.envelope is None:
            return "erased_before"
        with suppress(ErasedRecord):  # run out, and nobody has ended it yet
            erase_record(item.record, actor=actor, at=at, why=why)
        return _give_up(item, why, actor=actor, at=at)


def destroy_keys(arrival: UUID | None, *, actor: Actor, at: datetime) -> int:
    """Destroy the keys of what has run out, of one package or of all; gives how many.

    Whoever is in the team and whoever asks: the database looks at the calendar.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT sharing_destroy_keys(%s)", [arrival])
            records = [record for (record,) in cursor.fetchall()]
        for record in records:
            record_entry(
                "record.erased",
                actor=actor,
                subject_kind="sealed_record",
                subject_id=record,
                at=at,
                right="calendar",
                detail={"why": "expired"},
            )
    return len(records)


def heed_news(news: News, *, actor: Actor, at: datetime) -> Mapping[str, Any]:
    """Release the takedowns of every copy that rested on what ended; the desk then sends them.

    What of those copies still lies here is destroyed. Of what fell or was given up the receipt says
    nothing: everybody at work reads it, and would learn what lies at partners.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT sharing_heed(%s)", [news.pk])
        ((released,),) = cursor.fetchall()
    if released:
        record_entry(
            "share.takedowns_released",
            actor=actor,
            subject_kind="news",
            subject_id=news.pk,
            at=at,
            right="consent",
            detail={"takedowns": released},
        )
    return {} if news.kind in {"fallen", "given_up"} else {"takedowns": released}


def release_takedowns(
    kind: str, things: Collection[UUID], *, why: str, actor: Actor, at: datetime
) -> int:
    """Take back what one's own organisation sent of these things; gives how many takedowns wait.

    For what an area withdraws itself. No copy is handed over any more; the desk sends them.
    """
    rows = Slip.objects.filter(
        item__kind=kind, item__thing__in=things, released_at__isnull=True,
        copy__parcel__state="sealed", copy__parcel__expires_at__gt=at,
    )  # fmt: skip
    with transaction.atomic():
        held = list(rows.select_for_update(of=("self",)))
        for holder in {each.holder for each in held}:
            require(actor, Verb.TAKE_DOWN, Facts(holder=holder))
        Slip.objects.filter(pk__in=[each.pk for each in held]).update(released_at=at, why=why)
        for each in held:
            record_entry(
                "share.takedown_released", actor=actor, subject_kind="slip", subject_id=each.pk,
                at=at, right="holder", detail={"why": why},
            )  # fmt: skip
    return len(held)


def drop_copies(*, actor: Actor, at: datetime) -> int:
    """Destroy our sealed copies of packages that have run out; checksums and recipients stay."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT sharing_drop_copies()")
            ((dropped,),) = cursor.fetchall()
        if dropped:
            record_entry(
                "share.copies_dropped",
                actor=actor,
                subject_kind="sharing",
                subject_id=at.date().isoformat(),
                at=at,
                right="calendar",
                detail={"copies": dropped},
            )
    return int(dropped)


def _give_up(item: ArrivalItem, why: str, *, actor: Actor, at: datetime) -> str:
    """Erase what came of an item whose key is destroyed; gives what was done, as a word."""
    kept = list(Kept.objects.filter(item=item, given_up_at__isnull=True))
    for each in kept:
        kind_named(item.kind).give_up(each.subject_kind, each.subject, why=why, actor=actor, at=at)
    Kept.objects.filter(item=item, given_up_at__isnull=True).update(given_up_at=at)
    state = {"expired": "ended", "taken_back": "taken_back"}.get(why, item.state)
    ArrivalItem.objects.filter(pk=item.pk).update(envelope=None, state=state)
    record_entry(
        "share.given_up",
        actor=actor,
        subject_kind="arrival_item",
        subject_id=item.pk,
        at=at,
        detail={"why": why, "records": len(kept)},
    )
    return "erased_with_records" if kept else "erased"
