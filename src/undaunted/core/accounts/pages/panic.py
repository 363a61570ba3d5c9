"""The panic lock, which needs no script, and unlocking a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from undaunted.core.access.rules import face
from undaunted.core.accounts.actions import panic, unlock_account
from undaunted.core.accounts.queries import locks_for
from undaunted.core.vault.rules import VAULT_COOKIE

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor

__all__ = ["hide", "locks", "unlock"]


@face("desk")
@require_POST
def hide(request: HttpRequest) -> HttpResponse:
    """Close everything of this person and show the public home page, as anybody sees it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    panic(lock="lock" in request.POST, actor=actor, at=timezone.now())
    request.session.flush()
    answer = HttpResponseRedirect("/")
    answer.set_cookie(
        VAULT_COOKIE, "", max_age=0, secure=True, httponly=True, samesite="Strict", path="/"
    )
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


@face("desk")
@require_safe
def locks(request: HttpRequest) -> HttpResponse:
    """Show the colleagues who have locked their accounts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return TemplateResponse(request, "accounts/locks.html", {"locks": locks_for(actor)})


@face("desk")
@require_POST
def unlock(request: HttpRequest, lock: UUID) -> HttpResponse:
    """Agree that a colleague is let in again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unlock_account(lock, actor=actor, at=timezone.now())
    return redirect("accounts:locks")
