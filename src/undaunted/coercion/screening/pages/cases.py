"""Cases of investment screening at the desk: the list, a new one, and all that one holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undaunted.coercion.screening.actions import begin_case, comment_on_notice, open_case
from undaunted.coercion.screening.analysis.case_calendar import case_events
from undaunted.coercion.screening.analysis.letter_periods import notice_deadlines
from undaunted.coercion.screening.forms.cases import BeginForm
from undaunted.coercion.screening.forms.dealings import SpeakForm
from undaunted.coercion.screening.pages.answers import found, held_case, stopped, tell
from undaunted.coercion.screening.pages.case_view import (
    LISTED,
    case_shown,
    field_titles,
    partners_named,
)
from undaunted.coercion.screening.queries import cases_for, notice_for, notices_received
from undaunted.coercion.screening.rules import ScreeningRefused
from undaunted.core.access.rules import Verb, actor_of, face
from undaunted.core.clocks.writers import write_calendar
from undaunted.core.vault.queries import open_key_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from undaunted.coercion.screening.models import Notice
    from undaunted.core.access.rules import Actor

__all__ = ["board", "calendar", "case", "new", "notice", "notice_shown", "opened"]


@face("desk")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """List the cases of one's own authority, and what partners told it."""
    actor = actor_of(request)
    cases, notices = cases_for(actor), notices_received(actor)
    shown = {
        "cases": cases[:LISTED],
        "notices": notices[:LISTED],
        "totals": {"cases": cases.count(), "notices": notices.count()},
        "may_record": actor.can(Verb.RECORD),
    }
    return TemplateResponse(request, "screening/desk/board.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a case."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    form = BeginForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        holder = UUID(form.cleaned_data["holder"])
        try:
            made = begin_case(holder, form.plan(), actor=actor, at=timezone.now())
        except ScreeningRefused as refusal:
            tell(form, refusal)
        else:
            return redirect("screening:case", made.pk)
    shown = {"form": form, "title": _("Begin a case")}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "screening/desk/step.html", shown, status=status)


@face("desk")
@require_safe
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a case as it stands, or with `?as_known=` as it was known at a moment."""
    shown = case_shown(request, held_case(request, reference), {})
    return TemplateResponse(request, "screening/desk/case.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def opened(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a case with what is sealed in it, to somebody of its team whose key is open.

    Nothing is opened by following a link: that leads to the case.
    """
    actor, at = actor_of(request), timezone.now()
    held = held_case(request, reference)
    if request.method != "POST":
        return redirect("screening:case", held.pk)
    key = open_key_of(actor, request, at=at)
    if key is None:
        return redirect("vault:vault")
    try:
        texts = open_case(held, key=key, actor=actor, at=at)
    except ScreeningRefused as refusal:
        return stopped(request, str(refusal), reverse("screening:case", args=[held.pk]))
    return TemplateResponse(request, "screening/desk/case.html", case_shown(request, held, texts))


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what a partner told, and speak on it; of one's own, what was told."""
    actor = actor_of(request)
    held = found(notice_for(actor, key))
    form = SpeakForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            comment_on_notice(
                held, told["text"], author=told["author"], kind=form.said(), actor=actor,
                at=timezone.now(),
            )  # fmt: skip
        except ScreeningRefused as refusal:
            tell(form, refusal)
        else:
            return redirect("screening:notice", held.pk)
    mine = held in notices_received(actor)
    shown = notice_shown(actor, held) | {"form": form if mine else None}
    return TemplateResponse(request, "screening/desk/notice.html", shown)


def notice_shown(actor: Actor, notice: Notice) -> dict[str, Any]:
    """Give what a page shows of a notice: to whom it goes, all that it tells, and until when."""
    return {
        "notice": notice,
        "partner": partners_named(actor).get(notice.recipient, ""),
        "fields": field_titles(),
        "deadlines": notice_deadlines(actor, notice),
    }


@face("desk")
@require_safe
def calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the periods of a case as a calendar, without a name in it."""
    actor, now = actor_of(request), timezone.now()
    held = held_case(request, reference)
    events = case_events(actor, held, now)
    written = write_calendar(_("Deadlines"), events, at=now, uid=held.pk)
    answer = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{held.reference}.ics"'
    return answer
