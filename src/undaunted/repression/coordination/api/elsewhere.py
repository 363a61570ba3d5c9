"""Both sides of a proposal across installations, by program.

A token opens no seal and holds no key: a partner is invited at the desk or at the terminal, where
the subject is sealed anew, and packages are sealed and taken in there. All else is here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from undaunted.core.accounts.api import actor_of
from undaunted.core.sharing.queries import parcel_of
from undaunted.repression.coordination import actions
from undaunted.repression.coordination.api.messages import (
    CoordinationPackageOut,
    CoordinationStepIn,
    InvitedOut,
    UntilIn,
)
from undaunted.repression.coordination.api.root import (
    DECIDE,
    MOST_SHOWN,
    PROPOSE,
    READ,
    SHARE,
    found,
    refusals,
    router,
    taken,
)
from undaunted.repression.coordination.api.schemas import CoordinationIdOut, InvitationOut
from undaunted.repression.coordination.queries import (
    guest_for,
    invitation_for,
    invitation_sheet,
    invitations_for,
    proposal_for,
)
from undaunted.repression.coordination.rules import ANSWER_FORMAT

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.repression.coordination.models import Invitation

__all__: list[str] = []

ONE = "/desk/guests/{uuid:guest}"
THERE = "/desk/elsewhere/{uuid:invitation}"
_INVITATION = (
    "id", "partner", "tlp", "stage", "state", "moment", "stands", "written_at", "until",
)  # fmt: skip


@router.post(
    f"{ONE}/confirmation", response=CoordinationIdOut, auth=DECIDE, summary="Confirm a guest"
)
def confirm(request: HttpRequest, guest: UUID) -> Any:  # noqa: ANN401
    """Let packages go to a partner elsewhere, as a second person."""
    return taken(request, guest_for, guest, actions.confirm_guest)


@router.post(
    f"{ONE}/packages",
    response={201: CoordinationPackageOut},
    auth=SHARE,
    summary="Write a guest's package",
)
def tell(request: HttpRequest, guest: UUID, told: UntilIn) -> dict[str, Any]:
    """Propose the package that tells a guest the proposal; a second person seals it."""
    return {"package": taken(request, guest_for, guest, actions.tell_guest, told.until).pk}


@router.post(
    f"{ONE}/ending",
    response=CoordinationIdOut,
    auth=PROPOSE,
    summary="Propose to end a guest's part",
)
def end(request: HttpRequest, guest: UUID) -> Any:  # noqa: ANN401
    """Propose to end the part of a guest, as where it changed its keys."""
    return taken(request, guest_for, guest, actions.propose_parting)


@router.delete(f"{ONE}/ending", response=CoordinationIdOut, auth=PROPOSE, summary="Take that back")
def keep(request: HttpRequest, guest: UUID) -> Any:  # noqa: ANN401
    """Take back a proposal to end the part of a guest: one's own, or as a second person."""
    return taken(request, guest_for, guest, actions.drop_parting)


@router.post(
    f"{ONE}/ending/confirmation",
    response=CoordinationIdOut,
    auth=DECIDE,
    summary="End a guest's part",
)
def confirm_end(request: HttpRequest, guest: UUID) -> Any:  # noqa: ANN401
    """End the part of a guest, as a second person."""
    return taken(request, guest_for, guest, actions.confirm_parting)


@router.post(
    "/desk/proposals/{uuid:proposal}/packages/{uuid:item}",
    response={201: CoordinationIdOut},
    auth=DECIDE,
    summary="Set a refused package aside",
)
def set_aside(request: HttpRequest, proposal: UUID, item: UUID) -> Any:  # noqa: ANN401
    """Set aside a package of a guest that another person refused; it may have held."""
    return taken(request, proposal_for, proposal, actions.set_aside, item)


@router.get(
    "/desk/elsewhere", response=list[InvitationOut], auth=READ, summary="Proposals from elsewhere"
)
def list_invitations(request: HttpRequest) -> Any:  # noqa: ANN401 - rows
    """Give the proposals of partners on other installations, as each told it last."""
    return list(invitations_for(actor_of(request))[:MOST_SHOWN])


@router.get(THERE, response=InvitedOut, auth=READ, summary="A proposal from elsewhere")
def show(request: HttpRequest, invitation: UUID) -> dict[str, Any]:
    """Give a proposal of a partner elsewhere, and what one's own organisation told it."""
    actor = actor_of(request)
    return _told(actor, found(invitation_for(actor, invitation)))


@router.post(
    f"{THERE}/steps",
    response={201: CoordinationPackageOut},
    auth=SHARE,
    summary="Tell the proposer a step",
)
def step(request: HttpRequest, invitation: UUID, told: CoordinationStepIn) -> dict[str, Any]:
    """Tell the proposer a step, in a package that a second person seals."""
    actor = actor_of(request)
    held = found(invitation_for(actor, invitation))
    said = told.model_dump(exclude={"step", "until"})
    with refusals():
        made = actions.tell_proposer(
            held, told.step, until=told.until, actor=actor, at=timezone.now(), **said
        )
    return {"package": found(parcel_of(actor, ANSWER_FORMAT, made.pk)).pk}


def _told(actor: Actor, held: Invitation) -> dict[str, Any]:
    sheet = invitation_sheet(actor, held)
    return {
        **{name: getattr(held, name) for name in _INVITATION},
        "answer": sheet.answer,
        "go_for": sheet.go_for,
        "latest": sheet.latest,
        "parties": list(sheet.told.parties) if sheet.told else [],
        "told": [
            {
                "id": each.pk,
                "step": each.step,
                "state": sheet.states.get(each.pk, ""),
                "recorded_at": each.recorded_at,
            }
            for each in sheet.sendings
        ],
    }
