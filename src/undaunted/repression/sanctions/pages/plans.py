"""Action plans of states: public ones, and at the desk with stakes that somebody brings."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undaunted.core.access.rules import PUBLIC, actor_of, face
from undaunted.core.commitments.queries import published_statements
from undaunted.core.commitments.writers import state_name
from undaunted.core.editions.writers import Paper
from undaunted.repression.sanctions.analysis import plan_for
from undaunted.repression.sanctions.forms import PlanForm, StakesForm
from undaunted.repression.sanctions.pages.authorities import MEDIA, WRITERS
from undaunted.repression.sanctions.rules import (
    BOARD,
    ENFORCEMENT,
    SanctionsRefused,
    Task,
    authorities,
)
from undaunted.repression.sanctions.writers import plan_csv, plan_document, plan_told
from undaunted.site.caching import kept_briefly
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from undaunted.repression.sanctions.readers import GivenStakes
    from undaunted.repression.sanctions.rules import Plan

__all__ = ["index", "plan", "plan_file", "with_stakes"]

_FILES: Final = {**MEDIA, "csv": "text/csv; charset=utf-8", "json": "application/json"}


@face("public")
@require_safe
@kept_briefly
def index(request: HttpRequest) -> HttpResponse:
    """List the states of which something is known."""
    told = published_statements(PUBLIC, BOARD).values_list("state", flat=True)
    codes = {*told, *(each.jurisdiction for each in authorities().values() if not each.invented)}
    states = sorted((state_name(code), code) for code in codes)
    return render(request, "sanctions/plans.html", {"states": states})


@face("public")
@require_safe
@kept_briefly
def plan(request: HttpRequest, state: str) -> HttpResponse:
    """Show what a state could adopt, use and enforce; 422 for a day that is none."""
    if state != state.upper():
        asked = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("sanctions:plan", args=[state.upper()]) + asked, permanent=True)
    form = PlanForm(request.GET)
    known = form.is_valid()
    shown = _shown(_plan(state, form.cleaned_data.get("on")))
    status = HTTPStatus.OK if known else HTTPStatus.UNPROCESSABLE_ENTITY
    asked = request.GET.urlencode() if known else ""
    return render(request, "sanctions/plan.html", {**shown, "form": form, "asked": asked},
                  status=status)  # fmt: skip


@face("public")
@require_safe
@kept_briefly
def plan_file(request: HttpRequest, state: str, media: str) -> HttpResponse:
    """Give the plan as Word, PDF, CSV or JSON."""
    form = PlanForm(request.GET)
    if media not in _FILES or not form.is_valid():
        raise Http404
    return _answer(_plan(state, form.cleaned_data.get("on")), media)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def with_stakes(request: HttpRequest, state: str) -> HttpResponse:
    """Show the plan with companies that listed people control; the file is read and not kept."""
    actor_of(request).person  # noqa: B018 - raises for the public
    sent = request.method == "POST"
    form = StakesForm(request.POST, request.FILES) if sent else StakesForm()
    if sent and form.is_valid():
        held = _plan(state, form.cleaned_data["on"], form.cleaned_data["stakes"])
        if form.cleaned_data["written"] != "html":
            return _answer(held, form.cleaned_data["written"])
        return TemplateResponse(
            request, "sanctions/stakes.html", {**_shown(held), "form": form, "state": state}
        )
    _plan(state, None)
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK
    return TemplateResponse(
        request, "sanctions/stakes.html", {"form": form, "state": state}, status=wrong
    )


def _plan(state: str, on: date | None, given: GivenStakes | None = None) -> Plan:
    now = timezone.now()
    try:
        return plan_for(PUBLIC, state, on=on or now.date(), known_at=now, given=given)
    except SanctionsRefused:
        raise Http404 from None


def _shown(held: Plan) -> dict[str, object]:
    named = {each.code: each for each in held.authorities}
    return {
        "plan": held,
        "tasks": [
            (task, steps)
            for task in Task
            if (steps := [each for each in held.steps if each.task is task])
        ],
        "uses": [(named[each.authority], each) for each in held.uses],
        "years": [
            (year, [(year in e.by_year, e.known(year)) for e in held.uses if e.read])
            for year in held.years
        ],
        "counted": [(named[each.authority], each) for each in held.uses if each.read],
        "board": BOARD,
        "enforcement": ENFORCEMENT,
    }


def _answer(held: Plan, media: str) -> HttpResponse:
    answer = HttpResponse(_written(held, media), content_type=_FILES[media])
    name = f"sanctions-plan-{held.state}-{held.on}.{media}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _written(held: Plan, media: str) -> bytes:
    if media == "csv":
        return plan_csv(held).encode()
    if media == "json":
        return json.dumps(plan_told(held), ensure_ascii=False, indent=1).encode()
    known = date_text(held.known_on)
    document = plan_document(held, language=get_language() or "en", known_at=known)
    paper = Paper(
        document,
        _("Action plan"),
        _("From public statements and lists; states are not ranked"),
        ((_("As of"), date_text(held.on)), (_("Known"), known)),
    )
    moment = datetime(held.known_on.year, held.known_on.month, held.known_on.day, tzinfo=UTC)
    return WRITERS[media](paper, moment=int(moment.timestamp()))
