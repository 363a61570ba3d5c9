"""Verdicts confirmed and undone at the desk, where what was judged is shown as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import actor_of, face
from undaunted.core.matching.actions import (
    MatchingRefused,
    confirm_batch,
    confirm_judgement,
    undo_batch,
    undo_judgement,
)
from undaunted.core.matching.forms import UndoForm
from undaunted.core.matching.queries import log_of, together_for
from undaunted.site.answers import found, stopped

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor

__all__ = ["confirm", "confirm_all", "undo", "undo_all"]


@face("desk")
@require_POST
def confirm(request: HttpRequest, judgement: UUID) -> HttpResponse:
    """Confirm a verdict of another person, and go on to the next that waits for a second one."""
    actor = actor_of(request)
    try:
        seen = request.POST.get("seen", "")
        confirm_judgement(judgement, seen=seen, actor=actor, at=timezone.now())
    except MatchingRefused as refusal:
        return stopped(request, refusal, reverse("matching:log"))
    messages.success(request, _("The verdict has been confirmed, and readers are shown it."))
    return redirect(_next(actor, judgement))


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_all(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Show everything that another person accepted in one act, and confirm it."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    if request.method != "POST":
        act = found(together_for(actor, batch))
        if not act.waits:
            raise Http404
        return TemplateResponse(request, "matching/confirm.html", {"act": act})
    try:
        confirm_batch(batch, seen=request.POST.get("seen", ""), actor=actor, at=timezone.now())
    except MatchingRefused as refusal:
        return stopped(request, refusal, reverse("matching:log"))
    messages.success(request, _("What was accepted together has been confirmed."))
    left = together_for(actor, batch)
    return redirect(request.path if left is not None and left.waits else "matching:log")


@face("desk")
@require_POST
def undo(request: HttpRequest, judgement: UUID) -> HttpResponse:
    """Take a verdict back."""
    form = UndoForm(request.POST)
    told = form.cleaned_data if form.is_valid() else {"why": "", "seen": ""}
    try:
        undo_judgement(judgement, **told, actor=actor_of(request), at=timezone.now())
    except MatchingRefused as refusal:
        return stopped(request, refusal, reverse("matching:log"))
    messages.success(request, _("The verdict has been undone."))
    return redirect("matching:log")


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def undo_all(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Show what stands of everything that was accepted in one act, and take it back."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    if request.method != "POST":
        shown = {"act": found(together_for(actor, batch))}
        return TemplateResponse(request, "matching/undo.html", shown)
    try:
        undo_batch(batch, seen=request.POST.get("seen", ""), actor=actor, at=timezone.now())
    except MatchingRefused as refusal:
        return stopped(request, refusal, reverse("matching:log"))
    messages.success(request, _("What was accepted together has been undone."))
    return redirect("matching:log")


def _next(actor: Actor, done: UUID) -> str:
    """Give the page of the newest verdict but this that waits for this person; else the log."""
    for step in log_of(actor):
        row = step.judgement
        if step.waits and not step.mine and row.batch is None and row.pk != done:
            sides = urlencode({"left": row.left, "right": row.right})
            return f"{reverse('matching:pair')}?{sides}"
    return reverse("matching:log")
