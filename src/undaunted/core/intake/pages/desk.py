"""The team's desk: the queue by urgency, one mailbox opened with a reason, an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import face
from undaunted.core.intake.actions import (
    ConflictFound,
    WrongStep,
    answer_mailbox,
    close_mailbox,
    keep_from_mailbox,
    open_mailbox,
    reopen_mailbox,
    seal_out_barred,
)
from undaunted.core.intake.forms.casework import SieveForm
from undaunted.core.intake.forms.desk import AnswerForm, OpenForm
from undaunted.core.intake.pages.frame import actor_of, keep_away, key_of, require_mailbox
from undaunted.core.intake.pages.shown import Shown, lines_of, show_mailbox
from undaunted.core.intake.queries import (
    queue_for,
    unattended_for,
    waiting_for,
)
from undaunted.core.intake.rules import State, WhyOpened
from undaunted.core.vault.queries import teams_for
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.intake.models import Mailbox
    from undaunted.core.vault.rules import OpenKey

__all__ = ["answer", "mailbox_page", "move", "queue"]


@face("desk")
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits: what is late first, then the most urgent, then by the end of its time."""
    actor, now = actor_of(request), timezone.now()
    teams = list(teams_for(actor).order_by("name").values_list("pk", "name"))
    form = SieveForm(request.GET or {}, teams)
    boxes = waiting_for(actor, form.sieve())
    shown = {
        "form": form,
        "lines": lines_of(boxes, actor, now, dict(teams)),
        "closed": queue_for(actor).filter(state=State.CLOSED).count(),
        "key_open": key_of(request) is not None,
        "unattended": len(unattended_for(actor)),
        "filtered": any(request.GET.values()),
    }
    return TemplateResponse(request, "intake/desk/queue.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def mailbox_page(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Ask why, then show what lies in a mailbox; the plain text is in this answer only."""
    box = require_mailbox(request, mailbox)
    form = OpenForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return show_mailbox(request, box, Shown(form=form))
    key = key_of(request)
    if key is None:
        return redirect("vault:vault")
    return _opened(request, box, key, WhyOpened(form.cleaned_data["reason"]))


def _opened(request: HttpRequest, box: Mailbox, key: OpenKey, reason: WhyOpened) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    try:
        letters = open_mailbox(box, key=key, actor=actor, at=at, reason=reason)
        seal_out_barred(box, key=key, actor=actor, at=at)
    except ConflictFound:
        keep_from_mailbox(box, actor.person, key=key, actor=actor, at=at)
        return TemplateResponse(request, "intake/desk/kept_from.html", {}, status=403)
    except VaultError as error:
        return show_mailbox(request, box, Shown(problem=str(error)))
    return show_mailbox(request, box, Shown(letters=letters))


@face("desk")
@require_POST
def answer(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Seal an answer."""
    box, key = require_mailbox(request, mailbox), key_of(request)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show_mailbox(request, box, Shown(answer_form=form))
    text, actor = form.cleaned_data["text"], actor_of(request)
    try:
        answer_mailbox(box, text, key=key, actor=actor, at=timezone.now())
    except ConflictFound:
        return keep_away(request, box, key)
    except VaultError as error:
        return show_mailbox(request, box, Shown(problem=str(error), answer_form=form))
    return redirect("intake-desk:mailbox", mailbox)


@face("desk")
@require_POST
def move(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Close a mailbox, or open it again."""
    box = require_mailbox(request, mailbox)
    step = reopen_mailbox if box.state == State.CLOSED else close_mailbox
    try:
        step(box, actor=actor_of(request), at=timezone.now())
    except WrongStep:
        raise Http404 from None
    return redirect("intake-desk:mailbox", mailbox)
