"""What waits in coordination for who looks: counts of what one reads, and of nothing else.

As many queries however much there is; somebody who has no part in a proposal counts nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import BooleanField, Count, F, Func, Q

from undaunted.core.access.queries import seen_by
from undaunted.core.commitments.queries import statements_for
from undaunted.core.sharing.queries import states_of_things
from undaunted.repression.coordination.models import HAS_PART, Guest, Party, Proposal, Sending
from undaunted.repression.coordination.queries.elsewhere import (
    EVER,
    invitations_for,
    part_begun,
    whose_part,
)
from undaunted.repression.coordination.queries.proposals import (
    own_parties,
    own_seats,
    seat_keys_for,
    seats_waiting,
    working_for,
)
from undaunted.repression.coordination.queries.records import cases_for, petitions_for
from undaunted.repression.coordination.rules import (
    ANSWER_FORMAT,
    Answer,
    CoordinationStage,
    CoordinationStep,
    works_elsewhere,
)
from undaunted.repression.sanctions.rules import BOARD, ENFORCEMENT

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor

__all__ = ["proposals_to_answer", "steps_to_confirm", "works_on_sanctions"]

_ANSWERING: Final = (CoordinationStep.ACCEPTED, CoordinationStep.DECLINED, CoordinationStep.LEFT)
_UNDER_WAY: Final = ("proposed", "sealed")


def steps_to_confirm(actor: Actor, now: datetime) -> int:
    """Count what one of one's own people did in coordination and a second has to confirm.

    Seats and their keys; proposals to send, widen, move and end; guests to let in and whose part is
    to end; a go; answers to petitions; court cases to publish.
    """
    keys = seat_keys_for(actor).filter(confirmed_at__isnull=True, withdrawn_at__isnull=True)
    answers = petitions_for(actor).filter(closed_on__isnull=True).exclude(reply="")
    cases = cases_for(actor).filter(holder__in=working_for(actor), withdrawn_at__isnull=True)
    return (
        seats_waiting(actor).count()
        + keys.count()
        + _of_proposals(actor)
        + _of_parties(actor, now)
        + answers.count()
        + cases.filter(approved_at__isnull=True).count()
    )


def works_on_sanctions(actor: Actor) -> bool:
    """Whether somebody coordinates sanctions, answers petitions, states laws or writes dossiers."""
    stated = statements_for(actor).filter(
        holder__in=working_for(actor), instrument__in=(BOARD, ENFORCEMENT)
    )
    rows = own_seats(actor), invitations_for(actor), petitions_for(actor), stated
    return any(each.exists() for each in rows) or works_elsewhere(actor)


def proposals_to_answer(actor: Actor) -> int:
    """Count the proposals to which one's own organisation was invited and has not answered."""
    here = own_parties(actor).filter(answer=Answer.INVITED, invited_at__isnull=False)
    here = here.filter(proposal__stage=CoordinationStage.SENT).exclude(holder=F("proposal__holder"))
    return here.count() + _from_elsewhere(actor)


def _of_proposals(actor: Actor) -> int:
    """Count the steps on one's own proposals, on their parties and on their guests."""
    own = Proposal.objects.filter(holder__in=working_for(actor))
    sent = own.filter(stage=CoordinationStage.SENT)
    # What was announced stays so: nobody moves its moment or ends the part of a guest any more.
    lifted = Func(F("pk"), function="coordination_lifted", output_field=BooleanField())
    ahead = sent.annotate(lifted=lifted).filter(lifted=False)
    steps = own.aggregate(
        drafts=Count("pk", filter=Q(stage=CoordinationStage.DRAFT)),
        ending=Count("pk", filter=Q(stage=CoordinationStage.SENT, ending_by__isnull=False)),
    )
    moved = ahead.filter(moment_next__isnull=False)
    guests = Guest.objects.filter(HAS_PART)
    parting = guests.filter(proposal__in=ahead.values("pk"), ending_by__isnull=False)
    waiting = guests.filter(proposal__in=sent, invited_at__isnull=True)
    widened = Party.objects.filter(proposal__in=sent, invited_at__isnull=True)
    counted = sum(each.count() for each in (moved, parting, waiting, widened))
    return int(sum(steps.values())) + counted


def _of_parties(actor: Actor, now: datetime) -> int:
    """Count the goes of one's own organisations for a moment that is still to come."""
    rows = own_parties(actor).filter(answer=Answer.ACCEPTED, proposal__stage=CoordinationStage.SENT)
    said = rows.filter(go_by__isnull=False, gone_at__isnull=True, held_at__isnull=True)
    return said.filter(go_for=F("proposal__moment"), proposal__moment__gt=now).count()


def _from_elsewhere(actor: Actor) -> int:
    """Count what proposers elsewhere told last, and nobody answered since one's part began."""
    rows = invitations_for(actor).filter(stage=CoordinationStage.SENT, given_up_at__isnull=True)
    begun = {whose_part(each): part_begun(each) for each in rows}
    said = seen_by(actor, Sending.objects.filter(step__in=_ANSWERING)).filter(
        invitation__proposal__in=[proposal for _, _, proposal in begun]
    )
    given = [(each.pk, each.invitation) for each in said.select_related("invitation")]
    states = states_of_things(actor, ANSWER_FORMAT, [step for step, _ in given])
    answered = {
        whose_part(each)
        for step, each in given
        if states.get(step) in _UNDER_WAY and each.written_at >= begun.get(whose_part(each), EVER)
    }
    return len(begun.keys() - answered)
