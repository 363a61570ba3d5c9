"""What is overdue, one clock with its reasons, what-if, and calendars."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Facts, Sharing, Verb, actor_of, decide, face
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.actions import (
    ClockClosed,
    ClockRuns,
    ClockStands,
    cancel_clock,
    extend_clock,
    meet_clock,
    open_feed,
    resume_clock,
    revoke_feed,
    start_clock,
    stop_clock,
)
from undaunted.core.clocks.forms import ExtendForm, MomentForm, NewClockForm, QuestionForm
from undaunted.core.clocks.queries import (
    clock_for,
    coming_for,
    feed_events,
    feed_owner,
    feeds_for,
    overdue_clocks,
    passed_clocks,
    standing_clocks,
    upcoming_clocks,
    what_if,
)
from undaunted.core.clocks.rules import EventsRefused, Kind
from undaunted.core.clocks.writers import (
    counting_words,
    end_words,
    ends_words,
    period_words,
    rule_title,
    sentences,
    state_words,
    status_words,
    subject_code,
    whose_words,
    write_calendar,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, QueryDict

    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.models import Clock
    from undaunted.core.clocks.rules import Deadline, Rule
    from undaunted.core.clocks.writers import Coming

__all__ = ["ask", "board", "calendar", "change", "feed", "new", "one", "revoke"]

SHOWN = 200
"""Rows of one board; who has more is helped by nothing but fewer."""

CALENDAR_TYPE = "text/calendar; charset=utf-8"


@face("desk")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show what is overdue, what is past its normal time, what stands, and what comes."""
    actor, now = actor_of(request), timezone.now()
    groups = [
        (_("Overdue"), overdue_clocks(actor, now)),
        (_("Past the normal time"), passed_clocks(actor, now)),
        (_("Standing still"), standing_clocks(actor)),
    ]
    shown = [(title, _lines(found[:SHOWN])) for title, found in groups]
    coming = [_line_of(each) for each in coming_for(actor, now)]
    ahead = sorted([*_lines(upcoming_clocks(actor, now)[:SHOWN]), *coming], key=itemgetter("at"))
    shown.append((_("Within 30 days"), ahead))
    empty = not any(lines for _title, lines in shown)
    values = {"groups": shown, "empty": empty, "may_start": actor.can(Verb.RECORD)}
    return TemplateResponse(request, "clocks/board.html", values)


@face("desk")
@require_safe
def one(request: HttpRequest, clock: UUID) -> HttpResponse:
    """Show one clock: its state, where its rule stands, and how each of its dates came about."""
    return _page(request, _found(request, clock))


@face("desk")
@require_POST
def change(request: HttpRequest, clock: UUID, what: str) -> HttpResponse:
    """Stop, resume, extend, meet or cancel a clock."""
    held = _found(request, clock)
    form = _form_for(what, held, request.POST)
    if not form.is_valid():
        return _page(request, held, {what: form})
    try:
        _change(held, what, form.cleaned_data, actor=actor_of(request))
    except EventsRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, held, {what: form})
    except (ClockClosed, ClockRuns, ClockStands) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The clock has been changed."))
    return redirect("clocks:one", clock)


@face("desk")
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Answer what-if; nothing is stored, and the address holds the whole question."""
    form = QuestionForm(request.GET) if request.GET else QuestionForm()
    answer = None
    if request.GET and form.is_valid():
        try:
            answer = what_if(actor_of(request), form.question, timezone.now())
        except EventsRefused as refusal:
            form.add_error(None, str(refusal))
    values = {"form": form, **(_explained(answer) if answer else {})}
    return TemplateResponse(request, "clocks/what_if.html", values)


@face("desk")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Start a clock for a matter of one's own; other subjects start theirs by themselves."""
    actor = actor_of(request)
    if not actor.can(Verb.RECORD):
        raise Http404
    form = NewClockForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        made = start_clock(
            form.question.rule.id,
            actor=actor,
            at=timezone.now(),
            holder=UUID(form.cleaned_data["organisation"]),
            subject_kind="matter",
            subject_id=uuid.uuid4(),
            started_at=form.question.started,
            calendar=form.question.calendar,
            zone=form.question.zone,
            sharing=Sharing(form.cleaned_data["sharing"]),
        )
        return redirect("clocks:one", made.pk)
    return TemplateResponse(request, "clocks/new.html", {"form": form})


@face("desk")
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """List the actor's calendar addresses, and make one that is shown once."""
    actor, address = actor_of(request), ""
    if request.method == "POST":
        _made, token = open_feed(actor=actor, at=timezone.now())
        address = request.build_absolute_uri(reverse("clocks:feed", args=[token]))
    values = {"feeds": feeds_for(actor), "address": address}
    return TemplateResponse(request, "clocks/calendar.html", values)


