"""Reads of campaigns at the desk: what an organisation's own people see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from undaunted.core.access.queries import seen_by
from undaunted.prisoners.campaigns.models import (
    Adopter,
    Adoption,
    Campaign,
    CampaignCase,
    Material,
    Raise,
    RaiseStep,
)
from undaunted.prisoners.campaigns.rules import CampaignRefused, MaterialStale
from undaunted.prisoners.registry.queries.records import (
    cases_for,
    people_named,
    publications_for,
    shown_names,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "DeskCase",
    "adopter_for",
    "adopters_for",
    "adoption_for",
    "campaign_for",
    "campaigns_for",
    "case_for",
    "desk_cases",
    "material_bytes",
    "material_for",
    "materials_of",
    "person_for",
    "raise_for",
    "raises_of",
    "waiting_in",
]


@dataclass(frozen=True, slots=True)
class DeskCase:
    """A case as the desk knows it, whatever its mode."""

    row: CampaignCase
    name: str
    reference: str
    country: str
    adopters: tuple[Adoption, ...]

    @property
    def mark(self) -> str:
        """What tells it apart at the desk: its reference, else the beginning of its id."""
        return self.reference or str(self.row.pk)[:8]


def campaigns_for(actor: Actor) -> QuerySet[Campaign]:
    """Give the campaigns of the actor's organisations, the next day first."""
    return seen_by(actor, Campaign.objects.all()).order_by("-day", "reference")


def campaign_for(actor: Actor, reference: str) -> Campaign | None:
    """Give one campaign by its reference; None for absent and for forbidden."""
    return campaigns_for(actor).filter(reference=reference).first()


def desk_cases(actor: Actor, campaign: Campaign) -> list[DeskCase]:
    """Give the cases of a campaign with names, references and who adopted them."""
    rows = CampaignCase.objects.filter(campaign=campaign, removed_at__isnull=True)
    held = list(seen_by(actor, rows).order_by("recorded_at", "id"))
    subjects = [row.subject for row in held]
    parties = {party.pk: party for party in cases_for(actor).filter(pk__in=subjects)}
    names = shown_names(actor, subjects)
    references = _references(actor, {party.canonical for party in parties.values()})
    adopted = _adoptions(actor, [row.pk for row in held])
    found = []
    for row in held:
        party = parties.get(row.subject)
        found.append(
            DeskCase(
                row=row,
                name=names.get(row.subject, ""),
                reference=references.get(party.canonical, "") if party else "",
                country=party.country if party else "",
                adopters=tuple(adopted.get(row.pk, ())),
            )
        )
    return found


def case_for(actor: Actor, case: UUID) -> CampaignCase | None:
    """Give one case of a campaign; None for absent, forbidden and taken out."""
    rows = CampaignCase.objects.filter(pk=case, removed_at__isnull=True)
    return seen_by(actor, rows).select_related("campaign").first()


def person_for(actor: Actor, text: str) -> UUID | None:
    """Give the record that a published reference, an id or the one exact name means."""
    wanted = text.strip()
    gate = publications_for(actor).filter(reference=wanted.upper()).first()
    if gate is not None:
        return gate.party_id
    if _is_id(wanted):
        return cases_for(actor).filter(pk=wanted).values_list("pk", flat=True).first()
    named = {party for party, name in people_named(actor, wanted) if name == wanted}
    return named.pop() if len(named) == 1 else None


def adopters_for(actor: Actor) -> QuerySet[Adopter]:
    """Give the adopters that the actor's organisations know, by name."""
    rows = Adopter.objects.filter(withdrawn_at__isnull=True)
    return seen_by(actor, rows).order_by("name", "id")


def adopter_for(actor: Actor, adopter: UUID) -> Adopter | None:
    """Give one adopter; None for absent and for forbidden."""
    return adopters_for(actor).filter(pk=adopter).first()


def adoption_for(actor: Actor, adoption: UUID) -> Adoption | None:
    """Give one adoption that goes on; None for absent and for forbidden."""
    rows = Adoption.objects.filter(pk=adoption, ended_at__isnull=True)
    return seen_by(actor, rows).select_related("case__campaign", "adopter").first()


def raises_of(actor: Actor, campaign: Campaign) -> QuerySet[Raise]:
    """Give the log of a campaign, newest first, with what came of each."""
    rows = Raise.objects.filter(campaign=campaign, withdrawn_at__isnull=True)
    related = seen_by(actor, rows).select_related("case", "adopter").prefetch_related("steps")
    return related.order_by("-day", "-recorded_at", "id")


