"""The desk by program: proposals and announcements. Nothing sealed is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from undaunted.core.accounts.api import actor_of
from undaunted.repression.coordination import actions
from undaunted.repression.coordination.api.root import (
    DECIDE,
    MOST_SHOWN,
    PROPOSE,
    READ,
    found,
    refusals,
    router,
    taken,
)
from undaunted.repression.coordination.api.schemas import (
    CoordinationAnswerIn,
    CoordinationIdOut,
    CoordinationProposalOut,
    CoordinationTextIn,
    MomentIn,
    PreparedIn,
    ProposalIn,
    SeatOut,
    TieIn,
)
from undaunted.repression.coordination.queries import (
    party_for,
    proposal_for,
    proposal_sheet,
    proposals_for,
    seats_known,
)
from undaunted.repression.coordination.rules import Subject, read_key

if TYPE_CHECKING:
    from undaunted.repression.coordination.queries import ProposalSheet

__all__: list[str] = []

ONE = "/desk/proposals/{uuid:proposal}"
_PROPOSAL = ("id", "tlp", "stage", "sent_at", "moment", "moment_next")


@router.get("/desk/seats", response=list[SeatOut], auth=READ, summary="Who can be invited")
def seats(request: HttpRequest) -> Any:  # noqa: ANN401 - rows
    """Give the organisations that have a confirmed seat here."""
    return list(seats_known(actor_of(request))[:MOST_SHOWN])


@router.get(
    "/desk/proposals", response=list[CoordinationProposalOut], auth=READ, summary="Proposals"
)
def list_proposals(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the proposals in which one's organisation has a part."""
    actor, now = actor_of(request), timezone.now()
    rows = proposals_for(actor)[:MOST_SHOWN]
    return [_told(proposal_sheet(actor, each, now)) for each in rows]


@router.post(
    "/desk/proposals", response={201: CoordinationIdOut}, auth=PROPOSE, summary="Draw up a proposal"
)
def begin(request: HttpRequest, told: ProposalIn) -> Any:  # noqa: ANN401
    """Draw up a proposal; a second person sends it."""
    actor = actor_of(request)
    with refusals():
        subject = Subject(
            told.kind, told.name, told.identification, told.conduct, told.exculpatory,
            tuple(told.authorities), read_key(told.entry) if told.entry else None,
        )  # fmt: skip
        return actions.begin_proposal(
            told.holder, subject, tlp=told.tlp, state=told.state, invited=told.invited,
            actor=actor, at=timezone.now(),
        )  # fmt: skip


@router.get(ONE, response=CoordinationProposalOut, auth=READ, summary="A proposal")
def show(request: HttpRequest, proposal: UUID) -> dict[str, Any]:
    """Give a proposal in which one's organisation has a part."""
    actor = actor_of(request)
    held = found(proposal_for(actor, proposal))
    return _told(proposal_sheet(actor, held, timezone.now()))


@router.post(f"{ONE}/sending", response=CoordinationIdOut, auth=DECIDE, summary="Send")
def send(request: HttpRequest, proposal: UUID) -> Any:  # noqa: ANN401
    """Send a proposal, as a second person."""
    return taken(request, proposal_for, proposal, actions.send_proposal)


@router.post(f"{ONE}/withdrawal", response=CoordinationIdOut, auth=DECIDE, summary="Withdraw")
def withdraw(request: HttpRequest, proposal: UUID) -> Any:  # noqa: ANN401
    """Withdraw one's own proposal, which erases its subject."""
    return taken(request, proposal_for, proposal, actions.withdraw_proposal)


@router.post(f"{ONE}/ending", response=CoordinationIdOut, auth=PROPOSE, summary="Propose to end it")
def end(request: HttpRequest, proposal: UUID) -> Any:  # noqa: ANN401
    """Propose to end one's own proposal: it stays readable, and nothing is added."""
    return taken(request, proposal_for, proposal, actions.propose_ending)


@router.post(
    f"{ONE}/ending/confirmation", response=CoordinationIdOut, auth=DECIDE, summary="End it"
)
def confirm_end(request: HttpRequest, proposal: UUID) -> Any:  # noqa: ANN401
    """End a proposal as a colleague proposed."""
    return taken(request, proposal_for, proposal, actions.confirm_ending)


@router.post(f"{ONE}/answer", response=CoordinationIdOut, auth=PROPOSE, summary="Answer")
def answer(request: HttpRequest, proposal: UUID, told: CoordinationAnswerIn) -> Any:  # noqa: ANN401
    """Accept, decline or leave."""
    return taken(
        request, proposal_for, proposal, actions.answer_proposal, told.answer, reason=told.reason
    )


