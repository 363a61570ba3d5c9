"""The desk of an invocation: stages, what members say, pledge and vote, what is delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.coercion.response.actions import (
    cast_vote,
    change_pledge,
    confirm_decision,
    confirm_off_ramp,
    confirm_vote,
    declare_decision,
    end_pledge,
    move_stage,
    publish_pledge,
    record_delivery,
    record_pledge,
    say,
    withdraw_pledge,
)
from undaunted.coercion.response.forms import (
    DeliveryForm,
    MoveForm,
    PledgeForm,
    SayForm,
    TextForm,
    VoteForm,
)
from undaunted.coercion.response.pages.answers import REFUSALS, done, done_with, found
from undaunted.coercion.response.queries import (
    compact_for,
    governments_of,
    invocation_for,
    invocation_sheet,
    members_of,
    notes_of,
    off_ramp_for,
    pledge_for,
    vote_for,
)
from undaunted.coercion.response.rules import Choice, Reach, Stage, next_stages
from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.coercion.response.models import Compact, Invocation, Pledge
    from undaunted.core.access.rules import Actor

__all__ = [
    "confirm",
    "confirm_own_vote",
    "declare",
    "deliver",
    "end",
    "invocation_page",
    "met",
    "move",
    "pledge",
    "pledge_beforehand",
    "pledge_page",
    "publish",
    "speak",
    "take_back",
    "vote",
]


@face("desk")
@require_safe
def invocation_page(request: HttpRequest, invocation: UUID) -> HttpResponse:
    """Show an invocation as one's own government sees it."""
    actor = actor_of(request)
    held = found(invocation_for(actor, invocation))
    sheet = invocation_sheet(actor, held, timezone.now())
    mine = sheet.member.holder if sheet.member else held.compact.holder
    facts = Facts(holder=mine, earlier_hands=frozenset())
    hands = frozenset({held.decided_by}) if held.decided_by else None
    chair = Facts(holder=held.compact.holder, earlier_hands=hands)
    shown = {
        "sheet": sheet,
        "invocation": held,
        "mine": governments_of(actor),
        "move": MoveForm(stages=sheet.following),
        "say": SayForm(),
        "vote": VoteForm(),
        "may": {
            "record": decide(actor, Verb.RECORD, facts).allowed,
            "second": decide(actor, Verb.PUBLISH, facts).allowed,
            "declare": decide(actor, Verb.RECORD, chair).allowed,
            "confirm": decide(actor, Verb.PUBLISH, chair).allowed,
        },
    }
    return TemplateResponse(request, "response/desk/invocation.html", shown)


@face("desk")
@require_POST
def move(request: HttpRequest, invocation: UUID) -> HttpResponse:
    """Take an invocation to its next stage."""
    actor = actor_of(request)
    held = found(invocation_for(actor, invocation))
    form = MoveForm(request.POST, stages=next_stages(Stage(held.stage)))

    def step() -> object:
        to, reason = Stage(form.cleaned_data["to"]), form.cleaned_data["reason"]
        return move_stage(held, to, actor=actor, at=timezone.now(), reason=reason)

    return done_with(request, form, step, _address(held))


@face("desk")
@require_POST
def speak(request: HttpRequest, invocation: UUID) -> HttpResponse:
    """Speak in the stage that is open."""
    actor = actor_of(request)
    held, form = found(invocation_for(actor, invocation)), SayForm(request.POST)

    def step() -> object:
        text, reach = form.cleaned_data["text"], Reach(form.cleaned_data["reach"])
        return say(held, text, actor=actor, at=timezone.now(), reach=reach)

    return done_with(request, form, step, _address(held))


@face("desk")
@require_POST
def vote(request: HttpRequest, invocation: UUID) -> HttpResponse:
    """Cast the vote of one's own government."""
    actor = actor_of(request)
    held, form = found(invocation_for(actor, invocation)), VoteForm(request.POST)

    def step() -> object:
        choice = Choice(form.cleaned_data["choice"])
        return cast_vote(held, choice, actor=actor, at=timezone.now())

    return done_with(request, form, step, _address(held))


@face("desk")
@require_POST
def confirm_own_vote(request: HttpRequest, vote: UUID) -> HttpResponse:
    """Confirm the vote of one's own government, as a second person."""
    actor = actor_of(request)
    held = found(vote_for(actor, vote))
    back = _address(held.invocation)
    return done(request, lambda: confirm_vote(held, actor=actor, at=timezone.now()), back)


@face("desk")
@require_POST
def declare(request: HttpRequest, invocation: UUID) -> HttpResponse:
    """Record what the confirmed votes decide."""
    actor = actor_of(request)
    held = found(invocation_for(actor, invocation))
    back = _address(held)
    return done(request, lambda: declare_decision(held, actor=actor, at=timezone.now()), back)