def raise_for(actor: Actor, which: UUID) -> Raise | None:
    """Give one entry of the log; None for absent and for forbidden."""
    rows = Raise.objects.filter(pk=which, withdrawn_at__isnull=True)
    return seen_by(actor, rows).select_related("campaign", "case").first()


def materials_of(actor: Actor, campaign: Campaign) -> QuerySet[Material]:
    """Give what was written for a campaign, newest first, without the bytes."""
    rows = Material.objects.filter(campaign=campaign).defer("content")
    return seen_by(actor, rows).select_related("case").order_by("-recorded_at", "name", "id")


def material_for(actor: Actor, material: UUID) -> Material | None:
    """Give one file; None for absent and for forbidden."""
    return (
        seen_by(actor, Material.objects.filter(pk=material))
        .select_related("campaign", "case__campaign", "adopter")
        .first()
    )


def material_bytes(_actor: Actor, material: Material) -> bytes:
    """Give the bytes of a file. Raises `MaterialStale`, and `CampaignRefused` for one destroyed."""
    if material.content is None:
        raise CampaignRefused(_("The file was destroyed; its checksum is kept."))
    if material.stale_at is not None:
        raise MaterialStale(_("The words of this file are old. Write it anew."))
    return bytes(material.content)


def waiting_in(actor: Actor, campaign: Campaign) -> dict[str, list[UUID]]:
    """Give what of a campaign waits for a second person, by what it is.

    Whoever recorded something, or changed it since it was last let out, is not that person.
    """
    person = actor.person
    fresh = Q(approved_at__isnull=True)
    mine = Q(recorded_by=person) | Q(changed_by__contains=[person])
    cases = CampaignCase.objects.filter(
        fresh, campaign=campaign, mode="public", removed_at__isnull=True
    ).exclude(mode_by=person)
    adoptions = Adoption.objects.filter(
        fresh, case__campaign=campaign, case__mode="public", ended_at__isnull=True
    )
    adopters = Adopter.objects.filter(
        fresh,
        adoptions__case__campaign=campaign,
        agreed_on__isnull=False,
        withdrawn_at__isnull=True,
    )
    raises = Raise.objects.filter(campaign=campaign, withdrawn_at__isnull=True)
    answered = Q(steps__recorded_at__gt=F("approved_at"), steps__reply__gt="")
    raises = raises.exclude(channel="private").filter(fresh | answered)
    told = RaiseStep.objects.filter(raised=OuterRef("pk"), recorded_by=person)
    late = Q(raised__approved_at__isnull=True) | Q(recorded_at__gt=F("raised__approved_at"))
    raises = raises.exclude(Exists(told.filter(late)))
    raises = raises.exclude(case__mode__in=["silent", "private_only"])
    materials = Material.objects.filter(
        fresh, campaign=campaign, mode="public", withdrawn_at__isnull=True, stale_at__isnull=True
    )
    campaigns = Campaign.objects.filter(fresh, pk=campaign.pk, withdrawn_at__isnull=True)
    found: dict[str, QuerySet[Any]] = {
        "campaign": campaigns,
        "case": cases,
        "adopter": adopters,
        "adoption": adoptions,
        "raise": raises,
        "material": materials,
    }
    return {
        name: sorted(set(seen_by(actor, rows).exclude(mine).values_list("pk", flat=True)))
        for name, rows in found.items()
    }


def _references(actor: Actor, groups: Iterable[UUID]) -> dict[UUID, str]:
    rows = publications_for(actor, state="published").filter(party__canonical__in=list(groups))
    found: dict[UUID, str] = {}
    for group, reference in rows.order_by("published_at").values_list(
        "party__canonical", "reference"
    ):
        found.setdefault(group, reference)
    return found


def _adoptions(actor: Actor, cases: Iterable[UUID]) -> dict[UUID, list[Adoption]]:
    rows = Adoption.objects.filter(case__in=list(cases), ended_at__isnull=True)
    found: dict[UUID, list[Adoption]] = {}
    for row in seen_by(actor, rows).select_related("adopter").order_by("adopted_on", "id"):
        found.setdefault(row.case_id, []).append(row)
    return found


def _is_id(text: str) -> bool:
    plain = text.replace("-", "").casefold()
    return len(plain) == 32 and set(plain) <= set("0123456789abcdef")  # noqa: PLR2004 - a UUID