@router.post(f"{ONE}/comments", response={201: CoordinationIdOut}, auth=PROPOSE, summary="Comment")
def comment(request: HttpRequest, proposal: UUID, told: CoordinationTextIn) -> Any:  # noqa: ANN401
    """Comment, sealed to the parties."""
    return taken(request, proposal_for, proposal, actions.say, told.text)


@router.post(f"{ONE}/ties", response={201: CoordinationIdOut}, auth=PROPOSE, summary="Tie")
def tie(request: HttpRequest, proposal: UUID, told: TieIn) -> Any:  # noqa: ANN401
    """Tie it to an entry of a list, or to a submission by its id."""
    step = actions.tie_entry if told.entry else actions.tie_submission
    return taken(request, proposal_for, proposal, step, told.entry or told.submission)


@router.put(f"{ONE}/moment", response=CoordinationIdOut, auth=PROPOSE, summary="Moment")
def moment(request: HttpRequest, proposal: UUID, told: MomentIn) -> Any:  # noqa: ANN401
    """Name the moment of the announcement, or propose to move it."""
    return taken(request, proposal_for, proposal, actions.set_moment, told.moment)


@router.post(
    f"{ONE}/moment/confirmation",
    response=CoordinationIdOut,
    auth=DECIDE,
    summary="Confirm another moment",
)
def confirm_moment(request: HttpRequest, proposal: UUID) -> Any:  # noqa: ANN401
    """Move the moment as a second person."""
    return taken(request, proposal_for, proposal, actions.confirm_moment)


@router.put(f"{ONE}/preparation", response=CoordinationIdOut, auth=PROPOSE, summary="Preparation")
def prepare(request: HttpRequest, proposal: UUID, told: PreparedIn) -> Any:  # noqa: ANN401
    """Say how far one's own organisation is."""
    return taken(
        request, proposal_for, proposal, actions.prepare, told.kind, told.state, due=told.due
    )


@router.post(f"{ONE}/go", response=CoordinationIdOut, auth=PROPOSE, summary="Say go")
def go(request: HttpRequest, proposal: UUID) -> Any:  # noqa: ANN401
    """Say go for one's own organisation."""
    return taken(request, proposal_for, proposal, actions.say_go)


@router.post(
    f"{ONE}/go/confirmation", response=CoordinationIdOut, auth=DECIDE, summary="Confirm go"
)
def confirm_go(request: HttpRequest, proposal: UUID) -> Any:  # noqa: ANN401
    """Confirm go, as a second person."""
    return taken(request, proposal_for, proposal, actions.confirm_go)


@router.post(f"{ONE}/hold", response=CoordinationIdOut, auth=PROPOSE, summary="Hold")
def hold(request: HttpRequest, proposal: UUID, told: CoordinationTextIn) -> Any:  # noqa: ANN401
    """Hold the announcement at once."""
    return taken(request, proposal_for, proposal, actions.hold_announcement, told.text)


@router.post(
    "/desk/parties/{uuid:party}/confirmation",
    response=CoordinationIdOut,
    auth=DECIDE,
    summary="Invite",
)
def invited(request: HttpRequest, party: UUID) -> Any:  # noqa: ANN401
    """Let one more organisation read a proposal, as a second person."""
    return taken(request, party_for, party, actions.confirm_invitation)


def _told(sheet: ProposalSheet) -> dict[str, Any]:
    moment = sheet.row.moment
    return {
        **{name: getattr(sheet.row, name) for name in _PROPOSAL},
        "stands": sheet.stands,
        "proposes": sheet.proposes,
        "parties": [
            {
                "id": each.pk,
                "name": each.name,
                "government": each.government,
                "answer": each.answer,
                "invited_at": each.invited_at,
                "gone": moment is not None and each.standing.goes(moment),
                "held": each.standing.held,
            }
            for each in sheet.parties
        ],
        "prepared": [
            {"party": each.party.name, "kind": each.kind, "state": each.state, "due": each.due}
            for each in sheet.prepared
        ],
        "guests": [
            {
                "id": each.pk,
                "name": each.name,
                "answer": each.answer,
                "invited_at": each.invited_at,
                "said_at": each.said_at,
                "gone": moment is not None and each.standing.goes(moment),
                "held": each.standing.held,
                "ended_at": each.ended_at,
                "unheard": each.pk in sheet.unheard,
                "refused": [one.item for one in sheet.refused if one.guest == each.pk],
            }
            for each in sheet.guests
        ],
        "remarks": list(sheet.remarks),
    }
