"""The desk of coordination: seats, one's proposals, what waits, court cases."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Verb, actor_of, face
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.actions import (
    begin_proposal,
    change_seat_key,
    confirm_seat,
    confirm_seat_key,
    publish_case,
    record_case,
    take_seat,
    withdraw_case,
    withdraw_seat_key,
)
from undaunted.repression.coordination.forms import (
    CaseForm,
    ProposalForm,
    SeatForm,
    holders_for,
)
from undaunted.repression.coordination.pages.answers import found, sought, taken, with_key, written
from undaunted.repression.coordination.queries import (
    case_for,
    cases_for,
    invitations_for,
    others_in,
    own_seats,
    petitions_for,
    proposals_for,
    seat_for,
    seat_key_for,
    seat_keys_for,
    stands_of,
    working_for,
)

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey
    from undaunted.repression.coordination.models import CourtRecord, Proposal, Seat, SeatKey

__all__ = [
    "board",
    "board_address",
    "change_key",
    "confirm",
    "confirm_key",
    "new_case",
    "new_proposal",
    "publish",
    "seat",
    "take",
    "withdraw_key",
]

LISTED = 200


def board_address(_held: object = None) -> str:
    """Give the address of the desk of coordination."""
    return reverse("coordination-desk:board")


@face("desk")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """List proposals, seats, petitions and court cases of one's own organisations."""
    actor, now = actor_of(request), timezone.now()
    rows, others = proposals_for(actor)[:LISTED], others_in(actor)
    shown = {
        "proposals": [
            (each, stands_of(actor, each, now), others.get(each.pk, ())) for each in rows
        ],
        "organisations": dict(organisations_for(actor).values_list("pk", "name")),
        "mine": working_for(actor),
        "seats": own_seats(actor),
        "keys": seat_keys_for(actor),
        "invitations": invitations_for(actor)[:LISTED],
        "petitions": petitions_for(actor)[:LISTED],
        "cases": cases_for(actor)[:LISTED],
        "person": actor.id,
        "governments": actor.governments,
        "may_record": bool(holders_for(actor)),
        "may_second": actor.can(Verb.PUBLISH),
        "may_take_down": actor.can(Verb.TAKE_DOWN),
    }
    return TemplateResponse(request, "coordination/desk/board.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: HttpRequest) -> HttpResponse:
    """Take a seat."""
    actor = _recorder(request)
    form = SeatForm(request.POST or None, actor=actor)

    def step() -> Seat:
        team = UUID(form.cleaned_data["team"])
        return take_seat(form.organisation_id(), team, actor=actor, at=timezone.now())

    if written(request, form, step):
        return redirect(board_address())
    shown = {"form": form, "title": _("Take a seat")}
    return TemplateResponse(request, "coordination/desk/form.html", shown)


@taken(seat_for, board_address)
def confirm(held: Seat, *, actor: Actor, at: datetime) -> None:
    """Confirm a seat as a second person."""
    confirm_seat(held, actor=actor, at=at)


@face("desk")
@require_POST
def change_key(request: HttpRequest, seat: UUID) -> HttpResponse:
    """Make another key for a seat, with the key that is open; a second person confirms it."""
    actor = actor_of(request)
    held = sought(seat_for, actor, seat)

    def step(key: OpenKey) -> HttpResponse:
        lost = request.POST.get("lost") == "on"
        change_seat_key(held, key=key, lost=lost, actor=actor, at=timezone.now())
        return redirect(board_address())

    return with_key(request, actor, step, board_address())


@taken(seat_key_for, board_address)
def confirm_key(held: SeatKey, *, actor: Actor, at: datetime) -> None:
    """Confirm another key of a seat as a second person."""
    confirm_seat_key(held, actor=actor, at=at)


@taken(seat_key_for, board_address)
def withdraw_key(held: SeatKey, *, actor: Actor, at: datetime) -> None:
    """Withdraw a key that waits for its second person."""
    withdraw_seat_key(held, actor=actor, at=at)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_proposal(request: HttpRequest) -> HttpResponse:
    """Draw up a proposal."""
    actor = _recorder(request)
    form = ProposalForm(request.POST or None, actor=actor)

    def step() -> Proposal:
        told = form.cleaned_data
        return begin_proposal(
            form.organisation_id(), form.subject(), tlp=Tlp(told["tlp"]), state=told["state"],
            invited=form.invited_ids(), actor=actor, at=timezone.now(),
        )  # fmt: skip

    if made := written(request, form, step):
        return redirect("coordination-desk:proposal", made.pk)
    shown = {"form": form, "title": _("Draw up a proposal")}
    return TemplateResponse(request, "coordination/desk/form.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    """Enter a court case about a listing."""
    actor = _recorder(request)
    form = CaseForm(request.POST or None, actor=actor)

    def step() -> CourtRecord:
        return record_case(form.organisation_id(), form.case(), actor=actor, at=timezone.now())

    if written(request, form, step):
        return redirect(board_address())
    shown = {"form": form, "title": _("Enter a court case")}
    return TemplateResponse(request, "coordination/desk/form.html", shown)


@taken(case_for, board_address)
def publish(held: CourtRecord, *, actor: Actor, at: datetime) -> None:
    """Let everybody read a court case, as a second person."""
    publish_case(held, actor=actor, at=at)


@taken(case_for, board_address)
def take(held: CourtRecord, *, actor: Actor, at: datetime) -> None:
    """Take a court case down."""
    withdraw_case(held, actor=actor, at=at)


def _recorder(request: HttpRequest) -> Actor:
    """Give whoever may record for an organisation; others find no form that they cannot use."""
    actor = actor_of(request)
    found(holders_for(actor) or None)
    return actor
