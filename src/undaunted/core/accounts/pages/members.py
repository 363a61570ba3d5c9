"""The administration of people and roles, by an administrator of their organisation."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Forbidden, Role, face
from undaunted.core.accounts.actions import (
    close_account,
    enrol_person,
    give_role,
    renew_access,
    withdraw_role,
)
from undaunted.core.accounts.forms import EnrolForm
from undaunted.core.accounts.queries import members_for, user_named

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor

__all__ = ["close", "members", "person", "renew", "withdraw"]


@face("desk")
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest) -> HttpResponse:
    """Show people and roles, and enrol somebody with a passphrase that is shown once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.organisations_as(Role.ADMINISTRATOR):
        raise Http404
    form = EnrolForm(request.POST or None, actor=actor)
    passphrase = ""
    if request.method == "POST" and form.is_valid():
        passphrase = _enrol(form, actor=actor)
    shown = {
        "members": members_for(actor),
        "form": EnrolForm(actor=actor) if passphrase else form,
        "passphrase": passphrase,
        "enrolled": form.cleaned_data.get("username") if passphrase else "",
    }
    return TemplateResponse(request, "accounts/members.html", shown)


@face("desk")
@require_POST
def withdraw(request: HttpRequest, membership: int) -> HttpResponse:
    """Withdraw one role."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = members_for(actor).filter(pk=membership).first()
    if found is None:
        raise Http404
    withdraw_role(found, actor=actor, at=timezone.now())
    return redirect("accounts:members")


@face("desk")
@require_safe
def person(request: HttpRequest, whose: UUID) -> HttpResponse:
    """Show one person's roles, and what can be done when they lose a factor or leave."""
    return _person(request, whose)


@face("desk")
@require_POST
def renew(request: HttpRequest, whose: UUID) -> HttpResponse:
    """Give somebody who lost a factor another passphrase, shown once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    passphrase = renew_access(whose, actor=actor, at=timezone.now())
    return _person(request, whose, passphrase=passphrase)


@face("desk")
@require_POST
def close(request: HttpRequest, whose: UUID) -> HttpResponse:
    """End an account."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    close_account(whose, actor=actor, at=timezone.now())
    return redirect("accounts:members")


def _person(request: HttpRequest, whose: UUID, *, passphrase: str = "") -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    held = list(members_for(actor).filter(user_id=whose))
    if not held:
        raise Http404
    shown = {
        "person": whose,
        "person_name": held[0].username,  # type: ignore[attr-defined]
        "members": held,
        "passphrase": passphrase,
    }
    return TemplateResponse(request, "accounts/person.html", shown)


def _enrol(form: EnrolForm, *, actor: Actor) -> str:
    at = timezone.now()
    passphrase = secrets.token_urlsafe(18)
    username = form.cleaned_data["username"]
    known = user_named(username)
    try:
        user = known or enrol_person(username, passphrase, actor=actor, at=at)
        give_role(
            user,
            form.cleaned_data["organisation"],
            Role(form.cleaned_data["role"]),
            actor=actor,
            at=at,
        )
    except Forbidden as refusal:
        form.add_error(None, str(refusal))
        return ""
    return "" if known else passphrase
