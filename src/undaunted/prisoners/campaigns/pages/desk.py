"""The desk of campaigns: all of them, one with its cases and numbers, and what is done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.prisoners.campaigns.actions import (
    attach_case,
    begin_campaign,
    change_campaign,
    let_out,
    withdraw_campaign,
)
from undaunted.prisoners.campaigns.analysis import figures_of
from undaunted.prisoners.campaigns.forms import AttachForm, CampaignForm
from undaunted.prisoners.campaigns.pages.answers import REFUSALS, done, found
from undaunted.prisoners.campaigns.pages.figures import attempts_chart, raisers_map
from undaunted.prisoners.campaigns.pages.waiting import waiting_shown
from undaunted.prisoners.campaigns.queries import (
    campaign_for,
    campaigns_for,
    desk_cases,
    desk_lines,
    materials_of,
    people_called,
    person_for,
    waiting_in,
)
from undaunted.prisoners.campaigns.rules import occasion_named, occasions

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.campaigns.models import Campaign

__all__ = ["attach", "board", "campaign_page", "change", "new", "out", "withdraw"]


@face("desk")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """List the campaigns of one's organisations, and the days that are shipped."""
    actor = actor_of(request)
    shown = {
        "campaigns": campaigns_for(actor),
        "occasions": [each.sheet for each in occasions().values()],
        "may_begin": actor.can(Verb.RECORD),
    }
    return TemplateResponse(request, "campaigns/desk/board.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a campaign."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    form = CampaignForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            holder = UUID(form.cleaned_data["holder"])
            made = begin_campaign(holder, form.plan, actor=actor, at=timezone.now())
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("campaigns-desk:campaign", made.reference)
    return TemplateResponse(request, "campaigns/desk/form.html", {"form": form})


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what is told of a campaign."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    told = {name: getattr(held, name) for name in
            ("name", "day", "occasion", "summary", "language", "languages")}  # fmt: skip
    form = CampaignForm(request.POST or None, actor=actor, campaign=held, initial=told)
    if request.method == "POST" and form.is_valid():
        try:
            change_campaign(held, form.plan, actor=actor, at=timezone.now())
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("campaigns-desk:campaign", held.reference)
    return TemplateResponse(request, "campaigns/desk/form.html", {"form": form, "campaign": held})


@face("desk")
@require_safe
def campaign_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a campaign: cases with modes and adopters, the log in numbers, what waits."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    return TemplateResponse(request, "campaigns/desk/campaign.html", _shown(held, actor))


@face("desk")
@require_POST
def out(request: HttpRequest, reference: str) -> HttpResponse:
    """Let out what waits, as a second person."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    return done(request, lambda: let_out(held, actor=actor, at=timezone.now()), _address(held))


@face("desk")
@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Hide a campaign from everybody."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    return done(
        request, lambda: withdraw_campaign(held, actor=actor, at=timezone.now()), _address(held)
    )


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: HttpRequest, reference: str) -> HttpResponse:
    """Attach a case."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    form = AttachForm(request.POST or None, initial={"language": held.language})
    called: list[tuple[UUID, str, str]] = []
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        subject = person_for(actor, told["case"])
        if subject is None:
            called = people_called(actor, told["case"])
            form.add_error("case", _("No case, or more than one, is called so here."))
        else:
            try:
                made = attach_case(
                    held, subject, told["ask"], actor=actor, at=timezone.now(),
                    language=told["language"],
                )  # fmt: skip
            except REFUSALS as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect("campaigns-desk:case", made.pk)
    shown = {"form": form, "campaign": held, "called": called}
    return TemplateResponse(request, "campaigns/desk/attach.html", shown)


def _shown(campaign: Campaign, actor: Actor) -> dict[str, Any]:
    lines = desk_lines(actor, campaign, silent=True)
    figures = figures_of(lines, until=timezone.now().date())
    facts = Facts(holder=campaign.holder, earlier_hands=frozenset())
    publishes = decide(actor, Verb.PUBLISH, facts).allowed
    waiting = waiting_in(actor, campaign) if publishes else {}
    known = campaign.occasion in occasions()
    return {
        "campaign": campaign,
        "occasion": occasion_named(campaign.occasion).sheet if known else None,
        "cases": desk_cases(actor, campaign),
        "lines": lines[-10:][::-1],
        "figures": figures,
        "map": raisers_map(figures.by_country) if lines else None,
        "chart": attempts_chart(figures.whole) if lines else None,
        "materials": materials_of(actor, campaign)[:50],
        "waits": sum(map(len, waiting.values())),
        "waiting": waiting_shown(actor, campaign, waiting) if publishes else [],
        "may": {
            "record": decide(actor, Verb.RECORD, facts).allowed and campaign.withdrawn_at is None,
            "publish": publishes and campaign.withdrawn_at is None,
            "withdraw": decide(actor, Verb.TAKE_DOWN, facts).allowed
            and campaign.withdrawn_at is None,
        },
    }


def _address(campaign: Campaign) -> str:
    return reverse("campaigns-desk:campaign", args=[campaign.reference])
