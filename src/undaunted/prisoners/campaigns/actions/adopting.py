"""Adopters: recorded at the desk, named publicly where they agreed, adopting cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.prisoners.campaigns.actions.planning import note
from undaunted.prisoners.campaigns.actions.tombstones import destroy_rows
from undaunted.prisoners.campaigns.models import Adopter, Adoption, Material
from undaunted.prisoners.campaigns.queries import not_told_why
from undaunted.prisoners.campaigns.rules import (
    AdopterKind,
    CampaignRefused,
    CaseIsSilent,
    Mode,
    RaiserNotAgreed,
)

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.campaigns.models import CampaignCase

__all__ = [
    "Standing",
    "adopt_case",
    "agree_to_be_named",
    "end_adoption",
    "record_adopter",
    "withdraw_adopter",
]


@dataclass(frozen=True, slots=True)
class Standing:
    """Who an adopter is; the contact stays at the desk."""

    name: str
    kind: AdopterKind
    country: str
    office: str = ""
    place: str = ""
    contact: str = ""


def record_adopter(holder: UUID, who: Standing, *, actor: Actor, at: datetime) -> Adopter:
    """Record an adopter; nobody is named publicly before they agreed and a second person saw it."""
    require(actor, Verb.RECORD, Facts(holder=holder))
    if not who.name.strip():
        raise CampaignRefused("name: say who adopts")
    with transaction.atomic():
        made = Adopter.objects.create(
            holder=holder,
            name=who.name.strip(),
            kind=who.kind,
            country=known_country("country", who.country),
            office=who.office.strip(),
            place=who.place.strip(),
            contact=who.contact.strip(),
            recorded_at=at,
            recorded_by=actor.person,
        )
        _note("adopter.recorded", made, actor=actor, at=at)
    return made


def agree_to_be_named(
    adopter: Adopter, *, actor: Actor, at: datetime, on: date | None, how: str
) -> Adopter:
    """Record that an adopter agreed to be named publicly, and how; without a day, that it is over.

    A second person lets the name out; taking it back works at once, and destroys what names them.
    """
    require(actor, Verb.RECORD, Facts(holder=adopter.holder))
    if on is not None and (on > at.date() or not how.strip()):
        raise CampaignRefused("agreed: give a day that is past, and how they agreed")
    with transaction.atomic():
        held = _standing(adopter)
        held.agreed_on, held.agreed_how = on, how.strip() if on else ""
        held.approved_at = held.approved_by = None
        held.save(update_fields=["agreed_on", "agreed_how", "approved_at", "approved_by"])
        if on is None:
            destroy_rows(Material.objects.filter(adopter=held, mode=Mode.PUBLIC), "adopter", at)
        _note("adopter.agreed" if on else "adopter.took_back", held, actor=actor, at=at)
    return held


def adopt_case(
    case: CampaignCase, adopter: Adopter, *, actor: Actor, at: datetime, on: date
) -> Adoption:
    """Record that an adopter stands up for a case.

    Raises `CaseIsSilent` for a silent one, and `RaiserNotAgreed` where a person who is raised in
    private only did not agree that this adopter is told.
    """
    require(actor, Verb.RECORD, Facts(holder=case.holder))
    if case.mode == Mode.SILENT:
        raise CaseIsSilent("case: it is silent; nobody adopts it until its mode is another")
    if on > at.date():
        raise CampaignRefused("adopted_on: it lies ahead; record an adoption when it has begun")
    with transaction.atomic():
        held = _standing(adopter)
        if held.holder != case.holder:
            raise Forbidden("the adopter belongs to another organisation")
        why = told_refusal(case, held, actor=actor, at=at)
        if why:
            raise RaiserNotAgreed(f"adopter: {why}")
        same = Adoption.objects.filter(case=case, adopter=held, ended_at__isnull=True)
        if same.exists():
            raise CampaignRefused("adopter: they have adopted this case already")
        made = Adoption.objects.create(
            holder=case.holder,
            case=case,
            adopter=held,
            adopted_on=on,
            recorded_at=at,
            recorded_by=actor.person,
        )
        note(
            "campaign.case_adopted",
            case.campaign,
            actor=actor,
            at=at,
            case=str(case.pk),
            adopter=str(held.pk),
        )
    return made


def end_adoption(adoption: Adoption, *, actor: Actor, at: datetime) -> Adoption:
    """Record that an adopter no longer stands up for a case."""
    require(actor, Verb.RECORD, Facts(holder=adoption.holder))
    with transaction.atomic():
        rows = Adoption.objects.select_for_update(of=("self",)).select_related("case__campaign")
        held = rows.filter(pk=adoption.pk, ended_at__isnull=True).first()
        if held is None:
            raise CampaignRefused("adoption: it has ended")
        held.ended_at = at
        held.save(update_fields=["ended_at"])
        note(
            "campaign.adoption_ended",
            held.case.campaign,
            actor=actor,
            at=at,
            adoption=str(held.pk),
        )
    return held


def withdraw_adopter(adopter: Adopter, *, actor: Actor, at: datetime) -> Adopter:
    """Take an adopter out everywhere; how to reach them and what names them go at once."""
    require(actor, Verb.RECORD, Facts(holder=adopter.holder))
    with transaction.atomic():
        held = _standing(adopter)
        held.withdrawn_at, held.contact = at, ""
        held.agreed_on, held.agreed_how = None, ""
        held.approved_at = held.approved_by = None
        held.save()
        Adoption.objects.filter(adopter=held, ended_at__isnull=True).update(ended_at=at)
        destroy_rows(Material.objects.filter(adopter=held), "adopter", at)
        _note("adopter.withdrawn", held, actor=actor, at=at)
    return held


def told_refusal(case: CampaignCase, adopter: Adopter, *, actor: Actor, at: datetime) -> str:
    """Say why a case may not be told to an adopter; empty where it may."""
    organisation = adopter.kind == AdopterKind.ORGANISATION
    return not_told_why(
        actor,
        case,
        country="" if organisation else adopter.country,
        names=(adopter.name,),
        on=at.date(),
    )


def known_country(field: str, code: str) -> str:
    """Give a country's code. Raises `CampaignRefused` naming the field."""
    try:
        return country(code.strip().upper()).code
    except UnknownCountry:
        told = f"{field}: {code!r} is no ISO 3166 code; give one such as XS"
        raise CampaignRefused(told) from None


def _standing(adopter: Adopter) -> Adopter:
    rows = Adopter.objects.select_for_update().filter(pk=adopter.pk, withdrawn_at__isnull=True)
    held = rows.first()
    if held is None:
        raise Forbidden("there is no such adopter for you")
    return held


def _note(verb: str, adopter: Adopter, *, actor: Actor, at: datetime) -> None:
    record_entry(verb, actor=actor, subject_kind="adopter", subject_id=adopter.pk, at=at, detail={})
