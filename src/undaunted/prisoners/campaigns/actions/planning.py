"""Beginning a campaign, letting out what waits as a second person, ending it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.prisoners.campaigns.actions.tombstones import mark_old
from undaunted.prisoners.campaigns.models import (
    Adopter,
    Adoption,
    Campaign,
    CampaignCase,
    Material,
    Raise,
)
from undaunted.prisoners.campaigns.queries import waiting_in
from undaunted.prisoners.campaigns.rules import (
    CampaignRefused,
    CampaignTaken,
    NothingWaits,
    occasion_named,
)
from undaunted.site.languages import LANGUAGES

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["Plan", "begin_campaign", "change_campaign", "let_out", "withdraw_campaign"]

_TABLES: dict[str, Any] = {
    "campaign": Campaign,
    "case": CampaignCase,
    "adopter": Adopter,
    "adoption": Adoption,
    "raise": Raise,
    "material": Material,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a campaign is: its day comes from its occasion's year or is given."""

    reference: str
    name: str
    day: date
    occasion: str = ""
    summary: str = ""
    language: str = "en"
    languages: tuple[str, ...] = ("en",)


def begin_campaign(holder: UUID, plan: Plan, *, actor: Actor, at: datetime) -> Campaign:
    """Begin a campaign at the desk; it is public once a second person lets it out.

    Raises `CampaignTaken`, `CampaignRefused`, and `Forbidden`.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    values = _checked(plan)
    if plan.reference == "new" or Campaign.objects.filter(reference=plan.reference).exists():
        raise CampaignTaken(f"reference: {plan.reference} is taken; choose another")
    with transaction.atomic():
        made = Campaign.objects.create(
            holder=holder,
            reference=plan.reference,
            recorded_at=at,
            recorded_by=actor.person,
            **values,
        )
        note("campaign.begun", made, actor=actor, at=at, day=plan.day.isoformat())
    return made


def change_campaign(campaign: Campaign, plan: Plan, *, actor: Actor, at: datetime) -> Campaign:
    """Change what is told of a campaign; it is not public until somebody else lets it out again.

    Its material names it, so that it is written anew.
    """
    require(actor, Verb.RECORD, Facts(holder=campaign.holder))
    values = _checked(plan) | {"approved_at": None, "approved_by": None}
    with transaction.atomic():
        held = _standing(campaign)
        for name, value in values.items():
            setattr(held, name, value)
        held.save(update_fields=[*values])
        old = mark_old(Material.objects.filter(campaign=held), at)
        note("campaign.changed", held, actor=actor, at=at, old=old)
    return held


def let_out(campaign: Campaign, *, actor: Actor, at: datetime) -> dict[str, int]:
    """Let out, as a second person, the campaign and everything of it that waits.

    That is: cases in public mode, adopters who agreed and whom they adopted, raises in the open
    with their replies, material. What the same person recorded or changed goes on waiting for
    another. Gives how many of each. Raises `NothingWaits`, and `Forbidden`.
    """
    require(actor, Verb.PUBLISH, Facts(holder=campaign.holder, earlier_hands=frozenset()))
    with transaction.atomic():
        held = _standing(campaign)
        done = dict.fromkeys(_TABLES, 0)
        for name, waiting in waiting_in(actor, held).items():
            rows = _TABLES[name].objects.filter(pk__in=waiting)
            done[name] = rows.update(approved_at=at, approved_by=actor.person)
        if not any(done.values()):
            raise NothingWaits("nothing of this campaign waits for you")
        note("campaign.let_out", held, actor=actor, at=at, counts=done)
    return done


def withdraw_campaign(campaign: Campaign, *, actor: Actor, at: datetime) -> Campaign:
    """Hide a campaign from everybody at once and keep it at the desk; one person may."""
    require(actor, Verb.TAKE_DOWN, Facts(holder=campaign.holder))
    with transaction.atomic():
        held = _standing(campaign)
        held.withdrawn_at, held.withdrawn_by = at, actor.person
        held.save(update_fields=["withdrawn_at", "withdrawn_by"])
        note("campaign.withdrawn", held, actor=actor, at=at)
    return held


def note(verb: str, campaign: Campaign, *, actor: Actor, at: datetime, **detail: object) -> None:
    """Record one entry about a campaign."""
    record_entry(
        verb,
        actor=actor,
        subject_kind="campaign",
        subject_id=campaign.pk,
        at=at,
        detail=dict(detail),
    )


def _standing(campaign: Campaign) -> Campaign:
    held = Campaign.objects.select_for_update().filter(pk=campaign.pk).first()
    if held is None:
        raise Forbidden("there is no such campaign for you")
    if held.withdrawn_at is not None:
        raise CampaignRefused("the campaign was withdrawn; begin another")
    return held


def _checked(plan: Plan) -> dict[str, object]:
    if not plan.name.strip():
        raise CampaignRefused("name: say what the campaign is called")
    if plan.occasion:
        on = occasion_named(plan.occasion)
        if on.in_year(plan.day.year) != plan.day:
            raise CampaignRefused(
                f"day: {plan.occasion} is {on.in_year(plan.day.year)}; give that day or no occasion"
            )
    known = {each.code for each in LANGUAGES}
    unknown = sorted({plan.language, *plan.languages} - known)
    if unknown:
        raise CampaignRefused(
            f"languages: {unknown[0]!r} is none of {', '.join(sorted(known))}; choose among them"
        )
    return {
        "name": plan.name.strip(),
        "day": plan.day,
        "occasion": plan.occasion,
        "summary": plan.summary.strip(),
        "language": plan.language,
        "languages": list(dict.fromkeys(plan.languages)) or [plan.language],
    }
