"""Keys of the actor's organisations, their partners and circles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from undaunted.core.access.queries import seen_by
from undaunted.core.consent.rules import Audience, AudienceKind
from undaunted.core.sharing.models import Circle, OwnKeys, Partner
from undaunted.core.sharing.rules import PartnerKind, Recipient

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "circle_for",
    "circles_for",
    "fingerprints_of",
    "key_pairs_for",
    "organisations_known",
    "own_keys_for",
    "partner_for",
    "partner_signing",
    "partners_for",
    "recipients_of",
]


def key_pairs_for(actor: Actor) -> QuerySet[OwnKeys]:
    """Give the keys of the actor's organisations, those in force first."""
    return seen_by(actor, OwnKeys.objects.all()).order_by("retired_at", "-made_at")


def own_keys_for(actor: Actor, holder: UUID) -> OwnKeys | None:
    """Give the keys in force of one organisation, None while nobody has made them."""
    return key_pairs_for(actor).filter(holder=holder, retired_at__isnull=True).first()


def partners_for(actor: Actor) -> QuerySet[Partner]:
    """Give the partners that the actor may know of, by name; ended ones too."""
    return seen_by(actor, Partner.objects.all()).order_by("name", "id")


def partner_for(actor: Actor, partner: UUID) -> Partner | None:
    """Give one partner, None where the actor may not know of it."""
    return partners_for(actor).filter(pk=partner).first()


def organisations_known(actor: Actor, holder: UUID) -> QuerySet[Partner]:
    """Give the organisations at other instances that `holder` has verified, by name.

    A person at one of them counts as it. Consent names them by `audience`.
    """
    counted = f"{AudienceKind.ORGANISATION.value}:"
    rows = partners_for(actor).filter(holder=holder, audience__startswith=counted)
    return rows.filter(verified_at__isnull=False, ended_at__isnull=True)


def fingerprints_of(actor: Actor, holder: UUID, audience: Audience) -> list[str]:
    """Give the compared fingerprints of the organisations that an audience names elsewhere."""
    rows = organisations_known(actor, holder).filter(audience=str(audience))
    return sorted(set(rows.values_list("fingerprint", flat=True)))


def partner_signing(
    actor: Actor, holder: UUID, signing_key: str, recipient: str, *, ended: bool = False
) -> Partner | None:
    """Give the verified partner of an organisation that has exactly these keys.

    With `ended`, one that was ended since counts too, where none with these keys is in force.
    """
    rows = partners_for(actor).filter(holder=holder, signing_key=signing_key, recipient=recipient)
    rows = rows.filter(verified_by__isnull=False)
    if not ended:
        rows = rows.filter(ended_at__isnull=True)
    return rows.order_by(F("ended_at").desc(nulls_first=True), "pk").first()


def recipients_of(actor: Actor, partners: Iterable[UUID]) -> list[Recipient]:
    """Give partners as the rules see them; one that the actor may not know of is left out."""
    return [
        Recipient(
            id=row.pk,
            name=row.name,
            kind=PartnerKind(row.kind),
            audience=Audience.parse(row.audience),
            verified=row.verified_by is not None,
            fingerprint=row.fingerprint,
        )
        for row in partners_for(actor).filter(pk__in=tuple(partners), ended_at__isnull=True)
    ]


def circles_for(actor: Actor) -> QuerySet[Circle]:
    """Give the circles that the actor may know of, with their members."""
    rows = seen_by(actor, Circle.objects.all()).prefetch_related("members__partner")
    return rows.order_by("name", "id")


def circle_for(actor: Actor, circle: UUID) -> Circle | None:
    """Give one circle, None where the actor may not know of it."""
    return circles_for(actor).filter(pk=circle).first()
