"""Reviewing what arrived, item by item: looked at, accepted into the records, or rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.sharing.actions.ending import give_up_item
from undaunted.core.sharing.actions.kinds import kind_named
from undaunted.core.sharing.models import ArrivalItem, Kept
from undaunted.core.sharing.queries import things_taken_back
from undaunted.core.sharing.rules import Origin, PackageExpired, Pap, StepRefused, Tlp
from undaunted.core.vault.actions import open_sealed
from undaunted.core.vault.rules import code_for_database

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.rules import Place, Taken
    from undaunted.core.vault.rules import OpenKey

__all__ = ["accept_item", "look_at_item", "places_for", "reject_item"]

KIND, VERSION = "sharing.item", 1


def look_at_item(
    item: ArrivalItem, *, key: OpenKey, actor: Actor, at: datetime
) -> list[tuple[str, str]]:
    """Open an item to review it: gives its lines. Who looked is in the audit trail."""
    return kind_named(item.kind).look(_content(item, key=key, actor=actor, at=at))


def places_for(item: ArrivalItem, *, actor: Actor) -> tuple[Place, ...]:
    """Give the places for which the record that comes of an item can be proposed, maybe none."""
    return kind_named(item.kind).places(actor, item.holder)


def accept_item(
    item: ArrivalItem, *, key: OpenKey, actor: Actor, at: datetime, into: UUID | None = None
) -> tuple[Taken, ...]:
    """Make records of an item, proposed for the place `into` where one is chosen.

    Their origin is kept for ever: they are never shared onward, and end with the package. Raises
    `StepRefused`, `PackageExpired`, `ItemRefused`, `Forbidden`.
    """
    require(actor, Verb.TAKE_SHARE, Facts(holder=item.holder))
    if into is not None and into not in {place.id for place in places_for(item, actor=actor)}:
        raise StepRefused(f"into: {into} is no list of your organisation that takes such an item")
    arrival = item.arrival
    if arrival.expires_at <= at:
        raise PackageExpired(f"it ran out on {arrival.expires_at:%Y-%m-%d}")
    origin = Origin(
        partner=arrival.partner.name,
        package=arrival.package,
        tlp=Tlp(arrival.tlp),
        pap=Pap(arrival.pap),
        until=arrival.expires_at,
        signing_key=arrival.partner.signing_key,
        item=item.pk,
    )
    content = _content(item, key=key, actor=actor, at=at)
    with transaction.atomic():
        _decide(item, "accepted", actor=actor, at=at)
        made: tuple[Taken, ...] = kind_named(item.kind).take(
            content, holder=item.holder, origin=origin, into=into, actor=actor, at=at
        )
        Kept.objects.bulk_create(_kept(item, each) for each in made)
        detail: dict[str, object] = {"records": [str(each.subject) for each in made]}
        _note("share.accepted", item, actor=actor, at=at, detail=detail)
    return made


def reject_item(item: ArrivalItem, *, actor: Actor, at: datetime) -> None:
    """Refuse an item; its content is erased at once."""
    require(actor, Verb.TAKE_SHARE, Facts(holder=item.holder))
    with transaction.atomic():
        _decide(item, "rejected", actor=actor, at=at)
        item.refresh_from_db()
        give_up_item(item, "rejected", actor=actor, at=at)
        _note("share.rejected", item, actor=actor, at=at, detail={})


def _kept(item: ArrivalItem, made: Taken) -> Kept:
    """Say that a record came of an item, with a code: in SQL alone it is said of nobody."""
    row = Kept(holder=item.holder, item=item, subject_kind=made.subject_kind, subject=made.subject)
    row.until = item.arrival.expires_at
    row.vouched = code_for_database(
        settings.SESSION_BINDING_KEY, "sharing-kept", row.pk, item.pk, made.subject_kind,
        made.subject,
    )  # fmt: skip
    return row


def _decide(item: ArrivalItem, state: str, *, actor: Actor, at: datetime) -> None:
    waiting = ArrivalItem.objects.filter(pk=item.pk, state="waiting")
    if not waiting.update(state=state, decided_by=actor.person, decided_at=at):
        raise StepRefused("the item was decided or given up before")


def _content(item: ArrivalItem, *, key: OpenKey, actor: Actor, at: datetime) -> bytes:
    if item.envelope is None:
        raise StepRefused("the item was given up: its content is erased")
    if item.thing in things_taken_back(actor, item.arrival.partner, item.arrival.package):
        raise StepRefused("the item was decided or given up before")
    return open_sealed(
        bytes(item.envelope),
        item.record,
        kind=KIND,
        version=VERSION,
        key=key,
        actor=actor,
        at=at,
        right="share_review",
    )


def _note(
    verb: str, item: ArrivalItem, *, actor: Actor, at: datetime, detail: dict[str, object]
) -> None:
    record_entry(
        verb, actor=actor, subject_kind="arrival_item", subject_id=item.pk, at=at, detail=detail
    )
