"""Compacts, members and episodes that a government may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q

from undaunted.coercion.response.models import (
    Compact,
    Episode,
    Member,
    Note,
    Pledge,
    PublishedCompact,
    PublishedMeasure,
    PublishedMember,
    Trial,
)
from undaunted.coercion.response.readers import episode_of
from undaunted.coercion.response.rules import Reach
from undaunted.core.access.rules import RECORD_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.coercion.response.readers import Episode as EpisodeTold
    from undaunted.core.access.rules import Actor

__all__ = [
    "compact_for",
    "compacts_for",
    "episode_for",
    "episode_told",
    "episodes_for",
    "governments_of",
    "members_of",
    "notes_of",
    "own_member",
    "own_member_of",
    "pledge_for",
    "pledges_seen",
    "published_compact",
    "published_compacts",
    "published_measures",
    "published_members",
    "trials_of",
]


def governments_of(actor: Actor) -> frozenset[UUID]:
    """Give the governments in whose name the actor reads: officials have one."""
    held = actor.organisations_as(*RECORD_ROLES) if actor.second_factor else frozenset()
    return held & actor.governments if actor.governments else held


def compacts_for(actor: Actor) -> QuerySet[Compact]:
    """Give the compacts that one's government chairs, belongs to or is invited to."""
    mine = governments_of(actor)
    taking_part = Member.objects.filter(
        compact=OuterRef("pk"), holder__in=mine, left_at__isnull=True
    )
    rows = Compact.objects.filter(Q(holder__in=mine) | Exists(taking_part))
    return rows.order_by("name", "reference")


def compact_for(actor: Actor, reference: str) -> Compact | None:
    """Give one compact; None for absent and for forbidden."""
    return compacts_for(actor).filter(reference=reference).first()


def members_of(actor: Actor, compact: Compact) -> QuerySet[Member]:
    """Give the members that have not left, invited ones too."""
    rows = Member.objects.filter(compact__in=compacts_for(actor), compact=compact)
    return rows.filter(left_at__isnull=True).order_by("name", "id")


def own_member(actor: Actor, compact: Compact) -> Member | None:
    """Give the membership of the actor's own government."""
    mine = members_of(actor, compact).filter(holder__in=governments_of(actor))
    return mine.select_related("compact").first()


def own_member_of(actor: Actor, reference: str) -> Member | None:
    """Give the membership of the actor's own government in a compact; None where there is none."""
    held = compact_for(actor, reference)
    return own_member(actor, held) if held else None


def episodes_for(actor: Actor) -> QuerySet[Episode]:
    """Give the episodes of one's own government and those that compacts of it may read."""
    rows = Episode.objects.filter(
        Q(holder__in=governments_of(actor)) | Q(compact__in=compacts_for(actor))
    )
    return rows.order_by("-recorded_at", "reference")


def episode_for(actor: Actor, reference: str) -> Episode | None:
    """Give one episode; None for absent and for forbidden."""
    return episodes_for(actor).filter(reference=reference).first()


def episode_told(_actor: Actor, episode: Episode) -> EpisodeTold:
    """Give an episode in the words of the packs."""
    return episode_of(episode.content, where=episode.reference)


def trials_of(actor: Actor, episode: Episode) -> QuerySet[Trial]:
    """Give the tests of the trigger that one's own government made on an episode, newest first."""
    mine = governments_of(actor)
    return Trial.objects.filter(episode=episode, holder__in=mine).select_related("compact")


def pledges_seen(actor: Actor) -> QuerySet[Pledge]:
    """Give one's own pledges and those that members share, not the ones taken back."""
    shared = Q(compact__in=compacts_for(actor)) & ~Q(reach=Reach.OWN)
    rows = Pledge.objects.filter(Q(holder__in=governments_of(actor)) | shared)
    related = rows.filter(withdrawn_at__isnull=True).select_related("member", "compact")
    return related.prefetch_related("off_ramps__confirmer", "deliveries").order_by(
        "member__name", "kind", "recorded_at", "id"
    )


def pledge_for(actor: Actor, pledge: UUID) -> Pledge | None:
    """Give one pledge; None for absent and for forbidden."""
    return pledges_seen(actor).filter(pk=pledge).select_related("invocation").first()


def notes_of(actor: Actor, pledges: Iterable[Pledge]) -> dict[UUID, int]:
    """Say how many notes one's own government keeps about its pledges, by pledge."""
    rows = Note.objects.filter(holder__in=governments_of(actor), pledge__in=list(pledges))
    return dict(rows.values_list("pledge").annotate(Count("id")).order_by())


def published_compacts(_actor: Actor) -> QuerySet[PublishedCompact]:
    """Give the compacts that are public."""
    return PublishedCompact.objects.order_by("name", "reference")


def published_compact(_actor: Actor, reference: str) -> PublishedCompact | None:
    """Give one public compact."""
    return PublishedCompact.objects.filter(reference=reference).first()


def published_members(_actor: Actor, compact: UUID) -> QuerySet[PublishedMember]:
    """Give who accepted a public compact."""
    return PublishedMember.objects.filter(compact_id=compact).order_by("name", "id")


def published_measures(_actor: Actor, compact: UUID) -> QuerySet[PublishedMeasure]:
    """Give what its members let out of what they pledged beforehand."""
    return PublishedMeasure.objects.filter(compact_id=compact).order_by("member", "kind", "id")
