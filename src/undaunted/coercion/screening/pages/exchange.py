"""Notices to authorities on other installations, and those that came from them, at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from undaunted.coercion.screening.actions import comment_elsewhere, write_dispatch
from undaunted.coercion.screening.forms.exchange import DispatchForm, ElsewhereForm
from undaunted.coercion.screening.pages.answers import found, tell
from undaunted.coercion.screening.queries import (
    case_for,
    dispatches_for,
    received_for,
    received_here,
)
from undaunted.coercion.screening.rules import ScreeningRefused
from undaunted.coercion.screening.rules.casework import CommentKind
from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["board", "received"]

LISTED = 200


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest) -> HttpResponse:
    """List what was written down and what arrived, and write a notice down."""
    actor = actor_of(request)
    form = DispatchForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        case = found(case_for(actor, told["case"]))
        try:
            write_dispatch(
                case, with_stakes=told["with_stakes"], factors=[UUID(each) for each in
                told["factors"]], message=told["message"], actor=actor, at=timezone.now(),
            )  # fmt: skip
        except ScreeningRefused as refusal:
            tell(form, refusal)
        else:
            return redirect("screening-exchange:board")
    dispatches, arrived = dispatches_for(actor), received_for(actor)
    shown = {
        "form": form if actor.can(Verb.RECORD) and form.fields["case"].choices else None,  # type: ignore[attr-defined]
        "dispatches": dispatches[:LISTED],
        "received": arrived[:LISTED],
        "totals": {"dispatches": dispatches.count(), "received": arrived.count()},
        "sharing": reverse("sharing:board"),
    }
    return TemplateResponse(request, "screening/assets/exchange.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def received(request: HttpRequest, which: UUID) -> HttpResponse:
    """Show what came from elsewhere, and write a comment down that goes back."""
    actor = actor_of(request)
    held = found(received_here(actor, which))
    form = ElsewhereForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            comment_elsewhere(
                held, told["text"], author=told["author"], kind=CommentKind(told["kind"]),
                actor=actor, at=timezone.now(),
            )  # fmt: skip
        except ScreeningRefused as refusal:
            tell(form, refusal)
        else:
            return redirect("screening-exchange:received", which)
    may = decide(actor, Verb.RECORD, Facts(holder=held.holder)).allowed
    may = may and held.kind == "notice" and held.given_up_at is None
    shown = {"received": held, "told": held.content, "form": form if may else None}
    return TemplateResponse(request, "screening/assets/received.html", shown)
