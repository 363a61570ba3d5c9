"""The steps of a text: proposed, reviewed, signed, sent back, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.prisoners.report.actions import (
    decline_text,
    propose_text,
    review_text,
    sign_text,
    withdraw_text,
)
from undaunted.prisoners.report.forms import SignForm, WhyForm
from undaunted.prisoners.report.pages.texts import address_of, found, place_of, show_text
from undaunted.prisoners.report.queries import hands_of, text_version
from undaunted.prisoners.report.rules.texts import TextRefused
from undaunted.site.answers import stopped

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.prisoners.report.models import TextVersion

__all__ = ["decline", "propose", "review", "sign", "withdraw"]


@face("desk")
@require_POST
def propose(request: HttpRequest, version: UUID) -> HttpResponse:
    """Propose a draft of one's own."""
    actor, held = actor_of(request), _held(request, version)
    return _step(request, held, lambda at: propose_text(held, actor=actor, at=at))


@face("desk")
@require_POST
def review(request: HttpRequest, version: UUID) -> HttpResponse:
    """Say that a text which somebody else wrote is right."""
    actor, held = actor_of(request), _held(request, version)
    return _step(request, held, lambda at: review_text(held, actor=actor, at=at))


@face("desk")
@require_POST
def sign(request: HttpRequest, version: UUID) -> HttpResponse:
    """Sign a text off, with a reason for each number that was typed by hand."""
    actor, held = actor_of(request), _held(request, version)
    form = SignForm(request.POST, version=held)
    facts = Facts(holder=held.holder, earlier_hands=hands_of(actor, held))
    if not form.is_valid() and decide(actor, Verb.SIGN_TEXT, facts).allowed:
        place = place_of(held.year, held.chapter, held.language)
        return show_text(request, actor, held.holder, place, signing=form)
    accepted = form.accepted() if form.is_valid() else {}
    return _step(request, held, lambda at: sign_text(held, accepted, actor=actor, at=at))


@face("desk")
@require_POST
def decline(request: HttpRequest, version: UUID) -> HttpResponse:
    """Send a text back, or take one's own back."""
    actor, held, why = actor_of(request), _held(request, version), _why(request)
    return _step(request, held, lambda at: decline_text(held, why, actor=actor, at=at))


@face("desk")
@require_POST
def withdraw(request: HttpRequest, version: UUID) -> HttpResponse:
    """Take a signed text out of what is built from now on."""
    actor, held, why = actor_of(request), _held(request, version), _why(request)
    return _step(request, held, lambda at: withdraw_text(held, why, actor=actor, at=at))


def _held(request: HttpRequest, version: UUID) -> TextVersion:
    return found(text_version(actor_of(request), version))


def _why(request: HttpRequest) -> str:
    form = WhyForm(request.POST)
    return form.cleaned_data["why"] if form.is_valid() else ""


def _step(
    request: HttpRequest, held: TextVersion, action: Callable[[datetime], TextVersion]
) -> HttpResponse:
    back = address_of(place_of(held.year, held.chapter, held.language), held.holder)
    try:
        action(timezone.now())
    except TextRefused as refusal:
        return stopped(request, refusal, back)
    return redirect(back)