@face("desk")
@require_POST
def revoke(request: HttpRequest, feed: UUID) -> HttpResponse:
    """Close a calendar address."""
    actor = actor_of(request)
    held = feeds_for(actor).filter(pk=feed).first()
    if held is None:
        raise Http404
    revoke_feed(held, actor=actor, at=timezone.now())
    messages.success(request, _("The address does not work any more."))
    return redirect("clocks:calendar")


@face("token")
@require_safe
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar behind a secret address; unknown and revoked ones are absent alike."""
    owner = feed_owner(token)
    if owner is None:
        raise Http404
    people, now = get_user_model(), timezone.now()
    with acting_as(people(pk=owner), minutes=1) as actor:
        language = people.objects.values_list("language", flat=True).get(pk=owner)
        with translation.override(language):
            kept = uuid.uuid5(owner, "calendar")  # the same at each call
            data = write_calendar(gettext("Deadlines"), feed_events(actor, now), at=now, uid=kept)
    return HttpResponse(data, content_type=CALENDAR_TYPE)


def _found(request: HttpRequest, clock: UUID) -> Clock:
    found = clock_for(actor_of(request), clock)
    if found is None:
        raise Http404
    return found


def _form_for(what: str, clock: Clock, given: QueryDict | None = None) -> Form:
    if what == "extend":
        return ExtendForm(given)
    if what == "cancel":
        return Form(given)
    return MomentForm(given, zone=clock.zone or clock.held_rule.zone)


def _change(clock: Clock, what: str, given: dict[str, Any], *, actor: Actor) -> None:
    at = timezone.now()
    if what == "cancel":
        cancel_clock(clock, actor=actor, at=at)
    elif what == "extend":
        extend_clock(clock, actor=actor, at=at, period=given["period"])
    elif what == "meet":
        meet_clock(clock, actor=actor, at=at, met_at=given["since"])
    else:
        step = {"stop": stop_clock, "resume": resume_clock}[what]
        step(clock, actor=actor, at=at, since=given["since"])


def _page(request: HttpRequest, clock: Clock, forms: dict[str, Form] | None = None) -> HttpResponse:
    deadline, rule = clock.reckon(timezone.now()), clock.held_rule
    usual = {what: _form_for(what, clock) for what in ("stop", "resume", "extend", "meet")}
    may = decide(actor_of(request), Verb.RECORD, Facts(holder=clock.holder)).allowed
    values: dict[str, Any] = {
        "clock": clock,
        "code": subject_code(clock.subject_id),
        "forms": usual | (forms or {}),
        "may_change": may and not clock.closed and clock.kind != Kind.RETENTION,
        "may_stop": rule.stoppable and clock.stopped_since is None,
        "may_extend": rule.extension is not None and len(clock.extensions) < rule.extension.most,
    }
    return TemplateResponse(request, "clocks/one.html", values | _explained(deadline))


def _explained(deadline: Deadline) -> dict[str, Any]:
    """Give what the template of an explanation needs."""
    rule = deadline.rule
    return {
        "deadline": deadline,
        "rule": rule,
        "title": rule_title(rule),
        "state": state_words(deadline.state),
        "state_kind": _KINDS.get(deadline.state.value, "outline"),
        "known": status_words(rule.source.status),
        "counting": counting_words(rule.counting),
        "limits": [
            {
                "each": each,
                "period": period_words(each.limit.period),
                "whose": whose_words(each.limit),
                "ends": end_words(rule, each.ends_at, deadline.zone),
                "steps": sentences(each, rule, deadline.zone),
            }
            for each in deadline.limits
        ],
    }


_KINDS = {
    "overdue": "error",
    "late": "error",
    "soft_overdue": "warning",
    "soft_late": "warning",
    "met": "success",
}


def _lines(clocks: Iterable[Clock]) -> list[dict[str, Any]]:
    return [_line(clock, clock.held_rule) for clock in clocks]


def _line(clock: Clock, rule: Rule) -> dict[str, Any]:
    soft = clock.soft_due_at
    return {
        "address": reverse("clocks:one", args=[clock.pk]),
        "at": clock.due_at,
        "title": rule_title(rule),
        "code": subject_code(clock.subject_id),
        "normally": end_words(rule, soft, clock.zone) if soft else "",
        "ends": ends_words(clock.ends()),
        "known": status_words(rule.source.status),
    }


def _line_of(coming: Coming) -> dict[str, Any]:
    """Give what no clock holds as a line of the board."""
    return asdict(coming) | {"normally": ""}
