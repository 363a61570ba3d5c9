"""What arrived, what waits for a decision, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Max

from undaunted.core.access.queries import seen_by
from undaunted.core.sharing.models import Arrival, ArrivalItem, Kept, TakenBack

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.consent.rules import Purpose
    from undaunted.core.sharing.models import Partner

__all__ = [
    "arrival_for",
    "arrival_item_for",
    "arrivals_due",
    "arrivals_for",
    "arrivals_signed",
    "kept_back",
    "last_number",
    "received_subjects",
    "taken_back_for",
    "things_taken_back",
]


def arrivals_for(actor: Actor) -> QuerySet[Arrival]:
    """Give the packages that arrived, newest first."""
    rows = seen_by(actor, Arrival.objects.all()).select_related("partner")
    return rows.order_by("-received_at", "id")


def arrival_for(actor: Actor, arrival: UUID) -> Arrival | None:
    """Give one package that arrived, None where the actor may not know of it."""
    return arrivals_for(actor).filter(pk=arrival).prefetch_related("items").first()


def arrival_item_for(actor: Actor, item: UUID) -> ArrivalItem | None:
    """Give one item that arrived, None where the actor may not know of it."""
    rows = seen_by(actor, ArrivalItem.objects.filter(pk=item))
    return rows.select_related("arrival__partner").first()


def arrivals_signed(actor: Actor, partner: Partner) -> QuerySet[Arrival]:
    """Give what arrived under a partner's signing key, also before it was recorded anew."""
    rows = Arrival.objects.filter(holder=partner.holder, partner__signing_key=partner.signing_key)
    return seen_by(actor, rows)


def last_number(actor: Actor, partner: Partner) -> int:
    """Give the highest number taken in under a partner's signing key; 0 before the first."""
    found: int | None = arrivals_signed(actor, partner).aggregate(last=Max("sequence"))["last"]
    return found or 0


def things_taken_back(actor: Actor, partner: Partner, package: UUID) -> set[UUID]:
    """Give what of a package was taken back under the same signing key, arrived or not."""
    rows = TakenBack.objects.filter(
        holder=partner.holder, partner__signing_key=partner.signing_key, package=package
    )
    return set(seen_by(actor, rows).values_list("thing", flat=True))


def received_subjects(actor: Actor) -> QuerySet[Kept]:
    """Give what came of packages at the actor's organisations, with partner and marking."""
    return seen_by(actor, Kept.objects.all()).select_related("item__arrival__partner")


def kept_back(_actor: Actor, things: Collection[UUID], purpose: Purpose) -> frozenset[UUID]:
    """Give which of these records came from a partner whose package lets them go no further.

    They go onward where it is TLP:CLEAR, its PAP allows what is seen from outside (GREEN, WHITE),
    and it was sent for this very purpose. The database answers of packages of the actor's own
    organisations.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM sharing_kept_back(%s::uuid[], %s)", [list(things), purpose.value]
        )
        return frozenset(thing for (thing,) in cursor.fetchall())


def taken_back_for(actor: Actor) -> QuerySet[TakenBack]:
    """Give the takedowns that partners sent, newest first, with the receipts to send back."""
    rows = seen_by(actor, TakenBack.objects.all()).select_related("partner")
    return rows.order_by("-at", "id")


def arrivals_due(_actor: Actor) -> list[tuple[UUID, UUID | None]]:
    """Give the packages that have run out, each with somebody who may erase it, if anybody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT arrival, person FROM sharing_due()")
        return [(arrival, person) for arrival, person in cursor.fetchall()]
