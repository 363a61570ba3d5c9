"""Partners elsewhere at the desk: guests of one's proposals, and proposals of theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.repression.coordination import actions
from undaunted.repression.coordination.forms import InvitePartnerForm, StepForm, TellGuestForm
from undaunted.repression.coordination.pages.answers import (
    found,
    sought,
    stopped,
    taken,
    with_key,
)
from undaunted.repression.coordination.queries import (
    guest_for,
    invitation_for,
    invitation_sheet,
    proposal_for,
)
from undaunted.repression.coordination.rules import CoordinationRefused, CoordinationStep

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey
    from undaunted.repression.coordination.actions import Opened
    from undaunted.repression.coordination.models import Guest, Invitation

__all__ = [
    "confirm",
    "confirm_part",
    "invitation_page",
    "invite",
    "keep_part",
    "part",
    "put_aside",
    "step",
    "tell",
]


def _of_guest(held: Guest) -> str:
    return reverse("coordination-desk:proposal", args=[held.proposal_id])


def _address(held: Invitation) -> str:
    return reverse("coordination-desk:invitation", args=[held.pk])


@face("desk")
@require_POST
def invite(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """Invite a partner on another installation, with the key that is open."""
    actor = actor_of(request)
    held = sought(proposal_for, actor, proposal)
    back = reverse("coordination-desk:proposal", args=[held.pk])
    form = InvitePartnerForm(request.POST, actor=actor, to=held)
    if not form.is_valid():
        return stopped(request, f"partner: {form.errors['partner'][0]}", back, form=form)
    partner = UUID(form.cleaned_data["partner"])

    def take(key: OpenKey) -> HttpResponse:
        actions.invite_partner(held, partner, key=key, actor=actor, at=timezone.now())
        return redirect(back)

    return with_key(request, actor, take, back)


@taken(guest_for, _of_guest)
def confirm(held: Guest, *, actor: Actor, at: datetime) -> None:
    """Let packages go to a partner elsewhere, as a second person."""
    actions.confirm_guest(held, actor=actor, at=at)


@taken(guest_for, _of_guest)
def part(held: Guest, *, actor: Actor, at: datetime) -> None:
    """Propose to end the part of a guest."""
    actions.propose_parting(held, actor=actor, at=at)


@taken(guest_for, _of_guest)
def keep_part(held: Guest, *, actor: Actor, at: datetime) -> None:
    """Take back a proposal to end the part of a guest: one's own, or as a second person."""
    actions.drop_parting(held, actor=actor, at=at)


@taken(guest_for, _of_guest)
def confirm_part(held: Guest, *, actor: Actor, at: datetime) -> None:
    """End the part of a guest, as a second person."""
    actions.confirm_parting(held, actor=actor, at=at)


@face("desk")
@require_POST
def put_aside(request: HttpRequest, proposal: UUID, item: UUID) -> HttpResponse:
    """Set aside a package of a guest that another person refused."""
    actor = actor_of(request)
    held = sought(proposal_for, actor, proposal)
    back = reverse("coordination-desk:proposal", args=[held.pk])
    try:
        actions.set_aside(held, item, actor=actor, at=timezone.now())
    except CoordinationRefused as refusal:
        return stopped(request, refusal, back)
    return redirect(back)


@face("desk")
@require_POST
def tell(request: HttpRequest, guest: UUID) -> HttpResponse:
    """Propose the package that tells a guest the proposal; a second person seals it."""
    actor = actor_of(request)
    held = sought(guest_for, actor, guest)
    form = TellGuestForm(request.POST)
    if not form.is_valid():
        return stopped(request, f"until: {form.errors['until'][0]}", _of_guest(held), form=form)
    try:
        made = actions.tell_guest(held, form.ends(), actor=actor, at=timezone.now())
    except CoordinationRefused as refusal:
        return stopped(request, refusal, _of_guest(held), form=form)
    return redirect("sharing:package", made.pk)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_page(request: HttpRequest, invitation: UUID) -> HttpResponse:
    """Show a proposal of a partner elsewhere; what is sealed only where somebody opens it."""
    actor = actor_of(request)
    held = found(invitation_for(actor, invitation))
    if request.method != "POST":
        return _shown(request, actor, held, None)

    def take(key: OpenKey) -> HttpResponse:
        opened = actions.open_invitation(held, key=key, actor=actor, at=timezone.now())
        return _shown(request, actor, held, opened)

    return with_key(request, actor, take, _address(held))


@face("desk")
@require_POST
def step(request: HttpRequest, invitation: UUID) -> HttpResponse:
    """Tell the proposer a step; the package that takes it there waits for a second person."""
    actor = actor_of(request)
    held = sought(invitation_for, actor, invitation)
    form = StepForm(request.POST)
    if not form.is_valid():
        name, problems = next(iter(form.errors.items()))
        return stopped(request, f"{name}: {problems[0]}", _address(held), form=form)
    chosen = CoordinationStep(form.cleaned_data["step"])
    try:
        actions.tell_proposer(held, chosen, actor=actor, at=timezone.now(), **form.told())
    except CoordinationRefused as refusal:
        return stopped(request, refusal, _address(held), form=form)
    return redirect(_address(held))


def _shown(
    request: HttpRequest, actor: Actor, held: Invitation, opened: Opened | None
) -> HttpResponse:
    sheet = invitation_sheet(actor, held)
    remarks = opened.remarks if opened else {}
    told = sheet.told.remarks if sheet.told else ()
    said = [(each, remarks.get(each.id, {}).get("text", "")) for each in told]
    may = decide(actor, Verb.RECORD, Facts(holder=held.holder)).allowed
    until = (held.moment or timezone.now() + timedelta(days=60)).date() + timedelta(days=30)
    shown = {
        "sheet": sheet,
        "held": held,
        "opened": opened,
        "remarks": said,
        "own": [
            (each, remarks.get(each.pk, {}).get("text", ""), sheet.states.get(each.pk, ""))
            for each in sheet.sendings
        ],
        "form": StepForm(initial={"until": until}) if may and sheet.latest and sheet.told else None,
    }
    return TemplateResponse(request, "coordination/desk/invitation.html", shown)
