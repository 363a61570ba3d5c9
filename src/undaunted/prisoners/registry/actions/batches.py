"""The same step for many cases at once: recognising and publishing a list that was worked through.

Every check of the single step is made for every case: two people, the computed outcome, consent.
What is saved is the talk with the database: rows go in together, and one audit entry holds their
Merkle root.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.audit.rules import merkle_root
from undaunted.core.consent.queries import grants_for
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    FieldGroup,
    IdentityLevel,
    Purpose,
    permits,
)
from undaunted.core.events.models import Act
from undaunted.core.evidence.actions import cite_together
from undaunted.core.standards.queries import assessments_for, outcome_of
from undaunted.prisoners.registry.actions.projecting import project
from undaunted.prisoners.registry.actions.publication import ConsentMissing, new_reference
from undaunted.prisoners.registry.actions.records import ActNotCurrent
from undaunted.prisoners.registry.actions.standing import StatusRefused
from undaunted.prisoners.registry.models import Publication, Recognition, StatusProposal
from undaunted.prisoners.registry.queries.records import facts_cited_of
from undaunted.prisoners.registry.rules.claims import check_tier
from undaunted.prisoners.registry.rules.statuses import (
    RecognitionStatus,
    StatusReason,
    decide_change,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.actors.models import Party
    from undaunted.core.evidence.models import Source
    from undaunted.core.evidence.rules import Grade

__all__ = [
    "Assessed",
    "propose_publications",
    "propose_recognitions",
    "publish_together",
    "recognise_together",
    "regrade_together",
]


class Assessed(Protocol):
    """What a proposal reads of the assessment it rests on."""

    pk: UUID
    pack: str
    pack_version: str


def propose_recognitions(  # noqa: PLR0913 - what rests on what, who and when
    assessed: Mapping[UUID, Assessed],
    *,
    actor: Actor,
    at: datetime,
    parties: Mapping[UUID, Party],
    reason: str,
    reason_public: bool = False,
    effective_from: Mapping[UUID, date] = MappingProxyType({}),
) -> list[StatusProposal]:
    """Propose the recognition of persons not yet recognised, each on its own assessment.

    It takes effect on the day that is given, or whenever they were held.
    """
    rows = []
    for subject, assessment in assessed.items():
        party = parties[subject]
        require(actor, Verb.PROPOSE_RECOGNITION, Facts(holder=party.holder))
        rows.append(
            StatusProposal(
                holder=party.holder,
                sharing=party.sharing,
                party_id=subject,
                standard=assessment.pack,
                standard_version=assessment.pack_version,
                assessment=assessment.pk,
                status=RecognitionStatus.RECOGNISED.value,
                reason=reason,
                reason_public=reason_public,
                effective_from=effective_from.get(subject),
                proposed_by=actor.person,
                proposed_at=at,
            )
        )
    with transaction.atomic():
        made = StatusProposal.objects.bulk_create(rows)
        _record("status.proposed_together", [row.pk for row in made], actor, at)
    return made


def recognise_together(
    proposals: Collection[StatusProposal], *, actor: Actor, at: datetime
) -> list[Recognition]:
    """Accept proposals of recognition as another person; each outcome is computed now.

    Raises `StatusRefused` for the first that may not be accepted; then none is.
    """
    subjects = [proposal.party_id for proposal in proposals]
    found = {row.pk: row for row in assessments_for(actor, "person", subjects)}
    rows = []
    for proposal in proposals:
        hands = frozenset({proposal.proposed_by})
        require(actor, Verb.RECOGNISE, Facts(holder=proposal.holder, earlier_hands=hands))
        assessment = found.get(proposal.assessment) if proposal.assessment else None
        decision = decide_change(
            RecognitionStatus.CANDIDATE,
            RecognitionStatus(proposal.status),
            proposer=proposal.proposed_by,
            confirmer=actor.person,
            reason=proposal.reason,
            result=outcome_of(assessment).qualifies if assessment else None,
            ends_on=proposal.effective_to,
        )
        if decision.reason is not StatusReason.ALLOWED:
            raise StatusRefused(decision.reason)
        rows.append(_recognition(proposal, actor, at))
    with transaction.atomic():
        waiting = StatusProposal.objects.filter(pk__in=[row.pk for row in proposals], answer="")
        if waiting.update(answer="accepted", answered_by=actor.person, answered_at=at) != len(rows):
            raise StatusRefused(StatusReason.NO_SUCH_STEP)
        made = Recognition.objects.bulk_create(rows)
        _record("status.decided_together", [row.pk for row in made], actor, at)
    return made


def propose_publications(
    parties: Collection[Party], *, actor: Actor, at: datetime
) -> list[Publication]:
    """Propose cases that stand for themselves and were never proposed.

    Raises `ConsentMissing` for the first without consent; then none is proposed.
    """
    _require_consents(parties, actor, at)
    rows = []
    for party in parties:
        require(actor, Verb.PROPOSE_PUBLICATION, Facts(holder=party.holder))
        rows.append(
            Publication(
                party_id=party.canonical,
                holder=party.holder,
                sharing=party.sharing,
                reference=new_reference(party),
                proposed_by=actor.person,
                proposed_at=at,
            )
        )
    with transaction.atomic():
        made = Publication.objects.bulk_create(rows)
        _record("publication.proposed_together", [row.pk for row in made], actor, at)
    return made


def publish_together(
    gates: Collection[Publication], *, actor: Actor, at: datetime
) -> list[Publication]:
    """Publish proposed cases as another person, all or none."""
    for gate in gates:
        hands = frozenset({gate.proposed_by})
        require(actor, Verb.PUBLISH, Facts(holder=gate.holder, earlier_hands=hands))
    with transaction.atomic():
        waiting = Publication.objects.filter(pk__in=[gate.pk for gate in gates], state="proposed")
        held = list(waiting.select_for_update(of=("self",)).select_related("party"))
        _require_consents([gate.party for gate in held], actor, at)
        Publication.objects.filter(pk__in=[gate.pk for gate in held]).update(
            state="published", published_by=actor.person, published_at=at
        )
        _record("publication.published_together", [gate.pk for gate in held], actor, at)
        project([gate.party_id for gate in held])
    return held


def regrade_together(  # noqa: PLR0913 - which claims, on what source, who and when
    acts: Collection[Act],
    *,
    actor: Actor,
    at: datetime,
    source: Source,
    grade: Grade,
    tier: str,
) -> list[Act]:
    """Cite one source for many claims, and give them the tier that they then have; all or none.

    Raises `TierTooHigh` where the sources of one carry less, and `ActNotCurrent`.
    """
    for act in acts:
        require(actor, Verb.RECORD, Facts(holder=act.holder))
    with transaction.atomic():
        cite_together(
            source,
            actor=actor,
            at=at,
            subject_kind="act",
            subjects=[act.claim for act in acts],
            grade=grade,
        )
        cited = facts_cited_of(actor, acts)
        for act in acts:
            check_tier(tier, cited[act.claim])
        made = _supersede([act.pk for act in acts], tier, actor, at)
        _record("act.corrected_together", [act.pk for act in made], actor, at)
    return made


def _supersede(acts: Collection[UUID], tier: str, actor: Actor, at: datetime) -> list[Act]:
    standing = Act.objects.filter(pk__in=acts, recorded_to__isnull=True)
    corrected = list(standing.select_for_update())
    if len(corrected) < len(acts) or standing.update(recorded_to=at) < len(acts):
        raise ActNotCurrent("one of these claims was superseded")
    for act in corrected:
        act.pk, act.tier = uuid4(), tier
        act.recorded_from, act.recorded_by = at, actor.person
        act.closed_by = act.origin = None
    return Act.objects.bulk_create(corrected)


def _recognition(proposal: StatusProposal, actor: Actor, at: datetime) -> Recognition:
    return Recognition(
        holder=proposal.holder,
        sharing=proposal.sharing,
        party_id=proposal.party_id,
        standard=proposal.standard,
        standard_version=proposal.standard_version,
        assessment=proposal.assessment,
        status=proposal.status,
        reason=proposal.reason,
        reason_public=proposal.reason_public,
        effective_from=proposal.effective_from,
        effective_to=proposal.effective_to,
        proposed_by=proposal.proposed_by,
        decided_by=actor.person,
        recorded_from=at,
    )


def _require_consents(parties: Iterable[Party], actor: Actor, at: datetime) -> None:
    standing = {party.canonical for party in parties}
    grants = grants_for(actor, standing)
    for subject in standing:
        permission = permits(
            grants.get(subject, ()),
            purpose=Purpose.REGISTRY,
            audience=PUBLIC_AUDIENCE,
            field_group=FieldGroup.DETENTION,
            level=IdentityLevel.CODE,
            on=at.date(),
        )
        if not permission:
            raise ConsentMissing(permission.reason)


def _record(verb: str, rows: Collection[UUID], actor: Actor, at: datetime) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="batch",
        subject_id=merkle_root(str(row).encode() for row in rows),
        at=at,
        detail={"rows": len(rows)},
    )
