"""What waits for a second person, each thing with its page, so that it is looked at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from undaunted.prisoners.campaigns.queries import (
    adopters_for,
    desk_cases,
    materials_of,
    raises_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.campaigns.models import Campaign

__all__ = ["waiting_shown"]


def waiting_shown(
    actor: Actor, campaign: Campaign, waiting: Mapping[str, list[UUID]]
) -> list[tuple[str, str]]:
    """Give each thing that waits in a few words, with the address where it is looked at."""
    return [*_people(actor, campaign, waiting), *_papers(actor, campaign, waiting)]


def _people(
    actor: Actor, campaign: Campaign, waiting: Mapping[str, list[UUID]]
) -> Iterator[tuple[str, str]]:
    if waiting.get("campaign"):
        yield campaign.name, reverse("campaigns-desk:change", args=[campaign.reference])
    for case in desk_cases(actor, campaign):
        page = reverse("campaigns-desk:case", args=[case.row.pk])
        called = case.name or case.mark
        if case.row.pk in waiting.get("case", ()):
            yield called, page
        for each in case.adopters:
            if each.pk in waiting.get("adoption", ()):
                yield f"{each.adopter.name} · {called}", page
    adopters = reverse("campaigns-desk:adopters", args=[campaign.reference])
    for adopter in adopters_for(actor).filter(pk__in=waiting.get("adopter", ())):
        yield adopter.name, adopters


def _papers(
    actor: Actor, campaign: Campaign, waiting: Mapping[str, list[UUID]]
) -> Iterator[tuple[str, str]]:
    for entry in raises_of(actor, campaign).filter(pk__in=waiting.get("raise", ())):
        page = reverse("campaigns-desk:raise", args=[entry.pk])
        yield f"{entry.day:%Y-%m-%d} · {entry.by} · {entry.counterpart}", page
    for file in materials_of(actor, campaign).filter(pk__in=waiting.get("material", ())):
        yield file.name, reverse("campaigns-desk:file", args=[file.pk])
