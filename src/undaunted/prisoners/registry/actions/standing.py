"""Recognition under a standard: one person proposes, another decides; nothing is overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.standards.queries import assessment_for, outcome_of
from undaunted.core.standards.rules import pack
from undaunted.prisoners.registry.actions.projecting import project_published
from undaunted.prisoners.registry.models import Recognition, StatusProposal
from undaunted.prisoners.registry.rules.statuses import (
    TRANSITIONS,
    RecognitionStatus,
    StatusReason,
    decide_change,
)

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.actors.models import Party

__all__ = ["StatusRefused", "decide_status", "propose_status"]


class StatusRefused(ValueError):
    """The status may not change so; `reason` says why."""

    def __init__(self, reason: StatusReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def propose_status(  # noqa: PLR0913 - what is proposed, on which ground, for which time
    party: Party,
    status: RecognitionStatus,
    *,
    actor: Actor,
    at: datetime,
    standard: str,
    reason: str,
    reason_public: bool = False,
    assessment: UUID | None = None,
    effective_from: date | None = None,
    effective_to: date | None = None,
) -> StatusProposal:
    """Propose a status under a standard; steps that need no second person take effect at once.

    Those are steps that change no count. The first step makes a candidate. `effective_to` is
    half-open and needed for a former prisoner. Raises `StatusRefused`.
    """
    require(actor, Verb.PROPOSE_RECOGNITION, Facts(holder=party.holder))
    status = RecognitionStatus(status)
    with transaction.atomic():
        current = _current(party, standard)
        now = RecognitionStatus(current.status) if current else RecognitionStatus.CANDIDATE
        opening = current is None and status is RecognitionStatus.CANDIDATE
        proposal = StatusProposal(
            holder=party.holder,
            sharing=party.sharing,
            party=party,
            standard=standard,
            standard_version=str(pack(standard, at.date()).version),
            assessment=assessment,
            status=status.value,
            reason=reason,
            reason_public=reason_public,
            effective_from=effective_from,
            effective_to=effective_to,
            proposed_by=actor.person,
            proposed_at=at,
        )
        why = StatusReason.ALLOWED if opening else _judge(proposal, now, None, actor)
        if why not in {StatusReason.ALLOWED, StatusReason.SECOND_PERSON_MISSING}:
            raise StatusRefused(why)
        proposal.save(force_insert=True)
        _record("status.proposed", proposal, actor, at)
        if opening or TRANSITIONS[now, status].confirmed_by is None:
            _answer(proposal, "accepted", actor, at)
            _supersede(proposal, current, None, at)
    return proposal


def decide_status(
    proposal: StatusProposal, *, accept: bool, actor: Actor, at: datetime
) -> Recognition | None:
    """Accept or refuse a waiting proposal, as a person other than its proposer.

    The result of the assessment is computed now, from its findings. Raises `StatusRefused`.
    """
    hands = frozenset({proposal.proposed_by})
    require(actor, Verb.RECOGNISE, Facts(holder=proposal.holder, earlier_hands=hands))
    with transaction.atomic():
        held = StatusProposal.objects.select_for_update().get(pk=proposal.pk)
        if held.answer:
            raise StatusRefused(StatusReason.NO_SUCH_STEP)
        if not accept:
            _answer(held, "refused", actor, at)
            _record("status.refused", held, actor, at)
            return None
        current = _current(held.party, held.standard)
        now = RecognitionStatus(current.status) if current else RecognitionStatus.CANDIDATE
        why = _judge(held, now, actor.id, actor)
        if why is not StatusReason.ALLOWED:
            raise StatusRefused(why)
        _answer(held, "accepted", actor, at)
        made = _supersede(held, current, actor.id, at)
        _record("status.decided", held, actor, at)
    return made


def _judge(
    proposal: StatusProposal, now: RecognitionStatus, confirmer: UUID | None, actor: Actor
) -> StatusReason:
    decision = decide_change(
        now,
        RecognitionStatus(proposal.status),
        proposer=proposal.proposed_by,
        confirmer=confirmer,
        reason=proposal.reason,
        result=_result(proposal, actor),
        ends_on=proposal.effective_to,
    )
    return decision.reason


def _result(proposal: StatusProposal, actor: Actor) -> bool | None:
    """Compute whether the person comes within the standard, from the assessment it rests on."""
    if proposal.assessment is None:
        return None
    found = assessment_for(actor, proposal.assessment)
    if found is None or found.pack != proposal.standard or found.recorded_to is not None:
        return None
    if found.subject_kind != "person" or found.subject_id != proposal.party_id:
        return None
    return outcome_of(found).qualifies


def _current(party: Party, standard: str) -> Recognition | None:
    rows = Recognition.objects.select_for_update().filter(party=party, standard=standard)
    return rows.filter(recorded_to__isnull=True).first()


def _supersede(
    proposal: StatusProposal, current: Recognition | None, decided_by: UUID | None, at: datetime
) -> Recognition:
    """Close the row in force and add the one that follows."""
    since = proposal.effective_from
    if current is not None:
        Recognition.objects.filter(pk=current.pk).update(recorded_to=at)
        if proposal.status == RecognitionStatus.FORMER and since is None:
            since = current.effective_from
    made = Recognition.objects.create(
        holder=proposal.holder,
        sharing=proposal.sharing,
        party=proposal.party,
        standard=proposal.standard,
        standard_version=proposal.standard_version,
        assessment=proposal.assessment,
        status=proposal.status,
        reason=proposal.reason,
        reason_public=proposal.reason_public,
        effective_from=since,
        effective_to=proposal.effective_to,
        proposed_by=proposal.proposed_by,
        decided_by=decided_by,
        recorded_from=at,
    )
    project_published([proposal.party_id])
    return made


def _answer(proposal: StatusProposal, answer: str, actor: Actor, at: datetime) -> None:
    proposal.answer, proposal.answered_by, proposal.answered_at = answer, actor.id, at
    proposal.save(update_fields=["answer", "answered_by", "answered_at"])


def _record(verb: str, proposal: StatusProposal, actor: Actor, at: datetime) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="party",
        subject_id=proposal.party_id,
        at=at,
        detail={
            "proposal": str(proposal.pk),
            "standard": f"{proposal.standard}@{proposal.standard_version}",
            "status": proposal.status,
            "assessment": str(proposal.assessment or ""),
        },
    )
