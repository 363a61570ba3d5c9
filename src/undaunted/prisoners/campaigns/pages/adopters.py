"""Adopters at the desk: recorded, agreed to be named, taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003 - the address gives it

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.prisoners.campaigns.actions import (
    agree_to_be_named,
    record_adopter,
    withdraw_adopter,
)
from undaunted.prisoners.campaigns.forms import AdopterForm, AgreedForm
from undaunted.prisoners.campaigns.pages.answers import REFUSALS, done, first_problem, found
from undaunted.prisoners.campaigns.queries import adopter_for, adopters_for, campaign_for
from undaunted.prisoners.campaigns.rules import CampaignRefused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["adopters", "agreed", "withdraw_one"]


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def adopters(request: HttpRequest, reference: str) -> HttpResponse:
    """List the adopters that the campaign's organisation knows, and record another."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    form = AdopterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_adopter(held.holder, form.standing, actor=actor, at=timezone.now())
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("campaigns-desk:adopters", held.reference)
    shown = {
        "campaign": held,
        "adopters": adopters_for(actor).filter(holder=held.holder),
        "form": form,
        "agreed": AgreedForm(auto_id=False),
        "may": decide(actor, Verb.RECORD, Facts(holder=held.holder)).allowed,
    }
    return TemplateResponse(request, "campaigns/desk/adopters.html", shown)


@face("desk")
@require_POST
def agreed(request: HttpRequest, reference: str, adopter: UUID) -> HttpResponse:
    """Record that an adopter agreed to be named, or no longer does."""
    actor = actor_of(request)
    held = found(adopter_for(actor, adopter))
    form = AgreedForm(request.POST)

    def step() -> None:
        if not form.is_valid():
            raise CampaignRefused(first_problem(form))
        told = form.cleaned_data
        agree_to_be_named(held, actor=actor, at=timezone.now(), on=told["on"], how=told["how"])

    return done(request, step, _address(reference))


@face("desk")
@require_POST
def withdraw_one(request: HttpRequest, reference: str, adopter: UUID) -> HttpResponse:
    """Take an adopter out everywhere."""
    actor = actor_of(request)
    held = found(adopter_for(actor, adopter))
    step = lambda: withdraw_adopter(held, actor=actor, at=timezone.now())  # noqa: E731
    return done(request, step, _address(reference))


def _address(reference: str) -> str:
    return reverse("campaigns-desk:adopters", args=[reference])
