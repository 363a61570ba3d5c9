"""Compacts, members and episodes that a government may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from undaunted.coercion.response.models import (
    Compact,
    Episode,
    Member,
    MemberStep,
    Note,
    Pledge,
    PublishedCompact,
    PublishedMeasure,
    PublishedMember,
    RollEntry,
    Trial,
)
from undaunted.coercion.response.readers import episode_of
from undaunted.coercion.response.rules import NameShared, Reach
from undaunted.core.access.rules import RECORD_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from undaunted.coercion.response.readers import Episode as EpisodeTold
    from undaunted.core.access.rules import Actor

__all__ = [
    "chaired_by",
    "compact_for",
    "compacts_for",
    "episode_for",
    "episode_told",
    "episodes_for",
    "governments_of",
    "keeper_of",
    "left_by",
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
    "step_of",
    "steps_waiting",
    "taking_part",
    "trials_of",
]

Row = TypeVar("Row", Compact, Episode)
MOST_SHARED = 5
"""Of one short name that are told apart in a refusal."""


def governments_of(actor: Actor) -> frozenset[UUID]:
    """Give the governments in whose name the actor reads: officials have one."""
    held = actor.organisations_as(*RECORD_ROLES) if actor.second_factor else frozenset()
    return held & actor.governments if actor.governments else held


def compacts_for(actor: Actor) -> QuerySet[Compact]:
    """Give the compacts that one's government chairs, belongs to or is invited to."""
    mine = governments_of(actor)
    own = Member.objects.filter(compact=OuterRef("pk"), holder__in=mine)
    known = own.filter(Q(invited_at__isnull=False) | Q(accepted_at__isnull=False))
    chaired = Q(holder__in=mine) & ~Exists(own.filter(left_at__isnull=False))
    rows = Compact.objects.filter(chaired | Exists(known.filter(left_at__isnull=True)))
    return rows.order_by("name", "reference")


def compact_for(actor: Actor, reference: str) -> Compact | None:
    """Give one compact by its short name or id; None for absent and for forbidden.

    Short names are each government's own: what one has accepted comes first, then one's own, then
    what one is invited to. Raises `NameShared` where several are left; ids tell apart.
    """
    mine = governments_of(actor)
    bound = Member.objects.filter(
        compact=OuterRef("pk"), holder__in=mine, accepted_at__isnull=False, left_at__isnull=True
    )
    order = (Q(Exists(bound)), Q(holder__in=mine))
    return _named(compacts_for(actor), reference, order)


def chaired_by(actor: Actor, reference: str) -> Compact | None:
    """Give a compact that one's government began, also after it left: it may still withdraw it."""
    rows = Compact.objects.filter(holder__in=governments_of(actor))
    return _named(rows, reference, ())


def members_of(actor: Actor, compact: Compact) -> QuerySet[RollEntry]:
    """Give the roll: members that have not left, and who is invited, as far as one may read it."""
    rows = RollEntry.objects.filter(compact__in=compacts_for(actor), compact=compact)
    return rows.order_by("name", "id")


def own_member(actor: Actor, compact: Compact) -> Member | None:
    """Give the membership of the actor's own government."""
    rows = Member.objects.filter(compact__in=compacts_for(actor), compact=compact)
    mine = rows.filter(left_at__isnull=True, holder__in=governments_of(actor))
    return mine.select_related("compact").first()


def step_of(actor: Actor, member: Member | None) -> MemberStep | None:
    """Give what a colleague proposed for one's own membership and nobody has confirmed."""
    rows = MemberStep.objects.filter(member=member, holder__in=governments_of(actor))
    return rows.filter(confirmed_at__isnull=True).first()


def taking_part(actor: Actor, compact: Compact, episode: Episode | None) -> QuerySet[RollEntry]:
    """Give the members that are bound, without the coercer of the episode."""
    bound = members_of(actor, compact).filter(accepted_at__isnull=False)
    if episode is None or not episode.coercer_state:
        return bound
    return bound.exclude(country=episode.coercer_state)


def own_member_of(actor: Actor, reference: str) -> Member | None:
    """Give the membership of the actor's own government in a compact; None where there is none."""
    held = compact_for(actor, reference)
    return own_member(actor, held) if held else None


def left_by(actor: Actor) -> QuerySet[Member]:
    """Give the memberships that one's own government has ended, the latest first."""
    rows = Member.objects.filter(holder__in=governments_of(actor), left_at__isnull=False)
    return rows.order_by("-left_at", "id")


def keeper_of(actor: Actor, reference: str) -> Member | None:
    """Give the membership under which one's government keeps texts; by id after it left too."""
    held = own_member_of(actor, reference)
    try:
        return held or left_by(actor).filter(compact_id=UUID(reference)).first()
    except ValueError:
        return None


def steps_waiting(actor: Actor) -> QuerySet[MemberStep]:
    """Give what people of one's own government proposed for memberships and nobody confirmed."""
    rows = MemberStep.objects.filter(
        holder__in=governments_of(actor),
        confirmed_at__isnull=True,
        member__compact__in=compacts_for(actor),
    )
    return rows.select_related("member__compact").order_by("recorded_at", "id")


def episodes_for(actor: Actor) -> QuerySet[Episode]:
    """Give the episodes of one's own government and those that compacts of it may read."""
    rows = Episode.objects.filter(
        Q(holder__in=governments_of(actor)) | Q(compact__in=compacts_for(actor))
    )
    return rows.order_by("-recorded_at", "reference")


def episode_for(actor: Actor, reference: str) -> Episode | None:
    """Give one episode by its key or id, one's own first; None for absent and for forbidden.

    Raises `NameShared` where others have several of that key.
    """
    return _named(episodes_for(actor), reference, (Q(holder__in=governments_of(actor)),))


def episode_told(_actor: Actor, episode: Episode) -> EpisodeTold:
    """Give an episode in the words of the packs."""
    return episode_of(episode.content, where=episode.reference)


def trials_of(actor: Actor, episode: Episode) -> QuerySet[Trial]:
    """Give the tests of the trigger that one's own government made on an episode, newest first."""
    mine = governments_of(actor)
    return Trial.objects.filter(episode=episode, holder__in=mine).select_related("compact")


def pledges_seen(actor: Actor) -> QuerySet[Pledge]:
    """Give one's own pledges and those that two people of a member let out; none taken back."""
    let_out = Q(approved_at__isnull=False) & ~Q(reach=Reach.OWN)
    shared = Q(compact__in=compacts_for(actor)) & let_out
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


def _named(rows: QuerySet[Row], reference: str, order: Sequence[Q]) -> Row | None:
    try:
        return rows.filter(pk=UUID(reference)).first()
    except ValueError:
        named = rows.filter(reference=reference)
    for first in (*order, Q()):
        held = list(named.filter(first).order_by("recorded_at", "id")[:MOST_SHARED])
        if len(held) > 1:
            ids = ", ".join(str(each.pk) for each in held)
            raise NameShared(f"reference: several are called {reference}; give an id: {ids}")
        if held:
            return held[0]
    return None
