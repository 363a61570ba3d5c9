"""One's own sessions and tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import face
from undaunted.core.accounts.actions import (
    end_session,
    make_token,
    sign_out_everywhere,
    withdraw_token,
)
from undaunted.core.accounts.forms import TokenForm
from undaunted.core.accounts.queries import sessions_for, tokens_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor

__all__ = ["end_all", "end_one", "sessions", "tokens", "withdraw_one"]


@face("desk")
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where the person is signed in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return TemplateResponse(request, "accounts/sessions.html", {"sessions": sessions_for(actor)})


@face("desk")
@require_POST
def end_one(request: HttpRequest, session: UUID) -> HttpResponse:
    """End one session."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    end_session(session, actor=actor, at=timezone.now())
    return redirect("accounts:sessions")


@face("desk")
@require_POST
def end_all(request: HttpRequest) -> HttpResponse:
    """End every session, this one too."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    sign_out_everywhere(actor=actor, at=timezone.now())
    request.session.flush()
    return redirect("account_login")


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """List the person's tokens, and make one whose secret is shown once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    at = timezone.now()
    form = TokenForm(request.POST if request.method == "POST" else None)
    secret = ""
    if form.is_valid():
        asked = form.cleaned_data
        _, secret = make_token(
            asked["label"], asked["scopes"], actor=actor, at=at, days=asked["days"]
        )
        form = TokenForm()
    shown = {"tokens": tokens_for(actor), "form": form, "secret": secret, "now": at}
    return TemplateResponse(request, "accounts/tokens.html", shown)


@face("desk")
@require_POST
def withdraw_one(request: HttpRequest, token: int) -> HttpResponse:
    """Withdraw one token."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = tokens_for(actor).filter(pk=token).first()
    if found is None:
        raise Http404
    withdraw_token(found, actor=actor, at=timezone.now())
    return redirect("accounts:tokens")
