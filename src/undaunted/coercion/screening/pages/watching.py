"""Alerts, deals that nobody filed, and exposure of sectors, at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003 - Django reads it

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.coercion.screening.actions import decide_unfiled, review_alert, screen_again
from undaunted.coercion.screening.analysis.register import register_exposure
from undaunted.coercion.screening.analysis.register_told import exposure_csv, exposure_told
from undaunted.coercion.screening.forms import ExposureForm, ReviewForm, UnfiledForm
from undaunted.coercion.screening.pages.answers import found, tell
from undaunted.coercion.screening.queries import (
    alert_for,
    alerts_for,
    case_for,
    cleared_touched,
    last_screening,
    names_told,
    unfiled_for,
    unfiled_here,
)
from undaunted.coercion.screening.rules import (
    AssetsRefused,
    ReviewOutcome,
    ScreeningRefused,
    UnfiledStatus,
)
from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.accounts.queries import organisations_for

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["alert_page", "alerts", "exposure", "screen", "unfiled", "unfiled_page"]

A_PAGE = 50


@face("desk")
@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """List alerts; those that nobody has reviewed, unless all are asked for."""
    actor = actor_of(request)
    every = request.GET.get("every") == "1"
    page = Paginator(alerts_for(actor, waiting=not every), A_PAGE).get_page(request.GET.get("page"))
    registers = [
        (each, last_screening(actor, each.pk))
        for each in organisations_for(actor)
        if decide(actor, Verb.RECORD, Facts(holder=each.pk)).allowed
    ]
    shown = {"page": page, "every": every, "registers": registers}
    return TemplateResponse(request, "screening/assets/alerts.html", shown)


@face("desk")
@require_POST
def screen(request: HttpRequest, holder: UUID) -> HttpResponse:
    """Look at a register anew."""
    screen_again(holder, actor=actor_of(request), at=timezone.now())
    return redirect("screening-register:alerts")


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def alert_page(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Show an alert with its proof, and take the decision about it."""
    actor = actor_of(request)
    held = found(alert_for(actor, alert))
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        outcome = ReviewOutcome(told["outcome"])
        review_alert(held, outcome, told["reason"], actor=actor, at=timezone.now())
        return redirect("screening-register:alert", alert)
    may = decide(actor, Verb.ASSESS, Facts(holder=held.holder)).allowed
    shown = {
        "alert": held,
        "form": form if may else None,
        "cleared": cleared_touched(actor, held),
        "names": names_told(
            actor, [held.holder], (each[end] for each in held.stakes for end in ("owner", "owned"))
        ),
    }
    return TemplateResponse(request, "screening/assets/alert.html", shown)


@face("desk")
@require_safe
def unfiled(request: HttpRequest) -> HttpResponse:
    """List deals that were seen and not filed, the soonest to lapse first."""
    actor = actor_of(request)
    deals = list(unfiled_for(actor))
    holders, owners = {each.holder for each in deals}, {each.owner for each in deals}
    shown = {"deals": deals, "names": names_told(actor, holders, owners)}
    return TemplateResponse(request, "screening/assets/unfiled.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def unfiled_page(request: HttpRequest, deal: UUID) -> HttpResponse:
    """Show what each regime says of a deal, and take the decision about it."""
    actor = actor_of(request)
    held = found(unfiled_here(actor, deal))
    form = UnfiledForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            decide_unfiled(
                held, UnfiledStatus(told["status"]), told["reason"], actor=actor,
                at=timezone.now(), case=told["case"], jurisdiction=told["jurisdiction"],
            )  # fmt: skip
        except (AssetsRefused, ScreeningRefused) as refusal:
            tell(form, refusal)
        else:
            return redirect("screening-register:deal", deal)
    may = decide(actor, Verb.RECORD, Facts(holder=held.holder)).allowed
    opened = (case_for(actor, each.case) for each in held.steps.all() if each.case)
    cases = {each.reference: each.pk for each in opened if each and each.holder == held.holder}
    shown = {"deal": held, "form": form if may else None, "cases": cases}
    return TemplateResponse(request, "screening/assets/deal.html", shown)


@face("desk")
@require_safe
def exposure(request: HttpRequest) -> HttpResponse:
    """Compare what states held of sectors on two days; as a page, CSV or JSON."""
    actor, today = actor_of(request), timezone.localdate()
    form = ExposureForm(request.GET)
    days = form.cleaned_data if form.is_valid() else {}
    before, day = days.get("before") or today, days.get("day") or today
    rows = [
        row
        for each in organisations_for(actor)
        for row in register_exposure(actor, each.pk, before, day)
    ]
    if request.GET.get("form") == "csv":
        answer = HttpResponse(exposure_csv(rows), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="exposure.csv"'
        return answer
    if request.GET.get("form") == "json":
        return JsonResponse(exposure_told(rows), safe=False)
    shown = {"form": ExposureForm(initial={"before": before, "day": day}), "rows": rows,
             "before": before, "day": day}  # fmt: skip
    return TemplateResponse(request, "screening/assets/exposure.html", shown)