@face("desk")
@require_POST
def confirm(request: HttpRequest, invocation: UUID) -> HttpResponse:
    """Confirm a decision, as a second person of the chair."""
    actor = actor_of(request)
    held = found(invocation_for(actor, invocation))
    back = _address(held)
    return done(request, lambda: confirm_decision(held, actor=actor, at=timezone.now()), back)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def pledge(request: HttpRequest, invocation: UUID) -> HttpResponse:
    """Pledge in an invocation."""
    actor = actor_of(request)
    held = found(invocation_for(actor, invocation))
    return _pledging(request, actor, held.compact, held)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def pledge_beforehand(request: HttpRequest, reference: str) -> HttpResponse:
    """Pledge before any episode."""
    actor = actor_of(request)
    return _pledging(request, actor, found(compact_for(actor, reference)), None)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def pledge_page(request: HttpRequest, pledge: UUID) -> HttpResponse:
    """Show a pledge with conditions and deliveries; its own government changes it here."""
    actor = actor_of(request)
    held = found(pledge_for(actor, pledge))
    own = held.holder in governments_of(actor)
    form = PledgeForm(
        request.POST or None, members=(), beforehand=held.invocation is None, pledge=held
    )
    if request.method == "POST" and own and form.is_valid():
        try:
            change_pledge(held, form.plan(), actor=actor, at=timezone.now())
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("response-desk:pledge", held.pk)
    facts = Facts(holder=held.holder, earlier_hands=frozenset({held.recorded_by}))
    shown = {
        "pledge": held,
        "own": own,
        "mine": governments_of(actor),
        "form": form,
        "notes": notes_of(actor, [held]).get(held.pk, ()),
        "delivery": DeliveryForm(),
        "text": TextForm(auto_id="why_%s"),
        "may": {
            "record": decide(actor, Verb.RECORD, facts).allowed,
            "publish": decide(actor, Verb.PUBLISH, facts).allowed,
        },
        "frozen": held.invocation is not None
        and held.invocation.stage in {Stage.DECIDING, Stage.MONITORING, Stage.CLOSED},
    }
    return TemplateResponse(request, "response/desk/pledge.html", shown)


@face("desk")
@require_POST
def publish(request: HttpRequest, pledge: UUID) -> HttpResponse:
    """Let everybody read a pledge made beforehand, as a second person."""
    actor = actor_of(request)
    held = found(pledge_for(actor, pledge))
    back = _pledge_address(held)
    return done(request, lambda: publish_pledge(held, actor=actor, at=timezone.now()), back)


@face("desk")
@require_POST
def take_back(request: HttpRequest, pledge: UUID) -> HttpResponse:
    """Take a pledge back before it is put to the vote."""
    actor = actor_of(request)
    held = found(pledge_for(actor, pledge))
    place = held.invocation
    back = _address(place) if place else reverse(
        "response-desk:compact", args=[held.compact.reference]
    )  # fmt: skip
    return done(request, lambda: withdraw_pledge(held, actor=actor, at=timezone.now()), back)


@face("desk")
@require_POST
def deliver(request: HttpRequest, pledge: UUID) -> HttpResponse:
    """Record what was delivered of a pledge."""
    actor = actor_of(request)
    held, form = found(pledge_for(actor, pledge)), DeliveryForm(request.POST)

    def step() -> object:
        return record_delivery(held, **form.cleaned_data, actor=actor, at=timezone.now())

    return done_with(request, form, step, _pledge_address(held))


@face("desk")
@require_POST
def end(request: HttpRequest, pledge: UUID) -> HttpResponse:
    """End a measure of one's own, with reasons."""
    actor = actor_of(request)
    held, form = found(pledge_for(actor, pledge)), TextForm(request.POST)

    def step() -> object:
        return end_pledge(held, form.cleaned_data["text"], actor=actor, at=timezone.now())

    return done_with(request, form, step, _pledge_address(held))


@face("desk")
@require_POST
def met(request: HttpRequest, off_ramp: UUID) -> HttpResponse:
    """Confirm that a condition is met, as the member that was named."""
    actor = actor_of(request)
    held, form = found(off_ramp_for(actor, off_ramp)), TextForm(request.POST)

    def step() -> object:
        return confirm_off_ramp(held, form.cleaned_data["text"], actor=actor, at=timezone.now())

    return done_with(request, form, step, _pledge_address(held.pledge))


def _pledging(
    request: HttpRequest, actor: Actor, compact: Compact, invocation: Invocation | None
) -> HttpResponse:
    bound = members_of(actor, compact).filter(accepted_at__isnull=False)
    named = [(each.country, each.name) for each in bound]
    form = PledgeForm(request.POST or None, members=named, beforehand=invocation is None)
    if request.method == "POST" and form.is_valid():
        try:
            made = record_pledge(
                compact, form.plan(), actor=actor, at=timezone.now(), invocation=invocation,
                off_ramps=form.off_ramps(),
            )  # fmt: skip
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("response-desk:pledge", made.pk)
    shown = {"form": form, "title": _("Pledge")}
    return TemplateResponse(request, "response/desk/form.html", shown)


def _address(invocation: Invocation) -> str:
    return reverse("response-desk:invocation", args=[invocation.pk])


def _pledge_address(pledge: Pledge) -> str:
    return reverse("response-desk:pledge", args=[pledge.pk])
