"""Attaching a case, saying how it may be shown, what is asked, taking it out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.consent.queries import grant_row_for
from undaunted.prisoners.campaigns.actions.adopting import told_refusal
from undaunted.prisoners.campaigns.actions.planning import note
from undaunted.prisoners.campaigns.actions.tombstones import destroy_rows, mark_old
from undaunted.prisoners.campaigns.models import Campaign, CampaignCase, Material
from undaunted.prisoners.campaigns.queries import case_sheet, mode_permission
from undaunted.prisoners.campaigns.rules import (
    CampaignRefused,
    Mode,
    ModeNotCovered,
    RaiserNotAgreed,
)
from undaunted.prisoners.registry.queries.received import holds_received
from undaunted.prisoners.registry.queries.records import cases_for

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor

__all__ = ["attach_case", "change_ask", "remove_case", "set_mode"]

MOST_WORDS = 300


def attach_case(  # noqa: PLR0913 - to what, whose, what is asked, in which words, by whom
    campaign: Campaign,
    subject: UUID,
    ask: str,
    *,
    actor: Actor,
    at: datetime,
    language: str = "en",
) -> CampaignCase:
    """Attach a case. It is silent until whoever holds the consent says otherwise.

    Raises `CampaignRefused` for one that is attached or came from a partner, and `Forbidden`.
    """
    require(actor, Verb.RECORD, Facts(holder=campaign.holder))
    party = cases_for(actor).filter(pk=subject).first()
    if party is None:
        raise Forbidden("there is no such case for you")
    if holds_received(actor, [party.canonical]):
        raise CampaignRefused("case: what a partner sent goes no further; ask the partner")
    same = cases_for(actor).filter(canonical=party.canonical).values("pk")
    held = CampaignCase.objects.filter(campaign=campaign, removed_at__isnull=True, subject__in=same)
    if held.exists():
        raise CampaignRefused("case: it is in this campaign already")
    with transaction.atomic():
        made = CampaignCase.objects.create(
            holder=campaign.holder,
            campaign=campaign,
            subject=subject,
            ask=_asked(ask),
            language=language,
            recorded_at=at,
            recorded_by=actor.person,
        )
        note("campaign.case_attached", campaign, actor=actor, at=at, case=str(made.pk))
    return made


def set_mode(case: CampaignCase, mode: Mode, *, actor: Actor, at: datetime) -> CampaignCase:
    """Say how a case may be shown, as whoever holds the consent; material of it is destroyed.

    Public needs an agreement to campaigns for the public, and a case that is published; private
    only needs one to quiet diplomacy, with everybody who has adopted the case too. A second person
    lets a public case out. Raises `ModeNotCovered`, and `RaiserNotAgreed`.
    """
    require(actor, Verb.RECORD, Facts(holder=case.holder))
    with transaction.atomic():
        held = _standing(case)
        grant = _grant_for(held, mode, actor=actor, at=at)
        held.mode, held.mode_grant, held.ended_why = mode, grant, ""
        held.mode_at, held.mode_by = at, actor.person
        held.approved_at = held.approved_by = None
        if mode is Mode.PUBLIC and case_sheet(actor, held, on=at.date()) is None:
            raise ModeNotCovered("mode: the registry does not publish this case; publish it first")
        _check_adopters(held, actor=actor, at=at)
        held.save()
        destroyed = destroy_rows(Material.objects.filter(case=held), "mode", at)
        note(
            "campaign.mode_set",
            held.campaign,
            actor=actor,
            at=at,
            case=str(held.pk),
            mode=mode.value,
            consent=str(grant or ""),
            destroyed=destroyed,
        )
    return held


def change_ask(case: CampaignCase, ask: str, *, actor: Actor, at: datetime) -> CampaignCase:
    """Change what is asked for somebody; a second person lets the new words out.

    What was written with the old words is handed out no more until it is written anew.
    """
    require(actor, Verb.RECORD, Facts(holder=case.holder))
    with transaction.atomic():
        held = _standing(case)
        held.ask = _asked(ask)
        held.approved_at = held.approved_by = None
        held.save(update_fields=["ask", "approved_at", "approved_by"])
        old = mark_old(Material.objects.filter(case=held), at)
        note("campaign.ask_changed", held.campaign, actor=actor, at=at, case=str(held.pk), old=old)
    return held


def remove_case(case: CampaignCase, *, actor: Actor, at: datetime) -> CampaignCase:
    """Take a case out at once: anybody who records may. What was written of it is destroyed."""
    require(actor, Verb.RECORD, Facts(holder=case.holder))
    with transaction.atomic():
        held = _standing(case)
        held.removed_at, held.removed_by = at, actor.person
        held.approved_at = held.approved_by = None
        held.save(update_fields=["removed_at", "removed_by", "approved_at", "approved_by"])
        destroyed = destroy_rows(Material.objects.filter(case=held), "removed", at)
        note(
            "campaign.case_removed",
            held.campaign,
            actor=actor,
            at=at,
            case=str(held.pk),
            destroyed=destroyed,
        )
    return held


def _check_adopters(case: CampaignCase, *, actor: Actor, at: datetime) -> None:
    for each in case.adoptions.filter(ended_at__isnull=True).select_related("adopter"):
        if case.mode != Mode.SILENT and (
            why := told_refusal(case, each.adopter, actor=actor, at=at)
        ):
            raise RaiserNotAgreed(f"mode: {each.adopter.name} has adopted it, but {why}")


def _grant_for(case: CampaignCase, mode: Mode, *, actor: Actor, at: datetime) -> UUID | None:
    """Give the agreement that covers a mode, once it is sure that the actor holds it."""
    if mode is Mode.SILENT:
        _hold(case.mode_grant, actor)
        return None
    found = mode_permission(actor, case, mode, on=at.date())
    if not found or found.by_which_grant is None:
        raise ModeNotCovered(
            f"mode: no agreement covers {mode.value} ({found.reason.value}); record consent to "
            + ("campaigns for the public first" if mode is Mode.PUBLIC else "quiet diplomacy first")
        )
    grant = UUID(found.by_which_grant)
    _hold(grant, actor)
    return grant


def _hold(grant: UUID | None, actor: Actor) -> None:
    if grant is None:
        return
    row = grant_row_for(actor, grant)
    if row is None:
        raise ModeNotCovered("mode: whoever holds the consent says how the case may be shown")
    require(actor, Verb.RECORD, Facts(holder=row.holder))


def _standing(case: CampaignCase) -> CampaignCase:
    rows = CampaignCase.objects.select_for_update(of=("self",)).select_related("campaign")
    held = rows.filter(pk=case.pk, removed_at__isnull=True).first()
    if held is None:
        raise Forbidden("there is no such case in a campaign for you")
    if held.campaign.withdrawn_at is not None:
        raise CampaignRefused("the campaign was withdrawn; begin another")
    return held


def _asked(ask: str) -> str:
    text = ask.strip()
    if not text or len(text) > MOST_WORDS:
        raise CampaignRefused(f"ask: say in at most {MOST_WORDS} letters what is asked for")
    return text
