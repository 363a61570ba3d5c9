"""People and roles: what one administrator proposes, another approves, and anyone of them ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Role, face
from undaunted.core.accounts.actions import (
    approve_rights,
    close_account,
    decline_rights,
    propose_renewal,
    propose_role,
    withdraw_role,
)
from undaunted.core.accounts.forms import REFUSALS, EnrolForm
from undaunted.core.accounts.queries import members_for, rights_for
from undaunted.core.accounts.rules import RightsRefused

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.accounts.models import RightsProposal

__all__ = ["approve", "close", "decline", "members", "person", "renew", "withdraw"]


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest) -> HttpResponse:
    """Show people, roles and what waits for approval; propose a role for somebody."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.organisations_as(Role.ADMINISTRATOR):
        raise Http404
    form = EnrolForm(request.POST if request.method == "POST" else None, actor=actor)
    if not form.is_valid():
        return _members(request, form=form)
    asked = form.cleaned_data
    try:
        with transaction.atomic():
            _, part = propose_role(
                asked["username"],
                asked["organisation"],
                Role(asked["role"]),
                actor=actor,
                at=timezone.now(),
            )
    except RightsRefused as refusal:
        form.add_error(None, _told(refusal))
        return _members(request, form=form)
    return _members(request, first_part=part, whose=asked["username"], proposed=True)


@face("desk")
@require_POST
def approve(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """Approve what another proposed; the second part of a passphrase is shown once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _waiting(actor, proposal)
    try:
        with transaction.atomic():
            part = approve_rights(found, actor=actor, at=timezone.now())
    except RightsRefused as refusal:
        return _members(request, refused=_told(refusal))
    return _members(request, second_part=part, whose=found.username, approved=True)


@face("desk")
@require_POST
def decline(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """Decline what another proposed, or withdraw what one proposed oneself."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    decline_rights(_waiting(actor, proposal), actor=actor, at=timezone.now())
    return redirect("accounts:members")


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
    """Propose another passphrase for somebody who lost a factor; its first part is shown once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    member = members_for(actor).filter(user_id=whose).first()
    if member is None:
        raise Http404
    try:
        with transaction.atomic():
            _, part = propose_renewal(member, actor=actor, at=timezone.now())
    except RightsRefused as refusal:
        return _person(request, whose, refused=_told(refusal))
    return _person(request, whose, first_part=part)


@face("desk")
@require_POST
def close(request: HttpRequest, whose: UUID) -> HttpResponse:
    """End an account."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    close_account(whose, actor=actor, at=timezone.now())
    return redirect("accounts:members")


def _told(refusal: RightsRefused) -> str:
    if refusal.why not in REFUSALS:
        raise Http404 from refusal
    return str(REFUSALS[refusal.why])


def _waiting(actor: Actor, proposal: UUID) -> RightsProposal:
    found = rights_for(actor).filter(pk=proposal).first()
    if found is None:
        raise Http404
    return found


def _members(
    request: HttpRequest, *, form: EnrolForm | None = None, **told: object
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    waiting = list(rights_for(actor))
    for each in waiting:
        each.why_not = REFUSALS.get(each.refusal, "")  # type: ignore[attr-defined]
    shown = {"members": members_for(actor), "form": form or EnrolForm(actor=actor)}
    return TemplateResponse(request, "accounts/members.html", shown | {"proposals": waiting} | told)


def _person(request: HttpRequest, whose: UUID, **told: object) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    held = list(members_for(actor).filter(user_id=whose))
    if not held:
        raise Http404
    shown = {
        "person": whose,
        "person_name": held[0].username,  # type: ignore[attr-defined]
        "members": held,
    }
    return TemplateResponse(request, "accounts/person.html", shown | told)
