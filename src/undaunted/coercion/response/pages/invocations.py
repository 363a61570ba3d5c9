"""The desk of an invocation: stages, what members say, pledge and vote, what is delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undaunted.coercion.response.actions import (
    cast_vote,
    change_pledge,
    confirm_closing,
    confirm_decision,
    confirm_off_ramp,
    confirm_vote,
    declare_decision,
    end_pledge,
    move_stage,
    open_invocation,
    publish_pledge,
    record_delivery,
    record_pledge,
    reopen_vote,
    say,
    take_back_delivery,
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
from undaunted.coercion.response.pages.answers import found, sought, taken, written
from undaunted.coercion.response.pages.desk import member_address
from undaunted.coercion.response.queries import (
    compact_for,
    decider_of,
    delivery_for,
    governments_of,
    invocation_for,
    invocation_sheet,
    leader_of,
    members_of,
    notes_of,
    off_ramp_for,
    pledge_for,
    vote_for,
)
from undaunted.coercion.response.rules import Choice, Reach, ResponseStage, next_stages
from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.clocks.writers import end_words

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.coercion.response.models import (
        Compact,
        Delivery,
        Invocation,
        OffRamp,
        Pledge,
        Vote,
    )
    from undaunted.coercion.response.queries import InvocationSheet
    from undaunted.core.access.rules import Actor

__all__ = [
    "call_upon",
    "close",
    "confirm",
    "confirm_own_vote",
    "declare",
    "deliver",
    "end",
    "invocation_address",
    "invocation_page",
    "met",
    "move",
    "place_address",
    "pledge",
    "pledge_address",
    "pledge_beforehand",
    "pledge_page",
    "publish",
    "reopen",
    "speak",
    "take_back",
    "undeliver",
    "vote",
]

REOPENING = (Verb.RECORD, Verb.PUBLISH)


def invocation_address(held: Invocation) -> str:
    """Give the address of an invocation."""
    return reverse("response-desk:invocation", args=[held.pk])


def pledge_address(held: Pledge) -> str:
    """Give the address of a pledge."""
    return reverse("response-desk:pledge", args=[held.pk])


def place_address(held: Pledge) -> str:
    """Give the address of the invocation of a pledge, or of its compact."""
    return invocation_address(held.invocation) if held.invocation else member_address(held.member)


@face("desk")
@require_safe
def invocation_page(request: HttpRequest, invocation: UUID) -> HttpResponse:
    """Show an invocation as one's own government sees it."""
    actor = actor_of(request)
    held = found(invocation_for(actor, invocation))
    now = timezone.now()
    sheet = invocation_sheet(actor, held, now)
    mine = sheet.member.holder if sheet.member else held.compact.holder
    facts = Facts(holder=mine, earlier_hands=frozenset())
    hands = frozenset({held.decided_by}) if held.decided_by else None
    deciding = Facts(holder=decider_of(actor, held, now), earlier_hands=frozenset())
    chair = Facts(holder=held.decided_for or leader_of(actor, held), earlier_hands=hands)
    shown = {
        "sheet": sheet,
        "invocation": held,
        "mine": governments_of(actor),
        "until": _until(sheet),
        "move": MoveForm(stages=sheet.following),
        "say": SayForm(),
        "vote": VoteForm(),
        "may": {
            "record": decide(actor, Verb.RECORD, facts).allowed,
            "second": decide(actor, Verb.PUBLISH, facts).allowed,
            "declare": decide(actor, Verb.RECORD, deciding).allowed,
            "reopen": any(decide(actor, each, deciding).allowed for each in REOPENING),
            "confirm": decide(actor, Verb.PUBLISH, chair).allowed,
        },
    }
    return TemplateResponse(request, "response/desk/invocation.html", shown)


def _until(sheet: InvocationSheet) -> str:
    """Say the last day of the stage, as the board of deadlines says it."""
    deadline = sheet.deadline
    if deadline is None or deadline.soft_due_at is None:
        return ""
    return end_words(deadline.rule, deadline.soft_due_at, deadline.zone)


@taken(invocation_for, invocation_address)
def call_upon(held: Invocation, *, actor: Actor, at: datetime) -> None:
    """Call upon the members, as a second person of the government that invoked."""
    open_invocation(held, actor=actor, at=at)


@taken(invocation_for, invocation_address)
def close(held: Invocation, *, actor: Actor, at: datetime) -> None:
    """Close an invocation as a colleague proposed, as a second person."""
    confirm_closing(held, actor=actor, at=at)


