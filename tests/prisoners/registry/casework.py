"""A case worked at the desk, step by step, for tests: recorded, agreed to, assessed, published."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.prisoners.registry.desk import AT, Desk
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.consent.actions import record_consent
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
)
from undaunted.core.evidence.actions import record_source
from undaunted.core.evidence.rules import Grade, SourceKind
from undaunted.core.standards.actions import record_assessment
from undaunted.core.standards.rules import Finding, Value, pack
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.prisoners.registry.actions.publication import propose_publication, publish
from undaunted.prisoners.registry.actions.records import record_spell
from undaunted.prisoners.registry.actions.standing import decide_status, propose_status
from undaunted.prisoners.registry.rules.statuses import RecognitionStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.actors.models import Party
    from undaunted.core.consent.models import Grant
    from undaunted.core.events.models import Act
    from undaunted.prisoners.registry.models import Publication

__all__ = [
    "PACE",
    "agree",
    "assess",
    "person_with_spell",
    "propose",
    "published",
    "recognised",
    "sources",
]

PACE = "pace-1900"


def person_with_spell(desk: Desk) -> tuple[Party, Act]:
    """Record somebody held since 5 March 2024."""
    with acting_as(desk.documenter) as actor:
        party = record_person(
            desk.organisation,
            [("Олена Корсак", "full", "be"), ("Olena Korsak", "alias", "en")],
            actor=actor,
            at=AT,
            country="XR",
            gender="female",
        )
        spell = record_spell(
            party,
            "pre_trial_detention",
            PartialDate.parse("2024-03-05"),
            actor=actor,
            at=AT,
            sources=sources(desk, actor),
            tier="B",
            country="XR",
        )
    return party, spell


def sources(desk: Desk, actor: Actor) -> Sequence[Any]:
    """Record a source to cite."""
    source = record_source(desk.organisation, actor=actor, at=AT, kind=SourceKind.NGO_REPORT)
    return [(source, Grade.parse("B2"))]


def agree(
    desk: Desk,
    party: Party,
    level: IdentityLevel = IdentityLevel.NAME,
    *,
    at: datetime = AT,
    until: date = date(2030, 1, 1),
) -> Grant:
    """Record the family's agreement to the public registry."""
    with acting_as(desk.documenter) as actor:
        return record_consent(
            party.pk,
            actor=actor,
            at=at,
            holder=desk.organisation,
            purpose=Purpose.REGISTRY,
            audience=PUBLIC_AUDIENCE,
            level=level,
            field_groups=[FieldGroup.IDENTITY, FieldGroup.BIOGRAPHY, FieldGroup.DETENTION],
            basis=Basis.FAMILY_PROXY,
            relation="sibling",
            how="call",
            given_on=date(2026, 10, 1),
            until=until,
        )


def published(desk: Desk, party: Party) -> Publication:
    """Publish through two people."""
    with acting_as(desk.documenter) as actor:
        gate = propose_publication(party, actor=actor, at=AT)
    with acting_as(desk.publisher) as actor:
        return publish(gate, actor=actor, at=AT)


def assess(desk: Desk, party: Party, value: Value) -> Any:
    """Find criterion a as given and nothing else; gives the assessment's id."""
    with acting_as(desk.reviewer) as actor:
        findings = {name: Finding(Value.NOT_MET) for name in pack(PACE, AT.date()).criteria}
        findings["deprived_of_liberty"] = Finding(Value.MET)
        findings["a"] = Finding(value, ("Peaceful speech.",))
        return record_assessment(
            "person", party.pk, actor=actor, at=AT, holder=desk.organisation, pack=PACE,
            findings=findings,
        ).pk  # fmt: skip


def propose(desk: Desk, party: Party, status: RecognitionStatus, assessment: Any = None) -> Any:
    """Propose a status as the reviewer."""
    with acting_as(desk.reviewer) as actor:
        return propose_status(
            party, status, actor=actor, at=AT, standard=PACE, reason="as assessed",
            assessment=assessment,
        )  # fmt: skip


def recognised(desk: Desk, party: Party) -> None:
    """Let two people recognise somebody under the default standard."""
    proposal = propose(desk, party, RecognitionStatus.RECOGNISED, assess(desk, party, Value.MET))
    with acting_as(desk.second_reviewer) as actor:
        decide_status(proposal, accept=True, actor=actor, at=AT)
