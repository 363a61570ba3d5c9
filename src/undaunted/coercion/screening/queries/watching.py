"""What watching registers found, for the people of the authority that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import F

from undaunted.coercion.screening.models import (
    Alert,
    Case,
    Decision,
    Party,
    Screening,
    Unfiled,
)
from undaunted.coercion.screening.queries.cases import authorities_of, cases_for
from undaunted.coercion.screening.rules import Grip
from undaunted.coercion.screening.rules.stakes import one_form
from undaunted.core.access.queries import seen_by

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "alert_for",
    "alerts_for",
    "cleared_touched",
    "grips_for",
    "last_screening",
    "parties_known",
    "registers_due",
    "unfiled_for",
    "unfiled_here",
]


def last_screening(actor: Actor, holder: UUID) -> Screening | None:
    """Give the last look at a register."""
    rows = seen_by(actor, Screening.objects.filter(holder=holder))
    return rows.order_by("-recorded_at", "-pk").first()


def alerts_for(actor: Actor, *, waiting: bool = False) -> QuerySet[Alert]:
    """Give alerts, newest first; `waiting` those that nobody has reviewed."""
    rows = seen_by(actor, Alert.objects.all())
    if waiting:
        rows = rows.filter(reviews__isnull=True)
    return (
        rows.select_related("asset", "screening")
        .prefetch_related("reviews")
        .order_by("-recorded_at", "asset__reference", "state")
    )


def grips_for(actor: Actor, assets: Iterable[UUID] | None = None) -> list[Alert]:
    """Give the last word about each state and asset, where the state still must or may control."""
    rows = seen_by(actor, Alert.objects.all()).select_related("asset", "screening")
    if assets is not None:
        rows = rows.filter(asset__in=list(assets))
    last = rows.order_by("asset_id", "state", "-recorded_at").distinct("asset_id", "state")
    return [each for each in last if each.after != Grip.NONE]


def alert_for(actor: Actor, pk: UUID) -> Alert | None:
    """Give one alert; None for absent and for forbidden."""
    return alerts_for(actor).filter(pk=pk).first()


def cleared_touched(actor: Actor, alert: Alert) -> list[Case]:
    """Give the cases that were cleared, with or without conditions, and that an alert is about.

    A case is touched where one of its parties stands in the stakes that carry the alert, or is its
    asset.
    """
    about = {alert.asset.reference, alert.state}
    about |= {each[end] for each in alert.stakes for end in ("owner", "owned")}
    about = {one_form(each) for each in about}
    touched = {case for case, party in parties_known(actor, alert.holder) if party in about}
    cleared = Decision.objects.filter(
        case__in=touched, taken_at__isnull=False, kind__in=("clear", "conditions")
    )
    return list(cases_for(actor).filter(pk__in=cleared.values("case")))


def registers_due(_actor: Actor) -> list[tuple[UUID, UUID]]:
    """Give the registers that nobody has looked at today, each with somebody who may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT holder, person FROM screening_registers_due()")
        return [(holder, person) for holder, person in cursor.fetchall()]


def unfiled_for(actor: Actor) -> QuerySet[Unfiled]:
    """Give the deals that were seen and not filed, the soonest to lapse first."""
    rows = seen_by(actor, Unfiled.objects.all()).prefetch_related("steps")
    return rows.order_by(F("last_day").asc(nulls_last=True), "day", "pk")


def unfiled_here(actor: Actor, pk: UUID) -> Unfiled | None:
    """Give one of them; None for absent and for forbidden."""
    return unfiled_for(actor).filter(pk=pk).first()


def parties_known(actor: Actor, holder: UUID) -> set[tuple[UUID, str]]:
    """Give who has a part in which case of an authority, by ids in one form."""
    if holder not in authorities_of(actor):
        return set()
    rows = Party.objects.filter(holder=holder, withdrawn_at__isnull=True).exclude(identifier="")
    return {(case, one_form(each)) for case, each in rows.values_list("case_id", "identifier")}
