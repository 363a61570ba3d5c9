"""What everybody may read of campaigns, through the public connection and its views."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from undaunted.prisoners.campaigns.models import (
    PublishedCampaign,
    PublishedCampaignCase,
    PublishedMaterial,
    PublishedPrivate,
    PublishedRaise,
)
from undaunted.prisoners.campaigns.rules import Channel, Level, NamePiece, RaiseLine, Reply

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "private_at_least",
    "public_lines",
    "published_campaign",
    "published_campaigns",
    "published_cases",
    "published_material",
    "published_materials",
    "shown_subjects",
]


_EVER: Final = datetime.max.replace(tzinfo=UTC)


def published_campaigns(_actor: Actor) -> QuerySet[PublishedCampaign]:
    """Give the public campaigns, the latest day first."""
    return PublishedCampaign.objects.order_by("-day", "reference")


def published_campaign(_actor: Actor, reference: str) -> PublishedCampaign | None:
    """Give one public campaign by its reference."""
    return PublishedCampaign.objects.filter(reference=reference).first()


def published_cases(_actor: Actor, campaign: UUID) -> QuerySet[PublishedCampaignCase]:
    """Give the cases that a campaign shows today, with who adopted them; named ones first."""
    rows = PublishedCampaignCase.objects.filter(campaign=campaign)
    return rows.prefetch_related("adoptions").order_by("country", "reference")


def shown_subjects(_actor: Actor, campaign: UUID) -> frozenset[UUID]:
    """Give the ids under which the registry publishes whoever a campaign shows today."""
    rows = PublishedCampaignCase.objects.filter(campaign=campaign)
    return frozenset(rows.values_list("published_id", flat=True))


def public_lines(
    _actor: Actor,
    campaign: UUID,
    *,
    as_of: date = date.max,
    known_at: datetime = _EVER,
) -> tuple[RaiseLine, ...]:
    """Give the raises in the open, oldest first; private ones are in no line.

    With `as_of` and `known_at` as they stood: what was let out until then of what had happened.
    """
    rows = PublishedRaise.objects.filter(
        campaign_id=campaign, day__lte=as_of, let_out_at__lte=known_at
    ).select_related("case")
    return tuple(_line(row, as_of, known_at) for row in rows.order_by("day", "id"))


def private_at_least(_actor: Actor, campaign: UUID) -> PublishedPrivate | None:
    """Give how many raises were private, in fives when a month began; None below five."""
    return PublishedPrivate.objects.filter(pk=campaign).first()


def published_materials(_actor: Actor, campaign: UUID) -> QuerySet[PublishedMaterial]:
    """Give the files that everybody may take, without their bytes and without tombstones."""
    rows = PublishedMaterial.objects.filter(campaign_id=campaign, withdrawn_at__isnull=True)
    return rows.defer("content").order_by("kind", "name", "id")


def published_material(_actor: Actor, campaign: UUID, material: UUID) -> PublishedMaterial | None:
    """Give one file, or its tombstone."""
    return PublishedMaterial.objects.filter(campaign_id=campaign, pk=material).first()


def _line(row: PublishedRaise, as_of: date, known_at: datetime) -> RaiseLine:
    case = row.case
    reply, reply_day = _reply(row, as_of, known_at)
    return RaiseLine(
        day=row.day,
        channel=Channel(row.channel),
        level=Level(row.level),
        counterpart=row.counterpart,
        counterpart_country=row.counterpart_country,
        by=row.by,
        by_country=row.by_country,
        case=case.reference if case else "",
        names=(NamePiece(case.name),) if case and case.name else (),
        country=case.country if case else "",
        place=row.place,
        reply=reply,
        reply_day=reply_day,
        adopter=row.by,
    )


def _reply(
    row: PublishedRaise, as_of: date, known_at: datetime
) -> tuple[Reply, date] | tuple[None, None]:
    for told in row.replies:
        day = date.fromisoformat(told["day"])
        if day <= as_of and datetime.fromisoformat(told["let_out_at"]) <= known_at:
            return Reply(told["reply"]), day
    return None, None
