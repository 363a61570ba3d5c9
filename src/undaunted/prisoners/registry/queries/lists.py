"""Reads of lists and their mappings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from undaunted.core.access.queries import seen_by
from undaunted.core.sharing.rules import Place
from undaunted.prisoners.registry.models import ListProposal, MappingVersion, SourceList

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "all_mappings_for",
    "list_for",
    "list_named",
    "listing_for",
    "listings_waiting",
    "lists_for",
    "lists_of",
    "mapping_for",
    "mappings_for",
    "places_of",
]


def lists_for(actor: Actor) -> QuerySet[SourceList]:
    """Give the lists the actor may read by name, each with `rows`, its rows in force."""
    standing = Count("entries", filter=Q(entries__withdrawn_at__isnull=True))
    return seen_by(actor, SourceList.objects.all()).annotate(rows=standing).order_by("name", "id")


def lists_of(actor: Actor, holder: UUID) -> QuerySet[SourceList]:
    """Give the lists that one organisation keeps, by name."""
    return seen_by(actor, SourceList.objects.filter(holder=holder)).order_by("name", "id")


def places_of(actor: Actor, holder: UUID) -> tuple[Place, ...]:
    """Give the lists of an organisation as places for which a received case can be proposed."""
    return tuple(Place(one.pk, one.name) for one in lists_of(actor, holder))


def listings_waiting(actor: Actor, source_list: SourceList) -> QuerySet[ListProposal]:
    """Give the single records that wait for the steward of a list, oldest first."""
    rows = ListProposal.objects.filter(source_list=source_list, answer="")
    found = seen_by(actor, rows).select_related("party").prefetch_related("party__names")
    return found.order_by("proposed_at", "id")


def listing_for(actor: Actor, proposal: UUID) -> ListProposal | None:
    """Give one record proposed for a list, None where the actor may not know of it."""
    return seen_by(actor, ListProposal.objects.filter(pk=proposal)).first()


def list_for(actor: Actor, source_list: UUID) -> SourceList | None:
    """Give one list, None where the actor may not know of it."""
    return lists_for(actor).filter(pk=source_list).first()


def list_named(actor: Actor, slug: str) -> SourceList | None:
    """Give the list with this slug, the actor's own organisations' first."""
    found = list(lists_for(actor).filter(slug=slug))
    return min(found, key=lambda one: one.holder not in actor.organisations, default=None)


def mappings_for(actor: Actor, source_list: SourceList) -> QuerySet[MappingVersion]:
    """Give the mappings of a list, newest version first."""
    rows = MappingVersion.objects.filter(source_list=source_list)
    return seen_by(actor, rows).order_by("name", "-version")


def all_mappings_for(actor: Actor) -> QuerySet[MappingVersion]:
    """Give the mappings of all lists that the actor may see, the newest version first."""
    rows = seen_by(actor, MappingVersion.objects.all()).select_related("source_list")
    return rows.order_by("source_list__name", "name", "-version", "id")


def mapping_for(actor: Actor, mapping: UUID) -> MappingVersion | None:
    """Give one version of a mapping; None where the actor may not know of it."""
    return all_mappings_for(actor).filter(pk=mapping).first()
