"""What was proposed, sealed and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, Max, OuterRef, Q

from undaunted.core.access.queries import seen_by
from undaunted.core.sharing.models import Copy, Parcel, ParcelItem, Slip

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.models import Partner

__all__ = [
    "copies_of",
    "copy_for",
    "last_number_to",
    "parcel_for",
    "parcel_of",
    "parcels_for",
    "slip_for",
    "slips_outstanding",
    "states_of_things",
]


def parcels_for(actor: Actor) -> QuerySet[Parcel]:
    """Give the packages that the actor may know of, newest first."""
    return seen_by(actor, Parcel.objects.all()).order_by("-proposed_at", "id")


def parcel_for(actor: Actor, parcel: UUID) -> Parcel | None:
    """Give one package, None where the actor may not know of it."""
    return parcels_for(actor).filter(pk=parcel).prefetch_related("items").first()


def parcel_of(actor: Actor, kind: str, thing: UUID) -> Parcel | None:
    """Give the newest package with a thing of one kind, None where there is none for the actor."""
    return parcels_for(actor).filter(items__kind=kind, items__thing=thing).first()


def states_of_things(actor: Actor, kind: str, things: Collection[UUID]) -> dict[UUID, str]:
    """Give how the package of each thing is; of several, that which was sealed."""
    rows = seen_by(actor, ParcelItem.objects.filter(kind=kind, thing__in=things))
    found: dict[UUID, str] = {}
    for thing, state in rows.values_list("thing", "parcel__state"):
        if found.get(thing) != "sealed":
            found[thing] = state
    return found


def copies_of(actor: Actor, parcel: Parcel) -> QuerySet[Copy]:
    """Give the copies of a package with their recipients; the sealed bytes are left out.

    `taken_back` tells whether anything in a copy was: then it is handed over no more.
    """
    released = Slip.objects.filter(copy=OuterRef("pk"), released_at__isnull=False)
    rows = seen_by(actor, Copy.objects.filter(parcel=parcel)).defer("sealed")
    rows = rows.annotate(taken_back=Exists(released))
    return rows.select_related("partner").order_by("partner__name", "id")


def copy_for(actor: Actor, copy: UUID) -> Copy | None:
    """Give one copy with its bytes, None where the actor may not know of it."""
    rows = seen_by(actor, Copy.objects.filter(pk=copy))
    return rows.select_related("partner", "parcel").first()


def last_number_to(actor: Actor, partner: Partner) -> int:
    """Give the highest number sealed to a partner, also before it was recorded anew; 0 for none.

    Whoever receives counts by our key, and knows nothing of how we record it.
    """
    same = Q(partner__signing_key=partner.signing_key) | Q(
        partner__name=partner.name, partner__audience=partner.audience
    )
    rows = seen_by(actor, Copy.objects.filter(same, holder=partner.holder))
    found: int | None = rows.aggregate(last=Max("sequence"))["last"]
    return found or 0


def slips_outstanding(actor: Actor) -> QuerySet[Slip]:
    """Give the takedowns that were released and not yet confirmed, oldest first."""
    rows = seen_by(actor, Slip.objects.filter(released_at__isnull=False, receipt_at__isnull=True))
    return rows.select_related("copy__partner", "copy__parcel", "item").order_by("released_at")


def slip_for(actor: Actor, slip: UUID) -> Slip | None:
    """Give one takedown that was released, None where the actor may not know of it."""
    rows = seen_by(actor, Slip.objects.filter(pk=slip, released_at__isnull=False))
    return rows.select_related("copy__partner").first()