@taken(
    invocation_for,
    invocation_address,
    lambda told, held, _: MoveForm(told, stages=next_stages(ResponseStage(held.stage))),
)
def move(held: Invocation, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Take an invocation to its next stage, or propose to close it."""
    move_stage(held, ResponseStage(told["to"]), actor=actor, at=at, reason=told["reason"])


@taken(invocation_for, invocation_address, lambda told, *_: SayForm(told))
def speak(held: Invocation, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Speak in the stage that is open."""
    say(held, told["text"], actor=actor, at=at, reach=Reach(told["reach"]))


@taken(invocation_for, invocation_address, lambda told, *_: VoteForm(told))
def vote(held: Invocation, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Cast the vote of one's own government."""
    cast_vote(held, Choice(told["choice"]), actor=actor, at=at)


@taken(vote_for, lambda held: invocation_address(held.invocation))
def confirm_own_vote(held: Vote, *, actor: Actor, at: datetime) -> None:
    """Confirm the vote of one's own government, as a second person."""
    confirm_vote(held, actor=actor, at=at)


@taken(invocation_for, invocation_address)
def declare(held: Invocation, *, actor: Actor, at: datetime) -> None:
    """Record what the confirmed votes decide."""
    declare_decision(held, actor=actor, at=at)


@taken(invocation_for, invocation_address)
def reopen(held: Invocation, *, actor: Actor, at: datetime) -> None:
    """Open the vote again, before a second person has confirmed the decision."""
    reopen_vote(held, actor=actor, at=at)


@taken(invocation_for, invocation_address)
def confirm(held: Invocation, *, actor: Actor, at: datetime) -> None:
    """Confirm a decision, as a second person of the government that recorded it."""
    confirm_decision(held, actor=actor, at=at)


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
    return _pledging(request, actor, sought(compact_for, actor, reference), None)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def pledge_page(request: HttpRequest, pledge: UUID) -> HttpResponse:
    """Show a pledge with conditions and deliveries; its own government changes it here."""
    actor = actor_of(request)
    held = found(pledge_for(actor, pledge))
    own = held.holder in governments_of(actor)
    if request.method == "POST" and not own:
        raise Http404
    form = PledgeForm(
        request.POST or None, members=(), beforehand=held.invocation is None, pledge=held
    )

    def step() -> Pledge:
        return change_pledge(held, form.plan(), actor=actor, at=timezone.now())

    if own and (made := written(request, form, step)):
        return redirect(pledge_address(made))
    facts = Facts(holder=held.holder, earlier_hands=frozenset({held.recorded_by}))
    shown = {
        "pledge": held,
        "own": own,
        "mine": governments_of(actor),
        "form": form,
        "notes": notes_of(actor, [held]).get(held.pk, 0),
        "delivery": DeliveryForm(),
        "text": TextForm(auto_id="why_%s"),
        "may": {
            "record": decide(actor, Verb.RECORD, facts).allowed,
            "publish": decide(actor, Verb.PUBLISH, facts).allowed,
        },
        "frozen": held.invocation is not None
        and held.invocation.stage
        in {ResponseStage.DECIDING, ResponseStage.MONITORING, ResponseStage.CLOSED},
    }
    return TemplateResponse(request, "response/desk/pledge.html", shown)


@taken(pledge_for, pledge_address)
def publish(held: Pledge, *, actor: Actor, at: datetime) -> None:
    """Let everybody read a pledge made beforehand, as a second person."""
    publish_pledge(held, actor=actor, at=at)


@taken(pledge_for, place_address)
def take_back(held: Pledge, *, actor: Actor, at: datetime) -> None:
    """Take a pledge back before it is put to the vote."""
    withdraw_pledge(held, actor=actor, at=at)


@taken(pledge_for, pledge_address, lambda told, *_: DeliveryForm(told))
def deliver(held: Pledge, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Record what was delivered of a pledge."""
    record_delivery(held, **told, actor=actor, at=at)


@taken(delivery_for, lambda held: pledge_address(held.pledge))
def undeliver(held: Delivery, *, actor: Actor, at: datetime) -> None:
    """Take back a delivery that was recorded wrongly."""
    take_back_delivery(held, actor=actor, at=at)


@taken(pledge_for, pledge_address, lambda told, *_: TextForm(told))
def end(held: Pledge, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """End a measure of one's own, with reasons."""
    end_pledge(held, told["text"], actor=actor, at=at)


@taken(off_ramp_for, lambda held: pledge_address(held.pledge), lambda told, *_: TextForm(told))
def met(held: OffRamp, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Confirm that a condition is met, as the member that was named."""
    confirm_off_ramp(held, told["text"], actor=actor, at=at)


def _pledging(
    request: HttpRequest, actor: Actor, compact: Compact, invocation: Invocation | None
) -> HttpResponse:
    bound = members_of(actor, compact).filter(accepted_at__isnull=False)
    named = [(each.country, each.name) for each in bound]
    form = PledgeForm(request.POST or None, members=named, beforehand=invocation is None)

    def step() -> Pledge:
        return record_pledge(
            compact, form.plan(), actor=actor, at=timezone.now(), invocation=invocation,
            off_ramps=form.off_ramps(),
        )  # fmt: skip

    if made := written(request, form, step):
        return redirect(pledge_address(made))
    shown = {"form": form, "title": _("Pledge")}
    return TemplateResponse(request, "response/desk/form.html", shown)
