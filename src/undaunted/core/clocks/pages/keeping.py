"""What is erased when, and what two people decide: holding, letting go, erasing at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.clocks.actions import (
    ClockClosed,
    ClockRuns,
    EraserMissing,
    NotTheSamePerson,
    RequestDecided,
    ask_about_keeping,
    decide_about_keeping,
)
from undaunted.core.clocks.forms import ASKED, KEPT, WHY_ASKED, AskForm, UntilForm
from undaunted.core.clocks.queries import clock_for, kept_until, request_for, requests_waiting
from undaunted.core.clocks.rules import Asked, EventsRefused, WhyAsked
from undaunted.core.clocks.writers import end_words, rule_title, subject_code

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.models import Clock, Request

__all__ = ["ask_keeping", "decide_keeping", "keeping"]

SHOWN = 200
AHEAD = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is kept for a time."""

    clock: Clock
    code: str
    kind: object
    title: str
    ends: str
    waiting: bool
    may: bool
    forms: tuple[AskForm, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request that somebody else decides."""

    request: Request
    code: str
    kind: object
    asked: object
    why: object
    own: bool
    may: bool


@face("desk")
@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """Show what will be erased by a day, what is held, and what waits for a second person."""
    actor, now = actor_of(request), timezone.now()
    form = UntilForm(request.GET or None)
    until = now + AHEAD
    if request.GET and form.is_valid():
        until = datetime.combine(form.cleaned_data["until"], time.max, UTC)
    clocks = kept_until(actor, until)[:SHOWN]
    shown = {
        "form": form,
        "until": until,
        "lines": [_line(clock, actor) for clock in clocks],
        "waiting": [_waiting(each, actor) for each in requests_waiting(actor)],
    }
    return TemplateResponse(request, "clocks/keeping.html", shown)


@face("desk")
@require_POST
def ask_keeping(request: HttpRequest, clock: UUID) -> HttpResponse:
    """Ask a second person to hold something, let it go, or erase it at once."""
    actor = actor_of(request)
    found = clock_for(actor, clock)
    if found is None:
        raise Http404
    form = AskForm(request.POST, asked=Asked.HOLD)
    if not form.is_valid():
        messages.error(request, _("Choose what is asked, and a reason of the list."))
        return redirect("clocks:keeping")
    asked, why = Asked(form.cleaned_data["asked"]), WhyAsked(form.cleaned_data["why"])
    try:
        ask_about_keeping(found, asked, why, actor=actor, at=timezone.now())
    except EventsRefused:
        messages.error(request, _("This cannot be asked about it as it stands."))
    except (ClockClosed, RequestDecided):
        messages.error(request, _("It is gone, or another request about it waits."))
    else:
        messages.success(request, _("Asked. A second person decides on this page."))
    return redirect("clocks:keeping")


@face("desk")
@require_POST
def decide_keeping(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Grant or refuse what somebody else asked."""
    actor = actor_of(request)
    found = request_for(actor, asked)
    if found is None:
        raise Http404
    grant = request.POST.get("grant") == "yes"
    try:
        decide_about_keeping(found, grant=grant, actor=actor, at=timezone.now())
    except NotTheSamePerson:
        messages.error(request, _("You asked for this. Somebody else decides."))
    except (RequestDecided, ClockRuns):
        messages.error(request, _("This was decided before, or cannot be done any more."))
    except EraserMissing:
        messages.error(request, _("Nobody has said how this is erased. Nothing changed."))
    else:
        messages.success(request, _("Granted and done.") if grant else _("Refused."))
    return redirect("clocks:keeping")


def _line(clock: Clock, actor: Actor) -> Line:
    held = clock.held_since is not None
    choices = (Asked.RELEASE,) if held else (Asked.HOLD, Asked.ERASE)
    return Line(
        clock=clock,
        code=subject_code(clock.subject_id),
        kind=KEPT.get(clock.subject_kind, clock.subject_kind),
        title=rule_title(clock.held_rule),
        ends=end_words(clock.held_rule, clock.due_at, clock.zone),
        waiting=any(each.decided_at is None for each in clock.requests.all()),
        may=decide(actor, Verb.RECORD, Facts(holder=clock.holder)).allowed,
        forms=tuple(AskForm(asked=each) for each in choices),
    )


def _waiting(request: Request, actor: Actor) -> Waiting:
    clock = request.clock
    return Waiting(
        request=request,
        code=subject_code(clock.subject_id),
        kind=KEPT.get(clock.subject_kind, clock.subject_kind),
        asked=ASKED[Asked(request.asked)],
        why=WHY_ASKED[WhyAsked(request.why)],
        own=request.asked_by == actor.id,
        may=decide(actor, Verb.RECORD, Facts(holder=request.holder)).allowed,
    )
