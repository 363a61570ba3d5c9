"""What a desk says about a country: written by one person, accepted by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.accounts.queries import account_name
from undaunted.prisoners.memo.actions import (
    accept_text,
    confirm_text,
    withdraw_text,
    write_text,
)
from undaunted.prisoners.memo.forms import KINDS, TextForm
from undaunted.prisoners.memo.pages.frame import found, shown
from undaunted.prisoners.memo.queries import text_for, texts_for
from undaunted.prisoners.memo.rules import (
    CONSENT_MISSING,
    TextKind,
    TextRefused,
    TextState,
    stale_since,
)
from undaunted.site.answers import stopped

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.memo.models import MemoText

__all__ = ["accept", "confirm", "texts", "withdraw"]

SHOWN = 300


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: HttpRequest) -> HttpResponse:
    """List the texts in force, and write another."""
    actor = actor_of(request)
    form = TextForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            write_text(
                form.chosen_holder,
                TextKind(told["kind"]),
                told["body"],
                of_country=told["country"],
                language=told["language"],
                subject=told["subject"],
                names=told["names"],
                actor=actor,
                at=timezone.now(),
            )
        except TextRefused as refusal:
            named = refusal.field if refusal.field in form.fields else None
            form.add_error(named, refusal.problem)
        else:
            return redirect("memo:texts")
    rows = [_row(actor, each) for each in texts_for(actor)[:SHOWN]]
    return shown(request, "texts", form=form, rows=rows, may_write=actor.can(Verb.RECORD))


@face("desk")
@require_POST
def accept(request: HttpRequest, text: UUID) -> HttpResponse:
    """Accept a text as the second person."""
    return _step(request, text, accept_text, ends_in=TextState.ACCEPTED)


@face("desk")
@require_POST
def confirm(request: HttpRequest, text: UUID) -> HttpResponse:
    """Say that a text still holds."""
    return _step(request, text, confirm_text)


@face("desk")
@require_POST
def withdraw(request: HttpRequest, text: UUID) -> HttpResponse:
    """Take a text back."""
    return _step(request, text, withdraw_text)


def _row(actor: Actor, text: MemoText) -> dict[str, object]:
    earlier = Facts(holder=text.holder, earlier_hands=frozenset({text.written_by}))
    return {
        "text": text,
        "kind": KINDS[TextKind(text.kind)],
        "by": account_name(actor, text.written_by),
        "stale": stale_since(text.confirmed_on, timezone.now().date()),
        "may_accept": text.state == "written" and decide(actor, Verb.PUBLISH, earlier).allowed,
        "may_write": decide(actor, Verb.RECORD, earlier).allowed,
    }


def _step(
    request: HttpRequest,
    text: UUID,
    action: Callable[..., MemoText],
    *,
    ends_in: TextState | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    held = found(text_for(actor, text))
    back = reverse("memo:texts")
    try:
        done = action(held, actor=actor, at=timezone.now())
    except TextRefused as refusal:
        return stopped(request, refusal, back)
    if ends_in not in {None, done.state}:
        return stopped(request, CONSENT_MISSING, back)
    return redirect("memo:texts")
