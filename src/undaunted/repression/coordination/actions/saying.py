"""What parties say to each other: answers with reasons, comments, ties to entries of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.listings.queries import history_of
from undaunted.repression.coordination.actions.seats import keys_of, sealed_to
from undaunted.repression.coordination.actions.turns import in_turn, note, standing_party
from undaunted.repression.coordination.models import Party, Remark
from undaunted.repression.coordination.queries import own_party
from undaunted.repression.coordination.rules import (
    Answer,
    CoordinationRefused,
    Said,
    check_answer,
    needed_text,
    read_key,
)

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.repression.coordination.models import Proposal

__all__ = ["answer_proposal", "say", "tell", "tie_entry", "tie_submission"]


def answer_proposal(
    proposal: Proposal, to: Answer, *, actor: Actor, at: datetime, reason: str = ""
) -> Party:
    """Accept, decline or leave in the name of one's own organisation; whoever goes says why.

    Who declined or left reads nothing of the proposal any more.
    """
    party = _own(actor, proposal)
    require(actor, Verb.RECORD, Facts(holder=party.holder))
    with in_turn():
        held, whole = standing_party(party)
        if held.holder == whole.holder:
            raise CoordinationRefused("answer: the proposer withdraws or ends its own proposal")
        check_answer(Answer(held.answer), to, reason)
        if reason.strip():
            tell(held, Said.REASON, needed_text("reason", reason), actor=actor, at=at)
        held.answer, held.answered_at, held.answered_by = to, at, actor.person
        held.save(update_fields=["answer", "answered_at", "answered_by"])
        note(f"proposal.{to}", whole, actor=actor, at=at)
    return held


def say(proposal: Proposal, text: str, *, actor: Actor, at: datetime) -> Remark:
    """Comment on a proposal; sealed to those who are parties now."""
    return _said(proposal, Said.COMMENT, needed_text("text", text), actor=actor, at=at)


def tie_entry(proposal: Proposal, entry: str, *, actor: Actor, at: datetime) -> Remark:
    """Tie a proposal to an entry of a list, as where it came of it; sealed like a comment.

    Nothing about the entry shows that a proposal is tied to it. Raises `CoordinationRefused` for an
    entry that no list has held.
    """
    source, key = read_key(entry)
    if not history_of(actor, source, key):
        raise CoordinationRefused(f"entry: no list here has held {source}:{key}; load it first")
    return _said(proposal, Said.TIE, f"{source}:{key}", actor=actor, at=at)


def tie_submission(proposal: Proposal, submission: str, *, actor: Actor, at: datetime) -> Remark:
    """Name a submission of a dossier by its id alone; sealed like a comment.

    Whoever may read the dossier finds it under the id; others learn nothing of it here.
    """
    try:
        told = str(UUID(submission.strip()))
    except ValueError:
        raise CoordinationRefused("submission: it is no id; copy it from the dossier") from None
    return _said(proposal, Said.SUBMISSION, told, actor=actor, at=at)


def tell(party: Party, kind: Said, text: str, *, actor: Actor, at: datetime) -> Remark:
    """Seal what a party says to the seats of the parties; part of a step, which notes it."""
    made = Remark(pk=uuid4(), holder=party.holder, proposal_id=party.proposal_id, kind=kind)
    made.recorded_at, made.recorded_by = at, actor.person
    made.envelope = sealed_to(keys_of(party.proposal), made.pk, kind, {"text": text})
    made.save(force_insert=True)
    return made


def _said(proposal: Proposal, kind: Said, text: str, *, actor: Actor, at: datetime) -> Remark:
    party = _own(actor, proposal)
    require(actor, Verb.RECORD, Facts(holder=party.holder))
    with in_turn():
        held, whole = standing_party(party)
        made = tell(held, kind, text, actor=actor, at=at)
        note("proposal.said", whole, actor=actor, at=at)
    return made


def _own(actor: Actor, proposal: Proposal) -> Party:
    party = own_party(actor, proposal.pk)
    if party is None:
        raise Forbidden("there is no such proposal for you")
    return party
