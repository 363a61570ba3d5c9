"""Reads of what goes to and comes from other installations; absent and forbidden look the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from undaunted.core.access.queries import seen_by
from undaunted.core.sharing.queries import partners_for, states_of_things
from undaunted.repression.coordination.models import HAS_PART, Guest, Invitation, Sending
from undaunted.repression.coordination.queries.proposals import guests_of, proposals_for
from undaunted.repression.coordination.readers import read_told_proposal
from undaunted.repression.coordination.rules import (
    ANSWER_FORMAT,
    Answer,
    CoordinationStep,
    ElsewhereUnreadable,
    ToldProposal,
    own_standing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.queries import Partner
    from undaunted.repression.coordination.models import Proposal

__all__ = [
    "EVER",
    "InvitationSheet",
    "answers_to",
    "guest_for",
    "invitation_for",
    "invitation_sheet",
    "invitations_for",
    "part_begun",
    "partners_to_add",
    "partners_to_invite",
    "proposer_of",
    "sending_for",
    "sendings_of",
    "whose_part",
]

EVER: Final = datetime.min.replace(tzinfo=UTC)


def guest_for(actor: Actor, guest: UUID) -> Guest | None:
    """Give one guest of a proposal that one reads; None for absent and for forbidden."""
    rows = Guest.objects.filter(proposal__in=proposals_for(actor), pk=guest)
    return rows.select_related("proposal").first()


def partners_to_invite(actor: Actor, holder: UUID) -> QuerySet[Partner]:
    """Give the verified partners of an organisation on other installations."""
    rows = partners_for(actor).filter(holder=holder, ended_at__isnull=True)
    return rows.filter(verified_by__isnull=False)


def partners_to_add(actor: Actor, proposal: Proposal) -> QuerySet[Partner]:
    """Give the partners that can be invited to one proposal: those that have no part by now."""
    there = guests_of(actor, proposal).filter(HAS_PART).values_list("signing_key", flat=True)
    return partners_to_invite(actor, proposal.holder).exclude(signing_key__in=list(there))


def invitations_for(actor: Actor) -> QuerySet[Invitation]:
    """Give what came of proposers elsewhere, the latest word of each proposal."""
    rows = seen_by(actor, Invitation.objects.all())
    latest = rows.order_by("holder", "signing_key", "proposal", "-written_at")
    latest = latest.distinct("holder", "signing_key", "proposal")
    return rows.filter(pk__in=latest.values("pk"))


def invitation_for(actor: Actor, invitation: UUID) -> Invitation | None:
    """Give one word of a proposer elsewhere; None for absent and for forbidden."""
    return seen_by(actor, Invitation.objects.filter(pk=invitation)).first()


def proposer_of(actor: Actor, invitation: Invitation) -> Partner | None:
    """Give the partner that proposes, as it is recorded and verified by now."""
    rows = partners_to_invite(actor, invitation.holder)
    return rows.filter(signing_key=invitation.signing_key).first()


def sendings_of(actor: Actor, invitation: Invitation) -> QuerySet[Sending]:
    """Give what one's own organisation told about a proposal elsewhere, oldest first."""
    return seen_by(actor, Sending.objects.select_related("invitation")).filter(
        holder=invitation.holder,
        invitation__signing_key=invitation.signing_key,
        invitation__proposal=invitation.proposal,
    )


def sending_for(actor: Actor, sending: UUID) -> Sending | None:
    """Give one step told elsewhere; None for absent and for forbidden."""
    rows = seen_by(actor, Sending.objects.filter(pk=sending))
    return rows.select_related("invitation").first()


@dataclass(frozen=True, slots=True)
class InvitationSheet:
    """A proposal of a partner elsewhere, as it told it last, and what one answered.

    What one answered is what a second person sealed; `states` says of each step how its package is.
    Whoever was invited anew answers anew: what was said under an earlier part counts no more.
    """

    row: Invitation
    told: ToldProposal | None
    sendings: tuple[Sending, ...]
    states: Mapping[UUID, str]
    answer: Answer
    go_for: datetime | None
    latest: bool


def answers_to(actor: Actor, invitations: Iterable[Invitation]) -> dict[UUID, Answer]:
    """Give by its id what one's own organisation answered last to each, as `invitation_sheet`.

    In as many queries however many there are. Of a word that cannot be read since when one's part
    is is not known, and what was said ever counts.
    """
    rows = tuple(invitations)
    if not rows:
        return {}
    said = seen_by(actor, Sending.objects.select_related("invitation")).filter(
        invitation__proposal__in=[each.proposal for each in rows]
    )
    told = tuple(said)
    states = states_of_things(actor, ANSWER_FORMAT, [each.pk for each in told])
    sealed = [each for each in told if states.get(each.pk) == "sealed"]
    return {
        row.pk: own_standing(
            (CoordinationStep(each.step), each.moment)
            for each in sealed
            if whose_part(each.invitation) == whose_part(row)
            and each.invitation.written_at >= since
        )[0]
        for row in rows
        for since in (part_begun(row),)
    }


def whose_part(row: Invitation) -> tuple[UUID, str, UUID]:
    """Give what all words of one proposal to one organisation have in common."""
    return row.holder, row.signing_key, row.proposal


def part_begun(row: Invitation) -> datetime:
    """Give when one's part began; what another version wrote and this one cannot read says none."""
    try:
        return read_told_proposal(bytes(row.content)).since or EVER
    except ElsewhereUnreadable:
        return EVER


def invitation_sheet(actor: Actor, invitation: Invitation) -> InvitationSheet:
    """Give what stands in the clear; what is sealed is opened apart."""
    content = bytes(invitation.content)
    sendings = tuple(sendings_of(actor, invitation))
    states = states_of_things(actor, ANSWER_FORMAT, [each.pk for each in sendings])
    told = read_told_proposal(content) if content else None
    since = told.since if told else None
    said = [each for each in sendings if states.get(each.pk) == "sealed"]
    said = [each for each in said if since is None or each.invitation.written_at >= since]
    answer, go = own_standing((CoordinationStep(each.step), each.moment) for each in said)
    return InvitationSheet(
        row=invitation,
        told=told,
        sendings=sendings,
        states=states,
        answer=answer,
        go_for=go,
        latest=invitations_for(actor).filter(pk=invitation.pk).exists(),
    )
